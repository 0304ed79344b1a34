"""Every example of standards/rule-language.md is run: what the page says is what happens."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.model.money import Money
from handrail.rules.expression import Program, Undecided, compile_expression
from handrail.rules.functions import FUNCTIONS
from handrail.rules.shapes import ANY, DATE, MONEY, NUMBER, TEXT, ListOf, ObjectShape, Shape
from handrail.rules.syntax import MACROS
from handrail.rules.text import in_words

PAGE = Path(__file__).parents[2] / "standards" / "rule-language.md"
TEXT_OF_PAGE = PAGE.read_text(encoding="utf-8")
EXAMPLES = [
    tuple(part.strip() for part in line.rsplit("=>", 1))
    for block in re.findall(r"```rule-expression\n(.*?)```", TEXT_OF_PAGE, re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]

RISK = ObjectShape("risk", {"id": TEXT, "title": TEXT, "score": NUMBER, "owner": TEXT, "cost": MONEY})
PERSON = ObjectShape("person", {"name": TEXT})
PROJECT = ObjectShape(
    "project",
    {
        "state": TEXT,
        "start": DATE,
        "budget": MONEY,
        "sponsor": ANY,
        "tags": ListOf(ANY),
        "risks": ListOf(RISK),
        "deliverables": ListOf(ObjectShape("deliverable", {"checks": ListOf(TEXT)})),
    },
)
ROOTS: dict[str, Shape] = {
    "project": PROJECT,
    "item": RISK,
    "as_of": DATE,
    "params": ObjectShape("params", {"rating": NUMBER}),
}

LATE = {
    "id": "R-001",
    "title": "Lift delivered late",
    "score": 20,
    "owner": "ann",
    "cost": Money(Decimal(9000), "EUR"),
}
SCOPE = {
    "project": {
        "state": "active",
        "start": date(2026, 1, 5),
        "budget": Money(Decimal(48000), "EUR"),
        "tags": (),
        "risks": (LATE, {"id": "R-002", "title": "Scanner fails", "score": 6}),
        "deliverables": ({"checks": ("fire", "noise")}, {"checks": ("fire",)}),
    },
    "item": LATE,
    "as_of": date(2026, 2, 1),
    "params": {"rating": 15},
}


def shown(value):
    """Write a result as the page does: like a message, but lists and texts as in an expression."""
    if isinstance(value, Undecided):
        return f"undecided: {value.reason}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, tuple):
        return f"[{', '.join(shown(item) for item in value)}]"
    return in_words(value)


def test_page_has_examples():
    assert len(EXAMPLES) > 40


@pytest.mark.parametrize(("source", "result"), EXAMPLES, ids=[source for source, _ in EXAMPLES])
def test_example(source, result):
    program = compile_expression(source, ROOTS)
    assert isinstance(program, Program), program
    assert shown(program.run(SCOPE)) == result


@pytest.mark.parametrize("name", [*FUNCTIONS, *MACROS, "has"])
def test_function_is_in_the_table(name):
    rows = [line for line in TEXT_OF_PAGE.splitlines() if line.startswith("| `")]
    assert any(re.search(rf"\b{name}\(", row) for row in rows), f"{name} has no row in {PAGE.name}"
