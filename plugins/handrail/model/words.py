"""The small types that fields share: ids, references, shares, and the words that choices use."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from handrail.fields import Limits, Pattern, Percent, Ref

PROJECT_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
ITEM_ID = r"[A-Z]{1,4}-?[0-9]{1,4}"
PERSON_ID = r"[a-z0-9]+([.-][a-z0-9]+)*"

Slug = Annotated[str, Pattern(PROJECT_ID, "small letters, digits and hyphens, such as visitor-desk")]
ItemId = Annotated[str, Pattern(ITEM_ID, "one to four capital letters and a number, such as R-002")]
Handle = Annotated[str, Pattern(PERSON_ID, "a staff handle such as c.moreau")]
RuleId = Annotated[str, Pattern(r"[A-Z]{2,4}-[0-9]{2,3}", "a rule's id such as RSK-01")]
StandardId = Annotated[str, Pattern(r"S-[A-Z]{2,12}", "a standard's id such as S-RISK")]
RequirementId = Annotated[str, Pattern(r"S-[A-Z]{2,12}\.[0-9]{1,3}", "a requirement's id such as S-RISK.1")]
ObjectiveId = Annotated[str, Pattern(r"(MIS|OBJ|OOB)-[0-9]{1,4}", "an objective's id such as OBJ-4")]
Month = Annotated[str, Pattern(r"\d{4}-(0[1-9]|1[0-2])", "a month such as 2026-10")]
Semver = Annotated[str, Pattern(r"\d+\.\d+\.\d+", "a version such as 1.2.0")]
Currency = Annotated[str, Pattern(r"[A-Z]{3}", "a currency's three letters such as EUR")]
Duration = Annotated[
    str, Pattern(r"\d+(\.\d+)?e?(mo|[dhmw])( \d+(\.\d+)?e?(mo|[dhmw]))*", "a duration such as 3d, 4h or 2w")
]
Lag = Annotated[str, Pattern(r"[+-]\d+(\.\d+)?(e?(mo|[dhmw])|%)", "a lag such as +2d, -1d or +50%")]
Sha256 = Annotated[str, Pattern(r"[0-9a-f]{64}", "a SHA-256 of 64 small hexadecimal digits")]
ValueHash = Annotated[str, Pattern(r"h1:[0-9a-f]{64}", "h1: and 64 small hexadecimal digits")]

Person = Annotated[str, Ref("person")]
Objective = Annotated[str, Ref("objective")]
Programme = Annotated[str, Ref("programme")]
Board = Annotated[str, Ref("board")]
Project = Annotated[str, Ref("project")]
Rule = Annotated[str, Ref("rule")]
Requirement = Annotated[str, Ref("requirement")]
Item = Annotated[str, Ref("item")]
MilestoneRef = Annotated[str, Ref("milestone")]
DeliverableRef = Annotated[str, Ref("deliverable")]
TaskRef = Annotated[str, Ref("task")]
ChangeRef = Annotated[str, Ref("change")]
BaselineRef = Annotated[str, Ref("baseline")]
SupplierRef = Annotated[str, Ref("supplier")]
ModuleRef = Annotated[str, Ref("module")]
CompetenceRef = Annotated[str, Ref("competence")]
PlaybookRef = Annotated[str, Ref("playbook")]
ProposalRef = Annotated[str, Ref("proposal")]
AnyLesson = Annotated[str, Ref("any lesson")]
AnySupport = Annotated[str, Ref("any support request")]
"""`AnyLesson`, `AnySupport`: of whichever project, written `visitor-desk/L-001`."""

Share = Annotated[Decimal, Percent]
Scale = Annotated[int, Limits(1, 5)]
Count = Annotated[int, Limits(0)]
Anything = Any

Tier = Literal["small", "medium", "large"]
Phase = Literal["initiation", "planning", "execution", "closure"]
ProjectState = Literal["active", "suspended", "cancelled", "closed"]
Colour = Literal["green", "amber", "red"]
Severity = Literal["critical", "major", "minor"]
Dimension = Literal["time", "cost", "scope", "quality", "benefit", "risk"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Sensitivity = Literal["public", "internal", "restricted"]

TIERS: tuple[Tier, ...] = ("small", "medium", "large")
PHASES: tuple[Phase, ...] = ("initiation", "planning", "execution", "closure")
DIMENSIONS: tuple[str, ...] = ("time", "cost", "scope", "quality", "benefit", "risk")
