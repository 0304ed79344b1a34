"""What all pages are made from: the facts, the remarks and the law, seen as one audience may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from handrail.compute.facts import Portfolio, Project
from handrail.model.kinds import kind_of
from handrail.model.organisation import Organisation, StandardRecord
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan, Repository
from handrail.model.rule_file import RuleFile
from handrail.remark import Loc, Remark, Span
from handrail.render.words import day
from handrail.source import locate, span_of

_EDIT = {
    "github": "{host}/edit/{branch}/{file}",
    "gitlab": "{host}/-/edit/{branch}/{file}",
    "other": "{host}/src/branch/{branch}/{file}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that pages may show. Hidden projects are counted, and nothing else of them is in `projects`."""

    portfolio: Portfolio
    projects: tuple[Project, ...]
    hidden: tuple[Project, ...]
    broken: tuple[BrokenPlan, ...]
    hidden_broken: int
    remarks: tuple[Remark, ...]
    rules: Mapping[str, RuleFile]
    by_project: Mapping[str, tuple[Remark, ...]]
    by_rule: Mapping[str, tuple[Remark, ...]]
    spans: Mapping[Loc, Span]
    verified_by: Mapping[str, tuple[str, ...]]
    branch: str = "main"
    _shown: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def as_of(self) -> date:
        """The day of all figures."""
        return self.portfolio.as_of

    @property
    def organisation(self) -> Organisation:
        """Whose site this is."""
        return self.portfolio.repository.organisation

    @property
    def standards(self) -> Mapping[str, StandardRecord]:
        """Standards by id."""
        return self.portfolio.repository.standards

    @property
    def fixed_day(self) -> str:
        """The day that the sample is fixed to, in words; empty for figures of today."""
        return day(self.organisation.as_of)

    def shows(self, project: str) -> bool:
        """Whether a project has a page here."""
        return project in self._shown

    def project_href(self, project: str) -> str | None:
        """Where a project's page is; None when it has none."""
        return f"projects/{project}/" if project in self._shown else None

    def rule_href(self, rule: str) -> str | None:
        """Where a rule's page is."""
        return f"rules/{rule}/" if rule in self.rules else None

    def standard_href(self, standard: str) -> str | None:
        """Where a standard's page is."""
        known = self.standards.get(standard)
        return known.loc.file.removeprefix("standards/").removesuffix("index.md") if known else None

    def edit(self, file: str | None) -> str | None:
        """The address at which the host opens a file for editing; None without a host."""
        host = self.organisation.host
        if not host or not file or not host.startswith(("https://", "http://")):
            return None
        return _EDIT[self.organisation.host_kind].format(host=host.rstrip("/"), branch=self.branch, file=file)

    def place(self, remark: Remark) -> str:
        """File and line of a remark."""
        span = self.spans.get(remark.loc)
        return f"{remark.loc.file}:{span.line}" if span else remark.loc.file

    def programme(self, plan: Plan) -> str:
        """The name of a plan's programme."""
        known = self.portfolio.repository.programmes.get(plan.programme or "")
        return known.name if known else plan.programme or ""

    def gate_name(self, gate: str) -> str:
        """What people call a gate."""
        known = next((one for one in self.portfolio.repository.policy.lifecycle.gates if one.id == gate), None)
        return known.name if known else gate


def may_be_shown(plan: Plan, organisation: Organisation) -> bool:
    """Whether this site's readers may see more of a project than that it exists."""
    if plan.sensitivity == "restricted":
        return False
    return plan.sensitivity == "public" or organisation.audience == "internal"


def _broken_may_be_shown(plan: BrokenPlan, repository: Repository) -> bool:
    """Whether a plan that cannot be read may be named: not if it could be one that nobody may see."""
    if repository.organisation.audience == "public":
        return False
    for file in plan.files:
        try:
            if b"restricted" in repository.tree.read(file):
                return False
        except OSError:
            continue
    return True


def site_of(
    portfolio: Portfolio, remarks: tuple[Remark, ...], rules: Mapping[str, RuleFile] | None = None, branch: str = "main"
) -> Site:
    """Gather and sort what pages need, once."""
    repository = portfolio.repository
    shown = tuple(
        sorted(
            (one for one in portfolio.projects if may_be_shown(one.plan, repository.organisation)),
            key=lambda one: (one.plan.name.casefold(), one.id),
        )
    )
    names = frozenset(one.id for one in shown)
    legible = tuple(one for one in portfolio.broken if _broken_may_be_shown(one, repository))
    broken = frozenset(one.id for one in legible)
    hidden = tuple(one for one in portfolio.projects if one.id not in names)
    told = tuple(one for one in remarks if _may_be_told(one, names | broken))
    return Site(
        portfolio=portfolio, projects=shown, hidden=hidden, broken=legible,
        hidden_broken=len(portfolio.broken) - len(legible), remarks=told,
        rules=MappingProxyType(dict(sorted((rules if rules is not None else repository.rules).items()))),
        by_project=_grouped(told, "project"), by_rule=_grouped(told, "rule"), spans=_spans(portfolio, told),
        verified_by=_verified(repository.standards, rules if rules is not None else repository.rules), branch=branch,
        _shown=names | broken,
    )  # fmt: skip


def _may_be_told(remark: Remark, names: frozenset[str]) -> bool:
    """A remark about a hidden project is not shown, and one that quotes from a private file neither."""
    if remark.project is not None:
        return remark.project in names
    if remark.loc.file.startswith("projects/"):
        return remark.loc.file.split("/")[1] in names
    kind = kind_of(remark.loc.file)
    return kind is None or kind[0].public


def _grouped(remarks: tuple[Remark, ...], attribute: str) -> Mapping[str, tuple[Remark, ...]]:
    found: dict[str, list[Remark]] = {}
    for one in remarks:
        found.setdefault(getattr(one, attribute) or "", []).append(one)
    return MappingProxyType({name: tuple(ones) for name, ones in found.items()})


def _spans(portfolio: Portfolio, remarks: tuple[Remark, ...]) -> Mapping[Loc, Span]:
    """Where the remarks stand; every file is scanned once, and one that is gone has no lines."""
    found: dict[Loc, Span] = {}
    by_file: dict[str, set[Loc]] = {}
    for one in remarks:
        by_file.setdefault(one.loc.file, set()).add(one.loc)
    for file, locs in by_file.items():
        try:
            places = locate(file, portfolio.repository.tree.read(file))
        except OSError:
            continue
        found.update({loc: span_of(places, loc) for loc in locs})
    return MappingProxyType(found)


def _verified(standards: Mapping[str, StandardRecord], rules: Mapping[str, RuleFile]) -> Mapping[str, tuple[str, ...]]:
    """The rules that verify each requirement, whichever of the two names the other."""
    found: dict[str, set[str]] = {}
    for rule in rules.values():
        found.setdefault(rule.requirement, set()).add(rule.id)
    for standard in standards.values():
        for one in standard.requirements:
            found.setdefault(one.id, set()).update(name for name in one.verified_by if name in rules)
    return MappingProxyType({name: tuple(sorted(ones)) for name, ones in found.items()})
