"""The registers of a project: what may happen, what has happened, what was decided and who does what about it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from handrail.fields import Entity, OneOrMany, Short, entity, many, named, optional, required
from handrail.model.money import Money
from handrail.model.words import (
    DeliverableRef,
    Item,
    ItemId,
    Month,
    Objective,
    Person,
    Scale,
    Share,
)

Response = Literal["avoid", "reduce", "transfer", "share", "accept", "contingency", "escalate", "exploit", "enhance"]


@entity
class Risk(Entity):
    """Something that may happen and would change what the project delivers: a threat, or an opportunity."""

    id: ItemId = required("Id", "Names the risk for ever; never used again.", example="R-002")
    title: str = required("Title", "The risk in a few words.", example="Joiner fails to deliver")
    kind: Literal["threat", "opportunity"] = optional(
        "Kind", "A threat would do harm, an opportunity would help.", default="threat", example="threat"
    )
    cause: str | None = optional("Cause", "What is so today.", example="The only joiner has one workshop")
    event: str | None = optional("Event", "What may happen.", example="it cannot work for some weeks")
    effect: str | None = optional("Effect", "What that would do to the project.", example="the desk opens late")
    probability: Scale | None = optional("Probability", "1 rare to 5 almost certain.", example=3)
    impact: Scale | None = optional("Impact", "1 negligible to 5 severe; the policy has the anchors.", example=4)
    probability_pct: Share | None = optional("Probability in percent", "Where it can be estimated.", example="30%")
    cost_impact: Money | None = optional("Cost impact", "What it would cost if it happened.", example=2400)
    target_probability: Scale | None = optional("Target probability", "After the response has worked.", example=2)
    target_impact: Scale | None = optional("Target impact", "After the response has worked.", example=3)
    response: Response | None = optional("Response", "What is done about it.", example="reduce")
    action: str | None = optional("Action", "The next step.", example="Ask a second joiner for an offer")
    trigger: str | None = optional("Trigger", "The sign that an accepted risk happens.", example="Delivery note late")
    owner: Person | None = optional("Owner", "Who watches it and answers for the response.", example="j.okafor")
    due: date | None = optional("Due", "When the action is done.", example="2026-12-12")
    review: date | None = optional("Review", "When it is looked at again.", example="2027-01-05")
    raised_on: date | None = optional("Raised on", "When it was written down.", example="2026-11-02")
    escalated_to: str | None = optional("Escalated to", "The board or person that was told.", example="lyon-sites")
    decision: Item | None = optional("Decision", "The decision it led to.", example="D-001")
    status: Literal["open", "closed"] = optional("Status", "Open until it can no longer happen.", default="open")
    closed_on: date | None = optional("Closed on", "When it was closed.", example="2027-01-20")
    closed_by: Person | None = optional("Closed by", "Who closed it.", example="j.okafor")
    outcome: str | None = optional("Outcome", "How it ended.", example="The second joiner delivered")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Issue(Entity):
    """Something that has happened and stands in the way."""

    id: ItemId = required("Id", "Names the issue for ever; never used again.", example="I-003")
    title: str = required("Title", "The issue in a few words.", example="Joiner's workshop burnt down")
    category: str | None = optional("Category", "What it touches.", example="supplier")
    impact: Scale | None = optional("Impact", "1 negligible to 5 severe.", example=4)
    urgency: Scale | None = optional("Urgency", "1 can wait to 5 today.", example=4)
    action: str | None = optional("Next action", "The next step.", example="Choose between two other joiners")
    owner: Person | None = optional("Owner", "Who solves it.", example="j.okafor")
    due: date | None = optional("Due", "When it is solved.", example="2026-12-18")
    moved_because: str | None = optional("Moved because", "Why the due date moved.", example="Second offer came late")
    escalated_to: str | None = optional("Escalated to", "The board or person that was told.", example="c.moreau")
    raised_on: date | None = optional("Raised on", "When it was written down.", example="2026-11-24")
    from_risk: Item | None = optional("From risk", "The risk that happened.", example="R-002")
    decision: Item | None = optional("Decision", "The decision it led to.", example="D-001")
    status: Literal["open", "closed"] = optional("Status", "Open until it is solved.", default="open")
    closed_on: date | None = optional("Closed on", "When it was solved.", example="2026-12-17")
    closed_by: Person | None = optional("Closed by", "Who closed it.", example="j.okafor")
    outcome: str | None = optional("Outcome", "How it ended.", example="Second joiner under contract")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Decision(Entity):
    """What was decided, by whom, and what it changes. Approvals of records stand in `approvals/`, not here."""

    id: ItemId = required("Id", "Names the decision for ever.", example="D-001")
    title: str = required("Title", "What was decided.", example="Take the second joiner")
    on: date | None = optional("On", "When it was decided.", example="2026-12-03")
    decider: str | None = optional("Decider", "The person or board that decided.", example="c.moreau")
    options: tuple[str, ...] = many("Options", "What could have been done instead.", example=["Wait", "Second joiner"])
    because: str | None = optional("Because", "Why this option.", example="It is the only one before March")
    effects: str | None = optional("Effects", "What it changes in scope, time, cost or benefit.", example="+2,400 EUR")
    objective: Objective | None = optional("Objective", "The objective it helps or hurts.", example="OBJ-4")
    links: tuple[Item, ...] = many("Links", "Risks, issues or changes it answers.", example=["I-003"])
    status: Literal["taken", "withdrawn"] = optional("Status", "Taken, or withdrawn by a later one.", default="taken")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Action(Entity):
    """Something that somebody does by a day, and what it should bring."""

    id: ItemId = required("Id", "Names the action for ever.", example="A-004")
    what: str = required("What", "What is done.", example="Get a second offer")
    owner: Person | None = optional("Owner", "Who does it.", example="l.petit")
    due: date | None = optional("Due", "When it is done.", example="2026-12-12")
    source: Item | None = optional("From", "The risk, issue or gate it comes from.", example="R-002")
    meeting: str | None = optional("Meeting", "The meeting it comes from.", example="Board, 3 December")
    expected_effect: str | None = optional("Expected effect", "What it should change.", example="Desk opens by 15 Feb")
    effect_seen: str | None = optional("Effect seen", "What it did change.", example="Forecast back to 8 February")
    status: Literal["open", "done", "dropped"] = optional("Status", "Open, done or dropped.", default="open")
    done_on: date | None = optional("Done on", "When it was done.", example="2026-12-10")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Supplier(Entity):
    """A party outside that delivers something the project needs."""

    id: ItemId = required("Id", "Names the supplier in this project.", example="SUP-1")
    party: str = required("Party", "The firm or office.", example="Menuiserie Martin")
    contract: str | None = optional("Contract", "The contract's reference.", example="2026-117")
    value: Money | None = optional("Value", "What the contract is worth.", example=18000)
    end: date | None = optional("End", "When the contract ends.", example="2027-03-31")
    contact: str | None = optional("Contact", "Whom to ask there, as a role.", example="Workshop manager")
    escalation: str | None = optional("Escalation", "Who is called when it does not deliver.", example="Owner")
    deliverables: tuple[DeliverableRef, ...] = many("Deliverables", "What it contributes to.", example=["D1"])
    status: Literal["open", "closed"] = optional("Status", "Open until the contract is closed.", default="open")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Measurement(Entity):
    """One reading of a benefit's measure."""

    on: date = required("On", "When it was measured.", example="2027-06-30")
    value: Decimal = required("Value", "What was measured.", example=5)
    source: str | None = optional("Source", "Where the figure comes from.", example="Desk log, June")
    explained: str | None = optional(
        "Difference explained", "Why it differs from the target.", example="Two sick leaves"
    )
    by: Person | None = optional("By", "Who measured it.", example="s.lambert")


