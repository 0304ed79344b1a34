"""From the mission to the daily decision and back: one set of edges, read from above and from below.

An edge leads from what serves to what is served. The executive reads from the mission down, the project manager from a
deliverable up; both walk the same edges, so the two readings cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from handrail.compute import business_case
from handrail.model.money import Money
from handrail.model.project import Deliverable, Plan
from handrail.model.repository import Repository

_ENDED = frozenset({"cancelled", "closed"})
_SERVING = frozenset({"project", "deliverable"})
Name = tuple[str, str]
"""A kind (objective, programme, project, deliverable, decision, request) and an id; items carry their project's: `desk/D1`."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Edge:
    """`below` serves `above`. weight: its part of what `below` is for, where the plan says so."""

    below: Name
    above: Name
    weight: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """Everything that serves something, as nodes with their titles, and edges."""

    titles: Mapping[Name, str]
    edges: tuple[Edge, ...]

    @cached_property
    def _up(self) -> Mapping[Name, tuple[Edge, ...]]:
        return _grouped(self.edges, lambda edge: edge.below)

    @cached_property
    def _down(self) -> Mapping[Name, tuple[Edge, ...]]:
        return _grouped(self.edges, lambda edge: edge.above)

    def above(self, name: Name) -> tuple[Name, ...]:
        """What a thing serves, one step up."""
        return tuple(edge.above for edge in self._up.get(name, ()))

    def below(self, name: Name) -> tuple[Name, ...]:
        """What serves a thing, one step down."""
        return tuple(edge.below for edge in self._down.get(name, ()))

    def from_above(self) -> Iterator[Edge]:
        """The strategic reading: every edge, from what serves nothing else downwards, each once."""
        tops = [name for name in self.titles if not self.above(name)]
        yield from _walk(tops, self._down, lambda edge: edge.below)

    def from_below(self) -> Iterator[Edge]:
        """The executive reading: every edge, from what nothing serves upwards, each once."""
        ends = [name for name in self.titles if not self.below(name)]
        yield from _walk(ends, self._up, lambda edge: edge.above)

    def reaches_top(self, name: Name) -> bool:
        """Whether a thing leads to the mission, or to an objective where no mission is written."""
        seen: set[Name] = set()
        todo = [name]
        while todo:
            one = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            if one[0] == "objective" and (one[1].startswith("MIS") or not self.above(one)):
                return True
            todo += self.above(one)
        return False


def _grouped(edges: tuple[Edge, ...], key: Callable[[Edge], Name]) -> Mapping[Name, tuple[Edge, ...]]:
    found: dict[Name, list[Edge]] = {}
    for edge in edges:
        found.setdefault(key(edge), []).append(edge)
    return {name: tuple(ones) for name, ones in found.items()}


def _walk(starts: list[Name], edges: Mapping[Name, tuple[Edge, ...]], step: Callable[[Edge], Name]) -> Iterator[Edge]:
    """Every edge that can be reached, once. A circle has no end to begin at; its edges are added at last."""
    told: set[Edge] = set()
    todo = [*starts, *edges]
    while todo:
        name = todo.pop(0)
        for edge in edges.get(name, ()):
            if edge not in told:
                told.add(edge)
                yield edge
                todo.insert(0, step(edge))


def strategy(repository: Repository) -> Strategy:
    """The graph of a repository: only edges whose both ends exist; a dangling name is told by the reader."""
    titles: dict[Name, str] = {("objective", one.id): one.statement for one in repository.objectives.values()}
    titles |= {("programme", one.id): one.name for one in repository.programmes.values()}
    edges: list[Edge] = []
    for one in repository.objectives.values():
        edges += _to(("objective", one.id), (one.parent,))
    for programme in repository.programmes.values():
        edges += _to(("programme", programme.id), programme.objectives)
        if programme.part_of:
            edges.append(Edge(below=("programme", programme.id), above=("programme", programme.part_of)))
    for plan in repository.plans:
        edges += _of_plan(plan, titles)
    for request in repository.requests:
        titles["request", request.id] = request.need
        edges += _to(("request", request.id), (request.objective,))
    known = tuple(dict.fromkeys(edge for edge in edges if edge.above in titles and edge.below in titles))
    return Strategy(titles=titles, edges=known)


