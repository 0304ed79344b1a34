"""Runs rules over what was computed. A rule only reads; what it says becomes remarks, and what it cannot decide too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from handrail.compute.facts import Portfolio
from handrail.compute.workdays import WorkDays
from handrail.fields import Entity, fields_of, noun
from handrail.load.projects import ATTACHED
from handrail.load.remarks import unreadable
from handrail.model.project import Plan
from handrail.model.words import PHASES
from handrail.remark import Loc, Remark, fingerprint
from handrail.rules.compiled import CompiledCheck, CompiledRule
from handrail.rules.expression import Fault, Program, Read, Undecided
from handrail.rules.names import PortfolioView
from handrail.rules.settings import Setting

Named = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What rules are run against: the portfolio on a day and, where a change is judged, the one before it."""

    portfolio: Portfolio
    before: Portfolio | None = None
    workdays: WorkDays = field(default_factory=WorkDays)

    def scope(self) -> dict[str, Any]:
        """The roots that every rule has."""
        return {
            "as_of": self.portfolio.as_of,
            "portfolio": PortfolioView.of(self.portfolio),
            "repository": self.portfolio.repository,
            "facts": {one.id: one for one in self.portfolio.projects},
            "workdays": self.workdays.between,
        }


class Runner:
    """Runs compiled rules over one world; the scope is made once and refilled per project."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._base = world.scope()
        self._old = {one.id: one.plan for one in world.before.projects} if world.before else {}

    def run(self, rule: CompiledRule, setting: Setting) -> Iterator[Remark]:
        """Every remark of one rule."""
        if setting.enforce_at is None or (rule.reads_old and self._world.before is None):
            return
        if rule.rule.on and self._world.before is None:
            return
        if rule.kind == "portfolio":
            yield from self._judge(rule, setting, {**self._base, "params": setting.params}, None, None, None)
        elif rule.kind == "standard":
            for standard in self._world.portfolio.repository.standards.values():
                scope = {**self._base, "params": setting.params, "standard": standard, "old": None}
                yield from self._judge(rule, setting, scope, standard, None, None)
        else:
            for project in self._world.portfolio.projects:
                if _binds(rule, project.plan):
                    yield from self.run_on(rule, setting, project.plan)

    def run_on(self, rule: CompiledRule, setting: Setting, plan: Plan, trace: list[Read] | None = None) -> Iterator[Remark]:
        """Every remark of one rule about one project."""
        scope = dict(self._base)
        old = self._old.get(plan.id)
        scope["project"], scope["params"], scope["old"] = plan, setting.for_tier(plan.tier), old
        if rule.kind == "project":
            if rule.reads_old and old is None and rule.rule.on != ("added",):
                return
            yield from self._judge(rule, setting, scope, plan, plan, trace)
            return
        name = ATTACHED[rule.kind]
        known = {one.id: one for one in getattr(old, name, ())} if name != "reports" else {}
        for one in getattr(plan, name):
            scope[rule.kind], scope["old"] = one, known.get(getattr(one, "id", None))
            yield from self._judge(rule, setting, scope, one, plan, trace)

    def _judge(
        self, rule: CompiledRule, setting: Setting, scope: dict[str, Any], thing: Any, plan: Plan | None,
        trace: list[Read] | None,
    ) -> Iterator[Remark]:  # fmt: skip
        voice = _Voice(rule=rule, setting=setting, plan=plan, thing=thing)
        if rule.applies is not None:
            answer = rule.applies.run(scope, trace)
            if answer is not True:
                yield from voice.unclear(answer)
                return
        if rule.each is None:
            yield from self._checks(rule, scope, voice, trace)
            return
        for item, before in self._members(rule, scope, trace):
            scope["item"], scope["item_old"] = item, before
            about = voice.on(item)
            if rule.when is not None:
                answer = rule.when.run(scope, trace)
                if answer is not True:
                    yield from about.unclear(answer)
                    continue
            yield from self._checks(rule, scope, about, trace)

    def _members(
        self, rule: CompiledRule, scope: dict[str, Any], trace: list[Read] | None
    ) -> Iterator[tuple[Any, Any]]:
        assert rule.each is not None
        found = rule.each.run(scope, trace)
        if not isinstance(found, (tuple, list)):
            return
        if scope.get("old") is None and not rule.removed:
            for item in found:
                if not rule.rule.on or "added" in rule.rule.on:
                    yield item, None
            return
        before = rule.each.run({**scope, "project": scope["old"]}) if scope.get("old") is not None else ()
        known = {_id(one): one for one in before or ()}
        if rule.removed:
            left = {_id(one) for one in found}
            yield from ((one, one) for name, one in known.items() if name not in left)
            return
        for item in found:
            old = known.get(_id(item))
            how = "added" if old is None else "kept" if old == item else "changed"
            if not rule.rule.on or how in rule.rule.on:
                yield item, old

    @staticmethod
    def _checks(rule: CompiledRule, scope: dict[str, Any], voice: _Voice, trace: list[Read] | None) -> Iterator[Remark]:
        for check in rule.checks:
            answer = check.program.run(scope, trace)
            if answer is True:
                continue
            if answer is False:
                yield voice.says(check, scope)
            else:
                yield from voice.unclear(answer, check)


def _binds(rule: CompiledRule, plan: Plan) -> bool:
    applies = rule.rule.applies_to
    if applies.tiers and plan.tier not in applies.tiers:
        return False
    return applies.from_phase is None or PHASES.index(plan.phase) >= PHASES.index(applies.from_phase)


def _id(item: Any) -> Any:
    return getattr(item, "id", None) or item


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voice:
    """Speaks for a rule about one thing: knows its place, its project and how strongly it binds."""

    rule: CompiledRule
    setting: Setting
    plan: Plan | None
    thing: Any
    item: Any = None

    def on(self, item: Any) -> _Voice:
        return _Voice(rule=self.rule, setting=self.setting, plan=self.plan, thing=self.thing, item=item)

    def says(self, check: CompiledCheck, scope: Mapping[str, Any]) -> Remark:
        measure = check.measure.run(scope) if check.measure else None
        return self._remark(
            self._loc(check.at), check.message.render(scope), check.fix.render(scope) if check.fix else "",
            "/".join(check.at), Decimal(measure) if isinstance(measure, (int, Decimal)) else None,
        )  # fmt: skip

    def unclear(self, answer: Any, check: CompiledCheck | None = None) -> Iterator[Remark]:
        """What could not be decided is said, at the field that is empty; a plain no is silent."""
        if answer is False:
            return
        if isinstance(answer, Fault):
            yield unreadable(
                self.rule.rule.loc, f"Rule {self.rule.rule.id} asks for too much work: {answer.message}.",
                "Make the rule simpler.", project=None,
            )  # fmt: skip
            return
        name = answer.field if isinstance(answer, Undecided) else None
        owner = answer.owner if isinstance(answer, Undecided) and isinstance(answer.owner, Entity) else None
        spot = self._field(owner, name)
        reason = answer.reason if isinstance(answer, Undecided) else "there is no answer"
        title = _title(owner, name)
        what = f"{title} is not filled in" if title and "empty" in reason else reason[:1].upper() + reason[1:]
        message = f"{what}, so nobody can tell whether this holds: {self.rule.rule.title[:1].lower()}{self.rule.rule.title[1:]}."
        fix = f"Fill in `{name}`." if name and "empty" in reason else ""
        at = check.at if check else ()
        yield self._remark(spot or self._loc(at), message, fix, f"{name or '/'.join(at)}?", None)

    def _remark(self, loc: Loc, message: str, fix: str, pointer: str, measure: Decimal | None) -> Remark:
        rule = self.rule.rule
        project = self.plan.id if self.plan else None
        thing = self.item if self.item is not None else self.thing
        name = getattr(thing, "id", None) or getattr(thing, "as_of", "")
        kind = noun(type(thing)) if isinstance(thing, Entity) else ""
        enforce_at = self.setting.enforce_at
        assert enforce_at is not None
        return Remark(
            rule=rule.id, level=rule.level, enforce_at=enforce_at, severity=rule.severity, loc=loc, message=message, fix=fix,
            project=project, measure=measure, help_url=f"rules/{rule.id}/",
            fingerprint=fingerprint(rule.id, project, f"/{kind}/{name}/{pointer}"),
        )  # fmt: skip

    def _loc(self, at: tuple[str, ...]) -> Loc:
        item = self.item if isinstance(self.item, Entity) else None
        if item is not None:
            return item.loc.at(*at)
        if isinstance(self.thing, Plan):
            home = self.thing.home.get(at[0], self.thing.loc.file) if at else self.thing.loc.file
            return Loc(home, self.thing.loc.path + at)
        if isinstance(self.thing, Entity):
            return self.thing.loc.at(*at)
        return Loc("standards/handrail.yaml")

    def _field(self, owner: Entity | None, name: str | None) -> Loc | None:
        if owner is None or name is None:
            return None
        if isinstance(owner, Plan):
            return Loc(owner.home.get(name, owner.loc.file), (*owner.loc.path, name))
        return owner.loc.at(name)


def _title(owner: Entity | None, name: str | None) -> str | None:
    if owner is None:
        return None
    title = next((one.title for one in fields_of(type(owner)) if one.key == name), None)
    if title is None:
        return None
    thing = next((value for key in ("title", "name", "what") if isinstance(value := getattr(owner, key, None), str)), None)
    return f'{title} of "{thing}"' if thing else title


def programs(rule: CompiledRule) -> tuple[Program, ...]:
    """Every expression of a rule, for explaining what it reads."""
    found = [one for one in (rule.applies, rule.each, rule.when) if one is not None]
    return (*found, *(one.program for one in rule.checks))
