"""RULES: the rules that need an algorithm, one module each. Its docstring is its page; a requirement switches it on."""

from collections.abc import Iterator
from types import ModuleType
from typing import Protocol, cast

from handrail.load import Loaded
from handrail.model.rule_file import RuleFile
from handrail.remark import Remark
from handrail.rules import (
    aud_01,
    aud_02,
    aud_03,
    aud_04,
    aud_05,
    bsl_01,
    dat_01,
    gat_01,
    gat_03,
    gat_04,
    gov_03,
    gov_05,
    gov_06,
    gov_08,
    gov_09,
    gov_10,
    gov_11,
    prt_01,
    prt_02,
    prt_03,
    rep_04,
    sch_10,
    sch_11,
    std_01,
    std_04,
    trn_01,
    wvr_02,
)
from handrail.rules.engine import World


class BuiltIn(Protocol):
    """What a module of a built-in rule offers."""

    RULE: RuleFile
    __doc__: str

    def check(self, loaded: Loaded, world: World) -> Iterator[Remark]:
        """Every remark of the rule."""


_MODULES: tuple[ModuleType, ...] = (
    dat_01, gov_03, gov_05, gov_06, gov_08, gov_09, gov_10, gov_11, gat_01, gat_03, gat_04, bsl_01, std_01, aud_03, prt_01,
    sch_10, sch_11, aud_01, aud_02, aud_04, aud_05, std_04, trn_01, wvr_02, prt_02, prt_03, rep_04,
)  # fmt: skip
RULES: tuple[BuiltIn, ...] = tuple(cast("BuiltIn", module) for module in _MODULES)
