"""JSON Schema 2020-12 from declared fields, and its complaints turned into remarks. Knows no entity by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from handrail.fields import Entity, Field, FieldType, fields_of, noun
from handrail.remark import Path

DIALECT = "https://json-schema.org/draft/2020-12/schema"
YES_NO: tuple[Any, ...] = (True, False, "yes", "no")
MONEY_LIMIT = 10**15


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not fit: where, in plain words, and how to mend it. `on_key` points at a field's name."""

    path: Path
    message: str
    fix: str


@cache
def json_schema(cls: type[Entity], *, whole: bool = True) -> dict[str, Any]:
    """The schema of one entity. `whole=False` demands nothing at the root: a fragment of a project may hold any part."""
    defs: dict[str, Any] = {}
    root = _object(cls, defs)
    if not whole:
        root = {name: value for name, value in root.items() if name != "required"}
    return {"$schema": DIALECT, **root, "$defs": defs}


def check(cls: type[Entity], value: Any, *, whole: bool = True) -> tuple[Fault, ...]:
    """Everything in a parsed value that does not fit the entity, in the order of the file."""
    validator = _validator(cls, whole)
    if validator.is_valid(value):
        return ()
    faults: dict[tuple[Path, str], Fault] = {}
    for error in validator.iter_errors(value):
        for fault in _explain(cls, value, error):
            faults.setdefault((fault.path, fault.message), fault)
    return tuple(faults.values())


