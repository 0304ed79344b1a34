"""The registers of a project as tables: deliverables, risks, issues, actions, decisions and money in parts."""

from __future__ import annotations

from datetime import date

from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Project
from handrail.compute.risk import score, target_score
from handrail.model.registers import Risk
from handrail.render import words
from handrail.render.table import Cell, Column, Download, Row, Table, rows_of
from handrail.render.view import Site

_SORT_FROM = 6


def downloads(project: Project, register: str) -> tuple[Download, ...]:
    """The files with the same rows."""
    here = f"data/projects/{project.id}"
    return (Download(text="CSV", href=f"{here}/{register}.csv"), Download(text="JSON", href=f"{here}.json"))


def all_of(site: Site, project: Project) -> tuple[tuple[str, Table], ...]:
    """Issues, actions and decisions, those that hold something."""
    given = (
        ("Issues", issues(project)), ("Actions", actions(project)), ("Decisions", decisions(site, project)),
        ("Quality checks", quality(project)), ("Dependencies", dependencies(site, project)),
    )  # fmt: skip
    return tuple((name, table) for name, table in given if table.rows)


def who(handle: str | None) -> Cell:
    """A person, or plainly nobody."""
    return Cell(handle) if handle else Cell("nobody", tone="missing")


def due(value: date | None, today: date, *, is_open: bool) -> Cell:
    """A day, marked when it has passed and the thing is still open."""
    late = is_open and value is not None and value < today
    return Cell(
        words.day(value),
        sort=value.isoformat() if value else "",
        tone="late" if late else "",
        sub="overdue" if late else "",
    )


def deliverables(project: Project) -> Table:
    """What the project hands over, before any other table: a sponsor asks first what they have got."""
    by_id = {one.id: one for one in project.plan.deliverables}
    rows = []
    for dated in project.deliverables:
        one = by_id[dated.id]
        state = (
            f"accepted {words.day(one.actual)}" if one.actual else "accepted" if one.status == "done" else one.status
        )
        tone = "good" if one.status == "done" or one.actual else "late" if one.status == "rejected" else ""
        rows.append(Row(cells=(
            Cell(one.name, sub="; ".join(one.accepted_when)), Cell(state, tone=tone), who(one.accepted_by),
            Cell(words.day(dated.planned)),
            Cell("" if dated.done else words.day(dated.expected), sub=words.slip(dated.slip) if dated.slip and not dated.done else "",
                 tone="late" if (dated.slip or 0) > 0 and not dated.done else ""),
        )))  # fmt: skip
    return Table(
        name="Deliverables", rows=tuple(rows), empty="No deliverable is named yet.", downloads=downloads(project, "deliverables"),
        columns=(Column("Deliverable", wide=True), Column("State"), Column("Accepted by"), Column(words.capital(promised(project)), "date"),
                 Column("Expected", "date")),
    )  # fmt: skip


def risks(project: Project) -> Table:
    """Open ones first, the highest score on top."""
    ordered = sorted(project.plan.risks, key=lambda one: (one.status != "open", -(score(one) or 0), one.id))
    rows = tuple(
        Row(tone="closed" if one.status == "closed" else "", cells=(
            Cell(one.id, anchor=f"r-{one.id}"), Cell(one.title, sub=_story(one)), Cell(one.kind),
            Cell(_scores(one), sort=str(score(one) or 0)), Cell(one.response or "", sub=one.action or ""), who(one.owner),
            due(one.due, project.as_of, is_open=one.status == "open") if one.status == "open" else Cell("closed"),
        )) for one in ordered
    )  # fmt: skip
    return Table(
        name="Risk register", rows=rows, empty="No risk is written down yet.", downloads=downloads(project, "risks"),
        sortable=len(rows) >= _SORT_FROM,
        columns=(Column("Id", "id"), Column("Risk", wide=True), Column("Kind"), Column("Score", "num"), Column("Response", wide=True),
                 Column("Owner"), Column("Due", "date")),
    )  # fmt: skip


def _scores(risk: Risk) -> str:
    now, target = score(risk), target_score(risk)
    return f"{now or '?'} → {target}" if target else str(now or "?")


def _story(risk: Risk) -> str:
    """Cause, event, effect; of a closed one, how it ended."""
    if risk.status == "closed" and risk.outcome:
        return risk.outcome
    return "; ".join(one for one in (risk.cause, risk.event, risk.effect) if one)


def issues(project: Project) -> Table:
    """Open ones first, by urgency."""
    ordered = sorted(project.plan.issues, key=lambda one: (one.status != "open", -(one.urgency or 0), one.id))
    rows = tuple(
        Row(tone="closed" if one.status == "closed" else "", cells=(
            Cell(one.id), Cell(one.title, sub=one.action if one.status == "open" and one.action else one.outcome or ""),
            Cell(str(one.impact or "?")), Cell(str(one.urgency or "?")), who(one.owner),
            due(one.due, project.as_of, is_open=True) if one.status == "open" else Cell("closed"),
        )) for one in ordered
    )  # fmt: skip
    return Table(
        name="Issues", rows=rows, downloads=downloads(project, "issues"), sortable=len(rows) >= _SORT_FROM,
        columns=(Column("Id", "id"), Column("Issue", wide=True), Column("Impact", "num"), Column("Urgency", "num"), Column("Owner"),
                 Column("Due", "date")),
    )  # fmt: skip


