"""The loop that learns as tables: the figures month by month, every cause before and after its change, every use of a lesson."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.getting_better import MEASURED, values
from handrail.export.dataset import Dataset, Plain, plain
from handrail.export.figures import fine
from handrail.export.source import Source, about

RECURRENCE = ("proposal", "cause", "before", "after", "days", "rate")
USES = ("lesson", "project", "disposition", "where")


def improvement_tables(source: Source) -> Iterator[Dataset]:
    """The tables `improvement`, `recurrence` and `lesson_uses`; none where nobody has looked for the loop's figures."""
    found, seen, told = source.better, source.seen, about(source)
    if found is None:
        return
    why = {
        "unknown_until": plain(found.unknown),
        "why": found.why or None,
        "why_no_balance": found.why_no_balance or None,
    }
    yield Dataset(
        path="improvement", columns=("day", *(one.name for one in MEASURED)), about={**told, **why},
        rows=tuple(
            {"day": one.on.isoformat(), **{name: _plain(value) for name, value in values(one).items()}}
            for one in found.standings
        ),
    )  # fmt: skip
    yield Dataset(
        path="recurrence", columns=RECURRENCE, about=told,
        rows=tuple(
            {"proposal": one.proposal, "cause": one.cause, "before": one.before, "after": one.after, "days": one.days,
             "rate": fine(one.rate)}
            for one in found.now.loop.recurrence
        ),
    )  # fmt: skip
    yield Dataset(
        path="lesson_uses", columns=USES, about=told,
        rows=tuple(
            {"lesson": one.lesson, "project": project.id, "disposition": one.disposition, "where": one.where}
            for project in seen.projects for one in project.plan.lessons_considered
            if one.lesson.split("/")[0] in seen.names
        ),
    )  # fmt: skip


def _plain(value: Plain) -> Plain:
    return value if isinstance(value, int) or value is None else fine(value)
