"""What a file must be before anything reads it as a workbook: everything about it is untrusted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

MOST_BYTES = 20_000_000
_MOST_OPENED = 40_000_000
_MOST_PARTS = 2_000
_MOST_TIMES = 200
"""XML packs to a tenth or a fiftieth; what unpacks to more than this many times its size was made to."""
_SMALL = 1_000_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO = ("vbaproject.bin", "vbadata.xml", "xl/macrosheets/", "activex", "customui/")
_MACRO_TYPE = re.compile(rb"macroEnabled", re.IGNORECASE)
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels", ".vml")
_SPAN = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*")
_REF = re.compile(rb"""\bref\s*=\s*["']\s*\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})""")
MOST_CELLS = 600_000
"""So many cells a sheet may reach across, and so many may be joined: whoever reads them touches each."""


class Refused(ValueError):  # noqa: N818 - it says what is the matter
    """The file is not read at all. `fix` says what to do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(f"{message} {fix}")
        self.message = message
        self.fix = fix


_SAVE = "Save it in Excel as `Excel Workbook (.xlsx)` and try again."


def guarded(data: bytes) -> bytes:
    """The bytes of a workbook that may be read. Raises Refused."""
    if len(data) > MOST_BYTES:
        raise Refused(
            f"The file holds {len(data) / 1e6:.0f} MB; {MOST_BYTES // 10**6} MB is the limit.",
            "Take out pictures and what is not needed.",
        )
    if data.startswith(_OLD):
        raise Refused("The file is protected with a password, or it is a workbook of the old form (.xls).",
                      "Take the password off (File > Info > Protect Workbook), save it as .xlsx and try again.")  # fmt: skip
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refused("This is no Excel workbook.", _SAVE) from None
    with packed:
        _sizes(packed, len(data))
        names = [one.filename for one in packed.infolist()]
        if "xl/workbook.xml" not in names and "[Content_Types].xml" not in names:
            raise Refused("This is no Excel workbook.", _SAVE)
        _no_programs(names)
        for name, part in _parts(packed):
            if name == "[Content_Types].xml" and _MACRO_TYPE.search(part):
                raise Refused("The workbook is made for macros (.xlsm), and programs are not taken in.", _SAVE)
            if name.lower().endswith(_XML) and (
                _DECLARED.search(part) or part[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in part[:4]
            ):
                raise Refused("The workbook holds declarations that no spreadsheet program writes.", _SAVE)
            if name.startswith("xl/worksheets/"):
                _spans(part)
    return data


def _sizes(packed: zipfile.ZipFile, size: int) -> None:
    parts = packed.infolist()
    opened = sum(one.file_size for one in parts)
    too_much = len(parts) > _MOST_PARTS or opened > _MOST_OPENED
    if too_much or any(one.file_size > _SMALL and one.file_size > one.compress_size * _MOST_TIMES for one in parts):
        raise Refused(f"The workbook unpacks from {size / 1e6:.1f} to {opened / 1e6:,.0f} MB, far more than its registers need.",
                      "Copy the sheets into a new workbook and save that.")  # fmt: skip
    if len({one.filename for one in parts}) != len(parts) or any(one.flag_bits & 1 for one in parts):
        raise Refused("The workbook is packed in a way that no spreadsheet program uses.", _SAVE)


def _no_programs(names: list[str]) -> None:
    small = [name.lower() for name in names]
    if any(mark in name for name in small for mark in _MACRO):
        raise Refused("The workbook holds macros or controls, and programs are not taken in.", _SAVE)
    if any(name.startswith("xl/externallinks/") for name in small):
        raise Refused("The workbook takes values from other files, and what those say cannot be checked.",
                      "Break the links (Data > Edit Links > Break Link), save it and try again.")  # fmt: skip


def _spans(part: bytes) -> None:
    """Cells that are joined or linked together: a few letters can name all seventeen thousand million of a sheet."""
    cells = 0
    for found in _SPAN.finditer(part):
        span = _REF.search(found.group())
        if b"&" in found.group().partition(b"ref")[2][:40]:
            raise Refused("The workbook holds declarations that no spreadsheet program writes.", _SAVE)
        if span is not None:
            cells += (int(span[4]) - int(span[2]) + 1) * (_number(span[3]) - _number(span[1]) + 1)
    if cells > MOST_CELLS:
        raise Refused("The workbook joins cells across nearly a whole sheet.", "Unmerge them, save it and try again.")


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for one in packed.infolist():
        try:
            yield one.filename, packed.read(one)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
            raise Refused(
                "The workbook is damaged: a part of it cannot be unpacked.", "Open it in Excel, save it, and try again."
            ) from None
        except Exception as error:
            if type(error).__name__ in {"error", "LZMAError"}:  # zlib.error and its kin have no common parent
                raise Refused(
                    "The workbook is damaged: a part of it cannot be unpacked.",
                    "Open it in Excel, save it, and try again.",
                ) from None
            raise


def formulas_in(data: bytes) -> bool:
    """Whether any sheet of a guarded workbook holds a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheets = (one for one in packed.namelist() if one.startswith("xl/worksheets/") and one.endswith(".xml"))
        return any(re.search(rb"<(?:\w+:)?f[ >/]", packed.read(one)) for one in sheets)
