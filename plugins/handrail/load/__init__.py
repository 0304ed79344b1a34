"""A tree of files becomes a repository. One broken file never hides another, and nothing raises for what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from handrail.load.known import Known
from handrail.load.law import Law, read_law
from handrail.load.names import check_names
from handrail.load.overlays import check_extras
from handrail.load.projects import Shelf, read_folder
from handrail.load.reading import Reading
from handrail.load.strays import check_strays
from handrail.load.tree import FolderTree, find_root
from handrail.model.repository import BrokenPlan, Repository, Tree
from handrail.remark import Remark

__all__ = ["FolderTree", "Ground", "Known", "Loaded", "Shelf", "Tick", "find_root", "load", "read_ground"]

Tick = Callable[[int, int], None]
"""Told how many projects were read, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Loaded:
    """A repository and everything that stood in the way of reading it."""

    repository: Repository
    remarks: tuple[Remark, ...]
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Ground:
    """The law as one tree says it, read once; plans of several trees can be held against it."""

    reading: Reading
    law: Law


def read_ground(tree: Tree, known: Known | None = None) -> Ground:
    """Read everything below `standards/`."""
    reading = Reading(tree=tree, currency="EUR", known=known.apart() if known else Known())
    return Ground(reading=reading, law=read_law(reading))


def load(  # noqa: PLR0913 - what is read, and what is known of it
    tree: Tree, tick: Tick | None = None, known: Known | None = None, *, ground: Ground | None = None,
    elsewhere: tuple[str, ...] = (), shelf: Shelf | None = None,
) -> Loaded:  # fmt: skip
    """Read law, then plans, then see that every name leads somewhere.

    `tick(done, total)` is called per project. `known` remembers what was found sound before. With `ground`, the law is
    not read again. `elsewhere` names projects that exist and are not in the tree. `shelf` holds folders as they were read before.
    """
    ground = ground or read_ground(tree, known)
    law, first = ground.law, ground.reading
    reading = Reading(
        tree=tree, currency=first.currency, known=first.known.apart(), remarks=list(first.remarks), raw=dict(first.raw),
        faulty=dict(first.faulty),
    )  # fmt: skip
    plans, broken = [], []
    folders = _projects(tree)
    for number, (project, files) in enumerate(folders.items(), 1):
        if tick is not None:
            tick(number, len(folders))
        found = shelf.folder(project) if shelf is not None else None
        if found is None:
            found = read_folder(reading, project, files)
            if shelf is not None:
                shelf.add_folder(project, found)
        reading.take(found.remarks, found.raw, found.faulty)
        if isinstance(found.plan, BrokenPlan):
            broken.append(found.plan)
        else:
            plans.append(found.plan)
    repository = replace(law.repository(reading, tuple(plans), tuple(broken)), elsewhere=elsewhere)
    reading.remarks += check_strays(tree)
    reading.remarks += check_names(repository)
    reading.remarks += check_extras(repository)
    return Loaded(repository=repository, remarks=tuple(reading.remarks), known=reading.known)


def _projects(tree: Tree) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in tree.paths():
        match = re.match(r"projects/([^/]+)/", path)
        if match:
            found.setdefault(match.group(1), []).append(path)
    return {project: tuple(files) for project, files in found.items()}
