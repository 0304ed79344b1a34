"""Findings lead to corrected causes, on time.

A finding says what is so, what should be so, why, and what it can lead to; somebody other than the auditor owns the action,
by a day that fits its severity: 90 days for a critical one with its action agreed and its harm stopped in 14 (`contained_on`),
180 for a major one, 365 for a minor one. Where nothing is corrected, the risk is borne by the project's sponsor, its board or
the portfolio board, and by nobody below (`risk_accepted_by`). Whoever closes it is not the one who verifies it. What is late is told to the sponsor and the portfolio board.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from handrail.compute.holders import members
from handrail.load import Loaded
from handrail.model.assurance import Audit, Finding
from handrail.model.repository import Repository
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.engine import World
from handrail.rules.settings import params_of
from handrail.rules.speaking import say

RULE = RuleFile(
    id="AUD-02",
    title="Findings lead to corrected causes on time",
    requirement="S-AUDIT.2",
    level="must",
    enforce_at="watch",
    why="A finding that is only filed will be found again.",
    ask="the auditor",
    applies_to=AppliesTo(kind="portfolio"),
    params={"critical_days": 90, "major_days": 180, "minor_days": 365, "agree_days": 14, "contain_days": 14},
)
_FIVE = {
    "requirement": "which requirement it is about", "condition": "what is so", "cause": "why it came about",
    "effect": "what it can lead to", "recommendation": "what should change", "evidence": "where it can be seen",
}  # fmt: skip


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Everything that findings lack, and those that are late."""
    del loaded
    repository, as_of = world.portfolio.repository, world.portfolio.as_of
    params = params_of(RULE, world.portfolio)
    auditors = {one.id: frozenset(one.auditors) for one in repository.every(Audit)}
    for one in repository.every(Finding):
        own = auditors.get(one.loc.file.split("/")[2], frozenset())
        found = [
            *_incomplete(one, own, as_of, int(params["agree_days"])),
            *_late(one, as_of, int(params[f"{one.severity}_days"])),
            *_uncontained(one, as_of, int(params["contain_days"])),
            *_borne(one, repository),
        ]
        for field, message, fix in (*found, *_unverified(one)):
            yield say(RULE, one.loc.at(field), message, fix, pointer=f"/{one.loc.file}/{field}", project=one.project)


_Said = tuple[str, str, str]


def _incomplete(one: Finding, auditors: frozenset[str], as_of: date, agree: int) -> Iterator[_Said]:
    for field, words in _FIVE.items():
        if not getattr(one, field):
            yield (
                field,
                f'The finding "{one.title}" does not say {words}.',
                f"The auditor adds one line: `{field}: ...`.",
            )
    accepted = one.risk_accepted_by is not None
    late = one.raised_on is not None and as_of > one.raised_on + timedelta(days=agree)
    if not accepted and late and not (one.action and one.owner and one.due):
        yield "action", f'Nobody has agreed what corrects "{one.title}", by whom and by when.', (
            "Write `action`, `owner` and `due`, or let the sponsor accept the risk."
        )  # fmt: skip
    if one.owner and (one.owner in auditors or one.owner == one.raised_by):
        yield "owner", f'The auditor cannot own the action on "{one.title}".', "Name somebody who can change the cause."


def _late(one: Finding, as_of: date, most: int) -> Iterator[_Said]:
    if one.raised_on and one.due and one.due > one.raised_on + timedelta(days=most) and not one.extensions:
        yield "due", f'The action on "{one.title}" may take longer than a {one.severity} finding allows: {most} days.', (
            f"Choose a day up to {one.raised_on + timedelta(days=most)}, or contain the harm first."
        )  # fmt: skip
    if one.due and one.due < as_of and one.closed_on is None and one.risk_accepted_by is None:
        yield "due", f'The action on "{one.title}" was due on {one.due:%d %b %Y} and is not done.', (
            "Do it, or ask for an extension with its reason; the sponsor and the portfolio board see this."
        )  # fmt: skip


def _uncontained(one: Finding, as_of: date, most: int) -> Iterator[_Said]:
    """The harm of a critical finding is stopped at once, whatever corrects its cause later."""
    if (
        one.severity != "critical"
        or one.raised_on is None
        or one.closed_on is not None
        or one.risk_accepted_by is not None
    ):
        return
    last = one.raised_on + timedelta(days=most)
    if one.contained_on is None and as_of > last:
        yield "contained_on", f'Nobody says that the harm of the critical finding "{one.title}" was stopped; {most} days were given.', (
            "Stop it for now, whatever corrects the cause later, and write the day: `contained_on: <day>`."
        )  # fmt: skip
    elif one.contained_on is not None and one.contained_on > last:
        yield "contained_on", f'The harm of "{one.title}" was stopped on {one.contained_on:%d %b %Y}; {most} days were given.', (
            "Tell the portfolio board why it took so long; the next audit asks."
        )  # fmt: skip


def _borne(one: Finding, repository: Repository) -> Iterator[_Said]:
    """A risk is borne by the sponsor of the project, or by somebody above."""
    who = one.risk_accepted_by
    if who is None or who in _above(one, repository):
        return
    level = "its sponsor, its board or the portfolio board" if one.project else "somebody of a sponsor's level"
    yield "risk_accepted_by", f'{who} cannot bear the risk of "{one.title}": that takes {level}.', (
        "Let somebody of that level decide, or correct the cause: `action`, `owner`, `due`."
    )  # fmt: skip


def _above(one: Finding, repository: Repository) -> frozenset[str]:
    """Who may bear the risk of a finding: of a project its sponsor, its board, the portfolio board; else who sponsors at all."""
    if one.project in repository.elsewhere:  # a change does not read every plan; the run over everything looks
        return frozenset(repository.people)
    plan = next((each for each in repository.plans if each.id == one.project), None)
    levels = _HIGHEST if plan is not None else _SPONSORS
    found = {each.id for each in repository.people.values() if any(role.role in levels for role in each.roles)}
    if plan is not None:
        found |= {plan.sponsor or ""} | set(members(plan.board, repository.policy.boards, one.raised_on or date.max))
    return frozenset(found)


_HIGHEST = frozenset({"portfolio board"})
_SPONSORS = frozenset({"sponsor", "board chair", "portfolio board"})


def _unverified(one: Finding) -> Iterator[_Said]:
    if one.verified_by and one.verified_by in {one.owner, one.closed_by}:
        yield "verified_by", f'Whoever did the action on "{one.title}" cannot verify it.', "Let the auditor look at it."
    if one.verified_by and one.closed_on is None:
        yield (
            "verified_by",
            f'"{one.title}" is verified before it is done.',
            "Add `closed_on`, or take the verification back.",
        )
