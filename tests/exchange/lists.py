"""Small lists in the manner of those that departments publish, and a folder to import them into."""

from pathlib import Path

from handrail.exchange.imports import import_list, read_mapping, write
from handrail.load import FolderTree, load

MAPPING = """\
format: 1
id: returns
title: Returns
system: returns
key: number
as_of: {from: year, values: {'2023': 2023-03-31, '2024': 2024-03-31}}
numbers: {symbols: [£], thousands: ','}
dates: ['%d.%m.%Y', '%Y-%m-%d']
withheld:
- {matches: '(?i)exempt under section.*', reason: exempt from publication}
rows:
- {when: {column: number, is: TOTAL}, then: skip, reason: this is the line of totals}
- {when: {column: title, matches: '(?i)pilot'}, then: report, reason: a pilot}
ignore: {clerk: names of clerks are not imported}
fields:
- {to: name, from: title}
- {to: tier, value: large}
- {to: phase, value: closure, when: {column: end, before: as_of}}
- {to: phase, value: execution}
- {to: sensitivity, value: restricted, keep: yes, when: {matches: '(?i)exempt under section'}}
- {to: unit, from: department}
- {to: tags, from: kind, values: {Building: building}, otherwise: other}
- {to: why.problem, from: aims, longest: 40, heading: What it is for}
- {to: 'milestones[M1].name', value: End}
- {to: 'milestones[M1].planned', from: end}
- {to: budget.currency, value: GBP}
- {to: budget.approved, from: [cost, whole_cost], times: 1000000}
records:
- file: reports/{as_of}.md
  fields:
  - {to: as_of, value: '{as_of}'}
  - {to: status, from: [rating, rating (2)], ignore_case: yes, values: {Green: green, Amber: amber, Red: red}}
  - {to: because, from: comment, longest: 30, heading: Rating}
"""
HEADER = "year;number;title;department;kind;aims;rating;rating;comment;end;cost;clerk"
ROW = "2023;A_1;Bridge;DFT;Building;To cross the river;;Amber;Steel is late;31.03.2025;£1,234.5;Bob"


def table(*rows, header=HEADER):
    return "\r\n".join([header, *rows, ""]).encode("cp1252")


def mapping(text=MAPPING):
    read = read_mapping("returns.yaml", text.encode())
    assert read.mapping is not None, read.remarks
    return read.mapping


def run(into: Path, data, text=MAPPING, **more):
    """Import into a folder, write, and hold the promises that every import makes."""
    done = import_list(data, mapping(text), FolderTree(into), **more)
    write(into, done.files)
    report = done.report
    assert sum(report.counts.values()) == len(report.rows) * len(report.columns) == report.total
    listed = (
        report.counts["changed"] + report.counts["dropped"] + report.counts["unreadable"] + report.counts["by hand"]
    )
    assert len(report.cells) == listed
    assert all(one.reason for one in report.cells)
    return done


def remarks_of(into: Path):
    return [
        (one.loc.file, one.message) for one in load(FolderTree(into)).remarks if one.loc.file.startswith("projects/")
    ]


def plan(into: Path, name="a-1"):
    return next(one for one in load(FolderTree(into)).repository.plans if one.id == name)
