"""Working time to the minute: against counting minutes one by one, and by examples."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime

import pytest
from handrail.compute.calendar import DAY, ELAPSED, OFFICE, STANDARD, WorkCalendar, instant, moment
from handrail.compute.working_time import hours_of, shifts
from handrail.model.schedule import Calendar, WorkingTime
from handrail.remark import Loc
from hypothesis import given, settings
from hypothesis import strategies as st

FIRST = date(2026, 1, 5).toordinal() - 1
NIGHT = ((22 * 60, 30 * 60),)
SHIFTS = st.sampled_from(((), OFFICE, NIGHT, ((0, DAY),), ((0, 300), (420, 660)), ((23 * 60, 25 * 60),), ((600, 601),)))
DAYS = 35


@st.composite
def calendars(draw):
    week = [draw(SHIFTS) for _ in range(7)]
    if not any(week):
        week[draw(st.integers(0, 6))] = OFFICE
    days = draw(st.dictionaries(st.integers(-1, DAYS), SHIFTS, max_size=8))
    return week, {date.fromordinal(FIRST + 1 + day): one for day, one in days.items()}


def worked(week, exceptions) -> list[int]:
    """Every worked minute of some weeks."""
    found: set[int] = set()
    for day in range(FIRST - 1, FIRST + DAYS):
        for start, end in exceptions.get(date.fromordinal(day + 1), week[day % 7]):
            found.update(range(day * DAY + start, day * DAY + end))
    return sorted(at for at in found if at >= FIRST * DAY)


@settings(max_examples=60)
@given(calendars(), st.lists(st.integers(0, (DAYS - 1) * DAY), min_size=20, max_size=40))
def test_positions_and_instants_are_those_that_counting_gives(given_calendar, offsets):
    week, exceptions = given_calendar
    calendar, minutes = WorkCalendar(week, exceptions), worked(week, exceptions)
    base = calendar.position(FIRST * DAY)
    for offset in offsets:
        at = FIRST * DAY + offset
        done = bisect_left(minutes, at)
        assert calendar.position(at) == base + done
        if done < len(minutes) and minutes[done] < (FIRST + DAYS - 1) * DAY:
            assert calendar.start(base + done) == calendar.next(at) == minutes[done]
        if done:
            assert calendar.finish(base + done) == calendar.last(at) == minutes[done - 1] + 1


@settings(max_examples=200)
@given(calendars(), st.integers(-(10**9), 10**9), st.integers(-100_000, 100_000))
def test_adding_and_taking_away_again_leads_back(given_calendar, at, length):
    calendar = WorkCalendar(*given_calendar)
    assert calendar.between(at, calendar.add(at, length)) == length
    assert calendar.add(calendar.add(at, length), -length) in {calendar.next(at), calendar.last(at)}
    assert calendar.last(at) <= at <= calendar.next(at)
    assert calendar.between(calendar.last(at), calendar.next(at)) == 0


@given(st.datetimes())
def test_instants_and_moments(when):
    minute = when.replace(second=0, microsecond=0)
    assert moment(instant(minute)) == minute


def test_a_moment_that_no_calendar_names():
    with pytest.raises(OverflowError):
        moment(instant(date.max) + DAY)
    with pytest.raises(OverflowError):
        moment(-1)


def at(text: str) -> int:
    return instant(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-12-04T08:00", 480, "2026-12-04T17:00"),
        ("2026-12-04T13:00", 480, "2026-12-07T12:00"),
        ("2026-12-05T10:00", 1, "2026-12-07T08:01"),
        ("2026-12-04T17:00", 0, "2026-12-07T08:00"),
        ("2026-12-07T12:00", -480, "2026-12-04T13:00"),
        ("2026-12-07T08:00", -480, "2026-12-04T08:00"),
    ],
)
def test_work_by_the_usual_hours(start, minutes, end):
    assert moment(STANDARD.add(at(start), minutes)) == datetime.fromisoformat(end)


def test_a_night_shift_belongs_to_the_day_on_which_it_begins():
    calendar = WorkCalendar([NIGHT] * 5 + [(), ()], {date(2026, 12, 9): ()})  # Wednesday's shift is left out
    assert moment(calendar.add(at("2026-12-04T22:00"), 480)) == datetime.fromisoformat(
        "2026-12-05T06:00"
    )  # Friday's ends on Saturday
    assert moment(calendar.next(at("2026-12-05T06:00"))) == datetime.fromisoformat("2026-12-07T22:00")
    assert calendar.between(at("2026-12-09T00:00"), at("2026-12-10T00:00")) == 360  # the rest of Tuesday's
    assert calendar.between(at("2026-12-10T00:00"), at("2026-12-11T00:00")) == 120  # the first of Thursday's
    assert (calendar.day, calendar.week, calendar.month) == (480, 2400, 9600)


def test_around_the_clock():
    assert ELAPSED.add(at("2026-12-31T23:59"), 2) == at("2027-01-01T00:01")
    assert ELAPSED.next(at("2026-12-05T03:00")) == at("2026-12-05T03:00")


def test_what_a_day_a_week_and_a_month_mean():
    assert (STANDARD.day, STANDARD.week, STANDARD.month) == (480, 2400, 9600)
    half = WorkCalendar([((480, 720), (780, 990))] * 4 + [((480, 720),), (), ()])
    assert (half.day, half.week, half.month) == (450, 4 * 450 + 240, 4 * (4 * 450 + 240))
    other = half.counting(480, None, 9600)
    assert (other.day, other.week, other.month) == (480, 2040, 9600)
    assert other.position(at("2026-12-04T17:00")) == half.position(at("2026-12-04T17:00"))


def test_the_ends_of_days():
    calendar = WorkCalendar([OFFICE] * 5 + [(), ()], {date(2026, 12, 24): ((480, 720),)})
    assert moment(calendar.ends(date(2026, 12, 24))) == datetime.fromisoformat("2026-12-24T12:00")
    assert moment(calendar.starts(date(2026, 12, 24))) == datetime.fromisoformat("2026-12-24T08:00")
    assert moment(calendar.ends(date(2026, 12, 26))) == datetime.fromisoformat(
        "2026-12-26T17:00"
    )  # its usual hour, though nobody works


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("08:00-12:00 13:00-17:00", OFFICE),
        ("8:00 - 12:00, 13:00 - 17:00", OFFICE),
        ("22:00-06:00", NIGHT),
        ("00:00-24:00", ((0, DAY),)),
        ("", ()),
        ("8-12", None),
        ("08:00-25:00", None),
        ("08:00-08:00", None),
        ("08:00-12:00 11:00-17:00", None),
        ("closed", None),
    ],
)
def test_hours_as_they_are_written(text, read):
    assert shifts(text) == read


def test_a_calendar_takes_from_the_organisation_what_it_leaves_out():
    base = WorkingTime(week={"monday": "08:00-12:00"}, holidays=(date(2026, 12, 7),), loc=Loc("handrail.yaml"))
    own = Calendar(id="OWN", holidays=(date(2026, 12, 14),))
    alone = Calendar(id="ALONE", alone=True)
    calendar = hours_of(own, "it", base).calendar
    assert calendar is not None
    assert calendar.shifts(date(2026, 12, 7)) == ((480, 720),)
    assert calendar.shifts(date(2026, 12, 14)) == ()
    assert calendar.shifts(date(2026, 12, 8)) == ()
    free = hours_of(alone, "it", base).calendar
    assert free is not None
    assert free.shifts(date(2026, 12, 7)) == OFFICE
    assert hours_of(None, "it").calendar is STANDARD


def test_nobody_ever_works():
    never = hours_of(Calendar(id="NEVER", week={}, loc=Loc("a.yaml", ("calendars", 0))), "the calendar NEVER")
    assert never.calendar is None
    (problem,) = never.problems
    assert problem.loc == Loc("a.yaml", ("calendars", 0, "week"))
    with pytest.raises(ValueError, match="without any working time"):
        WorkCalendar([()] * 7)


def test_a_night_shift_on_a_day_is_the_one_that_begins_then():
    calendar = WorkCalendar([NIGHT] * 5 + [(), ()])
    assert moment(calendar.starts(date(2026, 12, 8))) == datetime.fromisoformat("2026-12-08T22:00")
    assert moment(calendar.ends(date(2026, 12, 8))) == datetime.fromisoformat("2026-12-09T00:00")
