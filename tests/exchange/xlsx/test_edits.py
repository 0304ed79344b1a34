"""Every kind of edit that people make in a workbook ends as the right change, a reported conflict or a named refusal."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from difflib import unified_diff

import pytest
from handrail.exchange.xlsx.report import render

from tests.exchange.xlsx.books import cell, column, exported, merged, opened, repository, row_of, saved, value

PROJECT = "projects/bridge/project.yaml"
RISKS = "projects/bridge/risks.yaml"
FILES = {
    PROJECT: b"""\
id: bridge      # never changes
name: Bridge
tier: medium
phase: execution
why:
  problem: Queues
  benefit: {what: Minutes of waiting, now: 12, target: 4}   # measured in June
milestones:      # planned = approved
  - {id: M1, name: Start, planned: 2026-10-05, actual: 2026-10-06}
  - {id: M2, name: Road open, planned: 2027-02-01, forecast: 2027-02-15}
  - {id: M3, name: Party, planned: 2027-03-01}
deliverables:
- id: D1
  name: Bridge in use
  accepted_when: A lorry crosses
budget:
  currency: EUR
  approved: 48000   # contingency included
  forecast: 50400
  spent: {2026-10: 4200, 2026-11: 7350}
  lines:
  - {id: BL-1, name: Steel, kind: capex, amount: 18000}
""",
    RISKS: b"""\
# kept by hand
risks:
- id: R-001
  title: Steel gets dearer
  probability: 3       # 1 rare .. 5 almost certain
  impact: 4
  owner: j.okafor
  due: 2026-12-12
  status: open
- id: R-002
  title: Flood
  probability: 2
  impact: 5
  probability_pct: 30%
  cost_impact: 2400
  status: open
- id: R-003
  title: Strike
  status: closed
  closed_on: 2026-11-01
""",
    "projects/bridge/decisions.yaml": b"""\
decisions:
- id: D-001
  title: Steel, not wood
  on: 2026-10-01
  options: [Steel, Wood]
  links: [R-001]
  extra: {Minutes: '4711', pages: 3}
