"""What is about all projects, pages and tables and what the handbook shows of them, left alone as long as nothing has changed that they read.

It is right as long as law, program, day, commit and the list of projects are the same, and no field that it read
of the plans (`noting`) differs from the last build. Only the plans that were touched since are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from handrail.compute.facts import Project
from handrail.compute.portfolio import compute
from handrail.fast import sealed
from handrail.fast.frames import Outline, outline
from handrail.fast.kept import KeptPage, told_of_all
from handrail.fast.memory import Plans
from handrail.fast.noting import BETTER, EVIDENCE, FILES, OTHERS, SAID, STANDS, Notes, differing, noting
from handrail.fast.sealed import summed
from handrail.macros import Question, answer
from handrail.model.project import Plan
from handrail.remark import Remark
from handrail.render.each import EachOf, OnePage
from handrail.render.page import Page
from handrail.render.view import Site

Kind = Callable[[Site], Iterator[Page]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What plans and law are made of. law: a sum of all files outside of projects and of the program; folders: a sum by project.

    plans: those of this build and of the last one.
    """

    law: bytes
    folders: Mapping[str, bytes]
    plans: Plans


class Whole:
    """What one build makes of all projects, and what is known of that of the last one."""

    def __init__(self, folder: Path, site: Site, sources: Sources) -> None:
        """folder: where it is kept."""
        self._place, self._plain, self._sources = folder / "whole.json", site, sources
        self._noted = Notes()
        self._site = noting(site, self._noted)
        self._old = _read(self._place)
        self._changed = self._changes()
        self._new: dict[str, dict[str, Any]] = defaultdict(dict)
        self._bodies: tuple[Kind | None, Mapping[str, str]] = None, {}

    def pages(self, kind: Kind) -> Iterator[Page | KeptPage]:
        """The pages of one kind; where they are as they were, without having been made."""
        for name, part in parts(kind, self._plain):
            yield from self._pages(name, part)

    def _pages(self, name: str, kind: Kind) -> Iterator[Page | KeptPage]:
        known = self._right("kinds", name)
        if known is not None:
            self._new["kinds"][name] = known
            for told, digest in known["pages"]:
                yield self._kept(kind, Outline(**told), bytes.fromhex(digest))
            return
        self._noted.clear()
        made = []
        for page in kind(self._site):
            made.append(outline(page))
            yield page
        self._new["kinds"][name] = {"noted": sorted(self._noted), "pages": made}

    def answer(self, question: Question) -> str:
        """What a page of the handbook is given. Raises ValueError for what there is not."""
        return str(self.left("answers", repr(question), lambda site: answer(site, question)))

    def left(self, what: str, name: str, make: Callable[[Site], Any]) -> Any:
        """What `make` gives of the site, in values of JSON; what it gave for the last build where that is still right.

        what: the sort of thing it is. name: of this one among its sort.
        """
        known = self._new[what].get(name) or self._right(what, name)
        if known is None:
            self._noted.clear()
            made = make(self._site)
            known = {"noted": sorted(self._noted), "made": made}
        self._new[what][name] = known
        return known["made"]

    def save(self, sums: Mapping[str, bytes]) -> None:
        """Leave for the next build what was made. sums: of each page's body, by its path."""
        kinds = {
            name: {
                "noted": one["noted"],
                "pages": [
                    [asdict(each), sums[each.path].hex()] if isinstance(each, Outline) else each
                    for each in one["pages"]
                ],
            }
            for name, one in self._new["kinds"].items()
        }
        sealed.write(self._place, {**self._state, "made": {**self._new, "kinds": kinds}})

    def _right(self, what: str, name: str) -> Any:
        """What was made last time, None where it could be another one today."""
        if self._changed is None:
            return None
        known = self._old["made"].get(what, {}).get(name)
        return known if known is not None and self._changed.isdisjoint(known["noted"]) else None

    def _kept(self, kind: Kind, one: Outline, digest: bytes) -> KeptPage:
        return KeptPage(one, digest, lambda: self._again(kind, one.path))

    def _again(self, kind: Kind, path: str) -> str:
        """The body of a page that is as it was, for the rare case that it must be written."""
        if self._bodies[0] is not kind:
            self._bodies = kind, {one.path: one.body_html for one in kind(self._plain)}
        return self._bodies[1][path]

    @cached_property
    def _state(self) -> dict[str, Any]:
        """What the pages of this build follow from.

        Without an old one it is asked for at the end: by then all remarks are located, next to the forms of the same files.
        """
        site, sources = self._plain, self._sources
        order = [[one.id for one in ones] for ones in (site.projects, site.hidden)]
        told = {
            EVIDENCE: sorted(site.evidence.items()), BETTER: site.better, OTHERS: site.others, FILES: site.portfolio.repository.tree.paths(),
            STANDS: [_standing(one) for one in site.remarks], **_by_rule(STANDS, site, _standing),
        }  # fmt: skip
        said = _digests(_by_rule(SAID, site, lambda one: (one, site.place(one))))
        return {
            "made_from": _digest(sources.law, told_of_all(site), repr((order, site.pulls, site.merges))),
            "folders": {name: one.hex() for name, one in sources.folders.items()},
            "told": _digests(told) | said | {SAID: _digest(repr(said))},
        }

    def _changes(self) -> frozenset[str] | None:
        """The names of what differs from the last build; None where nothing of it can be used."""
        old = self._old
        if old is None or old["made_from"] != self._state["made_from"]:
            return None
        now = self._state
        found = set(_unlike(old["told"], now["told"]))
        for name in _unlike(old["folders"], now["folders"]):
            before, project = self._before(name), self._plain.portfolio.project(name)
            if before is None or project is None:
                return None
            found.update(differing(before, project))
        return frozenset(found)

    def _before(self, name: str) -> Project | None:
        """The facts of a project as it was for the last build, on the day of this one."""
        folder = self._sources.plans.folder_before(name, bytes.fromhex(self._old["folders"].get(name, "")))
        if folder is None or not isinstance(folder.plan, Plan):
            return None
        repository = replace(self._plain.portfolio.repository, plans=(folder.plan,))
        return compute(repository, self._plain.as_of).projects[0]


