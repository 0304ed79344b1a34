"""What binds every project: organisation, policy, people, strategy, standards and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from handrail.fields import Entity, fields_of
from handrail.load import remarks as say
from handrail.load.reading import Reading
from handrail.load.tree import MARKER
from handrail.model.kinds import CONTAINERS, PUBLISHED_PATHS, Kind, kind_of
from handrail.model.organisation import Organisation
from handrail.model.policy import Policy
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan, Repository
from handrail.remark import Loc
from handrail.source.words import shown

_POLICIES = frozenset(one.name for one in fields_of(Policy))
_UNNAMED = Organisation(format=1, organisation="This organisation")
SKIPPED = frozenset({"rule cases"})
"""Kinds that only their own command reads."""


@dataclass(slots=True)
class Law:
    """The law as read so far."""

    organisation: Organisation = _UNNAMED
    policies: dict[str, Any] = field(default_factory=dict)
    named: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: list[Any] = field(default_factory=list)
    approvals: list[Any] = field(default_factory=list)
    others: dict[str, list[Entity]] = field(default_factory=dict)

    def repository(self, reading: Reading, plans: tuple[Plan, ...], broken: tuple[BrokenPlan, ...]) -> Repository:
        """Law and plans together."""
        given = {name: MappingProxyType(self.named.get(name, {})) for name in _NAMED.values()}
        return Repository(
            tree=reading.tree, organisation=self.organisation, policy=Policy(**self.policies), plans=plans, broken=broken,
            requests=tuple(self.requests), approvals=tuple(self.approvals),
            others=MappingProxyType({name: tuple(ones) for name, ones in self.others.items()}),
            raw=MappingProxyType(reading.raw), faulty=MappingProxyType(reading.faulty), **given,  # type: ignore[arg-type]
        )  # fmt: skip


_NAMED: Mapping[str, str] = {
    "person": "people", "objective": "objectives", "programme": "programmes", "standard": "standards", "rule": "rules",
}  # fmt: skip


_NAMED_AFTER: Mapping[str, str] = {
    **dict.fromkeys(
        ("module", "session", "playbook", "audit", "finding", "migration", "triage", "proposal", "support answer",
         "pull request log", "exercise"), "id"
    ),
    "quiz": "module",
}  # fmt: skip
"""Kinds whose file is named after them, and the field that says so."""


def read_law(reading: Reading) -> Law:
    """Read everything below `standards/` that is data."""
    law = Law()
    paths = [path for path in reading.tree.paths() if path.startswith("standards/")]
    if MARKER in paths:
        organisation = reading.entity(Organisation, MARKER, None)
        law.organisation = organisation or law.organisation
        reading.currency = law.organisation.currencies[0] if law.organisation.currencies else reading.currency
    else:
        fix = "Add the file with `format: 1` and `organisation: <name>`, or start with `handrail init`."
        reading.refuse(MARKER, "The organisation's settings are missing.", fix, None)
    for path in paths:
        known = kind_of(path)
        hidden = path.split("/")[1] in PUBLISHED_PATHS  # the site will not show it, so it is not law either
        if known is None or path == MARKER or hidden or known[0].name in SKIPPED:
            continue
        _read_one(reading, law, known[0], path)
    return law


def _read_one(reading: Reading, law: Law, kind: Kind, path: str) -> None:
    if kind.key is not None:
        whole = reading.entity(CONTAINERS[kind.key], path, None)
        for one in getattr(whole, kind.key, ()):
            _keep(reading, law, kind, one)
        return
    one = reading.entity(kind.cls, path, None)
    if one is None:
        return
    if kind.name in _POLICIES:
        law.policies[kind.name] = one
    elif kind.name == "request":
        law.requests.append(one)
    elif kind.name == "pmo approval":
        law.approvals.append(one)
    else:
        _check_name(reading, kind, one, path)
        _keep(reading, law, kind, one)


def _keep(reading: Reading, law: Law, kind: Kind, one: Any) -> None:
    """Keep a thing under its id; a second one of the same id is told with both places."""
    if kind.name not in _NAMED:
        law.others.setdefault(kind.name, []).append(one)
        return
    known = law.named.setdefault(_NAMED[kind.name], {})
    if one.id in known:
        reading.remarks.append(say.twice(one.loc, one.id, known[one.id].loc, kind.title.lower(), None))
        return
    known[one.id] = one


def _check_name(reading: Reading, kind: Kind, one: Any, path: str) -> None:
    """A file or folder that is named after what is in it carries its id."""
    key = _NAMED_AFTER.get(kind.name)
    if key is None:
        return
    known = kind_of(path)
    name = known[1]["audit" if kind.name == "audit" else "name"] if known else ""
    given = getattr(one, key)
    if given != name:
        reading.remarks.append(
            say.unreadable(
                Loc(path, (key,)),
                f"It is called `{shown(given)}`, but its file or folder is called `{name}`.",
                f"Write `{key}: {name}`, or rename the file: both carry the same name.",
                project=None,
            )
        )
