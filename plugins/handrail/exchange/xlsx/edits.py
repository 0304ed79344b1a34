"""Changes of files as they come out of a merge, and the texts that they give: only the lines that change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.edit import NotEditable, NotWritable, dump, remove_value, set_value, splice
from handrail.remark import Path

REMOVED = object()
"""Stands for a value that is taken out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edit:
    """One value of one file: set, or taken out. `append`: the value goes to the end of the list at the path."""

    file: str
    path: Path
    value: Any
    append: bool = False
    of: int = -1
    """Which entry of the report tells of it."""


def text_of(before: str | None, edits: Sequence[Edit]) -> tuple[str, Mapping[Edit, str]]:
    """The text with the edits in it, and those that could not be made, with the reason.

    All are tried at once, since a file of a thousand lines would be read anew for each; where that fails, one by one.
    """
    if before is None:
        return _one_by_one("", edits)
    try:
        return splice(before, [(one.path, one.value is REMOVED, one.value, one.append) for one in edits]), {}
    except (NotEditable, NotWritable, LookupError, ValueError):
        return _one_by_one(before, edits)


def _one_by_one(text: str, edits: Sequence[Edit]) -> tuple[str, dict[Edit, str]]:
    failed: dict[Edit, str] = {}
    # removals last and from the end, so that no other path moves
    last = sorted((one for one in edits if one.value is REMOVED), key=lambda one: _order(one.path), reverse=True)
    for one in (*(each for each in edits if each.value is not REMOVED), *last):
        try:
            if one.value is REMOVED:
                text = remove_value(text, one.path)
            elif one.append:
                text = _appended(text, one)
            else:
                text = set_value(text, one.path, one.value)
        except (NotEditable, NotWritable) as error:
            failed[one] = str(error)
        except (LookupError, ValueError, TypeError):
            failed[one] = "the file is written in a way that cannot be changed there"
    return text, failed


def _order(path: Path) -> tuple[tuple[bool, str, int], ...]:
    return tuple(
        (isinstance(step, int), "" if isinstance(step, int) else step, step if isinstance(step, int) else 0)
        for step in path
    )


def _appended(text: str, one: Edit) -> str:
    from handrail.source import read_yaml  # noqa: PLC0415 - as small as the rest of this branch

    there: Any = read_yaml(one.file, text.encode("utf-8", "surrogatepass")).value
    for step in one.path:
        there = there.get(step) if isinstance(there, Mapping) else None
    if not isinstance(there, list) or not there:
        return (
            set_value(text, one.path, [one.value])
            if text.strip() or len(one.path) > 1
            else dump({str(one.path[0]): [one.value]})
        )
    return set_value(text, (*one.path, len(there)), one.value)


__all__ = ["REMOVED", "Edit", "text_of"]
