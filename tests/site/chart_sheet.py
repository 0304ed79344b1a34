"""Every chart with nothing, with one item and with a thousand, one page each, in the frame of a built site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from handrail.compute.facts import Cost, Dated, Project
from handrail.compute.money_curve import MoneyCurve
from handrail.compute.months import name_of
from handrail.model.cost import Budget
from handrail.model.money import Money
from handrail.model.records import Report
from handrail.model.registers import Risk
from handrail.model.schedule import Task
from handrail.render import words
from handrail.render.charts import bubble, curve, gantt, graph, heat, history, lines, matrix, money, mta, roadmap
from handrail.render.charts.drawing import svg
from handrail.render.page import render
from handrail.render.project.chapters import Section

COUNTS = (0, 1, 1000)
_DAY = date(2026, 12, 4)
_LIGHTS = (words.RED, words.AMBER, words.GREEN, None)
_FIRST_MONTH = 24312
_FRAME = "portfolio/index.html"


def charts(count: int, projects: tuple[Project, ...]) -> Mapping[str, str]:
    """By name, every chart of so many items, as HTML. `projects` are repeated where a chart needs whole ones."""
    made: dict[str, Callable[[int], Any]] = {
        "Milestone table": lambda n: _piece("gantt", gantt.gantt(tuple(_dated(i) for i in range(n)), _DAY, "Milestone", "milestone")),
        "Task chart": lambda n: _piece("work", gantt.work(tuple(_task(i) for i in range(n)), _DAY, frozenset({"T1", "T4"} if n > 1 else ()))),
        "Roadmap": lambda n: _roadmap(tuple(projects[i % len(projects)] for i in range(n))),
        "Milestone trend": lambda n: svg(mta.mta([_trace(i) for i in range(n)], "Milestone trend")),
        "S-curve": lambda n: svg(curve.s_curve(_sums(n), "Money")),
        "Budget by month": _budget_curve,
        "Budget bars": lambda n: _piece("bars", money.bars(_cost(n))),
        "Risk matrix": lambda n: _piece("matrix", matrix.matrix(tuple(_risk(i) for i in range(n)), 15)),
        "Heat map": lambda n: heat.heat(_heat(n)),
        "Bars": lambda n: heat.bars([heat.Bar(_named("Supplier", i), Decimal((i * 7919) % 1000 + 1) * 1000, f"{((i * 7919) % 1000 + 1) * 1000:,} EUR") for i in range(n)], "Contracts", f"{words.count(n, 'contract')} by what it is worth."),
        "Colours month by month": lambda n: heat.strips([_month_end(i) for i in range(12)] if n else [], [_strip(i) for i in range(n)], "Colours", f"The colour of {words.count(n, 'project')} at the end of each month."),
        "Reports": lambda n: _piece("strip", history.history(tuple(_report(i) for i in range(n)), _DAY)),
        "Worth against risk": lambda n: svg(bubble.bubbles([_bubble(i) for i in range(n)], "Worth against risk", "NPV, EUR")),
        "Dependencies": lambda n: svg(graph.graph([_edge(i) for i in range(n)], {f"p{i}": _named("Project", i) for i in range(n + 2)}, "Dependencies")),
        "Figures through time": lambda n: svg(lines.lines("Lessons", f"{words.count(n, 'day')} of it.", [_DAY - timedelta(days=n - i) for i in range(n)], [lines.Line(name="Lessons that changed something", values=tuple(i % 50 for i in range(n))), lines.Line(name="Lessons that wait for an answer", values=tuple(i % 50 + 1 for i in range(n)))], words.number)),
    }  # fmt: skip
    return {name: str(make(count)) for name, make in made.items()}


def write(root: Path, site: Path, folder: Path) -> dict[str, str]:
    """The pages in a folder that can be served; by their names, the paths below it. `site`: the built site of `root`."""
    from tests.site.kinds import site_of  # late: it imports a whole build

    shutil.copytree(site / "assets", folder / "assets")
    frame = (site / _FRAME).read_text(encoding="utf-8")
    before, _, rest = frame.partition("<article")
    opening, after = rest[: rest.index(">") + 1], rest[rest.index("</article>") :]
    projects = site_of(root).projects
    pages = {}
    for count in COUNTS:
        parts = [
            f'<section data-chart="{name}"><h2>{name}</h2>{html}</section>'
            for name, html in charts(count, projects).items()
        ]
        body = f'<div class="hr hr-list"><h1>Charts of {words.number(count)}</h1>{"".join(parts)}</div>'
        path = f"charts-{count}/"
        (folder / path).mkdir(parents=True)
        (folder / path / "index.html").write_text(f"{before}<article{opening}{body}{after}", encoding="utf-8")
        pages[f"charts-{count}"] = path
    return pages


def _piece(kind: str, chart: object) -> str:
    """A chart as it stands in a chapter of a project; nothing where there is none."""
    if chart is None:
        return "<p>This chapter is left out.</p>"
    return render("project_section.html.jinja", one=Section(anchor=kind, title="In a chapter", pieces=((kind, chart),)), root="")  # fmt: skip


def _named(what: str, number: int) -> str:
    return f"{what} {number} with a name of a usual length"


def _month_end(number: int) -> date:
    return date(2026, number + 1, 28)


def _dated(number: int) -> Dated:
    planned = date(2026, 3, 1) + timedelta(days=number * 3 % 900)
    late = number % 5 * 9
    expected = planned + timedelta(days=late)
    done = expected if expected < _DAY else None
    return Dated(
        id=f"M{number}", name=_named("Milestone", number), what="milestone", gate="close" if number % 9 == 0 else None, original=planned,
        planned=planned, forecast=expected, actual=done, expected=expected, slip=late, slip_original=late,
    )  # fmt: skip


def _task(number: int) -> Task:
    start = date(2026, 3, 1) + timedelta(days=number * 2 % 800)
    finish = start + timedelta(days=20)
    return Task(id=f"T{number}", name=_named("Task", number), planned_start=start, planned_finish=finish, actual_finish=finish if finish < _DAY else None)  # fmt: skip


def _roadmap(projects: tuple[Project, ...]) -> str:
    return roadmap.roadmap(projects, roadmap.scale_of(projects, _DAY), _DAY, "Project", "")


def _trace(number: int) -> mta.Trace:
    first = date(2027, 1, 1) + timedelta(days=number * 13 % 400)
    looks = [_DAY - timedelta(days=30 * i) for i in range(8, -1, -1)]
    return mta.Trace(name=_named("Milestone", number), sub=_named("Project", number), seen=tuple((on, first + timedelta(days=i * (number % 7) * 4)) for i, on in enumerate(looks)))  # fmt: skip


def _sums(count: int) -> MoneyCurve | None:
    if not count:
        return None
    months = max(count, 2)
    done = months * 3 // 5 + 1
    pv = tuple(Decimal(1000) * (i + 1) for i in range(months))
    return MoneyCurve(
        first=_FIRST_MONTH, currency="EUR", pv=pv, ev=tuple(one * 9 / 10 if i < done else None for i, one in enumerate(pv)),
        ac=tuple(one * 19 / 20 if i < done else None for i, one in enumerate(pv)),
        forecast=tuple(None if i < done - 1 else one * 11 / 10 for i, one in enumerate(pv)),
    )  # fmt: skip


def _budget_curve(count: int) -> str:
    months = [name_of(_FIRST_MONTH + i) for i in range(max(count, 2) if count else 0)]
    paid = {name: Money(Decimal(950), "EUR") for name in months[: len(months) // 2 + 1]}
    budget = Budget(by_month={name: Money(Decimal(1000), "EUR") for name in months}, spent=paid)
    drawn = money.s_curve(budget, "EUR")
    return render("charts/s_curve.html.jinja", chart=drawn) if drawn else "<p>This curve is left out.</p>"


def _cost(count: int) -> Cost:
    def amount(share: str) -> Money | None:
        return Money(Decimal(share) * count * 1000, "EUR") if count else None

    return Cost(
        currency="EUR", original=amount("1"), approved=amount("1"), contingency=amount("0.1"), spent=amount("0.4"), accrued=None,
        committed=amount("0.6"), released=amount("0.8"), forecast=amount("1.2"), variance=amount("0.2"), variance_share=Decimal("0.2") if count else None,
    )  # fmt: skip


def _risk(number: int) -> Risk:
    return Risk(id=f"R-{number + 1:03d}", title=_named("Risk", number), probability=number % 5 + 1, impact=number // 5% 5 + 1)  # fmt: skip


def _heat(count: int) -> heat.Heat:
    squares = tuple(heat.Square(Decimal(i) / 8, f"{i * 125 / 10:.0f}%") for i in range(12))
    rows = tuple((_named("Role", i), (*squares[i % 12 :], *squares[: i % 12])) for i in range(count))
    columns = tuple(words.month(f"2027-{i + 1:02}") for i in range(12))
    return heat.Heat(name="Load", sentence=f"{words.count(count, 'role')} over twelve months.", what="Role", columns=columns, rows=rows)  # fmt: skip


def _strip(number: int) -> heat.Strip:
    return heat.Strip(name=_named("Project", number), href=None, colours=tuple(_LIGHTS[(number + i) // 3% 4] if i > number % 4 else None for i in range(12)))  # fmt: skip


def _report(number: int) -> Report:
    return Report(as_of=_DAY - timedelta(days=number * 30% 9000), status=cast("Any", ("green", "amber", "red")[number % 3]))  # fmt: skip


def _bubble(number: int) -> bubble.Bubble:
    worth, size = Decimal(number * 7919 % 1000 - 200) * 1000, Decimal(number * 104729 % 997 + 3) * 1000
    return bubble.Bubble(
        name=_named("Project", number), href=None, value=worth, value_text=f"{worth:,} EUR", score=number * 31% 25 + 1, size=size,
        size_text=f"{size:,} EUR", colour=("green", "amber", "red", "none")[number % 4],
    )  # fmt: skip


def _edge(number: int) -> graph.Edge:
    return graph.Edge(giver=f"p{number}", taker=f"p{number + 1 + number % 2}", what="D1", conflict="too late" if number % 7 == 3 else "")  # fmt: skip
