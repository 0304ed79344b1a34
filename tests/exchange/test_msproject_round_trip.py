"""import(export(plan)) = plan, for plans of every shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from handrail.edit import dump
from handrail.exchange.msproject.export import export_plan
from handrail.exchange.msproject.importer import Beside, import_plan
from handrail.exchange.msproject.tree import parse
from handrail.load import FolderTree, load
from handrail.source.text import HIDDEN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.plans import ORIGIN, PROJECT, folder

DURATIONS = (
    "0d",
    "1d",
    "3d",
    "2.5d",
    "4h",
    "30m",
    "7m",
    "0.5m",
    "2w",
    "1mo",
    "3ed",
    "5eh",
    "1ew",
    "45em",
    "1emo",
    "1000d",
)
LAGS = ("+2d", "-1d", "+50%", "-25%", "+1ed", "+4h", "-30m", "+1w", "+0.5m", "+1mo", "-2eh")
DATES = ("2027-01-11", "2027-01-13T10:30", "2027-02-06", "2027-03-01T08:15", "2027-12-31", "2027-02-06T12:00")
DAYS = ("2027-01-11", "2027-02-06", "2027-12-31")
WEEKS = (
    {"monday": "08:00-12:00 13:00-17:00", "tuesday": "08:00-12:00"},
    {"saturday": "00:00-24:00", "sunday": "00:00-24:00"},
    dict.fromkeys(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), "00:00-06:00 22:00-24:00"
    ),
    dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), "07:00-12:00 12:30-17:30"),
)
visible = st.characters(categories=("L", "N", "P", "S", "Zs")).filter(lambda one: not HIDDEN.search(one))
text = st.text(visible, min_size=1, max_size=20).map(lambda one: " ".join(one.split()) or "x")


def maybe(strategy):
    return st.none() | strategy


@st.composite
def tasks(draw, calendars, people):
    """Tasks in the order of their outline."""
    count = draw(st.integers(0, 12))
    numbers = draw(st.lists(st.integers(1, 9999), min_size=count, max_size=count, unique=True))
    ids = [f"T{number}" for number in numbers]
    path: list[str] = []
    found: list[dict[str, Any]] = []
    for place, ident in enumerate(ids):
        depth = draw(st.integers(0, len(path)))
        path = path[:depth]
        found.append({"id": ident, "name": draw(text), "parent": path[-1] if path else None})
        path.append(ident)
        if place:
            befores = draw(st.lists(st.sampled_from(ids[:place]), max_size=3, unique=True))
            found[-1]["links"] = [
                {
                    "task": before,
                    "type": draw(st.sampled_from(("SS", "FF", "SF", None))),
                    "lag": draw(maybe(st.sampled_from(LAGS))),
                }
                for before in befores
            ] or None
    summaries = {one["parent"] for one in found}
    return [{**one, **draw(_details(one["id"] in summaries, calendars, people))} for one in found]


@st.composite
def _details(draw, summary, calendars, people):
    manual = draw(st.booleans())
    kind = draw(st.sampled_from((None, "ALAP", "SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO")))
    one = {
        "constraint": kind and {"type": kind, "date": None if kind == "ALAP" else draw(st.sampled_from(DATES))},
        "deadline": draw(maybe(st.sampled_from(DAYS))),
        "planned_start": draw(maybe(st.sampled_from(DAYS))), "planned_finish": draw(maybe(st.sampled_from(DAYS))),
        "calendar": draw(maybe(st.sampled_from(calendars))) if calendars else None,
        "ignore_resource_calendar": draw(st.sampled_from((None, True))), "active": draw(st.sampled_from((None, False))),
        "priority": draw(maybe(st.integers(0, 1000).filter(lambda number: number != 500))), "note": draw(maybe(text)),
        "wbs": draw(maybe(st.sampled_from(("W1", "W2.1")))), "assignees": draw(st.lists(st.sampled_from(people), unique=True)) or None,
    }  # fmt: skip
    if manual:
        one |= {
            "manual": True,
            "start": draw(maybe(st.sampled_from(DATES))),
            "finish": draw(maybe(st.sampled_from(DATES))),
        }
    if manual or not summary:
        one["duration"] = draw(st.sampled_from(DURATIONS))
    if not summary:
        one["effort_hours"] = draw(maybe(st.sampled_from((1, 7.5, 400))))
        one["percent"] = draw(maybe(st.integers(1, 100).map(lambda number: f"{number}%")))
        one["actual_start"] = draw(maybe(st.sampled_from(DATES)))
        if one["actual_start"]:
            # what remains is said in the unit of the duration
            one["actual_finish"] = draw(maybe(st.sampled_from(DATES)))
            one["remaining"] = None if one["actual_finish"] else draw(maybe(st.just(one["duration"])))
    return one


@st.composite
def plans(draw):
    names = draw(st.lists(text, max_size=3, unique=True))
    calendars = [
        {
            "id": name,
            "alone": True,
            "week": draw(st.sampled_from(WEEKS)),
            "holidays": draw(st.sampled_from((None, ["2027-01-18"]))),
        }
        for name in names
    ]
    resources = [
        {"id": "RS-2", "name": "Sand", "kind": "material"},
        {
            "id": "RS-7",
            "name": "Digger",
            "kind": "equipment",
            "calendar": draw(maybe(st.sampled_from(names))) if names else None,
        },
    ]
    resources = draw(st.sampled_from((resources, [])))
    people = ["l.petit", "Team A", *(one["id"] for one in resources)]
    own = draw(tasks(names, people))
    project = draw(maybe(st.sampled_from(names))) if names else None
    used = {project, *(one["calendar"] for one in own), *(one.get("calendar") for one in resources)}
    units = draw(
        st.sampled_from(
            (
                {},
                {"hours_per_day": 7.5, "days_per_month": 20},
                {"hours_per_day": 6, "hours_per_week": 30, "days_per_month": 18},
            )
        )
    )
    return _clean(
        {
            "status_date": draw(maybe(st.sampled_from(DAYS))),
            "scheduling": {"start": draw(maybe(st.sampled_from(DATES))), "calendar": project,
                           "honour_constraints": draw(st.sampled_from((None, False))), **units},
            "calendars": [one for one in calendars if one["id"] in used],
            "milestones": draw(st.sampled_from(([], [
                {"id": "M1", "name": "Open", "planned": "2027-03-01", "forecast": "2027-03-08"},
                {"id": "M2", "name": "Closed", "forecast": "2027-06-01", "actual": "2027-06-03"},
            ]))),
            "tasks": own, "resources": resources,
        }
    )  # fmt: skip


def _clean(value):
    if isinstance(value, dict):
        return {key: inner for key, one in value.items() if (inner := _clean(one)) not in (None, [], {})}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return Decimal(str(value)) if isinstance(value, float) else value


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("governed"))


def _loaded(tree):
    loaded = load(tree)
    assert not [one for one in loaded.remarks if one.project == "bridge"], [one.message for one in loaded.remarks]
    (plan,) = loaded.repository.plans
    return loaded.repository, plan


def _told(done):
    """What did not come as it is. Plans drawn at random have typed dates that contradict each other, and this is told."""
    return [one for one in done.report.notes if one.element not in {"Start", "Finish"}]


SAME = ("status_date", "calendars", "milestones", "tasks", "resources")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(written=plans())
def test_out_and_in_is_the_same_plan(base, written):
    home = "projects/bridge/"
    tree = Beside(
        tree=FolderTree(base),
        files={f"{home}project.yaml": PROJECT.encode(), f"{home}schedule.yaml": dump(written).encode()},
    )
    repository, plan = _loaded(tree)
    sent = export_plan(plan, repository)
    assert sent.notes == ()
    assert export_plan(plan, repository).data == sent.data
    parse(sent.data)
    # into a project that has nothing yet
    empty = FolderTree(base)
    done = import_plan(sent.data, empty, "bridge", ORIGIN)
    assert _told(done) == []
    _, again = _loaded(Beside(tree=empty, files=done.files))
    for name in SAME:
        assert getattr(again, name) == getattr(plan, name)
    mine, theirs = plan.scheduling, again.scheduling
    if mine and theirs:
        assert (mine.start and theirs.start, theirs.calendar, theirs.honour_constraints) == (
            mine.start,
            mine.calendar,
            mine.honour_constraints,
        )
    # and back into itself, where no byte changes but the note of the import
    back = import_plan(sent.data, tree, "bridge", ORIGIN)
    assert set(back.files) <= {f"{home}source.yaml"}
    assert _told(back) == []
