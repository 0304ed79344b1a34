"""Speaks for a rule: makes remarks of what it says and of what it cannot decide, each at the field to edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from handrail.fields import Entity, fields_of, noun
from handrail.load.remarks import unreadable
from handrail.model.project import Plan
from handrail.remark import EnforceAt, Loc, Remark
from handrail.rules.compiled import CompiledCheck, CompiledRule
from handrail.rules.expression import Fault, Program, Read, Undecided
from handrail.rules.settings import Setting
from handrail.rules.speaking import say

_NAMES = ("id", "as_of", "what", "party", "statement", "audience")
"""What tells things of one kind apart that have no id: in this order."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Voice:
    """A rule on one thing: knows its place, its project and how strongly it binds.

    `scope` is refilled for every member of a list; `trace` notes what the rule reads, where somebody asks for it: at each
    remark it holds what was read for that one. `earlier` are scopes of the same thing as it stood before a change.
    """

    rule: CompiledRule
    setting: Setting
    scope: dict[str, Any]
    plan: Plan | None = None
    thing: Any = None
    trace: list[Read] | None = field(default=None)
    earlier: tuple[dict[str, Any], ...] = ()

    @property
    def item(self) -> Any:
        """The member of a list that is looked at just now, None outside every list."""
        return self.scope.get("item")

    def ask(self, program: Program) -> Any:
        """The answer of an expression."""
        return program.run(self.scope, self.trace)

    def judged(self, check: CompiledCheck) -> Iterable[Remark]:
        """What a check has to say: nothing when it holds."""
        answer = check.program.run(self.scope, self.trace)
        if answer is True:
            return ()
        return (self._says(check),) if answer is False else self.unclear(answer, check)

    def _says(self, check: CompiledCheck) -> Remark:
        fix = check.fix.render(self.scope) if check.fix else ""
        measure = check.measure.run(self.scope) if check.measure else None
        said = self._remark(self._loc(check.at), check.message.render(self.scope), fix, "/".join(check.at), check)
        return replace(said, measure=Decimal(measure)) if isinstance(measure, (int, Decimal)) else said

    def unclear(self, answer: Any, check: CompiledCheck | None = None) -> Iterator[Remark]:
        """What could not be decided is said, at the field that is empty; a plain no is silent."""
        if answer is False:
            return
        rule = self.rule.rule
        if isinstance(answer, Fault):
            yield unreadable(
                rule.loc,
                f"Rule {rule.id} asks for too much work: {answer.message}.",
                "Make the rule simpler.",
                project=None,
            )
            return
        name = answer.field if isinstance(answer, Undecided) else None
        owner = answer.owner if isinstance(answer, Undecided) and isinstance(answer.owner, Entity) else None
        spot = self._field(owner, name)
        reason = answer.reason if isinstance(answer, Undecided) else "there is no answer"
        title = _title(owner, name)
        what = f"{title} is not filled in" if title and "empty" in reason else reason[:1].upper() + reason[1:]
        message = f"{what}, so nobody can tell whether this holds: {rule.title[:1].lower()}{rule.title[1:]}."
        fix = f"Fill in `{name}`." if title and "empty" in reason else ""
        at = check.at if check else ()
        yield self._remark(spot or self._loc(at), message, fix, f"{name or '/'.join(at)}?", check)

    def _remark(self, loc: Loc, message: str, fix: str, pointer: str, check: CompiledCheck | None) -> Remark:
        rule = self.rule.rule
        project = self.plan.id if self.plan else None
        thing = self.item if self.item is not None else self.thing
        name = next((found for key in _NAMES if (found := _named(thing, key))), "")
        kind = noun(type(thing)) if isinstance(thing, Entity) else ""
        return say(
            rule, loc, message, fix, pointer=f"/{kind}/{name}/{pointer}", project=project, enforce_at=self._enforce_at(check)
        )  # fmt: skip

    def _enforce_at(self, check: CompiledCheck | None) -> EnforceAt:
        """When it bites: as the check says, unless the organisation has set something else for the rule."""
        own = self.rule.rule.enforce_at
        chosen = self.setting.enforce_at or "watch"
        if check is None or check.enforce_at is None or self.setting.chosen or chosen != own:
            return chosen
        return "watch" if check.enforce_at in self.setting.waiting else check.enforce_at

    def _loc(self, at: tuple[str, ...]) -> Loc:
        item = self.item if isinstance(self.item, Entity) else None
        if item is not None:
            return self._where_it_stood(item) if self._is_gone(item) else item.loc.at(*at)
        if isinstance(place := getattr(self.item, "loc", None), Loc):  # a computed member that knows what it is about
            return place
        if isinstance(self.thing, Plan):
            part = getattr(self.thing, at[0], None) if at else None
            if isinstance(part, Entity):  # the closure stands in a file of its own
                return part.loc.at(*at[1:])
            home = self.thing.home.get(at[0], self.thing.loc.file) if at else self.thing.loc.file
            return Loc(home, self.thing.loc.path + at)
        if isinstance(self.thing, Entity):
            return self.thing.loc.at(*at)
        return Loc("standards/handrail.yaml")

    def _is_gone(self, item: Entity) -> bool:
        """Whether a member stood there before and no more: then its own place is one of before."""
        return item is self.scope.get("item_old")

    def _where_it_stood(self, item: Entity) -> Loc:
        """The list as it stands now, in which the member is missing; the plan where the list is gone as well."""
        old = self.scope.get("old")
        if self.plan is None or not isinstance(old, Entity):
            return item.loc
        rest = item.loc.path[len(old.loc.path) : -1]
        if not rest or str(rest[0]) not in self.plan.home:
            return self.plan.loc.at("id")
        return Loc(self.plan.home[str(rest[0])], self.plan.loc.path + rest)

    @staticmethod
    def _field(owner: Entity | None, name: str | None) -> Loc | None:
        if owner is None or name is None:
            return None
        if isinstance(owner, Plan):
            return Loc(owner.home.get(name, owner.loc.file), (*owner.loc.path, name))
        return owner.loc.at(name)


def _named(thing: Any, key: str) -> Any:
    return thing.get(key) if isinstance(thing, Mapping) else getattr(thing, key, None)


def _title(owner: Entity | None, name: str | None) -> str | None:
    if owner is None:
        return None
    title = next((one.title for one in fields_of(type(owner)) if one.key == name), None)
    if title is None:
        return None
    thing = next(
        (value for key in ("title", "name", "what") if isinstance(value := getattr(owner, key, None), str)), None
    )
    return f'{title} of "{thing}"' if thing else title
