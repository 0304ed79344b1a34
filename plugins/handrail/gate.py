"""The gate: a change is judged by the law of its target, as what it changes and nothing else.

Three trees, never mixed. *Law* is the tip of the target: standards, policy, people, permitted deviations, and what each
project says there of its roles, tier and phase. *After* is what merging gives. *Before* is what merging would change:
the target's tip, from which a clean merge result differs in just what the branch did; what others did meanwhile is on
both sides. Where nothing can be merged - a conflict, or the work tree, which holds no merge - the merge base stands for
it, and after is the head alone. Nothing is checked out and nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.check import Judgement, judge
from handrail.compute.evidence import Review
from handrail.compute.facts import Portfolio
from handrail.compute.portfolio import compute
from handrail.git import PartTree, RevisionTree
from handrail.load import Ground, Known, Loaded, Tick, load, read_ground
from handrail.load.tree import MARKER
from handrail.neighbours import Neighbours, across, neighbours
from handrail.ratchet import compared, with_gates
from handrail.remark import Remark
from handrail.result import Result
from handrail.rules.pull import Pull
from handrail.sides import Sides

if TYPE_CHECKING:
    from handrail.impact import Impact


@dataclass(frozen=True, kw_only=True)
class _Worlds:
    """Makes portfolios of the sides, all under one law on one day."""

    sides: Sides
    ground: Ground
    day: date
    law: RevisionTree
    tick: Tick | None

    def read(self, plans: RevisionTree, projects: frozenset[str] | tuple[str, ...]) -> tuple[Loaded, Portfolio]:
        """Some projects of one side; the others are known by name only."""
        tree = self.sides.tree(self.law, plans, projects)
        there = plans.folders if plans is not self.sides.after else self.sides.names
        rest = tuple(one for one in there if one not in projects)
        loaded = load(tree, self.tick, ground=self.ground, elsewhere=rest)
        tree.forget()
        return loaded, compute(loaded.repository, self.day)


def judge_change(  # noqa: PLR0913 - what a run can be told
    root: Path,
    base: str,
    head: str | None = None,
    *,
    today: date,
    as_of: date | None = None,
    tick: Tick | None = None,
    known: Known | None = None,
    reviews: tuple[Review, ...] = (),
) -> Result:
    """Judge what merging `head` into `base` would change; without a head, the work tree as it lies on the disk.

    Beside the projects that the change touches, those are read that a rule must look at to judge them.
    `reviews` are those that the host exported.
    Raises GitFault where the history does not tell what was changed.
    """
    sides = Sides.of(root, base, head)
    law = sides.law if sides.law.holds(sides.git.prefix + MARKER) else sides.after  # the very first law governs itself
    if not (sides.projects or sides.changes_law or sides.loose):
        return _nothing(root, sides, law, as_of or today)
    ground = read_ground(sides.tree(law, law, ()), known)
    day = as_of or ground.law.organisation.as_of or today
    worlds = _Worlds(sides=sides, ground=ground, day=day, law=law, tick=tick)
    whole = across(ground.law, day)
    wanted = sides.projects if not whole.needed else frozenset((*sides.names, *sides.before.folders))
    loaded, after = worlds.read(sides.after, wanted)
    loaded_before, before = worlds.read(sides.before, wanted)
    near = Neighbours() if whole.needed else neighbours(sides, before, after, known)
    only = wanted | near.judged
    if near.judged or near.read:
        wanted = only | near.read
        loaded, after = worlds.read(sides.after, wanted)
        loaded_before, before = worlds.read(sides.before, wanted)
    target = before if sides.before is sides.law else worlds.read(sides.law, wanted)[1]
    pull, own = _pull(sides, day, ground, after, before)
    from handrail.witness import witness  # noqa: PLC0415 - a change without plans or law has none

    if reviews:
        from handrail.by_review import carried  # noqa: PLC0415 - without reviews there is nothing to carry

        reviews = carried(sides.git, sides.span.target, sides.span.head, reviews)
    seen = witness(sides.git, sides.span, sides.paths, after.repository.people, reviews)
    pull = replace(pull, recorders=seen.recorders, evidence=seen.evidence, target=base)
    judged = judge(loaded, after, before, target, pull, only)
    judged_before = judge(loaded_before, before, before, target, only=only)  # as a change that changes nothing
    if not whole.needed:
        judged, judged_before = (
            replace(one, remarks=tuple(each for each in one.remarks if each.rule not in whole.rules))
            for one in (judged, judged_before)
        )
    remarks, fixed = compared(judged, judged_before, {*sides.projects, None})
    # of projects that were read only because others have to do with them, what was there before is another run's business
    remarks = tuple(
        one for one in remarks if one.project is None or one.project in sides.projects or one.state != "existing"
    )
    impact, judgement = None, judged
    if own is not None:
        from handrail.impact import law_remarks  # noqa: PLC0415 - most changes leave the law alone

        old = tuple(one for one in remarks if one.project is not None or one.state != "existing")
        law_new, law_fixed = law_remarks(*own)
        told_already = {(one.fingerprint, one.message, one.loc) for one in old}
        law_new = tuple(one for one in law_new if (one.fingerprint, one.message, one.loc) not in told_already)
        remarks, fixed = (*old, *law_new), (*fixed, *law_fixed)
        impact = _impact(worlds, known)
        remarks = (*remarks, *impact.left)
        wanted |= {one.project for one in impact.left if one.project}  # their text is read for the line
        judgement = replace(
            judged, rules={**impact.rules, **judged.rules}, settings={**impact.settings, **judged.settings}
        )
    told = tuple(sorted(with_gates(remarks, before, after), key=_order))
    from handrail.change import compare  # noqa: PLC0415 - a run without a change does not need it

    changes = compare(before, after, only=sides.projects)
    if sides.changes_law and pull.was and pull.proposed:
        changes = (*compare(pull.was, pull.proposed, only=()), *changes)
    sides.after.objects.close()
    return Result(
        root=root, tree=sides.tree(sides.after if sides.changes_law else law, sides.after, wanted), portfolio=after,
        judgement=replace(judgement, remarks=told), before=before, changes=changes, fixed=fixed, impact=impact,
        conflict=sides.span.conflict, evidence=seen.evidence,
    )  # fmt: skip


def _impact(worlds: _Worlds, known: Known | None) -> Impact:
    """Both laws over all plans as they will be."""
    from handrail.impact import preview  # noqa: PLC0415 - most changes leave the law alone

    sides = worlds.sides
    ground = read_ground(sides.tree(sides.after, sides.after, ()), known)
    every = sides.names
    under_old = worlds.read(sides.after, every)
    under_new = replace(worlds, ground=ground, law=sides.after).read(sides.after, every)
    return preview(under_old, under_new)


def _pull(
    sides: Sides, day: date, ground: Ground, after: Portfolio, before: Portfolio
) -> tuple[Pull, tuple[Loaded, Loaded, Portfolio, Portfolio] | None]:
    """What Git tells about the change; where it changes the law, also both laws without any plan."""
    if not sides.changes_law:
        pull = Pull(
            touched=sides.touched, was=before.repository, proposed=after.repository
        )  # fmt: skip
        return pull, None
    both = []
    for side in (sides.before, sides.after):
        own = read_ground(sides.tree(side, side, ()), ground.reading.known)
        tree = sides.tree(side, side, ())
        names = sides.names if side is sides.after else tuple(side.folders)
        both.append(load(tree, ground=own, elsewhere=names))
    was, proposed = both
    pull = Pull(touched=sides.touched, was=was.repository, proposed=proposed.repository)
    return pull, (was, proposed, compute(was.repository, day), compute(proposed.repository, day))


def _nothing(root: Path, sides: Sides, law: RevisionTree, day: date) -> Result:
    """A change that concerns neither plans nor law: only the organisation's name is read, and nothing is said."""
    tree = PartTree(law, law, (), only=MARKER)
    loaded = load(tree)
    portfolio = compute(loaded.repository, loaded.repository.organisation.as_of or day)
    empty = Judgement(portfolio=portfolio, remarks=(), rules={}, settings={}, compiled={})
    return Result(
        root=root, tree=tree, portfolio=portfolio, judgement=empty, before=portfolio, conflict=sides.span.conflict
    )


def _order(one: Remark) -> tuple[object, ...]:
    """What is new comes first, in the order in which everything is told."""
    return (one.state == "waived", one.state == "existing" and not one.due)
