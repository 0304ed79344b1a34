"""Durations and lags as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from handrail.compute.calendar import OFFICE, STANDARD, WorkCalendar
from handrail.compute.duration import Lag, Length, duration, lag

SHORT = WorkCalendar([((480, 720), (780, 990))] * 4 + [((480, 720),), (), ()], {date(2026, 1, 1): OFFICE})


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3d", Length(1440)), ("3d 4h", Length(1680)), ("30m", Length(30)), ("2w", Length(4800)), ("1mo", Length(9600)),
        ("1.5d", Length(720)), ("0d", Length(0)), ("3ed", Length(4320, elapsed=True)), ("1emo", Length(43200, elapsed=True)),
        ("0.001h", Length(0)), ("36500d", Length(36500 * 480)),
    ],
)  # fmt: skip
def test_durations(text, length):
    assert duration(text, STANDARD) == length


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("3", "is no duration"), ("", "is no duration"), ("-3d", "is no duration"), ("3 d", "is no duration"),
        ("3D", "is no duration"), ("3d4h", "is no duration"), ("3d 2ed", "mixes working time with elapsed time"),
        ("1000000d", "is longer than 36,500 days"), ("36501ed", "is longer than"), ("9" * 60 + "d", "is longer than"),
    ],
)  # fmt: skip
def test_what_is_no_duration(text, part):
    found = duration(text, STANDARD)
    assert isinstance(found, str)
    assert part in found


def test_a_day_is_as_long_as_the_calendar_says():
    assert duration("1d", SHORT) == Length(450)
    assert duration("1w", SHORT) == Length(2040)
    assert lag("-2d", SHORT) == Lag(-900)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (None, Lag()), ("+2d", Lag(960)), ("-4h", Lag(-240)), ("+1ed", Lag(1440, "elapsed")), ("-50%", Lag(-5000, "percent")),
        ("+12.5%", Lag(1250, "percent")), ("+0d", Lag(0)),
    ],
)  # fmt: skip
def test_lags(text, meant):
    assert lag(text, STANDARD) == meant


@pytest.mark.parametrize("text", ["2d", "+2", "+2d 4h", "2", "+9999999d", "+99999999%", "+" + "9" * 60 + "ed"])
def test_what_is_no_lag(text):
    assert isinstance(lag(text, STANDARD), str)
