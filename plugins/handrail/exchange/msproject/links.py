"""Links of a task: predecessor by number, kind and lag."""

from __future__ import annotations

from typing import Any

from handrail.exchange.msproject.noted import Found, whole
from handrail.exchange.msproject.tree import Node
from handrail.exchange.msproject.units import ESTIMATED, FORMATS, LINKS, MAX_MINUTES, lag_words

_TENTHS = 10


def read_links(found: Found, node: Node, name: str, uid: int, known: frozenset[int]) -> list[dict[str, Any]]:
    """Every link that can be kept, with the predecessor's number as `task`."""
    links: list[dict[str, Any]] = []
    for one in node.all("PredecessorLink"):
        before = whole(one.get("PredecessorUID"))
        kind = whole(one.get("Type") or "1")
        if one.flag("CrossProject") or one.get("CrossProjectName"):
            shown = one.get("CrossProjectName") or one.get("PredecessorUID")
            found.note(name, one, "dropped", "a link to another project: name it in `depends_on`", shown)
        elif before is None or before not in known:
            found.note(name, one, "dropped", "a link to a task that is not in the file", one.get("PredecessorUID"))
        elif before == uid:
            found.note(name, one, "dropped", "a task cannot wait for itself", str(before))
        elif kind is None or kind not in range(len(LINKS)):
            found.note(name, one, "unreadable", "there is no such kind of link", one.get("Type"))
        else:
            link: dict[str, Any] = {"task": before}
            if LINKS[kind] != "FS":
                link["type"] = LINKS[kind]
            lag = _lag(found, one, name)
            if lag:
                link["lag"] = lag
            links.append(link)
    return links


def _lag(found: Found, node: Node, name: str) -> str | None:
    amount = whole(node.get("LinkLag") or "0")
    number = whole(node.get("LagFormat") or "7") or 7
    if amount is None or abs(amount) > MAX_MINUTES * _TENTHS:
        found.note(name, node, "unreadable", "this is no lag, or longer than any calendar", node.get("LinkLag"))
        return None
    unit = FORMATS.get(number - ESTIMATED if number > ESTIMATED else number, "")
    if unit == "e%":
        found.note(
            name, node, "changed", "a share of the predecessor in elapsed time is taken in working time", f"{amount}%"
        )
    if not unit and amount:
        found.note(name, node, "changed", "a lag in a format that is not known is read in days", node.get("LagFormat"))
    return lag_words(amount, number, found.measures)
