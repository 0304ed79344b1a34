"""What projects owe each other: circles are found and named, and both sides are told when their days differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from handrail.compute.dependencies import circles_of, needs
from handrail.model.project import Deliverable
from handrail.model.schedule import Dependency, Provision
from handrail.remark import Loc

from tests.command import ROOT, handrail
from tests.compute.world import plan

FILE = Loc("p.yaml", ())


def thing(name: str, day: date | None = None) -> Deliverable:
    return Deliverable(id=name, name=name, planned=day, loc=FILE)


def need(giver: str, what: str, by: date | None = None, status: str = "open") -> Dependency:
    return Dependency(project=giver, what=what, needed_by=by, status=status, loc=FILE)


def test_a_circle_through_three_projects_is_found_once():
    a = plan(id="a", deliverables=(thing("D1"),), depends_on=(need("b", "D1"),))
    b = plan(id="b", deliverables=(thing("D1"),), depends_on=(need("c", "D1"),))
    c = plan(id="c", deliverables=(thing("D1"),), depends_on=(need("a", "D1"),))
    outside = plan(id="d", depends_on=(need("a", "D1"),))
    (circle,) = circles_of([a, b, c, outside])
    assert {one.taker for one in circle} == {"a", "b", "c"}


def test_giving_each_other_one_thing_after_another_is_no_circle():
    a = plan(id="a", deliverables=(thing("D1", date(2027, 1, 4)),), depends_on=(need("b", "D1", date(2027, 6, 1)),))
    b = plan(id="b", deliverables=(thing("D1", date(2027, 5, 3)),), depends_on=(need("a", "D1", date(2027, 2, 1)),))
    assert list(circles_of([a, b])) == []


def test_what_only_the_giver_has_written_down_counts_too():
    giver = plan(id="g", deliverables=(thing("D1"),), provides=(Provision(project="t", what="D1", loc=FILE),))
    taker = plan(id="t", deliverables=(thing("D2"),), depends_on=(need("g", "D2", status="closed"),))
    assert [(one.taker, one.giver, one.what) for one in needs([giver, taker])] == [("t", "g", "D1")]


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A governed repository with a taker and a giver who agree."""
    folder = tmp_path / "plans"
    assert handrail("init", folder, "--sample", cwd=ROOT).status == 0
    return folder


def told(folder: Path) -> set[tuple[str, str]]:
    done = handrail("check", "--format", "json", "--as-of", "2026-12-04", cwd=folder)
    return {(one["project"], one["file"]) for one in done.json["remarks"] if one["rule"] == "SCH-08"}


def test_a_change_on_the_giving_side_alone_is_told_to_both(pair: Path):
    giver = pair / "projects/depot-grid/project.yaml"
    taker = pair / "projects/depot-charging/project.yaml"
    others = told(pair)
    assert not {name for name, _ in others} & {"depot-grid", "depot-charging"}
    unchanged = taker.read_bytes()
    text = giver.read_text()
    giver.write_text(text.replace("what: D1, by: 2027-01-29", "what: D1, by: 2027-02-26"))
    assert giver.read_text() != text
    assert taker.read_bytes() == unchanged
    assert {name for name, _ in told(pair) - others} == {"depot-grid", "depot-charging"}
