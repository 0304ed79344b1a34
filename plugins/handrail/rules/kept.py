"""What is on record stays: projects, reports, requests, decisions. Part of PRT-01."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from handrail.fields import fields_of
from handrail.load.projects import ATTACHED
from handrail.model.kinds import BY_NAME
from handrail.model.project import Plan
from handrail.model.records import Approval, Report
from handrail.model.rule_file import RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.changing import at, migrated, pairs
from handrail.rules.engine import World
from handrail.rules.speaking import say
from handrail.rules.text import in_words

_ELSEWHERE = frozenset({"baseline"})
"""Kinds that another rule watches."""
_RUNNING = frozenset({"active", "suspended"})


def kept(rule: RuleFile, world: World) -> Iterator[Remark]:
    """Projects and records that a change takes away, and records that it writes anew."""
    yield from _projects(rule, world)
    for pair in pairs(world):
        if pair.old is None or (pair.new.broken and not pair.old.broken) or migrated(world, rule.id, pair.new.id):
            continue
        yield from _records(rule, pair.new, pair.old)


def _projects(rule: RuleFile, world: World) -> Iterator[Remark]:
    if world.before is None:
        return
    repository = world.pull.proposed if world.pull and world.pull.proposed else world.portfolio.repository
    today = {one.id for one in world.portfolio.projects} | {one.id for one in world.portfolio.broken}
    moved = {one.from_: one for one in repository.policy.redirects.redirects}
    for before in world.before.projects:
        if before.id in today or migrated(world, rule.id, before.id):
            continue
        plan, redirect = before.plan, moved.get(before.id)
        taken_up = redirect is not None and redirect.to is not None and redirect.to in today
        if redirect is None or not redirect.because:
            message = f'"{plan.name}" is gone, and nothing says where its story goes on.'
            fix = (f"Put the folder back. A project that ends is cancelled or closed, and stays. Only the PMO moves an id, with a line in "
                   f"the register of redirects: `{{from: {plan.id}, to: <new id>, on: <day>, because: <why>}}`.")  # fmt: skip
        elif not taken_up and plan.state in _RUNNING and plan.phase != "initiation":
            message = f'"{plan.name}" is gone while it was still running.'
            fix = (
                "Put the folder back and stop the project first: a decision `stop` at a gate, then `state: cancelled`."
            )
        else:
            continue
        yield say(rule, Loc("standards/policy/redirects.yaml"), message, fix, project=plan.id, pointer="/gone")


def _records(rule: RuleFile, plan: Plan, old: Plan) -> Iterator[Remark]:
    for kind, field in ATTACHED.items():
        if kind in _ELSEWHERE:
            continue
        now = {_key(one): one for one in getattr(plan, field)}
        for one in getattr(old, field):
            found = now.get(_key(one))
            if found is None:
                yield _gone(rule, plan, kind, one)
            elif BY_NAME[kind].behaviour == "report" and not _as_it_was(found, one):
                yield _rewritten(rule, plan, kind, found)
    if old.closure is not None and plan.closure is None and plan.state == "closed":
        yield say(
            rule, at(plan, "id"), f'The closing record of "{plan.name}" is gone.', "Put `closure.md` back.",
            project=plan.id, pointer="/closure",
        )  # fmt: skip


def _key(one: Any) -> str:
    return str(getattr(one, "id", None) or one.as_of)


def _as_it_was(new: Any, old: Any) -> bool:
    """Whether a published record says the same. Prose below a report may be mended; conditions of an approval are met."""
    if isinstance(new, Approval):
        return replace(new, conditions=(), stale=None) == replace(old, conditions=(), stale=None) and _conditions_kept(
            new, old
        )
    if isinstance(new, Report):
        return all(getattr(new, one.name) == getattr(old, one.name) for one in fields_of(Report))
    return bool(new == old)


def _conditions_kept(new: Approval, old: Approval) -> bool:
    left = {one.what: one for one in new.conditions}
    return all(one.what in left and left[one.what].owner == one.owner for one in old.conditions) and len(
        new.conditions
    ) == len(old.conditions)


def _gone(rule: RuleFile, plan: Plan, kind: str, one: Any) -> Remark:
    title = BY_NAME[kind].title.lower()
    name = getattr(one, "title", None) or (f"of {in_words(one.as_of)}" if kind == "report" else one.id)
    named = f'"{name}"' if getattr(one, "title", None) else name
    return say(
        rule, at(plan, "id"), f'A record of "{plan.name}" is gone: the {title} {named}.',
        f"Put the file back: `{one.loc.file}`. What no longer holds is withdrawn, closed or answered by a later record.",
        project=plan.id, pointer=f"/{kind}/{_key(one)}/gone",
    )  # fmt: skip


def _rewritten(rule: RuleFile, plan: Plan, kind: str, one: Any) -> Remark:
    if kind == "report":
        message = f'The report of {in_words(one.as_of)} on "{plan.name}" was published, and now says something else.'
        fix = f"Write it as it was and say what is known today in a new report: `handrail new report {plan.id}`."
    else:
        message = f'What {one.by} decided on {in_words(one.on)} about "{plan.name}" now reads otherwise.'
        fix = "Write it as it was. A later decision is a record of its own and takes the earlier one back."
    return say(rule, one.loc, message, fix, project=plan.id, pointer=f"/{kind}/{_key(one)}/rewritten")
