"""One declared field becomes one field of the form editor. Knows no entity by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from handrail.fields import Entity, Field, FieldType, fields_of, noun

Widget = dict[str, Any]
_LONG = 24
"""An example longer than this asks for a box of several lines."""
_DEEPEST = 5
_LEFT_OUT = frozenset({"any"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the model alone does not know.

    months: the names that a field by month offers. relations: for a kind of reference, the collection, file and value
    that a pick list reads.
    """

    months: tuple[str, ...]
    relations: Mapping[str, Widget]


def widgets(cls: type[Entity], around: Surroundings, *, only: Iterable[str] | None = None) -> list[Widget]:
    """The editor's fields for the fields of an entity, or for some of them."""
    wanted = None if only is None else set(only)
    found = [
        _widget(one, one.type, around, 0) for one in fields_of(cls) if wanted is None or one.key in wanted
    ]  # fmt: skip
    return [one for one in found if one is not None]


def _widget(field: Field, kind: FieldType, around: Surroundings, depth: int) -> Widget | None:
    body = _body(field, kind, around, depth)
    if body is None:
        return None
    # a list that must be given may still be empty: to the editor only what has to hold something is required
    needed = field.required and (kind.kind != "list" or kind.not_empty)
    hint = f"{field.description} Unit: {field.unit}." if field.unit else field.description
    if field.example is not None and kind.kind in {"text", "number", "percent", "when", "money"}:
        hint = f"{hint} Example: {field.example}"
    return {"name": field.key, "label": field.title, "hint": hint, "required": needed, **body}


def _body(  # noqa: PLR0911 - one line for each kind of field
    field: Field, kind: FieldType, around: Surroundings, depth: int
) -> Widget | None:  # fmt: skip
    """What is special about a kind of field; None for one that a form cannot hold safely, which then stays untouched."""
    if kind.kind in _LEFT_OUT or depth > _DEEPEST:
        return None
    match kind.kind:
        case "choice":
            return {"widget": "select", "options": list(kind.values)}
        case "yes_no":
            return {"widget": "select", "options": ["yes", "no"]}
        case "number" | "money":
            return _number(kind)
        case "date":
            return {
                "widget": "datetime",
                "type": "date",
                "format": "YYYY-MM-DD",
                "date_format": "YYYY-MM-DD",
                "time_format": False,
            }
        case "percent" | "when":
            return {"widget": "string", "pattern": [f"^{kind.pattern}$", f"Write {kind.words}."]}
        case "group":
            return _group(kind, around, depth)
        case "list":
            return _list(field, kind, around, depth)
        case "map":
            return _map(kind, around)
        case _:
            return _text(field, kind, around)


def _text(field: Field, kind: FieldType, around: Surroundings) -> Widget:
    relation = around.relations.get(kind.ref or "")
    if relation is not None:
        return {"widget": "relation", **relation}
    if kind.pattern:
        return {"widget": "string", "pattern": [f"^(?:{kind.pattern})$", f"Write {kind.words}."]}
    long = isinstance(field.example, str) and len(field.example) > _LONG and not kind.ref
    return {"widget": "text" if long else "string"}


def _number(kind: FieldType) -> Widget:
    found: Widget = {"widget": "number", "value_type": "int" if kind.integer else "float"}
    if kind.minimum is not None:
        found["min"] = int(kind.minimum)
    if kind.maximum is not None:
        found["max"] = int(kind.maximum)
    if not kind.integer:
        found["step"] = Decimal("0.01")
    return found


def _group(kind: FieldType, around: Surroundings, depth: int) -> Widget | None:
    fields = _inner(kind.cls, around, depth)
    return {"widget": "object", "collapsed": False, "fields": fields} if fields else None


def _list(field: Field, kind: FieldType, around: Surroundings, depth: int) -> Widget | None:
    item = kind.item
    if item is None:
        return None
    least = {"min": 1} if kind.not_empty else {}
    if item.kind == "group" and item.cls is not None:
        fields = _inner(item.cls, around, depth)
        if not fields:
            return None
        return {
            "widget": "list", "label_singular": noun(item.cls).capitalize(), "collapsed": True, "minimize_collapsed": False,
            "summary": _summary(fields), "fields": fields, **least,
        }  # fmt: skip
    inner = _body(field, item, around, depth + 1)
    if inner is None:
        return None
    one = {"name": "item", "label": field.title, "required": True, **inner}
    return {"widget": "list", "label_singular": field.title, "field": one, **least}


def _inner(cls: type[Entity] | None, around: Surroundings, depth: int) -> list[Widget]:
    if cls is None:
        return []
    found = [_widget(one, one.type, around, depth + 1) for one in fields_of(cls)]
    return [one for one in found if one is not None]


def _summary(fields: list[Widget]) -> str:
    """The first fields that tell one item from the next."""
    names = [one["name"] for one in fields]
    telling = [
        name for name in ("id", "title", "name", "what", "party", "item", "ask", "text", "month") if name in names
    ]
    chosen = telling[:2] if telling[:1] == ["id"] else telling[:1] or names[:1]
    return " · ".join(f"{{{{fields.{name}}}}}" for name in chosen)


def _map(kind: FieldType, around: Surroundings) -> Widget | None:
    """Names that are known beforehand become fields.

    The editor's own field for free names turns every value into text and cannot hold a name with a dot, such as a
    handle; such a group is left out of the form and stays as it is in the file.
    """
    by_month = (
        kind.key is not None and kind.key.pattern and all(re.fullmatch(kind.key.pattern, one) for one in around.months)
    )
    names = around.months if by_month else ()
    names = kind.key.values if kind.key and kind.key.values else names
    if not names or kind.item is None:
        return None
    one = Field(name="", key="", title="", description="", type=kind.item, required=False)
    body = _body(one, kind.item, around, _DEEPEST)
    if body is None:
        return None
    fields = [{"name": name, "label": name, "required": False, **body} for name in names]
    return {"widget": "object", "collapsed": False, "fields": fields}


def shape(cls: type[Entity]) -> dict[str, Any]:
    """What a form must know to show values that a person may write in a shorter form; read by editor-start.js.

    fields: of a group. short: the field for which a plain text stands. items: of a list; a single value is a list of one.
    yes: a value that may be written true or false.
    """
    return {"fields": {one.key: found for one in fields_of(cls) if (found := _shape(one.type))}}


def _shape(kind: FieldType) -> dict[str, Any]:
    if kind.kind == "yes_no":
        return {"yes": True}
    if kind.kind == "list" and kind.item is not None:
        return {"items": _shape(kind.item)}
    if kind.kind == "group" and kind.cls is not None:
        return {**shape(kind.cls), **({"short": kind.short} if kind.short else {})}
    return {}
