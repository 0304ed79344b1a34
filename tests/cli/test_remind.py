"""`handrail remind` on real folders: who hears of what, what nobody hears of, and every way of writing it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.command import ROOT, Done, handrail

TODAY = "2026-12-04"
LAW = ("handrail.yaml", "people/people.yaml", "policy")
PLAN = """\
id: lift
name: New lift
tier: small
phase: execution
state: active
sponsor: c.moreau
manager: j.okafor
board: lyon-sites
deliverables:
  - {id: D1, name: Lift in use, accepted_when: It runs, accepted_by: s.lambert, planned: 2027-06-01}
milestones:
  - {id: M1, name: Start approved, gate: start, planned: 2026-10-05, actual: 2026-10-06}
  - {id: M2, name: Pit dug, planned: 2026-12-01}
  - {id: M3, name: Lift tested, planned: 2026-12-10}
"""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """The sample's law with one project of our own."""
    import shutil

    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    write(tmp_path, "project.yaml", PLAN)
    write(tmp_path, "reports/2026-11-30.md", "---\nas_of: 2026-11-30\nstatus: green\n---\nAll well.\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    file = root / "projects" / "lift" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def remind(root: Path, *words: str) -> Done:
    done = handrail("remind", *words, cwd=root)
    assert done.status == 0, done.err + done.out
    return done


def kinds(root: Path, who: str, *words: str) -> list[tuple[str, str, str | None]]:
    people = remind(root, "--for", who, "--format", "json", *words).json["people"]
    return [(one["kind"], one["id"], one["due"]) for person in people for one in person["reminders"]]


def test_a_milestone_whose_day_has_passed_wants_a_word(plans) -> None:
    assert kinds(plans, "j.okafor") == [("milestone", "M2", "2026-12-01")]
    write(
        plans,
        "project.yaml",
        PLAN.replace("name: Pit dug, planned: 2026-12-01", "name: Pit dug, planned: 2026-12-01, actual: 2026-12-01"),
    )
    assert kinds(plans, "j.okafor") == []
    write(
        plans,
        "project.yaml",
        PLAN.replace("name: Pit dug, planned: 2026-12-01", "name: Pit dug, planned: 2026-12-01, forecast: 2026-12-22"),
    )
    assert kinds(plans, "j.okafor") == []


REGISTERS = {
    "actions.yaml": "actions:\n- {id: A-001, what: Ask the maker, owner: l.petit, due: %s}\n",
    "issues.yaml": "issues:\n- {id: I-001, title: Water in the pit, owner: l.petit, due: %s}\n",
    "risks.yaml": "risks:\n- {id: R-001, title: Rain, action: Hire a pump, owner: l.petit, due: %s}\n",
    "benefits.yaml": "benefits:\n- {id: B1, what: Minutes, now: 5, target: 1, by: %s, owner: l.petit}\n",
}


@pytest.mark.parametrize("file", REGISTERS)
@pytest.mark.parametrize(("day", "heard"), [("2026-12-03", True), ("2026-12-18", True), ("2026-12-19", False)])
def test_fourteen_days_ahead_and_everything_late(plans, file, day, heard) -> None:
    write(plans, file, REGISTERS[file] % day)
    assert [due for _, _, due in kinds(plans, "l.petit")] == ([day] if heard else [])
    assert kinds(plans, "l.petit", "--within", "15" if day.endswith("19") else "14")


@pytest.mark.parametrize("done", ["status: done", "status: dropped"])
def test_what_is_done_is_not_mentioned(plans, done) -> None:
    write(plans, "actions.yaml", f"actions:\n- {{id: A-001, what: Ask, owner: l.petit, due: 2026-12-01, {done}}}\n")
    assert kinds(plans, "l.petit") == []


def test_nothing_is_printed_when_nothing_is_due(plans) -> None:
    for form in ("text", "markdown", "ics"):
        assert remind(plans, "--for", "z.ahmed", "--format", form).out == ""


def test_a_decision_waits_until_somebody_takes_it(plans) -> None:
    report = "---\nas_of: 2026-11-30\nstatus: green\ndecisions_asked:\n- {ask: Take the pump, from: c.moreau, by: 2026-12-07}\n---\n"
    write(plans, "reports/2026-11-30.md", report)
    assert kinds(plans, "c.moreau") == [("decision", "2026-11-30.1", "2026-12-07")]
    write(plans, "decisions.yaml", "decisions:\n- {id: D-001, title: The pump, on: 2026-12-02, decider: c.moreau}\n")
    assert kinds(plans, "c.moreau") == []


def test_a_board_is_asked_as_all_its_members(plans) -> None:
    report = "---\nas_of: 2026-11-30\nstatus: green\ndecisions_asked:\n- {ask: Take the pump, from: lyon-sites}\n---\n"
    write(plans, "reports/2026-11-30.md", report)
    people = {one["person"] for one in remind(plans, "--for", "all", "--format", "json").json["people"]}
    assert people - {"j.okafor"} == {"c.moreau", "e.lindqvist", "y.diallo", "f.garnier"}


def test_a_deviation_asks_the_pmo_and_then_tells_of_its_end(plans) -> None:
    write(plans, "waivers/W-001.yaml", "id: W-001\nrule: RSK-01\nreason: x\nstarts: 2026-11-01\nexpires: 2026-12-10\n")
    assert ("deviation", "W-001", None) in kinds(plans, "p.nowak")
    assert ("deviation", "W-001", "2026-12-10") in kinds(plans, "j.okafor")


def test_a_benefit_outlives_the_project_and_nothing_else_does(plans) -> None:
    for file, text in REGISTERS.items():
        write(plans, file, text % "2026-12-01")
    write(
        plans,
        "project.yaml",
        PLAN.replace("state: active", "state: closed").replace("phase: execution", "phase: closure"),
    )
    assert kinds(plans, "all") == [("benefit", "B1", "2026-12-01")]
    write(plans, "project.yaml", PLAN.replace("state: active", "state: cancelled"))
    assert kinds(plans, "all") == []


def test_of_a_restricted_project_no_word_is_told(plans) -> None:
    write(plans, "project.yaml", PLAN + "sensitivity: restricted\n")
    write(
        plans, "actions.yaml", "actions:\n- {id: A-001, what: Buy the secret lift, owner: l.petit, due: 2026-12-01}\n"
    )
    for form in ("text", "markdown", "json", "ics"):
        out = remind(plans, "--for", "all", "--format", form).out
        assert "A-001" in out
        assert "secret" not in out
        assert "New lift" not in out


def test_who_has_left_is_not_reminded(plans) -> None:
    write(plans, "actions.yaml", "actions:\n- {id: A-001, what: Ask, owner: j.renard, due: 2026-12-01}\n")
    assert "j.renard" not in remind(plans, "--for", "all").out


def test_an_issue_tells_what_is_late_first_and_does_nothing_else(plans) -> None:
    nasty = "'@all closes #12 <!-- handrail: gate --> ![x](https://x.example/y.png)'"
    write(plans, "actions.yaml", f"actions:\n- {{id: A-001, what: {nasty}, owner: j.okafor, due: 2026-12-09}}\n")
    out = remind(plans, "--for", "j.okafor", "--format", "markdown").out
    assert out.index("### Late") < out.index("### Due soon")
    bare = unescape(out)
    assert not re.search(r"@\w|#\d|<!--|://\w", bare)


def test_links_lead_to_the_site_the_host_or_the_file(plans) -> None:
    first = remind(plans, "--for", "j.okafor", "--format", "json").json["people"][0]
    assert first["reminders"][0]["link"] == "projects/lift/project.yaml"
    site = remind(plans, "--for", "j.okafor", "--format", "json", "--site", "https://plans.example/x/").json["people"][
        0
    ]
    assert site["reminders"][0]["link"] == "https://plans.example/x/projects/lift/#schedule"
    settings = plans / "standards" / "handrail.yaml"
    settings.write_text(
        settings.read_text("utf-8") + "host: https://git.example/pmo/plans\nhost_kind: gitlab\n", "utf-8"
    )
    host = remind(plans, "--for", "j.okafor", "--format", "json").json["people"][0]
    assert host["reminders"][0]["link"] == "https://git.example/pmo/plans/-/tree/HEAD/projects/lift/project.yaml"
    assert host["login"] == "j.okafor", "on GitLab a handle with a dot can be a login"
    assert first["login"] is None, "on GitHub it cannot"


def test_the_same_data_give_the_same_calendar(plans) -> None:
    one = remind(plans, "--for", "all", "--format", "ics").out
    assert one == remind(plans, "--for", "all", "--format", "ics").out
    assert "UID:lift.milestone.M2.j.okafor@handrail" in one
    later = remind(plans, "--for", "all", "--format", "ics", "--as-of", "2026-12-05").out
    assert re.findall(r"UID:.*", one) == re.findall(r"UID:.*", later)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--for", "j.okafr"), "Did you mean j.okafor?"), (("--for", "nobody-at-all"), "people.yaml has the handles"),
        (("--for", "all", "--within", "-1"), "no number of days"), (("--for", "all", "--within", "²"), "no number of days"),
        (("--for", "all", "--site", "javascript:x"), "no address of a site"), ((), "--for"),
    ],
)  # fmt: skip
def test_wrong_use(plans, words, part) -> None:
    done = handrail("remind", *words, cwd=plans)
    assert done.status == 2
    assert part in done.err
