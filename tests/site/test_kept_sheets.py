"""An edit makes those sheets of the workbooks anew whose tables it has changed, and the files are those of a cold build."""

import shutil

import pytest
from handrail.export.sheet import sheet
from handrail.fast import sealed, sheets
from handrail.site import build

from tests.site.test_fast_build import changed
from tests.site.test_same_bytes import contents

PLAN = "projects/visitor-desk/project.yaml"


@pytest.fixture
def made(monkeypatch):
    """The tables whose sheets were made."""
    found: list[str] = []

    def noted(data):
        found.append(data.path)
        return sheet(data)

    monkeypatch.setattr(sheets, "sheet", noted)
    return found


@pytest.fixture
def own(repository, tmp_path):
    """A repository of this test alone, with a site that was built before."""
    folder = tmp_path / "own"
    shutil.copytree(repository, folder, ignore=shutil.ignore_patterns(".git", ".cache"))
    build(folder, tmp_path / "site")
    return folder


def workbooks(folder):
    return {name: data for name, data in contents(folder).items() if name.endswith(".xlsx")}


def cold(folder, tmp_path):
    shutil.rmtree(tmp_path / "cold", ignore_errors=True)
    return workbooks(build(folder, tmp_path / "cold", cold=True).site_dir)


def test_an_edit_makes_the_sheets_that_it_changes(own, tmp_path, made):
    before = workbooks(tmp_path / "site")
    made.clear()
    changed(own / PLAN, "cause: One workshop", "cause: A single workshop")
    after = workbooks(build(own, tmp_path / "site").site_dir)
    assert made == ["risks"]
    assert {name for name in after if after[name] != before[name]} == {"data/portfolio.xlsx", "data/risks.xlsx"}
    assert after == cold(own, tmp_path)


def test_sheets_of_tables_that_come_and_go(own, tmp_path, made):
    plan = (own / PLAN).read_text(encoding="utf-8")
    told = "communications: [{audience: Staff, content: The week, cadence: weekly, channel: Board, owner: j.okafor}]\n"
    (own / PLAN).write_text(plan + told, encoding="utf-8")
    made.clear()
    came = workbooks(build(own, tmp_path / "site").site_dir)
    assert "communications" in made
    assert "rules" not in made
    assert "data/communications.xlsx" in came
    assert came == cold(own, tmp_path)
    (own / PLAN).write_text(plan, encoding="utf-8")
    made.clear()
    went = workbooks(build(own, tmp_path / "site").site_dir)
    assert "communications" not in made
    assert "data/communications.xlsx" not in went
    assert went == cold(own, tmp_path)


def test_kept_sheets_that_were_torn_or_altered_count_for_nothing(own, tmp_path, made):
    (place,) = own.rglob("sheets")
    before = workbooks(tmp_path / "site")
    good = place.read_bytes()
    parts = sealed.read_parts(place)
    for bad in (b"", b"nothing", good[:100], good[:-1], good[:-1] + bytes([good[-1] ^ 1])):
        place.write_bytes(bad)
        again(own)
        made.clear()
        assert workbooks(build(own, tmp_path / "site").site_dir) == before
        assert set(made) == set(parts)
    swapped = dict(zip(parts, reversed(parts.values()), strict=True))  # one table's under another's name
    for other in ({one: data[:20] for one, data in parts.items()}, swapped):
        sealed.write_parts(place, other)
        again(own)
        made.clear()
        assert workbooks(build(own, tmp_path / "site").site_dir) == before
        assert len(made) >= len(parts) - 1  # the one in the middle keeps its place


def again(folder):
    """A change of no consequence, so that there is something to build."""
    plan = folder / PLAN
    plan.write_text(plan.read_text(encoding="utf-8") + "\n", encoding="utf-8")
