"""Approvals of the PMO's own matters under the rules of approvals: authority and evidence, day, and terms that still stand.

What comes in with a change is judged by the law of the target: its table, its people, its boards.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.evidence import Evidence, Grade, grade_of, rank
from handrail.model.records import Approval
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile
from handrail.remark import Loc, Remark
from handrail.rules.engine import World
from handrail.rules.speaking import say
from handrail.rules.text import in_words

_AHEAD = 1


def moved(rule: RuleFile, world: World) -> Iterator[Remark]:
    """The newest approval of each thing whose terms say something else now, or were never said (GOV-09)."""
    repository = world.portfolio.repository
    if not repository.approvals:
        return
    from handrail.compute.approvals import stale  # noqa: PLC0415 - most repositories have none
    from handrail.compute.office_approvals import newest  # noqa: PLC0415

    for one in newest(repository.approvals):
        why = stale(one, None, repository)
        if why:
            kind, name = one.subject.kind, one.subject.id
            yield _say(
                rule, one, "value", f"{one.by} approved the {kind} {name} on {in_words(one.on)}, and {why}.",
                f"If it is right as it stands, let somebody decide again who may: `handrail approve {kind} {name} --by <handle>`. If "
                "not, write it as it was approved.",
            )  # fmt: skip


def unproven(rule: RuleFile, world: World) -> Iterator[Remark]:
    """Approvals that come with the change, given by somebody who may not, or evidenced less than the policy asks (GOV-10)."""
    for one, evidence, law, written in _fresh(world):
        from handrail.compute.office_approvals import asked_by, lacks_authority, required  # noqa: PLC0415 - few changes

        kind, name = one.subject.kind, one.subject.id
        lack = lacks_authority(one, written, law)
        if lack:
            yield _say(rule, one, "by", f"The approval of the {kind} {name} by {one.by} does not count: {lack}.",
                       f"Let somebody decide who may: `handrail approve {kind} {name} --by <handle>` says who that is.")  # fmt: skip
            continue
        grade, signed = required(one, law)
        found = grade_of(one, evidence, law.people, asked_by(one, written))
        weak = rank(found.grade) < rank(grade) or (signed and found.grade == "B" and not found.signed)
        if grade != "C" and weak:
            yield _say(
                rule, one, "by", f"Nobody can tell that {one.by} approved the {kind} {name} on {in_words(one.on)}: {found.why}.",
                f"This decision takes at least grade {grade}. {_help(one, grade)}",
            )  # fmt: skip


def misdated(rule: RuleFile, world: World, days: int, days_minuted: int) -> Iterator[Remark]:
    """Approvals of a day that cannot be (GOV-11)."""
    for one, evidence, _, _ in _fresh(world):
        most = days_minuted if one.minutes is not None else days
        gap = (evidence.on - one.on).days if evidence is not None and evidence.on is not None else 0
        wrong = (
            "that day is still to come" if one.on > world.portfolio.as_of
            else f"the record was committed {gap} days later, and {most} are the most" if gap > most
            else "the record was committed before" if gap < -_AHEAD else ""
        )  # fmt: skip
        if wrong:
            yield _say(rule, one, "on", f"{one.by} cannot have approved the {one.subject.kind} on {in_words(one.on)}: {wrong}.",
                       "Write the day on which it was decided: `on: <day>`.")  # fmt: skip


def _fresh(world: World) -> Iterator[tuple[Approval, Evidence | None, Repository, Repository]]:
    """Each approval that a change brings or alters: with its evidence, the law that judges, and what is proposed."""
    pull = world.pull
    if pull is None or pull.proposed is None or pull.was is None:
        return
    before = {one.id: one for one in pull.was.approvals}
    for one in pull.proposed.approvals:
        if before.get(one.id) != one:
            yield one, pull.evidence.get(one.loc.file), world.portfolio.repository, pull.proposed


def _help(one: Approval, grade: Grade) -> str:
    if grade == "A":
        return f"Let {one.by} approve the pull request on the host, after its last commit."
    own = f"Let {one.by} add the record in an own commit, or approve the pull request on the host."
    return own if grade == "B" else f"Add `minutes`, recorded by somebody who did not ask for it. {own}"


def _say(rule: RuleFile, one: Approval, field: str, message: str, fix: str) -> Remark:
    place: Loc = one.loc.at(field)
    return say(rule, place, message, fix, pointer=f"/approvals/{one.id}/{field}")
