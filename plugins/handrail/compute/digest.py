"""What one reader needs of the portfolio and nothing else: a project manager's desk, a stakeholder's own items, a board's pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from handrail import english
from handrail.compute.agreed_plan import promised
from handrail.compute.board_days import meetings
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.health import ENDED
from handrail.compute.reminders import WITHIN, Reminder, reminders
from handrail.model.repository import BrokenPlan
from handrail.remark import Remark

Reader = Literal["person", "stakeholder", "board"]
READERS: tuple[Reader, ...] = ("person", "stakeholder", "board")
_AHEAD = timedelta(days=42)
_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. mark: a colour, a day or a rule. more: what stands below it, for whoever wants to know."""

    mark: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with its lines, and what is said where there are none."""

    title: str
    lines: tuple[Line, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything for one reader. projects: those that concern the reader."""

    reader: Reader
    name: str
    as_of: date
    sentence: str
    projects: tuple[str, ...]
    parts: tuple[Part, ...]


def digest(
    portfolio: Portfolio, remarks: tuple[Remark, ...], reader: Reader, name: str, news: Mapping[str, tuple[str, ...]]
) -> Digest:
    """Gather for one reader. `news` are sentences on what changed, by project, for those who are told of it.

    Restricted projects are told only to the people who lead them or sit above them.
    """
    makers = {"person": _person, "stakeholder": _stakeholder, "board": _board}
    return makers[reader](portfolio, remarks, name, news)


def readers(portfolio: Portfolio) -> dict[Reader, tuple[str, ...]]:
    """Who can be written for: handles, boards by id, and stakeholders as the registers name them, or by handle."""
    people = tuple(portfolio.repository.people)
    parties = {
        one.party: None for project in _open(portfolio) for one in project.plan.stakeholders if not _secret(project)
    }
    return {
        "person": people, "stakeholder": (*people, *parties),
        "board": tuple(one.id for one in portfolio.repository.policy.boards.boards),
    }  # fmt: skip


_News = Mapping[str, tuple[str, ...]]


def _person(portfolio: Portfolio, remarks: tuple[Remark, ...], name: str, news: _News) -> Digest:
    """My projects, what blocks me, what is due from me in 14 days."""
    mine = tuple(one for one in _open(portfolio) if name in {one.plan.manager, *one.plan.delegates})
    unread = tuple(one for one in portfolio.broken if _led_by(one, name, portfolio))
    ids = {*(one.id for one in unread), *(one.id for one in mine)}
    own = [one for one in remarks if one.project in ids and one.state != "waived"]
    blocking, later = (
        [one for one in own if one.blocks],
        [one for one in own if one.enforce_at == "gate" and not one.blocks],
    )
    due = _due(portfolio, WITHIN, {name})
    late = sum(one.late for one in due)
    return Digest(
        reader="person", name=name, as_of=portfolio.as_of, projects=tuple(sorted(ids)),
        sentence=f"{english.count(len(ids), 'project')} to lead; {english.count(len(blocking), 'remark')} would stop a pull request; "
        f"{english.count(len(due), 'thing')} due in the next {WITHIN.days} days, {late} of them late.",
        parts=(
            Part(title="My projects", lines=(*map(_unread, unread), *map(_project, mine)), empty="You lead no project that is open."),
            Part(title="What stops my pull request", lines=tuple(_remark(one) for one in blocking), empty="Nothing."),
            Part(title=f"Due by {english.day(portfolio.as_of + WITHIN)}", lines=tuple(map(_reminder, due)), empty="Nothing is due."),
            Part(title="Needed for the next gate", lines=_cut([_remark(one) for one in later]), empty="Nothing is missing."),
            *_changes(mine, news),
        ),
    )  # fmt: skip


