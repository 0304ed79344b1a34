"""Pages to look things up in: every field of every kind, the templates, and one list of all changes of standards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from handrail.fields import fields_of
from handrail.model.kinds import BY_NAME, KINDS
from handrail.model.project import Plan
from handrail.model.registers import Risk
from handrail.render.each import pages_of
from handrail.render.page import Page
from handrail.render.reference import PAGES
from handrail.render.view import site_of
from handrail.run import run
from handrail.scaffold.records.forms import FORMS

from tests.site import governed

CHANGELOG = (
    "# Changes\n\n## 1.2.0, binding from 4 January 2027\n\nRSK-01 asks for a sign. <script>window.hacked=1</script>\n\nCost: a line.\n\n"
    "## 1.1.0, binding from 31 February 2026\n\nA day that is none.\n\n## 1.0.0\n\nThe first version.\n"
)


def made(root: Path) -> dict[str, Page]:
    result = run(root, today=date(2026, 12, 4))
    judged = result.judgement
    return {
        one.path: one
        for one in pages_of(PAGES, site_of(result.portfolio, result.remarks, judged.rules, judged.settings))
    }


@pytest.fixture(scope="module")
def sample() -> dict[str, Page]:
    return made(governed.ROOT)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    root = governed.make(tmp_path_factory.mktemp("looked-up"))
    governed.write(root, "standards/risk/CHANGELOG.md", CHANGELOG)
    return made(root)


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_every_field_of_every_kind_is_there(sample: dict[str, Page], kind: object) -> None:
    page = sample[f"rules/fields/{kind.name.replace(' ', '-')}/"]  # type: ignore[attr-defined]
    for one in fields_of(kind.cls):  # type: ignore[attr-defined]
        assert f' id="{one.key}"' in page.body_html
        assert one.title in page.search_text


def row(page: Page, field: str) -> str:
    return page.body_html.partition(f' id="{field}"')[2].partition("</tr>")[0]


def test_a_field_says_what_may_stand_there_and_who_reads_it(sample: dict[str, Page]) -> None:
    risk = sample["rules/fields/risk/"]
    assert "a whole number from 1 to 5" in row(risk, "probability")
    assert "RSK-01 (all tiers, from planning on)" in row(risk, "owner")
    assert "always" in row(risk, "title")
    assert "part of the approved plan" in row(sample["rules/fields/milestone/"], "planned").lower()


def test_groups_stand_below_their_group_and_kinds_are_linked(sample: dict[str, Page]) -> None:
    plan = sample["rules/fields/project/"]
    assert ' id="why.benefit"' in plan.body_html
    assert ' id="scope.in"' in plan.body_html
    assert 'href="../../../rules/fields/risk/"' in row(plan, "risks")
    assert ' id="risks.owner"' not in plan.body_html


def test_reads_are_those_of_the_expressions() -> None:
    result = run(governed.ROOT, today=date(2026, 12, 4))
    judged = result.judgement
    reads = site_of(result.portfolio, result.remarks, judged.rules, judged.settings).reads()
    assert "RSK-01" in reads[Risk, "cause"]
    assert "BC-06" in reads[Plan, "programme"]
    assert ("RSK-01" in reads.get((Risk, "closed_by"), ())) is False
    assert all(name for _, name in reads)


def test_a_starter_is_shown_as_it_is_laid_down(sample: dict[str, Page]) -> None:
    small = sample["rules/templates/small/"].body_html
    assert "handrail new project visitor-desk --tier small" in small
    assert "{{" not in small
    assert "2026-12-04" in small or "2026-12" in small
    assert "TODO" in small
    all_of = sample["rules/templates/"].body_html
    for form in FORMS:
        assert f"handrail new {form.word}" in all_of
    assert (
        "handrail import list LIST.csv --mapping uk-major-projects"
        in sample["rules/templates/uk-major-projects/"].body_html
    )


def test_a_record_shows_how_it_is_written(sample: dict[str, Page]) -> None:
    text = sample["rules/fields/waiver/"].body_html
    assert "handrail new waiver PROJECT" in text
    assert "projects/PROJECT/waivers/W-001.yaml" in text
    assert BY_NAME["waiver"].title in text


def test_all_changes_on_one_page_and_harmless(own: dict[str, Page]) -> None:
    page = own["rules/changes/"]
    ahead, _, rest = page.body_html.partition('id="all"')
    assert "4 Jan 2027" in ahead
    assert "1 binds later" in page.search_text
    assert "no day" in rest
    assert "<script" not in page.body_html
    assert "A day that is none" in rest


def test_without_lists_it_says_so(tmp_path: Path) -> None:
    root = governed.make(tmp_path / "bare")
    found = made(root)
    assert "No standard has a list of changes yet" in found["rules/changes/"].body_html
    assert "rules/templates/small/" not in found
    assert isinstance(found["rules/fields/"], Page)


def test_no_page_needs_a_starter(own: dict[str, Page]) -> None:
    assert "No starter is written down" in own["rules/templates/"].body_html
