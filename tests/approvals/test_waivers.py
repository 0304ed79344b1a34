"""Deviations: which count on a day, how often they were renewed, and that none is longer than the policy lets it be."""

from dataclasses import replace
from datetime import date

import pytest
from handrail.compute.waivers import in_force, renewals
from handrail.model.approval_parts import Subject
from handrail.model.organisation import PersonRecord, Role
from handrail.model.policy import Authority, AuthorityRow, Policy
from handrail.model.records import Approval, Waiver
from handrail.model.role_change import RoleChange

from tests.compute.world import plan, repository

PEOPLE = (
    PersonRecord(id="eva", roles=(Role(role="pmo head"),)),
    PersonRecord(id="ann"),
    PersonRecord(id="ben"),
    PersonRecord(id="bob"),
)
LAW = Policy(
    authority=Authority(
        rows=(AuthorityRow(decision="waiver", roles=("pmo head",), also=("sponsor",)),
              AuthorityRow(decision="role change", roles=("sponsor",)))
    )
)  # fmt: skip
WAIVER = Waiver(
    id="W-001", rule="RSK-01", reason="Theirs", instead="A call", requested_by="ben", starts=date(2026, 11, 1),
    expires=date(2027, 1, 31), risk_accepted_by="ann",
)  # fmt: skip
YES = Approval(
    id="AP-001",
    decision="approve",
    subject=Subject(kind="waiver", id="W-001"),
    by="eva",
    role="pmo head",
    on=date(2026, 11, 1),
)
DESK = plan(sponsor="ann", manager="ben", waivers=(WAIVER,), approvals=(YES,))
TODAY = date(2026, 12, 4)


def counts(one=DESK, waiver=WAIVER, on=TODAY, longest=None):
    return in_force(waiver, one, repository(one, people=PEOPLE, policy=LAW), on, longest)


@pytest.mark.parametrize(
    ("on", "wanted"),
    [(date(2026, 10, 31), False), (date(2026, 11, 1), True), (date(2027, 1, 31), True), (date(2027, 2, 1), False)],
)
def test_it_counts_from_its_first_to_its_last_day(on, wanted):
    assert counts(on=on) == wanted


@pytest.mark.parametrize(
    "change",
    [{"starts": None}, {"expires": None}, {"risk_accepted_by": None}, {"risk_accepted_by": "bob"}, {"id": "W-002"}],
)
def test_what_lacks_something_does_not_count(change):
    assert not counts(waiver=replace(WAIVER, **change))


@pytest.mark.parametrize(
    "approvals",
    [
        (), (replace(YES, by="ann"),), (replace(YES, by="ann", role="sponsor"),), (replace(YES, decision="reject"),),
        (replace(YES, stale="changed"),), (replace(YES, on=date(2027, 1, 1)),),
        (YES, replace(YES, id="AP-002", decision="reject", on=date(2026, 11, 2))),
    ],
)  # fmt: skip
def test_the_pmo_head_must_have_permitted_it_last(approvals):
    assert not counts(replace(DESK, approvals=approvals))


def test_who_asks_cannot_permit():
    assert not counts(waiver=replace(WAIVER, requested_by="eva"))
    assert not counts(replace(DESK, manager="eva"))


def test_none_is_longer_than_the_policy_lets_it_be():
    assert counts(longest=91)
    assert not counts(longest=90)
    forever = replace(WAIVER, expires=date(2099, 1, 1))
    assert not counts(waiver=forever, longest=180)


def test_a_new_sponsor_does_not_end_what_the_former_one_bore():
    new = replace(DESK, sponsor="bob")
    assert not counts(new), "nobody says that ann was sponsor"
    change = RoleChange(id="RO-001", role="sponsor", from_="ann", to="bob", on=date(2026, 11, 20))
    word = Approval(
        id="AP-002", decision="approve", subject=Subject(kind="role change", id="RO-001"), by="ann", role="sponsor",
        on=date(2026, 11, 19),
    )  # fmt: skip
    assert counts(replace(new, role_changes=(change,), approvals=(YES, word)))


def test_renewals_are_counted_along_one_rule_and_end_in_a_circle():
    second = replace(WAIVER, id="W-002", renews="W-001")
    third = replace(WAIVER, id="W-003", renews="W-002")
    other = replace(WAIVER, id="W-004", rule="RSK-02", renews="W-003")
    whole = replace(DESK, waivers=(WAIVER, second, third, other))
    assert [renewals(one, whole) for one in whole.waivers] == [0, 1, 2, 0]
    ring = replace(DESK, waivers=(replace(WAIVER, renews="W-003"), second, third))
    assert [renewals(one, ring) for one in ring.waivers] == [2, 2, 2]
    assert renewals(replace(WAIVER, renews="W-001"), replace(DESK, waivers=(replace(WAIVER, renews="W-001"),))) == 0
