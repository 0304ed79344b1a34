"""Time in a plan: milestones, tasks and their links, increments, and what projects owe each other."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from handrail.fields import Entity, Limits, entity, many, named, optional, required
from handrail.model.money import Money
from handrail.model.words import (
    DeliverableRef,
    Duration,
    ItemId,
    Lag,
    MilestoneRef,
    Project,
    Share,
    TaskRef,
    Weekday,
)

Moment = date | datetime


@entity
class Milestone(Entity):
    """A day that matters. `planned` is what was approved, `forecast` what is expected today."""

    id: ItemId = required("Id", "Names the milestone.", example="M3")
    name: str = required("Name", "What is reached.", example="Desk opens")
    gate: str | None = optional("Gate", "The gate that is decided here.", example="start")
    kind: Literal["delivery", "gate", "external"] | None = optional(
        "Kind", "What sort of day it is.", example="delivery"
    )
    planned: date | None = optional("Planned", "As approved; frozen at approval.", example="2027-02-01", baselined=True)
    forecast: date | None = optional("Forecast", "What you expect today.", example="2027-02-15")
    actual: date | None = optional("Actual", "When it was reached.", example="2026-10-06")
    task: TaskRef | None = optional(
        "Task",
        "The task with whose end it is reached: where no forecast is stated, the network's day is the forecast.",
        example="T12",
    )
    because: str | None = optional("Because", "Why the forecast moved.", example="Joiner's workshop burnt down")
    weight: Share | None = optional("Weight", "Its part of the whole, for earned value.", example="20%")
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class Link(Entity):
    """A task that must come before."""

    task: TaskRef = required("Task", "The predecessor.", example="T12")
    type: Literal["FS", "SS", "FF", "SF"] = optional("Type", "Finish-start unless said otherwise.", default="FS")
    lag: Lag | None = optional("Lag", "Waiting time; negative is a lead.", example="+2d")


@entity
class Constraint(Entity):
    """A date that the network must respect."""

    type: Literal["ASAP", "ALAP", "SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO"] = required(
        "Type", "How it binds.", example="SNET"
    )
    date: Moment | None = optional("Date", "The day or instant.", example="2027-01-11")
    reason: str | None = optional("Reason", "Why it is pinned.", example="Road closed until then")


@entity
class Task(Entity):
    """A piece of work."""

    id: ItemId = required("Id", "Names the task.", example="T12")
    name: str = required("Name", "What is done.", example="Fit the counter")
    wbs: str | None = optional("Work package", "Where it belongs.", example="W1.2")
    parent: TaskRef | None = optional("Summary", "The summary task it belongs to.", example="T1")
    duration: Duration | None = optional("Duration", "Working time.", example="3d", baselined=True)
    optimistic: Duration | None = optional("Optimistic", "The duration if all goes well, for forecasts.", example="2d")
    pessimistic: Duration | None = optional("Pessimistic", "The duration if it goes badly.", example="6d")
    effort_hours: Decimal | None = optional("Effort", "Work.", unit="hours", example=24)
    budget: Money | None = optional(
        "Budget", "Its part of the budget, for earned value; shared out if left out.", example=4500, baselined=True
    )
    links: tuple[Link, ...] = many("Links", "What must come before.")
    constraint: Constraint | None = optional("Constraint", "A date it must respect.")
    deadline: date | None = optional("Deadline", "A date it should keep; moves nothing.", example="2027-02-01")
    manual: bool = optional("Manual", "Dates are typed, not computed.", default=False, example="no")
    start: Moment | None = optional("Start", "For a manual task.", example="2027-01-11")
    finish: Moment | None = optional("Finish", "For a manual task.", example="2027-01-13")
    planned_start: date | None = optional("Planned start", "As approved.", example="2027-01-11", baselined=True)
    planned_finish: date | None = optional("Planned finish", "As approved.", example="2027-01-13", baselined=True)
    forecast: date | None = optional("Forecast finish", "Where the manager knows better.", example="2027-01-20")
    actual_start: Moment | None = optional("Actual start", "When it began.", example="2027-01-12")
    actual_finish: Moment | None = optional("Actual finish", "When it was done.", example="2027-01-15")
    remaining: Duration | None = optional("Remaining", "Working time still to do.", example="1d")
    percent: Share | None = optional("Percent complete", "How much is done.", example="40%")
    because: str | None = optional("Because", "Why it is late.", example="Waiting for the permit")
    assignees: tuple[str, ...] = many("Assignees", "People or resources.", example=["l.petit"])
    calendar: str | None = optional("Calendar", "Where it differs from the project's.", example="NIGHT")
    ignore_resource_calendar: bool = optional(
        "Ignore resource calendars",
        "Those who work on it do so whenever its own calendar says.",
        default=False,
        example="no",
    )
    active: bool = optional("Active", "Left out of the network where it says no.", default=True, example="yes")
    priority: Annotated[int, Limits(0, 1000)] | None = optional(
        "Priority", "Which task goes first when people are short; 1000 is first.", example=500
    )
    note: str | None = optional("Note", "What else there is to know.", example="Key at the reception")
    ev_method: Literal["0/100", "50/50", "milestones", "percent", "deliverables"] | None = optional(
        "Earned-value method", "How progress counts.", example="50/50"
    )
    milestones: tuple[MilestoneRef, ...] = many("Milestones", "Whose weights show its progress.", example=["M3"])
    deliverables: tuple[DeliverableRef, ...] = many("Deliverables", "Whose acceptance shows it.", example=["D1"])
    extra: Mapping[str, Any] = named("Own fields", "Fields of your organisation, described in standards/schemas/.")


@entity
class WorkingTime(Entity):
    """When work is done. Left out: Monday to Friday, eight hours."""

    week: Mapping[Weekday, str] = named(
        "Week",
        "Working hours by weekday; a day that is left out is free.",
        example={"monday": "08:00-12:00 13:00-17:00"},
    )
    holidays: tuple[date, ...] = many("Holidays", "Days without work.", example=["2026-12-25"])
    exceptions: Mapping[str, str] = named(
        "Exceptions", "Other hours on single days.", example={"2026-12-24": "08:00-12:00"}
    )


@entity
class Calendar(WorkingTime):
    """A calendar with a name, for projects and tasks that work at other times. What it leaves out is the organisation's."""

    id: str = required("Id", "Names the calendar.", example="NIGHT")
    alone: bool = optional(
        "Alone", "Whether it is complete, so that nothing comes from the organisation's.", default=False, example="yes"
    )


