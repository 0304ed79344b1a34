"""Every rule of the catalogue, of both waves, is in the house, and this is where. A rule that is nowhere fails here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from handrail.rules.registry import RULES

from tests.command import ROOT
from tests.rules.case_repository import shipped
from tests.shared_data import shared

CATALOGUE = {
    one["id"]: one for one in yaml.safe_load(shared("rule_catalogue.yaml").read_text(encoding="utf-8"))["rules"]
}
REPOSITORY = shipped()
DATA = {
    "business-case": "BC-01 BC-02 BC-03 BC-04 BC-05 BEN-01",
    "change": "BSL-02 BSL-03 CHG-01 CHG-02",
    "closure": "CLO-01 CLO-02 LSN-01 LSN-02 LSN-03",
    "communication": "COM-01 COM-02",
    "cost": "CST-01 CST-02 CST-03 CST-04 CST-05",
    "issues": "ISS-01 ISS-02 PRT-04",
    "lifecycle": "GAT-02",
    "quality": "QLT-01 QLT-02 QLT-03",
    "reporting": "EXC-01 REP-01 REP-02 REP-03",
    "resources": "RES-01 RES-02 RES-03",
    "risk": "RSK-01 RSK-02 RSK-03 RSK-04 RSK-05",
    "roles": "GOV-01 GOV-02 GOV-04 SUP-01",
    "schedule": "SCH-01 SCH-02 SCH-03 SCH-04 SCH-05 SCH-06 SCH-07 SCH-08",
    "scope": "SCP-01 SCP-02",
    "standards-management": "STD-02 STD-03",
    "tailoring": "GOV-07",
    "waivers": "WVR-01",
}
"""Said as data: `standards/<area>/<id>.rule.yaml` with its cases beside it."""
CODE = (
    "AUD-01 AUD-02 AUD-03 AUD-04 AUD-05 BSL-01 DAT-01 GAT-01 GAT-03 GAT-04 GOV-03 GOV-05 GOV-06 GOV-08 PRT-01 PRT-02 PRT-03 "
    "REP-04 STD-01 STD-04 TRN-01 WVR-02"
)
"""Needs an algorithm: `rules/<id>.py`, whose docstring is its page."""
PLACE = {
    **{name: f"standards/{area}/{name.lower()}.rule.yaml" for area, names in DATA.items() for name in names.split()},
    **{name: f"plugins/handrail/rules/{name.lower().replace('-', '_')}.py" for name in CODE.split()},
}


def test_the_list_is_the_whole_catalogue() -> None:
    assert {one["wave"] for one in CATALOGUE.values()} == {1, 2}
    assert len(CATALOGUE) == 81
    assert sorted(PLACE) == sorted(CATALOGUE)


@pytest.mark.parametrize("rule", sorted(CATALOGUE))
def test_a_rule_is_where_the_list_says_and_a_requirement_switches_it_on(rule: str) -> None:
    place = ROOT / PLACE[rule]
    assert place.is_file()
    built_in = {one.RULE.id: one.RULE for one in RULES}
    found = built_in.get(rule) or REPOSITORY.rules[rule]
    assert (rule in built_in) is (place.suffix == ".py")
    assert f"{found.id}" in place.read_text(encoding="utf-8")
    wanted = {each.id: each for one in REPOSITORY.standards.values() for each in one.requirements}
    assert rule in wanted[found.requirement].verified_by
    assert wanted[found.requirement].level == CATALOGUE[rule]["level"]


@pytest.mark.parametrize("rule", sorted(CATALOGUE))
def test_a_rule_has_something_that_shows_it(rule: str) -> None:
    """Cases for data; for code a test that names the rule."""
    if PLACE[rule].endswith(".rule.yaml"):
        cases = (ROOT / PLACE[rule].replace(".rule.", ".test.")).read_text(encoding="utf-8")
        assert f"# remark: {rule}" in cases
        return
    tests = (path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    assert any(re.search(rf"\b{rule}\b", path.read_text(encoding="utf-8")) for path in tests)
