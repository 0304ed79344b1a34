"""Who may decide what, up to which amount; and how large a change is, which decides who may."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from handrail.compute.authority import active, lacks_authority
from handrail.compute.change_size import change_size
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.organisation import PersonRecord, Role
from handrail.model.policy import Authority, AuthorityRow, BoardRecord, Boards, Rate, Rates
from handrail.model.project import Deliverable, Plan
from handrail.model.records import Baseline, ChangeRequest, FieldChange
from handrail.model.repository import Repository

from tests.compute.facts import approval, baseline, money, plan, repository


def row(decision: str, role: str, up_to: int | None = None, *tiers: Any) -> AuthorityRow:
    return AuthorityRow(
        decision=decision, roles=(role,), up_to=Decimal(up_to) if up_to is not None else None, tiers=tiers
    )


TABLE = Authority(
    delegated_days=10, delegated_cost=Decimal("0.03"),
    rows=(
        row("gate", "sponsor", 50000, "small"), row("gate", "board", None, "small", "medium"),
        row("baseline", "sponsor", 50000), row("deliverable", "accepter"), row("report", "sponsor"), row("waiver", "pmo head"),
        row("change", "sponsor"), row("change within delegation", "project manager"),
        row("change within tolerance", "sponsor", 5000), row("change beyond tolerance", "board"),
    ),
)  # fmt: skip
BOARDS = Boards(
    boards=(
        BoardRecord(id="lyon", name="Lyon", members=("cat", "ann")),
        BoardRecord(id="other", name="Other", members=("dan",)),
    )
)
PEOPLE = {
    "ann": PersonRecord(id="ann"), "ben": PersonRecord(id="ben"), "cat": PersonRecord(id="cat"), "dan": PersonRecord(id="dan"),
    "gone": PersonRecord(id="gone", to=date(2026, 11, 30)), "new": PersonRecord(id="new", from_=date(2026, 12, 2)),
    "pat": PersonRecord(id="pat", roles=(Role(role="pmo head", from_=date(2026, 1, 1), to=date(2026, 12, 31)),)),
    "pim": PersonRecord(id="pim", roles=(Role(role="pmo head", to=date(2026, 11, 30)), Role(role="pmo head", from_=date(2027, 1, 1)))),
}  # fmt: skip
RATES = Rates(rates=(Rate(currency="GBP", on=date(2026, 10, 1), rate=Decimal("1.2")),))


def law(authority: Authority = TABLE) -> Repository:
    return replace(repository(authority=authority, boards=BOARDS, rates=RATES), people=PEOPLE)


def desk(approved: Money | None = None, **more: Any) -> Plan:
    return plan(**{"board": "lyon", "budget": Budget(currency="EUR", approved=approved or money(48000)), **more})


DESK = desk()
DELIVERY = desk(
    deliverables=(
        Deliverable(id="D1", name="Desk", accepted_by="dan"),
        Deliverable(id="D2", name="Sign", accepted_by="cat"),
    )
)


@pytest.mark.parametrize(
    ("what", "given", "project", "why"),
    [
        # roles
        ("the sponsor", approval("gate", "G-01", "go"), DESK, None),
        ("somebody who says so", approval("gate", "G-01", "go", by="ben"), DESK, "ben was not the sponsor on that day"),
        ("a role that may not", approval("gate", "G-01", "go", by="ben", role="project manager"), DESK,
         "the project manager may not decide this alone: it takes the board or the sponsor"),
        ("a member of the board", approval("gate", "G-01", "go", by="cat", role="board"), DESK, None),
        ("a member of another board", approval("gate", "G-01", "go", by="dan", role="board"), DESK,
         "dan was not a member of the project's board on that day"),
        ("a project without a board has no members", approval("gate", "G-01", "go", by="cat", role="board"), desk(board=None),
         "cat was not a member of the project's board on that day"),
        ("a board that there is not", approval("gate", "G-01", "go", by="cat", role="board"), desk(board="none"),
         "cat was not a member of the project's board on that day"),
        ("the accepter of this deliverable", approval("deliverable", "D1", "accept", by="dan", role="accepter"), DELIVERY, None),
        ("the accepter of another one", approval("deliverable", "D2", "accept", by="dan", role="accepter"), DELIVERY,
         "dan was not the one who accepts this deliverable on that day"),
        ("a role of the directory", approval("waiver", "W-001", by="pat", role="pmo head"), DESK, None),
        ("between two times in the role", approval("waiver", "W-001", by="pim", role="pmo head"), DESK,
         "pim was not pmo head on that day"),
        ("on the last day in the role", approval("waiver", "W-001", by="pim", role="pmo head", on=date(2026, 11, 30)), DESK, None),
        # people
        ("somebody nobody knows", approval("gate", "G-01", "go", by="zoe"), desk(sponsor="zoe"), "zoe was not with us on that day"),
        ("somebody who has left", approval("gate", "G-01", "go", by="gone"), desk(sponsor="gone"), "gone was not with us on that day"),
        ("on the last day here", approval("gate", "G-01", "go", by="gone", on=date(2026, 11, 30)), desk(sponsor="gone"), None),
        ("somebody who comes tomorrow", approval("gate", "G-01", "go", by="new"), desk(sponsor="new"), "new was not with us on that day"),
        # what is decided
        ("nobody decides on it", approval("lesson", "L-001"), DESK, "the policy names nobody who decides on a lesson"),
        ("nobody in this tier", approval("gate", "G-01", "go"), desk(tier="large"), "the policy names nobody who decides on a gate"),
        ("another role in this tier", approval("gate", "G-01", "go"), desk(tier="medium"),
         "the sponsor may not decide this alone: it takes the board"),
        # amounts
        ("at the limit", approval("gate", "G-01", "go", releases=money(50000)), DESK, None),
        ("a cent beyond it", approval("gate", "G-01", "go", releases=money("50000.01")), DESK,
         "the sponsor may not decide this alone: it takes the board"),
        ("beyond it, but the board has no limit", approval("gate", "G-01", "go", by="cat", role="board", releases=money(10**9)), DESK, None),
        ("a pass without a sum lets the whole project go on", approval("gate", "G-01", "go"), desk(money(60000)),
         "the sponsor may not decide this alone: it takes the board"),
        ("another currency by its rate: 48,000 EUR", approval("gate", "G-01", "go", releases=money(40000, "GBP")), DESK, None),
        ("another currency by its rate: 54,000 EUR", approval("gate", "G-01", "go", releases=money(45000, "GBP")), DESK,
         "the sponsor may not decide this alone: it takes the board"),
        ("a currency without a rate", approval("gate", "G-01", "go", releases=money(1, "CHF")), DESK,
         "there is no exchange rate from CHF, so its limit cannot be checked"),
        ("the plan that is approved may cost more than anybody may decide", approval("baseline", "BL-001"), desk(
            baselines=(baseline("BL-001", "2026-10-06", budget={"approved": 50001}),)),
         "50,001 EUR is more than anybody may decide in this tier"),
        ("what the plan says now does not count then", approval("baseline", "BL-001"), desk(
            money(99999), baselines=(baseline("BL-001", "2026-10-06", budget={"approved": 50000}),)), None),
        ("the plan names no budget", approval("baseline", "BL-001"), desk(budget=None), None),
    ],
)  # fmt: skip
def test_who_may_decide(what: str, given: Any, project: Plan, why: str | None) -> None:
    assert lacks_authority(given, project, law()) == why, what


def test_without_a_table_nothing_is_held_against_it() -> None:
    assert lacks_authority(approval("gate", "G-01", "go", by="zoe"), DESK, law(Authority())) is None


def test_active() -> None:
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2)]
    assert [active("gone", day, law()) for day in days] == [True, False, False]
    assert [active("new", day, law()) for day in days] == [False, False, True]
    assert not active(None, days[0], law())


def moved(to: str, item: str = "M3", field: str = "planned", start: str = "2027-02-01") -> FieldChange:
    return FieldChange(item=item, field=field, from_=start, to=to)


def dearer(to: object, start: object = 48000) -> FieldChange:
    return FieldChange(item="budget", field="approved", from_=start, to=to)


def request(*changes: FieldChange, name: str = "CR-001") -> ChangeRequest:
    return ChangeRequest(id=name, title="Later", changes=changes)


DELEGATED, TOLERATED, BEYOND = "within delegation", "within tolerance", "beyond tolerance"


@pytest.mark.parametrize(
    ("what", "changes", "size"),
    [
        ("ten working days", (moved("2027-02-15"),), DELEGATED),
        ("eleven", (moved("2027-02-16"),), TOLERATED),
        ("twenty: all of the tolerance", (moved("2027-03-01"),), TOLERATED),
        ("twenty-one", (moved("2027-03-02"),), BEYOND),
        ("the latest of several counts", (moved("2027-02-02"), moved("2027-03-02", item="M4")), BEYOND),
        ("earlier is nothing", (moved("2027-01-01"),), DELEGATED),
        ("of an instant, its day", (moved("2027-03-02T10:30", field="start"),), BEYOND),
        ("three per cent", (dearer(49440),), DELEGATED),
        ("a cent more", (dearer(Decimal("49440.01")),), TOLERATED),
        ("ten per cent: all of the tolerance", (dearer(52800),), TOLERATED),
        ("a cent more than that", (dearer(Decimal("52800.01")),), BEYOND),
        ("cheaper is nothing", (dearer(10000),), DELEGATED),
        (
            "amounts with their currency",
            (dearer({"amount": 60000, "currency": "EUR"}, {"amount": 48000, "currency": "EUR"}),),
            BEYOND,
        ),
        ("from one currency to another nobody can tell", (dearer({"amount": 48000, "currency": "GBP"}),), BEYOND),
        ("from nothing it has no share", (dearer(1, 0),), BEYOND),
        ("from nothing that is written", (dearer(1, None),), BEYOND),
        ("to what cannot be read", (dearer("much"),), BEYOND),
        (
            "something else was promised to somebody",
            (FieldChange(item="D1", field="accepted_when", from_="a", to="b"),),
            TOLERATED,
        ),
        ("nothing at all", (), DELEGATED),
    ],
)
def test_change_size(what: str, changes: tuple[FieldChange, ...], size: str) -> None:
    assert change_size(request(*changes), DESK, law()) == size, what


def test_small_changes_add_up_until_the_next_gate() -> None:
    first, second = request(moved("2027-02-12"), name="CR-001"), request(moved("2027-02-05"), name="CR-002")
    made = Baseline(id="BL-002", made_on=date(2026, 11, 1), change="CR-001", values={})
    both = desk(changes=(first, second), baselines=(made,))
    assert change_size(second, both, law()) == TOLERATED, "nine days are used already, and four come to them"
    gate = approval("gate", "G-02", "go", on=date(2026, 11, 2))
    assert change_size(second, desk(changes=(first, second), baselines=(made,), approvals=(gate,)), law()) == DELEGATED
    unmade = desk(changes=(first, second))
    assert change_size(second, unmade, law()) == DELEGATED, "a request that went into no plan uses nothing"


@pytest.mark.parametrize(
    ("what", "changes", "by", "role", "why"),
    [
        ("delegated: the manager", (moved("2027-02-15"),), "ben", "project manager", None),
        ("delegated: whoever may decide on more", (moved("2027-02-15"),), "ann", "sponsor", None),
        ("tolerated: not the manager", (moved("2027-02-16"),), "ben", "project manager",
         "the project manager may not decide this alone: it takes the board or the sponsor"),
        ("tolerated: the sponsor", (moved("2027-02-16"),), "ann", "sponsor", None),
        ("tolerated, but dearer than the sponsor's limit", (dearer(60000, 54999),), "ann", "sponsor",
         "the sponsor may not decide this alone: it takes the board"),
        ("beyond: not the sponsor", (moved("2027-03-02"),), "ann", "sponsor",
         "the sponsor may not decide this alone: it takes the board"),
        ("beyond: the board", (moved("2027-03-02"),), "cat", "board", None),
    ],
)  # fmt: skip
def test_who_may_decide_on_a_change(
    what: str, changes: tuple[FieldChange, ...], by: str, role: str, why: str | None
) -> None:
    given = desk(changes=(request(*changes),))
    assert lacks_authority(approval("change", "CR-001", by=by, role=role), given, law()) == why, what
