"""One judgement for everybody: law, rules, remarks, waivers, verdict. The gate, the site and every report read it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from handrail.compute.facts import Portfolio
from handrail.compute.waivers import in_force
from handrail.compute.workdays import WorkDays
from handrail.load import Loaded
from handrail.load.remarks import RULE
from handrail.model.money import Money
from handrail.model.rule_file import RuleFile
from handrail.remark import SEVERITIES, Path, Remark
from handrail.rules.compiled import CompiledRule, compile_rule
from handrail.rules.engine import LookBack, Runner, Said, World
from handrail.rules.expression import Read
from handrail.rules.policy_words import policy_words
from handrail.rules.pull import Pull
from handrail.rules.registry import RULES
from handrail.rules.settings import Setting, on_day

_ENFORCED = {"merge": 0, "gate": 1, "watch": 2}
_FRAGMENT_DEPTH = 2
_DEVIATION = "WVR-01"
"""The rule that says how long a deviation may last."""


_SOUND = "rule"
"""What is remembered of a rule: that every expression in it can be understood."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Judgement:
    """What the check says. `rules` holds every rule that was looked at, `settings` how it is enforced on this day."""

    portfolio: Portfolio
    remarks: tuple[Remark, ...]
    rules: Mapping[str, RuleFile]
    settings: Mapping[str, Setting]
    compiled: Mapping[str, CompiledRule]

    @property
    def blocks(self) -> bool:
        """Whether anything stops the change."""
        return any(one.blocks for one in self.remarks)


def judge(  # noqa: PLR0913, PLR0917 - what a judgement rests on
    loaded: Loaded,
    portfolio: Portfolio,
    before: Portfolio | None = None,
    law: Portfolio | None = None,
    pull: Pull | None = None,
    only: Container[str] | None = None,
    look_back: LookBack | None = None,
    said: Said | None = None,
) -> Judgement:
    """Judge a repository on the day of its portfolio.

    A change is judged with what stood `before`, with the plans as the target has them (`law`), and with what Git tells
    about it (`pull`). `only` names the projects of which rules speak; the others are there to be looked at across.
    `look_back` reads earlier days for the rules that ask for them. `said` keeps what rules said of projects before.
    """
    repository = portfolio.repository
    as_of = portfolio.as_of
    world = World(
        portfolio=portfolio, before=before, law=law, pull=pull, only=only, look_back=look_back,
        workdays=WorkDays.of(repository.organisation.calendar),
    )  # fmt: skip
    remarks: list[Remark] = []
    rules: dict[str, RuleFile] = {one.RULE.id: one.RULE for one in RULES}
    settings: dict[str, Setting] = {}
    compiled: dict[str, CompiledRule] = {}
    for built_in in RULES:
        rule = built_in.RULE
        settings[rule.id] = on_day(rule, repository, as_of)
        remarks += _enforced(built_in.check(loaded, world), settings[rule.id], rule.enforce_at)
    written = pull.proposed if pull is not None and pull.proposed is not None else repository
    remarks += _enforced(policy_words(written, {**written.rules, **rules}), settings[RULE])
    unread = _unread(loaded.remarks)
    runner = Runner(world, said)
    for rule in repository.rules.values():
        sound = loaded.known.holds(_SOUND, rule.loc.file)
        setting = on_day(rule, repository, as_of)
        if sound and not runner.concerns(rule):
            rules[rule.id], settings[rule.id] = rule, setting
            continue
        ready = compile_rule(rule, sound=sound)
        if not isinstance(ready, CompiledRule):
            remarks += _enforced(ready, settings[RULE])
            continue
        loaded.known.add(_SOUND, rule.loc.file)
        rules[rule.id], settings[rule.id], compiled[rule.id] = rule, setting, ready
        heard = [one for one in runner.run(ready, setting) if not _guesses(one, unread)]
        # what is wrong with the rule itself comes once per project, and is said once
        remarks += dict.fromkeys(_enforced((one for one in heard if one.rule == RULE), settings[RULE]))
        remarks += (one for one in heard if one.rule != RULE)
    if only is not None:
        # what the organisation's own files say of a project, such as a finding of an audit, is no matter of its plan
        remarks = [
            one for one in remarks
            if one.project is None or one.project in only or not one.loc.file.startswith("projects/")
        ]  # fmt: skip
    told = _waived(remarks, rules, settings, law or portfolio)
    return Judgement(
        portfolio=portfolio, remarks=tuple(sorted(told, key=_order)), rules=rules, settings=settings, compiled=compiled
    )


