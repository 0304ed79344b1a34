"""What another law would do: both laws over the same plans, rule by rule, project by project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from handrail.check import Judgement, judge
from handrail.compute.facts import Portfolio
from handrail.load import Loaded
from handrail.load.references import mentions
from handrail.load.remarks import unreadable
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile
from handrail.ratchet import compared
from handrail.remark import EnforceAt, Remark
from handrail.rules.settings import Setting, first_day

What = Literal["added", "removed", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleImpact:
    """What becomes of one rule. fails: projects that would newly have a remark of it; passes: those that would not any more.

    more, fewer: how many remarks appear and disappear. before, after: when it bites under either law, None for not at all.
    effective_from: the first day of a rule that only tells until then; None where it bites from its merge on, as `after` says.
    """

    rule: str
    title: str
    what: What
    before: EnforceAt | None
    after: EnforceAt | None
    effective_from: date | None
    fails: tuple[str, ...]
    passes: tuple[str, ...]
    more: int
    fewer: int

    @property
    def tells(self) -> bool:
        """Whether anything becomes otherwise."""
        return bool(
            self.fails or self.passes or self.more or self.fewer or self.what != "same" or self.before != self.after
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Impact:
    """What the proposed law does to the plans. projects: how many were judged. rules, settings: of both laws together.

    left: what plans still name and the proposed law takes away, each at its place.
    """

    projects: int
    each: tuple[RuleImpact, ...]
    names: Mapping[str, str]
    rules: Mapping[str, RuleFile]
    settings: Mapping[str, Setting]
    left: tuple[Remark, ...] = ()

    @property
    def fails(self) -> tuple[str, ...]:
        """Every project that would newly have a remark."""
        return tuple(sorted({one for rule in self.each for one in rule.fails}))

    @property
    def passes(self) -> tuple[str, ...]:
        """Every project that would lose a remark."""
        return tuple(sorted({one for rule in self.each for one in rule.passes}))


def preview(old: tuple[Loaded, Portfolio], new: tuple[Loaded, Portfolio]) -> Impact:
    """Judge the same plans by both laws and say what differs."""
    was, now = judge(*old), judge(*new)
    before, after = _by_rule(was), _by_rule(now)
    rows = []
    for name in sorted({*was.rules, *now.rules}):
        one, other = before.get(name, {}), after.get(name, {})
        lost = {key: ones - other.get(key, frozenset()) for key, ones in one.items()}
        come = {key: ones - one.get(key, frozenset()) for key, ones in other.items()}
        row = RuleImpact(
            rule=name, title=(now.rules.get(name) or was.rules[name]).title, what=_what(was, now, name),
            before=_bites(was, name), after=_bites(now, name), effective_from=_from(now, new[1], name),
            fails=tuple(sorted(key for key in other if key and key not in one)),
            passes=tuple(sorted(key for key in one if key and key not in other)),
            more=sum(map(len, come.values())), fewer=sum(map(len, lost.values())),
        )  # fmt: skip
        if row.fails or row.passes or row.more or row.fewer or row.what != "same" or row.before != row.after:
            rows.append(row)
    names = {one.id: one.plan.name for one in new[1].projects} | {one.id: one.name for one in new[1].broken}
    return Impact(
        projects=len(names), each=tuple(sorted(rows, key=lambda one: (-len(one.fails), -len(one.passes), one.rule))),
        names=names, rules={**was.rules, **now.rules}, settings={**was.settings, **now.settings},
        left=tuple(left_alone(old[0].repository, new[0].repository)),
    )  # fmt: skip


_KEPT: Mapping[str, tuple[str, str]] = MappingProxyType({
    "objective": ("an objective", "standards/strategy/objectives.yaml` with `status: dropped"),
    "programme": ("a programme", "standards/strategy/programmes.yaml"),
    "board": ("a board", "standards/policy/boards.yaml"),
    "person": ("somebody", "standards/people/people.yaml` with the last day, `to: 2027-06-30"),
})  # fmt: skip
"""By kind of what plans name: what it is, and how it stays without going on."""


def left_alone(was: Repository, now: Repository) -> Iterator[Remark]:
    """Every plan that names an objective, programme, board or person that the proposed law takes away.

    The plans cannot change with it in one pull request (GOV-05), so what they stand on stays until none names it.
    """
    gone = {kind: _ids(was)[kind] - ids for kind, ids in _ids(now).items()}
    if not any(gone.values()):
        return
    for plan in now.plans:
        for kind, name, loc, _, _ in mentions(plan, plan.home):
            if name not in gone.get(kind, frozenset()):
                continue
            what, kept = _KEPT[kind]
            yield unreadable(
                loc, f'This change takes {what} away that "{plan.name}" still names: {name}.',
                f"Keep it in `{kept}` until no plan names it. Who leads the project names another one first, in a pull request of "
                "their own.",
                project=plan.id, pointer=f"left/{kind}/{name}/{loc.path}",
            )  # fmt: skip


def _ids(repository: Repository) -> Mapping[str, frozenset[str]]:
    return {
        "objective": frozenset(repository.objectives), "programme": frozenset(repository.programmes),
        "board": frozenset(one.id for one in repository.policy.boards.boards), "person": frozenset(repository.people),
    }  # fmt: skip


def law_remarks(
    was: Loaded, proposed: Loaded, before: Portfolio, after: Portfolio
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """What there is to say about the proposed law itself, with its states, and what is gone. The portfolios are empty."""
    return compared(judge(proposed, after), judge(was, before), {None})


def _by_rule(judgement: Judgement) -> dict[str, dict[str | None, frozenset[str]]]:
    found: dict[str, dict[str | None, set[str]]] = {}
    for one in judgement.remarks:
        if one.state != "waived":
            found.setdefault(one.rule, {}).setdefault(one.project, set()).add(one.fingerprint)
    return {rule: {key: frozenset(ones) for key, ones in each.items()} for rule, each in found.items()}


def _what(was: Judgement, now: Judgement, name: str) -> What:
    old, new = was.rules.get(name), now.rules.get(name)
    if old is None:
        return "added"
    if new is None:
        return "removed"
    one, other = was.settings.get(name), now.settings.get(name)
    same = old == new and one is not None and other is not None
    return "same" if same and _figures(one) == _figures(other) else "changed"


def _figures(setting: Setting | None) -> object:
    return None if setting is None else (setting.enforce_at, dict(setting.params), dict(setting.tier_params))


def _bites(judgement: Judgement, name: str) -> EnforceAt | None:
    setting = judgement.settings.get(name)
    return setting.enforce_at if setting is not None else None


def _from(judgement: Judgement, portfolio: Portfolio, name: str) -> date | None:
    rule = judgement.rules.get(name)
    return first_day(rule, portfolio.repository, portfolio.as_of) if rule is not None else None
