"""Values to YAML in the house style: block style, two spaces, list dashes at their parent's column, quotes only where needed.

Whatever is written here, the strict reader reads back as exactly the same value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail.source.text import HIDDEN

# What must be quoted is what the form editor's YAML library quotes with its plain style, so that a file that a form has
# saved differs only in the edited lines. Inside braces and brackets a quote too many hurts nobody.
_NOT_PLAIN = re.compile(r"""\A[\s,\[\]{}#&*!|>'"%@`]|\A[?-](?:\Z|[ \t])|:[ \t]|[ \t]#|[\s:-]\Z""")
_PLAIN_IN_FLOW = re.compile(r"[^\W_](?:[^\n\r\t]*\S)?\Z")
_FLOW_MEANING = re.compile(r"[,?:\[\]{}]")
_PLAIN_KEY_START = re.compile(r"\w")
# what YAML 1.2 takes for a word or a number, also where the strict reader sees text
_OTHER = re.compile(
    r"(?:~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)?\Z"
)
# libyaml refuses these unless they are written as escapes
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NUMBER = 40
# other readers of YAML take it for an instruction, also in quotes; the strict reader refuses it
_MERGE_KEY = "<<"
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# a name longer than this is not read as a name by libyaml
_LONGEST_KEY = 1000


class NotWritable(ValueError):  # noqa: N818 - it says what is the matter
    """A value that no file of ours can hold, such as a text with invisible characters."""


def dump(value: Any) -> str:
    """Write a value as the text of a YAML file. Raises NotWritable for what the strict reader would refuse."""
    lines = block(value, 0)
    if lines is None:
        head, body = scalar_lines(value, 2)
        return "\n".join([head, *body]) + "\n"
    return "\n".join(lines) + "\n"


def block(value: Any, indent: int) -> list[str] | None:
    """The lines of a filled mapping or list, None for everything that stands behind its name on one line."""
    if isinstance(value, Mapping) and value:
        return [line for key, one in value.items() for line in entry(key, one, indent)]
    if isinstance(value, (list, tuple)) and value:
        return [line for one in value for line in item(one, indent)]
    return None


def entry(key: str, value: Any, indent: int) -> list[str]:
    """The lines of one field."""
    pad, name = " " * indent, key_text(key)
    # the house style: the dashes of a list stand under the first letter of its name
    lines = block(value, indent if isinstance(value, (list, tuple)) else indent + 2)
    if lines is not None:
        return [f"{pad}{name}:", *lines]
    head, body = scalar_lines(value, indent + 2)
    return [f"{pad}{name}:{' ' if head else ''}{head}", *body]


def item(value: Any, indent: int) -> list[str]:
    """The lines of one list item."""
    pad = " " * indent
    lines = block(value, indent + 2)
    if lines is not None:
        return [f"{pad}- {lines[0][indent + 2 :]}", *lines[1:]]
    head, body = scalar_lines(value, indent + 2)
    return [f"{pad}-{' ' if head else ''}{head}", *body]


def scalar_lines(value: Any, indent: int) -> tuple[str, list[str]]:
    """A value that is no filled mapping or list: what stands behind its name, and lines below for a text of several."""
    if isinstance(value, str) and _fits_literal(value):
        text = value.removesuffix("\n")
        head = "|" if value.endswith("\n") else "|-"
        return head, [" " * indent + line if line else "" for line in text.split("\n")]
    return inline(value), []


def inline(value: Any, *, flow: bool = False) -> str:
    """A value on one line. `flow`: it stands inside braces or brackets."""
    if isinstance(value, str):
        return _text(value, flow=flow)
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{key_text(key, flow=True)}: {inline(one, flow=True)}" for key, one in value.items()) + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(inline(one, flow=True) for one in value) + "]"
    return _word(value)


def _word(value: Any) -> str:
    """A value that is neither text nor made of others."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, (int, Decimal)):
        return _number_text(value)
    if isinstance(value, date):
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    raise NotWritable(f"{type(value).__name__} is no value of a plan")


def key_text(key: str, *, flow: bool = False) -> str:
    """The name of a field."""
    if not key.strip() or key == _MERGE_KEY or len(key) > _LONGEST_KEY:
        raise NotWritable("a field needs a name of its own, and a short one")
    plain = _is_plain(key) and _PLAIN_KEY_START.match(key) and not (flow and _FLOW_MEANING.search(key))
    return key if plain else _quoted(key)


def _number_text(value: int | Decimal) -> str:
    if isinstance(value, Decimal) and not value.is_finite():
        raise NotWritable("a number that is not finite")
    # str() of a very long integer raises in Python, and the reader takes such a row of digits for text
    if isinstance(value, int) and abs(value) >= 10**_LONGEST_NUMBER:
        raise NotWritable("a number of too many digits")
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    whole, _, rest = text.lstrip("-").partition(".")
    if len(whole) > _LONGEST_NUMBER or len(rest) > _LONGEST_NUMBER:
        raise NotWritable("a number of too many digits")
    return text


def _text(value: str, *, flow: bool) -> str:
    plain = _is_plain(value) and (not flow or (_PLAIN_IN_FLOW.match(value) and not _FLOW_MEANING.search(value)))
    return value if plain else _quoted(value)


def _is_plain(value: str) -> bool:
    """Whether a text on one line is read as that text without quotes."""
    refused = "\n" in value or HIDDEN.search(value) or _UNPRINTABLE.search(value)
    return not (refused or _NOT_PLAIN.search(value) or _OTHER.match(value))


def _quoted(value: str) -> str:
    if HIDDEN.search(value) or _SURROGATE.search(value):
        raise NotWritable("a text with an invisible character")
    # a text with an apostrophe reads better in double quotes, where nothing needs to be doubled or escaped
    if "\n" in value or _UNPRINTABLE.search(value) or ("'" in value and '"' not in value):
        return '"' + "".join(_escape(char) for char in value) + '"'
    return "'" + value.replace("'", "''") + "'"


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if not _UNPRINTABLE.match(char):
        return char
    return f"\\u{ord(char):04X}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08X}"  # noqa: PLR2004 - the escape's width


def _fits_literal(text: str) -> bool:
    """Whether a text of several lines can stand as it is below `|` without any rule of YAML touching it."""
    if "\n" not in text or HIDDEN.search(text) or _UNPRINTABLE.search(text):
        return False
    lines = text.removesuffix("\n").split("\n")
    return lines[0][:1].strip() != "" and lines[-1][-1:].strip() != ""
