"""Whether there is anything to build: the state of the sources and of the site as the last build left them."""

from __future__ import annotations

import os
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

from handrail.clock import day_at, zone_at
from handrail.fast import sealed
from handrail.fast.output import Output
from handrail.fast.sources import State
from handrail.load.known import git_folder
from handrail.load.overlay import VARIABLE, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wanted: the site of a folder, in a folder, on a day."""

    root: Path
    site_dir: Path | None
    as_of: date | None
    strict: bool

    @property
    def told(self) -> tuple[str, ...]:
        """What the command and its surroundings say, beyond files."""
        return (
            str(self.site_dir),
            str(self.as_of),
            str(self.strict),
            os.environ.get("HANDRAIL_AS_OF", ""),
            state_of(os.environ.get(VARIABLE)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished build. written: how many files were. unread: projects whose plans cannot be read."""

    site_dir: Path
    pages: int
    written: int
    warnings: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def cache_of(order: Order) -> Path:
    """The folder for what is kept between builds into one place: in Git's own folder, or hidden beside mkdocs.yml."""
    git = git_folder(order.root)
    name = blake2b(f"{order.root.resolve()}\0{order.site_dir}".encode(), digest_size=6).hexdigest()
    return (git / "handrail" if git else order.root / ".cache" / "handrail") / f"site-{name}"


def unchanged(order: Order) -> tuple[Done | None, State | None]:
    """The last build, if nothing that it follows from has changed and nobody has touched what it wrote.

    And what was seen of the sources, which is worth a second use where there is something to build.
    """
    cache, seen = cache_of(order), None
    with suppress(OSError, ValueError, KeyError, TypeError):
        last = sealed.read(cache / "last.json")
        seen = State(order.root, last["places"], order.told)
        state = copy(seen)
        state.look_at(last["exports"])
        if state.name == last["state"] and last["day"] in {"", today(order.root)}:
            output = Output(Path(last["site_dir"]), cache / "files.json")
            if output.untouched():
                done = Done(
                    site_dir=Path(last["site_dir"]), pages=output.pages(), written=0, warnings=tuple(last["warnings"]),
                    unread=tuple(last["unread"]),
                )  # fmt: skip
                return done, seen
    return None, seen


def today(root: Path) -> str:
    """The day of the clock, which counts where neither a setting nor a commit gives one."""
    return day_at(datetime.now(UTC), zone_at(root)).isoformat()
