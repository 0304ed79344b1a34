"""Are we getting better? The same figures at the end of each month: the loop, what was handed over, how the gate weighs.

Each figure looks back over the 365 days that end with its day, so that a good month does not hide behind an old year. What
is dated follows from the records as they are today; what the records do not date (which lesson a plan applies, how plans
follow their templates) follows from the history of the repository, and is not known for days that it does not reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.compute.audience import Seen
from handrail.compute.averages import median, share
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.heterogeneity import Framework, Heterogeneity, heterogeneity
from handrail.compute.loop import YEAR, Applied, Balance, Loop, applied_now, balance, loop, within_a_year
from handrail.compute.trend import Direction, History, Point
from handrail.compute.warning_time import Turn, Warned, turns, warned
from handrail.model.improvement import LoopLog
from handrail.model.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Deliverables that were answered for the first time: how many, and how many of them were rejected at that."""

    decided: int
    rejected: int
    share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctual:
    """Milestones reached and deliverables accepted. late: after the day that was approved first.

    days: the median of the working days from that day to the actual one; negative where most came early.
    """

    reached: int
    late: int
    share: Decimal | None
    days: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything on one day. Figures are None where nothing was counted.

    heterogeneity: None where the day's plans are not known. before, after, recurrence: how often the causes that landed
    changes should end came up before and after them, in equally long times, and the second by the first. warned: what
    turned red and whether signs came before; None where no earlier day is known.
    """

    on: date
    loop: Loop
    before: int
    after: int
    recurrence: Decimal | None
    answered: Answered
    punctual: Punctual
    balance: Balance
    heterogeneity: Heterogeneity | None
    warned: Warned | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """The standings at the ends of months, the oldest first, and the present one last.

    unknown: the newest day whose plans are not known, None where all are; why: the reason, as a sentence. why_no_balance: why
    the weight of the gate is not known.
    """

    standings: tuple[Standing, ...]
    unknown: date | None
    why: str
    why_no_balance: str

    @property
    def now(self) -> Standing:
        """The present one."""
        return self.standings[-1]


def improvement(
    portfolio: Portfolio, seen: Seen, history: History, days: Sequence[date], kept: Iterable[LoopLog] = ()
) -> Improvement:
    """The figures on earlier days and on the day of the look. Hidden projects count nowhere.

    days: ends of months, the oldest first; those before anything was recorded are left out. kept: logs of pull requests
    that stand outside the repository.
    """
    repository = replace(portfolio.repository, plans=tuple(one.plan for one in seen.projects))
    own = {one.id for one in repository.every(LoopLog)}
    logs = tuple(one for one in kept if one.id not in own)
    first = _first(repository, seen.projects, logs)
    points = {one.on: one for one in history.points}
    red = turns(seen.projects, history) if history.points else None
    standings = [
        _past(_Day(repository=repository, projects=seen.projects, on=day, logs=logs, red=red), points.get(day), seen)
        for day in days if day < portfolio.as_of and first is not None and day >= first
    ]  # fmt: skip
    framework = Framework(repository)
    fits = [framework.fit(one.plan, one.derived_tier, portfolio.as_of) for one in seen.projects]
    today = _Day(repository=repository, projects=seen.projects, on=portfolio.as_of, logs=logs, red=red)
    now = _standing(today, applied_now(repository), heterogeneity(one for one in fits if one is not None))
    missing = max((one.on for one in standings if one.heterogeneity is None), default=None)
    return Improvement(
        standings=(*standings, now),
        unknown=missing,
        why=(history.why or "The history begins later.") if missing else "",
        why_no_balance="" if now.balance.pulls else "No log of a pull request was kept in the last twelve months.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """What one day's figures are made from."""

    repository: Repository
    projects: Sequence[Project]
    on: date
    logs: tuple[LoopLog, ...]
    red: tuple[Turn, ...] | None


def _past(day: _Day, point: Point | None, seen: Seen) -> Standing:
    """An earlier day; what only the history knows is not known where that does not reach."""
    if point is None:
        found = _standing(day, {}, None)
        return replace(found, loop=replace(found.loop, reuse={}, reuse_per_lesson=None), warned=None)
    shown = [one for one in point.projects.values() if one.id in seen.names]
    fits = (one.fit for one in shown if one.fit is not None)
    return _standing(day, {one.id: one.applied for one in shown}, heterogeneity(fits))


