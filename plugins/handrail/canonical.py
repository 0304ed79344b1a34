"""The one way to lay out a data file: as the form editor writes it, so that a form's edit is exactly the edited lines.

Block style, two spaces, dashes at the column of their list's name, quotes only where needed, one line per value, numbers
without idle zeros. Comments are kept, although the form editor drops them; no value changes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Any

from handrail.edit import front_matter
from handrail.remark import Path
from handrail.source import locate, read_yaml
from handrail.source.places import Places
from handrail.yaml_text import NotWritable, key_text, scalar_lines
from handrail.yaml_value import value_at

__all__ = ["NotFormattable", "formatted"]

_FILE = "text.yaml"


class NotFormattable(ValueError):  # noqa: N818 - it says what is the matter
    """The text is broken, or cannot be laid out anew without touching its values or comments."""


@dataclass(frozen=True, slots=True)
class _Comment:
    """at: where it begins. alone: nothing but space stands before it on its line. gap: an empty line stands above it."""

    at: int
    text: str
    alone: bool
    gap: bool


def formatted(text: str, *, page: bool = False) -> str:
    """The text in canonical form; of a Markdown page only the data block between its fences. Raises NotFormattable.

    What comes back reads as exactly the same values and holds the same comments.
    """
    front = front_matter(text)
    if front is not None:
        start, end = front
        return text[:start] + formatted(text[start:end].replace("\r\n", "\n")) + text[end:]
    if page:
        return text
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    value = _value(text)
    if not isinstance(value, dict) or not value:
        return text
    source = _Source(text, value)
    try:
        lines = _laid_out(source)
    except NotWritable as error:
        raise NotFormattable(str(error)) from None
    new = "\n".join(lines) + "\n"
    if _value(new) != value or _texts(_Source(new, value)) != _texts(source):
        raise NotFormattable("a comment stands where it cannot be kept")
    return new


def _value(text: str) -> Any:
    document = read_yaml(_FILE, text.encode("utf-8", "surrogatepass"))
    if document.broken or document.remarks:
        raise NotFormattable(document.remarks[0].message)
    return document.value


def _texts(source: _Source) -> list[str]:
    return sorted(one.text for one in source.comments)


@dataclass(slots=True)
class _Source:
    """A text with the offsets of its values and its comments."""

    text: str
    value: Any
    starts: list[int] = field(default_factory=list)
    begin: dict[Path, int] = field(default_factory=dict)
    comments: list[_Comment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts = [0, *(at + 1 for at, char in enumerate(self.text) if char == "\n")]
        places = locate(_FILE, self.text.encode())
        self.begin = {path: self._offset(key.line, key.column) for path, (key, _) in places.items()}
        self.comments = list(self._comments(sorted(self._scalars(places))))

    def column(self, path: Path) -> int:
        """In which column a field or the dash of a list item stands."""
        at = self.begin[path]
        line = self.line_start(at)
        if path and isinstance(path[-1], int):
            dash = self.text.rfind("-", line, at)
            at = dash if dash >= 0 else at
        return at - line

    def line_start(self, at: int) -> int:
        """Where the line of an offset begins."""
        return self.starts[bisect_right(self.starts, at) - 1]

    def _offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1 if line <= len(self.starts) else len(self.text)

    def _scalars(self, places: Places) -> Iterator[tuple[int, int]]:
        """Where texts and names stand: a `#` in there begins no comment."""
        for path, (key, span) in places.items():
            if path and isinstance(path[-1], str):
                yield self._offset(key.line, key.column), self._offset(key.end_line, key.end_column)
            if not isinstance(value_at(self.value, path), (dict, list)):
                start, end = self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)
                if self.text[start : start + 1] in {"|", ">"}:  # a comment may follow the mark on its line
                    start = self.text.find("\n", start, end) + 1 or end
                yield start, end

    def _comments(self, scalars: list[tuple[int, int]]) -> Iterator[_Comment]:
        begins = [start for start, _ in scalars]
        ends = list(accumulate((end for _, end in scalars), max))
        empty_above = False
        for number, start in enumerate(self.starts):
            end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
            at = self._sign(start, end, begins, ends)
            if at is not None:
                alone = not self.text[start:at].strip()
                yield _Comment(at, self.text[at:end].rstrip(), alone, alone and empty_above)
            empty_above = not self.text[start:end].strip()

    def _sign(self, start: int, end: int, begins: list[int], ends: list[int]) -> int | None:
        at = self.text.find("#", start, end)
        while at >= 0:
            before = bisect_right(begins, at) - 1
            inside = before >= 0 and at < ends[before]
            if not inside and (at == start or self.text[at - 1] in " \t"):
                return at
            at = self.text.find("#", at + 1, end)
        return None


def _laid_out(source: _Source) -> list[str]:
    """The canonical lines with the comments where they belong."""
    lines: list[str] = []
    where: dict[Path, tuple[int, int]] = {}
    _emit(source.value, 0, (), lines, where)
    order = sorted((at, len(path), path) for path, at in source.begin.items() if path)
    offsets = [at for at, _, _ in order]
    beside: dict[int, str] = {}
    above: dict[int, list[str]] = {}
    for one in source.comments:
        target = None if one.alone else _same_line(source, order, offsets, one.at)
        if target is not None and where[target][0] not in beside:
            beside[where[target][0]] = one.text
            continue
        following = bisect_left(offsets, one.at)
        number = where[order[following][2]][0] if following < len(order) else len(lines)
        indent = where[path][1] if (path := _beside(source, order, following, one)) else 0
        above.setdefault(number, []).extend([*([""] if one.gap else []), " " * indent + one.text])
    found: list[str] = []
    for number, line in enumerate([*lines, None]):
        found += above.get(number, [])
        if line is not None:
            found.append(f"{line} {beside[number]}" if number in beside else line)
    return found[1:] if found and not found[0] else found


def _emit(  # noqa: PLR0913, PLR0917 - what is written, and the two things it is written to
    value: Any, indent: int, path: Path, lines: list[str], where: dict[Path, tuple[int, int]], head: str = ""
) -> None:  # fmt: skip
    """Add the lines of a filled group or list and where each thing stands: line and column.

    `head` is the dash that the first line carries.
    """
    pad = " " * indent
    pairs: Any = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, one in pairs:
        own = (*path, key)
        where[own] = (len(lines), indent)
        start, head = (head or pad), ""
        if isinstance(key, str):
            start += f"{key_text(key)}:"
            if isinstance(one, (dict, list)) and one:
                lines.append(start)
                _emit(one, indent if isinstance(one, list) else indent + 2, own, lines, where)
                continue
        elif isinstance(one, (dict, list)) and one:
            _emit(one, indent + 2, own, lines, where, head=f"{start}- ")
            continue
        else:
            start += "-"
        first, rest = scalar_lines(_short(one), indent + 2)
        lines.extend([f"{start} {first}", *rest])


def _short(value: Any) -> Any:
    """A number without idle zeros: to the form editor 1.50 and 1.5 are one number."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if value == whole else value.normalize()
    return value


def _same_line(
    source: _Source, order: list[tuple[int, int, Path]], offsets: list[int], at: int
) -> Path | None:  # fmt: skip
    """The outermost thing that begins on the line of a comment, before it."""
    first = bisect_left(offsets, source.line_start(at))
    return order[first][2] if first < len(order) and order[first][0] < at else None


def _beside(source: _Source, order: list[tuple[int, int, Path]], following: int, one: _Comment) -> Path | None:
    """A comment stays with the things that stand in its column: those below it, or the group that ends above it."""
    column = one.at - source.line_start(one.at)
    near: list[Path] = [order[following][2]] if following < len(order) else []
    if following and one.alone:
        last = order[following - 1][2]
        near += [last[:n] for n in range(len(last), 0, -1)]
        near = [path for path in near if source.column(path) == column] or near[: following < len(order)]
    return near[0] if near else None
