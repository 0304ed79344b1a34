"""Projects as they stood at commits of the main line, judged once and remembered under all that a judgement follows from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import blake2b

from handrail.git import Git, Objects
from handrail.git.folders import Folders
from handrail.history.reading import Past
from handrail.history.store import Store
from handrail.keeping.facts import Stood
from handrail.keeping.judging import Today
from handrail.model.kinds import kind_of
from handrail.starters import PLACE

_PAGES = frozenset({"standard", "rule", "rule cases", "module", "playbook"})
"""Kinds that decide nothing of earlier days: the rules are those of today, and pages are only read by people."""


class Judged:
    """What the rules of today say of commits."""

    def __init__(self, git: Git, objects: Objects, store: Store, today: Today, rules: bytes) -> None:
        self._prefix, self._objects, self._store, self._today, self._rules = git.prefix, objects, store, today, rules
        self._folders, self._past = Folders(objects, git.hashes), Past(objects)
        self._laws: dict[str, Mapping[str, str]] = {}

    def trees(self, commit: str) -> Mapping[str, str]:
        """The folders of the projects of a commit, by project."""
        tree = self._tree(commit, "projects")
        return self._folders.below(tree) if tree else {}

    def law(self, commit: str) -> str:
        """What names the law of a commit: two commits with the same one were judged alike."""
        return self._tree(commit, "standards") or ""

    def at(self, commit: str, day: date, only: Iterable[str] | None = None) -> dict[str, Stood]:
        """How projects stood at a commit on a day. only: these alone, each without the others that it may depend on."""
        law, trees = self._law(commit), self.trees(commit)
        wanted = {name: trees[name] for name in (trees if only is None else only) if name in trees}
        key = self._key(day, law, wanted)
        known = self._store.get(key)
        if known is not None:
            with suppress(ValueError, TypeError):
                return unpacked(known)
        self._folders.read(wanted.values())
        files = {name: dict(self._folders.files(tree, f"projects/{name}/")) for name, tree in sorted(wanted.items())}
        repository = self._past.repository(law, {name: ones for name, ones in files.items() if ones})
        found = {one.project: one for one in self._today.judge(repository, day)}
        self._store.put(key, packed(found.values()))
        return found

    def _law(self, commit: str) -> Mapping[str, str]:
        tree = self.law(commit)
        if tree not in self._laws:
            files = self._folders.files(tree, "standards/") if tree else ()
            self._laws[tree] = {path: blob for path, blob in files if path.startswith(PLACE) or _decides(path)}
        return self._laws[tree]

    def _key(self, day: date, law: Mapping[str, str], trees: Mapping[str, str]) -> bytes:
        total = blake2b(self._rules, digest_size=20)
        for part in (
            "kept",
            day.isoformat(),
            *(f"{name} {one}" for name, one in sorted((*law.items(), *trees.items()))),
        ):
            total.update(part.encode("utf-8", "surrogateescape") + b"\0")
        return total.digest()

    def _tree(self, commit: str, folder: str) -> str | None:
        found = self._objects.get(f"{commit}:{self._prefix}{folder}")
        return found.name if found is not None and found.kind == "tree" else None


def _decides(path: str) -> bool:
    kind = kind_of(path)
    return kind is not None and kind[0].name not in _PAGES


def packed(ones: Iterable[Stood]) -> bytes:
    """The bytes of some projects' standings."""
    return json.dumps(
        [[*one[:4], sorted(one.open), sorted(one.permitted)] for one in ones], separators=(",", ":")
    ).encode()


def unpacked(data: bytes) -> dict[str, Stood]:
    """The standings again. Raises ValueError or TypeError for bytes that are none."""
    return {
        name: Stood(name, tier, phase, state, frozenset(opened), frozenset(permitted))
        for name, tier, phase, state, opened, permitted in json.loads(data)
    }
