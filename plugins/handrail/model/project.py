"""The plan: everything that a project writes down about itself."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from handrail.fields import EMPTY, Entity, OneOrMany, attached, entity, many, named, optional, required
from handrail.model.cost import Budget, BusinessCase
from handrail.model.erratum import Erratum
from handrail.model.records import (
    Approval,
    Baseline,
    ChangeRequest,
    Closure,
    ExceptionReport,
    Feedback,
    GateSubmission,
    Lesson,
    Report,
    Response,
    SupportRequest,
    Waiver,
)
from handrail.model.registers import (
    Action,
    AssumptionText,
    Benefit,
    Communication,
    Decision,
    Issue,
    QualityCheck,
    RaciRow,
    Resource,
    Risk,
    Stakeholder,
    Supplier,
)
from handrail.model.role_change import RoleChange
from handrail.model.schedule import Calendar, Dependency, Increment, Milestone, Provision, Scheduling, Task, WbsNode
from handrail.model.words import (
    Board,
    ItemId,
    Objective,
    Person,
    Phase,
    Programme,
    ProjectState,
    Semver,
    Sensitivity,
    Share,
    Slug,
    Tier,
)


@entity
class TierAnswers(Entity):
    """The questions that decide how much governance a project needs; the policy turns them into a tier."""

    budget: Decimal | None = optional("Budget", "What it will cost.", unit="organisation's currency", example=48000)
    effort_days: Decimal | None = optional("Effort", "Own people's work.", unit="person-days", example=60)
    months: Decimal | None = optional("Duration", "From start to close.", unit="months", example=6)
    units: int | None = optional("Units", "Departments or sites that must change how they work.", example=1)
    suppliers: int | None = optional("Suppliers", "Firms outside that must deliver.", example=1)
    interfaces: int | None = optional("Interfaces", "Systems or projects it depends on.", example=0)
    regulated: bool | None = optional("Regulated", "Does a law or regulator watch it?", example="no")
    new_to_us: bool | None = optional("New to us", "Have we never done such a thing?", example="no")


@entity
class Why(Entity):
    """Why the project exists, in a few lines."""

    problem: str | None = optional("Problem", "What is wrong today.", example="Visitors wait 12 minutes")
    objective: Objective | None = optional(
        "Objective", "The strategic objective it serves.", example="OBJ-4", baselined=True
    )
    benefit: Benefit | None = optional("Benefit", "What gets better, measured.")


@entity
class ObjectiveLink(Entity):
    """What a project adds to a strategic objective."""

    objective: Objective = required("Objective", "The objective.", example="OBJ-4", baselined=True)
    contribution: str | None = optional("Contribution", "What the project adds to it.", example="Shorter queues")
    weight: Share | None = optional("Weight", "Its part of the project's purpose; together 100%.", example="100%")


@entity
class Scope(Entity):
    """What belongs to the project and what does not."""

    in_: tuple[str, ...] = many("In", "What belongs to it.", example=["Desk"], baselined=True)
    out: tuple[str, ...] = many("Out", "What one could think belongs to it, but does not.", example=["Car park barrier"],
                                baselined=True)  # fmt: skip
    constraints: tuple[str, ...] = many("Constraints", "What cannot be changed.", example=["Open during works"])
    assumptions: tuple[AssumptionText, ...] = many(
        "Assumptions", "What is taken as true.", example=["Permit by January"]
    )


@entity
class Deliverable(Entity):
    """A thing that the project hands over, and how everybody knows that it is right."""

    id: ItemId = required("Id", "Names the deliverable.", example="D1")
    name: str = required("Name", "What is handed over.", example="Desk in use")
    accepted_when: Annotated[tuple[str, ...], OneOrMany] = many(
        "Accepted when", "How both sides see that it is right.", example="Ten visitors get a badge in 60 seconds each",
        baselined=True, approved=True,
    )  # fmt: skip
    accepted_by: Person | None = optional("Accepted by", "Who accepts it on the user's side.", example="s.lambert")
    producer: str | None = optional("Producer", "Who makes it: a person or a supplier.", example="SUP-1")
    owner: Person | None = optional("Owner", "Who answers for it in the team.", example="l.petit")
    planned: date | None = optional("Planned", "Acceptance as approved.", example="2027-02-01", baselined=True)
    forecast: date | None = optional("Forecast", "Acceptance as expected today.", example="2027-02-15")
    actual: date | None = optional("Accepted on", "When it was accepted.", example="2027-02-12", approved=True)
    status: Literal["planned", "in work", "submitted", "rejected", "done"] = optional(
        "Status", "Where it stands; done needs an approval record.", default="planned", example="in work"
    )
    concessions: tuple[str, ...] = many(
        "Concessions", "Criteria that were let go, agreed by the accepter.", approved=True
    )
    objective: Objective | None = optional("Objective", "The operational objective it serves.", example="OOB-2")
    handover: str | None = optional("Handed over to", "Who runs it afterwards.", example="Site services Lyon")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Tolerance(Entity):
    """How far a forecast may leave the approved plan before the board must be asked. Left out: the policy's default."""

    time_days: int | None = optional("Time", "Later than approved.", unit="working days", example=20, approved=True)
    cost: Share | None = optional("Cost", "Above the approved budget.", example="10%", approved=True)
    scope: int | None = optional("Scope", "Deliverables dropped or rejected.", example=0, approved=True)
    quality: int | None = optional("Quality", "Failed checks still open.", example=1, approved=True)
    benefit: Share | None = optional("Benefit", "Less than promised.", example="10%", approved=True)
    risk: int | None = optional("Risk", "Highest score of an open threat.", example=15, approved=True)


