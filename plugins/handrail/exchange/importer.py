"""A list and a mapping become changes of files, and a report of what became of every cell. Nothing is written here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from handrail.exchange.csv_table import DELIMITERS, ENCODINGS, NAMES, Table, read_table
from handrail.exchange.existing import Existing, Known, known_projects
from handrail.exchange.import_report import OUTCOMES, CellNote, ImportReport, RowNote, RowOutcome
from handrail.exchange.mapping_file import CsvMapping
from handrail.exchange.merge import Merge
from handrail.exchange.reading import Columns, Outcome, RowReading, Use, columns_of
from handrail.exchange.row import RowReader
from handrail.exchange.xlsx_table import dated, is_workbook, read_workbook
from handrail.load import remarks as say
from handrail.model.repository import Tree
from handrail.remark import Loc, Remark, Span
from handrail.slips import near

_MAX_ID = 40
_RANK: tuple[Outcome, ...] = ("unreadable", "by hand", "changed", "kept", "dropped", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One row with what it came to."""

    reading: RowReading
    project: str
    outcome: RowOutcome
    told: tuple[str, ...]
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import comes to: the files that change, with their new bytes, and the report.

    `remarks` say why nothing at all could be imported; there are then no files. What concerns single rows and cells is in
    the report.
    """

    files: Mapping[str, bytes]
    report: ImportReport
    remarks: tuple[Remark, ...]


def import_list(  # noqa: PLR0913 - a list, how to read it, and where it goes
    data: bytes, mapping: CsvMapping, tree: Tree, *, name: str = "list.csv", as_of: date | None = None,
    sheet: str | None = None,
) -> ImportResult:  # fmt: skip
    """Import a list, as CSV or a workbook, into the projects of a tree.

    `as_of` replaces the day that the mapping gives the list; `sheet` names the sheet of a workbook.
    """
    table, mapping = table_of(data, mapping, sheet)
    columns = columns_of(table.columns)
    notes = [f"line {note.line}: {note.message}" if note.line else note.message for note in table.notes]
    notes += missing_columns(mapping, columns) if table.columns else []
    remarks = list(stops(table, mapping, columns, name))
    done: list[Done] = []
    absent: list[str] = []
    if not remarks:
        known = known_projects(tree, mapping.system)
        readings = [RowReader(mapping, columns, as_of).read(row) for row in table.rows]
        _refuse_twins(readings, known)
        ids = _ids(mapping, columns, readings, known)
        done = [_one(mapping, one, known, ids) for one in readings]
        keys = {one.key for one in readings}
        absent = sorted(f"{one.id} ({key})" for key, one in known.by_key.items() if key not in keys)
    files = {path: text for one in done for path, text in one.files.items()}
    origin = Origin(name=name, sha256=hashlib.sha256(data).hexdigest())
    report = report_of(origin, mapping, table, done, notes=notes, absent=absent, files=files)
    return ImportResult(files=dict(sorted(files.items())), report=report, remarks=tuple(remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The file of a list."""

    name: str
    sha256: str


def report_of(  # noqa: PLR0913 - what a report tells of
    origin: Origin, mapping: CsvMapping, table: Table, done: list[Done], *, notes: list[str], absent: list[str],
    files: Mapping[str, bytes],
) -> ImportReport:  # fmt: skip
    """What became of the file, of each row and of each cell."""
    counts, cells = accounted(mapping, table, done)
    return ImportReport(
        name=origin.name, sha256=origin.sha256, mapping=mapping.id,
        encoding=f"{table.encoding or 'none'} ({table.why_encoding})",
        delimiter=f"{NAMES.get(table.delimiter, table.delimiter)} ({table.why_delimiter})", columns=table.columns,
        counts=counts, cells=cells, notes=tuple(notes), absent=tuple(absent), files=tuple(sorted(files)),
        rows=tuple(RowNote(row=one.reading.row.number, key=one.reading.key, project=one.project, outcome=one.outcome,
                           notes=one.told) for one in done),
    )  # fmt: skip


def table_of(data: bytes, mapping: CsvMapping, sheet: str | None) -> tuple[Table, CsvMapping]:
    """The list as a table, and the mapping as this kind of file needs it."""
    if is_workbook(data):
        return read_workbook(data, mapping, sheet), dated(mapping)
    table = read_table(
        data,
        encodings=mapping.table.encodings or ENCODINGS,
        delimiters=tuple("\t" if one == "tab" else one for one in mapping.table.delimiters) or DELIMITERS,
    )
    return table, mapping


def _one(mapping: CsvMapping, one: RowReading, known: Known, ids: Mapping[str, str]) -> Done:
    there = known.by_key.get(one.key)
    project = there or Existing(id=ids.get(one.key, ""))
    if project.broken and not one.refused:
        one.refused = (
            f"{project.broken} cannot be read as it stands; mend it (`handrail check` says where) and import again"
        )
    if one.refused:
        outcome: RowOutcome = "skipped" if one.skipped else "not imported"
        return Done(reading=one, project=there.id if there else "", outcome=outcome, told=(one.refused,), files={})
    before = dict(project.texts)
    merge = Merge(project=project, reading=one, system=mapping.system)
    merge.run(new=there is None)
    files = {path: text.encode() for path, text in project.texts.items() if before.get(path) != text}
    outcome = "created" if there is None else "updated" if files else "unchanged"
    told = (*one.flags, *(f"kept by hand: {each}" for each in merge.kept_by_hand))
    return Done(reading=one, project=project.id, outcome=outcome, told=told, files=files)


