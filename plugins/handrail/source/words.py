"""libyaml's complaints in plain words: what is the matter, how to mend it, and the place that is to be mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

_SHOWN = 60


def shown(text: str) -> str:
    """A text as it may stand in a message between backticks: one line, of a bearable length."""
    line = re.sub(r"\s+", " ", text).replace("`", "'")
    return f"{line[:_SHOWN]}..." if len(line) > _SHOWN else line


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Words:
    """What to tell the author, and the place (line and column, from 0)."""

    message: str
    fix: str
    place: tuple[int, int]


_INDENT = "Look at the spaces at the start of this line and of the one above: fields of one group start in one column."
_QUOTE = "Put the text in quotes"
# (part of libyaml's text, what is the matter, how to mend it); the first that fits is taken
_TABLE: tuple[tuple[str, str, str], ...] = (
    ("found a tab character", "A tab stands where spaces are needed.", "Replace the tab by spaces."),
    ("incompatible YAML document", "A line that begins with % is read as an instruction to the reader.", "Delete the line."),
    ("directive", "A line that begins with % is read as an instruction to the reader.",
     "Delete the line, or put the text in quotes: `'%note'`."),
    ("character that cannot start any token", "A value cannot start with {char}.", f"{_QUOTE}."),
    ("mapping values are not allowed", "A colon followed by a space stands inside a text, so it reads like a second field.",
     f"{_QUOTE}: `title: 'Phase 2: build'`. If it is a new field, start it on its own line."),
    ("could not find expected ':'", "A field's name stands here without a colon, or a text runs over into the next line.",
     "Write `name: value`; a text of several lines begins with `|` or stands in quotes."),
    ("did not find expected key", "The indentation does not fit the lines above.", _INDENT),
    ("did not find expected '-' indicator", "This line should begin with `- ` like the list items above it.", _INDENT),
    ("did not find expected ',' or ']'", "A list that is opened with `[` is not closed, or a comma is missing.",
     "Write `[first, second]`."),
    ("did not find expected ',' or '}'", "A group that is opened with `{` is not closed, or a comma is missing.",
     "Write `{name: value, other: value}`."),
    ("found unexpected end of stream", "A text in quotes is opened and never closed.",
     "Add the closing quote; a quote inside single quotes is written twice: `'it''s'`."),
    ("found unknown escape character", "A backslash inside double quotes starts a special character, and this one does not exist.",
     r"Use single quotes: `'C:\plans'`."),
    ("scanning a block scalar", "After `|` or `>` the text begins on the next line.",
     f"Start the text on its own line, indented. If the sign belongs to it, {_QUOTE.lower()}: `'> 3 days'`."),
    ("block sequence entries are not allowed", "A list item cannot start here.",
     "Start the list on the next line, below its field's name."),
    ("tag", "A word that begins with `!` is read as a type mark.", f"{_QUOTE}: `'!note'`."),
    ("scanning an alias", "A word that begins with `*` is read as a reference.", f"{_QUOTE}: `'*note'`."),
    ("scanning an anchor", "A word that begins with `&` is read as a name for reuse.", f"{_QUOTE}: `'&note'`."),
    ("did not find expected node content", "A value is missing here.", "Write the value, or delete the comma or bracket."),
    ("did not find expected <document start>", "Text stands here that belongs to no field.",
     "Write `name: value`, or make it a comment with `# ` in front."),
    ("exceeded", "This is nested too deeply to be read.", "Flatten it."),
    ("control characters are not allowed", "An invisible control character stands in this file.", "Delete it."),
)  # fmt: skip
_NOT_CLOSED = "A closing bracket is missing: a list or group is opened and never closed."
_OPENED = (
    "unexpected end of stream",
    "expected ','",
    "expected ':'",
    " directive",
    " alias",
    " anchor",
    " tag",
    "a block scalar",
)
WIDE = "\u00a0\u2007\u202f"
WIDE_SPACE = "A space from a word processor (no-break) stands here."
WIDE_FIX = "Delete it and type a normal space."
_WIDE_SPACE = re.compile(rf" *(?:-? *|- +|-|(?:- +)*[a-z][a-z0-9_]*:)(?P<space>[{WIDE}])")
_LEADING_TAB = re.compile(r" *\t[ \t]*[^\s#]")


def explain(error: yaml.YAMLError, text: str) -> Words:
    """Turn an error of libyaml into words for the author of the file."""
    lines = text.split("\n")
    problem, line, column, opened = _parts(error)
    tab = _tab_before(lines, line)
    if tab is not None:
        return Words(message="A tab stands where spaces are needed.", fix="Replace the tab by spaces.", place=tab)
    wide = _wide_before(lines, line, opened)
    if wide is not None:
        return Words(message=WIDE_SPACE, fix=WIDE_FIX, place=wide)
    here = lines[line] if line < len(lines) else ""
    # What was opened and never closed is mended where it was opened, not where libyaml gave up.
    place = opened if opened and any(part in problem for part in _OPENED) else (line, column)
    special = _special(problem, here, column) or _no_space(problem, lines, opened)
    if special:
        message, fix, start = special
        place = (_unclosed(text) or place) if message == _NOT_CLOSED else place
        return Words(message=message, fix=fix, place=place if start is None else (line, start))
    for part, message, fix in _TABLE:
        if part in problem:
            char = "a backtick" if here[column : column + 1] == "`" else f"`{here[column : column + 1]}`"
            return Words(message=message.replace("{char}", char), fix=fix, place=place)
    return Words(message=f"This cannot be read as YAML ({problem.strip()}).", fix=_INDENT, place=place)


def _parts(error: yaml.YAMLError) -> tuple[str, int, int, tuple[int, int] | None]:
    """What libyaml says, its line and column, and where that which it could not finish was opened."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return str(error), 0, 0, None
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    opened = (error.context_mark.line, error.context_mark.column) if error.context_mark else None
    return f"{error.problem or ''} {error.context or ''}", line, column, opened


