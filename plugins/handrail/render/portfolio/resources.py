"""Load against capacity by role and month. Roles, not names: who is overbooked is told where somebody must act."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from handrail.compute.demand import Load, demands_of
from handrail.compute.months import month_of, name_of
from handrail.compute.resources import Overload, capacity_of, overloads
from handrail.compute.workdays import WorkDays
from handrail.render import words
from handrail.render.block import block
from handrail.render.charts.heat import Heat, Square, heat
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.table import Column, Table, rows_of
from handrail.render.view import Site

_MONTHS = 12
_NONE = Decimal(0)
_NO_ROLE = "no role in the directory"


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    chart = heat_of(site)
    over = overloads_of(site)
    names = {one.id: one.plan.name for one in site.projects}
    table = Table(
        name="Overbooked months", empty="Nobody is asked for more than there is.",
        columns=(Column("Month", "date"), Column("Role"), Column("Asked", "num"), Column("There", "num"), Column("By", wide=True)),
        rows=rows_of((words.month(name_of(one.month)), _role(site, one), words.share(one.demand), words.share(one.capacity), words.listed(sorted({names[part.project] for part in one.parts}))) for one in over),
    )  # fmt: skip
    yield PORTFOLIO.page(
        site, "resources/", "Resources", chart.sentence,
        (block("heat", "Load by role and month", chart=heat(chart)), block("over", "Overbooked months", table=table, sentence="One person or role in one month; more than 110% of what there is. A person is told by the role.")),
        second=f"{words.count(len(over), 'month')} of a single person or role {words.verb(len(over), 'is')} overbooked all the same." if over else "",
        note="Load is what active projects ask of people with a role, in percent of what these people can give; one person counts under the first role in the directory",
    )  # fmt: skip


def load(site: Site) -> Load:
    """What the projects that may be shown ask for in the coming twelve months."""
    days = WorkDays.of(site.organisation.calendar)
    first = month_of(site.as_of)
    found = [
        each
        for one in site.projects
        if one.plan.state == "active"
        for each in demands_of(one, days, first, first + _MONTHS - 1, site.portfolio.repository)
    ]
    return Load(demands=tuple(sorted(found)))


def overloads_of(site: Site) -> list[Overload]:
    """Who is overbooked by the projects that may be shown."""
    return list(overloads(load(site), site.portfolio.repository, WorkDays.of(site.organisation.calendar)))


def _role(site: Site, one: Overload) -> str:
    return one.name if one.kind != "person" else _role_of(site, one.name)


def _role_of(site: Site, person: str) -> str:
    record = site.portfolio.repository.people.get(person)
    return record.roles[0].role if record and record.roles else _NO_ROLE


def heat_of(site: Site, role: str | None = None) -> Heat:
    """The heat map of all roles, or of one."""
    days = WorkDays.of(site.organisation.calendar)
    first = month_of(site.as_of)
    months = range(first, first + _MONTHS)
    asked: dict[tuple[str, int], Decimal] = {}
    for one in load(site).demands:
        if one.kind in {"person", "role"}:
            name = one.name if one.kind == "role" else _role_of(site, one.name)
            asked[name.casefold(), one.month] = asked.get((name.casefold(), one.month), _NONE) + one.share
    there: dict[tuple[str, int], Decimal] = {}
    for person in site.portfolio.repository.people.values():
        for month in months:
            key = (_role_of(site, person.id).casefold(), month)
            there[key] = there.get(key, _NONE) + capacity_of(person, month, days)
    names = sorted({name for name, _ in asked if role is None or name == role.casefold()})
    rows = [
        (words.capital(name), tuple(_square(asked.get((name, month)), there.get((name, month))) for month in months))
        for name in names
    ]
    rows.sort(key=lambda row: -max((one.share or _NONE for one in row[1]), default=_NONE))
    over = [
        (name, month, one)
        for name, squares in rows
        for month, one in zip(months, squares, strict=True)
        if one.band == "over"
    ]
    sentence = (
        "No active project asks for anybody in the coming twelve months."
        if not rows
        else f"{words.count(len(rows), 'role')} over twelve months; "
    )
    if rows:
        worst = max(over, key=lambda one: one[2].share or _NONE, default=None)
        sentence += f"{len({name for name, *_ in over})} {words.verb(len({name for name, *_ in over}), 'is')} asked for more than there is, most {worst[0]} in {words.month(name_of(worst[1]))} ({worst[2].text})." if worst else "none is asked for more than there is."  # fmt: skip
    return Heat(
        name="Load by role and month",
        what="Role",
        sentence=sentence,
        columns=tuple(words.month(name_of(month)) for month in months),
        rows=tuple(rows),
    )


def _square(asked: Decimal | None, there: Decimal | None) -> Square:
    if not asked:
        return Square(None)
    if not there:
        return Square(None, f"{asked:.1f} asked", "Nobody in the directory has this role")
    share = asked / there
    return Square(share, f"{share * 100:.0f}%", f"{asked:.2f} months of one person asked, {there:.2f} there")
