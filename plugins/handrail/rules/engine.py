"""Runs rules over what was computed. A rule only reads; what it says becomes remarks, and what it cannot decide too."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from handrail.compute.facts import Portfolio
from handrail.compute.workdays import WorkDays, days_of
from handrail.fields import Entity
from handrail.load.projects import ATTACHED
from handrail.model.project import Plan
from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES, TIERS
from handrail.remark import Remark
from handrail.rules.compiled import CompiledRule
from handrail.rules.expression import Program, Read
from handrail.rules.names import PortfolioView
from handrail.rules.pull import Pull
from handrail.rules.settings import Setting
from handrail.rules.voice import Voice

if TYPE_CHECKING:
    from handrail.compute.early_warning import Earlier

LookBack = Callable[[Mapping[str, Iterable[date]]], "Mapping[str, Mapping[date, Earlier]]"]
"""How projects stood on earlier days, by project and day, for whoever asks."""


_USUAL_TARGET = "origin/main"
"""What a change is mostly held against, where a message needs a name and nobody said one."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class World:
    """What rules are run against: the portfolio on a day and, where a change is judged, the one before it.

    law: the plans as the target has them: what they say of tier, phase and roles binds a change besides what it says
    itself. pull: what Git tells about the change; None where two states are compared without it.
    only: the projects of which rules of the organisation speak; None for all. look_back: reads how projects stood on earlier
    days, None where nobody asked for that.
    """

    portfolio: Portfolio
    before: Portfolio | None = None
    law: Portfolio | None = None
    pull: Pull | None = None
    only: Container[str] | None = None
    look_back: LookBack | None = None
    workdays: WorkDays = field(default_factory=WorkDays)

    def olds(self) -> dict[str, Plan]:
        """By id of today, the plan as it stood before. A project that was moved to a new id is the one it was."""
        if self.before is None:
            return {}
        found = {one.id: one.plan for one in self.before.projects}
        today = {one.id for one in self.portfolio.projects}
        written = self.pull.proposed if self.pull and self.pull.proposed else self.portfolio.repository
        for one in written.policy.redirects.redirects:
            if one.to in today and one.to not in found and one.from_ in found and one.from_ not in today:
                found[one.to] = replace(found[one.from_], id=one.to)
        return found

    def scope(self) -> dict[str, Any]:
        """The roots that every rule has."""
        return {
            "as_of": self.portfolio.as_of,
            "portfolio": PortfolioView.of(self.portfolio),
            "repository": self.portfolio.repository,
            "facts": {one.id: one for one in self.portfolio.projects},
            "workdays": self.workdays.between,
            "law": {one.id: one.plan for one in self.law.projects} if self.law else {},
            "target": (self.pull.target if self.pull else "") or _USUAL_TARGET,
        }


