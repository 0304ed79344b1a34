"""What a person types becomes the value of a field, as the file will hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handrail.fields import Field, FieldType
from handrail.source import read_yaml

_READ = frozenset({"number", "yes_no", "money", "map", "group", "any"})
_OPENS = ("{", "[")


class NotUnderstood(ValueError):  # noqa: N818 - it says what is the matter
    """The text cannot be a value of the field; the text says what can."""


def value_of(field: Field, texts: Sequence[str]) -> Any:
    """The value that was typed, one text for each time it was given. Raises NotUnderstood."""
    kind = field.type
    if kind.kind == "list" and kind.item is not None:
        if len(texts) == 1 and texts[0].startswith("["):
            return _parsed(texts[0], field)
        plain = kind.item.kind in {"text", "choice"}
        parts = [part.strip() for text in texts for part in (text.split(";") if plain else [text])]
        return [_one(kind.item, part, field) for part in parts if part]
    return _one(kind, texts[-1].strip(), field)


def _one(kind: FieldType, text: str, field: Field) -> Any:
    grouped = kind.kind in {"map", "group", "any"} and text.startswith(_OPENS)
    if grouped or (kind.kind in _READ and kind.kind not in {"map", "group"}):
        return _parsed(text, field)
    if kind.kind in {"map", "group"} and not kind.short:
        raise NotUnderstood(f"{field.title} has several parts. Write them in braces, such as `{_example(kind)}`.")
    return text


def _parsed(text: str, field: Field) -> Any:
    document = read_yaml("typed.yaml", f"v: {text}\n".encode("utf-8", "replace"))
    if document.broken or document.remarks or not isinstance(document.value, dict):
        raise NotUnderstood(f"{field.title} cannot be read: `{text}`.")
    return document.value.get("v")


def _example(kind: FieldType) -> str:
    from handrail.fields import fields_of  # noqa: PLC0415 - only for a word of help
    from handrail.yaml_text import NotWritable, inline  # noqa: PLC0415 - as above

    known = fields_of(kind.cls) if kind.cls else ()
    ones = [one for one in known if one.required or one.key == "by"] or [
        one for one in known if one.example is not None
    ][:2]
    try:
        return inline({one.key: one.example for one in ones}) if ones else "{name: value}"
    except NotWritable:
        return "{name: value}"
