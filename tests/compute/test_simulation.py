"""Monte Carlo: against closed forms, and repeatable to the byte; scripts/bench/forecast.py says how fast it is."""

from __future__ import annotations

import builtins
import random
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

import pytest
from handrail.compute.simulation import Link, NumPyMissing, Outcome, Spread, Work, order_of, simulate, simulate_cost
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compute.world import eur

RUNS = 10_000


def chain(spreads) -> tuple[list[Work], list[Link]]:
    return [Work(duration=one) for one in spreads], [Link(before=n, after=n + 1) for n in range(len(spreads) - 1)]


def out(works, links=(), **setting) -> Outcome:
    found = simulate(works, links, **setting)
    assert isinstance(found, Outcome), found
    return found


def test_a_serial_chain_against_its_closed_form() -> None:
    """Mean and variance of a sum of triangles; by the central limit 40 of them are as good as normal."""
    source = random.Random(7)
    spreads = []
    for _ in range(40):
        low = source.randint(1_000, 10_000)
        likely = low + source.randint(0, 4_000)
        spreads.append(Spread(low=low, likely=likely, high=likely + source.randint(0, 8_000)))
    mean = sum(one.low + one.likely + one.high for one in spreads) / 3
    variance = sum(
        (one.low**2 + one.likely**2 + one.high**2 - one.low * one.likely - one.low * one.high - one.likely * one.high) / 18
        for one in spreads
    )  # fmt: skip
    found = out(*chain(spreads), iterations=RUNS)
    error = sqrt(variance / RUNS)
    assert abs(float(found.mean) - mean) < 4 * error
    normal = NormalDist(mean, sqrt(variance))
    for value, share in ((found.p50, 0.5), (found.p80, 0.8), (dict(found.curve)[Decimal("0.95")], 0.95)):
        # the sampling error of a quantile is sqrt(p (1 - p) / n) / density; as much again for not being quite normal
        exact = normal.inv_cdf(share)
        allowed = 4 * sqrt(share * (1 - share) / RUNS) / normal.pdf(exact) + 0.02 * sqrt(variance)
        assert abs(value - exact) < allowed, share
    assert found.criticality == (Decimal(1),) * 40
    assert found.plan == sum(one.likely for one in spreads)


def test_one_triangle_against_its_distribution() -> None:
    found = out([Work(duration=Spread(low=0, likely=30_000, high=100_000))], iterations=RUNS)
    for share, value in found.curve[:-1]:
        part = value / 100_000
        exact = part**2 / 0.3 if part < 0.3 else 1 - (1 - part) ** 2 / 0.7
        assert abs(exact - float(share)) < 4 * sqrt(0.25 / RUNS)


def test_the_longer_of_two_is_critical_more_often() -> None:
    works = [
        Work(duration=Spread(low=80, likely=100, high=120)),
        Work(duration=Spread(low=70, likely=90, high=130)),
        Work(duration=Spread.of(10)),
    ]
    found = out(works, [Link(before=0, after=2), Link(before=1, after=2)], iterations=RUNS)
    first, second, last = found.criticality
    assert last == 1
    assert 1 <= first + second < Decimal("1.1")  # both only where they are equally long
    assert first > Decimal("0.5")


@pytest.mark.parametrize(
    ("link", "end"),
    [
        (Link(before=0, after=1), 300),
        (Link(before=0, after=1, lag=50), 350),
        (Link(before=0, after=1, lag=-50), 250),
        (Link(before=0, after=1, type="SS", lag=50), 250),
        (Link(before=0, after=1, type="FF", lag=120), 220),
        (Link(before=0, after=1, type="SF", lag=250), 250),
    ],
)
def test_link_types(link, end) -> None:
    works = [Work(duration=Spread.of(100)), Work(duration=Spread.of(200))]
    found = out(works, [link])
    assert (found.p50, found.p80, found.plan) == (end, end, end)
    assert found.chance == 1


def test_a_day_before_which_nothing_starts() -> None:
    found = out([Work(duration=Spread.of(100), earliest=40), Work(duration=Spread.of(20))])
    assert (found.plan, found.criticality) == (140, (Decimal(1), Decimal(0)))


def plan_of(count: int) -> tuple[list[Work], list[Link]]:
    source = random.Random(3)
    works = [
        Work(duration=Spread.of(days * 480, days * 400, days * 720))
        for days in (source.randint(1, 20) for _ in range(count))
    ]
    links = [
        Link(before=source.randrange(max(0, n - 12), n), after=n, type=source.choice(["FS", "FS", "SS", "FF"]), lag=source.choice([0, 480]))
        for n in range(1, count) for _ in range(2)
    ]  # fmt: skip
    return works, links


def test_the_same_seed_gives_the_same_bytes() -> None:
    works, links = plan_of(60)
    assert repr(simulate(works, links, seed=5)) == repr(simulate(works, links, seed=5))
    assert simulate(works, links, seed=5) != simulate(works, links, seed=6)
    found = out(works, links, iterations=1000)
    assert (found.p50, found.p80) == (106_673, 109_712)  # the same on every machine and day


def test_a_new_range_moves_no_other_draw() -> None:
    works = [Work(duration=Spread.of(100)), Work(duration=Spread(low=0, likely=50, high=100))]
    first = out(works)
    second = out([Work(duration=Spread(low=99, likely=100, high=100)), works[1]])
    assert first.p80 == second.p80 <= 100


def test_circles_and_nothing_are_reasons() -> None:
    works = [Work(duration=Spread.of(1)), Work(duration=Spread.of(1))]
    assert (
        simulate(works, [Link(before=0, after=1), Link(before=1, after=0)])
        == "The links of the tasks go round in a circle."
    )
    assert simulate([], []) == "There are no tasks to simulate."
    assert order_of(1, [Link(before=0, after=0)]) is None


def test_cost_lines() -> None:
    found = simulate_cost([(eur("100.50"), None, None), (eur(1000), eur(900), eur(1400))], iterations=RUNS)
    assert isinstance(found, Outcome)
    assert found.plan == 110_050
    assert abs(float(found.mean) - (10_050 + 110_000)) < 4 * 10_801 / sqrt(RUNS)
    assert 100_050 <= found.curve[0][1] <= found.p50 < found.p80 <= found.curve[-1][1] <= 150_050
    assert simulate_cost([]) == "There are no lines to simulate."


def test_without_numpy_it_says_how_to_get_it(monkeypatch) -> None:
    real = builtins.__import__

    def without(name, *more, **named):
        if name == "numpy":
            raise ImportError(name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(NumPyMissing, match=r"pip install handrail\[forecast\]"):
        simulate([Work(duration=Spread.of(1))], [])


@settings(max_examples=50)
@given(st.data())
def test_a_longer_task_ends_nothing_earlier(data) -> None:
    works, links = plan_of(data.draw(st.integers(2, 15)))
    # by other links it can: what must finish together begins earlier when it is longer, and so may what begins with it
    links = [Link(before=one.before, after=one.after, lag=one.lag) for one in links]
    number = data.draw(st.integers(0, len(works) - 1))
    more = data.draw(st.integers(1, 10_000))
    old = works[number].duration
    longer = Work(duration=Spread(low=old.low + more, likely=old.likely + more, high=old.high + more))
    before, after = (
        out(works, links, iterations=50),
        out([*works[:number], longer, *works[number + 1 :]], links, iterations=50),
    )
    assert all(
        first[1] <= second[1] <= first[1] + more for first, second in zip(before.curve, after.curve, strict=True)
    )