def parts(kind: Kind, site: Site) -> Iterator[tuple[str, Kind]]:
    """What of a kind of pages stands apart, with a name that no other has."""
    if isinstance(kind, EachOf):
        for name, one in kind.of(site):
            yield f"{_name(kind.make)} {name}", OnePage(partial(_made, kind.make, one))
    else:
        yield _name(kind.make if isinstance(kind, OnePage) else kind), kind


def _made(make: Callable[[Site, Any], Page], one: Any, site: Site) -> Page:
    return make(site, one)


def _name(make: Any) -> str:
    return f"{make.__module__}.{make.__qualname__}"


def _unlike(old: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """The names under which two states differ."""
    return (name for name in old.keys() | now.keys() if old.get(name) != now.get(name))


def _standing(remark: Remark) -> tuple[object, ...]:
    return (
        remark.rule, remark.project, remark.state, remark.waived_by, remark.enforce_at, remark.severity, remark.level, remark.due,
    )  # fmt: skip


def _by_rule(name: str, site: Site, told: Callable[[Remark], object]) -> dict[str, Any]:
    return {f"{name} {rule}": [told(one) for one in ones] for rule, ones in site.by_rule.items()}


def _digests(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: _digest(repr(one)) for name, one in told.items()}


def _read(place: Path) -> Any:
    """What was left, None where there is nothing that can be trusted."""
    try:
        return sealed.read(place)
    except (OSError, ValueError):
        return None


def _digest(*parts: bytes | str) -> str:
    return summed(*(one if isinstance(one, bytes) else one.encode("utf-8", "surrogatepass") for one in parts)).hex()
