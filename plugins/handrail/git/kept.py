"""What CI kept of each merge on the protected branch `handrail-evidence`: `evidence/<commit>.json`, read and never written here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from handrail.git.objects import Objects
from handrail.git.process import Git
from handrail.git.tree import entries
from handrail.model.improvement import LoopLog

BRANCHES = ("handrail-evidence", "origin/handrail-evidence")
"""Where CI keeps a record of each merge; the second is what a clone has of it."""
Kept = Mapping[str, Any]


class KeptReview(NamedTuple):
    """A review of the last commit that was merged, as the host told it then."""

    login: str
    host: str
    state: str
    submitted_at: str | None


def kept_records(git: Git, objects: Objects) -> Mapping[str, Kept]:
    """By commit, the record that CI kept of it; what cannot be read counts as not kept."""
    found: dict[str, Kept] = {}
    for branch in BRANCHES:
        status, told = git.answer("rev-parse", "--verify", "--quiet", f"{branch}^{{tree}}", fine=(0, 1, 128))
        if status:
            continue
        for one in entries(git, f"{told.decode().strip()}:evidence"):
            name = one.path.removesuffix(".json")
            if one.mode.startswith("100") and name != one.path:
                record = _record(objects.blob(one.blob), name)
                if record:
                    found.setdefault(name, record)
        break
    return found


def kept_reviews(record: Kept) -> tuple[KeptReview, ...]:
    """The reviews of a record that were about the pull request's last commit; of others nothing can be said of the merge."""
    host = text(part(record, "pull").get("host")) or ""
    found = record.get("reviews")
    ones = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return tuple(
        KeptReview(login, host, state, text(one.get("submitted_at")))
        for one in ones
        if one.get("of_head") is True and (login := text(one.get("login"))) and (state := text(one.get("state")))
    )


def kept_logs(records: Mapping[str, Kept]) -> tuple[LoopLog, ...]:
    """How the gate weighed on each pull request whose runs were kept; those of which nothing is known are left out."""
    found: dict[str, LoopLog] = {}
    for record in records.values():
        gate, pull, verdict = part(record, "gate"), part(record, "pull"), part(record, "verdict")
        number, opened = pull.get("number"), _day(text(pull.get("opened")) or text(pull.get("merged_at")))
        if (
            not isinstance(gate.get("blocked"), bool)
            or isinstance(number, bool)
            or not isinstance(number, int)
            or opened is None
        ):
            continue
        waived = _count(verdict.get("waived"))
        found[f"pr-{number}"] = LoopLog(
            id=f"pr-{number}", opened=opened, blocked=gate["blocked"], minutes_to_green=_count(gate.get("minutes_to_green")),
            remarks=(_count(verdict.get("new")) or 0) + (waived or 0), dismissed=waived,
        )  # fmt: skip
    return tuple(found[name] for name in sorted(found))


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _day(stamp: str | None) -> date | None:
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None


def part(record: Kept, name: str) -> Mapping[str, Any]:
    """A group of a record; empty where it is none."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str | None:
    """A text that says something."""
    return value if isinstance(value, str) and value else None


def _record(data: bytes, name: str) -> Kept:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) and value.get("commit") == name else {}
