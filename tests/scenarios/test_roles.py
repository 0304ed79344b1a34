"""Who may say what: GOV-01 to GOV-04 and GOV-08 to GOV-11, and the waiver."""

from __future__ import annotations

from tests.gate.repository import DESK, Governed, Verdict
from tests.scenarios.stage import (
    CHANGE,
    DAY,
    GENEVA,
    STOPS,
    approve,
    judged,
    minutes,
    on_main,
    passes,
    stops,
    trap,
)

RECORD = "projects/visitor-desk/approvals/AP-003.yaml"
WAIVER = f"{STOPS}/waivers/W-001.yaml"


def handover(town: Governed, new: str = "y.diallo") -> Governed:
    return town.write(
        "projects/visitor-desk/roles/RO-001.yaml",
        f"id: RO-001\nrole: sponsor\nfrom: c.moreau\nto: {new}\non: 2026-12-04\nbecause: Another unit\n",
    )


@stops("GOV-01", "The sponsor is taken out and nobody is put in")
def test_sponsor_taken_out(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "sponsor: c.moreau\n", ""))


@passes("GOV-01", "A plan whose sponsor was never named reports a later day")
def test_vacancy_with_bad_news(town: Governed) -> Verdict:
    on_main(town, (GENEVA, "sponsor: h.dubois\n", ""))
    return judged(
        town.replace(GENEVA, "planned: 2027-06-11, forecast: 2027-06-11", "planned: 2027-06-11, forecast: 2027-08-20")
    )


@trap("GOV-01", "The field of the sponsor goes to another line and gets a comment", stopped=False)
def test_sponsor_on_another_line(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "sponsor: c.moreau\n", "").append(DESK, "# who pays\nsponsor: c.moreau\n"))


@stops("GOV-02", "The sponsor becomes the project manager as well")
def test_two_roles(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "manager: j.okafor", "manager: c.moreau"))


@passes("GOV-02", "Somebody else leads the project from now on")
def test_new_manager(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "manager: j.okafor", "manager: k.ito"))


@trap("GOV-02", "The sponsor comes in by the back door, as the one who stands in for the manager", stopped=True)
def test_sponsor_stands_in(town: Governed) -> Verdict:
    return judged(town.append(DESK, "delegates: [c.moreau]\n"))