def actions(project: Project) -> Table:
    """Open ones first, by day."""
    ordered = sorted(project.plan.actions, key=lambda one: (one.status != "open", one.due or date.max, one.id))
    rows = tuple(
        Row(tone="" if one.status == "open" else "closed", cells=(
            Cell(one.id), Cell(one.what, sub=one.effect_seen or one.expected_effect or ""), Cell(one.source or one.meeting or ""),
            who(one.owner), due(one.due, project.as_of, is_open=True) if one.status == "open" else Cell(one.status),
        )) for one in ordered
    )  # fmt: skip
    return Table(
        name="Actions", rows=rows, downloads=downloads(project, "actions"), sortable=len(rows) >= _SORT_FROM,
        columns=(Column("Id", "id"), Column("Action", wide=True), Column("From"), Column("Owner"), Column("Due", "date")),
    )  # fmt: skip


def decisions(site: Site, project: Project) -> Table:
    """The newest first."""
    ordered = sorted(project.plan.decisions, key=lambda one: (one.on or date.min, one.id), reverse=True)
    return Table(
        name="Decisions", downloads=downloads(project, "decisions"),
        columns=(Column("Id", "id"), Column("Decision", wide=True), Column("By"), Column("On", "date")),
        rows=tuple(
            Row(tone="closed" if one.status == "withdrawn" else "", cells=(
                Cell(one.id), Cell(one.title, sub=one.because or ""), Cell(site.called(one.decider)), Cell(words.day(one.on)),
            )) for one in ordered
        ),
    )  # fmt: skip


def quality(project: Project) -> Table:
    """Checks of deliverables."""
    names = {one.id: one.name for one in project.plan.deliverables}
    return Table(
        name="Quality checks", downloads=downloads(project, "quality_checks"),
        columns=(Column("Id", "id"), Column("Check", wide=True), Column("Deliverable"), Column("Result"), Column("Day", "date")),
        rows=rows_of(
            (one.id, one.method, names.get(one.deliverable or "", one.deliverable or ""),
             Cell(one.result or "planned", tone="late" if one.result == "fail" else "good" if one.result else ""),
             words.day(one.done_on or one.planned))
            for one in project.plan.quality_checks
        ),
    )  # fmt: skip


def dependencies(site: Site, project: Project) -> Table:
    """What other projects give and get."""
    needs = [("needs", one.project, one.what, one.agreed, one.needed_by) for one in project.plan.depends_on]
    gives = [("gives", one.project, one.what, one.agreed, one.by) for one in project.plan.provides]
    return Table(
        name="Dependencies",
        rows=rows_of(
            (verb, what if site.shows(other) else "", _other(site, other),
             "agreed" if agreed else Cell("not agreed", tone="missing"), words.day(when))
            for verb, other, what, agreed, when in (*needs, *gives)
        ),
        columns=(Column("This project"), Column("What"), Column("Other project", wide=True), Column("State"), Column("Day", "date")),
    )  # fmt: skip


def _other(site: Site, project: str) -> Cell:
    known = site.portfolio.project(project)
    if known is None or not site.shows(project):
        return Cell(site.seen.name_of(project))
    return Cell(known.plan.name, href=site.project_href(project))


def budget(project: Project) -> Table:
    """The budget in parts: lines where there are some, else phases."""
    given = project.plan.budget
    if given is None:
        return Table(name="Budget", columns=(), rows=(), empty="")
    if given.lines:
        spent: dict[str, str] = {}
        for line in given.lines:
            amounts = [
                one.amount
                for one in given.actuals
                if one.line == line.id and one.amount.currency == line.amount.currency
            ]
            if amounts:
                total = amounts[0]
                for more in amounts[1:]:
                    total = total + more
                spent[line.id] = words.money(total)
        return Table(
            name="Budget lines", downloads=downloads(project, "budget"),
            columns=(Column("Line", "id"), Column("Name", wide=True), Column("Kind"), Column(words.capital(promised(project)), "num"), Column("Spent", "num")),
            rows=rows_of((one.id, one.name, one.kind, words.money(one.amount), spent.get(one.id, "")) for one in given.lines),
        )  # fmt: skip
    return Table(
        name="Budget by phase", columns=(Column("Phase", wide=True), Column(words.capital(promised(project)), "num")),
        rows=rows_of((words.capital(name), words.money(value)) for name, value in given.by_phase.items()),
        downloads=downloads(project, "budget") if given.by_phase else (), empty="",
    )  # fmt: skip
