"""How long before red a sign was there, worked out by hand on the ends of months."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from handrail.compute.facts import Portfolio, Project
from handrail.compute.trend import History, Point, PointFacts, facts_of
from handrail.compute.warning_time import Turn, turns, warned
from handrail.history import month_ends
from handrail.model.money import Money
from handrail.model.words import Colour

from tests.compute.world import plan, portfolio

TODAY = date(2026, 12, 4)
DAYS = month_ends(TODAY, 6)
"""The ends of June to November."""
SLIPS = (date(2027, 1, 1), date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 1), date(2027, 6, 1))
STAYS = (date(2027, 1, 1),) * 6
GREEN: tuple[Colour, ...] = ("green",) * 6


def one_of(tier: str = "medium") -> Portfolio:
    return portfolio(TODAY, plan(tier=tier, state="active"))


def red(project: Project) -> Project:
    return replace(project, health=replace(project.health, counts="red"))


def past(
    project: Project, colours: tuple[Colour | None, ...], ends: tuple[date, ...], cpis: tuple[str, ...] = ()
) -> History:
    facts = facts_of(project, None)
    points = []
    for number, day in enumerate(DAYS):
        then: PointFacts = facts._replace(colour=colours[number], end=ends[number])
        if cpis:
            then = then._replace(spent=Money(Decimal(100), "EUR"), earned=Money(Decimal(cpis[number]) * 100, "EUR"))
        points.append(Point(on=day, commit="0" * 40, projects={project.id: then}))
    return History(points=tuple(points))


def test_the_days_from_the_first_sign_to_red() -> None:
    project = red(one_of().projects[0])
    # the end moved in July, August and September: three moves in a row by the end of September, and on until today
    assert turns([project], past(project, GREEN, SLIPS)) == (Turn(project="one", red=TODAY, since=date(2026, 9, 30)),)
    # two moves are none: the third comes with November, the day before red
    late = (*STAYS[:3], date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1))
    assert turns([project], past(project, GREEN, late))[0].since == date(2026, 11, 30)
    assert turns([project], past(project, GREEN, STAYS))[0].since is None


def test_days_between_the_ends_of_months_change_nothing() -> None:
    """The site's history holds also a week ago and the days of reports."""
    project = red(one_of().projects[0])
    found = past(project, GREEN, SLIPS)
    between = (
        replace(found.points[number], on=found.points[number].on + timedelta(days=days)) for number in range(5) for days in (3, 11)
    )  # fmt: skip
    crowded = History(points=tuple(sorted((*found.points, *between), key=lambda one: one.on)))
    assert turns([project], crowded) == turns([project], found)


def test_a_sign_that_went_away_before_red_warned_of_nothing() -> None:
    project = red(one_of().projects[0])
    ends = (*SLIPS[:4], SLIPS[3], SLIPS[3])
    assert turns([project], past(project, GREEN, ends))[0].since is None


def test_dearer_work_is_a_sign_too() -> None:
    project = red(one_of().projects[0])
    cpis = ("1.00", "1.00", "1.00", "0.99", "0.97", "0.94")
    assert turns([project], past(project, GREEN, STAYS, cpis))[0].since == date(2026, 11, 30)
    cpis = ("1.00", "1.00", "1.00", "0.99", "0.97", "0.955")  # 3.5 points over two months
    assert turns([project], past(project, GREEN, STAYS, cpis))[0].since is None


def test_only_a_turn_counts_and_each_turn_counts() -> None:
    project = one_of().projects[0]
    twice: tuple[Colour, ...] = ("green", "red", "red", "amber", "red", "green")
    assert [one.red for one in turns([project], past(project, twice, STAYS))] == [DAYS[1], DAYS[4]]
    always: tuple[Colour, ...] = ("red",) * 6
    assert turns([red(project)], past(project, always, STAYS)) == ()
    unknown = (None, *GREEN[1:])
    assert turns([project], past(project, unknown, STAYS)) == ()


def test_small_projects_and_those_not_under_way_are_left_out() -> None:
    small = red(one_of("small").projects[0])
    assert turns([small], past(small, GREEN, SLIPS)) == ()
    planned = red(portfolio(TODAY, plan(phase="planning")).projects[0])
    assert turns([planned], past(planned, GREEN, SLIPS)) == ()


def test_the_portfolio_is_measured_from_three_turns_on() -> None:
    day = date(2026, 11, 30)
    found = [
        Turn(project="a", red=day, since=date(2026, 9, 30)), Turn(project="b", red=day, since=date(2026, 10, 31)),
        Turn(project="c", red=day, since=None),
    ]  # fmt: skip
    now = warned(found, TODAY)
    assert (now.turned, now.share, now.days) == (3, Decimal(2) / 3, Decimal("45.5"))  # 61 and 30 days
    few = warned(found[:2], TODAY)
    assert (few.turned, few.share, few.days) == (2, None, None)
    assert warned(found, date(2026, 11, 29)).turned == 0  # not yet
    assert warned(found, date(2027, 11, 30)).turned == 0  # 365 days later the year has passed
    assert warned(found, date(2027, 11, 29)).turned == 3