@cache
def _validator(cls: type[Entity], whole: bool) -> Any:  # noqa: FBT001 - a cache key
    import jsonschema_rs  # noqa: PLC0415 - only what judges a value needs it

    return jsonschema_rs.Draft202012Validator(
        json_schema(cls, whole=whole), validate_formats=True, formats={"day-or-instant": _is_instant}, offline=True
    )


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _object(cls: type[Entity], defs: dict[str, Any]) -> dict[str, Any]:
    properties = {}
    for field in fields_of(cls):
        about: dict[str, Any] = {"title": field.title, "description": _description(field)}
        if field.example is not None:
            about["examples"] = [field.example]
        properties[field.key] = {**about, **_type(field.type, defs, nullable=not field.required)}
    needed = [field.key for field in fields_of(cls) if field.required]
    return {
        "title": noun(cls).capitalize(),
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _description(field: Field) -> str:
    return f"{field.description} Unit: {field.unit}." if field.unit else field.description


def _type(kind: FieldType, defs: dict[str, Any], *, nullable: bool) -> dict[str, Any]:
    schema = _TYPES[kind.kind](kind, defs)
    if not nullable:
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    return schema


def _text(kind: FieldType, _: dict[str, Any]) -> dict[str, Any]:
    if kind.pattern:
        return {"type": "string", "pattern": f"^(?:{kind.pattern})$"}
    # a contract number typed without quotes is meant as text; the reader keeps its digits as they stand
    return {"type": "string"} if kind.ref else {"type": ["string", "number"]}


def _number(kind: FieldType, _: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer" if kind.integer else "number"}
    if kind.minimum is not None:
        schema["minimum"] = int(kind.minimum)
    if kind.maximum is not None:
        schema["maximum"] = int(kind.maximum)
    return schema


def _money(_: FieldType, defs: dict[str, Any]) -> dict[str, Any]:
    bounded = {"type": "number", "exclusiveMinimum": -MONEY_LIMIT, "exclusiveMaximum": MONEY_LIMIT}
    defs["money"] = {
        "type": "object",
        "properties": {"amount": bounded, "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}},
        "required": ["amount", "currency"],
        "additionalProperties": False,
    }
    limits = {name: value for name, value in bounded.items() if name != "type"}
    return {"type": ["number", "object"], **limits, "if": {"type": "object"}, "then": {"$ref": "#/$defs/money"}}


def _group(kind: FieldType, defs: dict[str, Any]) -> dict[str, Any]:
    assert kind.cls is not None
    name = kind.cls.__name__
    if name not in defs:
        defs[name] = {}
        defs[name] = _object(kind.cls, defs)
    reference = {"$ref": f"#/$defs/{name}"}
    types = ["object", "string", "number"] if kind.short else ["object"]
    return {"type": types, "if": {"type": "object"}, "then": reference}


def _list(kind: FieldType, defs: dict[str, Any]) -> dict[str, Any]:
    assert kind.item is not None
    item = _type(kind.item, defs, nullable=False)
    if kind.one_or_many:
        return {"if": {"type": ["array", "null"]}, "then": {"items": item}, "else": item}
    return {"type": "array", "items": item}


def _map(kind: FieldType, defs: dict[str, Any]) -> dict[str, Any]:
    assert kind.item is not None
    schema: dict[str, Any] = {"type": "object", "additionalProperties": _type(kind.item, defs, nullable=False)}
    if kind.key and kind.key.pattern:
        schema["propertyNames"] = {"pattern": f"^(?:{kind.key.pattern})$"}
    return schema


_TYPES: Mapping[str, Callable[[FieldType, dict[str, Any]], dict[str, Any]]] = {
    "text": _text,
    "choice": lambda kind, _: {"enum": list(kind.values)},
    "yes_no": lambda _, __: {"enum": list(YES_NO)},
    "number": _number,
    "percent": lambda kind, _: {"type": "string", "pattern": f"^{kind.pattern}$"},
    "date": lambda _, __: {"type": "string", "format": "date"},
    "when": lambda kind, _: {"type": "string", "pattern": f"^{kind.pattern}$", "format": "day-or-instant"},
    "money": _money,
    "list": _list,
    "map": _map,
    "group": _group,
    "any": lambda _, __: {},
}


def _explain(cls: type[Entity], root: Any, error: Any) -> Iterator[Fault]:
    spot = _Spot.find(cls, root, error.instance_path)
    what = error.kind.name
    if what == "required":
        key = error.kind.property
        field = next((one for one in (fields_of(spot.cls) if spot.cls else ()) if one.key == key), None)
        title = field.title if field else key
        example = _example(field) if field else ""
        yield Fault(path=spot.path, message=f"{title} is missing{spot.whose}.", fix=f"Add `{key}:`{example}.")
    elif what == "additionalProperties":
        known = [field.key for field in fields_of(spot.cls)] if spot.cls else []
        for key in error.kind.unexpected:
            near = get_close_matches(key, known, 1, 0.6)
            fix = f"Did you mean `{near[0]}`?" if near else "Delete it, or move it under `extra`."
            yield Fault(path=(*spot.path, key), message=f"`{key}` is not a field{spot.of}.", fix=fix)
    elif what == "propertyNames":
        bad = [key for key in spot.value if not _fits(spot.type.key if spot.type else None, key)]
        words = spot.type.key.words if spot.type and spot.type.key else "a name"
        for key in bad:
            yield Fault(path=(*spot.path, key), message=f"`{key}` must be {words}.", fix="Correct the name.")
    else:
        yield spot.wrong_value()


def _fits(kind: FieldType | None, key: str) -> bool:
    import re  # noqa: PLC0415 - only for a broken file

    return not (kind and kind.pattern) or re.fullmatch(kind.pattern, key) is not None


def _example(field: Field) -> str:
    return (
        ""
        if field.example is None or isinstance(field.example, (dict, list))
        else f" with a value such as `{field.example}`"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """The place of a complaint, with the words of the model for it."""

    path: Path
    value: Any
    cls: type[Entity] | None
    field: Field | None
    type: FieldType | None
    owner: str

    @classmethod
    def find(cls, root_cls: type[Entity], root: Any, steps: list[str | int]) -> _Spot:
        """Walk from the root along the validator's path (which turns names of digits into numbers)."""
        value, at, kind, field = root, root_cls, None, None
        path: list[str | int] = []
        owner = ""
        group: type[Entity] | None = at
        for step in steps:
            if isinstance(value, dict):
                key = str(step)
                path.append(key)
                value = value.get(key)
                if group is not None:
                    field = next((one for one in fields_of(group) if one.key == key), None)
                    kind = field.type if field else None
                else:
                    kind = kind.item if kind and kind.kind == "map" else None
            else:
                path.append(step)
                value = value[step] if isinstance(value, list) and isinstance(step, int) else None
                kind = kind.item if kind else None
            group = _group_of(kind, value)
            if group is not None and isinstance(value, dict):
                owner = _name(value) or owner
        return cls(path=tuple(path), value=value, cls=group, field=field, type=kind, owner=owner)

    @property
    def whose(self) -> str:
        """Which thing lacks a field: ` in the risk "Joiner fails"`."""
        if self.cls is None or not self.path:
            return ""
        name = f' "{self.owner}"' if self.owner else ""
        return f" in the {noun(self.cls)}{name}"

    @property
    def of(self) -> str:
        """Of what it is no field: ` of a risk`."""
        return f" of a {noun(self.cls)}" if self.cls else ""

    def wrong_value(self) -> Fault:
        """The value does not fit its field."""
        title = self.field.title if self.field else "This value"
        name = f' of "{self.owner}"' if self.owner else ""
        kind = self.type
        if kind is not None and kind.kind == "list" and kind.one_or_many and not isinstance(self.value, list):
            kind = kind.item
        words = kind.words if kind else "another value"
        if self.value is None:
            return Fault(path=self.path, message=f"{title}{name} is empty.", fix=f"Write {words}, or delete the line.")
        shown = _shown(self.value)
        fix = _advice(kind, self.value) or (f"Write it like this: `{self.field.example}`." if self.field and self.field.example is not None
               and not isinstance(self.field.example, (dict, list)) else f"Write {words}.")  # fmt: skip
        return Fault(path=self.path, message=f"{title}{name} must be {words}, but it is {shown}.", fix=fix)


def _group_of(kind: FieldType | None, value: Any) -> type[Entity] | None:
    while kind is not None and kind.kind == "list" and kind.one_or_many and not isinstance(value, list):
        kind = kind.item
    return kind.cls if kind is not None and kind.kind == "group" else None


def _name(value: dict[str, Any]) -> str:
    for key in ("title", "name", "what", "statement", "id"):
        if isinstance(value.get(key), str):
            return str(value[key])
    return ""


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    text = str(value)
    return f"`{text[:60]}{'...' if len(text) > 60 else ''}`"


def _advice(kind: FieldType | None, value: Any) -> str | None:
    """The likely slip behind a wrong value, with the line as it should read."""
    if kind is None:
        return None
    text = str(value).strip()
    if kind.kind == "choice" and isinstance(value, str):
        near = get_close_matches(text.lower(), kind.values, 1, 0.5)
        return f"Did you mean `{near[0]}`?" if near else None
    if kind.kind in {"number", "money"} and isinstance(value, str):
        plain = text.replace("_", "").replace(" ", "").replace("'", "").lstrip("0") or "0"
        plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain.replace(",", "")
        try:
            number = float(plain)
        except ValueError:
            return None
        return (
            f"Write the plain number: `{number:.10g}`."
            if "e" in plain.lower()
            else f"Write the plain number: `{plain}`."
        )
    if kind.kind == "percent" and not isinstance(value, str):
        return f"Add the percent sign: `{text}%`."
    if kind.kind in {"date", "when"}:
        return _date_advice(text)
    return None


def _date_advice(text: str) -> str | None:
    for form in ("%d.%m.%Y", "%d/%m/%Y", "%Y/%m/%d", "%Y.%m.%d", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d"):
        try:
            return f"Write it as year-month-day: `{datetime.strptime(text, form).date().isoformat()}`."  # noqa: DTZ007
        except ValueError:
            continue
    return None
