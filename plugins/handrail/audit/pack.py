"""The evidence pack of an audit: plain files made from the history alone, so that the same question gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from handrail import __version__
from handrail.audit.bundle import MANIFEST
from handrail.audit.compliance import Kept, compliance
from handrail.audit.line import Line, line_of
from handrail.audit.page import page
from handrail.audit.population import completeness, counts, population, sample
from handrail.audit.replay import Judged, replay
from handrail.compute.approval_facts import approval_facts
from handrail.compute.conformity import conformity
from handrail.compute.evidence import rank
from handrail.compute.follow_up import follow_up
from handrail.git import Git, Objects, RevisionTree, resolve
from handrail.git.objects import missing
from handrail.history import zone_of
from handrail.load.tree import MARKER
from handrail.remark import Loc, Span
from handrail.result import Result
from handrail.run import run
from handrail.source import read_yaml, spans
from handrail.witness import remembered

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that a pack depends on besides the history: nothing of the machine, and not today.

    at: what was asked for, a tag or another name. commit: what it meant then. judged_on: the day of the figures.
    """

    audit: str
    at: str
    commit: str
    first: date
    last: date
    size: int
    seed: int
    judged_on: date


Tick = Callable[[int, int], None]


def question(  # noqa: PLR0913 - what an audit is asked
    root: Path, audit: str, at: str, *, first: date, last: date, size: int, seed: int
) -> Question:
    """Fix what is meant: the commit, and the day on which it is judged. Raises GitFault."""
    git = Git(root)
    commit = resolve(git, at)
    organisation = _organisation(RevisionTree(git, commit))
    fixed = organisation.get("as_of")
    day = date.fromisoformat(fixed) if isinstance(fixed, str) and _is_day(fixed) else last
    return Question(audit=audit, at=at, commit=commit, first=first, last=last, size=size, seed=seed, judged_on=day)


def line_for(root: Path, asked: Question) -> Line:
    """The main line of the period, in the organisation's time zone. Raises GitFault."""
    git = Git(root)
    return line_of(git, asked.commit, asked.first, asked.last, _zone(RevisionTree(git, asked.commit)))


def pack(root: Path, asked: Question, tick: Tick | None = None) -> dict[str, bytes]:
    """Every file of the pack by its name, the manifest among them. Raises GitFault."""
    git = Git(root)
    tree = RevisionTree(git, asked.commit)
    line = line_for(root, asked)
    replayed = tuple(replay(root, line, _zone(tree), tick))
    result = run(root, today=asked.last, as_of=asked.judged_on, tree=tree)
    members = population(line)
    drawn = sample(members, asked.size, asked.seed)
    matrix = compliance(result, replayed)
    tables: dict[str, Any] = {
        "audit": _about(asked, tree),
        "completeness": {**completeness(line), "counts": counts(members), "members": len(members)},
        "population": members,
        "sample": {"size": asked.size, "seed": asked.seed, "rule": "smallest SHA-256 of `seed:key`", "members": drawn},
        "commits": [commit_row(one) for one in replayed],
        "compliance": _matrix(matrix, result),
        "approvals": _approvals(root, asked, result, line),
        "conformity": [{**plain(one), "counts": one.counts} for one in conformity(result.portfolio.repository)],
        "follow_up": follow_up(result.portfolio.repository, asked.judged_on),
        "files": _files(git, tree),
    }
    found = {f"{name}.json": dump(value) for name, value in tables.items()}
    found["index.html"] = page({name: plain(value) for name, value in tables.items()}).encode()
    found[MANIFEST] = manifest(found)
    return dict(sorted(found.items()))


def manifest(files: Mapping[str, bytes]) -> bytes:
    """SHA-256 of every file, by name."""
    return dump({"files": {name: sha256(data) for name, data in sorted(files.items()) if name != MANIFEST}})


def sha256(data: bytes) -> str:
    """As hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def dump(value: Any) -> bytes:
    """JSON that is the same on every machine."""
    return (json.dumps(plain(value), indent=1, ensure_ascii=True) + "\n").encode()


def plain(value: Any) -> Any:
    """Any value in the terms of JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _about(asked: Question, tree: RevisionTree) -> Mapping[str, Any]:
    organisation = _organisation(tree)
    return {
        "format": FORMAT, "handrail": __version__, "organisation": organisation.get("organisation"), **asdict(asked),
        "standards": tree.law, "projects": dict(sorted(tree.folders.items())),
        "confidential": "Holds every project, restricted ones too: for the auditor and whoever the auditor chooses.",
    }  # fmt: skip


