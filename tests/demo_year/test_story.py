"""What the year tells: a lesson that changes the law, what went past the gate, a deviation that ran out, somebody who left."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from handrail.audit.replay import Judged
from handrail.check import judge
from handrail.compute.improvement import implemented, versions
from handrail.compute.portfolio import compute
from handrail.load import load
from handrail.model.assurance import Finding
from handrail.model.improvement import Proposal
from handrail.model.repository import Repository
from handrail.scaffold.handover import hand_over

from tests.command import handrail
from tests.demo_year.year import Revision, git, merge_of

BYPASSES = {
    ("2026-05-22", "BSL-01", "depot-grid", "ohaddad (on the host)"),
    ("2026-07-17", "GOV-05", None, "vleroy (on the host)"),
    ("2026-09-10", "RSK-03", "ticket-app", "d.martin (by the commit)"),
}


def test_the_gate_would_have_let_in_all_but_three_and_the_auditor_finds_those(replayed: tuple[Judged, ...]) -> None:
    assert len(replayed) > 10
    assert [one.subject for one in replayed if one.why_not] == []
    found = {(one.on[:10], each.rule, each.project, one.merged_by) for one in replayed for each in one.stopped}
    assert found == BYPASSES
    assert [one.on[:10] for one in replayed if not one.merge] == ["2026-09-10"], "one came without a merge"


def test_what_ci_kept_of_the_merges_is_what_the_gate_says(year: Path, replayed: tuple[Judged, ...]) -> None:
    """The records of the demo are written without judging each merge; here they are held against the judgement."""
    paths = git(year, "ls-tree", "-r", "--name-only", "handrail-evidence").decode().split()
    records = {path[9:-5]: json.loads(git(year, "show", f"handrail-evidence:{path}")) for path in paths}
    assert {one.commit for one in replayed} <= records.keys()
    assert {one.commit: [each.rule for each in one.stopped] for one in replayed} == {
        one.commit: records[one.commit]["verdict"]["blocking"] for one in replayed
    }
    past = [record["bypass"] for record in records.values() if record["bypass"]]
    assert sorted(past) == [
        ["no pull request is known", "the gate would have stopped it"],
        *2 * [["nobody had approved its last commit", "the gate would have stopped it"]],
    ]


def test_the_command_names_them_too(year: Path) -> None:
    done = handrail("audit", "replay", "--from", "2026-05-22", "--to", "2026-06-03", cwd=year)
    assert done.status == 1
    assert "the gate would have stopped 1 of them" in done.out
    assert '"Connection live" was moved from 29 Jan 2027 to 26 Feb 2027' in done.out


@pytest.mark.parametrize(
    ("branch", "status"),
    [
        ("update/depot-grid-friday", 1),
        ("update/depot-grid-back", 0),
        ("framework/pp-001", 0),
        ("hotfix/payment-gateway", 1),
        ("decide/depot-charging-2026-07-28", 0),
    ],
)
def test_the_gate_says_so_of_the_pull_request_itself(year: Path, tmp_path: Path, branch: str, status: int) -> None:
    merge = merge_of(year, branch)
    day = git(year, "log", "-1", "--format=%cs", merge).decode().strip()
    git(year, "clone", "-q", "--no-checkout", str(year), str(tmp_path / "clone"))
    git(tmp_path / "clone", "checkout", "-q", f"{merge}^2")
    done = handrail("check", "--base", f"{merge}^1", "--as-of", day, cwd=tmp_path / "clone")
    assert done.status == status, done.out


def repository_at(year: Path, commit: str) -> Repository:
    return load(Revision(year, commit)).repository


def test_a_lesson_changes_standard_rule_starter_and_training_in_one_merge(year: Path) -> None:
    merge = merge_of(year, "framework/pp-001")
    changed = set(git(year, "diff", "--name-only", f"{merge}^1", merge).decode().split())
    assert changed == {
        "standards/scope/index.md", "standards/scope/CHANGELOG.md", "standards/scope/scp-01.rule.yaml",
        "standards/policy/templates.yaml", "standards/templates/project/medium/project.yaml",
        "standards/templates/project/large/project.yaml", "standards/training/planning.md",
        "standards/training/first-week.md", "standards/training/reviewing.md", "standards/training/quizzes/planning.yaml",
    }  # fmt: skip
    authors = git(year, "log", "--no-merges", "--format=%ae", f"{merge}^1..{merge}").decode().split()
    assert sorted(one.split("@")[0] for one in authors) == ["i.kovacs", "p.nowak", "v.leroy"]
    before, after = repository_at(year, f"{merge}^1"), repository_at(year, merge)
    (proposal,) = (one for one in before.every(Proposal) if one.id == "PP-001")
    assert not implemented(proposal, versions(before))
    assert implemented(proposal, versions(after))
    moved = {
        one.kind: (versions(before)[one.kind, one.id], versions(after)[one.kind, one.id]) for one in proposal.targets
    }
    assert moved["standard"] == moved["rule"]
    assert [one.split(".")[0] for one in moved["standard"]] == ["1", "2"], "it became stricter"
    assert moved["template"] == moved["module"] == ("1.0.0", "1.1.0")


def test_the_new_rule_asks_what_the_old_one_did_not(year: Path) -> None:
    merge = merge_of(year, "framework/pp-001")
    path = "projects/ticket-app/project.yaml"
    text = Revision(year, merge).read(path).decode()
    assert "owner: n.fournier, validate_by: 2026-12-15" in text
    loose = {path: text.replace("owner: n.fournier, validate_by: 2026-12-15, ", "")}
    said = [remarks(Revision(year, commit, loose), date(2026, 5, 14)) for commit in (f"{merge}^1", merge)]
    assert [sum(rule == "SCP-01" for rule, _, project in ones if project == "ticket-app") for ones in said] == [0, 1]


def remarks(revision: Revision, day: date) -> list[tuple[str, str, str | None]]:
    """Rule, state and project of every remark on a day."""
    loaded = load(revision)
    return [
        (one.rule, one.waived_by or "open", one.project)
        for one in judge(loaded, compute(loaded.repository, day)).remarks
    ]


def test_a_deviation_runs_out_and_its_remark_is_back_on_the_next_day(year: Path) -> None:
    commit = git(year, "log", "--first-parent", "-1", "--before=2026-10-01T00:00:00Z", "--format=%H").decode().strip()
    seen = {}
    for day in (date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 1)):
        told = remarks(Revision(year, commit), day)
        seen[day.isoformat()] = {how for rule, how, project in told if (rule, project) == ("COM-01", "depot-grid")}
    assert seen == {"2026-09-29": {"W-001"}, "2026-09-30": {"W-001"}, "2026-10-01": {"open"}}
    mended = remarks(Revision(year, merge_of(year, "update/depot-grid-2026-10-05")), date(2026, 10, 5))
    assert not [one for one in mended if (one[0], one[2]) == ("COM-01", "depot-grid")]


def test_who_leaves_hands_over_what_the_command_hands_over(year: Path) -> None:
    plans, directory = merge_of(year, "handover/roster-tool"), merge_of(year, "handover/directory")
    before = load(Revision(year, f"{plans}^1"))
    made = hand_over(before, "j.renard", "b.rossi", date(2026, 9, 28))
    after = Revision(year, directory)
    changed = set(git(year, "diff", "--name-only", f"{plans}^1", directory).decode().split())
    assert {*made.files, "projects/roster-tool/approvals/AP-005.yaml"} <= changed, "and the sponsor agrees"
    now = load(after).repository
    told = load(Revision(year, f"{plans}^1", made.files)).repository
    mine = {one.id: one for one in now.plans}["roster-tool"]
    theirs = {one.id: one for one in told.plans}["roster-tool"]
    assert (mine.manager, mine.team, mine.raci) == (theirs.manager, theirs.team, theirs.raci)
    assert mine.manager == "b.rossi"
    (mine_role,), (their_role,) = mine.role_changes, theirs.role_changes
    assert (mine_role.role, mine_role.from_, mine_role.to, mine_role.on) == (
        their_role.role,
        their_role.from_,
        their_role.to,
        their_role.on,
    )


def test_findings_are_raised_by_the_auditor_and_followed_up(year: Path) -> None:
    for path in git(year, "ls-tree", "-r", "--name-only", "main", "standards/audits/").decode().split():
        authors = set(git(year, "log", "--no-merges", "--format=%ae", "--", path).decode().split())
        assert authors == {"a.berger@brightwater.example"}, path
    last = repository_at(year, "main")
    late, early = repository_at(year, "main"), repository_at(year, merge_of(year, "framework/audit-records-2026-11-19"))
    assert {one.id for one in last.every(Finding)} == {"F-01", "F-02"}
    verified = [sum(one.verified_on is not None for one in each.every(Finding)) for each in (early, late)]
    assert verified == [0, 2]
    assert all(one.verified_by != one.owner for one in late.every(Finding))
    assert date(2026, 12, 4) + timedelta(days=14) == next(
        one.due for one in late.every(Finding) if "past the gate" in one.title
    )
