"""How a built-in rule about the organisation's own records makes a remark."""

from __future__ import annotations

from handrail.model.rule_file import RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.changing import say


def remark(  # noqa: PLR0913, PLR0917 - a remark is what it says
    rule: RuleFile, loc: Loc, pointer: str, message: str, fix: str, project: str | None = None
) -> Remark:  # fmt: skip
    """A remark of a rule; `pointer` says what it is about, without positions."""
    return say(rule, loc, message, fix, project=project, pointer=pointer)