""",
    "projects/bridge/changes/CR-001.yaml": b"id: CR-001\ntitle: Later\nchanges:\n- {item: M2, field: planned, from: 2027-02-01, to: 2027-02-15}\n",
    "projects/bridge/baselines/BL-001.yaml": b"id: BL-001\nmade_on: 2026-10-06\nvalues:\n  M1: {planned: 2026-10-05}\n  M2: {planned: 2027-02-01}\n",
}  # fmt: skip
BASE = repository(FILES)
MIDNIGHT = datetime(2027, 1, 9)  # noqa: DTZ001 - a spreadsheet knows no zones


@pytest.fixture
def book():
    return opened(exported(BASE))


def outcomes(done):
    return [(one.outcome, one.what) for one in done.told]


def lines(done, path):
    """The lines of a file that differ, without their places."""
    old, new = FILES.get(path, b"").decode().splitlines(), done.files[path].decode().splitlines()
    return [
        line for line in unified_diff(old, new, n=0, lineterm="") if line[:1] in "+-" and line[:3] not in {"+++", "---"}
    ]


def only(done, outcome, what):
    """The one thing that is said; nothing has changed."""
    assert outcomes(done) == [(outcome, what)]
    assert not done.files
    return done.told[0]


# single cells


def test_one_value_is_one_line_and_its_comment_stays(book):
    cell(book, "Risks", "R-001", "risks:probability").value = 4
    done = merged(saved(book), BASE)
    assert outcomes(done) == [("changed", "R-001, Probability")]
    assert lines(done, RISKS) == [
        "-  probability: 3       # 1 rare .. 5 almost certain",
        "+  probability: 4       # 1 rare .. 5 almost certain",
    ]


def test_a_cell_that_is_emptied_takes_its_line_out(book):
    cell(book, "Risks", "R-001", "risks:due").value = None
    assert lines(merged(saved(book), BASE), RISKS) == ["-  due: 2026-12-12"]


def test_what_is_needed_cannot_be_emptied(book):
    cell(book, "Risks", "R-001", "risks:title").value = " "
    assert only(merged(saved(book), BASE), "refused", "R-001, Title").why == "Title cannot be empty"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (MIDNIGHT, "2027-01-09"), (date(2027, 1, 9), "2027-01-09"), ("2027-01-09", "2027-01-09"),
        ("2027/1/9", "2027-01-09"), ("9.1.2027", "2027-01-09"), ("09.01.2027", "2027-01-09"), ("19/01/2027", "2027-01-19"),
        ("01/19/2027", "2027-01-19"), ("7/7/2027", "2027-07-07"), ("9 Jan 2027", "2027-01-09"), ("9 January 2027", "2027-01-09"),
        ("Jan 9, 2027", "2027-01-09"), ("9-Jan-2027", "2027-01-09"), (" 2027-01-09 ", "2027-01-09"), (46396, "2027-01-09"),
    ],
)  # fmt: skip
def test_a_day_is_understood_in_every_form_that_says_one_thing(book, typed, day):
    place = cell(book, "Risks", "R-001", "risks:due")
    place.value = typed
    if isinstance(typed, int):
        place.number_format = "General"
    assert lines(merged(saved(book), BASE), RISKS) == ["-  due: 2026-12-12", f"+  due: {day}"]


@pytest.mark.parametrize(
    "typed", ["03/04/2027", "3-4-2027", "soon", "31.11.2026", "15.02.27", "KW 7", 2027, True, 20270115]
)
def test_a_day_that_can_be_told_two_ways_or_none_is_named(book, typed):
    cell(book, "Risks", "R-001", "risks:due").value = typed
    told = only(merged(saved(book), BASE), "not understood", "R-001, Due")
    assert told.why
    assert told.at == "Q3"
    if typed == "03/04/2027":
        assert "3 April 2027 or 4 March 2027" in told.why


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (2500, "2500"), (2500.5, "2500.5"), ("2500,5", "2500.5"), ("2500,50", "2500.5"), ("2.500,50", "2500.5"),
        ("2,500.50", "2500.5"), ("2 500,50", "2500.5"), ("2'500.50", "2500.5"), ("1,234,567", "1234567"), ("-12", "-12"),
        ("2500 EUR", "2500"), ("€ 2500", "2500"), ("2500 GBP", "{amount: 2500, currency: GBP}"), (0.1 + 0.2, "0.3"),
    ],
)  # fmt: skip
def test_an_amount_is_understood_with_either_decimal_mark(book, typed, amount):
    cell(book, "Risks", "R-002", "risks:cost_impact").value = typed
    done = merged(saved(book), BASE)
    assert outcomes(done) == [("changed", "R-002, Cost impact")]
    found = value(done.files, RISKS)["risks"][1]["cost_impact"]
    assert found == (value({RISKS: f"v: {amount}\n".encode()}, RISKS)["v"])


@pytest.mark.parametrize(
    "typed", ["2,500", "2.500", "48k", "about 3000", "1.2.3", "2500.123", date(2027, 1, 1), "=1+", "--5"]
)
def test_an_amount_that_can_be_told_two_ways_or_none_is_named(book, typed):
    place = cell(book, "Risks", "R-002", "risks:cost_impact")
    place.value = typed
    if isinstance(typed, str):
        place.data_type = "s"
    assert only(merged(saved(book), BASE), "not understood", "R-002, Cost impact").why


@pytest.mark.parametrize(
    ("typed", "form", "share"),
    [(0.4, "0%", "40%"), ("40%", "@", "40%"), ("40,5 %", "@", "40.5%"), (0.4, "General", "40%")],
)
def test_a_share_is_understood(book, typed, form, share):
    place = cell(book, "Risks", "R-002", "risks:probability_pct")
    place.value, place.number_format = typed, form
    assert lines(merged(saved(book), BASE), RISKS) == ["-  probability_pct: 30%", f"+  probability_pct: {share}"]


@pytest.mark.parametrize(("typed", "form"), [(40, "General"), ("40", "@"), ("much", "@")])
def test_a_share_without_its_sign_is_named(book, typed, form):
    place = cell(book, "Risks", "R-002", "risks:probability_pct")
    place.value, place.number_format = typed, form
    assert only(merged(saved(book), BASE), "not understood", "R-002, Probability in percent").why


def test_what_the_model_refuses_is_named_in_its_words(book):
    cell(book, "Risks", "R-001", "risks:probability").value = 9
    cell(book, "Risks", "R-001", "risks:status").value = "sleeping"
    cell(book, "Risks", "R-001", "risks:impact").value = 5
    done = merged(saved(book), BASE)
    assert sorted(outcomes(done)) == [
        ("changed", "R-001, Impact"), ("not understood", "R-001, Probability"), ("not understood", "R-001, Status"),
    ]  # fmt: skip
    assert lines(done, RISKS) == ["-  impact: 4", "+  impact: 5"]


def test_a_choice_is_understood_whatever_its_case(book):
    cell(book, "Risks", "R-001", "risks:response").value = "Reduce "
    assert lines(merged(saved(book), BASE), RISKS) == ["+  response: reduce"]


@pytest.mark.parametrize("typed", ["'=SUM(A1)", "'- a dash", "plain 'quoted'"])
def test_text_that_looks_like_a_formula_stays_the_text_that_was_typed(book, typed):
    place = cell(book, "Risks", "R-001", "risks:cause")
    place.value = typed
    place.data_type = "s"
    done = merged(saved(book), BASE)
    assert value(done.files, RISKS)["risks"][0]["cause"] == (typed[1:] if typed[0] == "'" else typed)


@pytest.mark.parametrize("typed", ["Flood\u200b", "\ufeffFlood of\u202e May", "_x001B_[31mFlood"])
def test_signs_that_nobody_sees_do_not_come_along(book, typed):
    cell(book, "Risks", "R-001", "risks:cause").value = typed
    done = merged(saved(book), BASE)
    assert outcomes(done) == [("changed", "R-001, Cause")]
    found = value(done.files, RISKS)["risks"][0]["cause"]
    assert found == {"F": "Flood", "\ufeff": "Flood of May", "_": "[31mFlood"}[typed[0]]


def test_lists_take_a_line_each_and_ids_also_commas(book):
    cell(book, "Decisions", "D-001", "decisions:options").value = "Steel\nWood, glued\nStone"
    cell(book, "Decisions", "D-001", "decisions:links").value = "R-001, R-002"
    cell(book, "Deliverables", "D1", "deliverables:accepted_when").value = "A bus crosses"
    done = merged(saved(book), BASE)
    (decision,) = value(done.files, "projects/bridge/decisions.yaml")["decisions"]
    assert decision["options"] == ["Steel", "Wood, glued", "Stone"]
    assert decision["links"] == ["R-001", "R-002"]
    assert lines(done, PROJECT) == ["-  accepted_when: A lorry crosses", "+  accepted_when: A bus crosses"]


def test_own_fields_keep_what_they_are(book):
    cell(book, "Decisions", "D-001", "decisions:extra.pages").value = 4
    cell(book, "Decisions", "D-001", "decisions:extra.Minutes").value = "4712"
    done = merged(saved(book), BASE)
    assert value(done.files, "projects/bridge/decisions.yaml")["decisions"][0]["extra"] == {
        "Minutes": "4712",
        "pages": 4,
    }


def with_formula(data, sheet, at, formula, result):
    """The workbook as Excel saves it: a formula with its result, or without one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as packed:
        for name in given.namelist():
            part = given.read(name)
            if name == f"xl/worksheets/sheet{sheet}.xml":
                kept = f"<v>{result}</v>" if result is not None else ""
                part, count = re.subn(
                    rf'<c r="{at}"([^>]*?)(?: t="\w+")?\s*(?:/>|>.*?</c>)'.encode(),
                    rf'<c r="{at}"\1><f>{formula}</f>{kept}</c>'.encode(), part,
                )  # fmt: skip
                assert count == 1
            packed.writestr(name, part)
    return out.getvalue()


