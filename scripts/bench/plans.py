"""Makes plans for benches: believable ones of about 160 lines, the same for the same number."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

from measure import handrail

ROOT = Path(__file__).resolve().parents[2]
_START = date(2026, 1, 5)
_MILESTONES = 8
_REACHED = 2


def make_repository(folder: Path, count: int) -> None:
    """A governed repository with the shipped standards and `count` medium plans, replacing what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "standards", folder / "standards")
    for number in range(count):
        home = folder / "projects" / f"plan-{number:05}"
        home.mkdir(parents=True)
        (home / "project.yaml").write_text(plan(number), encoding="utf-8")


def plan(number: int) -> str:
    """One plan of about 160 lines that keeps to the standards; every tenth lacks one thing, so that remarks need places."""
    lines = [
        f"id: plan-{number:05}",
        f"name: Project number {number}",
        "tier: medium",
        "approach: adaptive",
        "phase: planning",
        "state: active",
        "sponsor: c.moreau",
        "manager: j.okafor",
        "board: lyon-sites",
        "tier_answers: {budget: 480000, months: 14, units: 2, suppliers: 2, regulated: no, new_to_us: no}",
        "why:",
        "  problem: People wait, and nobody can say for how long",
        "  objective: OBJ-4",
        "benefits:",
        "- {id: B1, what: Waiting time in minutes, now: 12, target: 4, by: 2027-06-30, owner: s.lambert}",
        "business_case:",
        "  driver: value",
        "  problem: Three systems, three truths",
        "  options:",
        "  - {name: Do nothing, cost: 0, verdict: Queues grow}",
        "  - {name: One system, cost: 480000, benefit: 700000, chosen: yes}",
        "  cash_flows:",
        "  - {year: 2026, cost: 480000}",
        "  - {year: 2027, benefit: 700000}",
        "  discount_rate: 4%",
        "  npv: 193076.92",
        "  payback_years: 1",
        "scope:",
        "  in: [Counter, Waiting area, Badge printer]",
        "  out: [Car park, Canteen]",
        "  constraints: [The counter stays open during the works]",
        "  assumptions:",
        "  - {statement: The permit comes in January, owner: l.petit, validate_by: 2027-01-15}",
        "milestones:",
    ]
    for i in range(_MILESTONES):
        day = _START + timedelta(days=40 * i + number % 20)
        gate = {0: "start", _MILESTONES - 1: "close"}.get(i)
        lines += [f"- id: M{i + 1}", f"  name: Milestone {i + 1}", f"  planned: {day}"]
        lines.append(f"  actual: {day}" if i < _REACHED else f"  forecast: {day + timedelta(days=number % 9)}")
        if gate:
            lines.append(f"  gate: {gate}")
    lines.append("deliverables:")
    for i in range(4):
        lines += [f"- id: D{i + 1}", f"  name: Deliverable {i + 1}", "  accepted_by: s.lambert"]
        lines += ["  accepted_when: Ten people in a row are served in a minute each"]
        lines += [f"  planned: {_START + timedelta(days=60 * i + 90)}"]
    lines.append("raci:")
    lines += [f"- {{what: D{i + 1}, responsible: [l.petit], accountable: j.okafor}}" for i in range(4)]
    lines += [
        "stakeholders:",
        "- {party: Drivers, interest: Less paper, influence: high, engagement: Two test every version}",
    ]
    lines.append("risks:")
    for i in range(5):
        lines += [f"- id: R-{i + 1:03}", "  title: The supplier is late", "  cause: One workshop only"]
        lines += ["  event: it stands still", "  effect: weeks are lost", f"  probability: {i % 4 + 1}", "  impact: 3"]
        lines += ["  response: reduce", "  action: Ask a second one", "  owner: j.okafor"]
        lines += ["  due: 2026-12-12", "  review: 2027-01-05"]
    if number % 10 == 0:
        lines.remove("  action: Ask a second one")
    lines += ["budget:", "  currency: EUR", "  approved: 480000", "  contingency: 30000", "  forecast: 483000"]
    lines += ["  by_phase: {planning: 60000, execution: 390000, closure: 30000}", "  lines:"]
    lines += [
        "  - {id: BL-1, name: Works, kind: capex, amount: 300000}",
        "  - {id: BL-2, name: People, kind: effort, amount: 150000}",
    ]
    return "\n".join(lines) + "\n"


def make_small(folder: Path) -> None:
    """A governed repository as `handrail init` begins it, with one small project; a hook runs in a Git repository."""
    shutil.rmtree(folder, ignore_errors=True)
    who = ["--sponsor", "first.sponsor", "--manager", "first.manager"]
    start = ["new", "project", "desk", "--name", "Desk", "--tier", "small", *who, "--root", str(folder)]
    for words in (["init", str(folder)], start):
        subprocess.run([*handrail(), *words], check=True, stdout=subprocess.DEVNULL)
