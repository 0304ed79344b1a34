"""Whatever a plan says about its tasks, there is a schedule or a reason why not, and never an exception."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from handrail.compute.schedule import Frame, schedule_of
from handrail.compute.workdays import WorkDays
from handrail.compute.working_time import hours_of
from handrail.export.schedule_text import reasons, table
from handrail.load import FolderTree, load
from handrail.model.project import Plan
from handrail.model.schedule import Calendar, Constraint, Link, Scheduling, Task
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import ROOT

REPOSITORY = load(FolderTree(ROOT)).repository
CALENDAR = REPOSITORY.organisation.calendar
FRAME = Frame(
    repository=REPOSITORY, hours=hours_of(CALENDAR, "it"), days=WorkDays.of(CALENDAR), as_of=date(2026, 12, 4)
)
MAYBE = st.none
DAYS = st.one_of(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from((date(1000, 1, 1), date(9999, 12, 31)))
)
LENGTHS = st.sampled_from(("0d", "1d", "3d 4h", "2ed", "36500d", "36500ed", "1000000d", "1d 1ed", "5mo"))
LAGS = st.sampled_from(("+2d", "-3d", "+1ed", "-36500d", "+36500ed", "+50%", "-9999%"))
NAMES = [f"T{i}" for i in range(6)]


TYPES = st.sampled_from(("FS", "SS", "FF", "SF"))
HARMLESS = st.sampled_from(("0d", "1d", "3d 4h", "2ed", "5mo"))


@st.composite
def plans(draw, *, sound):
    """A plan of six tasks: with any fault whatever, or with nothing that keeps dates from being computed."""
    lengths = HARMLESS if sound else LENGTHS
    night = Calendar(id="NIGHT", week={"monday": "22:00-06:00"})
    never = Calendar(id="NEVER", week={})
    tasks = []
    for i, name in enumerate(NAMES):
        before = st.sampled_from(NAMES[:i] or ["T0"]) if sound else st.sampled_from((*NAMES, "T99"))
        links = st.lists(
            st.builds(Link, task=before, type=TYPES, lag=MAYBE() | LAGS), max_size=2 if i or not sound else 0
        )
        kinds = ("ASAP", "ALAP", "SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO")
        when = DAYS if sound else MAYBE() | DAYS
        elapsed = draw(st.booleans())
        one = Task(
            id=name, name=f"Task {name}", parent=draw(MAYBE() | before) if not sound else None,
            duration=draw(st.just("2ed") if elapsed else MAYBE() | lengths), links=tuple(draw(links)),
            constraint=draw(MAYBE() | st.builds(Constraint, type=st.sampled_from(kinds), date=when)),
            deadline=draw(MAYBE() | DAYS), manual=draw(st.booleans()), start=draw(MAYBE() | DAYS),
            finish=None if sound else draw(MAYBE() | DAYS), planned_start=draw(MAYBE() | DAYS),
            planned_finish=draw(MAYBE() | DAYS), forecast=draw(MAYBE() | DAYS), actual_start=draw(MAYBE() | DAYS),
            actual_finish=draw(MAYBE() | DAYS), remaining=None if sound else draw(MAYBE() | lengths),
            percent=draw(MAYBE() | st.sampled_from((Decimal(0), Decimal("0.4"), Decimal(1), Decimal(3)))),
            calendar=draw(st.sampled_from((None, "NIGHT") if sound else (None, "NIGHT", "NEVER", "GONE"))),
            active=draw(st.integers(0, 9)) > 0,
        )  # fmt: skip
        tasks.append(one)
    return Plan(
        id="a", name="A", tier="small", phase="execution", tasks=tuple(tasks), start=draw(MAYBE() | DAYS),
        calendars=(night,) if sound else draw(st.sampled_from(((), (night,), (never,)))),
        scheduling=draw(MAYBE() | st.builds(Scheduling, calendar=MAYBE() | st.just("NIGHT"), honour_constraints=st.booleans())),
    )  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(plans(sound=True), plans(sound=False)), MAYBE() | DAYS)
def test_there_is_a_schedule_or_a_reason(plan: Plan, status: date | None) -> None:
    found = schedule_of(plan, FRAME, status, None)
    assert bool(found.tasks) != bool(found.why)
    for one in (*found.problems, *found.warnings):
        assert one.message.endswith(".")
        assert one.fix
    if found.why:
        return
    assert len(list(table(found, on=False))) == len(found.tasks) + 2
    for task in found.tasks:
        assert list(reasons(found, task.id))
