"""Around an expression: its shape, its reads, the trace of a run, calendars, scopes and budgets."""

from datetime import date
from types import MappingProxyType

import pytest
from handrail.rules.expression import Budget, Fault, Read, Undecided
from handrail.rules.shapes import ANY, BOOL, DATE, MONEY, NULL, NUMBER, TEXT, ListOf

from tests.rules.example import ONE, PLAN, RISK, SCOPE, TWO, compiled


@pytest.mark.parametrize(
    ("source", "shape"),
    [
        ("item.score > 3", BOOL),
        ("5%", NUMBER),
        ("null", NULL),
        ("item.cost * 2", MONEY),
        ("item.cost / item.cost", NUMBER),
        ("as_of + 1", DATE),
        ("as_of - any", ANY),
        ("project.risks", ListOf(RISK)),
        ("project.risks.tags", ListOf(TEXT)),
        ("project.risks.map(r, r.score)", ListOf(NUMBER)),
        ("project.risks.filter(r, true)", ListOf(RISK)),
        ("project.risks[0]", RISK),
        ("true ? item.owner : null", TEXT),
        ("true ? 1 : 'a'", ANY),
        ("max(project.risks.due)", DATE),
        ("sum(project.risks.cost)", MONEY),
        ("any.x.y", ANY),
        ("xs.owner", ListOf(ANY)),
    ],
)
def test_shape(source, shape):
    assert compiled(source).shape == shape


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("1 + 1", set()),
        ("as_of > item.due", {"as_of", "item.due"}),
        ("has(item.parent.owner)", {"item.parent", "item.parent.owner"}),
        ("project.risks.exists(r, r.score > params.factor)", {"project.risks", "project.risks.score", "params.factor"}),
        ("project.risks.filter(r, true)[0].owner", {"project.risks", "project.risks.owner"}),
        (
            "project.risks.map(r, r.parent).owner",
            {"project.risks", "project.risks.parent", "project.risks.parent.owner"},
        ),
        ("[1].exists(x, x > 0)", set()),
    ],
)
def test_reads(source, reads):
    assert compiled(source).reads >= reads
    assert {name for name in compiled(source).reads if name.count(".") or name == "as_of"} == {
        name for name in reads if name.count(".") or name == "as_of"
    }


def test_trace_notes_every_read_in_order():
    trace: list[Read] = []
    compiled("project.risks.exists(r, r.score > 15 && r.owner != null) && as_of > old.due").run(SCOPE, trace)
    assert trace == [
        Read(owner=PLAN, field="risks", value=(ONE, TWO)),
        Read(owner=ONE, field="score", value=20),
        Read(owner=ONE, field="owner", value="ann"),
        Read(owner=None, field="as_of", value=date(2026, 2, 1)),
    ]


def test_trace_of_flattening_notes_each_object():
    trace: list[Read] = []
    compiled("project.risks.owner").run(SCOPE, trace)
    assert [(read.owner, read.field, read.value) for read in trace[1:]] == [(ONE, "owner", "ann"), (TWO, "owner", None)]


def test_workdays_follow_the_calendar_of_the_scope():
    program = compiled("workdays(as_of, item.due)")
    assert program.run({**SCOPE, "workdays": lambda start, end: (end - start).days // 2}) == 14


def test_scope_may_be_any_mapping_and_is_left_alone():
    scope = MappingProxyType(SCOPE)
    assert compiled("item.score > 3").run(scope) is True
    assert compiled("project.risks.exists(r, r.score > 3)").run(scope) is True
    assert set(scope) == {"project", "item", "params", "as_of", "any", "xs"}


def test_budget_ends_a_run():
    many = tuple(range(1000))
    program = compiled("xs.all(a, xs.all(b, xs.all(c, a + b + c >= 0)))")
    fault = program.run({"xs": many})
    assert isinstance(fault, Fault)
    assert fault.kind == "budget"


@pytest.mark.parametrize(
    "inner", ["sum(xs)", "size(unique(xs))", "max(xs)", "size(xs.id)", "size(xs.filter(y, 0 in xs))"]
)
def test_work_inside_loops_is_paid_for(inner):
    many = tuple(range(1, 2000)) if "id" not in inner else ({},) * 2000
    fault = compiled(f"xs.all(a, {inner} >= 0)").run({"xs": many})
    assert isinstance(fault, Fault), fault


def test_budget_is_shared_between_runs():
    budget = Budget(left=100)
    program = compiled("xs.all(x, x == 1)")
    assert program.run({"xs": (1,) * 10}, budget=budget) is True
    assert 0 < budget.left < 100
    assert isinstance(program.run({"xs": (1,) * 1000}, budget=budget), Fault)
    assert budget.left == 0
    assert isinstance(compiled("1 + 1").run({}, budget=budget), Fault), "even a small run costs something"


def test_patterns_take_linear_time():
    assert compiled("any.matches('^(a+)+$')").run({"any": "a" * 50_000 + "b"}) is False


def test_bad_patterns_from_data_are_undecided():
    result = compiled("'a'.matches(any)").run({"any": "("})
    assert isinstance(result, Undecided)
    assert result.reason == "the pattern cannot be read: missing ): ("


def test_methods_of_objects_are_no_fields():
    assert compiled("any.upper_bound").run({"any": object()}) is None
    assert compiled("any.count").run({"any": ({"count": 1}, {"count": 2})}) == (1, 2)
