"""How the gate weighed, from what CI kept with the merges: read from the branch, counted once, and harmless where it is odd."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gate.repository import Governed


def record(number: object, opened: str, gate: object, **verdict: int) -> str:
    return json.dumps(
        {
            "format": 1,
            "pull": {"number": number, "opened": opened},
            "gate": gate,
            "verdict": {"new": 2, "waived": 1} | verdict,
        }
    )


RECORDS = {
    "a" * 40: record(411, "2026-10-01T08:00:00Z", {"runs": 2, "blocked": True, "minutes_to_green": 30}),
    "b" * 40: record(412, "2026-10-02T08:00:00Z", {"runs": 1, "blocked": False, "minutes_to_green": None}, waived=0),
    "c" * 40: record(
        413, "2025-10-02T08:00:00Z", {"runs": 1, "blocked": True, "minutes_to_green": 5}
    ),  # over a year ago
    "d" * 40: record(414, "2026-10-03T08:00:00Z", None),  # the host told no runs
    "e" * 40: record("x", "2026-10-03T08:00:00Z", {"blocked": True}),
    "f" * 40: record(415, "soon", {"blocked": True}),
    "1" * 40: record(416, "2026-10-03T08:00:00Z", {"blocked": "yes"}),
    "2" * 40: "no record at all",
}


@pytest.fixture
def plans(tmp_path: Path) -> Governed:
    made = Governed.sample(tmp_path, "visitor-desk")
    for path in (made.folder / "standards/log").glob("*.yaml"):
        path.unlink()
    made.commit("No logs of our own")
    made.git("switch", "-q", "--orphan", "handrail-evidence")
    for name, text in RECORDS.items():
        made.write(f"evidence/{name}.json", text.replace('"format": 1', f'"format": 1, "commit": "{name}"'))
    made.git("add", "evidence")
    made.git("commit", "-qm", "records")
    made.git("switch", "-q", "main")
    return made


def now(plans: Governed) -> dict[str, object]:
    return dict(plans.handrail("loop", "--format", "json", "--as-of", "2026-12-04").json["rows"][-1])


def test_what_ci_kept_with_the_merges_is_counted(plans: Governed) -> None:
    found = now(plans)
    assert (found["pull_requests"], found["blocked_at_first"], found["minutes_to_green"]) == (2, 0.5, 30)
    assert found["remarks_dismissed"] == 0.2  # one of three, none of two


def test_a_log_of_the_same_pull_request_counts_once(plans: Governed) -> None:
    plans.write("standards/log/pr-411.yaml", "id: pr-411\nopened: 2026-10-01\nblocked: no\n")
    found = now(plans)
    assert (found["pull_requests"], found["blocked_at_first"]) == (2, 0)


def test_without_the_branch_it_is_not_known(plans: Governed) -> None:
    plans.git("branch", "-q", "-D", "handrail-evidence")
    done = plans.handrail("loop", "--format", "json", "--as-of", "2026-12-04").json
    assert done["rows"][-1]["blocked_at_first"] is None
    assert done["why_no_balance"] == "No log of a pull request was kept in the last twelve months."
