"""What makes pages easy to read: nothing said twice, nothing far apart, no empty stretch before the first figure."""

from datetime import date
from decimal import Decimal

import pytest
from handrail.render import words
from handrail.render.broken import _main
from handrail.render.charts.heat import Strip, strips
from handrail.render.charts.lines import Line, lines
from handrail.render.project import _untitled
from handrail.render.project.people import _by_month
from handrail.render.rows import rows
from handrail.render.table import Cell, Column, Row, Table


def table(*columns, cells=("a",)):
    return Table(name="t", columns=columns, rows=(Row(cells=tuple(Cell(one) for one in cells)),))


def test_code_in_a_cell_is_code_and_harmless():
    html = rows(table(Column("A"), Column("B"), cells=("run `a <b>`", "one ` only")), "")
    assert "run <code>a &lt;b&gt;</code>" in html
    assert "one ` only" in html


def test_each_thing_in_a_cell_leads_to_its_own_place():
    links = (("S-RISK.1", "risk/#S-RISK.1"), ("<b>", None), ("S-COST.2", "cost/#S-COST.2"))
    html = rows(Table(name="t", columns=(Column("A"),), rows=(Row(cells=(Cell(links=links),)),)), "../")
    assert (
        '<span><a href="../risk/#S-RISK.1">S-RISK.1</a>; &lt;b&gt;; <a href="../cost/#S-COST.2">S-COST.2</a></span>'
        in html
    )


@pytest.mark.parametrize(
    ("kinds", "slim"),
    [
        (("text", "num"), True),
        (("text", "num", "num", "num", "num"), True),
        (("text", "num", "num", "num", "num", "num"), False),
        (("text", "num", "text"), False),
        (("num", "num"), False),
    ],
)
def test_a_name_and_a_few_figures_need_little_room(kinds, slim):
    assert table(*(Column(str(i), kind, wide=i == 0) for i, kind in enumerate(kinds))).slim is slim


def test_a_wide_figure_is_not_pressed():
    assert not table(Column("A"), Column("B", "num", wide=True)).slim


def test_months_with_the_same_share_are_said_once():
    half, full = Decimal("0.5"), Decimal(1)
    given = {"2026-12": half, "2027-01": half, "2027-02": full, "2027-04": full}
    assert _by_month(given) == "Dec 2026 to Jan 2027 50%, Feb 2027 100%, Apr 2027 100%"
    assert not _by_month({})


def test_months_before_anything_is_known_are_left_out():
    days = [date(2026, month, 28) for month in (1, 2, 3)]
    html = strips(days, [Strip(name="P", href=None, colours=(None, words.RED, None))], "Colours", "Month by month.")
    assert "28 Jan" not in html
    assert "28 Feb" in html
    assert "28 Mar" in html  # what was known and is no more stays a gap
    nothing = strips(days, [Strip(name="P", href=None, colours=(None, None, None))], "Colours", "Month by month.")
    assert "28 Jan" in nothing


def test_an_axis_begins_where_something_is_known():
    days = [date(2026, month, 28) for month in range(1, 13)]
    drawn = lines("Lessons", "So many.", days, [Line(name="All", values=(*[None] * 9, 1, 2, 3))], words.number)
    assert [one.text for one in drawn.texts if one.css == "axis" and "2026" in one.text] == ["Oct 2026"]
    assert drawn.table is not None
    assert len(drawn.table.rows) == 12


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("# New desk\n\nIt opens.", "It opens."),
        ("\n## new desk\nIt opens.", "It opens."),
        ("# Why\n\nIt opens.", "# Why\n\nIt opens."),
        ("New desk\n\nIt opens.", "New desk\n\nIt opens."),
        ("", ""),
    ],
)
def test_a_narrative_does_not_say_the_name_again(text, left):
    assert _untitled(text, "New desk") == left


@pytest.mark.parametrize(
    ("files", "main"),
    [
        (
            ("projects/a/approvals/AP-001.yaml", "projects/a/project.yaml", "projects/a/a.yaml"),
            "projects/a/project.yaml",
        ),
        (("projects/a/approvals/AP-001.yaml", "projects/a/plan.yaml"), "projects/a/plan.yaml"),
        ((), None),
    ],
)
def test_a_plan_that_cannot_be_read_is_edited_where_it_begins(files, main):
    assert _main(files) == main
