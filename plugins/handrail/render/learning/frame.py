"""How every page about learning is laid out, and the links on top of each."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.render import words
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.listing import Block
from handrail.render.portfolio.overview import hidden_sentence
from handrail.render.table import Download
from handrail.render.view import Site

PLACE, SECTION = "learning/", "learn/"
"""Where the pages stand, and the tab that they belong to."""
STRIP: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("The loop", (("Are we getting better?", ""), ("Lessons", "lessons/"), ("Change proposals", "proposals/"),
                  ("Feedback and deviations", "feedback/"), ("How alike we work", "framework/"))),
    ("People", (("Competences", "competences/"), ("Sessions", "sessions/"), ("Learning paths", "paths/"),
                ("Modules and playbooks", "material/"), ("Support", "support/"))),
)  # fmt: skip
NAV = "Pages about learning"


def strip(path: str) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """The links on top, with the page that is open told apart."""
    return tuple(
        (group, tuple((text, f"{PLACE}{href}", href == path) for text, href in links)) for group, links in STRIP
    )


def page(  # noqa: PLR0913 - a page has these parts
    site: Site, path: str, title: str, sentence: str, blocks: Sequence[Block], *, second: str = "", note: str = "",
    downloads: tuple[Download, ...] = (), of_projects: bool = True,
) -> Page:  # fmt: skip
    """The finished page; `path` stands below learning/. of_projects: whether it says that some projects are not listed."""
    whole = f"{PLACE}{path}"
    body = render(
        "listing.html.jinja", root=root_of(whole), title=title, anchor=path.strip("/") or "learning", sentence=sentence,
        second=second, blocks=blocks, strip=strip(path), strip_name=NAV, notice=hidden_sentence(site) if of_projects else "",
        as_of=words.day(site.as_of), note=note, downloads=downloads,
    )  # fmt: skip
    return Page(path=whole, title=title, body_html=body, section=SECTION, search_text=sentence)


def files(*tables: str) -> tuple[Download, ...]:
    """Links to tables as CSV and JSON."""
    return tuple(
        Download(text=f"{one.replace('_', ' ').capitalize()} ({kind.upper()})", href=f"data/{one}.{kind}")
        for one in tables
        for kind in ("csv", "json")
    )
