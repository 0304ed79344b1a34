"""What to look up: every field of every kind of file, the templates, and what changed in the standards."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.render.page import Page
from handrail.render.reference import changes, fields, templates
from handrail.render.view import Site


def pages(site: Site) -> Iterator[Page]:
    """Every page of reference."""
    yield from fields.pages(site)
    yield from templates.pages(site)
    yield from changes.pages(site)
