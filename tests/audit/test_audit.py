"""Auditing a period on real Git: nothing is left out, samples repeat, bypasses are named, and no changed byte stays hidden."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date
from pathlib import Path

import pytest
from handrail.audit.bundle import MANIFEST, PackFault, read_pack, zipped
from handrail.audit.line import line_of
from handrail.audit.pack import manifest, pack, question
from handrail.audit.population import Member, completeness, population, sample
from handrail.audit.verify import verify
from handrail.compute.follow_up import follow_up
from handrail.git import Git
from handrail.history import zone_of
from handrail.load import FolderTree, load

from tests.gate.repository import DESK, Governed

FIRST, LAST = date(2026, 7, 1), date(2026, 12, 31)
PERIOD = ("--from", "2026-07-01", "--to", "2026-12-31")
GATE = """id: AP-090
decision: go
subject: {kind: gate, id: G-01}
by: c.moreau
role: sponsor
on: 2026-11-20
"""
WAIVER = "id: WV-090\nrule: REP-01\nreason: The manager is ill.\nexpires: 2027-01-31\n"


def land(plans: Governed, name: str, at: str, edit: Callable[[Governed], object]) -> str:
    """One branch, edited and merged on a day."""
    plans.branch(name)
    edit(plans)
    plans.commit(name.capitalize(), at=f"{at}T09:00:00+0000")
    plans.switch("main")
    plans.git("merge", "-q", "--no-ff", "-m", f"Merge {name}", name, at=f"{at}T10:00:00+0000")
    return plans.git("rev-parse", "HEAD")


@pytest.fixture(scope="module")
def period(tmp_path_factory: pytest.TempPathFactory) -> tuple[Governed, dict[str, str]]:
    """Half a year: what came before, then a risk, another sponsor without leave, a gate, a deviation, a rule, a commit from the side."""
    plans = Governed.sample(tmp_path_factory.mktemp("audit"), "visitor-desk", "bike-shelter")
    plans.git("commit", "-q", "--amend", "--no-edit", "--date=2026-06-01T08:00:00+0000", at="2026-06-01T08:00:00+0000")
    names = {
        "risk": land(plans, "risk", "2026-08-03", lambda it: it.write("projects/bike-shelter/index.md", "Nothing\n")),
        "sponsor": land(
            plans, "sponsor", "2026-09-01", lambda it: it.replace(DESK, "sponsor: c.moreau", "sponsor: s.lambert")
        ),
        "gate": land(
            plans, "gate", "2026-10-02", lambda it: it.write("projects/visitor-desk/approvals/AP-090.yaml", GATE)
        ),
        "waiver": land(
            plans, "waiver", "2026-10-05", lambda it: it.write("projects/bike-shelter/waivers/WV-090.yaml", WAIVER)
        ),
        "rule": land(
            plans, "rule", "2026-11-02", lambda it: it.append("standards/risk/rsk-01.rule.yaml", "# looked at\n")
        ),
    }
    plans.git("tag", "audit-1")
    land(plans, "later", "2027-02-01", lambda it: it.write("projects/bike-shelter/index.md", "After the period\n"))
    return plans, names


def copied(plans: Governed, folder: Path) -> Governed:
    """The same repository somewhere else, for whoever breaks it."""
    import shutil

    return Governed(folder=Path(shutil.copytree(plans.folder, folder / "copy", symlinks=True)))


def test_the_population_is_what_changed_in_the_period_and_nothing_else(period: tuple[Governed, dict[str, str]]) -> None:
    plans, names = period
    line = line_of(Git(plans.folder), "HEAD", FIRST, LAST, UTC)
    found = population(line)
    assert [(one.sort, one.how, one.project, one.commit) for one in found] == [
        ("role", "changed", "visitor-desk", names["sponsor"]),
        ("gate decision", "added", "visitor-desk", names["gate"]),
        ("deviation", "added", "bike-shelter", names["waiver"]),
        ("rule", "changed", None, names["rule"]),
    ]
    assert [one.what for one in found] == ["sponsor", "AP-090: go of gate G-01", "WV-090 from REP-01", "rule RSK-01"]
    told = completeness(line)
    assert (told["commits_in_period"], told["main_line_commits"], told["merges"]) == (5, 7, 5)
    assert told["each_follows_the_one_before"] is True
    assert told["paths_that_no_commit_explains"] == []
    assert told["tip_after"] == names["rule"]


def test_days_count_in_the_organisation_s_time_zone(tmp_path: Path) -> None:
    plans = Governed.sample(tmp_path, "bike-shelter")
    plans.git("commit", "-q", "--amend", "--no-edit", "--date=2026-06-01T08:00:00+0000", at="2026-06-01T08:00:00+0000")
    plans.write("projects/bike-shelter/index.md", "x\n").commit("Late in the evening", at="2026-06-30T23:30:00+0000")
    git = Git(plans.folder)
    assert len(line_of(git, "HEAD", date(2026, 7, 1), date(2026, 7, 1), zone_of("Europe/Paris")).landed) == 1
    assert not line_of(git, "HEAD", date(2026, 7, 1), date(2026, 7, 1), UTC).landed


def test_a_sample_is_drawn_by_its_seed_alone() -> None:
    members = tuple(
        Member(
            key=f"c:{n}",
            sort="rule",
            how="added",
            what="",
            project=None,
            path=str(n),
            blob=None,
            commit="c",
            on="",
            by_host=False,
        )
        for n in range(400)
    )
    one, other = sample(members, 25, 7), sample(members, 25, 8)
    assert one == sample(tuple(reversed(members)), 25, 7)[::-1]
    assert len(one) == len(set(one)) == 25
    assert one != other
    assert sample(members, 500, 7) == members
    often = dict.fromkeys((member.key for member in members), 0)
    for seed in range(400):
        for member in sample(members, 20, seed):
            often[member.key] += 1
    assert min(often.values()) > 3
    assert max(often.values()) < 45  # 20 are expected of each


def test_replay_names_what_went_past_the_gate_and_nothing_else(period: tuple[Governed, dict[str, str]]) -> None:
    plans, names = period
    done = plans.handrail("audit", "replay", *PERIOD, "--format", "json")
    assert done.status == 1
    told = done.json
    blocked = {
        one["commit"]: {each["rule"] for each in one["stopped"]}
        for one in told["commits"]
        if one["would_have_been_blocked"]
    }
    assert "GOV-08" in blocked[names["sponsor"]]
    assert names["risk"] not in blocked
    assert names["rule"] not in blocked
    text = plans.handrail("audit", "replay", *PERIOD).out
    assert "the gate would have stopped" in text
    assert names["sponsor"][:12] in text
    assert plans.handrail("audit", "replay", "--from", "2026-08-01", "--to", "2026-08-31").status == 0
    assert "| when |" in plans.handrail("audit", "replay", *PERIOD, "--format", "markdown").out


def test_the_host_s_time_and_merger_count_where_they_were_kept(
    period: tuple[Governed, dict[str, str]], tmp_path: Path
) -> None:
    plans, names = period
    plans = copied(plans, tmp_path)
    record = {
        "format": 1, "commit": names["sponsor"], "merged_at": "2026-06-15T10:00:00Z", "bypass": ["nobody had approved its last commit"],
        "pull": {"host": "github", "number": 12, "merged_by": "pnowak"}, "reviews": [], "approvals": [],
    }  # fmt: skip
    plans.git("switch", "-q", "--orphan", "handrail-evidence")
    plans.write(f"evidence/{names['sponsor']}.json", json.dumps(record))
    plans.write(f"evidence/{names['gate']}.json", "no json")
    plans.commit("Keep")
    plans.git("switch", "-q", "-f", "main")
    june = plans.handrail("audit", "replay", "--from", "2026-06-10", "--to", "2026-06-20", "--format", "json").json
    assert [one["commit"] for one in june["commits"]] == [names["sponsor"]]
    assert june["commits"][0]["merged_by"] == "p.nowak"
    assert june["commits"][0]["number"] == 12
    assert june["records_kept"] == 1


@pytest.fixture(scope="module")
def packed(period: tuple[Governed, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Governed, bytes]:
    """A pack of the period as the command writes it, its audit started and committed."""
    plans = copied(period[0], tmp_path_factory.mktemp("packed"))
    words = (
        "audit",
        "start",
        "au-2027-1",
        *PERIOD,
        "--sample",
        "3",
        "--seed",
        "7",
        "--at",
        "audit-1",
        "--output",
        "../pack.zip",
    )
    done = plans.handrail(*words)
    assert done.status == 0, done.err
    assert "4 changes in 5 commits" in done.out
    plans.commit("Start the audit", at="2027-02-02T08:00:00+0000")
    return plans, (plans.folder.parent / "pack.zip").read_bytes()


def test_a_pack_is_made_again_byte_for_byte(packed: tuple[Governed, bytes]) -> None:
    plans, raw = packed
    asked = question(plans.folder, "au-2027-1", "audit-1", first=FIRST, last=LAST, size=3, seed=7)
    assert zipped(pack(plans.folder, asked)) == raw
    done = plans.handrail("audit", "verify", plans.folder.parent / "pack.zip")
    assert (done.status, "Nothing was changed" in done.out) == (0, True)
    again = plans.handrail(
        "audit",
        "start",
        "au-2027-1",
        *PERIOD,
        "--sample",
        "3",
        "--seed",
        "7",
        "--at",
        "audit-1",
        "--output",
        "../again",
        started=True,
    )
    assert again.status == 0
    assert plans.handrail("audit", "verify", plans.folder.parent / "again").status == 0
    assert plans.git("status", "--porcelain") == ""


def test_a_pack_proves_each_verdict(packed: tuple[Governed, bytes]) -> None:
    plans, _ = packed
    with zipfile.ZipFile(plans.folder.parent / "pack.zip") as archive:
        tables = {name: archive.read(name) for name in archive.namelist()}
    matrix = json.loads(tables["compliance.json"])
    by_place = {(one["requirement"], one["project"]): one for one in matrix}
    roles = next(
        one
        for key, one in by_place.items()
        if key[1] == "visitor-desk" and any(each["rule"] == "GOV-08" for each in one["proofs"])
    )
    assert roles["verdict"] == "fail"
    assert any("nobody who held a say" in each["says"] and each["line"] for each in roles["proofs"])
    passed = [one for one in matrix if one["verdict"] == "pass" and one["project"]]
    assert any(each["line"] and each["value"] for one in passed for each in one["proofs"])
    assert {one["verdict"] for one in matrix} <= {"pass", "fail", "waived", "manual", "not applicable"}
    standards = load(FolderTree(plans.folder)).repository.standards.values()
    assert {one["requirement"] for one in matrix} == {each.id for one in standards for each in one.requirements}
    grades = json.loads(tables["approvals.json"])
    assert all(one["grade"] in "AMBC" and one["commit"] for one in grades)
    assert any(one["framework"] == "ISO21502" for one in json.loads(tables["conformity.json"]))
    assert b"<script" not in tables["index.html"]


def test_changes_of_every_kind_to_pack_and_repository_are_found(packed: tuple[Governed, bytes], tmp_path: Path) -> None:  # noqa: C901, PLR0912 - one loop per kind
    plans, raw = packed
    chance = random.Random(20261204)
    with zipfile.ZipFile(plans.folder.parent / "pack.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert verify(plans.folder, files, None) == ()
    missed = []
    for number in range(6):  # one byte of the zip
        at = chance.randrange(len(raw))
        broken = tmp_path / "broken.zip"
        broken.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :])
        with suppress(PackFault):  # damaged beyond reading
            if not verify(plans.folder, *read_pack(broken), made=files):
                missed.append(f"zip byte {at} ({number})")
    names = sorted(files)
    for name in names:  # one byte of each file, the manifest made to fit where that can be
        at = chance.randrange(len(files[name]))
        changed = {**files, name: files[name][:at] + bytes([files[name][at] ^ 1]) + files[name][at + 1 :]}
        if name != MANIFEST:
            changed[MANIFEST] = manifest(changed)
        if not verify(plans.folder, changed, None, made=files):
            missed.append(f"{name} byte {at}")
    for field, value in (
        ("seed", 8),
        ("size", 4),
        ("judged_on", "2026-12-05"),
        ("organisation", "Another"),
        ("at", "main"),
        ("first", "2026-07-02"),
    ):
        about = {**json.loads(files["audit.json"]), field: value}
        changed = {**files, "audit.json": (json.dumps(about, indent=1) + "\n").encode()}
        changed[MANIFEST] = manifest(changed)
        if not verify(plans.folder, changed, None):
            missed.append(f"audit.json {field}")
    paths = [path for path in plans.git("ls-files").split("\n") if path.endswith((".yaml", ".md"))]
    for path in chance.sample(paths, 4):  # one byte on the disk
        place = plans.folder / path
        data = place.read_bytes()
        at = chance.randrange(len(data))
        place.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        found = verify(plans.folder, files, None, made=files)
        place.write_bytes(data)
        if not found:
            missed.append(f"{path} byte {at}")
    for number, field in enumerate(
        ("seed: 7", "sample: 3", "from: 2026-07-01", "evidence: ")
    ):  # one field of the audit's own file
        plan = "standards/audits/au-2027-1/audit.yaml"
        old = plans.read(plan)
        plans.write(
            plan, old.replace(field, {0: "seed: 9", 1: "sample: 2", 2: "from: 2026-07-02", 3: "evidence: 0"}[number])
        )
        if not verify(plans.folder, files, None, made=files):
            missed.append(field)
        plans.write(plan, old)
    for breaks in (_tag_moved, _history_rewritten, _object_damaged, _approval_changed):
        (tmp_path / breaks.__name__).mkdir()
        other = copied(plans, tmp_path / breaks.__name__)
        breaks(other)
        if not verify(other.folder, files, None):
            missed.append(breaks.__name__)
    assert missed == []


def _tag_moved(plans: Governed) -> None:
    plans.git("tag", "-f", "audit-1", "HEAD~3")


def _history_rewritten(plans: Governed) -> None:
    plans.git("reset", "-q", "--hard", "HEAD~4")
    plans.git("commit", "-q", "--amend", "-m", "Nothing to see", at="2026-10-05T10:00:00+0000")


def _object_damaged(plans: Governed) -> None:
    loose = next(path for path in sorted((plans.folder / ".git" / "objects").glob("??/*")) if path.stat().st_size > 60)
    data = loose.read_bytes()
    loose.chmod(0o644)
    loose.write_bytes(data[:30] + bytes([data[30] ^ 1]) + data[31:])


def _approval_changed(plans: Governed) -> None:
    plans.replace("projects/visitor-desk/approvals/AP-001.yaml", "by: c.moreau", "by: s.lambert")
    plans.commit("Only a typing error")


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", zipped({"xl/workbook.xml": b"<workbook/>"})])
def test_what_is_no_pack_is_refused_in_words(packed: tuple[Governed, bytes], tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    done = packed[0].handrail("audit", "verify", tmp_path / "x.zip")
    assert done.status == 2
    assert "is no audit pack, or it is damaged. A pack is" in done.err


def test_a_pack_with_nonsense_in_it_is_told_and_not_believed(packed: tuple[Governed, bytes]) -> None:
    plans, _ = packed
    for about in (
        b"[]",
        b"{}",
        b"[" * 5000,
        b'{"audit": "../x", "at": "main", "commit": "x", "first": "a", "last": "b"}',
    ):
        found = verify(plans.folder, {"audit.json": about, MANIFEST: b"{}"}, None)
        assert any("does not say what was asked" in one.what for one in found)


def test_wrong_use_is_refused_in_words(period: tuple[Governed, dict[str, str]]) -> None:
    plans, _ = period
    for words, said in (
        (("start", "Au 1", *PERIOD), "cannot name an audit"),
        (("start", "../au", *PERIOD), "cannot name an audit"),
        (("start", "au-1", "--from", "2026-12-31", "--to", "2026-01-01"), "before it begins"),
        (
            ("start", "au-1", "--from", "2019-07-01", "--to", "2019-12-31"),
            "the history begins on 1 Jun 2026: it knows nothing of",
        ),
        (
            ("replay", "--from", "2019-07-01", "--to", "2019-12-31"),
            "the history begins on 1 Jun 2026: it knows nothing of",
        ),
        (("start", "au-1", *PERIOD, "--output", "x.zip"), "add --at TAG"),
        (("start", "au-1", *PERIOD, "--at", "nothing"), "no revision"),
        (("start", "au-1", *PERIOD, "--auditor", "nobody"), "there is no person `nobody`"),
    ):
        done = plans.handrail("audit", *words)
        assert done.status == 2
        assert said in done.err
    assert plans.git("status", "--porcelain") == ""


def test_a_period_that_the_history_does_not_cover_is_said_to_be_such(
    period: tuple[Governed, dict[str, str]], tmp_path: Path
) -> None:
    plans = copied(period[0], tmp_path)
    out = plans.handrail("audit", "start", "au-1", "--from", "2026-01-01", "--to", "2199-12-31").out
    assert "The history begins on 1 Jun 2026: nothing is known of the days before." in out
    assert "The period is not over: what comes in after " in out


def test_a_planned_audit_keeps_what_the_auditor_wrote(period: tuple[Governed, dict[str, str]], tmp_path: Path) -> None:
    plans = copied(period[0], tmp_path)
    own = "# mine\nid: au-9\ntitle: My own title   # kept\ntype: gate\nauditors: [a.berger]\nstate: planned\n"
    plans.write("standards/audits/au-9/audit.yaml", own)
    assert plans.handrail("audit", "start", "au-9", *PERIOD).status == 0
    text = plans.read("standards/audits/au-9/audit.yaml")
    assert text.startswith(own.rstrip("\n"))
    assert "sample: 25" in text
    assert "au-9" not in plans.handrail("check", "--all").out


FINDING = """id: F-02
title: T
severity: critical
raised_on: 2026-11-01
"""


@pytest.mark.parametrize(
    ("more", "on", "state", "left"),
    [
        ("", "2026-11-10", "no answer yet", None),
        ("management_response: agree\ndue: 2026-12-01\n", "2026-12-01", "open", 0),
        ("management_response: agree\ndue: 2026-12-01\n", "2026-12-02", "late", -1),
        (
            "due: 2026-12-20\nextensions: [{from: 2026-12-01, to: 2026-12-20, reason: R, by: c.moreau}]\nmanagement_response: partly\n",
            "2026-12-10",
            "open",
            10,
        ),
        ("risk_accepted_by: c.moreau\ndue: 2026-11-02\n", "2026-12-02", "risk accepted", None),
        ("closed_on: 2026-11-20\n", "2026-12-02", "done, not verified", None),
        ("closed_on: 2026-11-20\nverified_on: 2026-11-27\nverified_by: a.berger\n", "2026-12-02", "verified", None),
    ],
)
def test_where_a_finding_stands(tmp_path: Path, more: str, on: str, state: str, left: int | None) -> None:
    plans = Governed.sample(tmp_path, "bike-shelter")
    plans.write("standards/audits/au-2026-1/findings/F-02.yaml", FINDING + more)
    found = follow_up(load(FolderTree(plans.folder)).repository, date.fromisoformat(on))
    one = next(each for each in found if (each.audit, each.id) == ("au-2026-1", "F-02"))
    assert (one.state, one.days_left) == (state, left)
    assert one.not_contained == (state in {"open", "late", "no answer yet"} and on > "2026-11-15")
