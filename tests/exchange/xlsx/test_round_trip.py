"""What goes out comes back: unchanged is no change, whatever a plan holds and whichever program has saved the file."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from datetime import date

import pytest
from handrail.exchange.xlsx.book import cell_of
from handrail.exchange.xlsx.shown import shown
from handrail.exchange.xlsx.text import from_cell, into_cell
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.xlsx.books import any_value, exported, made_up, merged, opened, repository, saved, value, whole_book
from tests.pack.packs import tool

SEEDS = 100


@pytest.mark.slow
def test_made_up_projects_come_back_unchanged():
    cells = 0
    for seed in range(SEEDS):
        base = repository(made_up(seed))
        done = merged(exported(base), base)
        assert (done.files, done.told) == ({}, ()), f"seed {seed}: {done.told}"
        book = whole_book(base)
        cells += sum(len(one.columns) * len(one.lines) for one in book.sheets)
    assert cells > SEEDS * 300  # they are no empty ones


@pytest.mark.slow
def test_made_up_projects_come_back_unchanged_after_another_program_has_saved_them():
    for seed in range(0, SEEDS, 4):
        base = repository(made_up(seed))
        again = saved(opened(exported(base)))
        done = merged(again, base)
        assert (done.files, done.told) == ({}, ()), f"seed {seed}: {done.told}"


def retyped(file, book, rng):
    """Type other values into some cells of every sheet: what each of them shows then, by its place in the plan's files."""
    wanted = {}
    for sheet in book.sheets:
        for row, line in enumerate(sheet.lines, 3):
            for number, column in enumerate(sheet.columns, 1):
                show = other_value(line, column, rng) if rng.random() < 0.05 else None
                if show is not None:
                    place = file[sheet.title].cell(row, number)
                    place.value, place.number_format = show.value, show.format
                    if isinstance(show.value, str):
                        place.data_type = "s"
                    wanted[line.file, line.path(column)] = show.value
    return wanted


def other_value(line, column, rng):
    """What a cell would show of another value; None where it cannot be typed there, or would say the same."""
    one = cell_of(line, column)
    new = any_value(column.type, rng)
    show = shown(column.type, new)
    foreign = isinstance(new, dict) or isinstance(
        line.value(column), dict
    )  # an amount in another currency must name it
    if one.fixed or column.key == "id" or new is None or foreign or show.fixed:
        return None
    return show if show.value != one.value and str(new) == str(new).strip() else None


@pytest.mark.slow
def test_any_value_that_is_typed_arrives_and_nothing_else_changes():
    arrived = 0
    for seed in range(16):
        files = made_up(seed)
        base = repository(files)
        book, file = whole_book(base), opened(exported(base))
        wanted = retyped(file, book, random.Random(seed))
        done = merged(saved(file), base)
        assert {one.outcome for one in done.told} <= {"changed"}, f"seed {seed}: {done.open}"
        fresh = whole_book(repository({**files, **done.files}))
        for sheet in book.sheets:
            for line, column in ((line, column) for line in sheet.lines for column in sheet.columns):
                if column.key == "id" or line.steps(column) is None:
                    continue
                there = line_of(fresh, sheet.name, line)
                expected = wanted.get((line.file, line.path(column)), cell_of(line, column).value)
                assert plain(cell_of(there, column).value) == plain(expected), (seed, line.key, column.key)
        arrived += len(wanted)
    assert arrived > 75


def line_of(book, sheet, line):
    place = book.sheet(sheet)
    there = place.line(line.project, line.key)
    assert there is not None
    return there


def plain(found):
    return from_cell(found).strip() if isinstance(found, str) else found


def test_the_same_commit_gives_the_same_bytes_whatever_the_clock_says(monkeypatch):
    base = repository(made_up(3))
    first = exported(base)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert exported(base) == first
    packed = zipfile.ZipFile(io.BytesIO(first))
    assert {one.date_time for one in packed.infolist()} == {(2026, 12, 1, 9, 30, 0)}
    assert packed.read("docProps/core.xml").count(b"2026-12-01T09:30:00Z") == 2


@given(st.text(max_size=40))
def test_escaping_text_loses_nothing_and_never_begins_a_formula(text):
    held = into_cell(text)
    assert from_cell(held) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert not held.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_cell_of_ours_is_a_formula():
    for seed in range(20):
        file = opened(exported(repository(made_up(seed))))
        assert not [one for place in file for row in place.iter_rows() for one in row if one.data_type in {"f", "e"}]


@pytest.mark.slow
def test_libreoffice_saves_what_comes_back_unchanged(tmp_path):
    for seed in range(6):
        base = repository(made_up(seed))
        (tmp_path / "bridge.xlsx").write_bytes(exported(base))
        out = tmp_path / "out"
        words = [
            tool("soffice"),
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "xlsx",
            "--outdir",
        ]
        subprocess.run([*words, str(out), str(tmp_path / "bridge.xlsx")], check=True, capture_output=True, timeout=120)
        kept = out / "bridge.xlsx"
        assert kept.is_file(), "nothing was saved: is libreoffice-calc-nogui installed? scripts/test does it"
        done = merged(kept.read_bytes(), base)
        assert (done.files, done.told) == ({}, ()), f"seed {seed}: {done.told}"


def test_days_counted_from_1904_are_the_same_days():
    base = repository({
        "projects/bridge/project.yaml": b"id: bridge\nname: Bridge\ntier: medium\nphase: execution\n"
        b"milestones:\n- {id: M1, name: Open, planned: 2027-02-01}\n"
    })  # fmt: skip
    file = opened(exported(base))
    file.epoch = openpyxl_1904()
    place = file["Milestones"]
    place["F3"] = date(2027, 2, 15)
    done = merged(saved(file), base)
    assert [one.outcome for one in done.told] == ["changed"]
    assert value(done.files, "projects/bridge/project.yaml")["milestones"][0]["forecast"] == "2027-02-15"


def openpyxl_1904():
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    return CALENDAR_MAC_1904


GARBAGE = (
    "soon",
    "03/04/2027",
    "2,400",
    "=x",
    "#REF!",
    -1,
    3.5,
    0,
    True,
    "yes",
    "R-001",
    "x" * 400,
    date(2027, 1, 9),
    "\u00e4",
    "40%",
    10**9,
)


@pytest.mark.slow
def test_whatever_is_typed_into_any_cell_goes_in_or_is_named():
    typed = 0
    for seed in range(16):
        rng = random.Random(seed)
        base = repository(made_up(seed))
        book, file = whole_book(base), opened(exported(base))
        touched = {}
        for sheet in book.sheets:
            place = file[sheet.title]
            for row, line in enumerate(sheet.lines, 3):
                for number, column in enumerate(sheet.columns, 1):
                    if column.key == "id" or rng.random() > 0.08:
                        continue
                    cell = place.cell(row, number)
                    cell.value = rng.choice(GARBAGE)
                    if isinstance(cell.value, str):
                        cell.data_type = "s"
                    touched[sheet.title, cell.coordinate] = (line, column, cell.value)
        done = merged(saved(file), base)
        named = {(one.sheet, one.at) for one in done.told}
        for (title, at), (line, column, value_) in touched.items():
            if (title, at) not in named:  # only what says the same as before may pass in silence
                was = cell_of(line, column)
                assert str(was.value).casefold() == str(value_).casefold() or line.value(column) in {True, False}, (
                    seed,
                    title,
                    at,
                    value_,
                )
        assert named <= set(touched)
        typed += len(touched)
        assert not repository({**made_up(seed), **done.files}).broken
    assert typed > 250
