"""Tables as values: what a template needs to write one, with everything already in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from handrail.render.words import Light

Kind = Literal["text", "num", "date", "id"]


class Cell(NamedTuple):
    """One cell. `href` is a path of this site without a leading slash; `sort` orders where the text does not.

    sub: a second, quiet line. said: the same, in parts of which some are code. url: an address elsewhere, made here.
    links: several things in the place of `text`, each with its own path or none.
    """

    text: str = ""
    href: str | None = None
    light: Light | None = None
    sub: str = ""
    said: tuple[tuple[str, bool], ...] = ()
    sort: str | None = None
    tone: str = ""
    anchor: str | None = None
    code: bool = False
    url: str | None = None
    links: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and how its cells are set. `wide` columns take the room that is left."""

    title: str
    kind: Kind = "text"
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; `facets` are what it can be filtered by."""

    cells: tuple[Cell, ...]
    facets: tuple[tuple[str, str], ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A link to the same table as data."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its name, for readers who hear it, and the files with the same data. No rows: `empty` is said."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = "Nothing is written down yet."
    downloads: tuple[Download, ...] = ()
    sortable: bool = False

    @property
    def long(self) -> bool:
        """Whether it gets a scroll box of its own."""
        return len(self.rows) > LONG

    @property
    def slim(self) -> bool:
        """Whether it is a name and a few figures, and needs no more room than these."""
        return len(self.columns) <= SLIM and all(
            (one.kind == "num") == (number > 0) and (not one.wide or not number)
            for number, one in enumerate(self.columns)
        )


SLIM = 5
LONG = 40


def rows_of(cells: Iterable[Iterable[Cell | str]]) -> tuple[Row, ...]:
    """Rows from plain lists of cells or texts."""
    return tuple(
        Row(cells=tuple(one if isinstance(one, Cell) else Cell(one) for one in line)) for line in cells
    )  # fmt: skip


def downloads_of(*tables: str) -> tuple[Download, ...]:
    """Links to tables of the site as CSV and JSON."""
    return tuple(
        Download(text=f"{one.replace('_', ' ').capitalize()} ({kind.upper()})", href=f"data/{one}.{kind}")
        for one in tables
        for kind in ("csv", "json")
    )
