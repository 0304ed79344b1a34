"""What was there before stops nobody; new harm stops, also where it hides behind an old remark."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.repository import DESK, Governed

RULE = """\
id: RSK-90
title: A likely risk says what is done
requirement: S-RISK.2
level: must
enforce_at: merge
severity: major
applies_to: {{kind: project{when}}}
each: project.risks
checks:
- assert: "{test}"
  at: action
  message: '"{{item.title}}" is not answered.'
  fix: "Say what is done."
{measure}"""
RISKS = "projects/visitor-desk/risks.yaml"
WORLD = """\
risks:
- id: R-001
  title: Fire
  cause: Wires
  event: it burns
  effect: weeks are lost
  probability: {first}
  impact: 4
  response: reduce
  action: Look
  owner: j.okafor
  due: 2027-01-12
  review: 2027-01-05
  status: open
- id: R-002
  title: Flood
  cause: Rain
  event: it floods
  effect: weeks are lost
  probability: {second}
  impact: 4
  response: reduce
  action: Look
  owner: j.okafor
  due: 2027-01-12
  review: 2027-01-05
  status: open
"""


def governed(tmp_path: Path, *, test: str = "item.score < 8", measure: str = "", when: str = "") -> Governed:
    repository = Governed.sample(tmp_path, "visitor-desk")
    measure = f"  measure: {measure}\n" if measure else ""
    when = f', when: "{when}"' if when else ""
    repository.write("standards/risk/rsk-90.rule.yaml", RULE.format(test=test, measure=measure, when=when))
    repository.write(RISKS, WORLD.format(first=3, second=1)).commit("A rule of our own")
    return repository.branch()


def test_an_old_remark_stops_nobody(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    repository.replace(RISKS, "cause: Wires", "cause: Old wires").commit()
    verdict = repository.check()
    assert not verdict.blocks, verdict.said()
    assert [one["state"] for one in verdict.of("RSK-90")] == ["existing"]


def test_a_new_one_stops_and_is_told_first(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    repository.write(RISKS, WORLD.format(first=3, second=4)).commit()
    verdict = repository.check()
    assert verdict.blocking() == ["RSK-90"]
    assert [one["state"] for one in verdict.of("RSK-90")] == ["new", "existing"]


def test_new_harm_does_not_hide_behind_an_old_remark(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    repository.write(RISKS, WORLD.format(first=5, second=1)).commit()
    verdict = repository.check()
    assert [one["state"] for one in verdict.of("RSK-90")] == ["new"], verdict.said()
    assert verdict.blocks


@pytest.mark.parametrize(("probability", "state"), [(2, "existing"), (3, "existing"), (4, "worsened")])
def test_a_measure_says_whether_it_is_worse(tmp_path: Path, probability: int, state: str) -> None:
    repository = governed(tmp_path, measure="item.score")
    repository.write(RISKS, WORLD.format(first=probability, second=1) + "# a word\n").commit()
    verdict = repository.check()
    assert [one["state"] for one in verdict.of("RSK-90")] == [state]
    assert verdict.blocks == (state == "worsened")


def test_moving_and_formatting_bring_nothing_new(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    first, second = WORLD.format(first=3, second=1).removeprefix("risks:\n").split("- id: R-002")
    repository.remove(RISKS).append(DESK, f"risks:\n# the other way round\n- id: R-002{second}{first}").commit()
    verdict = repository.check()
    assert not verdict.blocks, verdict.said()
    assert [one["state"] for one in verdict.of("RSK-90")] == ["existing"]


def test_what_is_mended_is_counted(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    repository.write(RISKS, WORLD.format(first=1, second=1)).commit()
    done = repository.handrail("check", "--base", "main", "--head", "work")
    assert done.status == 0
    assert "1 mended" in done.out


def test_another_thing_under_the_same_id_is_not_the_old_remark(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    repository.replace(RISKS, "title: Fire", "title: The supplier fails").commit()
    assert [one["state"] for one in repository.check().of("RSK-90")] == ["new"]


@pytest.mark.parametrize("escape", ["state: suspended", "state: cancelled"])
def test_a_rule_that_applied_before_still_applies(tmp_path: Path, escape: str) -> None:
    repository = governed(tmp_path, when="project.state == 'active'")
    repository.write(RISKS, WORLD.format(first=3, second=4)).replace(DESK, "state: active", escape).commit()
    assert "RSK-90" in repository.check().blocking()


def test_a_waiver_cannot_come_with_what_it_permits(tmp_path: Path) -> None:
    repository = governed(tmp_path)
    repository.write(
        "projects/visitor-desk/waivers/W-009.yaml",
        "id: W-009\nrule: RSK-90\nreason: No time\ninstead: We talk\nrequested_by: j.okafor\n"
        "starts: 2026-12-01\nexpires: 2027-02-01\nrisk_accepted_by: c.moreau\n",
    )
    repository.write(RISKS, WORLD.format(first=3, second=4)).commit()
    assert "RSK-90" in repository.check().blocking()


def test_what_a_gate_needs_stops_only_the_change_that_records_it(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk")
    text = RULE.format(test="item.score < 8", measure="", when="").replace("enforce_at: merge", "enforce_at: gate")
    repository.write("standards/risk/rsk-90.rule.yaml", text)
    repository.write(RISKS, WORLD.format(first=3, second=1)).commit("A rule of our own")
    repository.branch().write(RISKS, WORLD.format(first=3, second=4)).commit()
    assert "RSK-90" not in repository.check().blocking()
    assert "phase: execution" in repository.read(DESK)
    repository.replace(DESK, "phase: execution", "phase: closure").commit()
    verdict = repository.check()
    assert "RSK-90" in verdict.blocking()
    assert verdict.blocks