@entity
class Benefit(Entity):
    """What gets better because of the project, how it is measured and who answers for it, also after closure."""

    id: ItemId | None = optional("Id", "Names the benefit; needed where there are several.", example="B1")
    what: str = required("What", "The measure, with its unit.", example="Waiting time in minutes")
    now: Decimal | None = optional("Now", "The measure today.", example=12)
    target: Decimal | None = optional("Target", "The measure that was promised.", example=4, baselined=True)
    by: date | None = optional("By", "When the target is reached.", example="2027-06-30", baselined=True)
    owner: Person | None = optional("Owner", "Who answers for it after the project.", example="s.lambert")
    value: Money | None = optional("Value per year", "What it is worth in money a year.", example=15000)
    review: date | None = optional("Review", "When it is measured; the target date if left out.", example="2027-07-05")
    measured: tuple[Measurement, ...] = many("Measured", "Readings so far.")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Stakeholder(Entity):
    """A person or group that the project touches or needs."""

    party: str = required("Party", "Who they are, as a role or group.", example="Reception staff")
    kind: Literal["internal", "external"] = optional("Kind", "Inside or outside the organisation.", default="internal")
    interest: str | None = optional("Interest", "What they want from it.", example="A desk that works in the rush hour")
    influence: Literal["low", "medium", "high"] | None = optional(
        "Influence", "How much they can move.", example="high"
    )
    attitude: Literal["against", "neutral", "for"] | None = optional("Attitude", "How they see it.", example="for")
    engagement: str | None = optional("Engagement", "What we do to keep them with us.", example="Weekly walk-through")


