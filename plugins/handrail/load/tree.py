"""A folder as a tree of files. Nothing is followed out of it and nothing in it is executed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_ODD_NAME = "a name with characters that cannot be shown"
NAMED_LIKE_FILE = "a folder with the name of a file"
NO_FOLDER = "a file where a folder belongs"
ROOTS = ("standards", "projects")
MARKER = "standards/handrail.yaml"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class FolderTree:
    """The files below `standards/` and `projects/` of a folder. Names that begin with a dot are not looked at."""

    root: Path
    _files: tuple[str, ...] = field(default=(), init=False, repr=False)
    _oddities: Mapping[str, str] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """List the files once; what is read later is read from the disk at that moment."""
        files: list[str] = []
        odd: dict[str, str] = {}
        for top in ROOTS:
            walk(self.root / top, top, files, odd)
        object.__setattr__(self, "_files", tuple(sorted(files)))
        object.__setattr__(self, "_oddities", dict(sorted(odd.items())))

    def paths(self) -> tuple[str, ...]:
        """Every plain file, sorted."""
        return self._files

    def oddities(self) -> Mapping[str, str]:
        """Links, folders named like files and the like, each with what it is."""
        return self._oddities

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        with open(f"{self.root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123 - thousands of small files
            return stream.read()


def walk(folder: Path, prefix: str, files: list[str], odd: dict[str, str]) -> None:
    """Gather the plain files below a folder, and what is none with what it is; `prefix` is how its paths begin."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    except OSError as error:
        odd[prefix] = NO_FOLDER if isinstance(error, NotADirectoryError) else "a folder that cannot be opened"
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{prefix}/{entry.name}"
        shown = unshowable(entry.name)
        if shown is not None:
            odd[f"{prefix}/{shown[0]}"] = shown[1]
        elif entry.is_symlink():
            odd[path] = "a link to another place"
        elif entry.is_dir():
            if entry.name.endswith((".yaml", ".yml", ".md")):
                odd[path] = NAMED_LIKE_FILE
            else:
                walk(Path(entry.path), path, files, odd)
        elif entry.is_file():
            files.append(path)
        else:
            odd[path] = "no plain file"


def unshowable(name: str) -> tuple[str, str] | None:
    """How to write a name that cannot be printed or would act on a terminal, and what it is; None for a plain one.

    No such name goes further.
    """
    if name.isprintable():
        return None
    shown = name.encode("ascii", "backslashreplace").decode()
    return shown if shown.isprintable() else ascii(shown)[1:-1], _ODD_NAME


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that holds `standards/handrail.yaml`."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / MARKER).is_file()), None)
