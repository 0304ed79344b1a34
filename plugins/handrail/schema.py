"""JSON Schema 2020-12 from declared fields, and its complaints as faults. Knows no entity by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from handrail.fault import Fault
from handrail.fields import Entity, Field, FieldType, fields_of, memo, noun
from handrail.remark import Path

__all__ = ["DIALECT", "MAX_FAULTS", "MONEY_LIMIT", "YES_NO", "Fault", "check", "json_schema", "misfits"]

_TOLD = frozenset({"title", "description", "examples"})
DIALECT = "https://json-schema.org/draft/2020-12/schema"
YES_NO: tuple[Any, ...] = (True, False, "yes", "no")
MONEY_LIMIT = 10**15
MAX_FAULTS = 200


@memo
def json_schema(cls: type[Entity], *, whole: bool = True, told: bool = True) -> dict[str, Any]:
    """The schema of one entity. `whole=False` demands nothing at the root: a fragment of a project may hold any part.

    `told=False` leaves out titles, descriptions and examples, which no validator reads and every start would pay for.
    """
    defs: dict[str, Any] = {}
    root = _object(cls, defs)
    if not told:
        root, defs = _bare(root), _bare(defs)
    if not whole:
        root = {name: value for name, value in root.items() if name != "required"}
    return {"$schema": DIALECT, **root, "$defs": defs}


def check(cls: type[Entity], value: Any, *, whole: bool = True) -> tuple[Fault, ...]:
    """Everything in a parsed value that does not fit the entity; a last fault says so where there is too much."""
    validator = _validator(cls, whole=whole)
    if validator.is_valid(value):
        return ()
    from handrail.schema_words import explain  # noqa: PLC0415 - only what is wrong needs words

    faults: dict[tuple[Path, str], Fault] = {}
    for error in validator.iter_errors(value):
        for fault in explain(cls, value, error):
            faults.setdefault((fault.path, fault.message), fault)
            if len(faults) >= MAX_FAULTS:
                message = f"More than {MAX_FAULTS} things are wrong in these fields; only the first are listed."
                last = Fault(path=(), message=message, fix="Mend what is listed, then look again.", fatal=True)
                return (*faults.values(), last)
    return tuple(faults.values())


def misfits(cls: type[Entity], value: Any) -> set[Path]:
    """Where values stand that cannot be built; what is only missing is left to `build`."""
    validator = _validator(cls, whole=True)
    if validator.is_valid(value):
        return set()
    from handrail.schema_words import instance_path  # noqa: PLC0415 - as above

    return {
        instance_path(value, error) for error in validator.iter_errors(value) if error.kind.name != "required"
    }  # fmt: skip


@memo
def _validator(cls: type[Entity], *, whole: bool) -> Any:
    import jsonschema_rs  # noqa: PLC0415 - only what judges a value needs it

    return jsonschema_rs.Draft202012Validator(
        json_schema(cls, whole=whole, told=False),
        validate_formats=True,
        formats={"day-or-instant": _is_instant},
        offline=True,
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
        properties[field.key] = {**about, **_type(field.type, defs, required=field.required)}
    needed = [field.key for field in fields_of(cls) if field.required]
    return {
        "title": noun(cls).capitalize(),
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _bare(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {name: _bare(one) for name, one in schema.items() if name not in _TOLD or isinstance(one, dict)}
    return schema


def _description(field: Field) -> str:
    return f"{field.description} Unit: {field.unit}." if field.unit else field.description


def _type(kind: FieldType, defs: dict[str, Any], *, required: bool) -> dict[str, Any]:
    schema = _TYPES[kind.kind](kind, defs)
    if kind.kind == "text" and (required or kind.not_empty) and "pattern" not in schema:
        return {**schema, "pattern": r"\S"}
    if required:
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
    cls = kind.cls or Entity
    name = cls.__name__
    if name not in defs:
        defs[name] = {}
        defs[name] = _object(cls, defs)
    reference = {"$ref": f"#/$defs/{name}"}
    types = ["object", "string", "number"] if kind.short else ["object"]
    return {"type": types, "if": {"type": "object"}, "then": reference}


def _list(kind: FieldType, defs: dict[str, Any]) -> dict[str, Any]:
    item = _type(kind.item or _ANY, defs, required=True)
    least = {"minItems": 1} if kind.not_empty else {}
    if kind.one_or_many:
        return {"if": {"type": ["array", "null"]}, "then": {"items": item, **least}, "else": item}
    return {"type": "array", "items": item, **least}


def _map(kind: FieldType, defs: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object", "additionalProperties": _type(kind.item or _ANY, defs, required=True)}
    if kind.key and kind.key.pattern:
        schema["propertyNames"] = {"pattern": f"^(?:{kind.key.pattern})$"}
    elif kind.key and kind.key.values:
        schema["propertyNames"] = {"enum": list(kind.key.values)}
    return schema


_ANY = FieldType(kind="any", words="anything")
_TYPES: Mapping[str, Callable[[FieldType, dict[str, Any]], dict[str, Any]]] = {
    "text": _text,
    "choice": lambda kind, _: {"enum": list(kind.values)},
    "yes_no": lambda _, __: {"enum": list(YES_NO)},
    "number": _number,
    "percent": lambda kind, _: {"type": "string", "pattern": f"^{kind.pattern}$"},
    # the year is bounded because "date" allows a year 0, which no calendar knows
    "date": lambda _, __: {"type": "string", "format": "date", "pattern": "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"},
    "when": lambda kind, _: {"type": "string", "pattern": f"^{kind.pattern}$", "format": "day-or-instant"},
    "money": _money,
    "list": _list,
    "map": _map,
    "group": _group,
    "any": lambda _, __: {},
}
