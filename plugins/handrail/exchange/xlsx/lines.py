"""Lines that came and lines that went: what is new gets an id, what has gone is closed or taken out as the model allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from handrail.exchange.xlsx.book import cell_of
from handrail.exchange.xlsx.edits import REMOVED, Edit
from handrail.exchange.xlsx.layout import ID, PROJECT, Line, Sheet
from handrail.exchange.xlsx.matching import Table
from handrail.exchange.xlsx.meant import Given, meant, same
from handrail.exchange.xlsx.merge import Merge
from handrail.exchange.xlsx.reading import Row
from handrail.exchange.xlsx.told import Told, said
from handrail.fields import fields_of
from handrail.scaffold.records.make import next_id
from handrail.schema import check

Deleted = Literal["keep", "close"]
_CLOSING: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "risk": ({"status": "closed"}, "closed_on"), "issue": ({"status": "closed"}, "closed_on"),
    "supplier": ({"status": "closed"}, ""), "action": ({"status": "dropped"}, ""), "decision": ({"status": "withdrawn"}, ""),
    "change": ({}, "withdrawn_on"),
}  # fmt: skip
"""What closes a line of each register that keeps its lines for ever, and the field of the day."""
_MANY = 4


@dataclass(slots=True, kw_only=True)
class Lines:
    """Goes through the lines that the file has beyond the base, and those that it has no more."""

    merge: Merge
    day: date
    deleted: Deleted
    taken: dict[str, set[str]] = field(default_factory=dict)
    """Every id of a project that is or was in use."""

    def run(self, tables: Sequence[Table]) -> None:
        """Add what is new, then look at what is missing."""
        gone = {table.sheet.name: self._gone(table.sheet) for table in tables}
        for table, row, project, key in self.merge.fresh:
            self._new(table, row, project, key, gone)
        for table in tables:
            self._missing(table, gone[table.sheet.name])

    # new lines

    def _new(self, table: Table, row: Row, project: str, key: str, gone: Mapping[str, list[Line]]) -> None:
        now = self.merge.now.sheet(table.sheet.name)
        filled = {
            table.columns[number].key
            for number, cell in row.cells.items()
            if number in table.columns and not cell.empty
        }
        if filled <= {PROJECT}:
            return
        entry = Told(
            outcome="added",
            project=project,
            sheet=table.tab.name,
            at=f"row {row.number}",
            what=key,
            yours=_row_said(row, table),
        )
        why = self._why_not(table, now, row, (project, key), gone[table.sheet.name])
        if why or now is None:
            self._refuse(entry, why or "the plans no longer have this register")
            return
        item = self._item(table, row, entry, now, project)
        lacking = [
            one.title for one in table.sheet.columns if one.required and one.key != PROJECT and one.key not in item
        ]
        if lacking:
            self._refuse(entry, f"a new line needs {', '.join(lacking)}")
            return
        there = self._there_already(now, project, item)
        if there:
            self.merge.told.append(_with(entry, outcome="already there", what=there))
            return
        given = key or self._id(table.sheet, project)
        self.taken[project].add(given)
        file, path = now.home[project]
        value = {ID: given, **item} if any(one.key == ID for one in fields_of(_cls(table.sheet))) else item
        self.merge.edits.append(Edit(file=file, path=path, value=value, append=True, of=len(self.merge.told)))
        self.merge.told.append(_with(entry, what=given))

    def _why_not(self, table: Table, now: Sheet | None, row: Row, names: tuple[str, str], gone: Sequence[Line]) -> str:
        """Why a row cannot become a new line; empty where it can."""
        project, key = names
        if not project:
            return "it names no project"
        if now is None or project not in self.merge.now.projects:
            return f"there is no project {project} in the workbook's plans"
        if project not in now.home:
            return table.sheet.refuses or "this sheet takes no new lines"
        self._known_ids(project)
        return self._bad_id(table, now, row, names, gone) if key else ""

    def _bad_id(self, table: Table, now: Sheet, row: Row, names: tuple[str, str], gone: Sequence[Line]) -> str:
        project, key = names
        if now.line(project, key) is not None:
            return f"{key} was given to something else after the workbook was made; empty the id of your line"
        for line in gone:
            if line.project == project and self._equal(table, row, line):
                return f"this is {line.key} under another id, and an id never changes; put {line.key} back"
        if key in self.taken[project]:
            return f"{key} is the id of something else in this project; empty the id of your line"
        faults = [one for one in check(_cls(table.sheet), {ID: key}, whole=False) if one.path[:1] == (ID,)]
        return f"`{key}` cannot be an id; leave it empty" if faults else ""

    def _known_ids(self, project: str) -> None:
        if project not in self.taken:
            lines = (
                line for book in (self.merge.base, self.merge.now) for sheet in book.sheets for line in sheet.lines
            )
            self.taken[project] = {line.key for line in lines if line.project == project and not line.unnamed}

    def _id(self, sheet: Sheet, project: str) -> str:
        own = [
            line.key for line in sheet.lines if line.project == project and line.cls is _cls(sheet) and not line.unnamed
        ]
        example = next(str(one.example) for one in fields_of(_cls(sheet)) if one.key == ID)
        first = example.rstrip("0123456789")
        digits = len(example) - len(first)
        typed = {key for _, _, name, key in self.merge.fresh if name == project and key}
        style = own[-1] if own else f"{first}{1:0{digits}d}"
        return next_id(style, self.taken[project] | typed)

    def _item(self, table: Table, row: Row, entry: Told, now: Sheet, project: str) -> dict[str, Any]:
        """The new thing, field by field in the model's order; a cell that cannot be told is said and left out."""
        currency = next(
            (line.currency for sheet in self.merge.now.sheets for line in sheet.lines if line.project == project), "EUR"
        )
        item: dict[str, Any] = {}
        places: dict[str, str] = {}
        order = {one.key: number for number, one in enumerate(now.columns)}
        for number, column in sorted(table.columns.items(), key=lambda pair: order.get(pair[1].key, len(order))):
            cell = row.cells.get(number)
            if cell is None or column.key in {PROJECT, ID}:
                continue
            own = _with(entry, at=cell.at, what=column.title, yours=said(cell.given.value))
            if cell.trouble or column.fixed:
                why = cell.trouble or "this column cannot be filled in a workbook"
                self.merge.told.append(_with(own, outcome="not understood", why=why))
                continue
            read = meant(column.type, cell.given, None, currency)
            if read.problem is not None:
                self.merge.told.append(_with(own, outcome="not understood", why=read.problem))
            elif read.value is not None:
                _nest(item, column.key, column.month, read.value)
                places[column.key.partition(":")[0].partition(".")[0]] = cell.at
        for fault in check(_cls(table.sheet), item, whole=False):
            if fault.path and fault.path[0] in item:
                name = str(fault.path[0])
                yours = said(item.pop(name))
                why = f"{fault.message} {fault.fix}".strip()
                self.merge.told.append(
                    _with(
                        entry, outcome="not understood", at=places.get(name, entry.at), what=name, yours=yours, why=why
                    )
                )
        return item

    @staticmethod
    def _there_already(now: Sheet, project: str, item: Mapping[str, Any]) -> str:
        """The id of a line that says the same: the file was handed in before, or somebody else wrote it down."""
        for line in now.lines:
            if line.project == project and {key: one for key, one in line.raw.items() if key != ID} == item:
                return line.key
        return ""

    # missing lines

    def _gone(self, sheet: Sheet) -> list[Line]:
        return [line for line in sheet.lines if (sheet.name, line.project, line.key) not in self.merge.seen]

    def _missing(self, table: Table, gone: list[Line]) -> None:
        sheet, now = table.sheet, self.merge.now.sheet(table.sheet.name)
        gone = [line for line in gone if now is not None and now.line(line.project, line.key) is not None]
        if now is None or not gone:
            return
        if len(gone) >= _MANY and len(gone) * 2 > len(sheet.lines):
            why = f"{len(gone)} of {len(sheet.lines)} lines are missing: this looks like a part of the list; they stay as they are"
            self._refuse(
                Told(outcome="refused", sheet=table.tab.name, at="missing", what=", ".join(line.name for line in gone)),
                why,
            )
            return
        for line in gone:
            entry = Told(outcome="removed", project=line.project, sheet=table.tab.name, at="missing", what=line.name)
            there = now.line(line.project, line.key)
            if there is not None:
                self._one_gone(sheet, line, there, entry)

    def _one_gone(self, sheet: Sheet, line: Line, there: Line, entry: Told) -> None:
        if line.cls is not _cls(sheet):
            self._refuse(entry, "this line is part of every budget; empty its amount instead")
        elif line.unnamed or there.at[-1:] == ("benefit",):
            self._refuse(entry, "it has no id, so it can only be taken out in its file")
        elif there.raw != line.raw:
            self._refuse(
                _with(entry, theirs="changed"), "you took the line out, and others have changed it since", "conflict"
            )
        elif sheet.kind is not None and sheet.kind.behaviour == "record":
            self._close(sheet, there, entry)
        elif line.frozen or there.frozen:
            self._refuse(entry, "it stands in the approved plan; ask for a change to take it out")
        else:
            self.merge.edits.append(Edit(file=there.file, path=there.at, value=REMOVED, of=len(self.merge.told)))
            self.merge.told.append(entry)

    def _close(self, sheet: Sheet, there: Line, entry: Told) -> None:
        kind = sheet.kind.name if sheet.kind else ""
        values, dated = _CLOSING.get(kind, ({}, ""))
        wanted = {**values, **({dated: self.day.isoformat()} if dated else {})}
        if values and all(there.raw.get(key) == one for key, one in values.items()):
            self._refuse(entry, "it is closed, and stays on record; nothing has to be done")
        elif self.deleted == "keep" or not wanted:
            how = ", ".join(f"{key} {one}" for key, one in values.items()) or "a day under `Withdrawn on`"
            self._refuse(
                entry,
                f"a {kind} is never deleted: put the line back with {how}, and say how it ended; or import with `--deleted close`",
            )
        else:
            for key, one in wanted.items():
                self.merge.edits.append(
                    Edit(file=there.file, path=(*there.at, key), value=one, of=len(self.merge.told))
                )
            self.merge.told.append(
                _with(entry, outcome="closed", why="its line was taken out; say in the file how it ended")
            )

    def _refuse(self, entry: Told, why: str, outcome: Any = "refused") -> None:
        self.merge.told.append(_with(entry, outcome=outcome, why=why))

    @staticmethod
    def _equal(table: Table, row: Row, line: Line) -> bool:
        """Whether a row says of everything but its id what a line of the base said."""
        for number, column in table.columns.items():
            if column.key in {PROJECT, ID}:
                continue
            cell = row.cells.get(number)
            if not same(cell_of(line, column), cell.given if cell else Given()):
                return False
        return True


def _cls(sheet: Sheet) -> Any:
    assert sheet.item is not None  # noqa: S101 - every sheet is made with one
    return sheet.item.cls


def _nest(item: dict[str, Any], key: str, month: str, value: Any) -> None:
    if month:
        item.setdefault(key.partition(":")[0], {})[month] = value
    elif key.startswith("extra."):
        item.setdefault("extra", {})[key.partition(".")[2]] = value
    else:
        item[key] = value


def _row_said(row: Row, table: Table) -> str:
    """What a line says, after its project and its id."""
    ones = [
        said(cell.given.value)
        for number, cell in sorted(row.cells.items())
        if number in table.columns and table.columns[number].key not in {PROJECT, ID} and not cell.empty
    ]
    return "; ".join(ones)


def _with(told: Told, **parts: Any) -> Told:
    return replace(told, **parts)
