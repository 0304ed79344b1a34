"""KINDS: every kind of thing that is written down, where it stands, who owns it and how it may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from handrail.fields import Entity
from handrail.model import (
    advice,
    assurance,
    erratum,
    frameworks,
    improvement,
    organisation,
    policy,
    project,
    records,
    registers,
    role_change,
    rule_file,
    schedule,
    training,
)

Behaviour = Literal["baseline", "record", "report"]
"""baseline: under change control. record: append or close, never delete. report: never changed once published."""
Family = Literal["project", "approver", "pmo", "portfolio", "auditor", "trainer"]
Starter = Literal["as is", "skeleton", "sample"]
"""What `init` lays down of it: the file as it is, a skeleton without the sample's people, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Kind:
    """One kind. `pattern` is a path with `<name>` parts; `key` is the list inside that file, if it stands in one."""

    name: str
    title: str
    cls: type[Entity]
    pattern: str
    behaviour: Behaviour
    family: Family
    starter: Starter
    key: str | None = None
    public: bool = True
    within: str | None = None

    @property
    def is_file(self) -> bool:
        """Whether one file holds one of it."""
        return self.key is None


_PLAN = "projects/<project>/<fragment>.yaml"


def _item(name: str, title: str, cls: type[Entity], key: str, behaviour: Behaviour) -> Kind:
    return Kind(
        name=name, title=title, cls=cls, pattern=_PLAN, key=key, behaviour=behaviour, family="project",
        starter="sample", within="project",
    )  # fmt: skip


def _record(  # noqa: PLR0913, PLR0917 - a row of a table
    name: str, title: str, cls: type[Entity], place: str, behaviour: Behaviour, family: Family = "project"
) -> Kind:
    return Kind(
        name=name, title=title, cls=cls, pattern=f"projects/<project>/{place}", behaviour=behaviour, family=family,
        starter="sample", within="project",
    )  # fmt: skip


def _law(  # noqa: PLR0913 - a row of a table
    name: str, title: str, cls: type[Entity], place: str, *, behaviour: Behaviour = "baseline", family: Family = "pmo",
    starter: Starter = "as is", key: str | None = None, public: bool = True,
) -> Kind:  # fmt: skip
    return Kind(
        name=name, title=title, cls=cls, pattern=f"standards/{place}", behaviour=behaviour, family=family, starter=starter,
        key=key, public=public,
    )  # fmt: skip


