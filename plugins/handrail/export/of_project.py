"""The files of one project: its registers, its calendar and its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handrail.compute.approval_facts import approval_facts
from handrail.compute.audience import Seen
from handrail.compute.evidence import Evidence
from handrail.compute.facts import Portfolio, Project
from handrail.export import csv_file, json_file
from handrail.export.calendars import calendar_of
from handrail.export.dataset import Dataset, Plain
from handrail.export.figures import figures_of, fine
from handrail.export.network import interface_rows, network_of, order_rows, outside_views
from handrail.export.portfolio import project_row
from handrail.export.registers import register, registers_of
from handrail.remark import Remark, grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A project that is shown, with its row and its registers."""

    project: Project
    row: Mapping[str, Plain]
    registers: Mapping[str, list[Mapping[str, Plain]]]


def gathered_of(project: Project, portfolio: Portfolio, seen: Seen, remarks: Sequence[Remark]) -> Gathered:
    """Work out what is exported of one project. `remarks`: those about it."""
    registers = {name: register(project, name, kind, seen) for name, kind in registers_of()}
    return Gathered(project=project, row=project_row(project, portfolio, remarks), registers=registers)


def own_datasets(one: Gathered) -> Iterator[Dataset]:
    """A project's own registers."""
    for name, rows in one.registers.items():
        if rows:
            yield Dataset(
                path=f"projects/{one.project.id}/{name}",
                columns=tuple(rows[0]),
                rows=tuple(rows),
                project=one.project.id,
            )


def project_files(  # noqa: PLR0913, PLR0917 - what is written, and what is known beside it
    project: Project,
    portfolio: Portfolio,
    seen: Seen,
    remarks: Sequence[Remark] = (),
    evidence: Mapping[str, Evidence] | None = None,
    outside: Mapping[str, Plain] | None = None,
    address: str = "",
) -> Iterator[tuple[str, bytes]]:
    """Path below `data/` and bytes of each. `remarks`: those about it. `outside`: its part of `outside_views`.

    `address`: where the site is published.
    """
    gathered = gathered_of(project, portfolio, seen, remarks)
    for one in own_datasets(gathered):
        yield f"{one.path}.csv", csv_file.write(one).encode()  # in JSON they stand in the document
    yield f"projects/{project.id}.ics", calendar_of(project, portfolio, address).encode()
    document = document_of(gathered, portfolio, seen, {} if evidence is None else evidence, outside)
    yield f"projects/{project.id}.json", json_file.dump(document).encode()


def files_of_projects(
    portfolio: Portfolio, seen: Seen, evidence: Mapping[str, Evidence] | None
) -> Iterator[tuple[str, bytes]]:
    """The files of every project that is shown."""
    views = outside_views(portfolio, seen.projects)
    said = grouped(seen.remarks, "project")
    for project in seen.projects:
        yield from project_files(project, portfolio, seen, said.get(project.id, ()), evidence, views.get(project.id))


def document_of(
    one: Gathered,
    portfolio: Portfolio,
    seen: Seen,
    evidence: Mapping[str, Evidence],
    outside: Mapping[str, Plain] | None,
) -> Mapping[str, Plain]:
    """The document of a project that is shown: its row, the reasons of its colours, and its registers.

    `outside`: what the own past says of it, as `outside_views` has worked it out for all.
    """
    project, repository = one.project, portfolio.repository
    health = project.health
    colours = {
        name: {"colour": given.colour, "why": given.why, "used": fine(given.used), "figure": fine(given.figure)}
        for name, given in health.dimensions.items()
    }
    return {
        "as_of": portfolio.as_of.isoformat(), **one.row, "why": health.overall.why, "colours": colours,
        **{name: rows for name, rows in one.registers.items() if rows},
        "figures": figures_of(project, repository), "schedule": network_of(project, repository), "outside_view": outside,
        "interfaces": interface_rows(project, portfolio, seen), "orders": order_rows(project, repository),
        "evidence": [
            {
                "approval": fact.approval.id, "grade": fact.grade, "required": fact.required, "why": fact.why,
                "from_history": fact.seen, "lacks": fact.lacks,
            }
            for fact in approval_facts(project.plan, repository, evidence)
        ],
    }  # fmt: skip
