"""How all projects looked on earlier days, read from Git's history. What was computed once is remembered in Git's folder."""

from handrail.clock import zone_of
from handrail.history.days import month_ends
from handrail.history.points import history_of

__all__ = ["history_of", "month_ends", "zone_of"]
