"""The page about quality: how many checks came on time and passed, what was accepted at first, what must be done again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from handrail.render.portfolio.registers import quality_page
from handrail.render.view import site_of
from handrail.run import run

FILES = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\n",
    "standards/people/people.yaml": "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n",
    "projects/desk/project.yaml": "id: desk\nname: Desk\ntier: small\nphase: execution\nsponsor: ann\nmanager: ben\n"
    "deliverables:\n"
    "- {id: D1, name: Desk, accepted_when: It stands, accepted_by: ann, planned: 2026-10-01, actual: 2026-10-02, status: done}\n"
    "- {id: D2, name: Chair, accepted_when: It rolls, accepted_by: ann, planned: 2026-10-05, actual: 2026-10-20, status: done}\n"
    "- {id: D3, name: Lamp, accepted_when: It shines, accepted_by: ann, planned: 2026-11-01, status: rejected}\n"
    "quality_checks:\n"
    "- {id: Q1, deliverable: D1, method: Push, planned: 2026-09-28, done_on: 2026-09-28, result: pass}\n"
    "- {id: Q2, deliverable: D2, method: Roll, planned: 2026-10-01, done_on: 2026-10-03, result: fail}\n"
    "- {id: Q3, deliverable: D2, method: Roll again, planned: 2026-10-15, done_on: 2026-10-15, result: pass}\n"
    "- {id: Q4, deliverable: D3, method: Switch, planned: 2026-11-30}\n"
    "- {id: Q5, deliverable: D3, method: Switch again, planned: 2026-12-10}\n",
}


@pytest.fixture
def page(tmp_path: Path) -> str:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    result = run(tmp_path, today=date(2026, 12, 4))
    return quality_page(site_of(result.portfolio, (), {}, {})).body_html


def test_checks_on_time_and_accepted_without_a_failed_check(page: str) -> None:
    # on time: Q1 and Q3 of Q1, Q2, Q3 that are done; passed the same two; D1 and D2 are accepted, D2 after a failed check
    assert (
        "2 of 3 checks done on time, 2 of 3 passed, 1 of 2 accepted deliverables without a failed check, 1 rejected."
        in page
    )


def test_what_is_overdue_and_what_is_done_again(page: str) -> None:
    # Q4 was planned for 30 November; Q5 is still ahead
    assert "1 check is overdue." in page
    again = re.split("To be done again", page)[-1].split("<h2")[0]
    assert "Lamp" in again
    assert "Chair" not in again
