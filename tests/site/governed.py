"""A governed repository for the tests of the site: ordinary, hostile, hidden and broken plans, a standard and a rule."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-12-04"
SECRET = "Merger with Northwind"
HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{ 7*7 }}{% raw %}</td></table>'
    "<svg onload=window.hacked=1>[a](javascript:window.hacked=1)![x](https://evil.example/x.png)=cmd()"
)


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def small_plan(name: str, title: str, **more: str) -> str:
    """A plan as a small project has it; `more` replaces whole keys."""
    keys = {
        "id": name, "name": title, "tier": "small", "phase": "execution", "state": "active", "sponsor": "c.moreau",
        "manager": "j.okafor", "unit": "Sites", "programme": "workplace", "team": "{j.okafor: 40%}",
        "why": "{problem: Visitors wait, objective: OBJ-4}",
        "deliverables": "[{id: D1, name: Desk in use, accepted_when: Ten visitors in a row, accepted_by: s.lambert,"
        " planned: 2027-02-01}]",
        "milestones": "[{id: M1, name: Start approved, gate: start, planned: 2026-10-05, actual: 2026-10-06},"
        " {id: M3, name: Desk opens, planned: 2027-02-01, forecast: 2027-02-22},"
        " {id: M4, name: Project closed, gate: close, planned: 2027-03-15}]",
        "budget": "{currency: EUR, approved: 48000, contingency: 3000, spent: {2026-10: 4200, 2026-11: 7350},"
        " by_month: {2026-10: 4000, 2026-11: 8000, 2026-12: 9000}, forecast: 50400}",
        "risks": "[{id: R-002, title: Joiner fails, cause: One workshop, event: It stops, effect: Late desk,"
        " probability: 3, impact: 5, response: reduce, action: Second offer, owner: j.okafor, due: 2026-12-12}]",
    } | more  # fmt: skip
    return "".join(f"{key}: {value}\n" for key, value in keys.items())


def report(day: str, status: str, because: str = "The workshop burnt down", body: str = "Done: permit.") -> str:
    return (
        f"---\nas_of: {day}\nstatus: {status}\nbecause: {because}\n"
        "decisions_asked:\n  - {ask: Approve the new day, from: c.moreau, by: 2026-12-05}\n---\n" + body + "\n"
    )


def law(root: Path) -> None:
    """Everything below standards/, and mkdocs.yml as it is shipped."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    write(root, "standards/handrail.yaml", (
        f"format: 1\norganisation: Testwerk\ncurrencies: [EUR]\nas_of: {AS_OF}\nhost: https://git.example/pmo/plans\n"
        "host_kind: github\n"
    ))  # fmt: skip
    shutil.copytree(ROOT / "standards" / "policy", root / "standards" / "policy", ignore=shutil.ignore_patterns("*.md"))
    write(root, "standards/policy/boards.yaml", "boards: []\n")
    write(root, "standards/people/people.yaml", (
        "people:\n  - {id: c.moreau, roles: [sponsor]}\n  - {id: j.okafor, roles: [project manager]}\n"
        "  - {id: s.lambert, author: [" + "a" * 64 + "]}\n"
    ))  # fmt: skip
    write(root, "standards/strategy/objectives.yaml", "objectives:\n  - {id: OBJ-4, statement: Nobody waits}\n")
    write(root, "standards/strategy/programmes.yaml", "programmes:\n  - {id: workplace, name: Workplace 2028}\n")
    write(root, "standards/training/quizzes/first.yaml", "id: Q-1\nanswer: quiz-answer-42\n")
    write(root, "standards/audits/au-1/notes.md", "# Draft\n\ndraft-finding-77\n")
    write(root, "standards/assets/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    write(root, "standards/notes/secret.txt", "plain-text-99")
    write(root, "standards/how-we-work/index.md", "# How we work\n\nRead the [risk standard](../risk/index.md).\n")
    write(root, "standards/macros.md", (
        "---\nrender_macros: true\n---\n# Figures\n\nThere are {{ figure('projects') }} projects, and the desk is "
        "{{ project('visitor-desk', 'colour') }}.\n"
    ))  # fmt: skip
    write(root, "standards/risk/index.md", (
        "---\nid: S-RISK\ntitle: Risk\nversion: 1.2.0\nowner: c.moreau\neffective_from: 2026-01-01\nreviewed_on: 2026-09-01\n"
        "requirements:\n  - {id: S-RISK.1, text: Every high risk must have an owner., level: must, rationale: A risk nobody"
        " owns is a worry., responsible: project manager}\n---\n# Risk\n\nWhat may happen is written down.\n"
    ))  # fmt: skip
    write(root, "standards/risk/rsk-01.rule.yaml", (
        "id: RSK-01\ntitle: Every high risk has an owner\nrequirement: S-RISK.1\nlevel: must\nenforce_at: gate\n"
        "why: A risk nobody owns is a worry.\napplies_to: {kind: project}\nparams: {rating: 12}\neach: project.risks\n"
        'when: "item.status == \'open\' && item.probability * item.impact >= params.rating"\nchecks:\n'
        '  - {assert: has(item.owner), at: owner, message: \'Risk "{item.title}" has no owner.\', fix: "Add `owner: <handle>`."}\n'
    ))  # fmt: skip
    write(root, "standards/risk/rsk-01.test.yaml", (
        "rule: RSK-01\ncases:\n  - name: Nobody owns it\n    given:\n      risks:\n"
        "        - {id: R-001, title: Lift, probability: 5, impact: 5}  # remark: RSK-01\n"
        "  - name: Ann owns it\n    given:\n      risks:\n"
        "        - {id: R-001, title: Lift, probability: 5, impact: 5, owner: ann}\n"
    ))  # fmt: skip


def tables() -> str:
    """A page of the handbook with tables: wider than a phone, squeezed into one, and one that reads well there."""
    long = "everything that was decided about it and by whom"
    return (
        "# Tables\n\n"
        f"| file | what it is for | `enforce_at` | writes |\n|---|:-:|---|---|\n| a-file-with-a-long-name.yaml | {long} | "
        "projects/a-project-with-a-long-name | standards/policy/enforcement.yaml |\n\n"
        f"| squeezed | what | who |\n|---|---|---|\n| one | {long}, {long}, {long} | {long} |\n\n"
        "| short | a | b |\n|---|---|---|\n| one | 1 | 2 |\n"
    )


def hostile_plan() -> str:
    """Something bad in every text."""
    import json

    bad = json.dumps(HOSTILE)
    return small_plan(
        "hostile", bad, unit=bad, programme=bad, why=f"{{problem: {bad}}}",
        deliverables=f"[{{id: D1, name: {bad}, accepted_when: {bad}, planned: 2027-02-01}}]",
        milestones=f"[{{id: M1, name: {bad}, gate: {bad}, planned: 2026-12-10}}]",
        risks=f"[{{id: R-001, title: {bad}, cause: {bad}, effect: {bad}, probability: 4, impact: 5, action: {bad}, due: 2026-12-05}}]",
    ) + (
        f"issues: [{{id: I-001, title: {bad}, action: {bad}, due: 2026-12-08}}]\n"
        f"actions: [{{id: A-001, what: {bad}, due: 2026-12-09}}]\n"
        f"decisions: [{{id: D-001, title: {bad}, decider: {bad}, because: {bad}}}]\n"
        f"suppliers: [{{id: SUP-1, party: {bad}}}]\n"
        f"stakeholders: [{{party: {bad}, interest: {bad}}}]\n"
    )  # fmt: skip


def make(root: Path) -> Path:
    """The whole repository."""
    law(root)
    write(root, "standards/tables.md", tables())
    write(root, "projects/visitor-desk/project.yaml", small_plan("visitor-desk", "New visitor desk, Lyon"))
    write(root, "projects/visitor-desk/reports/2026-10-31.md", report("2026-10-31", "green", "All is well"))
    write(root, "projects/visitor-desk/reports/2026-11-30.md", report("2026-11-30", "green"))
    write(root, "projects/visitor-desk/index.md", "---\ntemplate: 404.html\n---\n# The desk\n\nA **new** desk.\n")
    write(root, "projects/bike-shelter/more.yaml", (
        "depends_on:\n  - {project: northwind, what: D1, needed_by: 2027-01-04}\n"
        "  - {project: visitor-desk, what: D1, needed_by: 2027-01-04, agreed: yes}\n"
    ))  # fmt: skip
    write(root, "projects/bike-shelter/project.yaml", small_plan(
        "bike-shelter", "Bicycle shelter", unit="Depots", phase="planning",
        milestones="[{id: M1, name: Opens, planned: 2027-01-11, forecast: 2027-01-11}]",
        risks="[{id: R-001, title: Ground is wet, probability: 4, impact: 4}]",
    ))  # fmt: skip
    write(root, "projects/empty/project.yaml", "id: empty\nname: Nothing yet\ntier: small\nphase: initiation\n")
    write(root, "projects/hostile/project.yaml", hostile_plan())
    write(
        root, "projects/hostile/index.md", f"---\ntemplate: {HOSTILE[:10]}\nhide: all\n---\n# {HOSTILE}\n\n{HOSTILE}\n"
    )
    write(root, "projects/hostile/reports/2026-11-30.md", report("2026-11-30", "red", "Bad text", HOSTILE))
    write(
        root,
        "projects/northwind/project.yaml",
        small_plan("northwind", SECRET, sensitivity="restricted", manager="s.lambert"),
    )
    write(root, "projects/broken-plan/project.yaml", "id: broken-plan\nname: A broken plan\ntier: [small\nphase: : x\n")
    return root
