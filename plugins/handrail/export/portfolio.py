"""What is exported: one row per project, every register across all projects, and everything of one project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from handrail.compute.approval_facts import approval_facts
from handrail.compute.audience import Seen
from handrail.compute.evidence import Evidence
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.risk import score
from handrail.entity import Entity
from handrail.export.causes import causes_dataset
from handrail.export.dataset import Dataset, Plain, plain, record
from handrail.export.figures import (
    BENEFITS,
    CLASSES,
    DEMAND,
    OVERLOADS,
    benefit_rows,
    class_rows,
    demand_rows,
    figures_of,
    fine,
    overload_rows,
)
from handrail.export.network import interface_rows, network_of, order_rows
from handrail.fields import fields_of
from handrail.load.projects import ATTACHED
from handrail.model.kinds import KINDS, Kind
from handrail.model.project import Plan
from handrail.remark import Remark

_REMARK = (
    "project", "rule", "level", "severity", "enforce_at", "state", "message", "fix", "file", "waived_by", "fingerprint",
)  # fmt: skip
# Snapshots repeat what stands elsewhere, and own fields have no columns in common.
SCHEMA = "portfolio.schema.json"
LEFT_OUT = frozenset({"values", "extra"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Each shown project with its row and its registers, worked out once."""

    project: Project
    row: Mapping[str, Plain]
    registers: Mapping[str, list[Mapping[str, Plain]]]


@lru_cache(maxsize=1)  # the files and the page that lists them ask for the same
def gather(portfolio: Portfolio, seen: Seen) -> tuple[Gathered, ...]:
    """Work out everything that is exported of the projects that are shown."""
    remarks: dict[str | None, list[Remark]] = {}
    for one in seen.remarks:
        remarks.setdefault(one.project, []).append(one)
    return tuple(gathered_of(one, portfolio, seen, remarks.get(one.id, ())) for one in seen.projects)


def gathered_of(project: Project, portfolio: Portfolio, seen: Seen, remarks: Sequence[Remark]) -> Gathered:
    """Work out what is exported of one project. `remarks`: those about it."""
    return Gathered(project=project, row=project_row(project, portfolio, remarks), registers=registers(project, seen))


def own_datasets(one: Gathered) -> Iterator[Dataset]:
    """A project's own registers."""
    for name, rows in one.registers.items():
        if rows:
            yield Dataset(
                path=f"projects/{one.project.id}/{name}",
                columns=tuple(rows[0]),
                rows=tuple(rows),
                project=one.project.id,
            )


def datasets(portfolio: Portfolio, seen: Seen, gathered: tuple[Gathered, ...]) -> Iterator[Dataset]:
    """The portfolio, the registers over all projects and the remarks."""
    about = {"as_of": portfolio.as_of.isoformat(), "organisation": portfolio.repository.organisation.organisation}
    yield Dataset(
        path="portfolio", columns=tuple(gathered[0].row) if gathered else ("id", "name"),
        rows=tuple(one.row for one in gathered),
        about={"$schema": SCHEMA, **about, "restricted": _counts(seen), "broken": [one.id for one in seen.broken]},
    )  # fmt: skip
    for name, columns in _columns().items():
        rows = tuple({"project": one.project.id, **row} for one in gathered for row in one.registers.get(name, ()))
        yield Dataset(path=name, columns=("project", *columns), rows=rows, about=about)
    yield from _worked_out(portfolio, seen, about)
    yield Dataset(path="remarks", columns=_REMARK, rows=tuple(_remark(one) for one in seen.remarks), about=about)


def sizes(portfolio: Portfolio, seen: Seen) -> Iterator[tuple[str, int]]:
    """Path and number of rows of each of the `datasets`, for whoever needs nothing else of them."""
    gathered = gather(portfolio, seen)
    yield "portfolio", len(gathered)
    for name in _columns():
        yield name, sum(len(one.registers.get(name, ())) for one in gathered)
    for each in _worked_out(portfolio, seen, {}):
        yield each.path, len(each.rows)
    yield "remarks", len(seen.remarks)


def _worked_out(portfolio: Portfolio, seen: Seen, about: Mapping[str, Plain]) -> Iterator[Dataset]:
    """Figures about several projects or none."""
    yield Dataset(path="overloads", columns=OVERLOADS, rows=overload_rows(portfolio, seen), about=about)
    yield Dataset(path="demand", columns=DEMAND, rows=demand_rows(portfolio, seen), about=about)
    yield Dataset(path="benefits_due", columns=BENEFITS, rows=benefit_rows(seen), about=about)
    yield causes_dataset(portfolio, seen, about)
    yield Dataset(path="reference_class", columns=CLASSES, rows=class_rows(portfolio, seen), about=about)


def _remark(one: Remark) -> Mapping[str, Plain]:
    return {**{name: getattr(one, name) for name in _REMARK if name != "file"}, "file": one.loc.file}


def rules_dataset(rules: Mapping[str, Entity]) -> Dataset:
    """Every rule with its fields."""
    rows = tuple(record(one) for one in rules.values())
    return Dataset(path="rules", columns=tuple(rows[0]) if rows else ("id", "title"), rows=rows)


