"""How a rule makes a remark: what follows from the rule is filled in here, and nowhere else."""

from __future__ import annotations

from handrail.model.rule_file import RuleFile
from handrail.remark import EnforceAt, Loc, Related, Remark, fingerprint


def say(  # noqa: PLR0913 - a remark is what it says, and each part of it has a name
    rule: RuleFile, loc: Loc, message: str, fix: str, *, pointer: str, project: str | None = None,
    enforce_at: EnforceAt | None = None, related: tuple[Related, ...] = (),
) -> Remark:  # fmt: skip
    """A remark of `rule` at `loc`. `pointer` says what it is about without lines and positions: its fingerprint keeps to it.

    project: the project's id, None for what belongs to the organisation. enforce_at: when it bites, where this is not
    what the rule says. related: other places that belong to it.
    """
    return Remark(
        rule=rule.id, level=rule.level, enforce_at=enforce_at or rule.enforce_at, severity=rule.severity, loc=loc,
        message=message, fix=fix, project=project, related=related, help_url=f"rules/{rule.id}/",
        fingerprint=fingerprint(rule.id, project, pointer),
    )  # fmt: skip
