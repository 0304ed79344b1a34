"""What to look up: every field of every kind of file, the templates, and what changed in the standards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from handrail.render.page import Page
from handrail.render.reference import changes, fields, templates
from handrail.render.view import Site

PAGES: tuple[Callable[[Site], Iterator[Page]], ...] = (fields.pages, templates.pages, changes.pages)
