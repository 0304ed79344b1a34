"""Figures in the words of a report that the plan contradicts: money, progress, days and counts that people write from memory.

Only what is said of a known thing is held against the plan: "spent 12,400 EUR so far", "40% done", "Desk opens on 1 February",
"three open risks", "two of five deliverables are accepted". A rounded figure is right when the plan's rounds to it, and
"about" allows a tenth more or less. Anything else that is a number is left to readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from handrail.compute.facts import Dated, Project
from handrail.model.money import Money
from handrail.model.records import Report

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = r"(?P<about>about |around |roughly |nearly |almost |some |just over |just under )?"
_NUMBER = r"(?P<number>\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_MONEY = rf"{_ABOUT}(?:(?P<before>[A-Z]{{3}}|€|£) ?)?{_NUMBER} ?(?P<scale>k|thousand|m|million)?\b ?(?P<after>[A-Z]{{3}}|€|£)?"
_ALL = r"(?:so far|in total|altogether|to date)"
"""Without such a word it may be one bill."""
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_WORDS)})"
_DAY = (
    r"(?P<day>\d{1,2}) (?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: (?P<year>\d{4}))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
)
_SIGNS = {"€": "EUR", "£": "GBP"}
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Words of a report that the plan contradicts. said: the words; what: what they are about; plan: what the plan says."""

    said: str
    what: str
    plan: str


def contradictions(project: Project, report: Report, complete: Decimal | None = None) -> tuple[Claim, ...]:
    """Every contradicted figure in a report's words. complete: the share of the work that is done, where that is known."""
    text = " ".join(f"{report.because or ''}\n{report.body}".split())
    if not any(each.isdigit() for each in text) and not any(f" {word} " in f" {text.lower()} " for word in _WORDS):
        return ()
    found = (
        *_money(text, project, report),
        *_progress(text, complete),
        *_days(text, project),
        *_counts(text, project, report),
    )
    return tuple(dict.fromkeys(found))


@cache
def _about_money() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """What is said of money: the name of the figure, in words, and how people write it."""
    told = (
        ("spent", "what was spent", rf"\bspent {_MONEY} {_ALL}"),
        ("spent", "what was spent", rf"\bspent {_ALL}(?: is|:| were| was)? {_MONEY}"),
        ("spent", "what was spent", rf"{_MONEY} (?:has been |have been |was |were |is )?spent {_ALL}"),
        ("spent", "what was spent", rf"\b{_ALL},? (?:we |we have |it has |they have )?spent {_MONEY}"),
        ("forecast", "the forecast", rf"\b(?:forecast|expected cost)(?: is|:) (?:now )?{_MONEY}"),
        ("forecast", "the forecast", rf"\bthe project (?:will|shall) cost {_MONEY}"),
        ("approved", "the approved budget", rf"\bapproved budget(?: is| of|:) {_MONEY}"),
        ("over", "forecast above what is approved", rf"{_MONEY} (?:more than|above|over)(?: the)? (?:approved|budget)"),
    )
    return tuple((name, what, re.compile(pattern, re.IGNORECASE)) for name, what, pattern in told)


def _money(text: str, project: Project, report: Report) -> Iterator[Claim]:
    right = _amounts(project, report)
    for name, what, pattern in _about_money():
        known = right[name]
        for one in pattern.finditer(text):
            unit = one["before"] or one["after"]
            if not known or unit is None or _SIGNS.get(unit, unit) != project.cost.currency:
                continue
            value = Decimal(re.sub(r"[,  ]", "", one["number"])) * _SCALES.get((one["scale"] or "").lower(), 1)
            if not any(_same(value, each.amount, _unit(one["number"], one["scale"]), one["about"]) for each in known):
                yield Claim(said=one[0].strip(), what=what, plan=str(known[0]))


def _amounts(project: Project, report: Report) -> Mapping[str, tuple[Money, ...]]:
    """What may be said of each figure: of what was spent also the sum up to the report's month."""
    cost, months = project.cost, (project.cost.budget.spent if project.cost.budget else {})
    until = report.as_of.isoformat()[:7]
    past = [amount for month, amount in sorted(months.items()) if month <= until]
    so_far = (sum(past[1:], past[0]),) if past and len({one.currency for one in past}) == 1 else ()
    return {
        "spent": (*((cost.spent,) if cost.spent else ()), *so_far),
        "forecast": (cost.forecast,) if cost.forecast else (),
        "approved": tuple(one for one in (cost.approved, cost.original) if one),
        "over": (cost.variance,) if cost.variance else (),
    }


