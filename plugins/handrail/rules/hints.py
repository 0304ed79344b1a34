"""What the checker says beyond "this is wrong": the nearest name, and how the thing is written."""

from collections.abc import Mapping, Sequence

from handrail import english
from handrail.rules.functions import FUNCTIONS, Function
from handrail.rules.nodes import Call
from handrail.rules.shapes import DATE, MONEY, NUMBER, TEXT, ListOf, Shape
from handrail.rules.syntax import MACROS
from handrail.slips import near


def innermost(shape: Shape) -> Shape:
    """Return what a list of lists is a list of."""
    while isinstance(shape, ListOf):
        shape = shape.item
    return shape


def guess(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    """Offer the nearest known name."""
    meant = near(name, known)
    return f"; did you mean {meant!r}?" if meant else ""


def written_hint(left: Shape, right: Shape) -> str:
    """Tell how a day is written when text stands in its place, and how the figure of money is read."""
    if {left, right} == {DATE, TEXT}:
        return "; write a day as date('2026-01-31')"
    return "; write `.amount` behind the money for its figure alone" if {left, right} == {MONEY, NUMBER} else ""


def unknown_function(node: Call) -> str:
    """Say what is wrong with the name of a call."""
    if node.name in MACROS:
        return f"{node.name} is written after its list: risks.{node.name}(r, r.score > 3)"
    if node.name == "has":
        return "has is written has(item.owner)"
    return f"there is no function {node.name!r}{guess(node.name, (*FUNCTIONS, *MACROS, 'has'))}"


def misuse(node: Call, function: Function) -> str:
    """Say what is wrong with how a function is called; empty if nothing is."""
    if node.method and not function.is_method:
        return f"{node.name} is written {node.name}({', '.join('ab'[: function.least])})"
    if not node.method and not function.is_function:
        return f"{node.name} is written after its text: text.{node.name}('part')"
    count = len(node.arguments)
    if count < function.least or (function.most is not None and count > function.most):
        extra = 1 if node.method else 0
        wanted = function.least - extra
        bound = "" if function.most is not None else "at least "
        return f"{node.name}() takes {bound}{english.count(wanted, 'argument')}, not {count - extra}"
    return ""
