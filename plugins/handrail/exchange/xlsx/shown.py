"""A value of a plan as a cell shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.exchange.xlsx.figures import Read, figure
from handrail.exchange.xlsx.text import LONGEST, into_cell
from handrail.fields import FieldType
from handrail.yaml_text import NotWritable, inline

CellValue = str | int | float | date | None
SCALARS = frozenset({"text", "choice", "yes_no", "number", "percent", "date", "when", "money", "any"})
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count a day that never was."""
_EARLY, _LATE = 1950, 2199
_HUNDRED = 100
_SAFE_DIGITS = 15
DAY, TEXT, GENERAL = "yyyy-mm-dd", "@", "General"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a cell holds and how it is formatted; `fixed` says why nobody can change it there."""

    value: CellValue = None
    format: str = GENERAL
    fixed: str = ""


def editable(kind: FieldType) -> bool:
    """Whether a field fits into one cell."""
    inner = kind.item.kind if kind.kind == "list" and kind.item else kind.kind
    return inner in SCALARS and (kind.kind != "list" or inner != "any")


def shown(kind: FieldType, raw: Any) -> Shown:
    """The cell of a value as it is written in a file."""
    if raw is None or raw in ([], {}):
        return Shown(format=_FORMATS.get(kind.kind, GENERAL))
    if isinstance(raw, (list, dict)) and not _fits(kind, raw):
        return Shown(
            value=_whole(raw), format=TEXT, fixed="it has several parts; change it with the form, or in the file"
        )
    found = _SHOWN.get(kind.kind, _as_text)(raw, kind)
    if isinstance(found.value, str) and len(found.value) > LONGEST:
        why = f"a cell holds {LONGEST:,} characters, and this text is longer"
        return Shown(value=found.value[:LONGEST], format=TEXT, fixed=why)
    return found


def _fits(kind: FieldType, raw: Any) -> bool:
    if isinstance(raw, dict):
        return kind.kind == "money" and {"amount", "currency"} == set(raw)
    texts = [str(one) for one in raw]
    return kind.kind == "list" and editable(kind) and all(
        not isinstance(one, (list, dict)) and text and text == text.strip() and "\n" not in text
        for one, text in zip(raw, texts, strict=True)
    )  # fmt: skip


def _whole(raw: Any) -> str:
    try:
        return into_cell(inline(raw))[:LONGEST]
    except NotWritable:
        return "?"


def _as_text(raw: Any, _: FieldType) -> Shown:
    return Shown(value=into_cell(raw if isinstance(raw, str) else inline(raw)), format=TEXT)


def _yes_no(raw: Any, _: FieldType) -> Shown:
    return Shown(value={True: "yes", False: "no"}.get(raw, into_cell(str(raw))), format=TEXT)


def _number(raw: Any, kind: FieldType) -> Shown:
    if isinstance(raw, bool) or not isinstance(raw, (int, Decimal)):
        return _as_text(raw, kind)
    digits = len(Decimal(raw).normalize().as_tuple().digits)
    if digits > _SAFE_DIGITS:  # a spreadsheet would round it
        return Shown(value=f"{raw:f}" if isinstance(raw, Decimal) else str(raw), format=TEXT)
    whole = raw == int(raw)
    money = "#,##0" if whole else "#,##0.00##"
    return Shown(value=int(raw) if whole else float(raw), format=money if kind.kind == "money" else GENERAL)


def _percent(raw: Any, kind: FieldType) -> Shown:
    read = figure(str(raw).removesuffix("%")) if str(raw).endswith("%") else Read(problem="")
    if read.problem is not None:
        return _as_text(raw, kind)
    share = Decimal(read.value) / _HUNDRED
    return Shown(value=float(share), format="0%" if share * _HUNDRED == int(share * _HUNDRED) else "0.0###%")


def _date(raw: Any, kind: FieldType) -> Shown:
    try:
        found = date.fromisoformat(raw) if isinstance(raw, str) and len(raw) == len(DAY) else None
    except ValueError:
        found = None
    return Shown(value=found, format=DAY) if found and found >= _FIRST_DAY else _as_text(raw, kind)


def _money(raw: Any, kind: FieldType) -> Shown:
    if isinstance(raw, dict):
        amount = raw["amount"]
        return Shown(
            value=f"{amount:f} {raw['currency']}" if isinstance(amount, Decimal) else f"{amount} {raw['currency']}",
            format=TEXT,
        )
    return _number(raw, kind)


def _list(raw: Any, _: FieldType) -> Shown:
    ones = raw if isinstance(raw, list) else [raw]
    return Shown(
        value=into_cell("\n".join(one if isinstance(one, str) else inline(one) for one in ones)),
        format=TEXT,
    )


def _any(raw: Any, kind: FieldType) -> Shown:
    return _number(raw, kind) if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool) else _as_text(raw, kind)


_FORMATS: Mapping[str, str] = {
    "text": TEXT,
    "choice": TEXT,
    "yes_no": TEXT,
    "list": TEXT,
    "date": DAY,
    "money": "#,##0",
    "percent": "0%",
}
_SHOWN: Mapping[str, Callable[[Any, FieldType], Shown]] = {
    "yes_no": _yes_no, "number": _number, "percent": _percent, "date": _date, "when": _date, "money": _money, "list": _list,
    "any": _any,
}  # fmt: skip
