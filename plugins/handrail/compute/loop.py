"""Are we getting better? How fast lessons become standards, how often they are used again, and whether causes come back.

Every figure is undefined (None) where nothing was counted: an empty loop is not a good one. Days are calendar days, medians
are the middle value, or the mean of the two in the middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from handrail.compute.improvement import implemented, landed, triage_of, versions
from handrail.compute.tier import rank
from handrail.model.improvement import LoopLog, Proposal, Target
from handrail.model.repository import Repository
from handrail.model.words import TIERS
from handrail.starters import starter_files

_YEAR = timedelta(days=365)


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


def loop(repository: Repository, as_of: date) -> Loop:
    """The figures of a repository up to a day: what came later does not count."""
    known = versions(repository)
    proposals = {one.id: one for one in repository.every(Proposal)}
    done = {name: day for name, one in proposals.items() if (day := landed_on(one, known)) is not None and day <= as_of}
    to_triage: list[int] = []
    to_standard: list[int] = []
    total = waiting = changed = 0
    names: set[str] = set()
    for plan in repository.plans:
        for lesson in plan.lessons:
            if lesson.raised_on is not None and lesson.raised_on > as_of:
                continue
            name = f"{plan.id}/{lesson.id}"
            names.add(name)
            total += 1
            triage = triage_of(lesson, plan, repository, as_of)
            waiting += triage is None
            behind = {one.id for one in proposals.values() if name in one.sources}
            behind |= {triage.proposal} if triage and triage.proposal else set()
            days = [done[one] for one in behind if one in done]
            changed += bool(days)
            if triage is not None and lesson.raised_on is not None:
                to_triage.append((triage.on - lesson.raised_on).days)
            if triage is not None and days:
                to_standard.append((min(days) - triage.on).days)
    reuse = Counter(
        one.lesson for plan in repository.plans for one in plan.lessons_considered
        if one.disposition == "applied" and one.lesson in names and not one.lesson.startswith(f"{plan.id}/")
    )  # fmt: skip
    return Loop(
        lessons=total, waiting=waiting, to_triage=median(to_triage), to_standard=median(to_standard),
        changed=_share(changed, total), reuse=dict(reuse), reuse_per_lesson=_share(reuse.total(), total),
        recurrence=tuple(_recurrences(repository, proposals, done, as_of)),
        unlanded={
            one.id: tuple(target for target in one.targets if not landed(target, known))
            for one in proposals.values() if one.state == "accepted" and not implemented(one, known)
        },
    )  # fmt: skip


def landed_on(proposal: Proposal, known: Mapping[tuple[str, str], str]) -> date | None:
    """The day a proposal had changed everything it names; None while one target waits, whatever the proposal says."""
    return proposal.implemented_on if implemented(proposal, known) else None


def _recurrences(
    repository: Repository, proposals: Mapping[str, Proposal], done: Mapping[str, date], as_of: date
) -> Iterator[Recurrence]:
    """The time after the change, at most a year, and the same time before it. The day of the change belongs to neither."""
    for name, day in sorted(done.items()):
        span = min(as_of - day, _YEAR)
        if span <= timedelta(0):
            continue
        for cause in proposals[name].causes:
            days = tuple(occurrences(repository, cause))
            before = sum(day - span <= one < day for one in days)
            after = sum(day < one <= day + span for one in days)
            yield Recurrence(
                proposal=name, cause=cause, before=before, after=after, days=span.days, rate=_share(after, before)
            )


def occurrences(repository: Repository, cause: str) -> Iterator[date]:
    """Every day on which a cause came up: an issue of that category, or a lesson with that tag."""
    for plan in repository.plans:
        yield from (one.raised_on for one in plan.issues if one.category == cause and one.raised_on)
        yield from (one.raised_on for one in plan.lessons if cause in one.tags and one.raised_on)


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


def balance(repository: Repository, as_of: date) -> Balance:
    """The last twelve months."""
    logs = [one for one in repository.every(LoopLog) if as_of - _YEAR < one.opened <= as_of]
    return Balance(
        pulls=len(logs),
        blocked=_share(sum(one.blocked for one in logs), len(logs)),
        to_green=median(one.minutes_to_green for one in logs if one.minutes_to_green is not None),
        dismissed=_share(sum(one.dismissed or 0 for one in logs), sum(one.remarks or 0 for one in logs)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Heterogeneity:
    """How differently projects of one tier are run: 0 all alike, 1 nothing in common. The index is the mean of the parts.

    sections: mean share of the tier's starter that projects leave out. tailored: share that chose a tier above the derived
    one. deviating: share with a deviation in force.
    """

    index: Decimal | None
    sections: Decimal | None
    tailored: Decimal | None
    deviating: Decimal | None
    by_tier: Mapping[str, Decimal]


def heterogeneity(repository: Repository, derived: Mapping[str, str | None], as_of: date) -> Heterogeneity:
    """Running projects only. `derived`: the tier that follows from each project's answers."""
    running = [plan for plan in repository.plans if plan.state == "active"]
    left: dict[str, list[Decimal]] = {}
    for tier in TIERS:
        wanted = _sections(repository, tier)
        for plan in running:
            if plan.tier == tier and wanted:
                left.setdefault(tier, []).append(Decimal(len(wanted - set(plan.home))) / len(wanted))
    sections = _mean([one for ones in left.values() for one in ones])
    above = sum(rank(plan.tier) > rank(own) for plan in running if (own := derived.get(plan.id)) in TIERS)
    waived = sum(
        any(one.starts and one.expires and one.starts <= as_of <= one.expires for one in plan.waivers)
        for plan in running
    )
    tailored, deviating = _share(above, len(running)), _share(waived, len(running))
    parts = [one for one in (sections, tailored, deviating) if one is not None]
    means = {tier: mean for tier, ones in left.items() if (mean := _mean(ones)) is not None}
    return Heterogeneity(index=_mean(parts), sections=sections, tailored=tailored, deviating=deviating, by_tier=means)


def _sections(repository: Repository, tier: str) -> set[str]:
    """The top-level fields of a tier's starter."""
    found: set[str] = set()
    for name, text in starter_files(repository.tree, tier).items():  # type: ignore[arg-type]
        if name.endswith(".yaml") and "/" not in name:
            found |= {line.split(":", 1)[0] for line in text.splitlines() if line[:1].isalpha() and ":" in line}
    return found


def median(values: Iterable[int]) -> Decimal | None:
    """The middle value; None of nothing."""
    ones = sorted(values)
    if not ones:
        return None
    half = len(ones) // 2
    return Decimal(ones[half]) if len(ones) % 2 else Decimal(ones[half - 1] + ones[half]) / 2


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def _mean(values: list[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