def _of_plan(plan: Plan, titles: dict[Name, str]) -> Iterator[Edge]:
    own: Name = ("project", plan.id)
    titles[own] = plan.name
    for link in plan.objectives:
        yield Edge(below=own, above=("objective", link.objective), weight=link.weight)
    if plan.why and plan.why.objective and plan.why.objective not in {one.objective for one in plan.objectives}:
        yield Edge(below=own, above=("objective", plan.why.objective))
    if plan.programme:
        yield Edge(below=own, above=("programme", plan.programme))
    for deliverable in plan.deliverables:
        name: Name = ("deliverable", f"{plan.id}/{deliverable.id}")
        titles[name] = deliverable.name
        yield Edge(below=name, above=own)
        yield from _to(name, (deliverable.objective,))
    for decision in plan.decisions:
        name = ("decision", f"{plan.id}/{decision.id}")
        titles[name] = decision.title
        yield Edge(below=name, above=own)


def _to(below: Name, objectives: tuple[str | None, ...]) -> Iterator[Edge]:
    for objective in objectives:
        if objective:
            yield Edge(below=below, above=("objective", objective))


def uncovered(repository: Repository) -> tuple[str, ...]:
    """Active objectives below the mission that no running or finished project serves: itself, by a deliverable, or through
    another objective.
    """
    graph = strategy(repository)
    alive = {plan.id for plan in repository.plans if plan.state != "cancelled"}
    covered: set[Name] = set()
    todo: list[Name] = [one for one in graph.titles if one[0] in _SERVING and one[1].split("/")[0] in alive]
    while todo:
        one = todo.pop()
        if one not in covered:
            covered.add(one)
            todo += graph.above(one)
    return tuple(
        one.id for one in repository.objectives.values()
        if one.status == "active" and not one.id.startswith("MIS") and ("objective", one.id) not in covered
    )  # fmt: skip


def orphans(repository: Repository) -> tuple[Name, ...]:
    """Programmes, running projects and their deliverables that lead to no objective, and programmes without a project."""
    graph = strategy(repository)
    ended = {plan.id for plan in repository.plans if plan.state in _ENDED}
    found = [
        name for name in graph.titles
        if name[0] in {"programme", "project", "deliverable"} and name[1].split("/")[0] not in ended and not graph.reaches_top(name)
    ]  # fmt: skip
    empty = [
        name
        for name in graph.titles
        if name[0] == "programme" and not any(one[0] == "project" for one in graph.below(name))
    ]
    return tuple(dict.fromkeys((*found, *empty)))


def traced(deliverable: Deliverable, plan: Plan, repository: Repository) -> bool:
    """Whether a deliverable serves an objective of its own, or the project's, or one of the project's benefits."""
    if deliverable.objective is not None:
        return deliverable.objective in repository.objectives
    named = plan.objectives or (plan.why is not None and plan.why.objective)
    return bool(named) and bool(plan.benefits or (plan.why is not None and plan.why.benefit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a project adds to one objective: its share of the budget by weight, and the return of its business case."""

    project: str
    objective: str
    weight: Decimal
    budget: Money | None
    roi: Decimal | None


def contributions(repository: Repository) -> tuple[Contribution, ...]:
    """Every project by every objective it names. Weights that are left out share equally what is left of 100%."""
    found = []
    for plan in repository.plans:
        links = {one.objective: one.weight for one in plan.objectives}
        if plan.why and plan.why.objective:
            links.setdefault(plan.why.objective, None)
        left = max(Decimal(1) - sum((one for one in links.values() if one is not None), Decimal(0)), Decimal(0))
        blank = sum(one is None for one in links.values())
        approved = plan.budget.approved if plan.budget else None
        for objective, given in links.items():
            weight = given if given is not None else left / blank
            budget = Money(approved.amount * weight, approved.currency) if approved else None
            roi = business_case.roi(plan.business_case) if plan.business_case else None
            found.append(Contribution(project=plan.id, objective=objective, weight=weight, budget=budget, roi=roi))
    return tuple(found)
