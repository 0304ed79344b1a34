"""Public holidays become lines of the organisation's file: the missing ones, and no other byte."""

from __future__ import annotations

import builtins
import shutil
from datetime import date
from pathlib import Path

import pytest
from handrail.compute.workdays import WorkDays
from handrail.exchange.public_holidays import NotKnownError, fill, public_holidays
from handrail.load import FolderTree, load

from tests.command import ROOT, handrail

HEAD = "format: 1\norganisation: X\ncurrencies: [EUR]\n"
DAYS = {date(2027, 1, 1): "New Year", date(2027, 5, 1): "Labour Day", date(2027, 12, 25): "Christmas\nDay"}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param(
            HEAD
            + "calendar:\n  holidays:           # ours\n    - 2026-12-25\n    - 2027-05-01   # kept\n  week: {monday: 08:00-12:00}\n",
            HEAD
            + "calendar:\n  holidays:           # ours\n    - 2026-12-25\n    - 2027-01-01  # New Year\n    - 2027-05-01   # kept\n"
            + "    - 2027-12-25  # Christmas Day\n  week: {monday: 08:00-12:00}\n",
            id="between the others, in order",
        ),
        pytest.param(
            HEAD + "calendar: {holidays: [2027-05-01]}\n",
            HEAD + "calendar: {holidays: [2027-05-01, 2027-01-01, 2027-12-25]}\n",
            id="a list on one line grows at its end",
        ),
        pytest.param(
            HEAD + "calendar:\n  holidays:\n  - 2027-05-01",
            HEAD
            + "calendar:\n  holidays:\n  - 2027-01-01  # New Year\n  - 2027-05-01\n  - 2027-12-25  # Christmas Day\n",
            id="no line end at the end",
        ),
        pytest.param(
            "format: 1\r\ncalendar:\r\n  holidays:\r\n  - 2027-01-01\r\n  - 2027-05-01\r\n",
            "format: 1\r\ncalendar:\r\n  holidays:\r\n  - 2027-01-01\r\n  - 2027-05-01\r\n  - 2027-12-25  # Christmas Day\r\n",
            id="line ends of Windows stay",
        ),
    ],
)
def test_only_the_missing_days_become_new_lines(text: str, made: str) -> None:
    filled = fill(text, DAYS, range(2027, 2028))
    assert filled.text == made
    again = fill(made, DAYS, range(2027, 2028))
    assert again.text == made
    assert (dict(again.new), again.there) == ({}, 3)


@pytest.mark.parametrize(
    "text", [HEAD, HEAD + "calendar:\n  week: {monday: 08:00-12:00}\n", HEAD + "calendar: {holidays: []}\n"]
)
def test_a_calendar_without_holidays_gets_its_list(text: str) -> None:
    made = fill(text, DAYS, range(2027, 2028)).text
    assert made.startswith(HEAD)
    assert [made.count(day.isoformat()) for day in DAYS] == [1, 1, 1]
    assert fill(made, DAYS, range(2027, 2028)).text == made


def test_days_of_ones_own_stay_and_are_named() -> None:
    text = HEAD + "calendar:\n  holidays:\n  - 2027-07-02  # the founder's birthday\n  - 2026-07-02\n"
    filled = fill(text, {}, range(2027, 2028))
    assert filled.text == text
    assert filled.others == (date(2027, 7, 2),)


def test_the_package_knows_countries_and_their_parts() -> None:
    france = public_holidays("FR", None, [2027])
    assert {date(2027, 5, 1), date(2027, 7, 14), date(2027, 12, 25)} <= set(france)
    scotland = public_holidays("GB", "SCT", [2027])
    assert date(2027, 11, 30) in scotland
    assert date(2027, 11, 30) not in public_holidays("GB", "ENG", [2027])
    with pytest.raises(NotKnownError, match="no country"):
        public_holidays("XX", None, [2027])
    with pytest.raises(NotKnownError, match="no part of FR"):
        public_holidays("FR", "ZZ", [2027])


def test_without_the_package_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name, *rest, **named):
        if name == "holidays":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(NotKnownError, match=r"handrail\[holidays\]"):
        public_holidays("FR", None, [2027])


@pytest.fixture
def governed(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    (tmp_path / "projects").mkdir()
    return tmp_path


def test_the_command_fills_the_file_that_every_figure_reads(governed: Path) -> None:
    file = governed / "standards/handrail.yaml"
    before = file.read_text()
    looked = handrail("holidays", "FR", "--from", "2027", "--to", "2028", "--dry-run", cwd=governed)
    assert looked.status == 0
    assert "would be added" in looked.out
    assert file.read_text() == before
    done = handrail("holidays", "fr", "--from", "2027", "--to", "2028", cwd=governed)
    assert done.status == 0, done.err
    lines = file.read_text().splitlines()
    assert [line for line in lines if line in before.splitlines()] == before.splitlines(), (
        "no line of the old file changes"
    )
    assert all("# " in line for line in set(lines) - set(before.splitlines()))
    calendar = load(FolderTree(governed)).repository.organisation.calendar
    assert not WorkDays.of(calendar).works(date(2028, 7, 14))
    told = handrail("check", "--format", "json", cwd=governed).json["remarks"]
    assert not [one for one in told if one["file"] == "standards/handrail.yaml"]
    again = handrail("holidays", "FR", "--from", "2027", "--to", "2028", cwd=governed)
    assert again.out.startswith("0 days added")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("XX", "--from", "2027", "--to", "2027"), "no country"),
        (("FR", "--from", "2028", "--to", "2027"), "give years"),
        (("FR", "--from", "1000", "--to", "9999"), "give years"),
        (("GB", "--subdivision", "ZZ", "--from", "2027", "--to", "2027"), "no part of GB"),
    ],
)
def test_what_cannot_be_looked_up_is_told_and_nothing_is_written(governed: Path, given, told: str) -> None:
    before = (governed / "standards/handrail.yaml").read_bytes()
    done = handrail("holidays", *given, cwd=governed)
    assert done.status == 2
    assert told in done.err
    assert (governed / "standards/handrail.yaml").read_bytes() == before


def test_a_file_that_cannot_be_read_is_left_alone(governed: Path) -> None:
    file = governed / "standards/handrail.yaml"
    file.write_text("format: 1\ncalendar: [\n")
    done = handrail("holidays", "FR", "--from", "2027", "--to", "2027", cwd=governed)
    assert done.status == 2
    assert file.read_text() == "format: 1\ncalendar: [\n"
