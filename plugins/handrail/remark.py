"""What is the matter, where it stands and how to mend it: the one type that every check returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, NamedTuple

Path = tuple[str | int, ...]
Level = Literal["must", "should", "may"]
EnforceAt = Literal["merge", "gate", "watch"]
State = Literal["new", "worsened", "existing", "waived"]
Severity = Literal["critical", "major", "minor"]

SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor")
ENFORCE_AT: tuple[EnforceAt, ...] = ("merge", "gate", "watch")


class Span(NamedTuple):
    """A stretch of a file. Lines and columns start at 1 and count code points; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Loc:
    """Where a value stands: a file and the keys that lead to it.

    Positions are not kept in memory: the file is scanned again for the few places that are shown
    (`source.locate`). `span` is set only where no path leads to the place, as in a syntax error.
    """

    file: str
    path: Path = ()
    span: Span | None = None

    def at(self, *more: str | int) -> Loc:
        """The place of a value further down."""
        return Loc(self.file, self.path + more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A second place that belongs to a remark, with a few words on why."""

    loc: Loc
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that a check has to say. `message` is for people: plain words, no ids or paths in its first sentence.

    rule: the id of the rule that speaks, such as `RSK-01`. level: how strongly the standard binds.
    enforce_at: when it bites. measure: a figure that may worsen, for the ratchet. fingerprint: stable across
    edits elsewhere (see `fingerprint`). project: the project's id, None for what belongs to the organisation.
    due: the gate for which it is needed is recorded by the very change that is judged.
    """

    rule: str
    level: Level
    enforce_at: EnforceAt
    loc: Loc
    message: str
    fix: str = ""
    severity: Severity = "major"
    help_url: str = ""
    fingerprint: str = ""
    measure: Decimal | None = None
    state: State = "new"
    project: str | None = None
    related: tuple[Related, ...] = ()
    waived_by: str | None = None
    due: bool = False

    @property
    def blocks(self) -> bool:
        """Whether this remark stops a pull request: one of `gate` stops only the one that records the gate."""
        if self.due:
            return self.state != "waived"
        return self.enforce_at == "merge" and self.state in {"new", "worsened"}


def fingerprint(rule: str, project: str | None, pointer: str) -> str:
    """A name for "the same remark again": rule, project and an id-based pointer such as `/risks/R-003/owner`.

    Line numbers and list positions stay out of it, so that an edit elsewhere does not make an old remark new.
    """
    import hashlib  # noqa: PLC0415 - 3 ms that a run without remarks does not need

    text = f"{rule}\0{project or ''}\0{pointer}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def grouped(remarks: tuple[Remark, ...], attribute: str) -> Mapping[str, tuple[Remark, ...]]:
    """Remarks by their rule or their project; what belongs to none has an empty name."""
    found: dict[str, list[Remark]] = {}
    for one in remarks:
        found.setdefault(getattr(one, attribute) or "", []).append(one)
    return MappingProxyType({name: tuple(ones) for name, ones in found.items()})
