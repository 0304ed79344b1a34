"""One YAML text and where its values stand; values are replaced, added and cut, and every other byte is kept."""

from __future__ import annotations

import re
from typing import Any

from handrail.remark import Path
from handrail.source.places import Places, Stretch
from handrail.yaml_text import block, inline, item, key_text, scalar_lines
from handrail.yaml_value import NotEditable, nest, value_at

_LINE = re.compile(r"\r\n|\n|\r")
_HEADER = re.compile(r"[|>][-+0-9]*")


class Splice:
    """One text with the positions of its values as offsets. `places` are those that the reader has found in it."""

    def __init__(self, text: str, value: Any, places: Places) -> None:
        """`value`: what the text says."""
        self.text, self.value, self._places = text, value, places
        # the reader drops a byte-order mark, so its positions in the first line are one less than ours
        shift = len(text) - len(text.removeprefix("\ufeff"))
        self._starts = [shift, *(match.end() for match in _LINE.finditer(text)), len(text)]

    def _key(self, path: Path) -> tuple[int, int]:
        """From where to where a name stands; for a list item, its value."""
        return self._offsets(self._places.of_names.get(path) or self._places.of_values[path])

    def _span(self, path: Path) -> tuple[int, int]:
        """From where to where a value stands."""
        return self._offsets(self._places.of_values[path])

    def _offsets(self, at: Stretch) -> tuple[int, int]:
        return self._starts[at[0]] + at[1], self._starts[at[2]] + at[3]

    def set(self, path: Path, value: Any) -> str:
        """Replace what is there, or add it to the nearest group that is."""
        if path in self._places.of_values:
            return self._replace(path, value)
        if self.value is None:
            lines = block(nest(path, value), 0) or []
            return self._below(len(self.text), lines)
        length = next(n for n in range(len(path) - 1, -1, -1) if path[:n] in self._places.of_values)
        parent, new = path[:length], nest(path[length:], value)
        there = value_at(self.value, parent)
        if there in (None, {}, []) and not self._in_flow(parent):
            return self._replace(parent, new)
        return self._insert(parent, there, path[length], new)

    def remove(self, path: Path) -> str:
        """Cut one field or item."""
        parent, last = path[:-1], path[-1]
        siblings = list(value_at(self.value, parent))
        index = siblings.index(last) if isinstance(last, str) else int(last)
        names: list[str | int] = siblings if isinstance(last, str) else list(range(len(siblings)))
        if self._is_flow(parent) or (self._in_flow(path)):
            if index + 1 < len(names):
                return self._cut(self._key(path)[0], self._key((*parent, names[index + 1]))[0])
            start = self._end((*parent, names[index - 1])) if index else self._key(path)[0]
            return self._cut(start, self._end(path))
        start = self._key(path)[0]
        line = self._line_start(start)
        first_in_item = isinstance(last, str) and self.text[line:start].strip() != ""
        if first_in_item and index + 1 < len(names):
            return self._cut(start, self._key((*parent, names[index + 1]))[0])
        end = _LINE.search(self.text, self._end(path))
        return self._cut(line, end.end() if end else len(self.text))

    def _replace(self, path: Path, value: Any) -> str:
        start, end = self._span(path)
        old_end = self._end(path)
        if self._in_flow(path[:-1]) or (self._in_flow(path) and isinstance(value, (dict, list)) and value):
            return self.text[:start] + self._spaced(start, inline(value, flow=True)) + self.text[old_end:]
        if not path or (isinstance(path[-1], int) and self._is_block(path)):
            column = start - self._line_start(start)
            head, lines = "", block(value, column) or [" " * column + inline(value)]
            return self.text[:start] + head + "\n".join(lines).lstrip(" ") + self.text[old_end:]
        # what stands on the name's own line, and the lines below it
        if self._is_block(path):
            start = end = self.text.index(":", self._key(path)[1]) + 1
        elif self._is_literal(path):
            end = start + len(self._header(path))
        else:
            end = old_end
        line_end = self._line_end(end)
        rest = max(line_end, old_end) if self._is_block(path) or self._is_literal(path) else line_end
        head, body = self._lines(path, value)
        before = self.text[:start] if head else self.text[:start].rstrip(" ")
        return before + self._spaced(start, head) + self.text[end:line_end] + self._joined(body) + self.text[rest:]

    def _lines(self, path: Path, value: Any) -> tuple[str, list[str]]:
        key = self._key(path)[0]
        column = key - self._line_start(key)
        if isinstance(path[-1], int):
            column -= 2
        lines = block(value, column if isinstance(value, (list, tuple)) else column + 2)
        return ("", lines) if lines is not None else scalar_lines(value, column + 2)

    def _insert(self, parent: Path, there: Any, step: str | int, value: Any) -> str:
        if not isinstance(there, (dict, list)) or isinstance(there, dict) != isinstance(step, str):
            raise NotEditable("the path leads through a value that holds no such fields")
        one = value[step] if isinstance(value, dict) else value[0]
        if isinstance(step, int) and step != len(there):
            raise NotEditable("a list can only be extended at its end")
        names = list(there) if isinstance(there, dict) else list(range(len(there)))
        if self._is_flow(parent):
            new = inline(one, flow=True)
            new = f"{key_text(step, flow=True)}: {new}" if isinstance(step, str) else new
            at = self._end((*parent, names[-1])) if names else self._span(parent)[0] + 1
            return self.text[:at] + (", " if names else "") + new + self.text[at:]
        start = self._span(parent)[0]
        column = start - self._line_start(start)
        lines = block({step: one}, column) if isinstance(step, str) else item(one, column)
        return self._below(self._end((*parent, names[-1])), lines or [])

    def _below(self, at: int, lines: list[str]) -> str:
        """The lines, below the line in which `at` stands."""
        end = self._line_end(at)
        if not self.text[:end].strip("\ufeff"):
            return self.text[:end] + "\n".join(lines) + "\n" + self.text[end:]
        if self.text[:end].endswith(("\n", "\r")) and end == len(self.text):
            return self.text + self._joined(lines)[len(self._newline) :] + self._newline
        return self.text[:end] + self._joined(lines) + self.text[end:]

    def _joined(self, lines: list[str]) -> str:
        return "".join(self._newline + line for line in lines)

    @property
    def _newline(self) -> str:
        found = _LINE.search(self.text)
        return found.group() if found else "\n"

    def _spaced(self, at: int, head: str) -> str:
        """A value needs a space after the colon or dash before it."""
        return f" {head}" if head and at and self.text[at - 1] in ":-" else head

    def _cut(self, start: int, end: int) -> str:
        return self.text[:start] + self.text[end:]

    def _end(self, path: Path) -> int:
        """Where a value really ends: libyaml ends a block at the next thing that follows it, comments included."""
        start, end = self._span(path)
        if self._is_block(path):
            return max(self._end(one) for one in self._children(path))
        if self._is_literal(path):
            written = self.text[start:end]
            keeps = "+" in self._header(path)
            return start + len(written[:-1] if keeps and written.endswith("\n") else written.rstrip())
        return end

    def _children(self, path: Path) -> list[Path]:
        value = value_at(self.value, path)
        return [(*path, step) for step in (value if isinstance(value, dict) else range(len(value)))]

    def _is_block(self, path: Path) -> bool:
        value = value_at(self.value, path)
        return isinstance(value, (dict, list)) and bool(value) and not self._is_flow(path)

    def _is_flow(self, path: Path) -> bool:
        return isinstance(value_at(self.value, path), (dict, list)) and self.text[self._span(path)[0]] in "{["

    def _in_flow(self, path: Path) -> bool:
        return any(self._is_flow(path[:n]) for n in range(len(path) + 1) if path[:n] in self._places.of_values)

    def _is_literal(self, path: Path) -> bool:
        start = self._span(path)[0]
        return isinstance(value_at(self.value, path), str) and self.text[start : start + 1] in {"|", ">"}

    def _header(self, path: Path) -> str:
        """The mark that begins a text of several lines: `|`, `|-`, `>+2`."""
        found = _HEADER.match(self.text, self._span(path)[0])
        return found.group() if found else ""

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        found = _LINE.search(self.text, at)
        return found.start() if found else len(self.text)
