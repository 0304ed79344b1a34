"""Laws that hold for every expression, and a second opinion on the part that is shared with CEL."""

from decimal import Decimal

import pytest
from cel_expr_python import cel
from handrail.model.money import EXACT
from handrail.rules.expression import Fault, Program, Undecided, compile_expression
from handrail.rules.shapes import ANY, ListOf, Shape
from hypothesis import assume, example, given
from hypothesis import strategies as st

OPEN = "nothing.x > 1"
ROOTS: dict[str, Shape] = {"nothing": ANY, "a": ANY, "b": ANY, "xs": ListOf(ANY)}


def value_of(source, **scope):
    program = compile_expression(source, ROOTS)
    assert isinstance(program, Program), program
    return program.run(scope)


words = st.sampled_from(
    ["a", "b", "xs", "true", "null", "1", "2.5", "5%", "'t'", "(", ")", "[", "]", ".", ",", "?", ":", "!", "-", "+", "*",
     "/", "%", "==", "<", "in", "&&", "||", "size(", "xs.map(x,", "xs.exists(x,", "sum(", "has(", "date(", "min("]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(words, max_size=25).map(" ".join)))
@example("(" * 3000)
@example("-" * 3000 + "1")
@example("!" * 3000 + "a")
@example("a" + ".b" * 1500)
@example("a" + " + a" * 900)
@example("a" + " && a" * 700)
@example("[" * 3000)
@example("x" * 5000)
@example("a.matches('(')")
@example("1" * 40)
def test_any_text_is_a_program_or_faults(source):
    program = compile_expression(source, ROOTS)
    if isinstance(program, Program):
        program.run({"a": 1, "b": "t", "xs": (1, None, "t")})
        program.run({}, trace=[])
    else:
        assert program
        for fault in program:
            assert isinstance(fault, Fault)
            assert fault.length >= 1
            assert 0 <= fault.offset <= len(source)


numbers = st.one_of(
    st.integers(-(10**12), 10**12), st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)
)


@given(numbers, numbers, st.sampled_from("+-*/%"))
def test_arithmetic_is_that_of_decimal(a, b, sign):
    assume(not (sign in "/%" and b == 0))
    operation = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide, "%": EXACT.remainder}
    assert value_of(f"a {sign} b", a=a, b=b) == operation[sign](Decimal(a), Decimal(b))


@given(numbers, numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
def test_comparisons_are_those_of_decimal(a, b, sign):
    assert value_of(f"a {sign} b", a=a, b=b) is eval(f"a {sign} b", {}, {"a": Decimal(a), "b": Decimal(b)})


@given(st.integers(2, 40), st.integers(1, 60))
def test_large_numbers_keep_34_digits_and_never_hang(base, powers):
    product = value_of("xs.map(x, x * x).map(x, x * x).map(x, x * x).map(x, x * x)", xs=(base**powers,))
    assert isinstance(product, Undecided) or len(Decimal(product[0]).as_tuple().digits) <= 34


truths = st.lists(st.sampled_from(["true", "false", OPEN]), min_size=2, max_size=5)


@given(truths, st.randoms(use_true_random=False), st.sampled_from(["&&", "||"]))
def test_logic_commutes_over_undecided(parts, random, sign):
    shuffled = random.sample(parts, len(parts))
    first, second = value_of(f" {sign} ".join(parts)), value_of(f" {sign} ".join(shuffled))
    assert first == second
    decisive = "false" if sign == "&&" else "true"
    assert isinstance(first, Undecided) == (decisive not in parts and OPEN in parts)


# -- the second opinion ----------------------------------------------------------------------------------------------

CEL = cel.NewEnv(variables={"xs": cel.Type.List(cel.Type.INT), "n": cel.Type.INT, "t": cel.Type.STRING})
whole = st.integers(-9, 9)
atoms = st.one_of(
    st.just("n"), whole.map(str), st.just("xs[0]"), st.just("size(xs)"), st.just("xs.size()"), st.just("t.size()")
)
sums = st.recursive(
    atoms,
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda it: f"({' '.join(it)})"),
    max_leaves=5,
)
tests = st.one_of(
    st.tuples(sums, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), sums).map(" ".join),
    st.tuples(sums, st.sampled_from(["[]", "xs", "[1, 2, 3]"])).map(lambda it: f"{it[0]} in {it[1]}"),
    st.tuples(st.sampled_from(["all", "exists", "exists_one"]), whole).map(lambda it: f"xs.{it[0]}(x, x > {it[1]})"),
    whole.map(lambda n: f"xs.filter(x, x < {n}).map(x, x * 2) == [2, 4]"),
    st.sampled_from(["t.startsWith('a')", "t.endsWith('b')", "t.contains('b')", "t.matches('^a+$')", "t == 'ab'"]),
    st.sampled_from(["true", "false", "t < 'b'", "n / 0 == 1", "xs[7] == 1", "n % 4 == 1", "1 / 0 > 2"]),
)
conditions = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda it: f"({' '.join(it)})"),
        inner.map(lambda it: f"!({it})"),
        st.tuples(inner, inner, inner).map(lambda it: f"({it[0]} ? {it[1]} : {it[2]})"),
    ),
    max_leaves=6,
)


@given(conditions, st.lists(whole, max_size=4), whole, st.text(alphabet="ab", max_size=3))
@example("false && 1 / 0 > 2", [], 0, "")
@example("1 / 0 > 2 && false", [], 0, "")
@example("xs.exists(x, 1 / x > 9)", [0, 1], 0, "")
@example("xs.all(x, x % 0 == 1)", [0, 1], 0, "")
def test_cel_agrees(source, xs, n, t):
    judged = CEL.compile(source).eval(data={"xs": xs, "n": n, "t": t})
    program = compile_expression(source, {"xs": ListOf(ANY), "n": ANY, "t": ANY})
    assert isinstance(program, Program), (source, program)
    ours = program.run({"xs": tuple(xs), "n": n, "t": t})
    if judged.type().name() == cel.Type.ERROR.name():
        assert isinstance(ours, Undecided), (source, ours)
    else:
        assert ours is judged.value(), source


@pytest.mark.parametrize(
    ("source", "ours", "theirs"),
    [("7 / 2 == 3", False, True), ("1.0 + 2.0 == 3.0", True, True), ("0.1 + 0.2 == 0.3", True, False)],
)
def test_where_we_differ_from_cel_on_purpose(source, ours, theirs):
    program = compile_expression(source, {})
    assert isinstance(program, Program)
    assert program.run({}) is ours
    assert CEL.compile(source).eval(data={}).value() is theirs
