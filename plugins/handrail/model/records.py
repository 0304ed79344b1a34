"""What a project puts on record: reports, changes, gates, baselines, waivers, lessons, approvals and its closure."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from handrail.fields import Entity, OneOrMany, attached, entity, many, named, optional, required
from handrail.model.approval_parts import Condition, Minutes, Subject
from handrail.model.money import Money
from handrail.model.words import (
    BaselineRef,
    Colour,
    Dimension,
    Item,
    ItemId,
    Person,
    Rule,
    Scale,
    ValueHash,
)


@entity
class DecisionAsked(Entity):
    """A decision that a report asks for."""

    ask: str = required("Ask", "What should be decided.", example="Approve CR-003 (open on 15 February)")
    from_: str = required("From", "The person or board.", example="c.moreau")
    by: date | None = optional("By", "Until when.", example="2026-12-05")
    otherwise: str | None = optional(
        "Otherwise", "What happens if nobody decides.", example="The joiner takes another job"
    )


@entity
class Override(Entity):
    """The sponsor's agreement with a better colour than the computed one, and until when."""

    status: Colour = required("Status", "The colour agreed to.", example="green")
    because: str = required("Because", "Why it is better than the figures say.", example="The supplier has delivered")
    expires: date = required("Until", "When it must be looked at again.", example="2027-01-31")


@entity
class Report(Entity):
    """The manager's word on how the project stands on a day. Published, it is never changed."""

    as_of: date = required("As of", "The day it speaks of; the file carries the same day.", example="2026-11-30")
    status: Colour = required(
        "Status", "My judgement; the computed colours stand beside it.", example="amber", approved=True
    )
    because: str | None = optional("Because", "Needed where it is not green, or better than computed.",
                                   example="The joiner's workshop burnt down")  # fmt: skip
    back_to_green: date | None = optional("Back to green", "When I expect it.", example="2027-01-15")
    what_we_do: tuple[Item, ...] = many("What we do", "Actions and issues that answer it.", example=["I-003"])
    decisions_asked: tuple[DecisionAsked, ...] = many("Decisions asked", "What others must decide.")
    decisions_taken: tuple[Item, ...] = many("Decisions taken", "Decisions that answer it already.", example=["D-012"])
    risks_reviewed: bool = optional("Risks reviewed", "I went through the open risks.", default=False, example="yes")
    colours: Mapping[Dimension, Colour] = named("Colours", "My judgement by dimension.", example={"time": "amber"})
    override: Override | None = optional("Better colour", "Asked of the sponsor; counts once approved.", approved=True)
    body: str = attached("")


@entity
class FieldChange(Entity):
    """One approved value that a change request would replace."""

    item: str = required("Item", "What is changed: an item's id, or a part of the plan such as budget.", example="M3")
    field: str = required("Field", "Its field.", example="planned")
    from_: Any = optional("From", "The approved value.", example="2027-02-01")
    to: Any = optional("To", "The new value.", example="2027-02-15")


@entity
class ChangeRequest(Entity):
    """A request to change the approved plan. Its state and decision are derived, never typed."""

    id: ItemId = required("Id", "Names the request.", example="CR-003")
    title: str = required("Title", "What should change.", example="Open on 15 February", approved=True)
    requested_by: Person | None = optional("Requested by", "Who asks.", example="j.okafor", approved=True)
    requested_on: date | None = optional("Requested on", "When.", example="2026-12-01")
    on: BaselineRef | None = optional("On", "The baseline it changes.", example="BL-001", approved=True)
    reason: str | None = optional("Reason", "Why.", example="The joiner's workshop burnt down", approved=True)
    changes: tuple[FieldChange, ...] = many("Changes", "The values, old and new.", approved=True)
    impact: str | None = optional(
        "Impact", "What else it touches.", example="Quality and scope unchanged", approved=True
    )
    impacts: Mapping[str, str] = named("Impacts", "By dimension, for large changes.", example={"benefit": "none"})
    other_options: Annotated[tuple[str, ...], OneOrMany] = many(
        "Other options", "What else could be done.", example=["Wait"]
    )
    withdrawn_on: date | None = optional("Withdrawn on", "When it was taken back.", example="2026-12-04")
    postponed_until: date | None = optional("Postponed until", "When it is looked at again.", example="2027-03-01")
    body: str = attached("")


