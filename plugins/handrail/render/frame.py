"""How pages to be read one after the other are laid out, and the links on top of them: one `Frame` for each family of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from handrail.render import words
from handrail.render.block import Block
from handrail.render.page import Page, render, root_of
from handrail.render.table import Download
from handrail.render.view import Site

Here = Literal["", "page", "part"]
"""Whether a link leads to the page that is open, or to the one that the open page is a part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A family of pages below one place, each with the same links on top.

    place: where they stand, such as `portfolio/`. tab: the path of the page whose tab they belong to; their place, if
    not given. name: what the links are called for readers who hear the page. groups: the links by group; a link is
    its words and its path below the place, and the empty path is the family's first page. notice: whether a page says
    that some projects are not listed.
    """

    place: str
    name: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    tab: str = ""
    notice: bool = True

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its pages stand, below its place, in the order of the links."""
        return tuple(path for _, links in self.groups for _, path in links)

    def strip(self, path: str) -> tuple[tuple[str, tuple[tuple[str, str, Here], ...]], ...]:
        """The links on top, with the page that is open told apart, or the one that it is a part of."""
        return tuple(
            (group, tuple((text, f"{self.place}{href}", _here(href, path)) for text, href in links))
            for group, links in self.groups
        )

    def page(  # noqa: PLR0913 - a page has these parts
        self, site: Site, path: str, title: str, sentence: str, blocks: Sequence[Block], *, second: str = "", note: str = "",
        downloads: tuple[Download, ...] = (), of_projects: bool = True, found_by: str = "",
    ) -> Page:  # fmt: skip
        """The finished page: one sentence, then its parts.

        path: below the place. of_projects: whether it says that some projects are not listed. found_by: words by which
        the search finds it besides its sentence.
        """
        whole = f"{self.place}{path}"
        body = render(
            "listing.html.jinja", root=root_of(whole), title=title, anchor=(path or self.place).strip("/").replace("/", "-"),
            sentence=sentence, second=second, blocks=blocks, strip=self.strip(path), strip_name=self.name,
            notice=hidden_sentence(site) if self.notice and of_projects else "", as_of=words.day(site.as_of), note=note,
            downloads=downloads,
        )  # fmt: skip
        found = f"{sentence} {found_by}".strip()
        return Page(path=whole, title=title, body_html=body, section=self.tab or self.place, search_text=found)


def _here(href: str, path: str) -> Here:
    return "page" if href == path else "part" if href and path.startswith(href) else ""


def hidden_sentence(site: Site) -> str:
    """Projects that are only counted."""
    if not site.hidden and not site.seen.hidden_broken:
        return ""
    colours = [words.light(one.health.counts).css for one in site.hidden]
    parts = [f"{colours.count(one.css)} {one.word.lower()}" for one in words.LIGHTS if one.css in colours]
    how_many = len(site.hidden) + site.seen.hidden_broken
    parts += [f"{site.seen.hidden_broken} that cannot be read"] if site.seen.hidden_broken else []
    return (
        f"{words.count(how_many, 'restricted project')} {words.verb(how_many, 'is')} not listed: {words.listed(parts)}."
    )


PORTFOLIO = Frame(
    place="portfolio/", name="Pages about the portfolio",
    groups=(
        ("Monday", (("Decisions asked", "decisions-asked/"), ("What changed", "changes/"), ("By exception", "exceptions/"),
                    ("Next six weeks", "next/"), ("PMO desk", "desk/"), ("Reviews", "reviews/"))),
        ("Projects", (("Overview", ""), ("Programmes and objectives", "strategy/"), ("Pipeline", "pipeline/"),
                      ("Dependencies", "dependencies/"), ("Downloads", "downloads/"))),
        ("Time", (("Roadmap", "roadmap/"), ("Milestone trend", "trend/"), ("Gates and calendar", "gates/"))),
        ("Control", (("Risks", "risks/"), ("Decision log", "decisions/"), ("Money", "money/"), ("Benefits", "benefits/"),
                     ("Quality", "quality/"))),
        ("People", (("Actions", "actions/"), ("Resources", "resources/"), ("Suppliers", "suppliers/"))),
    ),
)  # fmt: skip
ASSURANCE = Frame(
    place="assurance/", name="Pages of assurance",
    groups=(
        ("Rules", (("Open remarks", ""), ("Compliance matrix", "compliance/"), ("Coverage of the standards", "coverage/"),
                   ("Conformity to frameworks", "conformity/"), ("Deviations by expiry", "waivers/"))),
        ("Evidence", (("Gate evidence", "gates/"), ("Approvals log", "approvals/"), ("Merges past the gate", "merges/"),
                      ("Findings of audits", "findings/"))),
        ("Data and duties", (("Data quality", "data-quality/"), ("Separation of duties", "duties/"))),
    ),
)  # fmt: skip
LEARNING = Frame(
    place="learning/", tab="learn/", name="Pages about learning",
    groups=(
        ("The loop", (("Are we getting better?", ""), ("Lessons", "lessons/"), ("Change proposals", "proposals/"),
                      ("Feedback and deviations", "feedback/"), ("How alike we work", "framework/"))),
        ("People", (("Competences", "competences/"), ("Sessions", "sessions/"), ("Learning paths", "paths/"),
                    ("Modules and playbooks", "material/"), ("Support", "support/"))),
    ),
)  # fmt: skip
REFERENCE = Frame(
    place="rules/", name="Pages of reference", notice=False,
    groups=(
        ("Standards", (("Rules", ""), ("Who sets, who applies", "interface/"), ("Changes of the standards", "changes/"))),
        ("To look up", (("Field reference", "fields/"), ("Templates", "templates/"))),
    ),
)  # fmt: skip
FRAMES = PORTFOLIO, ASSURANCE, LEARNING, REFERENCE
"""Every family of pages."""
