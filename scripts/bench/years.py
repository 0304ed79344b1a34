"""Makes a repository with a history for benches: many plans, and every month a report and new forecasts of each."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from plans import ROOT, plan

_HOMES = {"milestones": "schedule", "risks": "risks", "budget": "budget"}
LAST = date(2026, 11, 30)
_WORDS = ("Work goes on as planned.", "The supplier asked for two more weeks.", "Tests found less than feared.")


def make_years(folder: Path, count: int, months: int) -> None:
    """A repository of `count` plans with one commit per month, each by itself a merge of that month's reports."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    importing = subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--done"], stdin=subprocess.PIPE
    )  # fmt: skip
    pipe = importing.stdin
    assert pipe is not None  # noqa: S101 - opened as one
    for part in _stream(count, months):
        pipe.write(part)
    pipe.close()
    if importing.wait():
        raise SystemExit("git fast-import failed")
    subprocess.run(["git", "-C", str(folder), "reset", "--quiet", "--hard", "main"], check=True)


def ends(months: int) -> list[date]:
    """The last days of so many months, the oldest first."""
    found = [LAST]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


def _stream(count: int, months: int) -> Iterator[bytes]:
    shipped = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted((ROOT / "standards").rglob("*"))
               if path.is_file() and not path.name.startswith(".")}  # fmt: skip
    shipped["mkdocs.yml"] = (ROOT / "mkdocs.yml").read_bytes()
    texts = [_early(plan(number)) for number in range(count)]
    for month, day in enumerate(ends(months)):
        moment = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
        yield f"commit refs/heads/main\ncommitter PMO <pmo@example.org> {moment} +0000\ndata 5\nMonth\n".encode()
        if month == 0:
            for path, data in shipped.items():
                yield _file(path, data)
        for number, text in enumerate(texts):
            home = f"projects/plan-{number:05}"
            for name, part in _split(_moved(text, month, number)).items():
                yield _file(f"{home}/{name}.yaml", part.encode())
            yield _file(f"{home}/reports/{day}.md", _report(day, month + number).encode())
    yield b"done\n"


def _file(path: str, data: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def _early(text: str) -> str:
    """A plan of the same shape whose days began two years earlier, so that every month has something to say."""
    return re.sub(r"  actual: .*\n", lambda _: f"  forecast: {LAST}\n", text)


def _split(text: str) -> dict[str, str]:
    """A medium plan as it is kept: schedule, risks and budget in files of their own."""
    found: dict[str, str] = {}
    name = "project"
    for line in text.splitlines(keepends=True):
        if line[0] not in " -":
            name = _HOMES.get(line.split(":")[0], "project")
        found[name] = found.get(name, "") + line
    return found


def _moved(text: str, month: int, number: int) -> str:
    """The plan as it was forecast in a month: each forecast some days on."""
    shift = timedelta(days=month * (number % 3))
    return re.sub(
        r"forecast: (\d{4}-\d\d-\d\d)", lambda found: f"forecast: {date.fromisoformat(found[1]) + shift}", text
    )


def _report(day: date, turn: int) -> str:
    status = ("green", "green", "amber")[turn % 3]
    why = "" if status == "green" else "because: A supplier is late.\nback_to_green: 2027-02-01\n"
    return f"---\nas_of: {day}\nstatus: {status}\n{why}---\n{_WORDS[turn % 3]}\n"
