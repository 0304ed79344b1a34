"""Packed files of office programs: laid out as the standard library does, whatever was squeezed beforehand."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from handrail.packed_file import packed, parts_of, settled, squeezed

TYPES, CORE = "[Content_Types].xml", "docProps/core.xml"
STAMPED = b'<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created>'
PARTS = {
    "b/b.xml": b"<b>" * 5000,
    CORE: STAMPED % b"2001-01-01T00:00:00Z",
    TYPES: b"<Types/>",
    "a/\u00fc.bin": bytes(range(256)),
    "empty": b"",
}
WHEN = datetime(2026, 12, 4, 13, 5, 59, tzinfo=UTC)


def by_zipfile(parts, moment):
    """The same file as the standard library makes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name in (TYPES, *(one for one in parts if one != TYPES)):
            one = zipfile.ZipInfo(name, moment)
            one.compress_type, one.external_attr, one.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            file.writestr(one, parts[name])
    return out.getvalue()


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        (WHEN, (2026, 12, 4, 13, 5, 59)),
        (datetime(1970, 1, 1, tzinfo=UTC), (1980, 1, 1, 0, 0, 0)),
        (datetime(2200, 1, 1, tzinfo=UTC), (2107, 12, 31, 0, 0, 0)),
    ],
)
def test_the_same_bytes_as_the_standard_library(when, moment):
    stamped = {**PARTS, CORE: STAMPED % when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()}
    assert packed(PARTS, when) == by_zipfile(stamped, moment)
    assert parts_of(packed(PARTS, when)) == stamped


def test_a_part_that_is_squeezed_already_stands_there_as_if_it_were_not():
    early = squeezed([PARTS["b/b.xml"][:7000], PARTS["b/b.xml"][7000:]])
    assert packed({**PARTS, "b/b.xml": early}, WHEN) == packed(PARTS, WHEN)


def test_a_workbook_within_loses_its_clock_too():
    inner = [by_zipfile({TYPES: b"<Types/>"}, (2001, month, 1, 0, 0, 0)) for month in (1, 2)]
    one, other = (settled(by_zipfile({TYPES: b"", "x/book.xlsx": each}, (2001, 1, 1, 0, 0, 0)), WHEN) for each in inner)
    assert inner[0] != inner[1]
    assert one == other
