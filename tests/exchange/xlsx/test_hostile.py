"""A workbook from anywhere is refused with words, or read without harm: no macro, no bomb, no link, no traceback."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile

import openpyxl
import pytest
from handrail.exchange.xlsx import guard
from handrail.exchange.xlsx.guard import Refused
from handrail.exchange.xlsx.importer import source_of
from handrail.exchange.xlsx.reading import read

from tests.exchange.xlsx.books import exported, made_up, merged, opened, repository, saved

BASE = repository(made_up(5))
GOOD = exported(BASE)


def changed(data=GOOD, *, add=None, edit=None, leave=()):
    """The same file with parts added, edited or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            if name not in leave:
                part = given.read(name)
                packed.writestr(name, edit[name](part) if edit and name in edit else part)
        for name, part in (add or {}).items():
            packed.writestr(name, part)
    return out.getvalue()


def foreign():
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Project", "Owner"])
    return saved(book)


SHEET = "xl/worksheets/sheet2.xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
BAD = {
    "nothing": (b"", "no Excel workbook"),
    "text": (b"id;title\n1;x\n", "no Excel workbook"),
    "old or encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "another archive": (changed(leave=("xl/workbook.xml", "[Content_Types].xml")), "no Excel workbook"),
    "macros": (changed(add={"xl/vbaProject.bin": b"x"}), "macros"),
    "made for macros": (
        changed(edit={"[Content_Types].xml": lambda part: part.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")}), "macros",
    ),
    "controls": (changed(add={"xl/activeX/activeX1.xml": b"<x/>"}), "macros or controls"),
    "links": (changed(add={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "other files"),
    "declarations": (changed(edit={SHEET: lambda part: DOCTYPE + part}), "declarations"),
    "other letters": (changed(edit={SHEET: lambda part: part.decode().encode("utf-16")}), "declarations"),
    "bomb": (changed(add={"xl/media/a.xml": b"\0" * 30_000_000}), "unpacks"),
    "many parts": (changed(add={f"x/{number}": b"" for number in range(2100)}), "unpacks"),
    "cut off": (GOOD[: len(GOOD) // 2], "no Excel workbook"),
    "broken sheet": (changed(edit={SHEET: lambda part: part[: len(part) // 2]}), "cannot be read"),
    "foreign": (foreign(), "not made by"),
}  # fmt: skip


@pytest.mark.parametrize("name", [one for one in BAD if BAD[one][1]])
def test_what_is_no_workbook_of_ours_is_refused_with_words(name):
    data, words = BAD[name]
    with pytest.raises(Refused) as refused:
        source_of(data)
    assert words in str(refused.value)
    assert refused.value.fix


def test_a_huge_file_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(guard, "MOST_BYTES", 1000)
    with pytest.raises(Refused, match="limit"):
        source_of(GOOD)


def test_a_part_that_unpacks_to_far_more_than_it_packs_is_refused(monkeypatch):
    with pytest.raises(Refused, match="unpacks"):
        read(changed(add={"xl/worksheets/sheet99.xml": b" " * 5_000_000}))


def test_a_sheet_that_is_nearly_all_empty_is_refused_by_name():
    book = opened(GOOD)
    book["Risks"].cell(1_048_576, 50).value = "x"
    with pytest.raises(Refused, match="Risks reaches down to row"):
        read(saved(book))


@pytest.mark.parametrize("span", [b"A10:XFD1048576", b"$A$10:$XFD$1048576", b"&#65;10:XFD1048576"])
@pytest.mark.parametrize(
    "tag",
    [
        b'<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>',
        b'<hyperlinks><hyperlink display="x" ref="%s"/></hyperlinks>',
    ],
)
def test_a_few_letters_cannot_name_all_cells_of_a_sheet(tag, span):
    with pytest.raises(Refused):
        read(
            changed(
                edit={SHEET: lambda part: part.replace(b"</sheetData>", b"</sheetData>" + tag.replace(b"%s", span))}
            )
        )


@pytest.mark.parametrize("commit", ["--output=/tmp/x", "HEAD", "main; rm -rf /", "../../x", "\x1b[31m", "f" * 39])
def test_the_hidden_sheet_is_only_ever_text(commit):
    book = opened(GOOD)
    book["_handrail"]["B3"] = commit.replace("\x1b", "")
    assert source_of(saved(book)).commit == commit.replace("\x1b", "").strip()


def test_the_hidden_sheet_of_another_version_is_refused():
    book = opened(GOOD)
    book["_handrail"]["B1"] = "2"
    with pytest.raises(Refused, match="another version"):
        source_of(saved(book))


def test_a_project_that_the_workbook_only_claims_is_refused():
    book = opened(GOOD)
    book["_handrail"]["B6"] = "../bridge"
    with pytest.raises(Refused, match="no project"):
        merged(saved(book), BASE)


def test_damaged_files_never_raise_anything_else():
    rng = random.Random(1)
    for _ in range(200):
        data = bytearray(GOOD)
        for _ in range(rng.randrange(1, 30)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        with contextlib.suppress(Refused):
            merged(bytes(data), BASE)


def test_damaged_sheets_never_raise_anything_else():
    rng = random.Random(2)
    whole = zipfile.ZipFile(io.BytesIO(GOOD)).read(SHEET)
    words = (
        b"<v>",
        b'r="',
        b"t=",
        b"<c ",
        b"</row>",
        b"s=",
        b"1",
        b"<f>",
        b"-9e999",
        b'r="ZZZZ99999999"',
        b"NaN",
        b'"',
        b"&#x1;",
    )
    for _ in range(100):
        part = bytearray(whole)
        for _ in range(rng.randrange(1, 6)):
            at = rng.randrange(len(part))
            part[at : at + rng.randrange(6)] = rng.choice(words)
        with contextlib.suppress(Refused):
            merged(changed(edit={SHEET: lambda _, new=bytes(part): new}), BASE)
