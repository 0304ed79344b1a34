"""libyaml's events become plain values, with a remark for each thing that is refused and, on demand, every place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined] # the stubs forget it

from handrail.remark import Loc, Path, Related, Remark, Span
from handrail.source.places import Places, Stretch
from handrail.source.text import HIDDEN, refuse
from handrail.source.words import WIDE, WIDE_FIX, WIDE_SPACE, explain, shown, wide_space

MAX_DEPTH = 32
MAX_NODES = 250_000
MAX_REMARKS = 100

# No longer than any real figure: Python refuses integers of more than 4,300 digits, and a longer row is no number.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,40})?\Z")
_WIDE = re.compile(f"[{WIDE}]")
_CUT_OFF = re.compile(r" +(#[0-9][^\n]*)")
"""`name: Project #4 new`: to YAML a comment begins at the sign, and the text loses its end."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
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


def parse(file: str, text: str, line_offset: int, places: Places | None = None) -> Document:
    """Read one text. `line_offset` is the number of lines above it in its file; `places` is filled when given."""
    return _Builder(file, text, line_offset, places).document()


class _StopReading(Exception):  # noqa: N818 - it is no error of ours but the end of what can be read
    """A limit was reached; what follows in the file is not read."""


def _number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text or text == "-0" else int(text)


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
    wide: bool = False
    signs: bool = False
    next: Callable[[], Any] = field(default=lambda: None)

    def document(self) -> Document:
        value: Any = None
        broken = False
        parser = CParser(self.text)
        self.wide = _WIDE.search(self.text) is not None
        self.signs = _CUT_OFF.search(self.text) is not None
        self.next = parser.get_event
        try:
            value = self._root()
        except yaml.YAMLError as error:
            broken = True
            self._syntax_error(error)
        except _StopReading:
            broken = True
        finally:
            parser.dispose()
        return Document(
            file=self.file, value=value, remarks=tuple(self.remarks), broken=broken, faulty=frozenset(self.faulty)
        )

    def _root(self) -> Any:
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
                    self._say(event, "A line that begins with % is read as an instruction to the reader.",
                              "Delete the line.")  # fmt: skip
                continue
            value = self._node(event)

    def _node(self, event: Any) -> Any:  # noqa: C901 - the one place that tells every kind of event apart
        kind = type(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._say(event, f"This file holds more than {MAX_NODES:,} values.", "Split it into several files.")
            raise _StopReading
        if kind is yaml.ScalarEvent:
            if self.places is not None:
                self.places.of_values[tuple(self.path)] = _stretch(event, event)
            if event.tag is not None or event.anchor is not None:
                self._refuse_extras(event)
            text: str = event.value
            if not event.style:
                if self.wide and (at := wide_space(text)) is not None and (not at or self._begins_line(event)):
                    text = self._wide_space(event, at)
                if self.signs:
                    self._cut_off(event)
                if text in _WORDS:
                    return _WORDS[text]
                return _number(text) if _NUMBER.match(text) else text
            return self._visible(event) if event.style == '"' else text
        if kind is yaml.AliasEvent:
            self._say(event, f"A word that begins with `*` stands for a value at another place (`*{event.anchor}`); "
                      "here each value stands for itself.",
                      "Write the value again, or put the text in quotes: `'*note'`.")  # fmt: skip
            return None
        if len(self.path) >= MAX_DEPTH:
            self._say(event, f"This is nested more than {MAX_DEPTH} levels deep.", "Close a bracket, or flatten it.")
            raise _StopReading
        if event.tag is not None or event.anchor is not None:
            self._refuse_extras(event)
        return self._mapping(event) if kind is yaml.MappingStartEvent else self._sequence(event)

    def _begins_line(self, event: Any) -> bool:
        """Whether nothing but hyphens stands before a value; after its field's name a colon is a part of the text."""
        index = event.start_mark.index
        return not self.text[self.text.rfind("\n", 0, index) + 1 : index].strip(" -")

    def _wide_space(self, event: Any, at: int) -> str:
        """Refuse a no-break space at its very place; the text without it."""
        text: str = event.value
        span = self._span(event)
        column = span.column + at
        span = span._replace(column=column, end_line=span.line, end_column=column + 1)
        self.faulty.add(tuple(self.path))
        self.remarks.append(refuse(span, WIDE_SPACE, WIDE_FIX, (), tuple(self.path)))
        if at:  # a field's name or a hyphen: what this text should have been cannot be known
            raise _StopReading
        return text.lstrip()

    def _cut_off(self, event: Any) -> None:
        mark = event.end_mark
        found = _CUT_OFF.match(self.text, mark.index)
        if event.value and found:
            whole = f"{event.value} {found[1].strip()}".replace("'", "''")
            self._say(event, f"The text ends before `{shown(found[1])}`: after a space, `#` begins a comment.",
                      f"Put the text in quotes: `'{shown(whole)}'`; a comment begins with `# ` and a space.")  # fmt: skip

    def _visible(self, event: Any) -> str:
        text: str = event.value
        if HIDDEN.search(text):
            self._say(event, "This text hides an invisible character behind a backslash.",
                      "Delete the part that begins with the backslash.")  # fmt: skip
            return HIDDEN.sub("", text)
        return text

    def _sequence(self, start: Any) -> list[Any]:
        items: list[Any] = []
        path = self.path
        path.append(0)
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            path[-1] = len(items)
            items.append(self._node(event))
        path.pop()
        self._close(start, event)
        return items

    def _mapping(self, start: Any) -> dict[str, Any]:
        values: dict[str, Any] = {}
        marks: dict[str, Any] = {}
        path = self.path
        path.append("")
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key: str = event.value if type(event) is yaml.ScalarEvent else self._no_key(event)
            path[-1] = key
            if self.wide and not event.style and (at := wide_space(key)) is not None:
                self._wide_space(event, at)
                raise _StopReading
            if key in marks or (key == "<<" and not event.style):
                self._skip_field(event, key, marks)
                continue
            if event.style or event.tag or event.anchor or not key:
                self._check_key(event, key)
            marks[key] = event
            if self.places is not None:
                self.places.of_names[tuple(path)] = _stretch(event, event)
            values[key] = self._node(self.next())
        path.pop()
        self._close(start, event)
        return values

    def _no_key(self, event: Any) -> str:
        self._say(event, "A list, a group or a reference cannot be the name of a field.", "Write `name: value`.")
        raise _StopReading

    def _check_key(self, event: Any, key: str) -> None:
        self._refuse_extras(event)
        if not key.strip():
            self._say(event, "A field without a name stands here.", "Write the name before the colon: `name: value`.")
        elif HIDDEN.search(key):
            self._say(event, "This name hides an invisible character.", "Type the name again.")

    def _skip_field(self, event: Any, key: str, marks: dict[str, Any]) -> None:
        """Refuse a field that stands twice, or one that takes over others."""
        if key in marks:
            related = (
                Related(loc=Loc(self.file, tuple(self.path), self._span(marks[key])), note="it stands here first"),
            )
            self._say(event, f"`{shown(key)}` is given twice; only one of the two can be meant.",
                      "Keep the one that is right and delete the other.", related)  # fmt: skip
        else:
            self._say(event, "`<<` takes over the fields of another place; here each field stands for itself.",
                      "Write the fields again.")  # fmt: skip
        self._skip()

    def _skip(self) -> None:
        """Read on past a value that does not count: no places, and no second remark about what is in it."""
        depth = 0
        while True:
            kind = type(self.next())
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                depth += 1
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                depth -= 1
            if depth == 0:
                return

    def _close(self, start: Any, end: Any) -> None:
        if self.places is not None:
            self.places.of_values[tuple(self.path)] = _stretch(start, end)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._say(event, f"A word that begins with `&` names a value for reuse (`&{event.anchor}`); here each value "
                      "stands for itself.", f"Delete `&{event.anchor}`, or put the text in quotes.")  # fmt: skip
        if event.tag is not None and event.tag != "!":
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self._say(event, f"A word that begins with `!` marks a type (`{tag}`); here the field decides the type.",
                      f"Delete `{tag}`, or put the text in quotes.")  # fmt: skip

    def _span(self, event: Any) -> Span:
        first, last = event.start_mark, event.end_mark
        return Span(
            file=self.file, line=first.line + 1 + self.line_offset, column=first.column + 1,
            end_line=last.line + 1 + self.line_offset, end_column=last.column + 1,
        )  # fmt: skip

    def _say(self, event: Any, message: str, fix: str, related: tuple[Related, ...] = ()) -> None:
        path = tuple(self.path)
        self.faulty.add(path)
        self.remarks.append(refuse(self._span(event), message, fix, related, path))
        if len(self.remarks) >= MAX_REMARKS:
            message = f"More than {MAX_REMARKS} things are wrong here; what follows in this file was not read."
            self.remarks[-1] = refuse(self._span(event), message, "Mend what is listed, then look again.")
            raise _StopReading

    def _syntax_error(self, error: yaml.YAMLError) -> None:
        words = explain(error, self.text)
        line, column = words.place
        span = Span(
            file=self.file, line=line + 1 + self.line_offset, column=column + 1,
            end_line=line + 1 + self.line_offset, end_column=column + 2,
        )  # fmt: skip
        self.remarks.append(refuse(span, words.message, words.fix))


def _stretch(start: Any, end: Any) -> Stretch:
    first, last = start.start_mark, end.end_mark
    return first.line, first.column, last.line, last.column
