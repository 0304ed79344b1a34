"""A check of a rule may go through a list of its own, and may bite at another time than its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from handrail.build import Context, build
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.model.policy import Enforcement, PlannedStep, RuleSetting
from handrail.model.project import Plan
from handrail.model.records import Approval, ChangeRequest, Closure
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark
from handrail.rules.compiled import CompiledRule, compile_rule
from handrail.rules.engine import Runner, World
from handrail.rules.settings import Setting, setting_of

REPOSITORY = load(FolderTree(Path(__file__).resolve().parents[2])).repository
DAY = date(2026, 12, 4)
PLAN = {"id": "desk", "name": "Desk", "tier": "small", "phase": "execution"}


def entity(cls: type, value: dict[str, Any], file: str) -> Any:
    return build(cls, value, Context(file=file, currency="EUR"))


def plan(**more: Any) -> Plan:
    attached = {name: more.pop(name) for name in ("changes", "approvals", "closure") if name in more}
    made: Plan = entity(Plan, {**PLAN, **more}, "projects/desk/project.yaml")
    return replace(made, home=MappingProxyType(dict.fromkeys(more, made.loc.file)), **attached)


def rule(**more: Any) -> RuleFile:
    value = {
        "id": "XYZ-01", "title": "Things are right", "requirement": "S-RISK.1", "level": "must", "enforce_at": "gate",
        "applies_to": {"kind": "project"}, **more,
    }  # fmt: skip
    made: RuleFile = entity(RuleFile, value, "standards/risk/xyz-01.rule.yaml")
    return made


def compiled(**more: Any) -> CompiledRule:
    ready = compile_rule(rule(**more))
    assert isinstance(ready, CompiledRule), ready
    return ready


def judged(ready: CompiledRule, after: Plan, before: Plan | None = None, enforce_at: str = "gate") -> list[Remark]:
    now = compute(replace(REPOSITORY, plans=(after,)), DAY)
    then = compute(replace(REPOSITORY, plans=(before,)), DAY) if before else None
    setting = Setting(enforce_at=enforce_at, params={}, tier_params={})  # type: ignore[arg-type]
    return list(Runner(World(portfolio=now, before=then)).run(ready, setting))


OWNER = {"assert": "has(item.owner)", "at": "owner", "message": "Nobody watches {item.title}.", "each": "project.risks"}
RISKS = [{"id": "R-001", "title": "Fire"}, {"id": "R-002", "title": "Rain", "status": "closed"}]


def test_a_check_goes_through_its_own_list_and_points_at_the_item() -> None:
    other = {"assert": "has(project.sponsor)", "at": "sponsor", "message": "No sponsor."}
    found = judged(compiled(checks=[other, OWNER]), plan(risks=RISKS))
    assert [one.message for one in found] == ["No sponsor.", "Nobody watches Fire.", "Nobody watches Rain."]
    assert [one.loc.path for one in found] == [("sponsor",), ("risks", 0, "owner"), ("risks", 1, "owner")]
    assert len({one.fingerprint for one in found}) == 3


def test_a_check_chooses_among_its_members() -> None:
    found = judged(compiled(checks=[{**OWNER, "when": "item.status == 'open'"}]), plan(risks=RISKS))
    assert [one.message for one in found] == ["Nobody watches Fire."]


def test_what_cannot_be_decided_of_a_member_is_said_and_the_others_go_on() -> None:
    found = judged(
        compiled(checks=[{**OWNER, "when": "item.due < as_of"}]),
        plan(risks=[{**RISKS[0], "due": "2026-01-01"}, RISKS[1]]),
    )
    assert [one.loc.path for one in found] == [("risks", 0, "owner"), ("risks", 1, "due")]


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"each": "project.risks", "checks": [OWNER]}, ("checks", 0, "each")),
        ({"checks": [{"assert": "true", "message": "No.", "when": "true"}]}, ("checks", 0, "when")),
        ({"checks": [{**OWNER, "each": "project.sponsor"}]}, ("checks", 0, "each")),
        ({"checks": [{**OWNER, "when": "item.nothing"}]}, ("checks", 0, "when")),
    ],
)
def test_a_list_in_the_wrong_place_is_a_fault_of_the_rule(more, at) -> None:
    faults = compile_rule(rule(**more))
    assert isinstance(faults, tuple)
    assert at in [one.loc.path for one in faults]


@pytest.mark.parametrize(
    ("more", "at", "fix"),
    [
        ({}, "decision", "Did you mean `decisions`?"),
        ({}, "budget.aproved", "Did you mean `approved`?"),
        ({}, "end.id.x", "Leave out `.x`."),
        ({"each": "project.breaches"}, "tolerence", "Did you mean `tolerance`?"),
        ({"each": "project.risks"}, "qwertz", "Name the field to edit: `id`, "),
    ],
)
def test_a_place_that_is_no_field_is_a_fault_of_the_rule(more, at, fix) -> None:
    faults = compile_rule(rule(checks=[{"assert": "true", "message": "No.", "at": at}], **more))
    assert isinstance(faults, tuple)
    assert [(one.loc.path, one.fix.startswith(fix)) for one in faults] == [(("checks", 0, "at"), True)]


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({}, "scope.in"),
        ({}, "extra.anything"),
        ({}, "closure.final_cost"),
        ({"each": "project.breaches"}, "tolerance"),  # a breach is computed and stands nowhere
    ],
)
def test_a_place_that_can_be_edited_is_no_fault(more, at) -> None:
    compiled(checks=[{"assert": "true", "message": "No.", "at": at}], **more)


@pytest.mark.parametrize(
    ("more", "fix"),
    [
        ({}, "Add `each` to this check, such as `each: project.risks`, or put `when` at the rule."),
        ({"each": "project.risks"}, "Put `when` at the rule, beside its `each`."),
    ],
)
def test_a_condition_in_the_wrong_place_is_told_where_it_belongs(more, fix) -> None:
    faults = compile_rule(rule(checks=[{"assert": "true", "message": "No.", "when": "true"}], **more))
    assert isinstance(faults, tuple)
    assert [one.fix for one in faults] == [fix]


LOST = {
    "assert": "!has(old.sponsor) || has(project.sponsor)",
    "message": "Taken out.",
    "at": "sponsor",
    "enforce_at": "merge",
}
VACANT = {"assert": "has(project.sponsor)", "message": "No sponsor.", "at": "sponsor"}


def test_a_check_that_compares_is_silent_without_a_before_and_the_others_speak() -> None:
    ready = compiled(checks=[VACANT, LOST])
    assert [one.message for one in judged(ready, plan())] == ["No sponsor."]
    both = judged(ready, plan(), plan(sponsor="c.moreau"))
    assert [(one.message, one.enforce_at) for one in both] == [("No sponsor.", "gate"), ("Taken out.", "merge")]


def test_what_the_organisation_sets_for_a_rule_holds_for_all_its_checks() -> None:
    found = judged(compiled(checks=[LOST]), plan(), plan(sponsor="c.moreau"), enforce_at="watch")
    assert [one.enforce_at for one in found] == ["watch"]


def test_members_of_a_record_are_matched_with_those_of_the_record_before() -> None:
    def change(to: str) -> ChangeRequest:
        value = {"id": "CR-001", "title": "Later", "changes": [{"item": "M1", "field": "planned", "to": to}]}
        made: ChangeRequest = entity(ChangeRequest, value, "projects/desk/changes/CR-001.yaml")
        return made

    ready = compiled(
        applies_to={"kind": "change"}, each="change.changes", on=["added", "changed"],
        checks=[{"assert": "false", "message": "Touched."}],
    )  # fmt: skip
    old = plan(changes=(change("2027-02-01"),))
    assert judged(ready, old, old) == []
    assert len(judged(ready, plan(changes=(change("2027-02-02"),)), old)) == 1


def test_items_without_an_id_are_told_apart() -> None:
    ready = compiled(
        checks=[{"assert": "has(item.owner)", "at": "owner", "message": "?", "each": "project.scope.assumptions"}]
    )
    found = judged(ready, plan(scope={"assumptions": ["It rains", "It snows"]}))
    assert len({one.fingerprint for one in found}) == 2


def test_what_stands_in_a_file_of_its_own_is_pointed_at_there() -> None:
    closure = entity(Closure, {"outcome": "In use"}, "projects/desk/closure.md")
    ready = compiled(checks=[{"assert": "has(project.closure.final_cost)", "at": "closure.final_cost", "message": "?"}])
    (found,) = judged(ready, plan(closure=closure))
    assert (found.loc.file, found.loc.path) == ("projects/desk/closure.md", ("final_cost",))
    (found,) = judged(ready, plan())
    assert found.loc.file == "projects/desk/project.yaml"


def test_an_empty_group_of_names_is_not_filled_in() -> None:
    ready = compiled(checks=[{"assert": "has(project.team)", "message": "Nobody.", "at": "team"}])
    assert len(judged(ready, plan(team={}))) == 1
    assert judged(ready, plan(team={"l.petit": "20%"})) == []


def test_a_measure_is_kept_with_the_remark() -> None:
    check = {**OWNER, "measure": "item.score"}
    found = judged(compiled(checks=[check]), plan(risks=[{**RISKS[0], "probability": 4, "impact": 4}, RISKS[1]]))
    assert [one.measure for one in found] == [16, None]


def test_an_approval_knows_what_it_lacks() -> None:
    approval = entity(
        Approval,
        {"id": "AP-001", "decision": "go", "subject": {"kind": "gate", "id": "G-01"}, "by": "j.okafor", "role": "sponsor",
         "on": "2026-10-06"},
        "projects/desk/approvals/AP-001.yaml",
    )  # fmt: skip
    ready = compiled(
        applies_to={"kind": "approval"}, checks=[{"assert": "!has(approval.lacks)", "message": "{approval.lacks}."}]
    )
    (found,) = judged(ready, plan(sponsor="c.moreau", approvals=(approval,)))
    assert found.message == "j.okafor was not the sponsor on that day."


@pytest.mark.parametrize(("begun", "bites"), [(None, "watch"), ("2026-12-05", "watch"), ("2026-12-04", "gate")])
def test_a_check_that_bites_later_than_its_rule_waits_while_everybody_only_watches(
    begun: str | None, bites: str
) -> None:
    steps = (PlannedStep(from_=date.fromisoformat(begun), enforce_at="gate"),) if begun else ()
    policy = Enforcement(observe=True, plan=steps)
    ready = compiled(enforce_at="watch", checks=[{**OWNER, "enforce_at": "gate"}])
    setting = setting_of("XYZ-01", "watch", {}, policy, DAY)
    now = compute(replace(REPOSITORY, plans=(plan(risks=[{"id": "R-001", "title": "Rain"}]),)), DAY)
    (told,) = Runner(World(portfolio=now)).run(ready, setting)
    assert told.enforce_at == bites


def test_a_check_bites_when_the_policy_says_so_for_its_rule() -> None:
    policy = Enforcement(rules=(RuleSetting(rule="XYZ-01", enforce_at="watch"),))
    ready = compiled(enforce_at="watch", checks=[{**OWNER, "enforce_at": "gate"}])
    now = compute(replace(REPOSITORY, plans=(plan(risks=[{"id": "R-001", "title": "Rain"}]),)), DAY)
    (told,) = Runner(World(portfolio=now)).run(ready, setting_of("XYZ-01", "watch", {}, policy, DAY))
    assert told.enforce_at == "watch"
