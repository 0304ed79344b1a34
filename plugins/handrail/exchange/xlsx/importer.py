"""A workbook becomes changes of files: read, matched, merged three ways and spliced. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handrail.exchange.xlsx.book import FACTS
from handrail.exchange.xlsx.edits import Edit, text_of
from handrail.exchange.xlsx.guard import Refused
from handrail.exchange.xlsx.layout import Book
from handrail.exchange.xlsx.lines import Deleted, Lines
from handrail.exchange.xlsx.matching import tables
from handrail.exchange.xlsx.merge import Merge
from handrail.exchange.xlsx.reading import File, read
from handrail.exchange.xlsx.sheets import book_of
from handrail.exchange.xlsx.told import OPEN, Told
from handrail.model.repository import Repository

VERSION, FORMAT = "1", "1"
_FOREIGN = (
    "This workbook was not made by `handrail export xlsx`: the hidden sheet that says what it was made from is missing."
)
_AS_LIST = "A list from elsewhere comes in with `handrail import list FILE --mapping MAPPING`; else export the workbook anew and copy your lines into it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A workbook that was read, with what it says it was made from. All of it is typed by whoever handed it in."""

    file: File
    commit: str
    scope: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import comes to: the files that change with their new bytes, and everything there is to say."""

    files: Mapping[str, bytes]
    told: tuple[Told, ...]
    source: Source

    @property
    def open(self) -> tuple[Told, ...]:
        """What is in the file and did not go into the plans."""
        return tuple(one for one in self.told if one.outcome in OPEN)

    @property
    def done(self) -> tuple[Told, ...]:
        """What went in."""
        return tuple(one for one in self.told if one.outcome in {"changed", "added", "closed", "removed"})


def source_of(data: bytes) -> Source:
    """Read a workbook. Raises Refused where it is none of ours, or none that may be read."""
    file = read(data)
    facts = file.tab(FACTS)
    said = {row.text(1): row.text(2) for row in facts.rows} if facts else {}
    if not said.get("commit") or not said.get("scope"):
        raise Refused(_FOREIGN, _AS_LIST)
    if said.get("workbook") != VERSION or said.get("format") != FORMAT:
        raise Refused(
            "The workbook was made by another version of Handrail.",
            "Export it anew with this version, and copy your changes over.",
        )
    return Source(
        file=file,
        commit=said["commit"],
        scope=said["scope"],
        path=said.get("path", "."),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def books(source: Source, base: Repository, now: Repository) -> tuple[Book, Book]:
    """The sheets as they were when the workbook was made, and as they are. Raises Refused where there is no such project."""
    found = []
    for one, when in ((base, "when the workbook was made"), (now, "now")):
        book = book_of(one, source.scope)
        if book is None:
            raise Refused(
                f"There is no project of this workbook that could be read {when}.",
                "Mend the plan (`handrail check` says where), or export the workbook anew.",
            )
        found.append(book)
    return found[0], found[1]


def imported(source: Source, base: Repository, now: Repository, *, day: date, deleted: Deleted = "keep") -> Imported:
    """Merge a workbook into the plans. `base`: the plans of its commit, `now`: the plans as they are, `day`: of what it closes."""
    before, after = books(source, base, now)
    ours, told = tables(source.file, before)
    merge = Merge(base=before, now=after, told=list(told))
    for one in ours:
        merge.sheet(one)
    Lines(merge=merge, day=day, deleted=deleted).run(ours)
    files, entries = _files(merge, now)
    return Imported(files=files, told=tuple(entries), source=source)


def _files(merge: Merge, now: Repository) -> tuple[dict[str, bytes], list[Told]]:
    entries = list(merge.told)
    by_file: dict[str, list[Edit]] = {}
    for one in merge.edits:
        by_file.setdefault(one.file, []).append(one)
    known, odd = frozenset(now.tree.paths()), now.tree.oddities()
    files: dict[str, bytes] = {}
    for name, edits in by_file.items():
        before = now.tree.read(name).decode("utf-8") if name in known else None
        if name in odd:
            failed: Mapping[Edit, str] = dict.fromkeys(edits, f"{name} is {odd[name]}")
            text = before or ""
        else:
            text, failed = text_of(before, edits)
        for edit, why in failed.items():
            entries[edit.of] = replace(
                entries[edit.of], outcome="refused", why=f"{name} could not be changed there: {why}"
            )
        if text != (before or ""):
            files[name] = text.encode()
    return dict(sorted(files.items())), entries
