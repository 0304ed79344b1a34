"""Texts of a list as Markdown: headings and paragraphs in which nothing of the text has a meaning of its own."""

from __future__ import annotations

import re

from handrail.exchange.reading import Block

_SPECIAL = re.compile(r"([\\`*_\[\]{])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# at a line's start: heading, quote, list, rule, fence, definition, table, admonition, numbered list
_LINE_START = re.compile(r"^(?:([#>!]|\+ |-{2,}\s*$)|([=~:|?])|(\d+)([.)])(?=\s))")


def markdown(prose: list[Block]) -> str:
    """Prose as Markdown that shows the very text: no mark in it means anything, dashes at line starts stay a list."""
    parts: list[str] = []
    for heading in dict.fromkeys(one.heading for one in prose):
        parts.append(f"## {escaped(heading)}")
        for one in prose:
            if one.heading == heading:
                parts += _paragraphs(one.text)
    return "\n\n".join(parts) + "\n" if parts else ""


def _paragraphs(text: str) -> list[str]:
    found: list[str] = []
    listed = False
    for line in text.split("\n"):
        shown = escaped(line.strip())
        if not shown:
            listed = False
            continue
        item = shown.startswith("- ")
        if item and listed:
            found[-1] += f"\n{shown}"
        else:
            found.append(shown)
        listed = item
    return found


def escaped(line: str) -> str:
    """One line of text in which no character has a meaning for Markdown or HTML."""
    line = _ENTITY.sub("&amp;", line)
    line = _SPECIAL.sub(r"\\\1", line).replace("<", "&lt;")
    return _LINE_START.sub(_marked, line)


def _marked(found: re.Match[str]) -> str:
    escapable, other, number, point = found.groups()
    if escapable:
        return f"\\{escapable}"
    # Markdown knows no backslash before these
    return f"&#{ord(other)};" if other else f"{number}\\{point}"
