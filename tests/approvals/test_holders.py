"""Roles through time: what a former sponsor approved still counts, and nobody becomes sponsor of a day that is over."""

from dataclasses import replace
from datetime import date

from handrail.compute.authority import lacks_authority, under_law
from handrail.compute.holders import Holders, members
from handrail.model.approval_parts import Subject
from handrail.model.organisation import PersonRecord
from handrail.model.policy import Authority, AuthorityRow, BoardRecord, Boards, FormerMember, Policy
from handrail.model.project import Deliverable
from handrail.model.records import Approval, Baseline
from handrail.model.role_change import RoleChange

from tests.compute.world import plan, repository

BOARDS = Boards(
    boards=(
        BoardRecord(
            id="lyon", name="Lyon", members=("hal",),
            former=(FormerMember(person="old", from_=date(2026, 1, 1), to=date(2026, 6, 30)),),
        ),
    )
)  # fmt: skip
LAW = Policy(
    boards=BOARDS,
    authority=Authority(
        rows=(AuthorityRow(decision="baseline", roles=("sponsor", "board")), AuthorityRow(decision="deliverable", roles=("accepter",)),
              AuthorityRow(decision="role change", roles=("sponsor", "board")))
    ),
)  # fmt: skip
PEOPLE = tuple(PersonRecord(id=one) for one in ("ann", "bob", "cat", "hal", "old", "ben", "eve"))
FIRST = RoleChange(id="RO-001", role="sponsor", from_="ann", to="bob", on=date(2026, 3, 1))
SECOND = RoleChange(id="RO-002", role="sponsor", from_="bob", to="cat", on=date(2026, 9, 1))


def handed(name, by, role="sponsor", **more):
    return Approval(
        **{"id": f"AP-1{name[-2:]}", "decision": "approve", "subject": Subject(kind="role change", id=name), "by": by,
           "role": role, "on": date(2026, 2, 20), **more}
    )  # fmt: skip


def signed(by, on, role="sponsor"):
    return Approval(
        id="AP-001", decision="approve", subject=Subject(kind="baseline", id="BL-001"), by=by, role=role, on=on
    )


ONE = plan(
    sponsor="cat", manager="ben", board="lyon", role_changes=(FIRST, SECOND),
    approvals=(handed("RO-001", "ann"), handed("RO-002", "bob", on=date(2026, 8, 30))),
    baselines=(Baseline(id="BL-001", made_on=date(2026, 1, 1), values={}),),
)  # fmt: skip


def sponsors(one, on):
    return Holders(plan=one, boards=BOARDS).on(on, "sponsor")


def lacks(approval, one, law=None):
    return lacks_authority(approval, one, repository(one, people=PEOPLE, policy=LAW), law)


def test_the_sponsor_of_the_day_is_found_through_every_handover():
    days = {date(2026, 2, 28): ("ann",), date(2026, 3, 1): ("bob", "ann"), date(2026, 3, 2): ("bob",),
            date(2026, 8, 31): ("bob",), date(2026, 9, 1): ("cat", "bob"), date(2026, 9, 2): ("cat",)}  # fmt: skip
    assert {on: sponsors(ONE, on) for on in days} == days


def test_what_a_former_sponsor_approved_counts_and_what_they_approve_later_does_not():
    assert lacks(signed("ann", date(2026, 2, 1)), ONE) is None
    assert lacks(signed("ann", date(2026, 3, 2)), ONE) == "ann was not the sponsor on that day"
    assert lacks(signed("cat", date(2026, 8, 1)), ONE) == "cat was not the sponsor on that day"
    assert lacks(signed("cat", date(2026, 9, 1)), ONE) is None


def test_a_handover_without_approval_leads_nowhere():
    for approvals in (
        (), (handed("RO-002", "cat"),), (handed("RO-002", "bob", decision="reject"),), (handed("RO-002", "ben"),),
        (handed("RO-002", "bob", stale="changed"),), (handed("RO-002", "bob", role="pmo head"),),
        (handed("RO-002", "bob"), handed("RO-002", "bob", id="AP-199", decision="reject", on=date(2026, 8, 31))),
    ):  # fmt: skip
        assert sponsors(replace(ONE, approvals=approvals), date(2026, 8, 1)) == ("cat",), approvals


def test_the_board_may_approve_a_handover_with_who_sat_on_it_then():
    assert sponsors(replace(ONE, approvals=(handed("RO-002", "old", "board"),)), date(2026, 8, 1)) == ("bob",)
    late = handed("RO-002", "old", "board", on=date(2026, 7, 1))
    assert sponsors(replace(ONE, approvals=(late,)), date(2026, 8, 1)) == ("cat",)
    assert members("lyon", BOARDS, date(2025, 12, 31)) == ("hal",)
    assert members("none", BOARDS, date(2026, 2, 1)) == ()


def test_two_handovers_cannot_prove_each_other():
    boards = Boards(boards=(*BOARDS.boards, BoardRecord(id="own", name="Own", members=("ben",))))
    swap = RoleChange(id="RO-003", role="board", from_="own", to="lyon", on=date(2026, 9, 1))
    mine = RoleChange(id="RO-004", role="sponsor", from_="eve", to="cat", on=date(2026, 9, 1))
    one = replace(
        ONE, role_changes=(swap, mine),
        approvals=(handed("RO-003", "eve", on=date(2026, 8, 30)), handed("RO-004", "ben", "board", on=date(2026, 8, 30))),
    )  # fmt: skip
    assert Holders(plan=one, boards=boards).on(date(2026, 8, 1), "sponsor") == ("cat",)
    assert Holders(plan=one, boards=boards).on(date(2026, 8, 1), "board") == ("lyon",)


def test_a_change_is_judged_by_the_roles_of_the_plan_it_builds_on():
    law = replace(ONE, sponsor="bob", role_changes=(FIRST,), approvals=ONE.approvals[:1])
    # the new sponsor comes in and approves in the same breath
    grab = replace(ONE, approvals=(*ONE.approvals, signed("cat", date(2026, 9, 2))))
    assert lacks(grab.approvals[-1], grab, law) == "cat was not the sponsor on that day"
    # the outgoing one approves the handover in the same pull request, which is how it is meant
    assert lacks(ONE.approvals[1], ONE, law) is None
    assert lacks(handed("RO-002", "cat"), ONE, law) == "cat was not the sponsor on that day"
    assert under_law(replace(ONE, tier="small"), law).tier == "medium"


def test_nobody_invents_a_former_sponsor():
    fake = RoleChange(id="RO-009", role="sponsor", from_="eve", to="cat", on=date(2026, 11, 1))
    one = replace(ONE, role_changes=(*ONE.role_changes, fake), approvals=(*ONE.approvals, handed("RO-009", "eve")))
    assert lacks(one.approvals[-1], one, ONE) == "eve does not hand over what cat holds (sponsor)"


def test_an_accepter_is_handed_over_by_deliverable():
    swap = RoleChange(id="RO-005", role="accepter", deliverable="D1", from_="eve", to="hal", on=date(2026, 5, 1))
    one = replace(
        ONE, role_changes=(swap,), approvals=(handed("RO-005", "cat", on=date(2026, 4, 30)),),
        deliverables=(Deliverable(id="D1", name="Desk", accepted_by="hal"), Deliverable(id="D2", name="Printer", accepted_by="hal")),
    )  # fmt: skip
    accept = replace(
        signed("eve", date(2026, 4, 1), "accepter"), decision="accept", subject=Subject(kind="deliverable", id="D1")
    )
    assert lacks(accept, one) is None
    assert lacks(replace(accept, subject=Subject(kind="deliverable", id="D2")), one) is not None
