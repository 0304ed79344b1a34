"""What all pages are made from: the facts, the remarks and the law, seen as one audience may see them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from handrail.compute.audience import Seen, seen
from handrail.compute.evidence import Evidence
from handrail.compute.facts import Memo, Portfolio, Project
from handrail.compute.getting_better import Improvement
from handrail.compute.other_portfolios import OtherPortfolio
from handrail.compute.trend import NO_HISTORY, History
from handrail.keeping.facts import Fix, Keeping
from handrail.load.overlay import NOBODY, Overlay
from handrail.model.organisation import Organisation, StandardRecord
from handrail.model.project import Plan
from handrail.model.repository import BrokenPlan
from handrail.model.rule_file import RuleFile
from handrail.model.words import PROJECT_ID
from handrail.remark import EnforceAt, Remark, grouped
from handrail.render.words import day
from handrail.rules.compiled import CompiledRule, compile_rule
from handrail.rules.reads import Reads, fields_read
from handrail.rules.settings import Setting
from handrail.source import Spans

_EDIT = {
    "github": "{host}/edit/{branch}/{file}",
    "gitlab": "{host}/-/edit/{branch}/{file}",
    "other": "{host}/src/branch/{branch}/{file}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What the gate said about a proposed change. mend: what stops it, a sentence each; waits: who has still to agree.

    verdict: its headline. projects: the plans that would change. restricted: whether one of them is, or was.
    """

    verdict: str
    stops: bool
    mend: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequest:
    """A proposed change that waits on the host, as CI has handed it in. gate: what the gate said, where that is known.

    url: where the host shows it; empty where that is not an address of the organisation's own host.
    """

    number: str
    title: str
    author: str
    opened: date | None
    url: str
    waits_for: str
    gate: Gate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One commit of the main line with what CI kept of how it came in. bypass: the ways in which it came past the gate.

    known: whether a record was kept; without one nothing is said of it. blocking: the rules that would have stopped it.
    """

    commit: str
    on: date
    known: bool
    bypass: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    number: int | None = None
    merged_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All that pages may show. Hidden projects are counted, and nothing else of them is in `projects`.

    history: how projects looked before. pulls: what waits on the host; None where nobody has handed it in.
    evidence: by the file of an approval, what Git knows of how it came in. has_editor: whether the form editor is there.
    merges: the main line of the last year, newest first; None where there is no Git. commit: the one the site is made from. overlay: what people are called.
    better: the figures of the loop over the last year. keeping: how the rules of today were kept on earlier days.
    compiled: rules that are ready to run, as far as they were needed. address: where the site is published; empty where unknown.
    others: what other repositories have exported.
    memo: what several pages ask for and what follows from this site alone; another audience or day begins with an empty one.
    """

    portfolio: Portfolio
    seen: Seen
    rules: Mapping[str, RuleFile]
    settings: Mapping[str, Setting]
    by_project: Mapping[str, tuple[Remark, ...]]
    by_rule: Mapping[str, tuple[Remark, ...]]
    spans: Spans
    verified_by: Mapping[str, tuple[str, ...]]
    branch: str = "main"
    history: History = NO_HISTORY
    pulls: tuple[PullRequest, ...] | None = None
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    has_editor: bool = False
    merges: tuple[Merge, ...] | None = None
    commit: str | None = None
    overlay: Overlay = NOBODY
    better: Improvement | None = None
    keeping: Keeping = field(default_factory=Keeping)
    compiled: Mapping[str, CompiledRule] = field(default_factory=dict)
    address: str = ""
    others: tuple[OtherPortfolio, ...] = ()
    memo: Memo = field(init=False, default_factory=Memo, repr=False, compare=False)

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects that have a page, by name."""
        return self.seen.projects

    @property
    def hidden(self) -> tuple[Project, ...]:
        """Projects that are only counted."""
        return self.seen.hidden

    @property
    def broken(self) -> tuple[BrokenPlan, ...]:
        """Plans that could not be read."""
        return self.seen.broken

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """The remarks that may be shown."""
        return self.seen.remarks

    @property
    def fixed(self) -> Mapping[tuple[str, str], Fix]:
        """By rule and project, the commit that mended a remark."""
        return self.keeping.fixed

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
        return project in self.seen.names

    def project_href(self, project: str) -> str | None:
        """Where a project's page is; None when it has none."""
        return project_path(project) if project in self.seen.names else None

    def rule_href(self, rule: str) -> str | None:
        """Where a rule's page is."""
        return f"rules/{rule}/" if rule in self.rules else None

    def standard_href(self, standard: str) -> str | None:
        """Where a standard's page is."""
        known = self.standards.get(standard)
        return known.loc.file.removeprefix("standards/").removesuffix("index.md") if known else None

    def bites(self, rule: RuleFile) -> EnforceAt | None:
        """When a rule bites on this day in this organisation; None when it is switched off."""
        setting = self.settings.get(rule.id)
        return setting.enforce_at if setting else rule.enforce_at

    def edit(self, file: str | None) -> str | None:
        """The address at which the host opens a file for editing; None without a host."""
        host = self.organisation.host
        if not host or not file or not host.startswith(("https://", "http://")):
            return None
        return _EDIT[self.organisation.host_kind].format(host=host.rstrip("/"), branch=self.branch, file=file)

    def commit_url(self, name: str) -> str | None:
        """Where the host shows a commit; None without a host."""
        host = self.organisation.host
        if not host or not host.startswith(("https://", "http://")):
            return None
        between = "/-/commit/" if self.organisation.host_kind == "gitlab" else "/commit/"
        return f"{host.rstrip('/')}{between}{name}"

    def reads(self) -> Reads:
        """Which rule reads which field."""
        files = {name: one for name, one in self.rules.items() if one.loc.file.endswith(".rule.yaml")}
        ready = (self.compiled.get(name) or compile_rule(one) for name, one in files.items())
        return fields_read(one for one in ready if isinstance(one, CompiledRule))

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

    def unread(self, project: str) -> BrokenPlan | None:
        """The plan of that project, when it cannot be read and people may know so."""
        return next((one for one in self.broken if one.id == project), None)

    def called(self, who: str | None) -> str:
        """A board by its name, a person by the handle."""
        return self.portfolio.repository.policy.boards.name_of(who)


