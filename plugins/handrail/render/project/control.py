"""What a controller asks of a project: earned value, how sound its schedule is, its tasks, and how far it has drifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from handrail.compute import baseline, figures
from handrail.compute.agreed_plan import promised
from handrail.compute.earned_value import EarnedValue
from handrail.compute.evm import Figure
from handrail.compute.facts import Project
from handrail.compute.quality_of_schedule import Check
from handrail.compute.schedules import schedule
from handrail.compute.timed import Timed, day_of_finish
from handrail.model.money import Money
from handrail.render import words
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_TOP, _ALL = 10, 1000
_WRONG = 6
"""So many tasks are named for a check; the data of the project has all of them."""
_CAUSES = {
    "start": "start of the project", "status": "status date", "constraint": "constraint", "actual": "begun already",
    "manual": "typed dates", "part": "its parts",
}  # fmt: skip
_UNITS = {"%": "%", "days": " days"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part: a sentence, then a table; `more` is folded away, under `more_title`."""

    anchor: str
    title: str
    sentence: str
    table: Table | None = None
    more: Table | None = None
    more_title: str = ""


def money_of(site: Site, project: Project) -> tuple[Block, ...]:
    """Earned value, where it is asked of the project."""
    earned = figures.earned_value(project, site.portfolio.repository)
    if not earned.applies:
        return ()
    return (
        Block(
            anchor="earned-value",
            title="Earned value",
            sentence=_earned_sentence(earned),
            table=_earned_table(earned, promised(project)),
        ),
    )


def schedule_of(site: Site, project: Project) -> tuple[Block, ...]:
    """The tasks as the network has them, the checks of the network, and the drift since the first approved plan."""
    return (*_tasks(site, project), *_quality(site, project), *_drift(project))


def critical_tasks(site: Site, project: Project) -> frozenset[str]:
    """The ids of the critical tasks that are still to do; none where the network cannot be computed."""
    found = schedule(project, site.portfolio.repository)
    return frozenset(one.id for one in found.critical if one.state != "done") if found else frozenset()


def _earned_sentence(one: EarnedValue) -> str:
    if one.ev.value is None or one.pv.value is None:
        return f"On {words.day(one.on)} nobody can say what the work done is worth. {one.ev.why or one.pv.why}"
    text = (
        f"On {words.day(one.on)} work worth {words.money(one.money(one.ev))} is done; "
        f"{words.money(one.money(one.pv))} was planned"
    )
    spent = one.money(one.ac)
    return f"{text}, and {words.money(spent)} was spent." if spent else f"{text}."


def _earned_table(one: EarnedValue, word: str) -> Table:
    forecast = "by the efficiency so far" if one.eac_by == "cpi" else "as the manager says" if one.eac_by else ""
    amounts = (
        ("Budget of the work", "BAC", one.bac, f"the {word} budget without contingency"),
        ("Planned value", "PV", one.pv, "what was to be done by now"),
        ("Earned value", "EV", one.ev, f"what is done, counted by {one.counted_by}" if one.counted_by else "what is done"),
        ("Actual cost", "AC", one.ac, "what it has cost, with what is received and not invoiced"),
        ("Forecast of the cost", "EAC", one.eac, forecast),
    )  # fmt: skip
    ratios = (
        ("Pace", "SPI(t)", one.spi_t, "planned time earned for each month that has passed; below 1 is late"),
        ("Efficiency", "CPI", one.cpi, "work done for each unit spent; below 1 is dear"),
    )
    rows = [
        (Cell(name, sub=short), _value(figure, words.money(_whole(one.money(figure)))), figure.why or what)
        for name, short, figure, what in amounts
    ]
    rows += [
        (Cell(name, sub=short), _value(figure, _ratio(figure)), figure.why or what)
        for name, short, figure, what in ratios
    ]
    return Table(
        name="Earned value",
        columns=(Column("Figure"), Column("Value", "num"), Column("What it says", wide=True)),
        rows=rows_of(rows),
    )


def _value(figure: Figure, text: str) -> str:
    return text if figure.known else "undefined"


def _whole(amount: Money | None) -> Money | None:
    """Without cents: a figure that was divided is not exact to them."""
    return None if amount is None else Money(amount.amount.quantize(Decimal(1)), amount.currency)


def _ratio(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value:.2f}"


def _tasks(site: Site, project: Project) -> Iterable[Block]:
    found = schedule(project, site.portfolio.repository)
    if found is None:
        return
    if found.why:
        yield Block(anchor="tasks", title="Tasks", sentence=f"The network of tasks cannot be computed. {found.why}")
        return
    leaves = [one for one in found.tasks if not one.summary]
    open_ = [one for one in found.critical if one.state != "done"]
    head = (
        f"{words.count(len(leaves), 'task')}, {sum(one.state == 'done' for one in leaves)} done; "
        f"{len(open_)} of those still to do {words.verb(len(open_), 'is')} critical"
    )
    end = f", and the network ends on {words.day(day_of_finish(found.finish))}." if found.finish else "."
    first = sorted(open_, key=lambda one: (one.early_start, one.early_finish))[:_TOP]
    yield Block(
        anchor="tasks", title="Tasks", sentence=head + end,
        table=_table("Critical tasks still to do", first) if first else None,
        more=_table("All tasks", found.tasks[:_ALL]), more_title=_all(len(found.tasks)),
    )  # fmt: skip


