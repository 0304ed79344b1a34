"""The 27 real networks as files of ours: what an independent reader (MPXJ) finds in them, and what our own import makes of them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from handrail.compute.calendar import instant
from handrail.compute.portfolio import compute
from handrail.compute.schedules import schedule
from handrail.exchange.msproject.export import export_plan
from handrail.exchange.msproject.identify import Plain, identify
from handrail.exchange.msproject.layout import lay_out
from handrail.exchange.msproject.read import read
from handrail.exchange.msproject.units import parse_words
from handrail.exchange.msproject.write import write_plan

from tests.exchange.networks import NUMBERS, ORGANISATION, network, plan_of_network
from tests.exchange.plans import ORIGIN, bring, folder, repository_of

CONSTRAINTS = {
    "SNET": "START_NO_EARLIER_THAN", "SNLT": "START_NO_LATER_THAN", "FNET": "FINISH_NO_EARLIER_THAN",
    "FNLT": "FINISH_NO_LATER_THAN", "MSO": "MUST_START_ON", "MFO": "MUST_FINISH_ON", "ALAP": "AS_LATE_AS_POSSIBLE",
}  # fmt: skip


@pytest.fixture(scope="session")
def mpxj():
    """MPXJ's own reader of this format, in one Java machine for all tests. It needs Java: scripts/test installs it."""
    import jpype
    import jpype.imports
    import mpxj as jars  # puts its libraries on the class path

    assert jars
    if not jpype.isJVMStarted():
        jpype.startJVM("-Xmx512m", "-XX:TieredStopAtLevel=1")
    from java.io import ByteArrayInputStream
    from org.mpxj import TimeUnit
    from org.mpxj.mspdi import MSPDIReader

    class Reader:
        def read(self, data: bytes):
            return MSPDIReader().read(ByteArrayInputStream(data))

        def minutes(self, duration, file):
            if duration is None:
                return None
            own = duration.convertUnits(TimeUnit.MINUTES, file.getProjectProperties())
            return round(float(own.getDuration()), 1)

        def lag(self, duration, file):
            if str(duration.getUnits()) == "%":
                return float(duration.getDuration()), "percent"
            return self.minutes(duration, file), None

    return Reader()


def when(java) -> datetime | None:
    return None if java is None else datetime.fromisoformat(str(java))


@pytest.mark.parametrize("number", NUMBERS)
def test_another_reader_finds_every_date_link_and_lag(number, mpxj):
    data = network(number)
    plan = plan_of_network(data)
    written = write_plan(plan, ORGANISATION)
    assert written.notes == ()
    file = mpxj.read(written.data)
    properties = file.getProjectProperties()
    project = data["project"]
    assert when(properties.getStartDate()) == datetime.fromisoformat(project["start"])
    assert bool(properties.getHonorConstraints()) == project["honor_constraints"]
    assert when(properties.getStatusDate()) == (
        datetime.fromisoformat(project["status_date"]) if project["status_date"] else None
    )
    found = {str(one.getName()): one for one in file.getTasks()}
    names = {one["uid"]: f"Task {one['uid']}" for one in data["tasks"]}
    assert set(found) == set(names.values())
    for one in data["tasks"]:
        theirs = found[names[one["uid"]]]
        above = theirs.getParentTask()
        assert (str(above.getName()) if above is not None else None) == names.get(one["parent"])
        assert bool(theirs.getSummary()) == one["summary"]
        if not one["summary"] or one["manual"]:
            assert mpxj.minutes(theirs.getDuration(), file) == pytest.approx(one["duration"], abs=0.05)
        links = {
            (str(each.getPredecessorTask().getName()), str(each.getType()), mpxj.lag(each.getLag(), file))
            for each in theirs.getPredecessors()
        }
        assert links == {
            (names[each["pred"]], each["type"], (each["lag"], each.get("lag_unit"))) for each in one["links"]
        }
        given = one["constraint"] or {"type": "AS_SOON_AS_POSSIBLE", "date": None}
        assert str(theirs.getConstraintType().name()) == given["type"]
        if given["type"] not in {"AS_SOON_AS_POSSIBLE", "AS_LATE_AS_POSSIBLE"}:
            assert when(theirs.getConstraintDate()) == datetime.fromisoformat(given["date"])
        assert when(theirs.getDeadline()) == (datetime.fromisoformat(one["deadline"]) if one["deadline"] else None)
        assert (str(theirs.getTaskMode().name()) == "MANUALLY_SCHEDULED") == one["manual"]
        if one["manual"]:
            assert when(theirs.getStart()) == datetime.fromisoformat(one["stored"]["start"])
            assert when(theirs.getFinish()) == datetime.fromisoformat(one["stored"]["finish"])
        if not one["summary"]:
            assert float(theirs.getPercentageComplete() or 0) == one["percent"]
            for get, key in ((theirs.getActualStart, "actual_start"), (theirs.getActualFinish, "actual_finish")):
                assert when(get()) == (datetime.fromisoformat(one[key]) if one[key] else None)
        own = theirs.getCalendar()
        assert (str(own.getName()) if own is not None else None) == (f"C{one['calendar']}" if one["calendar"] else None)
    _calendars(file, data)


