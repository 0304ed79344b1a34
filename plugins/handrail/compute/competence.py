"""Who lacks what for the role that they hold: levels of competence, valid training and certificates, by role and tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from handrail.compute.months import add_months
from handrail.model.organisation import PersonRecord
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.training import CompetenceMatrix, Completion, LearningPath, ModuleRecord, Needed
from handrail.remark import Loc

GapKind = Literal["level", "training", "certificate", "soon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that a person lacks for a role, or will lack soon (`soon`: it still holds, until `expires`).

    needed, held: levels, for a gap of competence. expires: the last day that training or a certificate holds; with `first`,
    the last day on which somebody new in a role may still come to a training for the first time. days: from the day of the
    look to `expires`; negative when it is past. at: the plan's field that names the person; loc: the place that does.
    """

    person: str
    role: str
    kind: GapKind
    what: str
    at: str
    needed: int | None = None
    held: int | None = None
    expires: date | None = None
    days: int | None = None
    first: bool = False
    loc: Loc | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """What tells it from other gaps of a plan."""
        return f"{self.person} {self.role} {self.what}"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody whom a plan gives a role: the field that says so, and where it stands."""

    role: str
    person: str
    at: str
    loc: Loc


def holders(plan: Plan) -> tuple[Holder, ...]:
    """Everybody whom the plan gives a role of its own; an accepter where the first deliverable still to be accepted says so."""
    named = (("project manager", plan.manager, "manager"), ("sponsor", plan.sponsor, "sponsor"),
             ("assurance", plan.assurance, "assurance"))  # fmt: skip
    accepters: dict[str, Holder] = {}
    for one in plan.deliverables:
        if one.accepted_by and not one.actual:
            accepters.setdefault(
                one.accepted_by, Holder("accepter", one.accepted_by, "deliverables", one.loc.at("accepted_by"))
            )
    return (
        *(
            Holder(role, person, at, Loc(plan.home.get(at, plan.loc.file), (*plan.loc.path, at)))
            for role, person, at in named if person
        ),
        *accepters.values(),
    )  # fmt: skip


def gaps(plan: Plan, repository: Repository, as_of: date) -> tuple[Gap, ...]:
    """Every gap of a running plan on a day, role by role. Nothing is asked where there is no matrix."""
    if not repository.every(CompetenceMatrix):
        return ()
    return tuple(
        replace(gap, loc=one.loc)
        for one in holders(plan)
        for gap in gaps_of(one.person, one.role, plan.tier, repository, as_of, one.at)
    )


def gaps_of(  # noqa: PLR0913, PLR0917 - who, as what, for what, by which law, when and where
    person: str, role: str, tier: str, repository: Repository, as_of: date, at: str = ""
) -> Iterator[Gap]:
    """What one person lacks for one role in projects of one tier."""
    record = repository.people.get(person)
    for matrix in repository.every(CompetenceMatrix):
        for row in matrix.matrix:
            if row.role != role or (row.tiers and tier not in row.tiers):
                continue
            yield from _levels(row, matrix, person, record, at)
            yield from _training(row, matrix, person, repository, as_of, at)
            yield from _certificates(row, matrix, person, record, as_of, at)


def _levels(row: Needed, matrix: CompetenceMatrix, person: str, record: PersonRecord | None, at: str) -> Iterator[Gap]:
    names = {one.id: one.name for one in matrix.competences}
    for competence, needed in row.needs.items():
        held = record.competences.get(competence) if record else None
        level = held.level if held else 0
        if level < needed:
            yield Gap(person=person, role=row.role, kind="level", what=names.get(competence, competence), at=at,
                      needed=needed, held=level)  # fmt: skip


def _training(  # noqa: PLR0913, PLR0917 - as above
    row: Needed, matrix: CompetenceMatrix, person: str, repository: Repository, as_of: date, at: str
) -> Iterator[Gap]:
    modules = {one.id: one for one in repository.every(ModuleRecord)}
    for name in row.modules:
        module = modules.get(name)
        last = last_completion(person, name, repository, as_of)
        until = valid_until(last, module) if last else None
        title = module.title if module else name
        if last is None:
            due = due_by(person, row.role, name, repository, as_of)
            if due is None or due < as_of:
                yield Gap(person=person, role=row.role, kind="training", what=title, at=at)
            elif due - as_of <= timedelta(days=matrix.warn_days):
                yield Gap(person=person, role=row.role, kind="soon", what=title, at=at, expires=due,
                          days=(due - as_of).days, first=True)  # fmt: skip
        elif until is not None:
            yield from _expiring(person, row.role, "training", title, at, until, as_of, matrix.warn_days)


def _certificates(  # noqa: PLR0913, PLR0917 - as above
    row: Needed, matrix: CompetenceMatrix, person: str, record: PersonRecord | None, as_of: date, at: str
) -> Iterator[Gap]:
    for name in row.certifications:
        own = [
            one
            for one in (record.certifications if record else ())
            if one.name == name and (one.issued or as_of) <= as_of
        ]
        if not own:
            yield Gap(person=person, role=row.role, kind="certificate", what=name, at=at)
            continue
        until = max((one.expires or date.max) for one in own)
        yield from _expiring(person, row.role, "certificate", name, at, until, as_of, matrix.warn_days)


def _expiring(  # noqa: PLR0913, PLR0917 - as above
    person: str, role: str, kind: GapKind, what: str, at: str, until: date, as_of: date, warn: int
) -> Iterator[Gap]:
    """The last day still counts; from the day after it is a gap, and `warn` days before it is told."""
    if until < as_of or until - as_of <= timedelta(days=warn):
        yield Gap(person=person, role=role, kind=kind if until < as_of else "soon", what=what, at=at, expires=until,
                  days=(until - as_of).days)  # fmt: skip


def due_by(person: str, role: str, module: str, repository: Repository, as_of: date) -> date | None:
    """The last day on which somebody new in a role may come to a module for the first time, counted from the first day.

    None where the directory does not say when the role began, or no learning path gives time.
    """
    record = repository.people.get(person)
    held = [one for one in (record.roles if record else ()) if one.role == role and (one.to is None or one.to >= as_of)]
    begun = max((one.from_ for one in held if one.from_ is not None and one.from_ <= as_of), default=None)
    days = [
        one.within_days for one in repository.every(LearningPath)
        if one.role == role and module in one.modules and one.within_days is not None
    ]  # fmt: skip
    return begun + timedelta(days=min(days)) if begun is not None and days else None


def last_completion(person: str, module: str, repository: Repository, as_of: date) -> Completion | None:
    """The newest completion of a module up to a day."""
    own = (
        one for one in repository.every(Completion) if one.person == person and one.module == module and one.on <= as_of
    )
    return max(own, key=lambda one: one.on, default=None)


def valid_until(completion: Completion, module: ModuleRecord | None) -> date | None:
    """The last day on which a completion counts; None for ever."""
    if completion.expires is not None:
        return completion.expires
    return add_months(completion.on, module.valid_months) if module is not None and module.valid_months else None
