"""External frameworks: what they are called, which editions count, and what their clauses are called."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from handrail.fields import Entity, attached, entity, many, named, optional, required
from handrail.model.words import Person, Requirement


@entity
class Edition(Entity):
    """One edition of a framework."""

    edition: str = required("Edition", "Year or version.", example="2020")
    current: bool = optional("Current", "Whether it is still in force.", default=True, example="yes")
    withdrawn_on: date | None = optional("Withdrawn on", "When it was replaced.", example="2026-01-01")
    clauses: Mapping[str, str] = named(
        "Clauses", "Numbers and headings, where they may be cited.", example={"7.8": "Risks"}
    )


@entity
class Crossing(Entity):
    """How one requirement of the handbook relates to a clause; more can stand at the requirement itself."""

    requirement: Requirement = required("Requirement", "Of the handbook.", example="S-RISK.1")
    edition: str = required("Edition", "Year or version.", example="2020")
    clause: str = required("Clause", "Its number.", example="7.8.3")
    relation: Literal["covers", "partly", "extends"] = optional("Relation", "How far.", default="covers")
    status: Literal["verified", "unverified"] = optional("Status", "Whether somebody looked.", default="unverified")
    checked_by: Person | None = optional("Checked by", "Who looked.", example="p.nowak")
    checked_on: date | None = optional("Checked on", "When.", example="2026-11-02")


@entity
class Framework(Entity):
    """A framework that the handbook maps to: `standards/frameworks/<name>.yaml`."""

    id: str = required("Id", "Its short name.", example="ISO21502")
    title: str = required("Title", "Its full name.", example="ISO 21502, Guidance on project management")
    publisher: str | None = optional("Publisher", "Who issues it.", example="ISO")
    licence: str | None = optional(
        "Licence", "What of it may be shown.", example="Clause headings may be cited, text may not"
    )
    clause_pattern: str | None = optional(
        "Clause pattern", "What a clause's number looks like.", example="[0-9]+([.][0-9]+)*"
    )
    editions: tuple[Edition, ...] = many("Editions", "Each, the current one first.")
    crosswalk: tuple[Crossing, ...] = many("Crosswalk", "Requirements and clauses.")
    body: str = attached("")
