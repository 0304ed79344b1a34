"""Remarks for people at a terminal: grouped, wrapped, counted, and never obeyed by what prints them."""

import pytest
from handrail.remark import Loc
from handrail.report import render
from handrail.report.safe import escaped, safe

from tests.report.reports import elsewhere, remark, report


def text(*remarks, **more) -> str:
    return render(report(*remarks, **more), "text")


def test_one_remark_from_its_place_to_the_sum() -> None:
    fix = "Add `owner: c.moreau`."
    assert text(remark(fix=fix, related=elsewhere("she is here"))) == (
        "Needed for the next gate (1)\n"
        "\n"
        "New visitor desk\n"
        "  projects/visitor-desk/risks.yaml:7:3  RSK-01\n"
        "    Risk Fire has no owner.\n"
        "    -> Add `owner: c.moreau`.\n"
        "    see standards/people/people.yaml:70:1: she is here\n"
        "\n"
        "2 projects checked as of 4 Dec 2026: 1 needed for the next gate.\n"
        "`handrail explain RULE` says more about a rule.\n"
    )


def test_groups_in_the_order_in_which_they_matter() -> None:
    ones = (
        remark("A", enforce_at="merge"), remark("B"), remark("C", enforce_at="watch"),
        remark("D", state="waived", waived_by="W-001"),
    )  # fmt: skip
    found = [line for line in text(*ones).splitlines() if line.endswith("(1)") or "permitted by" in line]
    assert found == [
        "Mend before merging (1)", "Needed for the next gate (1)", "Alarms that block nothing (1)", "Permitted deviations (1)",
        "    permitted by W-001",
    ]  # fmt: skip


def test_a_projects_remarks_stand_together_and_what_is_nobodys_stands_alone() -> None:
    ones = (
        remark("First", project=None), remark("Second", project="ticket-app"), remark("Third"),
        remark("Fourth", project="ticket-app"), remark("Fifth", project="unknown"),
    )  # fmt: skip
    lines = [line.strip() for line in text(*ones).splitlines() if line and "risks.yaml" not in line]
    assert lines[1:-2] == ["First", "Tickets", "Second", "Fourth", "New visitor desk", "Third", "unknown", "Fifth"]


@pytest.mark.parametrize(
    ("what", "given", "more", "told"),
    [
        ("nothing", (), {}, "2 projects checked as of 4 Dec 2026: nothing to remark.\n"),
        ("one project", (), {"projects": 1}, "1 project checked as of 4 Dec 2026: nothing to remark.\n"),
        ("no project", (), {"projects": 0}, "Standards and policy checked as of 4 Dec 2026: nothing to remark.\n"),
        ("many", (), {"projects": 1200}, "1,200 projects checked as of 4 Dec 2026: nothing to remark.\n"),
        ("a part", (), {"asked": 1}, "1 of 2 projects checked as of 4 Dec 2026: nothing to remark.\n"),
        ("all of them by name", (), {"asked": 2}, "2 projects checked as of"),
        ("what is no project", (), {"asked": 0}, "What you named was checked as of"),
        ("one alarm", (remark(enforce_at="watch"),), {}, ": 1 alarm.\n"),
        ("two", (remark(enforce_at="watch"),) * 2, {}, ": 2 alarms.\n"),
        ("one deviation", (remark(state="waived"),), {}, ": 1 permitted deviation.\n"),
        ("two of them", (remark(state="waived"),) * 2, {}, ": 2 permitted deviations.\n"),
        ("all sorts", (remark(enforce_at="merge"), remark()), {}, ": 1 to mend before merging, 1 needed for the next gate.\n"),
        ("it stops", (remark(enforce_at="merge"),), {}, "\nThis would be stopped.\n"),
        ("others are hidden", (), {"hidden": 1}, " 1 remark elsewhere not shown.\n"),
        ("and that too", (remark(enforce_at="merge"),), {"hidden": 1, "stops": 1}, "\nThis would be stopped, also by 1 remark not shown.\n"),
        ("what is hidden stops it", (), {"hidden": 3, "stops": 2}, "\nThis would be stopped by 2 remarks not shown.\n"),
    ],
)  # fmt: skip
def test_the_sum(what, given, more, told) -> None:
    assert told in text(*given, **more), what


def test_a_deviation_stops_nothing() -> None:
    assert "stopped" not in text(remark(enforce_at="merge", state="waived"))


def test_long_texts_are_wrapped_and_long_words_are_not_cut() -> None:
    address = "projects/visitor-desk/" + "x" * 120
    lines = text(remark("word " * 60 + address, fix="do " * 60)).splitlines()
    body = [line for line in lines if line.startswith("    ")]
    assert any(line.strip() == address for line in body)
    assert all(len(line) <= 100 for line in body if address not in line)
    assert len(body) > 4


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("plain words", "plain words"),
        ("Öl & Söhne — 12 °C, 水, 🚃", "Öl & Söhne — 12 °C, 水, 🚃"),
        ("a family: \U0001f468\u200d\U0001f469", "a family: \U0001f468\u200d\U0001f469"),
        ("red \x1b[31m", "red ?[31m"),
        ("bell\x07 null\x00 delete\x7f", "bell? null? delete?"),
        ("one-byte escape \x9b31m", "one-byte escape ?31m"),
        ("turned \u202egnp", "turned ?gnp"),
        ("two\nlines\r\nand\ttabs", "two lines  and tabs"),
        ("a line\u2028break", "a line break"),
        ("half a letter \ud800", "half a letter ?"),
        ("::error::forged", ": :error::forged"),
        ("   ::error::forged", "   : :error::forged"),
        ("\n::error::forged", " : :error::forged"),
        ("old ##[error]forged", "old # #[error]forged"),
        ("a::b and c:: d", "a::b and c:: d"),
    ],
)
def test_safe(given: str, printed: str) -> None:
    assert safe(given) == printed
    assert safe(safe(given)) == printed


def test_no_line_of_the_text_is_a_command_for_a_build_log() -> None:
    """GitHub takes every line for a command that begins with `::` after its spaces, or holds `##[` anywhere."""
    nasty = "x " * 46 + "::error file=x::forged ##[error]forged"
    ones = (
        remark(nasty, fix=nasty, related=elsewhere("::error::forged")),
        remark("::error::forged", project="ticket-app", loc=Loc("projects/ticket-app/::error::x\x1b[31m.yaml")),
    )
    found = text(*ones, names={"visitor-desk": "::error::forged", "ticket-app": "a\n::error::forged"})
    assert not [line for line in found.splitlines() if line.strip().startswith("::") or "##[" in line]
    assert "\x1b" not in found


def test_colour_only_where_it_is_asked_for() -> None:
    one = remark(related=elsewhere("here"), enforce_at="merge")
    assert "\x1b[31mprojects/visitor-desk/risks.yaml:7:3\x1b[0m" in text(one, colour=True)
    assert "\x1b" not in text(one)


def test_escaped_leaves_the_rest_of_a_document_alone() -> None:
    assert escaped('{\n  "a": "Öl 🚃"\n}\n') == '{\n  "a": "Öl 🚃"\n}\n'
    assert escaped('{\n  "a": "\x9b31m\u202e\u2028\x7f"\n}') == '{\n  "a": "\\u009b31m\\u202e\\u2028\\u007f"\n}'
