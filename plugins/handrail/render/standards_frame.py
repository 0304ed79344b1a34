"""How every page of reference is laid out, and the links on top of each."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from handrail.render import words
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.listing import Block
from handrail.render.table import Download
from handrail.render.view import Site

SECTION = "rules/"
STRIP: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Standards", (("Rules", ""), ("Who sets, who applies", "interface/"), ("Changes of the standards", "changes/"))),
    ("To look up", (("Field reference", "fields/"), ("Templates", "templates/"))),
)  # fmt: skip
NAV = "Pages of reference"


def strip(path: str) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """The links on top, with the page that is open told apart."""
    return tuple(
        (group, tuple((text, f"{SECTION}{href}", href == path) for text, href in links)) for group, links in STRIP
    )


def page(  # noqa: PLR0913 - a page has these parts
    site: Site, path: str, title: str, sentence: str, blocks: Sequence[Block], *, second: str = "", note: str = "",
    downloads: tuple[Download, ...] = (), found_by: str = "",
) -> Page:  # fmt: skip
    """The finished page; `path` stands below rules/. found_by: words by which the search finds it besides its sentence."""
    whole = f"{SECTION}{path}"
    body = render(
        "listing.html.jinja", root=root_of(whole), title=title, anchor=path.strip("/").replace("/", "-"), sentence=sentence,
        second=second, blocks=blocks, strip=strip(path), strip_name=NAV, notice="", as_of=words.day(site.as_of), note=note,
        downloads=downloads,
    )  # fmt: skip
    return Page(path=whole, title=title, body_html=body, section=SECTION, search_text=f"{sentence} {found_by}".strip())


def files(ones: Sequence[tuple[str, str]]) -> Markup:
    """Files with their names, as they are written."""
    return render("files.html.jinja", files=ones)
