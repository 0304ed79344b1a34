"""Approvals of the PMO's own matters: bound to terms, given by whom the policy names, evidenced and dated like any other."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.command import Done
from tests.gate.repository import Governed, Verdict

RISK = "standards/risk/index.md"
RECORD = "standards/approvals/AP-102.yaml"
DAY = "2026-12-04T10:00:00+0100"


@pytest.fixture
def office(tmp_path: Path) -> Governed:
    return Governed.sample(tmp_path, "visitor-desk").branch()


def approve(office: Governed, *words: str) -> Done:
    return office.handrail("approve", *words)


def minuted(office: Governed, by: str = "m.keller") -> tuple[str, ...]:
    file = office.folder.parent / "minutes.txt"
    file.write_text("The portfolio board agrees.\n")
    return ("--minutes", str(file), "--present", by, "--recorded-by", "v.leroy")


def judged(office: Governed, author: str = "v.leroy@brightwater.example", at: str = DAY) -> Verdict:
    office.commit("The office", author=author, at=at)
    return office.check()


def test_a_standard_is_approved_by_the_portfolio_board(office: Governed) -> None:
    done = approve(office, "standard", "S-RISK", "--by", "m.keller", *minuted(office))
    assert done.status == 0, done.err
    record = yaml.safe_load(office.read(RECORD))
    assert (record["subject"], record["role"], record["value"][:3]) == (
        {"kind": "standard", "id": "S-RISK"},
        "portfolio board",
        "h1:",
    )
    verdict = judged(office)
    assert not verdict.blocks, verdict.said()


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("standard", "S-RISK", "--by", "p.nowak"), "p.nowak asked for it"),  # keeps the standard
        (("standard", "S-RISK", "--by", "j.okafor"), "did not have the role"),
        (
            ("standard", "S-RISK", "--by", "m.keller", "--role", "sponsor"),
            "it takes the pmo head or the portfolio board",
        ),
        (("standard", "S-RISKS", "--by", "m.keller"), "there is no standard S-RISKS to approve. There is: S-AUDIT"),
        (("proposal", "PP-002", "--by", "p.nowak"), "p.nowak asked for it"),
        (("standard", "S-RISK", "--by", "m.keller", "--project", "visitor-desk"), "belongs to no project"),
        (("baseline", "BL-001", "--by", "m.keller"), "say in which project"),
        (("migration", "first-import", "--by", "p.nowak"), "p.nowak asked for it"),
    ],
)
def test_what_would_not_count_is_not_written(office: Governed, words: tuple[str, ...], part: str) -> None:
    done = approve(office, *words)
    assert done.status == 2
    assert part in done.err
    assert not (office.folder / RECORD).exists()


def test_once_a_sentence_changes_the_approval_counts_no_more(office: Governed) -> None:
    approve(office, "standard", "S-RISK", "--by", "m.keller", *minuted(office))
    office.commit("Agreed", author="v.leroy@brightwater.example", at=DAY)
    office.git("branch", "-f", "main")
    office.replace(RISK, "must be known to the board", "must be known to the sponsor")
    told = [one["message"] for one in judged(office).of("GOV-09", "new")]
    assert told == [
        "m.keller approved the standard S-RISK on 4 Dec 2026, and what was approved has been changed since."
    ]


@pytest.mark.parametrize(
    "prose", [("# Risk\n", "# Risk\n\nBetter words.\n"), ("reviewed_on: 2026-09-15", "reviewed_on: 2026-12-04")]
)
def test_what_was_not_approved_may_change(office: Governed, prose: tuple[str, str]) -> None:
    approve(office, "standard", "S-RISK", "--by", "m.keller", *minuted(office))
    office.replace(RISK, *prose)
    assert judged(office).of("GOV-09") == []


def test_a_record_that_nobody_can_prove_is_stopped(office: Governed) -> None:
    """The policy asks for minutes or better, and a file alone is neither."""
    approve(office, "standard", "S-RISK", "--by", "m.keller")
    verdict = judged(office)
    (one,) = verdict.of("GOV-10", "new")
    assert "Nobody can tell that m.keller approved the standard S-RISK" in one["message"]
    assert "GOV-10" in verdict.blocking()
    office.commit("Again", author="m.keller@brightwater.example", at=DAY)


def test_the_approvers_own_commit_is_proof(office: Governed) -> None:
    approve(office, "standard", "S-RISK", "--by", "m.keller")
    assert not judged(office, author="m.keller@brightwater.example").blocks


def test_the_minutes_are_not_kept_by_who_wants_it(office: Governed) -> None:
    approve(office, "standard", "S-RISK", "--by", "m.keller", *minuted(office))
    office.replace(RECORD, "recorded_by: v.leroy", "recorded_by: p.nowak")
    assert "GOV-10" in judged(office).blocking()


def test_authority_is_that_of_the_target(office: Governed) -> None:
    """A change cannot make somebody the portfolio board and let them agree."""
    approve(office, "standard", "S-RISK", "--by", "m.keller")
    office.replace(RECORD, "by: m.keller", "by: c.moreau")
    office.replace(
        "standards/people/people.yaml",
        "[{role: sponsor, from: 2023-01-01}",
        "[{role: portfolio board}, {role: sponsor, from: 2023-01-01}",
    )
    verdict = judged(office, author="c.moreau@brightwater.example")
    (one,) = verdict.of("GOV-10", "new")
    assert "did not have the role portfolio board on that day" in one["message"]


@pytest.mark.parametrize(
    ("on", "part"),
    [
        ("2026-12-05", "that day is still to come"),
        ("2026-11-19", "committed 15 days later"),
        ("2026-11-20", None),
        ("2026-12-04", None),
    ],
)
def test_the_day_is_that_of_the_decision(office: Governed, on: str, part: str | None) -> None:
    approve(office, "standard", "S-RISK", "--by", "m.keller", "--on", on)
    told = [one["message"] for one in judged(office, author="m.keller@brightwater.example").of("GOV-11")]
    assert [part in one for one in told] == ([True] if part else [])
