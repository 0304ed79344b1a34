"""How far the handbook answers to frameworks from outside: clause by clause covered, partly, not, or not verified.

A statement about the handbook, not about projects: whether they keep its requirements is what a check says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handrail.model.frameworks import Crossing, Framework
from handrail.model.organisation import CrosswalkEntry
from handrail.model.repository import Repository

State = Literal["covered", "partly", "not", "unverified"]
STATES: tuple[State, ...] = ("covered", "partly", "unverified", "not")
_FAR = {"covers": "covered", "extends": "covered", "partly": "partly"}
_Map = CrosswalkEntry | Crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """One requirement that maps to a clause, and whether somebody has looked."""

    requirement: str
    relation: str
    verified: bool
    checked_by: str | None
    checked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseFact:
    """One clause. heading: empty where the framework's file does not list it. through: clauses below it that are mapped."""

    clause: str
    heading: str
    state: State
    mapped: tuple[Mapped, ...]
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformity:
    """One edition of a framework. listed: whether its clauses are listed, so that what is missing can be said at all."""

    framework: str
    title: str
    edition: str
    current: bool
    withdrawn_on: date | None
    listed: bool
    clauses: tuple[ClauseFact, ...]

    @property
    def counts(self) -> Mapping[State, int]:
        """How many clauses there are of each state; those of which there is none too."""
        found = Counter(one.state for one in self.clauses)
        return {state: found[state] for state in STATES}


def conformity(repository: Repository) -> tuple[Conformity, ...]:
    """Every edition of every framework, in the order of the files."""
    mapped: dict[tuple[str, str], dict[str, list[Mapped]]] = {}
    for framework, edition, clause, one in _crossings(repository):
        mapped.setdefault((framework, edition), {}).setdefault(clause, []).append(one)
    return tuple(
        Conformity(
            framework=one.id, title=one.title, edition=edition.edition, current=edition.current,
            withdrawn_on=edition.withdrawn_on, listed=bool(edition.clauses),
            clauses=tuple(_clauses(edition.clauses, mapped.get((one.id, edition.edition), {}))),
        )
        for one in repository.every(Framework)
        for edition in one.editions
    )  # fmt: skip


def _crossings(repository: Repository) -> Iterator[tuple[str, str, str, Mapped]]:
    """Mappings of requirements that bind, from the standards and from the frameworks' own files."""
    bind = set()
    for standard in repository.standards.values():
        if standard.status != "active":
            continue
        for requirement in standard.requirements:
            bind.add(requirement.id)
            for one in requirement.external:
                yield one.framework, one.edition, one.clause, _mapped(requirement.id, one)
    for framework in repository.every(Framework):
        for each in framework.crosswalk:
            if each.requirement in bind:
                yield framework.id, each.edition, each.clause, _mapped(each.requirement, each)


def _mapped(requirement: str, one: _Map) -> Mapped:
    return Mapped(
        requirement=requirement, relation=one.relation, verified=one.status == "verified", checked_by=one.checked_by,
        checked_on=one.checked_on,
    )  # fmt: skip


def _clauses(listed: Mapping[str, str], mapped: Mapping[str, list[Mapped]]) -> Iterator[ClauseFact]:
    for clause in sorted({*listed, *mapped}, key=_in_order):
        own = tuple(dict.fromkeys(mapped.get(clause, ())))
        below = tuple(sorted((one for one in mapped if one.startswith(f"{clause}.")), key=_in_order))
        inner = [one for name in below for one in mapped[name]]
        yield ClauseFact(
            clause=clause, heading=listed.get(clause, ""), state=_state(own, inner), mapped=own, through=below
        )  # fmt: skip


def _state(own: Iterable[Mapped], inner: Iterable[Mapped]) -> State:
    """The best that was verified; what only clauses below it are mapped to is partly covered."""
    far = {_FAR[one.relation] for one in own if one.verified}
    if "covered" in far:
        return "covered"
    if far or any(one.verified for one in inner):
        return "partly"
    return "unverified" if [*own, *inner] else "not"


def _in_order(clause: str) -> tuple[tuple[int, int | str], ...]:
    """4.10 after 4.9, and numbers before words."""
    return tuple((0, int(part)) if part.isascii() and part.isdigit() else (1, part) for part in clause.split("."))
