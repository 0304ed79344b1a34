"""What the history keeps of earned value is what the pages say of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.compute.figures import earned_value, worth_of
from handrail.compute.portfolio import compute
from handrail.model.cost import Budget
from handrail.run import run

ROOT = Path(__file__).resolve().parents[2]


def test_the_value_earned_alone_is_the_one_among_all_figures() -> None:
    repository = run(ROOT, today=date(2026, 12, 4)).portfolio.repository
    # beside the plans as they are: without money, and of a size that is asked for nothing
    bare = [replace(one, id=f"bare-{one.id}", budget=Budget()) for one in repository.plans]
    small = [replace(one, id=f"small-{one.id}", tier="small") for one in repository.plans]
    repository = replace(repository, plans=(*repository.plans, *bare, *small))
    known = unknown = 0
    for day in (date(2026, 3, 31), date(2026, 9, 30), date(2026, 12, 4)):
        for one in compute(repository, day).projects:
            alone, whole = worth_of(one, repository), earned_value(one, repository)
            assert alone == (whole.money(whole.ev) if whole.applies else None), (one.id, day)
            known += alone is not None
            unknown += alone is None
    assert known > 3
    assert unknown > 3
