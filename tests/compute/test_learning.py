"""Sessions, seats and learning paths, and the calendar file, across time zones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from handrail.compute.learning import sessions, steps
from handrail.export.sessions import sessions_calendar
from handrail.load import FolderTree, load
from handrail.model.repository import Repository

FILES = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: {zone}\n",
    "standards/people/people.yaml": "people:\n- {id: ben, from: 2026-01-01, roles: [{role: project manager, from: 2026-10-05}]}\n"
    "- {id: ann, roles: [sponsor]}\n",
    "standards/training/first.md": "---\nid: first\ntitle: First\nversion: 2.0.0\n---\nWords.\n",
    "standards/training/second.md": "---\nid: second\ntitle: Second\nversion: 1.0.0\n---\nWords.\n",
    "standards/training/paths.yaml": "paths:\n- {id: managers, role: project manager, modules: [first, second], within_days: 60}\n",
    "standards/people/completions.yaml": "completions:\n- {person: ben, module: first, version: 1.9.0, on: 2026-10-10}\n"
    "- {person: ben, module: second, version: 1.0.0, on: 2025-01-31, expires: 2026-12-04}\n",
    "standards/training/sessions/s-1.yaml": "id: s-1\nmodule: first\non: 2026-12-04\nbegins: 00:30\nends: 02:00\ncapacity: 2\n"
    "attendees:\n- {person: ann}\n- {person: ben, state: waiting}\n",
    "standards/training/sessions/s-2.yaml": "id: s-2\nmodule: second\non: 2026-12-03\n",
    "standards/training/sessions/s-3.yaml": "id: s-3\nmodule: second\non: 2027-01-10\ncancelled_on: 2026-12-01\n",
}


def repository(root: Path, zone: str = "UTC") -> Repository:
    for path, text in FILES.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("{zone}", zone), encoding="utf-8")
    loaded = load(FolderTree(root))
    assert not loaded.remarks, [one.message for one in loaded.remarks]
    return loaded.repository


def test_a_session_counts_to_its_day_and_says_its_seats(tmp_path: Path) -> None:
    (one,) = sessions(repository(tmp_path), date(2026, 12, 4))
    assert (one.record.id, one.taken, one.waiting, one.free) == ("s-1", 1, 1, 1)
    assert sessions(repository(tmp_path), date(2026, 12, 5)) == ()


def test_a_path_knows_what_is_outdated_and_what_ran_out(tmp_path: Path) -> None:
    world = repository(tmp_path)
    first, second = steps("ben", world, date(2026, 12, 4))
    assert (first.done, first.due) == (False, date(2026, 12, 4))
    assert second.done
    assert [one.done for one in steps("ben", world, date(2026, 12, 5))] == [False, False]
    assert list(steps("ben", world, date(2026, 10, 4))) == []
    assert list(steps("ann", world, date(2026, 12, 4))) == []


@pytest.mark.parametrize(
    ("zone", "utc"), [("Europe/Paris", "23:30 UTC"), ("UTC", "00:30 UTC"), ("America/New_York", "05:30 UTC")]
)
def test_the_calendar_keeps_the_day_of_the_organisation(tmp_path: Path, zone: str, utc: str) -> None:
    text = sessions_calendar(sessions(repository(tmp_path, zone), date(2026, 12, 4)), "Test", date(2026, 12, 4))
    joined = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261204" in joined
    assert utc in joined
    assert text.count("BEGIN:VEVENT") == 1
    assert "attend" not in joined.lower()
    assert "ann" not in joined
