"""Packed files (zip), as workbooks and slides are: their bytes follow from what is in them and one day, no clock, no order of chance."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import pack

_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_FIRST, _LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)
"""What the directory of a packed file can say."""
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_VERSION, _UNIX, _DEFLATED, _MODE = 20, 3, 8, 0o644 << 16
_UTF8 = 1 << 11
_WINDOW = -15
"""A stream without a head of its own, as packed files hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Squeezed:
    """A part as it stands in a packed file. raw: deflated; crc, size: of the part itself."""

    raw: bytes
    crc: int
    size: int


def squeezed(pieces: Iterable[bytes]) -> Squeezed:
    """A part, squeezed piece by piece, so that it need never be whole in memory."""
    squeeze = zlib.compressobj(6, zlib.DEFLATED, _WINDOW)
    raw, crc, size = [], 0, 0
    for piece in pieces:
        raw.append(squeeze.compress(piece))
        crc, size = zlib.crc32(piece, crc), size + len(piece)
    return Squeezed(raw=b"".join((*raw, squeeze.flush())), crc=crc, size=size)


def settled(data: bytes, when: datetime) -> bytes:
    """The same file with one time everywhere: that of the commit it was made from, not that of the clock."""
    return packed(parts_of(data), when)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file that we have made, by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        return {name: given.read(name) for name in given.namelist()}


def packed(parts: Mapping[str, bytes | Squeezed], when: datetime) -> bytes:
    """A file of these parts; the list of their kinds comes first, as readers expect.

    The layout is that of PKWARE's APPNOTE without any extension, as `zipfile` writes it. That cannot take a part that is
    squeezed already, and one sheet stands in two workbooks.
    """
    stamp = min(max(when.astimezone(UTC), _FIRST), _LAST)
    moment = (
        stamp.hour << 11 | stamp.minute << 5 | stamp.second // 2,
        (stamp.year - 1980) << 9 | stamp.month << 5 | stamp.day,
    )
    pieces: list[bytes] = []
    listed: list[bytes] = []
    at = 0
    for name, part in sorted(parts.items(), key=lambda one: one[0] != _TYPES):
        one = part if isinstance(part, Squeezed) else squeezed([_stamped(name, part, when)])
        called, flags = name.encode(), 0 if name.isascii() else _UTF8
        told = pack("<HHHHHLLLHH", _VERSION, flags, _DEFLATED, *moment, one.crc, len(one.raw), one.size, len(called), 0)
        pieces += (b"PK\x03\x04", told, called, one.raw)
        listed += (b"PK\x01\x02", pack("<BB", _VERSION, _UNIX), told, pack("<HHHLL", 0, 0, 0, _MODE, at), called)
        at += 4 + len(told) + len(called) + len(one.raw)
    length = sum(map(len, listed))
    end = pack("<HHHHLLH", 0, 0, len(parts), len(parts), length, at, 0)
    return b"".join((*pieces, *listed, b"PK\x05\x06", end))


def _stamped(name: str, part: bytes, when: datetime) -> bytes:
    if name == _CORE:
        shown = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _STAMP.sub(rb"\g<1>" + shown + rb"\g<3>", part)
    return (
        settled(part, when) if name.endswith(".xlsx") else part
    )  # a chart on a slide brings its figures as a workbook