def test_a_formula_counts_as_its_result(book):
    done = merged(with_formula(saved(book), 2, "G3", "1+3", 4), BASE)
    assert lines(done, RISKS)[1].startswith("+  probability: 4 ")
    assert done.told[0].why == "the result of a formula"
    assert not merged(with_formula(saved(book), 2, "G3", "1+2", 3), BASE).told


def test_a_formula_without_a_result_is_named(book):
    told = only(merged(with_formula(saved(book), 2, "G3", "1+3", None), BASE), "not understood", "R-001, Probability")
    assert "was not saved" in told.why


def test_an_error_is_named(book):
    cell(book, "Risks", "R-001", "risks:owner").value = "#REF!"
    assert "#REF!" in only(merged(saved(book), BASE), "not understood", "R-001, Owner").why


def test_merged_cells_are_named_and_nothing_of_them_is_lost(book):
    place = book["Risks"]
    number = column(place, "risks:owner")
    place.merge_cells(start_row=3, end_row=5, start_column=number, end_column=number)
    assert not merged(saved(book), BASE).told  # only the first of them held something, and it still does
    place.cell(3, number).value = "l.petit"
    told = only(merged(saved(book), BASE), "not understood", "R-001, Owner")
    assert "merged" in told.why
    number = column(place, "risks:title")
    place.merge_cells(start_row=3, end_row=4, start_column=number, end_column=number)
    assert ("not understood", "R-002, Title") in outcomes(merged(saved(book), BASE))


