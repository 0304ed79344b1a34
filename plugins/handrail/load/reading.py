"""One file, or the fragments of one project, from bytes to an entity and the remarks about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from handrail import schema
from handrail.build import Context, build, prune
from handrail.fields import Entity
from handrail.load import remarks as say
from handrail.load.homes import home_of
from handrail.load.known import Known
from handrail.model.repository import Tree
from handrail.remark import Loc, Path, Related, Remark
from handrail.slips import original
from handrail.source import Document, read_front_matter, read_prose, read_yaml
from handrail.source.words import shown

_POINTER = b"version https://git-lfs.github.com/spec/"
_WHOLE = 2
_MANY = 3


@dataclass(slots=True)
class Reading:
    """What reading gathers as it goes: the remarks, and per file its plain value and the paths that do not fit.

    A file that is broken has no value.
    """

    tree: Tree
    currency: str
    remarks: list[Remark] = field(default_factory=list)
    raw: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    faulty: dict[str, frozenset[Path]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def take(
        self, remarks: Iterable[Remark], raw: Mapping[str, Mapping[str, Any]], faulty: Mapping[str, frozenset[Path]]
    ) -> None:
        """Take in what was read apart."""
        self.remarks += remarks
        self.raw.update(raw)
        self.faulty.update(faulty)

    def document(self, file: str, project: str | None) -> Document:
        """Read one file; what is wrong with its text becomes a remark."""
        data = self._bytes(file, project)
        if data is None:
            return Document(file=file, broken=True)
        self.known.see(file, data)
        if data.startswith(_POINTER):
            self.refuse(
                file, "This file holds a pointer to a large file and not the file itself (Git LFS).",
                "Plans are read as plain text: take the file out of LFS (`git lfs untrack`, then add it again).", project,
            )  # fmt: skip
            return Document(file=file, broken=True)
        document = read_front_matter(file, data) if file.endswith(".md") else read_yaml(file, data)
        self.remarks += say.of_source(document.remarks, project)
        return document

    def prose(self, file: str, project: str | None) -> str:
        """Read a page whose front matter, if it has any, means nothing."""
        data = self._bytes(file, project)
        if data is None:
            return ""
        text, remarks = read_prose(file, data)
        self.remarks += say.of_source(remarks, project)
        return text

    def _bytes(self, file: str, project: str | None) -> bytes | None:
        try:
            return self.tree.read(file)
        except OSError:
            self.refuse(file, "This file cannot be opened.", "Look at its access rights.", project)
            return None

    def mapping(self, file: str, project: str | None) -> tuple[Document, dict[str, Any] | None]:
        """Read one file that must hold fields; None when it does not."""
        document = self.document(file, project)
        value = document.value
        if document.broken:
            return document, None
        if isinstance(value, dict):
            self.raw[file] = value
            return document, value
        if document.faulty:  # the reader has already said what is wrong with it
            return document, None
        if value is None:
            where = "The data block at the top of this page" if file.endswith(".md") else "This file"
            self.refuse(file, f"{where} is empty.", "Write its fields, or delete the file.", project)
        else:
            what = "a list" if isinstance(value, list) else "a text"
            message = f"This file holds {what} where fields are expected."
            self.refuse(file, message, "Begin with the name of a field and a colon: `risks:`.", project)
        return document, None

    def entity(self, cls: type[Entity], file: str, project: str | None, currency: str | None = None) -> Any:
        """Read one file that holds one entity; None when it cannot be understood."""
        document, value = self.mapping(file, project)
        if value is None:
            return None
        faults = self.faults(cls, value, file)
        self.tell(cls, faults, {}, file, value, project, document.faulty)
        faulty = document.faulty | {fault.path for fault in faults}
        if any(fault.fatal for fault in faults):
            return None
        made = self.make(cls, value, faulty, Context(file=file, currency=currency or self.currency), project)
        if made is not None and "body" in cls.__dataclass_fields__:
            object.__setattr__(made, "body", document.body or "")
        return made

    def faults(self, cls: type[Entity], value: Any, *files: str) -> tuple[schema.Fault, ...]:
        """What does not fit in a value that these files hold; what was found sound before is not looked at again."""
        if self.known.holds(cls.__name__, *files):
            return ()
        found = schema.check(cls, value)
        if not found:
            self.known.add(cls.__name__, *files)
        return found

    def make(
        self, cls: type[Entity], value: Mapping[str, Any], faulty: Iterable[Path], context: Context, project: str | None
    ) -> Any:  # fmt: skip
        """Build what can be built; None when a field without which nothing makes sense is missing or wrong."""
        wrong = set(faulty)
        rest = prune(value, wrong) if wrong else value
        # A second look: a path of the validator can be unclear where names are numbers (`007` and `7`).
        while wrong and (wrong := {path for path in schema.misfits(cls, rest) if _stands(rest, path)}):
            rest = prune(rest, wrong)
        for file in {context.file, *context.files.values()} if faulty else ():
            self.faulty[file] = frozenset(faulty)
        made = build(cls, rest, context)
        for loc, message, fix in context.problems:
            self.remarks.append(
                say.unreadable(loc, message, fix, project=project, pointer=f"{loc.file}#{say.pointer(value, loc.path)}")
            )
        return made

    def tell(  # noqa: PLR0913, PLR0917 - what faults need to become remarks
        self, cls: type[Entity], faults: Iterable[schema.Fault], files: Mapping[str, str], file: str, value: Any, project: str | None,
        known: frozenset[Path],
    ) -> None:  # fmt: skip
        """Turn faults into remarks; `known` are the places where the reader has already said what is wrong."""
        for fault in faults:
            if any(fault.path[: len(path)] == path for path in known):
                continue
            where = files.get(str(fault.path[0]), file) if fault.path else file
            if project and fault.unknown and (home := home_of(cls, fault.unknown)):
                fault = replace(fault, fix=home)  # noqa: PLW2901 - the same fault with a better way out
            self.remarks.append(say.of_fault(fault, where, value, project))

    def refuse(self, file: str, message: str, fix: str, project: str | None) -> None:
        """Say something about a file as a whole."""
        self.remarks.append(say.unreadable(Loc(file), message, fix, project=project))

    def fragments(self, files: tuple[str, ...], project: str) -> Fragments:
        """Put a project's fragments together. What two files give counts as it stands in the one that is the original."""
        found = Fragments()
        twice: dict[tuple[str, str], list[str]] = {}
        sizes: dict[str, int] = {}
        for file in files:
            document, value = self.mapping(file, project)
            found.torn = found.torn or value is None
            found.faulty |= document.faulty
            sizes[file] = len(value or {})
            for key, one in (value or {}).items():
                home = found.home.get(key)
                if home is None or _originality(file) < _originality(home):
                    found.value[key], found.home[key] = one, file
                if home is not None:
                    first, second = sorted((home, file), key=_originality)
                    twice.setdefault((first, second), []).append(key)
        for (first, second), keys in twice.items():
            self.remarks += _said_twice(first, second, keys, sizes[second], project)
        return found