@entity
class Answer(Entity):
    """One question of a gate's checklist and its answer."""

    question: str = required("Question", "The question's id in the policy.", example="G2-3")
    answer: Literal["yes", "no", "partly", "not applicable"] | None = optional("Answer", "What is so.", example="yes")
    evidence: str | None = optional("Evidence", "Where it can be seen.", example="risks.yaml")


@entity
class GateSubmission(Entity):
    """What the project manager hands in for a gate. The decision is an approval record."""

    id: ItemId = required("Id", "Names the submission.", example="G-02")
    gate: str = required("Gate", "The gate of the tier's path.", example="execute", approved=True)
    submitted_by: Person | None = optional("Submitted by", "Who hands it in.", example="j.okafor")
    submitted_on: date | None = optional("Submitted on", "When.", example="2026-11-20")
    recommendation: str | None = optional("Recommendation", "What the manager proposes.", example="go", approved=True)
    answers: tuple[Answer, ...] = many("Checklist", "The questions and their answers.", approved=True)
    body: str = attached("")


@entity
class Baseline(Entity):
    """The approved plan as a snapshot, written by the tool and never changed."""

    id: ItemId = required("Id", "Numbered without gaps.", example="BL-001")
    made_on: date = required("Made on", "When it was taken.", example="2026-10-06")
    change: Item | None = optional("Change", "The request it follows from; none for the first.", example="CR-003")
    values: Mapping[str, Mapping[str, Any]] = named(
        "Values", "Every baselined field of every item.", example={"M3": {"planned": "2027-02-01"}}, approved=True
    )


@entity
class ExceptionReport(Entity):
    """Told to the board when a forecast leaves a tolerance."""

    id: ItemId = required("Id", "Names the report.", example="EX-001")
    title: str = required("Title", "What left its tolerance.", example="Cost 14% over", approved=True)
    dimension: Literal["time", "cost", "scope", "quality", "benefit", "risk"] | None = optional(
        "Dimension", "Which tolerance.", example="cost", approved=True
    )
    raised_on: date | None = optional("Raised on", "When.", example="2026-12-02")
    cause: str | None = optional("Cause", "Why.", example="Steel prices", approved=True)
    options: tuple[str, ...] = many(
        "Options", "What can be done.", example=["Reduce scope", "Add money"], approved=True
    )
    recommendation: str | None = optional(
        "Recommendation", "What the manager proposes.", example="Add money", approved=True
    )
    status: Literal["open", "decided"] = optional("Status", "Open until the board has decided.", default="open")
    body: str = attached("")


@entity
class Waiver(Entity):
    """A deviation from a standard that a project asks for, for a time, with something in its place."""

    id: ItemId = required("Id", "Names the waiver.", example="W-001")
    rule: Rule = required("Rule", "The one rule it sets aside.", example="RSK-01", approved=True)
    reason: str | None = optional(
        "Reason", "Why the rule does not fit.", example="Supplier keeps the register", approved=True
    )
    instead: str | None = optional("Instead", "The control that takes its place.", example="Weekly call", approved=True)
    requested_by: Person | None = optional("Requested by", "Who asks.", example="j.okafor", approved=True)
    starts: date | None = optional("From", "First day.", example="2026-11-01", approved=True)
    expires: date | None = optional("Until", "Last day; at most 180 days later.", example="2027-01-31", approved=True)
    renews: Item | None = optional("Renews", "The waiver it follows.", example="W-000")
    risk_accepted_by: Person | None = optional(
        "Risk accepted by", "The sponsor who bears it.", example="c.moreau", approved=True
    )


@entity
class Lesson(Entity):
    """What a project learnt, so that others need not learn it again."""

    id: ItemId = required("Id", "Names the lesson.", example="L-001")
    title: str = required("Title", "The lesson in a few words.", example="Ask for the permit first")
    context: str | None = optional("Context", "Where it happened.", example="Works in a rented building")
    event: str | None = optional("Event", "What happened.", example="The permit took ten weeks")
    effect: str | None = optional("Effect", "What that did.", example="Start four weeks late")
    recommendation: str | None = optional("Recommendation", "What to do next time.", example="Ask before the gate")
    tags: tuple[str, ...] = many("Tags", "Words of the taxonomy.", example=["building"])
    target: str | None = optional(
        "Target", "The standard, template, module or tool that should change.", example="S-SCHEDULE"
    )
    raised_by: Person | None = optional("Raised by", "Who wrote it.", example="j.okafor")
    raised_on: date | None = optional("Raised on", "When.", example="2026-11-20")
    body: str = attached("")


