"""One row of a list as what should be written of it, and what became of each of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.exchange import cells
from handrail.exchange.cells import Cell
from handrail.exchange.conditions import meets, pattern
from handrail.exchange.conversion import converted
from handrail.exchange.csv_table import TableRow
from handrail.exchange.fitting import drop_hollow, taken_out
from handrail.exchange.mapping import record_class
from handrail.exchange.mapping_file import Condition, CsvMapping, FieldRule, Paragraph, RecordRule
from handrail.exchange.reading import Block, Columns, Given, Outcome, RowReading, Use, Wanted
from handrail.exchange.targets import Target, required_fields, sure_target
from handrail.fields import Entity
from handrail.model.project import Plan
from handrail.rules.functions import parse_date


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one list by one mapping."""

    mapping: CsvMapping
    columns: Columns
    as_of: date | None = None
    row: RowReading = field(init=False)
    withheld: list[str | None] = field(init=False)

    def read(self, row: TableRow, cls: type[Entity] = Plan) -> RowReading:
        """Read one row as a plan or as a line of a register. What it holds never raises."""
        self.row = one = RowReading(row=row, uses=[[] for _ in row.cells])
        self.withheld = [self._withheld(text) for text in row.cells]
        one.as_of = self._as_of()
        key = self.columns.find(self.mapping.key)
        one.key = (cells.one_line(row.cells[key]).value or "") if key is not None else ""
        if key is not None:
            self._use(key, "kept", to="source.key")
        if not one.key or (key is not None and self.withheld[key]):
            one.refused = (
                f"`{self.mapping.key}` is empty, so nothing tells which {'project' if cls is Plan else 'line'} this is"
            )
            return one
        for rule in self.mapping.rows:
            if self._holds(rule.when, ()):
                if rule.then == "skip":
                    one.refused, one.skipped = rule.reason, True
                    return one
                one.flags.append(rule.reason)
        self._fill(cls, one.plan, self.mapping.fields, self.mapping.prose)
        for record in self.mapping.records:
            self._record(record)
        missing = [each.title for each in required_fields(cls) if each.key != "id" and each.key not in one.plan.fields]
        if missing:
            one.refused = f"the {'plan' if cls is Plan else 'line'} would lack: {', '.join(missing)}"
        return one

    def _withheld(self, text: str) -> str | None:
        plain = " ".join(text.split())
        return next((one.reason for one in self.mapping.withheld if pattern(one.matches).fullmatch(plain)), None)

    def _as_of(self) -> date | None:
        rule = self.mapping.as_of
        day: date | None = None
        for column in self._places(rule.from_) if rule else ():
            text = cells.one_line(self.row.row.cells[column]).value
            written = rule.values.get(text, text) if rule else None
            found = parse_date(str(written)) or (cells.day(str(written), self.mapping.dates).value if text else None)
            if found is not None and day is None:
                day = found
                self._use(column, "changed", f"it is the list of {found.isoformat()}", "as_of")
            elif text:
                self._use(column, "unreadable", "the mapping knows no day for it", "as_of")
        if day is None and rule and rule.value:
            day = parse_date(rule.value)
        return self.as_of or day

    # conditions

    def _holds(self, when: Iterable[Condition], unless: Iterable[Condition]) -> bool:
        def met(one: Condition) -> bool:
            places = self._places(one.column) if one.column else range(len(self.row.row.cells))
            return any(meets(self.row.row.cells[place], one, self.row.as_of, self.mapping.dates) for place in places)

        return all(map(met, when)) and not any(map(met, unless))

    # fields

    def _fill(
        self, cls: type[Entity], file: Wanted, rules: tuple[FieldRule, ...], prose: tuple[Paragraph, ...]
    ) -> None:
        for rule in rules:
            self._field(cls, file, rule)
        drop_hollow(file)
        for one, message in taken_out(cls, file):
            for column in one.columns:
                self._use(column, "unreadable", message, one.target.text)
        for paragraph in prose:
            if self._holds(paragraph.when, paragraph.unless):
                self._paragraph(file, paragraph.from_, paragraph.heading)

    def _field(self, cls: type[Entity], file: Wanted, rule: FieldRule) -> None:
        goal = sure_target(cls, rule.to)
        if rule.keep:
            file.kept.add(rule.to)
        if rule.value is not None or self._places(rule.from_):
            file.silent.add(rule.to)
        if rule.to in file.fields or not self._holds(rule.when, rule.unless):
            return
        if rule.value is not None:
            value = self._fixed(rule.value)
            if value is not None:
                file.fields[rule.to] = Given(target=goal, value=value)
            return
        column = self._choose(rule.from_, rule.to)
        if column is not None:
            self._cell(file, rule, goal, column)

    def _cell(self, file: Wanted, rule: FieldRule, goal: Target, column: int) -> None:
        text = self.row.row.cells[column]
        cell = converted(text, rule, goal.type, self.mapping)
        if cell.problem is not None and rule.otherwise is not None:
            cell = Cell(
                value=rule.otherwise, notes=(f"the mapping writes `{rule.otherwise}` for what it does not name",)
            )
        if cell.problem is not None:
            self._use(column, "unreadable", cell.problem, rule.to)
        elif rule.longest is not None and isinstance(cell.value, str) and len(cell.value) > rule.longest:
            self._paragraph(file, (self.columns.names[column],), rule.heading or rule.to)
        elif cell.value is not None:
            self._use(column, "changed" if cell.notes else "kept", "; ".join(cell.notes), rule.to)
            file.fields[rule.to] = Given(target=goal, value=cell.value, columns=(column,))

    def _fixed(self, value: Any) -> Any:
        if isinstance(value, str) and "{as_of}" in value:
            return value.replace("{as_of}", self.row.as_of.isoformat()) if self.row.as_of else None
        return value

    def _places(self, names: Iterable[str]) -> list[int]:
        return [place for name in names if (place := self.columns.find(name)) is not None]

    def _choose(self, names: tuple[str, ...], to: str) -> int | None:
        """The first of several columns with something in it; the others are told."""
        filled = []
        for place in self._places(names):
            reason = self.withheld[place]
            if reason is not None:
                self._use(place, "dropped", reason, to)
            elif self.row.row.cells[place].strip():
                filled.append(place)
        for place in filled[1:]:
            same = self.row.row.cells[place].strip() == self.row.row.cells[filled[0]].strip()
            what = "says the same and" if same else "says something else and"
            self._use(place, "dropped", f"`{self.columns.names[filled[0]]}` {what} comes first", to)
        return filled[0] if filled else None

    def _paragraph(self, file: Wanted, names: tuple[str, ...], heading: str) -> None:
        column = self._choose(names, "prose")
        if column is None:
            return
        cell = cells.prose(self.row.row.cells[column])
        if cell.value is not None:
            self._use(column, "changed" if cell.notes else "kept", "; ".join(cell.notes), f"prose: {heading}")
            file.prose.append(Block(heading=heading, text=cell.value, column=column))

    def _record(self, rule: RecordRule) -> None:
        if not self._holds(rule.when, rule.unless):
            return
        name = self._fixed(rule.file)
        if name is None:
            self.row.flags.append(f"{rule.file} was not written: nothing says of which day the row speaks")
            return
        cls = record_class(name)
        if cls is None:
            return
        file = Wanted(name=name)
        self._fill(cls, file, rule.fields, rule.prose)
        missing = [one.title for one in required_fields(cls) if one.key not in file.fields]
        if not missing:
            self.row.records.append(file)
            return
        reason = f"{name} was not written, because it would lack: {', '.join(missing)}"
        self.row.flags.append(reason + ("; its texts stand in index.md" if file.prose else ""))
        for one in file.fields.values():
            for column in one.columns:
                self.row.uses[column] = [use for use in self.row.uses[column] if use.to != one.target.text]
                self._use(column, "dropped", reason, one.target.text)
        self.row.plan.prose += file.prose

    def _use(self, column: int, outcome: Outcome, reason: str = "", to: str = "") -> None:
        self.row.uses[column].append(Use(outcome=outcome, reason=reason, to=to))
