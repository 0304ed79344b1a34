"""Makes plans for benches: believable ones of about 160 lines, the same for the same number."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_START = date(2026, 1, 5)


def make_repository(folder: Path, count: int) -> None:
    """A governed repository with the shipped standards and `count` medium plans, replacing what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "standards", folder / "standards")
    for number in range(count):
        home = folder / "projects" / f"plan-{number:05}"
        home.mkdir(parents=True)
        (home / "project.yaml").write_text(plan(number), encoding="utf-8")


def plan(number: int) -> str:
    """One plan of about 160 lines: twelve milestones, five deliverables, eight risks, four issues and a budget."""
    lines = [
        f"id: plan-{number:05}",
        f"name: Project number {number}",
        "tier: medium",
        "phase: planning",
        "state: active",
        "sponsor: c.moreau",
        "manager: j.okafor",
        "board: lyon-sites",
        "tier_answers: {budget: 480000, months: 14, units: 2, suppliers: 2, regulated: no, new_to_us: no}",
        "why:",
        "  problem: People wait, and nobody can say for how long",
        "  objective: OBJ-4",
        "scope:",
        "  in: [Counter, Waiting area, Badge printer]",
        "  out: [Car park, Canteen]",
        "milestones:",
    ]
    for i in range(12):
        day = _START + timedelta(days=30 * i + number % 20)
        lines += [f"- id: M{i + 1}", f"  name: Milestone {i + 1}", f"  planned: {day}"]
        lines.append(f"  actual: {day}" if i < 2 else f"  forecast: {day + timedelta(days=number % 9)}")
    lines.append("deliverables:")
    for i in range(5):
        lines += [f"- id: D{i + 1}", f"  name: Deliverable {i + 1}", "  accepted_by: s.lambert"]
        lines += ["  accepted_when: Ten people in a row are served in a minute each", f"  planned: {_START + timedelta(days=60 * i)}"]
    lines.append("risks:")
    for i in range(8):
        lines += [f"- id: R-{i + 1:03}", "  title: The supplier is late", "  cause: One workshop only"]
        lines += ["  event: it stands still", "  effect: weeks are lost", f"  probability: {i % 5 + 1}", "  impact: 3"]
        lines += ["  response: reduce", "  action: Ask a second one", "  owner: j.okafor", "  due: 2026-12-12"]
    lines += ["budget:", "  currency: EUR", "  approved: 480000", "  forecast: 483000"]
    lines += ["  by_phase: {planning: 60000, execution: 390000, closure: 30000}"]
    return "\n".join(lines) + "\n"


def make_small(folder: Path) -> None:
    """A governed repository with one project: the sample's visitor desk."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "standards", folder / "standards")
    shutil.copytree(ROOT / "projects" / "visitor-desk", folder / "projects" / "visitor-desk")
