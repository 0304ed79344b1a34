"""Words of the policy and of plans that must mean something: rules, figures, gates, roles, tiers. Told by DAT-01.

A misspelt name in a policy file would switch something off without a word; here it gets one, with the name that was meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from handrail.load.remarks import unreadable
from handrail.model.kinds import BY_NAME
from handrail.model.policy import Enforcement, Lifecycle, Policy, RuleSetting
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES, TIERS
from handrail.remark import Loc, Remark
from handrail.rules.settings import is_held, is_weaker
from handrail.slips import near, offered
from handrail.source.words import shown

STATES = ("active", "suspended", "cancelled", "closed")
NEEDS = ("decision", "stop")
"""What a move may need besides a gate."""
ROLES = frozenset(
    {"sponsor", "project manager", "board", "portfolio board", "accepter", "assurance", "auditor", "pmo head", "pmo officer",
     "finance", "trainer", "line manager", "objective owner", "benefit owner"}
)  # fmt: skip
"""Roles that are known everywhere; others are known where the directory gives them to somebody."""
_DECISIONS = frozenset(
    {"tolerance", "tier", "sensitivity", "approach", "priority", "phase", "state", "change within delegation", "change within tolerance",
     "change beyond tolerance"}
)  # fmt: skip
_RULE = re.compile(r"[A-Z]{2,4}-[0-9]{2,3}")


def policy_words(repository: Repository, rules: Mapping[str, RuleFile]) -> Iterator[Remark]:
    """Everything that the law and the plans name and nobody knows."""
    yield from _enforcement(repository.policy.enforcement, rules)
    yield from _lifecycle(repository)
    yield from _roles(repository)
    yield from _standards(repository, rules)
    yield from _plans(repository, rules)


def _enforcement(policy: Enforcement, rules: Mapping[str, RuleFile]) -> Iterator[Remark]:
    seen: dict[str, RuleSetting] = {}
    for one in policy.rules:
        rule = rules.get(one.rule)
        if rule is None:
            yield _unknown(one.loc.at("rule"), "there is no rule", one.rule, rules)
            continue
        if one.rule in seen and seen[one.rule].from_ == one.from_:
            yield _law(
                one.loc.at("rule"), f"The rule {one.rule} is set twice for the same day.", "Keep one of the two lines."
            )
        seen[one.rule] = one
        yield from _figures(one, rule)
        if (
            is_held(rule.id, waivable=rule.waivable)
            and one.enforce_at is not None
            and is_weaker(one.enforce_at, rule.enforce_at)
        ):
            yield _law(
                one.loc.at("enforce_at"), f'"{rule.title}" cannot be weakened: everything else rests on it.',
                f"Take the line away, or write `enforce_at: {rule.enforce_at}`. Until then {rule.id} bites as it says itself.",
            )  # fmt: skip
    if policy.observe and not any(one.enforce_at == "merge" for one in policy.plan):
        yield _law(
            policy.loc.at("observe"), "Everything only watches, and no day is planned on which that ends.",
            "Plan it: `plan: [{from: <day>, enforce_at: merge}, {from: <later day>, enforce_at: gate}]`.",
        )  # fmt: skip


def _figures(one: RuleSetting, rule: RuleFile) -> Iterator[Remark]:
    matter = f"the rule {one.rule} has no figure"
    for name in one.params:
        if name not in rule.params:
            yield _unknown(one.loc.at("params", name), matter, name, rule.params)
    for tier, figures in one.tiers.items():
        if tier not in TIERS:
            yield _unknown(one.loc.at("tiers", tier), "there is no tier", tier, TIERS)
        for name in figures:
            if name not in rule.params:
                yield _unknown(one.loc.at("tiers", tier, name), matter, name, rule.params)


def _lifecycle(repository: Repository) -> Iterator[Remark]:
    lifecycle = repository.policy.lifecycle
    gates = [one.id for one in lifecycle.gates]
    yield from _transitions(lifecycle, gates)
    seen: set[str] = set()
    for gate in lifecycle.gates:
        for question in gate.questions:
            if question.id in seen:
                yield _law(
                    question.loc.at("id"),
                    f"Two questions have the same id, `{question.id}`.",
                    "Give one of them its own.",
                )
            seen.add(question.id)
    for path in lifecycle.paths:
        for name in path.gates:
            if name not in gates:
                yield _unknown(path.loc.at("gates"), f"there is no gate for {path.tier} projects called", name, gates)
        order = [gates.index(name) for name in path.gates if name in gates]
        if order != sorted(order):
            yield _law(path.loc.at("gates"), f"The gates of {path.tier} projects stand in another order than they are described in.",
                       "Write them in the order in which they are passed.")  # fmt: skip


def _transitions(lifecycle: Lifecycle, gates: list[str]) -> Iterator[Remark]:
    places = (*PHASES, *STATES)
    for one in lifecycle.transitions:
        for key, name in (("from", one.from_), ("to", one.to)):
            if name not in places:
                yield _unknown(one.loc.at(key), "there is no phase or state", name, places)
        if (one.from_ in PHASES) != (one.to in PHASES) and one.from_ in places and one.to in places:
            yield _law(one.loc.at("to"), f"A move leads from `{one.from_}` to `{one.to}`, from a phase to a state.",
                       "Phase and state move apart; write one line for each.")  # fmt: skip
        if one.needs is not None and one.needs not in (*gates, *NEEDS):
            yield _unknown(one.loc.at("needs"), "there is no gate or decision", one.needs, (*gates, *NEEDS))


def _roles(repository: Repository) -> Iterator[Remark]:
    policy = repository.policy
    known = ROLES | {one.role for person in repository.people.values() for one in person.roles}
    decisions = _DECISIONS | BY_NAME.keys()
    for row in policy.authority.rows:
        if row.decision not in decisions:
            yield _unknown(row.loc.at("decision"), "nobody decides on a thing called", row.decision, decisions)
        for key, names in (("roles", row.roles), ("also", row.also)):
            for name in names:
                if name not in known:
                    yield _unknown(row.loc.at(key), "nobody has the role", name, known)
        unasked = [name for name in row.also if name in known and (row.decision != "waiver" or name != "sponsor")]
        if unasked:  # a duty that nothing checks would look like a safeguard
            yield _law(
                row.loc.at("also"),
                f"Nothing asks the {unasked[0]} to bear the risk of this decision: only a sponsor's word on a waiver is checked.",
                "Leave it out, or name the role under `roles` with a line of its own.",
            )
    yield from _owners(policy, known)


def _owners(policy: Policy, known: Collection[str]) -> Iterator[Remark]:
    for family in policy.ownership.families:
        for name in family.owners:
            if name not in known:
                yield _unknown(family.loc.at("owners"), "nobody has the role", name, known)
    for board in policy.boards.boards:
        if board.chair is not None and board.chair not in board.members:
            yield _law(
                board.loc.at("chair"),
                f'The chair of "{board.name}" is no member of it.',
                f"Add `{board.chair}` to `members`.",
            )


def _standards(repository: Repository, rules: Mapping[str, RuleFile]) -> Iterator[Remark]:
    requirements = {one.id: one for standard in repository.standards.values() for one in standard.requirements}
    for rule in repository.rules.values():
        if rule.requirement not in requirements:
            yield _unknown(rule.loc.at("requirement"), "no standard has a requirement", rule.requirement, requirements)
    for one in requirements.values():
        for number, name in enumerate(one.verified_by):
            if name.startswith(("field:", "question:")):
                yield from _shown(one.loc.at("verified_by", number), name, repository)
            elif name not in rules:
                yield _unknown(one.loc.at("verified_by", number), "there is no rule", name, rules)


def _shown(loc: Loc, name: str, repository: Repository) -> Iterator[Remark]:
    """A field of plans or a question of a gate that shows a requirement, and is not there."""
    from handrail.compute.coverage import FIELD, QUESTION, field_title  # noqa: PLC0415 - few requirements name one

    if name.startswith(FIELD) and field_title(name.removeprefix(FIELD)) is None:
        fix = "Name it as forms and files do, from the top of a plan: `field:scope.in`, `field:deliverables.accepted_when`."
        yield unreadable(
            loc,
            f"Plans have no field `{shown(name.removeprefix(FIELD))}`.",
            fix,
            project=None,
            pointer=f"{loc.file}#{name}",
        )
    if name.startswith(QUESTION):
        asked = [one.id for gate in repository.policy.lifecycle.gates for one in gate.questions]
        if name.removeprefix(QUESTION) not in asked:
            yield _unknown(loc, "no gate asks the question", name.removeprefix(QUESTION), asked)


def _plans(repository: Repository, rules: Mapping[str, RuleFile]) -> Iterator[Remark]:
    gates = [one.id for one in repository.policy.lifecycle.gates]
    for plan in repository.plans:
        named = [*((one.gate, one.loc) for one in plan.milestones), *((one.gate, one.loc) for one in plan.gates)]
        for gate, loc in named:
            if gates and gate is not None and gate not in gates:
                yield _unknown(loc.at("gate"), "the lifecycle has no gate", gate, gates, plan.id)
        for each in plan.feedback:
            if _RULE.fullmatch(each.about) and each.about not in rules:
                yield _unknown(each.loc.at("about"), "there is no rule", each.about, rules, plan.id)


def _unknown(loc: Loc, matter: str, name: str, known: Iterable[str], project: str | None = None) -> Remark:
    ones = sorted(known)
    guess = near(name, dict.fromkeys(ones))
    fix = (
        f"Did you mean `{guess}`?"
        if guess
        else f"Choose one of {offered(name, ones)}."
        if ones
        else "Take the line away."
    )
    message = f"{matter[:1].upper()}{matter[1:]} `{shown(name)}`."
    return unreadable(loc, message, fix, project=project, pointer=f"{loc.file}#{name}")


def _law(loc: Loc, message: str, fix: str) -> Remark:
    return unreadable(loc, message, fix, project=None)
