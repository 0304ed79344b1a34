"""The auditors' page of attacks says what is tested, and every test of an attack is on it."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

from tests.attacks.page import HERE, PAGE, table
from tests.attacks.town import ATTACKS, Attack, hold
from tests.gate.repository import Verdict


def test_the_page_is_that_of_the_tests() -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- attacks -->\n")
    old, _, _ = rest.partition("<!-- end of attacks -->")
    assert old == table(), "run `python -m tests.attacks.page` to write the page anew"
    assert f"{len(ATTACKS)} attempts" in before


@pytest.mark.parametrize("module", sorted(path.stem for path in HERE.glob("test_*.py") if path.stem != "test_page"))
def test_every_test_is_a_declared_attack(module: str) -> None:
    found = importlib.import_module(f"tests.attacks.{module}")
    tests = {
        name.removeprefix("test_")
        for name, _ in inspect.getmembers(found, inspect.isfunction)
        if name.startswith("test_")
    }
    assert tests
    assert tests == {one.name for one in ATTACKS.values() if f"test_{one.theme}" == module}


def test_no_attack_is_declared_twice() -> None:
    attempts = [one.attempt for one in ATTACKS.values()]
    assert len(attempts) == len(set(attempts))


def verdict(*, state: str = "new", enforce_at: str = "merge", rule: str = "GOV-08", status: int = 1) -> Verdict:
    said = {"rule": rule, "state": state, "enforce_at": enforce_at, "message": "The sponsor was replaced.", "fix": "",
            "file": "f", "line": 1}  # fmt: skip
    return Verdict(status=status, report={"blocks": status == 1, "remarks": [said], "changes": []})


@pytest.mark.parametrize(
    "got",
    [
        verdict(status=0), verdict(state="existing"), verdict(rule="GOV-09"), verdict(enforce_at="watch"),
        Verdict(status=0, report={"blocks": False, "remarks": [], "changes": []}),
    ],
)  # fmt: skip
def test_the_frame_notices_an_attack_that_got_through(got: Verdict) -> None:
    one = Attack(name="n", theme="t", attempt="Try", outcome="blocks", by="GOV-08", says="sponsor was replaced")
    hold(one, verdict())
    with pytest.raises(AssertionError):
        hold(one, got)


def test_the_page_stands_where_auditors_look() -> None:
    assert isinstance(PAGE, Path)
    assert PAGE.parent.name == "how-we-work"
