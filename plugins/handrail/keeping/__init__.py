"""How projects kept the rules of today on earlier days, and which commits mended what: judged from Git, and remembered."""

from handrail.keeping.facts import Fix, Keeping, Look, Stood
from handrail.keeping.reading import keeping_of

__all__ = ["Fix", "Keeping", "Look", "Stood", "keeping_of"]
