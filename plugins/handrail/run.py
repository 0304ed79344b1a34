"""The table of contents: from a folder to everything that Handrail has to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handrail.check import Judgement, judge
from handrail.compute.facts import Portfolio
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, Loaded, Tick, load
from handrail.model.repository import Tree
from handrail.model.words import PHASES, Phase
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


def run(
    root: Path, *, today: date, as_of: date | None = None, phase: Phase | None = None, tick: Tick | None = None
) -> Result:
    """Read, compute, judge. `as_of` wins over the organisation's fixed day, and that over `today`.

    With `phase`, every plan that has not come so far is judged as if it were in that phase: what will be asked there.
    `tick` is told how many projects were read, and of how many.
    """
    tree = FolderTree(root)
    loaded = load(tree, tick)
    if phase is not None:
        loaded = _in_phase(loaded, phase)
    day = as_of or loaded.repository.organisation.as_of or today
    portfolio = compute(loaded.repository, day)
    judgement = judge(loaded, portfolio)
    return Result(root=root, tree=tree, portfolio=portfolio, judgement=judgement)


def _in_phase(loaded: Loaded, phase: Phase) -> Loaded:
    plans = tuple(
        replace(plan, phase=phase) if PHASES.index(plan.phase) < PHASES.index(phase) else plan
        for plan in loaded.repository.plans
    )
    return replace(loaded, repository=replace(loaded.repository, plans=plans))
