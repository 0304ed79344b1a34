"""Commits on a main line and its branches, as a stream for `git fast-import`: the same calls give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What came to the main line. mark, head, base: the commit, the last one of its branch (0 without one), the one before.

    who: its author; others: those besides who wrote a part of it.
    """

    mark: int
    head: int
    base: int
    at: datetime
    who: str
    others: tuple[str, ...]
    title: str


@dataclass
class History:
    """The commits so far, as a stream for `git fast-import`."""

    stream: list[bytes] = field(default_factory=list)
    mark: int = 0
    main: int = 0
    tree: dict[str, str] = field(default_factory=dict)
    clock: datetime = BEFORE_ALL
    landed: list[Landed] = field(default_factory=list)

    def commit(  # noqa: PLR0913 - what a commit is made of
        self,
        who: str,
        day: date,
        message: str,
        change: Mapping[str, str | None],
        parents: tuple[int, ...],
        *,
        main: bool = False,
    ) -> int:
        """Record a commit whose first parent has the tree that is changed. None deletes a file."""
        morning = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        self.clock = max(self.clock + timedelta(minutes=4), morning)
        self.mark += 1
        person = f"{who} <{who}@brightwater.example> {int(self.clock.timestamp())} +0100"
        ref = "refs/heads/main" if main or len(parents) != 1 else "refs/heads/work"
        text = message.encode()
        head = f"commit {ref}\nmark :{self.mark}\nauthor {person}\ncommitter {person}\ndata {len(text)}\n".encode()
        links = "".join(f"{'merge' if i else 'from'} :{one}\n" for i, one in enumerate(parents)).encode()
        self.stream += [head, text, b"\n", links]
        for path, content in sorted(change.items()):
            data = (content or "").encode(errors="surrogateescape")
            line = f"D {path}\n" if content is None else f"M 100644 inline {path}\ndata {len(data)}\n"
            self.stream.append(line.encode() + (b"" if content is None else data + b"\n"))
        return self.mark

    def merge(self, branch: str, day: date, title: str, parts: list[tuple[str, str, dict[str, str | None]]]) -> None:
        """Bring commits (author, message, change) in by a branch of their own."""
        tip, whole = self.main, dict[str, str | None]()
        for who, message, change in parts:
            if change:
                tip = self.commit(who, day, message, change, (tip,))
                whole |= change
        if tip != self.main:
            who, base = parts[0][0], self.main
            self.main = self.commit(who, day, f"Merge branch '{branch}'\n\n{title}\n", whole, (base, tip))
            others = dict.fromkeys(one for one, _, change in parts if change and one != who)
            self.landed.append(
                Landed(mark=self.main, head=tip, base=base, at=self.clock, who=who, others=tuple(others), title=title)
            )
            for path, content in whole.items():
                self.tree.pop(path, None) if content is None else self.tree.update({path: content})

    def direct(self, who: str, day: date, title: str, change: Mapping[str, str | None]) -> None:
        """A commit straight to the main line."""
        base = self.main
        self.main = self.commit(who, day, f"{title}\n", change, (base,), main=True)
        self.landed.append(Landed(mark=self.main, head=0, base=base, at=self.clock, who=who, others=(), title=title))
        for path, content in change.items():
            self.tree.pop(path, None) if content is None else self.tree.update({path: content})
