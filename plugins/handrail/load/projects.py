"""One project's folder: its fragments become the plan, its other files are attached to it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from handrail.build import Context
from handrail.load import remarks as say
from handrail.load.reading import Reading
from handrail.model.kinds import kind_of
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan
from handrail.model.words import PROJECT_ID
from handrail.remark import Loc

ATTACHED = {
    "report": "reports", "change": "changes", "gate": "gates", "baseline": "baselines", "exception": "exceptions",
    "waiver": "waivers", "lesson": "lessons", "feedback": "feedback", "support request": "support",
    "response": "responses", "approval": "approvals",
}  # fmt: skip
"""The plan's field for each kind of file beside its fragments."""
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_MAX_ID = 40


def read_project(reading: Reading, project: str, files: tuple[str, ...]) -> Plan | BrokenPlan:
    """Read everything in one project's folder."""
    before = len(reading.remarks)
    fragments = tuple(path for path in files if path.count("/") == 2 and path.endswith(".yaml"))
    main = f"projects/{project}/project.yaml"
    main = main if main in fragments or not fragments else fragments[0]
    _check_folder(reading, project, main)
    value, home, faulty, torn = reading.fragments(fragments, project)
    if not fragments:
        reading.remarks.append(
            say.unreadable(
                Loc(files[0]),
                "This folder holds no plan.",
                f"Add `{main}`, or start one with `handrail new project`.",
                project=project,
            )  # fmt: skip
        )
    elif value or not torn:
        faulty = reading.check_plan(Plan, value, home, faulty, main, project, torn=torn)
    currency = _currency(value) or reading.currency
    context = Context(file=main, currency=currency, files={"": main, **home})
    plan = reading.make(Plan, value, faulty, context, project) if value else None
    attached = _attached(reading, project, files, currency)
    if plan is None:
        name = value.get("name")
        return BrokenPlan(id=project, name=name if isinstance(name, str) else project, files=files)
    if plan.id != project:
        reading.remarks.append(
            say.unreadable(
                Loc(home["id"], ("id",)),
                f"The id says `{plan.id}`, but the folder is called `{project}`.",
                f"Write `id: {project}`; an id never changes.",
                project=project,
            )  # fmt: skip
        )
        plan = replace(plan, id=project)
    broken = len(reading.remarks) > before
    return replace(plan, broken=broken, home=home, **attached)


def _check_folder(reading: Reading, project: str, main: str) -> None:
    if not re.fullmatch(PROJECT_ID, project) or len(project) > _MAX_ID:
        reading.remarks.append(
            say.unreadable(
                Loc(main),
                f"`{project}` cannot be the name of a project's folder.",
                "Use small letters, digits and single hyphens, at most 40: `visitor-desk`.",
                project=project,
            )  # fmt: skip
        )


def _currency(value: dict[str, Any]) -> str | None:
    budget = value.get("budget")
    given = budget.get("currency") if isinstance(budget, dict) else None
    return given if isinstance(given, str) and _CURRENCY.match(given) else None


def _attached(reading: Reading, project: str, files: tuple[str, ...], currency: str) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    single: dict[str, Any] = {}
    for path in files:
        rest = path.removeprefix(f"projects/{project}/")
        if rest == "index.md":
            single["narrative"] = reading.prose(path, project)
            continue
        if "/" not in rest and rest != "closure.md":
            continue
        known = kind_of(path)
        if known is None:
            continue
        kind, parts = known
        one = reading.entity(kind.cls, path, project, currency)
        if one is None:
            continue
        if kind.name == "closure":
            single["closure"] = one
            continue
        named = one.as_of.isoformat() if kind.name == "report" else one.id
        if named != parts["name"]:
            key = "as_of" if kind.name == "report" else "id"
            reading.remarks.append(
                say.unreadable(
                    Loc(path, (key,)),
                    f"`{key}` says `{named}`, but the file is called `{parts['name']}`.",
                    "Rename the file, or correct the field: both carry the same name.",
                    project=project,
                )  # fmt: skip
            )
        found.setdefault(ATTACHED[kind.name], []).append(one)
    return {**{name: tuple(ones) for name, ones in found.items()}, **single}
