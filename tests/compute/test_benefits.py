"""Benefits by state; a reading before the promised day is an interim one and turns no colour red."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.benefits import due_until, state_of
from handrail.compute.figures import promised
from handrail.model.registers import Benefit, Measurement

from tests.compute.world import plan, portfolio

BY = date(2027, 6, 30)


def benefit(*readings, by=BY, **given) -> Benefit:
    measured = tuple(Measurement(on=on, value=Decimal(value)) for on, value in readings)
    return Benefit(what="Minutes", now=Decimal(12), target=Decimal(4), by=by, measured=measured, **given)


@pytest.mark.parametrize(
    ("one", "on", "state", "realised", "late"),
    [
        (benefit(), date(2027, 6, 30), "waiting", None, 0),
        (benefit(), date(2027, 7, 2), "due", None, 2),
        (benefit(review=date(2027, 7, 5)), date(2027, 7, 2), "waiting", None, 0),
        (benefit((date(2027, 1, 31), 11)), date(2027, 2, 1), "on the way", "0.125", 0),
        (benefit((date(2027, 1, 31), 11)), date(2027, 7, 1), "due", "0.125", 1),
        (benefit((BY, 4)), date(2027, 7, 1), "reached", "1", 0),
        (benefit((BY, 8)), date(2027, 7, 1), "missed", "0.5", 0),
        (benefit((BY, 14)), date(2027, 7, 1), "missed", "-0.25", 0),
        (benefit((BY, 4), (date(2027, 8, 1), 8)), date(2027, 7, 1), "reached", "1", 0),
        (benefit(by=None), date(2027, 7, 1), "no day", None, 0),
    ],
)
def test_states(one, on, state, realised, late) -> None:
    found = state_of(one, "p", on)
    assert (found.state, found.days_late) == (state, late)
    assert found.realised == (None if realised is None else Decimal(realised))


@pytest.mark.parametrize(
    ("readings", "on", "colour"),
    [
        ([(date(2027, 1, 31), 11)], date(2027, 2, 1), None),
        ([(date(2027, 6, 29), 11)], date(2027, 7, 1), None),
        ([(date(2027, 1, 31), 4)], date(2027, 2, 1), "green"),
        ([(BY, 4)], date(2027, 7, 1), "green"),
        ([(BY, "4.6")], date(2027, 7, 1), "amber"),
        ([(BY, 11)], date(2027, 7, 1), "red"),
        ([(date(2027, 1, 31), 11), (BY, 4)], date(2027, 7, 1), "green"),
    ],
)
def test_colour(readings, on, colour) -> None:
    found = portfolio(on, plan(benefits=(benefit(*readings),)))
    assert found.projects[0].health.benefit.colour == colour


@pytest.mark.parametrize(("state", "count"), [("closed", 1), ("active", 1), ("cancelled", 0)])
def test_closed_projects_still_owe_their_benefits(state, count) -> None:
    after = date(2027, 7, 9)
    assert len(due_until(portfolio(after, plan(state=state, benefits=(benefit(),))), after)) == count


def test_due_in_the_weeks_to_come() -> None:
    found = portfolio(date(2027, 6, 1), plan(benefits=(benefit(),)))
    assert due_until(found, date(2027, 6, 29)) == ()
    assert [one.state for one in due_until(found, BY)] == ["waiting"]


def test_what_projects_promise_comes_by_urgency_and_without_cancelled_projects() -> None:
    """The page, the export and the steering pack ask for this one list."""
    day = date(2027, 7, 9)
    given = portfolio(
        day,
        plan(id="late", benefits=(benefit(by=date(2027, 7, 1)), benefit(by=date(2027, 6, 1)))),
        plan(id="done", state="closed", benefits=(benefit((BY, 4)),)),
        plan(id="gone", state="cancelled", benefits=(benefit(),)),
        plan(id="early", benefits=(benefit(by=None), benefit((BY, 8)), benefit(by=date(2028, 1, 1)))),
    )  # fmt: skip
    found = [(project.id, one.state, one.due) for one, project in promised(given.projects)]
    assert found == [
        ("late", "due", date(2027, 6, 1)), ("late", "due", date(2027, 7, 1)), ("early", "missed", BY),
        ("early", "waiting", date(2028, 1, 1)), ("early", "no day", None), ("done", "reached", BY),
    ]  # fmt: skip
