"""What rules may name: the fields of the model, and the computed names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from handrail.compute.facts import Portfolio
from handrail.fields import Entity, FieldType, fields_of, memo, noun
from handrail.load.projects import ATTACHED
from handrail.model.kinds import BY_NAME
from handrail.model.project import Plan
from handrail.model.records import Closure
from handrail.rules.computed import COMPUTED
from handrail.rules.computing import Computed, Get
from handrail.rules.shapes import ANY, BOOL, DATE, MONEY, NUMBER, TEXT, ListOf, ObjectShape, Shape

__all__ = ["COMPUTED", "PortfolioView", "portfolio_shape", "shape_of"]


@memo
def shape_of(cls: type[Entity]) -> ObjectShape:
    """The fields and computed names of an entity, as the rule language sees them."""
    names: dict[str, Get] = {name: one.get for name, one in COMPUTED.get(cls, {}).items()}
    names |= {one.key: _reader(one.name) for one in fields_of(cls) if one.key != one.name}
    return ObjectShape("project" if cls is Plan else noun(cls), lambda: _members(cls), MappingProxyType(names))


def _reader(name: str) -> Get:
    return lambda one, _: getattr(one, name)


@memo
def _members(cls: type[Entity]) -> Mapping[str, Shape]:
    found = {one.key: _shape(one.type) for one in fields_of(cls)}
    if cls is Plan:
        found |= {field: _attached_list(field) for field in ATTACHED.values()}
        found |= {"closure": shape_of(Closure), "narrative": TEXT}
    found |= {name: _given(one) for name, one in COMPUTED.get(cls, {}).items()}
    return MappingProxyType(found)


def _given(one: Computed) -> Shape:
    if one.of is None:
        return one.shape
    return ListOf(shape_of(one.of)) if one.many else shape_of(one.of)


def _attached_list(field: str) -> Shape:
    return ListOf(_attached_shape(field))


@memo
def _attached_shape(field: str) -> Shape:
    kind = next(name for name, one in ATTACHED.items() if one == field)
    return shape_of(BY_NAME[kind].cls)


def _shape(kind: FieldType) -> Shape:
    if kind.kind == "list" and kind.item is not None:
        return ListOf(_shape(kind.item))
    if kind.kind == "group" and kind.cls is not None:
        return shape_of(kind.cls)
    return _SCALARS.get(kind.kind, ANY)


_SCALARS: Mapping[str, Shape] = {
    "text": TEXT, "choice": TEXT, "yes_no": BOOL, "number": NUMBER, "percent": NUMBER, "date": DATE, "when": DATE,
    "money": MONEY,
}  # fmt: skip


def portfolio_shape() -> ObjectShape:
    """All projects on one day."""
    return ObjectShape("portfolio", lambda: {"projects": ListOf(shape_of(Plan)), "as_of": DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioView:
    """The portfolio as rules see it: plans, whose computed names lead to their facts."""

    projects: tuple[Plan, ...]
    as_of: Any

    @classmethod
    def of(cls, portfolio: Portfolio) -> PortfolioView:
        """The view of a computed portfolio."""
        return cls(projects=tuple(one.plan for one in portfolio.projects), as_of=portfolio.as_of)
