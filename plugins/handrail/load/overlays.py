"""An organisation's own fields: `extra`, held against the JSON Schema that the organisation wrote for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from handrail.fields import fields_of
from handrail.load import remarks as say
from handrail.model.kinds import KINDS, Kind
from handrail.model.repository import Repository
from handrail.remark import Loc, Remark, Span
from handrail.slips import near
from handrail.source.text import MAX_BYTES
from handrail.source.words import shown

PLACE = "standards/schemas/"
_TYPES = {
    "string": "text", "number": "a number", "integer": "a whole number", "boolean": "true or false", "array": "a list",
    "object": "a group of fields", "null": "empty",
}  # fmt: skip


def check_extras(repository: Repository) -> Iterator[Remark]:
    """Judge the overlays themselves, then every `extra` that one of them describes."""
    for path in repository.tree.paths():
        if not (path.startswith(PLACE) and path.endswith(".json")):
            continue
        validator, remark = _read(repository, path)
        if remark is not None:
            yield remark
            continue
        name = path.removeprefix(PLACE).removesuffix(".json").removesuffix(".schema").replace("-", " ")
        kind = _kinds().get(name)
        if kind is None:
            guess = near(name, _kinds())
            hint = f"Did you mean `{guess.replace(' ', '-')}.schema.json`?" if guess else (
                "Name the file after a kind that has own fields: `project.schema.json`, `risk.schema.json`."
            )  # fmt: skip
            yield say.unreadable(
                Loc(path), f"No kind of item with fields of your own is called `{shown(name)}`.", hint, project=None
            )
            continue
        yield from _check(repository, kind, validator)


@cache
def _kinds() -> Mapping[str, Kind]:
    """The kinds whose things have fields of the organisation's own."""
    return {
        kind.name: kind
        for kind in KINDS
        if (kind.name == "project" or (kind.within == "project" and kind.key))
        and any(one.key == "extra" for one in fields_of(kind.cls))
    }


def _read(repository: Repository, path: str) -> tuple[Any, Remark | None]:
    # slow to import, and most repositories have no overlay
    import json  # noqa: PLC0415

    import jsonschema  # noqa: PLC0415
    import jsonschema_rs  # noqa: PLC0415

    try:
        data = repository.tree.read(path)
        schema = json.loads(data if len(data) <= MAX_BYTES else b"")
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True), None
    except jsonschema.SchemaError as error:
        # JSON is YAML too, so the path leads to the very key
        return None, _bad(Loc(path, tuple(error.path)), f"This is not a JSON Schema: {shown(error.message)}.")
    except jsonschema_rs.ValidationError as error:
        return None, _bad(Loc(path), f"This JSON Schema cannot be used: {shown(error.message)}.")
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        place = Loc(path, (), Span(file=path, line=line, column=column, end_line=line, end_column=column + 1))
        return None, _bad(place, f"This cannot be read as JSON from here on ({shown(error.msg)}).")
    except (OSError, ValueError, RecursionError):
        message = "This cannot be read as JSON: it cannot be opened, is nested too deeply or is not saved as UTF-8."
        return None, _bad(Loc(path), message)


def _bad(loc: Loc, message: str) -> Remark:
    fix = "Correct it; until then nothing under `extra` is checked by it."
    return say.unreadable(loc, message, fix, project=None)


def _check(repository: Repository, kind: Kind, validator: Any) -> Iterator[Remark]:
    for plan in repository.plans:
        ones: tuple[Any, ...] = getattr(plan, kind.key) if kind.key else (plan,)
        for one in ones:
            extra = dict(one.extra)
            if validator.is_valid(extra):
                continue
            base = one.loc.at("extra")
            if not one.loc.path:  # the plan itself may be written in several files
                base = Loc(plan.home.get("extra", plan.loc.file), ("extra",))
            for error in validator.iter_errors(extra):
                yield from _remarks(base, extra, error, plan.id)


def _remarks(base: Loc, extra: Any, error: Any, project: str) -> Iterator[Remark]:
    from handrail.schema_advice import shown_value  # noqa: PLC0415 - only what is wrong needs words
    from handrail.schema_words import instance_path  # noqa: PLC0415

    path = instance_path(extra, error)
    title = f"`{path[-1]}`" if path else "The group `extra`"
    names: tuple[str, ...] = ()
    fix = "Correct the value; the PMO's schema of own fields says what may stand here."
    match error.kind.name:
        case "required":
            message = f"Your organisation's own field `{shown(error.kind.property)}` is missing."
            fix = f"Add a line `{shown(error.kind.property)}: ...` under `extra`."
        case "additionalProperties":
            names = tuple(error.kind.unexpected)
            message = ""
        case "type":
            words = " or ".join(_TYPES.get(one, one) for one in error.kind.types)
            message = f"{title} must be {words}, but it is {shown_value(error.instance)}."
        case "enum":
            words = ", ".join(str(one) for one in error.kind.options)
            message = f"{title} must be one of {words}, but it is {shown_value(error.instance)}."
        case _:
            message = f"{title} does not fit your organisation's own schema: {shown(error.message)}."
    for name in names:
        text = f"`{shown(name)}` is not one of your organisation's own fields."
        yield say.unreadable(base.at(*path, name), text, "Delete it, or ask the PMO to add it.", project=project)
    if message:
        yield say.unreadable(base.at(*path), message, fix, project=project)
