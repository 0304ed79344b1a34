"""Strict YAML and front matter: bytes in, plain values out, everything that is wrong as data.

One pass over libyaml's events. What YAML calls a scalar is text unless it is plainly a number, `true`, `false`,
`null` or empty; the field types of the model do the rest. Anchors, aliases, tags, merge keys, duplicate keys and
several documents are refused, and so are texts that would look different from what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import yaml
from yaml.cyaml import CParser

from handrail.remark import Loc, Path, Related, Remark, Span
from handrail.source_words import explain

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_NODES = 250_000

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
# C0 and C1 controls, line breaks that editors do not show, byte-order marks inside, and the marks that turn
# the direction of writing: with these a reviewer sees another text than the machine reads.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
_CONFLICT = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)

Places = dict[Path, tuple[Span, Span]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read. `broken` says that the value is not to be relied on at all (syntax, encoding, size).

    value: mappings, lists, text, int, Decimal, bool and None. remarks: every refusal, each in its place.
    body: the prose below the front matter, None for pure YAML. faulty: the paths that a refusal touches.
    """

    file: str
    value: Any = None
    remarks: tuple[Remark, ...] = ()
    broken: bool = False
    body: str | None = None
    faulty: frozenset[Path] = frozenset()


def read_yaml(file: str, data: bytes) -> Document:
    """Read one YAML file. Never raises for anything that the file holds."""
    text, refusal = _decode(file, data)
    if refusal:
        return Document(file=file, remarks=(refusal,), broken=True)
    return _parse(file, text, 0)


def read_front_matter(file: str, data: bytes) -> Document:
    """Read a Markdown file: the YAML between two `---` lines is the value, what follows is the body."""
    text, refusal = _decode(file, data)
    if refusal:
        return Document(file=file, remarks=(refusal,), broken=True, body="")
    front, body = _split(text)
    if front is None:
        remark = _refuse(
            Span(file=file, line=1, column=1, end_line=1, end_column=1),
            "This page has no data block at its top.",
            "Start the file with a line `---`, then the fields, then another line `---`.",
        )
        return Document(file=file, remarks=(remark,), broken=True, body=text)
    document = _parse(file, front, 1)
    return Document(
        file=file, value=document.value, remarks=document.remarks, broken=document.broken, body=body,
        faulty=document.faulty,
    )  # fmt: skip


