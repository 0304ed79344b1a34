"""Small plans and files of Microsoft Project for the tests, and a folder to import them into."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.exchange.imports import write
from handrail.exchange.msproject.export import export_plan
from handrail.exchange.msproject.importer import Origin, PlanImport, import_plan
from handrail.load import FolderTree, load
from handrail.model.project import Plan
from handrail.model.repository import Repository

ORIGIN = Origin(name="plan.xml", today=date(2026, 11, 30))
SETTINGS = "format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: UTC\n"
PROJECT = "id: bridge\nname: Bridge\ntier: medium\nphase: execution\n"
NAMESPACE = "http://schemas.microsoft.com/project"
STANDARD = (
    "<Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID><WeekDays>"
    + "".join(
        f"<WeekDay><DayType>{kind}</DayType><DayWorking>{int(1 < kind < 7)}</DayWorking>"
        + (
            "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
            "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes>"
            if 1 < kind < 7
            else ""
        )
        + "</WeekDay>"
        for kind in range(1, 8)
    )
    + "</WeekDays>{}</Calendar>"
)


def task(uid, name="", level=1, **parts):
    """One task; a part that is a list of texts stands as it is."""
    inner = "".join(
        "".join(value) if isinstance(value, list) else f"<{tag}>{value}</{tag}>"
        for tag, value in parts.items()
        if value is not None
    )
    return f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name or f'Task {uid}'}</Name><OutlineLevel>{level}</OutlineLevel>{inner}</Task>\n"


def link(before, kind=1, lag=0, number=7, more=""):
    return (
        f"<PredecessorLink><PredecessorUID>{before}</PredecessorUID><Type>{kind}</Type>{more}"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{number}</LagFormat></PredecessorLink>"
    )


def plan_file(*tasks, head="", calendars=None, more=""):
    """A whole file."""
    start = "" if "<StartDate>" in head else "<StartDate>2027-01-11T08:00:00</StartDate>"
    times = STANDARD.format("") if calendars is None else calendars
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="{NAMESPACE}">\n<Title>Bridge</Title>{start}{head}'
        f"<CalendarUID>1</CalendarUID>\n<Calendars>{times}</Calendars>\n<Tasks>\n{''.join(tasks)}</Tasks>\n{more}</Project>\n"
    ).encode()


def folder(path: Path, schedule: str = "", *, settings: str = SETTINGS, project: str = PROJECT) -> Path:
    """A governed folder with one project."""
    (path / "standards").mkdir(parents=True, exist_ok=True)
    (path / "standards" / "handrail.yaml").write_text(settings)
    home = path / "projects" / "bridge"
    home.mkdir(parents=True, exist_ok=True)
    (home / "project.yaml").write_text(project)
    if schedule:
        (home / "schedule.yaml").write_text(schedule)
    return path


def repository_of(path: Path) -> Repository:
    return load(FolderTree(path)).repository


def plan_of(path: Path) -> Plan:
    """The plan, which must be in order."""
    loaded = load(FolderTree(path))
    mine = [one for one in loaded.remarks if one.project == "bridge"]
    assert not mine, mine
    (plan,) = loaded.repository.plans
    return plan


def bring(path: Path, data: bytes) -> PlanImport:
    """Import into the folder's project, and hold what every import promises: it is in order, and again changes nothing."""
    done = import_plan(data, FolderTree(path), "bridge", ORIGIN)
    write(path, done.files)
    plan_of(path)
    again = import_plan(data, FolderTree(path), "bridge", ORIGIN)
    assert not again.files, again.files
    return done


def sent(path: Path) -> bytes:
    """The project as a file."""
    repository = repository_of(path)
    (plan,) = repository.plans
    return export_plan(plan, repository).data


def notes(done: PlanImport) -> list[tuple[str, str, str]]:
    """What the report tells: about, element, outcome."""
    return [(one.about, one.element, one.fate) for one in done.report.notes]
