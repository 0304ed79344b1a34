"""Phases, states, the end, and what stays on record: GAT, CLO, PRT, AUD, DAT."""

from __future__ import annotations

from tests.gate.repository import DESK, Governed, Verdict
from tests.scenarios.stage import (
    DAY,
    DEPOT,
    GENEVA,
    ROSTER,
    SHELTER,
    TABLETS,
    approve,
    judged,
    minutes,
    on_main,
    passes,
    stops,
    trap,
)

ON = ("phase: initiation", "phase: planning")
CONDITION = "owner: t.abebe, due: 2026-12-08, extensions: [{from: 2026-10-30, to: 2026-12-08, reason: The operator gave no days, by: e.lindqvist}]"
FINDING = "standards/audits/au-2026-1/findings/F-01.yaml"
ANSWERED = "".join(f"  - {{question: G1-{one}, answer: yes, evidence: Seen}}\n" for one in range(1, 7))
SUBMISSION = (
    "id: G-01\ngate: start\nsubmitted_by: b.rossi\nsubmitted_on: 2026-12-03\nrecommendation: go\nanswers:\n" + ANSWERED
)
END = "---\nclosed_on: 2026-12-04\noutcome: Bicycles are dry\nfinal_cost: 31200\nhanded_over: {R-002: y.diallo}\ncontracts_closed: yes\n---\n\nIt stands.\n"
REPORT = "projects/visitor-desk/reports/2026-11-30.md"


def decided(town: Governed, *more: str) -> Governed:
    """Have the board decide at the first gate."""
    town.write("projects/geneva-signs/gates/G-01.yaml", SUBMISSION)
    return approve(
        town, "gate", "G-01", "geneva-signs", "h.dubois", *more, *minutes(town, "h.dubois"), author="p.nowak"
    )


def ended(town: Governed) -> Governed:
    """Let the board close the shelter: its gate is passed, the end is agreed, the record is there."""
    town.write(f"{SHELTER}/closure.md", END)
    approve(town, "gate", "G-02", "bike-shelter", "c.moreau")
    return approve(town, "closure", "bike-shelter", "bike-shelter", "c.moreau")


@stops("GAT-01", "A phase begins without its gate")
def test_phase_without_gate(town: Governed) -> Verdict:
    return judged(town.replace(GENEVA, *ON))


@passes("GAT-01", "The first gate sends the project back to its desk")
def test_rework(town: Governed) -> Verdict:
    return judged(decided(town, "--decision", "rework"))


@trap("GAT-01", "The board said yes, and later said hold: only the newest word counts", stopped=True)
def test_yes_taken_back(town: Governed) -> Verdict:
    decided(town, "--decision", "go")
    town.write(
        "projects/geneva-signs/approvals/AP-002.yaml",
        town.read("projects/geneva-signs/approvals/AP-001.yaml")
        .replace("AP-001", "AP-002")
        .replace("decision: go", "decision: hold"),
    )
    return judged(town.replace(GENEVA, *ON))


@stops("GAT-03", "A project stands still, and nobody has decided it")
def test_suspended(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "state: active ", "state: suspended "))


@passes("GAT-03", "The sponsor lets it stand still, in the same pull request")
def test_suspended_by_the_sponsor(town: Governed) -> Verdict:
    town.replace(DESK, "state: active ", "state: suspended ")
    return judged(approve(town, "state", "visitor-desk", "visitor-desk", "c.moreau"))


@trap("GAT-03", "A project that was suspended by decision is woken up by an old word", stopped=True)
def test_woken_by_an_old_word(town: Governed) -> Verdict:
    return judged(town.replace(f"{ROSTER}/project.yaml", "state: suspended", "state: active"))


@stops("GAT-04", "The promise of a closed project is written anew")
def test_closed_project_edited(town: Governed) -> Verdict:
    return judged(
        town.replace(
            f"{TABLETS}/project.yaml", "Tablets in 240 vehicles, Duty app", "Tablets in 200 vehicles, Duty app"
        )
    )


@passes("GAT-04", "A lesson comes after the end")
def test_lesson_after_the_end(town: Governed) -> Verdict:
    return judged(
        town.write(f"{TABLETS}/lessons/L-004.md", town.read(f"{TABLETS}/lessons/L-003.md").replace("L-003", "L-004"))
    )


@trap("GAT-04", "A closed project is laid out anew and gets a comment", stopped=False)
def test_closed_project_laid_out_anew(town: Governed) -> Verdict:
    return judged(
        town.replace(
            f"{TABLETS}/project.yaml",
            "phase: closure\nstate: closed",
            "state:   'closed'   # since June\nphase: closure",
        )
    )


@stops("CLO-01", "A project is closed, and nothing says how it ended")
def test_closed_without_record(town: Governed) -> Verdict:
    approve(town, "gate", "G-02", "bike-shelter", "c.moreau")
    return judged(town.replace(f"{SHELTER}/project.yaml", "state: active", "state: closed"))


@passes("CLO-01", "A project is closed with everything handed over")
def test_closed_well(town: Governed) -> Verdict:
    answers = town.read(f"{SHELTER}/gates/G-02.yaml").replace(
        "G4-4, answer: partly", "G4-4, answer: partly, evidence: Two of three"
    )
    town.write(f"{SHELTER}/gates/G-02.yaml", answers)
    return judged(ended(town).replace(f"{SHELTER}/project.yaml", "state: active", "state: closed"))


