"""`handrail new` for records: valid at once, ids chosen, nothing but its own lines, and few questions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from handrail.cli.prompts import ask_record
from handrail.scaffold.records.forms import BY_WORD, FORMS
from handrail.scaffold.records.make import next_id

from tests.command import ROOT, git, handrail

GREEN_MOST, OTHER_MOST = 5, 10
NEEDED = {
    "risk": ["title=Paint: late # really", "probability=3"], "issue": ["title=Door"], "decision": ["title=Take it"],
    "action": ["what=Ask"], "milestone": ["name=Dry", "planned=2027-01-20"], "deliverable": ["name=Sign"],
    "supplier": ["party=Joiner"], "benefit": ["what=Minutes", "target=4"], "stakeholder": ["party=Staff"],
    "communication": ["audience=Staff"], "check": ["method=Look", "deliverable=D1"], "report": ["status=green"],
    "change": ["title=Later", "reason=Fire"], "gate": ["recommendation=go"], "exception": ["title=Late", "dimension=time"],
    "waiver": ["rule=RSK-01"], "lesson": ["title=Ask first", "tags=building; permit"],
    "feedback": ["about=RSK-01", "kind=unclear"], "support": ["situation=Hard"],
    "response": ["finding=au-1/F-01", "management_response=agree"], "role-change": ["role=sponsor", "to=h.dubois", "on=2027-01-01"],
    "answer": ["request=payment-gateway/SR-001"], "triage": ["lesson=driver-tablets/L-001", "decision=publish"],
    "proposal": ["title=Walk first", "targets={kind: standard, id: S-SCOPE, from: 1.0.0}"],
    "session": ["id=s-1", "module=first", "on=2027-01-20"], "completion": ["person=j.okafor", "module=first", "version=1.0.0"],
    "audit": ["id=au-1", "title=Gates", "type=gate"], "finding": ["title=No evidence", "severity=minor"],
    "request": ["id=canteen", "need=Too small"],
}  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    module = tmp_path / "standards/training/first.md"
    module.parent.mkdir(exist_ok=True)
    module.write_text("---\nid: first\ntitle: First\nversion: 1.0.0\n---\nWords.\n")
    git("init", "-q", cwd=tmp_path)
    git("add", "-A", cwd=tmp_path)
    git("commit", "-q", "-m", "start", cwd=tmp_path)
    return tmp_path


def new(repository: Path, word: str, *fields: str, place: str = "visitor-desk") -> str:
    ours = BY_WORD[word].kind.within == "project"
    words = [place] if ours or word == "finding" else []
    done = handrail("new", word, *words, *(part for one in fields for part in ("--set", one)), "--as-of", "2026-12-31",
                    cwd=repository)  # fmt: skip
    assert done.status == 0, done.err
    return done.out


def test_every_form_has_an_example_here() -> None:
    assert set(NEEDED) == {one.word for one in FORMS}


def test_every_record_is_valid_at_once_and_only_adds_lines(repository: Path) -> None:
    before = handrail("check", "--format", "json", cwd=repository).json["remarks"]
    for word in (*(one for one in NEEDED if one != "finding"), "finding"):
        new(repository, word, *NEEDED[word], place="au-1" if word == "finding" else "visitor-desk")
    after = handrail("check", "--format", "json", cwd=repository).json["remarks"]
    unreadable = [one for one in after if one["rule"] == "DAT-01"]
    assert unreadable == [one for one in before if one["rule"] == "DAT-01"]
    changes = git("diff", "--numstat", cwd=repository).splitlines()
    assert changes
    assert all(line.split("\t")[1] == "0" for line in changes), changes


def test_the_second_record_has_the_next_id(repository: Path) -> None:
    assert "R-003" in new(repository, "risk", *NEEDED["risk"])
    assert "R-004" in new(repository, "risk", *NEEDED["risk"])
    text = (repository / "projects/visitor-desk/risks.yaml").read_text()
    assert text.startswith((ROOT / "projects/visitor-desk/risks.yaml").read_text())
    assert "'Paint: late # really'" in text


def test_an_id_is_never_used_again() -> None:
    assert next_id("R-001", {"R-001", "R-007", "I-009"}) == "R-008"
    assert next_id("D1", {"D1", "D12"}) == "D13"
    assert next_id("R-001", {"R-999"}) == "R-1000"
    assert next_id("M1", set()) == "M1"


def test_a_change_lists_what_departs_from_the_baseline(repository: Path) -> None:
    new(repository, "change", *NEEDED["change"])
    text = (repository / "projects/visitor-desk/changes/CR-004.yaml").read_text()
    assert "on: BL-001" in text
    assert "- item: M3\n  field: planned\n  from: 2027-02-01\n  to: 2027-02-15\n" in text
    assert "- item: budget\n  field: approved\n  from: 48000\n  to: 50400\n" in text
    assert "M4" not in text


def test_a_change_of_nothing_is_refused(repository: Path) -> None:
    file = repository / "projects/visitor-desk/project.yaml"
    file.write_text(
        file.read_text()
        .replace("forecast: 2027-02-15", "forecast: 2027-02-01")
        .replace("forecast: 50400", "forecast: 48000")
    )
    done = handrail("new", "change", "visitor-desk", "--set", "title=x", cwd=repository)
    assert done.status == 2
    assert "the forecast is what was approved" in done.err


@pytest.mark.parametrize(
    ("word", "fields", "told"),
    [
        ("risk", ["titel=x"], "Did you mean `title`?"),
        ("risk", ["title=x", "probability=9"], "from 1 to 5"),
        ("risk", ["title=x", "owner=j.okafr"], "Did you mean `j.okafor`?"),
        ("risk", ["probability=3"], "itle"),
        ("risk", ["title"], "FIELD=VALUE"),
        ("waiver", ["rule=RSK-99"], "there is no rule"),
        ("issue", ["title=x", "due=15.2.2027"], "day"),
        ("triage", ["lesson=driver-tablets/L-009", "decision=adopt"], "no project has a lesson"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_and_nothing_is_written(
    repository: Path, word: str, fields: list[str], told: str
) -> None:
    words = ["visitor-desk"] if BY_WORD[word].kind.within == "project" else []
    done = handrail("new", word, *words, *(part for one in fields for part in ("--set", one)), cwd=repository)
    assert done.status == 2
    assert told in done.err
    assert git("status", "--porcelain", cwd=repository) == ""


def test_a_broken_register_is_not_touched(repository: Path) -> None:
    file = repository / "projects/visitor-desk/risks.yaml"
    file.write_text("risks: [\n")
    done = handrail("new", "risk", "visitor-desk", "--set", "title=x", cwd=repository)
    assert done.status == 2
    assert file.read_text() == "risks: [\n"


def answers(*texts: str) -> tuple[list[str], object]:
    asked: list[str] = []
    left: Iterator[str] = iter(texts)

    def ask(what: str) -> str:
        asked.append(what)
        return next(left)

    return asked, ask


def test_a_green_month_asks_five_things_at_most() -> None:
    asked, ask = answers("green", "yes", "Permit handed in", "Printer")
    value, body = ask_record(BY_WORD["report"], {"as_of": "2026-12-31", "status": "amber", "because": "Fire"}, ask)  # type: ignore[arg-type]
    assert len(asked) <= GREEN_MOST
    assert value == {"status": "green", "risks_reviewed": "yes"}
    assert body == "Done: Permit handed in. Next: Printer."


def test_green_against_the_figures_says_why_in_five() -> None:
    asked, ask = answers("green", "The supplier has delivered", "yes", "All", "")
    value, _ = ask_record(BY_WORD["report"], {"as_of": "2026-12-31", "computed": "amber"}, ask)  # type: ignore[arg-type]
    assert len(asked) <= GREEN_MOST
    assert value["because"] == "The supplier has delivered"


def test_a_red_month_asks_ten_things_at_most() -> None:
    asked, ask = answers(
        "red", "Fire", "2027-03-01", "I-003; A-001", "Approve CR-004", "c.moreau", "2027-01-05", "yes", "All", "More"
    )
    value, body = ask_record(BY_WORD["report"], {"as_of": "2026-12-31"}, ask)  # type: ignore[arg-type]
    assert len(asked) <= OTHER_MOST
    assert value["what_we_do"] == ["I-003", "A-001"]
    assert value["decisions_asked"] == [{"ask": "Approve CR-004", "from": "c.moreau", "by": "2027-01-05"}]
    assert body == "Done: All. Next: More."


def test_what_cannot_be_is_asked_again() -> None:
    asked, ask = answers("", "Door", "high", "9", "4", "", "", "", "")
    value, _ = ask_record(BY_WORD["issue"], {}, ask)  # type: ignore[arg-type]
    assert value == {"title": "Door", "impact": 4}
    assert len([one for one in asked if one.startswith("Impact")]) == 3


def test_it_asks_on_a_real_terminal(repository: Path) -> None:
    import os
    import pty
    import subprocess
    import sys

    main, side = pty.openpty()
    command = [str(Path(sys.executable).with_name("handrail")), "new", "feedback", "visitor-desk"]
    done = subprocess.Popen(command, cwd=repository, stdin=side, stdout=side, stderr=side, close_fds=True)
    os.close(side)
    os.write(main, b"RSK-01\nunclear\nWhat is a trigger?\n20\n")
    assert done.wait(60) == 0
    os.close(main)
    text = (repository / "projects/visitor-desk/feedback/F-001.yaml").read_text()
    assert text.startswith("id: F-001\nabout: RSK-01\nkind: unclear\n")
    assert "minutes_lost: 20" in text
