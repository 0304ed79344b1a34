"""What belongs to the whole organisation: itself, its people, its strategy and its standards."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from handrail.fields import Entity, Limits, Short, attached, entity, many, named, optional, required
from handrail.model.schedule import WorkingTime
from handrail.model.words import (
    CompetenceRef,
    Currency,
    Handle,
    Objective,
    ObjectiveId,
    Person,
    Programme,
    Project,
    RequirementId,
    Semver,
    Share,
    Slug,
    StandardId,
    Tier,
)


@entity
class OtherRepository(Entity):
    """Another governed repository whose portfolio is shown here too."""

    name: str = required("Name", "What people call it.", example="Defence sites")
    portfolio: str = required("Portfolio", "Its exported portfolio.json.", example="../defence/portfolio.json")
    show: Literal["full", "counts"] = optional("Show", "Everything, or counts only.", default="counts")


@entity
class Organisation(Entity):
    """The organisation's own settings: `standards/handrail.yaml`."""

    format: Annotated[int, Limits(1, 1)] = required("Format", "The version of these files.", example=1)
    organisation: str = required("Organisation", "Its name.", example="Brightwater Transit")
    mission: str | None = optional("Mission", "What it is there for.", example="Bring people home on time")
    currencies: tuple[Currency, ...] = many("Currencies", "The first is the one of comparisons.", example=["EUR"])
    timezone: str = optional("Time zone", "IANA name.", default="UTC", example="Europe/Paris")
    calendar: WorkingTime | None = optional("Calendar", "Working week and holidays.")
    host: str | None = optional(
        "Host", "Where the repository lives, for edit links.", example="https://git.example/pmo/plans"
    )
    host_kind: Literal["github", "gitlab", "other"] = optional("Kind of host", "Its brand.", default="other")
    editor: Literal["sveltia", "decap"] = optional("Editor", "The form editor of the site.", default="sveltia")
    repositories: tuple[OtherRepository, ...] = many("Repositories", "Others shown in one portfolio.")
    pack_template: str | None = optional(
        "Template of the pack", "Slides in the look of the house.", example="standards/templates/steering-pack.pptx"
    )
    audience: Literal["public", "internal"] = optional("Audience", "Who reads the site.", default="internal")
    as_of: date | None = optional("As of", "Fixes today, for sample data only.", example="2026-11-30")
    observe_from: date | None = optional("Observe from", "The day the gate began to watch only.", example="2026-11-01")


@entity
class Role(Entity):
    """A role that a person holds for a time."""

    role: str = required("Role", "The role.", example="sponsor")
    from_: date | None = optional("From", "First day.", example="2025-01-01")
    to: date | None = optional("To", "Last day.", example="2027-12-31")


@entity
class Held(Entity):
    """A level of a competence that a person has."""

    called = "level"
    level: Annotated[int, Limits(0, 4)] = required("Level", "0 not at all to 4 teaches others.", example=3)
    evidence: str | None = optional("Evidence", "What shows it.", example="Led two medium projects")
    assessed_on: date | None = optional("Assessed on", "When somebody looked.", example="2026-03-02")


@entity
class Certification(Entity):
    """A certificate that a person holds for a time."""

    name: str = required("Name", "What it is called.", example="PM2-A")
    issued: date | None = optional("Issued", "When.", example="2024-05-02")
    expires: date | None = optional("Expires", "Last day; left out: never.", example="2027-05-02")


@entity
class PersonRecord(Entity):
    """A person by handle. Names and mail addresses come from outside the repository."""

    id: Handle = required("Handle", "The staff handle, the same that the host shows.", example="c.moreau")
    roles: tuple[Annotated[Role, Short("role")], ...] = many("Roles", "What the person may do.", example=["sponsor"])
    unit: str | None = optional("Unit", "The department.", example="Sites and services")
    from_: date | None = optional("From", "First day here.", example="2020-03-01")
    to: date | None = optional("To", "Last day here.", example="2027-06-30")
    capacity: Share | None = optional("Capacity", "Share of a full week; 100% if left out.", example="80%")
    host: Mapping[str, str] = named("Host", "Logins on the host.", example={"github": "cmoreau"})
    keys: tuple[str, ...] = many("Keys", "Fingerprints of signing keys.")
    author: tuple[str, ...] = many("Author", "SHA-256 of the mail addresses used in commits.")
    competences: Mapping[CompetenceRef, Held] = named(
        "Competences", "Levels, with what shows them.", example={"planning": {"level": 3}}
    )
    certifications: tuple[Certification, ...] = many("Certifications", "With issue and expiry.")


@entity
class ObjectiveRecord(Entity):
    """What the organisation wants to reach: mission, strategic or operational objective."""

    id: ObjectiveId = required("Id", "Names the objective.", example="OBJ-4")
    statement: str = required("Statement", "What is to be reached.", example="Halve the time people wait")
    parent: Objective | None = optional("Parent", "The one it serves.", example="OBJ-1")
    measure: str | None = optional("Measure", "How it is seen.", example="Minutes at the door")
    target: str | None = optional("Target", "How much.", example="5")
    horizon: date | None = optional("Horizon", "By when.", example="2028-12-31")
    owner: Person | None = optional("Owner", "Who answers for it.", example="m.keller")
    status: Literal["active", "reached", "dropped"] = optional("Status", "Whether it still counts.", default="active")


