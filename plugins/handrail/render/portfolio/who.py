"""Small pieces that several pages about the portfolio share: links to projects, days that have passed, people."""

from __future__ import annotations

from datetime import date

from handrail.compute.facts import Project
from handrail.render import words
from handrail.render.table import Cell


def linked(project: Project, anchor: str = "", sub: str = "") -> Cell:
    """A project by its name, leading to a part of its page."""
    return Cell(
        project.plan.name,
        href=f"projects/{project.id}/{f'#{anchor}' if anchor else ''}",
        sub=sub,
        sort=project.plan.name.casefold(),
    )


def until(day: date | None, today: date, otherwise: str = "no day") -> Cell:
    """A day by which something open is due; marked once it has passed."""
    late = day is not None and day < today
    return Cell(
        words.day(day, otherwise), sort=day.isoformat() if day else "9999", sub=f"{words.count((today - day).days, 'day')} overdue" if late and day else "",
        tone="late" if late else "",
    )  # fmt: skip


def when(day: date | None, otherwise: str = "") -> Cell:
    """A day that is only told."""
    return Cell(words.day(day, otherwise), sort=day.isoformat() if day else "")


def person(handle: str | None) -> Cell:
    """A person, or plainly nobody."""
    return Cell(handle) if handle else Cell("nobody", tone="missing")