KINDS: tuple[Kind, ...] = (
    Kind(name="project", title="Project", cls=project.Plan, pattern=_PLAN, behaviour="baseline", family="project",
         starter="sample"),
    _item("deliverable", "Deliverable", project.Deliverable, "deliverables", "baseline"),
    _item("milestone", "Milestone", schedule.Milestone, "milestones", "baseline"),
    _item("task", "Task", schedule.Task, "tasks", "baseline"),
    _item("wbs node", "Work package", schedule.WbsNode, "wbs", "baseline"),
    _item("calendar", "Calendar", schedule.Calendar, "calendars", "baseline"),
    _item("increment", "Increment", schedule.Increment, "increments", "baseline"),
    _item("dependency", "Dependency", schedule.Dependency, "depends_on", "record"),
    _item("provision", "Provision", schedule.Provision, "provides", "record"),
    _item("quality check", "Quality check", registers.QualityCheck, "quality_checks", "record"),
    _item("resource", "Resource", registers.Resource, "resources", "baseline"),
    _item("risk", "Risk", registers.Risk, "risks", "record"),
    _item("issue", "Issue", registers.Issue, "issues", "record"),
    _item("decision", "Decision", registers.Decision, "decisions", "record"),
    _item("action", "Action", registers.Action, "actions", "record"),
    _item("supplier", "Supplier", registers.Supplier, "suppliers", "record"),
    _item("benefit", "Benefit", registers.Benefit, "benefits", "baseline"),
    _item("stakeholder", "Stakeholder", registers.Stakeholder, "stakeholders", "record"),
    _item("raci row", "Responsibility", registers.RaciRow, "raci", "record"),
    _item("erratum", "Correction", erratum.Erratum, "errata", "record"),
    _item("communication", "Communication", registers.Communication, "communications", "record"),
    _record("report", "Status report", records.Report, "reports/<name>.md", "report"),
    _record("change", "Change request", records.ChangeRequest, "changes/<name>.yaml", "record"),
    _record("gate", "Gate submission", records.GateSubmission, "gates/<name>.yaml", "record"),
    _record("baseline", "Baseline", records.Baseline, "baselines/<name>.yaml", "report"),
    _record("exception", "Exception report", records.ExceptionReport, "exceptions/<name>.yaml", "record"),
    _record("waiver", "Waiver", records.Waiver, "waivers/<name>.yaml", "record"),
    _record("lesson", "Lesson", records.Lesson, "lessons/<name>.md", "record"),
    _record("feedback", "Feedback", records.Feedback, "feedback/<name>.yaml", "record"),
    _record("support request", "Support request", records.SupportRequest, "support/<name>.yaml", "record"),
    _record("response", "Answer to a finding", records.Response, "responses/<name>.yaml", "record"),
    _record("closure", "Closure", records.Closure, "closure.md", "report"),
    _record("role change", "Handover of a role", role_change.RoleChange, "roles/<name>.yaml", "record"),
    _record("approval", "Approval", records.Approval, "approvals/<name>.yaml", "report", "approver"),
    _law("organisation", "Organisation", organisation.Organisation, "handrail.yaml", starter="skeleton"),
    _law("lifecycle", "Lifecycle", policy.Lifecycle, "policy/lifecycle.yaml"),
    _law("authority", "Authority", policy.Authority, "policy/authority.yaml"),
    _law("boards", "Boards", policy.Boards, "policy/boards.yaml", starter="skeleton"),
    _law("tiers", "Tiers", policy.Tiers, "policy/tiers.yaml"),
    _law("thresholds", "Thresholds", policy.Thresholds, "policy/thresholds.yaml"),
    _law("enforcement", "Enforcement", policy.Enforcement, "policy/enforcement.yaml"),
    _law("ownership", "Ownership", policy.Ownership, "policy/ownership.yaml"),
    _law("rates", "Rates", policy.Rates, "policy/rates.yaml", starter="skeleton"),
    _law("redirects", "Redirects", policy.Redirects, "policy/redirects.yaml", starter="skeleton"),
    _law("taxonomy", "Taxonomy", policy.Taxonomy, "policy/taxonomy.yaml", starter="skeleton"),
    _law("template", "Template", improvement.TemplateVersion, "policy/templates.yaml", key="templates"),
    _law("standard", "Standard", organisation.StandardRecord, "<area>/index.md"),
    _law("rule", "Rule", rule_file.RuleFile, "<area>/<name>.rule.yaml"),
    _law("rule cases", "Cases of a rule", rule_file.RuleCases, "<area>/<name>.test.yaml", public=False),
    _law("person", "Person", organisation.PersonRecord, "people/people.yaml", key="people", behaviour="record",
         starter="skeleton", public=False),
    _law("competences", "Competence matrix", training.CompetenceMatrix, "people/competences.yaml", starter="skeleton", public=False),
    _law("completion", "Completed training", training.Completion, "people/completions.yaml", key="completions", behaviour="record",
         family="trainer", starter="sample", public=False),
    _law("objective", "Objective", organisation.ObjectiveRecord, "strategy/objectives.yaml", key="objectives",
         family="portfolio", starter="skeleton"),
    _law("programme", "Programme", organisation.ProgrammeRecord, "strategy/programmes.yaml", key="programmes",
         family="portfolio", starter="skeleton"),
    _law("request", "Request", organisation.Request, "strategy/requests/<name>.yaml", behaviour="record",
         family="portfolio", starter="sample"),
    _law("framework", "Framework", frameworks.Framework, "frameworks/<name>.yaml"),
    _law("module", "Training module", training.ModuleRecord, "training/<name>.md", family="trainer"),
    _law("learning path", "Learning path", training.LearningPath, "training/paths.yaml", key="paths", family="trainer"),
    _law("session", "Training session", training.SessionRecord, "training/sessions/<name>.yaml", behaviour="record",
         family="trainer", starter="sample", public=False),
    _law("exercise", "Exercise", training.Exercise, "training/exercises/<name>.yaml", family="trainer", public=False),
    _law("quiz", "Quiz", training.Quiz, "training/quizzes/<name>.yaml", family="trainer", public=False),
    _law("playbook", "Playbook", advice.Playbook, "playbooks/<name>.md"),
    _law("audit", "Audit", assurance.Audit, "audits/<audit>/audit.yaml", behaviour="record", family="auditor",
         starter="sample", public=False),
    _law("finding", "Finding", assurance.Finding, "audits/<audit>/findings/<name>.yaml", behaviour="record",
         family="auditor", starter="sample", public=False),
    _law("pmo approval", "Approval of the PMO", records.Approval, "approvals/<name>.yaml", behaviour="report",
         family="approver", starter="sample", public=False),
    _law("migration", "Migration", improvement.Migration, "migrations/<name>.yaml", behaviour="record", starter="sample",
         public=False),
    _law("triage", "Triage of a lesson", improvement.Triage, "triage/<name>.yaml", behaviour="record", starter="sample",
         public=False),
    _law("pull request log", "Log of a pull request", improvement.LoopLog, "log/<name>.yaml", behaviour="record",
         starter="sample", public=False),
    _law("proposal", "Proposal", improvement.Proposal, "proposals/<name>.yaml", behaviour="record", starter="sample"),
    _law("support answer", "Answer to a support request", advice.SupportAnswer, "support/<name>.yaml", behaviour="record",
         starter="sample", public=False),
)  # fmt: skip

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
CONTAINERS: Mapping[str, type[Entity]] = {
    "people": organisation.People,
    "objectives": organisation.Objectives,
    "programmes": organisation.Programmes,
    "completions": training.Completions,
    "paths": training.LearningPaths,
    "templates": improvement.TemplateVersions,
}
"""Files that hold a list of one kind: the class of the whole file, by the list's key."""

