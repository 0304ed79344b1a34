"""The memory of what was sound: it saves work and changes no verdict, whatever becomes of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from handrail.load import Known

from tests.command import ROOT, Done, git, handrail

RULE = "standards/risk/rsk-01.rule.yaml"
PLAN = "projects/visitor-desk/project.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    shutil.copytree(ROOT / "standards", folder / "standards")
    shutil.copytree(ROOT / "projects", folder / "projects")
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-qm", "Start", cwd=folder)
    return folder


def check(folder: Path, *more: str) -> Done:
    return handrail("check", "--format", "json", *more, cwd=folder)


def memory(folder: Path) -> Path:
    return folder / ".git" / "handrail" / "sound"


def broken(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_it_lies_in_git_and_nowhere_else(repository: Path) -> None:
    check(repository)
    assert memory(repository).is_file()
    assert git("status", "--porcelain", "--ignored", cwd=repository) == ""
    first = memory(repository).read_bytes()
    check(repository)
    assert memory(repository).read_bytes() == first


def test_with_and_without_it_the_verdict_is_one(repository: Path) -> None:
    plain = check(repository, "--no-cache")
    assert not memory(repository).exists()
    assert check(repository).out == plain.out
    assert check(repository).out == plain.out


def test_what_breaks_after_it_was_sound_is_told(repository: Path) -> None:
    check(repository)
    broken(repository, PLAN, "tier: small", "tier: smal")
    broken(repository, RULE, "assert:", "asert:")
    told = check(repository)
    assert told.status == 1
    assert told.out == check(repository, "--no-cache").out
    files = {file for rule, file, _ in told.remarks if rule == "DAT-01"}
    assert {PLAN, RULE} <= files


def test_a_rule_that_cannot_be_understood_is_told_though_it_was_sound(repository: Path) -> None:
    check(repository)
    broken(repository, RULE, "item.title", "item.titel")
    told = check(repository)
    assert [file for rule, file, _ in told.remarks if rule == "DAT-01"]
    assert told.out == check(repository, "--no-cache").out


def test_a_name_that_leads_nowhere_is_told_though_no_file_of_the_plan_changed(repository: Path) -> None:
    check(repository)
    broken(repository, "standards/people/people.yaml", "id: j.okafor", "id: j.okafo")
    told = check(repository)
    assert [file for rule, file, _ in told.remarks if file == PLAN and rule == "DAT-01"]


def test_torn_spoilt_and_foreign_memories_change_nothing(repository: Path) -> None:
    broken(repository, PLAN, "state: active", "state: actve")
    truth = check(repository, "--no-cache").out
    check(repository)
    whole = memory(repository).read_bytes()
    spoilt = [whole[:at] for at in range(0, len(whole), max(1, len(whole) // 25))]
    spoilt += [
        bytes([*whole[:at], whole[at] ^ 0xFF, *whole[at + 1 :]]) for at in range(0, len(whole), len(whole) // 10)
    ]
    spoilt += [b"", b"\0" * 5000, os.urandom(777), whole[1:], whole + b"x"]
    for data in spoilt:
        memory(repository).write_bytes(data)
        known = Known.of(repository)
        assert known is not None
    for data in spoilt[:: max(1, len(spoilt) // 6)]:
        memory(repository).write_bytes(data)
        assert check(repository).out == truth
    shutil.rmtree(memory(repository).parent)
    memory(repository).parent.write_text("a file where a folder is wanted", encoding="utf-8")
    assert check(repository).out == truth


def test_without_git_nothing_is_kept(tmp_path: Path) -> None:
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    before = sorted(path.name for path in tmp_path.iterdir())
    assert handrail("check", cwd=tmp_path).status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_work_trees_share_it(repository: Path, tmp_path: Path) -> None:
    git("worktree", "add", "-q", str(tmp_path / "other"), cwd=repository)
    check(tmp_path / "other")
    assert memory(repository).is_file()


def test_other_code_remembers_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(repository)
    known = Known.of(repository)
    data = (repository / RULE).read_bytes()
    known.see(RULE, data)
    monkeypatch.setattr("handrail.load.known.code", lambda: b"another release")
    other = Known.of(repository)
    other.see(RULE, data)
    assert known.holds("rule", RULE)
    assert not known.holds("Plan", RULE)
    assert not other.holds("rule", RULE)
