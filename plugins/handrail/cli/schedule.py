"""`handrail schedule`: a plan's tasks against time, with early and late dates, float and what decides each."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from datetime import date

from handrail import english
from handrail.cli.progress import judged
from handrail.cli.terminal import (
    UsageError,
    add_as_of,
    add_format,
    add_output,
    add_root,
    colours,
    no_project,
    root_of,
    say,
    unknown,
    write_output,
)
from handrail.compute.facts import Portfolio, Project
from handrail.compute.timed import Schedule
from handrail.report.safe import safe
from handrail.report.text import paint

EXAMPLES = """examples:
  handrail schedule depot-charging
  handrail schedule depot-charging --why T17        what decides its date, back to the beginning
  handrail schedule depot-charging --format csv --output schedule.csv

Work that is not done is scheduled from the plan's status date on. A finish that the manager states stands beside the
network's, with the working days between them. Status 1: no dates can be computed."""
_WIDTH = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", metavar="PROJECT", help="the project's id")
    add_format(parser, "text", "json", "csv")
    parser.add_argument("--why", metavar="TASK", help="say what decides the dates of one task")
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Show one schedule."""
    from handrail.compute.schedules import schedule as schedule_of

    result = judged(root_of(args.root), args.as_of)
    project = _project(result.portfolio, args.project)
    if project.plan.sensitivity == "restricted":
        say("This project is restricted: open its files to read it.")
        return 0
    schedule = schedule_of(project, result.portfolio.repository)
    if args.why is not None:
        return _why(schedule, args.why)
    if args.format == "text":
        width = shutil.get_terminal_size((_WIDTH, 24)).columns if args.output is None else _WIDTH
        lines = list(_text(project, schedule, width, on=colours() and args.output is None))
        write_output("\n".join(lines) + "\n", args.output)
    else:
        _data(project, schedule, args)
    return 1 if schedule is not None and schedule.why else 0


def _project(portfolio: Portfolio, name: str) -> Project:
    project = portfolio.project(name.removeprefix("projects/").rstrip("/"))
    if project is not None:
        return project
    raise no_project(name, [one.id for one in portfolio.projects], [one.id for one in portfolio.broken])


def _why(schedule: Schedule | None, name: str) -> int:
    from handrail.export.schedule_text import reasons

    if schedule is None or schedule.why:
        raise UsageError(schedule.why if schedule and schedule.why else "this project has no tasks, only milestones.")
    if schedule.task(name) is None:
        raise unknown("task", name, [one.id for one in schedule.tasks], "`handrail schedule` lists them.")
    for line in reasons(schedule, name):
        say(line)
    return 0


def _data(project: Project, schedule: Schedule | None, args: argparse.Namespace) -> None:
    from handrail.export import csv_file, json_file
    from handrail.export.schedule import schedule_data

    writer = json_file if args.format == "json" else csv_file
    write_output(writer.write(schedule_data(project, schedule or Schedule())), args.output)


def _text(project: Project, schedule: Schedule | None, width: int, *, on: bool) -> Iterator[str]:
    from handrail.export.schedule_text import gantt, table

    yield paint(safe(project.plan.name), "bold", on=on)
    yield _summary(project, schedule)
    yield ""
    yield from gantt(project, schedule if schedule and not schedule.why else None, width, on=on)
    if schedule is None or schedule.why:
        return
    yield ""
    yield from table(schedule, on=on)
    yield ""
    yield f"Driving path: {' > '.join(schedule.driving)}"
    assumed = [one.id for one in schedule.tasks if one.assumed]
    if assumed:
        yield f"No duration, taken as milestones: {', '.join(assumed)}"
    for warning in schedule.warnings:
        yield safe(warning.message)


def _summary(project: Project, schedule: Schedule | None) -> str:
    if schedule is None:
        return "Milestones only: no network of tasks is kept."
    if schedule.why or schedule.finish is None:
        return (
            f"No dates can be computed. {safe(schedule.why or '')} `handrail check projects/{project.id}` says where."
        )
    parts = [f"{_day(schedule.start)} to {_day(schedule.finish)} by the network"]
    if schedule.status:
        parts.append(f"status date {_day(schedule.status)}")
    if schedule.percent is not None:
        parts.append(f"{round(schedule.percent * 100)}% done")
    if schedule.stated is not None and schedule.difference is not None:
        days = schedule.difference
        later = "the same day" if not days else f"{abs(days)} working days {'later' if days > 0 else 'earlier'}"
        parts.append(f"stated end {_day(schedule.stated)}, {later}")
    return "; ".join(parts) + "."


def _day(value: object) -> str:
    return english.day(value) if isinstance(value, date) else ""