def _stakeholder(portfolio: Portfolio, remarks: tuple[Remark, ...], name: str, news: _News) -> Digest:
    """Only what this reader has a part in: what is asked, what is handed over to them, what they are promised."""
    del remarks
    mine = tuple(one for one in _open(portfolio) if name in _parts_of(one, portfolio))
    handed = [
        Line(
            mark=english.day(one.expected, "no day"), text=f"{project.plan.name}: {one.name}",
            more="accepted" if one.done else _moved(project, one),
        )
        for project in mine
        for one in project.deliverables
        if name in _heard(project) or one.id in {each.id for each in project.plan.deliverables if each.accepted_by == name}
    ]  # fmt: skip
    benefits = [
        Line(mark=english.day(one.by, "no day"), text=f"{project.plan.name}: {one.what}", more=f"from {one.now} to {one.target}" if one.target is not None else "")
        for project in mine
        for one in (*((project.plan.why.benefit,) if project.plan.why and project.plan.why.benefit else ()), *project.plan.benefits)
        if one.owner == name or name in _heard(project)
    ]  # fmt: skip
    told = [
        Line(mark=one.cadence or "", text=f"{project.plan.name}: {one.content or 'news'}", more=" ".join(filter(None, (one.channel, f"by {one.owner}" if one.owner else ""))))
        for project in mine for one in project.plan.communications if one.audience == name
    ]  # fmt: skip
    due = _due(portfolio, _AHEAD, {name})
    return Digest(
        reader="stakeholder", name=name, as_of=portfolio.as_of, projects=tuple(one.id for one in mine),
        sentence=f"{english.count(len(mine), 'project')} {'concerns' if len(mine) == 1 else 'concern'} {name}; {english.count(len(due), 'thing')} asked of them.",
        parts=(
            Part(title="Asked of you", lines=tuple(map(_reminder, due)), empty="Nothing."),
            Part(title="Projects that concern you", lines=tuple(map(_project, mine)), empty="None."),
            Part(title="What you are to get", lines=tuple(handed), empty="Nothing is handed over to you."),
            Part(title="What it is good for", lines=tuple(benefits), empty="No benefit is promised to you by name."),
            Part(title="How you hear of it", lines=tuple(told), empty="No regular message is planned for you."),
            *_changes(mine, news),
        ),
    )  # fmt: skip


def _board(portfolio: Portfolio, remarks: tuple[Remark, ...], name: str, news: _News) -> Digest:
    """What the board must decide, what is not as promised, what comes before the next meetings."""
    del remarks
    board = next(one for one in portfolio.repository.policy.boards.boards if one.id == name)
    mine = tuple(one for one in _open(portfolio) if one.plan.board == name)
    seats = {name, *board.members}
    ids = {one.id for one in mine}
    asked = [one for one in _due(portfolio, _AHEAD, seats) if one.project in ids and _decides(one)]
    asked = list({(one.project, one.kind, one.id): one for one in asked}.values())
    bad = [one for one in mine if one.health.counts in {"red", "amber"} or one.health.watermelon or one.report_overdue]
    until = portfolio.as_of + _AHEAD
    gates = sorted(
        (one.next_gate.expected, one) for one in mine
        if one.next_gate and one.next_gate.expected and one.next_gate.expected <= until
    ) if mine else []  # fmt: skip
    days = [english.day(one) for one in meetings(board.meets, portfolio.as_of, until)]
    return Digest(
        reader="board", name=name, as_of=portfolio.as_of, projects=tuple(one.id for one in mine),
        sentence=f"{board.name}: {english.count(len(asked), 'decision')} asked, {len(bad)} of {english.count(len(mine), 'project')} "
        f"not as promised. {'Meets on ' + ', '.join(days) + '.' if days else 'No meeting is known in the next six weeks.'}",
        parts=(
            Part(title="Decisions asked", lines=tuple(map(_reminder, asked)), empty="None."),
            Part(title="Not as promised", lines=tuple(map(_project, bad)), empty="Every project is."),
            Part(title="Gates in the next six weeks", lines=tuple(Line(mark=english.day(day), text=f"{one.plan.name}: {one.next_gate.name if one.next_gate else ''}") for day, one in gates), empty="None."),
            Part(title="All projects of the board", lines=tuple(map(_project, mine)), empty="It has none."),
            *_changes(mine, news),
        ),
    )  # fmt: skip


def _open(portfolio: Portfolio) -> tuple[Project, ...]:
    order = {"red": 0, "amber": 1, None: 2, "green": 3}
    ones = (one for one in portfolio.projects if one.plan.state not in ENDED)
    return tuple(sorted(ones, key=lambda one: (order[one.health.counts], one.plan.name.casefold(), one.id)))


