"""What was promised, and the registers: BSL, QLT, RSK, CST, CHG, ISS, RES, SCH. What needs a gate is stopped at the gate."""

from __future__ import annotations

from tests.gate.repository import DESK, Governed, Verdict
from tests.scenarios.stage import (
    BASELINE,
    DEPOT,
    ISSUES,
    RISKS,
    ROSTER,
    SHELTER,
    STOPS,
    approve,
    judged,
    on_main,
    passes,
    stops,
    trap,
)

CLOSING = ("phase: execution", "phase: closure")
NO_DAY = ("planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-02-01")
OPENS = "{id: M3, name: Desk opens, planned: 2027-02-01, forecast: 2027-02-15}"
D1 = f"{DEPOT}/project.yaml", "planned: 2027-03-26, forecast: 2027-04-23, status: in work"


def at_its_gate(town: Governed, project: str) -> Verdict:
    """Judge the same where the pull request also takes the project to its next phase."""
    return judged(town.replace(f"{project}/project.yaml", *CLOSING))


@stops("BSL-01", "A promised day is moved without a word")
def test_promised_day_moved(town: Governed) -> Verdict:
    return judged(
        town.replace(DESK, "planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-03-01, forecast: 2027-03-01")
    )


@passes("BSL-01", "Half a year late and twice as dear, told as a forecast")
def test_bad_news(town: Governed) -> Verdict:
    town.replace(DESK, "forecast: 2027-02-15", "forecast: 2027-08-16").replace(
        DESK, "forecast: 2027-03-15", "forecast: 2027-09-15"
    )
    return judged(town.replace(DESK, "forecast: 50400", "forecast: 96000"))


@trap("BSL-01", "Request, approval, new approved plan and new promise come in one pull request", stopped=False)
def test_whole_change_at_once(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    town.replace(DESK, OPENS, OPENS.replace("planned: 2027-02-01", "planned: 2027-02-15")).replace(
        DESK, "approved: 48000", "approved: 50400"
    )
    done = town.handrail("baseline", "visitor-desk", "--change", "CR-003")
    assert done.status == 0, done.err
    return judged(town)


@trap("BSL-01", "The approved plan is edited together with the plan, so that both agree", stopped=True)
def test_approved_plan_edited(town: Governed) -> Verdict:
    town.replace(BASELINE, "2027-02-01", "2027-03-01")
    return judged(town.replace(DESK, "planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-03-01"))


@stops("BSL-03", "The word that it is late is taken away, and the project goes on to its next phase")
def test_slip_hidden(town: Governed) -> Verdict:
    return at_its_gate(town.replace(DESK, *NO_DAY), "projects/visitor-desk")


@passes("BSL-03", "It becomes later still")
def test_later_still(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "forecast: 2027-02-15", "forecast: 2027-04-15"))


@trap("BSL-03", "The day is reached: the forecast gives way to what happened", stopped=False)
def test_forecast_gives_way(town: Governed) -> Verdict:
    return judged(
        town.replace(DESK, "planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-02-01, actual: 2026-12-03")
    )


@stops("QLT-03", "A deliverable is called done, and nobody has accepted it")
def test_done_without_acceptance(town: Governed) -> Verdict:
    return judged(town.replace(D1[0], D1[1], D1[1].replace("status: in work", "status: done, actual: 2026-12-03")))


@passes("QLT-03", "What was called done is in work again")
def test_sent_back(town: Governed) -> Verdict:
    return judged(
        town.replace(
            f"{SHELTER}/project.yaml", "actual: 2026-11-05, status: done", "status: in work, forecast: 2027-01-15"
        )
    )


@trap("QLT-03", "Acceptance and the word done come in the same pull request", stopped=False)
def test_accepted_at_once(town: Governed) -> Verdict:
    town.replace(
        DESK,
        "accepted_by: s.lambert, planned: 2027-02-01",
        "accepted_by: s.lambert, planned: 2027-02-01, actual: 2026-12-03, status: done",
    )
    return judged(approve(town, "deliverable", "D1", "visitor-desk", "s.lambert"))


@stops("RSK-03", "An awkward risk is deleted")
def test_risk_deleted(town: Governed) -> Verdict:
    return judged(town.write(RISKS, "risks: []\n"))


@passes("RSK-03", "A risk is closed as it should be, and a worse one comes")
def test_risk_closed(town: Governed) -> Verdict:
    town.replace(
        RISKS,
        "status: open ",
        "status: closed\n  closed_on: 2026-12-03\n  closed_by: j.okafor\n  outcome: It happened\n  #",
    )
    return judged(
        town.append(RISKS, "- {id: R-003, title: The landlord says no, probability: 5, impact: 5, status: open}\n")
    )


@trap("RSK-03", "The register goes into another file, in another order", stopped=False)
def test_register_moved(town: Governed) -> Verdict:
    first, second, third = town.read(ISSUES).removeprefix("issues:\n").split("- id: ")[1:]
    town.remove(ISSUES).append(DESK, f"issues:\n- id: {third}- id: {first}- id: {second}")
    return judged(town)


@stops("RSK-05", "A risk becomes harmless overnight, just before the next phase")
def test_risk_lowered(town: Governed) -> Verdict:
    town.replace(f"{DEPOT}/risks.yaml", "probability: 3\n  impact: 5", "probability: 1\n  impact: 5")
    return at_its_gate(town, DEPOT)


@passes("RSK-05", "A risk is raised to the top")
def test_risk_raised(town: Governed) -> Verdict:
    return judged(town.replace(f"{DEPOT}/risks.yaml", "probability: 3\n  impact: 5", "probability: 5\n  impact: 5"))


