"""The pages about learning: whether we are getting better first, then the loop's parts, people and their training."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render.learning import (
    better,
    competences,
    feedback,
    framework,
    lessons,
    material,
    paths,
    proposals,
    sessions,
    support,
)
from handrail.render.page import Page
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    better.pages, lessons.pages, proposals.pages, feedback.pages, framework.pages, competences.pages, sessions.pages, paths.pages,
    material.pages, support.pages,
)  # fmt: skip
