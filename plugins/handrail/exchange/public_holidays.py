"""Public holidays for the organisation's calendar: looked up by the `holidays` package, kept as lines of the file.

The file is what counts: what stands in it already stays as it is, and only the days that are missing become new lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handrail.edit import NotEditable, set_value
from handrail.source import locate, read_yaml

PATH = ("calendar", "holidays")
_INSTALL = "pip install 'handrail[holidays]'"
_FILE = "handrail.yaml"


class NotKnownError(Exception):
    """The holidays cannot be looked up, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The text with its new days. others: days of these years that the file has and the package does not know."""

    text: str
    new: Mapping[date, str]
    there: int
    others: tuple[date, ...]


def public_holidays(country: str, subdivision: str | None, years: Sequence[int]) -> Mapping[date, str]:
    """The public holidays of a country, or of a part of it, by day. Raises NotKnownError."""
    try:
        import holidays  # noqa: PLC0415 - an extra that most commands do without
    except ImportError:
        raise NotKnownError(
            f"public holidays are looked up by the Python package `holidays`, which is not installed: {_INSTALL}. "
            "You can also write the days yourself, under `calendar.holidays` in standards/handrail.yaml."
        ) from None
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise NotKnownError(
            f"`{country}` is no country that is known; write its two letters of ISO 3166, such as FR or GB."
        )
    if subdivision is not None and subdivision not in known[country]:
        parts = ", ".join(known[country]) or "none"
        raise NotKnownError(f"`{subdivision}` is no part of {country} that is known; it has {parts}.")
    found: Mapping[date, str] = holidays.country_holidays(country, subdiv=subdivision, years=years)
    return dict(sorted(found.items()))


def fill(text: str, days: Mapping[date, str], years: Sequence[int]) -> Filled:
    """The text of standards/handrail.yaml with the days that it lacks, each as one line. Raises NotEditable."""
    document = read_yaml(_FILE, text.encode())
    if document.broken or not isinstance(document.value, dict):
        raise NotEditable("it cannot be read; `handrail check` says where")
    calendar = document.value.get("calendar")
    written = calendar.get("holidays") if isinstance(calendar, dict) else None
    there = {day for one in written or () if (day := _day(one)) is not None}
    new = {day: name for day, name in days.items() if day not in there}
    others = tuple(sorted(day for day in there if day.year in years and day not in days))
    for day, name in new.items():
        text = _with(text, day, name)
    return Filled(text=text, new=new, there=len(days) - len(new), others=others)


def _with(text: str, day: date, name: str) -> str:
    """One more day: before the first later one, where the list has a line for each; else at its end."""
    value: Any = read_yaml(_FILE, text.encode()).value
    calendar = value.get("calendar") or {}
    days = calendar.get("holidays") or []
    lines = text.splitlines(keepends=True)
    if not days:
        return set_value(text, PATH, [day.isoformat()])
    places = locate(_FILE, text.encode())
    rows = {i: places[*PATH, i][1].line - 1 for i in range(len(days))}
    alone = len(set(rows.values())) == len(days) and all(lines[row].lstrip().startswith("- ") for row in rows.values())
    if not alone:
        return set_value(text, (*PATH, len(days)), day.isoformat())
    earlier = [i for i in range(len(days)) if (other := _day(days[i])) is not None and other < day]
    at = rows[earlier[-1]] + 1 if earlier else rows[0]
    like = lines[rows[0]]
    mark = like[: like.index("- ") + 2]
    end = "\r\n" if like.endswith("\r\n") else "\n"
    if at and not lines[at - 1].endswith("\n"):
        lines[at - 1] += end
    lines.insert(at, f"{mark}{day.isoformat()}  # {' '.join(name.split())}{end}")
    made = "".join(lines)
    wanted = {**value, "calendar": {**calendar, "holidays": sorted([*days, day.isoformat()], key=str)}}
    now: Any = read_yaml(_FILE, made.encode()).value
    now_days = now.get("calendar", {}).get("holidays", []) if isinstance(now, dict) else []
    if {**now, "calendar": {**now["calendar"], "holidays": sorted(now_days, key=str)}} != wanted:
        raise NotEditable("the days cannot be put there without touching others")
    return made


def _day(value: object) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None
