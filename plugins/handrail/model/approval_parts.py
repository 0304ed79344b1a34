"""What an approval record is made of: its subject, its conditions and the paper it was recorded from."""

from datetime import date

from handrail.fields import Entity, entity, many, optional, required
from handrail.model.words import Person, Sha256


@entity
class Subject(Entity):
    """What an approval is about."""

    kind: str = required("Kind", "The kind of thing.", example="baseline")
    id: str = required("Id", "Its id.", example="BL-001")


@entity
class Extension(Entity):
    """A due date that was moved, and why."""

    from_: date = required("From", "The old day.", example="2026-12-31")
    to: date = required("To", "The new day.", example="2027-01-15")
    reason: str = required("Reason", "Why.", example="Office closed over the holidays")
    by: Person | None = optional("Approved by", "Somebody other than the owner.", example="c.moreau")


@entity
class Condition(Entity):
    """What must still be done after a conditional approval."""

    what: str = required("What", "The condition.", example="Second offer before January")
    owner: Person | None = optional("Owner", "Who does it.", example="j.okafor")
    due: date | None = optional("Due", "By when.", example="2026-12-31")
    closed_on: date | None = optional("Closed on", "When it was done.", example="2026-12-20")
    extensions: tuple[Extension, ...] = many("Extensions", "Every later due date, with its reason.")


@entity
class Minutes(Entity):
    """The paper that an approval was recorded from."""

    ref: str = required("Reference", "Minutes, mail or signed document.", example="Board minutes 2026-12-03")
    sha256: Sha256 | None = optional("SHA-256", "Of the document.")
    present: tuple[Person, ...] = many("Present", "Who was there.", example=["c.moreau"])
    recorded_by: Person | None = optional("Recorded by", "Not the requester, not the manager.", example="p.nowak")