def _unit(number: str, scale: str | None) -> Decimal:
    """How exact a figure is as it is written: 48,000 to the thousand, 1.2 million to the hundred thousand."""
    digits = re.sub(r"[,  ]", "", number)
    whole, _, rest = digits.partition(".")
    step = Decimal(1).scaleb(-len(rest)) if rest else Decimal(10) ** (len(whole) - len(whole.rstrip("0")))
    return step * _SCALES.get((scale or "").lower(), 1)


def _same(said: Decimal, right: Decimal, unit: Decimal, about: str | None) -> bool:
    return abs(said - right) <= max(unit / 2, abs(right) / 10 if about else Decimal(0))


_DONE = re.compile(rf"{_ABOUT}(?P<number>\d{{1,3}}(?:\.\d+)?) ?(?:%|per ?cent) (?:of (?:the )?(?:work|project) )?(?:is |are )?"
                   r"(?:complete|done|finished)\b", re.IGNORECASE)  # fmt: skip


def _progress(text: str, complete: Decimal | None) -> Iterator[Claim]:
    if complete is None:
        return
    for one in _DONE.finditer(text):
        step = Decimal(1).scaleb(-len(one["number"].partition(".")[2]))
        if not _same(Decimal(one["number"]), complete * 100, step, one["about"]):
            yield Claim(
                said=one[0].strip(), what="the share of the work that is done", plan=f"{round(complete * 100)}%"
            )


def _days(text: str, project: Project) -> Iterator[Claim]:
    """A day right behind the name of a milestone or deliverable, that is none of its days."""
    lowered = text.lower()
    for one in (*project.milestones, *project.deliverables):
        own = [each for each in (one.expected, one.forecast, one.planned, one.actual, one.original) if each]
        name = one.name.lower()
        if not own or name not in lowered:
            continue
        for found in _behind(name).finditer(text):
            day = _date(found, own)
            if day is not None and day not in own:
                yield Claim(said=found[0].strip(), what=f'"{one.name}"', plan=_told(one))


@cache
def _behind(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b{re.escape(name)}[\"”']?(?: [a-z]+){{0,3}}? (?:on|by|until|is|for|at|to) (?:{_DAY})\b", re.IGNORECASE
    )


def _date(found: re.Match[str], own: Iterable[date]) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = _MONTHS.index(found["month"].lower()) + 1
        years = [int(found["year"])] if found["year"] else sorted({each.year for each in own})
        days = [date(year, month, int(found["day"])) for year in years]
    except ValueError:
        return None
    return next((each for each in days if each in own), days[0] if days else None)


def _told(one: Dated) -> str:
    day = one.actual or one.expected or one.planned
    return f"{day.day} {day:%B %Y}" if day else "no day"


_OPEN = re.compile(rf"\b{_COUNT} (?:open (?P<a>risk|issue)s?|(?P<b>risk|issue)s? (?:is|are) open)\b", re.IGNORECASE)
_ACCEPTED = re.compile(
    rf"\b{_COUNT} of (?:the )?(?P<whole>\d{{1,3}}|{'|'.join(_WORDS)}) deliverables (?:is|are|were|have been)? ?(?:accepted|done)\b",
    re.IGNORECASE,
)


def _counts(text: str, project: Project, report: Report) -> Iterator[Claim]:
    for one in _OPEN.finditer(text):
        kind = (one["a"] or one["b"]).lower()
        registered = project.plan.risks if kind == "risk" else project.plan.issues
        there = sum(
            1 for each in registered
            if (each.raised_on is None or each.raised_on <= report.as_of)
            and (each.status == "open" or (each.closed_on is not None and each.closed_on > report.as_of))
        )  # fmt: skip
        if _count(one["count"]) != there:
            yield Claim(said=one[0], what=f"open {kind}s", plan=str(there))
    for one in _ACCEPTED.finditer(text):
        delivered = project.delivered
        if (_count(one["count"]), _count(one["whole"])) != (delivered.accepted, delivered.total):
            yield Claim(said=one[0], what="accepted deliverables", plan=f"{delivered.accepted} of {delivered.total}")


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _WORDS.index(text.lower())
