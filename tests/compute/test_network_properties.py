"""What must hold for every network: shown on small random ones with all kinds of links and lags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from handrail.compute.calendar import DAY, ELAPSED, OFFICE, STANDARD, WEEK, WorkCalendar, instant
from handrail.compute.duration import Lag
from handrail.compute.jobs import Job, Settings, Tie
from handrail.compute.network import Network, compute
from hypothesis import given, settings
from hypothesis import strategies as st

START = instant(date(2026, 1, 5)) + 8 * 60
NIGHT = WorkCalendar([((22 * 60, 30 * 60),)] * 5 + [(), ()])
SHORT = WorkCalendar([OFFICE] * 4 + [((8 * 60, 12 * 60),), (), ()], {date(2026, 1, 14): (), date(2026, 1, 17): OFFICE})
LAGS = st.one_of(
    st.builds(Lag, st.integers(-3000, 3000), st.just("working")),
    st.builds(Lag, st.integers(-15_000, 15_000), st.just("percent")),
)
ALL_LAGS = st.one_of(LAGS, st.builds(Lag, st.integers(-3000, 3000), st.just("elapsed")))
TYPES = st.sampled_from(("FS", "SS", "FF", "SF"))
PROPERTIES = settings(max_examples=300)


@st.composite
def networks(draw, calendars=(STANDARD,), lags=LAGS, constraints=()):
    """Jobs in an order in which links only lead forwards."""
    jobs = []
    for i in range(draw(st.integers(1, 7))):
        before = draw(st.lists(st.integers(0, i - 1), max_size=3)) if i else []
        ties = tuple(Tie(f"T{k}", draw(TYPES), draw(lags)) for k in before)
        constraint = draw(st.sampled_from((None, *constraints)))
        jobs.append(
            Job(
                id=f"T{i}",
                minutes=draw(st.sampled_from((0, 60, 480, 500, 2400))),
                calendar=draw(st.sampled_from(calendars)),
                ties=ties,
                constraint=constraint,
                at=START + draw(st.integers(0, 20)) * DAY if constraint else None,
            )
        )
    return jobs


def positions(network: Network, calendar: WorkCalendar) -> list[tuple[int, ...]]:
    return [
        tuple(calendar.position(at) for at in (one.early_start, one.early_finish, one.late_start, one.late_finish))
        for one in network.times.values()
    ]


@PROPERTIES
@given(
    networks((STANDARD, NIGHT, ELAPSED), ALL_LAGS, ("SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO")),
    st.integers(-200, 200),
)
def test_shifting_the_start_by_weeks_shifts_everything(jobs, weeks):
    moved = [replace(job, at=None if job.at is None else job.at + weeks * WEEK) for job in jobs]
    here = compute(jobs, Settings(start=START))
    there = compute(moved, Settings(start=START + weeks * WEEK))
    for one, other in zip(here.times.values(), there.times.values(), strict=True):
        dates = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish")
        assert [getattr(other, name) - getattr(one, name) for name in dates] == [weeks * WEEK] * len(dates)
        assert (other.total, other.free, other.critical, other.driver) == (
            one.total,
            one.free,
            one.critical,
            one.driver,
        )


@PROPERTIES
@given(networks(), st.integers(0, 5000))
def test_shifting_the_start_by_working_minutes_shifts_everything_by_as_many(jobs, minutes):
    here = compute(jobs, Settings(start=START))
    there = compute(jobs, Settings(start=STANDARD.start(STANDARD.position(START) + minutes)))
    for one, other in zip(positions(here, STANDARD), positions(there, STANDARD), strict=True):
        assert [b - a for a, b in zip(one, other, strict=True)] == [minutes] * 4


@PROPERTIES
@given(
    networks((STANDARD, NIGHT, SHORT, ELAPSED), ALL_LAGS, ("SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO")),
    st.data(), st.booleans(), st.sampled_from((None, START + 9 * DAY)),
)  # fmt: skip
def test_adding_a_link_never_makes_anything_earlier(jobs, data, honour, status):
    if len(jobs) < 2:
        return
    k = data.draw(st.integers(1, len(jobs) - 1))
    tie = Tie(f"T{data.draw(st.integers(0, k - 1))}", data.draw(TYPES), data.draw(ALL_LAGS))
    more = [replace(job, ties=(*job.ties, tie)) if i == k else job for i, job in enumerate(jobs)]
    how = Settings(start=START, honour=honour, status=status)
    before, after = compute(jobs, how), compute(more, how)
    for name, one in before.times.items():
        assert after.times[name].early_start >= one.early_start
        assert after.times[name].early_finish >= one.early_finish
    assert after.finish >= before.finish


@PROPERTIES
@given(networks((STANDARD, NIGHT, SHORT, ELAPSED), ALL_LAGS))
def test_without_dates_that_must_be_kept_float_is_never_negative(jobs):
    network = compute(jobs, Settings(start=START))
    assert all(one.total >= one.free >= 0 for one in network.times.values())
    assert any(one.critical for one in network.times.values())


@pytest.mark.parametrize(("calendar", "lags"), [(STANDARD, LAGS), (SHORT, LAGS), (ELAPSED, ALL_LAGS)])
@PROPERTIES
@given(data=st.data(), floor=st.booleans())
def test_float_is_the_least_over_all_paths_by_brute_force(data, floor, calendar, lags):
    jobs = data.draw(networks((calendar,), lags))
    network = compute(jobs, Settings(start=START, floor=floor))
    finish = max(calendar.position(one.early_finish) for one in network.times.values())
    for i, job in enumerate(jobs):
        early = calendar.position(network.times[job.id].early_finish)
        floats = [late - early for late in late_finishes(jobs, i, finish)]
        assert network.times[job.id].total >= min(floats)
        assert network.times[job.id].total == min(floats)


def late_finishes(jobs: list[Job], i: int, finish: int) -> Iterator[int]:
    """The late finish that each single path from a job to an end allows, in working minutes."""
    yield finish
    for k, other in enumerate(jobs):
        for tie in other.ties:
            if tie.task != jobs[i].id:
                continue
            for late in late_finishes(jobs, k, finish):
                bound = late if tie.type in {"FF", "SF"} else late - other.minutes
                bound -= lag_of(tie, jobs[i])
                yield min(finish, bound + (jobs[i].minutes if tie.type in {"SS", "SF"} else 0))


def lag_of(tie: Tie, before: Job) -> int:
    if tie.lag.unit != "percent":
        return tie.lag.amount
    sign = 1 if tie.lag.amount >= 0 else -1
    return sign * ((2 * abs(tie.lag.amount) * before.minutes + 10_000) // 20_000)


@PROPERTIES
@given(networks((STANDARD, NIGHT, ELAPSED), ALL_LAGS), st.randoms(use_true_random=False))
def test_the_order_of_the_tasks_changes_no_date(jobs, random):
    mixed = list(jobs)
    random.shuffle(mixed)
    here, there = compute(jobs, Settings(start=START)), compute(mixed, Settings(start=START))
    dates = ("early_start", "early_finish", "late_start", "late_finish", "total", "free", "critical")
    for name, one in here.times.items():
        assert [getattr(one, key) for key in dates] == [getattr(there.times[name], key) for key in dates]


@PROPERTIES
@given(networks((STANDARD, NIGHT, ELAPSED), ALL_LAGS), st.integers(0, 6), st.integers(0, 6), TYPES)
def test_every_circle_is_found_and_names_only_tasks_on_it(jobs, a, b, link):
    a, b = sorted((a % len(jobs), b % len(jobs)))
    around = [replace(job, ties=(*job.ties, Tie(f"T{b}", link))) if i == a else job for i, job in enumerate(jobs)]
    reach: dict[str, set[str]] = {}
    for job in jobs:
        reach[job.id] = {job.id}.union(*(reach[tie.task] for tie in job.ties))
    network = compute(around, Settings(start=START))
    if f"T{a}" not in reach[f"T{b}"]:
        assert network.cycles == ()
        return
    on_it = {job.id for job in jobs if f"T{a}" in reach[job.id] and job.id in reach[f"T{b}"]}
    assert network.times == {}
    assert {name for circle in network.cycles for name in circle} == on_it
