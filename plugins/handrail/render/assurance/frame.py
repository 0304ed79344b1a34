"""How every page of assurance is laid out, and the links on top of each."""

from __future__ import annotations

from collections.abc import Sequence

from handrail.render import words
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.listing import Block
from handrail.render.portfolio.overview import hidden_sentence
from handrail.render.table import Download
from handrail.render.view import Site

SECTION = "assurance/"
STRIP: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Rules", (("Open remarks", ""), ("Compliance matrix", "compliance/"), ("Coverage of the standards", "coverage/"), ("Conformity to frameworks", "conformity/"), ("Deviations by expiry", "waivers/"))),
    ("Evidence", (("Gate evidence", "gates/"), ("Approvals log", "approvals/"), ("Merges past the gate", "merges/"), ("Findings of audits", "findings/"))),
    ("Data and duties", (("Data quality", "data-quality/"), ("Separation of duties", "duties/"))),
)  # fmt: skip
NAV = "Pages of assurance"


def strip(path: str) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
    """The links on top, with the page that is open told apart."""
    return tuple(
        (group, tuple((text, f"{SECTION}{href}", href == path) for text, href in links)) for group, links in STRIP
    )


def page(  # noqa: PLR0913 - a page has these parts
    site: Site, path: str, title: str, sentence: str, blocks: Sequence[Block], *, second: str = "", note: str = "",
    downloads: tuple[Download, ...] = (),
) -> Page:  # fmt: skip
    """The finished page; `path` stands below assurance/."""
    whole = f"{SECTION}{path}"
    body = render(
        "listing.html.jinja", root=root_of(whole), title=title, anchor=path.strip("/"), sentence=sentence, second=second,
        blocks=blocks, strip=strip(path), strip_name=NAV, notice=hidden_sentence(site), as_of=words.day(site.as_of),
        note=note, downloads=downloads,
    )  # fmt: skip
    return Page(path=whole, title=title, body_html=body, section=SECTION, search_text=sentence)
