"""`handrail approve`: one new file that counts at once, or a word on why it would not."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from tests.command import ROOT, digest, handrail

RECORD = "projects/visitor-desk/approvals/AP-003.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def approve(repository: Path, *words: str, kind: str = "change", name: str = "CR-003", by: str = "c.moreau"):
    return handrail("approve", kind, name, "--project", "visitor-desk", "--by", by, *words, cwd=repository)


def test_the_record_counts_at_once(repository: Path) -> None:
    before = digest(repository)
    assert approve(repository, "--dry-run").status == 0
    assert digest(repository) == before, "only shown"
    done = approve(repository, "--condition", "Second offer, in writing, j.okafor, 2026-12-31", "--releases", "2400.50")
    assert done.status == 0, done.err
    text = (repository / RECORD).read_text()
    assert "role: sponsor" in text
    assert "value: h1:" in text
    assert "releases: 2400.50" in text or "releases: 2400.5" in text
    assert "what: Second offer, in writing\n  owner: j.okafor\n  due: 2026-12-31" in text
    (repository / RECORD).unlink()
    assert digest(repository) == before, "nothing else was written"


def test_what_is_approved_may_not_be_changed_afterwards(repository: Path) -> None:
    assert approve(repository).status == 0
    said = handrail("check", "--format", "json", cwd=repository)
    assert "GOV-09" not in {one["rule"] for one in said.json["remarks"]}
    change = repository / "projects/visitor-desk/changes/CR-003.yaml"
    change.write_text(change.read_text().replace("to: 50400", "to: 59000"))
    said = handrail("check", "--format", "json", cwd=repository)
    (one,) = [one for one in said.json["remarks"] if one["rule"] == "GOV-09"]
    assert (one["file"], one["line"]) == (RECORD, 6)
    assert said.status == 1
    assert "c.moreau approved the change CR-003" in one["message"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "CR-009"}, "It has: CR-003"), ({"by": "j.okafor"}, "manages the project"), ({"by": "nobody"}, "nobody"),
        ({"by": "h.dubois"}, "was not the sponsor on that day"), ({"kind": "tolerance", "name": "tolerance"}, "its id is the project's"),
        ({"kind": "exception", "name": "EX-001"}, "It has none yet"),
    ],
)  # fmt: skip
def test_what_would_not_count_is_not_written(repository: Path, given: dict[str, str], words: str) -> None:
    before = digest(repository)
    done = approve(repository, **given)
    assert done.status == 2
    assert words.lower() in done.err.lower()
    assert digest(repository) == before


def test_a_gate_is_handed_in_with_its_questions_and_passed_once_they_are_answered(repository: Path) -> None:
    shutil.rmtree(repository / "projects/visitor-desk/gates", ignore_errors=True)
    handed = handrail("new", "gate", "visitor-desk", "--set", "id=G-09", cwd=repository)
    assert handed.status == 0, handed.err
    assert "Below each question write `answer: yes` (or no, partly, not applicable)" in handed.out
    place = repository / "projects/visitor-desk/gates/G-09.yaml"
    text = place.read_text()
    assert "- question: G4-1 # Is every deliverable accepted or handed over with agreed concessions?\n" in text

    def decide(*words: str) -> str:
        done = approve(repository, *words, "--dry-run", kind="gate", name="G-09")
        return str(done.out if done.status == 0 else done.err)

    assert "6 questions of G-09 have no answer" in decide()
    assert 'The first: "Is every deliverable accepted or handed over with agreed concessions?"' in decide()
    assert "decision: rework" in decide("--decision", "rework")  # a no needs no answers
    place.write_text(re.sub(r"(- question: .*)", r"\1\n  answer: partly", text))
    assert "decision: go\n" in decide()
    assert "a go with conditions says which: `--condition " in decide("--decision", "go with conditions")
    assert "what: Second offer" in decide("--decision", "go with conditions", "--condition", "Second offer")


@pytest.mark.parametrize("words", [("--releases", "a lot"), ("--decision", "maybe"), ("--on", "soon"), ("--present", "c.moreau"),
                                   ("--minutes", "nowhere.pdf"), ("--project", "none")])  # fmt: skip
def test_wrong_words_are_told(repository: Path, words: tuple[str, str]) -> None:
    before = digest(repository)
    assert approve(repository, *words).status == 2
    assert digest(repository) == before


def test_minutes_are_kept_by_their_fingerprint(repository: Path) -> None:
    paper = repository / "minutes.pdf"
    paper.write_bytes(b"%PDF talk")
    wrong = approve(repository, "--minutes", "minutes.pdf", "--present", "c.moreau", "--recorded-by", "j.okafor")
    assert "asked for it or manages" in wrong.err
    absent = approve(repository, "--minutes", "minutes.pdf", "--present", "p.nowak", "--recorded-by", "p.nowak")
    assert "c.moreau was not present" in absent.err
    done = approve(repository, "--minutes", "minutes.pdf", "--present", "c.moreau", "--recorded-by", "p.nowak")
    assert done.status == 0, done.err
    text = (repository / RECORD).read_text()
    assert hashlib.sha256(b"%PDF talk").hexdigest() in text
    assert "ref: minutes.pdf" in text


def test_the_next_number_and_never_an_old_file(repository: Path) -> None:
    assert approve(repository).status == 0
    again = approve(repository, "--decision", "reject")
    assert again.status == 0
    assert (repository / "projects/visitor-desk/approvals/AP-004.yaml").is_file()
