"""Where the names and values of one text stand, kept so that noting a place costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.remark import Path, Span

Stretch = tuple[int, int, int, int]
"""Line and column of the beginning, line and column of the end; all from 0, as libyaml counts."""


class Places(Mapping[Path, tuple[Span, Span]]):
    """Path -> (span of the name, span of the value); a span is made when it is asked for.

    A list item has no name: both spans are the value's. Of a text that breaks off, a name may be known without a value.
    of_names, of_values: by path, where they stand in the text. `above` is the number of lines above the text in its file.
    """

    __slots__ = ("above", "file", "of_names", "of_values")

    def __init__(self, file: str = "", above: int = 0) -> None:
        """Begin with no place at all."""
        self.file, self.above = file, above
        self.of_names: dict[Path, Stretch] = {}
        self.of_values: dict[Path, Stretch] = {}

    def within(self, file: str, above: int) -> Places:
        """The same places, told as those of a text in this file."""
        made = Places(file, above)
        made.of_names, made.of_values = self.of_names, self.of_values
        return made

    def __getitem__(self, path: Path) -> tuple[Span, Span]:
        """The two spans of a path."""
        name = self.of_names.get(path)
        value = self.of_values[path] if name is None else self.of_values.get(path, name)
        return self._span(name or value), self._span(value)

    def __contains__(self, path: object) -> bool:
        """Whether anything stands at a path."""
        return path in self.of_values or path in self.of_names

    def __iter__(self) -> Iterator[Path]:
        """Every path; those of one group or list in the order of the text."""
        return iter(dict.fromkeys((*self.of_names, *self.of_values)))

    def __len__(self) -> int:
        """How many paths there are."""
        return len(self.of_names.keys() | self.of_values.keys())

    def _span(self, at: Stretch) -> Span:
        line, column, end_line, end_column = at
        above = self.above + 1
        return Span(self.file, line + above, column + 1, end_line + above, end_column + 1)
