"""PRT-03 on real histories: an end that keeps moving, float that is used up, work that gets dearer; and who says nothing."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.compute.early_warning import Earlier, Limits, days_of, signs_of
from handrail.model.project import Plan
from handrail.model.records import Report
from handrail.remark import Loc

from tests.command import ROOT, Done, handrail
from tests.history.test_history import Repo

LAW: dict[str, str | None] = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: Europe/Paris\n",
    "standards/people/people.yaml": "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n",
    "standards/policy/thresholds.yaml": (ROOT / "standards/policy/thresholds.yaml").read_text(encoding="utf-8"),
}
PLAN = """id: hall
name: New hall
tier: {tier}
phase: {phase}
sponsor: ann
manager: ben
start: 2026-07-01
tolerance: {{time_days: 60}}
milestones:
- {{id: M1, name: Hall opens, planned: 2027-03-01, forecast: {end}}}
"""
MONTHS = ("2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30")


def report(day: str) -> dict[str, str | None]:
    return {f"projects/hall/reports/{day}.md": f"---\nas_of: {day}\nstatus: green\n---\nAll is well.\n"}


def grown(root: Path, *ends: str, tier: str = "medium", phase: str = "execution") -> Repo:
    """A report a month, handed in three days later, each with the end as it was expected then."""
    made = Repo(root / "repo")
    made.commit("2026-08-01T12:00:00+02:00", LAW)
    for day, end in zip(MONTHS, ends, strict=True):
        moment = date.fromisoformat(day) + timedelta(days=3)
        plan = PLAN.format(end=end, tier=tier, phase=phase)
        made.commit(f"{moment}T12:00:00+01:00", {**report(day), "projects/hall/project.yaml": plan})
    return made


def look(root: Path, *more: str, as_of: str = "2026-12-04") -> Done:
    return handrail("check", "--look-back", "--format", "json", "--as-of", as_of, *more, cwd=root)


def told(done: Done) -> list[str]:
    return [one["message"] for one in done.json["remarks"] if one["rule"] == "PRT-03"]


def test_three_moves_in_a_row_are_told_with_the_report_they_were_first_seen_with(tmp_path: Path) -> None:
    root = grown(tmp_path, "2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04").root
    done = look(root)
    (message,) = told(done)
    assert "each of the last 3 reports: 1 Mar 2027, 2 Mar 2027, 3 Mar 2027, 4 Mar 2027. It is still green." in message
    assert "First seen with the report of 30 Nov 2026." in message
    (remark,) = [one for one in done.json["remarks"] if one["rule"] == "PRT-03"]
    assert (remark["enforce_at"], remark["project"]) == ("watch", "hall")
    assert done.status == 0


@pytest.mark.parametrize(
    "ends",
    [
        ("2027-03-01", "2027-03-01", "2027-03-15", "2027-03-22"),  # two moves only
        ("2027-03-01", "2027-03-08", "2027-03-07", "2027-03-22"),  # once it came back
        ("2027-03-22", "2027-03-15", "2027-03-08", "2027-03-01"),  # it gets better
    ],
)
def test_fewer_moves_are_none(tmp_path: Path, ends: tuple[str, ...]) -> None:
    assert told(look(grown(tmp_path, *ends).root)) == []


@pytest.mark.parametrize(("tier", "phase"), [("small", "execution"), ("medium", "planning")])
def test_small_projects_and_plans_in_the_making_may_move(tmp_path: Path, tier: str, phase: str) -> None:
    ends = ("2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22")
    assert told(look(grown(tmp_path, *ends, tier=tier, phase=phase).root)) == []


def test_what_is_not_looked_for_costs_nothing_and_is_not_told(tmp_path: Path) -> None:
    root = grown(tmp_path, "2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22").root
    assert told(handrail("check", "--format", "json", "--as-of", "2026-12-04", cwd=root)) == []
    before = sorted(path.name for path in (root / ".git").iterdir())
    look(root, "--no-cache")
    assert sorted(path.name for path in (root / ".git").iterdir()) == before


def test_the_memory_says_the_same_again_also_when_it_is_spoilt(tmp_path: Path) -> None:
    root = grown(tmp_path, "2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22").root
    first, second = (told(look(root)) for _ in range(2))
    memory = root / ".git" / "handrail" / "history.sqlite"
    assert memory.is_file()
    memory.write_bytes(b"no database")
    assert first == second == told(look(root)) != []


def test_the_end_counts_as_it_stands_on_the_disk(tmp_path: Path) -> None:
    root = grown(tmp_path, "2027-03-01", "2027-03-08", "2027-03-15", "2027-03-15").root
    assert told(look(root)) == []
    plan = root / "projects" / "hall" / "project.yaml"
    plan.write_text(plan.read_text().replace("forecast: 2027-03-15", "forecast: 2027-03-16"))
    assert len(told(look(root))) == 1


def test_where_no_history_is_kept_it_is_said(tmp_path: Path) -> None:
    whole = grown(tmp_path, "2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22").root
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", whole.as_uri(), shallow], check=True)
    done = look(shallow)
    assert told(done) == []
    assert "Earlier days were not looked at:" in done.err
    assert str(shallow) not in done.err


def test_a_change_is_not_judged_by_earlier_days(tmp_path: Path) -> None:
    root = grown(tmp_path, "2027-03-01", "2027-03-08", "2027-03-15", "2027-03-22").root
    done = handrail("check", "--look-back", "--base", "main", cwd=root)
    assert done.status == 2
    assert "a change is judged by what it changes" in done.err


def plan_with(*days: str) -> Plan:
    reports = tuple(Report(loc=Loc("x"), as_of=date.fromisoformat(day), status="green") for day in days)
    return Plan(loc=Loc("x"), id="hall", name="Hall", tier="medium", phase="execution", reports=reports)


NOW = date(2026, 12, 4)


def at(day: date, **facts: object) -> Earlier:
    return Earlier(on=day, **facts)  # type: ignore[arg-type] # a table of facts


@pytest.mark.parametrize(
    ("then", "now", "speaks"),
    [
        ({"T1": 20, "T2": 10}, {"T1": 10, "T2": 5}, True),  # exactly half
        ({"T1": 20, "T2": 10}, {"T1": 10, "T2": 6}, False),
        ({"T1": 20, "T9": 0}, {"T1": 10, "T2": 90}, True),  # only what is open at both times
        ({"T1": 0}, {"T1": 0}, False),  # none to lose
        ({"T1": 10}, {"T2": 1}, False),
        ({}, {"T1": 1}, False),
    ],
)
def test_float_that_has_halved(then: dict[str, int], now: dict[str, int], speaks: bool) -> None:  # noqa: FBT001 - a table
    known = {NOW - timedelta(days=60): at(NOW - timedelta(days=60), floats=then)}
    signs = signs_of(plan_with("2026-11-30"), at(NOW, floats=now), known)
    assert [one.kind for one in signs] == (["float"] if speaks else [])


@pytest.mark.parametrize(
    ("values", "speaks"),
    [
        (("1.00", "0.98", "0.95"), True), (("1.00", "0.98", "0.951"), False), (("1.00", "1.01", "0.90"), False),
        (("0.90", "0.95", "1.00"), False), ((None, "0.98", "0.90"), False),
    ],
)  # fmt: skip
def test_efficiency_that_falls_by_five_points_over_two_reports(values: tuple[str | None, ...], speaks: bool) -> None:  # noqa: FBT001 - a table
    first, second, third = (None if one is None else Decimal(one) for one in values)
    plan = plan_with("2026-09-30", "2026-10-31", "2026-11-30")
    known = {
        date(2026, 10, 30): at(date(2026, 10, 30), cpi=first),
        date(2026, 11, 29): at(date(2026, 11, 29), cpi=second),
    }
    assert [one.kind for one in signs_of(plan, at(NOW, cpi=third), known)] == (["efficiency"] if speaks else [])


def test_a_sign_is_as_old_as_the_first_report_that_has_shown_it_since() -> None:
    days = [date(2026, month, 28) for month in range(5, 12)]
    plan = plan_with(*map(str, days))
    ends = [date(2027, 1, day) for day in (1, 5, 9, 12, 15, 20, 25)]
    known = {later - timedelta(days=1): at(later - timedelta(days=1), end=end)
             for later, end in zip(days[1:], ends, strict=False)}  # fmt: skip
    (sign,) = signs_of(plan, at(NOW, end=ends[-1]), known)
    assert sign.since == days[3]  # the third move came with the fourth report
    assert len(sign.values) == 4
    assert set(known) <= set(days_of(plan, NOW))
    assert signs_of(plan, at(NOW, end=ends[-1]), known, Limits(moves=7)) == ()
