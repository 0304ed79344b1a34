"""Text from plans is words on a page, whatever it looks like: no script, no formula, no address, no broken file."""

from __future__ import annotations

import io
import shutil
import zipfile

import pytest

from tests.command import git
from tests.pack.packs import commit, in_libreoffice, opened, pdf_text, plain, write

NASTY = '=HYPERLINK("http://evil.example/x","<script>alert(1)</script>") & ]]> {{ 7*7 }} _x0041_ \\\\"'

MILESTONE = "name: Renew a season ticket"


@pytest.fixture(scope="module")
def hostile(plans, tmp_path_factory):
    root = shutil.copytree(plans, tmp_path_factory.mktemp("hostile") / "plans", symlinks=True)
    folder = root / "projects/ticket-app"
    quoted = "'" + NASTY.replace("'", "''") + "'"
    plan = folder / "project.yaml"
    plan.write_text(plan.read_text().replace("name: Tickets in the travel app", f"name: {quoted}"))
    schedule = folder / "schedule.yaml"
    assert MILESTONE in schedule.read_text()
    schedule.write_text(schedule.read_text().replace(MILESTONE, f"name: {quoted}"))
    report = max((folder / "reports").glob("*.md"))
    report.write_text(report.read_text() + '\n<img src="http://evil.example/i.png"> ![x](http://evil.example/y.png) [go](http://evil.example/z) <iframe src="file:///etc/passwd"></iframe>\n')  # fmt: skip
    commit(root, "2026-12-03T09:00:00+00:00")
    assert git("status", "--porcelain", cwd=root) == ""
    return root


def test_slides_hold_it_as_text(hostile, tmp_path):
    goal = tmp_path / "a.pptx"
    write(hostile, "digital-board", goal)
    titles = [one.shapes.title.text for one in opened(goal).slides]
    assert NASTY in titles
    with zipfile.ZipFile(goal) as parts:
        for name in parts.namelist():
            data = parts.read(name)
            assert b'TargetMode="External"' not in data, name
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(io.BytesIO(data)) as book:
                    assert not any(
                        b"<f>" in book.read(one) or b"hyperlink" in book.read(one) for one in book.namelist()
                    )
    (slide,) = [one for one in opened(goal).slides if one.shapes.title.text == NASTY]
    trend = next(one.chart for one in slide.shapes if one.has_chart and one.name == "Trend chart")
    assert any("=HYPERLINK" in one.name for one in trend.plots[0].series), "the name of a milestone is in the chart"
    assert "HYPERLINK" in plain(" ".join(pdf_text(in_libreoffice(goal, tmp_path))))


def test_paper_holds_it_as_text(hostile, tmp_path):
    goal = tmp_path / "a.pdf"
    write(hostile, "digital-board", goal)
    data = goal.read_bytes()
    assert b"/URI" not in data
    text = plain(" ".join(pdf_text(goal)))
    assert "<script>alert(1)</script>" in text
    assert "root:" not in text
    assert "49" not in text.split("{{")[1][:8]
