"""Advice: playbooks for hard situations, and what the PMO answered to those who asked for help."""

from datetime import date
from typing import Annotated, Literal

from handrail.fields import Entity, OneOrMany, attached, entity, many, optional, required
from handrail.model.words import AnySupport, ItemId, Person, PlaybookRef, ProposalRef, Rule, Scale, Semver, Slug


@entity
class Playbook(Entity):
    """What to do in a hard situation: the front matter of `standards/playbooks/<id>.md`; the prose below it says how."""

    id: Slug = required("Id", "Names the playbook; the file carries the same name.", example="late")
    title: str = required("Title", "The situation in a few words.", example="The project is late")
    version: Semver = optional("Version", "Of the text.", default="1.0.0", example="1.0.0")
    situation: str | None = optional(
        "Situation", "How one knows that one is in it.", example="The end moves by a month"
    )
    rules: Annotated[tuple[Rule, ...], OneOrMany] = many(
        "Rules", "Remarks of these rules lead here.", example=["EXC-01", "SCH-06"]
    )
    tags: tuple[str, ...] = many("Tags", "Words of the taxonomy.", example=["supplier"])
    contacts: Annotated[tuple[str, ...], OneOrMany] = many("Contacts", "Roles that help.", example=["pmo officer"])
    owner: Person | None = optional("Owner", "Who keeps it.", example="v.leroy")
    reviewed_on: date | None = optional("Reviewed on", "When it was last looked at.", example="2026-09-15")
    body: str = attached("")


@entity
class SupportAnswer(Entity):
    """The PMO's side of a support request: `standards/support/<id>.yaml`. The clock runs from the day it was opened."""

    called = "answer to a support request"
    id: ItemId = required("Id", "Names the answer; the file carries the same name.", example="SA-001")
    request: AnySupport = required("Request", "Project and request.", example="payment-gateway/SR-001")
    acknowledged_on: date | None = optional("Acknowledged on", "When somebody took it.", example="2026-11-04")
    acknowledged_by: Person | None = optional("Acknowledged by", "Who took it.", example="v.leroy")
    resolved_on: date | None = optional("Resolved on", "When it was answered.", example="2026-11-12")
    resolved_by: Person | None = optional("Resolved by", "Who answered it.", example="v.leroy")
    playbook: PlaybookRef | None = optional("Playbook", "The one that was used.", example="supplier-failure")
    proposal: ProposalRef | None = optional("Proposal", "A new playbook that was proposed instead.", example="PP-002")
    reference: str | None = optional("Reference", "Another source that was used.", example="Contract guide, page 4")
    outcome: str | None = optional("Outcome", "What came of it.", example="Both suppliers sat at one table")
    follow_up: date | None = optional("Follow up", "When the PMO asks again.", example="2026-12-15")
    rating: Scale | None = optional("Rating", "By the one who asked: 1 useless to 5 solved.", example=4)
    state: Literal["open", "resolved"] = optional("State", "Open until it is answered.", default="open")