def commit_row(one: Judged) -> Mapping[str, Any]:
    """One commit of the main line with its verdict, in plain terms."""
    stopped = [
        {"rule": each.rule, "project": each.project, "message": each.message, "fix": each.fix, "file": each.loc.file, "line": each.line}
        for each in one.stopped
    ]  # fmt: skip
    return {**plain(one), "stopped": stopped, "would_have_been_blocked": one.blocked}


def _matrix(matrix: tuple[Kept, ...], result: Result) -> list[Mapping[str, Any]]:
    def read(file: str) -> bytes | None:
        try:
            return result.tree.read(file)
        except OSError:
            return None

    locs = dict.fromkeys(proof.loc for one in matrix for proof in one.proofs if proof.loc and proof.loc.path)
    places = spans(locs, read)
    return [
        {**plain(one), "proofs": [_proof(each.rule, each.says, each.value, each.loc, places) for each in one.proofs]}
        for one in matrix
    ]


def _proof(rule: str, says: str, value: str, loc: Loc | None, places: Mapping[Loc, Span]) -> Mapping[str, Any]:
    span = places.get(loc) if loc else None
    return {
        "rule": rule, "says": says, "value": value, "file": loc.file if loc else "",
        "line": span.line if span else None, "column": span.column if span else None,
    }  # fmt: skip


def _approvals(root: Path, asked: Question, result: Result, line: Line) -> list[Mapping[str, Any]]:
    """Every approval with its grade; what CI kept of the merge counts where it knows more than the history."""
    kept: dict[tuple[str, str], Mapping[str, Any]] = {}
    for landed in line.landed:
        told = landed.kept.get("approvals")
        for one in told if isinstance(told, list) else ():
            if isinstance(one, dict) and one.get("grade") in {"A", "B", "M", "C"}:
                kept[str(one.get("project")), str(one.get("id"))] = one
    found: list[Mapping[str, Any]] = []
    repository, projects = result.portfolio.repository, result.portfolio.projects
    evidence = remembered(root, asked.commit, [one.loc.file for each in projects for one in each.plan.approvals])
    for project in projects:
        for fact in approval_facts(project.plan, repository, evidence):
            given, seen = fact.approval, evidence.get(fact.approval.loc.file)
            more = kept.get((project.id, given.id))
            better = more is not None and rank(more["grade"]) > rank(fact.grade)
            grade = more["grade"] if more is not None and better else fact.grade
            found.append(
                {"project": project.id, "id": given.id, "decision": given.decision, "kind": given.subject.kind,
                 "subject": given.subject.id, "by": given.by, "role": given.role, "on": given.on, "value": given.value,
                 "counts": fact.lacks is None, "lacks": fact.lacks, "grade": grade, "required": fact.required,
                 "below_policy": rank(grade) < rank(fact.required),
                 "why": f"{more.get('why')} (kept at the merge)" if more is not None and better else fact.why,
                 "file": given.loc.file, "commit": seen.commit if seen else None}
            )  # fmt: skip
    return found


def _files(git: Git, tree: RevisionTree) -> list[Mapping[str, Any]]:
    """Every file that was judged: its name in Git, and a hash that does not rest on Git."""
    paths = tree.paths()
    blobs = {path: str(tree.blob(path)) for path in paths}
    objects = Objects(git)
    there = objects.many(blobs.values())
    objects.close()
    found: list[Mapping[str, Any]] = []
    for path in paths:
        one = there.get(blobs[path])
        if one is None:
            raise missing(blobs[path])
        # of a large file only the beginning is kept in memory
        data = one.data if one.size == len(one.data) else git.sealed("cat-file", "blob", one.name)[1]
        found.append({"path": path, "blob": blobs[path], "size": len(data), "sha256": sha256(data)})
    return found


def _organisation(tree: RevisionTree) -> Mapping[str, Any]:
    try:
        value = read_yaml(MARKER, tree.read(MARKER)).value
    except FileNotFoundError:
        value = None
    return value if isinstance(value, dict) else {}


def _zone(tree: RevisionTree) -> Any:
    name = _organisation(tree).get("timezone")
    return zone_of(name if isinstance(name, str) else "UTC")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
