"""The links on top of every page about the portfolio."""

from __future__ import annotations

SECTION = "portfolio/"
STRIP: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Monday", (("Decisions asked", "decisions-asked/"), ("What changed", "changes/"), ("By exception", "exceptions/"),
                ("Next six weeks", "next/"), ("PMO desk", "desk/"), ("Reviews", "reviews/"))),
    ("Projects", (("Overview", ""), ("Programmes and objectives", "strategy/"), ("Pipeline", "pipeline/"), ("Dependencies", "dependencies/"),
                  ("Downloads", "downloads/"))),
    ("Time", (("Roadmap", "roadmap/"), ("Milestone trend", "trend/"), ("Gates and calendar", "gates/"))),
    ("Control", (("Risks", "risks/"), ("Decision log", "decisions/"), ("Money", "money/"), ("Benefits", "benefits/"), ("Quality", "quality/"))),
    ("People", (("Actions", "actions/"), ("Resources", "resources/"), ("Suppliers", "suppliers/"))),
)  # fmt: skip
"""The pages by group: what the links on top of each of them say."""


def strip(path: str) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """The links on top, with the page that is open told apart."""
    return tuple(
        (group, tuple((text, f"{SECTION}{href}", href == path) for text, href in links)) for group, links in STRIP
    )
