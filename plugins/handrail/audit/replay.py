"""Every commit of the main line judged once more, by the law that stood before it: what should not have come in, and did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

from handrail.audit.line import Landed, Line
from handrail.compute.evidence import hashed
from handrail.gate import judge_change
from handrail.git import GitFault
from handrail.load import Known
from handrail.remark import Loc, Remark
from handrail.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """What would have stopped a merge: the rule, its words, how to mend it, and where."""

    rule: str
    project: str | None
    message: str
    fix: str
    loc: Loc
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One commit and what the gate says of it. merged_by: who brought it in, as far as anybody knows.

    by_law_of: the tip before. why_not: why it could not be judged. rules: by rule, the projects it remarked upon anew.
    touched: the projects that it changes.
    """

    commit: str
    on: str
    by_host: bool
    merge: bool
    number: int | None
    merged_by: str
    subject: str
    by_law_of: str | None
    stopped: tuple[Stopped, ...]
    bypass: tuple[str, ...]
    touched: tuple[str, ...]
    rules: Mapping[str, tuple[str, ...]]
    why_not: str = ""

    @property
    def blocked(self) -> bool:
        """Whether the gate would have stopped it."""
        return bool(self.stopped)


def replay(root: Path, line: Line, zone: tzinfo, tick: Callable[[int, int], None] | None = None) -> Iterator[Judged]:
    """Judge each commit of a period as the gate would have done on the day it came in."""
    total, known = len(line.landed), Known.passing()
    for number, one in enumerate(line.landed, 1):
        yield _judged(root, one, zone, line.git.prefix, known)
        if tick is not None:
            tick(number, total)


def _judged(root: Path, one: Landed, zone: tzinfo, prefix: str, known: Known) -> Judged:
    if one.parent is None:
        return _row(one, None, why="The first commit of all: nothing was there that could have judged it.")
    try:
        result = judge_change(
            root, one.parent, one.name, today=one.at.astimezone(zone).date(), reviews=one.reviews(), known=known
        )  # fmt: skip
    except GitFault as fault:
        return _row(one, None, why=fault.message)
    touched = {path.path.removeprefix(prefix) for path in one.commit.changes}
    projects = {path.split("/")[1] for path in touched if path.startswith("projects/") and path.count("/") > 1}
    return _row(one, result, projects=tuple(sorted(projects)))


def _row(one: Landed, result: Result | None, *, why: str = "", projects: tuple[str, ...] = ()) -> Judged:
    blocking = [each for each in result.remarks if each.blocks] if result else []
    places = result.places(tuple(blocking)) if result else {}
    anew: dict[str, set[str]] = {}
    for each in result.remarks if result else ():
        if each.state in {"new", "worsened"}:
            anew.setdefault(each.rule, set()).add(each.project or "")
    stopped = tuple(_stopped(each, places) for each in blocking)
    bypass = one.kept.get("bypass")
    return Judged(
        commit=one.name, on=one.stamp, by_host=one.by_host, merge=len(one.commit.parents) > 1, number=one.number,
        merged_by=_who(one, result), subject=one.commit.message.split("\n", 1)[0][:200], by_law_of=one.parent,
        stopped=stopped, why_not=why, touched=projects,
        bypass=tuple(each for each in bypass if isinstance(each, str)) if isinstance(bypass, list) else (),
        rules={rule: tuple(sorted(ones)) for rule, ones in sorted(anew.items())},
    )  # fmt: skip


def _stopped(one: Remark, places: Mapping[Any, Any]) -> Stopped:
    span = places.get(one.loc)
    return Stopped(
        rule=one.rule, project=one.project, message=one.message, fix=one.fix, loc=one.loc, line=span.line if span else None
    )  # fmt: skip


def _who(one: Landed, result: Result | None) -> str:
    """The host's word first; else whoever the directory knows by the commit's own mail, which anybody can type."""
    people = result.portfolio.repository.people.values() if result else ()
    login = one.merged_by
    if login is not None:
        person = next(
            (each.id for each in people if login.casefold() in {x.casefold() for x in each.host.values()}), None
        )
        return person or f"{login} (on the host)"
    mail = hashed(one.commit.author) if one.commit.author else ""
    person = next((each.id for each in people if mail and mail in each.author), None)
    return f"{person} (by the commit)" if person else "not known: no record was kept"
