"""The name that was probably meant: strict enough that nobody is sent the wrong way, and the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_LONGEST = 100
_MANY = 500
_PREFIX = 4
_ROOM = ((3, 0), (8, 1))
"""How many slips a word bears that is shorter than this; a longer one bears two."""
_MOST = 2
_FILLERS = frozenset({"date", "day", "id", "list", "name"})
_PARTS = re.compile(r"[\W_]+")
_BEGINNING = re.compile(r"\D+(?=\d)")
_OFFERED = 8
_NUMBER = re.compile(r"\d+")


def near(word: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; None where any guess would be far-fetched.

    A name is meant that differs in capitals, in what stands between its parts, in a slip or two of the keyboard, or that is
    begun (`desc`) or said with a word too many (`due_date`). Names with other numbers are other things: `R-009` is not `R-001`.
    """
    asked = _plain(word[:_LONGEST])
    plain: dict[str, str] = {}
    for one in known:
        plain.setdefault(_plain(one), one)
    if asked in plain:
        return plain[asked]
    numbers = _NUMBER.findall(asked)
    alike = {text: one for text, one in plain.items() if text and _NUMBER.findall(text) == numbers}
    if len(alike) > _MANY:  # comparing with each of them takes long; few people mistype the first letter
        alike = {text: one for text, one in alike.items() if text[:1] == asked[:1]}
    if (longer := _longer(asked, alike)) is not None:
        return longer
    slips = {text: found for text in alike if (found := _slips(asked, text)) is not None}
    return alike[min(slips, key=lambda text: (slips[text], sorted(text) != sorted(asked)))] if slips else None


def offered(word: str, known: Iterable[str]) -> str:
    """Names to choose from, those that begin like a word first: `` `R-001`, `R-002` and 3 more``; empty where there are none."""
    begins = _BEGINNING.match(word.lower())
    begin = begins[0] if begins else ""
    ones = sorted(known, key=lambda one: not (begin and one.lower().startswith(begin)))
    named = ", ".join(f"`{one}`" for one in ones[:_OFFERED])
    return named + (f" and {len(ones) - _OFFERED} more" if len(ones) > _OFFERED else "")


def _plain(text: str) -> str:
    """Without capitals, leading zeros, and what stands between words."""
    return _NUMBER.sub(lambda found: found[0].lstrip("0") or "0", _PARTS.sub(" ", text.lower())).strip()


def _longer(asked: str, alike: Mapping[str, str]) -> str | None:
    """What was said with a word too many, or begun and not ended; `status` is no beginning of `status_date`."""
    rest = " ".join(part for part in asked.split() if part not in _FILLERS)
    if rest in alike:
        return alike[rest]
    begun = [text for text in alike if len(asked) >= _PREFIX and text.startswith(asked)]
    fits = len(begun) == 1 and not _FILLERS & set(begun[0].removeprefix(asked).split())
    return alike[begun[0]] if fits else None


def _slips(asked: str, text: str) -> int | None:
    """How many letters were left out, added, mistaken or swapped; None where there are more than such a word bears."""
    length = max(len(asked), len(text))
    room = next((most for below, most in _ROOM if length < below), _MOST)
    if abs(len(asked) - len(text)) > room or (room == 1 and asked[:1] != text[:1]):
        return None
    before: list[int] = []
    row = list(range(len(text) + 1))
    for i, letter in enumerate(asked, 1):
        above, row, last = row, [i], before
        for j, other in enumerate(text, 1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == text[j - 2] and asked[i - 2] == other:
                least = min(least, last[j - 2] + 1)
            row.append(least)
        before = above
        if min(row) > room:
            return None
    return row[-1] if row[-1] <= room else None


_COPY = r"copy|kopie|copie|copia"
_COPIED = re.compile(
    rf"(?P<before>~\$|(?:{_COPY}) (?:\(\d+\) )?(?:of|von|de|di) )?(?P<stem>[^.]+?)(?P<after>"
    rf"(?: ?- ?| |_)(?:{_COPY})(?: ?\(?\d+\)?)?| ?\(\d+\)| \d| \([^)]*(?:conflict|{_COPY})[^)]*\)"
    r"|\.sync-conflict-[^.]*|[ ._-](?:bak|backup|old|orig|tmp))?(?P<ending>\.(?:rule\.yaml|test\.yaml|yaml|md))?\Z",
    re.IGNORECASE,
)


def original(name: str) -> str | None:
    """The file of which a name says that it is a copy: `risks.yaml` for `risks (1).yaml`; None for a name of its own."""
    found = _COPIED.match(name)
    return found["stem"] + (found["ending"] or "") if found and (found["before"] or found["after"]) else None
