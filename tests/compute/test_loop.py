"""The loop's figures against those worked out by hand, and the chain from mission to deliverable in both directions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.compute.averages import median
from handrail.compute.heterogeneity import Framework, Heterogeneity, heterogeneity
from handrail.compute.loop import balance, loop
from handrail.compute.strategy import Edge, contributions, orphans, strategy, uncovered
from handrail.load import FolderTree, load
from handrail.model.organisation import ObjectiveRecord, ProgrammeRecord
from handrail.model.project import Deliverable, ObjectiveLink, Plan
from handrail.model.registers import Decision
from handrail.model.repository import Repository
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
PLAN = "id: {id}\nname: {id}\ntier: small\nphase: execution\nsponsor: ann\nmanager: ben\n"
TARGETS = "targets:\n- {kind: standard, id: S-RISK, from: 1.0.0, to: 1.1.0}\n- {kind: module, id: first, from: 1.0.0}\n"


def lesson(name: str, day: str, tag: str) -> str:
    return f"---\nid: {name}\ntitle: x\ntags: [{tag}]\nraised_on: {day}\n---\nWords.\n"


def issue(number: int, day: str) -> str:
    return f"- {{id: I-{number:03}, title: x, category: supplier, raised_on: {day}}}\n"


@pytest.fixture
def files() -> dict[str, str]:
    """A year: three lessons, one of which changes a standard and its module on 1 June."""
    return {
        "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\n",
        "standards/people/people.yaml": "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n",
        "standards/risk/index.md": "---\nid: S-RISK\ntitle: Risk\nversion: 1.1.0\n---\nWords.\n",
        "standards/training/first.md": "---\nid: first\ntitle: First\nversion: 1.0.1\n---\nWords.\n",
        "projects/a/project.yaml": PLAN.format(id="a"),
        "projects/a/lessons/L-001.md": lesson("L-001", "2026-03-01", "supplier"),
        "projects/a/lessons/L-002.md": lesson("L-002", "2026-03-11", "building"),
        "projects/a/issues.yaml": "issues:\n"
        + issue(1, "2026-01-15")
        + issue(2, "2026-02-15")
        + issue(3, "2026-07-15"),
        "projects/b/project.yaml": PLAN.format(id="b")
        + "lessons_considered:\n- {lesson: a/L-001, disposition: applied, where: R-001}\n- {lesson: a/L-002, disposition: not applicable}\n",
        "projects/b/lessons/L-001.md": lesson("L-001", "2026-11-20", "software"),
        "projects/c/project.yaml": PLAN.format(id="c")
        + "lessons_considered:\n- {lesson: a/L-001, disposition: applied}\n",
        "standards/triage/TR-001.yaml": "id: TR-001\nlesson: a/L-001\ndecision: adopt\non: 2026-03-11\nproposal: PP-001\n",
        "standards/triage/TR-002.yaml": "id: TR-002\nlesson: a/L-002\ndecision: publish\non: 2026-03-31\n",
        "standards/proposals/PP-001.yaml": "id: PP-001\ntitle: x\nsources: [a/L-001]\ncauses: [supplier]\nstate: accepted\n"
        "implemented_on: 2026-06-01\n" + TARGETS,
        "standards/log/pr-1.yaml": "id: pr-1\nopened: 2026-05-01\nblocked: yes\nminutes_to_green: 30\nremarks: 4\ndismissed: 1\n",
        "standards/log/pr-2.yaml": "id: pr-2\nopened: 2026-06-01\nremarks: 4\n",
        "standards/log/pr-3.yaml": "id: pr-3\nopened: 2026-06-02\nblocked: yes\nminutes_to_green: 11\n",
        "standards/log/pr-0.yaml": "id: pr-0\nopened: 2025-06-02\nblocked: yes\n",
    }


def lay_down(root: Path, files: dict[str, str]) -> Repository:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    loaded = load(FolderTree(root))
    assert not loaded.remarks, [one.message for one in loaded.remarks]
    return loaded.repository


def test_the_figures_of_a_year(tmp_path: Path, files: dict[str, str]) -> None:
    found = loop(lay_down(tmp_path, files), date(2026, 12, 1))
    assert (found.lessons, found.waiting) == (3, 1)
    assert found.to_triage == 15
    assert found.to_standard == 82
    assert found.changed == Decimal(1) / 3
    assert found.reuse == {"a/L-001": 2}
    assert found.reuse_per_lesson == Decimal(2) / 3
    (one,) = found.recurrence
    assert (one.cause, one.days, one.before, one.after, one.rate) == ("supplier", 183, 3, 1, Decimal(1) / 3)
    assert found.unlanded == {}


def test_what_came_later_does_not_count(tmp_path: Path, files: dict[str, str]) -> None:
    found = loop(lay_down(tmp_path, files), date(2026, 3, 20))
    assert (found.lessons, found.waiting, found.to_triage, found.to_standard) == (2, 1, Decimal(10), None)
    assert found.changed == 0
    assert found.recurrence == ()


@pytest.mark.parametrize("path", ["standards/risk/index.md", "standards/training/first.md"])
def test_one_target_that_has_not_moved_holds_the_proposal(tmp_path: Path, files: dict[str, str], path: str) -> None:
    files[path] = files[path].replace("1.1.0", "1.0.0").replace("1.0.1", "1.0.0")
    found = loop(lay_down(tmp_path, files), date(2026, 12, 1))
    assert found.changed == 0
    assert found.to_standard is None
    assert [len(ones) for ones in found.unlanded.values()] == [1]


def test_an_empty_loop_says_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    few = {path: text for path, text in files.items() if path.endswith(("handrail.yaml", "people.yaml"))}
    found = loop(lay_down(tmp_path, few), date(2026, 12, 1))
    assert (found.lessons, found.to_triage, found.changed, found.reuse_per_lesson) == (0, None, None, None)
    assert balance(lay_down(tmp_path, few), date(2026, 12, 1)).blocked is None


def test_discipline_and_agility(tmp_path: Path, files: dict[str, str]) -> None:
    found = balance(lay_down(tmp_path, files), date(2026, 12, 1))
    assert (found.pulls, found.blocked, found.to_green, found.dismissed) == (
        3,
        Decimal(2) / 3,
        Decimal("20.5"),
        Decimal(1) / 8,
    )


def index_of(repository: Repository, derived: dict[str, str]) -> Heterogeneity:
    framework, day = Framework(repository), date(2026, 12, 1)
    fits = [framework.fit(one, derived.get(one.id), day) for one in repository.plans]
    return heterogeneity(one for one in fits if one is not None)


def test_a_project_that_follows_its_starter_lowers_the_index(tmp_path: Path, files: dict[str, str]) -> None:
    files["standards/templates/project/small/project.yaml"] = "id: x\nname: x\ntier: small\nphase: x\nrisks: []\n"
    mixed = index_of(lay_down(tmp_path, files), {"a": "small"})
    assert mixed.sections == Decimal("0.2")
    assert mixed.index == Decimal("0.2") / 3
    for name in "abc":
        files[f"projects/{name}/risks.yaml"] = "risks: []\n"
    assert index_of(lay_down(tmp_path, files), {}).index == 0


def test_plans_behind_their_template_raise_the_index(tmp_path: Path, files: dict[str, str]) -> None:
    files["standards/policy/templates.yaml"] = "templates:\n- {id: project/small, version: 1.10.0}\n"
    assert index_of(lay_down(tmp_path, files), {}).versions is None
    files["projects/a/project.yaml"] += "template: 1.9.0\n"
    files["projects/b/project.yaml"] += "template: 1.10.0\n"
    found = index_of(lay_down(tmp_path, files), {})
    assert found.versions == Decimal("0.5")
    assert found.index == (Decimal(0) + 0 + Decimal("0.5")) / 3
    files["projects/a/project.yaml"] = files["projects/a/project.yaml"].replace("1.9.0", "1.10.0")
    assert index_of(lay_down(tmp_path, files), {}).index == 0


def test_the_middle() -> None:
    assert median([]) is None
    assert median([3, 1, 2]) == 2
    assert median([1, 2]) == Decimal("1.5")


IDS = st.sampled_from([f"OBJ-{i}" for i in range(1, 7)])


@st.composite
def repositories(draw: st.DrawFn) -> Repository:
    objectives = {
        name: ObjectiveRecord(id=name, statement=name, parent=draw(st.none() | IDS)) for name in draw(st.sets(IDS))
    }
    programmes = {
        f"p{i}": ProgrammeRecord(id=f"p{i}", name="P", objectives=tuple(draw(st.lists(IDS, max_size=2))),
                                 part_of=draw(st.none() | st.sampled_from(["p0", "p1"])))
        for i in range(draw(st.integers(0, 2)))
    }  # fmt: skip
    plans = tuple(
        Plan(id=f"x{i}", name="X", tier="small", phase="execution", programme=draw(st.none() | st.sampled_from(["p0", "p1", "p9"])),
             objectives=tuple(ObjectiveLink(objective=one) for one in draw(st.lists(IDS, max_size=2, unique=True))),
             deliverables=(Deliverable(id="D1", name="D", objective=draw(st.none() | IDS)),),
             decisions=(Decision(id="D-001", title="T"),))
        for i in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    base = load(FolderTree(ROOT / "tests" / "no-such-folder")).repository
    from dataclasses import replace

    return replace(base, objectives=objectives, programmes=programmes, plans=plans)


@given(repositories())
def test_both_readings_walk_the_same_edges(repository: Repository) -> None:
    graph = strategy(repository)
    above, below = list(graph.from_above()), list(graph.from_below())
    assert set(above) == set(below) == set(graph.edges)
    assert len(above) == len(below) == len(graph.edges)
    for edge in graph.edges:
        assert edge.above in graph.above(edge.below)
        assert edge.below in graph.below(edge.above)


@given(repositories())
def test_contributions_of_a_project_add_up(repository: Repository) -> None:
    found = contributions(repository)
    for name in {one.project for one in found}:
        assert abs(sum((one.weight for one in found if one.project == name), Decimal(0)) - 1) < Decimal("1e-20")


def test_what_serves_nothing_and_what_nothing_serves() -> None:
    from dataclasses import replace

    base = load(FolderTree(ROOT)).repository
    assert orphans(base) == ()
    assert strategy(base).reaches_top(("deliverable", "visitor-desk/D1"))
    alone = replace(base, plans=())
    assert set(uncovered(alone)) == {
        one.id for one in base.objectives.values() if one.status == "active" and one.id != "MIS-1"
    }
    assert ("programme", "workplace") in orphans(alone)
    assert "OOB-4" not in uncovered(base)  # only deliverables serve it
    without = tuple(one for one in base.plans if all(each.objective != "OOB-4" for each in one.deliverables))
    assert "OOB-4" in uncovered(replace(base, plans=without))
    lost = replace(base, plans=tuple(replace(one, why=None, objectives=(), programme=None) for one in base.plans))
    assert ("project", "visitor-desk") in orphans(lost)
    assert Edge(below=("project", "visitor-desk"), above=("objective", "OBJ-4")) in strategy(base).edges
