"""When a board met last, and when it meets next: from what is on record, else from its rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from handrail.compute.board_days import meetings
from handrail.compute.facts import Project
from handrail.model.policy import BoardRecord
from handrail.render.words import day

_YEAR = timedelta(days=366)
_MONTH = timedelta(days=30)


def last_meeting(board: BoardRecord, projects: Iterable[Project], as_of: date) -> tuple[date, str]:
    """The newest day before `as_of` on which the board decided by record, and how that is known.

    A record proves that the board met, its rhythm only that it should have: the rhythm counts where nothing is on record,
    and a month where there is no rhythm either.
    """
    known = [one for one in _decided(board, projects) if one < as_of]
    if known:
        return max(known), f"it is the last day on which the {_called(board)} decided by record"
    planned = list(meetings(board.meets, as_of - _YEAR, as_of - timedelta(days=1))) if as_of - date.min > _YEAR else []
    if planned:
        return planned[-1], f"the {_called(board)} meets every {board.meets}, and no decision of it is on record"
    return as_of - _MONTH, "no earlier meeting is on record"


def next_meeting(board: BoardRecord, as_of: date) -> date | None:
    """The first meeting on that day or later, by the board's rhythm."""
    return next(meetings(board.meets, as_of, as_of + _YEAR), None) if date.max - as_of > _YEAR else None


def _called(board: BoardRecord) -> str:
    return board.name if "board" in board.name.casefold() else f"board {board.name}"


def _decided(board: BoardRecord, projects: Iterable[Project]) -> Iterator[date]:
    """The days of approvals given as the board, and of decisions that name it."""
    for project in projects:
        yield from (one.on for one in project.plan.approvals if one.role == "board")
        yield from (one.on for one in project.plan.decisions if one.decider == board.id and one.on)


def rhythm(board: BoardRecord) -> str:
    """Who sits on a board, and when it meets, in a sentence."""
    chair = f"{board.chair} in the chair" if board.chair else "no chair named"
    others = [one for one in board.members if one != board.chair]
    return f"{chair}; {', '.join(others)}" if others else chair


def meeting_words(when: date | None) -> str:
    """The day a pack is for."""
    return f"for the meeting on {day(when)}" if when else "no next meeting is known"
