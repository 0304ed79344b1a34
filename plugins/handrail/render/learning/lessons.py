"""The lessons library: what projects learnt, by phase, tag and what became of it, and who used it since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from handrail.compute.lessons import DISPOSITIONS, Shelved, library
from handrail.model.words import PHASES
from handrail.render import words
from handrail.render.block import block, choice
from handrail.render.frame import LEARNING
from handrail.render.page import Page
from handrail.render.portfolio.who import when
from handrail.render.table import Cell, Column, Row, Table, downloads_of, rows_of
from handrail.render.view import Site

_ANSWER = 30
_COLUMNS = (
    Column("Captured", "date"), Column("Lesson", wide=True), Column("Project"), Column("Phase"), Column("Tags"), Column("Became"),
    Column("Used by"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    found = library(site.portfolio.repository, (one.plan for one in site.projects), site.as_of)
    changed = sum(one.disposition == "changed something" for one in found)
    waiting = sum(one.disposition == "waiting" for one in found)
    used = sum(bool(one.applied) for one in found)
    sentence = (
        f"{words.count(len(found), 'lesson')}: {changed} changed something, {used} {words.verb(used, 'was')} applied by other "
        f"projects, {waiting} {words.verb(waiting, 'waits')} for an answer."
    ) if found else "Nobody has written a lesson yet."  # fmt: skip
    phases = [one for one in PHASES if any(each.phase == one for each in found)]
    tags = sorted({tag for one in found for tag in one.lesson.tags})
    choices = (
        *choice("phase", "Phase", phases), *choice("tag", "Tag", tags), *choice("became", "Became", [one.disposition for one in found]),
    )  # fmt: skip
    table = Table(
        name="Lessons",
        columns=_COLUMNS,
        empty="Nobody has written a lesson yet.",
        rows=tuple(_row(site, one) for one in found),
    )
    yield LEARNING.page(
        site, "lessons/", "Lessons", sentence,
        (
            block("lessons", "The newest first", table=table, choices=choices),
            block("tags", "By tag", table=_counted("By tag", "Tag", found, tags, lambda one, tag: tag in one.lesson.tags)),
            block("phases", "By phase", table=_counted("By phase", "Phase", found, phases, lambda one, phase: one.phase == phase)),
        ),
        second="Projects that are being planned see those that share their tags, and say what came of each.",
        downloads=downloads_of("lessons", "lesson_uses"),
    )  # fmt: skip


def _row(site: Site, one: Shelved) -> Row:
    lesson = one.lesson
    return Row(
        facets=(("phase", one.phase), ("tag", "|".join(lesson.tags)), ("became", one.disposition)),
        cells=(
            when(lesson.raised_on, "no day"), Cell(lesson.title, sub=lesson.recommendation or "", anchor=one.name.replace("/", "-")),
            Cell(one.plan.name, href=f"projects/{one.plan.id}/#records"), Cell(one.phase), Cell(", ".join(lesson.tags)),
            _became(one, _days(site)), Cell(_used(site, one), sub=_not_used(one)),
        ),
    )  # fmt: skip


def _days(site: Site) -> int:
    """Days within which a lesson gets its answer."""
    setting = site.settings.get("LSN-02")
    return int(setting.params.get("days", _ANSWER)) if setting else _ANSWER


def _became(one: Shelved, limit: int) -> Cell:
    if one.disposition == "waiting":
        return Cell(
            "waiting",
            sub=words.count(one.waits, "day") if one.waits is not None else "",
            tone="late" if (one.waits or 0) > limit else "",
        )
    proposal = ", ".join(one.proposals)
    if proposal:
        return Cell(
            one.disposition,
            href=f"{LEARNING.place}proposals/",
            sub=proposal,
            tone="good" if one.disposition == "changed something" else "",
        )
    return Cell(one.disposition, sub=one.triage.reason or "" if one.triage else "")


def _used(site: Site, one: Shelved) -> str:
    others = [name for name in one.applied if name != one.plan.id]
    names = {each.id: each.plan.name for each in site.projects}
    return ", ".join(names.get(name, name) for name in others) or "nobody yet"


def _not_used(one: Shelved) -> str:
    return (
        f"{words.count(len(one.not_applicable), 'project')} found that it did not apply" if one.not_applicable else ""
    )


def _counted(
    name: str, head: str, found: tuple[Shelved, ...], keys: Sequence[str], fits: Callable[[Shelved, str], bool]
) -> Table:
    """Lessons by a key, with what became of them; the key with most lessons first."""
    by_key = {key: [one for one in found if fits(one, key)] for key in keys}
    rows: list[tuple[Cell | str, ...]] = []
    for key, ones in sorted(by_key.items(), key=lambda pair: -len(pair[1])):
        became = Counter(one.disposition for one in ones)
        uses = sum(len(set(one.applied) - {one.plan.id}) for one in ones)
        rows.append((Cell(key), str(len(ones)), *(str(became[each] or "") for each in DISPOSITIONS), str(uses)))
    return Table(
        name=name, empty="No lesson has one.",
        columns=(Column(head), Column("Lessons", "num"), *(Column(one.capitalize(), "num") for one in DISPOSITIONS), Column("Times applied", "num")),
        rows=rows_of(rows),
    )  # fmt: skip
