"""What is exported: one row per project, every register across all projects, and everything of one project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from handrail.compute.audience import Seen
from handrail.compute.facts import Portfolio, Project
from handrail.export.dataset import Dataset, Plain, plain, record
from handrail.export.dictionary import ROW
from handrail.export.figures import (
    BENEFITS,
    CLASSES,
    DEMAND,
    OVERLOADS,
    benefit_rows,
    class_rows,
    demand_rows,
    overload_rows,
)
from handrail.export.source import Source, about
from handrail.remark import Remark

_REMARK = (
    "project", "rule", "level", "severity", "enforce_at", "state", "message", "fix", "file", "waived_by", "fingerprint",
)  # fmt: skip
SCHEMA = "portfolio.schema.json"


def portfolio_table(source: Source) -> Iterator[Dataset]:
    """One row for each project."""
    portfolio, seen, said = source.portfolio, source.seen, source.by_project
    rows = tuple(project_row(one, portfolio, said.get(one.id, ())) for one in seen.projects)
    yield Dataset(
        path="portfolio", columns=tuple(rows[0]) if rows else tuple(ROW), rows=rows,
        about={"$schema": SCHEMA, **about(source), "restricted": _counts(seen), "broken": [one.id for one in seen.broken]},
    )  # fmt: skip


def overloads_table(source: Source) -> Iterator[Dataset]:
    """Who is asked for too much, by month."""
    rows = overload_rows(source.portfolio, source.seen)
    yield Dataset(path="overloads", columns=OVERLOADS, rows=rows, about=about(source))


def demand_table(source: Source) -> Iterator[Dataset]:
    """What projects ask of whom, by month."""
    yield Dataset(path="demand", columns=DEMAND, rows=demand_rows(source.portfolio, source.seen), about=about(source))


def benefits_table(source: Source) -> Iterator[Dataset]:
    """Every benefit with its state."""
    yield Dataset(path="benefits_due", columns=BENEFITS, rows=benefit_rows(source.seen), about=about(source))


def classes_table(source: Source) -> Iterator[Dataset]:
    """What the own past says, by tier."""
    rows = class_rows(source.portfolio, source.seen)
    yield Dataset(path="reference_class", columns=CLASSES, rows=rows, about=about(source))


def remarks_table(source: Source) -> Iterator[Dataset]:
    """Every remark that may be shown."""
    rows = tuple(_remark(one) for one in source.seen.remarks)
    yield Dataset(path="remarks", columns=_REMARK, rows=rows, about=about(source))


def _remark(one: Remark) -> Mapping[str, Plain]:
    return {**{name: getattr(one, name) for name in _REMARK if name != "file"}, "file": one.loc.file}


def rules_table(source: Source) -> Iterator[Dataset]:
    """Every rule with its fields."""
    rows = tuple(record(one) for one in source.rules.values())
    yield Dataset(path="rules", columns=tuple(rows[0]) if rows else ("id", "title"), rows=rows)


def project_row(one: Project, portfolio: Portfolio, remarks: Sequence[Remark]) -> dict[str, Plain]:
    """One project in one row."""
    plan, cost, health = one.plan, one.cost, one.health
    programme = portfolio.repository.programmes.get(plan.programme or "")
    gate = one.next_gate
    open_ones = [each for each in remarks if each.state != "waived"]
    return {
        "id": one.id, "name": plan.name, "programme": plan.programme, "programme_name": programme.name if programme else None,
        "department": plan.unit, "tier": plan.tier, "phase": plan.phase, "state": plan.state, "manager": plan.manager,
        "sponsor": plan.sponsor, "board": plan.board, "priority": plan.priority, "colour": health.counts,
        "computed": health.overall.colour, "reported": health.reported, "watermelon": health.watermelon,
        "end_approved": plain(one.end.planned if one.end else None), "end_expected": plain(one.end.expected if one.end else None),
        "slip_working_days": one.end.slip if one.end else None, "currency": cost.currency,
        "approved": cost.approved.amount if cost.approved else None, "forecast": cost.forecast.amount if cost.forecast else None,
        "spent": cost.spent.amount if cost.spent else None, "contingency": cost.contingency.amount if cost.contingency else None,
        "released": cost.released.amount if cost.released else None, "variance_share": cost.variance_share,
        "next_gate": gate.gate if gate else None, "next_gate_expected": plain(gate.expected if gate else None),
        "report": plain(one.report.as_of if one.report else None), "report_age_days": one.report_age,
        "report_overdue": one.report_overdue, "deliverables": one.delivered.total, "accepted": one.delivered.accepted,
        "rejected": one.delivered.rejected, "approved_plan": one.baseline, "plan_changed": one.rebaselined,
        "remarks": len(open_ones), "blocking_remarks": sum(each.blocks for each in open_ones),
    }  # fmt: skip


def _counts(seen: Seen) -> Mapping[str, Plain]:
    """Hidden projects as counts; nothing else of them leaves."""
    colours = Counter(one.health.counts or "not known" for one in seen.hidden)
    return {"projects": len(seen.hidden) + seen.hidden_broken, "colours": dict(sorted(colours.items()))}
