"""The schedule can be computed.

A network of tasks gives dates only when it can be followed from beginning to end: no task waits for itself, neither
directly nor around a circle, nor do projects wait for each other; every calendar has working hours; every duration, lag
and constraint says how long and when. One slip of this sort takes the dates from the whole plan, so it is mended before
it is merged. Late dates are no slip: whatever can be computed passes, however bad the news.
"""

from collections.abc import Iterator
from datetime import date

from handrail import english
from handrail.load import Loaded
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Related, Remark
from handrail.rules.engine import World
from handrail.rules.problems import of_problem
from handrail.rules.speaking import say

RULE = RuleFile(
    id="SCH-10",
    title="The schedule can be computed",
    requirement="S-SCHEDULE.3",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="One task that waits for itself takes the dates from the whole plan.",
    ask="the PMO",
    applies_to=AppliesTo(kind="portfolio"),
)


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Whatever keeps dates from being computed: in a plan, in the organisation's calendar, between projects."""
    repository = loaded.repository
    networks = [one for one in world.portfolio.projects if one.plan.tasks or one.plan.calendars]
    if networks:
        from handrail.compute.schedules import organisation_hours, schedule  # noqa: PLC0415 - most plans have no network

        for problem in organisation_hours(repository).problems:
            yield of_problem(RULE, problem, None)
        for project in networks:
            found = schedule(project, repository)
            for problem in found.problems if found else ():
                yield of_problem(RULE, problem, project.id)
    if any(one.depends_on or one.provides for one in repository.plans):
        yield from _circles(loaded)


def _circles(loaded: Loaded) -> Iterator[Remark]:
    from handrail.compute.dependencies import circles_of  # noqa: PLC0415 - as above

    names = {plan.id: plan.name for plan in loaded.repository.plans}
    for circle in circles_of(loaded.repository.plans):
        told = ", ".join(dict.fromkeys(f'"{names[one.taker]}"' for one in circle))
        waits = "; ".join(f"{one.taker} needs {one.what} of {one.giver}{_by(one.by)}" for one in circle)
        number = len({one.taker for one in circle})
        message = f"{number} projects wait for each other, so none can give what the others need: {told}. {waits}."
        if number == 1:
            message = f"{told} waits for something of its own. {waits}."
        for one in dict.fromkeys(need.taker for need in circle):
            own = next(need for need in circle if need.taker == one)
            related = tuple(
                Related(loc=need.loc, note="this is on the circle too") for need in circle if need is not own
            )
            key = "|".join(sorted(f"{need.taker}>{need.giver}/{need.what}" for need in circle))
            fix = "Agree who gives first, and write the days: `needed_by` here, `planned` at what is given."
            yield say(RULE, own.loc, message, fix, pointer=key, project=one, related=related)


def _by(day: object) -> str:
    return f" by {english.day(day)}" if isinstance(day, date) else ""
