"""Where the checks of a schedule's quality change from passed to not."""

from decimal import Decimal

from handrail.fields import Entity, entity, optional
from handrail.model.words import Share


@entity
class ScheduleChecks(Entity):
    """The limits of those DCMA-style checks of a schedule that no rule has as its own figure. Left out: the customary one."""

    leads: Share | None = optional("Leads", "Links with a lead, at most.", example="0%")
    finish_to_start: Share | None = optional("Link types", "Finish-to-start links, at least.", example="90%")
    high_float: Share | None = optional("High float", "Tasks with high float, at most.", example="5%")
    float_days: int | None = optional("Float", "More than this is high.", unit="working days", example=44)
    negative_float: Share | None = optional("Negative float", "Tasks below zero, at most.", example="0%")
    invalid_dates: int | None = optional("Invalid dates", "Tasks with a date that cannot be, at most.", example=0)
    resources: Share | None = optional("Resources", "Tasks without people, hours or cost, at most.", example="0%")
    missed: Share | None = optional("Missed tasks", "Tasks later than approved, at most.", example="5%")
    cpli: Decimal | None = optional("CPLI", "Critical path length index, at least.", example=0.95)
    bei: Decimal | None = optional("BEI", "Baseline execution index, at least.", example=0.95)
