"""The main line of the last year with what CI kept of each merge, for the page that tells which came past the gate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from handrail.git import Git, GitFault, Mainline, Objects
from handrail.git.kept import kept_records
from handrail.render.view import Merge

_PERIOD = timedelta(days=365)


def merges_of(root: Path, as_of: date, head: str = "HEAD") -> tuple[Merge, ...] | None:
    """The commits of the year before a day, the newest first; None where there is no Git or the clone is incomplete."""
    try:
        git = Git(root)
        line = Mainline(git, head)
        objects = Objects(git)
        records = kept_records(git, objects)
        objects.close()
        pairs = [
            (name, datetime.fromtimestamp(at, UTC).date()) for name, at in zip(line.commits, line.times(), strict=True)
        ]
    except (GitFault, ValueError, OverflowError, OSError):
        return None
    since = as_of - _PERIOD if as_of - date.min > _PERIOD else date.min
    return tuple(_merge(name, on, records.get(name)) for name, on in reversed(pairs) if since <= on)


def _merge(name: str, on: date, record: Mapping[str, Any] | None) -> Merge:
    if record is None:
        return Merge(commit=name, on=on, known=False)
    pull, verdict = _part(record, "pull"), _part(record, "verdict")
    number, who = pull.get("number"), pull.get("merged_by")
    return Merge(
        commit=name, on=on, known=True, bypass=_texts(record.get("bypass")), blocking=_texts(verdict.get("blocking")),
        number=number if isinstance(number, int) and not isinstance(number, bool) else None, merged_by=who if isinstance(who, str) else None,
    )  # fmt: skip


def _part(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
