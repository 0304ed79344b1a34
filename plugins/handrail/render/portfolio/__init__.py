"""The pages about all projects: the overview first, then one module per question that people ask on a Monday."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render.each import EachOf, OnePage
from handrail.render.page import Page
from handrail.render.portfolio import (
    changes,
    decisions,
    desk,
    downloads,
    exceptions,
    money,
    overview,
    pipeline,
    registers,
    resources,
    reviews,
    schedule,
    soon,
    strategy,
)
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    overview.pages,
    OnePage(decisions.asked_page), OnePage(decisions.log_page),
    changes.pages, exceptions.pages, soon.pages, desk.pages, reviews.pages,
    OnePage(schedule.roadmap_page), OnePage(schedule.trend_page), OnePage(schedule.gates_page),
    OnePage(registers.risks_page), OnePage(registers.actions_page), OnePage(registers.suppliers_page),
    OnePage(registers.quality_page),
    OnePage(money.money_page), OnePage(money.benefits_page),
    OnePage(pipeline.pipeline_page), OnePage(pipeline.dependencies_page), OnePage(downloads.downloads_page),
    resources.pages,
    OnePage(strategy.all_page), EachOf(strategy.programmes, strategy.programme_page), EachOf(strategy.objectives, strategy.objective_page),
)  # fmt: skip
