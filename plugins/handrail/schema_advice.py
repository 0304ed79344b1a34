"""The likely slip behind a wrong value, and examples written as they stand in a file."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handrail.fields import Field, FieldType, fields_of
from handrail.slips import near
from handrail.source.words import shown

_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`]( |$)|[,\[\]{}#&*!|>'\"%@`])[^\n]*\Z")
_FORMS = (
    "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d", "%d %b %Y", "%d %B %Y", "%d. %B %Y", "%b %d, %Y",
    "%B %d, %Y", "%Y%m%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S",
)  # fmt: skip
_DAY_MONTH = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})\Z")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_MONTHS = 12
_MONTH_NAMES = (
    "january januar jänner janvier", "february februar février fevrier", "march märz maerz mrz mars",
    "april avril", "may mai", "june juni juin", "july juli juillet", "august août aout", "september septembre",
    "october oktober octobre", "november novembre", "december dezember décembre",
)  # fmt: skip
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_DAY_WORD = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|er)?[ -]+([^\W\d_]{3,})\.?,?[ -]+(\d{4})\Z")
_WORD_DAY = re.compile(r"([^\W\d_]{3,})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})\Z")


def flow(value: Any, *, inside: bool = False) -> str:
    """A value as it may be pasted into a file, on one line. `inside`: between brackets, where a comma would part it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one, inside=True)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(one, inside=True) for one in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    safe = text and _PLAIN.match(text) and not re.search(r": |:$| #|[\[\]{},]" if inside else r": |:$| #", text)
    return text if safe else "'" + text.replace("'", "''") + "'"


def sample(field: Field) -> str:
    """A value for a field, as it may be pasted."""
    kind, example = field.type, field.example
    if example is not None:
        return flow(example)
    if kind.kind == "list" and kind.item is not None and kind.item.cls is not None:
        return "[" + _group(kind.item) + "]"
    if kind.cls is not None:
        return _group(kind)
    if kind.kind == "choice":
        return kind.values[0]
    return {"list": "[]", "map": "{}", "yes_no": "yes"}.get(kind.kind, "...")


def _group(kind: FieldType) -> str:
    known = fields_of(kind.cls) if kind.cls else ()
    chosen = [one for one in known if one.required] or [one for one in known if one.example is not None][:2]
    return "{" + ", ".join(f"{one.key}: {sample(one)}" for one in chosen) + "}"


def shown_value(value: Any) -> str:
    """What stands there, in words or between backticks."""
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    return f"`{shown(str(value))}`"


def advice(kind: FieldType | None, value: Any, key: str) -> str | None:
    """How to write what was probably meant. `key` is the name before the value, empty for an entry of a list."""
    if kind is None:
        return None
    lead = f"{key}: " if key else "- "
    if kind.kind == "list" and kind.item and kind.item.cls:
        return f"Begin each entry with a hyphen: `- {_group(kind.item)}`."
    if kind.kind == "list" and not isinstance(value, (dict, list)):
        return f"Put it in brackets: `{lead}[{flow(value, inside=True)}]`."
    if isinstance(value, (dict, list)):
        return None
    text = str(value).strip()
    find = _BY_KIND.get(kind.kind)
    return find(kind, text, value, lead) if find else None


def _choice(kind: FieldType, text: str, _: Any, lead: str) -> str | None:
    guess = near(text, kind.values)
    return f"Did you mean `{lead}{guess}`?" if guess else f"Write one of them: `{lead}{kind.values[0]}`."


def _yes_no(_: FieldType, text: str, __: Any, lead: str) -> str:
    guess = {"y": "yes", "yes": "yes", "true": "yes", "on": "yes", "1": "yes", "ja": "yes", "oui": "yes"}.get(
        text.lower(), "no"
    )
    return f"Write `{lead}{guess}`, in small letters."


def _text(kind: FieldType, text: str, value: Any, lead: str) -> str | None:
    if isinstance(value, bool):
        return f"Put it in quotes: `{lead}'{text.lower()}'`."
    for changed in (text.upper(), text.lower(), text.lower().replace(" ", "-").replace("_", "-")):
        if kind.pattern and changed != text and re.fullmatch(kind.pattern, changed, re.ASCII):
            return f"Did you mean `{lead}{changed}`?"
    return None


def _percent(_: FieldType, text: str, value: Any, lead: str) -> str | None:
    if isinstance(value, Decimal) and 0 < abs(value) < 1:
        return f"Write it as a percentage: `{lead}{(value * 100).normalize():f}%`."
    plain = text.replace("%", "").replace(",", ".").strip()
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return f"Write it with the percent sign and no space: `{lead}{plain}%`."
    return None


