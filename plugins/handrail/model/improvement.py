"""The loop: what becomes of lessons, the changes that are proposed, and the versions that prove that they came."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from handrail.fields import Entity, OneOrMany, attached, entity, many, named, optional, required
from handrail.model.words import AnyLesson, ItemId, Person, Project, ProposalRef, Semver, Slug

Covered = Literal[
    "BSL-01", "CST-05", "GAT-01", "GAT-03", "GAT-04", "GOV-05", "PRT-01", "QLT-03", "RSK-03", "RSK-05", "STD-01"
]
"""Rules about a change that a migration may cover. Who approves what, and for whom, is never among them."""


@entity
class Triage(Entity):
    """What the PMO does with one lesson, and from when it counts: `standards/triage/<id>.yaml`."""

    called = "triage of a lesson"
    id: ItemId = required("Id", "Names the triage; the file carries the same name.", example="TR-001")
    lesson: AnyLesson = required("Lesson", "Project and lesson.", example="driver-tablets/L-001")
    decision: Literal["adopt", "merge", "publish", "reject"] = required(
        "Decision", "Change a standard, join another lesson, publish only, or none of it.", example="adopt"
    )
    on: date = required("On", "When.", example="2026-04-02")
    by: Person | None = optional("By", "Who decided, for the PMO.", example="v.leroy")
    reason: str | None = optional("Reason", "Needed to reject.", example="Holds only for this landlord")
    proposal: ProposalRef | None = optional("Proposal", "The change it leads to.", example="PP-001")
    merged_into: AnyLesson | None = optional(
        "Merged into", "The lesson that already says so.", example="harbour-gates/L-001"
    )


@entity
class Target(Entity):
    """One thing that a proposal changes, with its version before and the one that carries the change."""

    kind: Literal["standard", "rule", "template", "module", "playbook", "tool"] = required(
        "Kind", "What sort of thing.", example="standard"
    )
    id: str = required("Id", "Its name.", example="S-SCOPE")
    from_: Semver = required("From", "The version before.", example="1.0.0")
    to: Semver | None = optional(
        "To", "The version that carries the change; any later one if left out.", example="1.1.0"
    )


@entity
class Proposal(Entity):
    """A change of the framework. It counts as implemented only when every target has the version it names."""

    id: ItemId = required("Id", "Names the proposal; the file carries the same name.", example="PP-001")
    title: str = required("Title", "What changes.", example="Walk every building before the gate", approved=True)
    why: str | None = optional("Why", "What it mends.", example="Two projects trusted a floor plan")
    sources: Annotated[tuple[str, ...], OneOrMany] = many(
        "Sources", "Lessons, feedback, findings, waivers or laws it comes from.", example=["driver-tablets/L-001"]
    )
    causes: Annotated[tuple[str, ...], OneOrMany] = many(
        "Causes", "Words of the taxonomy; whether they come again is measured.", example=["estimate"]
    )
    targets: tuple[Target, ...] = many("Targets", "Everything that must change.", approved=True)
    cost_to_managers: str | None = optional(
        "Cost to managers", "What it asks of them.", example="Half a day, once", approved=True
    )
    raised_by: Person | None = optional("Raised by", "Who proposes it.", example="v.leroy")
    raised_on: date | None = optional("Raised on", "When.", example="2026-04-09")
    owner: Person | None = optional("Owner", "Who carries it out.", example="p.nowak")
    due: date | None = optional("Due", "By when.", example="2026-07-31")
    state: Literal["open", "accepted", "rejected", "withdrawn"] = optional(
        "State", "What was decided; whether it is done follows from the versions.", default="open", example="accepted"
    )
    decided_on: date | None = optional("Decided on", "When.", example="2026-04-20")
    rejected_because: str | None = optional("Rejected because", "Why not.", example="Covered by S-SCOPE.2")
    implemented_on: date | None = optional("Implemented on", "When the last target had changed.", example="2026-06-01")
    body: str = attached("")


@entity
class TemplateVersion(Entity):
    """The version of one starter, so that plans and proposals can name it."""

    called = "template"
    id: str = required("Id", "Its folder or file below standards/templates/.", example="project/small")
    version: Semver = required("Version", "Of its text.", example="1.0.0")
    changed_on: date | None = optional("Changed on", "The day of this version.", example="2026-01-01")
    owner: Person | None = optional("Owner", "Who keeps it.", example="p.nowak")


@entity
class TemplateVersions(Entity):
    """Every starter and its version: `standards/policy/templates.yaml`."""

    templates: tuple[TemplateVersion, ...] = many("Templates", "One line each.")


@entity
class Migration(Entity):
    """A declared move of plans: to a new template or format, or from elsewhere into this repository.

    Approved by somebody else, it lets the rules that it covers pass for the projects it names until its last day.
    """

    id: Slug = required("Id", "Names the migration; the file carries the same name.", example="small-2-0")
    title: str = required("Title", "What changes for plans.", example="Acceptance stands beside the deliverable")
    template: str | None = optional("Template", "The starter that changed.", example="project/small")
    from_: Semver | None = optional("From", "The version before.", example="1.0.0")
    to: Semver | None = optional("To", "The version after.", example="2.0.0")
    declared_by: Person | None = optional("Declared by", "Who asks for it; somebody else approves.", example="p.nowak")
    declared_on: date | None = optional("Declared on", "When.", example="2026-11-02")
    until: date | None = optional("Until", "The last day on which it lets anything pass.", example="2026-11-30")
    covers: tuple[Covered, ...] = many(
        "Covers", "Rules that let its projects pass; left out, it only describes.", example=["GAT-01"]
    )
    projects: tuple[Slug, ...] = many(
        "Projects", "Those it moves, also before they are here.", example=["visitor-desk"]
    )
    renames: Mapping[str, str] = named(
        "Renames", "Fields by their old and new names.", example={"criteria": "accepted_when"}
    )
    adds: Mapping[str, Any] = named("Adds", "Fields that come new, with their value.", example={"scope.out": []})
    body: str = attached("")


@entity
class LoopLog(Entity):
    """What one run of the gate on a pull request did, kept by CI: one file for each pull request."""

    called = "log of a pull request"
    id: Slug = required("Id", "Names the pull request.", example="pr-214")
    opened: date = required("Opened", "When it was opened.", example="2026-11-02")
    project: Project | None = optional("Project", "Whose plan it changes.", example="visitor-desk")
    blocked: bool = optional("Blocked", "Whether the gate stopped it at first.", default=False, example="yes")
    minutes_to_green: int | None = optional("Minutes to green", "From red to green.", unit="minutes", example=25)
    remarks: int | None = optional("Remarks", "How many it raised.", example=4)
    dismissed: int | None = optional("Dismissed", "How many were set aside by a deviation or as wrong.", example=1)
