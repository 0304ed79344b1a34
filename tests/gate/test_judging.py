"""A change is judged by the law of its target, for what it changes; and judging it leaves everything as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.gate.repository import DESK, PEOPLE, Governed

RISKS_RULE = "standards/risk/rsk-03.rule.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Governed:
    return Governed.sample(tmp_path, "visitor-desk").branch()


def test_nothing_changed_is_silent(desk: Governed) -> None:
    verdict = desk.check()
    assert not verdict.blocks
    assert verdict.remarks == []


def test_a_broken_value_stops_and_its_repair_does_not(desk: Governed) -> None:
    desk.replace(DESK, "state: active", "state: actve").commit()
    verdict = desk.check()
    assert verdict.blocks
    assert [(one["rule"], one["file"], one["line"]) for one in verdict.of("DAT-01", "new")] == [("DAT-01", DESK, 6)]
    desk.switch("main").merge("work")
    desk.branch("mend").replace(DESK, "state: actve", "state: active").commit()
    assert not desk.check("main", "mend").blocks


def test_what_others_broke_is_not_held_against_a_branch(desk: Governed) -> None:
    desk.switch("main").replace(DESK, "state: active", "state: actve").commit()
    desk.switch("work").replace(DESK, "name: New visitor desk, Lyon", "name: Visitor desk, Lyon").commit()
    verdict = desk.check()
    assert not verdict.blocks, verdict.said()
    assert {one["state"] for one in verdict.of("DAT-01")} == {"existing"}


def test_the_place_is_that_of_the_merge_result(desk: Governed) -> None:
    desk.switch("main").replace(DESK, "id: visitor-desk", "# one\n# two\nid: visitor-desk").commit()
    desk.switch("work").replace(DESK, "state: active", "state: actve").commit()
    assert [one["line"] for one in desk.check().of("DAT-01", "new")] == [8]


def test_a_conflict_is_judged_as_the_head_alone(desk: Governed) -> None:
    desk.switch("main").replace(DESK, "state: active", "state: suspended").commit()
    desk.switch("work").replace(DESK, "state: active", "state: actve").commit()
    assert desk.check().blocks


def test_the_work_tree_counts_with_what_is_new_and_without_what_is_ignored(desk: Governed) -> None:
    desk.write(".gitignore", "projects/visitor-desk/suppliers.yaml\n").commit()
    desk.write("projects/visitor-desk/suppliers.yaml", "suppliers: 5\n")
    assert desk.check(head=None).remarks == []
    desk.write("projects/visitor-desk/actions.yaml", "actions: 5\n")
    assert "projects/visitor-desk/actions.yaml" in {one["file"] for one in desk.check(head=None).of("DAT-01", "new")}
    assert not desk.check().blocks, "what is not committed is no part of a head"


@pytest.mark.parametrize("base", ["main", "v1", "HEAD~1", "refs/heads/main"])
def test_any_name_of_a_revision_will_do(desk: Governed, base: str) -> None:
    desk.git("tag", "v1", "main")
    desk.replace(DESK, "state: active", "state: actve").commit()
    assert desk.check(base).blocks
    assert desk.check(desk.git("rev-parse", "main")).blocks


def test_a_check_leaves_everything_as_it_was(desk: Governed) -> None:
    desk.switch("main").write("projects/visitor-desk/issues.yaml", "issues: []\n").commit()
    desk.switch("work").replace(DESK, "state: active", "state: actve").commit()
    desk.append(DESK, "# not committed\n")
    before = desk.state()
    desk.check()
    desk.check(head=None)
    assert desk.state() == before


def test_the_law_is_that_of_the_target(desk: Governed) -> None:
    text = desk.read(RISKS_RULE)
    desk.write(RISKS_RULE, text.replace("enforce_at: merge", "enforce_at: watch"))
    desk.replace(DESK, "state: active", "state: actve").commit()
    verdict = desk.check()
    assert verdict.blocks
    assert "DAT-01" in verdict.blocking()


def test_a_branch_from_before_a_rule_is_judged_by_the_rule(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk")
    rule = repository.read(RISKS_RULE)
    cases = RISKS_RULE.replace(".rule.", ".test.")
    kept = repository.read(cases)
    repository.remove(RISKS_RULE).remove(cases).commit("No such rule yet")
    repository.branch("early").append(DESK, "\n# early\n").commit()
    repository.switch("main").write(RISKS_RULE, rule).write(cases, kept).commit("The rule")
    verdict = repository.check("main", "early", "--all")
    assert not verdict.blocks, verdict.said()
    assert "RSK-03" in {*handrail_rules(repository)}


def handrail_rules(repository: Governed) -> list[str]:
    return [line.split()[0] for line in repository.handrail("explain").out.splitlines() if line[:1].isupper()]


def test_broken_law_stops_the_change_that_brings_it(desk: Governed) -> None:
    desk.replace(RISKS_RULE, "enforce_at: merge", "enforce_at: soon").commit()
    verdict = desk.check()
    assert verdict.blocks
    assert RISKS_RULE in {one["file"] for one in verdict.of("DAT-01", "new")}


def test_old_faults_of_the_law_stop_nobody(desk: Governed) -> None:
    desk.switch("main").replace(RISKS_RULE, "enforce_at: merge", "enforce_at: soon").commit()
    desk.branch("other").append(DESK, "# a word\n").commit()
    assert not desk.check("main", "other").blocks
    desk.append("standards/risk/index.md", "\nA word more.\n").commit()
    verdict = desk.check("main", "other")
    assert {one["state"] for one in verdict.of("DAT-01")} <= {"existing"}, verdict.said()


def test_the_first_law_governs_itself(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk")
    repository.git("switch", "-q", "--orphan", "empty")
    repository.git("commit", "-q", "--allow-empty", "-m", "Nothing yet")
    repository.git("switch", "-q", "-c", "first")
    repository.git("checkout", "-q", "main", "--", ".")
    repository.replace(DESK, "state: active", "state: actve").commit()
    verdict = repository.check("empty", "first")
    assert verdict.blocks
    assert "DAT-01" in verdict.blocking()


def test_a_pointer_to_a_large_file_is_no_plan(desk: Governed) -> None:
    desk.write(DESK, f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 120\n").commit()
    verdict = desk.check()
    assert verdict.blocks
    assert any("Git LFS" in one["message"] for one in verdict.of("DAT-01"))


def test_a_submodule_or_a_link_in_the_way_is_said(desk: Governed) -> None:
    (desk.folder / "projects/visitor-desk/actions.yaml").symlink_to("/etc/passwd")
    desk.git("add", "-A")
    desk.git("update-index", "--add", "--cacheinfo", f"160000,{desk.git('rev-parse', 'HEAD')},projects/other")
    desk.git("commit", "-q", "-m", "Odd")
    files = {one["file"] for one in desk.check().of("DAT-01", "new")}
    assert files == {"projects/visitor-desk/actions.yaml", "projects/other"}


def test_a_project_folder_whose_name_cannot_be_shown_is_said(desk: Governed) -> None:
    odd = os.fsencode(desk.folder / "projects") + b"/caf\xe9"
    os.mkdir(odd)  # noqa: PTH102 - a name of bytes
    with open(odd + b"/project.yaml", "w") as file:  # noqa: PTH123 - as above
        file.write("id: x\n")
    for committed in (False, True):
        if committed:
            desk.commit("Odd")
        assert {one["file"] for one in desk.check(head="HEAD" if committed else None).of("DAT-01", "new")} == {
            r"projects/caf\udce9"
        }


def test_a_file_where_the_folder_of_plans_belongs_is_said(desk: Governed) -> None:
    desk.git("rm", "-q", "-r", "projects")
    desk.write("projects", "not yet\n")
    (told,) = [one for one in desk.check_all().of("DAT-01") if one["file"] == "projects"]
    assert told["message"] == "This is a file where a folder belongs; it is not read."
    desk.commit("Odd")
    assert desk.check().blocks
    assert desk.handrail("changes", "--since", "HEAD").status == 0


def test_machinery_and_plans_change_apart(desk: Governed) -> None:
    desk.append(DESK, "# a word\n").write(".github/workflows/gate.yml", "on: push\n").commit()
    assert desk.check().blocking() == ["GOV-05"]
    desk.git("reset", "-q", "--hard", "main")
    desk.write(".github/workflows/gate.yml", "on: push\n").commit()
    assert not desk.check().blocks


def test_what_was_squashed_into_the_target_is_no_change_again(desk: Governed) -> None:
    desk.replace(DESK, "name: New visitor desk, Lyon", "name: Visitor desk, Lyon").commit()
    desk.switch("main").git("merge", "-q", "--squash", "work")
    desk.commit("Squashed")
    desk.switch("work").append(DESK, "# a word\n").commit()
    done = desk.handrail("check", "--base", "main", "--head", "work")
    assert "No plan and no standard says anything else" in done.out


RULE = """\
id: PRT-90
title: Not too many projects at once
requirement: S-DATA.2
level: must
enforce_at: {when}
severity: major
applies_to: {{kind: portfolio}}
checks:
- assert: size(portfolio.projects) < 13
  message: Too many projects run at once.