# rows


def test_sorted_filtered_and_hidden_rows_are_the_same_rows(book):
    place = book["Risks"]
    rows = [[one.value for one in row] for row in place.iter_rows(min_row=3, max_row=5)]
    for number, row in enumerate(reversed(rows), 3):
        for at, one in enumerate(row, 1):
            place.cell(number, at).value = one
    place.row_dimensions[4].hidden = True
    assert not merged(saved(book), BASE).told
    cell(book, "Risks", "R-002", "risks:impact").value = 4
    assert lines(merged(saved(book), BASE), RISKS) == ["-  impact: 5", "+  impact: 4"]


def test_a_new_row_gets_the_next_id_wherever_it_stands(book):
    place = book["Risks"]
    place.insert_rows(4)
    place.cell(4, column(place, "risks:title")).value = "Permit late"
    place.cell(4, column(place, "risks:impact")).value = 3
    place.cell(9, column(place, "risks:title")).value = "Second one"
    done = merged(saved(book), BASE)
    assert outcomes(done) == [("added", "R-004"), ("added", "R-005")]
    assert lines(done, RISKS) == [
        "+- id: R-004",
        "+  title: Permit late",
        "+  impact: 3",
        "+- id: R-005",
        "+  title: Second one",
    ]


def test_a_new_row_may_bring_its_own_id_and_the_first_of_a_register_makes_its_file(book):
    place = book["Issues"]
    place.cell(3, column(place, "issues:title")).value = "Crane broken"
    place = book["Risks"]
    place.cell(6, column(place, "risks:id")).value = "R-010"
    place.cell(6, column(place, "risks:title")).value = "Ice"
    done = merged(saved(book), BASE)
    assert done.files["projects/bridge/issues.yaml"] == b"issues:\n- id: I-001\n  title: Crane broken\n"
    assert value(done.files, RISKS)["risks"][3] == {"id": "R-010", "title": "Ice"}


def test_a_new_row_without_what_is_needed_is_named_with_all_it_says(book):
    place = book["Risks"]
    place.cell(6, column(place, "risks:owner")).value = "l.petit"
    told = only(merged(saved(book), BASE), "refused", "")
    assert (told.at, told.why, told.yours) == ("row 6", "a new line needs Title", "l.petit")


