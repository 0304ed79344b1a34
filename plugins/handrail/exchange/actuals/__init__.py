"""What finance has posted, by cost code, becomes the actuals of plans: each posting once, and every row accounted for."""

from handrail.exchange.actuals.importer import PostingsResult, import_actuals
from handrail.exchange.actuals.report import report_of
from handrail.exchange.actuals.rows import COLUMNS, Style

__all__ = ["COLUMNS", "PostingsResult", "Style", "import_actuals", "report_of"]
