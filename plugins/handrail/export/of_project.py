"""The files of one project: its registers, its calendar and its document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handrail.compute.audience import Seen
from handrail.compute.evidence import Evidence
from handrail.compute.facts import Portfolio, Project
from handrail.export import csv_file, json_file
from handrail.export.calendars import calendar_of
from handrail.export.dataset import Plain
from handrail.export.network import outside_views
from handrail.export.portfolio import document_of, gathered_of, own_datasets
from handrail.remark import Remark


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
    said: dict[str | None, list[Remark]] = {}
    for one in seen.remarks:
        said.setdefault(one.project, []).append(one)
    for project in seen.projects:
        yield from project_files(project, portfolio, seen, said.get(project.id, ()), evidence, views.get(project.id))
