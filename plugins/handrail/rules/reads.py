"""Which rule reads which field: what a field reference says of who asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from handrail.entity import Entity
from handrail.fields import FieldType, fields_of, memo, noun
from handrail.load.projects import ATTACHED
from handrail.model.kinds import BY_NAME, KINDS
from handrail.model.project import Plan
from handrail.rules.compiled import CompiledRule
from handrail.rules.engine import programs
from handrail.rules.expression import Program
from handrail.rules.shapes import ListOf, ObjectShape

Reads = Mapping[tuple[type[Entity], str], tuple[str, ...]]
"""By class and field, the rules that read it, sorted."""


def fields_read(compiled: Iterable[CompiledRule]) -> Reads:
    """What compiled rules read, as far as it is a field that somebody writes; computed figures are left out."""
    found: dict[tuple[type[Entity], str], set[str]] = {}
    for one in compiled:
        roots = _roots(one)
        for program in programs(one):
            for name in program.reads:
                root, *steps = name.split(".")
                cls = roots.get(root)
                for step in steps:
                    if cls is None:
                        break
                    field = _known(cls).get(step)
                    if field is not None and field[0]:
                        found.setdefault((cls, field[0]), set()).add(one.rule.id)
                    cls = field[1] if field is not None else None
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _roots(one: CompiledRule) -> dict[str, type[Entity] | None]:
    """The class behind each name at which a path begins."""
    kind = BY_NAME.get(one.kind)
    roots: dict[str, type[Entity] | None] = {
        "project": Plan,
        one.kind: kind.cls if kind else None,
        "old": kind.cls if kind else None,
    }
    for each in (one.each, *(check.each for check in one.checks)):
        item = _item(each)
        if item is not None:
            roots |= {"item": item, "item_old": item}
    return roots


def _item(each: Program | None) -> type[Entity] | None:
    shape = each.shape if each is not None else None
    inner = shape.item if isinstance(shape, ListOf) else None
    return _by_noun().get(inner.name) if isinstance(inner, ObjectShape) else None


@cache
def _by_noun() -> Mapping[str, type[Entity]]:
    """Classes by what people call them: those of kinds, and the groups inside them."""
    found: dict[str, type[Entity]] = {}
    waiting = [kind.cls for kind in KINDS]
    while waiting:
        cls = waiting.pop()
        if found.setdefault(noun(cls), cls) is cls:
            waiting += [
                inner for _, inner in _known(cls).values() if inner is not None and found.get(noun(inner)) is not inner
            ]
    return found


@memo
def _known(cls: type[Entity]) -> Mapping[str, tuple[str, type[Entity] | None]]:
    """The fields of a class by the names that expressions use: the attribute, and the class of what stands in it."""
    found: dict[str, tuple[str, type[Entity] | None]] = {}
    for one in fields_of(cls):
        found[one.key] = found[one.name] = (one.name, _inner(one.type))
    if cls is Plan:
        found |= {name: ("", BY_NAME[kind].cls) for kind, name in ATTACHED.items() if kind in BY_NAME}
    return found


def _inner(kind: FieldType) -> type[Entity] | None:
    return kind.cls or (_inner(kind.item) if kind.item else None)
