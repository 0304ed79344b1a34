"""Change single values of a YAML text and leave every other byte as it is: comments, order, quotes and blank lines.

Positions come from the strict reader; the text between them is never touched. Every edit is read back, so that a file is
either changed as asked or refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.remark import Path
from handrail.source import Document, read_apart, read_yaml
from handrail.source.text import decode
from handrail.yaml_splice import Splice
from handrail.yaml_text import NotWritable, dump
from handrail.yaml_value import NotEditable, value_at, with_value, without

__all__ = [
    "NotEditable",
    "NotWritable",
    "Slot",
    "dump",
    "front_matter",
    "remove_value",
    "set_body",
    "set_value",
    "slots",
    "splice",
]

_LINE = re.compile(r"\r\n|\n|\r")
_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_FILE = "text.yaml"
_STEP = 4096
"""So much of two texts is compared at once."""


def set_value(text: str, path: Path, value: Any) -> str:
    """Return the text with the value at `path` set; what is missing on the way there is added.

    A list is extended by giving its length as the position. Markdown with a data block is edited inside that block.
    Raises NotEditable or NotWritable; the text that comes back reads as the old one with just this value changed.
    """
    front = front_matter(text)
    if front is not None:
        start, end = front
        return text[:start] + _closed(set_value(text[start:end], path, value)) + text[end:]
    one = _taken_apart(text)
    if not path:
        raise NotEditable("the whole text is no single value")
    wanted = with_value(one.value, path, value)
    return _verified(one.set(path, value), wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Where a value would go: `text[start:end]` becomes `new`, with the value in the place of the mark in it."""

    start: int
    end: int
    new: str


def slots(text: str, marks: Mapping[Path, Any], mark: str) -> Mapping[Path, Slot]:
    """For each path, the edit that `set_value` would make; the values hold `mark`, which stands nowhere else.

    The text is read once. A path that cannot be set is left out.
    """
    splice = _taken_apart(text)
    found: dict[Path, Slot] = {}
    for path, value in marks.items():
        try:
            new = splice.set(path, value)
        except (NotEditable, NotWritable, LookupError, ValueError):
            continue
        at = new.index(mark)
        start = min(_common(text, new), at)
        while start and new[start - 1] in "'\"":
            start -= 1
        rest = min(_common(text[start:], new[start:], end=True), len(new) - at - len(mark))
        while rest and new[len(new) - rest] in "'\"":
            rest -= 1
        found[path] = Slot(start=start, end=len(text) - rest, new=new[start : len(new) - rest])
    return found


Change = tuple[Path, bool, Any, bool]
"""Where, whether the value is taken out, the value, and whether it goes to the end of the list at the path."""


def splice(text: str, changes: Sequence[Change]) -> str:
    """Return the text with many values changed, as `set_value` and `remove_value` would one by one; it is read once.

    Raises NotEditable where they cannot be changed together; nothing is changed then.
    """
    one = _taken_apart(text)
    before = wanted = one.value
    cuts: list[tuple[int, int, str]] = []
    gone: list[Path] = []
    for path, removed, value, append in changes:
        if removed:
            new = one.remove(path)
            gone.append(path)
        elif append:
            length = len(value_at(before, path))
            new = one.set((*path, length), value)
            wanted = with_value(wanted, (*path, len(value_at(wanted, path))), value)
        else:
            new = one.set(path, value)
            wanted = with_value(wanted, path, value)
        start = _common(text, new)
        rest = _common(text[start:], new[start:], end=True)
        cuts.append((start, len(text) - rest, new[start : len(new) - rest]))
    for path in sorted(
        gone, key=lambda each: tuple(step if isinstance(step, int) else 0 for step in each), reverse=True
    ):
        wanted = without(wanted, path)
    return _verified(_cut(text, cuts), wanted)


def _cut(text: str, cuts: list[tuple[int, int, str]]) -> str:
    parts, done = [], 0
    for start, end, new in sorted(cuts, key=lambda each: each[0]):
        if start < done:
            raise NotEditable("two changes meet in one place")
        parts += [text[done:start], new]
        done = end
    return "".join((*parts, text[done:]))


def _common(one: str, other: str, *, end: bool = False) -> int:
    """How many characters two texts have in common at their beginning, or at their end."""
    high = min(len(one), len(other))

    def same(low: int, upto: int) -> bool:
        if end:
            return one[len(one) - upto : len(one) - low] == other[len(other) - upto : len(other) - low]
        return one[low:upto] == other[low:upto]

    low = 0
    while low < high and same(low, min(low + _STEP, high)):
        low = min(low + _STEP, high)
    high = min(low + _STEP, high)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(low, middle) else (low, middle - 1)
    return low


def remove_value(text: str, path: Path) -> str:
    """Return the text without the field or list item at `path`, and without the group that would be left empty."""
    front = front_matter(text)
    if front is not None:
        start, end = front
        return text[:start] + _closed(remove_value(text[start:end], path)) + text[end:]
    one = _taken_apart(text)
    before = one.value
    while len(path) > 1 and len(value_at(before, path[:-1])) == 1:
        path = path[:-1]
    return _verified(one.remove(path), without(before, path))


def set_body(text: str, body: str) -> str:
    """Return a Markdown text with its data block as it is and another body."""
    front = front_matter(text)
    if front is None:
        return body
    fence = _LINE.search(text, front[1])
    return text[: fence.end() if fence else len(text)] + ("" if fence else "\n") + body


def front_matter(text: str) -> tuple[int, int] | None:
    """Where the data block at the top of a Markdown text stands, its fences left out; None for a text without one."""
    fences = _FENCE.finditer(text)
    first, last = next(fences, None), next(fences, None)
    if first is None or last is None or first.start() != 0:
        return None
    return first.end() + 1, last.start()


def _closed(text: str) -> str:
    """The closing `---` of a data block needs a line of its own."""
    return text if not text or text.endswith(("\n", "\r")) else text + "\n"


def _taken_apart(text: str) -> Splice:
    """A text with its value and where that stands, read once."""
    plain, refusals = decode(_FILE, text.encode("utf-8", "surrogatepass"))
    if refusals:
        raise NotEditable(refusals[0].message)
    document, places = read_apart(plain)
    return Splice(text, _sound(document), places)


def _value(text: str) -> Any:
    return _sound(read_yaml(_FILE, text.encode("utf-8", "surrogatepass")))


def _sound(document: Document) -> Any:
    if document.broken or document.remarks:
        raise NotEditable(document.remarks[0].message)
    return document.value


def _verified(text: str, wanted: Any) -> str:
    if _value(text) != wanted:
        raise NotEditable("the value cannot be put there without touching others")
    return text
