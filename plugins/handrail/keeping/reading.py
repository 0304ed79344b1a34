"""Looks at the ends of months, and the commits that mended what one look found and the next did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from handrail.check import Judgement
from handrail.clock import day_at, zone_of
from handrail.compute.facts import Portfolio
from handrail.git import Git, GitFault, Mainline, NoRepository, Objects
from handrail.history import month_ends
from handrail.history.store import Store
from handrail.keeping.facts import Fix, Keeping, Look, Stood
from handrail.keeping.judging import Today
from handrail.keeping.past import Judged
from handrail.load.known import code
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark

MONTHS = 12


def keeping_of(
    root: Path, judged: Judgement, remarks: Iterable[Remark], *, months: int = MONTHS, cache: bool = True
) -> Keeping:  # fmt: skip
    """How the projects stood to the rules of today at the ends of the last months, and what mended them.

    judged: today's judgement; remarks: all of today. A remark that came and went between two looks is not seen. Where there is no Git, or the clone is
    incomplete, nothing is known, and the reason is said.
    """
    portfolio = judged.portfolio
    named = portfolio.repository.organisation.timezone
    zone = zone_of(named)
    try:
        git = Git(root)
        line = Mainline(git)
    except NoRepository:
        return Keeping(why="No history is kept here, so earlier days are not known.")
    except GitFault as fault:
        return Keeping(why=str(fault).replace(str(root), "this folder"))
    objects = Objects(git)
    store = Store(git.common if cache else None, code())
    today = Today(judged.rules, judged.settings, judged.compiled)
    try:
        past = Judged(git, objects, store, today, today.digest(_read(portfolio, judged.rules)))
        days = [(on, line.at(on, zone)) for on in month_ends(portfolio.as_of, months)]
        looks = tuple(Look(on=on, commit=one, projects=past.at(one, on)) for on, one in days if one is not None)
        # a history that goes on behind the day of the figures is not looked at
        now = Look(
            on=portfolio.as_of,
            commit=line.at(portfolio.as_of, zone) or line.commits[0],
            projects=_now(portfolio, remarks),
        )
        dated = {
            name: day_at(datetime.fromtimestamp(at, UTC), named)
            for name, at in zip(line.commits, line.times(), strict=True)
        }
        fixed = dict(_fixes(past, (*looks, now), dated))
    except GitFault as fault:
        return Keeping(why=str(fault).replace(str(root), "this folder"))
    finally:
        objects.close()
        store.close()
    return Keeping(looks=looks, fixed=fixed, why="" if looks else "The history begins later than the last month.")


def _read(portfolio: Portfolio, rules: Mapping[str, RuleFile]) -> dict[str, bytes]:
    """The bytes of the rules that are files; a built-in one has none."""
    tree = portfolio.repository.tree
    files = set(tree.paths())
    return {name: tree.read(one.loc.file) for name, one in rules.items() if one.loc.file in files}


def _now(portfolio: Portfolio, remarks: Iterable[Remark]) -> dict[str, Stood]:
    opened: dict[str, set[str]] = {}
    for one in remarks:
        if one.project and one.state != "waived":
            opened.setdefault(one.project, set()).add(one.rule)
    return {
        one.id: Stood(
            one.id, one.plan.tier, one.plan.phase, one.plan.state, frozenset(opened.get(one.id, ())), frozenset()
        )
        for one in portfolio.projects
    }


def _fixes(
    judged: Judged, looks: tuple[Look, ...], dated: Mapping[str, date]
) -> Iterator[tuple[tuple[str, str], Fix]]:  # fmt: skip
    """By rule and project, the newest commit that mended it; what stands open today has none."""
    names, places = tuple(dated), {name: number for number, name in enumerate(dated)}
    for before, after in pairwise(looks):
        between = names[places[before.commit] + 1 : places[after.commit] + 1]
        for project, stood in before.projects.items():
            then = after.projects.get(project)
            gone = stood.open - then.open if then else frozenset()
            # what is set aside by a deviation is not mended
            gone -= then.permitted if then else frozenset()
            gone -= looks[-1].projects[project].open if project in looks[-1].projects else gone
            if gone:
                yield from (
                    ((rule, project), Fix(one, dated[one]))
                    for rule, one in _mended(judged, project, gone, before, between, dated)
                )


def _mended(  # noqa: PLR0913, PLR0917 - a question with its ground
    judged: Judged, project: str, rules: frozenset[str], before: Look, between: tuple[str, ...], dated: Mapping[str, date]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """The rules with the commit after which each was silent, by halving what touched the project in between.

    Nothing is said of a remark that time took away, or that stood until the last of them: no commit mended it.
    """
    touching, last = [], judged.trees(before.commit).get(project)
    for commit in between:
        tree = judged.trees(commit).get(project)
        if tree != last:
            touching.append(commit)
        last = tree
    if not touching:
        return
    if len(touching) == 1 and judged.law(before.commit) == judged.law(between[-1]):
        yield from ((rule, touching[0]) for rule in sorted(rules))
        return
    known: dict[str, frozenset[str]] = {}

    def is_open(rule: str, commit: str) -> bool:
        if commit not in known:
            one = judged.at(commit, dated[commit], (project,)).get(project)
            known[commit] = one.open if one else frozenset()
        return rule in known[commit]

    for rule in sorted(rules):
        low, high = -1, len(touching) - 1
        if is_open(rule, touching[high]):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if is_open(rule, touching[middle]) else (low, middle)
        yield rule, touching[high]
