"""One cause behind risks of several projects: each project sees one of them, nobody sees what happens when it strikes all.

A cause is recognised by words that stand in the plans, in three ways, and nothing is guessed:

* cause: the same words under `cause`, letter by letter, but for capitals, spaces and a full stop at the end;
* supplier: the name of a party with an open contract in one of the projects, as whole words in the risk's title, cause, event
  or effect;
* tag: a word of the taxonomy that the risk has in its own field `tags`, or that its project carries and that stands as a
  whole word in the risk's title, cause or event.

Only open threats count, and a cause is one only where they belong to at least two projects. Other spellings of a name, or
the same thing in other words, are not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from handrail.compute.currency import convert
from handrail.compute.facts import Project
from handrail.compute.risk import exposure, open_threats, score
from handrail.model.money import Money
from handrail.model.registers import Risk
from handrail.model.repository import Repository

Kind = Literal["cause", "supplier", "tag"]
_ORDER: tuple[Kind, ...] = ("cause", "supplier", "tag")
_SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCause:
    """One cause and the open threats that share it, each with its project; the highest score stands first.

    kind: how it was recognised. name: the words, the party or the tag as first written. worst: the highest score, 1 to 25;
    None where none of them is assessed. exposure: the sum of probability times cost impact in the organisation's first
    currency by the rate of the day, of those risks that give both; None where none does, or a rate is missing.
    counted: how many risks are in that sum.
    """

    kind: Kind
    name: str
    risks: tuple[tuple[Project, Risk], ...]
    worst: int | None
    exposure: Money | None
    counted: int

    @property
    def projects(self) -> tuple[Project, ...]:
        """Whose risks they are, each once, in the order of the risks."""
        return tuple({project.id: project for project, _ in self.risks}.values())


def common_causes(projects: Sequence[Project], repository: Repository, on: date) -> tuple[CommonCause, ...]:
    """The causes that the given projects share, the highest score first, then those of most projects.

    Whoever may not be seen must not be among the projects: what is not given counts nowhere.
    """
    found: dict[tuple[Kind, str], list[tuple[str, Project, Risk]]] = {}
    names_of = _names(projects, repository)
    for project in projects:
        for risk in open_threats(project.plan.risks):
            for kind, name in names_of(project, risk):
                found.setdefault((kind, _plain(name)), []).append((name, project, risk))
    causes = [_cause(kind, ones, repository, on) for (kind, _), ones in found.items() if _several(ones)]
    return tuple(
        sorted(causes, key=lambda one: (-(one.worst or 0), -len(one.projects), _ORDER.index(one.kind), one.name))
    )


def _several(ones: Iterable[tuple[str, Project, Risk]]) -> bool:
    return len({project.id for _, project, _ in ones}) >= _SEVERAL


def _names(
    projects: Sequence[Project], repository: Repository
) -> Callable[[Project, Risk], Iterator[tuple[Kind, str]]]:
    """What tells by which causes a risk is recognised; names and their patterns are made once for all risks."""
    parties = {
        _plain(one.party): one.party
        for project in projects for one in project.plan.suppliers if one.status == "open" and _plain(one.party)
    }  # fmt: skip
    tags = {_plain(one.id): one.id for one in repository.policy.taxonomy.tags if _plain(one.id)}
    named, tagged = _any_of(parties), _any_of(tags)

    def names(project: Project, risk: Risk) -> Iterator[tuple[Kind, str]]:
        if risk.cause and _plain(risk.cause):
            yield "cause", risk.cause
        told = _plain(" . ".join(one for one in (risk.title, risk.cause, risk.event, risk.effect) if one))
        for name in dict.fromkeys(named(told)):
            yield "supplier", parties[name]
        said = _plain(" . ".join(one for one in (risk.title, risk.cause, risk.event) if one))
        own = {_plain(one) for one in project.plan.tags}
        for name in dict.fromkeys((*_own_tags(risk), *(one for one in tagged(said) if one in own))):
            if name in tags:
                yield "tag", tags[name]

    return names


def _any_of(names: Iterable[str]) -> Callable[[str], list[str]]:
    """What finds names as whole words in a plain text, the longer before the shorter."""
    known = sorted(names, key=lambda one: (-len(one), one))
    if not known:
        return lambda _text: []
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in known)})(?!\w)").findall


def _own_tags(risk: Risk) -> list[str]:
    """The words of the organisation's own field `tags`, one or a list of them."""
    value = risk.extra.get("tags")
    return [_plain(one) for one in (value if isinstance(value, (list, tuple)) else (value,)) if isinstance(one, str)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(" .")


def _cause(
    kind: Kind, ones: Sequence[tuple[str, Project, Risk]], repository: Repository, on: date
) -> CommonCause:  # fmt: skip
    risks = sorted(
        ((project, risk) for _, project, risk in ones), key=lambda one: (-(score(one[1]) or 0), one[0].id, one[1].id)
    )
    money, counted = _exposure([risk for _, risk in risks], repository, on)
    return CommonCause(
        kind=kind, name=ones[0][0], risks=tuple(risks), worst=max((score(one) or 0 for _, one in risks), default=0) or None,
        exposure=money, counted=counted,
    )  # fmt: skip


def _exposure(risks: Sequence[Risk], repository: Repository, on: date) -> tuple[Money | None, int]:
    known = [
        amount
        for one in risks
        if one.cost_impact and (amount := exposure((one,), one.cost_impact.currency)) is not None
    ]
    home, rates = repository.currency, repository.policy.rates
    parts = [convert(one, home, on, rates, home).money for one in known]
    if not parts or any(one is None for one in parts):
        return None, len(known)
    return Money(sum((one.amount for one in parts if one is not None), Decimal(0)), home), len(known)
