"""`handrail remind` on real folders: who hears of what, what nobody hears of, and every way of writing it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tests.command import ROOT, Done, handrail

TODAY = "2026-12-04"
FRAMEWORK = {"certificate", "training", "review", "audit finding"}
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
    told = remind(plans, "--for", "all", "--format", "json").json["people"]
    people = {one["person"] for one in told if any(each["kind"] == "decision" for each in one["reminders"])}
    assert people == {"c.moreau", "e.lindqvist", "y.diallo", "f.garnier"}


def test_a_deviation_asks_the_pmo_and_then_tells_of_its_end(plans) -> None:
    write(plans, "waivers/W-001.yaml", "id: W-001\nrule: RSK-01\nreason: x\nstarts: 2026-11-01\nexpires: 2026-12-10\n")
    assert ("deviation", "W-001", None) in kinds(plans, "p.nowak")
    assert ("deviation", "W-001", "2026-12-10") in kinds(plans, "j.okafor")


def of_projects(root: Path) -> list[tuple[str, str, str | None]]:
    return [one for one in kinds(root, "all") if one[0] not in FRAMEWORK]


def test_a_benefit_outlives_the_project_and_nothing_else_does(plans) -> None:
    for file, text in REGISTERS.items():
        write(plans, file, text % "2026-12-01")
    write(
        plans,
        "project.yaml",
        PLAN.replace("state: active", "state: closed").replace("phase: execution", "phase: closure"),
    )
    assert of_projects(plans) == [("benefit", "B1", "2026-12-01")]
    write(plans, "project.yaml", PLAN.replace("state: active", "state: cancelled"))
    assert of_projects(plans) == []


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
        (("--for", "j.okafr"), "Did you mean `j.okafor`?"), (("--for", "nobody-at-all"), "there is no person `nobody-at-all`. standards/people/people.yaml has the handles."),
        (("--for", "all", "--within", "-1"), "no number of days"), (("--for", "all", "--within", "²"), "no number of days"),
        (("--for", "all", "--site", "javascript:x"), "no address of a site"), ((), "--for"),
    ],
)  # fmt: skip
def test_wrong_use(plans, words, part) -> None:
    done = handrail("remind", *words, cwd=plans)
    assert done.status == 2
    assert part in done.err


def of_framework(root: Path, who: str, *words: str) -> list[tuple[str, str, str | None]]:
    return [one for one in kinds(root, who, *words) if one[0] in FRAMEWORK]


def law(root: Path, name: str, text: str) -> None:
    (root / "standards" / name).write_text(text, encoding="utf-8")


def completed(root: Path, on: str) -> None:
    law(root, "people/completions.yaml",
        f"completions:\n- {{person: j.okafor, module: first-week, version: 1.0.0, on: {on}}}\n")  # fmt: skip


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2025-01-03", [("training", "first-week", "2027-01-03")]), ("2025-01-04", []),
        ("2024-12-04", [("training", "first-week", "2026-12-04")]), ("2024-12-03", [("training", "first-week", "2026-12-03")]),
    ],
)  # fmt: skip
def test_training_that_ends_is_told_thirty_days_ahead_and_is_late_until_it_is_done_again(plans, on, found) -> None:
    """A completion holds for 24 months."""
    completed(plans, on)
    assert of_framework(plans, "j.okafor") == found


def person(root: Path, old: str, new: str) -> None:
    path = root / "standards" / "people" / "people.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("expires", "told"),
    [("2027-01-03", True), ("2027-01-04", False), ("2026-12-04", True), ("2026-12-03", False)],
)
def test_a_certificate_that_ends(plans, expires, told) -> None:
    """Nobody asks for this one, so nothing is said once it has run out."""
    person(plans, "{id: z.ahmed, ", f"{{id: z.ahmed, certifications: [{{name: CCNA, expires: {expires}}}], ")
    assert of_framework(plans, "z.ahmed") == ([("certificate", "CCNA", expires)] if told else [])


def test_a_certificate_that_the_role_asks_for_is_late_until_it_is_renewed(plans) -> None:
    law(plans, "people/competences.yaml", "matrix:\n- {role: project manager, certifications: [PM-Board]}\n")
    person(plans, "{id: j.okafor, ", "{id: j.okafor, certifications: [{name: PM-Board, expires: 2026-11-01}], ")
    assert ("certificate", "PM-Board", "2026-11-01") in of_framework(plans, "j.okafor")
    person(plans, "expires: 2026-11-01}], ", "expires: 2026-11-01}, {name: PM-Board, issued: 2026-11-20}], ")
    assert of_framework(plans, "j.okafor") == []


@pytest.mark.parametrize(("begun", "due"), [("2026-10-05", "2027-01-03"), ("2026-10-06", None)])
def test_training_is_due_from_the_first_day_in_a_role(plans, begun, due) -> None:
    """Ninety days, as the learning path of project managers says, told for the last thirty of them."""
    law(plans, "people/completions.yaml", "completions: []\n")
    person(plans, "{role: project manager, from: 2022-02-01}", f"{{role: project manager, from: {begun}}}")
    found = of_framework(plans, "j.okafor")
    assert {day for _, _, day in found} == ({due} if due else set())
    assert ("training", "first-week", due) in found or due is None


@pytest.mark.parametrize(
    ("reviewed", "due"), [("2026-01-03", "2027-01-03"), ("2026-01-04", None), ("2025-01-01", "2026-01-01")]
)
def test_a_standard_is_gone_through_every_year(plans, reviewed, due) -> None:
    page = plans / "standards" / "risk" / "index.md"
    text = re.sub(r"reviewed_on: [0-9-]+", f"reviewed_on: {reviewed}", page.read_text(encoding="utf-8"), count=1)
    page.write_text(text, encoding="utf-8")
    assert [one for one in of_framework(plans, "p.nowak") if one[0] == "review"] == (
        [("review", "S-RISK", due)] if due else []
    )


@pytest.mark.parametrize(("expires", "told"), [("2027-01-03", True), ("2027-01-04", False)])
def test_a_deviation_that_ends_is_told_thirty_days_ahead(plans, expires, told) -> None:
    write(plans, "waivers/W-001.yaml", f"id: W-001\nrule: RSK-01\nreason: x\nstarts: 2026-11-01\nexpires: {expires}\n")
    assert (("deviation", "W-001", expires) in kinds(plans, "j.okafor")) is told


def test_a_finding_reminds_the_one_who_corrects_it(plans) -> None:
    finding = plans / "standards" / "audits" / "au-2026-1" / "findings" / "F-01.yaml"
    text = finding.read_text(encoding="utf-8")
    finding.write_text(re.sub(r"(?m)^due: .*$", "due: 2026-12-18", text), encoding="utf-8")
    assert of_framework(plans, "t.abebe") == [("audit finding", "au-2026-1/F-01", "2026-12-18")]
    finding.write_text(re.sub(r"(?m)^due: .*$", "due: 2026-12-19", text), encoding="utf-8")
    assert of_framework(plans, "t.abebe") == []


def test_every_way_of_writing_knows_what_belongs_to_no_project(plans) -> None:
    completed(plans, "2024-12-20")
    for form in ("text", "markdown", "ics"):
        out = remind(plans, "--for", "j.okafor", "--format", form).out.replace("\r\n ", "")
        assert "Do the module First week" in out
    (one,) = remind(plans, "--for", "j.okafor", "--format", "json", "--site", "https://plans.example").json["people"]
    links = {each["kind"]: each["link"] for each in one["reminders"]}
    assert links["training"] == "https://plans.example/training/first-week/"
