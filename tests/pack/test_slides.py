"""The slides: they open elsewhere, their figures are those of the data, their charts and tables can be edited."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest
from handrail.model.money import Money
from handrail.render.words import day

from tests.command import git, handrail
from tests.pack.packs import DAY, in_libreoffice, opened, pdf_text, plain, slide_of, table, words, write

ORDER = [
    "Digital board", "Decisions asked", "What changed since the last meeting", "Exceptions, worst first",
    "All projects of the board", "Rosters and wages from one system", "New payment gateway", "Tickets in the travel app",
    "Benefits", "Deviations from standards", "Remarks that stop a gate or a change", "Decided at the last meeting and since",
    "How to read this, and where it comes from",
]  # fmt: skip


@pytest.fixture(scope="session")
def figures(plans):
    done = handrail("export", "json", "--as-of", DAY, cwd=plans)
    assert done.status == 0, done.err
    return {one["id"]: one for one in json.loads(done.out)["rows"] if one["board"] == "digital-board" and one["state"] not in {"closed", "cancelled"}}  # fmt: skip


def test_decisions_come_first_and_projects_by_how_bad_they_are(slides):
    deck = opened(slides)
    assert [one.shapes.title.text for one in deck.slides] == ORDER


def test_every_figure_of_the_status_table_is_that_of_the_data(slides, figures):
    head, *rows = table(slide_of(opened(slides), "All projects of the board"), "All projects")
    assert len(rows) == len(figures) == 3
    for row in rows:
        said = dict(zip(head, row, strict=True))
        name = said["Project"].splitlines()[0]
        (known,) = [one for one in figures.values() if one["name"] == name]
        assert said["Colour now"].split()[1].lower() == known["colour"]
        assert said["Manager"] == known["manager"]
        _same_money(said["Money planned → expected"], known)
        assert day(_date(known["end_expected"])) in said["End planned → expected"]
        assert day(_date(known["next_gate_expected"])) in said["Next gate"]
        assert said["Report age"].startswith(f"{known['report_age_days']} day")


def test_each_project_has_one_slide_with_the_same_figures(slides, figures):
    deck = opened(slides)
    for known in figures.values():
        slide = slide_of(deck, known["name"])
        (names, values) = table(slide, "Figures") if _has(slide, "Figures") else table(slide, "Facts")
        said = dict(zip(names, values, strict=True))
        assert said["End expected"].startswith(day(_date(known["end_expected"])))
        assert said["Deliverables"].startswith(f"accepted {known['accepted']} of {known['deliverables']}")
        _same_money(said["Cost expected"], known)
        light = next(one.text_frame.text for one in slide.shapes if one.name == "Colour")
        assert light == {"red": "■ Red", "amber": "▲ Amber", "green": "● Green"}[known["colour"]]


def test_libreoffice_opens_them_and_shows_the_same(slides, figures, tmp_path):
    pages = pdf_text(in_libreoffice(slides, tmp_path))
    assert len(pages) == len(ORDER)
    text = plain(" ".join(pages))
    for known in figures.values():
        assert f"{_amount(known, 'forecast')}" in text
        assert day(_date(known["end_expected"])) in text


def test_charts_are_native_and_carry_their_figures(slides, plans, figures):
    deck = opened(slides)
    for known in figures.values():
        charts = {one.name: one.chart for one in slide_of(deck, known["name"]).shapes if one.has_chart}
        assert set(charts) == {"Money chart", "Trend chart"}
        series = {
            one.name.split(",")[0]: [value for value in one.values if value is not None]
            for one in charts["Money chart"].plots[0].series
        }
        book = openpyxl.load_workbook(io.BytesIO(charts["Money chart"].part.chart_workbook.xlsx_part.blob))
        column = [row[1].value for row in book.worksheets[0].iter_rows(min_row=2) if row[1].value is not None]
        assert column == series["Planned (PV)"]
        spent = json.loads(handrail("export", "json", f"projects/{known['id']}", "--as-of", DAY, cwd=plans).out)
        assert series["Spent (AC)"][-1] == float(spent["figures"]["funding"]["actual"]["amount"])
        assert len(charts["Trend chart"].plots[0].series) >= 2


def test_every_slide_names_day_and_commit(slides, plans):
    name = git("rev-parse", "HEAD", cwd=plans)[:12]
    for number, slide in enumerate(opened(slides).slides, 1):
        source = next(one.text_frame for one in slide.shapes if one.name == "Source")
        assert source.text.startswith(f"Digital board · data of 4 Dec 2026 · commit {name} · ")
        assert source._txBody.xpath(".//a:fld/a:t")[0].text == str(number)


def test_a_screen_reader_hears_what_charts_and_tables_say(slides):
    for slide in opened(slides).slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_the_same_commit_gives_the_same_bytes_whenever_it_is_asked(slides, plans, tmp_path):
    write(plans, "digital-board", tmp_path / "again.pptx")
    assert (tmp_path / "again.pptx").read_bytes() == slides.read_bytes()
    with zipfile.ZipFile(slides) as parts:
        assert {one.date_time for one in parts.infolist()} == {(2026, 12, 1, 9, 0, 0)}
        assert b">2026-12-01T09:00:00Z</dcterms:created>" in parts.read("docProps/core.xml")
        inner = next(one for one in parts.namelist() if one.endswith(".xlsx"))
        with zipfile.ZipFile(io.BytesIO(parts.read(inner))) as book:
            assert b"2026-12-01T09:00:00Z" in book.read("docProps/core.xml")


def test_nothing_leads_out_of_the_file(slides):
    with zipfile.ZipFile(slides) as parts:
        for one in parts.namelist():
            assert b'TargetMode="External"' not in parts.read(one), one


def test_long_tables_go_on_with_their_headings(plans, tmp_path):
    write(plans, "portfolio-board", tmp_path / "p.pptx", "--since", "2026-01-05")
    parts = [
        one for one in opened(tmp_path / "p.pptx").slides if one.shapes.title.text.startswith("What changed since")
    ]
    assert [one.shapes.title.text.split("(")[1] for one in parts] == [
        f"{number} of {len(parts)})" for number in range(1, len(parts) + 1)
    ]
    assert len(parts) > 1
    assert all(table(one, "What changed")[0] == ["News", "What changed", "Project", "On"] for one in parts)
    deck = opened(tmp_path / "p.pptx")
    for one in parts:
        frame = next(shape for shape in one.shapes if shape.has_table)
        assert frame.top + sum(row.height for row in frame.table.rows) <= deck.slide_height


def test_the_board_decided_last_on_the_day_of_its_records(slides):
    cover = words(opened(slides).slides[0])
    assert "Last meeting: 2 Nov 2026; it is the last day on which the Digital board decided by record" in cover


def _has(slide, name):
    return any(one.has_table and one.name == name for one in slide.shapes)


def _date(text):
    from datetime import date

    return date.fromisoformat(text)


def _amount(known, name):
    from decimal import Decimal

    return Money(Decimal(str(known[name])), known["currency"]).format()


def _same_money(text, known):
    assert text.startswith(_amount(known, "forecast"))
    if known["forecast"] != known["approved"]:
        assert _amount(known, "approved") in text
