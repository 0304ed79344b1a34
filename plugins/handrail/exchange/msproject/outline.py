"""The outline of a file: which rows are tasks, and which summary each of them belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.exchange.msproject.noted import Found, whole
from handrail.exchange.msproject.tree import Node

_DEEPEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task: its element, number, the number of its summary, and whether it is a summary itself."""

    node: Node
    uid: int
    parent: int | None
    summary: bool


def read_outline(root: Node, found: Found) -> list[Row]:
    """Every row that is a task, in the order of the file. Levels say who belongs to whom."""
    nodes: list[tuple[Node, int, int]] = []
    seen: set[int] = set()
    for node in root.inside("Tasks", "Task"):
        uid, level = whole(node.get("UID")), whole(node.get("OutlineLevel") or "1")
        name = " ".join(node.get("Name").split()) or "a task without a name"
        if node.flag("IsNull") or (uid == 0 and level in {0, None}):
            continue  # an empty line of the list, and the project itself
        if uid is None or uid < 0:
            found.note(name, node, "unreadable", "a task without a number (UID) cannot be followed", node.get("UID"))
            continue
        if uid in seen:
            found.note(name, node, "unreadable", f"the number {uid} is taken by an earlier task", str(uid))
            continue
        seen.add(uid)
        if level is None or level < 1 or level > _DEEPEST:
            found.note(
                name,
                node,
                "changed",
                "its outline level makes no sense, so it stands at the top",
                node.get("OutlineLevel"),
            )
            level = 1
        nodes.append((node, uid, level))
    return _rows(nodes, found)


def _rows(nodes: list[tuple[Node, int, int]], found: Found) -> list[Row]:
    rows: list[Row] = []
    above: list[tuple[int, int]] = []
    for place, (node, uid, level) in enumerate(nodes):
        while above and above[-1][0] >= level:
            above.pop()
        if level > (above[-1][0] if above else 0) + 1:
            reason = "its outline level skips one, so it belongs to the nearest task above"
            found.note(" ".join(node.get("Name").split()), node, "changed", reason, str(level))
        following = nodes[place + 1][2] if place + 1 < len(nodes) else 0
        rows.append(Row(node=node, uid=uid, parent=above[-1][1] if above else None, summary=following > level))
        above.append((level, uid))
    return rows
