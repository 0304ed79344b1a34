"""What is wrong with an expression is found at load: all of it, in plain words, with its place in the source."""

import pytest

from tests.rules.example import SCOPE, compiled, refused


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("", [(0, 1, "an expression is missing here")]),
        ("1 +", [(3, 1, "the expression ends too early")]),
        ("(1", [(2, 1, ") of the parenthesis is missing here")]),
        ("[1, 2", [(5, 1, "] or a comma is missing here")]),
        ("item.", [(5, 1, "a field name is missing after the dot")]),
        ("1 ? 2", [(5, 1, ": of `test ? yes : no` is missing here")]),
        ("a == b == c", [(7, 2, "comparisons do not chain; write a < b && b < c")]),
        ("item.score = 3", [(11, 1, "write == to compare two values")]),
        ("true and false", [(5, 3, "write && instead of 'and'")]),
        ("not true", [(0, 3, "write ! instead of 'not'")]),
        ("(true or false)", [(6, 2, "write || instead of 'or'")]),
        ("True", [(0, 4, "write true in small letters")]),
        ("1 @ 2 # 3", [(2, 1, "'@' has no meaning here"), (6, 1, "'#' has no meaning here")]),
        ("'open", [(0, 5, "the text that starts here has no closing quote")]),
        ("\u2018open\u2019", [(0, 1, "write straight quotes: 'text'"), (5, 1, "write straight quotes: 'text'")]),
        ("'\\d'", [(1, 2, "\\d is no escape; write \\\\d, or put r before the opening quote")]),
        ("'\\ud800'", [(1, 6, "\\ud800 is no character")]),
        ("012", [(0, 3, "write 12: a number has no leading zeros")]),
        ("1e3", [(0, 2, "leave a space or an operator after 1; units and exponents are not known")]),
        ("1" * 35, [(0, 35, "a number may have at most 34 digits")]),
        ("item.scroe > itm.score", [(5, 5, "risk has no field 'scroe'; did you mean 'score'?"), (13, 3, "'itm' is not known here; did you mean 'item'?")]),
        ("project.risks.ownr", [(14, 4, "risk has no field 'ownr'; did you mean 'owner'?")]),
        ("item.score.x", [(11, 1, "a number has no fields")]),
        ("any.__class__", [(4, 9, "'__class__' is no field: names do not start with _")]),
        ("sizes(xs)", [(0, 9, "there is no function 'sizes'; did you mean 'size'?")]),
        ("item.id.startswith('R')", [(8, 15, "there is no function 'startswith'; did you mean 'startsWith'?")]),
        ("startsWith(item.id, 'R')", [(0, 24, "startsWith is written after its text: text.startsWith('part')")]),
        ("as_of.days(as_of)", [(6, 11, "days is written days(a, b)")]),
        ("exists(xs, x, true)", [(0, 19, "exists is written after its list: risks.exists(r, r.score > 3)")]),
        ("xs.exists(true)", [(3, 12, "exists takes a name and a condition, as in risks.exists(r, r.score > 3)")]),
        ("has(3)", [(0, 6, "has() takes one field, as in has(item.owner)")]),
        ("has(item)", [(0, 9, "has() takes one field, as in has(item.owner)")]),
        ("days(as_of)", [(0, 11, "days() takes 2 arguments, not 1")]),
        ("xs.size(3)", [(3, 7, "size() takes 0 arguments, not 1")]),
        ("min()", [(0, 5, "min() takes at least 1 argument, not 0")]),
        ("min(3)", [(0, 6, "min() takes a list or at least two values")]),
        ("min(3, 'a')", [(0, 11, "min() cannot compare a number with text")]),
        ("max([true])", [(0, 11, "max() compares numbers, dates, money or text, not yes or no")]),
        ("sum(3)", [(0, 6, "sum() adds up a list, not a number")]),
        ("sum(['a'])", [(0, 10, "sum() adds up numbers or money, not text")]),
        ("size(3)", [(0, 7, "size() counts a list or text, not a number")]),
        ("unique(3)", [(0, 9, "unique() takes a list, not a number")]),
        ("days(as_of, 'x')", [(0, 16, "days() takes a date in place 2, not text")]),
        ("'a' < 3", [(0, 7, "text cannot be compared with a number")]),
        ("true < false", [(0, 4, "yes or no has no order; < compares numbers, text, dates and money")]),
        ("null < 3", [(0, 4, "null has no order; < compares numbers, text, dates and money")]),
        ("item.due < '2026-01-31'", [(0, 23, "a date cannot be compared with text; write a day as date('2026-01-31')")]),
        ("item.cost > item.score", [(0, 22, "an amount of money cannot be compared with a number; write `.amount` behind the money for its figure alone")]),
        ("item.score == 'high'", [(0, 20, "a number never equals text")]),
        ("item == 'ann'", [(0, 13, "an object (risk) never equals text")]),
        ("true && 3", [(8, 1, "a condition is needed here, this is a number")]),
        ("!item.score", [(1, 10, "a condition is needed here, this is a number")]),
        ("3 ? 1 : 2", [(0, 1, "a condition is needed here, this is a number")]),
        ("-'a'", [(0, 4, "text has no negative")]),
        ("'a' + 'b'", [(0, 9, "text + text cannot be calculated")]),
        ("any + true", [(0, 10, "any value + yes or no cannot be calculated")]),
        ("3 in 4", [(5, 1, "'in' needs a list on its right, not a number")]),
        ("'a' in 'abc'", [(0, 12, "'in' looks into a list; for text write text.contains('part')")]),
        ("3 in ['a']", [(0, 10, "a number is never in a list whose items are text")]),
        ("item[0]", [(0, 7, "an object (risk) has no positions; only lists have")]),
        ("xs['a']", [(3, 3, "a position is a number, not text")]),
        ("item.exists(x, true)", [(0, 4, "exists goes through a list, this is an object (risk)")]),
        ("project.risks.all(r, r.score)", [(21, 7, "a condition is needed here, this is a number")]),
        ("xs.exists(x, true) && x > 1", [(22, 1, "'x' is not known here")]),
        ("date('2026-02-30')", [(5, 12, "'2026-02-30' is no date; write it as date('2026-01-31')")]),
        ("date('20260131')", [(5, 10, "'20260131' is no date; write it as date('2026-01-31')")]),
        ("'a'.matches('(')", [(12, 3, "this pattern cannot be read: missing ): (")]),
        ("size(3) > 'a' && nope", [(0, 7, "size() counts a list or text, not a number"), (17, 4, "'nope' is not known here")]),
    ],
)  # fmt: skip
def test_faults(source, faults):
    assert [(fault.offset, fault.length, fault.message) for fault in refused(source)] == faults


@pytest.mark.parametrize(
    "source", ["(" * 60 + "1" + ")" * 60, "1" + " + 1" * 60, "xs" + "[0]" * 60, "1 + 1" + " " * 4000]
)
def test_bounds(source):
    (fault,) = refused(source)
    assert fault.kind == "limit"


def test_long_chains_of_conditions_are_no_nesting():
    assert compiled(" && ".join(["item.score > 3"] * 200)).run(SCOPE) is True
