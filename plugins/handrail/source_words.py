"""libyaml's complaints in plain words: what is the matter and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What to tell the author. `place` (line and column, from 0) replaces libyaml's own where that points too late."""

    message: str
    fix: str
    place: tuple[int, int] | None = None


_INDENT = "Look at the spaces at the start of this line and of the one above: fields of one group start in one column."
# (part of libyaml's text, what is the matter, how to mend it); the first that fits is taken
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("character that cannot start any token", "This character cannot start a value here.",
     "Put the text in quotes: `title: '@home'`."),
    ("mapping values are not allowed", "A colon followed by a space stands inside a text, so it reads like a second field.",
     "Put the text in quotes: `title: 'Phase 2: build'`. If it is a new field, start it on its own line."),
    ("could not find expected ':'", "A field's name stands here without a colon, or a text runs over into the next line.",
     "Write `name: value`; a text of several lines begins with `|` or stands in quotes."),
    ("did not find expected key", "The indentation does not fit the lines above, or a text was closed too early.", _INDENT),
    ("did not find expected '-' indicator", "This line should begin with `- ` like the list items above it.", _INDENT),
    ("did not find expected ',' or ']'", "A list that was opened with `[` is not closed, or a comma is missing.",
     "Write `[first, second]`."),
    ("did not find expected ',' or '}'", "A group that was opened with `{` is not closed, or a comma is missing.",
     "Write `{name: value, other: value}`."),
    ("found unexpected end of stream", "A text in quotes is opened and never closed.",
     "Add the closing quote; a quote inside single quotes is written twice: `'it''s'`."),
    ("found unknown escape character", "A backslash inside double quotes starts a special character, and this one does not exist.",
     "Use single quotes: `'C:\\plans'`."),
    ("block sequence entries are not allowed", "A list item cannot start here.",
     "Start the list on the next line, below its field's name."),
    ("wrong indentation", "The indentation does not fit the lines above.", _INDENT),
    ("undefined tag handle", "A word that begins with `!` is read as a type mark.", "Put the text in quotes: `'!note'`."),
    ("did not find expected alphabetic or numeric character", "A word that begins with `*` or `&` is read as a reference.",
     "Put the text in quotes: `'*note'`."),
    ("did not find expected node content", "A value is missing here.", "Write the value, or delete the comma."),
    ("found a tab character", "A tab stands where spaces are needed.", "Replace the tab by spaces."),
    ("exceeded", "This is nested too deeply to be read.", "Flatten it."),
    ("control characters are not allowed", "An invisible control character stands here.", "Delete it."),
    ("directive", "A line that begins with % is read as an instruction to the reader.",
     "Put the text in quotes, or delete the line."),
    ("did not find expected <document start>", "Text stands here that belongs to no field.",
     "Write `name: value`, or make it a comment with `# ` in front."),
)  # fmt: skip
_OPENED = ("unexpected end of stream", "expected ','", "expected ':'")
_LEADING_TAB = re.compile(r"^ *\t[ \t]*[^\s#]", re.MULTILINE)


def explain(error: yaml.MarkedYAMLError, text: str) -> Words:
    """Turn an error of libyaml into words for the author of the file."""
    problem = f"{error.problem or ''} {error.context or ''}"
    line = error.problem_mark.line if error.problem_mark else 0
    tab = _tab_before(text, line)
    if tab is not None:
        return Words(message="A tab stands where spaces are needed.", fix="Replace the tab by spaces.", place=tab)
    # What was opened and never closed is mended where it was opened, not where libyaml gave up.
    opened = any(part in problem for part in _OPENED) and error.context_mark
    place = (error.context_mark.line, error.context_mark.column) if opened else None
    for part, message, fix in _TABLE:
        if part in problem:
            return Words(message=message, fix=fix, place=place)
    return Words(message=f"This cannot be read as YAML ({problem.strip()}).", fix=_INDENT)


def _tab_before(text: str, line: int) -> tuple[int, int] | None:
    """The first indentation by tab on the line of the error or the one above it (libyaml notices it late)."""
    lines = text.splitlines()
    for number in (line, line - 1):
        if 0 <= number < len(lines) and _LEADING_TAB.match(lines[number]):
            return number, lines[number].index("\t")
    return None
