"""One file, or the fragments of one project, from bytes to an entity and the remarks about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail import schema
from handrail.build import Context, build, prune
from handrail.fields import Entity, fields_of
from handrail.load import remarks as say
from handrail.model.repository import Tree
from handrail.remark import Loc, Path, Related, Remark
from handrail.source import Document, read_front_matter, read_prose, read_yaml


@dataclass(slots=True)
class Reading:
    """What reading gathers as it goes: the remarks, and per file the paths that cannot be relied on."""

    tree: Tree
    currency: str
    remarks: list[Remark] = field(default_factory=list)

    def document(self, file: str, project: str | None) -> Document:
        """Read one file; what is wrong with its text becomes a remark."""
        try:
            data = self.tree.read(file)
        except OSError:
            self.remarks.append(
                say.unreadable(Loc(file), "This file cannot be opened.", "Look at its access rights.", project=project)
            )
            return Document(file=file, broken=True)
        document = read_front_matter(file, data) if file.endswith(".md") else read_yaml(file, data)
        self.remarks += say.of_source(document.remarks, project)
        return document

    def prose(self, file: str, project: str | None) -> str:
        """Read a page whose front matter, if it has any, means nothing."""
        try:
            data = self.tree.read(file)
        except OSError:
            return ""
        text, remarks = read_prose(file, data)
        self.remarks += say.of_source(remarks, project)
        return text

    def mapping(self, file: str, project: str | None) -> tuple[Document, dict[str, Any] | None]:
        """Read one file that must hold fields; None when it does not."""
        document = self.document(file, project)
        value = document.value
        if document.broken:
            return document, None
        if value is None:
            self._refuse(file, "This file is empty.", "Write its fields, or delete the file.", project)
            return document, None
        if not isinstance(value, dict):
            what = "a list" if isinstance(value, list) else "a text"
            self._refuse(
                file,
                f"This file holds {what} where fields are expected.",
                "Begin with a field's name: `risks:`.",
                project,
            )
            return document, None
        return document, value

    def entity(self, cls: type[Entity], file: str, project: str | None, currency: str | None = None) -> Any:
        """Read one file that holds one entity; None when it cannot be understood."""
        document, value = self.mapping(file, project)
        if value is None:
            return None
        faults = list(schema.check(cls, value))
        self._tell(faults, {}, file, value, project, document.faulty)
        faulty = {fault.path for fault in faults} | set(document.faulty)
        made = self.make(cls, value, faulty, Context(file=file, currency=currency or self.currency), project)
        if made is not None and "body" in cls.__dataclass_fields__:
            object.__setattr__(made, "body", document.body or "")
        return made

    def make(
        self, cls: type[Entity], value: Mapping[str, Any], faulty: set[Path], context: Context, project: str | None
    ) -> Any:
        """Build what can be built; None when a field without which nothing makes sense is missing or wrong."""
        rest = prune(value, faulty) if faulty else value
        if any(field.required and rest.get(field.key) is None for field in fields_of(cls)):
            return None
        made = build(cls, rest, context)
        for loc, message, fix in context.problems:
            self.remarks.append(
                say.unreadable(loc, message, fix, project=project, pointer=f"{loc.file}#{say.pointer(value, loc.path)}")
            )
        return made

    def _tell(
        self, faults: list[schema.Fault], files: Mapping[str, str], file: str, value: Any, project: str | None,
        known: frozenset[Path],
    ) -> None:  # fmt: skip
        for fault in faults:
            if fault.path in known:  # the reader has already said what is wrong there
                continue
            where = files.get(str(fault.path[0]), file) if fault.path else file
            self.remarks.append(say.of_fault(fault, where, value, project))

    def _refuse(self, file: str, message: str, fix: str, project: str | None) -> None:
        self.remarks.append(say.unreadable(Loc(file), message, fix, project=project))

    def fragments(self, files: tuple[str, ...], project: str) -> tuple[dict[str, Any], dict[str, str], set[Path], bool]:
        """Put a project's fragments together: the value, the file of each field, faulty paths, and whether one broke."""
        merged: dict[str, Any] = {}
        home: dict[str, str] = {}
        faulty: set[Path] = set()
        torn = False
        for file in files:
            document, value = self.mapping(file, project)
            torn = torn or document.broken
            faulty |= document.faulty
            for key, one in (value or {}).items():
                if key in merged:
                    first = Related(loc=Loc(home[key], (key,)), note="it stands here first")
                    self.remarks.append(
                        say.unreadable(
                            Loc(file, (key,)),
                            f"`{key}` is given in two files of this project.",
                            f"Keep it in one of them ({home[key].rsplit('/', 1)[1]} or {file.rsplit('/', 1)[1]}).",
                            project=project,
                            related=(first,),
                        )  # fmt: skip
                    )
                    continue
                merged[key], home[key] = one, file
        return merged, home, faulty, torn

    def check_plan(
        self, cls: type[Entity], value: dict[str, Any], home: Mapping[str, str], faulty: set[Path], main: str, project: str,
        *, torn: bool,
    ) -> set[Path]:  # fmt: skip
        """Hold a project's value against its schema. Where a fragment broke, nothing is called missing."""
        faults = list(schema.check(cls, value))
        told = [one for one in faults if not (torn and not one.path)]
        self._tell(told, home, main, value, project, frozenset(faulty))
        return faulty | {one.path for one in faults}
