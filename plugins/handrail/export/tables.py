"""All tables that are exported across projects, each with what makes it, and how long those are that a page lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from handrail.export.assurance import assurance_tables
from handrail.export.causes import causes_table
from handrail.export.compliance import compliance_table
from handrail.export.coverage import coverage_table
from handrail.export.dataset import Dataset
from handrail.export.improvement import improvement_tables
from handrail.export.others import others_tables
from handrail.export.portfolio import (
    benefits_table,
    classes_table,
    demand_table,
    overloads_table,
    portfolio_table,
    remarks_table,
    rules_table,
)
from handrail.export.registers import register_length, register_table, registers_of
from handrail.export.source import Source
from handrail.export.strategy import strategy_tables

Maker = Callable[[Source], Iterator[Dataset]]
_LISTED: Mapping[str, Maker] = {
    "overloads": overloads_table, "demand": demand_table, "benefits_due": benefits_table, "common_causes": causes_table,
    "reference_class": classes_table,
}  # fmt: skip
"""Beside the registers, what the page of downloads lists with its length."""


@cache
def makers() -> Mapping[str, Maker]:
    """What makes the tables, by a name: one table each, or several that follow from one piece of work.

    Each is made apart from the others, so that those which read nothing that an edit changes can be left alone.
    """
    registers = {name: partial(register_table, name=name, kind=kind) for name, kind in registers_of()}
    return {
        "portfolio": portfolio_table, **registers, **_LISTED, "remarks": remarks_table, "strategy": strategy_tables,
        "improvement": improvement_tables, "rules": rules_table, "compliance": compliance_table,
        "coverage": coverage_table, "assurance": assurance_tables, "others": others_tables,
    }  # fmt: skip


def sizes(source: Source) -> Iterator[tuple[str, int]]:
    """Path and number of rows of each table about projects, without their rows where these can be counted."""
    projects = source.seen.projects
    yield "portfolio", len(projects)
    for name, kind in registers_of():
        yield name, sum(register_length(one.plan, name, kind) for one in projects)
    for make in _LISTED.values():
        for one in make(source):
            yield one.path, len(one.rows)
    yield "remarks", len(source.seen.remarks)
