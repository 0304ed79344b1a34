"""The field reference: every kind of file and register, every field with what it means, what may stand there, and who asks for it.

All of it is made from the declarations that the schema, the forms and the check are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from handrail.entity import Entity
from handrail.fields import Field, FieldType, fields_of, memo
from handrail.model.kinds import KINDS, Family, Kind
from handrail.render import words
from handrail.render.block import Block, block, files
from handrail.render.frame import REFERENCE
from handrail.render.page import Page
from handrail.render.rules import looks_at
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site
from handrail.rules.reads import Reads
from handrail.scaffold.records.forms import FORMS
from handrail.yaml_text import dump, inline

PATH = "fields/"
_FAMILIES: Mapping[Family, str] = {
    "project": "Plans and their records: the project manager", "approver": "Approvals: who approves",
    "portfolio": "The portfolio: the portfolio board", "pmo": "The standards: the PMO", "auditor": "Audits: the auditor",
    "trainer": "Training: the trainer",
}  # fmt: skip
_BEHAVES = {
    "baseline": "What was approved changes only with an approval.", "record": "It is closed, never deleted.",
    "report": "Once published it is never changed.",
}  # fmt: skip
_COLUMNS = (
    Column("Field", "id"),
    Column("What it means", wide=True),
    Column("What may stand there", wide=True),
    Column("Asked for"),
    Column("Example"),
)
_DEEP, _READERS = 4, 6


def pages(site: Site) -> Iterator[Page]:
    """The page of all kinds, and one for each."""
    yield _all(site)
    reads = site.reads()
    for kind in KINDS:
        yield _one(site, kind, reads)


def path_of(kind: Kind) -> str:
    """Where a kind's page stands, below rules/."""
    return f"{PATH}{kind.name.replace(' ', '-')}/"


def _all(site: Site) -> Page:
    sentence = f"{words.count(len(KINDS), 'kind')} of files and registers with {sum(len(tuple(_rows(kind.cls))) for kind in KINDS):,} fields."
    blocks = []
    for family, title in _FAMILIES.items():
        kinds = [one for one in KINDS if one.family == family]
        table = Table(
            name=title, columns=(Column("Kind"), Column("What it is", wide=True), Column("Where it stands"), Column("Fields", "num")),
            rows=rows_of(
                (Cell(one.title, href=f"rules/{path_of(one)}"), Cell(_about(one)), Cell(_place(one)), str(len(fields_of(one.cls))))
                for one in kinds
            ),
        )  # fmt: skip
        blocks.append(block(family, title, table=table, top=len(kinds)))
    return REFERENCE.page(
        site, PATH, "Field reference", sentence, blocks,
        second="Made from the same declarations as the schema of the editors, the forms and the check, so it is never behind them.",
    )  # fmt: skip


def _one(site: Site, kind: Kind, reads: Reads) -> Page:
    rows = tuple(_rows(kind.cls))
    must = [name for name, one in rows if one.required and "." not in name]
    sentence = f"{_about(kind)} {words.count(len(rows), 'field')}, {len(must)} of them always needed. {_BEHAVES[kind.behaviour]}"
    table = Table(
        name=f"Fields of {kind.title}", columns=_COLUMNS, empty="It has no field of its own.",
        rows=tuple(_row(site, kind, name, one, owner, reads) for (name, one), owner in zip(rows, _owners(kind.cls), strict=True)),
    )  # fmt: skip
    return REFERENCE.page(
        site, path_of(kind), f"Fields: {kind.title}", sentence,
        [block("fields", "", sentence=f"It stands in {_place(kind)}.", table=table, top=len(rows)), *_written(kind)],
        found_by=", ".join(dict.fromkeys(one.title for _, one in rows)),
    )  # fmt: skip


def _place(kind: Kind) -> str:
    where = "any YAML file of the project's folder" if "<fragment>" in kind.pattern else kind.pattern
    return f"{where}, in the list {kind.key}" if kind.key else where


def _about(kind: Kind) -> str:
    first = (kind.cls.__doc__ or "").strip().split("\n\n")[0].split("`standards/")[0]
    return " ".join(first.split()).rstrip(" :;")


