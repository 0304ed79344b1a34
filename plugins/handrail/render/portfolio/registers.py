"""Registers over all projects: risks, actions by person, suppliers and quality checks."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from markupsafe import Markup

from handrail.compute.currency import convert
from handrail.compute.facts import Project
from handrail.compute.risk import high_from as high_by
from handrail.compute.risk import late as late_step
from handrail.compute.risk import open_threats, score
from handrail.model.registers import Risk
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.charts.heat import Bar, bars
from handrail.render.charts.matrix import matrix
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.common_causes import causes_block
from handrail.render.portfolio.overview import running
from handrail.render.portfolio.who import linked, person, until, when
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

_ROOT = root_of("portfolio/x/")


def high_from(site: Site) -> int:
    """The score from which the policy calls a risk high."""
    return high_by(site.portfolio.repository.policy)


def risks_page(site: Site) -> Page:
    """The matrix of all open threats, then the register, the highest on top."""
    ones = [(one, project) for project in running(site) for one in project.plan.risks if one.status == "open"]
    ones.sort(key=lambda pair: (pair[0].kind != "threat", -(score(pair[0]) or 0), pair[1].id, pair[0].id))
    table = Table(
        name="Open risks", empty="No open risk is written down.",
        columns=(Column("Score", "num"), Column("Risk", wide=True), Column("Project"), Column("Response"), Column("Owner"), Column("Next step by", "date")),
        rows=tuple(
            Row(facets=(("project", project.plan.name), ("kind", one.kind), ("programme", site.programme(project.plan))), cells=(
                _score(site, one), Cell(one.title, sub=f"{one.kind}: {one.effect}" if one.effect else one.kind), linked(project, "risks", sub=one.id),
                Cell(one.response or "none", sub=one.action or "", tone="" if one.response else "missing"), person(one.owner), until(one.review if one.response == "accept" else one.due, site.as_of),
            )) for one, project in ones
        ),
    )  # fmt: skip
    late = sum(late_step(one, site.as_of) for one, _ in ones)
    nobody = sum(one.owner is None for one, _ in ones)
    second = f"{late} {words.verb(late, 'has')} a next step that is overdue" + (
        f", {nobody} {words.verb(nobody, 'has')} no owner." if nobody else "."
    )
    chart = matrix(tuple(one for one, _ in ones), high_from(site))
    choices = (*choice("project", "Project", [one.plan.name for _, one in ones]), *choice("programme", "Programme", [site.programme(one.plan) for _, one in ones]), *choice("kind", "Kind", [one.kind for one, _ in ones]))  # fmt: skip
    return PORTFOLIO.page(
        site, "risks/", "Risks", chart.sentence, (
            block("matrix", "Open threats by probability and impact", chart=matrix_of(site)),
            causes_block(site),
            block("register", "Register", table=table, choices=choices),
        ), second=second if ones else "", downloads=downloads_of("risks"),
    )  # fmt: skip


def matrix_of(site: Site, projects: tuple[Project, ...] | None = None) -> Markup:
    """The matrix of counts over several projects: a square says how many threats stand in it."""
    threats = tuple(
        one for project in (running(site) if projects is None else projects) for one in open_threats(project.plan.risks)
    )
    chart = matrix(threats, high_from(site))
    counts = Counter((one.probability, one.impact) for one in threats)
    rows = [
        (number, [(square.band, square.score, counts[number, step + 1]) for step, square in enumerate(squares)])
        for number, squares in chart.rows
    ]
    return render("charts/counts.html.jinja", sentence=chart.sentence, rows=rows, high=chart.high)


def _score(site: Site, one: Risk) -> Cell:
    value = score(one)
    high = one.kind == "threat" and (value or 0) >= high_from(site)
    return Cell(
        str(value) if value else "not assessed",
        sub="high" if high else "",
        sort=str(value or 0),
        tone="late" if high else "",
    )


def actions_page(site: Site) -> Page:
    """Open actions, issues and steps against risks, by the person who must do them."""
    found = []
    for project in running(site):
        found += [
            (one.owner, one.due, one.what, "action", project, "registers")
            for one in project.plan.actions
            if one.status == "open"
        ]
        found += [
            (one.owner, one.due, one.action or one.title, "issue", project, "registers")
            for one in project.plan.issues
            if one.status == "open"
        ]
        found += [
            (one.owner, one.due, one.action, "risk", project, "risks")
            for one in project.plan.risks
            if one.status == "open" and one.action and one.response != "accept"
        ]
    found.sort(key=lambda one: (one[1] is None, one[1] or site.as_of, one[0] or "", one[2]))
    late = Counter(who or "nobody" for who, due, *_ in found if due is not None and due < site.as_of)
    every = Counter(who or "nobody" for who, *_ in found)
    table = Table(
        name="Open actions", empty="No action is open.",
        columns=(Column("By", "date"), Column("What", wide=True), Column("Who"), Column("Project"), Column("From")),
        rows=tuple(Row(facets=(("who", who or "nobody"), ("kind", kind)), cells=(until(due, site.as_of), Cell(what), person(who), linked(project, anchor), Cell(kind))) for who, due, what, kind, project, anchor in found),
    )  # fmt: skip
    people = Table(
        name="By person", empty="Nobody has an open action.", columns=(Column("Person", wide=True), Column("Open", "num"), Column("Overdue", "num")),
        rows=rows_of((person(None if who == "nobody" else who), str(number), Cell(str(late[who]), tone="late" if late[who] else "")) for who, number in sorted(every.items(), key=lambda one: (-late[one[0]], -one[1], one[0]))),
    )  # fmt: skip
    total = sum(late.values())
    sentence = (
        f"{words.count(len(found), 'open action')} for {words.count(len(every), 'person', 'people')}; {total or 'none'} {words.verb(total or 1, 'is')} overdue."
        if found
        else "No action is open."
    )
    choices = (*choice("who", "Who", list(every)), *choice("kind", "From", [one[3] for one in found]))
    return PORTFOLIO.page(
        site,
        "actions/",
        "Actions by person",
        sentence,
        (
            block("people", "By person", table=people),
            block("actions", "What is to be done", table=table, choices=choices),
        ),
    )


def suppliers_page(site: Site) -> Page:
    """Every contract: what it is worth, when it ends, what it contributes to; the same party over projects."""
    repository = site.portfolio.repository
    ones = [(one, project) for project in running(site) for one in project.plan.suppliers]
    ones.sort(key=lambda pair: (pair[0].status != "open", pair[0].end is None, pair[0].end or site.as_of, pair[1].id))
    sums: dict[str, Decimal] = {}
    lacking = 0
    for one, _ in ones:
        if one.status == "open" and one.value:
            value = convert(
                one.value, repository.currency, site.as_of, repository.policy.rates, repository.currency
            ).money
            lacking += value is None
            sums[one.party] = sums.get(one.party, Decimal(0)) + (value.amount if value else Decimal(0))
    names = {one.id: {thing.id: thing.name for thing in one.plan.deliverables} for _, one in ones}
    table = Table(
        name="Contracts", empty="No supplier is written down.",
        columns=(Column("Ends", "date"), Column("Supplier", wide=True), Column("Worth", "num"), Column("Project"), Column("Delivers"), Column("Whom to call")),
        rows=tuple(
            Row(facets=(("party", one.party), ("project", project.plan.name)), tone="" if one.status == "open" else "closed", cells=(
                until(one.end, site.as_of) if one.status == "open" else when(one.end), Cell(one.party, sub=f"contract {one.contract}" if one.contract else "no contract named"), Cell(words.money(one.value)),
                linked(project, "registers"), Cell(words.listed([names[project.id].get(name, name) for name in one.deliverables])), Cell(one.contact or "", sub=f"else {one.escalation}" if one.escalation else ""),
            )) for one, project in ones
        ),
    )  # fmt: skip
    open_ones = sum(one.status == "open" for one, _ in ones)
    chart_sentence = f"Open contracts by supplier, in {repository.currency} by the rate of the day." + (
        f" {words.count(lacking, 'contract')} in a currency without a rate {words.verb(lacking, 'is')} not in it."
        if lacking
        else ""
    )
    drawn = bars(
        [Bar(name, amount, f"{amount:,.0f} {repository.currency}") for name, amount in sums.items()],
        "Open contracts by supplier",
        chart_sentence,
    )
    ended = sum(one.status == "open" and one.end is not None and one.end < site.as_of for one, _ in ones)
    sentence = (
        f"{words.count(open_ones, 'open contract')} with {words.count(len({one.party for one, _ in ones if one.status == 'open'}), 'supplier')}"
        + (
            f"; {ended} {words.verb(ended, 'has')} ended by its date and {words.verb(ended, 'is')} still open."
            if ended
            else "."
        )
    )
    return PORTFOLIO.page(site, "suppliers/", "Suppliers", sentence if ones else "No supplier is written down.", (
        block("worth", "What contracts are worth", chart=drawn) if sums else block("worth"),
        block("contracts", "Contracts", table=table, choices=(*choice("party", "Supplier", [one.party for one, _ in ones]), *choice("project", "Project", [one.plan.name for _, one in ones]))),
    ))  # fmt: skip


def quality_page(site: Site) -> Page:
    """Checks on time, accepted the first time, and what must be done again."""
    ones = [(one, project) for project in running(site) for one in project.plan.quality_checks]
    done = [(one, project) for one, project in ones if one.done_on]
    on_time = sum(one.planned is not None and one.done_on is not None and one.done_on <= one.planned for one, _ in done)
    dated = sum(one.planned is not None for one, _ in done)
    passed = sum(one.result == "pass" for one, _ in done)
    overdue = sum(one.done_on is None and one.planned is not None and one.planned < site.as_of for one, _ in ones)
    handed = [(thing, project) for project in running(site) for thing in project.plan.deliverables]
    accepted = [(thing, project) for thing, project in handed if thing.status == "done" or thing.actual]
    first = sum(
        not any(check.deliverable == thing.id and check.result == "fail" for check in project.plan.quality_checks)
        for thing, project in accepted
    )
    rejected = [(thing, project) for thing, project in handed if thing.status == "rejected"]
    ones.sort(
        key=lambda pair: (
            pair[0].result != "fail",
            pair[0].done_on is not None,
            pair[0].planned is None,
            pair[0].planned or site.as_of,
            pair[1].id,
        )
    )
    checks = Table(
        name="Checks", empty="No check is planned.",
        columns=(Column("Planned", "date"), Column("Check", wide=True), Column("Deliverable"), Column("Project"), Column("Checker"), Column("Result")),
        rows=tuple(
            Row(facets=(("project", project.plan.name), ("result", one.result or "open")), cells=(
                until(one.planned, site.as_of) if one.done_on is None else when(one.planned), Cell(one.method), Cell(next((thing.name for thing in project.plan.deliverables if thing.id == one.deliverable), one.deliverable or "")),
                linked(project, "deliverables"), person(one.checker), Cell(f"{one.result or 'done'} on {words.day(one.done_on)}" if one.done_on else "open", tone="late" if one.result == "fail" else "good" if one.result == "pass" else ""),
            )) for one, project in ones
        ),
    )  # fmt: skip
    again = Table(
        name="Rejected deliverables", empty="No deliverable is rejected.", columns=(Column("Deliverable", wide=True), Column("Project"), Column("Accepted by"), Column("Expected", "date")),
        rows=rows_of((thing.name, linked(project, "deliverables"), person(thing.accepted_by), when(thing.forecast or thing.planned)) for thing, project in rejected),
    )  # fmt: skip
    sentence = (
        f"{on_time} of {words.count(dated, 'check')} done on time, {passed} of {len(done)} passed, {first} of {words.count(len(accepted), 'accepted deliverable')} without a failed check, {len(rejected)} rejected."
        if ones or handed
        else "No check and no deliverable is written down."
    )
    second = f"{words.count(overdue, 'check')} {words.verb(overdue, 'is')} overdue." if overdue else ""
    return PORTFOLIO.page(site, "quality/", "Quality", sentence, (block("again", "To be done again", table=again), block("checks", "Checks", table=checks, choices=(*choice("project", "Project", [one.plan.name for _, one in ones]), *choice("result", "Result", [one.result or "open" for one, _ in ones])))), second=second)  # fmt: skip