def stops(table: Table, mapping: CsvMapping, columns: Columns, name: str) -> Iterator[Remark]:
    """Why nothing of a list can be imported at all."""
    span = Span(file=name, line=1, column=1, end_line=1, end_column=1)
    if not table.columns:
        words = table.notes[-1].message if table.notes else "There is nothing in this file."
        yield say.unreadable(
            Loc(name, (), span), words, "Give the list as a CSV file or an Excel workbook with a header.", project=None
        )
    elif columns.find(mapping.key) is None:
        guess = near(mapping.key, table.columns)
        fix = f"Did you mean `key: {guess}`?" if guess else f"The columns are: {', '.join(table.columns)}."
        message = (
            f"The list has no column `{mapping.key}`, which tells one project from another, so nothing was imported."
        )
        yield say.unreadable(Loc(name, (), span), message, fix, project=None)


def missing_columns(mapping: CsvMapping, columns: Columns) -> Iterator[str]:
    """Columns that the mapping names and the list lacks; of several names for one thing, one is enough."""
    records = mapping.records
    rules = [*mapping.fields, *(one for record in records for one in record.fields)]
    paragraphs = [*mapping.prose, *(one for record in records for one in record.prose)]
    named = [*(one.from_ for one in rules), *(one.from_ for one in paragraphs)]
    if mapping.as_of:
        named.append(mapping.as_of.from_)
    for names in dict.fromkeys(one for one in named if one):
        if all(columns.find(each) is None for each in names):
            wanted = " or ".join(f"`{each}`" for each in names)
            guess = near(names[0], columns.names)
            yield f"The list has no column {wanted}." + (f" Did you mean `{guess}`?" if guess else "")


def _refuse_twins(readings: list[RowReading], known: Known) -> None:
    first: dict[str, int] = {}
    for one in readings:
        one.refused = one.refused or known.twins.get(one.key, "")
        if one.refused:
            continue
        if one.key in first:
            one.refused = f"row {first[one.key]} has the same key `{one.key}`; only the first was imported"
        else:
            first[one.key] = one.row.number


def _ids(mapping: CsvMapping, columns: Columns, readings: list[RowReading], known: Known) -> dict[str, str]:
    """Ids for projects that are new, handed out in the order of their keys, so that a sorted list gives the same ones."""
    taken = {folder.casefold() for folder in known.folders}
    rule = mapping.project_id
    places = [place for each in (rule.from_ if rule else ()) if (place := columns.find(each)) is not None]
    found: dict[str, str] = {}
    for one in sorted(
        (one for one in readings if not one.refused and one.key not in known.by_key), key=lambda row: row.key
    ):
        text = " ".join(one.row.cells[place] for place in places) or one.key
        wanted = slug(f"{rule.prefix if rule else ''}{text}") or slug(one.key) or _hashed(mapping.system, one.key)
        name, number = wanted, 1
        while name in taken:
            number += 1
            end = f"-{number}"
            name = wanted[: _MAX_ID - len(end)].rstrip("-") + end
        if number > 1:
            one.flags.append(f"the id `{wanted}` was taken, so it is called `{name}`")
        taken.add(name)
        found[one.key] = name
    return found


def slug(text: str) -> str:
    """A text as the id of a project: small letters, digits and single hyphens, at most 40."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_ID].rstrip("-")


def _hashed(system: str, key: str) -> str:
    return "project-" + hashlib.sha256(f"{system}\0{key}".encode("utf-8", "surrogatepass")).hexdigest()[:10]


def accounted(mapping: CsvMapping, table: Table, done: list[Done]) -> tuple[dict[Outcome, int], tuple[CellNote, ...]]:
    """What became of every cell, counted, and those that did not arrive as they were."""
    counts: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
    cells = []
    for one in done:
        row = one.reading.row
        for column, text, uses in zip(table.columns, row.cells, one.reading.uses, strict=True):
            use = _summed(mapping, column, text, uses, one.reading.refused)
            counts[use.outcome] += 1
            if use.outcome not in {"kept", "empty"}:
                note = CellNote(
                    row=row.number, line=row.line, column=column, value=text, outcome=use.outcome, reason=use.reason,
                    to=use.to, project=one.project,
                )  # fmt: skip
                cells.append(note)
    return counts, tuple(cells)


def _summed(mapping: CsvMapping, column: str, text: str, uses: list[Use], refused: str) -> Use:
    """What became of a cell in the end: a cell that arrived somewhere has arrived."""
    if not text.strip():
        return Use(outcome="empty")
    if refused:
        return Use(outcome="dropped", reason=f"the row was not imported: {refused}")
    if uses:
        return min(uses, key=lambda use: _RANK.index(use.outcome))
    if column in mapping.ignore:
        return Use(outcome="dropped", reason=mapping.ignore[column])
    return Use(outcome="dropped", reason="no rule of the mapping takes it up")
