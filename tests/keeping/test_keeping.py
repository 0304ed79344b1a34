"""Which rules were kept on earlier days and which commit mended a remark: real repositories, several commits in a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handrail.keeping import Keeping, keeping_of
from handrail.keeping.facts import Tally
from handrail.keeping.past import packed, unpacked
from handrail.render.assurance import matrix
from handrail.render.standard import requirements
from handrail.render.view import Site, site_of
from handrail.run import run

from tests.history.test_history import Repo
from tests.site.governed import law, small_plan

AS_OF = date(2026, 12, 4)
LONELY = "[{id: R-001, title: Lift, probability: 5, impact: 5}]"
OWNED = "[{id: R-001, title: Lift, probability: 5, impact: 5, owner: j.okafor}]"


def desk(risks: str, **more: str) -> dict[str, str | None]:
    return {"projects/desk/project.yaml": small_plan("desk", "Desk", risks=risks, **more)}


def said(risks: str, name: str) -> dict[str, str | None]:
    return desk(risks, unit=name)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "repo")
    law(made.root)
    made.commit("2026-08-10T12:00:00+00:00", desk(LONELY))
    return made


def kept(repo: Repo, *, cache: bool = False) -> Keeping:
    result = run(repo.root, today=AS_OF)
    return keeping_of(repo.root, result.judgement, result.remarks, cache=cache)


def site(repo: Repo) -> Site:
    result = run(repo.root, today=AS_OF)
    judged = result.judgement
    made = site_of(result.portfolio, result.remarks, judged.rules, judged.settings)
    return replace(made, keeping=keeping_of(repo.root, judged, result.remarks, cache=False))


def test_the_only_commit_in_between_mended_it(repo: Repo) -> None:
    repo.commit("2026-09-15T12:00:00+00:00", desk(OWNED))
    fix = kept(repo).fixed["RSK-01", "desk"]
    assert fix.commit == repo.git("rev-parse", "HEAD")
    assert fix.on == date(2026, 9, 15)


def test_among_several_commits_the_first_after_which_it_is_gone(repo: Repo) -> None:
    repo.commit("2026-09-03T12:00:00+00:00", said(LONELY, "Desk A"))
    repo.commit("2026-09-05T12:00:00+00:00", said(LONELY, "Desk B"))
    repo.commit("2026-09-09T12:00:00+00:00", said(OWNED, "Desk B"))
    mended = repo.git("rev-parse", "HEAD")
    repo.commit("2026-09-20T12:00:00+00:00", said(OWNED, "Desk C"))
    repo.commit("2026-09-22T12:00:00+00:00", {"README.md": "Nothing of a plan.\n"})
    assert kept(repo).fixed["RSK-01", "desk"].commit == mended


def test_a_branch_counts_with_its_merge(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("2026-09-02T12:00:00+00:00", desk(OWNED))
    repo.git("checkout", "-q", "main")
    repo.commit("2026-09-03T12:00:00+00:00", {"README.md": "Meanwhile.\n"})
    repo.git("merge", "-q", "--no-ff", "-m", "The desk", "side", moment="2026-09-10T12:00:00+00:00")
    fix = kept(repo).fixed["RSK-01", "desk"]
    assert fix == (repo.git("rev-parse", "HEAD"), date(2026, 9, 10))


def test_what_came_back_is_mended_by_nobody(repo: Repo) -> None:
    repo.commit("2026-09-15T12:00:00+00:00", desk(OWNED))
    repo.commit("2026-10-15T12:00:00+00:00", desk(LONELY))
    assert ("RSK-01", "desk") not in kept(repo).fixed
    repo.commit("2026-11-15T12:00:00+00:00", desk(OWNED))
    assert kept(repo).fixed["RSK-01", "desk"].commit == repo.git("rev-parse", "HEAD")


def test_another_policy_mends_nothing(repo: Repo) -> None:
    plan = repo.root / "projects/desk/project.yaml"
    repo.commit("2026-09-15T12:00:00+00:00", {"standards/people/people.yaml": "people: []\n"})
    assert ("RSK-01", "desk") not in kept(repo).fixed
    assert plan.is_file()


def test_a_look_says_who_met_a_requirement(repo: Repo) -> None:
    repo.commit("2026-09-15T12:00:00+00:00", desk(OWNED))
    repo.commit(
        "2026-09-16T12:00:00+00:00", {"projects/shelter/project.yaml": small_plan("shelter", "Shelter", risks=LONELY)}
    )
    found = kept(repo)
    rules = [run(repo.root, today=AS_OF).judgement.rules["RSK-01"]]
    shown = frozenset({"desk", "shelter"})
    assert [(one.on.month, *Tally(one, shown).met(rules)) for one in found.looks] == [
        (8, 0, 1),
        (9, 1, 2),
        (10, 1, 2),
        (11, 1, 2),
    ]
    # who may not be told of is not counted either
    assert Tally(found.looks[-1], frozenset({"desk"})).met(rules) == (1, 1)


def test_what_is_remembered_is_what_was_found(repo: Repo) -> None:
    repo.commit("2026-09-15T12:00:00+00:00", desk(OWNED))
    fresh = kept(repo, cache=True)
    assert kept(repo, cache=True) == fresh == kept(repo)
    one = fresh.looks[0].projects
    assert unpacked(packed(one.values())) == one


def test_without_git_it_says_why(tmp_path: Path) -> None:
    law(tmp_path)
    result = run(tmp_path, today=AS_OF)
    found = keeping_of(tmp_path, result.judgement, result.remarks)
    assert not found.looks
    assert "history" in found.why


def test_the_matrix_leads_to_the_commit(repo: Repo) -> None:
    repo.commit("2026-09-15T12:00:00+00:00", desk(OWNED))
    repo.commit(
        "2026-09-16T12:00:00+00:00",
        {"projects/old/project.yaml": small_plan("old", "Old hall", state="closed", risks=LONELY)},
    )
    made = site(repo)
    one, ended = matrix.pages(made)
    assert f'href="https://git.example/pmo/plans/commit/{made.keeping.fixed["RSK-01", "desk"].commit}"' in one.body_html
    assert "kept: mended on 15 Sep 2026 by commit" in one.body_html
    assert "Old hall" not in one.body_html
    assert 'href="../../assurance/compliance/ended/"' in one.body_html
    assert "Old hall" in ended.body_html
    assert "1 ended project" in ended.body_html


def test_a_standard_says_who_met_it_over_time(repo: Repo) -> None:
    repo.commit("2026-09-15T12:00:00+00:00", desk(OWNED))
    made = site(repo)
    text = requirements(made, made.standards["S-RISK"], "../")
    assert "0 of 1 at the end of Aug 2026" in text
    assert "1 of 1 today" in text
