"""Attacks on what was promised: approved plans, registers, reports, roles, limits, phases and states."""

from __future__ import annotations

from tests.attacks.town import BASELINE, CHANGE, DAY, GENEVA, RISKS, attack, judged
from tests.gate.repository import DESK, Governed, Verdict

PLANNED = ("planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-05-03, forecast: 2027-05-03")
TABLETS = "projects/driver-tablets"
STOPS = "projects/step-free-stops"
HANDOVER = "id: RO-001\nrole: sponsor\nfrom: c.moreau\nto: h.dubois\non: 2026-12-04\nbecause: Another unit\n"


def record(  # noqa: PLR0913, PLR0917 - what a record says
    number: int, subject: str, decision: str = "approve", by: str = "c.moreau", role: str = "sponsor", more: str = ""
) -> str:
    """An approval as somebody types it, without a fingerprint."""
    return (
        f"id: AP-{number:03}\ndecision: {decision}\nsubject: {subject}\nby: {by}\nrole: {role}\non: 2026-12-04\n{more}"
    )


@attack("Move a promised day without a word", by="BSL-01", says="was moved from 1 Feb 2027 to 3 May 2027")
def test_promised_day_moved(town: Governed) -> Verdict:
    return judged(town.replace(DESK, *PLANNED))


@attack("Move the promised day in the approved plan too, so that both agree", by="BSL-01", says="BL-001")
def test_approved_plan_edited(town: Governed) -> Verdict:
    town.replace(BASELINE, "M3: {planned: 2027-02-01}", "M3: {planned: 2027-05-03}")
    return judged(town.replace(DESK, *PLANNED))


@attack("Take the approved plan away", by="BSL-01", says="BL-001")
def test_approved_plan_removed(town: Governed) -> Verdict:
    return judged(town.remove(BASELINE).replace(DESK, *PLANNED))


@attack("Freeze a new plan that follows from no request", by="BSL-01", says="follows from no change request")
def test_new_plan_without_a_request(town: Governed) -> Verdict:
    town.write(
        BASELINE.replace("BL-001", "BL-002"),
        town.read(BASELINE).replace("BL-001", "BL-002").replace("2027-02-01}", "2027-05-03}"),
    )
    return judged(town.replace(DESK, *PLANNED))


@attack(
    "Leave a gap in the numbers of approved plans, to make room for one that was never there",
    by="BSL-01",
    says="are numbered with a gap: BL-007 is the second",
)
def test_gap_in_the_numbers(town: Governed) -> Verdict:
    text = (
        town.read(BASELINE)
        .replace("BL-001", "BL-007")
        .replace("made_on: 2026-10-06", "made_on: 2026-12-04\nchange: CR-003")
    )
    return judged(town.write(BASELINE.replace("BL-001", "BL-007"), text))


@attack(
    "Split one large change into many that are each small enough",
    by="BSL-01",
    says="which nobody with authority has approved",
)
def test_one_change_split_into_small_ones(town: Governed) -> Verdict:
    day = "2027-02-01"
    for number, to in enumerate(("2027-02-12", "2027-02-25", "2027-03-10"), 4):
        town.write(
            f"projects/visitor-desk/changes/CR-{number:03}.yaml",
            f"id: CR-{number:03}\ntitle: A little later\nrequested_by: j.okafor\nrequested_on: 2026-12-04\non: BL-{number - 3:03}\n"
            f"reason: Slow\nchanges:\n  - {{item: M3, field: planned, from: {day}, to: {to}}}\n",
        )
        text = (
            town.read(BASELINE)
            .replace("M3: {planned: 2027-02-01}", f"M3: {{planned: {to}}}")
            .replace("made_on: 2026-10-06", f"made_on: 2026-12-04\nchange: CR-{number:03}")
        )
        town.write(
            f"projects/visitor-desk/baselines/BL-{number - 2:03}.yaml", text.replace("BL-001", f"BL-{number - 2:03}")
        )
        day = to
    return judged(town.replace(DESK, "planned: 2027-02-01, forecast: 2027-02-15", f"planned: {day}, forecast: {day}"))


@attack(
    "Ask for more money in a currency without a rate, so that it cannot be compared", by="GOV-04", says="does not count"
)
def test_money_without_a_rate(town: Governed) -> Verdict:
    town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: {amount: 9000000, currency: JPY}")
    return judged(town.write("projects/visitor-desk/approvals/AP-003.yaml", record(3, "{kind: change, id: CR-003}")))


@attack("Change the currency of the budget and leave the figures", by="BSL-01", says="The currency was changed from")
def test_currency_changed(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "{currency: EUR,", "{currency: GBP,"))


