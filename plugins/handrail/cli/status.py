"""`handrail status`: where the portfolio or one project stands, on the terminal."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from handrail import english
from handrail.cli.progress import judged
from handrail.cli.terminal import UsageError, add_as_of, add_root, colours, no_project, root_of, say
from handrail.compute.agreed_plan import promised
from handrail.compute.earned_value import EarnedValue
from handrail.compute.evm import Figure
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.quality_of_schedule import Check
from handrail.compute.risk import open_threats, score
from handrail.model.money import Money
from handrail.report.safe import safe
from handrail.report.text import paint
from handrail.result import Result

EXAMPLES = """examples:
  handrail status
  handrail status visitor-desk --as-of 2026-12-04
  handrail status --without ticket-app      what leaving a project out would change"""
_MARKS = {"green": "● green", "amber": "▲ amber", "red": "■ red", None: "○ -"}
_STYLES = {"green": "green", "amber": "yellow", "red": "red", None: "dim"}
_MANY = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", nargs="?", help="one project's id (default: the whole portfolio)")
    parser.add_argument(
        "--without", action="append", default=[], metavar="PROJECT", help="show what leaving a project out would change"
    )
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Show the table, or one project."""
    result = judged(root_of(args.root), args.as_of)
    portfolio = result.portfolio
    on = colours()
    if args.without:
        if args.project is not None:
            raise UsageError("`--without` looks at the whole portfolio; name no other project beside it.")
        names = [_project(one, portfolio).id for one in args.without]
        for line in _without(names, portfolio):
            say(line)
        return 0
    if args.project is None:
        for line in (*_table(portfolio, on=on), *_others(result, on=on)):
            say(line)
        return 0
    for line in _one(_project(args.project, portfolio), result, on=on):
        say(line)
    return 0


def _project(name: str, portfolio: Portfolio) -> Project:
    project = portfolio.project(name)
    if project is not None:
        return project
    raise no_project(name, [one.id for one in portfolio.projects], [one.id for one in portfolio.broken])


def _without(names: list[str], portfolio: Portfolio) -> Iterator[str]:
    from handrail.compute.what_if import what_if
    from handrail.export import status_text

    yield from status_text.what_if(what_if(portfolio, names), names, portfolio)


