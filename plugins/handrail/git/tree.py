"""A revision as a tree of files, read from Git's objects; nothing is checked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from handrail.git.objects import Objects
from handrail.git.process import Git
from handrail.load.tree import NAMED_LIKE_FILE, ROOTS, unshowable

_LINK, _MODULE, _FOLDER = "120000", "160000", "040000"
_ODD = {_LINK: "a link to another place", _MODULE: "a submodule, the content of another repository"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a tree: its mode, the name of its object, and its path below the root."""

    mode: str
    blob: str
    path: str


class RevisionTree:
    """The files below `standards/` and `projects/` of a commit or tree; `model.repository.Tree` for a revision.

    Listed when somebody asks: `folders` needs one level of the tree, `paths` all of it.
    """

    def __init__(self, git: Git, revision: str, objects: Objects | None = None) -> None:
        self._git = git
        self.revision = revision
        self.objects = objects or Objects(git)
        self._kept: dict[str, bytes] = {}

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """Each project's folder by its name, with the name of its tree: the same name, the same content."""
        found = entries(self._git, f"{self.revision}:{self._git.prefix}projects")
        return {one.path: one.blob for one in found if one.mode == _FOLDER}

    @cached_property
    def law(self) -> str | None:
        """The name of the tree of `standards/`, None without one."""
        found = self.objects.get(f"{self.revision}:{self._git.prefix}standards")
        return found.name if found is not None else None

    def paths(self) -> tuple[str, ...]:
        """Every plain file, sorted."""
        return tuple(self._listed[0])

    def oddities(self) -> Mapping[str, str]:
        """Links, submodules, folders named like files, names that cannot be shown, each with what it is."""
        return self._listed[1]

    def blob(self, path: str) -> str | None:
        """The name of a file's content, None where there is no such file."""
        return self._listed[0].get(path)

    def below(self, *folders: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The files of some folders, each with the name of its content, and the oddities there."""
        files: dict[str, str] = {}
        odd: dict[str, str] = {}
        for folder in folders:
            for one in entries(self._git, f"{self.revision}:{self._git.prefix}{folder}", deep=True):
                _sort(one, folder, files, odd)
        return dict(sorted(files.items())), dict(sorted(odd.items()))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        if path in self._kept:
            return self._kept.pop(path)
        name = self.blob(path)
        if name is None:
            raise FileNotFoundError(path)
        return self.objects.blob(name)

    def prefetch(self, paths: Iterable[str]) -> None:
        """Read many files at once; each is handed out, and let go, by the next `read`."""
        names = {path: name for path in paths if (name := self.blob(path)) is not None}
        found = self.objects.many(names.values())
        self._kept.update({path: found[name].data for path, name in names.items() if name in found})

    @cached_property
    def _listed(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        return self.below(*ROOTS)


def entries(git: Git, tree: str, *, deep: bool = False) -> Iterable[Entry]:
    """What stands in a tree, and with `deep` in all below it; nothing where there is no such tree."""
    words = ("ls-tree", "-z", "--full-tree", *(("-r",) if deep else ()), tree)
    status, told = git.sealed(*words, fine=(0, 128))
    if status:
        return
    for line in told.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, blob = head.decode().split(" ")
        yield Entry(mode=mode, blob=blob, path=name.decode("utf-8", "surrogateescape"))


def _sort(one: Entry, folder: str, files: dict[str, str], odd: dict[str, str]) -> None:
    """Put a path where a walk through a folder on disk would have put it."""
    *above, name = one.path.split("/")
    place = folder
    for part in above:
        if part.startswith("."):
            return
        shown = unshowable(part)
        if shown is not None:
            odd[f"{place}/{shown[0]}"] = shown[1]
            return
        place = f"{place}/{part}"
        if part.endswith((".yaml", ".yml", ".md")):
            odd[place] = NAMED_LIKE_FILE
            return
    if name.startswith("."):
        return
    shown = unshowable(name)
    if shown is not None:
        odd[f"{place}/{shown[0]}"] = shown[1]
    elif one.mode in _ODD:
        odd[f"{place}/{name}"] = _ODD[one.mode]
    else:
        files[f"{place}/{name}"] = one.blob