@attack("Replace the sponsor by a stroke of the pen", by="GOV-08", says="nobody who held a say before has agreed")
def test_sponsor_replaced(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois"))


@attack("Replace the sponsor first, and let the new one approve it", by="GOV-04", says="does not count")
def test_new_sponsor_approves_the_handover(town: Governed) -> Verdict:
    town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois").write(
        "projects/visitor-desk/roles/RO-001.yaml", HANDOVER
    )
    town.write(
        "projects/visitor-desk/approvals/AP-003.yaml", record(3, "{kind: role change, id: RO-001}", by="h.dubois")
    )
    verdict = judged(town, author="h.dubois@brightwater.example")
    assert "GOV-08" in verdict.blocking()
    return verdict


@attack("Replace the board", by="GOV-08", says="The board was lyon-sites and shall be digital-board")
def test_board_replaced(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "board: lyon-sites", "board: digital-board"))


@attack("Put oneself in as the one who accepts", by="GOV-08", says="accepter of")
def test_accepter_replaced(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "accepted_by: s.lambert", "accepted_by: l.petit"))


@attack("Raise the tolerance before it breaks", by="GOV-08", says='tolerance of "New visitor desk, Lyon" changed')
def test_tolerance_raised(town: Governed) -> Verdict:
    return judged(town.append(DESK, "tolerance: {time_days: 400, cost: 90%}\n"))


@attack("Answer the questions of tiers in another way, for less governance", by="GOV-08", says="questions of tiers")
def test_tier_answers_changed(town: Governed) -> Verdict:
    return judged(
        town.replace(GENEVA, "tier: medium", "tier: small").replace(
            GENEVA, "budget: 262000, effort_days: 120, months: 14", "budget: 20000, effort_days: 20, months: 4"
        )
    )


@attack("Lower the sensitivity so that more people read it", by="GOV-08", says="sensitivity of")
def test_sensitivity_lowered(town: Governed) -> Verdict:
    return judged(town.append(DESK, "sensitivity: public\n"))


@attack("Switch the approach, for the rules of another one", by="GOV-08", says="approach of")
def test_approach_switched(town: Governed) -> Verdict:
    return judged(town.append(DESK, "approach: adaptive\n"))


@attack(
    "Go back to an early phase where a rule does not apply yet, and delete a risk there",
    by="RSK-03",
    says="is gone from the register",
)
def test_phase_where_the_rule_is_silent(town: Governed) -> Verdict:
    verdict = judged(
        town.replace(DESK, "phase: execution", "phase: initiation").replace(RISKS, "- id: R-002", "- id: R-092")
    )
    assert "GAT-01" in verdict.blocking(), "nor is there such a step"
    return verdict


@attack(
    "Suspend the project so that rules of running ones are silent",
    by="GAT-03",
    says="is suspended, and no decision says so",
)
def test_state_where_rules_are_silent(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "state: active ", "state: suspended ").replace(DESK, *PLANNED))


@attack("Misspell the state so that no rule fits", by="DAT-01", says="suspnded")
def test_state_misspelt(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "state: active ", "state: suspnded ").replace(RISKS, "- id: R-002", "- id: R-092"))


@attack("Go on to the next phase without its gate", by="GAT-01", says='"Start approved" is not passed')
def test_phase_without_its_gate(town: Governed) -> Verdict:
    return judged(town.replace(GENEVA, "phase: initiation", "phase: planning"))


@attack("Close the project, so that nobody asks any more", by="GAT-01", says='"Project closed" is not passed')
def test_closed_without_its_gate(town: Governed) -> Verdict:
    return judged(
        town.replace(DESK, "state: active ", "state: closed ").replace(DESK, "phase: execution", "phase: closure")
    )


@attack(
    "Pass a gate whose questions are edited in the same pull request",
    by="GOV-05",
    says="edits plans and also what plans are judged by",
)
def test_questions_edited_with_the_gate(town: Governed) -> Verdict:
    town.replace(
        "standards/policy/lifecycle.yaml",
        "      - {id: G1-6, ask: Is the next step paid for and staffed?, evidence: budget and team}\n",
        "",
    )
    answers = "".join(f"  - {{question: G1-{one}, answer: yes, evidence: Seen}}\n" for one in range(1, 6))
    town.write(
        "projects/geneva-signs/gates/G-01.yaml",
        "id: G-01\ngate: start\nsubmitted_by: b.rossi\nsubmitted_on: 2026-12-01\nrecommendation: go\nanswers:\n"
        + answers,
    )
    town.write(
        "projects/geneva-signs/approvals/AP-001.yaml", record(1, "{kind: gate, id: G-01}", "go", "h.dubois", "board")
    )
    return judged(town.replace(GENEVA, "phase: initiation", "phase: planning"))


