"""The remarks that reading can make. They all belong to DAT-01: data is readable by a human and a machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from handrail.english import plural
from handrail.fault import Fault
from handrail.remark import Loc, Path, Related, Remark, fingerprint

RULE = "DAT-01"


def unreadable(  # noqa: PLR0913 - a remark is what it says, and each part of it has a name
    loc: Loc, message: str, fix: str, *, project: str | None, pointer: str = "", related: tuple[Related, ...] = ()
) -> Remark:
    """One thing that stands in the way of reading. `pointer` is the id-based place for the fingerprint."""
    place = pointer or f"{loc.file}{loc.path}"
    return Remark(
        rule=RULE, level="must", enforce_at="merge", severity="critical", loc=loc, message=message, fix=fix,
        project=project, related=related, fingerprint=fingerprint(RULE, project, f"{place}|{message}"),
    )  # fmt: skip


def of_source(remarks: Iterable[Remark], project: str | None) -> list[Remark]:
    """What the strict reader said, told to whose project it belongs."""
    return [
        replace(one, project=project, fingerprint=fingerprint(RULE, project, f"{one.loc.file}|{one.message}|{i}"))
        for i, one in enumerate(remarks)
    ]


def of_fault(fault: Fault, file: str, value: Any, project: str | None) -> Remark:
    """What the schema said."""
    place = f"{file}#{pointer(value, fault.path)}"
    return unreadable(Loc(file, fault.path), fault.message, fault.fix, project=project, pointer=place)


def pointer(value: Any, path: Path) -> str:
    """A path with ids instead of list positions: `/risks/R-003/owner`."""
    steps = []
    for step in path:
        inside = value[step] if _has(value, step) else None
        name = inside.get("id") if isinstance(step, int) and isinstance(inside, dict) else None
        steps.append(str(name if name is not None else step))
        value = inside
    return "/" + "/".join(steps)


def _has(value: Any, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def twice(loc: Loc, ident: str, first: Loc, word: str, project: str | None) -> Remark:
    """Two things carry one id."""
    return unreadable(
        loc.at("id"), f"Two {plural(word)} have the same id, `{ident}`.",
        "Give one of them an id of its own"
        + ("." if loc.file == first.file else ", or delete the file that is a copy of the other."),
        project=project, pointer=f"{loc.file}#{ident} twice",
        related=(Related(loc=first.at("id"), note="it stands here first"),),
    )  # fmt: skip
