"""What was expected of a milestone on earlier days: from the history, and from approved plans of before it began."""

from dataclasses import replace
from datetime import date

import pytest
from handrail.compute.trend import History, Point, facts_of
from handrail.render import past
from handrail.render.assurance import data_quality
from handrail.render.view import site_of
from handrail.run import run

from tests.site import governed

TODAY = date(2026, 12, 4)
FROZEN = "id: BL-001\nmade_on: {on}\nvalues:\n  M3: {{planned: 2027-01-18}}\n"
APPROVED = "id: AP-001\ndecision: approve\nsubject: {kind: baseline, id: BL-001}\nby: c.moreau\nrole: sponsor\non: 2026-10-07\n"


def made(tmp_path, *, on="2026-10-06", approved=True, state="active"):
    """The sample desk with a frozen plan, and a history of one look on 1 December."""
    governed.make(tmp_path)
    desk = "projects/visitor-desk"
    governed.write(tmp_path, f"{desk}/project.yaml", governed.small_plan("visitor-desk", "Desk", state=state))
    governed.write(tmp_path, f"{desk}/baselines/BL-001.yaml", FROZEN.format(on=on))
    if approved:
        governed.write(tmp_path, f"{desk}/approvals/AP-001.yaml", APPROVED)
    result = run(tmp_path, today=TODAY)
    site = site_of(result.portfolio, result.remarks, result.judgement.rules, result.judgement.settings)
    return site, result.portfolio.project("visitor-desk")


def looked_at(site, project):
    """The same site with a look at its projects on 1 December."""
    look = Point(on=date(2026, 12, 1), commit="f" * 40, projects={project.id: facts_of(project, None)})
    return replace(site, history=History(points=(look,)))


def seen(site, project, milestone="Desk opens"):
    return next(one.seen for one in past.traces(site, [project]) if one.name == milestone)


@pytest.mark.parametrize(("on", "approved", "begins"), [
    ("2026-10-06", True, (date(2026, 10, 6), date(2027, 1, 18))),
    ("2026-10-06", False, (date(2026, 12, 1), date(2027, 2, 22))),
    ("2026-12-02", True, (date(2026, 12, 1), date(2027, 2, 22))),
])  # fmt: skip
def test_approved_plans_tell_of_days_before_the_history_and_only_of_those(tmp_path, on, approved, begins):
    site, project = made(tmp_path, on=on, approved=approved)
    assert seen(looked_at(site, project), project)[0] == begins


def test_both_sources_are_named_where_they_are_shown(tmp_path):
    site, project = made(tmp_path)
    assert past.basis(looked_at(site, project), before=past.PROMISED).endswith(
        "1 look since 1 Dec 2026, and from approved plans before."
    )


@pytest.mark.parametrize(("state", "said"), [("suspended", "suspended: none is due"), ("active", "")])
def test_an_old_report_says_why_no_newer_one_is_due(tmp_path, state, said):
    site, _ = made(tmp_path, state=state)
    (page,) = data_quality.pages(site)
    assert ("suspended" in str(page.body_html)) == bool(said)
    assert said in str(page.body_html)