@stops("GOV-03", "The project manager approves the own request")
def test_own_request(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(town.replace(RECORD, "by: c.moreau", "by: j.okafor"))


@passes("GOV-03", "The sponsor approves the request, in the same pull request that asks for it")
def test_sponsor_approves(town: Governed) -> Verdict:
    return judged(approve(town, "change", "CR-003", "visitor-desk", "c.moreau"))


@trap("GOV-03", "The record names the sponsor, and the one who asked has committed it", stopped=True)
def test_record_by_the_requester(town: Governed) -> Verdict:
    return judged(approve(town, "change", "CR-003", "visitor-desk", "c.moreau", author="j.okafor"))


@stops("GOV-04", "Somebody without a say approves")
def test_no_authority(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(town.replace(RECORD, "by: c.moreau", "by: s.lambert"))


@passes("GOV-04", "A member of the board decides what lies beyond the sponsor's limit")
def test_board_decides(town: Governed) -> Verdict:
    town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: 57000")
    return judged(
        approve(
            town,
            "change",
            "CR-003",
            "visitor-desk",
            "e.lindqvist",
            "--role",
            "board",
            *minutes(town, "e.lindqvist"),
            author="p.nowak",
        )
    )


@trap("GOV-04", "An approval of old stays good after its sponsor has properly handed over", stopped=False)
def test_old_approval_after_a_handover(town: Governed) -> Verdict:
    approve(handover(town), "role-change", "RO-001", "visitor-desk", "c.moreau")
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: y.diallo"))


@stops("GOV-08", "The sponsor is replaced by a stroke of the pen")
def test_sponsor_replaced(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: y.diallo"))


@passes("GOV-08", "The outgoing sponsor agrees to a new tolerance, in the same pull request")
def test_tolerance_agreed(town: Governed) -> Verdict:
    town.append(DESK, "tolerance: {time_days: 15, cost: 8%}\n")
    return judged(approve(town, "tolerance", "visitor-desk", "visitor-desk", "c.moreau"))


@trap("GOV-08", "The new sponsor agrees to the handover instead of the old one", stopped=True)
def test_new_sponsor_agrees(town: Governed) -> Verdict:
    approve(handover(town), "role-change", "RO-001", "visitor-desk", "c.moreau")
    town.replace(RECORD, "by: c.moreau", "by: y.diallo")
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: y.diallo"))


@stops("GOV-09", "The request is raised after it was approved")
def test_raised_after_approval(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: 52000"))


@passes("GOV-09", "The prose of an approved request is mended, and its figures stay")
def test_prose_of_a_request(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(
        town.replace(CHANGE, "[Temporary desk from 1 February, Wait", "[A temporary desk from 1 February, Wait")
    )


@trap("GOV-09", "An approved request is laid out anew: other quotes, other order, a comment", stopped=False)
def test_layout_of_a_request(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(
        town.replace(
            CHANGE,
            "{item: budget, field: approved, from: 48000, to: 50400}",
            "to: 50_400   # EUR\n    from: 48000\n    field: 'approved'\n    item: budget",
        ).replace(CHANGE, "50_400", "50400")
    )


@stops("GOV-10", "A board decision without minutes or any word of the board")
def test_board_without_minutes(town: Governed) -> Verdict:
    town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: 57000")
    return judged(approve(town, "change", "CR-003", "visitor-desk", "e.lindqvist", "--role", "board", author="p.nowak"))


@passes("GOV-10", "Minutes of the board, recorded by the PMO")
def test_board_with_minutes(town: Governed) -> Verdict:
    town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: 57000")
    approve(
        town,
        "change",
        "CR-003",
        "visitor-desk",
        "e.lindqvist",
        "--role",
        "board",
        *minutes(town, "e.lindqvist"),
        author="p.nowak",
    )
    return judged(town)


@trap("GOV-10", "The minutes do not name the one who is said to have decided", stopped=True)
def test_minutes_without_the_approver(town: Governed) -> Verdict:
    town.replace(CHANGE, "from: 48000, to: 50400", "from: 48000, to: 57000")
    approve(
        town,
        "change",
        "CR-003",
        "visitor-desk",
        "e.lindqvist",
        "--role",
        "board",
        *minutes(town, "e.lindqvist"),
        author="p.nowak",
    )
    return judged(town.replace(RECORD, "- e.lindqvist", "- f.garnier"))


@stops("GOV-11", "The approval is dated weeks before the request was written")
def test_approved_before_asked(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(town.replace(RECORD, "on: 2026-12-04", "on: 2026-10-20"))


@passes("GOV-11", "The board met on Tuesday and the record came on Friday")
def test_record_after_the_meeting(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(town.replace(RECORD, "on: 2026-12-04", "on: 2026-12-01"))


@trap("GOV-11", "An approval of tomorrow, which is of today in another zone of time", stopped=True)
def test_approved_tomorrow(town: Governed) -> Verdict:
    approve(town, "change", "CR-003", "visitor-desk", "c.moreau")
    return judged(town.replace(RECORD, "on: 2026-12-04", "on: 2026-12-05"))


@stops("WVR-01", "A deviation for longer than half a year")
def test_deviation_too_long(town: Governed) -> Verdict:
    return judged(town.replace(WAIVER, "expires: 2027-04-30", "expires: 2027-11-30"))


@passes("WVR-01", "A deviation that the PMO head permits and the sponsor bears")
def test_deviation_permitted(town: Governed) -> Verdict:
    town.write(
        "projects/visitor-desk/waivers/W-001.yaml",
        "id: W-001\nrule: RSK-01\nreason: One risk is a matter of the landlord\ninstead: We ask him each week\n"
        "requested_by: j.okafor\nstarts: 2026-12-04\nexpires: 2027-02-01\nrisk_accepted_by: c.moreau\n",
    )
    town.commit("Accept the risk", author="c.moreau@brightwater.example", at=DAY)
    return judged(approve(town, "waiver", "W-001", "visitor-desk", "p.nowak"))


@trap("WVR-01", "A permitted deviation is stretched by a few weeks, still within the limit", stopped=True, by="GOV-09")
def test_deviation_stretched(town: Governed) -> Verdict:
    return judged(town.replace(WAIVER, "expires: 2027-04-30", "expires: 2027-05-05"))


def deviation(town: Governed) -> Governed:
    """Ask for a deviation in the name of the manager, whose address the directory knows, and let the PMO head permit it."""
    town.write(
        "projects/visitor-desk/waivers/W-001.yaml",
        "id: W-001\nrule: RSK-01\nreason: One risk is a matter of the landlord\ninstead: We ask him each week\n"
        "requested_by: j.okafor\nstarts: 2026-12-04\nexpires: 2027-02-01\nrisk_accepted_by: c.moreau\n",
    )
    return approve(town, "waiver", "W-001", "visitor-desk", "p.nowak")


@stops("GOV-03", "The manager writes that the sponsor bears the risk")
def test_risk_borne_by_hearsay(town: Governed) -> Verdict:
    return judged(deviation(town))


@trap("GOV-03", "The sponsor takes the risk in a commit of his own, on the same branch", stopped=False)
def test_risk_borne_by_the_sponsor(town: Governed) -> Verdict:
    deviation(town).append("projects/visitor-desk/waivers/W-001.yaml", "# yes, C. Moreau\n")
    return judged(town, author="c.moreau@brightwater.example")


STOP_PLAN = f"{STOPS}/project.yaml"


@stops("GOV-08", "A manager makes the own project the first of all")
def test_own_priority(town: Governed) -> Verdict:
    told = judged(town.replace(STOP_PLAN, "priority: 6", "priority: 1"))
    (one,) = told.of("GOV-08", "new")
    assert "the portfolio board approve" in one["fix"]
    return told


@stops("GOV-08", "The sponsor says so, who has no say among projects")
def test_priority_by_the_sponsor(town: Governed) -> Verdict:
    town.replace(STOP_PLAN, "priority: 6", "priority: 1").commit("First of all", at=DAY)
    done = town.handrail("approve", "priority", "step-free-stops", "--project", "step-free-stops", "--by", "m.santos")
    assert done.status == 2
    assert "portfolio board" in done.err
    return judged(town)


@passes("GOV-08", "The portfolio board orders the projects anew")
def test_priority_by_the_portfolio_board(town: Governed) -> Verdict:
    town.replace(STOP_PLAN, "priority: 6", "priority: 1")
    return judged(approve(town, "priority", "step-free-stops", "step-free-stops", "m.keller"))