@trap("CLO-01", "An issue comes up in the pull request that closes the project", stopped=True)
def test_issue_on_the_last_day(town: Governed) -> Verdict:
    ended(town).write(
        f"{SHELTER}/issues.yaml",
        "issues:\n- {id: I-009, title: A lamp is dark, impact: 1, urgency: 2, status: open, owner: l.petit, action: Change it, due: 2026-12-11, raised_on: 2026-12-04}\n",
    )
    return judged(town.replace(f"{SHELTER}/project.yaml", "state: active", "state: closed"))


@stops("PRT-01", "A project disappears")
def test_project_gone(town: Governed) -> Verdict:
    return judged(town.remove("projects/visitor-desk"))


@passes("PRT-01", "A new project is registered, with nothing but an idea")
def test_project_new(town: Governed) -> Verdict:
    done = town.handrail(
        "new", "project", "quiet-room", "--tier", "small", "--sponsor", "c.moreau", "--manager", "j.okafor"
    )
    assert done.status == 0, done.err
    return judged(town)


@trap("PRT-01", "The prose below a published report is mended, its figures stay", stopped=False)
def test_prose_of_a_report(town: Governed) -> Verdict:
    return judged(town.append(REPORT, "\nA word was missing above.\n"))


@trap("PRT-01", "A published colour is made greener", stopped=True)
def test_report_rewritten(town: Governed) -> Verdict:
    return judged(town.replace(REPORT, "status: amber", "status: green"))


@stops("AUD-03", "The day of a condition moves without a word")
def test_condition_moves(town: Governed) -> Verdict:
    return judged(
        town.replace(f"{DEPOT}/approvals/AP-003.yaml", "due: 2026-12-08, extensions", "due: 2027-02-08, extensions")
    )


@passes("AUD-03", "A condition is given more time by somebody who may")
def test_condition_extended(town: Governed) -> Verdict:
    more = CONDITION.replace("due: 2026-12-08", "due: 2027-01-12").replace(
        "by: e.lindqvist}]",
        "by: e.lindqvist}, {from: 2026-12-08, to: 2027-01-12, reason: The operator answers in January, by: m.keller}]",
    )
    return judged(town.replace(f"{DEPOT}/approvals/AP-003.yaml", CONDITION, more))


@trap("AUD-03", "The owner of a finding gives himself more time", stopped=True)
def test_own_extension(town: Governed) -> Verdict:
    return judged(
        town.replace(
            FINDING,
            "due: 2027-01-29",
            "due: 2027-03-26\nextensions: [{from: 2027-01-29, to: 2027-03-26, reason: Much to do, by: t.abebe}]",
        )
    )


AGAIN = "standards/audits/au-2026-1/findings/F-07.yaml"


@stops("AUD-03", "A finding is filed under another number, and its day moves on the way")
def test_finding_moved_and_later(town: Governed) -> Verdict:
    text = town.read(FINDING).replace("id: F-01", "id: F-07").replace("due: 2027-01-29", "due: 2027-03-26")
    return judged(town.remove(FINDING).write(AGAIN, text))


@stops("AUD-03", "An open finding disappears")
def test_finding_gone(town: Governed) -> Verdict:
    told = judged(town.remove(FINDING))
    (one,) = told.of("AUD-03", "new")
    assert "is gone" in one["message"]
    assert one["file"] == "standards/audits/au-2026-1/audit.yaml"
    return told


@passes("AUD-03", "A finding is filed under another number, word by word")
def test_finding_moved(town: Governed) -> Verdict:
    text = town.read(FINDING).replace("id: F-01", "id: F-07")
    return judged(town.remove(FINDING).write(AGAIN, text))


@stops("DAT-01", "A word is misspelt that decides which rules apply")
def test_misspelt(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "state: active ", "state: actve "))


@passes("DAT-01", "A fault that others brought lies there, and this change brings bad news")
def test_old_fault(town: Governed) -> Verdict:
    on_main(town, ("projects/geneva-signs/risks.yaml", "risks:", "rsks:"))
    return judged(town.replace(DESK, "forecast: 2027-02-15", "forecast: 2027-06-15"))


@trap("DAT-01", "What somebody else breaks at the same time is not held against this change", stopped=False)
def test_broken_meanwhile(town: Governed) -> Verdict:
    town.switch("main").replace(GENEVA, "state: active", "state: actve").commit("Slip", at=DAY)
    return judged(town.switch("work").replace(GENEVA, "forecast: 2028-02-14", "forecast: 2028-05-15"))


WRONG = "---\nas_of: 2026-12-03\nstatus: green\n---\nSo far we have spent 99,000 EUR. The shelter stands.\n"
LATER = f"{SHELTER}/reports/2026-12-03.md"


@stops("REP-04", "The closing gate rests on a report whose money is not the plan's")
def test_gate_with_a_wrong_figure(town: Governed) -> Verdict:
    town.write(LATER, WRONG)
    return judged(approve(town, "gate", "G-02", "bike-shelter", "c.moreau"))


@passes("REP-04", "The same report alone: it is told, and merges")
def test_report_with_a_wrong_figure(town: Governed) -> Verdict:
    told = judged(town.write(LATER, WRONG))
    (one,) = told.of("REP-04", "new")
    assert (one["enforce_at"], one["line"]) == ("gate", 5)
    return told


@trap("REP-04", "An older report said something else; the newest has it right, and the gate is decided", stopped=False)
def test_wrong_figure_of_an_older_report(town: Governed) -> Verdict:
    on_main(town).write(f"{SHELTER}/reports/2026-12-02.md", WRONG.replace("12-03", "12-02")).commit("A report", at=DAY)
    town.switch("work").git("merge", "-q", "main")
    town.write(LATER, WRONG.replace("So far we have spent 99,000 EUR. ", ""))
    return judged(approve(town, "gate", "G-02", "bike-shelter", "c.moreau"))