@attack("Edit a closed project", by="GAT-04", says="would say something else than at the end")
def test_closed_project_edited(town: Governed) -> Verdict:
    return judged(
        town.replace(
            f"{TABLETS}/project.yaml", "concessions: [Twenty drivers on long leave are trained when they return], ", ""
        )
    )


@attack("Open a closed project again by undoing the commit that closed it", by="GAT-03", says="runs again")
def test_closed_project_reopened(town: Governed) -> Verdict:
    return judged(town.replace(f"{TABLETS}/project.yaml", "state: closed", "state: active"))


@attack("Delete a risk that has become awkward", by="RSK-03", says='The risk "Joiner fails to deliver" is gone')
def test_risk_deleted(town: Governed) -> Verdict:
    return judged(town.write(RISKS, "risks: []\n"))


@attack("Rename the id of a risk and lower it on the way", by="RSK-03", says="is gone from the register")
def test_id_renamed(town: Governed) -> Verdict:
    return judged(
        town.replace(RISKS, "- id: R-002", "- id: R-003").replace(RISKS, "probability: 3 ", "probability: 1 ")
    )


@attack(
    "Delete a risk in one commit and put another under its id in the next", by="RSK-03", says="which is rated lower"
)
def test_deleted_and_added_again(town: Governed) -> Verdict:
    text = town.read(RISKS)
    town.write(RISKS, "risks: []\n").commit("Away", at=DAY)
    return judged(
        town.write(
            RISKS, text.replace("Joiner fails to deliver", "Coffee machine may break").replace("impact: 4", "impact: 1")
        )
    )


@attack("Use the id of a closed issue for another one", by="RSK-03", says="and now stands for")
def test_id_used_again_after_closure(town: Governed) -> Verdict:
    file = "projects/visitor-desk/issues.yaml"
    text = town.read(file)
    _, _, rest = text.partition("- id: I-002")
    return judged(
        town.write(
            file,
            "issues:\n- {id: I-001, title: Paint is the wrong blue, impact: 1, urgency: 1, status: open, owner: l.petit, due: 2026-12-20, raised_on: 2026-12-01}\n- id: I-002"
            + rest,
        )
    )


@attack(
    "Hide new harm behind a remark that was there before",
    by="RSK-01",
    says='Nobody watches "The site is poisoned"',
    outcome="alarms",
)
def test_new_harm_behind_an_old_remark(town: Governed) -> Verdict:
    town.switch("main").append(
        RISKS, "- {id: R-050, title: The landlord says no, probability: 2, impact: 2, status: open}\n"
    ).commit("Old sin", at=DAY)
    town.git("switch", "-q", "-C", "work", "main")
    return judged(
        town.replace(
            RISKS,
            "title: The landlord says no, probability: 2, impact: 2",
            "title: The site is poisoned, probability: 5, impact: 5",
        )
    )


@attack("Write a published report anew", by="PRT-01", says="report")
def test_published_report_rewritten(town: Governed) -> Verdict:
    return judged(town.replace("projects/visitor-desk/reports/2026-11-30.md", "status: amber", "status: green"))


@attack("Delete a request after it was refused", by="PRT-01", says="CR-003")
def test_request_deleted(town: Governed) -> Verdict:
    return judged(town.remove(CHANGE))


@attack("Delete the project", by="PRT-01", says="is gone, and nothing says where its story goes on")
def test_project_deleted(town: Governed) -> Verdict:
    return judged(town.remove("projects/visitor-desk"))


@attack(
    "Move the project to a folder of another name, to begin a new story",
    by="PRT-01",
    says="is gone, and nothing says where its story goes on",
)
def test_project_renamed(town: Governed) -> Verdict:
    town.move("projects/visitor-desk", "projects/front-desk")
    return judged(town.replace("projects/front-desk/project.yaml", "id: visitor-desk ", "id: front-desk "))


@attack("Deviate from a standard for ever: no last day", by="WVR-01", says="has no first or no last day")
def test_deviation_without_an_end(town: Governed) -> Verdict:
    return judged(town.replace(f"{STOPS}/waivers/W-001.yaml", "expires: 2027-04-30\n", ""))


@attack("Deviate from a standard until the far future", by="WVR-01", says="180 days are the most")
def test_deviation_until_the_far_future(town: Governed) -> Verdict:
    return judged(town.replace(f"{STOPS}/waivers/W-001.yaml", "expires: 2027-04-30", "expires: 2099-12-31"))


