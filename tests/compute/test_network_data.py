"""Real plans and published networks: every date that was stored with them must come out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from handrail.compute.calendar import WEEK, WorkCalendar
from handrail.compute.jobs import Job, Settings, Tie
from handrail.compute.network import compute

from tests.compute.networks import FIGURES, Stored, table
from tests.shared_data import shared

FIRST = shared("cpm/network-01.json")
NETWORKS = sorted(FIRST.parent.glob("network-*.json"))
PSPLIB = json.loads(shared("psplib_j30.json").read_text(encoding="utf-8"))
DAYS = WorkCalendar([((0, 1),)] * 7)
"""One minute of work a day, so that a day of these networks is one minute."""


@pytest.mark.parametrize("path", NETWORKS, ids=lambda path: path.stem)
def test_every_stored_date_comes_out_again(path: Path) -> None:
    different = [one for one in Stored(path).compare() if not one.equal]
    assert different == []


def test_the_table_of_agreement(capsys: pytest.CaptureFixture[str]) -> None:
    text, equal, known = table([Stored(path) for path in NETWORKS])
    with capsys.disabled():
        print(f"\n{text}\n{sum(equal.values())} of {sum(known.values())} stored figures are equal in working time")
    assert len(NETWORKS) >= 27
    assert equal == known
    assert set(known) == set(FIGURES)
    assert known["ES"] == sum(len(Stored(path).jobs) for path in NETWORKS)


def test_every_makespan_of_psplib() -> None:
    assert len(PSPLIB) == 480
    start = 100 * WEEK
    wrong = []
    for one in PSPLIB:
        ties: list[list[Tie]] = [[] for _ in one["durations"]]
        for i, successors in enumerate(one["successors"]):
            for successor in successors:
                ties[successor - 1].append(Tie(str(i)))
        jobs = [
            Job(id=str(i), minutes=length, calendar=DAYS, ties=tuple(ties[i]))
            for i, length in enumerate(one["durations"])
        ]
        network = compute(jobs, Settings(start=start))
        makespan = DAYS.between(network.start, network.finish)
        if makespan != one["makespan"] or not any(times.critical for times in network.times.values()):
            wrong.append(one["instance"])
    assert wrong == []
