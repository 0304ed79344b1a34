"""REP-04 on real files: figures in the words of a report against the plan, said in the line where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Done, handrail
from tests.gate.repository import Governed

BASE = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\n",
    "standards/people/people.yaml": "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n",
    "projects/hall/project.yaml": """id: hall
name: New hall
tier: medium
phase: execution
sponsor: ann
manager: ben
start: 2026-07-01
deliverables:
- {id: D1, name: Foundation, actual: 2026-10-01, planned: 2026-10-01, status: done}
- {id: D2, name: Roof, planned: 2027-02-01}
milestones:
- {id: M1, name: Hall opens, planned: 2027-03-01, forecast: 2027-03-15}
budget: {currency: EUR, approved: 100000, forecast: 104800, spent: {2026-10: 12400, 2026-11: 10000}}
risks:
- {id: R-001, title: Rain}
- {id: R-002, title: Frost}
- {id: R-003, title: Wind, status: closed, closed_on: 2026-10-01, outcome: none, closed_by: ben}
""",
}


def lay_down(root: Path, words: str, because: str = "", *, phase: str = "execution") -> Path:
    files = {
        **BASE,
        "projects/hall/reports/2026-11-30.md": f"---\nas_of: 2026-11-30\nstatus: green\n{because}---\n{words}\n",
    }
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("phase: execution", f"phase: {phase}"), encoding="utf-8")
    return root


def judged(root: Path, *more: str) -> Done:
    return handrail("check", "--format", "json", "--as-of", "2026-12-04", *more, cwd=root)


def told(done: Done) -> list[str]:
    return [one["message"] for one in done.json["remarks"] if one["rule"] == "REP-04"]


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("So far we have spent 30,000 EUR.", "22,400 EUR"),
        ("30k EUR spent so far.", "22,400 EUR"),
        ("The forecast is EUR 98,000.", "104,800 EUR"),
        ("The project will cost 0.2 million EUR.", "104,800 EUR"),
        ("The approved budget is 90,000 EUR.", "100,000 EUR"),
        ("About 9,000 EUR more than approved.", "4,800 EUR"),
        ("Hall opens on 1 April 2027.", "15 March 2027"),
        ('"Hall opens" is now expected on 2027-04-01.', "15 March 2027"),
        ("Hall opens on 2 March.", "15 March 2027"),
        ("There are three open risks.", "2"),
        ("4 risks are open.", "2"),
        ("Two open issues are left.", "0"),
        ("Two of two deliverables accepted.", "1 of 2"),
    ],
)  # fmt: skip
def test_a_figure_that_the_plan_contradicts(tmp_path: Path, words: str, plan: str) -> None:
    (message,) = told(judged(lay_down(tmp_path, words)))
    assert message.endswith(f"the plan says {plan}.")


@pytest.mark.parametrize(
    "words",
    [
        "We have spent 22,400 EUR so far.", "To date spent 22k EUR.", "About 21,000 EUR spent so far.", "We spent 9,000 EUR on cables.",
        "The forecast is 105,000 EUR.", "The project will cost 0.1 million EUR.", "The crane will cost 98,000 EUR.",
        "Hall opens on 1 March 2027 or on 15 March.", "Hall opens on time.", "Two open risks.", "One of two deliverables is accepted.",
        "The crane costs 98,000 EUR a year.", "The forecast is 98,000 CHF.", "3 risks were discussed.", "Route 66 is closed on 1 April 2027.",
        "Room 40% full.", "Hall opens on 99 March.", "",
    ],
)  # fmt: skip
def test_what_agrees_and_what_is_about_something_else(tmp_path: Path, words: str) -> None:
    assert told(judged(lay_down(tmp_path, words))) == []


def test_the_remark_stands_at_the_words(tmp_path: Path) -> None:
    done = judged(lay_down(tmp_path, "All is well.\n\nWe have spent 30,000 EUR so far."))
    (one,) = [each for each in done.json["remarks"] if each["rule"] == "REP-04"]
    assert (one["file"], one["line"], one["column"]) == ("projects/hall/reports/2026-11-30.md", 7, 9)
    assert one["enforce_at"] == "gate"
    assert done.status == 0
    done = judged(lay_down(tmp_path, "All is well.", "because: We have spent 30,000 EUR so far\n"))
    (one,) = [each for each in done.json["remarks"] if each["rule"] == "REP-04"]
    assert one["line"] == 4


def test_before_execution_nobody_reports(tmp_path: Path) -> None:
    assert told(judged(lay_down(tmp_path, "We have spent 30,000 EUR so far.", phase="planning"))) == []


def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    words = (
        "spent " * 20_000 + "9" * 5_000 + " EUR " + "1,111" * 2_000 + " Hall opens " + "a " * 20_000 + "on 1 April 2027"
    )
    assert judged(lay_down(tmp_path, words)).status == 0


def test_a_change_answers_for_its_own_report_and_merges(tmp_path: Path) -> None:
    repository = Governed(folder=tmp_path)
    lay_down(tmp_path, "We have spent 30,000 EUR so far.")
    repository.begin()
    repository.branch("work")
    repository.write("projects/hall/risks.txt", "")
    repository.commit("Nothing about reports")
    assert repository.check().of("REP-04") == []
    repository.write(
        "projects/hall/reports/2026-12-31.md",
        "---\nas_of: 2026-12-31\nstatus: amber\nbecause: Frost\n---\nHall opens on 1 May 2027.\n",
    )
    repository.commit("The report of December")
    verdict = repository.check()
    (one,) = verdict.of("REP-04")
    assert "1 May 2027" in one["message"]
    assert one["state"] == "new"
    assert "REP-04" not in verdict.blocking()