@entity
class LessonConsidered(Entity):
    """A lesson of another project that was looked at while planning."""

    lesson: str = required("Lesson", "Project and lesson.", example="badge-system/L-002")
    disposition: Literal["applied", "not applicable"] = required("Disposition", "What came of it.", example="applied")
    where: str | None = optional("Where or why", "Where it was applied, or why not.", example="Risk R-002")


@entity
class Plan(Entity):
    """A project's plan. Every YAML file of the project's folder holds a part of it."""

    called = "project"
    id: Slug = required("Id", "The folder's name; never changes, never used again.", example="visitor-desk")
    name: str = required("Name", "What people call it.", example="New visitor desk, Lyon")
    tier: Tier = required("Tier", "Follows from the answers; higher is allowed.", example="small", approved=True)
    template: Semver | None = optional(
        "Template version", "Of the starter it follows: written by `new project`, moved by `upgrade`.", example="1.0.0"
    )
    phase: Phase = required("Phase", "Where it stands between start and close.", example="execution", approved=True)
    state: ProjectState = optional("State", "Active, suspended, cancelled or closed.", default="active", approved=True)
    tier_answers: TierAnswers | None = optional("Tier answers", "What decides the tier.", approved=True)
    approach: Literal["predictive", "adaptive", "hybrid"] = optional(
        "Approach", "Planned ahead, in increments, or both.", default="predictive", example="predictive", approved=True
    )
    sensitivity: Sensitivity = optional(
        "Sensitivity", "Restricted projects show no names or figures on the site.", default="internal", approved=True
    )
    sponsor: Person | None = optional("Sponsor", "Who wants it and answers for it.", example="c.moreau", approved=True)
    manager: Person | None = optional("Project manager", "Who leads it day by day.", example="j.okafor")
    board: Board | None = optional("Board", "A standing board of the policy.", example="lyon-sites", approved=True)
    assurance: Person | None = optional("Assurance", "Who looks on from outside.", example="a.berger", approved=True)
    delegates: tuple[Person, ...] = many("Delegates", "Who stands in for the manager.", example=["l.petit"])
    programme: Programme | None = optional("Programme", "Left out: it stands alone.", example="workplace")
    stand_alone: str | None = optional(
        "Stands alone", "Why it belongs to no programme.", example="A single desk; nothing else depends on it"
    )
    priority: int | None = optional("Priority", "Set by the portfolio board; 1 is first.", example=4)
    tags: tuple[str, ...] = many("Tags", "Words of the taxonomy, to find it by.", example=["building"])
    unit: str | None = optional("Unit", "The department it belongs to.", example="Sites and services")
    start: date | None = optional("Start", "Where no milestone says it.", example="2026-10-05", baselined=True)
    team: Mapping[Person, Share] = named(
        "Team", "Who works on it, with their share of a week.", example={"j.okafor": "40%"}
    )
    why: Why | None = optional("Why", "Problem, objective and benefit.")
    objectives: tuple[ObjectiveLink, ...] = many("Objectives", "Where it serves more than one.")
    business_case: BusinessCase | None = optional("Business case", "Options, cash flows and what they are worth.")
    scope: Scope | None = optional("Scope", "What belongs to it and what does not.")
    deliverables: tuple[Deliverable, ...] = many("Deliverables", "What it hands over.")
    quality_checks: tuple[QualityCheck, ...] = many("Quality checks", "How the deliverables are checked.")
    wbs: tuple[WbsNode, ...] = many("Work breakdown", "The scope as a tree of work packages.")
    milestones: tuple[Milestone, ...] = many("Milestones", "The days that matter.")
    tasks: tuple[Task, ...] = many("Tasks", "The work, where a network is kept.")
    calendars: tuple[Calendar, ...] = many("Calendars", "When work is done, where it differs from the organisation's.")
    scheduling: Scheduling | None = optional(
        "Scheduling", "How the network is computed, where it is not the usual way."
    )
    increments: tuple[Increment, ...] = many("Increments", "Adaptive projects: what is finished when.")
    depends_on: tuple[Dependency, ...] = many("Depends on", "What another project must give.")
    provides: tuple[Provision, ...] = many("Provides", "What this project gives to another.")
    status_date: date | None = optional("Status date", "The day up to which actuals are in.", example="2026-11-30")
    budget: Budget | None = optional("Budget", "What it may cost, has cost and will cost.")
    tolerance: Tolerance | None = optional("Tolerance", "How far the forecast may leave the plan.", approved=True)
    resources: tuple[Resource, ...] = many("Resources", "People, roles, equipment and material it needs.")
    risks: tuple[Risk, ...] = many("Risks", "What may happen.")
    issues: tuple[Issue, ...] = many("Issues", "What has happened.")
    decisions: tuple[Decision, ...] = many("Decisions", "What was decided.")
    actions: tuple[Action, ...] = many("Actions", "Who does what by when.")
    suppliers: tuple[Supplier, ...] = many("Suppliers", "Parties outside that deliver.")
    benefits: tuple[Benefit, ...] = many("Benefits", "What gets better, measured, also after closure.")
    stakeholders: tuple[Stakeholder, ...] = many("Stakeholders", "Whom it touches or needs.")
    raci: tuple[RaciRow, ...] = many("Responsibilities", "Who does, answers, helps, is asked and is told.")
    communications: tuple[Communication, ...] = many("Communications", "What is told to whom and how often.")
    errata: tuple[Erratum, ...] = many("Errata", "Corrections after the project was closed.")
    lessons_considered: tuple[LessonConsidered, ...] = many(
        "Lessons considered", "Lessons of others, and what came of them."
    )
    source: Mapping[str, Any] = named("Source", "Where an imported plan comes from.")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")

    reports: tuple[Report, ...] = attached()
    changes: tuple[ChangeRequest, ...] = attached()
    gates: tuple[GateSubmission, ...] = attached()
    baselines: tuple[Baseline, ...] = attached()
    exceptions: tuple[ExceptionReport, ...] = attached()
    waivers: tuple[Waiver, ...] = attached()
    lessons: tuple[Lesson, ...] = attached()
    feedback: tuple[Feedback, ...] = attached()
    support: tuple[SupportRequest, ...] = attached()
    responses: tuple[Response, ...] = attached()
    approvals: tuple[Approval, ...] = attached()
    role_changes: tuple[RoleChange, ...] = attached()
    closure: Closure | None = attached(None)
    narrative: str | None = attached(None)
    home: Mapping[str, str] = attached(EMPTY)
    broken: bool = attached(default=False)
