"""Made-up projects with every register, and workbooks of them, for the tests of the Excel round trip."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from handrail.exchange.xlsx.book import Origin, workbook
from handrail.exchange.xlsx.importer import Imported, imported, source_of
from handrail.exchange.xlsx.layout import Book
from handrail.exchange.xlsx.sheets import REGISTERS, book_of
from handrail.fields import FieldType, fields_of
from handrail.load import load
from handrail.model.cost import BudgetLine
from handrail.model.kinds import BY_NAME
from handrail.model.repository import Repository
from handrail.source import read_yaml
from handrail.yaml_text import dump

COMMIT = "a" * 40
WHEN = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
DAY = date(2026, 12, 4)
SETTINGS = b"format: 1\norganisation: Test\ncurrencies: [EUR, GBP]\ntimezone: UTC\n"
PEOPLE = b"people:\n- {id: j.okafor, roles: [{role: project manager, from: 2026-01-01}]}\n- {id: l.petit, roles: [{role: project manager, from: 2026-01-01}]}\n"
NASTY = (
    "=cmd|'/c calc'!A1", "+1", "-2 degrees", "@here", "'quoted", "''=twice", "  leading", "#N/A", "TRUE", "007", "1e5", "2026-12",
    "3/4", "12:30", "a\nb\n", "one\n\n  two", "_x000D_", "_x005F_", "\u00e4\u00f6 \u2014 \u65e5\u672c", "=", "-", "x" * 300, "R-001", "yes", "40%", "&<>\"'",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Files:
    """Files in memory as a tree."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        return self.files[path]

    def oddities(self) -> Mapping[str, str]:
        return {}


def tree(*projects: Mapping[str, bytes]) -> Files:
    files = {"standards/handrail.yaml": SETTINGS, "standards/people/people.yaml": PEOPLE}
    for one in projects:
        files |= one
    return Files(files=files)


def repository(files: Mapping[str, bytes]) -> Repository:
    return load(tree(files)).repository


def whole_book(one: Repository) -> Book:
    """Everything that the workbook of the project shows."""
    book = book_of(one, "bridge")
    assert book is not None
    return book


def exported(one: Repository, scope: str = "bridge") -> bytes:
    book = book_of(one, scope)
    assert book is not None
    return workbook(book, Origin(format=1, commit=COMMIT, when=WHEN, path=".", scope=scope, organisation="Test"))


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merged(data: bytes, base: Repository, now: Repository | None = None, **more: Any) -> Imported:
    return imported(source_of(data), base, now or base, day=DAY, **more)


def column(place: Any, key: str, row: int = 1) -> int:
    return next(int(cell.column) for cell in place[row] if cell.value == key)


def row_of(place: Any, name: str) -> int:
    """The row of a line by its id."""
    ids = next(cell.column for cell in place[1] if str(cell.value).endswith(":id"))
    return next(row for row in range(1, int(place.max_row) + 1) if place.cell(row, ids).value == name)


def cell(book: Any, sheet: str, line: str, key: str) -> Any:
    place = book[sheet]
    return place.cell(row_of(place, line), column(place, key))


def value(files: Mapping[str, bytes], path: str) -> Any:
    document = read_yaml(path, files[path])
    assert not document.broken
    return document.value


def made_up(seed: int) -> dict[str, bytes]:
    """A project with made-up registers, through the model: every field of every kind can have any value that it may have."""
    rng = random.Random(seed)
    files = {"projects/bridge/project.yaml": b"id: bridge\nname: Bridge\ntier: medium\nphase: execution\n"}
    for name in REGISTERS:
        kind = BY_NAME[name]
        example = next(one.example for one in fields_of(kind.cls) if one.key == "id")
        letters = str(example).rstrip("0123456789")
        items = [
            _thing(kind.cls, f"{letters}{number:03d}", rng) for number in rng.sample(range(1, 40), rng.randrange(4))
        ]
        if kind.key is None:
            files |= {f"projects/bridge/changes/{one['id']}.yaml": dump(one).encode() for one in items}
        elif items:
            files[f"projects/bridge/{kind.key}.yaml"] = dump({kind.key: items}).encode()
    files["projects/bridge/budget.yaml"] = dump({"budget": _budget(rng)}).encode()
    return files


def _thing(cls: Any, name: str, rng: random.Random) -> dict[str, Any]:
    thing: dict[str, Any] = {"id": name}
    for one in fields_of(cls):
        if one.key == "extra":
            if rng.random() < 0.3:
                thing["extra"] = {"Asset no.": rng.choice([7, "A-1", Decimal("1.5")]), "kept": {"deep": [1, 2]}}
        elif one.key != "id" and (one.required or rng.random() < 0.6):
            found = any_value(one.type, rng)
            if found is not None:
                thing[one.key] = found
    return thing


def _budget(rng: random.Random) -> dict[str, Any]:
    money = FieldType(kind="money", words="")
    budget: dict[str, Any] = {"currency": rng.choice(["EUR", "GBP"])}
    for key in ("approved", "contingency", "management_reserve", "forecast"):
        if rng.random() < 0.7:
            budget[key] = any_value(money, rng)
    if rng.random() < 0.6:
        budget["by_phase"] = {"planning": 1000, "execution": Decimal("20500.25")}
    if rng.random() < 0.6:
        budget["spent"] = {f"2026-{month:02d}": any_value(money, rng) for month in range(1, rng.randrange(2, 12))}
    budget["lines"] = [_thing(BudgetLine, f"BL-{number}", rng) for number in range(1, rng.randrange(1, 5))]
    return {key: one for key, one in budget.items() if one not in ([], {})}


def any_value(kind: FieldType, rng: random.Random) -> Any:  # noqa: C901, PLR0911 - one for each kind of field
    """A value that a field of this type may have; None where there is none to make up."""
    match kind.kind:
        case "choice":
            return rng.choice(kind.values)
        case "yes_no":
            return rng.choice([True, False, "yes", "no"])
        case "number":
            low, high = int(kind.minimum or 0), int(kind.maximum or 5000)
            return (
                rng.randint(low, high)
                if kind.integer
                else Decimal(rng.randint(-(10**6), 10**6)).scaleb(-rng.randrange(5))
            )
        case "percent":
            return rng.choice(["40%", "33.3%", "0%", "100%", "0.05%", "12.25%"])
        case "date" | "when":
            return rng.choice(["1601-01-01", str(date(2026, 1, 1) + timedelta(days=rng.randrange(900)))])
        case "money":
            plain = rng.choice([0, 48000, Decimal("1234.5"), Decimal("-0.01"), 10**14, Decimal("99999999999999.99")])
            return {"amount": plain, "currency": "CHF"} if rng.random() < 0.1 else plain
        case "list":
            inner = kind.item
            if inner is None or inner.kind not in {"text", "choice"}:
                return None
            return [_word(inner, rng) for _ in range(rng.randrange(1, 4))]
        case "map":
            if kind.key is None or "month" not in kind.key.words or kind.item is None:
                return None
            return {f"2026-{month:02d}": any_value(kind.item, rng) for month in sorted(rng.sample(range(1, 13), 3))}
        case "text":
            return _word(kind, rng)
    return None


def _word(kind: FieldType, rng: random.Random) -> Any:
    named = {
        "person": "j.okafor",
        "item": "R-001",
        "objective": "OBJ-4",
        "baseline": "BL-001",
        "deliverable": "D1",
        "task": "T1",
    }
    if kind.ref or kind.pattern:
        return named.get(kind.ref or "", "R-001")
    return rng.choice([*NASTY, "Joiner fails to deliver", 2026])
