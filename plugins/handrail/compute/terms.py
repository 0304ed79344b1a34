"""What differs between the terms that were approved and those that stand there now, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.compute.approved_value import Terms, canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One term: what it is called, what was approved, what stands there now; None where there is nothing."""

    name: str
    approved: Any
    now: Any


def moved(approved: Terms, now: Terms) -> tuple[Moved, ...]:
    """Every term that differs, in the order of the approved ones."""
    before, after = dict(_flat(approved, "")), dict(_flat(now, ""))
    return tuple(
        Moved(name=name, approved=before.get(name), now=after.get(name))
        for name in dict.fromkeys((*before, *after))
        if canonical(before.get(name)) != canonical(after.get(name))
    )


def _flat(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Lines with a name that people know: a change's item and field, a question's id, a group's parts."""
    if isinstance(value, Mapping) and set(value) != {"amount", "currency"}:
        if "item" in value and "field" in value:
            yield f"{value['item']} {value['field']}".replace("_", " "), value.get("to")
            return
        for key, one in value.items():
            yield from _flat(one, f"{name} {key}".strip().replace("_", " "))
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for at, one in enumerate(value, 1):
            known = one.get("id") or one.get("question") if isinstance(one, Mapping) else None
            rest = {key: part for key, part in one.items() if key not in {"id", "question"}} if known else one
            yield from _flat(rest, str(known or f"{name} {at}"))
    else:
        yield name, value
