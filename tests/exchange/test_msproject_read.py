"""Every feature of a file of Microsoft Project, one small file each: what comes along, and what the report tells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from handrail.exchange.msproject.read import read

from tests.exchange.plans import STANDARD, link, plan_file, task

EMPTY_SPAN = "PT0H0M0S"


def found(*tasks, **more):
    return read(plan_file(*tasks, **more))


def fields(*tasks, **more):
    """The fields of the last task, of a file about which there is nothing to tell."""
    result = found(*tasks, **more)
    assert result.notes == [], result.notes
    return result.tasks[-1].fields


def told(*tasks, **more):
    return [(one.element, one.fate, one.value) for one in found(*tasks, **more).notes]


@pytest.mark.parametrize(
    ("duration", "number", "text"),
    [
        ("PT24H0M0S", 7, "3d"), ("PT20H0M0S", 7, "2.5d"), ("PT4H0M0S", 5, "4h"), ("PT0H30M0S", 3, "30m"),
        ("PT80H0M0S", 9, "2w"), ("PT160H0M0S", 11, "1mo"), ("PT72H0M0S", 8, "3ed"), ("PT2H0M0S", 6, "2eh"),
        ("PT0H45M0S", 4, "45em"), ("PT168H0M0S", 10, "1ew"), ("PT720H0M0S", 12, "1emo"), ("PT0H0M0S", 7, "0d"),
        ("PT1H0M0S", 7, "0.125d"), ("PT1H1M0S", 7, "61m"), ("PT0H0M30S", 3, "0.5m"), ("PT24H0M0S", 21, "3d"),
        ("P1DT2H", 5, "26h"), ("PT7H30M0S", 39, "0.9375d"),
    ],
)  # fmt: skip
def test_durations(duration, number, text):
    assert fields(task(1, Duration=duration, DurationFormat=number))["duration"] == text


def test_days_mean_what_the_project_says():
    file = plan_file(task(1, Duration="PT15H0M0S", DurationFormat=7), head="<MinutesPerDay>450</MinutesPerDay>")
    result = read(file)
    assert result.tasks[0].fields["duration"] == "2d"
    assert result.scheduling["hours_per_day"] == Decimal("7.5")
    assert "hours_per_week" not in result.scheduling


@pytest.mark.parametrize(
    ("kind", "lag", "number", "wanted"),
    [
        (1, 0, 7, {"task": 1}), (3, 4800, 7, {"task": 1, "type": "SS", "lag": "+1d"}),
        (0, -2400, 5, {"task": 1, "type": "FF", "lag": "-4h"}), (2, 14400, 8, {"task": 1, "type": "SF", "lag": "+1ed"}),
        (1, -50, 19, {"task": 1, "lag": "-50%"}), (1, 24000, 9, {"task": 1, "lag": "+1w"}), (1, 5, 3, {"task": 1, "lag": "+0.5m"}),
    ],
)  # fmt: skip
def test_links(kind, lag, number, wanted):
    assert fields(task(1), task(2, links=[link(1, kind, lag, number)]))["links"] == [wanted]


@pytest.mark.parametrize(
    ("number", "date", "wanted"),
    [
        (1, None, {"type": "ALAP"}),
        (2, "2027-01-13T08:00:00", {"type": "MSO", "date": "2027-01-13"}),
        (3, "2027-01-13T17:00:00", {"type": "MFO", "date": "2027-01-13"}),
        (4, "2027-01-13T09:00:00", {"type": "SNET", "date": "2027-01-13T09:00"}),
        (5, "2027-01-16T08:00:00", {"type": "SNLT", "date": "2027-01-16"}),
        (6, "2027-01-13T17:00:00", {"type": "FNET", "date": "2027-01-13"}),
        (7, "2027-01-13T12:00:00", {"type": "FNLT", "date": "2027-01-13T12:00"}),
        (0, "2027-01-13T12:00:00", None),
    ],
)
def test_constraints(number, date, wanted):
    assert fields(task(1, ConstraintType=number, ConstraintDate=date)).get("constraint") == wanted


def test_settings_of_the_project():
    result = found(
        head="<StatusDate>2027-02-01T17:00:00</StatusDate><HonorConstraints>0</HonorConstraints><GUID>A-1</GUID>",
    )
    assert (result.title, result.guid, result.status_date) == ("Bridge", "A-1", "2027-02-01")
    assert result.scheduling == {"start": "2027-01-11", "honour_constraints": False}
    assert result.notes == []


def test_outline_and_order():
    result = found(task(0, "Bridge", level=0), task(5, level=1), task(7, level=2), task(6, level=3), task(9, level=1))
    assert [(one.uid, one.fields.get("parent")) for one in result.tasks] == [(5, None), (7, 5), (6, 7), (9, None)]
    assert result.notes == []


def test_progress():
    assert fields(
        task(
            1,
            Duration="PT40H0M0S",
            PercentComplete=40,
            ActualStart="2027-01-11T08:00:00",
            RemainingDuration="PT24H0M0S",
        )
    ) == {"name": "Task 1", "duration": "5d", "actual_start": "2027-01-11", "percent": "40%", "remaining": "3d"}
    done = fields(task(1, Duration="PT8H0M0S", PercentComplete=100, ActualStart="2027-01-11T08:00:00",
                       ActualFinish="2027-01-11T17:00:00", RemainingDuration=EMPTY_SPAN))  # fmt: skip
    assert (done["actual_finish"], done["percent"], done.get("remaining")) == ("2027-01-11", "100%", None)


def test_manual_tasks_keep_their_dates():
    assert fields(
        task(1, Manual=1, Duration="PT8H0M0S", Start="2027-01-12T08:00:00", Finish="2027-01-12T17:00:00",
             ManualStart="2027-01-12T08:00:00", ManualFinish="2027-01-12T17:00:00", ManualDuration="PT8H0M0S")
    ) == {"name": "Task 1", "duration": "1d", "manual": True, "start": "2027-01-12", "finish": "2027-01-12"}  # fmt: skip


def test_automatic_tasks_keep_no_dates():
    assert fields(task(1, Manual=0, Start="2027-01-12T08:00:00", Finish="2027-01-12T17:00:00")) == {"name": "Task 1"}


def test_the_rest_of_a_task():
    assert fields(
        task(1, " Dig the hole ", WBS="A.1", OutlineNumber="1", Deadline="2027-03-01T17:00:00", Active=0, Priority=700,
             Notes="Mind the gas pipe", Work="PT12H0M0S", IgnoreResourceCalendar=1,
             b=["<Baseline><Number>0</Number><Start>2027-01-11T08:00:00</Start><Finish>2027-01-15T17:00:00</Finish></Baseline>"])
    ) == {
        "name": "Dig the hole", "wbs": "A.1", "deadline": "2027-03-01", "active": False, "priority": 700,
        "note": "Mind the gas pipe", "effort_hours": Decimal(12), "ignore_resource_calendar": True,
        "planned_start": "2027-01-11", "planned_finish": "2027-01-15",
    }  # fmt: skip


def test_people_and_material():
    more = (
        "<Resources><Resource><UID>0</UID><ID>0</ID><Type>1</Type></Resource>"
        "<Resource><UID>4</UID><Name>Digger</Name><Type>1</Type><MaxUnits>1</MaxUnits></Resource>"
        "<Resource><UID>5</UID><Name>Sand</Name><Type>0</Type></Resource></Resources>"
        "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>4</ResourceUID><Units>1</Units></Assignment>"
        "<Assignment><UID>2</UID><TaskUID>1</TaskUID><ResourceUID>5</ResourceUID><Units>1</Units></Assignment>"
        "<Assignment><UID>3</UID><TaskUID>2</TaskUID><ResourceUID>-65535</ResourceUID></Assignment></Assignments>"
    )
    result = found(task(1), task(2), more=more)
    assert [one.fields for one in result.resources] == [
        {"name": "Digger", "kind": "role"},
        {"name": "Sand", "kind": "material"},
    ]
    assert [one.fields.get("assignees") for one in result.tasks] == [[4, 5], None]
    assert result.notes == []


DROPPED: dict[str, tuple[dict[str, Any], tuple[str, str, str]]] = {
    "a split": ({"Stop": "2027-01-12T12:00:00", "Resume": "2027-01-18T08:00:00"}, ("Resume", "dropped", "2027-01-18T08:00:00")),
    "levelling": ({"LevelingDelay": "4800"}, ("LevelingDelay", "dropped", "4800")),
    "a recurring task": ({"Recurring": "1"}, ("Recurring", "changed", "1")),
    "an inserted project": ({"IsSubproject": "1"}, ("IsSubproject", "dropped", "1")),
    "a task of another project": ({"ExternalTask": "1"}, ("ExternalTask", "changed", "1")),
    "an estimate": ({"Estimated": "1"}, ("Estimated", "dropped", "1")),
    "a cost": ({"FixedCost": "1200"}, ("FixedCost", "dropped", "1200")),
    "a link to the web": ({"HyperlinkAddress": "https://bridge.example"}, ("HyperlinkAddress", "dropped", "https://bridge.example")),
    "an unknown element": ({"Mood": "bright"}, ("Mood", "dropped", "bright")),
    "a second baseline": ({"b": ["<Baseline><Number>3</Number><Start>2027-01-11T08:00:00</Start><Finish>2027-01-15T17:00:00</Finish></Baseline>"]},
                          ("Baseline", "dropped", "2027-01-11T08:00:00 to 2027-01-15T17:00:00")),
    "work of a baseline": ({"b": ["<Baseline><Number>0</Number><Work>PT8H0M0S</Work></Baseline>"]}, ("Baseline", "dropped", "PT8H0M0S")),
    "the hour of a deadline": ({"Deadline": "2027-01-15T10:30:00"}, ("Deadline", "changed", "2027-01-15T10:30:00")),
    "a custom code": ({"o": ["<OutlineCode><FieldID>1</FieldID></OutlineCode>"]}, ("OutlineCode", "dropped", "")),
    "work day by day": ({"o": ["<TimephasedData><Type>1</Type></TimephasedData>"]}, ("TimephasedData", "dropped", "")),
    "fixed work": ({"Type": "2"}, ("Type", "dropped", "2")),
    "a word for a date": ({"Manual": "1", "StartText": "after Easter"}, ("StartText", "dropped", "after Easter")),
    "a milestone that takes time": ({"Milestone": "1", "Duration": "PT8H0M0S"}, ("Milestone", "dropped", "1")),
    "a constraint without a date": ({"ConstraintType": "4"}, ("ConstraintType", "dropped", "SNET")),
    "an unknown constraint": ({"ConstraintType": "9"}, ("ConstraintType", "unreadable", "9")),
    "a date that is none": ({"ConstraintType": "4", "ConstraintDate": "soon"}, ("ConstraintDate", "unreadable", "soon")),
    "a duration that is none": ({"Duration": "long"}, ("Duration", "unreadable", "long")),
    "a million days": ({"Duration": "PT99000000H0M0S"}, ("Duration", "unreadable", "PT99000000H0M0S")),
    "a missing calendar": ({"CalendarUID": "77"}, ("Task", "dropped", "77")),
    "more than all": ({"PercentComplete": "140"}, ("Task", "unreadable", "140")),
}  # fmt: skip


@pytest.mark.parametrize("case", DROPPED)
def test_what_stays_behind_is_told(case):
    parts, wanted = DROPPED[case]
    assert wanted in told(task(1, **parts))


def test_custom_fields_are_told_by_their_name():
    head = "<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName><Alias>Colour</Alias></ExtendedAttribute></ExtendedAttributes>"
    result = found(
        task(1, a=["<ExtendedAttribute><FieldID>188743731</FieldID><Value>red</Value></ExtendedAttribute>"]), head=head
    )
    assert [(one.reason, one.value, one.about, one.line) for one in result.notes] == [
        ("a custom field: Colour", "red", "Task 1", 6)
    ]


LINKS = {
    "to nothing": (link(99), "99"),
    "to itself": (link(2), "2"),
    "of no kind": (link(1, kind=8), "8"),
    "to another project": (link(1, more="<CrossProject>1</CrossProject><CrossProjectName>other.mpp/3</CrossProjectName>"), "other.mpp/3"),
    "by an absurd lag": (link(1, lag=99999999999999), "99999999999999"),
}  # fmt: skip


@pytest.mark.parametrize("case", LINKS)
def test_links_that_cannot_be_kept_are_told(case):
    text, value = LINKS[case]
    result = found(task(1), task(2, links=[text]))
    assert [(one.value, one.about) for one in result.notes] == [(value, "Task 2")]


def test_assignments_that_say_more_are_told():
    more = (
        "<Resources><Resource><UID>4</UID><Name>Digger</Name><StandardRate>50</StandardRate><MaxUnits>0.5</MaxUnits></Resource>"
        "<Resource><UID>6</UID><Name>Travel</Name><Type>2</Type></Resource></Resources>"
        "<Assignments><Assignment><TaskUID>1</TaskUID><ResourceUID>4</ResourceUID><Units>0.5</Units><Delay>480</Delay>"
        "<TimephasedData><Type>1</Type><Start>2027-01-11T08:00:00</Start><Value>PT8H0M0S</Value></TimephasedData>"
        "<TimephasedData><Type>1</Type><Start>2027-01-12T08:00:00</Start><Value>PT0H0M0S</Value></TimephasedData>"
        "<TimephasedData><Type>1</Type><Start>2027-01-13T08:00:00</Start><Value>PT8H0M0S</Value></TimephasedData>"
        "</Assignment></Assignments>"
    )
    assert [element for element, _, _ in told(task(1), more=more)] == [
        "MaxUnits", "StandardRate", "Resource", "Units", "Delay", "Assignment",
    ]  # fmt: skip


def test_scheduling_from_the_finish_is_told():
    assert told(head="<ScheduleFromStart>0</ScheduleFromStart>") == [("ScheduleFromStart", "dropped", "")]


# calendars


def calendar(body="", week="", uid=2, name="NIGHT", more=""):
    own = f"<Calendar><UID>{uid}</UID><Name>{name}</Name><IsBaseCalendar>1</IsBaseCalendar>{more}<WeekDays>{week}</WeekDays>{body}</Calendar>"
    return STANDARD.format("") + own


def day(kind, *spans):
    times = "".join(f"<WorkingTime><FromTime>{a}</FromTime><ToTime>{b}</ToTime></WorkingTime>" for a, b in spans)
    return f"<WeekDay><DayType>{kind}</DayType><DayWorking>{int(bool(spans))}</DayWorking><WorkingTimes>{times}</WorkingTimes></WeekDay>"


def exception(first, last, more="<Type>1</Type>", hours="<DayWorking>0</DayWorking>"):
    period = f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
    return f"<Exceptions><Exception>{period}<Name>Rest</Name>{more}{hours}</Exception></Exceptions>"


def test_a_calendar_of_a_task():
    nights = "".join(day(kind, ("00:00:00", "06:00:00"), ("22:00:00", "00:00:00")) for kind in range(1, 8))
    result = found(task(1, CalendarUID=2), calendars=calendar(week=nights))
    assert result.tasks[0].fields["calendar"] == "NIGHT"
    assert result.calendars["NIGHT"]["week"]["sunday"] == "00:00-06:00 22:00-24:00"
    assert result.notes == []


def test_round_the_clock():
    always = "".join(day(kind, ("00:00:00", "00:00:00")) for kind in range(1, 8))
    result = found(task(1, CalendarUID=2), calendars=calendar(week=always))
    assert set(result.calendars["NIGHT"]["week"].values()) == {"00:00-24:00"}


@pytest.mark.parametrize(
    ("period", "more", "days"),
    [
        (("2026-12-24", "2026-12-25"), "<Type>1</Type>", ["2026-12-24", "2026-12-25"]),
        (("2027-01-01", "2027-01-31"), "<Type>1</Type><Period>10</Period>", ["2027-01-01", "2027-01-11", "2027-01-21", "2027-01-31"]),
        (("2027-01-04", "2027-01-31"), "<Type>6</Type><Period>2</Period><DaysOfWeek>34</DaysOfWeek>",
         ["2027-01-04", "2027-01-08", "2027-01-18", "2027-01-22"]),
        (("2027-01-01", "2027-04-30"), "<Type>4</Type><Period>1</Period><MonthDay>29</MonthDay>", ["2027-01-29", "2027-03-29", "2027-04-29"]),
        (("2027-01-01", "2027-03-31"), "<Type>5</Type><Period>1</Period><MonthItem>4</MonthItem><MonthPosition>4</MonthPosition>",
         ["2027-01-25", "2027-02-22", "2027-03-29"]),
        (("2026-01-01", "2028-12-31"), "<Type>2</Type><Month>4</Month><MonthDay>5</MonthDay>", ["2026-05-05", "2027-05-05", "2028-05-05"]),
        (("2026-01-01", "2027-12-31"), "<Type>3</Type><Month>4</Month><MonthItem>4</MonthItem><MonthPosition>0</MonthPosition>",
         ["2026-05-04", "2027-05-03"]),
        (("2027-01-04", "2027-12-31"),
         "<EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>2</Occurrences><Type>6</Type><Period>1</Period><DaysOfWeek>2</DaysOfWeek>",
         ["2027-01-04", "2027-01-11"]),
    ],
)  # fmt: skip
def test_exceptions_become_holidays(period, more, days):
    first, last = period
    result = found(calendars=STANDARD.format(exception(first, last, more)))
    assert result.calendars["Standard"]["holidays"] == days


def test_exceptions_with_hours_and_the_older_way_to_write_them():
    hours = "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes>"
    result = found(calendars=STANDARD.format(exception("2026-12-24", "2026-12-24", hours=hours)))
    assert result.calendars["Standard"]["exceptions"] == {"2026-12-24": "08:00-12:00"}
    old = (
        "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2026-12-25T00:00:00</FromDate>"
        "<ToDate>2026-12-25T23:59:00</ToDate></TimePeriod></WeekDay></WeekDays>"
    )
    result = found(calendars=STANDARD.format("").replace("</WeekDays>", old))
    assert result.calendars["Standard"]["holidays"] == ["2026-12-25"]


def test_a_week_for_some_time():
    week = f"<WorkWeeks><WorkWeek><TimePeriod><FromDate>2027-07-05T00:00:00</FromDate><ToDate>2027-07-11T23:59:00</ToDate></TimePeriod><Name>Summer</Name><WeekDays>{day(2, ('06:00:00', '14:00:00'))}{day(6)}</WeekDays></WorkWeek></WorkWeeks>"
    result = found(calendars=STANDARD.format(week))
    assert result.calendars["Standard"]["exceptions"] == {"2027-07-05": "06:00-14:00"}
    assert result.calendars["Standard"]["holidays"] == ["2027-07-09"]
    assert [(one.value, one.fate) for one in result.notes] == [("Summer", "changed")]


CALENDARS = {
    "no working time": (calendar(week="".join(day(kind) for kind in range(1, 8))), ("NIGHT", "dropped")),
    "times that are none": (calendar(week=day(2, ("late", "later"))), ("late - later", "unreadable")),
    "times that go back": (calendar(week=day(2, ("12:00:00", "08:00:00"))), ("12:00:00 - 08:00:00", "unreadable")),
    "times that overlap": (calendar(week=day(2, ("08:00:00", "12:00:00"), ("11:00:00", "13:00:00"))), ("[(480, 720), (660, 780)]", "changed")),
    "an exception without days": (calendar("<Exceptions><Exception><Name>Rest</Name></Exception></Exceptions>"), ("Rest", "unreadable")),
    "an exception for ever": (calendar(exception("1950-01-01", "2100-01-01")), ("Rest", "dropped")),
    "a base that is missing": (calendar(more="<BaseCalendarUID>9</BaseCalendarUID>"), ("9", "changed")),
    "no number": (calendar(uid=""), ("", "unreadable")),
}  # fmt: skip


@pytest.mark.parametrize("case", CALENDARS)
def test_calendars_that_make_no_sense_are_told(case):
    calendars, wanted = CALENDARS[case]
    assert wanted in [(one.value, one.fate) for one in found(task(1, CalendarUID=2), calendars=calendars).notes]


def test_calendars_that_build_on_each_other_in_a_circle():
    first = "<Calendar><UID>1</UID><Name>A</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>2</BaseCalendarUID></Calendar>"
    second = "<Calendar><UID>2</UID><Name>B</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID></Calendar>"
    assert found(task(1), calendars=first + second).project_times.working


# the outline


OUTLINES = {
    "a task without a number": (task(1) + "<Task><Name>Lost</Name></Task>", "Lost", "unreadable"),
    "two tasks of one number": (task(1) + task(1, "Twin"), "Twin", "unreadable"),
    "a level that is skipped": (task(1) + task(2, level=4), "Task 2", "changed"),
    "a level below nothing": (task(1, level=-3), "Task 1", "changed"),
    "a level that is no number": (task(1, level="deep"), "Task 1", "changed"),
}


@pytest.mark.parametrize("case", OUTLINES)
def test_outlines_that_make_no_sense_are_told(case):
    text, about, fate = OUTLINES[case]
    result = found(text)
    assert [(one.about, one.fate) for one in result.notes] == [(about, fate)]
    assert result.notes[0].line > 4


def test_empty_lines_of_the_list_are_no_tasks():
    result = found(task(1), task(2, IsNull=1), task(3))
    assert ([one.uid for one in result.tasks], result.notes) == ([1, 3], [])
