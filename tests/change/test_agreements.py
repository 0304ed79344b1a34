"""Who must agree to a change and whether they have, and whom it touches besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from handrail.change import compare
from handrail.change.agreements import Agreement, agreements
from handrail.change.touched import touched
from handrail.compute.approved_value import value_of
from handrail.compute.portfolio import compute
from handrail.model.approval_parts import Subject
from handrail.model.organisation import PersonRecord, Role
from handrail.model.policy import Authority, AuthorityRow, Policy
from handrail.model.project import Deliverable, Plan, Tolerance
from handrail.model.records import Approval, ChangeRequest, FieldChange, GateSubmission, Waiver
from handrail.model.registers import Risk
from handrail.model.schedule import Dependency, Milestone

from tests.compute.world import THRESHOLDS, plan, repository

TODAY = date(2026, 12, 4)
ROWS = (
    AuthorityRow(decision="gate", roles=("sponsor",)),
    AuthorityRow(decision="tolerance", roles=("sponsor",)),
    AuthorityRow(decision="change within delegation", roles=("project manager",)),
    AuthorityRow(decision="change within tolerance", roles=("sponsor",)),
    AuthorityRow(decision="change beyond tolerance", roles=("board",)),
    AuthorityRow(decision="deliverable", roles=("accepter",)),
    AuthorityRow(decision="waiver", roles=("pmo head",)),
)
PEOPLE = tuple(
    PersonRecord(id=name, roles=(Role(role="pmo head"),) if name == "p.nowak" else ())
    for name in ("s.one", "m.two", "p.nowak", "u.ser")
)
BASE: dict[str, Any] = {"sponsor": "s.one", "manager": "m.two", "board": "lyon"}


def asked(old: dict[str, Any], new: dict[str, Any]) -> tuple[Agreement, ...]:
    before, after = (
        compute(repository(plan(**BASE | given), people=PEOPLE, policy=Policy(thresholds=THRESHOLDS, authority=Authority(rows=ROWS))), TODAY)
        for given in (old, new)
    )  # fmt: skip
    return agreements(compare(before, after), before, after)


def approval(kind: str, name: str, **given: Any) -> Approval:
    return Approval(**{"id": "AP-001", "decision": "approve", "subject": Subject(kind=kind, id=name), "by": "s.one", "role": "sponsor",
                       "on": date(2026, 12, 3), **given})  # fmt: skip


def request(days: int) -> ChangeRequest:
    to = date(2027, 2, 1 + days)
    return ChangeRequest(id="CR-001", title="Later", requested_by="m.two",
                         changes=(FieldChange(item="M1", field="planned", from_="2027-02-01", to=to.isoformat()),))  # fmt: skip


GATE = GateSubmission(id="G-01", gate="start")


@pytest.mark.parametrize(
    ("new", "who"),
    [
        ({"gates": (GATE,)}, "s.one (sponsor)"),
        ({"changes": (request(20),)}, "s.one (sponsor) or lyon (board)"),
        ({"tolerance": Tolerance(time_days=40)}, "s.one (sponsor)"),
        ({"waivers": (Waiver(id="W-001", rule="RSK-01", requested_by="m.two"),)}, "p.nowak (pmo head)"),
        ({"deliverables": (Deliverable(id="D1", name="Desk", accepted_by="u.ser", status="done"),)}, "u.ser (accepter)"),
        ({"sponsor": "n.ew"}, "s.one (outgoing sponsor) or the board lyon"),
    ],
)  # fmt: skip
def test_whose_word_is_needed(new, who: str) -> None:
    old = {"deliverables": (Deliverable(id="D1", name="Desk", accepted_by="u.ser"),)} if "deliverables" in new else {}
    (one,) = asked(old, new)
    assert (one.who, one.given, one.by) == (who, False, None)


def test_what_the_manager_may_move_alone_asks_nobody() -> None:
    assert asked({}, {"changes": (request(2),)}) == ()


@pytest.mark.parametrize(
    ("what", "given", "by", "word"),
    [
        (approval("gate", "G-01", decision="go"), True, "s.one", "go, 3 Dec"),
        (approval("gate", "G-01", decision="rework"), False, "s.one", "rework, 3 Dec"),
        (approval("gate", "G-01", decision="go", by="m.two"), False, None, ""),
        (approval("gate", "G-01", decision="go", by="u.ser"), False, None, ""),
        (approval("gate", "G-01", decision="go", on=date(2026, 12, 24)), False, None, ""),
        (approval("gate", "G-02", decision="go"), False, None, ""),
        (approval("gate", "G-01", decision="go", value="h1:" + "0" * 64), False, None, ""),
    ],
)
def test_whether_it_is_there(what: Approval, given: bool, by: str | None, word: str) -> None:  # noqa: FBT001 - a table
    (one,) = asked({}, {"gates": (GATE,), "approvals": (what,)})
    assert (one.given, one.by, one.word) == (given, by, word)


def test_a_new_sponsor_does_not_agree_to_what_the_old_one_decides() -> None:
    found = asked(
        {}, {"sponsor": "u.ser", "gates": (GATE,), "approvals": (approval("gate", "G-01", decision="go", by="u.ser"),)}
    )
    assert len(found) == 2
    assert not any(one.given for one in found)


def test_an_approval_of_other_terms_counts_no_more() -> None:
    old = plan(**BASE, gates=(GATE,))
    bound = approval("gate", "G-01", decision="go", value=value_of("gate", "G-01", old, repository(old)))
    before = compute(repository(replace(old, approvals=(bound,))), TODAY)
    other = replace(old, approvals=(bound,), gates=(GateSubmission(id="G-01", gate="start", recommendation="go"),))
    found = compare(before, compute(repository(other), TODAY))
    assert [one.sentence for one in found if one.field == "stale"] == [
        "approval AP-001 of s.one (gate G-01) counts no more: what was approved has been changed since"
    ]


def test_bad_news_asks_nobody() -> None:
    old = {"milestones": (Milestone(id="M1", name="Open", planned=date(2027, 2, 1)),)}
    new = {"milestones": (Milestone(id="M1", name="Open", planned=date(2027, 2, 1), forecast=date(2027, 6, 1)),),
           "risks": (Risk(id="R-001", title="Fire", probability=5, impact=5),)}  # fmt: skip
    assert asked(old, new) == ()


def both(old: tuple[Plan, ...], new: tuple[Plan, ...]) -> tuple[str, ...]:
    before, after = compute(repository(*old), TODAY), compute(repository(*new), TODAY)
    return touched(compare(before, after), before, after)


def test_projects_that_wait_are_told_how_late_it_will_be() -> None:
    taker = plan(id="two", name="Two", depends_on=(Dependency(project="one", what="M1", needed_by=date(2027, 1, 11)),))
    giver = plan(milestones=(Milestone(id="M1", name="Open", planned=date(2027, 1, 8)),))
    late = replace(
        giver, milestones=(Milestone(id="M1", name="Open", planned=date(2027, 1, 8), forecast=date(2027, 1, 20)),)
    )
    early = replace(
        giver, milestones=(Milestone(id="M1", name="Open", planned=date(2027, 1, 8), forecast=date(2027, 1, 7)),)
    )
    gone = replace(giver, milestones=())
    needs = '"Two" needs M1 of "One" by 11 Jan 2027'
    assert both((giver, taker), (late, taker)) == (f"{needs}; now 20 Jan 2027, 9 days too late",)
    assert both((giver, taker), (early, taker)) == (f"{needs}; now 7 Jan 2027 (was 8 Jan 2027)",)
    assert both((giver, taker), (gone, taker)) == (f"{needs}; no day is named for it any more",)
    assert both((giver, taker), (replace(giver, unit="x"), taker)) == ()


def test_people_learn_what_they_got() -> None:
    old = plan(manager="m.two", risks=(Risk(id="R-001", title="A", owner="a.b"),))
    new = plan(
        manager="m.two",
        risks=(
            Risk(id="R-001", title="A", owner="c.d"),
            Risk(id="R-002", title="B", owner="c.d"),
            Risk(id="R-003", title="C", owner="m.two"),
        ),
    )
    assert both((old,), (new,)) == ("c.d is now owner of R-002, owner of R-001",)
