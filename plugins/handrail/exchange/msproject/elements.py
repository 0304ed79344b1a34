"""What each element of a task means to a plan: taken up, computed anew, only for the screen, or told when it says something.

An element that stands in none of these tables is told too, by its name.
"""

from __future__ import annotations

from collections.abc import Mapping

TAKEN = frozenset(
    [
        "UID",
        "ID",
        "Name",
        "Active",
        "Manual",
        "Type",
        "IsNull",
        "WBS",
        "OutlineNumber",
        "OutlineLevel",
        "Priority",
        "Start",
        "Finish",
        "Duration",
        "DurationFormat",
        "Work",
        "Milestone",
        "Summary",
        "PercentComplete",
        "ActualStart",
        "ActualFinish",
        "RemainingDuration",
        "ConstraintType",
        "CalendarUID",
        "ConstraintDate",
        "Deadline",
        "IgnoreResourceCalendar",
        "Notes",
        "PredecessorLink",
        "ExtendedAttribute",
        "Baseline",
        "ManualStart",
        "ManualFinish",
        "ManualDuration",
        "StartText",
        "FinishText",
        "DurationText",
        "TimephasedData",
        "Project",
        "OutlineCode",
        "Stop",
        "Resume",
        "EffortDriven",
        "PercentWorkComplete",
    ]
)

COMPUTED = frozenset(
    [
        "GUID",
        "CreateDate",
        "WBSLevel",
        "ResumeValid",
        "OverAllocated",
        "Critical",
        "EarlyStart",
        "EarlyFinish",
        "LateStart",
        "LateFinish",
        "StartVariance",
        "FinishVariance",
        "WorkVariance",
        "FreeSlack",
        "TotalSlack",
        "StartSlack",
        "FinishSlack",
        "ActualDuration",
        "ActualWork",
        "RegularWork",
        "RemainingWork",
        "ACWP",
        "CV",
        "BCWS",
        "BCWP",
        "PreLeveledStart",
        "PreLeveledFinish",
        "IsPublished",
        "RemainingCost",
        "RemainingOvertimeCost",
        "RemainingOvertimeWork",
        "ActualOvertimeWork",
        "ActualWorkProtected",
        "ActualOvertimeWorkProtected",
        "IsSubprojectReadOnly",
        "ActualOvertimeCost",
        "OvertimeCost",
        "LevelingDelayFormat",
        "FixedCostAccrual",
        "CommitmentType",
    ]
)
"""Follows from the rest of the file, so both sides compute it."""

SHOWN = frozenset(["HideBar", "Rollup", "DisplayAsSummary", "LevelAssignments", "LevelingCanSplit"])
"""How it looks in Microsoft Project, or how that program would level it."""

TOLD: Mapping[str, str] = {
    "Recurring": "a recurring task: its single dates came as tasks, the rhythm did not",
    "IsSubproject": "an inserted project: import that plan by itself and name it in `depends_on`",
    "SubprojectName": "the file of an inserted project",
    "ExternalTask": "a task of another project: it keeps its dates as a manual task; name that project in `depends_on`",
    "ExternalTaskProject": "where the task of another project stands",
    "LevelingDelay": "a delay by levelling: no plan holds one; a constraint or link would",
    "EffortDriven": "only matters when people are added in Microsoft Project: here the duration is what is fixed",
    "Estimated": "the question mark of an estimated duration",
    "Contact": "plans name people by their handle",
    "Hyperlink": "links belong into the project's page",
    "HyperlinkAddress": "links belong into the project's page",
    "HyperlinkSubAddress": "links belong into the project's page",
    "FixedCost": "costs stand in the budget",
    "Cost": "costs stand in the budget",
    "ActualCost": "costs stand in the budget",
    "OvertimeWork": "overtime is not planned by task",
    "PhysicalPercentComplete": "progress is the percent complete, or what `ev_method` says",
    "EarnedValueMethod": "how progress counts is said by `ev_method`",
    "StatusManager": "people are named by their handle",
    "CommitmentStart": "a date of Project Server", "CommitmentFinish": "a date of Project Server",
}  # fmt: skip
"""Left out and told, when it says something: anything but nothing, 0 and false."""

RESOURCE_TAKEN = frozenset(
    ["UID", "ID", "Name", "Type", "IsNull", "Code", "Group", "CalendarUID", "IsCostResource", "MaxUnits", "Rates"]
)
RESOURCE_TOLD: Mapping[str, str] = {
    "Notes": "the register of resources has no notes", "EmailAddress": "addresses are kept outside of plans",
    "MaterialLabel": "the unit of a material", "StandardRate": "rates are kept with the budget",
    "OvertimeRate": "rates are kept with the budget", "CostPerUse": "rates are kept with the budget",
    "ExtendedAttribute": "a custom field", "OutlineCode": "a custom code",
    "AvailabilityPeriods": "when a resource is there is said by `allocations`",
}  # fmt: skip

ASSIGNMENT_TOLD: Mapping[str, str] = {
    "Delay": "an assignment that begins later than its task", "LevelingDelay": "a delay by levelling",
    "WorkContour": "work that is not spread evenly", "CostRateTable": "a second table of rates",
    "OvertimeWork": "overtime is not planned by task", "Notes": "an assignment has no notes",
    "ExtendedAttribute": "a custom field", "BudgetCost": "costs stand in the budget", "BudgetWork": "costs stand in the budget",
}  # fmt: skip

PROJECT_GROUPS = frozenset(
    ["Calendars", "Tasks", "Resources", "Assignments", "ExtendedAttributes", "OutlineCodes", "WBSMasks"]
)
PROJECT_TOLD: Mapping[str, str] = {
    "Subject": "said by the project's page", "Category": "said by `tags`", "Company": "said by the organisation",
    "Manager": "people are named by their handle", "Author": "people are named by their handle",
}  # fmt: skip

KEY_FIELD, BASE_FIELD = "188744015", "188744016"
"""The custom fields Text29 and Text30 of a task, in which an export keeps what the next import needs."""
KEY_ALIAS, BASE_ALIAS = "Handrail id", "Handrail state"


def says_something(text: str) -> bool:
    """Whether an element is more than an empty default."""
    plain = text.strip().lower()
    return plain not in {"", "0", "false", "pt0h0m0s", "-1"} and plain.strip("0.") != ""
