"""The trees that are judged: law of one revision, some plans of another, changed files from the disk over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handrail.git.tree import RevisionTree
from handrail.git.worktree import WorkTree

_AT_ONCE = 200
_ROOM = 200 << 20


class PartTree:
    """Files below `standards/` of one revision and of some projects of another; `model.repository.Tree`.

    With a work tree, what differs on the disk stands over it: whole folders of projects, or the law. `only` names the one
    file of the law that is wanted.
    """

    def __init__(  # noqa: PLR0913 - what is put together
        self, law: RevisionTree, plans: RevisionTree, projects: Iterable[str], disk: WorkTree | None = None,
        *, law_on_disk: bool = False, only: str | None = None,
    ) -> None:  # fmt: skip
        self._objects = plans.objects
        self._names: dict[str, str] = {}
        self._odd: dict[str, str] = {}
        self._disk = disk
        self._on_disk: set[str] = set()
        wanted = dict.fromkeys(projects)
        changed = disk.projects if disk is not None else frozenset()
        kept = [one for one in wanted if one not in changed]
        if disk is not None and law_on_disk and disk.law:
            self._add(disk.below("standards"))
        else:
            self._take(law.below(only or "standards"))
        if only is None and (kept or plans.loose):
            self._take(plans.below(*(f"projects/{one}" for one in kept), *plans.loose))
        if disk is not None and only is None:
            for one in disk.loose:
                self._names.pop(one, None)
                self._odd.pop(one, None)
                self._add(disk.at(one))
        for one in wanted:
            if disk is not None and one in changed:
                self._add(disk.below(f"projects/{one}"))
        self._paths = tuple(sorted((*self._names, *self._on_disk)))
        self._kept: dict[str, bytes] | None = None

    def paths(self) -> tuple[str, ...]:
        """Every plain file, sorted."""
        return self._paths

    def oddities(self) -> Mapping[str, str]:
        """What is no plain file, with what it is."""
        return self._odd

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        if self._disk is not None and path in self._on_disk:
            return self._disk.read(path)
        name = self._names.get(path)
        if name is None:
            raise FileNotFoundError(path)
        if self._kept is None:
            self._kept = self._ahead()
        data = self._kept.get(name)
        return data if data is not None else self._objects.blob(name)

    def _ahead(self) -> dict[str, bytes]:
        """Texts, read many at once; beyond a bound one by one, so that nobody fills the memory with a pull request."""
        names = [name for path, name in self._names.items() if path.endswith((".yaml", ".md"))]
        kept: dict[str, bytes] = {}
        size = 0
        for begin in range(0, len(names), _AT_ONCE):
            found = self._objects.many(names[begin : begin + _AT_ONCE])
            kept.update({name: one.data for name, one in found.items()})
            size += sum(len(one.data) for one in found.values())
            if size > _ROOM:
                break
        return kept

    def blob(self, path: str) -> str | None:
        """What names a file's content, None for one on the disk or none at all."""
        return self._names.get(path)

    def forget(self) -> None:
        """Let go of the bytes that were read ahead; what is asked for later is read again."""
        self._kept = {}

    def _take(self, listed: tuple[Mapping[str, str], Mapping[str, str]]) -> None:
        self._names.update(listed[0])
        self._odd.update(listed[1])

    def _add(self, listed: tuple[tuple[str, ...], Mapping[str, str]]) -> None:
        self._on_disk.update(listed[0])
        self._odd.update(listed[1])
