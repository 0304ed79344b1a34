"""How some projects stood on earlier days, closely: what early warnings follow from. Only those projects are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path

from handrail.clock import zone_of
from handrail.compute.early_warning import Earlier, stood
from handrail.compute.portfolio import compute
from handrail.git import Git, GitFault, Mainline, NoRepository, Objects
from handrail.git.folders import Folders
from handrail.history.reading import Past, law_of
from handrail.history.store import Store
from handrail.load.known import code


class LookingBack:
    """Reads Git's history when it is asked, and remembers what it computed. `why`: the reason where nothing could be read."""

    def __init__(self, root: Path, timezone: str = "UTC", *, cache: bool = True) -> None:
        self._root, self._zone, self._cache = root, zone_of(timezone), cache
        self.why = ""

    def __call__(self, wanted: Mapping[str, Iterable[date]]) -> Mapping[str, Mapping[date, Earlier]]:
        """By project, how it stood at the end of the days that are asked for; days before it was there are left out."""
        try:
            git = Git(self._root)
            line = Mainline(git)
        except NoRepository:
            self.why = "No history is kept here."
            return {}
        except GitFault as fault:
            self.why = str(fault).replace(str(self._root), "this folder")
            return {}
        objects = Objects(git)
        store = Store(git.common if self._cache else None, code())
        by_day: dict[date, list[str]] = {}
        for project, days in wanted.items():
            for day in days:
                by_day.setdefault(day, []).append(project)
        found: dict[str, dict[date, Earlier]] = {}
        try:
            looking = _Looking(git, objects, store)
            for day, projects in sorted(by_day.items()):
                commit = line.at(day, self._zone)
                if commit is None:
                    continue
                for project, one in looking.at(day, commit, projects):
                    found.setdefault(project, {})[day] = one
        except GitFault as fault:
            self.why = str(fault).replace(str(self._root), "this folder")
        finally:
            objects.close()
            store.close()
        return found


class _Looking:
    def __init__(self, git: Git, objects: Objects, store: Store) -> None:
        self._prefix, self._objects, self._store = git.prefix, objects, store
        self._folders = Folders(objects, git.hashes)
        self._past = Past(objects)

    def at(self, day: date, commit: str, projects: Iterable[str]) -> Iterable[tuple[str, Earlier]]:
        """The projects of one day, from the memory where they are there."""
        standards, plans = (self._tree(commit, folder) for folder in ("standards", "projects"))
        law = law_of(self._folders.files(standards, "standards/")) if standards else {}
        trees = self._folders.below(plans) if plans else {}
        place = [f"{path} {blob}" for path, blob in sorted(law.items())]
        keys = {one: _digest(day.isoformat(), trees[one], *place) for one in projects if one in trees}
        left = []
        for name, key in keys.items():
            known = self._store.get(key)
            earlier = _unpacked(known, day) if known is not None else None
            if earlier is None:
                left.append(name)
            else:
                yield name, earlier
        if not left:
            return
        files = {name: dict(self._folders.files(trees[name], f"projects/{name}/")) for name in left}
        repository = self._past.repository(law, files)
        for project in compute(repository, day).projects:
            one = stood(project, repository)
            self._store.put(keys[project.id], _packed(one))
            yield project.id, one

    def _tree(self, commit: str, folder: str) -> str | None:
        found = self._objects.get(f"{commit}:{self._prefix}{folder}")
        return found.name if found is not None and found.kind == "tree" else None


def _packed(one: Earlier) -> bytes:
    end, cpi = one.end and one.end.isoformat(), None if one.cpi is None else str(one.cpi)
    return json.dumps([end, cpi, dict(one.floats)], separators=(",", ":")).encode()


def _unpacked(data: bytes, day: date) -> Earlier | None:
    with suppress(ValueError, TypeError, ArithmeticError, AttributeError):
        end, cpi, floats = json.loads(data)
        return Earlier(
            on=day, end=date.fromisoformat(end) if end else None, cpi=None if cpi is None else Decimal(cpi), floats=dict(floats)
        )  # fmt: skip
    return None


def _digest(*parts: str) -> bytes:
    text = "\0".join(("early", *parts)).encode("utf-8", "surrogateescape")
    return blake2b(text, digest_size=20).digest()
