"""The parts of an expression as the parser hands them on: frozen, and each knows its place in the source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """Any part of an expression, from `start` to before `end` in the source; equal only to itself."""

    start: int
    end: int

    def children(self) -> tuple["Node", ...]:
        """Return the parts this one is made of, in the order of the source."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Literal(Node):
    """A value that is written down: number, text, true, false or null."""

    value: object


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Name(Node):
    """A root such as `project`, or the variable of a macro."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member(Node):
    """`target.name`; `at` is where the name starts."""

    target: Node
    name: str
    at: int

    def children(self) -> tuple[Node, ...]:
        """Return the object whose field is read."""
        return (self.target,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Index(Node):
    """`target[index]`."""

    target: Node
    index: Node

    def children(self) -> tuple[Node, ...]:
        """Return the list and the position."""
        return (self.target, self.index)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """Return the items."""
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unary(Node):
    """`!operand` or `-operand`."""

    sign: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        """Return the one operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Binary(Node):
    """Two operands and what stands between them: arithmetic, a comparison or `in`."""

    sign: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        """Return both operands."""
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Logic(Node):
    """`a && b && c` or `a || b || c`: one part for the whole chain, so that long lists of conditions stay flat."""

    sign: str
    parts: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        """Return the conditions."""
        return self.parts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Conditional(Node):
    """`test ? yes : no`."""

    test: Node
    yes: Node
    no: Node

    def children(self) -> tuple[Node, ...]:
        """Return the test and both branches."""
        return (self.test, self.yes, self.no)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call(Node):
    """`name(a, b)`, or `a.name(b)` when `method` is set; `at` is where the name starts."""

    name: str
    arguments: tuple[Node, ...]
    method: bool
    at: int

    def children(self) -> tuple[Node, ...]:
        """Return the arguments, the object of a method first."""
        return self.arguments


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Has(Node):
    """`has(a.b)`."""

    operand: Node

    def children(self) -> tuple[Node, ...]:
        """Return the field that is asked for."""
        return (self.operand,)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Macro(Node):
    """`target.exists(variable, body)` and its sisters: the body is judged once for every item."""

    name: str
    target: Node
    variable: str
    body: Node

    def children(self) -> tuple[Node, ...]:
        """Return the list and the body."""
        return (self.target, self.body)
