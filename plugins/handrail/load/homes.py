"""Where a field that stands in the wrong file belongs, told from the fields that all kinds of files declare."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.fields import Entity, fields_of, noun
from handrail.model.kinds import KINDS
from handrail.model.project import Plan

_MOST = 3
_OTHERWISE: Mapping[str, str] = {
    "money": "budget", "cost": "budget", "costs": "budget", "finance": "budget", "funding": "budget",
    "schedule": "milestones", "timeline": "milestones", "dates": "milestones", "deadline": "milestones",
    "end": "milestones", "end_date": "milestones", "finish": "milestones", "goal": "why", "goals": "why",
    "description": "why", "summary": "why", "purpose": "why", "people": "team", "members": "team", "stage": "phase",
    "lead": "manager", "leader": "manager", "pm": "manager", "outputs": "deliverables", "products": "deliverables",
}  # fmt: skip
"""Words that people write for a field of a plan."""


def home_of(cls: type[Entity], key: str) -> str:
    """A sentence that says where a field of this name is kept, for a file of a kind that has none; empty if nobody can say."""
    if cls is not Plan:
        return "It belongs to the project itself, in `project.yaml`." if key in _keys(Plan) else ""
    if key.lower() in _OTHERWISE:
        return f"This stands under `{_OTHERWISE[key.lower()]}`."
    own = [kind for kind in KINDS if kind.within == "project" and kind.cls is not Plan and key in _keys(kind.cls)]
    lists = [f"`{kind.key}`" for kind in own if kind.key]
    files = [kind for kind in own if not kind.key]
    found = [
        f"{'an' if noun(kind.cls)[0] in 'aeiou' else 'a'} {noun(kind.cls)} (`{kind.pattern.removeprefix('projects/<project>/')}`)"
        for kind in files
        if len(files) < _MOST
    ]  # fmt: skip
    if lists:
        few = len(lists) < _MOST
        found.append(f"an entry of {' or '.join(lists) if few else f'a list such as {lists[0]} or {lists[1]}'}")
    return f"It belongs to {', or to '.join(found)}." if found else ""


def _keys(cls: type[Entity]) -> frozenset[str]:
    return frozenset(one.key for one in fields_of(cls))
