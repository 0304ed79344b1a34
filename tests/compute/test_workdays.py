"""Working days: from the first day up to, but without, the last; by the organisation's week, holidays and exceptions."""

from datetime import date, timedelta

import pytest
from handrail.compute.workdays import WorkDays, days_of
from handrail.model.schedule import Calendar, Scheduling, WorkingTime
from hypothesis import given
from hypothesis import strategies as st

from tests.compute.world import plan

CHRISTMAS = WorkDays(holidays=frozenset([date(2026, 12, 25), date(2027, 1, 1)]))  # both on Fridays
DUBAI = WorkDays(week=frozenset([6, 0, 1, 2, 3]))  # Sunday to Thursday


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "days", "why"),
    [
        ("2026-12-04", "2026-12-04", 0, "no time passes on one day"),
        ("2026-12-03", "2026-12-04", 1, "Thursday to Friday"),
        ("2026-12-04", "2026-12-07", 1, "over a weekend: only the Friday counts"),
        ("2026-12-04", "2026-12-05", 1, "to Saturday: the Friday was worked"),
        ("2026-12-05", "2026-12-07", 0, "from Saturday to Monday nobody works"),
        ("2026-12-05", "2026-12-08", 1, "from Saturday: the Monday"),
        ("2026-12-07", "2026-12-14", 5, "a week"),
        ("2026-12-07", "2026-12-04", -1, "backwards it counts the same days"),
        ("2026-12-24", "2026-12-28", 1, "Christmas Day on a Friday"),
        ("2026-12-28", "2027-01-04", 4, "over the turn of the year, without New Year"),
        ("2027-01-01", "2027-01-02", 0, "the holiday itself"),
        ("2026-12-25", "2026-12-26", 0, "the holiday itself"),
        ("2026-12-21", "2026-12-25", 4, "the holiday is the day without which it counts"),
    ],
)
def test_between(start: str, end: str, days: int, why: str) -> None:
    assert CHRISTMAS.between(d(start), d(end)) == days, why
    assert CHRISTMAS.between(d(end), d(start)) == -days, why


@pytest.mark.parametrize(
    ("day", "count", "later", "why"),
    [
        ("2026-12-04", 0, "2026-12-04", "none"),
        ("2026-12-04", 1, "2026-12-07", "over a weekend"),
        ("2026-12-05", 1, "2026-12-07", "from a Saturday"),
        ("2026-12-24", 1, "2026-12-28", "over Christmas"),
        ("2026-12-31", 5, "2027-01-08", "the fifth working day of January: New Year is none"),
        ("2026-12-04", -3, "2026-12-04", "it never goes back"),
    ],
)
def test_after(day: str, count: int, later: str, why: str) -> None:
    assert CHRISTMAS.after(d(day), count) == d(later), why


def test_the_calendar_ends_but_nothing_breaks() -> None:
    assert CHRISTMAS.after(date(9999, 12, 30), 50) == date.max
    assert WorkDays(week=frozenset()).after(date(9999, 1, 1), 1) == date.max


@pytest.mark.parametrize(
    ("calendar", "start", "end", "days"),
    [
        pytest.param(None, "2026-12-07", "2026-12-14", 5, id="no calendar is Monday to Friday"),
        pytest.param(WorkingTime(), "2026-12-07", "2026-12-14", 5, id="a week without a working day counts as none"),
        pytest.param(WorkingTime(week={"monday": " "}), "2026-12-07", "2026-12-14", 5, id="hours that are blank are none"),
        pytest.param(WorkingTime(week={"monday": "08:00-12:00", "saturday": "08:00-12:00"}), "2026-12-07", "2026-12-14", 2,
                     id="a day is a day, however short"),
        pytest.param(WorkingTime(holidays=(date(2026, 12, 8), date(2026, 12, 8))), "2026-12-07", "2026-12-14", 4,
                     id="a holiday named twice is one"),
        pytest.param(WorkingTime(holidays=(date(2026, 12, 12),)), "2026-12-07", "2026-12-14", 5, id="a holiday on a Saturday"),
        pytest.param(WorkingTime(exceptions={"2026-12-12": "08:00-12:00"}), "2026-12-07", "2026-12-14", 6,
                     id="a Saturday with hours is worked"),
        pytest.param(WorkingTime(exceptions={"2026-12-08": ""}), "2026-12-07", "2026-12-14", 4, id="a Tuesday without is free"),
        pytest.param(WorkingTime(holidays=(date(2026, 12, 8),), exceptions={"2026-12-08": "08:00-12:00"}), "2026-12-07",
                     "2026-12-14", 5, id="an exception wins over a holiday"),
        pytest.param(WorkingTime(exceptions={"some day": "08:00-12:00"}), "2026-12-07", "2026-12-14", 5,
                     id="an exception on no day"),
    ],
)  # fmt: skip
def test_of_a_calendar(calendar: WorkingTime | None, start: str, end: str, days: int) -> None:
    assert WorkDays.of(calendar).between(d(start), d(end)) == days


def test_other_weeks() -> None:
    assert [DUBAI.works(date(2026, 12, 6) + timedelta(days=i)) for i in range(7)] == [True] * 5 + [False] * 2


WHEN = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WEEKS = st.builds(
    WorkDays, week=st.frozensets(st.integers(0, 6)), holidays=st.frozensets(WHEN, max_size=30),
    worked=st.frozensets(WHEN, max_size=10),
)  # fmt: skip


@given(days=WEEKS, start=WHEN, length=st.integers(0, 800))
def test_between_counts_day_by_day(days: WorkDays, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert days.between(start, end) == sum(days.works(start + timedelta(days=i)) for i in range(length))
    assert days.between(end, start) == -days.between(start, end)


@given(days=WEEKS.filter(lambda one: one.week), start=WHEN, count=st.integers(1, 60))
def test_after_is_the_other_side_of_between(days: WorkDays, start: date, count: int) -> None:
    end = days.after(start, count)
    assert days.works(end)
    assert days.between(start + timedelta(days=1), end + timedelta(days=1)) == count


def test_a_plan_counts_the_days_of_its_own_calendar() -> None:
    organisation = WorkingTime(week=dict.fromkeys(("monday", "tuesday"), "08:00-16:00"), holidays=(date(2026, 12, 7),))
    six = Calendar(id="SIX", week=dict.fromkeys(("monday", "wednesday", "saturday"), "08:00-12:00"))
    own = plan(calendars=(six,), scheduling=Scheduling(calendar="SIX"))
    monday, next_one = date(2026, 12, 7), date(2026, 12, 14)
    assert days_of(plan(), organisation).between(monday, next_one) == 1
    assert days_of(own, organisation).between(monday, next_one) == 2, "the organisation's holiday holds there too"
    assert days_of(plan(scheduling=Scheduling(calendar="GONE")), organisation).between(monday, next_one) == 1
    assert days_of(plan(calendars=(six,)), organisation).between(monday, next_one) == 1, (
        "one task's calendar is not the plan's"
    )


def test_hours_that_cannot_be_read_are_worked_neither_here_nor_in_the_network() -> None:
    odd = WorkingTime(week={"monday": "8 to 5", "tuesday": "08:00-12:00"}, exceptions={"2026-12-12": "late"})
    assert not WorkDays.of(odd).works(date(2026, 12, 7))
    assert not WorkDays.of(odd).works(date(2026, 12, 12))
    assert WorkDays.of(odd).works(date(2026, 12, 8))
