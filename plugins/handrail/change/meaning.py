"""One change of what is written or follows from it: the value that rules, reports and pages read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

What = Literal["added", "removed", "moved", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one thing, or of one of its fields.

    project: the project's id, None for what binds everybody. kind: a name of KINDS, or `requirement`. id: what names the
    thing within project and kind. field: the path of the field as the file has it (`budget.approved`), None where the
    whole thing came, went or moved. old, new: values of the model. sentence: for people, without a full stop; it begins
    small unless a name begins it. weight: 0 to 100, the worst first. approved: the field belongs to what was approved.
    computed: it follows from other changes. told: whether the sentence is shown; no where another one says it already.
    """

    project: str | None
    kind: str
    id: str
    what: What
    field: str | None = None
    old: Any = None
    new: Any = None
    sentence: str
    weight: int
    name: str = ""
    approved: bool = False
    computed: bool = False
    told: bool = True
