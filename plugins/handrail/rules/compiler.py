"""Turns a checked expression into closures, once; running it is then nothing but calling them.

A closure takes the frame: the scope with the values of macro variables and, under RUN, the state of the run. Programs
that need neither are *lean* and run on the caller's scope itself, which is what makes a thousand plans affordable.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from handrail.rules import values
from handrail.rules.checker import Checker
from handrail.rules.evaluation import EmptyItemError, Read, UndecidedError, refused
from handrail.rules.functions import FUNCTIONS, compile_pattern, has_value, parse_date, search_pattern
from handrail.rules.loops import RUN, chain, loop
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
from handrail.rules.place import Code, Finder, Frame, described
from handrail.rules.reading import direct, is_direct, item_at, reader, root
from handrail.rules.syntax import size

_Given = tuple[Any, ...]


class Compiler:
    """Compiles the parts of one expression; `lean` stays true while no part needs the state of a run.

    A traced compiler makes the same closures, except that every field they read is noted in the run's trace.
    """

    def __init__(self, checked: Checker, *, traced: bool) -> None:
        self.lean = not traced
        self._checked = checked
        self._traced = traced
        self._again: dict[Node, Code] = {}

    def code(self, node: Node) -> Code:
        """Return the closure for a part."""
        return _BUILDERS[type(node)](self, node)

    def again(self, node: Node) -> Code:
        """Return an untraced closure for a part that is evaluated once more to find a place."""
        if node not in self._again:
            self._again[node] = Compiler(self._checked, traced=False).code(node)
        return self._again[node]

    def placing(self, *nodes: Node) -> Callable[[Frame, UndecidedError, _Given], UndecidedError]:
        """Return what gives an undecided operation its place: the operand that is null, else the first field read.

        The operands are evaluated once more to find it, which costs nothing as long as everything can be decided.
        """

        def placed(frame: Frame, error: UndecidedError, given: _Given) -> UndecidedError:
            if error.field is not None:
                return error
            places = [Finder(frame=frame, code=self.again, slot=_slot).find(node) for node in nodes]
            for node, place, value in zip(nodes, places, given, strict=True):
                if value is None:
                    return described(place, error)
                if isinstance(error, EmptyItemError) and place.field is not None:
                    # what a map or a written list is made of has a place of its own
                    single = isinstance(node, Listing) or (isinstance(node, Macro) and node.name == "map")
                    reason = f"{place.field} is empty" if single else f"an item of {place.field} is empty"
                    return UndecidedError(reason, place.owner, place.field)
            found = next((place for place in places if place.field is not None), None)
            return UndecidedError(error.reason, found.owner, found.field) if found else error

        return placed

    def operation(self, apply: Callable[..., Any], *nodes: Node) -> Code:
        """Return the closure that evaluates the operands, applies, and gives an undecided answer its place."""
        placed = self.placing(*nodes)
        codes = [self.code(node) for node in nodes]

        def operation(frame: Frame) -> object:
            given = tuple([code(frame) for code in codes])
            try:
                return apply(frame, *given)
            except UndecidedError as error:
                raise placed(frame, error, given) from None

        return operation

    def condition(self, node: Node) -> Code:
        """Return the closure for a part that must be true or false; anything else is undecided."""
        code = self.code(node)
        placed = self.placing(node)

        def condition(frame: Frame) -> object:
            value = code(frame)
            if value is True or value is False:
                return value
            refused(value)
            error = UndecidedError(f"yes or no is needed, not {values.spoken(value)}")
            raise placed(frame, error, (value,))

        return condition

    def literal(self, node: Literal) -> Code:
        """Return the written value."""
        value = node.value
        return lambda _frame: value

    def name(self, node: Name) -> Code:
        """Read a root or a variable that is a value itself."""
        read = self.head(node)
        if not self._traced or node in self._checked.binders:
            return read
        name = node.name

        def noted(frame: Frame) -> object:
            value = read(frame)
            frame[RUN].trace.append(Read(owner=None, field=name, value=value))
            return value

        return noted

    def head(self, node: Name) -> Code:
        """Read a root or a variable at the head of a chain, which is no read of its own."""
        binder = self._checked.binders.get(node)
        return root(node.name if binder is None else _slot(binder))

    def member(self, node: Member) -> Code:
        """Read a field: at once where an object of the model stands, with care everywhere else."""
        shape = self._checked.shapes[node.target]
        target = self.head(node.target) if isinstance(node.target, Name) else self.code(node.target)
        if not self._traced and is_direct(shape, node.name):
            return direct(target, node.name)
        self.lean = False
        read = reader(shape, node.name, traced=self._traced)
        placed = self.placing(node.target)

        def member(frame: Frame) -> object:
            owner = target(frame)
            try:
                return read(owner, frame[RUN])
            except UndecidedError as error:
                raise placed(frame, error, (owner,)) from None

        return member

    def index(self, node: Index) -> Code:
        """Read one item of a list."""
        return self.operation(lambda _frame, items, position: item_at(items, position), node.target, node.index)

    def listing(self, node: Listing) -> Code:
        """Build a list."""
        items = [self.code(item) for item in node.items]
        return lambda frame: tuple([item(frame) for item in items])

    def unary(self, node: Unary) -> Code:
        """Negate a condition or a number."""
        if node.sign == "-":
            return self.operation(lambda _frame, value: values.negative(value), node.operand)
        operand = self.condition(node.operand)
        return lambda frame: not operand(frame)

    def logic(self, node: Logic) -> Code:
        """Join conditions."""
        return chain([self.condition(part) for part in node.parts], decisive=node.sign == "||")

    def conditional(self, node: Conditional) -> Code:
        """Evaluate one of two branches."""
        test, yes, no = self.condition(node.test), self.code(node.yes), self.code(node.no)
        return lambda frame: yes(frame) if test(frame) else no(frame)

    def has(self, node: Has) -> Code:
        """Ask whether a field is filled in; what cannot be read is not."""
        operand = self.code(node.operand)

        def has(frame: Frame) -> bool:
            try:
                return has_value(operand(frame))
            except UndecidedError:
                return False

        return has

    def binary(self, node: Binary) -> Code:
        """Calculate, compare or look into a list."""
        sign = node.sign
        if sign == "in":
            return self.membership(node)
        if sign in "+-*/%":
            return self.operation(lambda _frame, a, b: values.calculate(sign, a, b), node.left, node.right)
        return self.comparison(node)

    def comparison(self, node: Binary) -> Code:
        """Compare at once where both classes allow it, and by the rules of the language everywhere else."""
        left, right, sign = self.code(node.left), self.code(node.right), node.sign
        placed = self.placing(node.left, node.right)
        test = values.test_of(sign)
        quick = values.PLAIN if sign in ("==", "!=") else values.ORDERED
        numbers = values.NUMBERS

        def slow(frame: Frame, a: object, b: object) -> bool:
            try:
                return values.compare(sign, a, b)
            except UndecidedError as error:
                raise placed(frame, error, (a, b)) from None

        if isinstance(node.right, Literal) and node.right.value.__class__ in quick:
            fixed = node.right.value
            kinds = numbers if fixed.__class__ in numbers else frozenset({fixed.__class__})
            return lambda frame: test(a, fixed) if (a := left(frame)).__class__ in kinds else slow(frame, a, fixed)

        def compared(frame: Frame) -> bool:
            a, b = left(frame), right(frame)
            first, second = a.__class__, b.__class__
            if (first is second and first in quick) or (first in numbers and second in numbers):
                return test(a, b)
            return slow(frame, a, b)

        return compared

    def membership(self, node: Binary) -> Code:
        """Look into a list of written texts by hashing, and into any other item by item."""
        known = _written_texts(node.right)
        if known:
            texts = frozenset(known)
            search = self.operation(lambda _frame, value: values.contains(known, value), node.left)
            left = self.code(node.left)
            return lambda frame: value in texts if (value := left(frame)).__class__ is str else search(frame)
        self.lean = False

        def within(frame: Frame, value: object, items: object) -> bool:
            frame[RUN].spend(len(values.items_of(items)))
            return values.contains(items, value)

        return self.operation(within, node.left, node.right)

    def call(self, node: Call) -> Code:
        """Call a function; dates and patterns that are written down are read now."""
        written = node.arguments[-1]
        if isinstance(written, Literal) and isinstance(written.value, str):
            if node.name == "date":
                day = cast("date", parse_date(written.value))
                return lambda _frame: day
            if node.name == "matches":
                pattern = compile_pattern(written.value)
                return self.operation(lambda _frame, value: search_pattern(pattern, value), node.arguments[0])
        apply = FUNCTIONS[node.name].apply
        self.lean = False
        return self.operation(lambda frame, *given: apply(frame[RUN], *given), *node.arguments)

    def macro(self, node: Macro) -> Code:
        """Judge every item of a list."""
        self.lean = False
        target = self.operation(lambda _frame, items: values.items_of(items), node.target)
        body = self.code(node.body) if node.name == "map" else self.condition(node.body)
        return loop(node.name, target, body, _slot(node), size(node.body))


def _slot(macro: Macro) -> str:
    """Return the key of a macro's variable in the frame: its own, so that nested loops never overwrite each other."""
    return f"{macro.variable} {macro.start} {macro.end}"


def _written_texts(node: Node) -> tuple[str, ...]:
    """Return the texts of a list that is written down; nothing if it holds anything else."""
    if not isinstance(node, Listing):
        return ()
    texts = [item.value for item in node.items if isinstance(item, Literal) and isinstance(item.value, str)]
    return tuple(texts) if len(texts) == len(node.items) else ()


_BUILDERS: Mapping[type[Node], Callable[[Compiler, Any], Code]] = {
    Literal: Compiler.literal,
    Name: Compiler.name,
    Member: Compiler.member,
    Index: Compiler.index,
    Listing: Compiler.listing,
    Unary: Compiler.unary,
    Binary: Compiler.binary,
    Logic: Compiler.logic,
    Conditional: Compiler.conditional,
    Call: Compiler.call,
    Has: Compiler.has,
    Macro: Compiler.macro,
}
