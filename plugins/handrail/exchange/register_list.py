"""A list of risks, issues or the like becomes lines of a register: each row once, under the next free id.

It is a first import. The line remembers its row in `extra.source`; from then on it is the project's, and a row that came
before is named and left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.exchange.import_report import RowOutcome
from handrail.exchange.importer import Done, ImportResult, Origin, missing_columns, report_of, stops, table_of
from handrail.exchange.mapping import line_class
from handrail.exchange.mapping_file import CsvMapping
from handrail.exchange.reading import Columns, RowReading, columns_of, in_order, plain
from handrail.exchange.row import RowReader
from handrail.exchange.targets import nest
from handrail.exchange.xlsx.edits import Edit, text_of
from handrail.fields import fields_of
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.scaffold.records.make import next_id
from handrail.source.text import HIDDEN

_SOURCE = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the command says beside the mapping: the file's name, one project for all rows, the day, the sheet."""

    name: str = "list.csv"
    project: str | None = None
    as_of: date | None = None
    sheet: str | None = None


def import_register(data: bytes, mapping: CsvMapping, repository: Repository, given: Given) -> ImportResult:
    """Import a list into the registers of projects that are there."""
    table, mapping = table_of(data, mapping, given.sheet)
    columns = columns_of(table.columns)
    notes = [f"line {note.line}: {note.message}" if note.line else note.message for note in table.notes]
    notes += missing_columns(mapping, columns) if table.columns else []
    remarks = tuple(stops(table, mapping, columns, given.name))
    done: list[Done] = []
    files: dict[str, bytes] = {}
    if not remarks:
        work = _Registers(mapping=mapping, columns=columns, repository=repository, given=given)
        reader = RowReader(mapping, columns, given.as_of)
        done = [work.row(reader.read(row, line_class(mapping))) for row in table.rows]
        files, failed = work.files()
        notes += failed
    origin = Origin(name=given.name, sha256=hashlib.sha256(data).hexdigest())
    report = report_of(origin, mapping, table, done, notes=notes, absent=[], files=files)
    return ImportResult(files=files, report=report, remarks=remarks)


@dataclass(slots=True, kw_only=True)
class _Registers:
    """The registers of all projects while rows are added to them."""

    mapping: CsvMapping
    columns: Columns
    repository: Repository
    given: Given
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each project, which line came from which row of this list."""

    def row(self, one: RowReading) -> Done:
        """Add one row, or say why not."""
        plan = None if one.refused else self._plan(one)
        if plan is not None:
            self._known(plan)
            came = self.sources[plan.id].get(self._source(one))
            if came:
                one.refused = (
                    f"{came} came from a row with this key; change the line in its plan, or in a workbook of it"
                )
        if one.refused or plan is None:
            outcome: RowOutcome = "skipped" if one.skipped else "not imported"
            return Done(reading=one, project=plan.id if plan else "", outcome=outcome, told=(one.refused,), files={})
        name = self._add(plan, one)
        return Done(reading=one, project=plan.id, outcome="created", told=(*one.flags, name), files={})

    def files(self) -> tuple[dict[str, bytes], list[str]]:
        """The files with their new lines, and what could not be written."""
        tree, made, failed = self.repository.tree, {}, []
        known = frozenset(tree.paths())
        for name, edits in self.edits.items():
            before = tree.read(name).decode("utf-8") if name in known else None
            text, wrong = text_of(before, edits)
            failed += [f"{edit.value.get('id')}: {name} could not be changed: {why}" for edit, why in wrong.items()]
            if text != (before or ""):
                made[name] = text.encode()
        return dict(sorted(made.items())), failed

    def _plan(self, one: RowReading) -> Plan | None:
        """The project of a row; None, with the reason at the row, where there is none."""
        rule = self.mapping.project
        wanted = self.given.project or (rule.value if rule else None) or ""
        places = [place for name in (rule.from_ if rule else ()) if (place := self.columns.find(name)) is not None]
        text = next((" ".join(one.row.cells[place].split()) for place in places if one.row.cells[place].strip()), "")
        if not wanted and rule is not None:
            wanted = str(rule.values.get(text, text))
        folded = wanted.casefold()
        found = [plan for plan in self.repository.plans if folded in {plan.id, plan.name.casefold()}]
        if len(found) != 1:
            one.refused = f"there is no project `{wanted}`" if wanted else "nothing says which project it belongs to"
            return None
        return found[0]

    def _known(self, plan: Plan) -> None:
        if plan.id in self.taken:
            return
        self.taken[plan.id] = {str(item["id"]) for key, item in self._items(plan) if "id" in item}
        self.sources[plan.id] = {
            str(item["extra"][_SOURCE]): str(item.get("id")) for key, item in self._items(plan)
            if key == self.mapping.register and isinstance(item.get("extra"), Mapping) and _SOURCE in item["extra"]
        }  # fmt: skip

    def _items(self, plan: Plan) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for one in fields_of(Plan):
            if one.type.kind == "list":
                for item in self.repository.raw.get(plan.home.get(one.key, ""), {}).get(one.key) or ():
                    if isinstance(item, Mapping):
                        yield one.key, item

    def _source(self, one: RowReading) -> str:
        return HIDDEN.sub("", f"{self.mapping.system} {one.key}")

    def _add(self, plan: Plan, one: RowReading) -> str:
        cls, register = line_class(self.mapping), self.mapping.register or ""
        item = nest((given.target.steps, plain(given.value)) for given in in_order(one.plan.fields.values()))
        taken = self.taken[plan.id]
        wanted = str(item.pop("id", ""))
        if wanted and wanted in taken:
            one.flags.append(f"the id {wanted} was taken")
        example = str(next(each.example for each in fields_of(cls) if each.key == "id"))
        letters = example.rstrip("0123456789")
        own = [str(each["id"]) for key, each in self._items(plan) if key == register and "id" in each]
        style = own[-1] if own else f"{letters}{1:0{len(example) - len(letters)}d}"
        name = wanted if wanted and wanted not in taken else next_id(style, taken)
        taken.add(name)
        self.sources[plan.id][self._source(one)] = name
        extra = {**item.pop("extra", {}), _SOURCE: self._source(one)}
        file = plan.home.get(register, f"projects/{plan.id}/{register}.yaml")
        edit = Edit(file=file, path=(register,), value={"id": name, **item, "extra": extra}, append=True)
        self.edits.setdefault(file, []).append(edit)
        return name
