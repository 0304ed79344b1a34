"""From bytes to text that a reviewer and a machine read alike, and the refusals that stop before any YAML is read."""

from __future__ import annotations

import re
from itertools import islice

from handrail.remark import Loc, Path, Related, Remark, Span

MAX_BYTES = 2_000_000
MAX_TOLD = 20

# C0 and C1 controls, line breaks and spaces that editors do not show, byte-order marks inside, tag characters, and the
# marks that turn the direction of writing: with these a reviewer sees another text than the machine reads.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e007f"
)
HIDDEN = re.compile(f"[\r{_UNSEEN}]")
"""In a value: there a line ends with a line feed, whatever the file has."""
_HIDDEN_IN_FILE = re.compile(f"[{_UNSEEN}]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |\r?$)", re.MULTILINE)
_FENCE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def refuse(span: Span, message: str, fix: str, related: tuple[Related, ...] = (), path: Path = ()) -> Remark:
    """One thing that the strict reader does not take."""
    return Remark(
        rule="DAT-01", level="must", enforce_at="merge", severity="critical", loc=Loc(span.file, path, span),
        message=message, fix=fix, related=related,
    )  # fmt: skip


def start_of(file: str) -> Span:
    """The place of what concerns a file as a whole."""
    return Span(file=file, line=1, column=1, end_line=1, end_column=1)


def decode(file: str, data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text of a file, or why it is not read."""
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1e6:.1f} MB"
        message = f"This file is too large to read: {size}, and 2 MB is the limit."
        return "", (refuse(start_of(file), message, "Split it into several files."),)
    if data.startswith(_UTF16) or b"\0" in data:
        message = "This is no text file as UTF-8 knows it: it holds zero bytes, as UTF-16 texts and pictures do."
        return "", (refuse(start_of(file), message, _SAVE),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        message = "This file is not saved as UTF-8, so its letters cannot be read safely."
        return "", (refuse(_point(file, before, len(before)), message, _SAVE),)
    text = text.removeprefix("\ufeff")
    hidden = _HIDDEN_IN_FILE.search(text) or ("\r" in text and _LONE_RETURN.search(text))
    return text, _hidden(file, text) if hidden else _conflicts(file, text)


_SAVE = 'Open it in your editor and save it with the encoding "UTF-8".'


def _hidden(file: str, text: str) -> tuple[Remark, ...]:
    found = [*islice(_HIDDEN_IN_FILE.finditer(text), MAX_TOLD), *islice(_LONE_RETURN.finditer(text), MAX_TOLD)]
    return tuple(
        refuse(
            _point(file, text, one.start()),
            f"An invisible character stands here (U+{ord(one.group()):04X}); it can make a text look different from what "
            "it is.",
            "Delete it and type the text again.",
        )
        for one in sorted(found, key=re.Match.start)[:MAX_TOLD]
    )


def _conflicts(file: str, text: str) -> tuple[Remark, ...]:
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return ()
    marks = list(_CONFLICT.finditer(text))
    starts = [one for one in marks if one.group().startswith("<")] or marks
    return tuple(
        refuse(
            _point(file, text, one.start(), 7),
            "Two versions of this text were never put together: Git's conflict marks are still in the file.",
            "Keep the lines that are right and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
        )
        for one in starts[:MAX_TOLD]
    )


def split(text: str) -> tuple[str | None, str, bool]:
    """Data block and prose of a Markdown file, and whether the block is closed; None where there is no block."""
    fences = _FENCE.finditer(text)
    first = next(fences, None)
    if first is None or first.start() != 0:
        return None, text, True
    last = next(fences, None)
    if last is None:
        return text[first.end() + 1 :], text, False
    return text[first.end() + 1 : last.start()], text[last.end() :].lstrip("\r\n"), True


def _point(file: str, text: str, index: int, length: int = 1) -> Span:
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Span(file=file, line=line, column=column, end_line=line, end_column=column + length)
