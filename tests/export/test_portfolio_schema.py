"""The schema of the portfolio: what is exported keeps it, and what would mislead a program does not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.compute.audience import seen
from handrail.exchange.repositories import others_of
from handrail.export import Given, files
from handrail.export.dictionary import ROW, data_page
from handrail.export.portfolio_schema import portfolio_schema
from handrail.run import run
from jsonschema import Draft202012Validator, FormatChecker

from tests.command import ROOT
from tests.site import governed


def exported(root: Path) -> dict[str, bytes]:
    result = run(root, today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, "internal")
    others = others_of(result.portfolio)
    source = Given(portfolio=result.portfolio, seen=shown, rules=result.judgement.rules, others=others)
    return dict(files(source, workbooks=False))


@pytest.fixture(scope="module")
def sample() -> dict[str, bytes]:
    return exported(Path(ROOT))


def faults(document: Any) -> list[str]:
    checker = Draft202012Validator(portfolio_schema(), format_checker=FormatChecker())
    return [one.json_path for one in checker.iter_errors(document)]


def test_the_schema_is_one_and_lies_beside_the_file(sample: dict[str, bytes]) -> None:
    Draft202012Validator.check_schema(portfolio_schema())
    document = json.loads(sample["portfolio.json"])
    assert json.loads(sample[document["$schema"]]) == portfolio_schema()


def test_the_sample_keeps_it(sample: dict[str, bytes]) -> None:
    document = json.loads(sample["portfolio.json"])
    assert len(document["rows"]) > 5
    assert faults(document) == []


def test_hostile_hidden_and_broken_plans_keep_it(tmp_path: Path) -> None:
    document = json.loads(exported(governed.make(tmp_path / "one"))["portfolio.json"])
    assert document["broken"]
    assert document["restricted"]["projects"]
    assert faults(document) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("colour", "grey"), ("end_expected", "4 Dec"), ("remarks", -1), ("remarks", None), ("tier", None), ("approved", "48000"),
        ("watermelon", "no"), ("id", "Not An Id"), ("secret", 1),
    ],
)  # fmt: skip
def test_what_would_mislead_is_refused(sample: dict[str, bytes], field: str, value: Any) -> None:
    document = json.loads(sample["portfolio.json"])
    document["rows"][0][field] = value
    assert faults(document)


def test_every_field_is_described_once_for_schema_and_page() -> None:
    properties = portfolio_schema()["properties"]["rows"]["items"]["properties"]
    assert {name: one["description"] for name, one in properties.items()} == dict(ROW)
    assert all(f"| `{name}` | {says}" in data_page() for name, says in ROW.items())


def test_other_repositories_are_tables_too(tmp_path: Path) -> None:
    root = governed.make(tmp_path / "one")
    other = exported(Path(ROOT))["portfolio.json"]
    governed.write(root, "elsewhere/portfolio.json", other.decode())
    settings = root / "standards/handrail.yaml"
    with settings.open("a", encoding="utf-8") as file:
        file.write(
            "repositories:\n- {name: North, portfolio: elsewhere/portfolio.json, show: full}\n- {name: Gone, portfolio: nowhere.json}\n"
        )
    found = exported(root)
    north, gone = json.loads(found["other_repositories.json"])["rows"]
    assert north["open_projects"] > 5
    assert "not there" in gone["fault"]
    rows = json.loads(found["other_projects.json"])["rows"]
    assert {one["id"] for one in rows} == {one["id"] for one in json.loads(other)["rows"]}
    assert {one["repository"] for one in rows} == {"North"}
    assert "other_projects.csv" in found
