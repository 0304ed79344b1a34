"""The pull requests that are open on the host, as CI hands them in: a static site cannot know them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from handrail.render.view import PullRequest

_MOST = 500
_LONG = 300


def pull_requests(root: Path, name: str) -> tuple[PullRequest, ...] | None:
    """What the file says; None where there is none, or where it is not what `gh pr list --json` or GitLab's API writes.

    Everything in it is text from outside: it is cut to a length here and escaped by the template.
    """
    try:
        given = json.loads((root / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(given, list):
        return None
    return tuple(_one(one) for one in given[:_MOST] if isinstance(one, dict))


def _one(one: Mapping[str, Any]) -> PullRequest:
    opened = _text(one, "createdAt", "created_at", "opened")[:10]
    try:
        day = date.fromisoformat(opened)
    except ValueError:
        day = None
    number = _text(one, "number", "iid")
    return PullRequest(
        number=f"#{number}" if number else "", title=_text(one, "title") or "without a title", author=_text(one, "author") or "not known", opened=day,
        url=_text(one, "url", "web_url"), waits_for=_text(one, "waits_for", "reviewDecision", "detailed_merge_status").replace("_", " ").lower() or "review",
    )  # fmt: skip


def _text(one: Mapping[str, Any], *names: str) -> str:
    """The first of the names that holds a text or number; of a person the login."""
    for name in names:
        value = one.get(name)
        if isinstance(value, dict):
            value = value.get("login") or value.get("username") or value.get("name")
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return " ".join(str(value).split())[:_LONG]
    return ""
