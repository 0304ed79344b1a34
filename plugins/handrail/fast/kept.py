"""What was made for each project, remembered without its bytes: the site's folder still holds those.

A share is right as long as nothing has changed that it was made from: the project's own files, what is said of it, what all
share, and the projects that were looked at while it was made (`watch`). Whatever is missing or torn is made again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from handrail.compute.facts import Project
from handrail.fast import sealed
from handrail.fast.frames import Outline, outline
from handrail.fast.sealed import summed
from handrail.fast.watch import ALL, HIDDEN, watched
from handrail.render.page import Page
from handrail.render.view import Site

_FILE = "projects.json"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page without its body. sum: of the body. body: makes it again, for the rare case that it must be written."""

    outline: Outline
    sum: bytes
    body: Callable[[], str]

    @property
    def path(self) -> str:
        """Where it stands."""
        return self.outline.path


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file without its bytes. made_from: their sum. make: makes them again."""

    path: str
    made_from: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What is made for one project at a time: the pages of each kind, the files, and what these are told beside the site."""

    pages: tuple[Callable[[Site, Project], Iterator[Page]], ...]
    files: Callable[[Site, Project], Iterator[tuple[str, bytes]]]
    told: Callable[[Project], str]


class Kept:
    """The shares of all projects during one build, and those that the last build has left."""

    def __init__(self, folder: Path, site: Site, making: Making, law: bytes, folders: Mapping[str, bytes]) -> None:
        """law: a sum of all files outside of projects and of the program; folders: a sum by project."""
        self._place, self._site, self._making = folder / _FILE, site, making
        self._folders = folders
        self._shared = summed(law, told_of_all(site).encode("utf-8", "surrogatepass"))
        self._whole = summed(*(name.encode("utf-8", "surrogatepass") + one for name, one in sorted(folders.items())))
        self._hidden = summed(*(self._of(one.id) for one in site.hidden))
        self._old = _read(self._place)
        self._new: dict[str, dict[str, Any]] = {}
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the shares
        self._places: dict[tuple[object, ...], tuple[int, int]] = {}
        self._made: tuple[str, tuple[tuple[Page, ...], ...], dict[str, bytes]] | None = None

    def pages(self, project: Project, kind: int) -> Iterator[KeptPage]:
        """A project's pages of one kind."""
        for number, (told, digest) in enumerate(self._share(project)["pages"][kind]):

            def again(number: int = number) -> str:
                held = self._held(project.id, kind, number)
                return (
                    self._making_of(project)[0][kind][number].body_html
                    if held is None
                    else held.decode("utf-8", "surrogatepass")
                )

            yield KeptPage(Outline(**told), bytes.fromhex(digest), again)

    def files(self, project: Project) -> Iterator[KeptFile]:
        """A project's files beside its pages."""
        for path, digest in self._share(project)["files"]:

            def again(path: str = path) -> bytes:
                held = self._held(project.id, path)
                return self._making_of(project)[1][path] if held is None else held

            yield KeptFile(path, digest, again)

    def save(self) -> None:
        """Leave the shares for the next build."""
        sealed.write(self._place, self._new)

    def _share(self, project: Project) -> dict[str, Any]:
        if project.id not in self._new:
            known = self._old.get(project.id)
            own = self._own(project)
            if known is None or known["made_from"] != self._key(own, known["noted"]):
                known = self._fresh(project, own)
            self._new[project.id] = known
        return self._new[project.id]

    def _fresh(self, project: Project, own: bytes) -> dict[str, Any]:
        noted: set[str] = set()
        pages, files = self._making_of(project, noted)
        for kind, ones in enumerate(pages):
            for number, one in enumerate(ones):
                self._hold(_bytes(one.body_html), project.id, kind, number)
        for path, data in files.items():
            self._hold(data, project.id, path)
        return {
            "noted": sorted(noted), "made_from": self._key(own, noted),
            "pages": [[[asdict(outline(one)), summed(_bytes(one.body_html)).hex()] for one in kind] for kind in pages],
            "files": [[path, summed(data).hex()] for path, data in files.items()],
        }  # fmt: skip

    def _making_of(
        self, project: Project, noted: set[str] | None = None
    ) -> tuple[tuple[tuple[Page, ...], ...], dict[str, bytes]]:
        """Everything for one project; the last one is held, as its pages and files are asked for one after the other."""
        if self._made is None or self._made[0] != project.id or noted is not None:
            site = watched(self._site, project.id, set() if noted is None else noted)
            pages = tuple(tuple(make(site, project)) for make in self._making.pages)
            self._made = (project.id, pages, dict(self._making.files(site, project)))
        return self._made[1], self._made[2]

    def _hold(self, data: bytes, *key: object) -> None:
        """Put what was just made on the disk until it is asked for: memory does not grow, and nothing is made twice."""
        self._places[key] = (self._file.seek(0, os.SEEK_END), len(data))
        self._file.write(data)

    def _held(self, *key: object) -> bytes | None:
        place = self._places.get(key)
        if place is None:
            return None
        self._file.seek(place[0])
        return self._file.read(place[1])

    def close(self) -> None:
        """Let go what was made."""
        self._file.close()

    def _own(self, project: Project) -> bytes:
        """What one project says and what is said of it."""
        said = self._site.by_project.get(project.id, ())
        files = sorted({one.loc.file for one in project.plan.approvals})
        grades = [self._site.evidence.get(file) for file in files]
        return summed(self._of(project.id), _bytes(repr((said, grades))), _bytes(self._making.told(project)))

    def _of(self, name: str) -> bytes:
        return self._folders.get(name, b"")

    def _key(self, own: bytes, noted: Any) -> str:
        looked = []
        for one in sorted(noted):
            looked += [
                one.encode("utf-8", "surrogatepass"),
                self._whole if one == ALL else self._hidden if one == HIDDEN else self._of(one),
            ]
        return summed(self._shared, own, *looked).hex()


def told_of_all(site: Site) -> str:
    """What everything made for a project may read without a note, beside law and program."""
    days = [(one.on, one.commit) for one in site.history.points]
    hidden = [(one.id, one.plan.name) for one in site.hidden]
    return repr((
        str(site.as_of), site.commit, site.branch, site.has_editor, site.history.why, days, hidden, sorted(site.seen.names),
        site.broken, site.seen.hidden_broken,
    ))  # fmt: skip


def _read(place: Path) -> dict[str, dict[str, Any]]:
    """What was left, if anything."""
    try:
        found: dict[str, dict[str, Any]] = sealed.read(place)
    except (OSError, ValueError):
        return {}
    return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