def _all(count: int) -> str:
    if count <= _ALL:
        return f"All {words.count(count, 'task')}"
    return f"The first {_ALL} of {count:,} tasks; the data of the project has all of them"


def _table(name: str, tasks: Iterable[Timed]) -> Table:
    columns = (
        Column("Task", "id"), Column("Name", wide=True), Column("Early start", "date"), Column("Early finish", "date"),
        Column("Late start", "date"), Column("Late finish", "date"), Column("Float", "num"), Column("Critical"),
        Column("Decided by"),
    )  # fmt: skip
    return Table(name=name, columns=columns, rows=tuple(_row(one) for one in tasks))


def _row(one: Timed) -> Row:
    spare = one.days(one.total_float)
    return Row(
        cells=(
            Cell(one.id), Cell(one.task.name), Cell(words.day(one.early_start.date())),
            Cell(words.day(day_of_finish(one.early_finish))), Cell(words.day(one.late_start.date())),
            Cell(words.day(day_of_finish(one.late_finish))), Cell(_plain(spare), tone="late" if spare < 0 else ""),
            Cell("done" if one.state == "done" else "critical" if one.critical else "no"),
            Cell(one.driver.task or _CAUSES.get(one.driver.cause, one.driver.cause)),
        )
    )  # fmt: skip


def _quality(site: Site, project: Project) -> Iterable[Block]:
    checks = figures.schedule_checks(project, site.portfolio.repository)
    if not checks:
        return
    judged = [one for one in checks if one.passed is not None]
    wrong = sum(not one.passed for one in judged)
    text = f"{len(judged) - wrong} of {len(judged)} checks of the network hold"
    if len(judged) < len(checks):
        text += f"; {len(checks) - len(judged)} cannot be judged"
    columns = (
        Column("Check"), Column("Figure", "num"), Column("Limit", "num"), Column("Holds"),
        Column("Which, or why not judged", wide=True),
    )  # fmt: skip
    yield Block(
        anchor="schedule-quality", title="Schedule quality",
        sentence=f"{text}. They count what is still to do; unlike the rule about links, they count the first and the last task too.",
        table=Table(name="Schedule quality", columns=columns, rows=tuple(_check(one) for one in checks)),
    )  # fmt: skip


def _check(one: Check) -> Row:
    unit = _UNITS.get(one.unit, "")
    least = one.id in {"relationship_types", "cpli", "bei"}
    exact = one.id == "critical_path_test"
    bound = "" if exact else "at least " if least else "at most "
    verdict = "not judged" if one.passed is None else "yes" if one.passed else "no"
    named = ", ".join(one.items[:_WRONG]) + (f" and {len(one.items) - _WRONG} more" if len(one.items) > _WRONG else "")
    return Row(
        cells=(
            Cell(one.name, sub=f"{one.count} of {one.of}" if one.of else ""),
            Cell("n/a" if one.figure is None else f"{_plain(one.figure)}{unit}"),
            Cell(f"{bound}{_plain(one.limit)}{unit}"), Cell(verdict, tone="late" if one.passed is False else ""),
            Cell(one.why if one.passed is None else named),
        )
    )  # fmt: skip


def _drift(project: Project) -> Iterable[Block]:
    drift = baseline.drift_of(project.plan) if project.baseline else None  # nothing approved, nothing to move from
    if drift is None:
        return
    parts = (
        ("Scope", drift.scope, "statements and acceptance criteria added, dropped or reworded"),
        ("End", drift.date, "days later, over the days that were planned"),
        ("Cost", drift.cost, "forecast above the first approved budget"),
        ("Objective", drift.objective, "objectives that were swapped"),
    )
    rows = rows_of((name, words.share(part, "not known"), what) for name, part, what in parts)
    moved = [name.lower() for name, part, _ in parts if part]
    text = f"What moved: {words.listed(moved)}." if moved else ""
    yield Block(
        anchor="drift", title="Drift since the first approved plan",
        sentence=f"The plan has moved by {_plain(drift.index)} points since it was first approved. {text}".rstrip(),
        table=Table(
            name="Drift", columns=(Column("Part"), Column("Moved by", "num"), Column("Of what", wide=True)), rows=rows
        ),
    )  # fmt: skip


def _plain(value: Decimal) -> str:
    """2.5, 600, 0: without digits that say nothing."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