def _table(portfolio: Portfolio, *, on: bool) -> Iterator[str]:
    rows = [_row(one) for one in portfolio.projects]
    heads = ("", "project", "phase", "end", "late by", "money", "report")
    widths = [max(len(head), *(len(row[i]) for row in rows), 0) if rows else len(head) for i, head in enumerate(heads)]
    yield f"{portfolio.repository.organisation.organisation}, as of {english.day(portfolio.as_of)}"
    yield ""
    if not (portfolio.projects or portfolio.broken):
        yield 'There is no project yet. Begin one: `handrail new project my-project --tier small --name "My project"`'
        return
    yield paint("  ".join(head.ljust(width) for head, width in zip(heads, widths, strict=True)).rstrip(), "dim", on=on)
    for row, one in zip(rows, portfolio.projects, strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        cells[0] = paint(cells[0], _STYLES[one.health.counts], on=on)
        yield "  ".join(cells).rstrip()
    for broken in portfolio.broken:
        yield f"{'unreadable'.ljust(widths[0])}  {safe(broken.name)} (`handrail check projects/{broken.id}` says why)"
    yield ""
    yield _summary(portfolio)
    if portfolio.projects:
        from handrail.export import status_text

        yield from status_text.sums(portfolio)


def _others(result: Result, *, on: bool) -> Iterator[str]:
    """Portfolios of other repositories, each with its age, and their projects where all may be shown."""
    organisation = result.portfolio.repository.organisation
    if not organisation.repositories:
        return
    from handrail.compute.other_portfolios import in_words
    from handrail.exchange.repositories import read_others

    yield "\nOther repositories"
    for one in read_others(result.root, organisation, result.portfolio.as_of):
        yield f"   {paint(safe(in_words(one)), 'yellow', on=on and (one.stale or bool(one.fault)))}"
        for each in one.projects:
            if each.state not in {"closed", "cancelled"}:
                end = f"end {english.day(each.end_expected)}" if each.end_expected else "no end"
                yield f"      {_MARKS[each.colour]:<8} {safe(each.name)} ({one.name}), {end}"


def _row(one: Project) -> tuple[str, ...]:
    hidden = one.plan.sensitivity == "restricted"
    end = one.end.expected if one.end else None
    slip = one.end.slip if one.end else None
    late = "" if not slip else english.count(slip, "day") if slip > 0 else f"{-slip} early"
    money = "" if hidden else _forecast_or_approved(one)
    age = "never" if one.report_age is None else f"{english.count(one.report_age, 'day')} ago"
    name = "(restricted)" if hidden else safe(one.plan.name)
    state = one.plan.phase if one.plan.state == "active" else one.plan.state
    return (_MARKS[one.health.counts], name[:44], state, english.day(end), late, money, age)


def _forecast_or_approved(one: Project) -> str:
    if one.cost.forecast is not None:
        return one.cost.forecast.format()
    return f"{one.cost.approved.format()} {promised(one)}" if one.cost.approved is not None else ""


def _summary(portfolio: Portfolio) -> str:
    counts = {
        colour: sum(one.health.counts == colour for one in portfolio.projects) for colour in ("red", "amber", "green")
    }
    melons = sum(one.health.watermelon for one in portfolio.projects)
    text = (
        ", ".join(f"{count} {colour}" for colour, count in counts.items())
        + f" of {english.count(len(portfolio.projects), 'project')}"
    )
    return text + (f"; {melons} reported better than the figures say." if melons else ".")


def _one(one: Project, result: Result, *, on: bool) -> Iterator[str]:
    plan, health = one.plan, one.health
    if plan.sensitivity == "restricted":
        yield paint("This project is restricted: open its files to read it.", "bold", on=on)
        return
    yield paint(safe(plan.name), "bold", on=on)
    yield f"{plan.tier}, {plan.phase}, {plan.state}; sponsor {plan.sponsor or '-'}, manager {plan.manager or '-'}"
    yield ""
    mark = paint(_MARKS[health.counts], _STYLES[health.counts], on=on)
    yield f"{mark}  computed: {health.overall.colour or 'not known'}, reported: {health.reported or 'nothing'}"
    if health.watermelon:
        yield "   Reported better than the figures say; the sponsor has not agreed."
    for name, verdict in health.dimensions.items():
        yield f"   {paint(_MARKS[verdict.colour].ljust(8), _STYLES[verdict.colour], on=on)} {name:<8} {safe(verdict.why)}"
    yield ""
    delivered = one.delivered
    if delivered.total:
        following = (
            f"; next: {safe(delivered.next.name)}, {english.day(delivered.next.expected)}" if delivered.next else ""
        )
        yield f"Deliverables: {delivered.accepted} of {delivered.total} accepted{following}"
    for milestone in one.milestones:
        yield _milestone(milestone)
    yield ""
    yield (
        _money(promised(one), one.cost.approved)
        + _money("spent", one.cost.spent)
        + _money("forecast", one.cost.forecast)
    )
    yield from _figures(one, result)
    threats = sorted(open_threats(plan.risks), key=lambda risk: -(score(risk) or 0))
    if threats:
        yield f"Open threats: {len(threats)}"
        for risk in threats[:_MANY]:
            yield f"   {score(risk) or '-':>2}  {safe(risk.title)} ({risk.owner or 'no owner'})"
    yield from _approvals(one, result)
    mine = [remark for remark in result.remarks if remark.project == one.id and remark.state != "waived"]
    if mine:
        them = "it" if len(mine) == 1 else "them"
        yield f"\n{english.count(len(mine), 'remark')}; `handrail check projects/{one.id}` shows {them}."


def _approvals(one: Project, result: Result) -> Iterator[str]:
    """How many approvals there are by grade of evidence, and those that do not count or are evidenced too little."""
    if not one.plan.approvals:
        return
    from handrail.compute.approval_facts import approval_facts
    from handrail.compute.evidence import GRADES
    from handrail.witness import remembered

    evidence = remembered(result.root, "HEAD", [each.loc.file for each in one.plan.approvals])
    facts = approval_facts(one.plan, result.portfolio.repository, evidence)
    grades = [f"{sum(each.grade == grade for each in facts)} {grade}" for grade in reversed(GRADES)]
    told = ", ".join(each for each in grades if not each.startswith("0"))
    yield f"Approvals: {len(facts)} by grade of evidence: {told}{'' if evidence else ' (by the files alone)'}"
    for each in facts:
        why = (
            f"does not count: {each.lacks}"
            if each.lacks
            else f"{each.grade}, the policy asks for {each.required}: {each.why}"
        )
        if each.lacks or each.below:
            given = each.approval
            yield f"   {given.id}  {given.subject.kind} {safe(given.subject.id)} by {safe(given.by)}, {english.day(given.on)}: {safe(why)}"


def _figures(one: Project, result: Result) -> Iterator[str]:
    """Contingency, earned value and the pace of increments, where the project has them."""
    from handrail.compute import figures
    from handrail.export import status_text

    held = figures.funding(one)
    if held.contingency is not None and held.contingency_left is not None:
        yield f"Contingency left: {held.contingency_left.format()} of {held.contingency.format()}"
    earned = figures.earned_value(one, result.portfolio.repository)
    if earned.applies:
        yield ""
        yield from _earned(earned)
    checks = figures.schedule_checks(one, result.portfolio.repository)
    if checks:
        failed = [f"{each.name.lower()} {_check(each)}" for each in checks if each.passed is False]
        judged = sum(each.passed is not None for each in checks)
        names = f"; not: {', '.join(failed)}" if failed else ""
        yield f"Schedule: {judged - len(failed)} of {judged} DCMA-style checks passed{names}"
    yield from status_text.network(one, result.portfolio)
    end = figures.end_range(one, result.portfolio.repository)
    if end is not None and not isinstance(end, str):
        yield f"End of the network: {english.day(end.plan)} as planned; half of the runs by {english.day(end.p50)}, four of five by {english.day(end.p80)}"
    pace = figures.pace(one, result.portfolio.repository)
    if pace is not None and pace.p50 is not None and pace.p80 is not None:
        yield (
            f"Increments: {pace.accepted} accepted, {pace.left} left; at the pace so far through by {english.day(pace.p50)}, "
            f"in four cases of five by {english.day(pace.p80)}"
        )


def _check(one: Check) -> str:
    """How far it missed: 6.5%, or 3 of 4."""
    unit = {"%": "%", "days": " days"}.get(one.unit, "")
    return f"{one.figure}{unit}"


def _earned(one: EarnedValue) -> Iterator[str]:
    if one.ev.value is None:
        yield f"Earned value: not known. {safe(one.ev.why)}"
        return
    yield f"Earned value on {english.day(one.on)}, counted by {one.counted_by}"
    yield f"   baseline {_value(one, 'bac')}, planned {_value(one, 'pv')}, earned {_value(one, 'ev')}, spent {_value(one, 'ac')}"
    yield f"   cost efficiency (CPI) {_ratio(one.cpi)}, speed (SPI(t)) {_ratio(one.spi_t)}"
    if one.eac.value is not None:
        basis = "if the efficiency so far goes on" if one.eac_by == "cpi" else "by the manager, while little is done"
        need = (
            f"; the rest needs a CPI of {_ratio(one.tcpi)} to keep to the baseline"
            if one.tcpi.value is not None
            else ""
        )
        yield f"   expected cost {_value(one, 'eac')} {basis}{need}"


def _value(one: EarnedValue, name: str) -> str:
    figure = getattr(one, name)
    if figure.value is None:
        return f"not known ({safe(figure.why)})"
    return Money(round(figure.value, 0), one.currency).format()


def _ratio(figure: Figure) -> str:
    return f"{figure.value:.2f}" if figure.value is not None else f"not known ({safe(figure.why)})"


def _milestone(one: Dated) -> str:
    if one.done:
        return f"   done  {english.day(one.actual):<11}  {safe(one.name)}"
    late = f" ({english.count(one.slip, 'working day')} late)" if one.slip and one.slip > 0 else ""
    gate = " [gate]" if one.gate else ""
    if one.network is not None and one.network != one.expected:
        late += f" (by the network {english.day(one.network)})"
    return f"   open  {english.day(one.expected):<11}  {safe(one.name)}{gate}{late}"


def _money(word: str, amount: Money | None) -> str:
    return f"{word.capitalize()}: {amount.format()}   " if amount is not None else ""
