"""A revision as a tree of files, read from Git's objects; nothing is checked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from handrail.git.objects import Objects
from handrail.git.process import Git
from handrail.git.revisions import is_hash, resolve
from handrail.load.tree import NAMED_LIKE_FILE, NO_FOLDER, ROOTS, unshowable

_LINK, _MODULE, _FOLDER = "120000", "160000", "040000"
_FEW = 400
_ODD = {_LINK: "a link to another place", _MODULE: "a submodule, the content of another repository"}


_Listed = tuple[Mapping[str, str], Mapping[str, str]]


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
        # objects are read apart from the repository's refs, so a name is followed now
        self.revision = revision if is_hash(revision) else resolve(git, revision)
        self.objects = objects or Objects(git)
        self._kept: dict[str, bytes] = {}
        self._below: dict[tuple[str, ...], _Listed] = {}

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """Each project's folder by its name, with the name of its tree: the same name, the same content."""
        return {one.path: one.blob for one in self._top if one.mode == _FOLDER}

    @cached_property
    def loose(self) -> Mapping[str, str]:
        """What stands in `projects/` itself and is no folder, with the name of its content."""
        return {f"projects/{one.path}": one.blob for one in self._top if one.mode != _FOLDER}

    @cached_property
    def _top(self) -> tuple[Entry, ...]:
        return tuple(entries(self._git, f"{self.revision}:{self._git.prefix}projects"))

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

    def holds(self, path: str) -> bool:
        """Whether there is such a path, from the top of the repository."""
        found = self.objects.get(f"{self.revision}:{path}")
        return found is not None

    def below(self, *folders: str) -> _Listed:
        """The files of some files or folders, each with the name of its content, and the oddities there."""
        if folders not in self._below:
            self._below[folders] = self._list(folders)
        return self._below[folders]

    def _list(self, folders: tuple[str, ...]) -> _Listed:
        files: dict[str, str] = {}
        odd: dict[str, str] = {}
        prefix = self._git.prefix
        wanted = [f"{prefix}{one}" for one in folders]
        # a command line has its limits; beyond them everything is listed, and the rest is left out here
        narrow = wanted if len(wanted) <= _FEW else [f"{prefix}{one}" for one in ROOTS]
        known = frozenset(folders)
        for one in entries(self._git, self.revision, *narrow, deep=True):
            path = one.path[len(prefix) :]
            top = path.split("/", 2)
            if known.isdisjoint((path, top[0], "/".join(top[:2]))):
                continue
            _sort(replace(one, path=path), files, odd)
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
    def _listed(self) -> _Listed:
        return self.below(*ROOTS)


def entries(git: Git, tree: str, *paths: str, deep: bool = False) -> Iterable[Entry]:
    """What stands in a tree, at some paths or at all, and with `deep` in all below; nothing where there is no such tree."""
    words = ("ls-tree", "-z", "--full-tree", *(("-r",) if deep else ()), tree, "--", *paths)
    # a commit or tree that is not there is a hole in the history; a folder that is not there is an empty one
    status, told = git.sealed(*words, fine=(0, 128) if ":" in tree else (0,))
    if status:
        return
    for line in told.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, blob = head.decode().split(" ")
        yield Entry(mode=mode, blob=blob, path=name.decode("utf-8", "surrogateescape"))


def _sort(one: Entry, files: dict[str, str], odd: dict[str, str]) -> None:
    """Put a path where a walk through a folder on disk would have put it."""
    *above, name = one.path.split("/")
    place = ""
    for number, part in enumerate(above):
        if part.startswith("."):
            return
        shown = unshowable(part)
        if shown is not None:
            odd[f"{place}{shown[0]}"] = shown[1]
            return
        if number and part.endswith((".yaml", ".yml", ".md")):
            odd[f"{place}{part}"] = NAMED_LIKE_FILE
            return
        place = f"{place}{part}/"
    if name.startswith("."):
        return
    shown = unshowable(name)
    if shown is not None:
        odd[f"{place}{shown[0]}"] = shown[1]
    elif one.mode in _ODD:
        odd[f"{place}{name}"] = _ODD[one.mode]
    elif not above and name in ROOTS:
        odd[name] = NO_FOLDER
    else:
        files[f"{place}{name}"] = one.blob
