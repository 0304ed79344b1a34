"""The table of contents: from a folder to everything that Handrail has to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handrail.check import Judgement, judge
from handrail.compute.facts import Portfolio
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.model.repository import Tree
from handrail.remark import Loc, Remark, Span
from handrail.source import spans


@dataclass(frozen=True, slots=True, kw_only=True)
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


def run(root: Path, *, today: date, as_of: date | None = None) -> Result:
    """Read, compute, judge. `as_of` wins over the organisation's fixed day, and that over `today`."""
    tree = FolderTree(root)
    loaded = load(tree)
    day = as_of or loaded.repository.organisation.as_of or today
    portfolio = compute(loaded.repository, day)
    judgement = judge(loaded, portfolio)
    return Result(root=root, tree=tree, portfolio=portfolio, judgement=judgement)
