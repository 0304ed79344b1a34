"""Time in the portfolio: the roadmap by programme, the milestone trend, and gates with their calendar."""

from __future__ import annotations

from datetime import date, timedelta

from handrail.compute.board_days import meetings, understood
from handrail.compute.facts import Dated, Project
from handrail.render import past, words
from handrail.render.block import Block, block, choice
from handrail.render.charts.drawing import svg
from handrail.render.charts.mta import mta
from handrail.render.charts.roadmap import roadmap, scale_of
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page, root_of
from handrail.render.portfolio.fitting import fitting_block
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked
from handrail.render.table import Cell, Column, Row, Table, rows_of
from handrail.render.view import Site

_ROOT = root_of("portfolio/x/")
AHEAD = timedelta(days=42)
"""The next six weeks."""
_YEAR = timedelta(days=366)


def groups(site: Site, ones: tuple[Project, ...]) -> list[tuple[str, str, list[Project]]]:
    """Projects by programme: id, name, projects by their end; those of none come last."""
    found: dict[str, list[Project]] = {}
    for one in sorted(
        ones, key=lambda each: (each.end.expected if each.end and each.end.expected else date.max, each.id)
    ):
        found.setdefault(one.plan.programme or "", []).append(one)
    names = {name: site.programme(ones[0].plan) for name, ones in found.items()}
    return [
        (name, names[name] or "Without a programme", found[name])
        for name in sorted(found, key=lambda each: (not each, names[each].casefold()))
    ]


def roadmap_page(site: Site) -> Page:
    """Each project's approved and expected time, by programme, on one scale."""
    ones = running(site)
    scale = scale_of(ones, site.as_of)
    late = [one for one in ones if one.end and (one.end.slip or 0) > 0]
    worst = max(late, key=lambda one: one.end.slip or 0 if one.end else 0, default=None)
    sentence = f"{words.number(len(late)) if late else 'None'} of {words.count(len(ones), 'open project')} {words.verb(len(late) or 1, 'is')} expected to end later than planned"
    if worst is not None and worst.end:
        sentence += f", at most {worst.plan.name} by {words.count(worst.end.slip or 0, 'working day')}"
    blocks: list[Block] = []
    for name, title, inside in groups(site, ones):
        blocks.append(block(
            f"programme-{name or 'none'}", title, chart=roadmap(inside, scale, site.as_of, "Project", _ROOT, key=not blocks),
        ))  # fmt: skip
    return PORTFOLIO.page(
        site,
        "roadmap/",
        "Roadmap",
        f"{sentence}." if ones else "No project is open.",
        blocks,
        note="Slip is in working days against the approved plan, or the proposed one where none is approved",
    )


def trend_page(site: Site) -> Page:
    """The milestones of all projects that moved most, then each project's own chart."""
    ones = running(site)
    own = [(project, past.traces(site, [project])) for project in ones]
    every = [one for _, found in own for one in found]
    chart = mta([one for one in every if one.actual is None], "Worst movers of the portfolio")
    blocks = [block("worst", "Worst movers of the portfolio", chart=svg(chart, _ROOT))]
    moving = sorted(
        ((max((abs(one.moved) for one in found), default=0), project) for project, found in own),
        key=lambda pair: (-pair[0], pair[1].id),
    )  # fmt: skip
    for moved, project in moving[:10]:
        if moved:
            drawn = mta(past.traces(site, [project], named=False), f"Milestone trend of {project.plan.name}")
            blocks.append(block(project.id, project.plan.name, chart=svg(drawn, _ROOT)))
    still = sum(not moved for moved, _ in moving)
    second = (
        f"{words.count(still, 'project')} {words.verb(still, 'has')} moved no day: no chart of {'its' if still == 1 else 'their'} own below. "
        if still
        else ""
    )
    return PORTFOLIO.page(
        site,
        "trend/",
        "Milestone trend",
        chart.sentence,
        blocks,
        second=second + past.basis(site, before=past.PROMISED),
    )


