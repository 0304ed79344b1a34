"""An organisation's own fields: `extra`, held against the JSON Schema that the organisation wrote for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from handrail.fields import Entity
from handrail.load import remarks as say
from handrail.model.kinds import KINDS
from handrail.model.repository import Repository
from handrail.remark import Loc, Remark

PLACE = "standards/schemas/"


def check_extras(repository: Repository) -> Iterator[Remark]:
    """Judge the overlays themselves, then every `extra` that one of them describes."""
    files = [path for path in repository.tree.paths() if path.startswith(PLACE) and path.endswith(".json")]
    if not files:
        return
    kinds = {kind.name: kind for kind in KINDS}
    for path in files:
        name = path.removeprefix(PLACE).removesuffix(".schema.json").removesuffix(".json").replace("-", " ")
        schema, remark = _read(repository, path)
        if remark is not None:
            yield remark
            continue
        kind = kinds.get(name)
        if kind is None or (kind.within != "project" and name != "project"):
            yield say.unreadable(
                Loc(path), f"No kind of item is called `{name}`.",
                "Name the file after a kind: `project.schema.json`, `risk.schema.json`.", project=None,
            )  # fmt: skip
            continue
        yield from _check(repository, kind.key if name != "project" else None, schema)


def _read(repository: Repository, path: str) -> tuple[Any, Remark | None]:
    import jsonschema  # noqa: PLC0415 - slow to import, and most repositories have no overlay

    try:
        schema = json.loads(repository.tree.read(path))
        jsonschema.Draft202012Validator.check_schema(schema)
    except (ValueError, RecursionError) as error:
        return None, _bad(path, f"This is not JSON ({error}).")
    except jsonschema.SchemaError as error:
        return None, _bad(path, f"This is not a JSON Schema: {error.message} (at {error.json_path}).")
    return schema, None


def _bad(path: str, message: str) -> Remark:
    return say.unreadable(Loc(path), message, "Correct it; until then nothing under `extra` is checked.", project=None)


def _check(repository: Repository, key: str | None, schema: Any) -> Iterator[Remark]:
    import jsonschema_rs  # noqa: PLC0415

    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True)
    for plan in repository.plans:
        ones: tuple[Any, ...] = getattr(plan, key) if key else (plan,)
        for one in ones:
            extra = dict(one.extra)
            if validator.is_valid(extra):
                continue
            for error in validator.iter_errors(extra):
                loc = _place(one, [*error.instance_path])
                yield say.unreadable(
                    loc, f"Your organisation's own field does not fit: {error.message}.",
                    "Correct the value; `standards/schemas/` says what may stand here.", project=plan.id,
                )  # fmt: skip


def _place(one: Entity, path: list[str | int]) -> Loc:
    return one.loc.at("extra", *path)
