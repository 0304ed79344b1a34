"""What stands in a pack, as values: both ways of writing it say the same because neither computes anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handrail.compute.money_curve import MoneyCurve
from handrail.render.charts.mta import Trace
from handrail.render.project.promises import Fact
from handrail.render.project.status import Dimension
from handrail.render.table import Table
from handrail.render.words import Light, day


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the figures were made from. commit: its full name, empty without Git; moment: when it was made, UTC."""

    commit: str
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its heading and the sentence that says what it means."""

    title: str
    sentence: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """One project on one page. narrative: the newest report as plain text; report: the line that says whose and when.

    money, traces: what the two charts are drawn from; None or empty where there is nothing to draw, and then the
    sentences say why.
    """

    id: str
    name: str
    line: str
    light: Light
    computed: Light
    reported: str
    melon: bool
    trend: str
    why: str
    because: str
    figures: tuple[Fact, ...]
    dimensions: tuple[Dimension, ...]
    milestones: Table
    risks: Table
    money: MoneyCurve | None
    money_sentence: str
    traces: tuple[Trace, ...]
    trend_sentence: str
    report: str
    narrative: str

    @property
    def said(self) -> str:
        """Both colours in words, and how the reported one moved; without a full stop."""
        text = f"Computed {self.computed.word.lower()}"
        if self.reported == "no report yet":
            return f"{text}; there is no report yet"
        text += f", reported {self.reported.lower()}{': better than the figures' if self.melon else ''}"
        return f"{text}; {self.trend}" if self.trend else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A board's pack. meets: the meeting it is for, None where no rhythm tells; since: the last meeting, with its reason.

    sheets: decisions, changes, exceptions, all projects; then one page for each project; then `after`: benefits,
    deviations and remarks; last the appendix.
    """

    organisation: str
    board: str
    members: str
    as_of: date
    origin: Origin
    meets: date | None
    since: date
    since_why: str
    sentence: str
    sheets: tuple[Sheet, ...]
    projects: tuple[OnePage, ...]
    after: tuple[Sheet, ...]
    appendix: tuple[Sheet, ...]

    @property
    def source(self) -> str:
        """What stands on every page: whose figures, of which day, from which commit."""
        return f"{self.board} · data of {day(self.as_of)} · {self.commit}"

    @property
    def commit(self) -> str:
        """The commit in words."""
        return f"commit {self.origin.commit[:12]}" if self.origin.commit else "no commit"

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"{self.board}: steering pack of {day(self.as_of)}"
