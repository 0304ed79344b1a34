"""A role of a project that went from one person to another: so that earlier approvals keep their worth."""

from datetime import date
from typing import Literal

from handrail.fields import Entity, entity, optional, required
from handrail.model.words import DeliverableRef, ItemId


@entity
class RoleChange(Entity):
    """A role is handed over. The outgoing sponsor or the board approves it, before the plan names somebody new."""

    id: ItemId = required("Id", "Names the handover.", example="RO-001")
    role: Literal["sponsor", "project manager", "board", "assurance", "accepter"] = required(
        "Role", "Which role.", example="sponsor", approved=True
    )
    deliverable: DeliverableRef | None = optional(
        "Deliverable", "Whose accepter it is; only for an accepter.", example="D1", approved=True
    )
    from_: str | None = optional("From", "Who held it until then: a handle, or a board's id.", example="c.moreau",
                                 approved=True)  # fmt: skip
    to: str = required("To", "Who holds it from then on.", example="h.dubois", approved=True)
    on: date = required("On", "The day of the handover; on it both may decide.", example="2026-10-01", approved=True)
    because: str | None = optional("Because", "Why.", example="Claire Moreau leads another unit now")
