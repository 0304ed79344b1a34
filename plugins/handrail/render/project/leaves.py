"""The pages of one project: its status, and what its folder says beyond it on as many pages as that fills.

A page is small enough to be sent over a slow line. Where everything beyond the status fits on one page, it stands there;
else every chapter has its own, and a chapter that is too long goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markupsafe import Markup

from handrail.compute.facts import Project
from handrail.render.page import render
from handrail.render.project.chapters import CHAPTERS, ROWS, Asked, Chapter, Section
from handrail.render.view import Site

ROOM = 17_000
"""Characters of content on one page, besides the frame of some 11,000 and the links between pages."""
WHOLE = "plan"
_NAMED_PAGES = 6
_NAMED = re.compile(r' id="(r-[^"]+)"')
_AIMED = re.compile(r'href="#(r-[^"]+)"')


@dataclass(frozen=True, slots=True)
class Written:
    """A section as HTML, with the names that can be linked to."""

    anchor: str
    title: str
    html: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One page beyond the status. key: its path below the project's; chapters: those that stand on it.

    number, of: where a chapter fills several pages, which of them this is.
    """

    key: str
    title: str
    chapters: tuple[str, ...]
    sections: tuple[Written, ...]
    number: int = 1
    of: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of the strip. anchor: the name it answers to; empty where the part itself is on the page."""

    title: str
    href: str
    anchor: str = ""
    here: bool = False


def leaves_of(site: Site, project: Project, root: str, more: tuple[Chapter, ...] = ()) -> tuple[Leaf, ...]:
    """Everything beyond the status, packed. `more` are chapters that only this project needs."""
    written = [(one, _fitting(one, site, project, root)) for one in (*CHAPTERS, *more)]
    written = [(one, sections) for one, sections in written if sections]
    if not more and sum(len(each.html) for _, sections in written for each in sections) <= ROOM:
        every = tuple(each for _, sections in written for each in sections)
        return (Leaf(key=WHOLE, title="The plan", chapters=tuple(one.key for one, _ in written), sections=every),)
    return tuple(leaf for one, sections in written for leaf in _packed(one, sections))


def _fitting(chapter: Chapter, site: Site, project: Project, root: str) -> tuple[Written, ...]:
    """The sections of a chapter, with as many rows as fit on a page."""
    found: tuple[Written, ...] = ()
    for rows in ROWS:
        asked = Asked(site=site, project=project, root=root, rows=rows)
        found = tuple(_written(section, root) for section in chapter.sections(asked))
        if all(len(one.html) <= ROOM for one in found):
            break
    return found


def _written(section: Section, root: str) -> Written:
    return Written(section.anchor, section.title, render("project_section.html.jinja", one=section, root=root))


def _packed(chapter: Chapter, sections: tuple[Written, ...]) -> list[Leaf]:
    """As many sections on each page as it has room for, in their order; at least one."""
    pages: list[list[Written]] = [[]]
    for one in sections:
        if pages[-1] and sum(len(each.html) for each in pages[-1]) + len(one.html) > ROOM:
            pages.append([])
        pages[-1].append(one)
    if len(pages) > 1:
        pages = _followed(chapter.key, pages)
    return [
        Leaf(
            key=_key(chapter.key, number), title=chapter.title if number == 1 else f"{chapter.title}, page {number}",
            chapters=(chapter.key,), sections=tuple(ones), number=number, of=len(pages),
        )
        for number, ones in enumerate(pages, 1)
    ]  # fmt: skip


def _key(chapter: str, number: int) -> str:
    return chapter if number == 1 else f"{chapter}-{number}"


def _followed(key: str, pages: list[list[Written]]) -> list[list[Written]]:
    """The same sections; a link to a row leads to the page on which the row stands now."""
    places = {name: number for number, ones in enumerate(pages) for one in ones for name in _NAMED.findall(one.html)}

    def to(number: int, name: str) -> str:
        there = places.get(name, number)
        return f'href="#{name}"' if there == number else f'href="../{_key(key, there + 1)}/#{name}"'

    def led(number: int, one: Written) -> Written:
        return replace(one, html=Markup(_AIMED.sub(lambda found: to(number, found[1]), one.html)))  # noqa: S704 - written by an escaping template

    return [[led(number, one) for one in ones] for number, ones in enumerate(pages)]


def strip_of(home: str, leaves: tuple[Leaf, ...], here: Leaf | None) -> tuple[Link, ...]:
    """The links between the pages of a project, as they stand on one of them; `here` is None on the status."""
    found = [Link(title="Status", href=home, here=here is None)]
    titles = {one.key: one.title for one in CHAPTERS}
    for leaf in leaves:
        if leaf.key == WHOLE:
            found += [
                Link(title=titles[key], href=f"{home}{WHOLE}/#{key}", anchor="" if leaf is here else key)
                for key in leaf.chapters
            ]
        elif leaf.number == 1:
            anchor = leaf.key if leaf.key in titles and leaf is not here else ""
            found.append(Link(title=leaf.title, href=f"{home}{leaf.key}/", anchor=anchor, here=leaf is here))
    return tuple(found)


def numbers_of(home: str, leaves: tuple[Leaf, ...], leaf: Leaf) -> tuple[Link, ...]:
    """The links between the pages of one chapter, where it fills several."""
    if leaf.of == 1:
        return ()
    return tuple(
        Link(title=f"{one.number} {one.sections[0].title}" if leaf.of <= _NAMED_PAGES else str(one.number), href=f"{home}{one.key}/", here=one is leaf)
        for one in leaves if one.chapters == leaf.chapters
    )  # fmt: skip
