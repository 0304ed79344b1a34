"""The grammar of the rule language: tokens -> nodes, by precedence climbing, with bounds on depth and length."""

from decimal import Decimal
from functools import lru_cache
from typing import NoReturn, cast

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
from handrail.rules.tokens import Fault, Token, tokenise

DEEPEST = 50
"""How deeply the parts of an expression may be nested."""

MACROS = ("all", "exists", "exists_one", "filter", "map")

_BINDING = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3}
_BINDING |= {"+": 4, "-": 4, "*": 5, "/": 5, "%": 5}
_COMPARISON = 3
_CONSTANTS = {"true": True, "false": False, "null": None}
_WORDS = {
    "and": "write && instead of 'and'",
    "or": "write || instead of 'or'",
    "not": "write ! instead of 'not'",
    "is": "write == instead of 'is'",
    "True": "write true in small letters",
    "False": "write false in small letters",
    "None": "write null instead of None",
}


class _StoppedError(Exception):
    """The parser cannot go on; carries the fault to report."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@lru_cache(maxsize=2048)  # half of a law's expressions stand in it more than once
def parse(source: str) -> Node | tuple[Fault, ...]:
    """Parse a whole expression; what is not an expression comes back as faults, never as an exception."""
    tokens, faults = tokenise(source)
    if faults:
        return faults
    try:
        node = _Parser(tokens).whole()
    except _StoppedError as stopped:
        return (stopped.fault,)
    return _too_deep(node) or node


def size(node: Node) -> int:
    """Return how many parts an expression has: what one evaluation may cost at most, loops aside."""
    return 1 + sum(size(child) for child in node.children())


def _too_deep(root: Node) -> tuple[Fault, ...]:
    """Bound the depth before anything walks the tree by recursion; chains such as `a + a + a` grow it, too."""
    pending = [(root, 1)]
    while pending:
        node, depth = pending.pop()
        if depth > DEEPEST:
            return (_depth_fault(node.start, node.end),)
        pending.extend((child, depth + 1) for child in node.children())
    return ()


def _depth_fault(start: int, end: int) -> Fault:
    """Say that the expression is nested too deeply."""
    message = f"this is nested more than {DEEPEST} deep; split the rule into several checks"
    return Fault(message=message, offset=start, length=max(1, end - start), kind="limit")


class _Parser:
    """One pass over the tokens; every method consumes what it returns."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.at = 0
        self.nesting = 0

    def whole(self) -> Node:
        """Parse everything up to the end."""
        if self.peek().kind == "end":
            self.stop("an expression is missing here")
        node = self.expression()
        if self.peek().kind != "end":
            self.unexpected()
        return node

    def expression(self) -> Node:
        """Parse `test ? yes : no` or anything that binds closer."""
        self.nesting += 1
        if self.nesting > DEEPEST:
            raise _StoppedError(_depth_fault(self.peek().start, self.peek().end))
        node = self.operation(1)
        if self.took("?"):
            yes = self.expression()
            self.expect(":", "of `test ? yes : no`")
            no = self.expression()
            node = Conditional(test=node, yes=yes, no=no, start=node.start, end=no.end)
        self.nesting -= 1
        return node

    def operation(self, weakest: int) -> Node:
        """Parse a chain of operators that bind at least as closely as `weakest`."""
        left = self.unary()
        while True:
            sign = str(self.peek().value) if self.peek().kind in ("sign", "name") else ""
            binding = _BINDING.get(sign, 0)
            if binding < weakest or not binding:
                return left
            self.next()
            right = self.operation(binding + 1)
            left = _joined(sign, left, right)
            if binding == _COMPARISON and _BINDING.get(str(self.peek().value)) == _COMPARISON:
                self.stop("comparisons do not chain; write a < b && b < c")

    def unary(self) -> Node:
        """Parse any number of `!` and `-` before an operand."""
        signs: list[Token] = []
        while self.peek().kind == "sign" and self.peek().value in ("!", "-"):
            signs.append(self.next())
        node = self.postfix()
        for sign in reversed(signs):
            if sign.value == "-" and isinstance(node, Literal) and type(node.value) in (int, Decimal):
                # a plain minus would round a Decimal to the context of the caller
                negative = node.value.copy_negate() if isinstance(node.value, Decimal) else -cast("int", node.value)
                node = Literal(value=negative, start=sign.start, end=node.end)
            else:
                node = Unary(sign=str(sign.value), operand=node, start=sign.start, end=node.end)
        return node

    def postfix(self) -> Node:
        """Parse an operand and the fields, positions and methods that follow it."""
        node = self.primary()
        while True:
            if self.took("."):
                node = self.member(node)
            elif self.took("["):
                index = self.expression()
                end = self.expect("]", "of the position")
                node = Index(target=node, index=index, start=node.start, end=end)
            else:
                return node

    def member(self, target: Node) -> Node:
        """Parse what follows a dot: a field, a method or a macro."""
        token = self.peek()
        if token.kind != "name":
            self.stop("a field name is missing after the dot")
        self.next()
        name = str(token.value)
        if not self.took("("):
            return Member(target=target, name=name, at=token.start, start=target.start, end=token.end)
        arguments, end = self.items(")")
        if name in MACROS:
            return self.macro(token, target, arguments, end)
        return Call(name=name, arguments=(target, *arguments), method=True, at=token.start, start=target.start, end=end)

    def macro(self, token: Token, target: Node, arguments: tuple[Node, ...], end: int) -> Node:
        """Build a macro; its first argument must be the name that the second uses for each item."""
        match arguments:
            case (Name(name=variable), body):
                return Macro(
                    name=str(token.value), target=target, variable=variable, body=body, start=target.start, end=end
                )
        message = f"{token.value} takes a name and a condition, as in risks.{token.value}(r, r.score > 3)"
        raise _StoppedError(Fault(message=message, offset=token.start, length=end - token.start, kind="syntax"))

    def primary(self) -> Node:
        """Parse a literal, a name, a call, a list or something in parentheses."""
        token = self.peek()
        if token.kind in ("number", "text"):
            self.next()
            return Literal(value=token.value, start=token.start, end=token.end)
        if token.kind == "name" and token.value != "in" and token.value not in _WORDS:
            return self.named(self.next())
        if self.took("("):
            node = self.expression()
            self.expect(")", "of the parenthesis")
            return node
        if self.took("["):
            items, end = self.items("]")
            return Listing(items=items, start=token.start, end=end)
        return self.unexpected()

    def named(self, token: Token) -> Node:
        """Parse what starts with a name: a constant, a root or a call."""
        name = str(token.value)
        if name in _CONSTANTS:
            return Literal(value=_CONSTANTS[name], start=token.start, end=token.end)
        if not self.took("("):
            return Name(name=name, start=token.start, end=token.end)
        arguments, end = self.items(")")
        if name != "has":
            return Call(name=name, arguments=arguments, method=False, at=token.start, start=token.start, end=end)
        match arguments:
            case (Member() as operand,):
                return Has(operand=operand, start=token.start, end=end)
        message = "has() takes one field, as in has(item.owner)"
        raise _StoppedError(Fault(message=message, offset=token.start, length=end - token.start, kind="syntax"))

    def items(self, closing: str) -> tuple[tuple[Node, ...], int]:
        """Parse expressions between commas up to the closing sign; return them and where it ends."""
        items: list[Node] = []
        if not self.sees(closing):
            items.append(self.expression())
            while self.took(","):
                items.append(self.expression())
        return tuple(items), self.expect(closing, "or a comma")

    def peek(self) -> Token:
        """Return the next token without consuming it."""
        return self.tokens[self.at]

    def next(self) -> Token:
        """Consume and return the next token; the end is never passed."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, sign: str) -> bool:
        """Tell whether the next token is this sign, and not a text that reads the same."""
        token = self.peek()
        return token.kind == "sign" and token.value == sign

    def took(self, sign: str) -> bool:
        """Consume the sign if it is next."""
        if self.sees(sign):
            self.at += 1
            return True
        return False

    def expect(self, sign: str, what: str) -> int:
        """Consume the sign and return where it ends, or stop."""
        if not self.sees(sign):
            token = self.peek()
            hint = _WORDS.get(str(token.value), "") if token.kind == "name" else ""
            self.stop(hint or f"{sign} {what} is missing here")
        return self.next().end

    def unexpected(self) -> NoReturn:
        """Stop at a token that cannot stand here."""
        token = self.peek()
        if token.kind == "end":
            self.stop("the expression ends too early")
        hint = _WORDS.get(str(token.value), "") if token.kind == "name" else ""
        self.stop(hint or f"{token.value!s} is not expected here")

    def stop(self, message: str) -> NoReturn:
        """Stop at the next token."""
        token = self.peek()
        length = max(1, token.end - token.start)
        raise _StoppedError(Fault(message=message, offset=token.start, length=length, kind="syntax"))


def _joined(sign: str, left: Node, right: Node) -> Node:
    """Build the node of an operator; chains of one logical operator become one flat node."""
    if sign not in ("&&", "||"):
        return Binary(sign=sign, left=left, right=right, start=left.start, end=right.end)
    # a parenthesised chain is taken in as well: the meaning is the same
    parts = left.parts if isinstance(left, Logic) and left.sign == sign else (left,)
    return Logic(sign=sign, parts=(*parts, right), start=left.start, end=right.end)
