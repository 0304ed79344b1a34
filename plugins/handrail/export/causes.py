"""Risks of several projects that have one cause, as a table: one line for each risk, so that a cause can be counted by project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.compute.common_causes import common_causes
from handrail.compute.health import ENDED
from handrail.compute.risk import score
from handrail.export.dataset import Dataset, Plain
from handrail.export.source import Source, about

CAUSES = ("kind", "cause", "worst", "projects", "exposure", "currency", "project", "risk", "title", "score", "owner")


def causes_table(source: Source) -> Iterator[Dataset]:
    """The table `common_causes`: what the page of risks shows, of the open projects that are shown."""
    portfolio = source.portfolio
    running = tuple(one for one in source.seen.projects if one.plan.state not in ENDED)
    rows: list[Mapping[str, Plain]] = []
    for one in common_causes(running, portfolio.repository, portfolio.as_of):
        shared = {
            "kind": one.kind, "cause": one.name, "worst": one.worst, "projects": len(one.projects),
            "exposure": one.exposure.amount if one.exposure else None,
            "currency": one.exposure.currency if one.exposure else None,
        }  # fmt: skip
        rows += (
            {**shared, "project": project.id, "risk": risk.id, "title": risk.title, "score": score(risk), "owner": risk.owner}
            for project, risk in one.risks
        )  # fmt: skip
    yield Dataset(path="common_causes", columns=CAUSES, about=about(source), rows=tuple(rows))
