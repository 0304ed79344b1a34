"""An approval is for what stands there today.

An approval carries the fingerprint of the terms that were approved. When these say something else later, nobody agreed to
what stands there: the approval counts no more, and whatever rested on it waits for a new one. The fingerprint is written
by `handrail approve`; a record of older days without one counts as long as the policy lets it. Only the newest approval
of a thing is looked at. What is no longer claimed needs none: a deliverable that was sent back is bad news, and passes. What the PMO had approved in `standards/approvals/` is held to the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.office import moved
from handrail.rules.speaking import say
from handrail.rules.text import in_words

RULE = RuleFile(
    id="GOV-09",
    title="An approval is for what stands there today",
    requirement="S-ROLES.5",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="Nobody agreed to figures that were written after they signed.",
    ask="the one who approved",
    applies_to=AppliesTo(kind="approval"),
)
_MOST = 3


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every approval, the newest of its subject, whose terms have moved or were never said."""
    del loaded
    yield from moved(RULE, world)
    olds = world.olds()
    for project in world.portfolio.projects:
        plan, old = project.plan, olds.get(project.id)
        known = {one.id for one in old.approvals} if old else frozenset[str]()
        for one in _newest(plan):
            fresh = world.pull is not None and one.id not in known
            if one.stale is None and not (fresh and one.value is None):
                continue
            if not _dropped(one, plan):
                yield _remark(one, plan, old, world)


def _newest(plan: Plan) -> Iterator[Approval]:
    last: dict[tuple[str, str, str], Approval] = {}
    for one in sorted(plan.approvals, key=lambda one: (one.on, one.id)):
        last[one.subject.kind, one.subject.id, one.role] = one
    agreed = {(one.subject.kind, one.subject.id): one.on for one in last.values() if one.stale is None}
    for one in last.values():
        later = agreed.get((one.subject.kind, one.subject.id))
        if one.stale is None or later is None or later < one.on:
            yield one


def _dropped(approval: Approval, plan: Plan) -> bool:
    """Whether nobody claims any more what was approved."""
    if approval.subject.kind != "deliverable":
        return False
    return all(one.actual is None for one in plan.deliverables if one.id == approval.subject.id)


def _remark(approval: Approval, plan: Plan, old: Plan | None, world: World) -> Remark:
    what = f"{approval.subject.kind} {approval.subject.id}"
    if approval.value is None:
        message = f'The approval of {in_words(approval.on)} by {approval.by} for "{plan.name}" does not say which terms were approved.'
    else:
        message = f"{approval.by} approved {_said(approval, plan, old, world)}."
    return say(
        RULE, approval.loc.at("value"), message, _fix(approval, plan, what),
        pointer=f"/approvals/{approval.id}", project=plan.id,
    )  # fmt: skip


def _fix(approval: Approval, plan: Plan, what: str) -> str:
    kind = approval.subject.kind.replace(" ", "-")
    command = f"handrail approve {kind} {approval.subject.id} --project {plan.id}"
    if approval.by == plan.manager:  # whoever leads the project is not asked to say yes once more
        return f"Let somebody decide who may; the command writes the record: `{command} --by <handle>`."
    command = f'`{command} --by {approval.by} --role "{approval.role}"`'
    if approval.value is None:
        return f"Let the command write the record, with the fingerprint of the terms: {command}."
    return (
        f"If the new terms are right, let {approval.by} look at them and approve again: {command} writes the record. If not, "
        f"write {what} as it was approved."
    )


def _said(approval: Approval, plan: Plan, old: Plan | None, world: World) -> str:
    """What was approved and what stands there now, as far as the state before the change tells."""
    from handrail.compute.approved_value import fingerprint_of, terms_of  # noqa: PLC0415 - only for a stale approval
    from handrail.compute.terms import moved as terms_moved  # noqa: PLC0415 - as above

    repository, kind, name = world.portfolio.repository, approval.subject.kind, approval.subject.id
    what = f'the {kind} {name} of "{plan.name}"'
    now = terms_of(kind, name, plan, repository)
    if not now:
        return f"{what}, and there is no such {kind} now"
    before = terms_of(kind, name, old, repository) if old is not None else None
    if before and fingerprint_of(before) == approval.value:
        told = [
            f"{one.name} {_word(one.approved)}; it now says {_word(one.now)}"
            for one in terms_moved(before, now)[:_MOST]
        ]
        return f"{what} with {'. Also '.join(told)}"
    names = in_words([name.replace("_", " ") for name in now])
    return f"{what} on {in_words(approval.on)}, and it has been changed since; the approval covers {names}"


def _word(value: Any) -> str:
    from handrail.compute.written import as_day  # noqa: PLC0415 - as above

    if isinstance(value, dict):
        return f"{in_words(value.get('amount'))} {value.get('currency', '')}".strip()
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f"{value:,}"
    return in_words(as_day(value) or value)
