"""Two states of a repository, compared as meaning."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from handrail.build import Context, build
from handrail.change import Change, compare, told
from handrail.fields import fields_of
from handrail.model.approval_parts import Subject
from handrail.model.cost import Budget, BudgetLine
from handrail.model.kinds import KINDS
from handrail.model.organisation import PersonRecord, RequirementRecord, Role, StandardRecord
from handrail.model.policy import Authority, AuthorityRow, Enforcement, Policy, RuleSetting
from handrail.model.project import Deliverable, Plan, Scope, Tolerance
from handrail.model.records import Approval, Closure, Report
from handrail.model.registers import Issue, Risk
from handrail.model.repository import BrokenPlan
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.model.schedule import Dependency, Milestone, Task

from tests.compute.world import THRESHOLDS, eur, plan, portfolio, repository

TODAY = date(2026, 12, 4)


def changes(old: Plan, new: Plan) -> tuple[Change, ...]:
    """What is written otherwise in one project, on a day of 2026."""
    found = compare(portfolio(TODAY, old), portfolio(TODAY, new))
    return tuple(one for one in found if not one.computed)


def said(old: dict[str, Any], new: dict[str, Any], *, all_of_it: bool = False) -> list[str]:
    found = compare(portfolio(TODAY, plan(**old)), portfolio(TODAY, plan(**new)))
    return [one.sentence for one in found if one.told and (all_of_it or not one.computed)]


def gate(**given: Any) -> Milestone:
    return Milestone(**{"id": "M2", "name": "Gate 2", "planned": date(2026, 3, 15), **given})


def risk(**given: Any) -> Risk:
    return Risk(**{"id": "R-007", "title": "Joiner fails", **given})


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ({"milestones": (gate(forecast=date(2026, 3, 15)),)}, {"milestones": (gate(forecast=date(2026, 4, 2)),)},
         '"Gate 2" forecast 15 Mar -> 2 Apr (+18 days)'),
        ({"milestones": (gate(),)}, {"milestones": (gate(forecast=date(2026, 4, 2)),)},
         '"Gate 2" forecast 15 Mar -> 2 Apr (+18 days), first time'),
        ({"milestones": (gate(),)}, {"milestones": (gate(actual=date(2026, 3, 17)),)}, '"Gate 2" reached 17 Mar, planned 15 Mar'),
        ({"milestones": (gate(),)}, {"milestones": (gate(actual=date(2026, 3, 15)),)}, '"Gate 2" reached 15 Mar as planned'),
        ({"budget": Budget(approved=eur(1200000))}, {"budget": Budget(approved=eur(1310000))},
         "budget 1.20 M -> 1.31 M EUR (+9%)"),
        ({"budget": Budget(spent={"2026-10": eur(5)})}, {"budget": Budget(spent={"2026-10": eur(5), "2026-11": eur(70)})},
         "spent Nov 2026 70 EUR (new)"),
        ({"budget": Budget(lines=(BudgetLine(id="BL-1", name="Joinery", kind="capex", amount=eur(100)),))},
         {"budget": Budget(lines=(BudgetLine(id="BL-1", name="Joinery", kind="capex", amount=eur(150)),))},
         "budget lines BL-1 amount 100 -> 150 EUR (+50%)"),
        ({"risks": (risk(),)}, {"risks": (risk(status="closed"),)}, 'risk R-007 "Joiner fails" closed'),
        ({"risks": (risk(status="closed"),)}, {"risks": (risk(),)}, 'risk R-007 "Joiner fails" reopened'),
        ({"risks": (risk(owner="a.b"),)}, {"risks": (risk(),)}, 'risk R-007 "Joiner fails" owner taken out (was a.b)'),
        ({}, {"risks": (risk(probability=4, impact=5, owner="a.b"),)}, 'new risk R-007 "Joiner fails" (score 20, owner a.b)'),
        ({"risks": (risk(),)}, {}, 'risk R-007 "Joiner fails" removed'),
        ({"sponsor": "a.b"}, {"sponsor": "c.d"}, "sponsor a.b -> c.d"),
        ({"state": "suspended"}, {"state": "active"}, "active again"),
        ({"phase": "planning"}, {"phase": "execution"}, "phase planning -> execution"),
        ({}, {"tolerance": Tolerance(time_days=20)}, "tolerance time 20 working days (new)"),
        ({"team": {"a.b": Decimal("0.2")}}, {"team": {"a.b": Decimal("0.5")}}, "team a.b 20 -> 50%"),
        ({"scope": Scope(in_=("Desk", "Bar"))}, {"scope": Scope(in_=("Garden", "Desk"))},
         'scope "Garden" added, "Bar" taken out'),
        ({"narrative": "One."}, {"narrative": "Two."}, "text of the overview changed"),
        ({"deliverables": (Deliverable(id="D1", name="Desk"),)},
         {"deliverables": (Deliverable(id="D1", name="Desk", status="done", actual=date(2026, 12, 1)),)},
         'deliverable D1 "Desk" accepted 1 Dec'),
        ({}, {"reports": (Report(as_of=date(2026, 11, 30), status="amber", because="Fire."),)}, 'report of 30 Nov: amber, "Fire."'),
        ({}, {"closure": Closure(closed_on=date(2026, 12, 1), outcome="Done.")}, "closed on 1 Dec: Done."),
        ({}, {"approvals": (Approval(id="AP-003", decision="approve", subject=Subject(kind="change", id="CR-003"), by="c.moreau",
                                     role="sponsor", on=date(2026, 12, 3)),)},
         "c.moreau (sponsor) approves change CR-003, 3 Dec"),
        ({"depends_on": (Dependency(project="a", what="D1"), Dependency(project="a", what="D2"))},
         {"depends_on": (Dependency(project="a", what="D2"), Dependency(project="a", what="D1", agreed=True))},
         'dependency "D1" agreed no -> yes'),
    ],
)  # fmt: skip
def test_sentences(old, new, sentence: str) -> None:
    assert said(old, new) == [sentence]


def test_how_a_thing_was_closed_is_one_sentence_and_every_field_is_there_for_rules() -> None:
    new = risk(status="closed", closed_on=date(2026, 12, 1), closed_by="a.b", outcome="The second joiner delivered")
    found = changes(plan(risks=(risk(),)), plan(risks=(new,)))
    assert [one.sentence for one in found if one.told] == [
        'risk R-007 "Joiner fails" closed: The second joiner delivered'
    ]
    assert {one.field for one in found} == {"status", "closed_on", "closed_by", "outcome"}
    status = next(one for one in found if one.field == "status")
    assert (status.kind, status.id, status.what, status.old, status.new) == (
        "risk",
        "R-007",
        "changed",
        "open",
        "closed",
    )


def test_a_score_tells_what_it_is_made_of() -> None:
    old, new = risk(probability=3, impact=4), risk(probability=4, impact=5)
    assert said({"risks": (old,)}, {"risks": (new,)}, all_of_it=True) == [
        'risk level green -> amber because high, and the response is missing or late: "Joiner fails" (20)',
        'risk R-007 "Joiner fails" score 12 -> 20',
    ]


def test_order_lines_and_files_are_no_change() -> None:
    old = plan(
        risks=(risk(id="R-001"), risk(id="R-002")), scope=Scope(in_=("a", "b")), team={"a.b": Decimal("0.20"), "c.d": Decimal(1)},
        narrative="One\ntwo.", home={"risks": "projects/one/project.yaml"},
    )  # fmt: skip
    new = plan(
        risks=(risk(id="R-002"), risk(id="R-001")), scope=Scope(in_=("b", "a")), team={"c.d": Decimal("1.0"), "a.b": Decimal("0.2")},
        narrative="One two.\n", home={"risks": "projects/one/risks.yaml"},
    )  # fmt: skip
    assert compare(portfolio(TODAY, old), portfolio(TODAY, new)) == ()


def test_a_risk_that_happened_did_not_go() -> None:
    issue = Issue(id="I-003", title="Workshop burnt down", from_risk="R-007")
    assert said({"risks": (risk(),)}, {"issues": (issue,)}) == [
        'risk R-007 "Joiner fails" happened: now issue I-003 "Workshop burnt down"'
    ]


def test_what_moves_to_another_list_or_gets_another_id_did_not_go() -> None:
    moved = said({"risks": (risk(),)}, {"issues": (Issue(id="I-001", title="Joiner fails"),)})
    assert moved == ['"Joiner fails" was risk R-007, now issue I-001']
    renamed = said({"risks": (risk(owner="a.b"),)}, {"risks": (risk(id="R-070", owner="a.b"),)})
    assert renamed == ['risk R-007 "Joiner fails" has another id: R-007 -> R-070']


def test_an_id_used_again_for_another_thing_is_told_field_by_field() -> None:
    assert said({"risks": (risk(),)}, {"risks": (risk(title="Other"),)}) == [
        'risk R-007 "Other" title "Joiner fails" -> "Other"'
    ]


def test_a_renamed_folder_is_the_same_project() -> None:
    given = {"name": "Desk", "sponsor": "a.b", "milestones": (gate(),), "risks": (risk(),)}
    (found,) = compare(repository(plan(id="desk", **given)), repository(plan(id="front-desk", **given)))
    assert (found.what, found.old, found.new) == ("moved", "desk", "front-desk")
    assert found.sentence == 'project "Desk" has another id: desk -> front-desk'


def test_projects_come_and_go() -> None:
    old, new = plan(id="old", name="Old", sponsor="a.b"), plan(id="new", name="New", manager="c.d", tier="small")
    found = compare(repository(old), repository(new))
    assert [one.sentence for one in found] == ['project "Old" removed', 'new project "New": small, manager c.d']
    assert [one.weight for one in found] == [100, 60]


def test_a_project_that_cannot_be_read_any_more() -> None:
    broken = replace(repository(), broken=(BrokenPlan(id="one", name="One", files=()),))
    assert [one.sentence for one in compare(repository(plan()), broken)] == ['project "One" cannot be read any more']
    assert [one.sentence for one in compare(broken, repository(plan()))] == ['project "One" can be read again']
    assert [one.sentence for one in compare(broken, repository())] == ['project "One" removed']


def test_what_follows_is_told_with_its_reason() -> None:
    late = gate(planned=date(2027, 3, 15), forecast=date(2027, 4, 30))
    old = plan(milestones=(gate(planned=date(2027, 3, 15)),), budget=Budget(approved=eur(100), forecast=eur(100)))
    new = plan(milestones=(late,), budget=Budget(approved=eur(100), forecast=eur(109)))
    found = compare(portfolio(TODAY, old), portfolio(TODAY, new))
    sentences = [one.sentence for one in found if one.told]
    assert sentences[0] == "overall colour green -> red"
    assert any(
        one.startswith('schedule health green -> red because "Gate 2" is expected 34 working days late')
        for one in sentences
    )
    assert any(
        one.startswith("cost health green -> amber because the forecast of 109 EUR is 9% over") for one in sentences
    )
    assert not any(one.startswith(("end ", "cost at the end")) for one in sentences), (
        "the milestone and the budget say it already"
    )
    assert {one.field for one in found if one.computed} >= {"health.time", "health.overall", "end", "eac"}


def test_the_worst_comes_first() -> None:
    given = {"sponsor": "a.b", "milestones": (gate(),), "tasks": (Task(id="T1", name="Fit"),)}
    new = {
        "sponsor": "c.d",
        "milestones": (gate(forecast=date(2026, 4, 2)),),
        "tasks": (Task(id="T1", name="Fit it"),),
        "narrative": "x",
    }
    found = changes(plan(**given), plan(**new))
    assert [one.field for one in found] == ["sponsor", "forecast", "name", "narrative"]
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)


def test_forty_tasks_are_one_sentence_with_a_fold() -> None:
    old = [Task(id=f"T{i}", name=f"Task {i}", forecast=date(2026, 5, 1)) for i in range(40)]
    new = [Task(id=f"T{i}", name=f"Task {i}", forecast=date(2026, 5, 4 + i % 15)) for i in range(40)]
    (found,) = told(compare(repository(plan(tasks=tuple(old))), repository(plan(tasks=tuple(new)))))
    assert found.sentence == "40 tasks changed: forecast of 40 (+3 to +17 days)"
    assert found.folded
    assert len(found.changes) == 40
    added = told(compare(repository(plan()), repository(plan(tasks=tuple(new)))))
    assert [one.sentence for one in added] == ['40 tasks new: "Task 0", "Task 1", "Task 10" and 37 more']
    few = told(compare(repository(plan()), repository(plan(tasks=tuple(new[:3])))))
    assert [one.folded for one in few] == [False] * 3


def test_only_the_named_projects_are_looked_at() -> None:
    old, new = (repository(plan(id="a", unit=unit), plan(id="b", unit=unit)) for unit in ("x", "y"))
    assert {one.project for one in compare(old, new, only={"b"})} == {"b"}


def law(**given: Any):
    return replace(repository(), **given)


RULE = RuleFile(id="RSK-01", title="Owners", requirement="S-RISK.1", level="must", enforce_at="gate",
                applies_to=AppliesTo(kind="project"))  # fmt: skip


def standard(*requirements: RequirementRecord, **given: Any) -> dict[str, StandardRecord]:
    return {
        "S-RISK": StandardRecord(
            **{"id": "S-RISK", "title": "Risk", "version": "1.0.0", "requirements": requirements, **given}
        )
    }


def needed(**given: Any) -> RequirementRecord:
    return RequirementRecord(
        **{"id": "S-RISK.1", "text": "Every open risk must have an owner.", "level": "must", **given}
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence", "weight"),
    [
        ({"people": {"a.b": PersonRecord(id="a.b")}}, {"people": {"a.b": PersonRecord(id="a.b", roles=(Role(role="sponsor"),))}},
         "a.b: role sponsor added", 75),
        ({"policy": Policy(thresholds=THRESHOLDS, authority=Authority(rows=(AuthorityRow(decision="gate", up_to=Decimal(5)),)))},
         {"policy": Policy(thresholds=THRESHOLDS, authority=Authority(rows=(AuthorityRow(decision="gate", up_to=Decimal(9)),)))},
         "authority: gate up to 5 -> 9", 75),
        ({"policy": Policy(enforcement=Enforcement(rules=(RuleSetting(rule="RSK-01", enforce_at="merge"),)))},
         {"policy": Policy(enforcement=Enforcement(rules=(RuleSetting(rule="RSK-01", enforce_at="off"),)))},
         "enforcement: RSK-01 enforced at merge -> off (weaker)", 88),
        ({}, {"policy": Policy(thresholds=THRESHOLDS, enforcement=Enforcement(rules=(RuleSetting(rule="RSK-01", enforce_at="off"),)))},
         "enforcement: RSK-01 added (enforced at off) (weaker)", 88),
        ({"standards": standard(needed())}, {"standards": standard(needed(level="should"))},
         "requirement S-RISK.1 level must -> should (weaker)", 88),
        ({"standards": standard(needed())}, {"standards": standard()}, "requirement S-RISK.1 removed", 92),
        ({"standards": standard(needed())}, {"standards": standard(needed(), version="1.1.0")},
         'standard S-RISK "Risk" version 1.0.0 -> 1.1.0', 75),
        ({"rules": {}}, {"rules": {"RSK-01": RULE}}, 'new rule RSK-01 "Owners" (must, bites at gate)', 75),
        ({"rules": {"RSK-01": RULE}}, {"rules": {}}, 'rule RSK-01 "Owners" removed', 90),
    ],
)  # fmt: skip
def test_law(old, new, sentence: str, weight: int) -> None:
    (found,) = compare(law(**old), law(**new))
    assert (found.project, found.sentence, found.weight) == (None, sentence, weight)


def test_a_weaker_rule_says_so() -> None:
    weak = RuleFile(
        id="RSK-01",
        title="Owners",
        requirement="S-RISK.1",
        level="must",
        enforce_at="watch",
        applies_to=AppliesTo(kind="project"),
    )
    (found,) = compare(law(rules={"RSK-01": RULE}), law(rules={"RSK-01": weak}))
    assert found.sentence == 'rule RSK-01 "Owners" bites at gate -> watch (weaker)'
    (back,) = compare(law(rules={"RSK-01": weak}), law(rules={"RSK-01": RULE}))
    assert back.sentence == 'rule RSK-01 "Owners" bites at watch -> gate (stricter)'
    assert found.weight > back.weight


EVERY = [
    (kind.name, field.key)
    for kind in KINDS
    if kind.cls is not Plan
    for field in fields_of(kind.cls)
    if field.example is not None and not field.required and field.type.kind != "any"
]


@pytest.mark.parametrize(("kind", "key"), EVERY)
def test_no_declared_field_changes_unseen(kind: str, key: str) -> None:
    """Whatever the model declares is compared and said, without a line of code about it."""
    cls = next(one.cls for one in KINDS if one.name == kind)
    fields = {one.key: one for one in fields_of(cls)}
    needed = {one.key: one.example for one in fields.values() if one.required}
    context = Context(file="x.yaml", currency="EUR")
    old, new = (build(cls, value, context) for value in (needed, {**needed, key: fields[key].example}))
    if old == new:
        return  # the example is the default
    from handrail.change.plans import thing_changes

    found = list(thing_changes(kind, old, new, "one", 2026))
    assert {(one.field or "").split(".")[0] for one in found if not one.computed} == {key}
    assert all(one.sentence.strip() and "None" not in one.sentence and "Entity" not in one.sentence for one in found)
    back = list(thing_changes(kind, new, old, "one", 2026))
    assert {(one.field or "").split(".")[0] for one in back if not one.computed} == {key}


def test_a_published_report_that_changes_is_great_news() -> None:
    old, new = (plan(reports=(Report(as_of=date(2026, 11, 30), status=colour),)) for colour in ("amber", "green"))
    (found,) = changes(old, new)
    assert (found.sentence, found.weight) == ("report of 30 Nov status amber -> green", 84)
