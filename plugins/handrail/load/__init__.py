"""A tree of files becomes a repository. One broken file never hides another, and nothing raises for what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handrail.load.known import Known
from handrail.load.law import read_law
from handrail.load.names import check_names
from handrail.load.overlays import check_extras
from handrail.load.projects import read_project
from handrail.load.reading import Reading
from handrail.load.strays import check_strays
from handrail.load.tree import FolderTree, find_root
from handrail.model.repository import BrokenPlan, Repository, Tree
from handrail.remark import Remark

__all__ = ["FolderTree", "Known", "Loaded", "Tick", "find_root", "load"]

Tick = Callable[[int, int], None]
"""Told how many projects were read, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Loaded:
    """A repository and everything that stood in the way of reading it."""

    repository: Repository
    remarks: tuple[Remark, ...]
    known: Known = field(default_factory=Known)


def load(tree: Tree, tick: Tick | None = None, known: Known | None = None) -> Loaded:
    """Read law, then plans, then see that every name leads somewhere.

    `tick(done, total)` is called per project. `known` remembers what was found sound before.
    """
    reading = Reading(tree=tree, currency="EUR", known=known or Known())
    law = read_law(reading)
    plans, broken = [], []
    folders = _projects(tree)
    for number, (project, files) in enumerate(folders.items(), 1):
        if tick is not None:
            tick(number, len(folders))
        one = read_project(reading, project, files)
        if isinstance(one, BrokenPlan):
            broken.append(one)
        else:
            plans.append(one)
    repository = law.repository(reading, tuple(plans), tuple(broken))
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
