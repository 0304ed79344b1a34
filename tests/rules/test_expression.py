"""The rule language by example: what expressions give, and what they leave undecided, with the place to look at."""

from datetime import date
from decimal import Decimal

import pytest
from handrail.rules.expression import Undecided

from tests.rules.example import EUR, ONE, PLAN, SCOPE, TWO, compiled


@pytest.mark.parametrize(
    ("source", "value"),
    [
        # literals
        ("5%", Decimal("0.05")),
        ("5% + 1", Decimal("1.05")),
        ("12.5%", Decimal("0.125")),
        ("7%3", 1),
        ("7 %3", 1),
        ("50% - 0.5 == 0", True),
        ("50%!=0.5", False),
        ("5%%3", Decimal("0.05")),
        ("-1.5", Decimal("-1.5")),
        ("- -2", 2),
        ("-item.score", -20),
        ("r'\\d'", "\\d"),
        ("'it\\'s \\u00e9\\n'", "it's é\n"),
        ("null", None),
        ("[]", ()),
        ("[1, 'a', true]", (1, "a", True)),
        # arithmetic
        ("7 / 2", Decimal("3.5")),
        ("1 / 3 * 3", Decimal("0." + "9" * 34)),
        ("-7 % 3", -1),
        ("10 - 2 - 3", 5),
        ("2 * (3 + 4)", 14),
        ("item.cost * 2 + params.limit", EUR * 3),
        ("item.cost / project.budget > 33%", True),
        ("item.cost / 4", EUR / 4),
        ("item.cost > 0 && 0 < item.cost && item.cost != 0", True),
        ("item.cost - 0 == item.cost", True),
        ("-item.cost < 0", True),
        ("item.cost.currency", "EUR"),
        ("item.due - as_of", 28),
        ("as_of + 28 == item.due", True),
        ("28 + as_of - 1", date(2026, 2, 28)),
        ("any.three + 1", 4),
        # equality and order
        ("null == null", True),
        ("item.score != null", True),
        ("1 == 1.0", True),
        ("item.state == 'open' && item.state in ['open']", True),
        ("any.level == 'high' && any.level in ['high']", True),
        ("'a' < 'b'", True),
        ("[1, 2] == [1, 2.0]", True),
        ("[1, 2] == [1]", False),
        ("[1, 'a'] == [2, 3]", False),
        ("item == item && item != project.risks[1]", True),
        ("any.noon == as_of && any.noon >= as_of", True),
        ("any.noon - as_of", 0),
        ("2 in [1, 2]", True),
        ("null in xs", True),
        ("'b' in project.risks.tags", True),
        # fields
        ("project.risks.id", ("R-1", "R-2")),
        ("project.risks.owner", ("ann",)),
        ("project.risks.tags", ("a", "b", "b")),
        ("project.risks.parent.id", ("R-1",)),
        ("item.parent.parent.id", None),
        ("old.score", None),
        ("item.doubled", 40),
        ("any.items", 3),
        ("any['usd'].amount", Decimal(100)),
        ("any.missing.deep", None),
        ("has(item.owner) && !has(item.parent) && !has(old.tags) && !has(item.health)", True),
        ("has(any.t.x)", False),
        # macros and functions
        ("project.risks.exists(r, project.risks.exists(q, q.parent == r))", True),
        ("project.risks.map(x, x.tags.filter(x, x == 'b').size())", (1, 1)),
        ("[3, 1, 2].min() + [3, 1, 2].max() + max(1, 2.5)", Decimal("6.5")),
        ("sum([]) == 0 && min([]) == null", True),
        ("sum(project.risks.cost) <= project.budget", True),
        ("sum(project.risks.filter(r, false).cost) < project.budget", True),
        ("unique([1, 1.0, 'a', 'a', null, null])", (1, "a", None)),
        ("max(project.risks.due)", date(2026, 3, 1)),
        ("days(as_of, item.due)", 28),
        ("workdays(as_of, item.due)", 20),
        ("workdays(item.due, as_of)", -20),
        ("'Ab'.lower() == lower('aB')", True),
        ("'b2'.matches('[0-9]') && matches('b2', item.id.startsWith('R') ? '2$' : 'x')", True),
        ("item.score > 10 ? 'high' : 1 / 0", "high"),
    ],
)
def test_value(source, value):
    program = compiled(source)
    result = program.run(SCOPE)
    assert result == value
    assert type(result) is type(value) or isinstance(value, Decimal)
    assert program.run(SCOPE, trace=[]) == value, "traced and untraced agree"