def _led_by(plan: BrokenPlan, name: str, portfolio: Portfolio) -> bool:
    """Whether a plan that cannot be read names its manager all the same, as a line that can."""
    try:
        text = portfolio.repository.tree.read(f"projects/{plan.id}/project.yaml").decode(errors="replace")
    except OSError:
        return False
    return re.search(rf"^manager:[ '\"]*{re.escape(name)}['\"]?\s*(?:#.*)?$", text, re.MULTILINE) is not None


def _unread(plan: BrokenPlan) -> Line:
    return Line(
        mark="-", text=f"{plan.name} ({plan.id}): cannot be read" if plan.name != plan.id else f"{plan.id}: cannot be read",
        more=f"nothing is known of how it stands; `handrail check projects/{plan.id}` says why",
    )  # fmt: skip


def _secret(project: Project) -> bool:
    return project.plan.sensitivity == "restricted"


def _parts_of(project: Project, portfolio: Portfolio) -> frozenset[str]:
    """Who has a part in a project. Of a restricted one only those who stand above it."""
    plan = project.plan
    board = next((one.members for one in portfolio.repository.policy.boards.boards if one.id == plan.board), ())
    above = {plan.sponsor, plan.assurance, *board}
    if not _secret(project):
        promised = (*((plan.why.benefit,) if plan.why and plan.why.benefit else ()), *plan.benefits)
        above |= {one.accepted_by for one in plan.deliverables} | {one.owner for one in promised} | set(_heard(project))
    return frozenset(one for one in above if one)


def _heard(project: Project) -> frozenset[str]:
    """Parties of the register, by name."""
    return frozenset() if _secret(project) else frozenset(one.party for one in project.plan.stakeholders)


def _due(portfolio: Portfolio, within: timedelta, people: set[str]) -> list[Reminder]:
    return [one for one in reminders(portfolio, within) if one.person in people]


def _decides(one: Reminder) -> bool:
    return (
        one.kind in {"decision", "change request", "deviation", "gate", "baseline", "exception"}
        and one.since is not None
    )


def _project(one: Project) -> Line:
    end = f"end {english.day(one.end.expected, 'no day')}{_moved_in_brackets(one)}" if one.end else "no end"
    gate = f"; next gate {one.next_gate.name}, {english.day(one.next_gate.expected, 'no day')}" if one.next_gate else ""
    report = "; its report is overdue" if one.report_overdue else ""
    melon = "; reported better than computed" if one.health.watermelon else ""
    return Line(
        mark=one.health.counts or "-",
        text=f"{one.plan.name} ({one.id}): {end}{gate}{report}{melon}",
        more=one.health.overall.why,
    )


def _moved_in_brackets(one: Project) -> str:
    if one.end is None or one.end.planned is None or one.end.planned == one.end.expected:
        return ""
    return f" ({promised(one)} {english.day(one.end.planned)})"


def _moved(project: Project, one: Dated) -> str:
    return f"{promised(project)} {english.day(one.planned)}" if one.planned and one.planned != one.expected else ""


def _reminder(one: Reminder) -> Line:
    mark = english.day(one.due) if one.due else f"since {english.day(one.since)}" if one.since else ""
    return Line(mark=f"{mark}{' late' if one.late else ''}", text=f"{one.name}: {one.what}", more=one.file)


def _remark(one: Remark) -> Line:
    return Line(mark=one.rule, text=f"{one.loc.file}: {one.message}", more=one.fix)


def _cut(lines: list[Line], lister: str = "handrail check") -> tuple[Line, ...]:
    rest = len(lines) - _SHOWN
    return (
        (*lines[:_SHOWN], Line(mark="", text=f"and {rest} more; `{lister}` lists them")) if rest > 0 else tuple(lines)
    )


def _changes(mine: Iterable[Project], news: _News) -> Iterator[Part]:
    if news:
        lines = [Line(mark="", text=f"{one.plan.name}: {words}") for one in mine for words in news.get(one.id, ())]
        yield Part(
            title=f"What changed since {next(iter(news['']), 'then')}" if "" in news else "What changed",
            lines=_cut(lines, "handrail changes"),
            empty="Nothing.",
        )