def project_path(project: str) -> str:
    """The address of a project's page. A folder that is no proper id (its plan is broken) gets one made from it."""
    if re.fullmatch(PROJECT_ID, project):
        return f"projects/{project}/"
    return f"projects/folder-{hashlib.sha256(project.encode()).hexdigest()[:8]}/"


def site_of(  # noqa: PLR0913, PLR0917 - what a site is made from
    portfolio: Portfolio, remarks: tuple[Remark, ...], rules: Mapping[str, RuleFile], settings: Mapping[str, Setting],
    branch: str = "main", history: History = NO_HISTORY, pulls: tuple[PullRequest, ...] | None = None,
) -> Site:  # fmt: skip
    """Gather and sort what pages need, once."""
    repository = portfolio.repository
    parted = seen(portfolio, remarks, repository.organisation.audience)
    return Site(
        portfolio=portfolio, seen=parted, rules=MappingProxyType(dict(sorted(rules.items()))), settings=settings,
        by_project=grouped(parted.remarks, "project"), by_rule=grouped(parted.remarks, "rule"),
        spans=_spans(portfolio, parted.remarks), verified_by=_verified(repository.standards, rules),
        branch=branch, history=history, pulls=pulls,
    )  # fmt: skip


def _spans(portfolio: Portfolio, remarks: tuple[Remark, ...]) -> Spans:
    """Where the remarks stand; a file that is gone has no lines."""
    tree = portfolio.repository.tree

    def read(file: str) -> bytes | None:
        try:
            return tree.read(file)
        except OSError:
            return None

    return Spans(dict.fromkeys(one.loc for one in remarks), read)


def _verified(standards: Mapping[str, StandardRecord], rules: Mapping[str, RuleFile]) -> Mapping[str, tuple[str, ...]]:
    """The rules that verify each requirement, whichever of the two names the other."""
    found: dict[str, set[str]] = {}
    for rule in rules.values():
        found.setdefault(rule.requirement, set()).add(rule.id)
    for standard in standards.values():
        for one in standard.requirements:
            found.setdefault(one.id, set()).update(name for name in one.verified_by if name in rules)
    return MappingProxyType({name: tuple(sorted(ones)) for name, ones in found.items()})
