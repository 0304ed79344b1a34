"""What one run gives: the portfolio, the judgement, and where its remarks stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from handrail.check import Judgement
from handrail.compute.facts import Portfolio
from handrail.model.repository import Tree
from handrail.remark import Loc, Remark, Span
from handrail.source import spans

if TYPE_CHECKING:
    from handrail.change import Change
    from handrail.compute.evidence import Evidence
    from handrail.impact import Impact


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Result:
    """Everything about one repository on one day.

    before: the state that a change began from; None where no change was judged. changes: what is otherwise since then, the
    worst first. fixed: what there was to say before and is not any more. impact: what another law would do to all plans,
    where the change touches the law. conflict: whether the change cannot be merged as it is; then the head alone was judged.
    evidence: by file, who brought each approval of the change.
    """

    root: Path
    tree: Tree
    portfolio: Portfolio
    judgement: Judgement
    before: Portfolio | None = None
    changes: tuple[Change, ...] = ()
    fixed: tuple[Remark, ...] = ()
    impact: Impact | None = None
    conflict: bool = False
    evidence: Mapping[str, Evidence] = field(default_factory=lambda: MappingProxyType({}))

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