def _inner(kind: FieldType) -> type[Entity] | None:
    """The class of the group that a field holds, or holds many of."""
    return kind.cls or (_inner(kind.item) if kind.item else None)


_OWN = frozenset(one.cls for one in KINDS)


@memo
def _walk(cls: type[Entity], before: str = "", deep: int = 0) -> tuple[tuple[str, Field, type[Entity]], ...]:
    found: list[tuple[str, Field, type[Entity]]] = []
    for one in fields_of(cls):
        name = f"{before}{one.key}"
        found.append((name, one, cls))
        inner = _inner(one.type)
        if inner is not None and inner not in _OWN and deep < _DEEP:
            found += _walk(inner, f"{name}.", deep + 1)
    return tuple(found)


def _rows(cls: type[Entity]) -> Iterator[tuple[str, Field]]:
    """Every field by its name, those of groups below the group; what has a page of its own is not repeated."""
    return ((name, one) for name, one, _ in _walk(cls))


def _owners(cls: type[Entity]) -> Iterator[type[Entity]]:
    return (owner for *_, owner in _walk(cls))


def _row(site: Site, kind: Kind, name: str, one: Field, owner: type[Entity], reads: Reads) -> Row:  # noqa: PLR0913, PLR0917
    asked = "always" if one.required and "." not in name else "with its group" if one.required else ""
    if one.from_phase:
        asked = f"from {one.from_phase} on"
    rules = [site.rules[rule] for rule in reads.get((owner, one.name), ()) if rule in site.rules]
    by = [(f"{rule.id} ({looks_at(rule)})", False) for rule in rules[:_READERS]]
    if len(rules) > _READERS:
        by.append((f"{len(rules) - _READERS} more rules", False))
    said = tuple(part for number, part in enumerate(by) for part in ((("; ", False), part) if number else (part,)))
    marks = ", ".join(
        text
        for text, is_so in (("part of the approved plan", one.baselined), ("a change needs an approval", one.approved))
        if is_so
    )
    other = next((each for each in KINDS if each.cls is _inner(one.type) and each is not kind), None)
    return Row(cells=(
        Cell(name, anchor=name, code=True), Cell(one.title, sub=" ".join(part for part in (one.description, f"({words.capital(marks)}.)" if marks else "") if part)),
        Cell(_may(one), href=f"rules/{path_of(other)}" if other else None, sub=f"in {one.unit}" if one.unit else ""),
        Cell(asked or "where it is known", said=(("read by ", False), *said) if said else ()),
        Cell("" if one.example is None else inline(_exact(one.example)), code=True),
    ))  # fmt: skip


def _exact(example: Any) -> Any:
    """An example as a file of ours writes it: numbers are exact there."""
    return Decimal(str(example)) if isinstance(example, float) else example


def _may(one: Field) -> str:
    kind = one.type
    if kind.kind == "list" and kind.item:
        return f"{'one, or a list: ' if kind.one_or_many else 'a list: '}{kind.item.words}"
    return f"names, each with {kind.item.words}" if kind.kind == "map" and kind.item else kind.words


def _written(kind: Kind) -> Iterator[Block]:
    """How one is written: by the command that lays it down, with an example of the fields that it asks for."""
    form = next((one for one in FORMS if one.kind_name == kind.name), None)
    if form is None:
        return
    known = {one.key: one for one in fields_of(kind.cls)}
    example = {
        key: _exact(known[key].example)
        for key in dict.fromkeys((*(["id"] if form.first else []), *form.ask))
        if key in known and known[key].example is not None
    }
    where = "PROJECT" if kind.within == "project" else ""
    yield block(
        "template", "How it is written", sentence=f"`handrail new {f'{form.word} {where}'.strip()}` chooses the id and the file, asks for these fields and checks them. Without the command, write the file like this:".replace("`", ""),
        chart=files([(kind.pattern.replace("<project>", "PROJECT").replace("<fragment>", kind.key or "NAME").replace("<name>", form.first or "NAME"), dump({kind.key: [example]} if kind.key else example))]),
    )  # fmt: skip
