"""Two states of one thing, field by field. How it was written, and in which order, is no difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from handrail.change.match import name_of, pairs
from handrail.fields import Entity, Field, fields_of

PROSE = ("body", "narrative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One value before and after.

    path: as the file has it, members of lists by their names. trail: the fields that lead there, each with the name of
    the member where it is a list or a group of free names. how: whether the value, the group or the member came or went.
    """

    path: tuple[str, ...]
    trail: tuple[tuple[Field, str], ...]
    old: Any
    new: Any
    how: Literal["added", "removed", "changed", "text"]

    @property
    def field(self) -> Field | None:
        """The field itself; None for prose."""
        return self.trail[-1][0] if self.trail else None

    @property
    def approved(self) -> bool:
        """Whether it belongs to what was approved."""
        return any(field.baselined or field.approved for field, _ in self.trail)


def differences(old: Entity, new: Entity, without: frozenset[str] = frozenset()) -> Iterator[Step]:
    """Every field in which two states of one thing differ; `without` names fields that are looked at elsewhere."""
    for field in fields_of(type(new)):
        if field.name in without:
            continue
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield from _of(field, before, after, (), ())
    for name in PROSE:
        if (name not in without and hasattr(new, name)
                and _plain(getattr(old, name) or "") != _plain(getattr(new, name) or "")):  # fmt: skip
            yield Step(path=(name,), trail=(), old=getattr(old, name), new=getattr(new, name), how="text")


def _of(  # noqa: PLR0913, PLR0917 - two values, and the way there
    field: Field, old: Any, new: Any, path: tuple[str, ...], trail: tuple[tuple[Field, str], ...], name: str = ""
) -> Iterator[Step]:  # fmt: skip
    here, way = (*path, field.key, name) if name else (*path, field.key), (*trail, (field, name))
    filled = old if isinstance(old, Entity) else new
    if isinstance(filled, Entity):
        yield from _group(old, new, here, way)
    elif _both(old, new, Mapping):
        yield from _map(field, old or {}, new or {}, path, trail)
    elif _both(old, new, tuple):
        yield from _list(field, tuple(old or ()), tuple(new or ()), path, trail)
    elif _plain(old) != _plain(new):
        how: Literal["added", "removed", "changed"] = (
            "added" if _empty(old) else "removed" if _empty(new) else "changed"
        )
        yield Step(path=here, trail=way, old=old, new=new, how=how)


def _both(old: Any, new: Any, kind: type) -> bool:
    """Whether both are of a kind, or one of them and the other is not there; a request may turn a list into a figure."""
    return old != new and all(one is None or isinstance(one, kind) for one in (old, new))


def _group(
    old: Entity | None, new: Entity | None, path: tuple[str, ...], trail: tuple[tuple[Field, str], ...]
) -> Iterator[Step]:
    """A group that came or went is told by what is in it."""
    filled: Any = new if new is not None else old
    for field in fields_of(type(filled)):
        before = getattr(old, field.name) if old is not None else None
        after = getattr(new, field.name) if new is not None else None
        if before != after and not (_empty(before) and _empty(after)) and (after is not False or before is not None):
            yield from _of(field, before, after, path, trail)


def _list(
    field: Field, old: tuple[Any, ...], new: tuple[Any, ...], path: tuple[str, ...], trail: tuple[tuple[Field, str], ...]
) -> Iterator[Step]:  # fmt: skip
    if not any(isinstance(one, Entity) for one in (*old, *new)):
        before, after = _bag(old), _bag(new)
        if before != after:
            yield Step(path=(*path, field.key), trail=(*trail, (field, "")), old=old, new=new, how="changed")
        return
    for one, other in pairs(old, new):
        name = name_of(other if one is None else one)
        here, way = (*path, field.key, name), (*trail, (field, name))
        if one is None:
            yield Step(path=here, trail=way, old=None, new=other, how="added")
        elif other is None:
            yield Step(path=here, trail=way, old=one, new=None, how="removed")
        elif one != other:
            yield from _group(one, other, here, way)


def _map(
    field: Field, old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...], trail: tuple[tuple[Field, str], ...]
) -> Iterator[Step]:  # fmt: skip
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before != after:
            yield from _of(field, before, after, path, trail, str(key))


def _bag(values: tuple[Any, ...]) -> Counter[str]:
    return Counter(str(_plain(one)) for one in values)


def _plain(value: Any) -> Any:
    """A text without the accidents of its lines."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _empty(value: Any) -> bool:
    return value is None or value in ((), {}, "")
