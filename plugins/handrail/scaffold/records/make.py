"""Makes one record: chooses its id and file, splices it in, and reads everything back before anything is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.edit import NotEditable, NotWritable, set_value
from handrail.fields import fields_of
from handrail.load import Loaded, load
from handrail.model.project import Plan
from handrail.model.repository import Tree
from handrail.scaffold.project import NotPossible
from handrail.scaffold.records.forms import Form
from handrail.yaml_text import dump

_NUMBER = re.compile(r"(.*?)([0-9]+)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A record ready to be written: its file, the whole new text of it, and what it is called."""

    path: str
    text: str
    name: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Overlay:
    """A tree with some files laid over it."""

    below: Tree
    files: Mapping[str, bytes] = field(default_factory=dict)

    def paths(self) -> tuple[str, ...]:
        """Every file of both."""
        return tuple(sorted({*self.below.paths(), *self.files}))

    def read(self, path: str) -> bytes:
        """The bytes of a file, of the upper one where there are two."""
        return self.files[path] if path in self.files else self.below.read(path)

    def oddities(self) -> Mapping[str, str]:
        """As below."""
        return self.below.oddities()


def next_id(first: str, taken: set[str]) -> str:
    """The id after the highest one that was ever given with these letters; ids are never used again."""
    match = _NUMBER.match(first)
    prefix, digits = (match[1], match[2]) if match else (first, "1")
    own = [(int(m[2]), len(m[2])) for one in taken if (m := _NUMBER.match(one)) and m[1] == prefix]
    if not own:
        return first
    return f"{prefix}{max(number for number, _ in own) + 1:0{max(width for _, width in own)}d}" if digits else first


def make(  # noqa: PLR0913 - what a record is made of
    form: Form, loaded: Loaded, plan: Plan | None, value: dict[str, Any], *, body: str = "", audit: str = ""
) -> Made:  # fmt: skip
    """The record in its file. Raises NotPossible with everything that would be wrong with it."""
    tree = loaded.repository.tree
    kind = form.kind
    if plan is not None:
        kind_path = kind.pattern.replace("<project>", plan.id)
    else:
        kind_path = kind.pattern.replace("<audit>", audit or str(value.get("id", "")))
    if kind.key is not None:
        made = _listed(form, tree, plan, value)
    else:
        folder = kind_path.partition("<name>")[0]
        taken = {path.removeprefix(folder).rsplit(".", 1)[0] for path in tree.paths() if path.startswith(folder)}
        if form.first and "id" not in value:
            value = {"id": next_id(form.first, taken), **value}
        name = str(value.get("id") or value.get("as_of") or "")
        path = kind_path.replace("<name>", name)
        if path in tree.paths():
            raise NotPossible(f"there is a {kind.title.lower()} of that name already: {path}.")
        made = Made(path=path, text=_text(kind.cls, path, value, body), name=name, fresh=True)
    hold(loaded, made.path, made.text)
    return made


def _text(cls: Any, path: str, value: dict[str, Any], body: str) -> str:
    order = [one.key for one in fields_of(cls)]
    known = {key: value[key] for key in order if key in value}
    try:
        text = dump({**known, **{key: one for key, one in value.items() if key not in known}})
    except NotWritable as error:
        raise NotPossible(f"it cannot be written: {error}.") from None
    return f"---\n{text}---\n{body.strip()}\n" if path.endswith(".md") else text


def _listed(form: Form, tree: Tree, plan: Plan | None, value: dict[str, Any]) -> Made:
    """A record that stands in a list: only its own lines are added."""
    key = form.kind.key or ""
    path = form.kind.pattern
    if plan is not None:
        path = plan.home.get(key, f"projects/{plan.id}/{key}.yaml")
    text = tree.read(path).decode("utf-8") if path in tree.paths() else ""
    there = _items(text, key, path)
    if form.first:
        everything = (
            {str(one.id) for name in _lists(plan) for one in getattr(plan, name) if getattr(one, "id", None)}
            if plan
            else set()
        )
        ids = {str(one.get("id")) for one in there if isinstance(one, dict)} | everything
        style = next((str(one["id"]) for one in reversed(there) if isinstance(one, dict) and one.get("id")), form.first)
        value = {"id": next_id(style, ids), **value} if "id" not in value else value
    order = [one.key for one in fields_of(form.kind.cls)]
    value = {name: value[name] for name in sorted(value, key=lambda name: order.index(name) if name in order else 99)}
    try:
        new = set_value(text, (key, len(there)), value) if there else set_value(text, (key,), [value])
    except (NotEditable, NotWritable) as error:
        raise NotPossible(f"it cannot be put into {path}: {error}.") from None
    return Made(path=path, text=new, name=str(value.get("id", "")), fresh=not text)


def _lists(plan: Plan | None) -> tuple[str, ...]:
    return tuple(one.name for one in fields_of(Plan) if one.type.kind == "list") if plan else ()


def _items(text: str, key: str, path: str) -> list[Any]:
    from handrail.source import read_yaml  # noqa: PLC0415 - as small as the rest of this branch

    document = read_yaml(path, text.encode())
    if document.broken:
        raise NotPossible(f"{path} cannot be read; `handrail check` says why. Mend it first.")
    found = document.value.get(key) if isinstance(document.value, dict) else None
    return found if isinstance(found, list) else []


def hold(loaded: Loaded, path: str, text: str) -> None:
    """Read the repository with one file in it as it would be: what was not wrong before must not be wrong after.

    Raises NotPossible with every remark that the file would bring.
    """
    before = {one.fingerprint for one in loaded.remarks}
    after = load(Overlay(loaded.repository.tree, {path: text.encode()}))
    wrong = [one for one in after.remarks if one.fingerprint not in before]
    if wrong:
        raise NotPossible("nothing was written. " + " ".join(f"{one.message} {one.fix}".strip() for one in wrong))


def day_of(loaded: Loaded, given: date | None, today: date) -> date:
    """The day of the record: as given, the sample's fixed one, or today."""
    return given or loaded.repository.organisation.as_of or today
