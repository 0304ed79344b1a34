"""The figures of "Are we getting better?" against those worked out by hand, on days at both sides of each border."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.compute.audience import Seen, seen
from handrail.compute.facts import Portfolio
from handrail.compute.getting_better import MEASURED, Improvement, course, improvement, values
from handrail.compute.heterogeneity import Fit
from handrail.compute.portfolio import compute
from handrail.compute.trend import History, Point, facts_of
from handrail.history import month_ends
from handrail.load import FolderTree, load
from handrail.report.improvement import headline, notes, said, table, thinned

PLAN = "id: {id}\nname: {id}\ntier: small\nphase: execution\nsponsor: ann\nmanager: ben\n"
LESSON = "---\nid: {id}\ntitle: x\ntags: [{tag}]\nraised_on: {day}\n---\nWords.\n"
BASELINE = "id: BL-001\nmade_on: 2026-01-05\nvalues: {M1: {planned: 2026-03-02}, M2: {planned: 2026-05-04}, D1: {planned: 2026-06-01}}\n"
FILES = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\n",
    "standards/people/people.yaml": "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n",
    "standards/risk/index.md": "---\nid: S-RISK\ntitle: Risk\nversion: 1.1.0\n---\nWords.\n",
    "standards/templates/project/small/project.yaml": "id: x\nname: x\ntier: small\nphase: x\nsponsor: x\nmanager: x\nrisks: []\nteam: {}\n",
    # a: M1 is a day late, M2 on its day, D1 two days early and rejected before it was accepted
    "projects/a/project.yaml": PLAN.format(id="a")
    + "milestones:\n- {id: M1, name: One, planned: 2026-03-02, actual: 2026-03-03}\n"
    "- {id: M2, name: Two, planned: 2026-05-11, actual: 2026-05-04}\n"
    "deliverables:\n- {id: D1, name: Thing, planned: 2026-06-01, actual: 2026-05-28, status: done}\n"
    "- {id: D2, name: Other, planned: 2026-09-01, actual: 2026-09-01, status: done}\n",
    "projects/a/baselines/BL-001.yaml": BASELINE,
    "projects/a/approvals/AP-001.yaml": "id: AP-001\ndecision: reject\nsubject: {kind: deliverable, id: D1}\nby: ann\nrole: accepter\non: 2026-05-20\n",
    "projects/a/approvals/AP-002.yaml": "id: AP-002\ndecision: accept\nsubject: {kind: deliverable, id: D1}\nby: ann\nrole: accepter\non: 2026-05-28\n",
    "projects/a/approvals/AP-003.yaml": "id: AP-003\ndecision: accept\nsubject: {kind: deliverable, id: D2}\nby: ann\nrole: accepter\non: 2026-09-01\n",
    "projects/a/lessons/L-001.md": LESSON.format(id="L-001", tag="supplier", day="2026-02-10"),
    "projects/a/lessons/L-002.md": LESSON.format(id="L-002", tag="building", day="2026-06-30"),
    "projects/a/issues.yaml": "issues:\n- {id: I-001, title: x, category: supplier, raised_on: 2026-03-15}\n"
    "- {id: I-002, title: x, category: supplier, raised_on: 2026-08-15}\n",
    "projects/b/project.yaml": PLAN.format(id="b") + "lessons_considered:\n- {lesson: a/L-001, disposition: applied}\n",
    "projects/c/project.yaml": PLAN.format(id="c") + "sensitivity: restricted\n"
    "lessons_considered:\n- {lesson: a/L-001, disposition: applied}\n",
    "projects/c/lessons/L-001.md": LESSON.format(id="L-001", tag="supplier", day="2026-02-10"),
    "standards/triage/TR-001.yaml": "id: TR-001\nlesson: a/L-001\ndecision: adopt\non: 2026-03-02\nproposal: PP-001\n",
    "standards/proposals/PP-001.yaml": "id: PP-001\ntitle: x\nsources: [a/L-001]\ncauses: [supplier]\nstate: accepted\n"
    "implemented_on: 2026-06-01\ntargets:\n- {kind: standard, id: S-RISK, from: 1.0.0, to: 1.1.0}\n",
    "standards/log/pr-1.yaml": "id: pr-1\nopened: 2026-03-01\nblocked: yes\nminutes_to_green: 30\nremarks: 4\ndismissed: 1\n",
    "standards/log/pr-2.yaml": "id: pr-2\nopened: 2026-07-01\nremarks: 4\n",
}  # fmt: skip
LAST = date(2026, 12, 4)


@pytest.fixture
def portfolio(tmp_path: Path) -> Portfolio:
    for path, text in FILES.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    loaded = load(FolderTree(tmp_path))
    assert not loaded.remarks, [one.message for one in loaded.remarks]
    return compute(loaded.repository, LAST)


def shown(portfolio: Portfolio) -> Seen:
    return seen(portfolio, (), "internal")


def figures(found: Improvement, day: date) -> Mapping[str, Decimal | int | None]:
    return values(next(one for one in found.standings if one.on == day))


def found_of(portfolio: Portfolio, history: History | None = None) -> Improvement:
    return improvement(
        portfolio, shown(portfolio), history or History(why="There is no history."), month_ends(LAST, 12)
    )


def test_the_end_of_the_year(portfolio: Portfolio) -> None:
    now = values(found_of(portfolio).now)
    assert (now["lessons"], now["lessons_waiting"]) == (2, 1)
    assert now["capture_to_triage_days"] == 20  # 10 February to 2 March
    assert now["triage_to_standard_days"] == 91  # 2 March to 1 June
    assert now["lessons_that_changed_something"] == Decimal("0.5")
    assert now["reuse_per_lesson"] == Decimal("0.5")  # b applied one of two; c is restricted and counts nowhere
    # 186 days before 1 June begin on 27 November: the lesson and an issue; after it one issue
    assert (now["cause_before"], now["cause_after"], now["recurrence"]) == (2, 1, Decimal("0.5"))
    assert (now["deliverables_answered"], now["rejected_at_first"]) == (2, Decimal("0.5"))
    # M1 a day late, M2 on the day approved first, D1 two working days early, D2 as planned
    assert (now["promises_due"], now["late"], now["median_days_late"]) == (4, Decimal("0.25"), 0)
    assert (now["pull_requests"], now["blocked_at_first"]) == (2, Decimal("0.5"))
    assert (now["minutes_to_green"], now["remarks_dismissed"]) == (30, Decimal("0.125"))
    # of eight parts of the starter, a leaves out risks and team, so does b
    assert (now["parts_left_out"], now["heterogeneity"]) == (Decimal("0.25"), Decimal("0.25") / 3)


def test_what_came_later_does_not_count(portfolio: Portfolio) -> None:
    found = found_of(portfolio)
    assert [one.on for one in found.standings][:2] == [date(2026, 2, 28), date(2026, 3, 31)]
    february, march = figures(found, date(2026, 2, 28)), figures(found, date(2026, 3, 31))
    assert (february["lessons"], february["lessons_waiting"], february["late"]) == (1, 1, None)
    assert (march["lessons_waiting"], march["capture_to_triage_days"], march["late"]) == (0, 20, 1)
    may, june = figures(found, date(2026, 5, 31)), figures(found, date(2026, 6, 30))
    assert (may["lessons_that_changed_something"], may["recurrence"]) == (0, None)
    assert (may["deliverables_answered"], may["rejected_at_first"]) == (1, 1)
    assert june["lessons"] == 2
    assert (june["cause_before"], june["cause_after"], june["recurrence"]) == (0, 0, None)  # 29 days either way


def test_a_year_later_the_old_year_is_forgotten(portfolio: Portfolio) -> None:
    later = compute(portfolio.repository, date(2027, 6, 30))
    now = values(improvement(later, shown(later), History(), ()).now)
    assert (now["lessons"], now["promises_due"]) == (0, 1)  # D2 is left; L-002 is 365 days old
    before = values(improvement(replace(later, as_of=date(2027, 6, 29)), shown(later), History(), ()).now)
    assert before["lessons"] == 1


def test_without_a_history_some_figures_are_not_known(portfolio: Portfolio) -> None:
    found = found_of(portfolio)
    assert figures(found, date(2026, 6, 30))["reuse_per_lesson"] is None
    assert figures(found, date(2026, 6, 30))["heterogeneity"] is None
    assert (found.unknown, found.why) == (date(2026, 11, 30), "There is no history.")
    assert any("There is no history." in line for line in notes(found))


def test_the_history_says_what_plans_applied_and_how_they_fit(portfolio: Portfolio) -> None:
    day = date(2026, 6, 30)
    facts = {one.id: facts_of(one, None) for one in portfolio.projects}
    facts["b"] = facts["b"]._replace(
        applied=("a/L-001", "a/L-002", "c/L-001"),
        fit=Fit("small", Decimal("0.5"), above=True, deviates=False, behind=True),
    )
    facts["c"] = facts["c"]._replace(
        applied=("a/L-001",), fit=Fit("small", Decimal(1), above=True, deviates=True, behind=True)
    )
    history = History(points=(Point(on=day, commit="0" * 40, projects=facts),))
    june = figures(found_of(portfolio, history), day)
    assert june["reuse_per_lesson"] == 1  # two lessons, each applied by b; c is restricted
    assert (june["parts_left_out"], june["tier_above"], june["template_behind"]) == (Decimal("0.5"), 1, 1)
    assert june["heterogeneity"] == Decimal("0.625")


def test_the_course_says_which_way(portfolio: Portfolio) -> None:
    found = found_of(portfolio)
    by_name = {one.name: one for one in MEASURED}
    late = course(found, by_name["late"])
    assert late is not None
    # in March only one promise was due, which says nothing; by May three were, one of them late
    assert (late.since, late.then, late.now, late.direction) == (
        date(2026, 5, 31),
        Decimal(1) / 3,
        Decimal("0.25"),
        "better",
    )
    worse = course(found, by_name["lessons_waiting"])
    assert worse is not None
    assert worse.direction == "same"
    assert course(found, by_name["template_behind"]) is None
    assert course(found, by_name["blocked_at_first"]) is None  # two pull requests are too few
    captured = course(found, by_name["lessons"])
    assert captured is not None
    assert [captured.then, captured.now, captured.direction] == [1, 2, None]  # neither more nor fewer is better
    assert "went that way since 28 Feb 2026" in headline(found)


def test_every_figure_has_a_name_and_words(portfolio: Portfolio) -> None:
    found = found_of(portfolio)
    assert list(values(found.now)) == [one.name for one in MEASURED]
    assert len({one.title for one in MEASURED}) == len(MEASURED)
    lines = "\n".join(table(found))
    assert all(one.title in lines for one in MEASURED)
    assert [one.on for one in thinned(found)] == [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30), LAST][
        -len(thinned(found)) :
    ]
    units = {one.unit: one for one in MEASURED}
    assert said(None, units["days"]) == "not known"
    assert said(Decimal("20.5"), units["days"]) == "20.5 days"
    assert said(1, units["minutes"]) == "1 minute"
    assert said(Decimal(1) / 3, units["share"]) == "33.3%"


def test_nothing_recorded_is_said(tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards/handrail.yaml").write_text(FILES["standards/handrail.yaml"], encoding="utf-8")
    empty = compute(load(FolderTree(tmp_path)).repository, LAST)
    found = improvement(empty, seen(empty, (), "internal"), History(), month_ends(LAST, 12))
    assert len(found.standings) == 1
    assert all(value in {None, 0} for value in values(found.now).values())
    assert headline(found).startswith("Nothing can be compared yet")
    assert "No log of a pull request" in found.why_no_balance