# folders of `standards/` whose index.md is a page of the handbook, never a standard
RESERVED_AREAS = frozenset(
    {"policy", "strategy", "people", "training", "playbooks", "audits", "approvals", "migrations", "triage", "proposals",
     "support", "log", "frameworks", "templates", "schemas", "how-we-work", "learn"}
)  # fmt: skip
PUBLISHED_PATHS = frozenset({"portfolio", "projects", "rules", "assurance", "edit", "data"})
"""First parts of generated addresses: a folder of the handbook may not be called so."""


_Part = tuple[str, str, str]
"""A part of a path: what it begins with, the name in between, what it ends with."""


@cache
def _shapes() -> tuple[tuple[tuple[_Part, ...], Kind], ...]:
    return tuple(
        (tuple(_part(part) for part in kind.pattern.split("/")), kind)
        for kind in KINDS
        if not (kind.key is not None and kind.within)
    )


def _part(part: str) -> _Part:
    before, _, rest = part.partition("<")
    name, _, after = rest.partition(">")
    return before, name, after


def _match(shape: tuple[_Part, ...], parts: list[str]) -> dict[str, str] | None:
    """The named parts of a path that has the shape of a kind."""
    found = {}
    for (before, name, after), part in zip(shape, parts, strict=True):
        if not name:
            if part != before:
                return None
            continue
        if not (part.startswith(before) and part.endswith(after) and len(part) > len(before) + len(after)):
            return None
        found[name] = part[len(before) : len(part) - len(after)]
    return found


@cache  # every path is asked about by the law, the strays and the site
def kind_of(path: str) -> tuple[Kind, Mapping[str, str]] | None:
    """The kind of the file at a path, with the parts that its pattern names; None for a file that nothing reads."""
    if path.startswith("standards/templates/"):
        return None
    steps = path.split("/")
    for shape, kind in _shapes():
        parts = _match(shape, steps) if len(shape) == len(steps) else None
        if parts is None:
            continue
        if kind.name in {"standard", "rule", "rule cases"} and parts["area"] in RESERVED_AREAS:
            continue
        if kind.name in {"module", "playbook"} and parts["name"] == "index":
            continue
        return kind, parts
    return None
