"""Requirement by project: pass, fail, waived or manual, with the value and the place that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handrail.audit.replay import Judged
from handrail.check import plain, reads_of
from handrail.compute.binding import ahead
from handrail.compute.facts import Project
from handrail.compute.workdays import WorkDays
from handrail.fields import Entity
from handrail.model.organisation import RequirementRecord, StandardRecord
from handrail.model.rule_file import RuleFile
from handrail.model.words import PHASES
from handrail.remark import Loc, Remark
from handrail.result import Result
from handrail.rules.compiled import CompiledRule
from handrail.rules.engine import Runner, World
from handrail.rules.expression import Read
from handrail.rules.verdicts import BY_CHANGE

Verdict = Literal["pass", "fail", "waived", "manual", "not applicable"]
VERDICTS: tuple[Verdict, ...] = ("fail", "waived", "manual", "pass", "not applicable")
_SHOWN = 6
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows a verdict: a rule or a person, in words, and the place with the value that was read there."""

    rule: str
    says: str
    loc: Loc | None = None
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One requirement and one project; no project where it binds the organisation."""

    requirement: str
    standard: str
    version: str
    level: str
    project: str | None
    verdict: Verdict
    proofs: tuple[Proof, ...]
    waiver: str | None = None


class _Matrix:
    """What is looked up many times over."""

    def __init__(self, result: Result, replayed: tuple[Judged, ...]) -> None:
        self.result, self.judgement, self.replayed = result, result.judgement, replayed
        portfolio = result.portfolio
        self.runner = Runner(
            World(portfolio=portfolio, workdays=WorkDays.of(portfolio.repository.organisation.calendar))
        )
        self.said: dict[tuple[str, str | None], list[Remark]] = {}
        for one in result.remarks:
            self.said.setdefault((one.rule, one.project), []).append(one)

    def rules_of(self, one: RequirementRecord) -> tuple[RuleFile, ...]:
        """The rules that verify a requirement: those it names, and those that name it."""
        rules = self.judgement.rules
        names = dict.fromkeys(
            [
                *(name for name in one.verified_by if name in rules),
                *(r.id for r in rules.values() if r.requirement == one.id),
            ]
        )
        return tuple(rules[name] for name in names)

    def off(self, rule: RuleFile) -> bool:
        """Whether the policy has switched it off."""
        setting = self.judgement.settings.get(rule.id)
        return setting is not None and setting.enforce_at is None

    def by_change(self, rule: RuleFile) -> bool:
        """Whether a rule looks at changes only."""
        ready = self.judgement.compiled.get(rule.id)
        return rule.id in BY_CHANGE or (ready is not None and (ready.reads_old or bool(rule.on)))


def compliance(result: Result, replayed: tuple[Judged, ...]) -> tuple[Kept, ...]:
    """The whole matrix, by standard, requirement and project."""
    matrix = _Matrix(result, replayed)
    as_of = result.portfolio.as_of
    found: list[Kept] = []
    for standard in result.portfolio.repository.standards.values():
        if standard.status != "active":
            continue
        for one in standard.requirements:
            if ahead(standard, one.id, as_of) is None:
                found += _of(matrix, standard, one)
    return tuple(found)


def _of(matrix: _Matrix, standard: StandardRecord, one: RequirementRecord) -> Iterator[Kept]:
    rules = matrix.rules_of(one)
    wide = [rule for rule in rules if rule.applies_to.kind in {"portfolio", "standard"}]
    if rules and len(wide) == len(rules):
        yield _row(matrix, standard, one, None, rules)
        for project in matrix.result.portfolio.projects:  # some of them point at a project all the same
            if any((rule.id, project.id) in matrix.said for rule in rules):
                yield _row(matrix, standard, one, project, rules)
        return
    for project in matrix.result.portfolio.projects:
        yield _row(matrix, standard, one, project, rules)
    for broken in matrix.result.portfolio.broken:
        says = Proof(
            rule="",
            says="The plan cannot be read, so nothing of it is known.",
            loc=Loc(next(iter(broken.files), f"projects/{broken.id}")),
        )
        yield _kept(standard, one, broken.id, "fail", (says,))


def _row(
    matrix: _Matrix,
    standard: StandardRecord,
    one: RequirementRecord,
    project: Project | None,
    rules: tuple[RuleFile, ...],
) -> Kept:
    name = project.id if project else None
    if project is not None and one.tiers and project.plan.tier not in one.tiers:
        says = Proof(rule="", says=f"Binds {', '.join(one.tiers)} projects; this one is {project.plan.tier}.")
        return _kept(standard, one, name, "not applicable", (says,))
    if not rules:
        says = Proof(
            rule="", says=one.manual_evidence or f"A person looks: {', '.join(one.verified_by) or 'nothing is named'}."
        )
        return _kept(standard, one, name, "manual", (says,))
    verdicts: list[tuple[Verdict, tuple[Proof, ...], str | None]] = [_by_rule(matrix, rule, project) for rule in rules]
    if one.manual_evidence:
        verdicts.append(("manual", (Proof(rule="", says=one.manual_evidence),), None))
    worst = min((each[0] for each in verdicts), key=VERDICTS.index)
    proofs = tuple(proof for verdict, ones, _ in verdicts if verdict in {worst, "pass"} for proof in ones)
    waiver = next((each[2] for each in verdicts if each[2]), None)
    return _kept(standard, one, name, worst, proofs, waiver if worst == "waived" else None)


def _kept(  # noqa: PLR0913, PLR0917 - a row of the matrix
    standard: StandardRecord, one: RequirementRecord, project: str | None, verdict: Verdict, proofs: tuple[Proof, ...],
    waiver: str | None = None,
) -> Kept:  # fmt: skip
    return Kept(
        requirement=one.id, standard=standard.id, version=standard.version, level=one.level, project=project,
        verdict=verdict, proofs=proofs, waiver=waiver,
    )  # fmt: skip


def _by_rule(  # noqa: PLR0911 - one answer per verdict
    matrix: _Matrix, rule: RuleFile, project: Project | None
) -> tuple[Verdict, tuple[Proof, ...], str | None]:
    """Verdict, proofs and, where it is waived, the deviation."""
    name = project.id if project else None
    if matrix.off(rule):
        return "manual", (Proof(rule=rule.id, says="The policy has switched this rule off; a person must look."),), None
    if matrix.by_change(rule):
        return (*_by_merges(matrix, rule, name), None)
    said = matrix.said.get((rule.id, name), [])
    open_ones = [one for one in said if one.state != "waived"]
    if open_ones:
        return "fail", tuple(_spoken(matrix, one) for one in open_ones), None
    if said:
        return "waived", tuple(_spoken(matrix, one) for one in said), said[0].waived_by
    applies = rule.applies_to
    if project is not None:
        if applies.tiers and project.plan.tier not in applies.tiers:
            return (
                "not applicable",
                (Proof(rule=rule.id, says=f"The rule binds {', '.join(applies.tiers)} projects."),),
                None,
            )
        if applies.from_phase and PHASES.index(project.plan.phase) < PHASES.index(applies.from_phase):
            return "not applicable", (Proof(rule=rule.id, says=f"The rule binds from {applies.from_phase} on."),), None
    return "pass", _silent(matrix, rule, project), None


def _by_merges(matrix: _Matrix, rule: RuleFile, project: str | None) -> tuple[Verdict, tuple[Proof, ...]]:
    """Of a rule about changes: every merge of the period, judged again."""
    ones = [one for one in matrix.replayed if project is None or project in one.touched]
    bad = [
        Proof(rule=rule.id, says=f"{each.message} It came in with {one.commit[:12]} on {one.on[:10]}.", loc=each.loc)
        for one in ones for each in one.stopped if each.rule == rule.id and each.project in {None, project}
    ]  # fmt: skip
    unknown = [one for one in ones if one.why_not and one.by_law_of]
    if bad:
        return "fail", tuple(bad)
    if unknown:
        return "manual", (
            Proof(
                rule=rule.id,
                says=f"{len(unknown)} of {len(ones)} changes could not be judged again: {unknown[0].why_not}",
            ),
        )
    return "pass", (
        Proof(
            rule=rule.id, says=f"Nothing to remark in the {len(ones)} changes of the period, judged again one by one."
        ),
    )


def _spoken(matrix: _Matrix, one: Remark) -> Proof:
    values = [read for read in reads_of(matrix.judgement, one) if plain(read.value) and isinstance(read.owner, Entity)]
    read = {f"{each.field} = {_short(each.value)}": None for each in values}
    return Proof(rule=one.rule, says=one.message, loc=one.loc, value="; ".join(list(read)[:_SHOWN]))


def _silent(matrix: _Matrix, rule: RuleFile, project: Project | None) -> tuple[Proof, ...]:
    """What a rule read when it had nothing to say: values with their places."""
    ready = matrix.judgement.compiled.get(rule.id)
    if project is None or ready is None or ready.kind in {"portfolio", "standard"}:
        says = "The rule was run and had nothing to remark."
        return (Proof(rule=rule.id, says=says, loc=project.plan.loc if project else None),)
    found = _reads(matrix, ready, rule, project)
    if not found:
        return (Proof(rule=rule.id, says="There is nothing of the kind that the rule looks at.", loc=project.plan.loc),)
    return tuple(Proof(rule=rule.id, says=f"read {field}", loc=loc, value=value) for field, loc, value in found)


def _reads(matrix: _Matrix, ready: CompiledRule, rule: RuleFile, project: Project) -> list[tuple[str, Loc, str]]:
    trace: list[Read] = []
    for _ in matrix.runner.run_on(ready, matrix.judgement.settings[rule.id], project.plan, trace):
        pass
    found: dict[tuple[str, Loc], str] = {}
    for one in trace:
        loc = getattr(one.owner, "loc", None)
        if isinstance(one.owner, Entity) and isinstance(loc, Loc) and plain(one.value) and one.value is not None:
            found.setdefault((one.field, _home(project, loc, one.field)), _short(one.value))
        if len(found) == _SHOWN:
            break
    return [(field, loc, value) for (field, loc), value in found.items()]


def _home(project: Project, loc: Loc, field: str) -> Loc:
    """A plan's own fields stand in whichever of its files."""
    if loc == project.plan.loc:
        return Loc(project.plan.home.get(field, loc.file), (field,))
    return loc.at(field)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
