"""The pages for auditors, made from a governed repository: what they must say, and what they must not."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handrail.audit.merges import _merge
from handrail.compute.evidence import Evidence
from handrail.render.assurance import PAGES, matrix
from handrail.render.each import pages_of
from handrail.render.project import page as project_page
from handrail.render.view import Merge, site_of
from handrail.rules.verdicts import Standings, said_of, standing
from handrail.run import run

from tests.site import governed

RECORDS = {
    "waivers/W-001.yaml": "id: W-001\nrule: RSK-01\nreason: No room\ninstead: A call\nrequested_by: j.okafor\n"
    "starts: 2026-11-01\nexpires: 2026-12-20\nrisk_accepted_by: j.okafor\n",
    "waivers/W-002.yaml": "id: W-002\nrule: RSK-01\nreason: Old\nrequested_by: j.okafor\nstarts: 2026-01-01\n"
    "expires: 2026-02-01\n",
    "approvals/AP-001.yaml": "id: AP-001\ndecision: approve\nsubject: {kind: waiver, id: W-001}\nby: j.okafor\n"
    "role: project manager\non: 2026-11-01\n",
    "approvals/AP-002.yaml": "id: AP-002\ndecision: go\nsubject: {kind: gate, id: start}\nby: c.moreau\nrole: sponsor\n"
    "on: 2026-10-06\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = governed.make(tmp_path_factory.mktemp("assured"))
    governed.write(
        root, "projects/conflict/project.yaml", governed.small_plan("conflict", "Both hands", sponsor="j.okafor")
    )
    for name, text in RECORDS.items():
        governed.write(root, f"projects/conflict/{name}", text)
    result = run(Path(root), today=date(2026, 12, 4))
    judged = result.judgement
    return site_of(result.portfolio, result.remarks, judged.rules, judged.settings)


def body(site, path):
    return next(str(one.body_html) for one in pages_of(PAGES, site) if one.path == f"assurance/{path}")


def test_a_cell_leads_to_its_remark(site):
    text = body(site, "compliance/")
    assert 'href="../../projects/bike-shelter/#remark-RSK-01"' in text
    assert "hr-sq--kept" in text
    bike = next(one for one in site.projects if one.id == "bike-shelter")
    assert 'id="remark-RSK-01"' in project_page(site, bike).body_html


def test_the_matrix_is_parted_when_it_would_be_too_wide(site, monkeypatch):
    monkeypatch.setattr(matrix, "ACROSS", 2)
    made = list(matrix.pages(site))
    assert len(made) > 2
    assert "Workplace 2028, part 2" in made[0].body_html
    assert all(one.body_html.count('<thead><tr><th scope="col">Rule</th>') == 1 for one in made[1:])


def test_a_waiver_that_its_requester_permitted_has_no_effect(site):
    text = body(site, "waivers/")
    assert "without effect" in text
    assert text.index("W-001") < text.index("W-002")
    assert "0 deviations in force" in text


def test_who_decided_about_the_own_request_is_named(site):
    text = body(site, "duties/")
    assert "is sponsor and manager" in text
    assert "asked for waiver W-001 and decided about it" in text
    assert "asked for waiver W-001 and bears its risk" in text


def test_approvals_without_effect_stand_above_those_in_order(site):
    text = body(site, "approvals/")
    assert text.index("Waiver W-001") < text.index('id="all"')


def test_evidence_below_policy_comes_first_once_git_was_asked(site):
    file = next(one.loc.file for p in site.projects for one in p.plan.approvals if one.id == "AP-002")
    host = "https://git.example/pmo/plans"
    seen = replace(site, evidence={file: Evidence(commit="f" * 40, author="0" * 64)})
    assert f'href="{host}/commit/{"f" * 40}"' in body(seen, "approvals/")


def test_a_gate_without_a_decision_is_said(site):
    text = body(site, "gates/")
    bare = text.partition('id="bare"')[2].partition('id="below"')[0]
    assert "none on record" in bare
    assert "New visitor desk, Lyon" in bare


def test_who_has_not_reported_comes_first(site):
    text = body(site, "data-quality/")
    late = text.partition('id="late"')[2].partition('id="all"')[0]
    assert "Bicycle shelter" in text
    assert "New visitor desk, Lyon" not in late
    assert "broken-plan" in text


def test_merges_that_nobody_recorded_are_not_called_good(site):
    assert "not known which merges" in body(site, "merges/")
    ones = (
        Merge(
            commit="a" * 40,
            on=date(2026, 12, 1),
            known=True,
            bypass=("nobody had approved its last commit",),
            blocking=("GOV-08",),
        ),
        Merge(commit="b" * 40, on=date(2026, 11, 30), known=False),
    )
    text = body(replace(site, merges=ones), "merges/")
    past = text.partition('id="past"')[2].partition('id="unknown"')[0]
    assert "nobody had approved its last commit" in past
    assert "GOV-08" in past
    assert "bbbbbbbbbb" in text.partition('id="unknown"')[2]


@pytest.mark.parametrize(
    "bad", [{"bypass": 3, "pull": [], "verdict": "x"}, {"bypass": [1, "y"], "pull": {"number": True}}]
)
def test_a_record_that_is_no_record_does_no_harm(bad):
    one = _merge("c" * 40, date(2026, 12, 1), bad)
    assert one.known
    assert one.number is None
    assert one.bypass in {(), ("y",)}


def test_nothing_of_a_hidden_project_and_no_markup_of_a_hostile_one(site):
    for one in pages_of(PAGES, site):
        assert governed.SECRET not in one.body_html
        assert "<script>" not in one.body_html
        assert "<img src=x" not in one.body_html


def test_verdicts_cover_what_a_rule_does_not_look_at(site):
    rule, project = site.rules["RSK-01"], site.projects[0]
    assert standing(rule, project, (), site.settings.get("RSK-01")).verdict == "kept"
    assert standing(rule, project, site.by_rule["RSK-01"][:1], None).verdict == "open"


def test_all_cells_at_once_say_what_each_says_alone(site):
    first = site.by_rule["RSK-01"][0]
    other = next(one.id for one in site.projects if one.id not in {each.project for each in site.by_rule["RSK-01"]})
    remarks = (*site.remarks, replace(first, project=other, state="waived", waived_by="W-001"))
    said, kept = said_of(remarks), Standings(site.projects, remarks, site.settings)
    found = set()
    for rule in site.rules.values():
        row = kept.of(rule)
        assert set(row) == {one.id for one in site.projects}
        for one in site.projects:
            alone = standing(rule, one, said.get((rule.id, one.id), ()), site.settings.get(rule.id))
            assert row[one.id] == alone, (rule.id, one.id)
            found.add(alone.verdict)
    assert {"open", "permitted", "kept", "not applicable"} <= found