def test_a_new_row_keeps_what_is_understood_and_names_the_rest(book):
    place = book["Risks"]
    place.cell(6, column(place, "risks:title")).value = "Ice"
    place.cell(6, column(place, "risks:due")).value = "03/04/2027"
    place.cell(6, column(place, "risks:impact")).value = 8
    done = merged(saved(book), BASE)
    assert sorted(one.outcome for one in done.told) == ["added", "not understood", "not understood"]
    assert lines(done, RISKS) == ["+- id: R-004", "+  title: Ice"]


def test_a_deleted_risk_is_named_and_stays(book):
    book["Risks"].delete_rows(row_of(book["Risks"], "R-001"))
    told = only(merged(saved(book), BASE), "refused", "R-001")
    assert "never deleted" in told.why


def test_a_deleted_risk_is_closed_where_that_is_asked_for(book):
    book["Risks"].delete_rows(row_of(book["Risks"], "R-001"))
    done = merged(saved(book), BASE, deleted="close")
    assert outcomes(done) == [("closed", "R-001")]
    assert lines(done, RISKS) == ["-  status: open", "+  status: closed", "+  closed_on: 2026-12-04"]


def test_a_deleted_milestone_goes_unless_it_was_approved(book):
    book["Milestones"].delete_rows(row_of(book["Milestones"], "M3"))
    done = merged(saved(book), BASE)
    assert lines(done, PROJECT) == ["-  - {id: M3, name: Party, planned: 2027-03-01}"]
    book["Milestones"].delete_rows(row_of(book["Milestones"], "M2"))
    assert ("refused", "M2") in outcomes(merged(saved(book), BASE))


def test_most_of_a_list_gone_is_a_part_of_the_list(book):
    for name in ("approved", "contingency", "management_reserve", "forecast", "spent", "by_month", "BL-1"):
        book["Budget"].delete_rows(row_of(book["Budget"], name))
    assert "part of the list" in only(merged(saved(book), BASE), "refused", done_names(book)).why


def done_names(book):
    return next(one.what for one in merged(saved(book), BASE).told)


def test_an_id_that_was_changed_is_named(book):
    cell(book, "Risks", "R-001", "risks:id").value = "R-017"
    done = merged(saved(book), BASE)
    assert not done.files
    assert [one.outcome for one in done.told] == ["refused", "refused"]
    assert "an id never changes" in done.told[0].why


def test_a_row_that_was_copied_with_its_id_is_named(book):
    place = book["Risks"]
    for at, one in enumerate(place[3], 1):
        place.cell(8, at).value = one.value
    place.cell(8, column(place, "risks:title")).value = "Steel comes late"
    told = only(merged(saved(book), BASE), "refused", "R-001")
    assert told.at == "row 8"


def test_a_bad_id_is_named(book):
    place = book["Risks"]
    place.cell(7, column(place, "risks:id")).value = "../../etc"
    place.cell(7, column(place, "risks:title")).value = "Ice"
    assert "cannot be an id" in only(merged(saved(book), BASE), "refused", "../../etc").why


# columns and sheets


def test_columns_may_be_moved_and_renamed(book):
    place = book["Risks"]
    number = column(place, "risks:impact")
    for row in range(1, 6):
        place.cell(row, 40).value = place.cell(row, number).value
        place.cell(row, number).value = None
    place.cell(2, 40).value = "Schaden"
    place.cell(row_of(place, "R-001"), 40).value = 5
    done = merged(saved(book), BASE)
    assert outcomes(done) == [("changed", "R-001, Impact")]


def test_every_head_may_be_renamed(book):
    for place in book.worksheets[1:-2]:
        for number in range(1, place.max_column + 1):
            place.cell(2, number).value = f"Spalte {number}"
    assert not merged(saved(book), BASE).told


def test_a_column_that_is_missing_keeps_its_values(book):
    place = book["Risks"]
    place.delete_cols(column(place, "risks:impact"))
    told = only(merged(saved(book), BASE), "note", "Impact")
    assert "stays as it is" in told.why


