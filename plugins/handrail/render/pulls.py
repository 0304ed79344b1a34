"""The pull requests that are open on the host, as CI hands them in: a static site cannot know them."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from handrail.render.view import Gate, PullRequest

_MOST = 500
_LONG = 300
_LISTED = 50
_BRIEF = re.compile(r"<!-- handrail: brief ([A-Za-z0-9+/=]{1,20000}) -->")


def pull_requests(root: Path, name: str, host: str) -> tuple[PullRequest, ...] | None:
    """What the file says; None where there is none, or where it is not what `gh pr list --json` or GitLab's API writes.

    Everything in it is text from outside: it is cut to a length here and escaped by the template. `host` is the address
    of the repository; a link that leads anywhere else is left out.
    """
    try:
        given = json.loads((root / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(given, list):
        return None
    return tuple(_one(one, host) for one in given[:_MOST] if isinstance(one, dict))


def _one(one: Mapping[str, Any], host: str) -> PullRequest:
    opened = _text(one, "createdAt", "created_at", "opened")[:10]
    try:
        day = date.fromisoformat(opened)
    except ValueError:
        day = None
    number = _text(one, "number", "iid")
    url = _text(one, "url", "web_url")
    return PullRequest(
        number=f"#{number}" if number else "", title=_text(one, "title") or "without a title", author=_text(one, "author") or "not known", opened=day,
        url=url if host.startswith("https://") and url.startswith(f"{host.rstrip('/')}/") else "",
        waits_for=_text(one, "waits_for", "reviewDecision", "detailed_merge_status").replace("_", " ").lower() or "review",
        gate=_gate(_text(one, "brief", long=20_050)),
    )  # fmt: skip


def _gate(line: str) -> Gate | None:
    """What the gate said, from the line that its comment carries; None where there is none to be read."""
    found = _BRIEF.search(line)
    try:
        said = json.loads(b64decode(found.group(1), validate=True)) if found else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("verdict"), str):
        return None
    return Gate(
        verdict=said["verdict"][:_LONG], stops=said.get("stops") is not False, mend=_texts(said, "mend"), waits=_texts(said, "waits"), projects=_texts(said, "projects"), restricted=said.get("restricted") is not False,
    )  # fmt: skip


def _texts(one: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = one.get(name)
    return tuple(each[:_LONG] for each in value[:_LISTED] if isinstance(each, str)) if isinstance(value, list) else ()


def _text(one: Mapping[str, Any], *names: str, long: int = _LONG) -> str:
    """The first of the names that holds a text or number; of a person the login."""
    for name in names:
        value = one.get(name)
        if isinstance(value, dict):
            value = value.get("login") or value.get("username") or value.get("name")
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            return " ".join(str(value).split())[:long]
    return ""