def _special(problem: str, here: str, column: int) -> tuple[str, str, int | None] | None:
    """The slips that libyaml lumps together: message, fix, and the column where it should be pointed at."""
    indent = len(here) - len(here.lstrip())
    if here[column : column + 1] in {"]", "}"} and ("document start" in problem or "expected key" in problem):
        return "This bracket closes nothing.", "Delete it, or add the opening one.", column
    if "mapping values" in problem and ": " not in here[:column]:
        message = "This line does not fit the one above: its indentation is wrong, or the field above lacks its colon."
        return message, _INDENT, indent
    if "expected node content" in problem and not here[column:].strip():
        return _NOT_CLOSED, "Add the closing `]` or `}`.", None
    if "expected key" in problem and here[column : column + 1] == ":":
        return "A field without a name stands here.", "Write the name before the colon: `name: value`.", column
    if "expected key" in problem and here[:column].strip():
        return (
            "A text in quotes ends before its line does.",
            "A quote inside single quotes is written twice: `'it''s'`. Or use double quotes around it.",
            column,
        )
    return None


def _unclosed(text: str) -> tuple[int, int] | None:
    """Where the innermost bracket stands that is opened and never closed."""
    opened: list[tuple[int, int]] = []
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)):
                opened.append((token.start_mark.line, token.start_mark.column))
            elif isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)) and opened:
                opened.pop()
    except yaml.YAMLError:
        pass  # what was opened before the fault is known
    return opened[-1] if opened else None


def _no_space(problem: str, lines: list[str], opened: tuple[int, int] | None) -> tuple[str, str, int | None] | None:
    if "could not find expected ':'" in problem and opened and re.match(r" *-[^\s-]", lines[opened[0]]):
        return "A space is missing after the hyphen of this list item.", "Write `- item`.", None
    return None


def wide_space(text: str) -> int | None:
    """Where in an unquoted text a no-break space stands in the stead of one that YAML would need."""
    found = _WIDE_SPACE.match(text)
    return found.start("space") if found else None


def _wide_before(lines: list[str], line: int, opened: tuple[int, int] | None) -> tuple[int, int] | None:
    for number in dict.fromkeys((*((opened[0],) if opened else ()), line, line - 1)):
        column = wide_space(lines[number]) if 0 <= number < len(lines) else None
        if column is not None:
            return number, column
    return None


def _tab_before(lines: list[str], line: int) -> tuple[int, int] | None:
    """The first indentation by tab on the line of the error or the one above it (libyaml notices it late)."""
    for number in (line, line - 1):
        if 0 <= number < len(lines) and _LEADING_TAB.match(lines[number]):
            return number, lines[number].index("\t")
    return None
