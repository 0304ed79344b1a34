"""From the mission to the daily decision as tables: every link, what each project adds to which objective, and the gaps."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.returns import returns
from handrail.compute.strategy import Name, contributions, orphans, strategy, uncovered
from handrail.export.dataset import Dataset, Plain
from handrail.export.figures import fine
from handrail.export.source import Source, about

EDGES = ("below_kind", "below", "below_title", "above_kind", "above", "above_title", "weight")
CONTRIBUTIONS = ("objective", "project", "priority", "weight", "budget", "currency", "roi")
GAPS = ("what", "kind", "id", "title")
RETURNS = ("kind", "id", "title", "costs", "benefits", "currency", "roi", "projects", "without")


def strategy_tables(source: Source) -> Iterator[Dataset]:
    """The tables `strategy`, `contributions`, `returns` and `strategy_gaps`, of the projects that are shown."""
    portfolio, seen, told = source.portfolio, source.seen, about(source)
    repository = portfolio.repository.with_plans(tuple(one.plan for one in seen.projects))
    graph = strategy(repository)

    def named(name: Name, side: str) -> dict[str, Plain]:
        return {f"{side}_kind": name[0], side: name[1], f"{side}_title": graph.titles.get(name)}

    yield Dataset(
        path="strategy", columns=EDGES, about=told,
        rows=tuple({**named(one.below, "below"), **named(one.above, "above"), "weight": fine(one.weight)} for one in graph.from_above()),
    )  # fmt: skip
    priorities = {one.id: one.plan.priority for one in seen.projects}
    yield Dataset(
        path="contributions", columns=CONTRIBUTIONS, about=told,
        rows=tuple(
            {"objective": one.objective, "project": one.project, "priority": priorities.get(one.project), "weight": fine(one.weight),
             "budget": one.budget.amount if one.budget else None, "currency": one.budget.currency if one.budget else None, "roi": fine(one.roi)}
            for one in sorted(contributions(repository), key=lambda each: (each.objective, each.project))
        ),
    )  # fmt: skip
    yield Dataset(
        path="returns", columns=RETURNS, about=told,
        rows=tuple(
            {"kind": kind, "id": name, "title": graph.titles.get((kind, name)), "costs": round(one.costs, 2), "benefits": round(one.benefits, 2),
             "currency": repository.currency, "roi": fine(one.roi), "projects": list(one.projects), "without": list(one.without)}
            for (kind, name), one in returns(repository, portfolio.as_of).items()
        ),
    )  # fmt: skip
    gaps = [("uncovered", ("objective", one)) for one in uncovered(repository)]
    gaps += [("leads nowhere", one) for one in orphans(repository)]
    yield Dataset(
        path="strategy_gaps", columns=GAPS, about=told,
        rows=tuple({"what": what, "kind": kind, "id": name, "title": graph.titles.get((kind, name))} for what, (kind, name) in gaps),
    )  # fmt: skip
