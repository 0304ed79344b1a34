"""What the pages of standards say of requirements: who sets, who applies, who meets them, and where they map to."""

from datetime import date

import pytest
from handrail.model.organisation import RequirementRecord, StandardRecord
from handrail.remark import Loc
from handrail.render.interface import clear, pages
from handrail.render.standard import requirements
from handrail.render.view import site_of
from handrail.run import run

from tests.site import governed

FRAMEWORK = (
    "id: MADE\ntitle: Made-up guide\neditions:\n  - {edition: '2021', current: true, clauses: {'4.1': Risk}}\ncrosswalk:\n"
    "  - {requirement: S-RISK.1, edition: '2021', clause: '4.1', relation: covers, status: unverified}\n"
)


def made(tmp_path, standard=None):
    root = governed.make(tmp_path / "one")
    if standard:
        file = root / "standards/risk/index.md"
        file.write_text(standard(file.read_text(encoding="utf-8")), encoding="utf-8")
    result = run(root, today=date(2026, 12, 4))
    judged = result.judgement
    return site_of(result.portfolio, result.remarks, judged.rules, judged.settings)


def test_a_requirement_says_how_many_meet_it(tmp_path):
    site = made(tmp_path)
    text = requirements(site, site.standards["S-RISK"], "../")
    assert "Met by</th>" in text
    # of four open projects that may be shown, the shelter and the hostile one leave a high risk without an owner
    assert ">2 of 4</td>" in text


def test_who_sets_and_who_applies(tmp_path):
    site = made(tmp_path)
    (page,) = pages(site)
    assert page.search_text.startswith("1 requirement of 1 standard: 1 with exactly one")
    assert "c.moreau" in page.body_html
    assert "project manager" in page.body_html
    assert 'href="../../risk/#S-RISK.1"' in page.body_html


def test_a_requirement_without_a_role_stands_on_top(tmp_path):
    site = made(tmp_path, lambda text: text.replace(", responsible: project manager", ""))
    (page,) = pages(site)
    top = page.body_html.partition('id="unclear"')[2].partition('id="all"')[0]
    assert "S-RISK.1" in top
    assert "nobody" in top


@pytest.mark.parametrize(
    ("role", "is_clear"),
    [
        ("project manager", True),
        ("sponsor and manager", False),
        ("sponsor, manager", False),
        ("", False),
        (None, False),
    ],
)
def test_two_roles_are_as_good_as_none(role, is_clear):
    loc = Loc("standards/risk/index.md")
    one = RequirementRecord(loc=loc, id="S-RISK.1", text="x", level="must", responsible=role)
    standard = StandardRecord(loc=loc, id="S-RISK", title="Risk", version="1.0.0", owner="ann")
    assert clear(standard, one) is is_clear


def test_a_clause_says_whether_somebody_has_looked(tmp_path):
    root = governed.make(tmp_path / "one")
    governed.write(root, "standards/frameworks/made-up.yaml", FRAMEWORK)
    result = run(root, today=date(2026, 12, 4))
    site = site_of(result.portfolio, result.remarks, result.judgement.rules, result.judgement.settings)
    text = requirements(site, site.standards["S-RISK"], "../")
    assert "Made-up guide 2021, 4.1 <em>(covers, not verified)</em>" in text
