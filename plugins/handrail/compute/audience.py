"""Who may see what: the projects and remarks that one audience is shown, and how many it is not. It fails closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from handrail.compute.facts import Portfolio, Project
from handrail.model.kinds import kind_of
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan, Repository
from handrail.remark import Remark

RESTRICTED = "a restricted project"
Audience = Literal["public", "internal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is shown, by name, and what is only counted."""

    projects: tuple[Project, ...]
    hidden: tuple[Project, ...]
    broken: tuple[BrokenPlan, ...]
    hidden_broken: int
    remarks: tuple[Remark, ...]
    names: frozenset[str]

    def name_of(self, project: str) -> str:
        """A project as others may refer to it: its id, unless nobody may know of it."""
        return RESTRICTED if any(one.id == project for one in self.hidden) else project


def seen(portfolio: Portfolio, remarks: tuple[Remark, ...], audience: Audience) -> Seen:
    """Part the portfolio for one audience. Restricted projects are shown to nobody."""
    shown = sorted((one for one in portfolio.projects if may_see(one.plan, audience)), key=_by_name)
    broken = tuple(one for one in portfolio.broken if _may_see_broken(one, portfolio.repository, audience))
    names = frozenset([*(one.id for one in shown), *(one.id for one in broken)])
    hidden = tuple(one for one in portfolio.projects if one.id not in names)
    secret = _secret(hidden)
    return Seen(
        projects=tuple(shown), hidden=hidden, broken=broken,
        hidden_broken=len(portfolio.broken) - len(broken),
        remarks=tuple(_concealed(one, secret) for one in remarks if _may_be_told(one, names)), names=names,
    )  # fmt: skip


def concealing(portfolio: Portfolio, shown: Seen) -> Callable[[str], str]:
    """What takes the names of hidden projects out of a text about others."""
    unread = (one for one in portfolio.broken if one.id not in shown.names)
    secret = _secret(shown.hidden, tuple(text for one in unread for text in (one.id, one.name) if text))
    return lambda text: secret.sub(RESTRICTED, text) if secret else text


def may_see(plan: Plan, audience: Audience) -> bool:
    """Whether an audience may see more of a project than that it exists."""
    if plan.sensitivity == "restricted":
        return False
    return plan.sensitivity == "public" or audience == "internal"


def _by_name(project: Project) -> tuple[str, str]:
    return project.plan.name.casefold(), project.id


def _may_see_broken(plan: BrokenPlan, repository: Repository, audience: Audience) -> bool:
    """A plan that cannot be read is not named where it could be one that this audience may not see."""
    if audience == "public":
        return False
    for file in plan.files:
        try:
            if b"restricted" in repository.tree.read(file):
                return False
        except OSError:
            continue
    return True


def _may_be_told(remark: Remark, names: frozenset[str]) -> bool:
    """A remark about a hidden project is not shown, nor one that quotes from a file that is not public."""
    if remark.project is not None and remark.project not in names:
        return False
    if remark.loc.file.startswith("projects/"):
        return remark.loc.file.split("/")[1] in names
    kind = kind_of(remark.loc.file)
    return kind is None or kind[0].public


def _secret(hidden: tuple[Project, ...], more: tuple[str, ...] = ()) -> re.Pattern[str] | None:
    """Finds names and ids of hidden projects in what is said about others."""
    words = sorted({*more, *(text for one in hidden for text in (one.id, one.plan.name))}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE) if words else None


def _concealed(remark: Remark, secret: re.Pattern[str] | None) -> Remark:
    """A remark about a shown project may name a hidden one: the name is left out."""
    if secret is None or not (secret.search(remark.message) or secret.search(remark.fix)):
        return remark
    return replace(
        remark, message=secret.sub(RESTRICTED, remark.message), fix=secret.sub(RESTRICTED, remark.fix), related=()
    )
