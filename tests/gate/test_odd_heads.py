"""Heads that nobody would make by hand: each gets a verdict, none gets through in silence, none breaks the gate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gate.repository import DESK, Governed

Edit = Callable[[Governed], object]


def no_law(one: Governed) -> None:
    one.remove("standards")


def no_settings(one: Governed) -> None:
    one.remove("standards/handrail.yaml")


def no_project(one: Governed) -> None:
    one.remove("projects/visitor-desk")


def nothing_left(one: Governed) -> None:
    one.remove("standards").remove("projects")


def project_is_a_link(one: Governed) -> None:
    one.move("projects/visitor-desk", "elsewhere")
    (one.folder / "projects/visitor-desk").symlink_to("../elsewhere")


def projects_is_a_file(one: Governed) -> None:
    one.remove("projects").write("projects", "none\n")


def law_is_a_link(one: Governed) -> None:
    one.move("standards", "rules")
    (one.folder / "standards").symlink_to("rules")


def case_only(one: Governed) -> None:
    one.move("projects/visitor-desk", "projects/tmp").move("projects/tmp", "projects/Visitor-Desk")


def plan_is_a_folder(one: Governed) -> None:
    one.remove(DESK).write(f"{DESK}/x.yaml", "id: x\n")


def binary(one: Governed) -> None:
    (one.folder / DESK).write_bytes(bytes(range(256)) * 20)


def huge(one: Governed) -> None:
    one.write(DESK, one.read(DESK) + "# " + "x" * (3 << 20) + "\n")


def bomb(one: Governed) -> None:
    one.append(DESK, "a: &a [x, x]\nb: [*a, *a]\n" + "[" * 5000 + "\n")


def hidden_by_attributes(one: Governed) -> None:
    one.write(".gitattributes", "projects/** export-ignore -diff -text merge=ours\n")
    one.replace(DESK, "state: active", "state: actve")


HEADS: tuple[Edit, ...] = (
    no_law, no_settings, no_project, nothing_left, project_is_a_link, projects_is_a_file, law_is_a_link, case_only,
    plan_is_a_folder, binary, huge, bomb, hidden_by_attributes,
)  # fmt: skip


@pytest.mark.parametrize("edit", HEADS, ids=lambda one: one.__name__)
def test_it_is_stopped(tmp_path: Path, edit: Edit) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk").branch()
    edit(repository)
    repository.commit()
    repository.switch("main")  # as a workflow does: the target is checked out, the head is there as objects only
    verdict = repository.check("main", "work")
    assert verdict.blocks, verdict.said()


def test_an_evil_merge_that_throws_the_targets_work_away_is_a_change(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk").branch()
    repository.append(DESK, "# mine\n").commit()
    repository.switch("main").replace(DESK, "name: New visitor desk, Lyon", "name: Visitor desk, Lyon").commit()
    repository.switch("work")
    repository.git("merge", "-q", "-s", "ours", "-m", "Merge main", "main")
    done = repository.handrail("check", "--base", "main", "--head", "work")
    assert "Visitor desk, Lyon" in done.out, "what the target had is taken back, and that is told"


def test_an_empty_merge_changes_nothing(tmp_path: Path) -> None:
    repository = Governed.sample(tmp_path, "visitor-desk").branch()
    repository.commit("Empty")
    repository.switch("main").append(DESK, "# others\n").commit()
    repository.switch("work").merge("main")
    verdict = repository.check()
    assert not verdict.blocks
    assert verdict.remarks == []
