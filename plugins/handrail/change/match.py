"""Which thing of the one list is which of the other: by id where it has one, else by what it is called."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Any

from handrail.fields import Entity, fields_of

Pair = tuple[Any | None, Any | None]
_NAMING = frozenset({"text", "choice", "date", "when"})


def pairs(before: Iterable[Any], after: Iterable[Any]) -> list[Pair]:
    """Old and new things side by side, None where there is no partner. Their order means nothing.

    What has an id is known by it alone. The rest is matched in rounds: what is equal, what has the same name and day,
    what is at least called the same.
    """
    olds, news = list(before), list(after)
    found: list[Pair] = []
    rounds: tuple[Callable[[Any], Hashable], ...] = (_id, _names, _first)
    for key in rounds:
        waiting: dict[Hashable, list[Any]] = {}
        for new in news:
            if (name := key(new)) is not None:
                waiting.setdefault(name, []).append(new)
        left = []
        for old in olds:
            same = waiting.get(key(old)) or []
            new = next((one for one in same if one == old), same[0] if same else None)
            if new is None:
                left.append(old)
                continue
            _take(same, new)
            _take(news, new)
            found.append((old, new))
        olds = left
    return [*found, *((old, None) for old in olds), *((None, new) for new in news)]


def name_of(thing: Any) -> str:
    """What names a thing within its list."""
    name = _id(thing)
    if name is None:
        name = next((found for found in _values(thing) if found), "")
    return name.isoformat() if isinstance(name, date) else str(name)


def _take(things: list[Any], one: Any) -> None:
    del things[next(number for number, other in enumerate(things) if other is one)]


def _id(thing: Any) -> Hashable:
    name = getattr(thing, "id", None)
    return name if isinstance(name, str) else None


def _names(thing: Any) -> Hashable:
    """All that must be given and is no amount: a month and a line, a project and what it gives."""
    return None if _id(thing) is not None else tuple(_values(thing)) or None


def _first(thing: Any) -> Hashable:
    return None if _id(thing) is not None else next(iter(_values(thing)), None)


def _values(thing: Any) -> list[Any]:
    if not isinstance(thing, Entity):
        return [str(thing)]
    needed = [one for one in fields_of(type(thing)) if one.required]
    chosen = [one for one in needed if one.type.kind in _NAMING] or needed
    return [value if isinstance(value := getattr(thing, one.name), Hashable) else str(value) for one in chosen]
