"""Text from files, made harmless for whoever prints it: a terminal, or a log that looks for commands."""

from __future__ import annotations

import re

_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]")
# what a terminal obeys, and marks that turn the direction of writing; lone surrogates cannot be printed at all
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_START = re.compile(r"^(\s*):(?=:)")


def safe(text: str) -> str:
    """One line of text without anything that a terminal would obey, or that a build log would take for a command."""
    line = _OBEYED.sub("?", _BREAKS.sub(" ", text))
    return _START.sub(r"\1: ", line).replace("##[", "# #[")


def count(number: int, word: str) -> str:
    """A number with its word: 1 remark, 1,200 remarks."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