def _standing(day: _Day, applied: Applied, mixed: Heterogeneity | None) -> Standing:
    since = date.fromordinal(max(day.on.toordinal() - YEAR, 1))
    found = loop(day.repository, day.on, since=since, applied=applied)
    before, after = sum(one.before for one in found.recurrence), sum(one.after for one in found.recurrence)
    return Standing(
        on=day.on, loop=found, before=before, after=after, recurrence=share(after, before),
        answered=_answered(day.projects, day.on), punctual=_punctual(day.projects, day.on),
        balance=balance(day.repository, day.on, day.logs), heterogeneity=mixed,
        warned=None if day.red is None else warned(day.red, day.on),
    )  # fmt: skip


def _answered(projects: Iterable[Project], day: date) -> Answered:
    """The first answer to each deliverable, where it fell into the year."""
    decided = rejected = 0
    for project in projects:
        firsts: dict[str, tuple[date, str, bool]] = {}
        for one in project.plan.approvals:
            if one.subject.kind == "deliverable" and one.on <= day:
                answer = (one.on, one.id, one.decision in {"reject", "rework"})
                firsts[one.subject.id] = min(firsts.get(one.subject.id, answer), answer)
        within = [no for on, _, no in firsts.values() if within_a_year(on, day)]
        decided, rejected = decided + len(within), rejected + sum(within)
    return Answered(decided=decided, rejected=rejected, share=share(rejected, decided))


def _punctual(projects: Iterable[Project], day: date) -> Punctual:
    """What was reached in the year, against the day that was approved first."""
    slips = [
        one.slip_original
        for project in projects for one in _promises(project)
        if one.actual is not None and one.slip_original is not None and within_a_year(one.actual, day)
    ]  # fmt: skip
    late = sum(one > 0 for one in slips)
    return Punctual(reached=len(slips), late=late, share=share(late, len(slips)), days=median(slips))


def _promises(project: Project) -> Iterable[Dated]:
    """What was promised to somebody: nothing was before the first approved plan."""
    return (*project.milestones, *project.deliverables) if project.plan.baselines else ()


