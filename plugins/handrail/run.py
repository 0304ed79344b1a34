"""The table of contents: from a folder to everything that Handrail has to say about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from handrail.check import judge
from handrail.compute.health import ENDED
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, Known, Loaded, Shelf, Tick, load
from handrail.model.repository import Tree
from handrail.model.words import PHASES, Phase
from handrail.result import Result
from handrail.rules.engine import LookBack, Said


def run(  # noqa: PLR0913 - what a run can be told
    root: Path,
    *,
    today: date,
    as_of: date | None = None,
    phase: Phase | None = None,
    tick: Tick | None = None,
    known: Known | None = None,
    tree: Tree | None = None,
    look_back: LookBack | None = None,
    shelf: Shelf | None = None,
    said: Said | None = None,
) -> Result:
    """Read, compute, judge. `as_of` wins over the organisation's fixed day, and that over `today`.

    With `phase`, every running plan that has not come so far is judged as if it were in that phase: what will be asked.
    `tick` is told how many projects were read, and of how many. `known` remembers what was found sound before. `tree`
    stands for the folder's own files: a revision of them. `look_back` reads earlier days for the rules that ask for them. `shelf` holds folders as they
    were read before, `said` what rules said of them: what has not changed since is neither read nor judged again.
    """
    tree = tree or FolderTree(root)
    loaded = load(tree, tick, known, shelf=shelf)
    if phase is not None:
        loaded = _in_phase(loaded, phase)
    day = as_of or loaded.repository.organisation.as_of or today
    portfolio = compute(loaded.repository, day)
    judgement = judge(loaded, portfolio, look_back=look_back, said=said)
    return Result(root=root, tree=tree, portfolio=portfolio, judgement=judgement)


def _in_phase(loaded: Loaded, phase: Phase) -> Loaded:
    plans = tuple(
        replace(plan, phase=phase)
        if plan.state not in ENDED and PHASES.index(plan.phase) < PHASES.index(phase)
        else plan
        for plan in loaded.repository.plans
    )
    return replace(loaded, repository=replace(loaded.repository, plans=plans))
