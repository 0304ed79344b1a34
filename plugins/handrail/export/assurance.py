"""What auditors ask of the handbook and of themselves, as tables: conformity clause by clause, findings and their follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.conformity import conformity
from handrail.compute.follow_up import follow_up
from handrail.export.dataset import Dataset, plain
from handrail.export.source import Source

CONFORMITY = (
    "framework", "title", "edition", "current", "clause", "heading", "state", "requirement", "relation", "verified", "checked_by",
    "checked_on", "through",
)  # fmt: skip
FINDINGS = (
    "audit", "id", "title", "project", "requirement", "severity", "state", "response", "action", "owner", "raised_on", "first_due",
    "due", "extended", "days_left", "not_contained", "accepted_by", "verified_by",
)  # fmt: skip


def assurance_tables(source: Source) -> Iterator[Dataset]:
    """The tables `conformity` and `findings`. Findings are for readers inside, and never about a project that is hidden."""
    portfolio, seen = source.portfolio, source.seen
    about = {"as_of": portfolio.as_of.isoformat()}
    rows = []
    for framework in conformity(portfolio.repository):
        for clause in framework.clauses:
            first = {
                "framework": framework.framework, "title": framework.title, "edition": framework.edition, "current": framework.current,
                "clause": clause.clause, "heading": clause.heading or None, "state": clause.state,
            }  # fmt: skip
            through = list(clause.through)
            rows += [
                {**first, "requirement": one.requirement, "relation": one.relation, "verified": one.verified,
                 "checked_by": one.checked_by, "checked_on": plain(one.checked_on), "through": through}
                for one in clause.mapped
            ] or [{**first, **dict.fromkeys(CONFORMITY[7:12]), "through": through}]  # fmt: skip
    yield Dataset(path="conformity", columns=CONFORMITY, rows=tuple(rows), about=about)
    internal = portfolio.repository.organisation.audience == "internal"
    found = follow_up(portfolio.repository, portfolio.as_of) if internal else ()
    yield Dataset(
        path="findings", columns=FINDINGS, about=about,
        rows=tuple(
            {name: plain(getattr(one, name)) for name in FINDINGS}
            for one in found if not one.project or one.project in seen.names
        ),
    )  # fmt: skip
