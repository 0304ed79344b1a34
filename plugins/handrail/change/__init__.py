"""Change as meaning: two states of a repository, thing by thing and field by field, in sentences that people use.

Pure: what was read and computed goes in, values come out. Formatting, comments, order and the file in which something
stands are no change.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from handrail.change.consequences import consequences
from handrail.change.grouping import Told, told
from handrail.change.meaning import Change
from handrail.change.moves import folders
from handrail.change.plans import list_changes, plan_changes
from handrail.change.sentences import came
from handrail.change.things import things_of_all
from handrail.change.weight import of_arrival
from handrail.change.words import quoted
from handrail.compute.facts import Portfolio
from handrail.model.project import Plan
from handrail.model.repository import Repository

__all__ = ["Change", "Told", "compare", "told"]

_SAYS = frozenset({"planned", "forecast", "actual"})
"""Fields that say where a plan ends, or what it costs in the end."""


def compare(
    before: Portfolio | Repository, after: Portfolio | Repository, *, only: Container[str] | None = None
) -> tuple[Change, ...]:
    """Everything that is otherwise in `after`, the worst first.

    With portfolios, what is computed is compared too. `only` names the projects to look at, where it is known that the
    others are the same; what binds everybody is always looked at.
    """
    old, new = _written(before), _written(after)
    today = after.as_of if isinstance(after, Portfolio) else new.organisation.as_of
    year = today.year if today is not None else None
    found = list(list_changes(things_of_all(old), things_of_all(new), None, year))
    ids = _ids(old, new)
    found += _projects(old, new, year, only)
    if isinstance(before, Portfolio) and isinstance(after, Portfolio):
        found += _computed(before, after, ids, only)
    return tuple(sorted(_once(found), key=_order))


def _written(state: Portfolio | Repository) -> Repository:
    return state.repository if isinstance(state, Portfolio) else state


def _ids(old: Repository, new: Repository) -> dict[str, str]:
    """What each project of today was called before."""
    before, after = ({plan.id: plan for plan in one.plans} for one in (old, new))
    gone = [plan for name, plan in before.items() if name not in after]
    come = [plan for name, plan in after.items() if name not in before]
    found = {name: name for name in after if name in before}
    return found | {now.id: was.id for was, now in folders(gone, come)}


def _projects(old: Repository, new: Repository, year: int | None, only: Container[str] | None) -> Iterator[Change]:
    before = {plan.id: plan for plan in old.plans}
    lost = {one.id: one.name for one in old.broken}
    ids = _ids(old, new)
    for plan in new.plans:
        was = before.get(ids.get(plan.id, ""))
        if was is plan or (only is not None and plan.id not in only):
            continue
        if was is None:
            words = f"project {quoted(plan.name)} can be read again" if plan.id in lost else came("project", plan, year)
            yield _of_project(plan.id, plan.name, "added", words, of_arrival("project", plan), plan)
            continue
        if was.id != plan.id:
            words = f"project {quoted(plan.name)} has another id: {was.id} -> {plan.id}"
            yield replace(_of_project(plan.id, plan.name, "moved", words, 95), old=was.id, new=plan.id)
        if was != plan:
            yield from plan_changes(was, plan, year)
    kept = set(ids.values())
    unread = {one.id for one in new.broken}
    for name, plan in before.items():
        if name in kept or (only is not None and name not in only):
            continue
        verb = "cannot be read any more" if name in unread else "removed"
        yield replace(
            _of_project(name, plan.name, "removed", f"project {quoted(plan.name)} {verb}", 100), old=plan, new=None
        )
    still = {plan.id for plan in new.plans} | unread
    for name, title in lost.items():
        if name not in still:
            yield _of_project(name, title, "removed", f"project {quoted(title)} removed", 100)


def _of_project(name: str, title: str, what: str, sentence: str, weight: int, new: Plan | None = None) -> Change:  # noqa: PLR0913, PLR0917 - a row
    return Change(
        project=name, kind="project", id=name, name=title, what=what, new=new, sentence=sentence, weight=weight,  # type: ignore[arg-type]
    )  # fmt: skip


def _computed(
    before: Portfolio, after: Portfolio, ids: dict[str, str], only: Container[str] | None
) -> Iterator[Change]:
    known = {one.id: one for one in before.projects}
    for project in after.projects:
        was = known.get(ids.get(project.id, ""))
        if was is not None and was is not project and (only is None or project.id in only):
            yield from consequences(was, project, before, after)


def _once(changes: list[Change]) -> Iterator[Change]:
    """A computed value is not told again where a change that is written says the very same."""
    said = {
        (one.project, str(one.new))
        for one in changes
        if not one.computed and one.told and (one.field or "").split(".")[-1] in _SAYS
    }
    for one in changes:
        again = one.computed and one.field in {"end", "eac"} and (one.project, str(one.new)) in said
        yield replace(one, told=False) if again else one


def _order(one: Change) -> tuple[object, ...]:
    return (-one.weight, one.project or "", one.computed, one.kind, one.id, one.field or "", one.sentence)
