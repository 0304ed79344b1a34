"""A zip file without a trace of when and where it was made: the same parts give the same bytes.

Office files are zip files that hold their own dates and, for charts, workbooks that are zip files again.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

_FIRST = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(data: bytes, moment: datetime) -> bytes:
    """The same zip file with every date set to `moment`, the parts in their order, and inner workbooks likewise."""
    when = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            part = old.read(one)
            if one.filename.endswith(".xlsx"):
                part = settled(part, moment)
            elif one.filename == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>" + when + rb"\g<3>", part)
            entry = zipfile.ZipInfo(one.filename, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            new.writestr(entry, part)
    return made.getvalue()