def _first(repository: Repository, projects: Iterable[Project], logs: Iterable[LoopLog]) -> date | None:
    """The first day on which anything was recorded that is counted here."""
    found = [one.raised_on for plan in repository.plans for one in plan.lessons if one.raised_on]
    found += [one.actual for project in projects for one in _promises(project) if one.actual]
    found += [one.opened for one in (*repository.every(LoopLog), *logs)]
    return min(found, default=None)


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: its name in files, what people call it, its unit, and which way is better; None where neither is.

    of: the figure that says how many it is made from.
    """

    name: str
    title: str
    unit: Literal["days", "minutes", "share", "count", "times", "working days"]
    better: Literal["lower", "higher"] | None
    says: str
    of: str = ""


FEWEST = 3
"""A figure made from fewer things is shown, and nothing is compared with it: two late days are no trend."""
MEASURED: tuple[Measured, ...] = (
    Measured("lessons", "Lessons captured", "count", None, "lessons captured in the year that ends with the day"),
    Measured("lessons_waiting", "Lessons without an answer", "count", "lower", "those without a triage on that day"),
    Measured("capture_to_triage_days", "Capture to triage", "days", "lower", "median days from a lesson's day to its triage", of="lessons"),
    Measured("triage_to_standard_days", "Triage to standard", "days", "lower",
             "median days from triage to the day on which the proposal had changed all that it names", of="lessons"),
    Measured("lessons_that_changed_something", "Lessons that changed something", "share", "higher",
             "share of the lessons behind such a proposal", of="lessons"),
    Measured("reuse_per_lesson", "Reuse per lesson", "times", "higher", "times that other projects applied a lesson, per lesson", of="lessons"),
    Measured("cause_before", "Causes before their change", "count", None,
             "how often the causes came up that landed changes should end, before the changes"),
    Measured("cause_after", "Causes after their change", "count", None, "how often they came up in as much time after the changes"),
    Measured("recurrence", "Recurrence of causes", "share", "lower", "after divided by before; below 1 the changes have helped", of="cause_before"),
    Measured("deliverables_answered", "Deliverables answered", "count", None, "deliverables answered for the first time in the year"),
    Measured("rejected_at_first", "Rejected at first", "share", "lower", "share of them whose first answer was a rejection", of="deliverables_answered"),
    Measured("promises_due", "Promises kept or broken", "count", None,
             "milestones reached and deliverables accepted in the year, in approved plans"),
    Measured("late", "Late", "share", "lower", "share of them after the day that was approved first", of="promises_due"),
    Measured("median_days_late", "Median lateness", "working days", "lower", "their median working days after that day", of="promises_due"),
    Measured("turned_red", "Projects turned red", "count", None,
             "medium and large projects under way whose colour turned red in the year, as far back as the history reaches"),
    Measured("warned_before_red", "Warned before red", "share", "higher", "share of them with a sign of drift at the end of a month before", of="turned_red"),
    Measured("days_of_warning", "Days of warning", "days", "higher", "median days from the first sign to red of those, by ends of months", of="turned_red"),
    Measured("pull_requests", "Pull requests", "count", None, "pull requests of the year with a log"),
    Measured("blocked_at_first", "Blocked at first", "share", None, "share of them that the gate stopped at first", of="pull_requests"),
    Measured("minutes_to_green", "Time to green", "minutes", "lower", "median minutes from red to green of those", of="pull_requests"),
    Measured("remarks_dismissed", "Remarks dismissed", "share", "lower", "share of their remarks that were set aside", of="pull_requests"),
    Measured("heterogeneity", "Differences between projects", "share", "lower", "mean of the following shares that are known"),
    Measured("parts_left_out", "Parts left out", "share", "lower", "mean share of the starter's parts that running projects leave out"),
    Measured("tier_above", "Tier above the derived one", "share", None, "share of running projects with more rigour than asked"),
    Measured("with_deviation", "With a deviation", "share", "lower", "share of running projects with a deviation in force"),
    Measured("template_behind", "Behind their template", "share", "lower",
             "share of running projects on an older template, of those that say which"),
)  # fmt: skip
"""Every figure that is shown, in order."""


def values(standing: Standing) -> Mapping[str, Decimal | int | None]:
    """Every figure of one day by its name: what tables, files and charts are made from."""
    one, mixed, red = standing.loop, standing.heterogeneity, standing.warned
    return {
        "lessons": one.lessons, "lessons_waiting": one.waiting, "capture_to_triage_days": one.to_triage,
        "triage_to_standard_days": one.to_standard, "lessons_that_changed_something": one.changed,
        "reuse_per_lesson": one.reuse_per_lesson, "cause_before": standing.before, "cause_after": standing.after,
        "recurrence": standing.recurrence, "deliverables_answered": standing.answered.decided,
        "rejected_at_first": standing.answered.share, "promises_due": standing.punctual.reached,
        "late": standing.punctual.share, "median_days_late": standing.punctual.days,
        "turned_red": red.turned if red else None, "warned_before_red": red.share if red else None, "days_of_warning": red.days if red else None,
        "pull_requests": standing.balance.pulls, "blocked_at_first": standing.balance.blocked,
        "minutes_to_green": standing.balance.to_green, "remarks_dismissed": standing.balance.dismissed,
        "heterogeneity": mixed.index if mixed else None, "parts_left_out": mixed.sections if mixed else None,
        "tier_above": mixed.tailored if mixed else None, "with_deviation": mixed.deviating if mixed else None,
        "template_behind": mixed.versions if mixed else None,
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One figure from the first day on which it is known to the present one. direction: None where neither way is better."""

    measured: Measured
    since: date
    then: Decimal
    now: Decimal
    direction: Direction | None


def course(found: Improvement, measured: Measured) -> Course | None:
    """How a figure went; None where it is not known today, or was never known before from as many things as it takes."""
    known = [
        (one.on, value) for one in found.standings
        if (value := values(one)[measured.name]) is not None and (not measured.of or (values(one)[measured.of] or 0) >= FEWEST)
    ]  # fmt: skip
    if len(known) < 2 or known[-1][0] != found.now.on:  # noqa: PLR2004 - then and now
        return None
    (since, then), now = known[0], known[-1][1]
    better = {"lower": now < then, "higher": now > then}.get(measured.better or "")
    direction: Direction | None = None
    if better is not None:
        direction = "same" if now == then else "better" if better else "worse"
    return Course(measured=measured, since=since, then=Decimal(then), now=Decimal(now), direction=direction)
