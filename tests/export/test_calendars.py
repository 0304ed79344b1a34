"""Calendars of gates and milestones: ids that stay when days move, nothing of hidden projects, no line that breaks out."""

from datetime import date

import pytest
from handrail.compute.audience import seen
from handrail.export.calendars import calendar_of, calendars
from handrail.run import run

from tests.site import governed


def made(root, **more):
    governed.write(
        root, "projects/visitor-desk/project.yaml", governed.small_plan("visitor-desk", "New visitor desk", **more)
    )
    result = run(root, today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, result.portfolio.repository.organisation.audience)
    address = "https://plans.example/"
    own = {f"projects/{one.id}.ics": calendar_of(one, result.portfolio, address) for one in shown.projects}
    return {**own, **{path: data.decode() for path, data in calendars(result.portfolio, shown, address)}}


@pytest.fixture
def root(tmp_path):
    return governed.make(tmp_path / "one")


def test_an_entry_keeps_its_id_when_its_day_moves(root):
    before = made(root)["projects/visitor-desk.ics"]
    after = made(root, milestones="[{id: M3, name: Desk opens, planned: 2027-02-01, forecast: 2027-03-22}]")[
        "projects/visitor-desk.ics"
    ]
    uid = "UID:visitor-desk.milestone.M3@handrail"
    assert uid in before
    assert uid in after
    assert "DTSTART;VALUE=DATE:20270222" in before
    assert "DTSTART;VALUE=DATE:20270322" in after
    assert "URL:https://plans.example/projects/visitor-desk/" in before


def test_gates_stand_apart_and_hidden_projects_nowhere(root):
    found = made(root)
    assert found["gates.ics"].count("BEGIN:VEVENT") < found["milestones.ics"].count("BEGIN:VEVENT")
    assert "projects/northwind.ics" not in found
    assert governed.SECRET not in "".join(found.values())
    assert "northwind" not in "".join(found.values())


def test_a_hostile_name_stays_text_and_two_runs_give_the_same(root):
    found = made(root)
    assert found == made(root)
    for text in found.values():
        assert all(len(one.encode()) <= 75 for one in text.split("\r\n"))
        assert "\n" not in text.replace("\r\n", "")
