"""The coverage matrix: what shows that each requirement is met, and what nobody can tell."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from handrail.compute.coverage import automated, counts, coverage, field_title
from handrail.load import FolderTree, load
from handrail.model.organisation import StandardRecord
from handrail.model.rule_file import RuleFile
from handrail.rules.registry import RULES

from tests.command import ROOT, handrail

REPOSITORY = load(FolderTree(ROOT)).repository
RULE_FILES = {**REPOSITORY.rules, **{one.RULE.id: one.RULE for one in RULES}}


def with_requirement(**changes: object) -> StandardRecord:
    standard = REPOSITORY.standards["S-RISK"]
    return replace(standard, requirements=(replace(standard.requirements[0], **changes),))


def state_of(
    rules: dict[str, RuleFile] | None = None, off: tuple[str, ...] = (), **changes: object
) -> tuple[str, list[str]]:
    standards = MappingProxyType({"S-RISK": with_requirement(**changes)})
    repository = replace(REPOSITORY, standards=standards)
    (one,) = coverage(repository, RULE_FILES if rules is None else rules, off)
    return one.state, [each.why for each in one.by if each.kind == "missing"]


@pytest.mark.parametrize(
    ("named", "state", "why"),
    [
        (("RSK-01",), "rule", []),
        (("RSK-99",), "nothing", ["there is no such rule"]),
        (("field:scope.in",), "field or question", []),
        (("field:deliverables.accepted_when",), "field or question", []),
        (("field:scope.inn",), "nothing", ["plans have no such field"]),
        (("field:scope.in.deeper",), "nothing", ["plans have no such field"]),
        (("question:G2-1",), "field or question", []),
        (("question:G9-9",), "nothing", ["no gate asks it"]),
        (("question:G2-1", "RSK-01"), "rule", []),
        ((), "nothing", []),
    ],
)
def test_what_a_requirement_names(named: tuple[str, ...], state: str, why: list[str]) -> None:
    assert state_of(verified_by=named, manual_evidence=None) == (state, why)


def test_a_rule_that_is_gone_or_switched_off_shows_nothing_and_a_person_may() -> None:
    assert state_of(verified_by=("RSK-01",), manual_evidence=None, rules={}) == ("nothing", ["there is no such rule"])
    assert state_of(verified_by=("RSK-01",), manual_evidence=None, off=("RSK-01",)) == (
        "nothing",
        ["the rule is switched off"],
    )
    assert state_of(verified_by=("RSK-01",), manual_evidence="The minutes", off=("RSK-01",))[0] == "person"


def test_the_shipped_standards_leave_nothing_open_and_say_how_much_rules_show() -> None:
    found = coverage(REPOSITORY, RULE_FILES)
    told = counts(found)
    assert told["nothing"] == 0
    assert told["rule"] + told["person"] + told["field or question"] == len(found) == sum(
        len(one.requirements) for one in REPOSITORY.standards.values()
    )  # fmt: skip
    share = automated(found)
    assert share is not None
    assert round(share, 6) == round(Decimal(told["rule"]) / len(found), 6)
    assert automated(()) is None


def test_fields_are_called_as_in_forms() -> None:
    assert field_title("deliverables.accepted_when") == "Accepted when"
    assert field_title("nothing") is None


def test_what_is_not_there_is_said_where_it_is_named(tmp_path: Path) -> None:
    files = {
        "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\n",
        "standards/people/people.yaml": "people:\n- {id: eva, roles: [pmo head]}\n",
        "standards/risk/index.md": (
            "---\nid: S-RISK\ntitle: Risk\nversion: 1.0.0\nowner: eva\nrequirements:\n"
            "- {id: S-RISK.1, text: Risks must have owners., level: must, rationale: x, verified_by: [field:risks.ownr, question:G1-1]}\n"
            "---\nWords.\n"
        ),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    done = handrail("check", "--format", "json", cwd=tmp_path)
    messages = [one["message"] for one in done.json["remarks"] if one["file"].endswith("risk/index.md")]
    assert any("Plans have no field `risks.ownr`." in one for one in messages)
    assert any("No gate asks the question `G1-1`." in one for one in messages)


def test_the_table_and_the_page_say_the_same(tmp_path: Path) -> None:
    assert (
        handrail("export", "csv", "coverage", "--root", ROOT, "--output", tmp_path / "c.csv", cwd=tmp_path).status == 0
    )
    rows = list(csv.DictReader((tmp_path / "c.csv").read_text(encoding="utf-8").splitlines()))
    assert {one["requirement"] for one in rows} == {
        each.id for one in REPOSITORY.standards.values() for each in one.requirements
    }
    assert {one["state"] for one in rows} <= {"rule", "person", "field or question"}
