"""The population of a period: every gate decision, baseline, deviation, approval, role and rule that changed, none left out.

It is read from what each commit of the main line changed against the one before it, so what came in through any branch is
in it, whatever its name, author or date.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from handrail.audit.line import Landed, Line
from handrail.git import Objects, PathChange
from handrail.model.kinds import kind_of
from handrail.source import read_yaml

Sort = Literal["gate decision", "baseline", "deviation", "approval", "role", "rule"]
SORTS: tuple[Sort, ...] = ("gate decision", "baseline", "deviation", "approval", "role", "rule")
ROLES = ("sponsor", "manager", "board", "assurance", "delegates")
"""The fields of a plan that say who holds which role."""
_RULES = frozenset(
    {
        "rule",
        "standard",
        "lifecycle",
        "authority",
        "tiers",
        "thresholds",
        "enforcement",
        "ownership",
        "rates",
        "taxonomy",
    }
)
_DECIDED = frozenset({"approval", "pmo approval"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One thing that happened. key: names it for good. blob: what the file says since; None where it is gone.

    on: when it came in; by_host: by the host's clock. what: in a few words.
    """

    key: str
    sort: Sort
    how: str
    what: str
    project: str | None
    path: str
    blob: str | None
    commit: str
    on: str
    by_host: bool


def population(line: Line) -> tuple[Member, ...]:
    """Every member, in the order in which they came in."""
    objects = Objects(line.git)
    found = tuple(one for landed in line.landed for one in _of(landed, line, objects))
    objects.close()
    return found


def sample(members: tuple[Member, ...], size: int, seed: int) -> tuple[Member, ...]:
    """So many members, drawn by the seed alone: those whose SHA-256 of `seed:key` is smallest.

    The same seed and population give the same sample on every machine, and anybody can draw it again by hand.
    """
    drawn = sorted(members, key=lambda one: (_rank(one, seed), one.key))[:size]
    return tuple(sorted(drawn, key=members.index))


def counts(members: tuple[Member, ...]) -> Mapping[str, int]:
    """How many there are of each sort; those of which there is none too."""
    found = Counter(one.sort for one in members)
    return {sort: found[sort] for sort in SORTS}


def completeness(line: Line) -> Mapping[str, Any]:
    """How it is known that nothing is left out, in plain figures."""
    return {
        "from": line.first.isoformat(), "to": line.last.isoformat(), "head": line.head,
        "tip_before": line.before, "tip_after": line.after, "main_line_commits": line.total,
        "commits_in_period": len(line.landed), "each_follows_the_one_before": line.unbroken,
        "merges": sum(len(one.commit.parents) > 1 for one in line.landed),
        "times_from_host": sum(one.by_host for one in line.landed),
        "records_kept": sum(bool(one.kept) for one in line.landed),
        "paths_changed": len({path.path for one in line.landed for path in one.commit.changes}),
        "paths_that_no_commit_explains": list(line.missed), "commits_dated_backwards": list(line.backwards),
    }  # fmt: skip


def _rank(one: Member, seed: int) -> str:
    return hashlib.sha256(f"{seed}:{one.key}".encode("utf-8", "surrogateescape")).hexdigest()


def _of(landed: Landed, line: Line, objects: Objects) -> Iterator[Member]:
    prefix = line.git.prefix
    for change in sorted(landed.commit.changes, key=lambda one: one.path):
        path = change.path.removeprefix(prefix)
        if not change.path.startswith(prefix) or not path.startswith(("projects/", "standards/")):
            continue
        found = _sorted(path, change, objects)
        if found is None:
            continue
        sort, what = found
        yield Member(
            key=f"{landed.name}:{path}", sort=sort, how=change.how, what=what, blob=change.new, commit=landed.name,
            project=path.split("/")[1] if path.startswith("projects/") else None, path=path, on=landed.stamp,
            by_host=landed.by_host,
        )  # fmt: skip


def _sorted(path: str, change: PathChange, objects: Objects) -> tuple[Sort, str] | None:  # noqa: PLR0911 - one per sort
    known = kind_of(path)
    kind = known[0].name if known else ""
    name = path.rpartition("/")[2].split(".")[0]
    if kind in _DECIDED:
        return _decision(_said(change, objects), name)
    if kind == "baseline":
        return "baseline", f"approved plan {name}"
    if kind == "waiver":
        return "deviation", f"{name} from {_said(change, objects).get('rule', 'a rule')}"
    if kind in _RULES:
        return "rule", _called(kind, path, name)
    if kind == "role change":
        return "role", f"handover {name}"
    if kind == "boards":
        return "role", "members of boards"
    if kind == "person" and _roles(change.old, objects) != _roles(change.new, objects):
        return "role", "roles of people"
    if kind == "project":
        old, new = _mapping(change.old, objects), _mapping(change.new, objects)
        moved = [one for one in ROLES if old.get(one) != new.get(one)]
        return ("role", f"{', '.join(moved)}") if moved else None
    return None


def _called(kind: str, path: str, name: str) -> str:
    """What of the law: rules by their ids, standards by their folders, the policy by its files."""
    return {"rule": f"rule {name.upper()}", "standard": f"standard {path.split('/')[1]}"}.get(kind, f"policy {name}")


def _decision(record: Mapping[str, Any], name: str) -> tuple[Sort, str]:
    subject = record.get("subject")
    about = subject if isinstance(subject, dict) else {}
    what = f"{name}: {record.get('decision', 'decision')} of {about.get('kind', 'something')} {about.get('id', '')}".strip()
    return ("gate decision" if about.get("kind") == "gate" else "approval"), what


def _said(change: PathChange, objects: Objects) -> Mapping[str, Any]:
    return _mapping(change.new or change.old, objects)


def _roles(blob: str | None, objects: Objects) -> Any:
    """Who holds which role for how long, however the file is laid out."""
    people = _mapping(blob, objects).get("people")
    if not isinstance(people, list):
        return None
    found = {
        str(one.get("id")): (one.get("roles"), one.get("from"), one.get("to"))
        for one in people
        if isinstance(one, dict)
    }
    return {name: one for name, one in found.items() if one[0]}


def _mapping(blob: str | None, objects: Objects) -> Mapping[str, Any]:
    """What a file says; nothing where it is gone or cannot be read."""
    if blob is None:
        return {}
    value = read_yaml("blob.yaml", objects.blob(blob)).value
    return value if isinstance(value, dict) else {}