def test_a_column_of_ones_own_is_named_with_its_cells(book):
    place = book["Risks"]
    place.cell(2, 40).value = "My notes"
    place.cell(3, 40).value = "ask Ann"
    told = only(merged(saved(book), BASE), "refused", "column My notes")
    assert told.at == "AN3"


def test_the_ids_missing_is_named_and_nothing_is_read(book):
    place = book["Risks"]
    place.delete_cols(column(place, "risks:id"))
    done = merged(saved(book), BASE)
    assert [one.what for one in done.open] == ["column Id"]
    assert not done.files


def test_the_hidden_keys_may_be_lost_or_sorted_among_the_lines(book):
    cell(book, "Risks", "R-001", "risks:impact").value = 5
    keys = [one.value for one in book["Risks"][1]]
    book["Risks"].delete_rows(1)
    assert outcomes(merged(saved(book), BASE)) == [("changed", "R-001, Impact")]
    for at, one in enumerate(keys, 1):
        book["Risks"].cell(8, at).value = one
    assert outcomes(merged(saved(book), BASE)) == [("changed", "R-001, Impact")]


def test_sheets_may_be_renamed_and_a_missing_one_changes_nothing(book):
    book["Risks"].title = "Risiken"
    cell(book, "Risiken", "R-001", "risks:impact").value = 5
    del book["Decisions"]
    assert outcomes(merged(saved(book), BASE)) == [("note", ""), ("changed", "R-001, Impact")]


def test_sheets_of_ones_own_and_copies_are_named(book):
    book.create_sheet("Notes").append(["ask Ann", 3])
    copy = book.copy_worksheet(book["Risks"])
    copy.cell(3, 2).value = "changed in the copy"
    done = merged(saved(book), BASE)
    assert [(one.outcome, one.sheet) for one in done.told] == [("refused", "Notes"), ("refused", "Risks Copy")]


def test_a_new_month_is_a_new_column(book):
    place = book["Budget"]
    number = place.max_column + 1
    place.cell(2, number).value = MIDNIGHT.replace(month=9, day=1)
    place.cell(row_of(place, "spent"), number).value = 900
    place.cell(row_of(place, "BL-1"), number).value = "1 000,5"
    done = merged(saved(book), BASE)
    budget = value(done.files, PROJECT)["budget"]
    assert budget["spent"]["2027-09"] == 900
    assert str(budget["lines"][0]["phasing"]) == "{'2027-09': Decimal('1000.5')}"


def test_money_goes_where_it_stands_and_nowhere_else(book):
    cell(book, "Budget", "forecast", "budget:amount").value = "51.000,00"
    cell(book, "Budget", "by_phase.planning", "budget:amount").value = 6000
    cell(book, "Budget", "spent", "budget:amount").value = 1
    done = merged(saved(book), BASE)
    assert outcomes(done) == [
        ("changed", "Forecast, Amount"),
        ("changed", "By phase: planning, Amount"),
        ("refused", "Spent, Amount"),
    ]
    assert lines(done, PROJECT) == [
        "-  forecast: 50400", "+  forecast: 51000", "+  by_phase:", "+    planning: 6000",
    ]  # fmt: skip


def test_what_has_parts_is_changed_elsewhere(book):
    cell(book, "Changes", "CR-001", "changes:changes").value = "M2 later"
    told = only(merged(saved(book), BASE), "refused", "CR-001, Changes")
    assert "several parts" in told.why


def test_a_change_is_asked_for_with_its_form(book):
    place = book["Changes"]
    place.cell(4, column(place, "changes:title")).value = "More money"
    assert "handrail new change" in only(merged(saved(book), BASE), "refused", "").why


def test_the_benefit_of_a_small_plan_has_its_line(book):
    cell(book, "Benefits", "why", "benefits:target").value = "3,5"
    assert "target: 3.5" in lines(merged(saved(book), BASE), PROJECT)[1]


# several people


def later(path, old, new):
    return repository({**FILES, path: FILES[path].replace(old, new)})


