"""The workbook is a template made from the model: titles, hints, drop-downs, formats, fixed ids, and where it came from."""

from __future__ import annotations

import subprocess
import sys

import pytest
from handrail.fields import fields_of
from handrail.model.registers import Risk

from tests.exchange.xlsx.books import COMMIT, cell, column, exported, opened, repository, row_of
from tests.exchange.xlsx.test_edits import FILES

PEOPLE = b"people:\n- {id: j.okafor, roles: [{role: project-manager, from: 2026-01-01}]}\n"


@pytest.fixture(scope="module")
def book():
    return opened(exported(repository({**FILES, "standards/people/people.yaml": PEOPLE})))


def rule_of(place, key):
    """The data validation of a column."""
    letter = place.cell(1, column(place, key)).column_letter
    return next(one for one in place.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}3:"))


def test_every_field_of_the_model_has_its_column_title_and_hint(book):
    place = book["Risks"]
    for field in fields_of(Risk):
        if field.key == "extra":
            continue
        head = place.cell(2, column(place, f"risks:{field.key}"))
        assert head.value == field.title
        assert field.description in head.comment.text
    assert (
        "working days" in book["Resources"].cell(2, column(book["Resources"], "resources:lead_time_days")).comment.text
    )


def test_choices_references_and_limits_are_offered(book):
    place = book["Risks"]
    assert rule_of(place, "risks:status").formula1 == '"open,closed"'
    scale = rule_of(place, "risks:probability")
    assert (scale.type, scale.formula1, scale.formula2, scale.errorStyle) == ("whole", "1", "5", "stop")
    owner = rule_of(place, "risks:owner")
    assert owner.errorStyle == "warning"  # a list is as old as its workbook
    sheet, _, span = owner.formula1.replace("'", "").replace("$", "").partition("!")
    names = book[sheet][span]
    assert [one[0].value for one in names] if isinstance(names, tuple) else [names.value]
    assert rule_of(place, "risks:due").type == "date"
    assert rule_of(book["Decisions"], "decisions:status").formula1 == '"taken,withdrawn"'
    last = int(str(rule_of(place, "risks:status").sqref).rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert last > 300  # empty lines below have it too


def test_ids_are_locked_and_everything_else_is_not(book):
    place = book["Risks"]
    assert place.protection.sheet
    assert not place.protection.sort
    assert cell(book, "Risks", "R-001", "risks:id").protection.locked
    assert not cell(book, "Risks", "R-001", "risks:title").protection.locked
    assert not place.column_dimensions["B"].protection.locked  # an empty line can be written into
    assert place.column_dimensions["A"].protection.locked
    assert cell(book, "Budget", "approved", "budget:low").protection.locked  # nothing can stand there
    assert not cell(book, "Budget", "approved", "budget:amount").protection.locked


def test_heads_stay_in_sight_and_machinery_is_hidden(book):
    place = book["Risks"]
    assert place.freeze_panes == "C3"
    assert place.row_dimensions[1].hidden
    assert place.auto_filter.ref.startswith("A2:")
    assert {one.title for one in book if one.sheet_state != "visible"} == {"_handrail", "_lists"}
    assert book.sheetnames[0] == "Start here"
    widths = [one.width for one in place.column_dimensions.values()]
    assert all(8 <= one <= 50 for one in widths)


def test_values_are_of_their_kind_and_show_it(book):
    due = cell(book, "Risks", "R-001", "risks:due")
    assert (due.is_date, due.number_format) == (True, "yyyy-mm-dd")
    share = cell(book, "Risks", "R-002", "risks:probability_pct")
    assert (share.value, share.number_format) == (0.3, "0%")
    money = cell(book, "Budget", "approved", "budget:amount")
    assert (money.value, money.number_format) == (48000, "#,##0")
    assert book["Budget"].cell(2, column(book["Budget"], "budget:phasing:2026-12")).value == "2026-12"
    assert cell(book, "Decisions", "D-001", "decisions:options").value == "Steel\nWood"


def test_it_says_what_it_was_made_from(book):
    facts = dict(book["_handrail"].values)
    assert facts == {
        "workbook": "1", "format": "1", "commit": COMMIT, "committed": "2026-12-01T09:30:00+00:00", "path": ".", "scope": "bridge",
    }  # fmt: skip
    assert "as they stood on 1 December 2026" in " ".join(str(one[0]) for one in book["Start here"].values)


def test_a_project_without_registers_has_its_sheets_all_the_same():
    bare = opened(
        exported(repository({"projects/bridge/project.yaml": b"id: bridge\nname: B\ntier: small\nphase: planning\n"}))
    )
    assert {"Risks", "Issues", "Budget", "Milestones", "Benefits", "Suppliers"} <= set(bare.sheetnames)
    assert row_of(bare["Budget"], "approved") == 3


def test_nothing_of_a_check_reads_openpyxl():
    words = "import sys, handrail.cli, handrail.run, handrail.cli.check, handrail.cli.import_, handrail.cli.export, handrail.exchange.imports;"
    done = subprocess.run([sys.executable, "-c", f"{words} sys.exit('openpyxl' in sys.modules)"], check=False)
    assert done.returncode == 0
