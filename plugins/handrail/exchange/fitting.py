"""Takes out of what a row gives for a file the values that the model would refuse, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail import schema
from handrail.exchange.reading import Given, Wanted, in_order, plain
from handrail.exchange.targets import nest
from handrail.fields import Entity


def drop_hollow(file: Wanted) -> None:
    """A list item that no cell speaks of is not made of fixed values alone."""
    fed = {one.target.item for one in file.fields.values() if one.columns}
    for name, one in list(file.fields.items()):
        if one.target.item is not None and one.target.item not in fed:
            del file.fields[name]


def taken_out(cls: type[Entity], file: Wanted) -> Iterator[tuple[Given, str]]:
    """Each value that is taken out, and the model's own words of why; its cells count as unreadable."""
    for _ in range(len(file.fields)):
        whole = nest((one.target.steps, one.value) for one in in_order(file.fields.values()))
        faults = schema.check(cls, plain(whole), whole=False)
        wrong = {steps: fault for fault in faults if (steps := _steps(whole, fault.path))}
        bad = [one for one in file.fields.values() for steps in wrong if _begins(one.target.steps, steps)]
        if not bad:
            return
        for one in bad:
            fault = next(fault for steps, fault in wrong.items() if _begins(one.target.steps, steps))
            file.fields.pop(one.target.text, None)
            yield one, fault.message
        drop_hollow(file)


def _steps(whole: Any, path: tuple[str | int, ...]) -> tuple[str, ...]:
    """A path with ids instead of positions, as targets are written."""
    steps: list[str] = []
    for step in path:
        whole = _within(whole, step)
        steps.append(str(whole.get("id", step)) if isinstance(step, int) and isinstance(whole, dict) else str(step))
    return tuple(steps)


def _within(whole: Any, step: str | int) -> Any:
    if isinstance(whole, dict):
        return whole.get(step)
    return whole[step] if isinstance(whole, list) and isinstance(step, int) and step < len(whole) else None


def _begins(steps: tuple[Any, ...], start: tuple[str, ...]) -> bool:
    names = tuple(step if isinstance(step, str) else step.id for step in steps)
    return names[: len(start)] == start or start[: len(names)] == names
