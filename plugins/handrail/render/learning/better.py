"""Are we getting better? The figures of the loop through the last year, with the sentence that says which way they went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from handrail.compute.getting_better import MEASURED, Improvement, Measured, course, values
from handrail.render import words
from handrail.render.block import Block, block
from handrail.render.charts.drawing import svg
from handrail.render.charts.lines import Line, lines
from handrail.render.frame import LEARNING
from handrail.render.page import Page, root_of
from handrail.render.table import Cell, Column, Table, downloads_of, rows_of
from handrail.render.view import Site
from handrail.report.improvement import headline, notes, said

TITLE = "Are we getting better?"
_BY_NAME = {one.name: one for one in MEASURED}
_ARROWS = {"better": "▲ better", "worse": "▼ worse", "same": "● the same"}
_TONES = {"better": "good", "worse": "late"}
_COLUMNS = (Column("Figure", wide=True), Column("Then", "num"), Column("Now", "num"), Column("Course"))
_GROUPS: tuple[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]], ...] = (
    ("loop", "From a lesson to a better standard",
     (("How long it takes", ("capture_to_triage_days", "triage_to_standard_days")),
      ("What comes of it", ("lessons_that_changed_something", "recurrence")),
      ("How often a lesson is used again", ("reuse_per_lesson",))),
     ("lessons", "lessons_waiting", "capture_to_triage_days", "triage_to_standard_days", "lessons_that_changed_something",
      "reuse_per_lesson", "recurrence")),
    ("promises", "What was promised", (("Late, and rejected at first", ("late", "rejected_at_first")),),
     ("promises_due", "late", "median_days_late", "deliverables_answered", "rejected_at_first")),
    ("warning", "Signs before a colour turns", (("How long before red the signs are there", ("days_of_warning",)),),
     ("turned_red", "warned_before_red", "days_of_warning")),
    ("balance", "Discipline and agility", (("How the gate weighs", ("blocked_at_first", "remarks_dismissed")),),
     ("pull_requests", "blocked_at_first", "minutes_to_green", "remarks_dismissed")),
    ("alike", "How alike projects are run",
     (("Differences between projects", ("heterogeneity", "parts_left_out", "with_deviation", "template_behind")),),
     ("heterogeneity", "parts_left_out", "tier_above", "with_deviation", "template_behind")),
)  # fmt: skip
"""Anchor and title of each part, its charts with their figures, and the figures of its table."""


def pages(site: Site) -> Iterator[Page]:
    """The one page, where the figures were computed."""
    found = site.better
    if found is None:
        return
    blocks = [_block(found, *one) for one in _GROUPS]
    if found.now.loop.recurrence:
        blocks.insert(1, block("causes", "Causes that changes should end", table=_causes(found), sentence=(
            "How often a cause came up in equally long times before and after the change that should end it. An issue of that "
            "category counts, and a lesson with that tag.")))  # fmt: skip
    told = list(notes(found))
    yield LEARNING.page(
        site, "", TITLE, headline(found), blocks, second=" ".join(told), downloads=downloads_of("improvement", "recurrence", "lesson_uses"),
        note="Each figure looks back over the 365 days that end with its day",
    )  # fmt: skip


def _block(
    found: Improvement, anchor: str, title: str, charts: Sequence[tuple[str, tuple[str, ...]]], names: Sequence[str]
) -> Block:
    drawn = [_chart(found, name, [_BY_NAME[one] for one in ones]) for name, ones in charts]
    table = Table(name=title, columns=_COLUMNS, rows=rows_of(_row(found, _BY_NAME[one]) for one in names))
    return block(anchor, title, table=table, chart=Markup().join(drawn))


def _chart(found: Improvement, name: str, ones: Sequence[Measured]) -> Markup:
    days = [one.on for one in found.standings]
    shown = [Line(name=one.title, values=tuple(values(each)[one.name] for each in found.standings)) for one in ones]
    unit = ones[0]
    return svg(
        lines(name, f"{name}. {_sentence(found, ones)}", days, shown, lambda value: said(value, unit, unit=False)),
        root_of(LEARNING.place),
    )


def _sentence(found: Improvement, ones: Sequence[Measured]) -> str:
    parts = []
    for one in ones:
        went, now = course(found, one), values(found.now)[one.name]
        if went is None:
            parts.append(f"{one.title}: {said(now, one)}.")
        else:
            parts.append(f"{one.title}: {said(went.then, one)} on {words.day(went.since)}, {said(went.now, one)} now.")
    return " ".join(parts)


def _row(found: Improvement, one: Measured) -> tuple[Cell | str, ...]:
    went, now = course(found, one), values(found.now)[one.name]
    direction = went.direction if went else None
    return (
        Cell(one.title, sub=one.says), Cell(said(went.then, one), sub=words.day(went.since)) if went else Cell("not known"),
        said(now, one), Cell(_ARROWS.get(direction or "", ""), tone=_TONES.get(direction or "", "")),
    )  # fmt: skip


def _causes(found: Improvement) -> Table:
    return Table(
        name="Causes before and after their change",
        columns=(Column("Cause"), Column("Change", wide=True), Column("Before", "num"), Column("After", "num"), Column("Days either way", "num"), Column("After by before", "num")),
        rows=rows_of(
            (one.cause, Cell(one.proposal, href=f"{LEARNING.place}proposals/"), str(one.before), str(one.after), str(one.days),
             words.share(one.rate, "never before")) for one in found.now.loop.recurrence
        ),
    )  # fmt: skip
