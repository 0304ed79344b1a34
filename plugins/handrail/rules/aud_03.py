"""A day that somebody was given does not move without a reason.

A finding of an audit, and a condition that was attached to an approval, has a day by which it is met. A later day needs an
extension on record: the old day, the new one, why, and somebody other than the owner who agrees. Two extensions are the
most; who needs a third asks for a new decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.load import Loaded
from handrail.model.assurance import Finding
from handrail.model.repository import Repository
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.changing import pairs, say
from handrail.rules.engine import World
from handrail.rules.text import in_words

RULE = RuleFile(
    id="AUD-03",
    title="The day of a finding or condition does not slip without a reason",
    requirement="S-AUDIT.1",
    level="must",
    enforce_at="merge",
    waivable=False,
    why="Findings die of days that move.",
    ask="whoever set the condition, or the auditor",
    applies_to=AppliesTo(kind="portfolio"),
)
_MOST = 2


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every later day of a condition or a finding without its extension."""
    del loaded
    for pair in pairs(world):
        old = {one.id: one for one in pair.old.approvals} if pair.old else {}
        for approval in pair.new.approvals:
            before = {one.what: one for one in old[approval.id].conditions} if approval.id in old else {}
            for one in approval.conditions:
                yield from _judged(one, before.get(one.what), f'the condition "{one.what}"', pair.new.id,
                                   f"/approvals/{approval.id}/{one.what}")  # fmt: skip
    if world.before is None:
        return
    was = world.pull.was if world.pull and world.pull.was else world.before.repository
    now = world.pull.proposed if world.pull and world.pull.proposed else world.portfolio.repository
    known = _findings(was)
    for name, finding in _findings(now).items():
        yield from _judged(finding, known.get(name), f'the finding "{finding.title}"', finding.project, f"/{name}")


def _findings(repository: Repository) -> dict[str, Finding]:
    return {one.loc.file: one for one in repository.others.get("finding", ()) if isinstance(one, Finding)}


def _judged(new: Any, old: Any, what: str, project: str | None, pointer: str) -> Iterator[Remark]:
    if old is None or old.due is None or (new.due is not None and new.due <= old.due):
        return
    if new.due is None:
        yield _remark(new, f"{what} was due on {in_words(old.due)} and has no day any more.", f"Write `due: {old.due}` again.",
                      project, pointer)  # fmt: skip
        return
    last = new.extensions[-1] if len(new.extensions) > len(old.extensions) else None
    example = f"`extensions: [{{from: {old.due}, to: {new.due}, reason: <why>, by: <handle>}}]`"
    if last is None or (last.from_, last.to) != (old.due, new.due):
        moved = f"{what} was due on {in_words(old.due)} and now on {in_words(new.due)}"
        yield _remark(new, f"{moved}, and nothing says why.", f"Add the extension: {example}.", project, pointer)
    elif last.by is None or last.by == new.owner:
        yield _remark(new, f"{what} was given more time, and nobody but its owner agrees.",
                      "Let whoever set it agree: `by: <handle>`.", project, pointer)  # fmt: skip
    elif len(new.extensions) > _MOST:
        yield _remark(new, f"{what} is extended for the {len(new.extensions)}rd time; two times are the most.",
                      "Ask for a new decision instead, or say that it cannot be met.", project, pointer)  # fmt: skip


def _remark(one: Any, message: str, fix: str, project: str | None, pointer: str) -> Remark:
    return say(RULE, one.loc.at("due"), message[:1].upper() + message[1:], fix, project=project, pointer=pointer)
