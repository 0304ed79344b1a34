"""Assurance: audits and what they find. The auditor owns these files; the PMO may not change them."""

from datetime import date
from typing import Annotated, Literal

from handrail.fields import Entity, OneOrMany, attached, entity, many, optional, required
from handrail.model.approval_parts import Extension
from handrail.model.words import Count, ItemId, Person, Project, Requirement, Severity, Slug

AuditState = Literal["planned", "running", "reported", "closed", "cancelled"]


@entity
class Audit(Entity):
    """One audit: its scope and criteria, who does it, and what it concludes. `standards/audits/<id>/audit.yaml`."""

    id: Slug = required("Id", "Names the audit; its folder carries the same name.", example="au-2026-1")
    title: str = required("Title", "What is audited.", example="Gates and changes, first half of 2026")
    type: Literal["compliance", "health", "gate", "deep", "pmo"] = required(
        "Type", "What sort it is; pmo looks at the PMO itself.", example="compliance"
    )
    projects: tuple[Project, ...] = many("Projects", "Which ones; all if left out.", example=["visitor-desk"])
    criteria: tuple[Requirement, ...] = many("Criteria", "Requirements it is held against.", example=["S-LIFECYCLE.1"])
    frameworks: tuple[str, ...] = many("Frameworks", "External standards it is held against.", example=["ISO21502"])
    auditors: Annotated[tuple[Person, ...], OneOrMany] = many("Auditors", "Who does it.", example=["a.berger"])
    from_: date | None = optional("From", "First day of the period.", example="2026-01-01")
    to: date | None = optional("To", "Last day of the period.", example="2026-06-30")
    at: str | None = optional("At", "The tag or commit that was looked at.", example="audit-2026-1")
    sample: Count | None = optional("Sample", "How many of the population are looked at.", example=25)
    seed: Count | None = optional("Seed", "Makes the sample repeatable.", example=7)
    planned_on: date | None = optional("Planned for", "When it is to begin.", example="2026-07-06")
    started_on: date | None = optional("Started on", "When it began.", example="2026-07-06")
    closing_meeting: date | None = optional(
        "Closing meeting", "When the findings were talked over.", example="2026-08-14"
    )
    closed_on: date | None = optional("Closed on", "When it ended.", example="2026-08-28")
    state: AuditState = optional("State", "Where it stands.", default="planned", example="closed")
    evidence: str | None = optional("Evidence", "The hash of the pack's manifest, or the commit.", example="4f1c...")
    opinion: str | None = optional("Opinion", "What it concludes.", example="Adequate; two gates lack evidence")
    body: str = attached("")


@entity
class Finding(Entity):
    """One finding of an audit: condition, criteria, cause, effect, recommendation, and what became of it."""

    id: ItemId = required("Id", "Names the finding in its audit.", example="F-01")
    title: str = required("Title", "The finding in a few words.", example="Two gates without evidence")
    requirement: Requirement | None = optional("Requirement", "What it is about.", example="S-LIFECYCLE.2")
    project: Project | None = optional(
        "Project", "Where it was found; none for the PMO's own.", example="depot-charging"
    )
    severity: Severity = required("Severity", "How bad.", example="major")
    condition: str | None = optional("Condition", "What is so.", example="G-02 and G-03 name no evidence")
    criteria: str | None = optional("Criteria", "What should be so.", example="Every answer names its evidence")
    cause: str | None = optional("Cause", "Why it came about.", example="Submission written on the evening before")
    effect: str | None = optional("Effect", "What it can lead to.", example="The board decides on hearsay")
    recommendation: str | None = optional(
        "Recommendation", "What should change.", example="Freeze answers two days before"
    )
    evidence: tuple[str, ...] = many(
        "Evidence", "Where it can be seen.", example=["projects/depot-charging/gates/G-02.yaml"]
    )
    raised_on: date | None = optional("Raised on", "The day of the closing meeting.", example="2026-08-14")
    raised_by: Person | None = optional("Raised by", "The auditor.", example="a.berger")
    management_response: Literal["agree", "partly", "disagree"] | None = optional(
        "Management response", "Of the one who must act.", example="agree"
    )
    risk_accepted_by: Person | None = optional(
        "Risk accepted by", "Sponsor or above, where nothing is done.", example="c.moreau"
    )
    action: str | None = optional("Action", "What corrects the cause.", example="Checklist names the evidence")
    owner: Person | None = optional("Owner", "Who does it; never the auditor.", example="t.abebe")
    due: date | None = optional("Due", "By when.", example="2026-11-30")
    extensions: tuple[Extension, ...] = many("Extensions", "Every later due date, with its reason.")
    contained_on: date | None = optional(
        "Contained on", "When the harm was stopped, for critical ones.", example="2026-08-20"
    )
    closed_on: date | None = optional("Closed on", "When the action was done.", example="2026-11-20")
    closed_by: Person | None = optional("Closed by", "Who says so.", example="t.abebe")
    verified_on: date | None = optional("Verified on", "When the auditor saw it.", example="2026-11-27")
    verified_by: Person | None = optional("Verified by", "The auditor, not the owner.", example="a.berger")
    body: str = attached("")
