"""The parts of a page: a heading, a sentence, a chart, at most ten rows, and all of them folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from handrail.render.page import render
from handrail.render.table import Table

TOP = 10
MOST = 500
_NOTHING = Markup()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One filter with its values."""

    key: str
    name: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of a page: a heading, a sentence, a chart, the first rows, and all rows folded away where there are more."""

    anchor: str
    title: str = ""
    sentence: str = ""
    chart: Markup = _NOTHING
    top: Table | None = None
    whole: Table | None = None
    choices: tuple[Choice, ...] = ()
    count: int = 0
    cut: str = ""


def block(  # noqa: PLR0913 - a part of a page has these parts
    anchor: str, title: str = "", *, table: Table | None = None, sentence: str = "", chart: Markup | None = None,
    choices: tuple[Choice, ...] = (), top: int = TOP,
) -> Block:  # fmt: skip
    """A part whose table shows its first rows; the rest is one click away, and beyond five hundred in the files."""
    rows = table.rows if table else ()
    whole, more = None, len(rows) - MOST
    if table is not None and len(rows) > top:
        whole = replace(table, rows=rows[:MOST], sortable=True)
    return Block(
        anchor=anchor, title=title, sentence=sentence, chart=chart or _NOTHING,
        top=replace(table, rows=rows[:top], sortable=False) if table else None, whole=whole, choices=choices if whole else (),
        count=len(rows), cut=f"The first {MOST:,} of {len(rows):,}; all of them are in the files." if more > 0 else "",
    )  # fmt: skip


def choice(key: str, name: str, values: Sequence[str]) -> tuple[Choice, ...]:
    """A filter over values, if there is anything to choose."""
    found = sorted({one for one in values if one}, key=str.casefold)
    return (Choice(key=key, name=name, values=tuple((one, one) for one in found)),) if len(found) > 1 else ()


def files(ones: Sequence[tuple[str, str]]) -> Markup:
    """Files with their names, as they are written: what a part shows in place of a chart."""
    return render("files.html.jinja", files=ones)
