"""How values are said."""

from decimal import Decimal

import pytest
from handrail.render import words


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (words.percent(Decimal("0.05")), "+5%"),
        (words.percent(Decimal("-0.021")), "-2.1%"),
        (words.percent(Decimal(0)), "0%"),
        (words.share(Decimal("0.4")), "40%"),
        (words.share(Decimal(1)), "100%"),
        (words.slip(0), "on time"),
        (words.slip(-1), "1 working day early"),
        (words.slip(12), "12 working days late"),
        (words.age(0), "today"),
        (words.number(1234), "1,234"),
        (words.number(Decimal("5E+1")), "50"),
        (words.number(Decimal("1234.50")), "1,234.50"),
        (words.number(Decimal("1E+999999")), "1E+999999"),
        (words.first_of(["a", "b", "c"], 2), "a; b; c"),
        (words.first_of([str(one) for one in range(1010)], 2), "0; 1; and 1,008 more"),
        (words.light(None).word, "Not known"),
        (words.state_light("red", "closed").word, "Closed"),
    ],
)
def test_words(said, expected):
    assert said == expected


def test_code_stands_between_backticks():
    assert words.coded("Add `owner` now") == (("Add ", False), ("owner", True), (" now", False))
    assert words.coded("a ` b") == (("a ` b", False),)
