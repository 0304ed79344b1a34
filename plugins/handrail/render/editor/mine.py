"""One page per person: how my projects stand, what stops my changes, what is due from me, and a button for each form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handrail.compute.facts import Project
from handrail.compute.health import rank
from handrail.compute.reminders import by_person, reminders
from handrail.compute.reminders.reminder import Reminder
from handrail.render import proposals, words
from handrail.render.editor.pages import FORM_PAGES, SECTION
from handrail.render.page import Page, render, root_of
from handrail.render.project.promises import Fact
from handrail.render.remarks import open_ones
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import PullRequest, Site
from handrail.render.words import Light

PLACE = "edit/mine/"
_ENDED = frozenset({"closed", "cancelled"})
_CARDS = 24
_LISTED = 200
_DUE = 100
_ROLES = ("project manager", "stands in", "sponsor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One project as its people see it. forms: the address and the words of each button; none for who only sponsors."""

    id: str
    name: str
    role: str
    light: Light
    facts: tuple[Fact, ...]
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What one person has to do with."""

    person: str
    projects: tuple[tuple[str, Project], ...]
    due: tuple[Reminder, ...]
    changes: tuple[PullRequest, ...]


def pages(site: Site) -> Iterator[Page]:
    """The list of people, then a page for each; nothing for readers outside the organisation."""
    if site.organisation.audience != "internal":
        return
    desks = _desks(site)
    yield _index(site, desks)
    for one in desks:
        yield _page(site, one)


def _desks(site: Site) -> tuple[_Desk, ...]:
    """Everybody who leads, stands in for or sponsors a project that has not ended, or from whom something is due."""
    roles: dict[str, list[tuple[str, Project]]] = {}
    for project in site.projects:
        if project.plan.state in _ENDED:
            continue
        for person, role in _roles(project).items():
            roles.setdefault(person, []).append((role, project))
    due = by_person(one for one in reminders(site.portfolio) if not one.project or site.shows(one.project))
    changes: dict[str, list[PullRequest]] = {}
    logins = _logins(site)
    for one in proposals.open_ones(site):
        changes.setdefault(logins.get(one.author.casefold(), one.author.casefold()), []).append(one)
    return tuple(
        _Desk(person=one, projects=tuple(sorted(roles.get(one, ()), key=_order)), due=tuple(due.get(one, ())), changes=tuple(changes.get(one, ())))
        for one in sorted({*roles, *due})
    )  # fmt: skip


def _order(one: tuple[str, Project]) -> tuple[int, int, str]:
    """What somebody leads before what they sponsor, the reddest first."""
    role, project = one
    return (
        _ROLES.index(role),
        -rank(project.health.counts) if project.health.counts else 0,
        project.plan.name.casefold(),
    )


def _logins(site: Site) -> dict[str, str]:
    """Who is behind a login of the host; without one, the handle is the login."""
    people = site.portfolio.repository.people.values()
    return {login.casefold(): one.id for one in people for login in one.host.values()}


def _roles(project: Project) -> dict[str, str]:
    """The people who act for a project, with the role by which they are named; who leads it also acts for it."""
    plan = project.plan
    found = dict.fromkeys(plan.delegates, "stands in")
    found |= {plan.sponsor: "sponsor"} if plan.sponsor else {}
    return found | ({plan.manager: "project manager"} if plan.manager else {})


def _index(site: Site, desks: Sequence[_Desk]) -> Page:
    rows = rows_of(
        (Cell(one.person, href=f"{PLACE}{one.person}/", sub=site.overlay.names.get(one.person, "")), str(sum(role == "project manager" for role, _ in one.projects)),
         str(sum(role == "sponsor" for role, _ in one.projects)), _late(one.due), str(len(one.due) - sum(each.late for each in one.due)))
        for one in desks
    )  # fmt: skip
    table = Table(
        name="People with projects", sortable=True, empty="Nobody leads a project yet.", rows=rows,
        columns=(Column("Who", wide=True), Column("Leads", "num"), Column("Sponsors", "num"), Column("Late", "num"), Column("Due in 14 days", "num")),
    )  # fmt: skip
    body = render("mine.html.jinja", root=root_of(PLACE), person="", table=table, as_of=words.day(site.as_of))
    return Page(path=PLACE, title="My projects", body_html=body, section=SECTION, search_text="How my projects stand, and what is due from me.")  # fmt: skip


def _late(ones: Sequence[Reminder]) -> Cell:
    late = sum(one.late for one in ones)
    return Cell(str(late), tone="late" if late else "")


def _page(site: Site, one: _Desk) -> Page:
    path = f"{PLACE}{one.person}/"
    changes = proposals.table(site, one.changes, "My changes", "No change of yours is open.")
    body = render(
        "mine.html.jinja", root=root_of(path), person=one.person, called=site.overlay.called(one.person), lead=_lead(one),
        projects=[_mine(site, role, project) for role, project in one.projects[:_CARDS]], more=_more(one.projects[_CARDS:]), changes=changes,
        known=site.pulls is not None, unknown=proposals.NOT_HANDED_IN, due=_due(one.due[:_DUE]), later=max(len(one.due) - _DUE, 0), as_of=words.day(site.as_of),
    )  # fmt: skip
    return Page(path=path, title=f"Projects of {one.person}", body_html=body, section=SECTION, search_text=_lead(one))


def _lead(one: _Desk) -> str:
    late = sum(each.late for each in one.due)
    stopped = sum(proposals.step(each) == "to mend" for each in one.changes)
    parts = [
        words.count(len(one.projects), "project"), f"{late} late" if late else "", f"{len(one.due) - late} due in the next 14 days" if len(one.due) > late else "",
        f"{words.count(stopped, 'change')} to mend" if stopped else "",
    ]  # fmt: skip
    return f"{words.capital(words.listed([each for each in parts if each]))}."


def _mine(site: Site, role: str, project: Project) -> Mine:
    acts = role != "sponsor"
    forms = (
        [(f"edit/{form.word}/?project={project.id}", form.button) for form in FORM_PAGES if form.word != "project"]
        if acts
        else []
    )
    return Mine(
        id=project.id, name=project.plan.name, role=role, light=words.state_light(project.health.counts, project.plan.state),
        facts=tuple(_facts(site, project)), forms=tuple(forms),
    )  # fmt: skip


def _more(ones: Sequence[tuple[str, Project]]) -> Table | None:
    """The projects beyond those that have a card, where somebody has very many."""
    if not ones:
        return None
    rows = rows_of(
        (
            Cell(project.plan.name, href=f"projects/{project.id}/"),
            role,
            Cell(light=words.state_light(project.health.counts, project.plan.state)),
        )
        for role, project in ones[:_LISTED]
    )
    cut = f"{len(ones) - _LISTED:,} more" if len(ones) > _LISTED else ""
    return Table(
        name=f"More projects{f'; {cut} are on the portfolio page' if cut else ''}",
        columns=(Column("Project", wide=True), Column("As"), Column("Colour")),
        rows=rows,
    )


def _facts(site: Site, project: Project) -> Iterator[Fact]:
    health, end, gate = project.health, project.end, project.next_gate
    page = f"projects/{project.id}/"
    reported = words.light(health.reported).word if health.reported else "nothing yet"
    yield Fact(
        name="Reported, computed",
        value=f"{reported}, {words.light(health.overall.colour).word}",
        sub=health.overall.why if health.watermelon else "",
    )
    yield Fact(name="Last report", value=words.age(project.report_age, "none yet"), sub="overdue" if project.report_overdue else "", tone="late" if project.report_overdue else "")  # fmt: skip
    if end is not None and end.expected is not None:
        planned = f"planned {words.day(end.planned)}" if end.planned and end.planned != end.expected else ""
        yield Fact(name="Ends", value=words.day(end.expected), sub=planned)
    if gate is not None and gate.expected is not None:
        yield Fact(
            name=f"Next gate: {site.gate_name(gate.gate or '')}",
            value=words.day(gate.expected),
            sub="overdue" if gate.expected < site.as_of else "",
        )
    remarks = open_ones(site.by_project.get(project.id, ()))
    stops, later = (
        sum(one.blocks for one in remarks),
        sum(one.enforce_at == "gate" and not one.blocks for one in remarks),
    )
    if stops:
        yield Fact(
            name="To mend",
            value=words.count(stops, "remark"),
            sub="a change is stopped until it is mended",
            tone="late",
            href=f"{page}#remarks",
        )
    if later:
        yield Fact(name="Needed for the next gate", value=words.count(later, "thing"), href=f"{page}#remarks")


def _due(ones: Sequence[Reminder]) -> Table:
    return Table(
        name="Due", empty="Nothing is due from you in the next 14 days.",
        columns=(Column("By", "date"), Column("What", wide=True), Column("Project")),
        rows=rows_of(
            (Cell(words.day(one.due, "now"), tone="late" if one.late else "", sub="late" if one.late else "", sort=one.due.isoformat() if one.due else ""),
             Cell(one.what, href=one.page, sub=one.kind), Cell(one.name, href=f"projects/{one.project}/" if one.project else None))
            for one in ones
        ),
    )  # fmt: skip
