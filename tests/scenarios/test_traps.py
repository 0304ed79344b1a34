"""The twelve traps into which a comparison of two states falls, each on a repository that was built for it."""

from __future__ import annotations

import hashlib

from tests.command import handrail
from tests.gate.repository import DESK, Governed
from tests.scenarios.stage import (
    CHANGE,
    DAY,
    DEPOT,
    ISSUES,
    RISKS,
    STOPS,
    approve,
    judged,
    of_twelve,
    on_main,
)

TWELVE = (
    "changed against the merge base, law of the target's tip",
    "renames and splits are no deletions",
    "an id is used again after closure",
    "first import and migrations",
    "squash merges",
    "bots",
    "reverts that reopen",
    "shallow clones",
    "approval in the same pull request",
    "time rules and scope",
    "formatting only",
    "binary evidence by its hash",
)
RECORD = "projects/visitor-desk/approvals/AP-003.yaml"
NEW_RISK = "- {id: R-050, title: The landlord says no, cause: He is ill, event: no word, effect: late, probability: 2, impact: 2, response: accept, owner: l.petit, review: 2027-01-05, status: open}\n"


@of_twelve("changed against the merge base, law of the target's tip")
def test_what_the_target_got_meanwhile_is_no_deletion_and_its_law_counts(town: Governed) -> None:
    on_main(town, ("standards/policy/enforcement.yaml", "rules: []", "rules:\n  - {rule: BSL-01, enforce_at: gate}"))
    town.replace(DESK, "planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-03-01").commit("Work", at=DAY)
    town.switch("main").append(RISKS, NEW_RISK).replace(
        "standards/policy/enforcement.yaml", "rules:\n  - {rule: BSL-01, enforce_at: gate}", "rules: []"
    )
    town.commit("The target goes on", at=DAY)
    verdict = judged(town.switch("work"))
    assert verdict.blocking() == ["BSL-01"], verdict.said()
    assert verdict.of("RSK-03") == [], "what the branch does not know yet was not deleted by it"


@of_twelve("renames and splits are no deletions")
def test_files_may_be_renamed_and_split(town: Governed) -> None:
    head, _, tail = town.read(DESK).partition("milestones:")
    block, _, rest = tail.partition("\nbudget:")
    town.write(DESK, f"{head}budget:{rest}").write("projects/visitor-desk/dates.yaml", f"milestones:{block}\n")
    register = town.read(RISKS)
    town.remove(RISKS).write("projects/visitor-desk/what-may-go-wrong.yaml", register)
    verdict = judged(town)
    assert [one for one in verdict.remarks if one["state"] == "new"] == [], verdict.said()
    assert verdict.report["changes"] == []


@of_twelve("an id is used again after closure")
def test_the_id_of_a_closed_issue_stays_taken(town: Governed) -> None:
    _, _, rest = town.read(ISSUES).partition("- id: I-002")
    new = "- {id: I-001, title: Paint is the wrong blue, impact: 1, urgency: 1, action: Paint, owner: l.petit, due: 2026-12-20, raised_on: 2026-12-01, status: open}\n"
    verdict = judged(town.write(ISSUES, f"issues:\n{new}- id: I-002{rest}"))
    assert verdict.blocking() == ["RSK-03"], verdict.said()
    assert "Badge printer out of stock" in verdict.of("RSK-03")[0]["message"], (
        "who reads it learns what the id stood for"
    )


@of_twelve("first import and migrations")
def test_running_projects_come_in_under_an_approved_migration_only(town: Governed) -> None:
    town.switch("main").write(
        "standards/migrations/second-import.yaml",
        "id: second-import\ntitle: Desks of the south\ndeclared_by: p.nowak\ndeclared_on: 2026-12-01\nuntil: 2026-12-31\ncovers: [GAT-01]\nprojects: [south-desk]\n",
    )
    town.write(
        "standards/approvals/AP-102.yaml",
        "id: AP-102\ndecision: approve\nsubject: {kind: migration, id: second-import}\nby: m.keller\nrole: board\non: 2026-12-02\n"
        "minutes: {ref: Minutes of 2 December 2026, present: [m.keller], recorded_by: v.leroy}\n",
    ).commit("Agree", at=DAY)
    on_main(town)
    plan = town.read(DESK)
    for name in ("south-desk", "north-desk"):
        town.write(f"projects/{name}/project.yaml", plan.replace("id: visitor-desk ", f"id: {name} "))
    verdict = judged(town)
    assert verdict.blocking() == ["GAT-01"], verdict.said()
    assert {one["project"] for one in verdict.of("GAT-01", "new")} == {"north-desk"}, "the other one was not declared"