def _number(kind: FieldType, text: str, value: Any, lead: str) -> str | None:
    if not isinstance(value, str):
        return "Count its zeros once more." if kind.kind == "money" else _nearest(kind, value, lead)
    plain = re.sub(r"^[A-Z€$£¥]{1,3} ?| ?[A-Z€$£¥]{1,3}$|[_ '\u00a0\u202f]", "", text)
    if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", plain) and re.search(r",|^0", plain):
        whole, part = re.split(r"[.,]", plain)
        return f"Write it without a comma: `{lead}{whole}{part}`, or `{lead}{whole}.{part}` if it is less than {int(whole) + 1}."
    if "," in plain:  # the last of the two signs is the decimal one
        plain = plain.replace(",", "") if plain.rfind(".") > plain.rfind(",") or plain.count(",") > 1 else (
            plain.replace(".", "").replace(",", ".")
        )  # fmt: skip
    if not re.fullmatch(r"[-+]?\d{1,40}(\.\d{1,40})?([eE][-+]?\d{1,2})?", plain):
        return None
    number = Decimal(plain)
    low, high = kind.minimum, kind.maximum
    if kind.integer and number != number.to_integral_value():
        return None
    if (low is not None and number < low) or (high is not None and number > high):
        return None
    how = "without quotes" if f"{number:f}" == text else "as a plain number"
    return f"Write it {how}: `{lead}{number:f}`."


def _nearest(kind: FieldType, value: Any, lead: str) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    if kind.maximum is not None and value > kind.maximum:
        return f"The highest is `{lead}{kind.maximum}`."
    if kind.minimum is not None and value < kind.minimum:
        return f"The lowest is `{lead}{kind.minimum}`."
    return None


def _day_in_words(text: str) -> date | None:
    """`6 Dez 2026`, `6 décembre 2026`, `Dec 6, 2026`."""
    if match := _DAY_WORD.match(text):
        day, word, year = match.groups()
    elif match := _WORD_DAY.match(text):
        word, day, year = match.groups()
    else:
        return None
    months = [
        number
        for number, names in enumerate(_MONTH_NAMES, 1)
        if any(name.startswith(word.lower()) for name in names.split())
    ]
    try:
        return date(int(year), months[0], int(day)) if len(months) == 1 else None
    except ValueError:
        return None


def _date(kind: FieldType, text: str, _: Any, lead: str) -> str | None:  # noqa: PLR0911 - one per way of writing a day
    text = re.sub(r"\s+", " ", text)
    plain = _DASHES.sub("-", text)
    if plain != text and (match := _ISO.match(plain)) and _exists(match):
        return f"Write it with plain hyphens: `{lead}{plain}`."
    text = plain
    if (found := _day_in_words(text)) is not None:
        return f"Write it as year-month-day: `{lead}{found.isoformat()}`."
    if match := _ISO.match(text):
        return _no_such_day(*(int(part) for part in match.groups()), lead=lead)
    if match := _DAY_MONTH.match(text):
        first, second, year = (int(part) for part in match.groups())
        return _two_readings(first, second, year, lead)
    for form in _FORMS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if kind.kind == "when" and "%H" in form:
            return f"Write it as day and time: `{lead}{moment:%Y-%m-%dT%H:%M}`."
        return f"Write it as year-month-day: `{lead}{moment:%Y-%m-%d}`."
    if re.fullmatch(r"[1-9]\d{3}-(0[1-9]|1[0-2])", text):
        return f"Add the day: `{lead}{text}-01`."
    return None


def _exists(match: re.Match[str]) -> bool:
    try:
        date.fromisoformat(match[0])
    except ValueError:
        return False
    return True


def _two_readings(first: int, second: int, year: int, lead: str) -> str | None:
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found not in readings:
            readings.append(found)
    if len(readings) > 1:
        one, other = (f"`{lead}{day.isoformat()}` for {day.day} {day:%B}" for day in readings)
        return f"Write it as year-month-day: {one}, or {other}."
    return f"Write it as year-month-day: `{lead}{readings[0].isoformat()}`." if readings else None


def _no_such_day(year: int, month: int, day: int, *, lead: str) -> str | None:
    if month > _MONTHS >= day > 0:
        return f"There is no month {month}; perhaps day and month are swapped: `{lead}{year}-{day:02}-{month:02}`."
    if not 0 < month <= _MONTHS or year < 1:
        return None
    last = monthrange(year, month)[1]
    return f"The last day of that month is `{lead}{year}-{month:02}-{last}`." if day > last else None


_BY_KIND = {
    "choice": _choice,
    "yes_no": _yes_no,
    "text": _text,
    "percent": _percent,
    "number": _number,
    "money": _number,
    "date": _date,
    "when": _date,
}
