"""Every clock turns on its own day: the day before it says nothing, and no time zone of a machine moves it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from handrail.check import judge
from handrail.cli import main, terminal
from handrail.clock import day_at, zone_at, zone_of
from handrail.compute.portfolio import compute
from handrail.load import FolderTree, load
from handrail.scaffold.records.make import Overlay

ROOT = Path(__file__).resolve().parents[1]
MATRIX = "matrix:\n- {role: project manager, modules: [first-week]}\nwarn_days: 30\n"
DONE = "completions:\n- {person: j.okafor, module: first-week, version: 1.0.0, on: %s}\n"
PEOPLE = "standards/people/people.yaml"
REQUEST = "id: SR-001\nsituation: The joiner burnt down.\nurgency: 4\nrequested_by: j.okafor\nopened: %s\n"
BENEFIT = (
    "benefits:\n- {id: B1, what: Payslips, now: 11, target: 2, by: 2026-06-30, owner: a.costa, review: 2026-12-10}\n"
)


def sample(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def swapped(path: str, old: str, new: str) -> dict[str, str]:
    text = sample(path)
    assert old in text
    return {path: text.replace(old, new)}


def told(files: dict[str, str], day: date, rule: str, about: str) -> bool:
    """Whether a rule speaks of something on a day."""
    tree = Overlay(FolderTree(ROOT), {path: text.encode() for path, text in files.items()})
    loaded = load(tree)
    assert not [one.message for one in loaded.remarks if one.loc.file in files]
    found = judge(loaded, compute(loaded.repository, day)).remarks
    return any(one.rule == rule and about in f"{one.message} {one.loc.file}" and one.waived_by is None for one in found)


LICENSED = swapped(
    PEOPLE, "{id: j.okafor,", "{id: j.okafor, certifications: [{name: PM2, issued: 2023-12-11, expires: 2026-12-10}],"
)
LICENCE = swapped(
    "standards/people/competences.yaml", "matrix:\n", "matrix:\n- {role: project manager, certifications: [PM2]}\n"
)
STALE = {
    "standards/risk/index.md": re.sub(
        "(?m)^reviewed_on: .*", "reviewed_on: 2025-12-10", sample("standards/risk/index.md")
    )
}
NEWER = {
    "standards/risk/index.md": re.sub(
        "(?m)^effective_from: .*", "effective_from: 2026-12-11",
        re.sub("(?m)^version: .*", "version: 9.0.0", sample("standards/risk/index.md")),
    )
}  # fmt: skip
CASES = {
    # what turns: files, rule, what it speaks of, and the last day on which it is silent
    "a certificate holds on its last day": (
        LICENSED | LICENCE,
        "RES-02", '"New visitor desk, Lyon" has no valid proof of "PM2"', date(2026, 12, 10)),
    "a certificate that ends is told thirty days ahead": (
        LICENSED | LICENCE,
        "RES-02", '"PM2" of the project manager of "New visitor desk, Lyon" is valid until', date(2026, 11, 9)),
    "training holds for two years, to the day": (
        {"standards/people/competences.yaml": MATRIX, "standards/people/completions.yaml": DONE % "2024-12-10"},
        "RES-02", '"New visitor desk, Lyon" has no valid proof', date(2026, 12, 10)),
    "training of a 29 February ends on the 28th": (
        {"standards/people/competences.yaml": MATRIX, "standards/people/completions.yaml": DONE % "2024-02-29"},
        "RES-02", '"New visitor desk, Lyon" has no valid proof', date(2026, 2, 28)),
    "a module is outdated when the new standard binds": (
NEWER, "TRN-01", "Risk", date(2026, 12, 10)),
    "a deviation covers its last day": (
{}, "GOV-07", "Step-free", date(2027, 4, 30)),
    "a deviation that ends is told thirty days ahead": (
        {}, "WVR-03", "Step-free", date(2027, 3, 30)),
    "a standard is due for its review after a year": (STALE, "STD-03", '"Risk', date(2026, 12, 10)),
    "a benefit is overdue after the day of its review": (
        {"projects/driver-tablets/benefits.yaml": BENEFIT}, "BEN-01", '"Payslips" was to be measured', date(2026, 12, 10)),
    # 3 to 10 November: 3, 4, 5, 6, 9 and 10 are worked, so five working days have gone when the 10th begins
    "the clock of support counts working days": (
        {"projects/visitor-desk/support/SR-001.yaml": REQUEST % "2026-11-03"}, "SUP-01", "visitor desk", date(2026, 11, 10)),
    # 6 November is a Friday; Saturday, Sunday and Armistice Day on Wednesday 11 do not count: 6, 9, 10, 12, 13
    "the clock of support rests on holidays": (
        {"projects/visitor-desk/support/SR-001.yaml": REQUEST % "2026-11-06"}, "SUP-01", "visitor desk", date(2026, 11, 16)),
    # of December; 1 January is a holiday, so the fifth working day is Friday the 8th
    "a report is due by the fifth working day": ({}, "REP-01", "visitor desk", date(2027, 1, 8)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_turns_on_the_right_day(name: str) -> None:
    files, rule, about, last = CASES[name]
    seen = [told(files, last + timedelta(days=n), rule, about) for n in (-1, 0, 1)]
    assert seen == [False, False, True]


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-30T22:59:59", "Europe/Paris", "2026-11-30"),
        ("2026-11-30T23:00:00", "Europe/Paris", "2026-12-01"),
        ("2026-07-31T21:59:59", "Europe/Paris", "2026-07-31"),  # summer time is an hour further
        ("2026-07-31T22:00:00", "Europe/Paris", "2026-08-01"),
        ("2026-11-30T10:00:00", "Pacific/Kiritimati", "2026-12-01"),
        ("2026-12-01T10:00:00", "Etc/GMT+12", "2026-11-30"),
        ("2026-12-01T00:30:00", "UTC", "2026-12-01"),
        ("2026-12-01T00:30:00", "Nowhere/At_all", "2026-12-01"),
    ],
)
def test_a_moment_is_a_day_of_the_organisation(moment: str, zone: str, day: str) -> None:
    assert day_at(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone).isoformat() == day


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("timezone: Europe/Paris", "Europe/Paris"),
        ("timezone: 'Etc/GMT+12'   # far away", "Etc/GMT+12"),
        ('timezone: "Asia/Tokyo"', "Asia/Tokyo"),
        ("# timezone: Asia/Tokyo", "UTC"),
        ("organisation: timezone: no", "UTC"),
        ("timezone:", "UTC"),
        ("timezone: [1", "UTC"),
    ],
)
def test_the_zone_is_read_before_anything_else(tmp_path: Path, line: str, zone: str) -> None:
    assert zone_at(tmp_path) == "UTC"
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards/handrail.yaml").write_bytes(b"format: 1\n" + line.encode() + b"\n\xff\n")
    assert zone_at(tmp_path) == zone
    assert zone_of(zone).utcoffset(datetime(2026, 1, 1)) is not None  # noqa: DTZ001 - any moment


@pytest.fixture
def governed(tmp_path: Path) -> Path:
    """Somebody's training holds to 30 November 2026; the house is in Auckland, which is thirteen hours ahead."""
    files = {
        "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: Pacific/Auckland\n",
        PEOPLE: "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n",
        "standards/people/competences.yaml": MATRIX,
        "standards/people/completions.yaml": DONE.replace("j.okafor", "ben") % "2024-11-30",
        "standards/training/first-week.md": "---\nid: first-week\ntitle: First week\nversion: 1.0.0\nvalid_months: 24\n---\nWords.\n",
        "standards/resources/index.md": "---\nid: S-RESOURCES\ntitle: R\nversion: 1.0.0\nrequirements:\n"
        "- {id: S-RESOURCES.2, text: Roles must be filled., level: must, verified_by: [RES-02]}\n---\nWords.\n",
        "standards/resources/res-02.rule.yaml": sample("standards/resources/res-02.rule.yaml"),
        "projects/desk/project.yaml": "id: desk\nname: Desk\ntier: small\nphase: execution\nsponsor: ann\nmanager: ben\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("machine", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_the_check_goes_by_the_clock_of_the_house_and_not_of_the_machine(
    governed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], machine: str
) -> None:
    """Midnight in Auckland is 11 o'clock UTC; it turns there and then, wherever the check runs."""
    monkeypatch.setenv("TZ", machine)
    monkeypatch.delenv("HANDRAIL_AS_OF", raising=False)
    seen = []
    for moment in (datetime(2026, 11, 30, 10, 59, tzinfo=UTC), datetime(2026, 11, 30, 11, 1, tzinfo=UTC)):
        monkeypatch.setattr(terminal, "datetime", clock_at(moment))
        main(["check", "--all", "--root", str(governed)])
        seen.append("no valid proof" in capsys.readouterr().out)
    assert seen == [False, True]


def clock_at(moment: datetime) -> type[datetime]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return moment.astimezone(tz)

    return Clock
