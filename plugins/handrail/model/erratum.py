"""A correction of a project that has ended: what was wrong, and who says so."""

from datetime import date
from typing import Annotated

from handrail.fields import Entity, OneOrMany, entity, many, optional, required
from handrail.model.words import ItemId, Person


@entity
class Erratum(Entity):
    """A mistake in a closed project that was corrected. The old figures stay in the history; this line points at them."""

    id: ItemId = required("Id", "Names the correction.", example="E-001")
    on: date = required("On", "When it was corrected.", example="2027-05-11")
    what: Annotated[tuple[str, ...], OneOrMany] = many(
        "What", "The parts of the plan that were corrected, as they are called in the file.", example=["budget"]
    )
    because: str = required("Because", "What was wrong.", example="The last invoice was booked twice")
    by: Person | None = optional("By", "Who corrected it.", example="p.nowak")