def _calendars(file, data):
    from java.time import DayOfWeek

    used = {data["project"]["calendar"], *(one["calendar"] for one in data["tasks"])} - {None}
    found = {str(one.getName()): one for one in file.getCalendars()}
    assert str(file.getDefaultCalendar().getName()) == f"C{data['project']['calendar']}"
    for key in used:
        for number, day in enumerate(DayOfWeek.values(), 1):
            hours = found[f"C{key}"].getHours(day)
            spans = [[_minute(one.getStart(), 0), _minute(one.getEnd(), 1440)] for one in hours]
            assert spans == data["calendars"][key]["week"][str(number)]


def _minute(java, midnight: int) -> int:
    minute = java.getHour() * 60 + java.getMinute()
    return minute or midnight


@pytest.mark.parametrize("number", NUMBERS)
def test_our_own_import_finds_the_same_plan(number):
    data = network(number)
    plan = plan_of_network(data)
    found = read(write_plan(plan, ORGANISATION).data)
    assert found.notes == []
    identify(found, Plain(project="bridge", ids={"tasks": frozenset(one.id for one in plan.tasks)}))
    measures = lay_out(plan, ORGANISATION).measures
    assert [one.key for one in found.tasks] == [one.id for one in plan.tasks]
    times = found.project_times
    for theirs, mine in zip(found.tasks, plan.tasks, strict=True):
        fields = theirs.fields
        assert (fields["name"], fields.get("parent"), fields.get("manual", False)) == (
            mine.name,
            mine.parent,
            mine.manual,
        )
        assert fields.get("calendar") == mine.calendar
        for key in ("duration", "remaining"):
            assert _minutes(fields.get(key), measures) == _minutes(getattr(mine, key), measures)
        links = {(one["task"], one.get("type", "FS"), one.get("lag")) for one in fields.get("links", ())}
        assert {(task, kind, _lag(lag, measures)) for task, kind, lag in links} == {
            (one.task, one.type, _lag(one.lag, measures)) for one in mine.links
        }
        given = fields.get("constraint")
        assert (given["type"] if given else None) == (mine.constraint.type if mine.constraint else None)
        if given and "date" in given:
            own = times if mine.calendar is None else lay_out(plan, ORGANISATION).times_for(mine.calendar)
            read_back = (
                datetime.fromisoformat(given["date"])
                if "T" in given["date"]
                else own.start(datetime.fromisoformat(given["date"]).date())
            )
            assert mine.constraint is not None
            assert read_back == mine.constraint.date
        assert fields.get("deadline") == (mine.deadline.isoformat() if mine.deadline else None)
        percent = Decimal(fields["percent"].rstrip("%")) / 100 if "percent" in fields else None
        assert percent == mine.percent


def _lag(text, measures):
    if text is None or text.endswith("%"):
        return text
    return text[0], _minutes(text[1:], measures)


def _minutes(text, measures):
    found = parse_words(text, measures) if text else None
    return found[0] if found else None


OTHERWISE = {9, 12, 16}
"""Networks with work before the project's start or undone before the status date, which cannot be here: their dates move."""


@pytest.mark.parametrize("number", NUMBERS)
def test_in_and_out_again_another_reader_finds_the_same(number, tmp_path, mpxj):
    """A file with the dates that Microsoft Project stored, imported, exported with ours, and read by MPXJ."""
    data = network(number)
    plan = plan_of_network(data)
    ids = {one["uid"]: f"T{place}" for place, one in enumerate(data["tasks"], 1)}
    stored = {
        ids[one["uid"]]: (
            datetime.fromisoformat(one["stored"]["start"]),
            datetime.fromisoformat(one["stored"]["finish"]),
        )
        for one in data["tasks"]
    }
    first = write_plan(plan, ORGANISATION, dates=stored).data
    folder(tmp_path)
    done = bring(tmp_path, first)
    count = len(data["tasks"])
    assert done.report.remarks[0] == f"Dates: {count} of {count} tasks have the dates here that the file says."
    assert done.report.notes == ()
    assert (len(done.report.remarks) > 1) == (number in OTHERWISE)

    repository = repository_of(tmp_path)
    portfolio = compute(repository, ORIGIN.today)
    project = portfolio.project("bridge")
    assert project is not None
    found = schedule(project, repository)
    assert found is not None
    dates = {one.id: (one.start, one.finish) for one in found.tasks}
    second = export_plan(project.plan, repository, dates).data
    before, after = mpxj.read(first), mpxj.read(second)
    calendars = {job.id: job.calendar for job in found.jobs}
    theirs = {str(one.getName()): one for one in after.getTasks()}
    for one in before.getTasks():
        other = theirs[str(one.getName())]
        for get in (
            "getDuration",
            "getConstraintDate",
            "getDeadline",
            "getActualStart",
            "getActualFinish",
            "getPercentageComplete",
        ):
            assert str(getattr(one, get)()) == str(getattr(other, get)())
        assert _links(one) == _links(other)
        if number not in OTHERWISE:
            calendar = calendars[ids[int(str(one.getName()).split()[1])]]
            for get in ("getStart", "getFinish"):
                assert _position(calendar, getattr(one, get)()) == _position(calendar, getattr(other, get)())


def _links(task):
    return {
        (str(one.getPredecessorTask().getName()), str(one.getType()), str(one.getLag()))
        for one in task.getPredecessors()
    }


def _position(calendar, java):
    at = when(java)
    assert at is not None
    return calendar.position(instant(at))