@entity
class Feedback(Entity):
    """What somebody thinks of a rule, standard, template or module."""

    id: ItemId = required("Id", "Names it.", example="F-001")
    about: str = required("About", "The rule, standard, template or module.", example="RSK-01")
    kind: Literal["unclear", "too heavy", "wrong", "missing", "good"] = required(
        "Kind", "In a word.", example="unclear"
    )
    text: str | None = optional("Text", "In a few words.", example="What is a trigger?")
    minutes_lost: int | None = optional("Minutes lost", "Roughly.", unit="minutes", example=20)
    raised_by: Person | None = optional("From", "Who says it.", example="j.okafor")
    raised_on: date | None = optional("On", "When.", example="2026-11-20")
    body: str = attached("")


@entity
class SupportRequest(Entity):
    """A project manager asks the PMO for help."""

    id: ItemId = required("Id", "Names the request.", example="SR-001")
    situation: str = required("Situation", "What is hard.", example="Two suppliers blame each other")
    urgency: Scale | None = optional("Urgency", "1 can wait to 5 today.", example=3)
    requested_by: Person | None = optional("From", "Who asks.", example="j.okafor")
    opened: date | None = optional("Opened", "When.", example="2026-11-20")
    body: str = attached("")


@entity
class Response(Entity):
    """A project's answer to an audit finding."""

    id: ItemId = required("Id", "Names the answer.", example="RE-001")
    finding: str = required("Finding", "The finding it answers.", example="AU-2026-1/F-02")
    management_response: Literal["agree", "partly", "disagree"] = required("Response", "In a word.", example="agree")
    action: str | None = optional("Action", "What will be done.", example="Register reviewed monthly")
    owner: Person | None = optional("Owner", "Who does it.", example="j.okafor")
    due: date | None = optional("Due", "By when.", example="2027-01-31")


@entity
class Closure(Entity):
    """The end of a project: what was delivered, what it cost, and who takes over what is still open."""

    closed_on: date | None = optional("Closed on", "When.", example="2027-03-15", approved=True)
    outcome: str | None = optional("Outcome", "What was reached, in a sentence.", example="Desk in use", approved=True)
    final_cost: Money | None = optional("Final cost", "What it cost.", example=49800, approved=True)
    handed_over: Mapping[str, str] = named(
        "Handed over", "Open items and their receivers.", example={"R-004": "Site services"}
    )
    contracts_closed: bool | None = optional("Contracts closed", "All of them.", example="yes", approved=True)
    benefit_review: date | None = optional("Benefit review", "When the benefit is measured.", example="2027-06-30")
    no_lessons_because: str | None = optional(
        "No lessons because", "Signed by the sponsor.", example="Repeat of desk 1"
    )
    body: str = attached("")


@entity
class Approval(Entity):
    """Somebody agreed to something: the only place where anybody agrees to anything."""

    id: ItemId = required("Id", "Names the approval.", example="AP-001")
    decision: Literal["approve", "reject", "go", "go with conditions", "rework", "hold", "stop", "accept"] = required(
        "Decision", "What was decided.", example="approve"
    )
    subject: Subject = required("Subject", "What it is about.", example={"kind": "baseline", "id": "BL-001"})
    value: ValueHash | None = optional("Value", "The fingerprint of what was approved, written by the tool.")
    by: Person = required("By", "Who decided.", example="c.moreau")
    role: str = required("Role", "In which role.", example="sponsor")
    on: date = required("On", "When.", example="2026-10-06")
    conditions: tuple[Condition, ...] = many("Conditions", "What must still be done.")
    releases: Money | None = optional("Releases", "The money it sets free.", example=48000)
    minutes: Minutes | None = optional("Minutes", "Where the approver does not use Git.")
    stale: str | None = attached(None)
    """Why it no longer counts: what was approved says something else now. Set when a portfolio is computed."""
