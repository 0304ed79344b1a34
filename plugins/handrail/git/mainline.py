"""The main line of a history: the commits that were its tip, one after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import accumulate

from handrail.git.process import Git
from handrail.git.revisions import refuse_incomplete, resolve


class Mainline:
    """The first-parent commits up to a head, the oldest first.

    Raises GitFault for a shallow or partial clone, where days would be looked for that are not there.
    """

    def __init__(self, git: Git, head: str = "HEAD") -> None:
        refuse_incomplete(git)
        told = git.sealed("log", "--first-parent", "--reverse", "--format=%H %ct", resolve(git, head))[1].decode()
        pairs = [line.split(" ") for line in told.splitlines()]
        self.commits: Sequence[str] = tuple(name for name, _ in pairs)
        # a clock that went wrong dates a commit before the one it follows: it cannot have been there earlier
        self._times = list(accumulate((int(time) for _, time in pairs), max))

    def times(self) -> Sequence[int]:
        """When each commit became the tip, in seconds since 1970, as its committer's clock said."""
        return tuple(self._times)

    def began(self, zone: tzinfo) -> date:
        """The day of the first commit in that time zone."""
        return datetime.fromtimestamp(self._times[0], zone).date()

    def at(self, day: date, zone: tzinfo) -> str | None:
        """The commit that was the tip when a day ended in that time zone; None before the first."""
        end = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
        found = bisect_right(self._times, int(end.timestamp()) - 1)
        return self.commits[found - 1] if found else None
