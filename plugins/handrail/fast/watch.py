"""Notes which other projects are looked at while something is made for one of them.

What is made for one project may look at others: at their names, at what they give, at who else asks for the same people.
It gets the site with watchers in place of the doors through which others are seen. Whatever is no door known here counts as
a look at everything, so a new field of the site makes a build slower and never wrong. Law, people, policy, names, the
newest commit and the days of the history need no note: everything is made again when one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from handrail.compute.audience import Seen
from handrail.compute.evidence import Evidence
from handrail.compute.facts import Portfolio, Project
from handrail.model.repository import Repository, Tree
from handrail.remark import Remark
from handrail.render.view import Site
from handrail.rules.names import PortfolioView

ALL = "*"
"""Noted for a look that could meet any project."""
HIDDEN = "?"
"""Noted for a look at the projects that are only counted."""
FREE: Mapping[type, frozenset[str]] = {
    Site: frozenset({
        "rules", "settings", "spans", "verified_by", "address", "branch", "history", "has_editor", "commit", "overlay",
    }),
    Portfolio: frozenset({"as_of", "broken"}),
    PortfolioView: frozenset({"as_of"}),
    Seen: frozenset({"broken", "hidden_broken", "names"}),
    Repository: frozenset({
        "organisation", "policy", "people", "objectives", "programmes", "requests", "standards", "rules", "broken", "approvals",
        "others", "raw", "elsewhere", "faulty",
    }),
}  # fmt: skip
"""What may be looked at without a note: it follows from nothing that a project's folder holds, or is asked by project."""

T = TypeVar("T")
_set = object.__setattr__


def watched(site: Site, project: str, noted: set[str]) -> Site:
    """The site for what is made of one project. `noted` is filled with the ids of others, ALL or HIDDEN."""
    portfolio, seen = site.portfolio, site.seen
    repository = _free(_Repository, Repository, portfolio.repository, noted)
    _set(repository, "tree", _Tree(portfolio.repository.tree, project, noted))
    whole = _free(_Portfolio, Portfolio, portfolio, noted)
    _set(whole, "repository", repository)
    shown = _free(_Seen, Seen, seen, noted)
    found = _free(_Site, Site, site, noted)
    _set(found, "portfolio", whole)
    _set(found, "seen", shown)
    _set(found, "by_project", _Own(site.by_project, lambda key: key == project, noted))
    _set(found, "evidence", _Own(site.evidence, lambda key: key.startswith(f"projects/{project}/"), noted))
    return found


def watched_scope(scope: Mapping[str, Any], noted: set[str]) -> dict[str, Any]:
    """The roots of a rule's expressions. `noted` is filled with the ids of the projects that are looked at, its own too."""
    repository = _free(_Repository, Repository, scope["repository"], noted)
    view = _free(_View, PortfolioView, scope["portfolio"], noted)
    return {**scope, "repository": repository, "portfolio": view, "facts": _Facts(scope["facts"], noted)}


def _free(cls: type[T], base: type, real: Any, noted: set[str]) -> T:
    made = cls.__new__(cls)
    known = {one.name for one in fields(base)}
    for name in FREE[base] & known:
        _set(made, name, getattr(real, name))
    _set(made, "_real", real)
    _set(made, "_noted", noted)
    return made


class _Door:
    """An object some of whose fields are not set: who asks for one of those could meet anybody."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        """Called for fields that are not set."""
        if name.startswith("_"):
            raise AttributeError(name)
        self._noted.add(ALL)
        return getattr(self._real, name)


class _Site(_Door, Site):
    __slots__ = ("_noted", "_real")


class _Repository(_Door, Repository):
    __slots__ = ("_noted", "_real")


class _View(_Door, PortfolioView):
    __slots__ = ("_noted", "_real")


class _Facts(dict[str, Project]):
    """Facts by project: whose are asked for is noted; whoever goes through them could meet anybody."""

    def __init__(self, real: Mapping[str, Project], noted: set[str]) -> None:
        super().__init__(real)
        self._noted = noted

    def __getitem__(self, key: str) -> Project:
        self._noted.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The facts of a project, noted."""
        self._noted.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._noted.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._noted.add(ALL)
        return super().__iter__()

    def keys(self) -> Any:
        """Every id: a look at everything."""
        self._noted.add(ALL)
        return super().keys()

    def values(self) -> Any:
        """Every project: a look at everything."""
        self._noted.add(ALL)
        return super().values()

    def items(self) -> Any:
        """Every project by id: a look at everything."""
        self._noted.add(ALL)
        return super().items()


class _Portfolio(_Door, Portfolio):
    __slots__ = ("_noted", "_real")

    def project(self, name: str) -> Project | None:
        """A project by its id, noted."""
        self._noted.add(name)
        return self._real.project(name)  # type: ignore[no-any-return]


class _Seen(_Door, Seen):
    __slots__ = ("_noted", "_real")

    def name_of(self, project: str) -> str:
        """Follows from the names of all projects, which need no note."""
        return self._real.name_of(project)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        """What is hidden has a note of its own."""
        if name == "hidden":
            self._noted.add(HIDDEN)
            return self._real.hidden
        return _Door.__getattr__(self, name)


class _Own(Mapping[str, Any]):
    """A mapping of which the own part may be looked at."""

    __slots__ = ("_mine", "_noted", "_real")

    def __init__(
        self, real: Mapping[str, tuple[Remark, ...]] | Mapping[str, Evidence], mine: Any, noted: set[str]
    ) -> None:
        self._real, self._mine, self._noted = real, mine, noted

    def __getitem__(self, key: str) -> Any:
        if not self._mine(key):
            self._noted.add(ALL)
        return self._real[key]

    def __iter__(self) -> Iterator[str]:
        self._noted.add(ALL)
        return iter(self._real)

    def __len__(self) -> int:
        self._noted.add(ALL)
        return len(self._real)


class _Tree:
    """The files: those of other folders are noted under the folder's name."""

    __slots__ = ("_noted", "_own", "_real")

    def __init__(self, real: Tree, project: str, noted: set[str]) -> None:
        self._real, self._own, self._noted = real, f"projects/{project}/", noted

    def paths(self) -> tuple[str, ...]:
        """Every file by its path. Which files another project has is looked at by nothing that is made for one."""
        return self._real.paths()

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        if path.startswith("projects/") and not path.startswith(self._own):
            self._noted.add(path.split("/")[1])
        return self._real.read(path)

    def oddities(self) -> Mapping[str, str]:
        """What is no plain file."""
        self._noted.add(ALL)
        return self._real.oddities()
