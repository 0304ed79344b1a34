"""Text from files, made harmless for whoever prints it: a terminal, or a build log that looks for commands."""

from __future__ import annotations

import re

_BREAKS = "[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
# what a terminal obeys, and marks that turn the direction of writing; lone surrogates cannot be printed at all
_OBEYED = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def safe(text: str) -> str:
    """One line of text without anything that a terminal would obey, or that a build log would take for a command."""
    if not text.isprintable():  # so nearly nobody waits for these patterns to be compiled
        text = re.sub(_OBEYED, "?", re.sub(_BREAKS, " ", text))
    if "##[" in text:
        text = text.replace("##[", "# #[")
    bare = text.lstrip()
    return text[: len(text) - len(bare)] + f": {bare[1:]}" if bare.startswith("::") else text


def escaped(document: str) -> str:
    """A JSON document in which nothing is left that a terminal would obey; JSON itself escapes only the first 32."""
    if all(line.isprintable() for line in document.split("\n")):
        return document
    return re.sub(f"(?!\n)(?:{_OBEYED}|{_BREAKS})", lambda sign: f"\\u{ord(sign.group()):04x}", document)


def capital(sentence: str) -> str:
    """A sentence begins large, but not with a handle, an id or a path: these are written as they are."""
    first = sentence.split(" ", 1)[0].rstrip(".,:;")
    return sentence if re.search("[./0-9_]", first) else sentence[:1].upper() + sentence[1:]
