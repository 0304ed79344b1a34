"""What is exported: one row per project, every register across all projects, and everything of one project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from handrail.compute.audience import Seen
from handrail.compute.facts import Dated, Portfolio, Project
from handrail.compute.risk import score
from handrail.entity import Entity
from handrail.export.dataset import Dataset, Plain, plain, record
from handrail.fields import fields_of
from handrail.load.projects import ATTACHED
from handrail.model.kinds import KINDS, Kind
from handrail.model.project import Plan

# Snapshots repeat what stands elsewhere, and own fields have no columns in common.
_LEFT_OUT = frozenset({"values", "extra"})


def datasets(portfolio: Portfolio, seen: Seen) -> Iterator[Dataset]:
    """The portfolio, the registers over all projects, the rules and remarks, then each project's own registers."""
    about = {"as_of": portfolio.as_of.isoformat(), "organisation": portfolio.repository.organisation.organisation}
    rows = tuple(project_row(one, portfolio, seen) for one in seen.projects)
    yield Dataset(
        path="portfolio", columns=tuple(rows[0]) if rows else ("id", "name"), rows=rows,
        about={**about, "restricted": _counts(seen), "broken": [one.id for one in seen.broken]},
    )  # fmt: skip
    by_name: dict[str, list[Mapping[str, Plain]]] = {}
    for project in seen.projects:
        for name, ones in registers(project).items():
            if ones:
                by_name.setdefault(name, []).extend({"project": project.id, **one} for one in ones)
                yield Dataset(
                    path=f"projects/{project.id}/{name}", columns=tuple(ones[0]), rows=tuple(ones), project=project.id
                )
    for name, columns in _columns().items():
        yield Dataset(path=name, columns=("project", *columns), rows=tuple(by_name.get(name, ())), about=about)
    remarks = tuple(
        {
            "project": one.project, "rule": one.rule, "level": one.level, "severity": one.severity, "enforce_at": one.enforce_at,
            "state": one.state, "message": one.message, "fix": one.fix, "file": one.loc.file, "waived_by": one.waived_by,
            "fingerprint": one.fingerprint,
        }
        for one in seen.remarks
    )  # fmt: skip
    names = (
        "project",
        "rule",
        "level",
        "severity",
        "enforce_at",
        "state",
        "message",
        "fix",
        "file",
        "waived_by",
        "fingerprint",
    )
    yield Dataset(path="remarks", columns=names, rows=remarks, about=about)


def rules_dataset(rules: Mapping[str, Entity]) -> Dataset:
    """Every rule with its fields."""
    rows = tuple(record(one) for one in rules.values())
    return Dataset(path="rules", columns=tuple(rows[0]) if rows else ("id", "title"), rows=rows)


def project_documents(portfolio: Portfolio, seen: Seen) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    """Path and document of each project that is shown: its row, the reasons of its colours, and its registers."""
    for one in seen.projects:
        colours = {name: {"colour": given.colour, "why": given.why} for name, given in one.health.dimensions.items()}
        yield (
            f"projects/{one.id}",
            {
                "as_of": portfolio.as_of.isoformat(), **project_row(one, portfolio, seen), "why": one.health.overall.why,
                "colours": colours, **{name: ones for name, ones in registers(one).items() if ones},
            },
        )  # fmt: skip


def project_row(one: Project, portfolio: Portfolio, seen: Seen) -> dict[str, Plain]:
    """One project in one row."""
    plan, cost, health = one.plan, one.cost, one.health
    programme = portfolio.repository.programmes.get(plan.programme or "")
    gate = one.next_gate
    remarks = (
        [each for each in seen.remarks if each.project == one.id and each.state != "waived"] if seen.remarks else []
    )
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
        "remarks": len(remarks), "blocking_remarks": sum(each.blocks for each in remarks),
    }  # fmt: skip


def registers(one: Project) -> dict[str, list[Mapping[str, Plain]]]:
    """Every register of a project by name, with what was computed for its items."""
    dated = {each.id: each for each in (*one.milestones, *one.deliverables)}
    found: dict[str, list[Mapping[str, Plain]]] = {}
    for kind, name in _kinds():
        items = getattr(one.plan, name)
        if name == "benefits" and one.plan.why and one.plan.why.benefit:
            items = (one.plan.why.benefit, *items)
        found[name] = [{**record(item, _LEFT_OUT), **_computed(kind, item, dated)} for item in items]
    found["budget"] = _budget(one.plan)
    return found


def _computed(kind: Kind, item: Any, dated: Mapping[str, Dated]) -> dict[str, Plain]:
    if kind.name == "risk":
        return {"score": score(item)}
    if kind.name in {"milestone", "increment", "deliverable"}:
        known = dated.get(item.id)
        names = ("original", "expected", "slip", "slip_original")
        return {f"{name}_working_days" if "slip" in name else name: plain(getattr(known, name, None)) for name in names}
    return {}


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
        found[name] = (*(one.key for one in fields_of(kind.cls) if one.key not in _LEFT_OUT), *more)
    found["budget"] = ("what", "id", "name", "amount")
    return found


def _counts(seen: Seen) -> Mapping[str, Plain]:
    """Hidden projects as counts; nothing else of them leaves."""
    colours = Counter(one.health.counts or "not known" for one in seen.hidden)
    return {"projects": len(seen.hidden) + seen.hidden_broken, "colours": dict(sorted(colours.items()))}
