"""Notes which parts of plans are read while something is made of all of them.

A page about the portfolio reads a field or two of every plan, and most edits touch other fields. It gets the site with plans
and facts that note the names of their fields when they are read. What is known not to follow from plans has no note; all
that is neither known nor a field counts as a look at anything, so a new field of the site makes a build slower and never
wrong. What a page finds in a memo is noted as it was when that was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from handrail.compute.audience import Seen
from handrail.compute.facts import Memo, Portfolio, Project
from handrail.fast.watch import FREE
from handrail.model.project import Plan
from handrail.model.repository import Repository, Tree
from handrail.remark import Remark, grouped
from handrail.render.view import Site

ANY = "*"
"""Noted for what could follow from anything that stands in a plan."""
STANDS, SAID = "stands", "said"
"""Noted for which remarks there are and what state they are in, and for all that they say; with the id of a rule, of its own."""
EVIDENCE, BETTER, OTHERS, FILES = "evidence", "better", "others", "files"
"""Noted for what Git knows of approvals, the figures of the loop, what other repositories have exported, and which files there are."""
_CALLED: Mapping[type, Mapping[str, str | None]] = {
    Site: {
        "portfolio": None, "seen": None, "memo": None, "pulls": None, "merges": None, "compiled": None, "by_project": STANDS,
        "by_rule": None, "keeping": STANDS, "evidence": EVIDENCE, "better": BETTER,
        "others": OTHERS,
    },
    Seen: {"projects": None, "hidden": None, "remarks": STANDS},
    Repository: {"plans": None, "tree": None, "raw": ANY, "elsewhere": ANY, "faulty": ANY},
    Plan: {"id": None},
    Remark: {
        "rule": None, **dict.fromkeys(("project", "state", "waived_by", "enforce_at", "severity", "level", "due"), STANDS),
    },
    Project: {"plan": None, "as_of": None, "memo": None},
}  # fmt: skip
"""By the name of a field, what is noted for it; None where it has no note of its own. keeping: follows from what is open today, and Git."""

T = TypeVar("T")


class Notes(set[str]):
    """What was read since the last time that all was forgotten.

    A field steps aside once it is noted, as the next thousand plans say nothing new; it is back when notes are forgotten.
    """

    def __init__(self) -> None:
        super().__init__()
        self._aside: list[tuple[type, str, property]] = []

    def aside(self, cls: type, name: str, field: property) -> None:
        """Read a field as the real class has it, until notes are forgotten."""
        delattr(cls, name)
        self._aside.append((cls, name, field))

    def clear(self) -> None:
        """Forget all notes."""
        super().clear()
        for cls, name, field in self._aside:
            setattr(cls, name, field)
        self._aside.clear()


def noting(site: Site, noted: Notes) -> Site:
    """The site for what is made of all projects. `noted` is filled with the names of what is read, while it is read."""
    portfolio, repository, seen = site.portfolio, site.portfolio.repository, site.seen
    plan, facts = _noting(Plan, noted, "plan."), _noting(Project, noted, "facts.")
    known = {
        one.id: _copied(facts, Project, one, plan=_copied(plan, Plan, one.plan), memo=_Memo(noted, one.memo))
        for one in portfolio.projects
    }
    said: dict[str, type[Remark]] = {}
    remarks = tuple(
        _copied(said.get(one.rule) or said.setdefault(one.rule, _noting_remark(one.rule, noted)), Remark, one)
        for one in seen.remarks
    )
    read = _copied(
        _noting_repository(noted), Repository, repository, tree=_Tree(repository.tree, noted),
        plans=tuple(known[one.id].plan for one in repository.plans),
    )  # fmt: skip
    return _copied(
        _noting(Site, noted), Site, site, memo=_Memo(noted, site.memo), by_project=grouped(remarks, "project"),
        by_rule=_ByRule(grouped(remarks, "rule"), noted),
        portfolio=Portfolio(
            as_of=portfolio.as_of, repository=read, projects=tuple(known.values()), broken=portfolio.broken
        ),
        seen=_copied(
            _noting(Seen, noted), Seen, seen, remarks=remarks, projects=tuple(known[one.id] for one in seen.projects),
            hidden=tuple(known[one.id] for one in seen.hidden),
        ),
    )  # fmt: skip


def differing(before: Project, now: Project) -> Iterator[str]:
    """What would have been noted for the fields in which two states of one project differ, and ANY."""
    yield ANY
    for prefix, cls, old, new in (("plan.", Plan, before.plan, now.plan), ("facts.", Project, before, now)):
        for one in fields(cls):
            name = _CALLED[cls].get(one.name, f"{prefix}{one.name}")
            if name is not None and not _same(getattr(old, one.name), getattr(new, one.name)):
                yield name


def _same(one: Any, other: Any) -> bool:
    """Whether two values say the same at the same places; entities that only say the same are equal without that."""
    if one is other:
        return True
    if one.__class__ is not other.__class__:
        return False
    if is_dataclass(one):
        return all(_same(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(map(_same, one.values(), other.values()))
    return bool(one == other)


def _noting(cls: type[T], noted: Notes, prefix: str = "") -> type[T]:
    """The class with fields that are noted when they are read."""
    called, free = _CALLED[cls], FREE.get(cls, frozenset())
    body: dict[str, Any] = {"__slots__": ()}
    for name in _names(cls):
        note = called.get(name, None if name in free else f"{prefix}{name}" if prefix else ANY)
        if note is not None:
            body[name] = _field(name, getattr(cls, name), noted, note)
    return type(f"Noting{cls.__name__}", (cls,), body)


def _noting_remark(rule: str, noted: Notes) -> type[Remark]:
    """How a remark stands is one thing, and what it says another, which every date and name in it changes."""
    body: dict[str, Any] = {"__slots__": ()}
    for name in _names(Remark):
        note = _CALLED[Remark].get(name, SAID)
        if note is not None:
            body[name] = _field(name, getattr(Remark, name), noted, f"{note} {rule}")
    return type("NotingRemark", (Remark,), body)


def _noting_repository(noted: Notes) -> type[Repository]:
    """To give it other plans is no look at what else it holds."""
    made = _noting(Repository, noted)

    def with_plans(one: Repository, plans: tuple[Plan, ...]) -> Repository:
        return _copied(made, Repository, one, plans=plans)

    setattr(made, Repository.with_plans.__name__, with_plans)
    return made


def _field(name: str, slot: Any, noted: Notes, note: str) -> property:
    def read(one: Any) -> Any:
        noted.add(note)
        noted.aside(one.__class__, name, field)
        return slot.__get__(one)

    field = property(read, slot.__set__)
    return field


def _copied(made_of: type[T], cls: type[T], real: T, **instead: Any) -> T:
    """A value of a noting class with the fields of a real one, some of them others instead."""
    made = made_of.__new__(made_of)
    for name in _names(cls):
        slot = getattr(cls, name)
        slot.__set__(made, instead[name] if name in instead else slot.__get__(real))
    return made


def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls))


class _Memo(Memo):
    """Keeps with each value what was noted when it was made; the real one gets the value too."""

    __slots__ = ("_noted", "_notes", "_real")

    def __init__(self, noted: set[str], real: Memo) -> None:
        """noted: where notes go."""
        super().__init__()
        self._noted, self._real = noted, real
        self._notes: dict[str, frozenset[str]] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is kept under a name, and a note of all that it was made from."""
        if name in self._notes:
            self._noted |= self._notes[name]
            return super().once(name, make)
        before = frozenset(self._noted)
        self._noted.clear()
        found = super().once(name, make)
        self._notes[name] = frozenset(self._noted)
        self._noted |= before
        self._real.once(name, lambda: found)
        return found


class _ByRule(Mapping[str, tuple[Remark, ...]]):
    """Remarks by rule."""

    __slots__ = ("_noted", "_real")

    def __init__(self, real: Mapping[str, tuple[Remark, ...]], noted: set[str]) -> None:
        self._real, self._noted = real, noted

    def __getitem__(self, rule: str) -> tuple[Remark, ...]:
        self._noted.add(f"{STANDS} {rule}")
        return self._real[rule]

    def __iter__(self) -> Iterator[str]:
        self._noted.add(STANDS)
        return iter(self._real)

    def __len__(self) -> int:
        self._noted.add(STANDS)
        return len(self._real)


class _Tree:
    """The files: to read one of a plan is a look at anything."""

    __slots__ = ("_noted", "_real")

    def __init__(self, real: Tree, noted: set[str]) -> None:
        self._real, self._noted = real, noted

    def paths(self) -> tuple[str, ...]:
        """Every file by its path."""
        self._noted.add(FILES)
        return self._real.paths()

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        if path.startswith("projects/"):
            self._noted.add(ANY)
        return self._real.read(path)

    def oddities(self) -> Mapping[str, str]:
        """What is no plain file."""
        self._noted.add(ANY)
        return self._real.oddities()