@entity
class ProgrammeRecord(Entity):
    """Projects that belong together because they serve the same objectives."""

    id: Slug = required("Id", "Names the programme.", example="workplace")
    name: str = required("Name", "What people call it.", example="Workplace 2028")
    objectives: tuple[Objective, ...] = many("Objectives", "What it serves.", example=["OBJ-4"])
    kind: Literal["programme", "initiative"] = optional(
        "Kind", "A programme has an end and a budget; an initiative gathers what serves one aim.", default="programme"
    )
    part_of: Programme | None = optional("Part of", "The programme that an initiative belongs to.", example="workplace")
    owner: Person | None = optional("Owner", "Who answers for it.", example="m.keller")
    budget: Decimal | None = optional("Budget", "Its frame.", unit="organisation's currency", example=2500000)


@entity
class Request(Entity):
    """An idea for a project that waits for an answer."""

    id: Slug = required("Id", "Names the request.", example="new-canteen")
    need: str = required("Need", "What is wrong or wanted.", example="The canteen is too small")
    requester: Person | None = optional("Requester", "Who asks.", example="s.lambert")
    size: str | None = optional("Rough size", "As far as known.", example="300,000 EUR, one year")
    objective: Objective | None = optional("Objective", "What it would serve.", example="OBJ-4")
    asked_on: date | None = optional("Asked on", "When it came in.", example="2026-11-02")
    assessed_on: date | None = optional("Assessed on", "When somebody looked at it.", example="2026-11-16")
    assessed_by: Person | None = optional("Assessed by", "Who looked at it.", example="v.leroy")
    rank: int | None = optional("Rank", "Its place in the queue, set by the portfolio board; 1 is next.", example=2)
    answer_due: date | None = optional("Answer due", "By when.", example="2027-01-31")
    answered_on: date | None = optional("Answered on", "When the answer was given.", example="2026-12-08")
    project: Project | None = optional("Project", "The project it became.", example="visitor-desk")
    state: Literal["asked", "assessed", "waiting", "refused", "started"] = optional(
        "State", "Where it stands.", default="asked"
    )
    refused_because: str | None = optional("Refused because", "Why not.", example="OBJ-4 is covered")


@entity
class CrosswalkEntry(Entity):
    """How one requirement relates to a clause of an external framework."""

    framework: str = required("Framework", "Its short name.", example="ISO21502")
    edition: str = required("Edition", "Year or version.", example="2020")
    clause: str = required("Clause", "Its number.", example="7.8.3")
    relation: Literal["covers", "partly", "extends"] = optional("Relation", "How far.", default="covers")
    status: Literal["verified", "unverified"] = optional("Status", "Whether somebody looked.", default="unverified")
    checked_by: Person | None = optional("Checked by", "Who looked.", example="p.nowak")
    checked_on: date | None = optional("Checked on", "When.", example="2026-11-02")


@entity
class RequirementRecord(Entity):
    """One numbered sentence of a standard that binds."""

    id: RequirementId = required("Id", "The standard's id and a number.", example="S-RISK.1")
    text: str = required("Text", "The sentence.", example="Every open risk must have an owner.")
    level: Literal["must", "should", "may"] = required("Level", "How strongly it binds.", example="must")
    rationale: str | None = optional("Why", "What it is good for.", example="A risk nobody owns is a worry.")
    effective_from: date | None = optional(
        "Effective from", "The day it begins to bind, where the standard was in force before it.", example="2027-03-01"
    )
    tiers: tuple[Tier, ...] = many("Tiers", "Whom it binds; all if left out.", example=["medium", "large"])
    verified_by: tuple[str, ...] = many("Verified by", "Rules, template fields or audit questions.", example=["RSK-01"])
    manual_evidence: str | None = optional("Manual evidence", "What shows it where no rule can.", example="Minutes")
    responsible: str | None = optional("Who does it", "The role that applies it.", example="project manager")
    external: tuple[CrosswalkEntry, ...] = many("External", "Clauses of frameworks it maps to.")


@entity
class StandardRecord(Entity):
    """A standard: the front matter of `standards/<area>/index.md`; the prose below it explains."""

    id: StandardId = required("Id", "Names the standard.", example="S-RISK")
    title: str = required("Title", "What it is about.", example="Risk")
    version: Semver = required("Version", "Of the text that binds.", example="1.0.0", approved=True)
    status: Literal["draft", "active", "retired"] = optional("Status", "Whether it binds.", default="active")
    owner: Person | None = optional("Owner", "Who keeps it.", example="p.nowak")
    effective_from: date | None = optional(
        "Effective from", "The day it begins to bind.", example="2026-01-01", approved=True
    )
    reviewed_on: date | None = optional("Reviewed on", "When it was last looked at.", example="2026-09-15")
    requirements: tuple[RequirementRecord, ...] = many("Requirements", "The sentences that bind.", approved=True)
    body: str = attached("")


@entity
class People(Entity):
    """The directory: `standards/people/people.yaml`."""

    people: tuple[PersonRecord, ...] = many("People", "Everybody who has a role.")


@entity
class Objectives(Entity):
    """The strategy: `standards/strategy/objectives.yaml`."""

    objectives: tuple[ObjectiveRecord, ...] = many("Objectives", "Mission, strategic and operational objectives.")


@entity
class Programmes(Entity):
    """The programmes: `standards/strategy/programmes.yaml`."""

    programmes: tuple[ProgrammeRecord, ...] = many("Programmes", "Every programme.")
