"""The file of a new baseline: the approved plan as it stands, written once and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handrail.compute.baseline import Difference, Values, differences, snapshot
from handrail.model.project import Plan
from handrail.yaml_text import inline, key_text


class NotBaselined(Exception):  # noqa: N818 - it says what is the matter
    """The plan cannot be frozen like this; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBaseline:
    """A baseline that is to be written: its id, path and text, and what it changes against the one before."""

    id: str
    path: str
    text: str
    changes: tuple[Difference, ...]


def new_baseline(plan: Plan, made_on: date, change: str | None) -> NewBaseline:
    """Freeze a plan. The first baseline needs no change request, every later one names the request that it follows.

    Raises NotBaselined when there is nothing to freeze, nothing has changed, or the request does not fit.
    """
    values = snapshot(plan)
    if not values:
        raise NotBaselined("the plan has nothing yet that could be promised: no milestone, deliverable or budget.")
    last = max(plan.baselines, key=lambda one: one.id, default=None)
    changed = differences(last.values, values) if last else ()
    if last is None and change is not None:
        raise NotBaselined("the first baseline follows from no change request; leave --change out.")
    if last is not None:
        if not changed:
            raise NotBaselined(f"nothing has changed since {last.id}, so there is nothing to freeze.")
        if change is None:
            raise NotBaselined(
                f"{last.id} stands already; a new baseline follows from a change request: --change CR-001. "
                f"{len(changed)} values differ, the first is {_told(changed[0])}."
            )
        if change not in {one.id for one in plan.changes}:
            known = ", ".join(one.id for one in plan.changes) or "none yet"
            raise NotBaselined(f"there is no change request {change} in this project. It has: {known}.")
    name = f"BL-{int(last.id.rsplit('-', 1)[1]) + 1:03}" if last else "BL-001"
    text = _text(name, made_on, change, values)
    return NewBaseline(id=name, path=f"projects/{plan.id}/baselines/{name}.yaml", text=text, changes=changed)


def _told(one: Difference) -> str:
    return f"{one.item} {one.field}: {one.before} -> {one.after}"


def _text(name: str, made_on: date, change: str | None, values: Values) -> str:
    head = [f"id: {name}", f"made_on: {made_on.isoformat()}", *([f"change: {change}"] if change else []), "values:"]
    return "\n".join([*head, *(f"  {key_text(item)}: {inline(part)}" for item, part in values.items())]) + "\n"
