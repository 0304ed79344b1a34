"""Support: who asked the PMO for help, how long the clock has run, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.averages import median
from handrail.compute.facts import Project
from handrail.model.advice import Playbook, SupportAnswer
from handrail.model.records import SupportRequest
from handrail.render import helping, words
from handrail.render.block import block
from handrail.render.frame import LEARNING
from handrail.render.helping import Asked
from handrail.render.page import Page
from handrail.render.portfolio.who import linked, person, until, when
from handrail.render.table import Cell, Column, Table, downloads_of, rows_of
from handrail.render.view import Site


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    limit = helping.limit(site)
    found = list(helping.asked(site))
    waiting = [one for one in found if one[2] is None or one[2].acknowledged_on is None]
    taken = [one for one in found if one not in waiting and one[2] is not None and one[2].state != "resolved"]
    done = [one for one in found if one[2] is not None and one[2].state == "resolved" and one not in waiting]
    late = sum((one[3] or 0) > limit for one in waiting)
    took = median(one[3] for one in (*taken, *done) if one[3] is not None)
    if not found:
        sentence = "Nobody has asked the PMO for help yet."
    else:
        queue = "nobody waits for somebody to take it"
        if waiting:
            queue = f"{len(waiting)} {words.verb(len(waiting), 'waits')} for somebody, {late} longer than {words.count(limit, 'working day')}"
        sentence = (
            f"{words.count(len(found), 'request')} for help: {queue}; {len(taken)} in work, {len(done)} resolved."
        )
    second = f"Until somebody took a request, half waited {took:f} working days or less." if took is not None else ""
    yield LEARNING.page(
        site, "support/", "Support", sentence,
        (
            block("waiting", "Waiting for somebody", table=_open(waiting, limit, "Nobody waits.")),
            block("taken", "In work", table=_open(taken, limit, "Nothing is in work.", due=site)),
            block("done", "Resolved", table=_resolved(site, done)),
        ),
        second=second, downloads=downloads_of("support"),
    )  # fmt: skip


def _open(ones: list[Asked], limit: int, empty: str, due: Site | None = None) -> Table:
    def row(
        project: Project, one: SupportRequest, answer: SupportAnswer | None, waited: int | None
    ) -> tuple[Cell | str, ...]:
        clock = words.count(waited, "working day") if waited is not None else "no day"
        return (
            when(one.opened, "no day"), Cell(clock, tone="late" if (waited or 0) > limit and answer is None else ""), one.situation,
            f"{one.urgency} of 5" if one.urgency else "not said", linked(project), person(one.requested_by),
            person(answer.acknowledged_by if answer else None),
            until(answer.follow_up, due.as_of, "not said") if answer and due else Cell(""),
        )  # fmt: skip

    return Table(
        name="Requests for help", empty=empty,
        columns=(Column("Asked", "date"), Column("Until it was taken"), Column("Situation", wide=True), Column("Urgency"), Column("Project"), Column("Asked by"), Column("Taken by"), Column("Asked again on", "date")),
        rows=rows_of(row(*one) for one in ones),
    )  # fmt: skip


def _resolved(site: Site, ones: list[Asked]) -> Table:
    playbooks = {one.id: one.title for one in site.portfolio.repository.every(Playbook)}

    def source(answer: SupportAnswer) -> Cell:
        if answer.playbook:
            return Cell(
                playbooks.get(answer.playbook, answer.playbook),
                href=f"playbooks/{answer.playbook}/" if answer.playbook in playbooks else None,
            )
        return Cell(
            answer.reference or answer.proposal or "not said",
            tone="" if answer.reference or answer.proposal else "missing",
        )

    return Table(
        name="Resolved requests", empty="None is resolved yet.",
        columns=(Column("Resolved", "date"), Column("Until it was taken"), Column("Situation", wide=True), Column("What came of it", wide=True), Column("Followed"), Column("Project"), Column("Rated", "num")),
        rows=rows_of(
            (when(answer.resolved_on, "no day"), words.count(waited, "working day") if waited is not None else "no day", one.situation, answer.outcome or "not said",
             source(answer), linked(project), f"{answer.rating} of 5" if answer.rating else "")
            for project, one, answer, waited in ones if answer is not None
        ),
    )  # fmt: skip
