"""A change as two folders: what stood before, and what would stand after. Judged in this process, without Git."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from handrail.check import judge
from handrail.compute.approved_value import value_of
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.model.repository import Repository
from handrail.remark import Remark
from handrail.rules.pull import Pull, Touched
from handrail.yaml_text import dump

from tests.command import ROOT

DAY = date(2026, 12, 4)
LAW = ("policy", "people", "objectives", "programmes", "standards", "rules", "approvals", "others", "organisation")


@dataclass(kw_only=True)
class TwoSides:
    """Two folders that begin alike. Edit `after`, or `before` and then take it over, and ask what the rules say."""

    folder: Path
    day: date = DAY
    recorders: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def sample(cls, folder: Path, *projects: str) -> TwoSides:
        """The shipped standards with some of the sample's projects."""
        made = cls(folder=folder)
        shutil.copytree(ROOT / "standards", made.before / "standards")
        for one in projects:
            shutil.copytree(ROOT / "projects" / one, made.before / "projects" / one)
        return made.take_over()

    @property
    def before(self) -> Path:
        """What stood before the change."""
        return self.folder / "before"

    @property
    def after(self) -> Path:
        """What would stand after it."""
        return self.folder / "after"

    def take_over(self) -> TwoSides:
        """Begin the change from what stands before."""
        shutil.rmtree(self.after, ignore_errors=True)
        shutil.copytree(self.before, self.after)
        return self

    def prepare(self, file: str, old: str, new: str) -> TwoSides:
        """Let something have stood otherwise before; the change begins from there."""
        _edit(self.before / file, old, new)
        return self.take_over()

    def lay(self, file: str, value: Any) -> TwoSides:
        """Let a file have stood there before; the change begins from there."""
        _put(self.before / file, value)
        return self.take_over()

    def edit(self, file: str, old: str, new: str) -> TwoSides:
        """Put `new` where `old` stands."""
        _edit(self.after / file, old, new)
        return self

    def write(self, file: str, value: Any) -> TwoSides:
        """Write a file: a text as it is, anything else as YAML."""
        _put(self.after / file, value)
        return self

    def remove(self, file: str) -> TwoSides:
        """Delete a file or folder."""
        path = self.after / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return self

    def approve(self, project: str, name: str, /, **given: Any) -> TwoSides:
        """Record a decision in the change, bound to what stands there now where `value` is not given."""
        kind, what = given.pop("kind"), given.pop("id")
        repository = load(FolderTree(self.after)).repository
        plan = next(one for one in repository.plans if one.id == project)
        record = {"id": name, "decision": "approve", "subject": {"kind": kind, "id": what}, **given}
        value = record.pop("value", value_of(kind, what, plan, repository))
        record |= {"value": value} if value else {}
        return self.write(f"projects/{project}/approvals/{name}.yaml", record)

    def remarks(self) -> tuple[Remark, ...]:
        """Everything that the gate's rules say about the change, judged by the law that stood before."""
        was, loaded = load(FolderTree(self.before)).repository, load(FolderTree(self.after))
        proposed = loaded.repository
        judged = replace(proposed, **{name: getattr(was, name) for name in LAW})
        before = compute(was, self.day)
        pull = Pull(touched=self._touched(), was=was, proposed=proposed, recorders=self.recorders)
        return judge(replace(loaded, repository=judged), compute(judged, self.day), before, before, pull).remarks

    def said(self, rule: str) -> list[str]:
        """The messages of one rule."""
        return [one.message for one in self.remarks() if one.rule == rule]

    def _touched(self) -> tuple[Touched, ...]:
        old, new = _files(self.before), _files(self.after)
        found = []
        for path in sorted(old.keys() | new.keys()):
            if old.get(path) != new.get(path):
                how = "added" if path not in old else "removed" if path not in new else "changed"
                found.append(Touched(path=path, how=how))  # type: ignore[arg-type]
        return tuple(found)


def blocking(remarks: tuple[Remark, ...]) -> set[str]:
    """The rules that stop a change, as far as projects are concerned."""
    return {
        one.rule for one in remarks if one.blocks and (one.rule != "DAT-01" or one.loc.file.startswith("projects/"))
    }


def standing(folder: Path, day: date = DAY) -> Repository:
    """What a folder says."""
    return load(FolderTree(folder)).repository


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _put(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else dump(value), encoding="utf-8")


def _files(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
