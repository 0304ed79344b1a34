"""Expressions of rules: compile once, with every fault found at load, then run over thousands of plans.

    program = compile_expression("item.score >= params.rating", {"item": risk_shape, "params": params_shape})
    program.run({"item": risk, "params": {"rating": 15}})

The language is described in standards/rule-language.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from handrail.rules.checker import Checker
from handrail.rules.compiler import Compiler
from handrail.rules.evaluation import STEPS, Budget, BudgetSpentError, Read, Run, Undecided, UndecidedError
from handrail.rules.loops import RUN
from handrail.rules.nodes import Node
from handrail.rules.place import Code
from handrail.rules.shapes import Shape
from handrail.rules.syntax import parse, size
from handrail.rules.tokens import Fault

__all__ = ["Budget", "Fault", "Program", "Read", "Undecided", "compile_expression"]


@dataclass(slots=True, kw_only=True, eq=False)
class _Variant:
    """One compiled form of an expression; lean ones need no frame of their own."""

    code: Code
    lean: bool
    size: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Program:
    """A checked and compiled expression.

    `shape` is what a run gives. `reads` are the fields it may read, as dotted names from a root ("project.risks.owner"),
    for documentation and for knowing what a result depends on.
    """

    source: str
    shape: Shape
    reads: frozenset[str]
    _node: Node
    _checked: Checker
    _roots: tuple[str, ...]
    _forms: dict[bool, _Variant] = field(default_factory=dict)

    def run(
        self, scope: Mapping[str, Any], trace: list[Read] | None = None, budget: Budget | None = None
    ) -> Any | Undecided | Fault:
        """Evaluate in a scope that gives every root its value.

        Returns the value, `Undecided` where data is missing or does not go together, or a `Fault` of kind "budget":
        the rule itself asks for too much work. With `trace`, every field that was read is appended to it in order.
        """
        try:
            if trace is None and budget is None:
                quick = self._forms.get(False) or self._form(traced=False)
                if quick.lean:
                    return quick.code(cast("dict[str, Any]", scope))
            return self._framed(scope, trace, budget)
        except UndecidedError as error:
            return error.result()
        except BudgetSpentError:
            message = "this takes too many steps; go through fewer lists within lists"
            return Fault(message=message, offset=0, length=len(self.source), kind="budget")

    def _framed(self, scope: Mapping[str, Any], trace: list[Read] | None, budget: Budget | None) -> Any:
        """Evaluate in a frame of its own, with a trace and a budget."""
        variant = self._form(traced=trace is not None)
        run = Run(scope, budget.left if budget is not None else STEPS, trace)
        frame: dict[str, Any] = {name: scope[name] for name in self._roots if name in scope}
        frame[RUN] = run
        try:
            run.spend(variant.size)
            return variant.code(frame)
        finally:
            if budget is not None:
                budget.left = max(0, run.left)

    def _form(self, *, traced: bool) -> _Variant:
        """Return the plain form, or the one that notes its reads, compiled when it is first asked for.

        Most messages are never spoken and most rules bind few projects, so much of a law is checked and never run.
        """
        if traced not in self._forms:
            compiler = Compiler(self._checked, traced=traced)
            code = compiler.code(self._node)
            self._forms[traced] = _Variant(code=code, lean=compiler.lean, size=size(self._node))
        return self._forms[traced]


def compile_expression(source: str, roots: Mapping[str, Shape]) -> Program | tuple[Fault, ...]:
    """Compile an expression over these roots, or return everything that is wrong with it."""
    node = parse(source)
    if isinstance(node, tuple):
        return node
    checked = Checker(roots)
    shape = checked.check(node)
    if checked.faults:
        return tuple(sorted(checked.faults, key=lambda fault: fault.offset))
    return Program(
        source=source,
        shape=shape,
        reads=frozenset(checked.reads),
        _node=node,
        _checked=checked,
        _roots=tuple(checked.used),
    )
