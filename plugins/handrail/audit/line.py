"""What came to the main line in a period, in which order, and when by the host's own clock where that was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from types import MappingProxyType
from typing import Any

from handrail import english
from handrail.compute.evidence import Review
from handrail.git import Commit, Git, GitFault, Mainline, Objects, changed_paths
from handrail.git.commits import commits_named
from handrail.git.kept import kept_records, kept_reviews, part, text

_STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """One commit of the main line. at: when it came in. by_host: whether the host's clock says so, or only the commit.

    kept: the record that CI made of it; empty where there is none.
    """

    commit: Commit
    at: datetime
    by_host: bool
    kept: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        """The commit's name."""
        return self.commit.name

    @property
    def parent(self) -> str | None:
        """The tip before it."""
        return self.commit.parents[0] if self.commit.parents else None

    @property
    def stamp(self) -> str:
        """When it came in, as a text that sorts."""
        return self.at.astimezone(UTC).strftime(_STAMP)

    @property
    def merged_by(self) -> str | None:
        """Whose login the host names as the one who merged."""
        return text(part(self.kept, "pull").get("merged_by"))

    @property
    def number(self) -> int | None:
        """The pull request's number on the host."""
        number = part(self.kept, "pull").get("number")
        return number if isinstance(number, int) and not isinstance(number, bool) else None

    def reviews(self) -> tuple[Review, ...]:
        """The reviews of the last commit that was merged, as they were kept, said of the merge itself."""
        return tuple(
            Review(login=one.login, host=one.host, state=one.state, commit=self.name, submitted_at=one.submitted_at)
            for one in kept_reviews(self.kept)
        )


@dataclass(frozen=True, kw_only=True)
class Line:
    """The main line in a period. before: the tip when it began, None where the history begins in it. after: when it ended.

    total: commits of the whole line. began: the day of its first. backwards: those whose clock says that they are older than the one they follow.
    """

    git: Git
    head: str
    first: date
    last: date
    landed: tuple[Landed, ...]
    total: int
    began: date
    backwards: tuple[str, ...]

    @property
    def before(self) -> str | None:
        """The tip when the period began."""
        return self.landed[0].parent if self.landed else None

    @property
    def after(self) -> str | None:
        """The tip when it ended."""
        return self.landed[-1].name if self.landed else None

    @property
    def unbroken(self) -> bool:
        """Whether each commit follows the one before it: then none is left out."""
        names = [one.name for one in self.landed]
        return [one.parent for one in self.landed[1:]] == names[:-1]

    @cached_property
    def missed(self) -> tuple[str, ...]:
        """Paths that differ between the period's two ends and that no commit of it touches: always none, or one is lost."""
        if self.before is None or self.after is None:
            return ()
        whole = {one.path for one in changed_paths(self.git, self.before, self.after)}
        return tuple(sorted(whole - {path.path for one in self.landed for path in one.commit.changes}))


def line_of(git: Git, head: str, first: date, last: date, zone: tzinfo) -> Line:
    """The commits that came in from the first day to the end of the last. Raises GitFault for incomplete histories."""
    main = Mainline(git, head)
    names, times = list(main.commits), main.times()
    objects = Objects(git)
    records = kept_records(git, objects)
    stamps = [_time(records.get(name, {}), seconds) for name, seconds in zip(names, times, strict=True)]
    began = stamps[0][0].astimezone(zone).date()
    if last < began:
        raise GitFault(
            f"The history begins on {english.day(began)}: it knows nothing of a period that ends on {english.day(last)}.",
            "Name a later period.",
        )
    inside = [n for n, (at, _) in enumerate(stamps) if first <= at.astimezone(zone).date() <= last]
    # what lies between two commits of the period belongs to it, whatever its own clock says
    span = range(inside[0], inside[-1] + 1) if inside else range(0)
    commits = commits_named(git, [names[n] for n in span], objects)
    objects.close()
    landed = tuple(
        Landed(commit=one, at=stamps[n][0], by_host=stamps[n][1], kept=records.get(one.name, {}))
        for n, one in zip(span, commits, strict=True)
    )
    backwards = tuple(
        one.name for one, n in zip(commits, span, strict=True) if int(one.committed_on.timestamp()) < times[n]
    )
    return Line(
        git=git, head=names[-1], first=first, last=last, landed=landed, total=len(names), backwards=backwards, began=began,
    )  # fmt: skip


def _time(record: Mapping[str, Any], seconds: int) -> tuple[datetime, bool]:
    told = text(record.get("merged_at"))
    try:
        at = datetime.fromisoformat(told) if told else None
    except ValueError:
        at = None
    if at is not None and at.tzinfo is not None:
        return at, True
    try:
        return datetime.fromtimestamp(seconds, UTC), False
    except (OverflowError, ValueError, OSError):
        raise GitFault("A commit of the main line has a date that no calendar has.", "Look with `git log`.") from None