@entity
class Scheduling(Entity):
    """How the network of tasks is computed. Left out: the usual way."""

    start: Moment | None = optional(
        "Start", "Where the network begins; left out: the project's start.", example="2027-01-11"
    )
    calendar: str | None = optional("Calendar", "The project's; left out: the organisation's.", example="NIGHT")
    honour_constraints: bool = optional(
        "Honour constraints", "Whether a latest date wins over links.", default=True, example="yes"
    )
    hours_per_day: Decimal | None = optional(
        "Hours per day", "What `1d` means; left out: as the calendar has it.", example=7.5
    )
    hours_per_week: Decimal | None = optional(
        "Hours per week", "What `1w` means; left out: as the calendar has it.", example=37.5
    )
    days_per_month: Decimal | None = optional("Days per month", "What `1mo` means; left out: four weeks.", example=20)
    critical_up_to: Duration | None = optional(
        "Critical up to", "The total float up to which a task is critical; left out: none.", example="1d"
    )


@entity
class Increment(Entity):
    """A finished piece of an adaptive project."""

    id: ItemId = required("Id", "Names the increment.", example="N3")
    name: str = required("Name", "What it brings.", example="Online booking")
    start: date | None = optional("Start", "When it begins.", example="2026-11-02")
    planned: date | None = optional(
        "Planned", "When it is accepted, as approved.", example="2026-11-30", baselined=True
    )
    forecast: date | None = optional("Forecast", "When it is expected today.", example="2026-12-04")
    actual: date | None = optional("Accepted on", "When it was accepted.", example="2026-12-02")
    size: Decimal | None = optional("Size", "In the team's own unit.", example=21)
    done: Decimal | None = optional("Done", "How much of it was accepted.", example=18)
    deliverables: tuple[DeliverableRef, ...] = many("Deliverables", "What it contributes to.", example=["D2"])


@entity
class WbsNode(Entity):
    """A work package, or a group of them."""

    id: str = required("Id", "Its number in the tree.", example="W1.2")
    name: str = required("Name", "What it covers.", example="Joinery", baselined=True)
    parent: str | None = optional("Parent", "The node above.", example="W1")
    deliverable: DeliverableRef | None = optional("Deliverable", "What it leads to.", example="D1")


@entity
class Dependency(Entity):
    """Something that another project must give."""

    project: Project = required("Project", "Who gives it.", example="badge-system")
    what: str = required("What", "What is needed: a deliverable's or milestone's id.", example="D2")
    needed_by: date | None = optional("Needed by", "When it is needed.", example="2027-01-11")
    agreed: bool = optional("Agreed", "Whether the giver has said yes.", default=False, example="yes")
    status: Literal["open", "closed"] = optional("Status", "Open until it is there.", default="open")


@entity
class Provision(Entity):
    """Something that this project gives to another."""

    project: Project = required("Project", "Who gets it.", example="visitor-desk")
    what: str = required("What", "What is given: a deliverable's or milestone's id.", example="D2")
    by: date | None = optional("By", "When it will be there.", example="2027-01-11")
    agreed: bool = optional("Agreed", "Whether it was promised.", default=False, example="yes")
