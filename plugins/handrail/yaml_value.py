"""The value of a YAML text, changed in memory: what an edit of the text must come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.remark import Path
from handrail.yaml_text import inline


class NotEditable(ValueError):  # noqa: N818 - it says what is the matter
    """The text cannot be changed there: it is broken, or the path leads through something that holds no fields."""


def value_at(value: Any, path: Path) -> Any:
    """What stands at a path that is there."""
    for step in path:
        value = value[step]
    return value


def nest(path: Path, value: Any) -> Any:
    """A value inside the groups and lists that lead to it."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def with_value(whole: Any, path: Path, value: Any) -> Any:
    """The value that the text must have after the edit, as the reader gives it."""
    if not path:
        return as_read(value)
    step, rest = path[0], path[1:]
    if isinstance(step, str):
        if whole is not None and not isinstance(whole, dict):
            raise NotEditable("the path leads through a value that holds no fields")
        return {**(whole or {}), step: with_value((whole or {}).get(step), rest, value)}
    if whole is not None and not isinstance(whole, list):
        raise NotEditable("the path leads through a value that is no list")
    items = list(whole or ())
    if step > len(items):
        raise NotEditable("a list can only be extended at its end")
    return [*items[:step], with_value(items[step] if step < len(items) else None, rest, value), *items[step + 1 :]]


def without(whole: Any, path: Path) -> Any:
    """The value that the text must have after a removal."""
    step, rest = path[0], path[1:]
    if isinstance(whole, dict):
        if rest:
            return {**whole, step: without(whole[step], rest)}
        return {key: one for key, one in whole.items() if key != step} or None
    index = int(step)
    return [*whole[:index], *([without(whole[index], rest)] if rest else []), *whole[index + 1 :]]


def as_read(value: Any) -> Any:
    """A value as it is read back: dates become text, tuples lists."""
    if isinstance(value, Mapping):
        return {key: as_read(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_read(one) for one in value]
    if value is None or isinstance(value, (bool, int, str)) or hasattr(value, "is_finite"):
        return value
    return inline(value)