def readiness(site: Site, project: Project, gate: Dated) -> str:
    """5 of 7 questions answered: what was handed in for a gate against the questions of the policy."""
    policy = next((one for one in site.portfolio.repository.policy.lifecycle.gates if one.id == gate.gate), None)
    handed = [one for one in project.plan.gates if one.gate == gate.gate]
    given = {one.question for one in handed[-1].answers if one.answer} if handed else set()
    asked = len(policy.questions) if policy else len(given)
    if not asked:
        return "handed in" if handed else "nothing handed in"
    known = sum(one.id in given for one in policy.questions) if policy else asked
    return f"{known} of {asked} questions answered"


def coming_gates(site: Site, until: date) -> list[tuple[date, Project, Dated]]:
    """Gates that are not passed and expected until a day, the earliest first; overdue ones are among them."""
    found = [
        (gate.expected, project, gate) for project in running(site) if project.plan.state == "active"
        for gate in project.milestones if gate.gate and not gate.done and gate.expected and gate.expected <= until
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one[0], one[1].id, one[2].id))


def gates_table(site: Site, ones: list[tuple[date, Project, Dated]], name: str) -> Table:
    """Gates as rows."""
    return Table(
        name=name, empty="No gate is planned in this time.",
        columns=(Column("Expected", "date"), Column("Gate"), Column("Project", wide=True), Column("Planned", "date"), Column("Readiness"), Column("Who decides")),
        rows=tuple(
            Row(facets=(("gate", site.gate_name(gate.gate or "")), ("board", site.called(project.plan.board or project.plan.sponsor))), cells=(
                Cell(words.day(day), sort=day.isoformat(), tone="late" if day < site.as_of else "", sub="overdue" if day < site.as_of else ""),
                Cell(site.gate_name(gate.gate or ""), sub="" if gate.name == site.gate_name(gate.gate or "") else gate.name), linked(project, "records"),
                Cell(words.day(gate.planned), sub=words.slip(gate.slip) if gate.slip else ""), Cell(readiness(site, project, gate)), Cell(site.called(project.plan.board or project.plan.sponsor) or "nobody"),
            )) for day, project, gate in ones
        ),
    )  # fmt: skip


def gates_page(site: Site) -> Page:
    """All coming gates, and the calendar of boards."""
    ones = coming_gates(site, date.max)
    late = sum(day < site.as_of for day, *_ in ones)
    soon = sum(site.as_of <= day <= site.as_of + AHEAD for day, *_ in ones)
    sentence = (
        f"{words.count(len(ones), 'gate')} to come: {late:,} overdue, {soon:,} in the next six weeks."
        if ones
        else "No gate is planned."
    )
    choices = (*choice("gate", "Gate", [site.gate_name(one.gate or "") for _, _, one in ones]), *choice("board", "Who decides", [site.called(one.plan.board or one.plan.sponsor) for _, one, _ in ones]))  # fmt: skip
    return PORTFOLIO.page(site, "gates/", "Gates and calendar", sentence, (block("gates", "Gates to come", table=gates_table(site, ones, "Gates to come"), choices=choices), fitting_block(site), boards_block(site, _YEAR)))  # fmt: skip


def boards_block(site: Site, ahead: timedelta) -> Block:
    """When boards meet, and which gates could be decided there."""
    rows, odd = [], []
    ready = coming_gates(site, date.max)
    for board in site.portfolio.repository.policy.boards.boards:
        if board.meets and not understood(board.meets):
            odd.append(f"{board.name} ({board.meets})")
        rows += [(day, board) for day in meetings(board.meets, site.as_of, site.as_of + ahead)]
    cells = []
    before: dict[str, date] = {}
    for day, board in sorted(rows, key=lambda one: (one[0], one[1].id)):
        since = before.get(board.id, date.min)
        due = [
            f"{project.plan.name}: {site.gate_name(gate.gate or '')}"
            for when, project, gate in ready
            if project.plan.board == board.id and since < when <= day
        ]
        before[board.id] = day
        cells.append(
            (Cell(words.day(day), sort=day.isoformat()), board.name, board.chair or "nobody", words.first_of(due))
        )
    return block(
        "boards", "Board dates", table=Table(
            name="Board dates", empty="No board says when it meets.", rows=rows_of(cells),
            columns=(Column("Day", "date"), Column("Board"), Column("Chair"), Column("Gates expected by then", wide=True)),
        ),
        sentence=f"No day can be told from: {'; '.join(odd)}." if odd else "",
    )  # fmt: skip
