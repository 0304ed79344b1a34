"""Programmes and objectives: what every project serves, read from the objective down and from the programme up."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.facts import Project
from handrail.model.organisation import ObjectiveRecord, ProgrammeRecord
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.charts.roadmap import roadmap, scale_of
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page, root_of
from handrail.render.portfolio.contribution import contribution_blocks
from handrail.render.portfolio.money import summed
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person, when
from handrail.render.table import Cell, Column, Download, Row, Table, rows_of
from handrail.render.view import Site

_LANES = 60
_COLUMNS = (
    Column("Project", wide=True),
    Column("Colour"),
    Column("End expected", "date"),
    Column("Money expected", "num"),
    Column("Delivered"),
    Column("Manager"),
)


def programmes(site: Site) -> Iterator[tuple[str, ProgrammeRecord]]:
    """Each programme has a page."""
    yield from site.portfolio.repository.programmes.items()


def objectives(site: Site) -> Iterator[tuple[str, ObjectiveRecord]]:
    """Each objective has a page."""
    yield from site.portfolio.repository.objectives.items()


def serves(site: Site, project: Project) -> tuple[str, ...]:
    """The objectives that a project names, and those of its programme where it names none."""
    plan = project.plan
    named = [
        *([plan.why.objective] if plan.why and plan.why.objective else []),
        *(one.objective for one in plan.objectives),
        *(one.objective for one in plan.deliverables if one.objective),
    ]
    programme = site.portfolio.repository.programmes.get(plan.programme or "")
    if not named and programme is not None:
        named = list(programme.objectives)
    return tuple(dict.fromkeys(named))


def below(site: Site, objective: str) -> frozenset[str]:
    """An objective and all that serve it."""
    found, fresh = {objective}, [objective]
    while fresh:
        parent = fresh.pop()
        for one in site.portfolio.repository.objectives.values():
            if one.parent == parent and one.id not in found:
                found.add(one.id)
                fresh.append(one.id)
    return frozenset(found)


def serving(site: Site, objective: str) -> tuple[Project, ...]:
    """The open projects that serve an objective or one below it."""

    def make() -> tuple[Project, ...]:
        served = site.memo.once("served", lambda: [(one, frozenset(serves(site, one))) for one in running(site)])
        wanted = below(site, objective)
        return tuple(one for one, names in served if not wanted.isdisjoint(names))

    return site.memo.once(f"serving {objective}", make)


def uncovered(site: Site) -> list[ObjectiveRecord]:
    """Live objectives that no open project serves."""
    return [
        one
        for one in site.portfolio.repository.objectives.values()
        if one.status == "active" and not serving(site, one.id)
    ]


def _programme_href(name: str) -> str:
    return f"portfolio/strategy/programme-{name}/"


def _objective_href(name: str) -> str:
    return f"portfolio/strategy/objective-{name.lower()}/"


def _objective_cell(site: Site, name: str) -> Cell:
    known = site.portfolio.repository.objectives.get(name)
    return Cell(f"{name} {known.statement}" if known else name, href=_objective_href(name) if known else None)


def all_page(site: Site) -> Page:
    """Both readings on one page, and the objectives that nothing serves."""
    repository = site.portfolio.repository
    programmes, open_ones = repository.programmes.values(), running(site)
    lacking, alone = uncovered(site), [one for one in open_ones if not one.plan.programme]
    free = [one for one in open_ones if not serves(site, one)]
    live = [one for one in repository.objectives.values() if one.status == "active"]
    sentence = f"{words.count(len(live), 'live objective')}, {words.count(len(repository.programmes), 'programme')}, {words.count(len(open_ones), 'open project')}: "
    sentence += (
        f"no open project serves {words.listed([one.id for one in lacking])}."
        if lacking
        else "every objective is served by an open project."
    )
    second = words.listed(
        [
            text
            for text in (
                f"{words.count(len(alone), 'project')} without a programme" if alone else "",
                f"{words.count(len(free), 'project')} without an objective" if free else "",
            )
            if text
        ]
    )
    down = Table(
        name="Objectives", empty="No objective is written down.",
        columns=(Column("Objective", wide=True), Column("Measure, target"), Column("By", "date"), Column("Owner"), Column("Open projects", "num"), Column("Colours")),
        rows=tuple(
            Row(tone="" if one.status == "active" else "closed", cells=(
                Cell(f"{one.id} {one.statement}", href=_objective_href(one.id), sub=one.status if one.status != "active" else "", tone=f"depth-{min(_depth(site, one), _DEEPEST)}"), Cell(one.measure or "none", sub=f"target {one.target}" if one.target else ""), when(one.horizon), person(one.owner),
                Cell(str(len(serving(site, one.id))), sub="uncovered" if one in lacking else "", tone="late" if one in lacking else ""), Cell(_colours(serving(site, one.id))),
            )) for one in _tree(site)
        ),
    )  # fmt: skip
    up = Table(
        name="Programmes", empty="No programme is written down.",
        columns=(Column("Programme", wide=True), Column("Serves", wide=True), Column("Owner"), Column("Frame", "num"), Column("Expected", "num"), Column("Open projects", "num"), Column("Colours")),
        rows=rows_of(_programme_row(site, one) for one in programmes),
    )  # fmt: skip
    return PORTFOLIO.page(site, "strategy/", "Programmes and objectives", sentence, (
        block("objectives", "From the objective down", table=down, top=25), block("programmes", "From the programme up", table=up, top=25),
        *contribution_blocks(site), *((block("free", "Projects that serve no objective", table=_projects(free)),) if free else ()),
    ), second=words.capital(second) + "." if second else "",
        downloads=tuple(Download(text=text, href=f"data/{name}.csv") for text, name in (("Links (CSV)", "strategy"), ("Contributions (CSV)", "contributions"), ("Gaps (CSV)", "strategy_gaps"))))  # fmt: skip


def _programme_row(site: Site, one: ProgrammeRecord) -> tuple[Cell | str, ...]:
    inside = tuple(each for each in running(site) if each.plan.programme == one.id)
    return (
        Cell(one.name, href=_programme_href(one.id)), words.listed(list(one.objectives)) or "no objective", person(one.owner), f"{words.number(one.budget)} {site.portfolio.repository.currency}" if one.budget is not None else "none",
        summed(site, inside, lambda each: each.cost.forecast or each.cost.approved), str(len(inside)), _colours(inside),
    )  # fmt: skip


_DEEPEST = 3
"""So many steps are set in; deeper ones stand under each other."""


def _tree(site: Site) -> list[ObjectiveRecord]:
    """Objectives under the one they serve; a circle does not hide anybody."""
    every = list(site.portfolio.repository.objectives.values())
    known = {one.id for one in every}
    found: list[ObjectiveRecord] = []

    def add(parent: str | None) -> None:
        for one in every:
            if one not in found and (one.parent == parent or (parent is None and one.parent not in known)):
                found.append(one)
                add(one.id)

    add(None)
    return [*found, *(one for one in every if one not in found)]


def _depth(site: Site, one: ObjectiveRecord) -> int:
    known, depth, seen = site.portfolio.repository.objectives, 0, {one.id}
    while (parent := known.get(one.parent or "")) is not None and parent.id not in seen:
        one = parent
        seen.add(one.id)
        depth += 1
    return depth


def _colours(ones: tuple[Project, ...]) -> str:
    lights = [words.state_light(one.health.counts, one.plan.state) for one in ones]
    return ", ".join(
        f"{sum(light.css == one.css for light in lights):,} {one.shape} {one.word.lower()}"
        for one in words.LIGHTS
        if any(light.css == one.css for light in lights)
    )


def _projects(ones: list[Project] | tuple[Project, ...]) -> Table:
    return Table(
        name="Projects", columns=_COLUMNS, empty="No open project.",
        rows=rows_of(
            (linked(one, sub=f"manager's report: {one.health.reported}" if one.health.reported else "no report"), Cell(light=words.state_light(one.health.counts, one.plan.state)), Cell(words.day(one.end.expected if one.end else None, "no day"), sub=words.slip(one.end.slip) if one.end and one.end.slip else ""),
             words.money(one.cost.forecast or one.cost.approved, "none"), f"{one.delivered.accepted} of {one.delivered.total}", person(one.plan.manager))
            for one in sorted(ones, key=lambda each: (-words.light(each.health.counts).order, each.plan.name.casefold()))
        ),
    )  # fmt: skip


def _deliverables(site: Site, ones: tuple[Project, ...], wanted: frozenset[str] | None = None) -> Table:
    found = []
    for one in ones:
        by_id = {each.id: each for each in one.plan.deliverables}
        for dated in one.deliverables:
            own = by_id[dated.id].objective
            if wanted is None or (own in wanted if own else True):
                found.append((dated.expected or site.as_of, dated, one, own))
    found.sort(key=lambda each: (each[1].done, each[0], each[2].id))
    return Table(
        name="Deliverables", empty="No deliverable is named.", columns=(Column("Expected", "date"), Column("Deliverable", wide=True), Column("State"), Column("Serves"), Column("Project")),
        rows=rows_of((when(dated.expected, "no day"), dated.name, "accepted" if dated.done else words.slip(dated.slip) or "to come", _objective_cell(site, own) if own else Cell(""), linked(one, "deliverables")) for _, dated, one, own in found),
    )  # fmt: skip


def _time(site: Site, ones: tuple[Project, ...]) -> Block:
    more = len(ones) - _LANES
    shown = sorted(ones, key=lambda one: (-(one.end.slip or 0) if one.end else 0, one.id))[:_LANES]
    said = (
        f"{words.count(more, 'more project')} {words.verb(more, 'stands')} in the list above; the latest are drawn."
        if more > 0
        else ""
    )

    return block(
        "time",
        "Time",
        sentence=said,
        chart=roadmap(shown, scale_of(shown, site.as_of), site.as_of, "Project", root_of("portfolio/strategy/x/")),
    )


def programme_page(site: Site, one: ProgrammeRecord) -> Page:
    """One programme: its objectives, projects and deliverables."""
    ones = tuple(each for each in running(site) if each.plan.programme == one.id)
    expected = summed(site, ones, lambda each: each.cost.forecast or each.cost.approved)
    sentence = (
        f"{words.count(len(ones), 'open project')} ({_colours(ones)}), {expected} expected"
        if ones
        else "No open project belongs to it"
    )
    sentence += (
        f" of a frame of {words.number(one.budget)} {site.portfolio.repository.currency}."
        if one.budget is not None
        else "."
    )
    objectives = Table(name="Objectives", columns=(Column("Objective", wide=True), Column("Measure, target"), Column("Owner")), empty="It serves no objective that is written down.", rows=rows_of(
        (_objective_cell(site, name), Cell(known.measure or "none", sub=f"target {known.target}" if known.target else ""), person(known.owner)) for name in one.objectives if (known := site.portfolio.repository.objectives.get(name)) is not None
    ))  # fmt: skip
    return PORTFOLIO.page(site, f"strategy/programme-{one.id}/", one.name, sentence, (block("projects", "Projects", table=_projects(ones)), _time(site, ones), block("objectives", "What it serves", table=objectives), block("deliverables", "What it delivers", table=_deliverables(site, ones))), second=f"Owner: {one.owner or 'nobody'}.")  # fmt: skip


def objective_page(site: Site, one: ObjectiveRecord) -> Page:
    """One objective: what serves it, programme by programme, down to the deliverables."""
    ones = serving(site, one.id)
    wanted = below(site, one.id)
    programmes = [
        each
        for each in site.portfolio.repository.programmes.values()
        if wanted & set(each.objectives) or any(project.plan.programme == each.id for project in ones)
    ]
    sentence = (
        f"{words.count(len(ones), 'open project')} {words.verb(len(ones), 'serves')} it: {_colours(ones)}."
        if ones
        else "No open project serves it."
    ) + (
        f" {words.count(len(programmes), 'programme')} {words.verb(len(programmes), 'serves')} it."
        if programmes
        else ""
    )
    parts = [
        f"Measured by: {one.measure}" if one.measure else "It has no measure",
        f"target {one.target}" if one.target else "",
        f"by {words.day(one.horizon)}" if one.horizon else "",
        f"owner {one.owner}" if one.owner else "owner nobody",
    ]
    children = [each for each in site.portfolio.repository.objectives.values() if each.parent == one.id]
    under = Table(name="Objectives that serve it", columns=(Column("Objective", wide=True), Column("Owner"), Column("Open projects", "num"), Column("Colours")), empty="No objective stands below it.", rows=rows_of((_objective_cell(site, each.id), person(each.owner), str(len(serving(site, each.id))), _colours(serving(site, each.id))) for each in children))  # fmt: skip
    through = Table(name="Programmes", columns=(Column("Programme", wide=True), Column("Serves", wide=True), Column("Owner"), Column("Frame", "num"), Column("Expected", "num"), Column("Open projects", "num"), Column("Colours")), empty="No programme names it.", rows=rows_of(_programme_row(site, each) for each in programmes))  # fmt: skip
    return PORTFOLIO.page(site, f"strategy/objective-{one.id.lower()}/", f"{one.id}: {one.statement}", sentence, (
        *((block("below", "Objectives that serve it", table=under),) if children else ()), block("programmes", "Programmes", table=through), block("projects", "Projects", table=_projects(ones)),
        _time(site, ones), block("deliverables", "Deliverables", table=_deliverables(site, ones, wanted)),
    ), second=f"{', '.join(part for part in parts if part)}.")  # fmt: skip
