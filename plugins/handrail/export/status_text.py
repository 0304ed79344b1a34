"""Parts of `handrail status` on a terminal: the portfolio in sums, what leaving a project out changes, and the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from handrail import english
from handrail.compute.baseline import drift_of
from handrail.compute.currency import Total
from handrail.compute.dependencies import interfaces_of
from handrail.compute.facts import Portfolio, Project
from handrail.compute.lead_times import orders_of
from handrail.compute.months import name_of
from handrail.compute.reference_class import class_for, classes, outside_view
from handrail.compute.resources import Overload
from handrail.compute.schedules import schedule
from handrail.compute.timed import day_of_finish
from handrail.compute.what_if import Sums, WhatIf, sums_of
from handrail.compute.workdays import days_of
from handrail.export.schedule_text import reasons
from handrail.report.safe import safe

_SHOWN = 6
_STEPS = 4


def sums(portfolio: Portfolio) -> Iterator[str]:
    """What running projects cost together, and who is overbooked."""
    found = sums_of(portfolio)
    yield f"Running projects together: {_money(found)}"
    if not found.overloads:
        return
    yield "Overbooked in the coming twelve months:"
    yield from _overloads(found.overloads, portfolio)


def what_if(found: WhatIf, names: Sequence[str], portfolio: Portfolio) -> Iterator[str]:
    """What leaving projects out would change."""
    before, after = found.with_all, found.without
    yield f"Without {', '.join(names)}:"
    yield f"   {english.count(before.projects, 'running project')} would be {after.projects}"
    for word in ("approved", "spent", "forecast"):
        old, new = getattr(before, word), getattr(after, word)
        if old.money is not None and new.money is not None:
            yield f"   {word}: {old.money.format()} would be {new.money.format()} ({(old.money - new.money).format()} less)"
        else:
            yield f"   {word}: not known. {old.why or new.why}"
    freed = before.load.total() - after.load.total()
    yield f"   people and things asked for: {_months(before.load.total())} would be {_months(after.load.total())} ({_months(freed)} less)"
    yield f"   overbooked months: {len(before.overloads)} would be {len(after.overloads)}"
    yield from (
        f"   relieved: {line.strip().partition('; free instead')[0]}" for line in _overloads(found.relieved, portfolio)
    )
    for one in found.missed:
        by = f" by {english.day(one.by)}" if one.by else ""
        yield f"   {_shown(one.taker, portfolio)} would still wait for {safe(one.what)} of {one.giver}{by}"


def network(project: Project, portfolio: Portfolio) -> Iterator[str]:
    """Both forecasts of the end and why, what others owe, what must be ordered, and the outside view."""
    found = schedule(project, portfolio.repository)
    if found is not None and found.finish is not None and not found.why:
        end = f"End by the network: {english.day(day_of_finish(found.finish))}"
        if found.stated is not None and found.difference is not None:
            apart = abs(found.difference)
            word = "later" if found.difference > 0 else "earlier"
            than = f"{english.count(apart, 'working day')} {word}" if apart else "the same day"
            end += f"; stated: {english.day(found.stated)}, {than}"
        yield end
        lines = list(reasons(found, found.driving[-1])) if found.driving else []
        yield from (f"   {safe(line)}" for line in lines[: _STEPS + 1])
        if len(lines) > _STEPS + 1:
            yield f"   and so on; `handrail schedule {project.id} --why {found.driving[-1]}` goes back to the beginning"
    elif found is not None and found.why:
        yield f"End by the network: not known. {safe(found.why)}"
    for one in interfaces_of(project, portfolio):
        if one.there:
            continue
        side = "Needs" if one.side == "needs" else "Gives"
        hidden = _hidden(one.other, portfolio)
        what = "something" if hidden and one.side == "needs" else f'"{safe(one.name)}"'
        other = f"{'of' if one.side == 'needs' else 'to'} {_shown(one.other, portfolio)}"
        late = f", {english.count(one.days_late, 'working day')} too late" if one.days_late else ""
        both = "" if one.agree else "; the two plans do not agree"
        yield f"{side} {what} {other}: needed {_or(one.needed_by)}, promised {_or(one.promised)}, expected {_or(one.expected)}{late}{both}"
    for order in orders_of(
        project, portfolio.repository, days_of(project.plan, portfolio.repository.organisation.calendar)
    ):
        late = f", {english.count(order.late, 'working day')} ago" if order.late else ""
        yield f"Order {safe(order.resource.name)} by {english.day(order.by)}{late}: needed on {english.day(order.needed)} ({order.why})"
    drift = drift_of(project.plan) if project.baseline else None
    if drift is not None:
        parts = ((name, getattr(drift, name)) for name in ("scope", "date", "cost", "objective"))
        told = ", ".join(f"{name} {value:.1%}" for name, value in parts if value is not None)
        yield f"Drift since the first approved plan: {drift.index} points ({told})"
    yield from _outside(project, portfolio)


def _outside(project: Project, portfolio: Portfolio) -> Iterator[str]:
    if project.plan.state in {"closed", "cancelled"}:
        return
    reference = class_for(project.plan.tier, classes(portfolio))
    view = outside_view(project, reference) if reference else None
    if view is None or reference is None or view.p50_end is None or view.p80_end is None:
        return
    kin = f"{reference.slip.count} approved projects {'of this tier' if reference.tier else 'of all tiers'}"
    cost = f"; cost {view.p50_cost.format()}, {view.p80_cost.format()}" if view.p50_cost and view.p80_cost else ""
    yield f"If it goes as {kin} went: half end by {english.day(view.p50_end)}, four of five by {english.day(view.p80_end)}{cost}"


def _overloads(ones: Sequence[Overload], portfolio: Portfolio) -> Iterator[str]:
    """A line for each person and role, with the worst month."""
    by_name: dict[tuple[str, str], list[Overload]] = {}
    for one in ones:
        by_name.setdefault((one.kind, one.name), []).append(one)
    worst = sorted((max(each, key=lambda one: one.over) for each in by_name.values()), key=lambda one: -one.over)
    for one in worst[:_SHOWN]:
        asked = ", ".join(f"{_shown(part.project, portfolio)} {part.share:.0%}" for part in one.parts)
        free = f"; free instead: {', '.join(each.person for each in one.free[:3])}" if one.free else ""
        months = english.count(len(by_name[one.kind, one.name]), "month")
        yield (
            f"   {safe(one.name)}, {months}, most in {name_of(one.month)}: {one.demand:.0%} of {one.capacity:.0%} "
            f"({asked}; the first gives way){free}"
        )
    if len(worst) > _SHOWN:
        yield f"   and {len(worst) - _SHOWN} more; `handrail export csv overloads` lists all"


def _money(found: Sums) -> str:
    def told(word: str, one: Total) -> str:
        return f"{word} {one.money.format()}" if one.money is not None else f"{word} not known ({one.why})"

    return ", ".join(told(word, getattr(found, word)) for word in ("approved", "spent", "forecast"))


def _months(share: Decimal) -> str:
    return f"{share:.1f} person-months"


def _hidden(name: str, portfolio: Portfolio) -> bool:
    found = portfolio.project(name)
    return found is not None and found.plan.sensitivity == "restricted"


def _shown(name: str, portfolio: Portfolio) -> str:
    return "a restricted project" if _hidden(name, portfolio) else name


def _or(day: date | None) -> str:
    return english.day(day) if day else "on no day that is said"
