"""Colour follows tolerance: green up to half of it, amber up to all of it, red beyond (GOVERNANCE section 4).

The tolerance of the small projects here: 20 working days, 10% of cost, no deliverable, one check, 10% of the benefit,
and high threats begin at 15.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from handrail.compute.facts import Verdict
from handrail.compute.tolerance import Limits
from handrail.compute.workdays import WorkDays
from handrail.model.cost import Actual, Budget
from handrail.model.project import Deliverable, Plan, Tolerance, Why
from handrail.model.registers import Benefit, Measurement, QualityCheck, Risk

from tests.compute.facts import THRESHOLDS, approval, baseline, budget, milestone, money, plan, project, report

LIMITS = Limits.of(plan(), THRESHOLDS)


def says(given: Plan, dimension: str, *, agreed: bool = True) -> Verdict:
    """What a colour says of a plan that was approved, or of one that was not."""
    if agreed:
        given = replace(
            given, baselines=(baseline("BL-001", "2026-10-06"),), approvals=(approval("baseline", "BL-001"),)
        )
    return project(given).health.dimensions[dimension]


@pytest.mark.parametrize(
    ("dimension", "given", "why"),
    [
        ("time", {"milestones": (milestone("M1", "2027-01-04", "2027-01-04"),)}, '"Step M1" is expected on the proposed day.'),
        ("time", {"milestones": (milestone("M1", "2027-01-04", "2027-01-05"),)},
         '"Step M1" is expected 1 working day later than proposed; green ends at 10, the tolerance is 20.'),
        ("time", {"milestones": (milestone("M1", "2027-01-05", "2027-01-04"),)},
         '"Step M1" is expected 1 working day earlier than proposed.'),
        ("time", {"milestones": (milestone("M1", None, "2027-01-05"),)}, "No milestone has a planned day."),
        ("cost", {"budget": budget(48000, 48000)}, "The forecast of 48,000 EUR is the budget proposed; nothing is approved yet."),
        ("cost", {"budget": budget(48000, 36000)}, "The forecast of 36,000 EUR is 25% under the proposed 48,000 EUR."),
        ("cost", {"budget": budget(48000, 60000)},
         "The forecast of 60,000 EUR is 25% over the proposed 48,000 EUR; green ends at 5%, the tolerance is 10%."),
    ],
)  # fmt: skip
def test_of_a_plan_that_nobody_approved_no_sentence_says_that_it_was(
    dimension: str, given: dict[str, Any], why: str
) -> None:
    assert says(plan(**given), dimension, agreed=False).why == why


@pytest.mark.parametrize(
    ("what", "given", "which"),
    [
        ("nothing is frozen", {"approvals": (approval("gate", "G-01", "go"),)}, None),
        ("frozen, and nobody has decided", {"baselines": (baseline("BL-001", "2026-10-06"),)}, None),
        ("approved", {"baselines": (baseline("BL-001", "2026-10-06"),), "approvals": (approval("baseline", "BL-001"),)}, "BL-001"),
        ("approved tomorrow", {"baselines": (baseline("BL-001", "2026-10-06"),),
                               "approvals": (approval("baseline", "BL-001", on=date(2026, 12, 5)),)}, None),
        ("rejected since", {"baselines": (baseline("BL-001", "2026-10-06"),),
                            "approvals": (approval("baseline", "BL-001"), approval("baseline", "BL-001", "reject", id="AP-002"))}, None),
        ("the second waits", {"baselines": (baseline("BL-001", "2026-10-06"), baseline("BL-002", "2026-11-06")),
                              "approvals": (approval("baseline", "BL-001"),)}, "BL-001"),
        ("the second follows from an approved change",
         {"baselines": (baseline("BL-001", "2026-10-06"), replace(baseline("BL-002", "2026-11-06"), change="CR-001")),
          "approvals": (approval("baseline", "BL-001"), approval("change", "CR-001", id="AP-002"))}, "BL-002"),
    ],
)  # fmt: skip
def test_which_plan_is_the_approved_one(what: str, given: dict[str, Any], which: str | None) -> None:
    found = project(plan(**given))
    assert (found.baseline, found.rebaselined) == (which, int(which == "BL-002")), what


@pytest.mark.parametrize(
    ("figure", "tolerance", "colour", "used"),
    [
        ("-1", "10", "green", "0"),
        ("0", "10", "green", "0"),
        ("5", "10", "green", "0.5"),
        ("5.000001", "10", "amber", "0.5000001"),
        ("10", "10", "amber", "1"),
        ("10.000001", "10", "red", "1.0000001"),
        ("0", "0", "green", "0"),
        ("0.01", "0", "red", "Infinity"),
        ("0.015", "0.03", "green", "0.5"),
    ],
)
def test_boundaries(figure: str, tolerance: str, colour: str, used: str) -> None:
    assert LIMITS is not None
    assert LIMITS.colour(Decimal(figure), Decimal(tolerance)) == (colour, Decimal(used))


def later(days: int) -> Any:
    """A milestone on Monday, 4 January 2027, so many working days late."""
    return milestone("M1", "2027-01-04", WorkDays().after(date(2027, 1, 4), days).isoformat())


ENDS = "green ends at 10, the tolerance is 20."
TIME = [
    ("on time", plan(milestones=(later(0),)), "green", '"Step M1" is expected on time.'),
    ("a day early", plan(milestones=(milestone("M1", "2027-01-05", "2027-01-04"),)), "green",
     '"Step M1" is expected 1 working day early.'),
    ("half the tolerance", plan(milestones=(later(10),)), "green", f'"Step M1" is expected 10 working days late; {ENDS}'),
    ("a day more", plan(milestones=(later(11),)), "amber", f'"Step M1" is expected 11 working days late; {ENDS}'),
    ("all of it", plan(milestones=(later(20),)), "amber", f'"Step M1" is expected 20 working days late; {ENDS}'),
    ("beyond it", plan(milestones=(later(21),)), "red", f'"Step M1" is expected 21 working days late; {ENDS}'),
    ("the latest of all counts", plan(milestones=(later(1), milestone("M2", "2027-02-01", "2027-03-15"))), "red",
     f'"Step M2" is expected 30 working days late; {ENDS}'),
    ("of two equally late ones the first", plan(milestones=(later(1), milestone("M2", "2027-02-01", "2027-02-02"))), "green",
     f'"Step M1" is expected 1 working day late; {ENDS}'),
    ("a late milestone that is done is past", plan(milestones=(
        milestone("M1", "2026-06-01", actual="2026-09-01"), milestone("M2", "2027-02-01"))), "green",
     '"Step M2" is expected on time.'),
    ("when all are done, the end counts", plan(milestones=(
        milestone("M1", "2026-06-01", actual="2026-09-01"), milestone("M2", "2026-10-01", actual="2026-10-02"))), "green",
     f'"Step M2" was 1 working day late; {ENDS}'),
    ("done on its day", plan(milestones=(milestone("M2", "2026-10-01", actual="2026-10-01"),)), "green",
     '"Step M2" was on time.'),
    ("planned for a day that has passed, and nobody says anything", plan(milestones=(milestone("M1", "2026-10-30"),)), "red",
     f'"Step M1" was not reached on 30 Oct 2026 and is 25 working days late already; {ENDS}'),
    ("expected for a day that has passed", plan(milestones=(milestone("M1", "2026-11-20", "2026-11-27"),)), "green",
     f'"Step M1" was not reached on 27 Nov 2026 and is 10 working days late already; {ENDS}'),
    ("lateness is measured against the day of the report", plan(
        milestones=(milestone("M1", "2026-10-30"),), reports=(report("2026-10-30"),)), "green", '"Step M1" is expected on time.'),
    ("a suspended project waits", plan(milestones=(milestone("M1", "2026-10-30"),), state="suspended"), "green",
     '"Step M1" is expected on time.'),
    ("nothing was approved", plan(milestones=(milestone("M1", None, "2027-02-01"),)), None, "No milestone has an approved day."),
    ("no milestone", plan(), None, "No milestone has an approved day."),
    ("no tolerance at all: any day is red", plan(milestones=(later(1),), tolerance=Tolerance(time_days=0)), "red",
     '"Step M1" is expected 1 working day late; green ends at 0, the tolerance is 0.'),
    ("a tolerance of its own", plan(milestones=(later(21),), tolerance=Tolerance(time_days=60)), "green",
     '"Step M1" is expected 21 working days late; green ends at 30, the tolerance is 60.'),
]  # fmt: skip

MEASURE = "green ends at 5%, the tolerance is 10%."
COST = [
    ("as approved", plan(budget=budget(48000, 48000)), "green", "The forecast of 48,000 EUR is what was approved."),
    ("cheaper", plan(budget=budget(48000, 36000)), "green", "The forecast of 36,000 EUR is 25% under the approved 48,000 EUR."),
    ("half the tolerance", plan(budget=budget(48000, 50400)), "green",
     f"The forecast of 50,400 EUR is 5% over the approved 48,000 EUR; {MEASURE}"),
    ("a cent more", plan(budget=budget(48000, "50400.01")), "amber",
     f"The forecast of 50,400.01 EUR is a little more than 5% over the approved 48,000 EUR; {MEASURE}"),
    ("all of it", plan(budget=budget(48000, 52800)), "amber",
     f"The forecast of 52,800 EUR is 10% over the approved 48,000 EUR; {MEASURE}"),
    ("a cent beyond", plan(budget=budget(48000, "52800.01")), "red",
     f"The forecast of 52,800.01 EUR is a little more than 10% over the approved 48,000 EUR; {MEASURE}"),
    ("more is spent than the forecast says", plan(budget=budget(48000, 48000, spent={"2026-11": money(60000)})), "red",
     f"What is spent already, 60,000 EUR, is 25% over the approved 48,000 EUR; {MEASURE}"),
    ("what was received counts too", plan(budget=budget(48000, 48000, actuals=(
        Actual(month="2026-11", amount=money(40000), accrued=money(11000)),))), "amber",
     f"What is spent already, 51,000 EUR, is 6.2% over the approved 48,000 EUR; {MEASURE}"),
    ("no forecast, and more is spent than approved", plan(budget=budget(48000, spent={"2026-11": money(60000)})), "red",
     f"What is spent already, 60,000 EUR, is 25% over the approved 48,000 EUR; {MEASURE}"),
    ("no forecast, and less is spent", plan(budget=budget(48000, spent={"2026-11": money(100)})), None,
     "The plan states no budget with a forecast."),
    ("no tolerance: a cent is red", plan(budget=budget(48000, "48000.01"), tolerance=Tolerance(cost=Decimal(0))), "red",
     "The forecast of 48,000.01 EUR is a little more than 0% over the approved 48,000 EUR; green ends at 0%, the tolerance is 0%."),
    ("nothing approved", plan(budget=budget(None, 48000)), None, "The plan states no budget with a forecast."),
    ("no budget", plan(), None, "The plan states no budget with a forecast."),
    ("zero was approved", plan(budget=budget(0, 100)), None,
     "The budget is zero, so nothing can be measured against it."),
    ("two currencies", plan(budget=Budget(approved=money(48000), forecast=money(40000, "GBP"))), None,
     "The budget and the forecast are in different currencies."),
]  # fmt: skip


def deliverables(*status: str) -> tuple[Deliverable, ...]:
    return tuple(Deliverable(id=f"D{i}", name=f"Thing {i}", status=one) for i, one in enumerate(status, 1))


SCOPE = [
    ("none is named", plan(), None, "No deliverables are named."),
    ("none was rejected", plan(deliverables=deliverables("planned", "done")), "green", "No deliverable was rejected."),
    ("one was, and none may be", plan(deliverables=deliverables("done", "rejected")), "red", 'Rejected: "Thing 2"; the tolerance is 0.'),
    ("one of two that may be", plan(deliverables=deliverables("rejected"), tolerance=Tolerance(scope=2)), "green",
     'Rejected: "Thing 1"; the tolerance is 2.'),
    ("two of two", plan(deliverables=deliverables("rejected", "rejected"), tolerance=Tolerance(scope=2)), "amber",
     'Rejected: "Thing 1", "Thing 2"; the tolerance is 2.'),
]  # fmt: skip


def check(
    name: str, result: str | None, on: str | None = "2026-11-10", method: str = "Load test", of: str | None = "D1"
) -> QualityCheck:
    done = date.fromisoformat(on) if on else None
    return QualityCheck(id=name, deliverable=of, method=method, done_on=done, result=result)


QUALITY = [
    ("nothing was checked", (), None, "No quality check has a result yet."),
    ("planned is not checked", (check("Q1", None, None),), None, "No quality check has a result yet."),
    ("it passed", (check("Q1", "pass"),), "green", "The only check so far passed."),
    ("all passed", (check("Q1", "pass"), check("Q2", "pass")), "green", "All 2 checks passed."),
    ("one failed, as one may", (check("Q1", "fail"), check("Q2", "pass", of="D2")), "amber",
     "1 of 2 checks failed and was not passed since; the tolerance is 1."),
    ("two failed", (check("Q1", "fail"), check("Q2", "fail", of="D2")), "red",
     "2 of 2 checks failed and were not passed since; the tolerance is 1."),
    ("it was repeated and passed", (check("Q1", "fail"), check("Q2", "pass", "2026-11-20")), "green",
     "Every check that failed was repeated and passed."),
    ("repeated on the same day", (check("Q1", "fail"), check("Q2", "pass")), "green",
     "Every check that failed was repeated and passed."),
    ("the repetition may say so", (check("Q1", "fail"), check("Q2", "pass", "2026-11-20", "Load test, second try")), "green",
     "Every check that failed was repeated and passed."),
    ("an earlier pass proves nothing", (check("Q1", "pass", "2026-11-01"), check("Q2", "fail")), "amber",
     "1 of 2 checks failed and was not passed since; the tolerance is 1."),
    ("of several passes the last one counts, in any order", (
        check("Q3", "pass", "2026-11-20"), check("Q1", "fail"), check("Q2", "pass", "2026-11-01")), "green",
     "Every check that failed was repeated and passed."),
    ("another thing passed", (check("Q1", "fail"), check("Q2", "pass", "2026-11-20", of="D2")), "amber",
     "1 of 2 checks failed and was not passed since; the tolerance is 1."),
    ("another check of it passed", (check("Q1", "fail"), check("Q2", "pass", "2026-11-20", "Fire service walks")), "amber",
     "1 of 2 checks failed and was not passed since; the tolerance is 1."),
    ("without days nothing was repeated", (check("Q1", "fail", None), check("Q2", "pass", None)), "amber",
     "1 of 2 checks failed and was not passed since; the tolerance is 1."),
]  # fmt: skip


def minutes(
    *measured: tuple[str, str], now: str | None = "12", target: str | None = "4", by: str | None = None
) -> Benefit:
    """Waiting time shall fall from 12 to 4 minutes."""
    return Benefit(
        what="Waiting time", now=Decimal(now) if now else None, target=Decimal(target) if target else None,
        by=date.fromisoformat(by) if by else None,
        measured=tuple(Measurement(on=date.fromisoformat(on), value=Decimal(value)) for on, value in measured),
    )  # fmt: skip


def stands(value: str) -> str:
    return f'"Waiting time" stands at {value} of a promised 4 (it was 12); the tolerance is 10% of the difference.'


UNKNOWN = "No benefit has been measured on its promised day yet."
BENEFIT = [
    ("none was named", (), None, UNKNOWN),
    ("none was measured", (minutes(),), None, UNKNOWN),
    ("reached", (minutes(("2026-11-01", "4")),), "green", stands("4")),
    ("more than reached", (minutes(("2026-11-01", "3")),), "green", stands("3")),
    ("half the tolerance is missing", (minutes(("2026-11-01", "4.4")),), "green", stands("4.4")),
    ("more of it", (minutes(("2026-11-01", "4.5")),), "amber", stands("4.5")),
    ("all of it", (minutes(("2026-11-01", "4.8")),), "amber", stands("4.8")),
    ("more than it", (minutes(("2026-11-01", "5")),), "red", stands("5")),
    ("worse than before", (minutes(("2026-11-01", "13")),), "red", stands("13")),
    ("the newest reading counts", (minutes(("2026-11-01", "4"), ("2026-10-01", "12")),), "green", stands("4")),
    (
        "a reading before the promised day proves nothing",
        (minutes(("2026-11-01", "9"), by="2027-06-30"),),
        None,
        UNKNOWN,
    ),
    ("unless it is reached already", (minutes(("2026-11-01", "4"), by="2027-06-30"),), "green", stands("4")),
    ("on its day it counts", (minutes(("2026-11-01", "9"), by="2026-11-01"),), "red", stands("9")),
    ("no change was promised", (minutes(("2026-11-01", "9"), target="12"),), None, UNKNOWN),
    ("where it started is not known", (minutes(("2026-11-01", "9"), now=None),), None, UNKNOWN),
    ("the one that misses most", (minutes(("2026-11-01", "4")), minutes(("2026-11-01", "6"))), "red", stands("6")),
]


def threat(name: str, points: tuple[int, int] | None, **more: Any) -> Risk:
    usual = {"response": "reduce", "action": "Ask", "owner": "ben", "due": date(2026, 12, 12)}
    scored = {"probability": points[0], "impact": points[1]} if points else {}
    return Risk(**{"id": name, "title": f"Threat {name}", **usual, **scored, **more})


RISK = [
    ("none is written down", (), None, "No open threat is written down."),
    ("none was assessed", (threat("R-1", None),), None, "No open threat has been assessed."),
    ("an opportunity is no threat", (threat("R-1", (5, 5), kind="opportunity"),), None, "No open threat is written down."),
    ("low ones", (threat("R-1", (2, 7 - 2)), threat("R-2", (3, 4))), "green", "The highest open threat scores 12; high begins at 15."),
    ("a high one with its response in date", (threat("R-1", (3, 5)),), "amber", 'High, with a response in date: "Threat R-1" (15).'),
    ("one that is late is a warning, not yet harm", (threat("R-1", (5, 5), due=date(2026, 12, 3)),), "amber",
     'High, and the response is missing or late: "Threat R-1" (25).'),
    ("one without a response too", (threat("R-1", (5, 5), response=None),), "amber",
     'High, and the response is missing or late: "Threat R-1" (25).'),
    ("two high ones in date", (threat("R-1", (3, 5)), threat("R-2", (4, 4))), "amber",
     'High, with a response in date: "Threat R-1" (15), "Threat R-2" (16).'),
    ("two high ones, one late", (threat("R-1", (3, 5)), threat("R-2", (4, 4), due=date(2026, 12, 3))), "red",
     'High, and the response is missing or late: "Threat R-2" (16).'),
    ("due today is in date", (threat("R-1", (3, 5), due=date(2026, 12, 4)), threat("R-2", (4, 4))), "amber",
     'High, with a response in date: "Threat R-1" (15), "Threat R-2" (16).'),
    ("accepted, and its review has passed", (
        threat("R-1", (3, 5), response="accept", trigger="Note late", review=date(2026, 12, 3)), threat("R-2", (4, 4))), "red",
     'High, and the response is missing or late: "Threat R-1" (15).'),
    ("a closed one is past", (threat("R-1", (5, 5), status="closed"),), None, "No open threat is written down."),
]  # fmt: skip

ROWS = [
    *(pytest.param("time", given, colour, why, id=f"time: {what}") for what, given, colour, why in TIME),
    *(pytest.param("cost", given, colour, why, id=f"cost: {what}") for what, given, colour, why in COST),
    *(pytest.param("scope", given, colour, why, id=f"scope: {what}") for what, given, colour, why in SCOPE),
    *(
        pytest.param("quality", plan(quality_checks=ones), colour, why, id=f"quality: {what}")
        for what, ones, colour, why in QUALITY
    ),
    *(
        pytest.param("benefit", plan(benefits=ones), colour, why, id=f"benefit: {what}")
        for what, ones, colour, why in BENEFIT
    ),
    *(pytest.param("risk", plan(risks=ones), colour, why, id=f"risk: {what}") for what, ones, colour, why in RISK),
]


@pytest.mark.parametrize(("dimension", "given", "colour", "why"), ROWS)
def test_each_colour_with_its_sentence(dimension: str, given: Plan, colour: str | None, why: str) -> None:
    found = says(given, dimension)
    assert (found.colour, found.why) == (colour, why)


def test_every_sentence_ends() -> None:
    for row in ROWS:
        assert str(row.values[3]).endswith(".")


def test_the_benefit_under_why_counts_like_one_of_the_list() -> None:
    assert says(plan(why=Why(benefit=minutes(("2026-11-01", "6")))), "benefit").colour == "red"
