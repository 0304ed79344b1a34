"""Text on its way into a cell and back: what would begin a formula is marked, what XML cannot hold is spelt out."""

from __future__ import annotations

import re

LONGEST = 32_767
"""So many characters fit into a cell."""
# also behind blanks, and in full-width forms, which some programs take for the same
_FORMULA = re.compile("'*[ \u00a0]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# what no XML file can hold, and what reads as if it were spelt out
_SPELT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SPELLING = re.compile("_x([0-9A-Fa-f]{4})_")
_LINE_END = re.compile(r"\r\n?")


def into_cell(text: str) -> str:
    """The text that a cell holds: an apostrophe stands before what a spreadsheet could take for a formula.

    Lossless: `from_cell` takes away exactly what this has put there.
    """
    marked = f"'{text}" if _FORMULA.match(text) else text
    return _SPELT.sub(lambda found: f"_x{ord(found.group()):04X}_", marked)


def from_cell(text: str) -> str:
    """The text that a cell means."""
    plain = _LINE_END.sub("\n", _SPELLING.sub(_unspelt, text))
    return plain[1:] if plain.startswith("'") and _FORMULA.match(plain) else plain


def _unspelt(found: re.Match[str]) -> str:
    sign = chr(int(found.group(1), 16))
    return sign if _SPELT.fullmatch(sign) or sign in "_\r" else found.group()


def alike(one: str, other: str) -> bool:
    """Whether two texts of cells are the same, however a program has saved their line ends and spellings."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    # openpyxl drops this half of a spelling from shared texts
    return _LINE_END.sub("\n", text.replace("x005F_", "").replace("_x000D_", "\r"))
