"""RULES: the rules that need an algorithm, one module each. Its docstring is its page; a requirement switches it on."""

from collections.abc import Iterator
from types import ModuleType
from typing import Protocol, cast

from handrail.load import Loaded
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark
from handrail.rules import bsl_01, dat_01, prt_01, sch_10, sch_11
from handrail.rules.engine import World


class BuiltIn(Protocol):
    """What a module of a built-in rule offers."""

    RULE: RuleFile
    __doc__: str

    def check(self, loaded: Loaded, world: World) -> Iterator[Remark]:
        """Every remark of the rule."""


_MODULES: tuple[ModuleType, ...] = (dat_01, bsl_01, prt_01, sch_10, sch_11)
RULES: tuple[BuiltIn, ...] = tuple(cast("BuiltIn", module) for module in _MODULES)
