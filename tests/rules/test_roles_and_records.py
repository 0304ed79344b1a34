"""GOV-03, GOV-05, GOV-06, GOV-08, BSL-01, PRT-01, AUD-03 and STD-01: who may change what, and what stays on record."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from handrail.check import judge
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.rules import gov_06
from handrail.rules.engine import World
from handrail.rules.pull import Pull
from handrail.run import run

from tests.command import ROOT
from tests.rules.two_sides import TwoSides, blocking, standing

DESK, GRID, TABLETS = "visitor-desk", "depot-grid", "driver-tablets"
PLAN = f"projects/{DESK}/project.yaml"
DAY = date(2026, 12, 4)
SPONSOR: dict[str, Any] = {"by": "c.moreau", "role": "sponsor", "on": DAY}


@pytest.fixture
def desk(tmp_path: Path) -> TwoSides:
    return TwoSides.sample(tmp_path, DESK)


# --- GOV-08: roles and limits


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("sponsor: c.moreau", "sponsor: e.lindqvist", "The sponsor was c.moreau and shall be e.lindqvist"),
        ("sponsor: c.moreau\n", "", "The sponsor was c.moreau and shall be nobody"),
        ("board: lyon-sites ", "board: digital-board ", "The board was lyon-sites and shall be digital-board"),
        (
            "accepted_by: s.lambert",
            "accepted_by: l.petit",
            'The accepter of "Desk in use" was s.lambert and shall be l.petit',
        ),
        ("tier: small ", "tier: medium ", "The tier of"),
        ("units: 1,", "units: 2,", "The answers to the questions of tiers of"),
        ("state: active ", "sensitivity: restricted\nstate: active ", "The sensitivity of"),
        ("state: active ", "tolerance: {time_days: 90}\nstate: active ", "The tolerance of"),
    ],
)
def test_a_role_or_limit_does_not_change_by_itself(desk: TwoSides, old: str, new: str, words: str) -> None:
    (told,) = desk.edit(PLAN, old, new).said("GOV-08")
    assert told.startswith(words)
    assert "GOV-08" in blocking(desk.remarks())


def test_the_new_sponsor_cannot_approve_the_own_coming(desk: TwoSides) -> None:
    handover = {"id": "RO-001", "role": "sponsor", "from": "c.moreau", "to": "y.diallo", "on": DAY}
    desk.edit(PLAN, "sponsor: c.moreau", "sponsor: y.diallo").write(f"projects/{DESK}/roles/RO-001.yaml", handover)
    assert desk.said("GOV-08")
    desk.approve(DESK, "AP-003", kind="role change", id="RO-001", by="y.diallo", role="sponsor", on=DAY)
    assert desk.said("GOV-08"), "the incoming one agrees"
    desk.approve(DESK, "AP-003", kind="role change", id="RO-001", **SPONSOR)
    assert desk.said("GOV-08") == [], "the outgoing one agrees"


def test_a_tolerance_is_approved_at_its_new_value(desk: TwoSides) -> None:
    desk.edit(PLAN, "state: active ", "tolerance: {time_days: 90}\nstate: active ")
    desk.approve(DESK, "AP-003", kind="tolerance", id=DESK, **SPONSOR)
    assert desk.said("GOV-08") == []
    desk.edit(PLAN, "time_days: 90", "time_days: 900")
    assert desk.said("GOV-08"), "another value than the approved one"


def test_whoever_is_not_the_sponsor_cannot_approve_a_tolerance(desk: TwoSides) -> None:
    desk.edit(PLAN, "state: active ", "tolerance: {time_days: 90}\nstate: active ")
    for person, role in (("j.okafor", "sponsor"), ("j.okafor", "project manager"), ("p.nowak", "pmo head")):
        assert desk.approve(DESK, "AP-003", kind="tolerance", id=DESK, by=person, role=role, on=DAY).said("GOV-08")


def test_what_is_named_for_the_first_time_is_free(desk: TwoSides) -> None:
    desk.prepare(PLAN, "accepted_by: s.lambert, ", "")
    assert desk.edit(PLAN, "accepted_when:", "accepted_by: s.lambert, accepted_when:").said("GOV-08") == []
    assert desk.edit(PLAN, "state: active ", "assurance: a.berger\nstate: active ").said("GOV-08") == []


def test_a_role_written_in_another_file_is_no_change(desk: TwoSides) -> None:
    desk.edit(PLAN, "sponsor: c.moreau\n", "").write(f"projects/{DESK}/roles.yaml", "# who\nsponsor:   c.moreau\n")
    assert desk.said("GOV-08") == []


# --- GOV-03: nobody approves the own request

CHANGE: dict[str, Any] = {"kind": "change", "id": "CR-003", **SPONSOR}


def test_the_sponsor_approves_what_the_manager_asks(desk: TwoSides) -> None:
    assert desk.approve(DESK, "AP-003", **CHANGE).said("GOV-03") == []
    desk.recorders = {f"projects/{DESK}/approvals/AP-003.yaml": ("c.moreau",)}
    assert desk.said("GOV-03") == []


@pytest.mark.parametrize("person", ["j.okafor", "l.petit"])
def test_who_asks_or_leads_does_not_approve(desk: TwoSides, person: str) -> None:
    desk.prepare(PLAN, "board: lyon-sites ", "delegates: [l.petit]\nboard: lyon-sites ")
    (told,) = desk.approve(DESK, "AP-003", **{**CHANGE, "by": person}).said("GOV-03")
    assert told.startswith(f"{person} approved this, and also")


def test_a_request_of_the_sponsor_is_not_approved_by_the_sponsor(desk: TwoSides) -> None:
    desk.prepare(f"projects/{DESK}/changes/CR-003.yaml", "requested_by: j.okafor", "requested_by: c.moreau")
    assert "asked for it" in desk.approve(DESK, "AP-003", **CHANGE).said("GOV-03")[0]


def test_who_wants_it_does_not_record_the_word_of_another(desk: TwoSides) -> None:
    desk.approve(DESK, "AP-003", **CHANGE)
    desk.recorders = {f"projects/{DESK}/approvals/AP-003.yaml": ("j.okafor",)}
    assert desk.said("GOV-03") == ["The word of c.moreau was recorded by j.okafor, who wanted it."]
    desk.recorders = {f"projects/{DESK}/approvals/AP-003.yaml": ("p.nowak",)}
    assert desk.said("GOV-03") == ["The word of c.moreau was recorded by p.nowak, and no minutes show it."]
    minutes = {"ref": "Minutes of 4 December", "present": ["c.moreau"], "recorded_by": "p.nowak"}
    assert desk.approve(DESK, "AP-003", **CHANGE, minutes=minutes).said("GOV-03") == []
    minutes["recorded_by"] = "j.okafor"
    desk.recorders = {}
    assert desk.approve(DESK, "AP-003", **CHANGE, minutes=minutes).said("GOV-03")


def test_a_change_left_to_the_manager_needs_no_second_pair_of_eyes(desk: TwoSides) -> None:
    small = [{"item": "M3", "field": "planned", "from": date(2027, 2, 1), "to": date(2027, 2, 5)}]
    request = {"id": "CR-004", "title": "Four days later", "requested_by": "j.okafor", "on": "BL-001", "changes": small}
    desk.write(f"projects/{DESK}/changes/CR-004.yaml", request)
    told = {"kind": "change", "id": "CR-004", "by": "j.okafor", "role": "project manager", "on": DAY}
    assert desk.approve(DESK, "AP-003", **told).said("GOV-03") == []


# --- GOV-05 and GOV-06: plans and law


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("standards/policy/thresholds.yaml", True), ("standards/risk/rsk-01.rule.yaml", True), ("standards/audits/a/audit.yaml", True),
        ("standards/strategy/objectives.yaml", True), ("standards/people/people.yaml", True), ("plugins/x.py", True),
        (".github/workflows/gate.yml", True), ("CODEOWNERS", True), ("pyproject.toml", True), ("mkdocs.yml", True),
        ("standards/approvals/AP-101.yaml", False), ("README.md", False), ("projects/bike-shelter/project.yaml", False),
    ],
)  # fmt: skip
def test_plans_and_law_change_apart(desk: TwoSides, file: str, *, told: bool) -> None:
    path = desk.after / file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    desk.write(file, text + "\n# touched\n")
    assert desk.said("GOV-05") == []
    desk.edit(PLAN, "forecast: 50400", "forecast: 50500")
    assert bool(desk.said("GOV-05")) is told


def test_a_gap_in_the_policy_opens_nothing(desk: TwoSides) -> None:
    desk.lay(
        "standards/policy/ownership.yaml",
        {"families": [{"family": "project", "paths": ["projects/**"], "owners": ["project manager"]}]},
    )
    desk.edit(PLAN, "forecast: 50400", "forecast: 50500").write("standards/policy/boards.yaml", {"boards": []})
    assert desk.said("GOV-05")


def test_a_declared_migration_moves_both(desk: TwoSides) -> None:
    desk.lay("standards/migrations/two.yaml", {"id": "two", "title": "Both", "declared_by": "p.nowak", "declared_on": DAY, "until": DAY,
                                               "covers": ["GOV-05"], "projects": [DESK]})  # fmt: skip
    desk.lay("standards/approvals/AP-102.yaml", {"id": "AP-102", "decision": "approve", "by": "m.keller", "role": "board", "on": DAY,
                                                 "subject": {"kind": "migration", "id": "two"}})  # fmt: skip
    desk.edit(PLAN, "forecast: 50400", "forecast: 50500").edit(
        "standards/policy/thresholds.yaml", "risk_high: 15", "risk_high: 16"
    )
    assert desk.said("GOV-05") == []


def test_a_judgement_by_the_proposed_law_is_told(desk: TwoSides) -> None:
    desk.edit("standards/policy/thresholds.yaml", "risk_high: 15", "risk_high: 16")
    assert desk.said("GOV-06") == []
    loaded, was = load(FolderTree(desk.after)), standing(desk.before)
    pull = Pull(was=was, proposed=loaded.repository)
    before = compute(was, DAY)
    world = World(portfolio=compute(loaded.repository, DAY), before=before, law=before, pull=pull)
    assert [one.blocks for one in gov_06.check(loaded, world)] == [True]
    assert "GOV-06" in {one.rule for one in judge(loaded, world.portfolio, before, before, pull).remarks}


# --- BSL-01 of a change, and what stays on record


def test_an_approved_plan_is_neither_edited_nor_removed(desk: TwoSides) -> None:
    file = f"projects/{DESK}/baselines/BL-001.yaml"
    desk.edit(file, "2027-02-01", "2027-05-01")
    assert any("says something else than when it was frozen" in one for one in desk.said("BSL-01"))
    desk.take_over().remove(file)
    assert any("is gone: BL-001" in one for one in desk.said("BSL-01"))


def refrozen(desk: TwoSides, change: str | None = "CR-003", name: str = "BL-002") -> TwoSides:
    values = yaml.safe_load((desk.after / f"projects/{DESK}/baselines/BL-001.yaml").read_text(encoding="utf-8"))
    values |= {"id": name, "made_on": DAY}
    values |= {"change": change} if change else {}
    values["values"]["M3"]["planned"] = "2027-02-15"
    values["values"]["budget"]["approved"] = 50400
    desk.write(f"projects/{DESK}/baselines/{name}.yaml", values)
    desk.edit(PLAN, "name: Desk opens, planned: 2027-02-01", "name: Desk opens, planned: 2027-02-15")
    return desk.edit(PLAN, "approved: 48000", "approved: 50400")


def test_a_new_plan_follows_from_an_approved_request(desk: TwoSides) -> None:
    assert "nobody with authority has approved" in refrozen(desk).said("BSL-01")[0]
    assert desk.approve(DESK, "AP-003", **CHANGE).said("BSL-01") == []


def test_a_new_plan_without_a_request(desk: TwoSides) -> None:
    assert "follows from no change request" in refrozen(desk, None).said("BSL-01")[0]


def test_a_gap_in_the_numbers(desk: TwoSides) -> None:
    told = refrozen(desk, name="BL-003").approve(DESK, "AP-003", **CHANGE).said("BSL-01")
    assert told == ['The approved plans of "New visitor desk, Lyon" are numbered with a gap: BL-003 is the second.']


def test_a_new_plan_changes_no_more_than_was_asked_for(desk: TwoSides) -> None:
    refrozen(desk).approve(DESK, "AP-003", **CHANGE)
    file = f"projects/{DESK}/baselines/BL-002.yaml"
    desk.edit(file, "target: 4", "target: 9").edit(PLAN, "target: 4,", "target: 9,")
    (told,) = desk.said("BSL-01")
    assert "changes more than" in told
    assert "benefit target" in told


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("reports/2026-10-31.md", "the status report of 31 Oct 2026"), ("changes/CR-003.yaml", "the change request"),
        ("gates/G-01.yaml", "the gate submission G-01"), ("approvals/AP-002.yaml", "the approval AP-002"),
    ],
)  # fmt: skip
def test_a_record_does_not_disappear(desk: TwoSides, file: str, words: str) -> None:
    (told,) = desk.remove(f"projects/{DESK}/{file}").said("PRT-01")
    assert words in told


def test_a_published_report_is_not_written_anew(desk: TwoSides) -> None:
    report = f"projects/{DESK}/reports/2026-11-30.md"
    desk.edit(report, "Done:", "Done, at last:")
    assert desk.said("PRT-01") == []
    desk.edit(report, "status: amber", "status: green")
    assert "was published, and now says something else" in desk.said("PRT-01")[0]


def test_a_decision_is_not_written_anew(desk: TwoSides) -> None:
    desk.edit(f"projects/{DESK}/approvals/AP-002.yaml", "releases: 48000", "releases: 54000")
    assert desk.said("PRT-01") == [
        'What c.moreau decided on 6 Oct 2026 about "New visitor desk, Lyon" now reads otherwise.'
    ]


def test_a_project_does_not_disappear(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, DESK, "bike-shelter").remove(f"projects/{DESK}")
    assert sides.said("PRT-01") == ['"New visitor desk, Lyon" is gone, and nothing says where its story goes on.']
    redirects = "standards/policy/redirects.yaml"
    sides.edit(redirects, "redirects:\n", f"redirects:\n  - {{from: {DESK}, on: 2026-12-04, because: Tidied up}}\n")
    assert sides.said("PRT-01") == ['"New visitor desk, Lyon" is gone while it was still running.']


def moved(tmp_path: Path) -> TwoSides:
    sides = TwoSides.sample(tmp_path, DESK)
    (sides.after / f"projects/{DESK}").rename(sides.after / "projects/front-desk")
    sides.edit("projects/front-desk/project.yaml", f"id: {DESK}", "id: front-desk")
    redirect = f"redirects:\n  - {{from: {DESK}, to: front-desk, on: 2026-12-04, because: Another name}}\n"
    return sides.edit("standards/policy/redirects.yaml", "redirects:\n", redirect)


def test_a_project_that_moves_is_the_one_it_was(tmp_path: Path) -> None:
    sides = moved(tmp_path)
    assert sides.said("PRT-01") == []
    assert sides.said("GAT-01") == [], "it is not new"
    sides.edit("projects/front-desk/risks.yaml", "- id: R-002", "- id: R-099")
    assert any("Joiner" in one or "gone" in one for one in sides.said("RSK-03")), "and its risks are watched as before"


# --- AUD-03

CONDITION = "{what: One calendar with the grid project, owner: t.abebe, due: 2026-12-08, extensions: [{from: 2026-10-30, to: 2026-12-08, reason: The operator gave no days, by: e.lindqvist}]}"
MORE = ", {from: 2026-12-08, to: 2027-01-29, reason: Still none, by: e.lindqvist}]"


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (CONDITION.replace("due: 2026-12-08", "due: 2027-01-29"), "and nothing says why"),
        (CONDITION.replace("due: 2026-12-08, ", ""), "has no day any more"),
        (CONDITION.replace("due: 2026-12-08", "due: 2027-01-29").replace("}]", "}" + MORE).replace("Still none, by: e.lindqvist", "Still none, by: t.abebe"),
         "nobody but its owner agrees"),
        (CONDITION.replace("due: 2026-12-08", "due: 2027-02-28").replace("}]", "}" + MORE), "and nothing says why"),
        (CONDITION.replace("due: 2026-12-08", "due: 2027-01-29").replace("}]", "}" + MORE), None),
        (CONDITION.replace("due: 2026-12-08", "due: 2026-12-01"), None),
        (CONDITION.replace("due: 2026-12-08", "due: 2026-12-08, closed_on: 2026-12-04"), None),
    ],
)  # fmt: skip
def test_the_day_of_a_condition_moves_openly(tmp_path: Path, new: str, words: str | None) -> None:
    sides = TwoSides.sample(tmp_path, "depot-charging", GRID).edit(
        "projects/depot-charging/approvals/AP-003.yaml", CONDITION, new
    )
    told = sides.said("AUD-03")
    assert told == [] if words is None else words in told[0]
    assert sides.said("PRT-01") == []


FINDING = {
    "id": "F-01",
    "title": "Gates without evidence",
    "severity": "major",
    "owner": "t.abebe",
    "due": date(2026, 12, 31),
}


def test_the_day_of_a_finding_moves_twice_at_most(tmp_path: Path) -> None:
    file = "standards/audits/au-2026-1/findings/F-01.yaml"
    days = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 31), date(2027, 2, 1)]
    steps = [{"from": a, "to": b, "reason": "Holidays", "by": "a.berger"} for a, b in pairwise(days)]
    sides = TwoSides.sample(tmp_path).lay(file, {**FINDING, "extensions": steps[:1]})
    assert sides.write(file, {**FINDING, "due": days[3]}).said("AUD-03")
    assert not sides.write(file, {**FINDING, "due": days[3], "extensions": [steps[0], steps[2]]}).said("AUD-03")
    sides.lay(file, {**FINDING, "extensions": steps[:2]})
    (told,) = sides.write(file, {**FINDING, "due": days[3], "extensions": steps}).said("AUD-03")
    assert "two times are the most" in told


# --- STD-01

RISK = "standards/risk/index.md"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RISK, "A threat that can sink the project must be known", "A threat that may sink the project must be known"),
        (RISK, "level: should", "level: must"),
        (RISK, "tiers: [medium, large]", "tiers: [small, medium, large]"),
        ("standards/risk/rsk-01.rule.yaml", "level: must", "level: should"),
        ("standards/risk/rsk-05.rule.yaml", "params: {steps: 2}", "params: {steps: 1}"),
    ],
)
def test_what_binds_changes_with_a_version_and_a_reason(tmp_path: Path, file: str, old: str, new: str) -> None:
    told = TwoSides.sample(tmp_path).edit(file, old, new).said("STD-01")
    assert any("its version does not say so" in one for one in told)
    assert any("does not say why" in one for one in told)


def test_prose_and_another_form_are_no_change(tmp_path: Path) -> None:
    sides = (
        TwoSides.sample(tmp_path)
        .edit(RISK, "# Risk\n", "# Risk\n\nBetter words.\n")
        .edit(RISK, "title: Risk", "title:   Risk")
    )
    sides.edit("standards/risk/rsk-01.rule.yaml", "why:", "# a comment\nwhy:")
    assert sides.said("STD-01") == []


def stricter(
    tmp_path: Path, version: str, day: str, entry: str = "## {version}\n\nStricter.\n\nSource: lesson driver-tablets/L-001\nCost: a day"
) -> TwoSides:  # fmt: skip
    sides = TwoSides.sample(tmp_path).edit(RISK, "should be gone through regularly", "must be gone through regularly")
    text = (sides.after / RISK).read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("version:"))
    since = next(line for line in text.splitlines() if line.startswith("effective_from:"))
    sides.edit(RISK, old, f"version: {version}").edit(RISK, since, f"effective_from: {day}").edit(
        RISK, "level: should", "level: must"
    )
    return sides.edit(
        "standards/risk/CHANGELOG.md",
        "\n## ",
        f"\n{entry.format(version=version)}\n\n## ",
    )


def test_a_stricter_standard_is_a_new_major_version_with_notice(tmp_path: Path) -> None:
    assert stricter(tmp_path, "2.0.0", "2026-12-18").said("STD-01") == []


@pytest.mark.parametrize(
    ("version", "day", "words"),
    [
        ("1.9.0", "2026-12-18", "its version does not say so"),
        ("2.0.0", "2026-12-17", "sooner than people can know of it"),
    ],
)
def test_a_small_step_or_a_short_notice_is_not_enough(tmp_path: Path, version: str, day: str, words: str) -> None:
    (told,) = stricter(tmp_path, version, day).said("STD-01")
    assert words in told


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("## {version}\n\nStricter.\n\nSource: a law", "nobody has estimated what that costs"),
        ("## {version}\n\nStricter.\n\nCost: a day", "does not say why"),
        ("## 1.9.0\n\nStricter.\n\nSource: a law\nCost: a day", "does not say why"),
        (
            "## {version}, binding from 1 January 2027\n\nSource: a law\nCost: a day",
            "its list of changes says 1 Jan 2027",
        ),
    ],
)
def test_the_list_of_changes_says_why_from_when_and_at_what_cost(tmp_path: Path, entry: str, words: str) -> None:
    told = stricter(tmp_path, "2.0.0", "2026-12-18", entry).said("STD-01")
    assert any(words in one for one in told), told
    assert len(told) == (2 if "1.9.0" in entry else 1)


@pytest.mark.parametrize(
    "heading", ["## {version}, binding from 18 December 2026", "## {version} (from 18 Dec 2026)", "## {version}"]
)
def test_the_day_may_stand_in_the_heading(tmp_path: Path, heading: str) -> None:
    entry = f"{heading}\n\nSource: a law\nCost: nothing"
    assert stricter(tmp_path, "2.0.0", "2026-12-18", entry).said("STD-01") == []


@pytest.mark.parametrize(("day", "told"), [("2026-12-18", False), ("2026-12-17", True), (None, True)])
def test_a_rule_that_bites_earlier_is_announced(tmp_path: Path, day: str | None, *, told: bool) -> None:
    setting = {"rule": "REP-01", "enforce_at": "gate"} | ({"from": date.fromisoformat(day)} if day else {})
    sides = TwoSides.sample(tmp_path).write("standards/policy/enforcement.yaml", {"observe": False, "rules": [setting]})
    assert bool(sides.said("STD-01")) is told


DUTY = """  - id: S-RISK.9
    text: Every risk must have a colour.
    level: must
    rationale: Colours are seen.
    verified_by: [RSK-09]
    responsible: project manager