@trap("RSK-05", "The lowering names the action that was done", stopped=False)
def test_risk_lowered_by_an_action(town: Governed) -> Verdict:
    town.replace(f"{DEPOT}/risks.yaml", "probability: 3\n  impact: 4", "probability: 1\n  impact: 4")
    return judged(
        town.replace(
            f"{DEPOT}/actions.yaml",
            "source: R-002, expected_effect: Switchgear by 12 February, status: open",
            "source: R-002, expected_effect: Switchgear by 12 February, effect_seen: It is on the ship, status: done, done_on: 2026-12-03",
        )
    )


@stops("CST-05", "Money held back for risks is taken for something else")
def test_contingency_without_a_reason(town: Governed) -> Verdict:
    town.replace(
        f"{DEPOT}/budget.yaml",
        "because: R-004}\n",
        "because: R-004}\n    - {on: 2026-12-02, amount: 90000, because: R-003}\n",
    )
    return at_its_gate(town, DEPOT)


@passes("CST-05", "The work costs more than there is, and nothing is taken from what is held back")
def test_dearer(town: Governed) -> Verdict:
    return judged(town.replace(f"{DEPOT}/budget.yaml", "forecast: 6512000", "forecast: 7900000"))


@trap("CST-05", "A use of long ago is sorted in elsewhere in its list", stopped=False)
def test_uses_in_another_order(town: Governed) -> Verdict:
    on_main(
        town,
        (
            f"{DEPOT}/budget.yaml",
            "because: R-004}\n",
            "because: R-004}\n    - {on: 2026-11-02, amount: 9000, because: R-002}\n",
        ),
    )
    return judged(
        town.replace(
            f"{DEPOT}/budget.yaml",
            "    - {on: 2026-10-02, amount: 45000, because: R-004}\n    - {on: 2026-11-02, amount: 9000, because: R-002}\n",
            "    - {on: 2026-11-02, amount: 9000, because: R-002}\n    - {on: 2026-10-02, amount: 45000, because: R-004}\n",
        )
    )


@stops("ISS-01", "The day of an issue slides, and the project goes to its next phase")
def test_issue_slides(town: Governed) -> Verdict:
    return at_its_gate(town.replace(ISSUES, "due: 2026-12-18", "due: 2027-03-18"), "projects/visitor-desk")


@passes("ISS-01", "A new issue comes without owner, step or day")
def test_issue_raised(town: Governed) -> Verdict:
    town.append(
        ISSUES, "- {id: I-004, title: The floor is wet, impact: 5, urgency: 5, status: open, raised_on: 2026-12-04}\n"
    )
    return judged(town)


@trap("ISS-01", "The day of an issue moves, with the reason why", stopped=False)
def test_issue_moves_with_a_reason(town: Governed) -> Verdict:
    return judged(
        town.replace(
            ISSUES, "due: 2026-12-18", "due: 2027-01-18\n  moved_because: Both joiners are away until Epiphany"
        )
    )


@stops("RES-02", "A project is handed to somebody who was never shown how")
def test_manager_without_competence(town: Governed) -> Verdict:
    return judged(town.replace(f"{DEPOT}/project.yaml", "manager: t.abebe", "manager: b.rossi"))


@passes("RES-02", "Somebody who can do it takes over")
def test_able_manager(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "manager: j.okafor", "manager: k.ito"))


@trap("RES-02", "A project whose manager lacks something since long reports bad news", stopped=False)
def test_old_gap_and_bad_news(town: Governed) -> Verdict:
    return judged(town.replace(f"{ROSTER}/project.yaml", "forecast: 2027-06-07", "forecast: 2027-09-06"))


@stops("SCH-10", "A task waits for itself around a corner")
def test_circle(town: Governed) -> Verdict:
    return judged(
        town.append(
            DESK,
            "tasks:\n  - {id: T1, name: Draw, duration: 5d, links: [{task: T2}]}\n  - {id: T2, name: Build, duration: 5d, links: [{task: T1}]}\n",
        )
    )


TASKS = "\ntasks:\n  - {id: T1, name: Draw, duration: 5d}\n  - {id: T2, name: Build, duration: 5d, links: [{task: T1}]}\nbudget:"
STOP_PLAN = f"{STOPS}/project.yaml"


@passes("SCH-10", "The work will take three times as long")
def test_longer_work(town: Governed) -> Verdict:
    on_main(town, (STOP_PLAN, "\nbudget:", TASKS))
    return judged(town.replace(STOP_PLAN, "name: Draw, duration: 5d", "name: Draw, duration: 15d"))


@trap("SCH-10", "The order of two tasks is turned round: no circle before, none after", stopped=False)
def test_order_turned(town: Governed) -> Verdict:
    on_main(town, (STOP_PLAN, "\nbudget:", TASKS))
    town.replace(STOP_PLAN, "name: Draw, duration: 5d}", "name: Draw, duration: 5d, links: [{task: T2}]}")
    return judged(
        town.replace(STOP_PLAN, "name: Build, duration: 5d, links: [{task: T1}]}", "name: Build, duration: 5d}")
    )


@trap("BSL-01", "A promise is moved beside a word that cannot be read: both are told in one run", stopped=True)
def test_moved_beside_a_broken_word(town: Governed) -> Verdict:
    town.replace(DESK, "state: active ", "state: actve ")
    return judged(
        town.replace(DESK, "planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-03-01, forecast: 2027-03-01")
    )


@trap("GOV-09", "An approved deliverable cannot be read: nobody is told that what was approved is gone", stopped=False)
def test_unread_is_not_gone(town: Governed) -> Verdict:
    on_main(town, (DESK, "name: Desk in use, accepted_when", "nme: Desk in use, accepted_when"))
    verdict = judged(town.replace(DESK, "forecast: 50400", "forecast: 60400"))
    assert verdict.of("BSL-01", "new", "worsened") == [], verdict.said()
    return verdict
