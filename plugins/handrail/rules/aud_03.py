"""A day that somebody was given does not move without a reason.

A finding of an audit, and a condition that was attached to an approval, has a day by which it is met. A later day needs an
extension on record: the old day, the new one, why, and somebody other than the owner who agrees. Two extensions are the
most; who needs a third asks for a new decision. A finding that is filed under another number or in another audit is the one it
was, and one that disappears is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from handrail.load import Loaded
from handrail.model.assurance import Finding
from handrail.model.repository import Repository
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.changing import pairs
from handrail.rules.engine import World
from handrail.rules.speaking import say
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
    known, found = _findings(was), _findings(now)
    gone = {name: one for name, one in known.items() if name not in found}
    for name, finding in found.items():
        earlier = known.get(name)
        if earlier is None:  # filed anew: is it one that stood elsewhere?
            place = next((place for place, one in gone.items() if _same(one, finding)), None)
            earlier = gone.pop(place) if place is not None else None
        yield from _judged(finding, earlier, f'the finding "{finding.title}"', finding.project, f"/{name}")
    for name, finding in gone.items():
        yield _gone(name, finding, now)


def _findings(repository: Repository) -> dict[str, Finding]:
    """By audit and id."""
    return {
        f"{_audit(one)}/{one.id}": one for one in repository.others.get("finding", ()) if isinstance(one, Finding)
    }  # fmt: skip


def _audit(one: Finding) -> str:
    return PurePosixPath(one.loc.file).parts[2]


def _same(old: Finding, new: Finding) -> bool:
    """Whether two are one finding in another file: the same words, or the same condition raised on the same day."""
    if old.title == new.title:
        return old.project == new.project
    return old.condition is not None and (old.condition, old.raised_on, old.project) == (
        new.condition, new.raised_on, new.project
    )  # fmt: skip


def _gone(name: str, one: Finding, now: Repository) -> Remark:
    audit = f"standards/audits/{_audit(one)}/audit.yaml"
    place = Loc(audit if audit in now.tree.paths() else "standards/handrail.yaml")
    return say(
        RULE, place, f'The finding "{one.title}" is gone; a finding stays on record, also when it is done.',
        "Put its file back. When it is corrected, `closed_on` and `verified_by` say so; when the risk is borne, "
        "`risk_accepted_by`.",
        project=None, pointer=f"/{name}",
    )  # fmt: skip


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
        yield _remark(new, f"{what} was extended {len(new.extensions)} times; two times are the most.",
                      "Ask for a new decision instead, or say that it cannot be met.", project, pointer)  # fmt: skip


def _remark(one: Any, message: str, fix: str, project: str | None, pointer: str) -> Remark:
    return say(RULE, one.loc.at("due"), message[:1].upper() + message[1:], fix, project=project, pointer=pointer)
