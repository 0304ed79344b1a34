"""Pages about audits: findings that are late, who may see them, and conformity that nobody has verified."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handrail.compute.audience import seen
from handrail.export import Given, files
from handrail.render.assurance import PAGES
from handrail.render.each import pages_of
from handrail.render.view import site_of
from handrail.run import run

from tests.site import governed

AUDIT = "id: au-2026-9\ntitle: Gates of the year\ntype: compliance\nauditors: c.moreau\nstate: reported\nclosing_meeting: 2026-10-01\n"
LATE = (
    "id: F-01\ntitle: Gate without evidence\nseverity: critical\nproject: bike-shelter\nrequirement: S-RISK.1\nraised_on: 2026-10-01\n"
    "management_response: agree\naction: Name the evidence\nowner: j.okafor\n"
    "extensions:\n  - {from: 2026-11-01, to: 2026-11-20, reason: Illness, by: c.moreau}\n"
)
DONE = "id: F-02\ntitle: Old minutes\nseverity: minor\nraised_on: 2026-10-01\nowner: j.okafor\nclosed_on: 2026-11-01\nclosed_by: j.okafor\n"
HIDDEN = "id: F-03\ntitle: Secret of the vault\nseverity: minor\nproject: {}\nraised_on: 2026-10-01\n"
FRAMEWORK = (
    "id: MADE\ntitle: Made-up guide\neditions:\n  - {edition: '2021', current: true, clauses: {'4.1': Risk, '4.2': Money, '4.3': People}}\n"
    "crosswalk:\n"
    "  - {requirement: S-RISK.1, edition: '2021', clause: '4.1', relation: covers, status: unverified}\n"
    "  - {requirement: S-RISK.1, edition: '2021', clause: '4.2', relation: covers, status: verified, checked_by: c.moreau, checked_on: 2026-11-02}\n"
)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    root = governed.make(tmp_path_factory.mktemp("audited"))
    folder = "standards/audits/au-2026-9"
    governed.write(root, f"{folder}/audit.yaml", AUDIT)
    governed.write(root, f"{folder}/findings/F-01.yaml", LATE)
    governed.write(root, f"{folder}/findings/F-02.yaml", DONE)
    hidden = next(
        one
        for one in run(Path(root), today=date(2026, 12, 4)).portfolio.projects
        if one.plan.sensitivity == "restricted"
    )
    governed.write(root, f"{folder}/findings/F-03.yaml", HIDDEN.format(hidden.id))
    governed.write(root, "standards/frameworks/made-up.yaml", FRAMEWORK)
    return run(Path(root), today=date(2026, 12, 4))


def site_for(result, audience="internal"):
    repository = result.portfolio.repository
    portfolio = replace(
        result.portfolio,
        repository=replace(repository, organisation=replace(repository.organisation, audience=audience)),
    )
    return site_of(portfolio, result.remarks, result.judgement.rules, result.judgement.settings)


def body(site, path):
    return next(str(one.body_html) for one in pages_of(PAGES, site) if one.path == f"assurance/{path}/")


def test_a_finding_says_who_acts_by_when_and_what_became_of_it(result):
    text = body(site_for(result), "findings")
    top, _, rest = text.partition('id="waiting"')
    assert "Gate without evidence" in top
    for said in (
        "late",
        "not contained",
        "j.okafor",
        "Name the evidence",
        "14 days overdue",
        'href="../../projects/bike-shelter/"',
    ):
        assert said in top
    assert "Old minutes" in rest
    assert "Gates of the year" in rest
    assert "2 findings: 1 open, 1 of them late, 1 done and not yet verified" in text


def test_findings_stay_inside(result):
    assert "Secret of the vault" not in body(site_for(result), "findings")
    outside = body(site_for(result, "public"), "findings")
    assert "Gate without evidence" not in outside
    assert "Gates of the year" not in outside


def test_a_clause_counts_only_when_somebody_has_looked(result):
    text = body(site_for(result), "conformity")
    assert "3 clauses: 1 covered, 0 partly, 1 mapped and not verified by anybody, 1 not covered" in text
    assert "verified by c.moreau on 2 Nov 2026" in text
    assert 'href="../../risk/#S-RISK.1"' in text


@pytest.mark.parametrize(("audience", "known"), [("internal", ["F-01", "F-02"]), ("public", [])])
def test_the_tables_say_the_same(result, audience, known):
    site = site_for(result, audience)
    found = dict(
        files(
            Given(
                portfolio=site.portfolio,
                seen=seen(site.portfolio, result.remarks, audience),
                rules=result.judgement.rules,
            )
        )
    )
    findings = json.loads(found["findings.json"])["rows"]
    assert [one["id"] for one in findings] == known
    if known:
        assert (
            findings[0] | {"state": "late", "days_left": -14, "extended": 1, "first_due": "2026-11-01"} == findings[0]
        )
    states = {
        one["clause"]: one["state"]
        for one in json.loads(found["conformity.json"])["rows"]
        if one["framework"] == "MADE"
    }
    assert states == {"4.1": "unverified", "4.2": "covered", "4.3": "not"}
