"""Writing XML line by line, the same bytes for the same values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

# what XML 1.0 cannot say at all
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Markup:
    """Elements in the order in which they are put."""

    lines: list[str] = field(default_factory=lambda: ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'])
    depth: int = 0

    def put(self, tag: str, value: str | int | None) -> None:
        """One element with a text; nothing at all for None."""
        if value is not None:
            text = escape(_FORBIDDEN.sub("\ufffd", str(value)), {"\r": "&#13;"})
            self.lines.append(f"{'  ' * self.depth}<{tag}>{text}</{tag}>")

    def puts(self, **values: str | int | None) -> None:
        """Several elements by their names."""
        for tag, value in values.items():
            self.put(tag, value)

    @contextmanager
    def group(self, tag: str, attributes: str = "") -> Iterator[None]:
        """An element around others."""
        self.lines.append(f"{'  ' * self.depth}<{tag}{attributes}>")
        self.depth += 1
        yield
        self.depth -= 1
        self.lines.append(f"{'  ' * self.depth}</{tag}>")

    def data(self) -> bytes:
        """The whole file."""
        return ("\n".join(self.lines) + "\n").encode("utf-8", "replace")