def _enforced(remarks: Iterable[Remark], setting: Setting, own: str | None = None) -> Iterator[Remark]:
    """As the policy has it; where that is the rule's own way, a remark may bite later than its rule."""
    if setting.enforce_at is None:
        return
    for one in remarks:
        as_it_is = setting.enforce_at in {one.enforce_at, own}
        yield one if as_it_is else replace(one, enforce_at=setting.enforce_at)


_Unread = Mapping[tuple[str, str], frozenset[Path]]


def _unread(remarks: Iterable[Remark]) -> _Unread:
    """Per project and document, the places that could not be read; an empty path stands for a whole file."""
    found: dict[tuple[str, str], set[Path]] = {}
    for one in remarks:
        # a remark about a whole file says only then that something is unread when its text could not be taken in
        if one.project and (one.loc.path or one.loc.span):
            found.setdefault((one.project, _document(one.loc.file)), set()).add(one.loc.path)
    return {name: frozenset(paths) for name, paths in found.items()}


def _document(file: str) -> str:
    """What a path leads through: a record's own file, or the one mapping that a project's fragments are."""
    return "" if file.count("/") == _FRAGMENT_DEPTH and file.endswith(".yaml") else file


def _guesses(remark: Remark, unread: _Unread) -> bool:
    """Whether a rule speaks about what could not be read: then it would only guess."""
    paths = unread.get((remark.project or "", _document(remark.loc.file)))
    if not paths or not remark.loc.path:
        return False
    own = remark.loc.path
    return any(own[: len(path)] == path or path[: len(own)] == own for path in paths if path or len(own) == 1)


def _waived(
    remarks: list[Remark], rules: Mapping[str, RuleFile], settings: Mapping[str, Setting], portfolio: Portfolio
) -> Iterator[Remark]:
    """Mark what is permitted. Of a change, the deviations of the target count: it cannot bring its own leave with it."""
    allowed: dict[tuple[str, str], str] = {}
    limit = settings[_DEVIATION].params.get("days") if _DEVIATION in settings else None
    longest = int(limit) if isinstance(limit, (int, Decimal)) else None
    for project in portfolio.projects:
        for waiver in project.plan.waivers:
            rule = rules.get(waiver.rule)
            if (
                rule is not None
                and rule.waivable
                and in_force(waiver, project.plan, portfolio.repository, portfolio.as_of, longest)
            ):
                allowed[project.id, waiver.rule] = waiver.id
    for one in remarks:
        waiver_id = allowed.get((one.project or "", one.rule))
        yield replace(one, state="waived", waived_by=waiver_id) if waiver_id else one


def _order(remark: Remark) -> tuple[object, ...]:
    waived = remark.state == "waived"
    where = tuple(str(step) if isinstance(step, str) else f"{step:09}" for step in remark.loc.path)
    return (
        waived, _ENFORCED[remark.enforce_at], SEVERITIES.index(remark.severity), remark.project or "", remark.rule,
        remark.loc.file, where, remark.message,
    )  # fmt: skip


def trace_of(judgement: Judgement, remark: Remark) -> tuple[Read, ...]:
    """What the rule read for one remark, as far as a person can read it."""
    return tuple(read for read in reads_of(judgement, remark) if plain(read.value))


def reads_of(judgement: Judgement, remark: Remark) -> tuple[Read, ...]:
    """What the rule read for one remark: the rule is run once more on that project, and every read is noted."""
    ready = judgement.compiled.get(remark.rule)
    project = judgement.portfolio.project(remark.project or "")
    if ready is None or project is None:
        return ()
    repository = judgement.portfolio.repository
    runner = Runner(World(portfolio=judgement.portfolio, workdays=WorkDays.of(repository.organisation.calendar)))
    trace: list[Read] = []
    for one in runner.run_on(ready, judgement.settings[remark.rule], project.plan, trace):
        if one.fingerprint == remark.fingerprint and one.message == remark.message:
            return tuple({(id(read.owner), read.field): read for read in trace}.values())
    return ()


def plain(value: object) -> bool:
    """Whether a value says something by itself, as a day or an amount does."""
    return value is None or isinstance(value, (str, int, Decimal, date, Money))
