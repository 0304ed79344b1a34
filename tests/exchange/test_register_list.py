"""A risk register from elsewhere becomes lines of a plan's register, each row once, through a mapping like any other."""

from __future__ import annotations

import io

import openpyxl
import pytest
from handrail.exchange.imports import read_mapping, write
from handrail.exchange.register_list import Given, import_register
from handrail.load import FolderTree, load
from handrail.source import read_yaml

from tests.exchange.plans import folder

MAPPING = """\
format: 1
id: old-risks
title: The old risk register
system: risk-log
key: "No"
register: risks
project: {from: Project, values: {The bridge: bridge}}
dates: ['%d.%m.%Y']
rows:
- {when: {column: Title, is: Total}, then: skip, reason: this is the line of totals}
ignore: {Clerk: names of clerks are not imported}
fields:
- {to: title, from: Title}
- {to: probability, from: Likelihood, values: {Low: 2, High: 4}}
- {to: impact, from: Severity}
- {to: cost_impact, from: Cost, times: 1000}
- {to: due, from: Due}
- {to: status, from: Open, values: {'yes': open, 'no': closed}}
"""
HEAD = ["No", "Project", "Title", "Likelihood", "Severity", "Cost", "Due", "Open", "Clerk"]
ROWS = (
    [17, "The bridge", "Flood", "High", 5, 2.4, "31.03.2027", "yes", "Ann"],
    [18, "Bridge", "Strike", "maybe", 9, None, None, "no", "Bob"],
    [19, "Tunnel", "Fire", "Low", 1, None, None, "yes", None],
    [17, "bridge", "Flood again", "Low", 1, None, None, "yes", None],
    [20, "bridge", None, "Low", 1, None, None, "yes", None],
    [None, None, "Total", None, 15, None, None, None, None],
    [21, "bridge", "Total", None, 15, None, None, None, None],
)


def workbook(*rows):
    made = openpyxl.Workbook()
    for row in (HEAD, *rows):
        made.worksheets[0].append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def listed(*rows):
    return "\n".join(";".join("" if one is None else str(one) for one in row) for row in (HEAD, *rows)).encode()


def mapping(text=MAPPING):
    found = read_mapping("old-risks.yaml", text.encode())
    assert found.mapping is not None, found.remarks
    return found.mapping


def run(root, data, **given):
    done = import_register(data, mapping(), load(FolderTree(root)).repository, Given(**given))
    report = done.report
    assert sum(report.counts.values()) == report.total
    return done


def risks(done):
    return read_yaml("r", done.files["projects/bridge/risks.yaml"]).value["risks"]


@pytest.mark.parametrize("made", [workbook, listed])
def test_rows_become_lines_and_every_cell_is_accounted_for(tmp_path, made):
    root = folder(tmp_path)
    done = run(root, made(*ROWS))
    assert [one.outcome for one in done.report.rows] == [
        "created", "created", "not imported", "not imported", "not imported", "not imported", "skipped",
    ]  # fmt: skip
    first, second = risks(done)
    assert first == {
        "id": "R-001", "title": "Flood", "probability": 4, "impact": 5, "cost_impact": 2400, "due": "2027-03-31",
        "status": "open", "extra": {"source": "risk-log 17"},
    }  # fmt: skip
    assert second == {"id": "R-002", "title": "Strike", "status": "closed", "extra": {"source": "risk-log 18"}}
    said = {one.row: one.notes[0] for one in done.report.rows}
    assert "no project `Tunnel`" in said[4]
    assert "R-001 came from a row with this key" in said[5]
    assert "would lack: Title" in said[6]
    unread = {(one.row, one.column) for one in done.report.cells if one.outcome == "unreadable"}
    assert unread == {(3, "Likelihood"), (3, "Severity")}


def test_the_list_again_adds_only_what_is_new_below_what_people_wrote(tmp_path):
    root = folder(tmp_path)
    (root / "projects/bridge/risks.yaml").write_text("# by hand\nrisks:\n- id: R-007\n  title: Ice   # since winter\n")
    write(root, run(root, workbook(ROWS[0])).files)
    text = (root / "projects/bridge/risks.yaml").read_text()
    assert text.startswith(
        "# by hand\nrisks:\n- id: R-007\n  title: Ice   # since winter\n- id: R-008\n  title: Flood\n"
    )
    assert not load(FolderTree(root)).remarks
    again = run(root, workbook(*ROWS[:2]))
    assert [one.outcome for one in again.report.rows] == ["not imported", "created"]
    assert again.files["projects/bridge/risks.yaml"].decode().startswith(text)


def test_one_project_can_be_named_for_all_rows(tmp_path):
    root = folder(tmp_path)
    done = run(root, workbook(ROWS[2]), project="bridge")
    assert [one["title"] for one in risks(done)] == ["Fire"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("register: risks", "", "register"), ("{to: title, from: Title}", "{to: titel, from: Title}", "titel"),
        ("- {to: title, from: Title}\n", "", "Title is missing"), ("register: risks", "register: reports", "reports"),
        ("fields:\n", "records:\n- {file: 'reports/2026-11-30.md', fields: [{to: status, value: green}, {to: as_of, value: 2026-11-30}]}\nfields:\n", "records"),
    ],
)  # fmt: skip
def test_a_mapping_with_a_mistake_is_refused_as_a_whole(old, new, said):
    found = read_mapping("old-risks.yaml", MAPPING.replace(old, new).encode())
    assert found.mapping is None
    assert any(said in f"{one.message} {one.fix}" for one in found.remarks)
