"""What every host says about a pull request, in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from handrail.compute.evidence import Review


class ReviewsFault(Exception):  # noqa: N818 - the word of this house for what does not fit
    """The exported file is not what the host documents; the text says what is missing."""


class Run(NamedTuple):
    """One run of the gate that has ended. at: when, as the host writes it; None where it does not say."""

    passed: bool
    at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """A pull request. head: its newest commit. merged_at, merge_commit, merged_by: None before it is merged.

    opened: when. runs: those of the gate, the oldest first; None where the export does not tell them. reviews: the last word of each reviewer but the author, whatever commit it was about; comments take nothing back.
    """

    host: str
    number: int
    author: str
    head: str
    base: str | None = None
    merged_at: str | None = None
    merge_commit: str | None = None
    merged_by: str | None = None
    opened: str | None = None
    runs: tuple[Run, ...] | None = None
    reviews: tuple[Review, ...] = ()
    withdrawn: tuple[Review, ...] = ()


def text(value: Any) -> str:
    """A text that must be there. Raises TypeError for anything else."""
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def maybe(value: Any) -> str | None:
    """A text, if it is one."""
    return value if isinstance(value, str) and value else None


def listed(value: Any) -> list[Mapping[str, Any]]:
    """A list of objects, or the pages of one. Raises TypeError for anything else."""
    if not isinstance(value, list):
        raise TypeError
    flat = [one for page in value for one in (page if isinstance(page, list) else [page])]
    if not all(isinstance(one, Mapping) for one in flat):
        raise TypeError
    return flat


def last_words(reviews: Iterable[Review], author: str) -> tuple[Review, ...]:
    """The last review of each person that says yes or no; nobody reviews their own."""
    last: dict[str, Review] = {}
    said = (one for one in reviews if one.state != "commented")
    for one in sorted(said, key=lambda one: one.submitted_at or ""):
        if one.login.casefold() != author.casefold():
            last[one.login.casefold()] = one
    return tuple(last.values())
