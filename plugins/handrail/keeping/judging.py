"""The rules of today held against plans of earlier days.

The rules, their figures and when they are switched off are those of today, so that a change of the standards does not look like
a change of the projects; plans, policy, people and strategy are those of the day. A rule that looks at changes says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import blake2b

from handrail.compute.portfolio import compute
from handrail.compute.waivers import in_force
from handrail.compute.workdays import WorkDays
from handrail.keeping.facts import Stood
from handrail.load import Loaded
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark
from handrail.rules.compiled import CompiledRule, compile_rule
from handrail.rules.engine import Runner, World
from handrail.rules.registry import RULES
from handrail.rules.settings import Setting
from handrail.rules.verdicts import looks_at_changes

_SILENT = frozenset({"DAT-01"})
"""What can be read is judged while reading; of earlier days only what could be read is there."""
_DIGEST = 20


class Today:
    """The rules of today, ready to be held against any day."""

    def __init__(
        self, rules: Mapping[str, RuleFile], settings: Mapping[str, Setting], compiled: Mapping[str, CompiledRule]
    ) -> None:
        self._settings, self._rules = settings, rules
        built_in = {one.RULE.id for one in RULES}
        chosen = [one for name, one in rules.items() if name not in built_in and self._looks(one)]
        # a rule that binds nobody today was not made ready for today
        ready = (compiled.get(one.id) or compile_rule(one) for one in chosen)
        self._compiled = tuple(one for one in ready if isinstance(one, CompiledRule))
        self._built_in = tuple(one for one in RULES if one.RULE.id not in _SILENT and self._looks(one.RULE))

    def _looks(self, rule: RuleFile) -> bool:
        """Whether a rule says anything of the state of a project."""
        state = rule.applies_to.kind not in {"portfolio", "standard"} and not looks_at_changes(rule)
        return state and self._bites(rule.id)

    def _bites(self, rule: str) -> bool:
        setting = self._settings.get(rule)
        return setting is not None and setting.enforce_at is not None

    def digest(self, read: Mapping[str, bytes]) -> bytes:
        """What names these rules with their figures. read: the bytes of each rule's file, by rule."""
        total = blake2b(digest_size=_DIGEST)
        for one in self._compiled:
            total.update(read.get(one.rule.id, b"") + b"\0")
        for name, setting in sorted(self._settings.items()):
            tiers = {tier: dict(given) for tier, given in setting.tier_params.items()}
            told = (name, setting.enforce_at, dict(setting.params), tiers)
            total.update(repr(told).encode() + b"\0")
        return total.digest()

    def judge(self, repository: Repository, day: date) -> Iterator[Stood]:
        """How each project of a repository stood on a day."""
        portfolio = compute(repository, day)
        world = World(portfolio=portfolio, workdays=WorkDays.of(repository.organisation.calendar))
        loaded = Loaded(repository=repository, remarks=())
        runner = Runner(world)
        said: dict[str, set[str]] = {}
        for remark in self._remarks(runner, loaded, world):
            if remark.project:
                said.setdefault(remark.project, set()).add(remark.rule)
        for project in portfolio.projects:
            plan, rules = project.plan, said.get(project.id, set())
            permitted = {
                one.rule for one in plan.waivers
                if one.rule in rules and self._rules[one.rule].waivable and in_force(one, plan, repository, day)
            }  # fmt: skip
            yield Stood(
                project=project.id, tier=plan.tier, phase=plan.phase, state=plan.state, open=frozenset(rules - permitted),
                permitted=frozenset(permitted),
            )  # fmt: skip

    def _remarks(self, runner: Runner, loaded: Loaded, world: World) -> Iterator[Remark]:
        for rule in self._compiled:
            yield from (one for one in runner.run(rule, self._settings[rule.rule.id]) if one.rule == rule.rule.id)
        for built_in in self._built_in:
            yield from (one for one in built_in.check(loaded, world) if one.rule == built_in.RULE.id)
