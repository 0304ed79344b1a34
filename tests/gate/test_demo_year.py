"""Every merge of the sample's year passes the rules about changes, judged by the law that stood before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.check import judge
from handrail.compute.portfolio import compute
from handrail.load import load
from handrail.rules.pull import Pull, Touched

from tests.rules.two_sides import LAW
from tests.test_demo_year import Revision, git, make

CHANGE = frozenset({"GOV-03", "GOV-05", "GOV-06", "GOV-08", "GAT-01", "GAT-03", "GAT-04", "BSL-01", "QLT-03", "RSK-03", "PRT-01",
                    "AUD-03", "STD-01"})  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("year") / "plans"
    made = make(target)
    assert made.returncode == 0, made.stderr
    return target


def test_every_merge_passes_its_gates(year: Path) -> None:
    told = []
    lines = git(year, "log", "--first-parent", "--reverse", "--format=%H %cs").decode().splitlines()
    assert len(lines) > 100, "a year is many merges"
    previous = None
    for line in lines:
        commit, day = line.split()
        current = Revision(year, commit)
        if previous is not None:
            told += [f"{day} {one.rule} {one.message}" for one in changed(previous, current, date.fromisoformat(day))]
        previous = current
    assert told == []


def changed(before: Revision, after: Revision, day: date) -> list[Any]:
    was, loaded = load(before).repository, load(after)
    proposed = loaded.repository
    judged = replace(proposed, **{name: getattr(was, name) for name in LAW})
    paths = sorted(
        one for one in before.files.keys() | after.files.keys() if before.files.get(one) != after.files.get(one)
    )
    pull = Pull(touched=tuple(Touched(path=one) for one in paths), was=was, proposed=proposed)
    stood = compute(was, day)
    remarks = judge(replace(loaded, repository=judged), compute(judged, day), stood, stood, pull).remarks
    return [one for one in remarks if one.rule in CHANGE and one.blocks]
