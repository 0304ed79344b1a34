"""Change, add and keep items of a list in a YAML text, each item by itself, so that a long list costs no more than it must."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from handrail.edit import NotEditable, remove_value, set_value
from handrail.source import read_yaml
from handrail.yaml_text import item

Change = Mapping[tuple[str, ...], Any]
"""New values by their path within the item; None takes the field away."""
_FILE = "text.yaml"


def set_items(
    text: str, key: str, changes: Mapping[str, Change], added: list[tuple[str | None, dict[str, Any]]]
) -> str:
    """The text with its list `key` changed: items by id, then new ones, each behind the item that is named, None for the end.

    Raises NotEditable or NotWritable. What comes back reads as the old text with just that changed.
    """
    before = read_yaml(_FILE, text.encode()).value
    items = before.get(key) if isinstance(before, dict) else None
    if not isinstance(items, list) or not items:
        return _begun(text, key, [new for _, new in added]) if added else text
    wanted = _wanted(items, changes, added)
    found = _fast(text, key, items, changes, added)
    if found is not None:
        read = read_yaml(_FILE, found.encode())
        if not read.broken and not read.remarks and read.value == {**before, key: wanted}:
            return found
    return _slow(text, key, items, changes, added)


def _begun(text: str, key: str, added: list[dict[str, Any]]) -> str:
    """A list that has nothing in it yet; one written as `[]` is written out, one item after the other."""
    empty = re.compile(rf"^{re.escape(key)}:[ ]*(?:\[[ ]*\])?[ ]*(#.*)?$", re.MULTILINE)
    whole = set_value(text, (key,), added)
    match = empty.search(text)
    if match is None:
        return whole
    lines = [
        f"{key}:{' ' if match.group(1) else ''}{match.group(1) or ''}",
        *(line for one in added for line in item(one, 0)),
    ]
    found = text[: match.start()] + "\n".join(lines) + text[match.end() :]
    read, wanted = (read_yaml(_FILE, one.encode()) for one in (found, whole))
    return found if read.value == wanted.value and not read.remarks else whole


def _wanted(
    items: list[Any], changes: Mapping[str, Change], added: list[tuple[str | None, dict[str, Any]]]
) -> list[Any]:
    done = []
    for one in items:
        change = changes.get(_id(one))
        done.append(_plain(_changed(one, change)) if change else one)
    return _merged(done, [(after, _plain(new)) for after, new in added], _id)


def _changed(one: Any, change: Change) -> Any:
    text = "\n".join(item(one, 0))
    return read_yaml(_FILE, _edited(text, change).encode()).value[0]


def _merged(done: list[Any], added: list[tuple[str | None, Any]], ident: Any) -> list[Any]:
    for after, new in added:
        place = next(
            (number for number, one in enumerate(done) if after is not None and ident(one) == after), len(done) - 1
        )
        done.insert(place + 1, new)
    return done


def _fast(
    text: str, key: str, items: list[Any], changes: Mapping[str, Change], added: list[tuple[str | None, dict[str, Any]]]
) -> str | None:
    """Each item as a text of its own; None where the list is not written one item after the other."""
    lines = text.splitlines(keepends=True)
    start = next(
        (n for n, line in enumerate(lines) if line.rstrip() == f"{key}:" or line.startswith(f"{key}: #")), None
    )
    if start is None or "\r" in text:
        return None
    bounds = _bounds(lines, start + 1)
    if bounds is None or len(bounds) - 1 != len(items):
        return None
    column = len(lines[bounds[0]]) - len(lines[bounds[0]].lstrip(" "))
    parts = [
        (_id(one), "".join(lines[first:last])) for one, first, last in zip(items, bounds, bounds[1:], strict=False)
    ]
    try:
        parts = [(name, _edited(part, changes[name]) if name in changes else part) for name, part in parts]
        new = [(after, (_id(one), "".join(f"{line}\n" for line in item(one, column)))) for after, one in added]
    except NotEditable:
        return None
    if parts and not parts[-1][1].endswith("\n"):
        parts[-1] = (parts[-1][0], parts[-1][1] + "\n")
    whole = _merged(parts, new, lambda part: part[0])
    return "".join(lines[: bounds[0]]) + "".join(part for _, part in whole) + "".join(lines[bounds[-1] :])


def _bounds(lines: list[str], start: int) -> list[int] | None:
    """The line of each item's dash, and the line behind the last item."""
    first = next(
        (n for n in range(start, len(lines)) if lines[n].strip() and not lines[n].lstrip().startswith("#")), None
    )
    if first is None or not lines[first].lstrip(" ").startswith(("- ", "-\n")):
        return None
    column = len(lines[first]) - len(lines[first].lstrip(" "))
    bounds, end = [first], first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" "))
        if indent < column or (indent == column and not line.lstrip(" ").startswith(("- ", "-\n"))):
            break
        if indent == column:
            bounds.append(number)
        end = number + 1
    return [*bounds, end]


def _edited(part: str, change: Change) -> str:
    """One item with its dash: without the dash it is a text like any other."""
    dash = len(part) - len(part.lstrip(" "))
    text = f"{part[:dash]} {part[dash + 1 :]}"
    for path, value in change.items():
        text = remove_value(text, path) if value is None else set_value(text, path, value)
    if text[: dash + 1].strip():
        raise NotEditable("the item cannot be changed by itself")
    return f"{text[:dash]}-{text[dash + 1 :]}"


def _slow(
    text: str, key: str, items: list[Any], changes: Mapping[str, Change], added: list[tuple[str | None, dict[str, Any]]]
) -> str:
    """One value after the other, whatever the list looks like. New items go to its end."""
    for number, one in enumerate(items):
        for path, value in changes.get(_id(one), {}).items():
            place: tuple[str | int, ...] = (key, number, *path)
            text = remove_value(text, place) if value is None else set_value(text, place, value)
    for number, (_, new) in enumerate(added, len(items)):
        text = set_value(text, (key, number), new)
    return text


def _id(one: Any) -> str:
    return str(one.get("id")) if isinstance(one, Mapping) else ""


def _plain(value: Any) -> Any:
    """As it reads once written."""
    return read_yaml(_FILE, "\n".join(item(value, 0)).encode()).value[0]
