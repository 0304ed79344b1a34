"""What is known of a change besides the two portfolios: its paths, the law it proposes, and who recorded what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from handrail.compute.evidence import Evidence
from handrail.model.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One path that a change touches, from the top of the repository, and what became of it."""

    path: str
    how: Literal["added", "removed", "changed"] = "changed"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Pull:
    """A change as Git tells it. The portfolios beside it are both judged by the law of the target.

    touched: every path that differs; a file that was moved is removed at one place and added at another. was, proposed: what
    stood before and what would stand after, each with the law of its own side. recorders: by path of an approval that the
    change adds or alters, the handles of the commits' authors; an author whom the directory does not know is left out.
    evidence: by the same paths, what is known of how the record came in. target: what the change is held against, as it was
    named: a branch, tag or commit.
    """

    touched: tuple[Touched, ...] = ()
    was: Repository | None = None
    proposed: Repository | None = None
    recorders: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))
    target: str = ""