"""
RSK_09 = """id: RSK-09
title: Every risk has a colour
requirement: {requirement}
level: must
enforce_at: {bites}
why: Colours are seen.
ask: the PMO
applies_to: {{kind: project}}
each: project.risks
checks: [{{assert: has(item.status), message: A risk has no colour, fix: "`status: open`"}}]
"""


def with_duty(tmp_path: Path, more: str = "", bites: str = "gate", *, duty: bool = True) -> TwoSides:
    sides = stricter(tmp_path, "2.0.0", "2026-12-18")
    if duty:
        sides.edit(RISK, "  - id: S-RISK.2\n", f"{DUTY}{more}  - id: S-RISK.2\n")
    rule = RSK_09.format(requirement="S-RISK.9" if duty else "S-RISK.2", bites=bites)
    (sides.after / "standards/risk/rsk-09.rule.yaml").write_text(rule, encoding="utf-8")
    (sides.after / "standards/risk/rsk-09.test.yaml").write_text("rule: RSK-09\ncases: []\n", encoding="utf-8")
    return sides


def test_a_new_duty_of_a_standard_in_force_has_a_first_day_of_its_own(tmp_path: Path) -> None:
    assert with_duty(tmp_path / "a", "    effective_from: 2026-12-18\n").said("STD-01") == []
    for path, more in (("b", ""), ("c", "    effective_from: 2026-12-17\n")):
        told = with_duty(tmp_path / path, more).said("STD-01")
        assert any(
            'A duty begins sooner than people can know of it: "Every risk must have a colour."' in one for one in told
        )
        assert any('"Every risk has a colour" shall bite sooner' in one for one in told)


def test_a_new_rule_for_an_old_duty_only_tells_at_first(tmp_path: Path) -> None:
    (told,) = with_duty(tmp_path / "a", duty=False).said("STD-01")
    assert '"Every risk has a colour" shall bite sooner than people can know of it' in told
    assert with_duty(tmp_path / "b", bites="watch", duty=False).said("STD-01") == []


@pytest.mark.parametrize("version", ["1.0.0", "0.9.0"])
def test_what_is_in_force_cannot_be_called_a_first_version_of_days_to_come(tmp_path: Path, version: str) -> None:
    sides = TwoSides.sample(tmp_path)
    text = (sides.after / RISK).read_text(encoding="utf-8")
    for key, value in (("version", version), ("effective_from", "2099-01-01")):
        line = next(one for one in text.splitlines() if one.startswith(f"{key}:"))
        if line != f"{key}: {value}":
            sides.edit(RISK, line, f"{key}: {value}")
    assert any("it is in force, and would bind from another day" in one for one in sides.said("STD-01"))


NEW = "standards/names/index.md"


def names(day: str, *, level: str = "must", status: str = "active") -> str:
    return (
        f"---\nid: S-NAMES\ntitle: Names\nversion: 1.0.0\nstatus: {status}\nowner: p.nowak\neffective_from: {day}\n"
        f"reviewed_on: 2026-12-01\nrequirements:\n  - id: S-NAMES.1\n    text: Names {level} be short.\n    level: {level}\n"
        "    rationale: Long ones are cut.\n    manual_evidence: A look at the list\n    responsible: project manager\n"
        "---\n# Names\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, names("2026-12-17"), True),
        (None, names("2026-12-18"), False),
        (None, names("2026-12-05", level="should"), False),
        (None, names("2026-12-05", status="draft"), False),
        (names("2026-12-05", status="draft"), names("2026-12-05"), True),
        (names("2026-12-05", status="draft"), names("2026-12-18"), False),
    ],
)
def test_a_new_standard_is_announced_like_a_stricter_one(
    tmp_path: Path, before: str | None, after: str, *, told: bool
) -> None:
    sides = TwoSides.sample(tmp_path)
    if before:
        (sides.before / NEW).parent.mkdir()
        (sides.before / NEW).write_text(before, encoding="utf-8")
        sides.take_over()
    (sides.after / NEW).parent.mkdir(exist_ok=True)
    (sides.after / NEW).write_text(after, encoding="utf-8")
    told_of = "# Changes\n\n## 1.0.0\n\nThe first version: S-NAMES.1.\n\nSource: a slide.\nCost: nothing.\n"
    (sides.after / NEW).with_name("CHANGELOG.md").write_text(told_of, encoding="utf-8")
    said = sides.said("STD-01")
    assert [one for one in said if "sooner than people can know of it: S-NAMES.1 is new" in one] == said
    assert bool(said) is told


@pytest.mark.parametrize("status", ["retired", "draft"])
def test_a_standard_does_not_go_out_of_force_unsaid(tmp_path: Path, status: str) -> None:
    told = TwoSides.sample(tmp_path).edit(RISK, "status: active", f"status: {status}").said("STD-01")
    words = "it is retired" if status == "retired" else "it is a draft again"
    assert any("its version does not say so" in one and words in one for one in told)
    assert any("does not say why" in one for one in told)


@pytest.mark.parametrize(("status", "bites"), [("active", {"gate"}), ("draft", {"watch"}), ("retired", set())])
def test_rules_bite_as_far_as_their_standard_binds(tmp_path: Path, status: str, bites: set[str]) -> None:
    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    shutil.copytree(ROOT / "projects" / "step-free-stops", tmp_path / "projects" / "step-free-stops")
    page = tmp_path / RISK
    page.write_text(page.read_text(encoding="utf-8").replace("status: active", f"status: {status}"), encoding="utf-8")
    result = run(tmp_path, today=DAY)
    assert {one.enforce_at for one in result.remarks if one.rule == "RSK-01"} == bites
    # what nobody can waive is held whatever its standard says of itself
    assert result.judgement.settings["RSK-03"].enforce_at == "merge"


# --- honest bad news


def test_bad_news_passes_every_one_of_them(tmp_path: Path) -> None:
    sides = TwoSides.sample(tmp_path, DESK)
    sides.edit(PLAN, "forecast: 50400", "forecast: 92000").edit(
        PLAN, "planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-02-01, forecast: 2027-09-15"
    )
    sides.edit(f"projects/{DESK}/risks.yaml", "probability: 3", "probability: 5")
    sides.write(
        f"projects/{DESK}/reports/2026-12-04.md",
        "---\nas_of: 2026-12-04\nstatus: red\nbecause: It burns\n---\nDone: nothing.\n",
    )
    assert blocking(sides.remarks()) == set(), [one for one in sides.remarks() if one.blocks]
