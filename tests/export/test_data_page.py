"""Every field that is exported is described in the handbook, and nothing is described that is not exported."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from handrail.compute.audience import seen
from handrail.export import Given, files
from handrail.export.dictionary import DOCUMENT, ROW, TASK, data_page, described
from handrail.export.dictionary_tables import TABLES
from handrail.export.registers import registers_of
from handrail.history.improving import improvement_of
from handrail.run import run

from tests.command import ROOT

PAGE = ROOT / "standards/how-we-work/data.md"


@pytest.fixture(scope="module")
def exported() -> dict[str, bytes]:
    result = run(Path(ROOT), today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, "internal")
    better = improvement_of(Path(ROOT), result.portfolio, shown)
    return dict(files(Given(portfolio=result.portfolio, seen=shown, rules=result.judgement.rules, better=better)))


def leaves(value: object, path: str = "") -> set[str]:
    """The paths of all plain values; amounts and empty lists count as one."""
    if isinstance(value, dict) and set(value) != {"amount", "currency"} and value:
        return set().union(*(leaves(one, f"{path}.{key}" if path else key) for key, one in value.items()))
    if isinstance(value, list) and value:
        return set().union(*(leaves(one, f"{path}.[]") for one in value))
    return {path}


def fits(path: str, known: str) -> bool:
    """Whether a path is described: `*` stands for a name; an empty or missing group counts as what it could hold."""
    pattern = re.escape(known).replace(r"\*", "[^.]+")
    return re.fullmatch(pattern, path) is not None or re.match(rf"{re.escape(path)}(\.|$)", known) is not None


def test_the_page_is_the_one_that_the_code_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == data_page(), "run scripts/data-page with the environment's Python"


def test_every_field_of_a_project_is_described(exported) -> None:
    registers = {name for name, _ in registers_of()}
    documents = [json.loads(data) for name, data in exported.items() if re.fullmatch(r"projects/[^/]+\.json", name)]
    assert len(documents) > 5
    paths: set[str] = set()
    for one in documents:
        tasks = (one.get("schedule") or {}).pop("tasks", [])
        assert all(tuple(row) == tuple(TASK) for row in tasks)
        rest = {key: value for key, value in one.items() if key not in registers and key not in ROW}
        paths |= leaves(rest)
    told = [path for path in sorted(paths) if not any(fits(path, known) for known in DOCUMENT)]
    assert told == []
    lists = ("figures.business_case_worth.years_beyond_horizon", "figures.earned_value.undefined.*", "figures.end_range",
             "figures.cost_range", "figures.funding.gaps", "schedule.warnings")  # fmt: skip
    unused = [one for one in DOCUMENT if not one.startswith(lists) and not any(fits(path, one) for path in paths)]
    assert unused == [], "described, but in no document of the sample"


def test_every_column_of_a_table_is_described(exported) -> None:
    registers = dict(registers_of())
    names = [name.removesuffix(".csv") for name in exported if name.endswith(".csv") and "/" not in name]
    assert {*TABLES, *registers, "portfolio"} <= set(names)
    for name in names:
        columns = next(csv.reader(io.StringIO(exported[f"{name}.csv"].decode())))
        if name == "portfolio":
            assert columns == list(ROW)
        elif name in TABLES:
            assert columns == list(TABLES[name])
        else:
            assert name in registers, f"describe the columns of {name} in export/dictionary_tables.py"
            assert columns[0] == "project"
            assert {one.removesuffix("_currency") for one in columns} == {"project", *described(registers[name])}, name


def test_descriptions_say_something() -> None:
    every = [
        *ROW.values(),
        *DOCUMENT.values(),
        *TASK.values(),
        *(words for one in TABLES.values() for words in one.values()),
    ]
    every += [words for _, kind in registers_of() for words in described(kind).values()]
    assert all(words.strip() for words in every)
