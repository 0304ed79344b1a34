"""Annotations of GitHub Actions: whatever the text holds, it stays one annotation, and nothing is dropped in silence."""

import re

import pytest
from handrail.remark import Loc
from handrail.report import render

from tests.report.reports import remark, report

LINE = re.compile(
    r"::(error|warning|notice) (?:file=([^,]*),line=(\d+),col=(\d+),endLine=(\d+),endColumn=(\d+),)?title=([^,]*?)::(.*)"
)


def annotations(*remarks, **more) -> list[tuple[str, ...]]:
    """Command, file, position, title and message of every annotation, as GitHub reads them."""
    lines = [line for line in render(report(*remarks, **more), "github").split("\n") if line.startswith("::")]
    found = []
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, line
        found.append(tuple(_read(part or "") for part in match.groups()))
    return found


def _read(text: str) -> str:
    for code, sign in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_one_annotation() -> None:
    title = "RSK-01 Every high risk has an owner, and a response: 100%"
    assert annotations(remark(fix="Add `owner: c.moreau`.")) == [
        ("warning", "projects/visitor-desk/risks.yaml", "7", "3", "7", "9", title,
         "Risk Fire has no owner.\nAdd `owner: c.moreau`.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "50 % of it, and 100%", "%0A is no line break", "two\nlines", "a::b", "::error::forged", "one, two, three", "Öl & Söhne 水 🚃",
        "file=x,line=1::forged",
    ],
)  # fmt: skip
def test_what_a_text_holds_stays_in_it(words: str) -> None:
    ((_, file, *_, title, message),) = annotations(
        remark(words, rule="DAT-01", loc=Loc(f"projects/{words.replace(chr(10), '')}/x.yaml", ("a",)))
    )
    assert message == words.replace("::error::", ": :error::")
    assert file == f"projects/{words.replace(chr(10), '')}/x.yaml"
    assert title == "DAT-01"


def test_nothing_that_a_terminal_obeys() -> None:
    assert "\x1b" not in render(report(remark("red \x1b[31m", fix="\x9b31m")), "github")


@pytest.mark.parametrize(("count", "shown", "rest"), [(1, 1, 0), (9, 9, 0), (10, 10, 0), (11, 9, 2), (250, 9, 241)])
def test_ten_of_a_sort_and_the_last_one_counts_the_rest(count: int, shown: int, rest: int) -> None:
    ones = [remark(f"Number {i}", enforce_at=bites) for bites in ("merge", "gate", "watch") for i in range(count)]
    found = annotations(*ones)
    for command in ("error", "warning", "notice"):
        messages = [one[-1] for one in found if one[0] == command]
        assert messages[:shown] == [f"Number {i}" for i in range(shown)]
        assert messages[shown:] == ([f"{rest} more like these; the whole list is in the log."] if rest else [])


def test_the_whole_list_is_in_the_log() -> None:
    ones = [remark(f"Number {i}.") for i in range(30)] + [remark("Permitted.", state="waived", waived_by="W-001")]
    found = render(report(*ones), "github")
    assert all(f"    Number {i}." in found for i in range(30))
    assert "    Permitted." in found
    assert found.endswith(render(report(*ones), "text"))


def test_a_permitted_deviation_is_no_annotation() -> None:
    assert annotations(remark(state="waived")) == []


def test_worst_first() -> None:
    ones = [remark("C", enforce_at="watch"), remark("B"), remark("A", enforce_at="merge")]
    assert [one[0] for one in annotations(*ones)] == ["error", "warning", "notice"]


def test_nothing_to_remark_is_said_too() -> None:
    assert render(report(), "github") == render(report(), "text")
