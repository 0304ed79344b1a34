"""The handbook's page of exported data: every field of every table and document, with what it says.

Fields of registers are described by the model; what is computed stands here. A test holds both against what is exported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from handrail.export.dictionary_tables import TABLES
from handrail.export.registers import LEFT_OUT, registers_of
from handrail.fields import fields_of
from handrail.model.kinds import Kind

ROW: Mapping[str, str] = MappingProxyType({
    "id": "the project's id", "name": "what people call it", "programme": "its programme's id",
    "programme_name": "its programme", "department": "the department it belongs to", "tier": "small, medium or large",
    "phase": "where it stands between start and close", "state": "active, suspended, cancelled or closed",
    "manager": "who leads it", "sponsor": "who answers for it", "board": "its board", "priority": "1 is first",
    "colour": "the colour that counts", "computed": "the worst of the six computed colours; null where none is known",
    "reported": "the colour of its newest report", "watermelon": "reported better than computed, and the sponsor has not agreed",
    "end_approved": "the planned day of its last milestone: as approved, or as proposed while `approved_plan` is empty", "end_expected": "when that is expected today",
    "slip_working_days": "working days from the one to the other", "currency": "of its amounts",
    "approved": "the approved budget with contingency", "forecast": "what the manager expects it to cost",
    "spent": "what was posted", "contingency": "the part of the budget held back for risks",
    "released": "what decisions have set free", "variance_share": "forecast above approved, as a share of approved",
    "next_gate": "the first gate not yet passed", "next_gate_expected": "when that is expected",
    "report": "the day of the newest report", "report_age_days": "days since then", "report_overdue": "whether one is overdue",
    "deliverables": "how many deliverables; in a project's document the deliverables themselves",
    "accepted": "how many of them are accepted", "rejected": "how many were rejected",
    "approved_plan": "the id of the approved plan; empty while none is approved: its days and its budget are then a proposal", "plan_changed": "how often it was replaced",
    "remarks": "open remarks", "blocking_remarks": "those that stop a merge",
})  # fmt: skip
"""The table `portfolio`, and the first fields of a project's document."""