def read_prose(file: str, data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Read a Markdown file for its prose alone: what stands between `---` lines at its top is dropped."""
    text, refusal = _decode(file, data)
    if refusal:
        return "", (refusal,)
    return _split(text)[1], ()


def locate(file: str, data: bytes) -> Places:
    """Where each key and value of a file stands: path -> (span of the key, span of the value).

    For list items both spans are the value's. A broken file gives what was read before the break.
    """
    text, refusal = _decode(file, data)
    places: Places = {}
    if refusal:
        return places
    offset = 0
    if file.endswith(".md"):
        front, _ = _split(text)
        if front is None:
            return places
        text, offset = front, 1
    _parse(file, text, offset, places)
    return places


def span_of(places: Places, loc: Loc) -> Span:
    """The span to show for a place: its key, or the nearest thing above it that stands in the file."""
    if loc.span is not None:
        return loc.span
    path = loc.path
    while path:
        if path in places:
            return places[path][0]
        path = path[:-1]
    return Span(file=loc.file, line=1, column=1, end_line=1, end_column=1)


def _decode(file: str, data: bytes) -> tuple[str, Remark | None]:
    start = Span(file=file, line=1, column=1, end_line=1, end_column=1)
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.1f} MB"
        return "", _refuse(start, f"This file is too large to read: {size}, and 2 MB is the limit.", "Split the file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        span = Span(file=file, line=line, column=column, end_line=line, end_column=column + 1)
        return "", _refuse(
            span,
            "This file is not saved as UTF-8, so its letters cannot be read safely.",
            'Open it in your editor and save it with the encoding "UTF-8".',
        )
    text = text.removeprefix("\ufeff")
    hidden = _HIDDEN.search(text)
    if hidden:
        return "", _refuse(
            _point(file, text, hidden.start()),
            f"An invisible character stands here (U+{ord(hidden.group()):04X}); it can make a text look different "
            "from what it is.",
            "Delete it and type the text again.",
        )
    conflict = _CONFLICT.search(text)
    if conflict:
        return "", _refuse(
            _point(file, text, conflict.start()),
            "Two versions of this text were never put together: Git's conflict marks are still in the file.",
            "Keep the lines that are right and delete the lines that begin with <<<<<<<, ======= and >>>>>>>.",
        )
    return text, None


def _split(text: str) -> tuple[str | None, str]:
    fences = _FENCE.finditer(text)
    first = next(fences, None)
    if first is None or first.start() != 0:
        return None, text
    last = next(fences, None)
    if last is None:
        return text[first.end() + 1 :], ""
    return text[first.end() + 1 : last.start()], text[last.end() :].lstrip("\r\n")


def _point(file: str, text: str, index: int) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(file=file, line=line, column=column, end_line=line, end_column=column + 1)


def _refuse(span: Span, message: str, fix: str, related: tuple[Related, ...] = (), path: Path = ()) -> Remark:
    return Remark(
        rule="DAT-01", level="must", enforce_at="merge", severity="critical", loc=Loc(span.file, path, span),
        message=message, fix=fix, related=related,
    )  # fmt: skip


def _parse(file: str, text: str, line_offset: int, places: Places | None = None) -> Document:
    builder = _Builder(file, text, line_offset, places)
    return builder.document()


class _StopReading(Exception):  # noqa: N818 - it is no error of ours but the end of what can be read
    """A limit was reached; what follows in the file is not read."""


@dataclass(slots=True)
class _Builder:
    """Builds one document's value. The path of the node at hand is a stack, so that it costs nothing to keep."""

    file: str
    text: str
    line_offset: int
    places: Places | None
    remarks: list[Remark] = field(default_factory=list)
    faulty: set[Path] = field(default_factory=set)
    path: list[str | int] = field(default_factory=list)
    nodes: int = 0
    next: Any = None

    def document(self) -> Document:
        value: Any = None
        broken = False
        parser = CParser(self.text)
        self.next = parser.get_event
        try:
            value = self._root()
        except yaml.MarkedYAMLError as error:
            broken = True
            self._syntax_error(error)
        except _StopReading:
            broken = True
        finally:
            parser.dispose()
        return Document(
            file=self.file, value=value, remarks=tuple(self.remarks), broken=broken, faulty=frozenset(self.faulty)
        )

    def _root(self) -> Any:  # noqa: ANN401 - a YAML value
        value: Any = None
        documents = 0
        while True:
            event = self.next()
            kind = type(event)
            if kind is yaml.StreamEndEvent:
                return value
            if kind is yaml.StreamStartEvent or kind is yaml.DocumentEndEvent:
                continue
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._say(event, "A second document begins here; only the first would be read.",
                              "Delete the line `---`, or move what follows into a file of its own.")  # fmt: skip
                    raise _StopReading
                if event.version or event.tags:
                    self._say(event, "Lines that begin with % are not allowed.", "Delete the line.")
                continue
            value = self._node(event)

    def _node(self, event: Any) -> Any:  # noqa: ANN401 - libyaml's events have no common type
        self.nodes += 1
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if self.places is not None:
                self._place(self._span(event))
            if event.tag is not None or event.anchor is not None:
                self._refuse_extras(event)
            text: str = event.value
            if not event.style:
                if text in _WORDS:
                    return _WORDS[text]
                if _NUMBER.match(text):
                    return Decimal(text) if "." in text or text == "-0" else int(text)
            elif event.style == '"' and _HIDDEN.search(text):
                self._say(event, "This text hides an invisible character behind a backslash.",
                          "Delete the part that begins with a backslash.")  # fmt: skip
                return _HIDDEN.sub("", text)
            return text
        if kind is yaml.AliasEvent:
            self._say(event, "A reference to another place (`*name`) is not allowed: each value stands for itself.",
                      "Write the value again here.")  # fmt: skip
            return None
        if self.nodes > MAX_NODES:
            self._say(event, f"This file holds more than {MAX_NODES:,} values.", "Split it.")
            raise _StopReading
        if len(self.path) >= MAX_DEPTH:
            self._say(event, f"This is nested more than {MAX_DEPTH} levels deep.", "Flatten it.")
            raise _StopReading
        if event.tag is not None or event.anchor is not None:
            self._refuse_extras(event)
        return self._mapping(event) if kind is yaml.MappingStartEvent else self._sequence(event)

    def _sequence(self, start: Any) -> list[Any]:  # noqa: ANN401
        items: list[Any] = []
        path = self.path
        path.append(0)
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            path[-1] = len(items)
            items.append(self._node(event))
        path.pop()
        self._close(start, event)
        return items

    def _mapping(self, start: Any) -> dict[str, Any]:  # noqa: ANN401
        values: dict[str, Any] = {}
        marks: dict[str, Any] = {}
        path = self.path
        path.append("")
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                self._say(event, "A list or a group cannot be the name of a field.", "Write `name: value`.")
                raise _StopReading
            key: str = event.value
            if event.tag is not None or event.anchor is not None:
                self._refuse_extras(event)
            path[-1] = key
            if key == "" or (key == "<<" and not event.style):
                what = "A field without a name stands here." if key == "" else "A merge key (`<<`) is not allowed."
                self._say(event, what, "Write each field with its own name: `name: value`.")
            elif event.style == '"' and _HIDDEN.search(key):
                self._say(event, "This name hides an invisible character.", "Type the name again.")
            first = marks.get(key)
            if first is not None:
                related = (Related(loc=Loc(self.file, tuple(path), self._span(first)), note="it stands here first"),)
                self._say(event, f"`{key}` is given twice; only one of the two can be meant.",
                          "Keep the one that is right and delete the other.", related)  # fmt: skip
                kept = self.places
                self.places = None
                self._node(self.next())
                self.places = kept
                continue
            marks[key] = event
            if self.places is not None:
                self._place(self._span(event))
            values[key] = self._node(self.next())
        path.pop()
        self._close(start, event)
        return values

    def _close(self, start: Any, end: Any) -> None:  # noqa: ANN401
        if self.places is not None:
            self._place(self._span(start, end))

    def _place(self, span: Span) -> None:
        """Keep a place: the key comes first, its value after it; a list item has no key, so its value stands twice."""
        places = cast("Places", self.places)
        path = tuple(self.path)
        places[path] = (places[path][0] if path in places else span, span)

    def _refuse_extras(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._say(event, f"A name for reuse (`&{event.anchor}`) is not allowed: each value stands for itself.",
                      f"Delete `&{event.anchor}`.")  # fmt: skip
        if event.tag is not None and event.tag != "!":
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._say(event, f"A type mark (`{tag}`) is not allowed; the field decides the type.",
                      f"Delete `{tag}`.")  # fmt: skip

    def _span(self, start: Any, end: Any = None) -> Span:  # noqa: ANN401
        first, last = start.start_mark, (end or start).end_mark
        return Span(
            file=self.file, line=first.line + 1 + self.line_offset, column=first.column + 1,
            end_line=last.line + 1 + self.line_offset, end_column=last.column + 1,
        )  # fmt: skip

    def _say(self, event: Any, message: str, fix: str, related: tuple[Related, ...] = ()) -> None:  # noqa: ANN401
        path = tuple(self.path)
        self.faulty.add(path)
        self.remarks.append(_refuse(self._span(event), message, fix, related, path))

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        words = explain(error, self.text)
        line, column = words.place or (line, column)
        span = Span(
            file=self.file, line=line + 1 + self.line_offset, column=column + 1,
            end_line=line + 1 + self.line_offset, end_column=column + 2,
        )  # fmt: skip
        self.remarks.append(_refuse(span, words.message, words.fix))


def spans(locs: Iterable[Loc], read: Any) -> dict[Loc, Span]:  # noqa: ANN401
    """Spans of many places, each file scanned once. `read(file)` returns its bytes, or None when it is gone."""
    found: dict[Loc, Span] = {}
    cache: dict[str, Places] = {}
    for loc in locs:
        if loc.span is not None:
            found[loc] = loc.span
            continue
        if loc.file not in cache:
            data = read(loc.file)
            cache[loc.file] = {} if data is None else locate(loc.file, data)
        found[loc] = span_of(cache[loc.file], loc)
    return found
