"""Files of office programs whose bytes follow from what is in them and one day: no clock, no order of chance."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

_TYPES = "[Content_Types].xml"
_CORE = "docProps/core.xml"
_FIRST, _LAST = datetime(1980, 1, 1, tzinfo=UTC), datetime(2107, 12, 31, tzinfo=UTC)
"""What the directory of a packed file can say."""
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def settled(data: bytes, when: datetime) -> bytes:
    """The same file with one time everywhere: that of the commit it was made from, not that of the clock."""
    stamp = min(max(when.astimezone(UTC), _FIRST), _LAST)
    shown = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        names = given.namelist()
        for name in sorted(names, key=lambda one: (one != _TYPES, names.index(one))):
            part = given.read(name)
            one = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            packed.writestr(one, _STAMP.sub(rb"\g<1>" + shown + rb"\g<3>", part) if name == _CORE else part)
    return out.getvalue()
