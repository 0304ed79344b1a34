"""JSON with exact decimal numbers, in the order of the model, one record per line so that differences read well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring

from handrail.export.dataset import Dataset, Plain


def write(data: Dataset) -> str:
    """A table as `{..., "rows": [...]}`."""
    return dump({**data.about, "rows": list(data.rows)})


def dump(document: Mapping[str, Plain]) -> str:
    """A document: one line per field, and one per record of a list."""
    parts = [f"{_text(name)}: {_lines(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: Plain) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "[\n  " + ",\n  ".join(map(_record, value)) + "\n]"
    return _one(value)


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def _record(value: Plain) -> str:
    """One record. Most hold nothing but what the standard library writes as we do, and many times faster."""
    if type(value) is dict:
        try:
            return _encode(value).replace("<", "\\u003c")
        except TypeError:  # an exact number
            pass
    return _one(value)


def _one(value: Plain) -> str:
    if type(value) is str or value is None:
        return _text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(name))}: {_one(one)}" for name, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_one(one) for one in value) + "]"
    if isinstance(value, Decimal):  # digits as they are: a ledger's figure is never turned into a binary fraction
        return f"{value:f}" if value.is_finite() else "null"
    return _text(value)


def _text(value: str | bool | int | None) -> str:  # noqa: FBT001 - a JSON value
    if isinstance(value, str):
        # `<` is written as an escape, so that a file that is shown as a page holds no tag
        return encode_basestring(value).replace("<", "\\u003c")
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
