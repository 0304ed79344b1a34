"""Frames: what the theme puts around generated pages, rendered once for all pages of a folder and cut where they differ.

Two generated pages of one folder that hang under the same tab differ in the title, the last part of their address, the
file to edit and the body; the pages of the same part of two projects, in the project. A page that stands in the navigation
itself, or is unlike others, has a frame of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b

from markupsafe import escape

from handrail.render.page import Page

_TITLE, _NAME, _SOURCE = "handrail-title-slot", "handrail-name-slot", "handrail-source-slot.yaml"
_BODIES = {True: "<h1>handrail-body-slot</h1>", False: "handrail-body-slot"}
_SLOTS = re.compile(rf"({_TITLE}|{_NAME}-[0-9a-f]{{8}}|{re.escape(_SOURCE)}|{_BODIES[True]}|{_BODIES[False]})")
_PLAIN = re.compile(r"[A-Za-z0-9._/-]*")
_PROJECTS, _PART_OF_ONE = "projects", 4
_AWKWARD = re.compile(r"[^\w ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A generated page without its body. headed: whether the body has a first heading, or the theme writes one."""

    path: str
    title: str
    section: str
    search_text: str
    source: str | None
    headed: bool

    @property
    def folder(self) -> str:
        """What stands before the part of the path in which pages of one frame differ."""
        return self._parts()[0]

    @property
    def name(self) -> str:
        """The part of the path in which pages of one frame differ."""
        return self._parts()[1]

    @property
    def tail(self) -> str:
        """What stands after it: the part of a project, or nothing."""
        return self._parts()[2]

    def _parts(self) -> tuple[str, str, str]:
        parts = self.path.split("/")
        if parts[0] == _PROJECTS and len(parts) == _PART_OF_ONE:
            return parts[0], parts[1], f"{parts[2]}/"
        return "/".join(parts[:-2]), parts[-2] if len(parts) > 1 else "", ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a rendered page: text and the names of slots in turn."""

    parts: tuple[str, ...]

    def around(self, one: Outline, body: str) -> str:
        """The whole page."""
        values = {_TITLE: str(escape(one.title)), _NAME: one.name, _SOURCE: one.source or ""}
        values |= {_BODIES[True]: body, _BODIES[False]: body}
        return "".join(values[part] if number % 2 else part for number, part in enumerate(self.parts))


def outline(page: Page) -> Outline:
    """A page without its body."""
    return Outline(
        path=page.path, title=page.title, section=page.section, search_text=page.search_text, source=page.source,
        headed="<h1" in page.body_html,
    )  # fmt: skip


def family(one: Outline, alone: Iterable[str]) -> str:
    """The name of the frame that a page takes. `alone` are the paths of pages that the navigation names."""
    unlike = one.path in alone or one.path.count("/") <= 1 or not _PLAIN.fullmatch(f"{one.path}{one.source or ''}")
    if unlike:
        return one.path or "."
    return f"{one.folder}/*{one.tail}*{one.section}*{'edit' if one.source else ''}*{'h1' if one.headed else ''}"


def stand_in(one: Outline, name: str) -> Page:
    """What MkDocs renders for the frame of that name."""
    body = _BODIES[one.headed]
    if "*" not in name:
        return Page(
            path=one.path, title=one.title, body_html=body, section=one.section, search_text="", source=one.source
        )
    return Page(
        path=f"{one.folder}/{_NAME}-{blake2b(name.encode(), digest_size=4).hexdigest()}/{one.tail}", title=_TITLE, body_html=body, section=one.section, search_text="",
        source=_SOURCE if one.source else None,
    )  # fmt: skip


def cut(html: str) -> Frame:
    """A rendered stand-in as a frame."""
    parts = _SLOTS.split(html)
    return Frame(tuple(_NAME if part.startswith(_NAME) and number % 2 else part for number, part in enumerate(parts)))


def most_awkward(ones: Iterable[Outline]) -> Outline:
    """The page whose title is likeliest to be written otherwise by the theme than by a frame."""
    return max(ones, key=lambda one: (len(set(_AWKWARD.findall(one.title))), len(one.title), one.path))


@dataclass(slots=True, kw_only=True)
class Frames:
    """What MkDocs makes instead of the generated pages: a stand-in for each frame, and one whole page of each to prove it.

    beside: other files that can be linked to. body: the body of a page. Filled while MkDocs runs: `alone`, the
    pages that the navigation names; `families`, the frame of each page; `stand_ins` by frame; `proofs`, one page for each frame that several share.
    """

    outlines: tuple[Outline, ...]
    beside: tuple[str, ...]
    bodies: Bodies
    alone: frozenset[str]
    families: dict[str, str]
    stand_ins: dict[str, Page]
    proofs: dict[str, Page]

    def choose(self, alone: frozenset[str]) -> None:
        """Sort pages into families once it is known which of them the navigation names."""
        self.alone = alone
        groups: dict[str, list[Outline]] = {}
        for one in self.outlines:
            name = self.families[one.path] = family(one, alone)
            groups.setdefault(name, []).append(one)
        for name, ones in groups.items():
            self.stand_ins[name] = stand_in(ones[0], name)
            if "*" in name:
                one = most_awkward(ones)
                self.proofs[name] = replace(
                    stand_in(one, one.path), body_html=self.bodies.body(one.path), search_text=one.search_text
                )


class Bodies:
    """Bodies of pages by path."""

    def body(self, path: str) -> str:
        """The HTML of a page without its frame."""
        raise NotImplementedError