@attack("Bring one's own permission along with what it permits", by="RSK-03", says="is gone from the register")
def test_own_permission(town: Governed) -> Verdict:
    town.write(
        "projects/visitor-desk/waivers/W-001.yaml",
        "id: W-001\nrule: RSK-03\nreason: In the way\ninstead: Nothing\nrequested_by: j.okafor\n"
        "starts: 2026-12-01\nexpires: 2027-02-01\nrisk_accepted_by: c.moreau\n",
    )
    town.write(
        "projects/visitor-desk/approvals/AP-003.yaml",
        record(3, "{kind: waiver, id: W-001}", by="p.nowak", role="pmo head"),
    )
    return judged(town.write(RISKS, "risks: []\n"))


@attack(
    "Register a project that already runs, past its gates",
    by="GAT-01",
    says="is new here and already stands in execution",
)
def test_new_project_past_its_gates(town: Governed) -> Verdict:
    return judged(town.write("projects/new-desk/project.yaml", town.read(DESK).replace("visitor-desk", "new-desk", 1)))


def frozen_anew(  # noqa: PLR0913, PLR0917 - one value in three places
    town: Governed, field: str, old: str, new: str, in_baseline: tuple[str, str], in_plan: tuple[str, str]
) -> Verdict:
    """A request about one value of the budget, a new approved plan that follows from it, and nobody's approval."""
    town.write(
        "projects/visitor-desk/changes/CR-004.yaml",
        "id: CR-004\ntitle: A little thing\nrequested_by: j.okafor\nrequested_on: 2026-12-04\non: BL-001\nreason: Simpler\n"
        f"impact: None\nchanges:\n  - {{item: budget, field: {field}, from: {old}, to: {new}}}\n",
    )
    text = (
        town.read(BASELINE).replace("made_on: 2026-10-06", "made_on: 2026-12-04\nchange: CR-004").replace(*in_baseline)
    )
    town.write(BASELINE.replace("BL-001", "BL-002"), text.replace("BL-001", "BL-002"))
    return judged(town.replace(DESK, *in_plan))


@attack(
    "Ask for another currency with the same figure, as a change that the manager may make alone",
    by="BSL-01",
    says="which nobody with authority has approved",
)
def test_currency_within_the_delegation(town: Governed) -> Verdict:
    return frozen_anew(
        town, "currency", "EUR", "GBP", ("currency: EUR", "currency: GBP"), ("currency: EUR", "currency: GBP")
    )


@attack(
    "Hold back a fortune for risks, as a change that the manager may make alone",
    by="BSL-01",
    says="which nobody with authority has approved",
)
def test_contingency_within_the_delegation(town: Governed) -> Verdict:
    return frozen_anew(
        town,
        "contingency",
        "0",
        "4000000",
        ("approved: 48000}", "approved: 48000, contingency: 4000000}"),
        ("approved: 48000, by_phase", "approved: 48000, contingency: 4000000, by_phase"),
    )


@attack(
    "Ask for a small step from a figure that was never approved",
    by="BSL-01",
    says="follows from a request that starts elsewhere: approved of budget was 48,000",
)
def test_small_step_from_a_false_figure(town: Governed) -> Verdict:
    return frozen_anew(
        town,
        "approved",
        "490000",
        "495000",
        ("approved: 48000}", "approved: 495000}"),
        ("approved: 48000, by_phase", "approved: 495000, by_phase"),
    )


@attack(
    "Ask for one day later, from a day that was never approved",
    by="BSL-01",
    says="follows from a request that starts elsewhere: planned of M3 was 1 Feb 2027",
)
def test_one_day_later_than_a_false_day(town: Governed) -> Verdict:
    town.write(
        "projects/visitor-desk/changes/CR-004.yaml",
        "id: CR-004\ntitle: A day\nrequested_by: j.okafor\nrequested_on: 2026-12-04\non: BL-001\nreason: Simpler\n"
        "impact: None\nchanges:\n  - {item: M3, field: planned, from: 2027-04-30, to: 2027-05-03}\n",
    )
    text = (
        town.read(BASELINE)
        .replace("made_on: 2026-10-06", "made_on: 2026-12-04\nchange: CR-004")
        .replace("M3: {planned: 2027-02-01}", "M3: {planned: 2027-05-03}")
    )
    town.write(BASELINE.replace("BL-001", "BL-002"), text.replace("BL-001", "BL-002"))
    return judged(town.replace(DESK, "name: Desk opens, planned: 2027-02-01", "name: Desk opens, planned: 2027-05-03"))
