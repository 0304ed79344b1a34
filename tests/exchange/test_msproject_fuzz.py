"""A good file with parts of it spoilt at random: a message or a report, and never a fault."""

from __future__ import annotations

import random
import re

import pytest
from handrail.exchange.msproject.importer import Beside, import_plan
from handrail.exchange.msproject.tree import NotReadable
from handrail.load import FolderTree, load

from tests.exchange.plans import ORIGIN, folder, sent

PLAN = """\
status_date: 2027-02-01
scheduling: {start: 2027-01-11, calendar: NIGHT, honour_constraints: no, hours_per_day: 6, critical_up_to: 1d}
calendars:
- {id: NIGHT, week: {monday: '22:00-06:00', tuesday: 08:00-12:00}, holidays: [2027-01-18], exceptions: {2027-01-20: 08:00-09:00}}
milestones: [{id: M1, name: Open, planned: 2027-03-01}]
tasks:
- {id: T1, name: Works, constraint: {type: SNET, date: 2027-01-12}}
- {id: T2, name: Dig, parent: T1, duration: 3d, actual_start: 2027-01-12, remaining: 1d, percent: 40%, assignees: [RS-1]}
- {id: T3, name: Build, parent: T1, duration: 2w, links: [{task: T2, type: SS, lag: -1d}, {task: M1}], deadline: 2027-02-01}
- {id: T4, name: Meet, manual: yes, start: 2027-01-13T10:00, finish: 2027-01-13T12:00, duration: 2h, note: Bring the plan, active: no}
resources: [{id: RS-1, name: Digger, kind: equipment}]
""".replace(", {task: M1}", "")
SPOILT = (
    "", "0", "-1", "1", "7", "99999999999999999999", "-99999999999", "nan", "x", "true", "\u0000", "2027-02-30T08:00:00", "9999-12-31T23:59:00",
    "0001-01-01T00:00:00", "2149-12-31T23:59:00", "PT", "P", "PT-8H", "PT99999999H0M0S", "24:00:00", "25:00:00", "00:00:00",
    "bridge/tasks/T3", "bridge/milestones/M1", "tunnel/tasks/T9", "1aaaaa", "1.....", "{{7*7}}", "\u202e", "T1", "\n", "é" * 300,
)  # fmt: skip


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("spoilt"), PLAN)


@pytest.mark.parametrize("seed", range(12))
def test_a_spoilt_file_is_a_message_or_a_report(seed, base):
    chance = random.Random(seed)
    tree = FolderTree(base)
    good = sent(base).decode()
    leaves = [match.span(1) for match in re.finditer(r">([^<>\n]*)</", good)]
    refused: list[tuple[str, str]] = []
    lines = good.splitlines(keepends=True)
    for _ in range(25):
        kind = chance.random()
        if kind < 0.7:
            text = good
            for start, end in sorted(chance.sample(leaves, chance.randint(1, 6)), reverse=True):
                text = text[:start] + chance.choice(SPOILT).replace("\u0000", "&#0;") + text[end:]
        elif kind < 0.9:  # a line is lost, or comes twice
            place = chance.randrange(len(lines))
            text = "".join(lines[:place] + lines[place : place + 1] * chance.choice((0, 2)) + lines[place + 1 :])
        else:
            text = good[: chance.randrange(len(good))]
        try:
            done = import_plan(text.encode(), tree, "bridge", ORIGIN)
        except NotReadable as error:
            refused.append((error.message, error.fix))
            continue
        remarks = [one for one in load(Beside(tree=tree, files=done.files)).remarks if one.project == "bridge"]
        assert not remarks, (remarks, text)
    assert all(message and fix for message, fix in refused)
