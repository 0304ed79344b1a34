"""The pages about learning: what each says, in whose words, and what none of them may say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handrail.compute.lessons import library
from handrail.compute.material import outdated, walked
from handrail.history.improving import improvement_of
from handrail.model.training import ModuleRecord
from handrail.render.each import pages_of
from handrail.render.frame import LEARNING
from handrail.render.learning import PAGES
from handrail.render.learning.box import box
from handrail.render.view import Site, site_of
from handrail.run import run

DAY = date(2026, 12, 4)
PLAN = "id: {id}\nname: {name}\ntier: small\nphase: execution\nsponsor: ann\nmanager: {manager}\ntags: [building]\n"
LESSON = "---\nid: {id}\ntitle: {title}\ntags: [building, permit]\nraised_on: {day}\nrecommendation: Ask first\n---\nWords.\n"
FILES = {
    "standards/handrail.yaml": "format: 1\norganisation: Testwerk\ncurrencies: [EUR]\n",
    "standards/people/people.yaml": "people:\n- {id: ann, roles: [{role: sponsor, from: 2020-01-01}]}\n"
    "- {id: ben, from: 2024-01-01, roles: [{role: project manager, from: 2024-01-01}], competences: {planning: {level: 2}}}\n"
    "- {id: cat, from: 2024-01-01, roles: [{role: project manager, from: 2024-01-01}]}\n"
    "- {id: zoe, roles: [{role: pmo head, from: 2020-01-01}]}\n",
    "standards/people/competences.yaml": "competences:\n- {id: planning, name: Planning, levels: {'1': With help, '2': Alone}}\n"
    "matrix:\n- {role: project manager, tiers: [small], needs: {planning: 2}, modules: [first]}\n",
    "standards/people/completions.yaml": "completions:\n- {person: ben, module: first, version: 1.0.0, on: 2026-02-01}\n",
    "standards/policy/lifecycle.yaml": "gates:\n- {id: start, name: Start approved, opens: planning}\n- {id: execute, name: Ready, opens: execution}\n",
    "standards/risk/index.md": "---\nid: S-RISK\ntitle: Risk\nversion: 2.0.0\neffective_from: 2026-11-01\nrequirements:\n"
    "- {id: S-RISK.1, level: must, text: Risks have owners, verified_by: [RSK-90]}\n---\n# Risk\n",
    "standards/risk/rsk-90.rule.yaml": "id: RSK-90\ntitle: Risks have owners\nrequirement: S-RISK.1\nlevel: must\nenforce_at: watch\n"
    "why: Nobody looks\nask: the PMO\napplies_to: {kind: project}\nchecks:\n- each: project.risks\n  assert: has(item.owner)\n  at: owner\n"
    "  message: '\"{item.title}\" has no owner.'\n  fix: 'Add `owner: ben`.'\n",
    "standards/training/first.md": "---\nid: first\ntitle: First steps\nversion: 1.1.0\nchanged_on: 2026-01-10\ncovers: [S-RISK@1]\n"
    "audience: [project manager]\nminutes: 60\n---\n# First steps\n",
    "standards/training/paths.yaml": "paths:\n- {id: managers, role: project manager, modules: [first], within_days: 60, why: Plans that hold}\n",
    "standards/training/sessions/s-1.yaml": "id: s-1\nmodule: first\non: 2026-12-10\nbegins: 09:30\ncapacity: 2\nattendees:\n"
    "- {person: ben}\n- {person: cat}\n- {person: zoe, state: waiting}\n",
    "standards/training/sessions/s-0.yaml": "id: s-0\nmodule: first\non: 2026-11-10\nattendees:\n- {person: ben, state: attended}\n- {person: cat, state: absent}\n",
    "standards/playbooks/late.md": "---\nid: late\ntitle: The project is late\nrules: [RSK-90]\nsituation: A day will not be kept\n---\n# Late\n",
    "standards/triage/TR-001.yaml": "id: TR-001\nlesson: desk/L-001\ndecision: adopt\non: 2026-03-02\nproposal: PP-001\n",
    "standards/proposals/PP-001.yaml": "id: PP-001\ntitle: Ask before the gate\nwhy: Permits are late\nsources: [desk/L-001]\nstate: accepted\n"
    "raised_on: 2026-03-03\ndue: 2026-06-30\ntargets:\n- {kind: standard, id: S-RISK, from: 1.0.0, to: 2.0.0}\n- {kind: module, id: first, from: 1.1.0}\n",
    "standards/support/SA-001.yaml": "id: SA-001\nrequest: desk/SR-001\nacknowledged_on: 2026-11-05\nacknowledged_by: zoe\n"
    "resolved_on: 2026-11-12\nplaybook: late\noutcome: They talk again\nstate: resolved\n",
    "projects/desk/project.yaml": PLAN.format(id="desk", name="New desk", manager="ben")
    + "template: 1.0.0\nmilestones:\n- {id: M1, name: Start, gate: start, planned: 2026-01-10, actual: 2026-01-12}\n"
    "- {id: M2, name: Ready, gate: execute, planned: 2026-04-01, actual: 2026-04-01}\nrisks:\n- {id: R-001, title: Rain}\n",
    "projects/desk/lessons/L-001.md": LESSON.format(id="L-001", title="Ask for the permit", day="2026-02-10"),
    "projects/desk/support/SR-001.yaml": "id: SR-001\nsituation: They do not talk\nurgency: 4\nrequested_by: ben\nopened: 2026-11-03\n",
    "projects/desk/feedback/F-001.yaml": "id: F-001\nabout: RSK-90\nkind: too heavy\ntext: Three fields for rain\nminutes_lost: 20\nraised_on: 2026-11-20\n",
    "projects/shed/project.yaml": PLAN.format(id="shed", name="New shed", manager="cat")
    + "lessons_considered:\n- {lesson: desk/L-001, disposition: applied, where: R-001}\n",
    "projects/shed/lessons/L-001.md": LESSON.format(id="L-001", title="Look at the roof", day="2026-10-20"),
    "projects/shed/support/SR-001.yaml": "id: SR-001\nsituation: Nobody answers\nurgency: 2\nrequested_by: cat\nopened: 2026-11-20\n",
    "projects/merger/project.yaml": PLAN.format(id="merger", name="Northwind", manager="ben") + "sensitivity: restricted\n",
    "projects/merger/lessons/L-001.md": LESSON.format(id="L-001", title="Keep it quiet", day="2026-10-20"),
    "projects/merger/feedback/F-001.yaml": "id: F-001\nabout: RSK-90\nkind: wrong\ntext: Secret words\n",
}  # fmt: skip


def site_from(root: Path, files: dict[str, str]) -> Site:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    result = run(root, today=DAY)
    assert not [f"{one.loc.file}: {one.message}" for one in result.remarks if one.rule == "DAT-01"]
    made = site_of(result.portfolio, result.remarks, result.judgement.rules, result.judgement.settings)
    return replace(made, better=improvement_of(root, result.portfolio, made.seen))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_from(tmp_path_factory.mktemp("learning"), FILES)


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, str]:
    return {page.path.removeprefix(LEARNING.place): page.body_html for page in pages_of(PAGES, site)}


def cells(html: str) -> list[list[str]]:
    """The rows of all tables as plain text."""
    return [
        [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    ]  # fmt: skip


def row(html: str, first: str) -> list[str]:
    return next(one for one in cells(html) if any(cell.startswith(first) for cell in one))


def lead(html: str) -> str:
    found = re.search(r'<p class="hr-lead"><strong>(.*?)</strong>', html, re.DOTALL)
    assert found
    return found[1]


def test_every_link_on_top_leads_to_a_page(made: dict[str, str]) -> None:
    assert set(made) == set(LEARNING.paths)
    for path, html in made.items():
        assert html.count('aria-current="page"') == 1, path
        assert len(lead(html)) > 20


def test_no_page_names_what_is_restricted_or_who_lacks_what(made: dict[str, str]) -> None:
    for path, html in made.items():
        for word in ("Northwind", "merger", "Keep it quiet", "Secret words"):
            assert word not in html, path
    for path in ("competences/", "sessions/", "paths/"):
        assert not re.search(r"\b(ben|cat|zoe|ann)\b", made[path]), path


def test_lessons_stand_with_phase_answer_and_use(site: Site, made: dict[str, str]) -> None:
    html = made["lessons/"]
    assert lead(html) == "2 lessons: 0 changed something, 1 was applied by other projects, 1 waits for an answer."
    asked = row(html, "10 Feb 2026")
    assert asked[2:] == ["New desk", "planning", "building, permit", "in work PP-001", "New shed"]
    roof = row(html, "20 Oct 2026")
    assert roof[5:] == ["waiting 45 days", "nobody yet"]
    found = library(site.portfolio.repository, (one.plan for one in site.projects), DAY)
    assert [(one.name, one.phase, one.disposition) for one in found] == [
        ("shed/L-001", "execution", "waiting"),
        ("desk/L-001", "planning", "in work"),
    ]


def test_a_proposal_is_done_only_when_all_it_names_have_changed(made: dict[str, str]) -> None:
    html = made["proposals/"]
    assert lead(html) == "1 change proposal: 0 done, 1 accepted and in work, 0 not decided."
    assert "1 of 2" in row(html, "3 Mar 2026")
    states = {one[2]: one[-1] for one in cells(html) if one and one[0] == "PP-001"}
    assert states == {"S-RISK": "changed", "first": "waits"}
    assert "157 days overdue" in html


def test_feedback_counts_complaints_and_minutes(made: dict[str, str]) -> None:
    html = made["feedback/"]
    assert lead(html) == "1 word about the framework, which cost 20 minutes; no rule has to be looked at again."
    assert row(html, "RSK-90: Risks have owners") == [
        "RSK-90: Risks have owners",
        "",
        "1",
        "20",
        "1",
        "in a proposal PP-001",
    ]


def test_a_rule_that_many_leave_is_looked_at_again_unless_a_proposal_takes_it_up(tmp_path: Path) -> None:
    more = {f"projects/{name}/waivers/W-001.yaml": "id: W-001\nrule: RSK-90\nstarts: 2026-11-01\nexpires: 2026-12-31\n"
            for name in ("desk", "shed")}  # fmt: skip
    taken = {page.path: page.body_html for page in pages_of(PAGES, site_from(tmp_path / "taken", FILES | more))}[
        f"{LEARNING.place}feedback/"
    ]
    assert "no rule has to be looked at again" in lead(taken)
    assert row(taken, "RSK-90")[-1] == "in a proposal PP-001"
    path = "standards/proposals/PP-001.yaml"
    more[path] = FILES[path].replace("state: accepted", "state: rejected")
    left = {page.path: page.body_html for page in pages_of(PAGES, site_from(tmp_path / "left", FILES | more))}[
        f"{LEARNING.place}feedback/"
    ]
    assert "1 rule must be looked at again: RSK-90." in lead(left)  # two of two are more than one in ten
    assert row(left, "RSK-90")[-1] == "look at it again"


def test_support_runs_a_clock_in_working_days(made: dict[str, str]) -> None:
    html = made["support/"]
    assert (
        lead(html) == "2 requests for help: 1 waits for somebody, 1 longer than 5 working days; 0 in work, 1 resolved."
    )
    waiting = row(html, "20 Nov 2026")
    assert waiting[1] == "10 working days"
    assert waiting[-2] == "nobody"
    assert row(html, "12 Nov 2026")[1:5] == [
        "2 working days",
        "They do not talk",
        "They talk again",
        "The project is late",
    ]


def test_competences_are_counts(made: dict[str, str]) -> None:
    html = made["competences/"]
    assert lead(html) == "1 holder of a role lacks something for it, of 2 in running projects."
    assert row(html, "project manager")[1] == "1 of 2 lacks something Planning 2, First steps"
    assert [one for one in cells(html) if one[-1:] == ["1"] and one[1:2] == ["project manager"]] == [
        ["First steps", "project manager", "small", "1"],
        ["Planning: a higher level", "project manager", "small", "1"],
    ]


def test_sessions_say_seats_and_how_many_came(made: dict[str, str]) -> None:
    html = made["sessions/"]
    assert lead(html) == "1 session ahead, the next on 10 Dec 2026; 1 is full."
    assert row(html, "10 Dec 2026")[-2:] == ["full", "1"]
    assert row(html, "10 Nov 2026")[-1] == "1 of 2 came"
    assert 'href="../../data/sessions.ics"' in html


def test_modules_say_what_left_them_behind_and_which_remarks_lead_there(site: Site, made: dict[str, str]) -> None:
    html = made["material/"]
    assert "1 of the modules teaches a standard as it was" in lead(html)
    module = row(html, "First steps")
    assert module[6] == "outdated since S-RISK 2.0.0 (it teaches version 1), since 1 Nov 2026"
    assert module[7] == "1 remark RSK-90 1"
    assert row(html, "The project is late")[-1] == "1 remark RSK-90 1"
    (one,) = site.portfolio.repository.every(ModuleRecord)
    assert not outdated(one, site.portfolio.repository, date(2026, 10, 31))
    assert outdated(one, site.portfolio.repository, date(2026, 11, 1))


def test_a_path_counts_those_who_have_come_so_far(site: Site, made: dict[str, str]) -> None:
    assert row(made["paths/"], "1")[-1] == "1 of 2"
    (one,) = walked(site.portfolio.repository, DAY)
    assert (one.people, one.done) == (2, (("first", 1),))
    assert walked(site.portfolio.repository, date(2028, 2, 2))[0].done == (("first", 0),)  # it counted for 24 months


def test_the_first_page_has_a_sentence_a_chart_and_a_table_for_each_part(made: dict[str, str]) -> None:
    html = made[""]
    assert lead(html).startswith("Of ")
    assert html.count("<svg") >= 1
    assert html.count("<figcaption>") == 7
    assert row(html, "Capture to triage median")[2] == "20 days"
    assert "How the gate weighs is not known. No log of a pull request was kept" in html
    assert "it is not known how lessons were reused" in html


def test_a_module_says_below_its_title_how_it_stands(site: Site) -> None:
    text = box(site, "standards/training/first.md", "../../")
    assert "since S-RISK 2.0.0 (it teaches version 1)" in text
    assert 'href="../../rules/RSK-90/"' in text
    assert "(1 today)" in text
    late = box(site, "standards/playbooks/late.md", "../../")
    assert "A day will not be kept" in late
    assert "RSK-90" in late
    with pytest.raises(ValueError, match="no module"):
        box(site, "standards/risk/index.md", "")


def test_the_desk_and_the_page_of_support_keep_one_clock(site: Site, made: dict[str, str]) -> None:
    from handrail.render.portfolio import desk

    (page,) = desk.pages(site)
    on_desk = {one[1]: one[0] for one in cells(str(page.body_html)) if len(one) == 6}
    on_page = {one[2]: one[1] for one in cells(made["support/"]) if len(one) == 8}
    assert on_page
    assert {name: on_desk[name] for name in on_page} == on_page