def test_what_others_changed_meanwhile_stays(book):
    cell(book, "Risks", "R-001", "risks:impact").value = 5
    now = later(RISKS, b"title: Flood", b"title: Flood of May")
    done = merged(saved(book), BASE, now)
    assert outcomes(done) == [("changed", "R-001, Impact")]
    assert value(done.files, RISKS)["risks"][1]["title"] == "Flood of May"


def test_one_cell_changed_by_two_people_is_a_conflict_that_names_all_three(book):
    cell(book, "Risks", "R-001", "risks:impact").value = 5
    told = only(merged(saved(book), BASE, later(RISKS, b"impact: 4", b"impact: 2")), "conflict", "R-001, Impact")
    assert (told.sheet, told.at, told.base, told.yours, told.theirs) == ("Risks", "H3", "4", "5", "2")


def test_the_same_change_twice_is_no_conflict(book):
    cell(book, "Risks", "R-001", "risks:impact").value = 2
    only(merged(saved(book), BASE, later(RISKS, b"impact: 4", b"impact: 2")), "already there", "R-001, Impact")


def test_two_copies_of_one_workbook_go_in_one_after_the_other(book):
    other = opened(saved(book))
    cell(book, "Risks", "R-001", "risks:impact").value = 5
    book["Risks"].cell(6, column(book["Risks"], "risks:title")).value = "Ice"
    cell(other, "Risks", "R-001", "risks:due").value = date(2027, 1, 9)
    other["Risks"].cell(6, column(other["Risks"], "risks:title")).value = "Frost"
    first = merged(saved(book), BASE)
    now = repository({**FILES, **first.files})
    second = merged(saved(other), BASE, now)
    assert outcomes(second) == [("changed", "R-001, Due"), ("added", "R-005")]
    assert [one["title"] for one in value(second.files, RISKS)["risks"]][3:] == ["Ice", "Frost"]
    again = merged(saved(book), BASE, repository({**FILES, **second.files}))
    assert outcomes(again) == [("already there", "R-001, Impact"), ("already there", "R-004")]


def test_a_line_that_others_took_out_is_a_conflict(book):
    cell(book, "Milestones", "M3", "milestones:planned").value = "2027-03-08"
    now = later(PROJECT, b"  - {id: M3, name: Party, planned: 2027-03-01}\n", b"")
    assert only(merged(saved(book), BASE, now), "conflict", "M3, Planned").theirs == "gone"


def test_a_line_that_you_took_out_and_others_changed_is_a_conflict(book):
    book["Milestones"].delete_rows(row_of(book["Milestones"], "M3"))
    only(merged(saved(book), BASE, later(PROJECT, b"2027-03-01", b"2027-03-02")), "conflict", "M3")


def test_an_id_that_others_gave_away_meanwhile_is_named(book):
    place = book["Risks"]
    place.cell(6, column(place, "risks:id")).value = "R-004"
    place.cell(6, column(place, "risks:title")).value = "Ice"
    now = later(RISKS, b"- id: R-003", b"- id: R-004\n  title: Storm\n- id: R-003")
    assert "given to something else" in only(merged(saved(book), BASE, now), "refused", "R-004").why


def test_lines_that_moved_to_another_file_are_found_there(book):
    cell(book, "Risks", "R-002", "risks:impact").value = 3
    moved = {path: one for path, one in FILES.items() if path != RISKS} | {
        "projects/bridge/registers.yaml": FILES[RISKS]
    }
    done = merged(saved(book), BASE, repository(moved))
    assert list(done.files) == ["projects/bridge/registers.yaml"]


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_every_report_says_what_was_not_done(book, form):
    cell(book, "Risks", "R-001", "risks:due").value = "03/04/2027"
    cell(book, "Risks", "R-001", "risks:cause").value = "\x07bell <b>\x1b[31m".replace("\x07", "").replace("\x1b", "")
    done = merged(saved(book), BASE)
    text = render(done, form, name="bridge.xlsx")
    assert "Q3" in text
    assert "3 April 2027" in text
    if form == "markdown":
        assert "<b>" not in text
