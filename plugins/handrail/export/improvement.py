"""The loop that learns as tables: the figures month by month, every cause before and after its change, every use of a lesson."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.compute.audience import Seen
from handrail.compute.getting_better import MEASURED, Improvement, values
from handrail.export.dataset import Dataset, Plain, plain
from handrail.export.figures import fine

RECURRENCE = ("proposal", "cause", "before", "after", "days", "rate")
USES = ("lesson", "project", "disposition", "where")


def improvement_datasets(found: Improvement, seen: Seen, about: Mapping[str, Plain]) -> Iterator[Dataset]:
    """The tables `improvement`, `recurrence` and `lesson_uses`."""
    why = {
        "unknown_until": plain(found.unknown),
        "why": found.why or None,
        "why_no_balance": found.why_no_balance or None,
    }
    yield Dataset(
        path="improvement", columns=("day", *(one.name for one in MEASURED)), about={**about, **why},
        rows=tuple(
            {"day": one.on.isoformat(), **{name: _plain(value) for name, value in values(one).items()}}
            for one in found.standings
        ),
    )  # fmt: skip
    yield Dataset(
        path="recurrence", columns=RECURRENCE, about=about,
        rows=tuple(
            {"proposal": one.proposal, "cause": one.cause, "before": one.before, "after": one.after, "days": one.days,
             "rate": fine(one.rate)}
            for one in found.now.loop.recurrence
        ),
    )  # fmt: skip
    yield Dataset(
        path="lesson_uses", columns=USES, about=about,
        rows=tuple(
            {"lesson": one.lesson, "project": project.id, "disposition": one.disposition, "where": one.where}
            for project in seen.projects for one in project.plan.lessons_considered
            if one.lesson.split("/")[0] in seen.names
        ),
    )  # fmt: skip


def _plain(value: Plain) -> Plain:
    return value if isinstance(value, int) or value is None else fine(value)
