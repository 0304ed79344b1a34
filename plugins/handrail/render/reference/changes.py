"""One page of all lists of changes: what changed in which standard, since when it binds, what it costs, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from handrail.model.organisation import StandardRecord
from handrail.model.repository import Tree
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import REFERENCE
from handrail.render.markup import narrative
from handrail.render.page import Page
from handrail.render.portfolio.who import when
from handrail.render.table import Cell, Column, Row, Table
from handrail.render.view import Site

PATH = "changes/"
_HEAD = re.compile(r"^## +(?P<version>[0-9]+\.[0-9]+\.[0-9]+)\b(?P<rest>.*)$", re.MULTILINE)
_DAY = re.compile(r"([0-9]{1,2}) +([A-Z][a-z]+) +([0-9]{4})")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Change(NamedTuple):
    """One version of one standard. binds: the first day; None where its heading names none. text: as it was written."""

    standard: StandardRecord
    version: str
    binds: date | None
    text: str


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    ones = sorted(
        changes(site), key=lambda one: (one.binds or date.min, one.standard.title, _parts(one.version)), reverse=True
    )
    ahead = [one for one in ones if one.binds and one.binds > site.as_of]
    newest = next((one for one in ones if one.binds and one.binds <= site.as_of), None)
    sentence = (
        f"{words.count(len(ones), 'version')} of {words.count(len({one.standard.id for one in ones}), 'standard')}"
    )
    sentence += (
        f"; the newest that binds is {newest.standard.title} {newest.version}, since {words.day(newest.binds)}"
        if newest
        else ""
    )
    sentence += f"; {len(ahead)} {words.verb(len(ahead), 'binds')} later." if ahead else "."
    blocks = [
        block("ahead", "Will bind", table=_table(site, ahead, "Changes that will bind", "Nothing is announced."), top=len(ahead)),
        block("all", "All changes, the newest first", table=_table(site, ones, "Changes of the standards", "No standard has a list of changes yet."),
              choices=choice("standard", "Standard", [one.standard.title for one in ones])),
        *(block(_anchor(one), f"{one.standard.title} {one.version}", chart=Markup(narrative(one.text))) for one in ones),  # noqa: S704 - cleaned
    ]  # fmt: skip
    yield REFERENCE.page(
        site, PATH, "Changes of the standards", sentence, blocks,
        note="Made from the lists of changes beside the standards; a change of rank, day or figure without its line there is refused",
    )  # fmt: skip


def changes(site: Site) -> Iterator[Change]:
    """Every version of every list."""
    for standard in site.standards.values():
        text = _text(site.portfolio.repository.tree, f"{standard.loc.file.rpartition('/')[0]}/CHANGELOG.md")
        heads = list(_HEAD.finditer(text))
        for number, head in enumerate(heads):
            end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
            yield Change(standard, head["version"], _day(head["rest"]), text[head.end() : end].strip())


def _text(tree: Tree, file: str) -> str:
    try:
        return tree.read(file).decode("utf-8", "replace")
    except OSError:
        return ""


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    if found is None or found[2] not in _MONTHS:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _anchor(one: Change) -> str:
    return f"{one.standard.id.lower()}-{one.version.replace('.', '-')}"


def _table(site: Site, ones: list[Change], name: str, empty: str) -> Table:
    return Table(name=name, empty=empty, rows=tuple(_row(site, one) for one in ones), columns=(
        Column("Binds from", "date"), Column("Standard"), Column("Version"), Column("What changed", wide=True),
    ))  # fmt: skip


def _row(site: Site, one: Change) -> Row:
    first, *rest = [re.sub(r"\s+", " ", part).strip() for part in one.text.split("\n\n") if part.strip()] or [
        "Nothing is said."
    ]
    return Row(facets=(("standard", one.standard.title),), cells=(
        when(one.binds, "no day"), Cell(one.standard.title, href=site.standard_href(one.standard.id)),
        Cell(one.version, href=f"rules/{PATH}#{_anchor(one)}"), Cell(first, sub=" ".join(rest)),
    ))  # fmt: skip
