"""Approved plans on file: they stay as they were, are numbered without gaps, and follow from change requests. Part of BSL-01."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from handrail.compute.approvals import decided
from handrail.compute.baseline import Difference, differences
from handrail.compute.change_size import change_size
from handrail.compute.dates import in_order
from handrail.compute.written import as_day
from handrail.model.project import Plan
from handrail.model.records import Approval, Baseline, ChangeRequest, FieldChange
from handrail.model.rule_file import RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.changing import Pair, at, counting
from handrail.rules.engine import World
from handrail.rules.speaking import say
from handrail.rules.text import in_words


def changed(rule: RuleFile, pair: Pair, world: World) -> Iterator[Remark]:
    """What a change did to the approved plans of a project."""
    plan, old = pair.new, pair.old
    before = {one.id: one for one in old.baselines} if old else {}
    after = {one.id: one for one in plan.baselines}
    drafts = _drafts(old) if old else frozenset()
    for name, one in before.items():
        if name in after and _values(after[name]) == _values(one):
            continue
        if name in drafts:
            continue
        gone = name not in after
        what = "is gone" if gone else "says something else than when it was frozen"
        yield say(
            rule, at(plan, "id") if gone else after[name].loc, f'An approved plan of "{plan.name}" {what}: {name}.',
            f"Put `baselines/{name}.yaml` back as it was. To change what is approved, write a change request and freeze the plan anew.",
            project=plan.id, pointer=f"/baselines/{name}/{'gone' if gone else 'altered'}",
        )  # fmt: skip
    new = [one for one in in_order(plan.baselines) if one.id not in before]
    counts = counting(world, plan, old)
    for one in new:
        yield from _new(rule, one, plan, world, counts)


def _drafts(old: Plan) -> frozenset[str]:
    """Plans that were frozen and that nobody has approved yet: the newest may still be written again."""
    agreed = {one.subject.id for one in old.approvals if one.subject.kind == "baseline" and one.decision == "approve"}
    newest = in_order(old.baselines)[-1:]
    return frozenset(one.id for one in newest if one.id not in agreed)


def _values(one: Baseline) -> tuple[Any, ...]:
    return one.made_on, one.change, one.values


def _new(
    rule: RuleFile, one: Baseline, plan: Plan, world: World, counts: Callable[[Approval], bool]
) -> Iterator[Remark]:
    ordered = in_order(plan.baselines)
    place = ordered.index(one)
    number = int("".join(letter for letter in one.id if letter.isdigit()) or 0)
    if number != place + 1:
        yield say(
            rule, one.loc.at("id"), f'The approved plans of "{plan.name}" are numbered with a gap: {one.id} is the {_nth(place + 1)}.',
            f"Let the tool write it: `handrail baseline {plan.id}`.", project=plan.id, pointer=f"/baselines/{one.id}/number",
        )  # fmt: skip
    if place == 0:
        return
    request = next((each for each in plan.changes if each.id == one.change), None)
    if request is None:
        yield _without(
            rule, one, plan, "follows from no change request", "Name the request it follows from: `change: CR-001`."
        )
        return
    small = change_size(request, plan, world.portfolio.repository) == "within delegation"
    last = decided(plan.approvals, "change", request.id, world.portfolio.as_of, counts)
    if not small and (last is None or last.decision != "approve"):
        yield _without(
            rule, one, plan, f'follows from "{request.title}", which nobody with authority has approved',
            f"Let it be approved first, in the folder of approvals: `decision: approve`, `subject: {{kind: change, id: {request.id}}}`.",
        )  # fmt: skip
    for each in differences(ordered[place - 1].values, one.values):
        asked = _asked(each, request)
        if asked is None:
            yield _unasked(rule, one, plan, request, each)
        elif not (_same(asked.from_, each.before) or (each.before is None and asked.from_ == 0)):
            yield _elsewhere(rule, one, plan, asked, each)


def _without(rule: RuleFile, one: Baseline, plan: Plan, what: str, fix: str) -> Remark:
    return say(
        rule, one.loc.at("change"), f'A new approved plan of "{plan.name}" {what}.', fix,
        project=plan.id, pointer=f"/baselines/{one.id}/change",
    )  # fmt: skip


def _asked(difference: Difference, request: ChangeRequest) -> FieldChange | None:
    """What the request says of this very value, where it asks for the new one."""
    own = difference.field.split(".")[-1]
    wanted = (
        one for one in request.changes
        if one.item == difference.item and one.field in {difference.field, own} and _same(one.to, difference.after)
    )  # fmt: skip
    return next(wanted, None)


def _same(asked: Any, made: Any) -> bool:
    if asked is None or made is None:
        return asked is made
    day, other = as_day(asked), as_day(made)
    if day is not None or other is not None:
        return day == other
    if isinstance(made, (list, tuple)):
        return (list(asked) if isinstance(asked, (list, tuple)) else [asked]) == list(made)
    return str(asked) == str(made) or asked == made


def _unasked(rule: RuleFile, one: Baseline, plan: Plan, request: ChangeRequest, each: Difference) -> Remark:
    what = f"{each.field.replace('_', ' ').replace('.', ' ')} of {each.item}"
    return say(
        rule, Loc(one.loc.file, (*one.loc.path, "values", each.item)),
        f'The new approved plan of "{plan.name}" changes more than "{request.title}" asks for: {what} becomes {in_words(each.after)}.',
        f"Add it to the request, `{{item: {each.item}, field: {each.field}, from: <old>, to: <new>}}`, and let it be approved; or leave the "
        "value as it was.",
        project=plan.id, pointer=f"/baselines/{one.id}/{each.item}/{each.field}",
    )  # fmt: skip


def _elsewhere(rule: RuleFile, one: Baseline, plan: Plan, asked: FieldChange, each: Difference) -> Remark:
    """A request is sized by what it starts from: one that starts elsewhere was approved, or let pass, as a smaller one."""
    what = f"{each.field.replace('_', ' ').replace('.', ' ')} of {each.item}"
    return say(
        rule, asked.loc.at("from"), f'The new approved plan of "{plan.name}" follows from a request that starts elsewhere: {what} was '
        f"{_word(each.before)}, and the request says {_word(asked.from_)}.",
        f"Write what the approved plan said, `from: {each.before}`, and let the request be approved as what it is.",
        project=plan.id, pointer=f"/baselines/{one.id}/{each.item}/{each.field}/from",
    )  # fmt: skip


def _word(value: Any) -> str:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f"{value:,}"
    return in_words(as_day(value) or value)


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