def document_of(
    one: Gathered,
    portfolio: Portfolio,
    seen: Seen,
    evidence: Mapping[str, Evidence],
    outside: Mapping[str, Plain] | None,
) -> Mapping[str, Plain]:
    """The document of a project that is shown: its row, the reasons of its colours, and its registers.

    `outside`: what the own past says of it, as `outside_views` has worked it out for all.
    """
    project, repository = one.project, portfolio.repository
    health = project.health
    colours = {
        name: {"colour": given.colour, "why": given.why, "used": fine(given.used), "figure": fine(given.figure)}
        for name, given in health.dimensions.items()
    }
    return {
        "as_of": portfolio.as_of.isoformat(), **one.row, "why": health.overall.why, "colours": colours,
        **{name: rows for name, rows in one.registers.items() if rows},
        "figures": figures_of(project, repository), "schedule": network_of(project, repository), "outside_view": outside,
        "interfaces": interface_rows(project, portfolio, seen), "orders": order_rows(project, repository),
        "evidence": [
            {
                "approval": fact.approval.id, "grade": fact.grade, "required": fact.required, "why": fact.why,
                "from_history": fact.seen, "lacks": fact.lacks,
            }
            for fact in approval_facts(project.plan, repository, evidence)
        ],
    }  # fmt: skip


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


def registers(one: Project, seen: Seen) -> dict[str, list[Mapping[str, Plain]]]:
    """Every register of a project by name, with what was computed for its items."""
    dated = {each.id: each for each in (*one.milestones, *one.deliverables)}
    found: dict[str, list[Mapping[str, Plain]]] = {}
    for kind, name in _kinds():
        items = getattr(one.plan, name)
        if name == "benefits" and one.plan.why and one.plan.why.benefit:
            items = (one.plan.why.benefit, *items)
        found[name] = [
            {**record(item, LEFT_OUT), **_computed(kind, item, dated), **_other(kind, item, seen)} for item in items
        ]
    found["budget"] = _budget(one.plan)
    return found


def _computed(kind: Kind, item: Any, dated: Mapping[str, Dated]) -> dict[str, Plain]:
    if kind.name == "risk":
        return {"score": score(item)}
    if kind.name in {"milestone", "increment", "deliverable"}:
        known = dated.get(item.id)
        names: tuple[str, ...] = ("original", "expected", "slip", "slip_original")
        if kind.name == "milestone":
            names = (*names, "network", "difference")
        return {
            f"{name}_working_days" if name not in _DAYS else name: plain(getattr(known, name, None)) for name in names
        }
    return {}


_DAYS = frozenset({"original", "expected", "network"})


def _other(kind: Kind, item: Any, seen: Seen) -> dict[str, Plain]:
    """A project that is hidden is not named by those that depend on it."""
    if kind.name not in {"dependency", "provision"} or seen.name_of(item.project) == item.project:
        return {}
    return {"project": seen.name_of(item.project), "what": None}


def _budget(plan: Plan) -> list[Mapping[str, Plain]]:
    budget = plan.budget
    if budget is None:
        return []
    lines = [{"what": "line", "id": one.id, "name": one.name, "amount": plain(one.amount)} for one in budget.lines]
    parts = (("phase", budget.by_phase), ("month", budget.by_month), ("spent", budget.spent))
    more = [
        {"what": what, "id": name, "name": None, "amount": plain(value)}
        for what, given in parts
        for name, value in given.items()
    ]
    return [*lines, *more]


def registers_of() -> tuple[tuple[str, Kind | None], ...]:
    """Every register with the kind of its items; the budget has lines of several kinds."""
    return (*((name, kind) for kind, name in _kinds()), ("budget", None))


@cache
def _kinds() -> tuple[tuple[Kind, str], ...]:
    """Every kind that a project holds many of, with the field of the plan that holds them."""
    found = [(kind, kind.key or ATTACHED.get(kind.name, "")) for kind in KINDS if kind.within == "project"]
    return tuple((kind, name) for kind, name in found if name)


@cache
def _columns() -> dict[str, tuple[str, ...]]:
    found = {}
    for kind, name in _kinds():
        more: tuple[str, ...] = ("score",) if kind.name == "risk" else ()
        if kind.name in {"milestone", "increment", "deliverable"}:
            more = ("original", "expected", "slip_working_days", "slip_original_working_days")
        if kind.name == "milestone":
            more = (*more, "network", "difference_working_days")
        found[name] = (*(one.key for one in fields_of(kind.cls) if one.key not in LEFT_OUT), *more)
    found["budget"] = ("what", "id", "name", "amount")
    return found


def _counts(seen: Seen) -> Mapping[str, Plain]:
    """Hidden projects as counts; nothing else of them leaves."""
    colours = Counter(one.health.counts or "not known" for one in seen.hidden)
    return {"projects": len(seen.hidden) + seen.hidden_broken, "colours": dict(sorted(colours.items()))}
