"""The small project that the tests of the rule language speak about."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from handrail.model.money import Money
from handrail.rules.expression import Fault, Program, Undecided, compile_expression
from handrail.rules.shapes import ANY, DATE, MONEY, NUMBER, TEXT, ListOf, ObjectShape, Shape


class State(StrEnum):
    OPEN = "open"


class Level(Enum):
    HIGH = "high"
    THREE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    id: str
    score: int | None = None
    owner: str | None = None
    due: date | datetime | None = None
    cost: Money | None = None
    state: State = State.OPEN
    tags: tuple[str, ...] = ()
    parent: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    name: str
    risks: tuple[Risk, ...] = ()
    budget: Money | None = None


RISK: ObjectShape = ObjectShape(
    "risk",
    lambda: {
        "id": TEXT,
        "score": NUMBER,
        "owner": TEXT,
        "due": DATE,
        "cost": MONEY,
        "state": TEXT,
        "tags": ListOf(TEXT),
        "parent": RISK,
        "doubled": NUMBER,
        "health": NUMBER,
        "items": NUMBER,
    },
    computed={
        "doubled": lambda owner, scope: owner.score * scope["params"]["factor"],
        "health": lambda _owner, _scope: Undecided(reason="no baseline yet"),
    },
)
PROJECT = ObjectShape("project", {"name": TEXT, "risks": ListOf(RISK), "budget": MONEY})
ROOTS: dict[str, Shape] = {
    "project": PROJECT,
    "item": RISK,
    "old": RISK,
    "params": ObjectShape("params", {"factor": NUMBER, "limit": MONEY}),
    "as_of": DATE,
    "any": ANY,
    "xs": ListOf(ANY),
}

EUR = Money(Decimal(100), "EUR")
USD = Money(Decimal(100), "USD")
NOON = datetime(2026, 2, 1, 12)  # noqa: DTZ001 - the instants of plans carry no zone of their own
ONE = Risk(id="R-1", score=20, owner="ann", due=date(2026, 3, 1), cost=EUR, tags=("a", "b"))
TWO = Risk(id="R-2", parent=ONE, tags=("b",))
PLAN = Project(name="Desk", risks=(ONE, TWO), budget=EUR * 3)
SCOPE: dict[str, Any] = {
    "project": PLAN,
    "item": ONE,
    "params": {"factor": 2, "limit": EUR},
    "as_of": date(2026, 2, 1),
    "any": {
        "usd": USD,
        "items": 3,
        "noon": NOON,
        "level": Level.HIGH,
        "three": Level.THREE,
        "t": "x",
    },
    "xs": (1, "a", None),
}


def compiled(source: str) -> Program:
    """Compile what must be without fault."""
    program = compile_expression(source, ROOTS)
    assert isinstance(program, Program), program
    return program


def refused(source: str) -> tuple[Fault, ...]:
    """Return the faults of what must not compile."""
    found = compile_expression(source, ROOTS)
    assert not isinstance(found, Program), f"{source} compiles"
    return found
