"""Sheets of the published workbooks, kept between builds: an edit makes those anew whose tables it has changed.

A sheet counts as long as its table says the same and the program is the same; what is missing or torn is made again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from importlib import metadata
from pathlib import Path
from struct import Struct, error

from handrail.export.dataset import Dataset
from handrail.export.sheet import Sheet, sheet
from handrail.export.workbook import Book
from handrail.fast import sealed
from handrail.fast.sealed import summed
from handrail.fast.sources import program
from handrail.packed_file import Squeezed

_SIZE = 16
_FIGURES = Struct("<LQH")
"""Of the part: its check sum and its length; of the words for its span: their length."""


class KeptSheets:
    """The sheets of the last build, and those of this one."""

    def __init__(self, place: Path) -> None:
        """place: the file that keeps them."""
        self._place = place
        self._kept: Mapping[str, bytes] = sealed.read_parts(place)
        self._new: dict[str, bytes] = {}
        self._program = program() + f"{zlib.ZLIB_RUNTIME_VERSION} {metadata.version('openpyxl')}".encode()

    def of(self, path: str, said: bytes, table: Callable[[], Dataset]) -> Sheet:
        """The sheet of the table at a place. said: a sum of all that the table says."""
        key = summed(self._program, said)
        known = self._kept.get(path, b"")
        found = _read(known[_SIZE:]) if known[:_SIZE] == key else None
        if found is None:
            found = sheet(table())
            known = key + _told(found)
        self._new[path] = known
        return found

    def sum(self, book: Book, on: date) -> bytes:
        """A sum of all that a workbook is made from."""
        sheets = (part for name, one in book.sheets for part in (name.encode(), _told(one)))
        return summed(self._program, str(on).encode(), *sheets)

    def save(self) -> None:
        """Leave the sheets of this build for the next one."""
        if self._new != self._kept:
            sealed.write_parts(self._place, self._new)


def _told(one: Sheet) -> bytes:
    span = one.span.encode()
    return _FIGURES.pack(one.part.crc, one.part.size, len(span)) + span + one.part.raw


def _read(data: bytes) -> Sheet | None:
    with suppress(error, ValueError):
        crc, size, length = _FIGURES.unpack_from(data)
        at = _FIGURES.size + length
        span = data[_FIGURES.size : at].decode("ascii")
        return Sheet(span=span, part=Squeezed(raw=data[at:], crc=crc, size=size))
    return None