"""


@pytest.mark.parametrize(("when", "said"), [("merge", ["PRT-90"]), ("watch", [])])
def test_a_rule_about_all_projects_reads_all_of_them_or_is_left_to_the_night(
    tmp_path: Path, when: str, said: list[str]
) -> None:
    repository = Governed.sample(tmp_path)
    repository.write("standards/plan-data/prt-90.rule.yaml", RULE.format(when=when)).commit("A rule of our own")
    repository.branch()
    assert repository.handrail("new", "project", "one-more", "--tier", "small", *PEOPLE).status == 0
    repository.commit()
    verdict = repository.check()
    assert [one["rule"] for one in verdict.of("PRT-90")] == said, verdict.said()
    assert [one["rule"] for one in repository.check_all().of("PRT-90")] == ["PRT-90"]


def test_a_starter_is_judged_as_it_comes(tmp_path: Path) -> None:
    repository = Governed.starter(tmp_path).branch()
    file = "projects/new-desk/project.yaml"
    repository.replace(file, "state: active", "state: actve").commit()
    assert "DAT-01" in repository.check().blocking()


def test_a_file_beside_the_projects_is_seen_on_the_disk_and_in_a_commit(desk: Governed) -> None:
    desk.write("projects/stray.yaml", "id: stray\n")
    assert {one["file"] for one in desk.check(head=None).of("DAT-01", "new")} == {"projects/stray.yaml"}
    desk.commit()
    assert {one["file"] for one in desk.check().of("DAT-01", "new")} == {"projects/stray.yaml"}


def test_a_root_below_the_top_of_its_repository(tmp_path: Path) -> None:
    inner = Governed.sample(tmp_path / "mono", "visitor-desk")
    inner.remove(".git")
    outer = Governed(folder=tmp_path / "mono").begin().branch()
    inner.replace(DESK, "state: active", "state: actve")
    assert inner.check(head=None).blocks
    outer.commit()
    assert [one["file"] for one in inner.check().of("DAT-01", "new")] == [DESK]


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--base", ""), "no name of a revision"), (("--base", "main", "--head", ""), "no name of a revision"),
     (("--head", "work"), "needs `--base`"), (("--base", "nowhere"), "no revision `nowhere`"),
     (("--base", "main", "--as-of-phase", "closure"), "use one of them")],
)  # fmt: skip
def test_wrong_use_is_no_verdict(desk: Governed, words: tuple[str, ...], said: str) -> None:
    """A variable that a workflow left empty must not turn a gate into something else."""
    done = desk.handrail("check", *words)
    assert done.status == 2
    assert said in done.err


def test_a_folder_without_git_cannot_be_compared(desk: Governed) -> None:
    desk.remove(".git")
    done = desk.handrail("check", "--base", "main")
    assert done.status == 2
    assert "does not belong to a Git repository" in done.err


def test_histories_with_nothing_in_common_are_no_verdict(desk: Governed) -> None:
    desk.git("switch", "-q", "--orphan", "other")
    desk.git("checkout", "-q", "main", "--", ".")
    desk.commit("Other")
    done = desk.handrail("check", "--base", "main", "--head", "other")
    assert done.status == 2
    assert "nothing in common" in done.err


def test_a_shallow_clone_is_no_verdict(desk: Governed, tmp_path: Path) -> None:
    desk.append(DESK, "# a word\n").commit()
    desk.git("clone", "-q", "--depth", "1", f"file://{desk.folder}", str(tmp_path / "shallow"))
    done = Governed(folder=tmp_path / "shallow").handrail("check", "--base", "HEAD")
    assert done.status == 2
    assert "--unshallow" in done.err
    assert Governed(folder=tmp_path / "shallow").handrail("check").status in {0, 1}, (
        "without a base it needs no history"
    )


def test_the_office_answers_a_lesson_of_a_project_that_nobody_touches(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path).branch()
    answer = repository.read("standards/triage/TR-001.yaml")
    repository.write("standards/triage/TR-009.yaml", answer.replace("id: TR-001", "id: TR-009")).commit()
    assert not repository.check().blocks
    repository.replace("standards/triage/TR-009.yaml", "driver-tablets/L-001", "no-such-project/L-001").commit()
    assert repository.check().blocking() == ["DAT-01"]
