"""How numbers, lists and days are said, by whatever speaks to people."""

from datetime import UTC, date, datetime

import pytest
from handrail import english


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (english.count(0, "day"), "0 days"),
        (english.count(1, "day"), "1 day"),
        (english.count(1234, "project"), "1,234 projects"),
        (english.count(2, "repository"), "2 repositories"),
        (english.count(1, "benefit review", "reviews of benefits"), "1 benefit review"),
        (english.count(2, "benefit review", "reviews of benefits"), "2 reviews of benefits"),
        (english.plural("person"), "people"),
        (english.plural("working day"), "working days"),
        (english.plural("dependency"), "dependencies"),
        (english.plural("learning path"), "learning paths"),
        (english.plural("class"), "classes"),
        (english.plural("branch"), "branches"),
        (english.verb(1, "is"), "is"),
        (english.verb(2, "is"), "are"),
        (english.verb(0, "says"), "say"),
        (english.listed([]), ""),
        (english.listed(["a"]), "a"),
        (english.listed(("a", "b", "c")), "a, b and c"),
        (english.day(date(2027, 2, 5)), "5 Feb 2027"),
        (english.day(datetime(2027, 2, 15, 23, 59, tzinfo=UTC)), "15 Feb 2027"),
        (english.day(None, "no day"), "no day"),
        (english.short_day(date(2027, 2, 15)), "15 Feb"),
        (english.month("2026-11"), "Nov 2026"),
        (english.month("2026-13"), "2026-13"),
        (english.month("2026-xx"), "2026-xx"),
        (english.month("week-07"), "week-07"),
        (english.month("2026-11-02"), "2026-11-02"),
        (english.month("nonsense"), "nonsense"),
    ],
)
def test_said(said: str, expected: str) -> None:
    assert said == expected
