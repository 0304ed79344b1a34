"""Are we getting better? How fast lessons become standards, how often they are used again, and whether causes come back.

Every figure is undefined (None) where nothing was counted: an empty loop is not a good one. Days are calendar days, medians
are the middle value, or the mean of the two in the middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handrail.compute.averages import median, share
from handrail.compute.improvement import implemented, landed, versions
from handrail.model.improvement import LoopLog, Proposal, Target, Triage
from handrail.model.repository import Repository

YEAR = 365
Applied = Mapping[str, Iterable[str]]
"""For each project, the lessons of others that its plan says were applied, as project and lesson: `desk/L-001`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How often a cause came up in equally long times before and after the change that should end it.

    rate: after divided by before; None where it never came up before. Below 1 the change has helped.
    """

    proposal: str
    cause: str
    before: int
    after: int
    days: int
    rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """The measured loop up to a day.

    to_triage, to_standard: median days from capture to triage, and from triage to the day the change had landed.
    changed: share of lessons behind a landed change. reuse: times that each lesson was applied by another project.
    reuse_per_lesson: their mean over all lessons. unlanded: per accepted proposal, the targets that still wait.
    """

    lessons: int
    waiting: int
    to_triage: Decimal | None
    to_standard: Decimal | None
    changed: Decimal | None
    reuse: Mapping[str, int]
    reuse_per_lesson: Decimal | None
    recurrence: tuple[Recurrence, ...]
    unlanded: Mapping[str, tuple[Target, ...]]


def loop(repository: Repository, as_of: date, *, since: date = date.min, applied: Applied | None = None) -> Loop:
    """The figures of a repository up to a day: what came later does not count.

    since: only lessons that were captured later than that. applied: what was applied by that day; what the plans say now
    where it is left out.
    """
    known = versions(repository)
    proposals = {one.id: one for one in repository.every(Proposal)}
    done = {name: day for name, one in proposals.items() if (day := landed_on(one, known)) is not None and day <= as_of}
    triaged, behind = _triaged(repository, as_of), _behind(proposals)
    to_triage: list[int] = []
    to_standard: list[int] = []
    waiting = changed = 0
    names: set[str] = set()
    for name, raised_on in _captured(repository, since, as_of):
        names.add(name)
        triage = triaged.get(name)
        waiting += triage is None
        changes = behind.get(name, frozenset()) | ({triage.proposal} if triage and triage.proposal else set())
        days = [done[one] for one in changes if one in done]
        changed += bool(days)
        if triage is not None and raised_on is not None:
            to_triage.append((triage.on - raised_on).days)
        if triage is not None and days:
            to_standard.append((min(days) - triage.on).days)
    uses = applied_now(repository) if applied is None else applied
    reuse = Counter(
        one for project, ones in uses.items() for one in ones if one in names and not one.startswith(f"{project}/")
    )
    return Loop(
        lessons=len(names), waiting=waiting, to_triage=median(to_triage), to_standard=median(to_standard),
        changed=share(changed, len(names)), reuse=dict(reuse), reuse_per_lesson=share(reuse.total(), len(names)),
        recurrence=tuple(_recurrences(repository, proposals, done, as_of)),
        unlanded={
            one.id: tuple(target for target in one.targets if not landed(target, known))
            for one in proposals.values() if one.state == "accepted" and not implemented(one, known)
        },
    )  # fmt: skip


def applied_now(repository: Repository) -> Applied:
    """What the plans say today."""
    return {
        plan.id: tuple(one.lesson for one in plan.lessons_considered if one.disposition == "applied")
        for plan in repository.plans
    }


def _captured(repository: Repository, since: date, as_of: date) -> Iterator[tuple[str, date | None]]:
    """Every lesson with its day. One without a day counts from the first day on."""
    for plan in repository.plans:
        for lesson in plan.lessons:
            if lesson.raised_on is None or since < lesson.raised_on <= as_of:
                yield f"{plan.id}/{lesson.id}", lesson.raised_on


def _triaged(repository: Repository, as_of: date) -> Mapping[str, Triage]:
    """The first triage of each lesson up to a day."""
    found: dict[str, Triage] = {}
    for one in repository.every(Triage):
        if one.on <= as_of and (one.lesson not in found or one.on < found[one.lesson].on):
            found[one.lesson] = one
    return found


def _behind(proposals: Mapping[str, Proposal]) -> Mapping[str, frozenset[str]]:
    """For each source, the proposals that come from it."""
    found: dict[str, set[str]] = {}
    for one in proposals.values():
        for source in one.sources:
            found.setdefault(source, set()).add(one.id)
    return {name: frozenset(ones) for name, ones in found.items()}


def landed_on(proposal: Proposal, known: Mapping[tuple[str, str], str]) -> date | None:
    """The day a proposal had changed everything it names; None while one target waits, whatever the proposal says."""
    return proposal.implemented_on if implemented(proposal, known) else None


def _recurrences(
    repository: Repository, proposals: Mapping[str, Proposal], done: Mapping[str, date], as_of: date
) -> Iterator[Recurrence]:
    """The time after the change, at most a year, and the same time before it. The day of the change belongs to neither."""
    days_of: dict[str, tuple[int, ...]] = {}
    for name, on in sorted(done.items()):
        day = on.toordinal()
        span = min(as_of.toordinal() - day, YEAR)
        if span <= 0:
            continue
        for cause in proposals[name].causes:
            if cause not in days_of:
                days_of[cause] = tuple(one.toordinal() for one in occurrences(repository, cause))
            days = days_of[cause]
            before = sum(day - span <= one < day for one in days)
            after = sum(day < one <= day + span for one in days)
            yield Recurrence(
                proposal=name, cause=cause, before=before, after=after, days=span, rate=share(after, before)
            )


def occurrences(repository: Repository, cause: str) -> Iterator[date]:
    """Every day on which a cause came up: an issue of that category, or a lesson with that tag."""
    for plan in repository.plans:
        yield from (one.raised_on for one in plan.issues if one.category == cause and one.raised_on)
        yield from (one.raised_on for one in plan.lessons if cause in one.tags and one.raised_on)


def within_a_year(day: date, as_of: date) -> bool:
    """Whether a day is one of the 365 that end with another one."""
    return 0 <= as_of.toordinal() - day.toordinal() < YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Discipline against agility, from the logs that CI keeps; None where nothing was logged.

    blocked: share of pull requests that the gate stopped at first. to_green: median minutes from red to green.
    dismissed: share of remarks that were set aside.
    """

    pulls: int
    blocked: Decimal | None
    to_green: Decimal | None
    dismissed: Decimal | None


def balance(repository: Repository, as_of: date, kept: Iterable[LoopLog] = ()) -> Balance:
    """The last twelve months. kept: logs that stand outside the repository, with the evidence of its merges."""
    logs = [one for one in (*repository.every(LoopLog), *kept) if within_a_year(one.opened, as_of)]
    return Balance(
        pulls=len(logs),
        blocked=share(sum(one.blocked for one in logs), len(logs)),
        to_green=median(one.minutes_to_green for one in logs if one.minutes_to_green is not None),
        dismissed=share(sum(one.dismissed or 0 for one in logs), sum(one.remarks or 0 for one in logs)),
    )
