"""Computed names give rules values of the shape that they promise; what reads them is checked against that shape alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from handrail.entity import Entity
from handrail.fields import fields_of
from handrail.load.projects import ATTACHED
from handrail.model.money import Money
from handrail.rules.computed import COMPUTED
from handrail.rules.engine import World
from handrail.rules.shapes import ANY, BOOL, DATE, MONEY, NUMBER, TEXT, ListOf, ObjectShape, Shape
from handrail.run import run

from tests.command import ROOT

TYPES: Mapping[Shape, tuple[type, ...]] = {
    BOOL: (bool,), NUMBER: (int, Decimal), TEXT: (str,), DATE: (date,), MONEY: (Money,),
}  # fmt: skip
Asked = tuple[Entity, Mapping[str, Any]]


def fits(value: Any, shape: Shape) -> bool:
    """Whether a value is of a shape; nothing is of every shape."""
    if value is None or shape == ANY:
        return True
    if isinstance(shape, ListOf):
        return isinstance(value, tuple | list) and all(fits(one, shape.item) for one in value)
    if isinstance(shape, ObjectShape):
        read = value.__getitem__ if isinstance(value, Mapping) else lambda name: getattr(value, name)
        return all(fits(read(name), inner) for name, inner in shape.members().items())
    return isinstance(value, TYPES[shape]) and (shape != NUMBER or not isinstance(value, bool))


def parts(thing: Entity) -> Iterator[Entity]:
    """A thing with everything in it."""
    yield thing
    for field in fields_of(type(thing)):
        value = getattr(thing, field.name)
        inner = value if isinstance(value, tuple) else value.values() if isinstance(value, Mapping) else (value,)
        for one in inner:
            if isinstance(one, Entity):
                yield from parts(one)


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    """Every thing of every plan of the sample, with what a rule may read beside it."""
    found = run(ROOT, today=date(2026, 12, 4)).portfolio
    base = World(portfolio=found).scope()
    return [
        (part, {**base, "project": project.plan})
        for project in found.projects
        for thing in (project.plan, *(one for name in ATTACHED.values() for one in getattr(project.plan, name)))
        for part in parts(thing)
    ]


NAMES = [(owner, name) for owner, names in COMPUTED.items() for name in names]


@pytest.mark.parametrize(("owner", "name"), NAMES, ids=[f"{owner.__name__}.{name}" for owner, name in NAMES])
def test_a_computed_name_gives_what_it_promises(owner: type[Entity], name: str, asked: list[Asked]) -> None:
    one = COMPUTED[owner][name]
    for thing, scope in asked:
        if type(thing) is owner:
            value = one.get(thing, scope)
            assert fits(value, one.shape), f"{name} gives {value!r}; its shape is another"
