"""The words of the rule language: source text -> tokens, each with its place in the source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 4_000
"""How many characters an expression may have."""

DIGITS = 34
"""How many digits a number may have: those that the arithmetic keeps."""

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<number>[0-9]+(?:\.[0-9]+)?)
    # `5%` is five per cent unless an operand follows, as in `7%3`: then it is the remainder. A minus after it subtracts.
    (?P<percent>%(?!\s*(?:(?!in\b)\w|['"(\[]|!(?!=))))?
  | (?P<raw>r'[^'\n]*'|r"[^"\n]*")
  | (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])
    """,
    re.VERBOSE | re.ASCII,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"'}
_HINTS = {
    "=": "write == to compare two values",
    "&": "write && for 'and'",
    "|": "write || for 'or'",
    "'": "the text that starts here has no closing quote",
    '"': "the text that starts here has no closing quote",
    "{": "{ has no meaning in an expression; a list is written [a, b]",
    "}": "} has no meaning in an expression",
    "\u2018": "write straight quotes: 'text'",
    "\u2019": "write straight quotes: 'text'",
    "\u201c": 'write straight quotes: "text"',
    "\u201d": 'write straight quotes: "text"',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with an expression itself: the rule's own fault, never that of a plan.

    `kind` is "syntax", "name", "type", "value" (a bad date or pattern), "limit" (too long, too deep) or "budget"
    (too much work for one run). `offset` and `length` count characters of the source.
    """

    message: str
    offset: int
    length: int
    kind: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Token:
    """One word: `kind` is number, text, name, sign or end; `value` is what it stands for."""

    kind: str
    value: object
    start: int
    end: int


def tokenise(source: str) -> tuple[tuple[Token, ...], tuple[Fault, ...]]:
    """Cut the source into tokens, the last of kind "end", and report every place that is no word of the language."""
    if len(source) > LONGEST:
        message = f"an expression may have at most {LONGEST:,} characters, this one has {len(source):,}"
        return (), (Fault(message=message, offset=LONGEST, length=len(source) - LONGEST, kind="limit"),)
    tokens: list[Token] = []
    faults: list[Fault] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            sign = source[position]
            hint = _HINTS.get(sign, f"{sign!r} has no meaning here")
            if sign in "'\"":
                faults.append(Fault(message=hint, offset=position, length=len(source) - position, kind="syntax"))
                break
            faults.append(Fault(message=hint, offset=position, length=1, kind="syntax"))
            # `=>`, `&` and the like: one fault for the pair is enough
            position += 1
            continue
        position = match.end()
        if match.lastgroup != "space":
            if match["number"] is not None or match["text"] is not None:
                faults.extend(_faults_of(match, source))
            tokens.append(_token(match))
    tokens.append(Token("end", None, len(source), len(source)))
    return tuple(tokens), tuple(faults)


def _token(match: re.Match[str]) -> Token:
    """Return the token that one match of the pattern stands for."""
    start, end = match.span()
    if match["number"] is not None:
        return Token("number", _number(match), start, end)
    if match["raw"] is not None:
        return Token("text", match["raw"][2:-1], start, end)
    if match["text"] is not None:
        return Token("text", _ESCAPE.sub(_unescape, match["text"][1:-1]), start, end)
    kind = "name" if match["name"] is not None else "sign"
    return Token(kind, match.group(), start, end)


def _number(match: re.Match[str]) -> int | Decimal:
    """Return an int for whole numbers and a Decimal for all others; a float never."""
    written = match["number"]
    if match["percent"]:
        return Decimal(written).scaleb(-2)
    return Decimal(written) if "." in written else int(written)


def _unescape(match: re.Match[str]) -> str:
    """Return the character that an escape stands for."""
    written = match[1]
    if len(written) > 1:
        return chr(int(written[1:], 16))
    return _ESCAPES.get(written, match.group())


def _faults_of(match: re.Match[str], source: str) -> Iterator[Fault]:
    """Report what is wrong inside one token: odd numbers and unknown escapes."""
    start, end = match.span()
    if match["number"] is not None:
        yield from _number_faults(match["number"], source, start, end)
    elif match["text"] is not None:
        for escape in _ESCAPE.finditer(match["text"]):
            offset = start + escape.start()
            written = escape[1]
            if written not in _ESCAPES and len(written) == 1:
                message = f"\\{written} is no escape; write \\\\{written}, or put r before the opening quote"
                yield Fault(message=message, offset=offset, length=2, kind="syntax")
            elif len(written) > 1 and 0xD800 <= int(written[1:], 16) <= 0xDFFF:  # noqa: PLR2004 - Unicode's surrogates
                yield Fault(message=f"\\{written} is no character", offset=offset, length=6, kind="syntax")


def _number_faults(written: str, source: str, start: int, end: int) -> Iterator[Fault]:
    """Report a number that is written in a way the language does not know."""
    whole = written.partition(".")[0]
    if len(whole) > 1 and whole.startswith("0"):
        message = f"write {written.lstrip('0') or '0'}: a number has no leading zeros"
        yield Fault(message=message, offset=start, length=end - start, kind="syntax")
    if len(written.replace(".", "")) > DIGITS:
        message = f"a number may have at most {DIGITS} digits"
        yield Fault(message=message, offset=start, length=end - start, kind="limit")
    if end < len(source) and (source[end].isalpha() or source[end] == "_"):
        message = f"leave a space or an operator after {written}; units and exponents are not known"
        yield Fault(message=message, offset=start, length=end - start + 1, kind="syntax")
