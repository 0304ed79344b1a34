"""What does not fit the model, before it is known in which file it stands."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.remark import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that does not fit: where, in plain words, and how to mend it. `fatal`: there is more than is listed.

    unknown: the name of a field at the top of a file that its kind does not have, and nothing like it.
    """

    path: Path
    message: str
    fix: str
    fatal: bool = False
    unknown: str = ""
