"""Judges an expression before it ever runs: names, fields, functions and kinds, with all faults and their places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from handrail.rules.functions import FUNCTIONS, compile_pattern, is_zero, parse_date
from handrail.rules.hints import guess, innermost, misuse, unknown_function, written_hint
from handrail.rules.nodes import (
    Binary,
    Call,
    Conditional,
    Has,
    Index,
    Listing,
    Literal,
    Logic,
    Macro,
    Member,
    Name,
    Node,
    Unary,
)
from handrail.rules.shapes import (
    ANY,
    BOOL,
    MONEY,
    NULL,
    NUMBER,
    ORDERED,
    TEXT,
    ListOf,
    ObjectShape,
    Shape,
    arithmetic,
    fields_of,
    fits,
    flattened,
    join,
    words,
)
from handrail.rules.syntax import MACROS
from handrail.rules.tokens import Fault
from handrail.rules.values import kind

_SHAPES_OF_LITERALS: Mapping[str, Shape] = {"null": NULL, "bool": BOOL, "number": NUMBER, "text": TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a name stands for: its shape, the path it reads, and the macro that binds it if it is a variable."""

    shape: Shape
    path: str | None
    binder: Macro | None


class Checker:
    """One walk over an expression; leaves behind the shape of every part, the fields it reads, and its faults.

    `binders` tells for every name that is a variable which macro gives it its value; `used` are the roots that occur.
    """

    def __init__(self, roots: Mapping[str, Shape]) -> None:
        self.shapes: dict[Node, Shape] = {}
        self.binders: dict[Node, Macro] = {}
        self.faults: list[Fault] = []
        self.reads: set[str] = set()
        self.used: set[str] = set()
        # the path of a variable is that of its list; a list that is written down has none
        self._names: dict[str, _Known] = {
            name: _Known(shape=shape, path=name, binder=None) for name, shape in roots.items()
        }
        self._paths: dict[Node, str] = {}

    def check(self, node: Node) -> Shape:
        """Return the shape of a part and note it; after a fault it is ANY, so that one mistake is reported once."""
        match node:
            case Literal(value=value):
                shape: Shape = _SHAPES_OF_LITERALS[kind(value)]
            case Name():
                shape = self._name(node)
                self.reads.update({self._paths[node]} if node in self._paths else ())
            case Member():
                shape = self._member(node)
            case Binary():
                shape = self._binary(node)
            case Unary() | Logic() | Conditional() | Has():
                shape = self._condition(node)
            case Index() | Listing():
                shape = self._list(node)
            case Call():
                shape = self._call(node)
            case _:
                shape = self._macro(cast("Macro", node))
        self.shapes[node] = shape
        return shape

    def _fault(self, node: Node, message: str, fault_kind: str = "type", start: int | None = None) -> Shape:
        """Report a fault at a part, from `start` if only its end is to blame."""
        offset = node.start if start is None else start
        self.faults.append(Fault(message=message, offset=offset, length=node.end - offset, kind=fault_kind))
        return ANY

    def _name(self, node: Name) -> Shape:
        """Look up a root or a variable."""
        known = self._names.get(node.name)
        if known is None:
            return self._fault(node, f"{node.name!r} is not known here{guess(node.name, self._names)}", "name")
        if known.path is not None:
            self._paths[node] = known.path
        if known.binder is not None:
            self.binders[node] = known.binder
        else:
            self.used.add(node.name)
        return known.shape

    def _member(self, node: Member) -> Shape:
        """Look up a field of an object, or of the objects of a list."""
        if isinstance(node.target, Name):
            # the head of a chain is not read itself: `project.state` depends on the state alone
            owner = self.shapes[node.target] = self._name(node.target)
        else:
            owner = self.check(node.target)
        if node.target in self._paths:
            path = self._paths[node] = f"{self._paths[node.target]}.{node.name}"
            self.reads.add(path)
        if node.name.startswith("_"):
            return self._fault(node, f"{node.name!r} is no field: names do not start with _", "name", node.at)
        fields = fields_of(owner)
        if fields is None:
            return flattened(owner, ANY)
        if node.name in fields:
            return flattened(owner, fields[node.name])
        if not fields:
            return self._fault(node, f"{words(innermost(owner))} has no fields", "name", node.at)
        holder = innermost(owner)
        what = holder.name if isinstance(holder, ObjectShape) else words(holder)
        return self._fault(node, f"{what} has no field {node.name!r}{guess(node.name, fields)}", "name", node.at)

    def _binary(self, node: Binary) -> Shape:
        """Judge arithmetic, a comparison or `in`."""
        left, right = self.check(node.left), self.check(node.right)
        if node.sign in ("==", "!="):
            if not fits(left, right) and not self._zero_money(node, left, right):
                self._fault(node, f"{words(left)} never equals {words(right)}{written_hint(left, right)}")
            return BOOL
        if node.sign == "in":
            return self._in(node, left, right)
        if node.sign in ("<", "<=", ">", ">="):
            return self._order(node, left, right)
        if node.sign in "+-" and self._zero_money(node, left, right):
            return MONEY
        shape = arithmetic(node.sign, left, right)
        if shape is None:
            return self._fault(node, f"{words(left)} {node.sign} {words(right)} cannot be calculated")
        return shape

    def _in(self, node: Binary, left: Shape, right: Shape) -> Shape:
        """Judge membership of a list."""
        if right == TEXT:
            self._fault(node, "'in' looks into a list; for text write text.contains('part')")
        elif right != ANY and not isinstance(right, ListOf):
            self._fault(node.right, f"'in' needs a list on its right, not {words(right)}")
        elif isinstance(right, ListOf) and not fits(left, right.item):
            self._fault(node, f"{words(left)} is never in a list whose items are {words(right.item)}")
        return BOOL

    def _order(self, node: Binary, left: Shape, right: Shape) -> Shape:
        """Judge `<` and its sisters."""
        for shape, side in ((left, node.left), (right, node.right)):
            if shape != ANY and shape not in ORDERED:
                self._fault(side, f"{words(shape)} has no order; {node.sign} compares numbers, text, dates and money")
                return BOOL
        if ANY not in (left, right) and left != right and not self._zero_money(node, left, right):
            self._fault(node, f"{words(left)} cannot be compared with {words(right)}{written_hint(left, right)}")
        return BOOL

    def _zero_money(self, node: Binary, left: Shape, right: Shape) -> bool:
        """Tell whether an amount meets a written 0, which is nothing in every currency."""
        return (left == MONEY and isinstance(node.right, Literal) and is_zero(node.right.value)) or (
            right == MONEY and isinstance(node.left, Literal) and is_zero(node.left.value)
        )

    def _condition(self, node: Unary | Logic | Conditional | Has) -> Shape:
        """Judge the parts that decide between yes and no, and the minus."""
        if isinstance(node, Conditional):
            self._asks(node.test)
            return join((self.check(node.yes), self.check(node.no)))
        if isinstance(node, Unary) and node.sign == "-":
            shape = self.check(node.operand)
            known = shape in (ANY, NUMBER, MONEY)
            return shape if known else self._fault(node, f"{words(shape)} has no negative")
        for part in node.children():
            if isinstance(node, Has):
                self.check(part)
            else:
                self._asks(part)
        return BOOL

    def _asks(self, node: Node) -> None:
        """Require a condition."""
        shape = self.check(node)
        if shape not in (BOOL, ANY):
            self._fault(node, f"a condition is needed here, this is {words(shape)}")

    def _list(self, node: Index | Listing) -> Shape:
        """Judge `[a, b]` and `list[0]`."""
        if isinstance(node, Listing):
            return ListOf(join(tuple(self.check(item) for item in node.items)))
        target, index = self.check(node.target), self.check(node.index)
        if node.target in self._paths:
            self._paths[node] = self._paths[node.target]
        if isinstance(target, ListOf):
            if index not in (NUMBER, ANY):
                self._fault(node.index, f"a position is a number, not {words(index)}")
            return target.item
        return ANY if target == ANY else self._fault(node, f"{words(target)} has no positions; only lists have")

    def _call(self, node: Call) -> Shape:
        """Judge a function: its name, how it is called and what it is given."""
        function = FUNCTIONS.get(node.name)
        # the variable in a macro's wrong form, `exists(list, x, ...)`, would be a second fault for one mistake
        given = [] if node.name in MACROS else [self.check(argument) for argument in node.arguments]
        if function is None:
            return self._fault(node, unknown_function(node), "name", node.at)
        problem = misuse(node, function)
        if problem:
            return self._fault(node, problem, start=node.at)
        if node.name == "unique" and node.arguments[0] in self._paths:
            self._paths[node] = self._paths[node.arguments[0]]
        result = function.result(given)
        if isinstance(result, str):
            return self._fault(node, f"{node.name}() {result}", start=node.at)
        self._literals(node)
        return result

    def _literals(self, node: Call) -> None:
        """Read dates and patterns that are written down, so that a bad one is found now."""
        written = node.arguments[-1]
        if not isinstance(written, Literal) or not isinstance(written.value, str):
            return
        if node.name == "date" and parse_date(written.value) is None:
            self._fault(written, f"{written.value!r} is no date; write it as date('2026-01-31')", "value")
        if node.name == "matches":
            try:
                compile_pattern(written.value)
            except ValueError as error:
                self._fault(written, f"this pattern cannot be read: {error}", "value")

    def _macro(self, node: Macro) -> Shape:
        """Judge a list and the condition for each of its items."""
        target = self.check(node.target)
        if target != ANY and not isinstance(target, ListOf):
            self._fault(node.target, f"{node.name} goes through a list, this is {words(target)}")
            target = ANY
        item = target.item if isinstance(target, ListOf) else ANY
        outer = self._names
        known = _Known(shape=item, path=self._paths.get(node.target), binder=node)
        self._names = {**outer, node.variable: known}
        if node.name == "map":
            body = self.check(node.body)
        else:
            self._asks(node.body)
        self._names = outer
        if node.name == "map":
            self._paths.update({node: self._paths[node.body]} if node.body in self._paths else {})
            return ListOf(body)
        if node.name == "filter":
            self._paths.update({node: self._paths[node.target]} if node.target in self._paths else {})
            return target if isinstance(target, ListOf) else ListOf(ANY)
        return BOOL
