"""What the framework itself asks of people, beside their projects: certificates and training that end or are due for the
first time, standards to be gone through again, and what an audit found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import PurePosixPath

from handrail.compute.competence import last_completion, valid_until
from handrail.compute.learning import all_gaps, steps
from handrail.compute.reminders.reminder import Reminder
from handrail.model.assurance import Finding
from handrail.model.repository import Repository
from handrail.model.training import ModuleRecord

EARLY = timedelta(days=30)
"""What takes a while to put right is told so long before: a session must be found, a standard read with others."""
REVIEW = timedelta(days=365)
"""A standard is gone through at least so often (STD-03)."""


def framework(repository: Repository, as_of: date, until: date) -> Iterator[Reminder]:
    """Everything that is asked of people who are here, in the order of what it is."""
    early = max(until, as_of + EARLY) if as_of <= date.max - EARLY else date.max
    found = (
        *_certificates(repository, as_of, early), *_training(repository, as_of, early), *_reviews(repository, as_of, early),
        *_findings(repository, as_of, until),
    )  # fmt: skip
    for one in found:
        record = repository.people.get(one.person)
        if record is not None and (record.to is None or as_of <= record.to):
            yield one


def _certificates(repository: Repository, as_of: date, early: date) -> Iterator[Reminder]:
    """Certificates that end soon, and those that have ended, until they are renewed or the role that asks for them is over."""
    asked = {(one.person, one.what) for one in all_gaps(repository, as_of) if one.kind == "certificate"}
    for person in repository.people.values():
        newest: dict[str, date] = {}
        for one in person.certifications:
            newest[one.name] = max(newest.get(one.name, date.min), one.expires or date.max)
        for name, until in newest.items():
            if as_of <= until <= early or (until < as_of and (person.id, name) in asked):
                yield _reminder(
                    "certificate", name, f"Renew your certificate {name}", person.id, until, as_of, "Certificates",
                    page="training/", file="standards/people/people.yaml",
                )  # fmt: skip


def _training(repository: Repository, as_of: date, early: date) -> Iterator[Reminder]:
    """Modules that a learning path or the matrix asks for: to be done for the first time, or again."""
    modules = {one.id: one for one in repository.every(ModuleRecord)}
    titles = {one.title: one.id for one in modules.values()}
    told: set[tuple[str, str]] = set()
    for gap in all_gaps(repository, as_of):
        module = titles.get(gap.what, gap.what)
        if gap.kind == "training" or (gap.kind == "soon" and (gap.first or gap.what in titles)):
            told.add((gap.person, module))
            yield _module(gap.person, module, gap.what, gap.expires, as_of)
    for person in repository.people:
        for step in steps(person, repository, as_of):
            module = step.module
            last = last_completion(person, module, repository, as_of)
            ends = valid_until(last, modules.get(module)) if last else None
            day = ends if step.done or last else step.due
            if day is not None and as_of <= day <= early and (person, module) not in told:
                told.add((person, module))
                yield _module(person, module, step.title, day, as_of)


def _module(person: str, module: str, title: str, due: date | None, as_of: date) -> Reminder:
    return _reminder(
        "training", module, f"Do the module {title}", person, due, as_of, "Training", page=f"training/{module}/",
        file=f"standards/training/{module}.md",
    )  # fmt: skip


def _reviews(repository: Repository, as_of: date, early: date) -> Iterator[Reminder]:
    for one in repository.standards.values():
        if one.status != "active" or one.owner is None or one.reviewed_on is None:
            continue
        due = one.reviewed_on + REVIEW
        if due <= early:
            folder = PurePosixPath(one.loc.file).parent.name
            yield _reminder(
                "review", one.id, f"Go through the standard {one.title} with two project managers", one.owner, due, as_of,
                "Standards", page=f"{folder}/", file=one.loc.file,
            )  # fmt: skip


def _findings(repository: Repository, as_of: date, until: date) -> Iterator[Reminder]:
    """Corrections that somebody owes after an audit."""
    for one in repository.every(Finding):
        if one.owner and one.due is not None and one.closed_on is None and one.due <= until:
            audit = PurePosixPath(one.loc.file).parts[2]
            yield _reminder(
                "audit finding", f"{audit}/{one.id}", one.action or f"Answer the finding: {one.title}", one.owner, one.due, as_of,
                "Audit findings", page="assurance/", file=one.loc.file,
            )  # fmt: skip


def _reminder(  # noqa: PLR0913, PLR0917 - a reminder is what it says
    kind: str, name: str, what: str, person: str, due: date | None, as_of: date, about: str, *, page: str, file: str
) -> Reminder:  # fmt: skip
    return Reminder(
        kind=kind, project="", name=about, id=name, what=what, person=person, due=due, since=None,
        late=due is not None and due < as_of, page=page, file=file,
    )  # fmt: skip
