"""One project's folder: its fragments become the plan, its other files are attached to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol

from handrail.build import Context
from handrail.load import remarks as say
from handrail.load.reading import Fragments, Reading
from handrail.model.kinds import kind_of
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan
from handrail.model.words import PROJECT_ID
from handrail.remark import Loc, Path, Remark
from handrail.slips import original

ATTACHED = {
    "report": "reports", "change": "changes", "gate": "gates", "baseline": "baselines", "exception": "exceptions",
    "waiver": "waivers", "lesson": "lessons", "feedback": "feedback", "support request": "support",
    "response": "responses", "approval": "approvals", "role change": "role_changes",
}  # fmt: skip
"""The plan's field for each kind of file beside its fragments."""
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
MAX_ID = 40
_FRAGMENT = re.compile(r"projects/[^/]+/[^/]+\.yaml")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Folder:
    """What one project's folder says: its plan, what stood in the way, and by file what was read and what does not fit."""

    plan: Plan | BrokenPlan
    remarks: tuple[Remark, ...]
    raw: Mapping[str, Mapping[str, Any]]
    faulty: Mapping[str, frozenset[Path]]


class Shelf(Protocol):
    """Folders as they were read before, for whoever knows which of them have not changed since."""

    def folder(self, project: str) -> Folder | None:
        """What was read before; None where that is not known or no longer so."""

    def add_folder(self, project: str, found: Folder) -> None:
        """Keep what was read now."""


def read_folder(reading: Reading, project: str, files: tuple[str, ...]) -> Folder:
    """Read one project's folder apart from all others. `reading` gives the tree, the currency and what is known."""
    own = Reading(tree=reading.tree, currency=reading.currency, known=reading.known)
    plan = read_project(own, project, files)
    return Folder(plan=plan, remarks=tuple(own.remarks), raw=own.raw, faulty=own.faulty)


def read_project(reading: Reading, project: str, files: tuple[str, ...]) -> Plan | BrokenPlan:
    """Read everything in one project's folder."""
    before = len(reading.remarks)
    fragments = tuple(path for path in files if _FRAGMENT.fullmatch(path))
    main = f"projects/{project}/project.yaml"
    main = main if main in fragments or not fragments else fragments[0]
    fits = _check_folder(reading, project, main)
    parts = reading.fragments(fragments, project)
    plan = _plan(reading, project, main, parts)
    if not fragments:
        fix = f"Add `{main}`, or start one with `handrail new project`."
        reading.refuse(files[0], "This folder holds no plan.", fix, project)
    attached = _attached(reading, project, files, _currency(parts.value) or reading.currency)
    if plan is None:
        name = parts.value.get("name")
        return BrokenPlan(id=project, name=name if isinstance(name, str) and name else project, files=files)
    if plan.id != project and fits:  # a name that no folder can have is no id to write
        reading.remarks.append(
            say.unreadable(
                Loc(parts.home["id"], ("id",)),
                f"The id says `{plan.id}`, but the folder is called `{project}`.",
                f"Write `id: {project}`; an id never changes. If this folder is a copy of another project, delete it.",
                project=project,
            )
        )
    broken = len(reading.remarks) > before
    return replace(plan, id=project, broken=broken, home=MappingProxyType(parts.home), **attached)


def _plan(reading: Reading, project: str, main: str, parts: Fragments) -> Plan | None:
    """Hold a project's value against its schema and build it. Where a fragment broke, nothing is called missing."""
    value = parts.value
    if not value:
        return None
    faults = reading.faults(Plan, value, *dict.fromkeys(parts.home.values()))
    told = [one for one in faults if one.path or not parts.torn]
    reading.tell(Plan, told, parts.home, main, value, project, frozenset(parts.faulty))
    if any(one.fatal for one in faults):
        return None
    faulty = parts.faulty | {one.path for one in faults}
    context = Context(file=main, currency=_currency(value) or reading.currency, files={"": main, **parts.home})
    plan: Plan | None = reading.make(Plan, value, faulty, context, project)
    return plan


def _check_folder(reading: Reading, project: str, main: str) -> bool:
    """Whether the folder's name can be an id."""
    if re.fullmatch(PROJECT_ID, project) and len(project) <= MAX_ID:
        return True
    message = "A project's folder cannot have this name."
    fix = "Use small letters, digits and single hyphens, at most 40: `visitor-desk`."
    if original(project) is not None:
        fix = f"If it is a copy, delete it. Otherwise rename it: {fix[0].lower()}{fix[1:]}"
    reading.refuse(main, message, fix, project)
    return False


def _currency(value: dict[str, Any]) -> str | None:
    budget = value.get("budget")
    given = budget.get("currency") if isinstance(budget, dict) else None
    return given if isinstance(given, str) and _CURRENCY.match(given) else None


def _attached(reading: Reading, project: str, files: tuple[str, ...], currency: str) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    single: dict[str, Any] = {}
    for path in files:
        if path == f"projects/{project}/index.md":
            single["narrative"] = reading.prose(path, project)
            continue
        known = None if _FRAGMENT.fullmatch(path) else kind_of(path)
        if known is None:
            continue
        kind, parts = known
        one = reading.entity(kind.cls, path, project, currency)
        if one is None:
            continue
        if kind.name == "closure":
            single["closure"] = one
            continue
        _check_name(reading, one, path, parts["name"], project)
        found.setdefault(ATTACHED[kind.name], []).append(one)
    return {**{name: tuple(ones) for name, ones in found.items()}, **single}


def _check_name(reading: Reading, one: Any, path: str, name: str, project: str) -> None:
    """A file carries the id of what is in it, a report the day of which it speaks."""
    key = "id" if hasattr(one, "id") else "as_of"
    given = one.id if key == "id" else one.as_of.isoformat()
    if given != name:
        title = "Id" if key == "id" else "As of"
        reading.remarks.append(
            say.unreadable(
                Loc(path, (key,)),
                f"{title} says `{given}`, but the file is called `{name}`.",
                "If this file is a copy, delete it; otherwise give both the same new name."
                if original(name) == given
                else "Rename the file, or correct the field: both carry the same name.",
                project=project,
            )
        )