DOCUMENT: Mapping[str, str] = MappingProxyType({
    "as_of": "the day of the look", "why": "the sentence behind the computed colour",
    "colours.*.colour": "for time, cost, scope, quality, benefit, risk: green, amber, red; null where nothing can be said",
    "colours.*.why": "the sentence with its figures, or why nothing can be said",
    "colours.*.used": "the share of the tolerance that is used up",
    "colours.*.figure": "the figure itself, in the unit of the sentence",
    "figures.funding.approved": "the approved budget", "figures.funding.bac": "the performance baseline: approved less contingency",
    "figures.funding.contingency": "held back for risks", "figures.funding.drawn": "drawn from it so far",
    "figures.funding.contingency_left": "what is left of it", "figures.funding.reserve": "the management reserve, outside the budget",
    "figures.funding.actual": "what the work has cost, with what is received and not invoiced",
    "figures.funding.committed": "ordered and not yet invoiced", "figures.funding.bound": "actual and committed together",
    "figures.funding.released": "set free by decisions", "figures.funding.released_left": "released less bound",
    "figures.funding.gaps.[].what": "which sums do not agree", "figures.funding.gaps.[].stated": "what is stated",
    "figures.funding.gaps.[].summed": "what its parts add up to",
    "figures.earned_value.applies": "whether earned value is asked of it", "figures.earned_value.why": "why not",
    "figures.earned_value.on": "the status date", "figures.earned_value.currency": "of its amounts",
    "figures.earned_value.counted_by": "tasks, milestones, increments or deliverables",
    "figures.earned_value.spread": "what the planned value was taken from",
    "figures.earned_value.eac_by": "cpi or manager: what the expected cost rests on",
    "figures.earned_value.bac": "performance baseline", "figures.earned_value.pv": "planned value",
    "figures.earned_value.ev": "earned value", "figures.earned_value.ac": "actual cost", "figures.earned_value.cv": "EV - AC",
    "figures.earned_value.sv": "EV - PV", "figures.earned_value.cpi": "EV / AC", "figures.earned_value.spi": "EV / PV",
    "figures.earned_value.complete": "EV / BAC", "figures.earned_value.eac": "the expected cost that counts",
    "figures.earned_value.eac_cpi": "BAC / CPI", "figures.earned_value.eac_budget_rate": "AC + (BAC - EV)",
    "figures.earned_value.eac_cpi_spi": "AC + (BAC - EV) / (CPI x SPI)", "figures.earned_value.etc": "EAC - AC",
    "figures.earned_value.vac": "BAC - EAC", "figures.earned_value.tcpi": "the efficiency that the rest needs for the BAC",
    "figures.earned_value.tcpi_eac": "the efficiency that the rest needs for the EAC",
    "figures.earned_value.es": "earned schedule, in months", "figures.earned_value.at": "months since the first with money",
    "figures.earned_value.sv_t": "ES - AT, in months", "figures.earned_value.spi_t": "ES / AT",
    "figures.earned_value.months_needed": "planned months / SPI(t)", "figures.earned_value.planned_months": "months with planned money",
    "figures.earned_value.undefined.*": "for each of them that is null, the reason",
    "figures.business_case_worth.driver": "value, mandatory or renewal", "figures.business_case_worth.npv": "NPV over the whole life",
    "figures.business_case_worth.npv_left": "NPV of what is still to come",
    "figures.business_case_worth.roi": "(benefits - costs) / costs", "figures.business_case_worth.payback_years": "years until it has paid back",
    "figures.business_case_worth.cheapest_way": "for a duty, the cheapest option that complies",
    "figures.business_case_worth.dearer_than_that": "how much dearer the chosen option is",
    "figures.business_case_worth.own_rate": "whether the case uses a discount rate of its own",
    "figures.business_case_worth.years_beyond_horizon": "years of its cash flows beyond the policy's horizon",
    "figures.pace.accepted": "increments accepted", "figures.pace.left": "what is left, in the team's unit",
    "figures.pace.per_working_day": "accepted per working day", "figures.pace.p50_end": "half of the runs are through by then",
    "figures.pace.p80_end": "four fifths are", "figures.pace.why": "why there is nothing to say",
    "figures.cost_range.p50": "half of the runs cost no more", "figures.cost_range.p80": "four fifths do not",
    "figures.cost_range.chance": "the share of runs that keep to the lines", "figures.cost_range.why": "why there is nothing to say",
    "figures.end_range.plan": "the end of the network as planned", "figures.end_range.p50": "half of the runs end by then",
    "figures.end_range.p80": "four fifths do", "figures.end_range.chance": "the share of runs that keep to the plan",
    "figures.end_range.runs": "how many runs", "figures.end_range.seed": "the seed that gives the same again",
    "figures.end_range.criticality.*": "for each task the share of runs in which it was critical",
    "figures.end_range.curve_minutes.[].[]": "share of runs, and working minutes from the start they keep to",
    "figures.end_range.why": "why there is nothing to say",
    "figures.schedule_checks.[].number": "1 to 14", "figures.schedule_checks.[].id": "the check", "figures.schedule_checks.[].name": "its name",
    "figures.schedule_checks.[].count": "how many were counted", "figures.schedule_checks.[].of": "out of how many",
    "figures.schedule_checks.[].figure": "what is held against the limit", "figures.schedule_checks.[].unit": "of the figure",
    "figures.schedule_checks.[].limit": "the limit", "figures.schedule_checks.[].passed": "null where it is not judged",
    "figures.schedule_checks.[].items.[]": "tasks, or links as A > B, counted against it",
    "figures.schedule_checks.[].why": "why it is not judged",
    "figures.drift.index": "how far the plan has moved from the first approved one, in points: the sum of the parts",
    "figures.drift.scope": "share of deliverables and scope statements added, dropped or reworded",
    "figures.drift.date": "days that the end is later, over the days the project was to last",
    "figures.drift.cost": "the forecast above the first approved budget, as a share of it",
    "figures.drift.objective": "share of objectives swapped",
    "figures.benefit_states.[].id": "the benefit", "figures.benefit_states.[].what": "what gets better",
    "figures.benefit_states.[].state": "where its measuring stands", "figures.benefit_states.[].due": "when it is to be measured",
    "figures.benefit_states.[].realised": "share of the promised change", "figures.benefit_states.[].interim": "measured before its day",
    "figures.benefit_states.[].days_late": "days since it was due",
    "schedule.status_date": "the day from which undone work goes on", "schedule.start": "the network's first moment",
    "schedule.finish": "the network's forecast of the end", "schedule.stated_finish": "the manager's forecast of the end",
    "schedule.difference_days": "working days from the network's to the manager's", "schedule.percent": "how much is done, by duration",
    "schedule.driving.[]": "the tasks that decide the end, first to last", "schedule.why_not": "why no dates can be computed",
    "schedule.why_this_end.[].task": "the last task, then back along what decides each", "schedule.why_this_end.[].cause": "what decides when it begins",
    "schedule.why_this_end.[].by_task": "the task that does", "schedule.why_this_end.[].link": "by which kind of link",
    "schedule.why_this_end.[].lag": "with which lag", "schedule.warnings.[]": "what is computed but cannot come true",
    "outside_view.tier": "the class: a tier, or all", "outside_view.projects": "how many projects it has",
    "outside_view.p50_end": "the end if it goes as half of them went", "outside_view.p80_end": "as four of five went",
    "outside_view.p50_cost": "the cost likewise", "outside_view.p80_cost": "the cost likewise", "outside_view.why": "why there is nothing to say",
    "interfaces.[].side": "needs or gives", "interfaces.[].other": "the other project", "interfaces.[].what": "the deliverable's or milestone's id",
    "interfaces.[].name": "what it is called", "interfaces.[].needed_by": "the taker's day", "interfaces.[].promised": "the giver's day",
    "interfaces.[].expected": "when the giver's plan has it today", "interfaces.[].agreed": "whether the giver has said yes",
    "interfaces.[].there": "whether it was given", "interfaces.[].days_late": "working days from needed to expected",
    "interfaces.[].agree": "whether both plans say the same day, with the giver's yes",
    "evidence.[].approval": "the approval's id", "evidence.[].grade": "A, B, M or C: how well it shows who decided",
    "evidence.[].required": "the least grade that the policy asks for", "evidence.[].why": "what the grade rests on",
    "evidence.[].from_history": "whether Git was asked how the record came in",
    "evidence.[].lacks": "why it does not count; nothing where it does",
    "orders.[].resource": "the resource's id", "orders.[].name": "what it is", "orders.[].needed": "the first day of use",
    "orders.[].order_by": "the last day to order it", "orders.[].days_late": "working days since then",
    "orders.[].needed_for": "the task or month that needs it",
})  # fmt: skip
"""A project's document, besides its row and its registers."""

