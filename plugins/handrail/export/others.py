"""What other repositories have exported, as tables beside the own ones: each with its source, its day and its age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from handrail.compute.other_portfolios import OtherPortfolio, OtherProject
from handrail.export.dataset import Dataset, plain
from handrail.export.source import Source

REPOSITORIES = (
    "repository",
    "as_of",
    "age_days",
    "stale",
    "open_projects",
    "red",
    "amber",
    "green",
    "not_known",
    "restricted",
    "fault",
)
PROJECTS = ("repository", "as_of", *(one.name for one in fields(OtherProject)))


def others_tables(source: Source) -> Iterator[Dataset]:
    """The tables `other_repositories` and `other_projects`, empty where the organisation names no other repository."""
    found, about = source.others, {"as_of": source.portfolio.as_of.isoformat()}
    yield Dataset(
        path="other_repositories", columns=REPOSITORIES, rows=tuple(_repository(one) for one in found), about=about
    )
    yield Dataset(
        path="other_projects", columns=PROJECTS, about=about,
        rows=tuple(
            {"repository": one.name, "as_of": plain(one.as_of), **{name: plain(getattr(each, name)) for name in PROJECTS[2:]}}
            for one in found for each in one.projects
        ),
    )  # fmt: skip


def _repository(one: OtherPortfolio) -> dict[str, object]:
    colours = one.colours or {}
    return {
        "repository": one.name, "as_of": plain(one.as_of), "age_days": one.age, "stale": one.stale, "open_projects": one.total,
        **{name.replace(" ", "_"): colours.get(name, 0) for name in ("red", "amber", "green", "not known")},
        "restricted": one.restricted, "fault": one.fault or None,
    }  # fmt: skip