@entity
class RaciRow(Entity):
    """Who is responsible, accountable, supports, is consulted and informed for one deliverable or kind of decision."""

    called = "line of responsibilities"
    what: str = required("What", "A deliverable's id, or a kind of decision.", example="D1")
    responsible: Annotated[tuple[str, ...], OneOrMany] = many("Responsible", "Who does it.", example=["l.petit"])
    accountable: Annotated[tuple[str, ...], OneOrMany] = many("Accountable", "The one who answers.", example="j.okafor")
    supports: Annotated[tuple[str, ...], OneOrMany] = many("Supports", "Who helps.")
    consulted: Annotated[tuple[str, ...], OneOrMany] = many("Consulted", "Who is asked before.")
    informed: Annotated[tuple[str, ...], OneOrMany] = many("Informed", "Who is told after.")


@entity
class Communication(Entity):
    """A message that is sent again and again, to whom and how."""

    audience: str = required("Audience", "Who gets it.", example="Reception staff")
    content: str | None = optional("Content", "What it says.", example="What changes next week")
    cadence: str | None = optional("Cadence", "How often.", example="weekly")
    channel: str | None = optional("Channel", "How.", example="Stand-up")
    owner: Person | None = optional("Owner", "Who sends it.", example="l.petit")
    last_on: date | None = optional("Last on", "When it was told last.", example="2026-11-30")
    evidence: tuple[str, ...] = many("Evidence", "Where the last ones can be seen.")


@entity
class QualityCheck(Entity):
    """A check of a deliverable, planned before and recorded after."""

    id: ItemId = required("Id", "Names the check.", example="Q1")
    deliverable: DeliverableRef | None = optional("Deliverable", "What is checked.", example="D1")
    method: str = required("Method", "How it is checked.", example="Ten visitors in a row")
    checker: Person | None = optional("Checker", "Who checks.", example="s.lambert")
    planned: date | None = optional("Planned", "When it should happen.", example="2027-01-28")
    done_on: date | None = optional("Done on", "When it happened.", example="2027-01-29")
    result: Literal["pass", "fail"] | None = optional("Result", "Pass or fail.", example="pass")
    evidence: str | None = optional("Evidence", "Where the result can be seen.", example="protocol-7")
    issue: Item | None = optional("Issue", "The issue that a failure led to.", example="I-004")


@entity
class Resource(Entity):
    """A person, role, piece of equipment or material that the project needs."""

    id: ItemId = required("Id", "Names the resource.", example="RS-1")
    name: str = required("Name", "What or who it is.", example="Electrician")
    kind: Literal["person", "role", "equipment", "material"] = required("Kind", "What sort it is.", example="role")
    person: Person | None = optional("Person", "For a person: the handle.", example="l.petit")
    calendar: str | None = optional(
        "Calendar", "When it is there, where that differs from the tasks it works on.", example="PART"
    )
    lead_time_days: int | None = optional("Lead time", "How long it takes to get.", unit="working days", example=15)
    allocations: Mapping[Month, Share] = named(
        "Allocation", "Share of a full month, by month.", example={"2026-11": "40%"}
    )
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Assumption(Entity):
    """What is taken as true until it is shown."""

    statement: str = required("Statement", "What is taken as true.", example="Landlord's permit by 15 January")
    owner: Person | None = optional("Owner", "Who finds out.", example="j.okafor")
    validate_by: date | None = optional("Validate by", "When it must be known.", example="2027-01-15")
    state: Literal["open", "confirmed", "wrong"] = optional("State", "What is known today.", default="open")


AssumptionText = Annotated[Assumption, Short("statement")]