@dataclass(slots=True)
class Fragments:
    """A project's files put together: the value, the file of each field, what is faulty, and whether a file is lost."""

    value: dict[str, Any] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    faulty: set[Path] = field(default_factory=set)
    torn: bool = False


def _stands(value: Any, path: Path) -> bool:
    """Whether something stands at a path: what was cut out does not count."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step]
    return bool(path) and value is not None


def _originality(file: str) -> tuple[bool, bool, int, str]:
    """The order in which two files that say the same are looked at: the plan itself, then names that no copy has."""
    name = file.rpartition("/")[2]
    return name != "project.yaml", original(name) is not None, len(name), name


def _said_twice(first: str, second: str, keys: list[str], size: int, project: str) -> Iterator[Remark]:
    """What two files of a project both say: a remark for a copy as a whole, or one for each field."""
    one, other = (path.rsplit("/", 1)[1] for path in (first, second))
    if len(keys) == size and (size >= _WHOLE or original(other) is not None):
        yield say.unreadable(
            Loc(second), "This file looks like a copy: what it says stands in another file of this project too.",
            f"Delete it; `{one}` is read. If this one is the newer, first put its text into `{one}`.",
            project=project, related=(Related(loc=Loc(first), note="this one is read"),),
        )  # fmt: skip
    elif len(keys) > _MANY:
        named = ", ".join(f"`{shown(key)}`" for key in keys[:_MANY])
        yield say.unreadable(
            Loc(second, (keys[0],)),
            f"Fields are given in two files of this project: {named} and {len(keys) - _MANY} more.",
            f"Keep each of them in one file, `{one}` or `{other}`.",
            project=project, pointer=f"{second}#{first}",
            related=(Related(loc=Loc(first, (keys[0],)), note="the other file"),),
        )  # fmt: skip
    else:
        for key in keys:
            yield say.unreadable(
                Loc(second, (key,)), f"`{shown(key)}` is given in two files of this project.",
                f"Keep it in one of them, `{one}` or `{other}`.", project=project,
                related=(Related(loc=Loc(first, (key,)), note="it stands here first"),),
            )  # fmt: skip
