"""Reading a mapping: the strict reader, the schema, and what only a look at the plan's model can tell."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.exchange.mapping_file import CsvMapping, FieldRule, RecordRule
from handrail.exchange.targets import NoTarget, Target, required_fields, target
from handrail.fields import Entity
from handrail.load import remarks as say
from handrail.load.reading import Reading
from handrail.model.kinds import KINDS, kind_of
from handrail.model.project import Plan
from handrail.remark import Loc, Remark
from handrail.rules.functions import compile_pattern, parse_date

FOLDER = "standards/templates/mappings/"
Fault = tuple[Loc, str, str]
_DIRECTIVE = re.compile(r"%.?")
_DIRECTIVES = frozenset({"%d", "%m", "%b", "%B", "%Y", "%y", "%a", "%A", "%H", "%M", "%S", "%%"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRead:
    """A mapping, or None where it cannot be used, and everything that is wrong with it."""

    mapping: CsvMapping | None
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _OneFile:
    """The mapping's file as a tree, so that it is read as every other file is."""

    path: str
    data: bytes

    def paths(self) -> tuple[str, ...]:
        return (self.path,)

    def read(self, path: str) -> bytes:  # noqa: ARG002 - there is only the one
        return self.data

    def oddities(self) -> Mapping[str, str]:
        return {}


def read_mapping(file: str, data: bytes) -> MappingRead:
    """Read a mapping file. With any remark there is no mapping: half a mapping would lose data in silence."""
    reading = Reading(tree=_OneFile(file, data), currency="EUR")
    mapping = reading.entity(CsvMapping, file, None)
    if mapping is not None and not reading.remarks:
        for loc, message, fix in _faults(mapping):
            reading.remarks.append(say.unreadable(loc, message, fix, project=None))
    return MappingRead(mapping=None if reading.remarks else mapping, remarks=tuple(reading.remarks))


def record_class(file: str) -> type[Entity] | None:
    """The class of a record by its place in the project's folder; None for a file that nothing would read."""
    known = kind_of(f"projects/project/{file}")
    return known[0].cls if known and "/" in file else None


def line_class(mapping: CsvMapping) -> type[Entity]:
    """What a row becomes: a plan, or a line of a register."""
    kind = next((one for one in KINDS if one.within == "project" and one.key == mapping.register), None)
    return kind.cls if kind is not None and mapping.register is not None else Plan


def _faults(mapping: CsvMapping) -> Iterator[Fault]:
    root = mapping.loc
    yield from _tables(mapping, root)
    for number, one in enumerate(mapping.withheld):
        yield from _pattern(one.matches, root.at("withheld", number, "matches"))
    for number, row in enumerate(mapping.rows):
        if not row.when:
            yield root.at("rows", number), "This says what to do with a row, but not with which.", "Add `when`."
    yield from _conditions(mapping)
    cls = line_class(mapping)
    yield from _rules(cls, mapping.fields, root, "the plan" if cls is Plan else "the line", known={"id"})
    yield from _beside(mapping, root)
    for rule in mapping.fields:
        if (rule.to in {"id", "source"} and cls is Plan) or rule.to.startswith(("source.", "extra.source")):
            yield rule.loc.at("to"), f"`{rule.to}` is written by the import itself.", "Delete this rule."
    for paragraph in (*mapping.prose, *(one for record in mapping.records for one in record.prose)):
        if not paragraph.from_:
            yield paragraph.loc, "This text comes from no column.", "Add `from`."
    for record in mapping.records:
        yield from _record(record)
    yield from _as_of(mapping)


def _beside(mapping: CsvMapping, root: Loc) -> Iterator[Fault]:
    """What goes with projects, and what goes with a register."""
    if mapping.register is None:
        if mapping.project is not None:
            yield root.at("project"), "`project` says whose register a row belongs to.", "Add `register`, or delete it."
        return
    for name in ("prose", "records", "project_id"):
        if getattr(mapping, name):
            yield root.at(name), "A line of a register has no page and no files of its own.", f"Delete `{name}`."


def _as_of(mapping: CsvMapping) -> Iterator[Fault]:
    if mapping.as_of is not None:
        days = [*mapping.as_of.values.values(), *([mapping.as_of.value] if mapping.as_of.value else [])]
        for day in days:
            if not isinstance(day, str) or parse_date(day) is None:
                yield mapping.as_of.loc, f"`{day}` is no day.", "Write it like `2023-03-31`."