TASK: Mapping[str, str] = MappingProxyType({
    "id": "the task", "name": "what is done", "parent": "its summary", "level": "how deep it stands, 0 at the top",
    "summary": "whether others belong to it", "milestone": "whether it takes no time", "state": "open, begun or done",
    "percent": "how much is done", "duration_minutes": "working minutes it takes", "remaining_minutes": "working minutes left",
    "day_minutes": "working minutes of one of its days", "start": "when it begins, as the network has it today",
    "finish": "when it ends", "early_start": "the first moment it can begin", "early_finish": "the first it can be done",
    "late_start": "the last it may begin", "late_finish": "the last it may be done",
    "total_float_minutes": "what it can slip before the project does", "free_float_minutes": "before another task does",
    "total_float_days": "the same in days of its calendar", "free_float_days": "the same in days of its calendar",
    "critical": "whether the project slips with it", "driver": "what decides when it begins", "driver_task": "the task that does",
    "driver_link": "by which kind of link", "driver_lag": "with which lag", "planned_start": "as approved",
    "planned_finish": "as approved", "stated_finish": "what the manager expects",
    "expected_finish": "actual, else stated, else the network's", "difference_days": "working days from the network's to the stated finish",
    "slip_days": "working days from the approved to the expected finish",
})  # fmt: skip
"""Each of `schedule.tasks`, and a line of `handrail schedule --format csv`."""

COMPUTED: Mapping[str, str] = MappingProxyType({
    "score": "probability times impact", "original": "the first approved day", "expected": "actual, else forecast, else planned",
    "slip_working_days": "working days from planned to expected", "slip_original_working_days": "working days from the first approved day",
    "project": "the project", "network": "when the network has the task with whose end it is reached",
    "difference_working_days": "working days from that to the stated forecast",
})  # fmt: skip
"""What is added to the fields of a register."""

_HEAD = """---
title: Data
owner: p.nowak
reviewed_on: 2026-11-20
---

# Data

Every field that `handrail export` writes, once. `handrail export json` gives the portfolio, `export json projects/PROJECT`
everything about one project, `export csv TABLE` one table across all; the site has the same files below `data/`. `data/portfolio.schema.json`
is the JSON Schema of the portfolio, made from the same words. What is not
known is null in JSON and empty in CSV. Days are written year-month-day, moments in the organisation's time; amounts are exact,
with their currency where it is not said beside them (in CSV in a column of its own, such as `budget_currency`); shares are fractions, 0.4 for 40%. `[]` stands for each item of a list,
`*` for a name. [Figures](figures.md) says how each is computed.

"""


def data_page() -> str:
    """The page as Markdown."""
    parts = [
        _HEAD,
        *_section("Portfolio", "The table `portfolio` has one row for each project.", ROW),
        *_section("One project", "Its document has these besides its row and its registers.", DOCUMENT),
        *_section("Tasks", "`schedule.tasks` of a project's document, and `handrail schedule --format csv`.", TASK),
        *(line for name, fields in TABLES.items() for line in _section(name, f"The table `{name}`.", fields)),
    ]
    for name, kind in registers_of():
        about = f"The table `{name}`, and `{name}` of a project's document. In the table, `project` stands first."
        parts += _section(name, about, described(kind))
    return "".join(parts)


def described(kind: Kind | None) -> dict[str, str]:
    """The fields of a register with what they say, as the model has it, then what is computed."""
    if kind is None:
        return {
            "what": "line, phase, month or spent",
            "id": "the line, phase or month",
            "name": "the line's",
            "amount": "the amount",
        }
    found = {
        one.key: " ".join(part for part in (one.description, f"In {one.unit}." if one.unit else "") if part)
        for one in fields_of(kind.cls)
        if one.key not in LEFT_OUT
    }
    more: tuple[str, ...] = ("score",) if kind.name == "risk" else ()
    if kind.name in {"milestone", "increment", "deliverable"}:
        more = ("original", "expected", "slip_working_days", "slip_original_working_days")
    if kind.name == "milestone":
        more = (*more, "network", "difference_working_days")
    return {**found, **{one: COMPUTED[one] for one in more}}


def _section(title: str, about: str, fields: Mapping[str, str]) -> Iterator[str]:
    yield f"## {title}\n\n{about}\n\n| field | says |\n|---|---|\n"
    for name, words in fields.items():
        told = words.replace("|", "\\|")
        yield f"| `{name}` | {told} |\n"
    yield "\n"
