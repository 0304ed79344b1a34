"""Progress for whatever takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from handrail.cli.terminal import today
from handrail.clock import zone_at
from handrail.model.repository import Tree
from handrail.result import Result
from handrail.run import run

_PATIENCE = 1.0
_STEP = 0.1


class Progress:
    """Counts on standard error once a second has passed; a pipe or a log never sees it."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._on = sys.stderr.isatty()
        self._start = self._last = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def tick(self, done: int, total: int) -> None:
        """So many are done."""
        if not self._on:
            return
        now = time.monotonic()
        if now - self._start < _PATIENCE or now - self._last < _STEP:
            return
        self._last = now
        self._shown = True
        sys.stderr.write(f"\r{self._what}: {done:,} of {total:,}")
        sys.stderr.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()


def judged(root: Path, as_of: date | None, tree: Tree | None = None) -> Result:
    """Read, compute and judge a repository, with progress; its files, or a revision of them."""
    with Progress("Reading plans") as progress:
        return run(root, today=today(zone_at(root)), as_of=as_of, tick=progress.tick, tree=tree)