@of_twelve("squash merges")
def test_what_a_squash_brought_is_not_judged_again(town: Governed) -> None:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    town.git("switch", "-q", "-c", "second")
    town.append(RISKS, NEW_RISK).commit("Goes on where the first ended", at=DAY)
    town.switch("main").git("merge", "-q", "--squash", "work")
    town.commit("One commit for all", author="merge-button@host.example", at=DAY)
    town.git("switch", "-q", "--detach", "main")
    verdict = town.check("main", "second")
    assert not verdict.blocks, verdict.said()
    assert not {"GOV-03", "GOV-09", "GOV-10", "GOV-11"} & set(verdict.rules("new")), verdict.said()
    assert len(verdict.report["changes"]) == 1, verdict.report["changes"]


@of_twelve("bots")
def test_a_bot_brings_figures_and_no_decisions(town: Governed) -> None:
    bot = "42+figures[bot]@users.noreply.host.example"
    town.replace(DESK, "2026-11: 7350}", "2026-11: 17350}").commit("Figures of finance", author=bot, at=DAY)
    assert not judged(town, author=bot).blocks, "figures may come from a machine, also bad ones"
    town.git("switch", "-q", "work")
    town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: 57000")
    approve(town, "change", "CR-003", "visitor-desk", "e.lindqvist", "--role", "board", author="none")
    town.git("commit", "-q", "--amend", "--no-edit", "--reset-author", author=bot, at=DAY)
    assert "GOV-10" in judged(town, author=bot).blocking()


@of_twelve("reverts that reopen")
def test_a_revert_is_a_change_like_any_other(town: Governed) -> None:
    on_main(town, (DESK, "state: active ", "state: suspended "))
    town.git("revert", "--no-edit", "main")
    verdict = judged(town)
    assert verdict.blocking() == ["GAT-03"], verdict.said()
    assert "runs again" in verdict.of("GAT-03")[0]["message"]


@of_twelve("shallow clones")
def test_a_shallow_clone_gets_no_verdict_but_the_way_to_one(town: Governed) -> None:
    town.replace(DESK, "forecast: 50400", "forecast: 60400").commit("Work", at=DAY)
    shallow = town.folder.parent / "shallow"
    town.git("clone", "-q", "--depth", "1", "--branch", "work", f"file://{town.folder}", str(shallow))
    done = handrail("check", "--base", "HEAD", cwd=shallow)
    assert done.status == 2, done.out
    assert "git fetch --unshallow" in done.err


@of_twelve("approval in the same pull request")
def test_approval_in_the_same_pull_request_is_possible_and_safe(town: Governed) -> None:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    assert not judged(town).blocks
    town.git("switch", "-q", "work")
    town.replace(RECORD, "by: c.moreau", "by: y.diallo").replace(DESK, "sponsor: c.moreau", "sponsor: y.diallo")
    verdict = judged(town, author="y.diallo@brightwater.example")
    assert {"GOV-04", "GOV-08"} <= set(verdict.blocking()), "roles are those of the target"


@of_twelve("time rules and scope")
def test_a_day_that_comes_stops_nobody_who_mends_a_word(town: Governed) -> None:
    town.replace(DESK, "Visitors wait 12 minutes;", "Visitors wait twelve minutes;")
    verdict = judged(town, "--as-of", "2027-06-01")
    assert not verdict.blocks, verdict.said()
    assert [one for one in verdict.remarks if one["state"] in {"new", "worsened"}] == [], verdict.said()


@of_twelve("formatting only")
def test_what_only_looks_otherwise_is_no_change(town: Governed) -> None:
    for path in (f"{DEPOT}/project.yaml", f"{STOPS}/project.yaml", RISKS, CHANGE):
        town.write(path, "# laid out anew\n" + town.read(path).replace("\n- id: ", "\n\n- id:   "))
    town.replace(
        DESK,
        "phase: execution            # initiation, planning, execution, closure\nstate: active               # active, suspended, cancelled, closed\n",
        "state: 'active'\nphase: \"execution\"\n",
    )
    verdict = judged(town)
    assert verdict.report["changes"] == []
    assert [one for one in verdict.remarks if one["state"] in {"new", "worsened"}] == [], verdict.said()


@of_twelve("binary evidence by its hash")
def test_evidence_that_is_no_text_counts_by_its_hash(town: Governed) -> None:
    paper = town.folder / "projects/visitor-desk/evidence/minutes.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"%PDF-1.7\x00\xff\xfe first")
    approve(
        town,
        "change",
        "CR-003",
        "visitor-desk",
        "c.moreau",
        "--minutes",
        str(paper),
        "--present",
        "c.moreau",
        "--recorded-by",
        "p.nowak",
        author="p.nowak",
    )
    assert hashlib.sha256(paper.read_bytes()).hexdigest() in town.read(RECORD)
    town.git("branch", "-f", "main", "work")
    paper.write_bytes(b"%PDF-1.7\x00\xff\xfe another")
    town.replace(
        RECORD,
        hashlib.sha256(b"%PDF-1.7\x00\xff\xfe first").hexdigest(),
        hashlib.sha256(paper.read_bytes()).hexdigest(),
    )
    verdict = judged(town)
    assert "PRT-01" in verdict.blocking(), verdict.said()
