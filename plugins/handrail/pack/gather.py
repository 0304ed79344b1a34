"""From the site's values to one board's pack. The projects are narrowed first, so every question has the site's own answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handrail.compute import figures
from handrail.compute.agreed_plan import promised
from handrail.compute.facts import Project
from handrail.model.policy import BoardRecord
from handrail.pack.board import last_meeting, meeting_words, next_meeting, rhythm
from handrail.pack.content import Origin, Pack, Sheet
from handrail.pack.one_page import one_page
from handrail.pack.records import deviations, log, remarks
from handrail.render import past, words
from handrail.render.portfolio.changes import happened
from handrail.render.portfolio.decisions import Ask, asked_table, asks
from handrail.render.portfolio.exceptions import COLUMNS, drifting, status_row
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person, until, when
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_NEWS = {4: "■ worst", 3: "▲ bad", 2: "● news", 1: "✓ good"}
_BAD = 3


def of_board(site: Site, board: BoardRecord) -> Site:
    """The same site with the projects of one board only."""
    ones = tuple(one for one in site.projects if one.plan.board == board.id)
    names = frozenset(one.id for one in ones)
    return replace(site, seen=replace(site.seen, projects=ones, names=names))


def since_of(site: Site, board: BoardRecord) -> tuple[date, str]:
    """The day of the last meeting, and how it is known; also from closed projects."""
    return last_meeting(board, of_board(site, board).projects, site.as_of)


def gather(site: Site, board: BoardRecord, origin: Origin, since: tuple[date, str]) -> Pack:
    """The whole pack. `site` holds all that may be shown; `since` is the last meeting."""
    own = of_board(site, board)
    open_ones = sorted(running(own), key=_worst)
    seats = {board.id, *board.members}
    every = asks(own)
    mine = [one for one in every if one.who in seats]
    others = [one for one in every if one.who not in seats]
    meets = next_meeting(board, site.as_of)
    bad = [(one, why) for one in open_ones if (why := _exceptions(own, one))]
    return Pack(
        organisation=site.organisation.organisation, board=board.name, members=rhythm(board), as_of=site.as_of, origin=origin, meets=meets,
        since=since[0], since_why=since[1],
        sentence=f"{words.count(len(mine), 'decision')} asked, {words.count(len(bad), 'exception')} in {words.count(len(open_ones), 'open project')}; {meeting_words(meets)}.",
        sheets=(_decisions(own, mine, others), _changes(own, since[0], since[1]), _exceptional(own, bad), _all(own, open_ones)),
        projects=tuple(one_page(own, one) for one in open_ones),
        after=(_benefits(own), deviations(own, meets), remarks(own)),
        appendix=(*((_others(own, others),) if others else ()), log(own, since[0]), _basis(site, own, board, origin)),
    )  # fmt: skip


def _worst(one: Project) -> tuple[int, int, str]:
    order = {"red": 0, "amber": 1, None: 2, "green": 3}
    return order[one.health.counts], -(one.end.slip or 0) if one.end else 0, one.plan.name.casefold()


def _decisions(site: Site, mine: list[Ask], others: list[Ask]) -> Sheet:
    late = sum(one.by is not None and one.by < site.as_of for one in mine)
    text = (
        f"{words.count(len(mine), 'decision')} {words.verb(len(mine), 'is')} asked of the board or its members; "
        + (f"{late} {words.verb(late, 'is')} overdue." if late else "none is overdue.")
        if mine else "Nothing is asked of the board or its members."
    )  # fmt: skip
    if others:
        text += f" {words.count(len(others), 'other')} {words.verb(len(others), 'waits')} for somebody else and {words.verb(len(others), 'stands')} in the appendix."
    return Sheet(title="Decisions asked", sentence=text, table=asked_table(site, mine))


def _others(site: Site, others: list[Ask]) -> Sheet:
    return Sheet(
        title="Decisions asked of others", sentence="For information: these wait for somebody who does not sit on this board.",
        table=asked_table(site, others),
    )  # fmt: skip


def _changes(site: Site, since: date, why: str) -> Sheet:
    ones = happened(site, since)
    bad = sum(one.weight >= _BAD for _, one in ones)
    text = (
        f"{words.count(len(ones), 'change')} since {words.day(since)}, {bad or 'none'} of them bad news"
        if ones
        else f"Nothing changed since {words.day(since)}"
    )
    return Sheet(
        title="What changed since the last meeting", sentence=f"{text}. Counted from that day because {why}.",
        table=Table(
            name="What changed", empty="Nothing that carries a day changed.",
            columns=(Column("News"), Column("What changed", wide=True), Column("Project"), Column("On", "date")),
            rows=rows_of((Cell(_NEWS[one.weight], tone="late" if one.weight >= _BAD else ""), one.text, linked(project), when(one.on)) for project, one in ones),
        ),
    )  # fmt: skip


def _exceptions(site: Site, one: Project) -> list[str]:
    """Why a board should look at a project; nothing for one that keeps what was promised."""
    found = []
    if one.health.counts in {"red", "amber"}:
        found.append(f"{one.health.counts}: {one.health.overall.why}")
    elif drifting(site, one):
        found.append(f"green but drifting: later or dearer than {promised(one)}, or later than a month ago")
    if one.health.watermelon:
        found.append(f"reported {one.health.reported}, the figures say {one.health.overall.colour}")
    found += [f"exception {each.id} is open: {each.title}" for each in one.plan.exceptions if each.status == "open"]
    if one.report_overdue:
        found.append("its report is overdue")
    return found


def _exceptional(site: Site, bad: list[tuple[Project, list[str]]]) -> Sheet:
    rows = [
        Row(cells=(
            linked(one), Cell(light=words.state_light(one.health.counts, one.plan.state)),
            Cell("; ".join(each.rstrip(".") for each in why)), Cell(_answer(one)), person(one.plan.manager),
        )) for one, why in bad
    ]  # fmt: skip
    still = len(running(site))
    text = f"{len(bad)} of {words.count(still, 'open project')} {words.verb(len(bad), 'needs')} a look; the worst stand first."
    return Sheet(
        title="Exceptions, worst first", sentence=text if bad else "Every open project keeps what was promised.",
        table=Table(
            name="Exceptions", empty="There is none.", rows=tuple(rows),
            columns=(Column("Project"), Column("Colour"), Column("Why it is here", wide=True), Column("What the manager says and does", wide=True), Column("Manager")),
        ),
    )  # fmt: skip


def _answer(one: Project) -> str:
    """What the newest report says of the reason and of the way back."""
    report = one.report
    if report is None:
        return "No report yet."
    parts = [report.because or f"Reported {report.status} on {words.day(report.as_of)}."]
    plan = one.plan
    named = {each.id: each.what for each in plan.actions}
    named |= {
        each.id: each.title for register in (plan.issues, plan.risks, plan.decisions, plan.changes) for each in register
    }
    doing = [named.get(each, each) for each in report.what_we_do]
    if doing:
        parts.append(f"Worked on: {'; '.join(doing)}.")
    if report.back_to_green:
        parts.append(f"Back to green by {words.day(report.back_to_green)}.")
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def _all(site: Site, ones: list[Project]) -> Sheet:
    colours = [words.light(one.health.counts) for one in ones]
    tally = [f"{colours.count(light)} {light.word.lower()}" for light in words.LIGHTS if light in colours]
    return Sheet(
        title="All projects of the board",
        sentence=f"{words.count(len(ones), 'open project')}: {words.listed(tally)}." if ones else "No project of this board is open.",
        table=Table(name="All projects", columns=COLUMNS, rows=tuple(status_row(site, one) for one in ones), empty="No project is open."),
    )  # fmt: skip


def _benefits(site: Site) -> Sheet:
    """What the page of benefits shows, of the projects of one board."""
    found = figures.promised(site.projects)
    late = sum(one.days_late > 0 for one, _ in found)
    missed = sum(one.state == "missed" for one, _ in found)
    text = (
        f"{words.count(len(found), 'benefit')} promised, {missed} missed, {late} to be measured by now."
        if found
        else "No benefit is promised."
    )
    rows = rows_of(
        (until(one.due, site.as_of) if one.days_late else when(one.due, "no day"), Cell(one.benefit.what or "without words", sub=_target(one.benefit.now, one.benefit.target)),
         Cell(one.state, tone="late" if one.state in {"missed", "due"} else "good" if one.state == "reached" else ""),
         words.share(one.realised, "not measured"), person(one.benefit.owner), linked(project, sub=project.plan.state if project.plan.state != "active" else ""))
        for one, project in found
    )  # fmt: skip
    return Sheet(
        title="Benefits", sentence=text,
        table=Table(
            name="Benefits", empty="No benefit is promised.", rows=rows,
            columns=(Column("Measured by", "date"), Column("Benefit", wide=True), Column("State"), Column("Of the change", "num"), Column("Owner"), Column("Project")),
        ),
    )  # fmt: skip


def _target(now: object, target: object) -> str:
    return f"from {now} to {target}" if now is not None and target is not None else ""


def _basis(site: Site, own: Site, board: BoardRecord, origin: Origin) -> Sheet:
    """How to read the pack, and where its figures come from."""
    hidden = sum(one.plan.board == board.id for one in site.hidden)
    unread = [one.name or one.id for one in site.broken]
    lines: list[tuple[str, str]] = [
        ("Colours", "● Green: within half the tolerance. ▲ Amber: within it. ■ Red: outside it, an exception report is due. ○ Not known: it cannot be said, and the reason is given."),
        ("Two colours", "The manager reports one, the figures give another. The computed one counts until the sponsor agrees with a better one."),
        ("Late", "Working days from the planned day to the expected one. Where no plan is approved yet, the planned day is a proposal."),
        ("Money", "Amounts of each project in its own currency. PV planned, EV earned, AC spent, EAC expected at completion."),
        ("Data", f"The plans as they stood when {words.day(site.as_of)} ended" + (f", commit {origin.commit}." if origin.commit else "; they are kept without Git.")),
        ("Earlier days", past.basis(own)),
        ("The board", f"{board.name}: {rhythm(board)}. Meets: {board.meets or 'not said'}."),
        ("Same figures", f"handrail export json --as-of {site.as_of} gives them as data."),
    ]  # fmt: skip
    if hidden:
        lines.append(("Not shown", f"{words.count(hidden, 'restricted project')} of this board; a restricted project is shown nowhere outside its own repository."))  # fmt: skip
    if unread:
        lines.append(("Not readable", f"{words.count(len(unread), 'plan')} cannot be read and {words.verb(len(unread), 'is')} missing here: {', '.join(unread)}."))  # fmt: skip
    return Sheet(
        title="How to read this, and where it comes from", sentence="Everything here follows from the plans; nothing was typed into the pack.",
        table=Table(name="Notes", columns=(Column("What"), Column("What it means", wide=True)), rows=rows_of(lines)),
    )  # fmt: skip