@pytest.mark.parametrize(
    ("source", "reason", "owner", "field"),
    [
        ("project.risks[1].score > 3", "score is empty", TWO, "score"),
        ("3 < project.risks[1].score", "score is empty", TWO, "score"),
        ("project.risks[1].score + 1", "score is empty", TWO, "score"),
        ("-project.risks[1].score", "score is empty", TWO, "score"),
        ("item.parent.score > 3", "parent is empty", ONE, "parent"),
        ("old.score > 3", "old is empty", None, "old"),
        ("project.risks.all(r, r.score > 3)", "score is empty", TWO, "score"),
        ("sum(project.risks.map(r, r.score))", "score is empty", TWO, "score"),
        ("max(item.score, project.risks[1].score)", "score is empty", TWO, "score"),
        ("(false ? 1 : project.risks[1].score) > 2", "score is empty", TWO, "score"),
        ("project.risks[1].owner.startsWith('a')", "owner is empty", TWO, "owner"),
        ("project.risks[1].owner.matches('a')", "owner is empty", TWO, "owner"),
        ("days(as_of, project.risks[1].due) < 3", "due is empty", TWO, "due"),
        ("min(project.risks.filter(r, false).score) > 1", "risks is empty", PLAN, "risks"),
        ("!any.nothing", "nothing is empty", SCOPE["any"], "nothing"),
        ("any.nothing && true", "nothing is empty", SCOPE["any"], "nothing"),
        ("any.nothing ? 1 : 2", "nothing is empty", SCOPE["any"], "nothing"),
        ("any.nothing.exists(x, true)", "nothing is empty", SCOPE["any"], "nothing"),
        ("1 in any.nothing", "nothing is empty", SCOPE["any"], "nothing"),
        ("any.t && true", "yes or no is needed, not text", SCOPE["any"], "t"),
        ("any.t > 3", "text cannot be compared with a number", SCOPE["any"], "t"),
        ("any.t == 3", "text cannot be compared with a number", SCOPE["any"], "t"),
        ("any.t in [3, 4]", "text cannot be compared with a number", SCOPE["any"], "t"),
        ("any.t * 2", "text and a number cannot be multiplied", SCOPE["any"], "t"),
        ("any.t.x", "text has no field 'x'", SCOPE["any"], "t"),
        ("item == any", "an object cannot be compared with an object", None, "item"),
        ("item.score / 0", "division by zero", ONE, "score"),
        ("item.score % (item.score - 20)", "division by zero", ONE, "score"),
        ("item.cost / 0", "division by zero", ONE, "cost"),
        ("item.cost / (item.cost - item.cost)", "division by zero", ONE, "cost"),
        ("item.cost + any.usd", "EUR and USD cannot be added without a rate", ONE, "cost"),
        ("item.cost < any.usd", "EUR and USD cannot be compared without a rate", ONE, "cost"),
        ("item.cost == any.usd", "EUR and USD cannot be compared without a rate", ONE, "cost"),
        ("sum([item.cost, any.usd])", "EUR and USD cannot be added without a rate", ONE, "cost"),
        ("as_of + 0.5", "a date moves by whole days only", None, "as_of"),
        ("as_of + 99999999", "the result is too large", None, "as_of"),
        ("project.risks[9]", "the list has 2 items, none at position 9", PLAN, "risks"),
        ("project.risks[-1]", "the list has 2 items, none at position -1", PLAN, "risks"),
        ("xs[any.t]", "a position is a whole number, not text", None, "xs"),
        ("xs.sum()", "the list holds text", None, "xs"),
        ("sum([1, project.risks[1].score])", "score is empty", TWO, "score"),
        ("max(xs)", "an item of xs is empty", None, "xs"),
        ("date(any.t)", "'x' is no date; write it as 2026-01-31", SCOPE["any"], "t"),
        ("'a'.matches(any.open)", "open is empty", SCOPE["any"], "open"),
        ("item.health > 1", "no baseline yet", ONE, "health"),
        ("xs.exists_one(x, x > 0)", "text cannot be compared with a number", None, "x"),
        ("1 / 3 == any.t", "a number cannot be compared with text", SCOPE["any"], "t"),
    ],
)
def test_undecided(source, reason, owner, field):
    program = compiled(source)
    for result in (program.run(SCOPE), program.run(SCOPE, trace=[])):
        assert isinstance(result, Undecided), result
        assert result.reason == reason
        assert result.field == field
        assert result.owner is owner