def _tables(mapping: CsvMapping, root: Loc) -> Iterator[Fault]:
    for number, name in enumerate(mapping.table.encodings):
        try:
            codecs.lookup(name)
        except LookupError:
            yield root.at("table", "encodings", number), f"No encoding is called `{name}`.", "Try `utf-8` or `cp1252`."
    for number, mark in enumerate(mapping.table.delimiters):
        if len(mark) != 1 and mark != "tab":
            yield root.at("table", "delimiters", number), f"`{mark}` is not one mark.", "Write `;`, `,`, `|` or `tab`."
    for number, form in enumerate(mapping.dates):
        yield from _format(form, root.at("dates", number))
    if mapping.numbers.decimal == mapping.numbers.thousands or len(mapping.numbers.decimal) != 1:
        yield (
            root.at("numbers"),
            "The decimal mark must be one mark, and not that of the thousands.",
            "Change one of them.",
        )


def _format(form: str, loc: Loc) -> Iterator[Fault]:
    whole = "%d" in form and ("%Y" in form or "%y" in form) and any(mark in form for mark in ("%m", "%b", "%B"))
    if not whole or set(_DIRECTIVE.findall(form)) - _DIRECTIVES:
        yield loc, f"`{form}` is no format of a day.", "Write it like `%d.%m.%Y`, `%Y-%m-%d` or `%d %B %Y`."


def _pattern(text: str, loc: Loc) -> Iterator[Fault]:
    try:
        compile_pattern(text)
    except ValueError as error:
        yield (
            loc,
            f"This pattern cannot be used: {error}.",
            "Correct it; RE2 knows no look-around and no back-references.",
        )


def _conditions(mapping: CsvMapping) -> Iterator[Fault]:
    owners: list[Any] = [*mapping.rows, *mapping.fields, *mapping.prose, *mapping.records]
    for record in mapping.records:
        owners += [*record.fields, *record.prose]
    for owner in owners:
        for one in (*owner.when, *getattr(owner, "unless", ())):
            if one.matches is not None:
                yield from _pattern(one.matches, one.loc.at("matches"))
            dated = one.before is not None or one.after is not None
            if one.matches is None and not one.is_ and one.empty is None and not dated:
                yield one.loc, "This condition asks for nothing.", "Add `matches`, `is`, `empty`, `before` or `after`."
            if dated and not mapping.dates:
                yield one.loc, "Days are compared here, but the mapping names no format.", "Add `dates` at the top."
            if "as_of" in {one.before, one.after} and mapping.as_of is None:
                yield (
                    one.loc,
                    "The day of the list is named here, but nothing says which it is.",
                    "Add `as_of` at the top.",
                )


def _rules(
    cls: type[Entity], rules: tuple[FieldRule, ...], root: Loc, what: str, *, known: set[str]
) -> Iterator[Fault]:
    given = set(known)
    for rule in rules:
        found = target(cls, rule.to)
        if isinstance(found, NoTarget):
            yield rule.loc.at("to"), found.message, found.fix
            continue
        given.add(str(found.steps[0]))
        yield from _one_rule(rule, found)
    for field in required_fields(cls):
        if field.key not in given:
            yield (
                root,
                f"{field.title} is missing: nothing in this mapping fills it in {what}.",
                f"Add `to: {field.key}`.",
            )


def _one_rule(rule: FieldRule, found: Target) -> Iterator[Fault]:
    if bool(rule.from_) == (rule.value is not None):
        yield rule.loc, "A field comes either from a column or has a fixed value.", "Give one of `from` and `value`."
    for number, form in enumerate(rule.dates):
        yield from _format(form, rule.loc.at("dates", number))
    if rule.longest is not None and not rule.heading:
        yield rule.loc, "A text that is too long goes to the prose, but has no heading there.", "Add `heading`."
    choices = found.type.values
    fixed = [*rule.values.values(), *(one for one in (rule.value, rule.otherwise) if one is not None)]
    for one in fixed if choices else ():
        if one not in choices:
            yield rule.loc, f"`{one}` is not possible for `{rule.to}`.", f"It is {found.type.words}."
    if choices and rule.from_ and not rule.values:
        yield rule.loc, f"`{rule.to}` is {found.type.words}; nothing says which text means which.", "Add `values`."


def _record(record: RecordRule) -> Iterator[Fault]:
    sample = record.file.replace("{as_of}", "2023-03-31")
    cls = record_class(sample) if ".." not in sample and not sample.startswith("/") else None
    if cls is None or not sample.endswith(".md"):
        yield (
            record.loc.at("file"),
            f"Nothing in a project's folder is read at `{record.file}`.",
            "Write `reports/{as_of}.md` or `lessons/L-001.md`.",
        )
        return
    yield from _rules(cls, record.fields, record.loc, "this file", known=set())
