"""Files of office programs whose bytes follow from what is in them and one day: no clock, no order of chance."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_FIRST, _LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)
"""What the directory of a packed file can say."""
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(data: bytes, when: datetime) -> bytes:
    """The same file with one time everywhere: that of the commit it was made from, not that of the clock."""
    return packed(parts_of(data), when)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file that we have made, by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        return {name: given.read(name) for name in given.namelist()}


def packed(parts: Mapping[str, bytes], when: datetime) -> bytes:
    """A file of these parts; the list of their kinds comes first, as readers expect."""
    stamp = min(max(when.astimezone(UTC), _FIRST), _LAST)
    shown = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, part in sorted(parts.items(), key=lambda one: one[0] != _TYPES):
            one = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            if name == _CORE:
                written = _STAMP.sub(rb"\g<1>" + shown + rb"\g<3>", part)
            else:  # a chart on a slide brings its figures as a workbook
                written = settled(part, when) if name.endswith(".xlsx") else part
            file.writestr(one, written)
    return out.getvalue()