class Said(Protocol):
    """What rules said of each project before, for whoever knows what has changed since."""

    def begin(self, portfolio: Portfolio, scope: dict[str, Any]) -> dict[str, Any]:
        """The roots of all rules, so that what a rule looks at beside its project is noticed."""

    def of(self, rule: str, project: str) -> tuple[Remark, ...] | None:
        """What a rule said of a project, None where it must be asked again."""

    def keep(self, rule: str, project: str, remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
        """Keep what a rule says now; between `of` and `keep` it looked at nothing for another project."""


class Runner:
    """Runs compiled rules over one world; the scope is made once and refilled per project.

    `said` spares running what cannot say anything else than before; only for a state, not for a change.
    """

    def __init__(self, world: World, said: Said | None = None) -> None:
        self._world = world
        self._base = world.scope()
        self._said = said
        if said is not None:
            self._base = said.begin(world.portfolio, self._base)
        self._old = world.olds()
        self._sides = _sides(world)

    def run(self, rule: CompiledRule, setting: Setting) -> Iterator[Remark]:
        """Every remark of one rule."""
        if setting.enforce_at is None or (rule.reads_old and self._world.before is None):
            return
        if rule.rule.on and self._world.before is None:
            return
        if rule.kind == "portfolio":
            yield from _judge(Voice(rule=rule, setting=setting, scope={**self._base, "params": setting.params}))
        elif rule.kind == "standard":
            for standard in self._world.portfolio.repository.standards.values():
                scope = {**self._base, "params": setting.params, "standard": standard, "old": None}
                yield from _judge(Voice(rule=rule, setting=setting, scope=scope, thing=standard))
        else:
            only = self._world.only
            for project in self._world.portfolio.projects:
                if (only is None or project.id in only) and self._bound(rule.rule, project.plan):
                    yield from self._about(rule, setting, project.plan)

    def _about(self, rule: CompiledRule, setting: Setting, plan: Plan) -> Iterable[Remark]:
        if self._said is None:
            return self.run_on(rule, setting, plan)
        known = self._said.of(rule.rule.id, plan.id)
        if known is not None:
            return known
        return self._said.keep(rule.rule.id, plan.id, tuple(self.run_on(rule, setting, plan)))

    def concerns(self, rule: RuleFile) -> bool:
        """Whether a rule has anything to look at here: one about projects may bind none of them."""
        if rule.applies_to.kind in {"portfolio", "standard"}:
            return True
        return any(self._bound(rule, project.plan) for project in self._world.portfolio.projects)

    def _bound(self, rule: RuleFile, plan: Plan) -> bool:
        """Whether a rule binds a plan as it is, or as it was before the change: a change cannot free itself of a rule."""
        return _binds(rule, plan) or any(_binds(rule, one) for _, one in self._sides.get(plan.id, ()))

    def run_on(
        self, rule: CompiledRule, setting: Setting, plan: Plan, trace: list[Read] | None = None
    ) -> Iterator[Remark]:
        """Every remark of one rule about one project."""
        scope = dict(self._base)
        old = self._old.get(plan.id)
        if plan.scheduling and plan.scheduling.calendar:
            calendar = self._world.portfolio.repository.organisation.calendar
            scope["workdays"] = days_of(plan, calendar).between
        sides = self._sides.get(plan.id, ())
        tier = max((plan.tier, *(one.tier for _, one in sides)), key=TIERS.index)
        scope["project"], scope["params"], scope["old"] = plan, setting.for_tier(tier), old
        earlier = tuple({**base, "project": one, "params": scope["params"]} for base, one in sides)
        if rule.kind == "project":
            if rule.reads_old and old is None and "added" not in rule.rule.on:
                return
            yield from _judge(
                Voice(rule=rule, setting=setting, scope=scope, plan=plan, thing=plan, trace=trace, earlier=earlier)
            )
            return
        name = ATTACHED[rule.kind]
        known = {one.id: one for one in getattr(old, name, ())} if name != "reports" else {}
        for one in getattr(plan, name):
            scope[rule.kind], scope["old"] = one, known.get(getattr(one, "id", None))
            sides_of_it = tuple({**each, rule.kind: one} for each in earlier)
            yield from _judge(
                Voice(rule=rule, setting=setting, scope=scope, plan=plan, thing=one, trace=trace, earlier=sides_of_it)
            )


def _judge(voice: Voice) -> Iterator[Remark]:
    rule = voice.rule
    if rule.applies is not None:
        answer = voice.ask(rule.applies)
        if answer is not True and not any(rule.applies.run(one) is True for one in voice.earlier):
            yield from voice.unclear(answer)
            return
    if rule.each is None:
        yield from _checks(voice)
        return
    for unclear in _chosen(voice, rule.each, rule.when, gone=rule.removed):
        yield from _checks(voice) if unclear is None else (unclear,)


def _chosen(voice: Voice, each: Program, when: Program | None, *, gone: bool) -> Iterator[Remark | None]:
    """Set the scope to every member that is looked at, in turn; what cannot be decided is a remark, else None."""
    scope, trace = voice.scope, voice.trace
    outer = scope.get("item"), scope.get("item_old")
    mark = len(trace) if trace is not None else 0
    chosen: list[Read] | None = None
    for scope["item"], scope["item_old"] in _members(voice, each, gone=gone):
        if trace is not None:  # what was read of this member in choosing it counts; what was read of others does not
            chosen = trace[mark:] if chosen is None else chosen
            trace[mark:] = [read for read in chosen if read.owner is scope["item"]]
        answer = voice.ask(when) if when is not None else True
        if answer is True:
            yield None
        else:
            yield from voice.unclear(answer)
    scope["item"], scope["item_old"] = outer


def _members(voice: Voice, each: Program, *, gone: bool) -> Iterator[tuple[Any, Any]]:
    rule, scope = voice.rule, voice.scope
    found = _list(voice.ask(each))
    old = scope.get("old")
    if old is None:
        if not gone and (not rule.rule.on or "added" in rule.rule.on):
            yield from ((item, None) for item in found)
        return
    before = _list(each.run({**scope, rule.kind: old}))
    known = {_id(one): one for one in before}
    if gone:
        left = {_id(one) for one in found}
        yield from ((one, one) for name, one in known.items() if name not in left)
        return
    for item in found:
        was = known.get(_id(item))
        how = "added" if was is None else "kept" if was == item else "changed"
        if not rule.rule.on or how in rule.rule.on:
            yield item, was


def _list(found: object) -> tuple[Any, ...]:
    return tuple(found) if isinstance(found, (tuple, list)) else ()


def _checks(voice: Voice) -> Iterator[Remark]:
    trace = voice.trace
    mark = len(trace) if trace is not None else 0
    for check in voice.rule.checks:
        if trace is not None:
            del trace[mark:]
        if check.reads_old and voice.scope.get("old") is None and "added" not in voice.rule.rule.on:
            continue
        if check.each is None:
            yield from voice.judged(check)
            continue
        for unclear in _chosen(voice, check.each, check.when, gone=check.removed):
            yield from voice.judged(check) if unclear is None else (unclear,)


_Sides = dict[str, tuple[tuple[dict[str, Any], Plan], ...]]


def _sides(world: World) -> _Sides:
    """By project, how else it is to be looked at: as it stood before, and as the target has it, each in its own world."""
    found: _Sides = {}
    for portfolio in dict.fromkeys(one for one in (world.before, world.law) if one is not None):
        scope = World(portfolio=portfolio, workdays=world.workdays).scope()
        for one in portfolio.projects:
            found[one.id] = (*found.get(one.id, ()), (scope, one.plan))
    return found


def _binds(rule: RuleFile, plan: Plan) -> bool:
    applies = rule.applies_to
    if applies.tiers and plan.tier not in applies.tiers:
        return False
    return applies.from_phase is None or PHASES.index(plan.phase) >= PHASES.index(applies.from_phase)


def _id(item: Any) -> Any:
    """What a member is known by: its id, else what it says it is about, else itself."""
    if isinstance(item, Mapping):  # a computed group
        return item.get("id") or repr(sorted(item.items(), key=repr))
    if not isinstance(item, Entity):
        return item
    given = getattr(item, "id", None)
    if given:
        return given
    keys = tuple(value for key in ("project", "what", "statement") if (value := getattr(item, key, None)))
    return keys or item


def programs(rule: CompiledRule) -> tuple[Program, ...]:
    """Every expression of a rule, for explaining what it reads."""
    found = [one for one in (rule.applies, rule.each, rule.when) if one is not None]
    return (
        *found,
        *(one for check in rule.checks for one in (check.each, check.when, check.program) if one is not None),
    )
