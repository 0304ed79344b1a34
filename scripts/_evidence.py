"""What CI would have kept of each merge: who reviewed what on the host, when it came in, and what the gate said.

The branch has one commit for each merge since the day on which somebody switched it on; earlier merges have no record. What the
records say of the gate is held against the gate itself by tests/demo_year/test_story.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from handrail import __version__

from scripts._commits import Landed
from scripts._story import PAST_THE_GATE

BRANCH, BEGUN, FIRST_NUMBER = "handrail-evidence", date(2026, 3, 2), 101
_HOURS = "%Y-%m-%dT%H:%M:%SZ"


def evidence(landed: Sequence[Landed], names: Mapping[int, str], logins: Mapping[str, str]) -> bytes:
    """The branch as a stream for `git fast-import`. names: commits by their marks; logins: of people on the host."""
    stream, number, previous = [], FIRST_NUMBER - 1, 0
    for mark, one in enumerate(landed, 1):
        number += bool(one.head)
        if one.at.date() < BEGUN:
            continue
        text = json.dumps(_record(one, number, names, logins), indent=2) + "\n"
        words = f"Keep evidence of {names[one.mark][:12]}\n"
        seconds = int(one.at.timestamp()) + 90
        stream += [
            f"commit refs/heads/{BRANCH}\nmark :{mark}\n",
            f"committer ci <ci@brightwater.example> {seconds} +0000\ndata {len(words)}\n{words}",
            f"from :{previous}\n" if previous else "",
            f"M 100644 inline evidence/{names[one.mark]}.json\ndata {len(text.encode())}\n{text}\n",
        ]
        previous = mark
    return "".join(stream).encode()


def _record(one: Landed, number: int, names: Mapping[int, str], logins: Mapping[str, str]) -> dict[str, object]:
    stopped = next(([each.rule] for each in PAST_THE_GATE if each.title == one.title), [])
    reviews = [] if stopped else list(_reviews(one, names, logins))
    bypass = (
        ["no pull request is known"] if not one.head else [] if reviews else ["nobody had approved its last commit"]
    )
    pull = {
        "host": "github", "number": number, "author": _login(one.who, logins), "head": names.get(one.head, ""),
        "merge_commit": names[one.mark], "merged_at": one.at.strftime(_HOURS), "merged_by": _login(one.who, logins),
    }  # fmt: skip
    return {
        "format": 1, "handrail": __version__, "commit": names[one.mark], "parents": [names[each] for each in (one.base, one.head) if each],
        "committed_at": one.at.strftime(_HOURS), "merged_at": one.at.strftime(_HOURS) if one.head else None,
        "pull": pull if one.head else None, "base": names[one.base],
        "verdict": {"blocks": bool(stopped), "conflict": False, "blocking": stopped}, "reviews": reviews, "approvals": [],
        "bypass": bypass + (["the gate would have stopped it"] if stopped else []),
    }  # fmt: skip


def _reviews(one: Landed, names: Mapping[int, str], logins: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Whoever decided reads the pull request before it goes in; else the PMO, or finance for what is the PMO's own."""
    office = "m.keller" if one.who in {"p.nowak", "a.berger"} else "p.nowak"
    at = datetime.fromtimestamp(one.at.timestamp() - 120, UTC).strftime(_HOURS)
    for who in [each for each in one.others if each in logins] or [office]:
        yield {
            "login": logins[who], "person": who, "state": "approved", "commit": names[one.head], "submitted_at": at,
            "of_head": True,
        }  # fmt: skip


def _login(who: str, logins: Mapping[str, str]) -> str:
    return logins.get(who) or who.replace(".", "")
