"""The pages for whoever assures: open remarks first, then one module per question that an auditor asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render.assurance import (
    approvals,
    conformity,
    coverage,
    data_quality,
    duties,
    findings,
    gates,
    matrix,
    merges,
    remarks,
    waivers,
)
from handrail.render.page import Page
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    remarks.pages, matrix.pages, coverage.pages, waivers.pages, gates.pages, approvals.pages, merges.pages, findings.pages,
    conformity.pages, data_quality.pages, duties.pages,
)  # fmt: skip
