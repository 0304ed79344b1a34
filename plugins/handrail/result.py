"""What one run gives: the portfolio, the judgement, and where its remarks stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handrail.check import Judgement
from handrail.compute.facts import Portfolio
from handrail.model.repository import Tree
from handrail.remark import Loc, Remark, Span
from handrail.source import spans


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Result:
    """Everything about one repository on one day."""

    root: Path
    tree: Tree
    portfolio: Portfolio
    judgement: Judgement

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Everything there is to say, in the order in which it matters."""
        return self.judgement.remarks

    def places(self, remarks: tuple[Remark, ...]) -> Mapping[Loc, Span]:
        """Lines and columns of remarks and of what belongs to them; only their files are read again."""
        locs = [loc for one in remarks for loc in (one.loc, *(other.loc for other in one.related))]
        return spans(dict.fromkeys(locs), self._read)

    def _read(self, file: str) -> bytes | None:
        try:
            return self.tree.read(file)
        except OSError:
            return None
