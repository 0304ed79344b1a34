"""From a network to the simulation and back to days: as likely as planned, it ends where the network ends."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from handrail.compute.calendar import STANDARD, instant
from handrail.compute.forecast import NO_RANGES, Forecast, forecast_of, ranges_of
from handrail.compute.jobs import Job, Settings, Tie
from handrail.compute.network import Times, compute
from handrail.model.schedule import Task

from tests.compute.networks import Stored
from tests.shared_data import SHARED, shared

NETWORKS = sorted(path.name for path in (SHARED / "cpm").glob("network-*.json"))


def test_there_are_networks() -> None:
    assert shared("cpm/network-01.json").is_file()
    assert len(NETWORKS) == 27


@pytest.mark.parametrize("name", NETWORKS)
def test_without_spread_it_ends_where_the_network_ends(name) -> None:
    stored = Stored(shared(f"cpm/{name}"))
    network = stored.network()
    leaves = [one.id for one in stored.jobs if not network.times[one.id].summary]
    found = forecast_of(stored.jobs, stored.settings, network, dict.fromkeys(leaves, (None, None)), iterations=3)
    assert isinstance(found, Forecast)
    end = max(network.times.values(), key=lambda one: one.finish)
    calendar = next(one.calendar for one in stored.jobs if one.id == end.id)
    assert (
        found.outcome.plan == found.outcome.p50 == found.outcome.p80 == calendar.between(network.start, network.finish)
    )
    assert found.chance == 1


@pytest.mark.parametrize("name", ["network-01.json", "network-03.json"])
def test_without_spread_the_critical_path_is_the_networks(name) -> None:
    stored = Stored(shared(f"cpm/{name}"))
    network = stored.network()
    ids = [one.id for one in stored.jobs if not network.times[one.id].summary]
    found = forecast_of(stored.jobs, stored.settings, network, {ids[0]: (None, None)}, iterations=1)
    assert isinstance(found, Forecast)

    def full(one: Times) -> bool:
        return min(one.start_slack, one.finish_slack) <= 0

    assert {key for key, share in found.criticality.items() if share == 1} == {
        key for key in ids if full(network.times[key])
    }


MONDAY = instant(datetime(2026, 11, 2, 8, 0))  # noqa: DTZ001 - instants have no zone
DAY = STANDARD.day


def test_two_tasks_with_ranges() -> None:
    jobs = [Job(id="A", minutes=5 * DAY), Job(id="B", minutes=5 * DAY, ties=(Tie("A"),))]
    tasks = [
        Task(id="A", name="A", duration="5d", optimistic="4d", pessimistic="10d"),
        Task(id="B", name="B", duration="5d"),
    ]
    settings = Settings(start=MONDAY)
    found = forecast_of(jobs, settings, compute(jobs, settings), ranges_of(tasks, jobs))
    assert isinstance(found, Forecast)
    assert found.plan == date(2026, 11, 13)
    assert date(2026, 11, 13) < found.p50 <= found.p80 <= date(2026, 11, 20)
    assert found.chance < Decimal("0.3")
    assert found.criticality == {"A": 1, "B": 1}


def test_work_that_has_begun_draws_only_what_is_left() -> None:
    began, status = MONDAY, MONDAY + 7 * 24 * 60
    job = Job(id="A", minutes=10 * DAY, actual_start=began, remaining=5 * DAY)
    done = Job(id="B", minutes=DAY, actual_start=began, actual_finish=began + DAY)
    settings = Settings(start=MONDAY, status=status)
    network = compute([job, done], settings)
    found = forecast_of([job, done], settings, network, {"A": (8 * DAY, 20 * DAY), "B": (1, 100 * DAY)}, iterations=500)
    assert isinstance(found, Forecast)
    planned = STANDARD.between(MONDAY, network.finish)
    assert found.outcome.plan == planned
    assert planned - DAY <= found.outcome.curve[0][1]
    assert found.outcome.curve[-1][1] <= planned + 5 * DAY


def test_without_ranges_there_is_nothing_to_draw() -> None:
    jobs = [Job(id="A", minutes=DAY)]
    settings = Settings(start=MONDAY)
    assert forecast_of(jobs, settings, compute(jobs, settings), {}) == NO_RANGES
    assert ranges_of([Task(id="A", name="A", optimistic="nonsense")], jobs) == {"A": (None, None)}
