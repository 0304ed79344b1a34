"""Training ahead: sessions with their free seats, where somebody stands on their learning path, and who lacks what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handrail.compute.competence import Gap, gaps, last_completion, valid_until
from handrail.compute.versions import major
from handrail.model.repository import Repository
from handrail.model.training import LearningPath, ModuleRecord, SessionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session ahead. taken: registered and attended; waiting: on the list; free: seats left, None without a limit.

    begins, ends: instants in the organisation's zone; None where no time is given.
    """

    record: SessionRecord
    title: str
    taken: int
    waiting: int
    free: int | None
    begins: datetime | None
    ends: datetime | None


def sessions(repository: Repository, as_of: date) -> tuple[Session, ...]:
    """Sessions that are not over and not called off, the next one first. The day itself still counts."""
    titles = {one.id: one.title for one in repository.every(ModuleRecord)}
    found = [
        _session(one, titles.get(one.module, one.module), repository.organisation.timezone)
        for one in repository.every(SessionRecord) if one.on >= as_of and one.cancelled_on is None
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.record.on, one.record.begins or "", one.record.id)))


def _session(one: SessionRecord, title: str, zone: str) -> Session:
    taken = sum(attendee.state in {"registered", "attended"} for attendee in one.attendees)
    waiting = sum(attendee.state == "waiting" for attendee in one.attendees)
    free = max(one.capacity - taken, 0) if one.capacity is not None else None
    return Session(record=one, title=title, taken=taken, waiting=waiting, free=free, begins=_at(one.on, one.begins, zone),
                   ends=_at(one.on, one.ends, zone))  # fmt: skip


def _at(day: date, clock: str | None, zone: str) -> datetime | None:
    if clock is None:
        return None
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        where = ZoneInfo("UTC")
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One module of somebody's path. due: from the first day in the role, where the path says so."""

    path: LearningPath
    module: str
    title: str
    done: bool
    until: date | None
    due: date | None


def steps(person: str, repository: Repository, as_of: date) -> Iterator[Step]:
    """The learning paths of every role that somebody holds on a day, module by module."""
    record = repository.people.get(person)
    modules = {one.id: one for one in repository.every(ModuleRecord)}
    held = {
        role.role: role
        for role in (record.roles if record else ())
        if (role.from_ or as_of) <= as_of <= (role.to or as_of)
    }
    for path in repository.every(LearningPath):
        role = held.get(path.role)
        if role is None:
            continue
        due = role.from_ + timedelta(days=path.within_days) if role.from_ and path.within_days else None
        for name in path.modules:
            module = modules.get(name)
            last = last_completion(person, name, repository, as_of)
            until = valid_until(last, module) if last else None
            current = last is not None and (module is None or major(last.version) >= major(module.version))
            yield Step(path=path, module=name, title=module.title if module else name,
                       done=current and (until is None or until >= as_of), until=until, due=due)  # fmt: skip


def all_gaps(repository: Repository, as_of: date) -> tuple[Gap, ...]:
    """Every gap of every running project, each person and matter once."""
    running = (plan for plan in repository.plans if plan.state == "active")
    found = {
        (one.person, one.role, one.kind, one.what): one for plan in running for one in gaps(plan, repository, as_of)
    }
    return tuple(found[key] for key in sorted(found))
