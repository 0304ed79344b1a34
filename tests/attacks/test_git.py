"""Attacks through Git itself: what a clone, a hook, an attribute or a strange history could make the gate see."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.attacks.town import DAY, MANAGER, RECORD, RISKS, SPONSOR, attack, judged
from tests.command import Done
from tests.gate.repository import DESK, Governed, Verdict

GONE = "is gone from the register"
TAKEN = "nobody who held a say before has agreed"


def harmed(town: Governed) -> str:
    """Replace the sponsor and commit it: GOV-08."""
    return town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois").commit("Work", author=MANAGER, at=DAY)


@attack("Let Git show another commit in the place of the harmful one (`refs/replace`)", by="GOV-08", says=TAKEN)
def test_replaced_objects(town: Governed) -> Verdict:
    bad = harmed(town)
    town.git("replace", bad, town.git("rev-parse", "main"))
    town.git("replace", town.git("rev-parse", f"{bad}:{DESK}"), town.git("rev-parse", f"main:{DESK}"))
    return town.check("main", "work")


@attack("Graft the history, so that the harmful commit has no beginning on the target", by="GOV-08", says=TAKEN)
def test_grafts(town: Governed) -> Verdict:
    bad = harmed(town)
    main = town.git("rev-parse", "main")
    town.write(".git/info/grafts", f"{main} {bad}\n")
    return town.check("main", "work")


@attack("Hide files from comparisons and exports by attributes", by="GOV-08", says=TAKEN)
def test_attributes(town: Governed) -> Verdict:
    town.write(
        ".gitattributes", "projects/** export-ignore -diff binary linguist-generated merge=ours filter=empty ident\n"
    )
    harmed(town)
    verdict = town.check("main", "work")
    assert "GOV-05" in verdict.blocking()
    return verdict


@attack("Hide files by attributes that lie in the clone", by="GOV-08", says=TAKEN)
def test_attributes_of_the_clone(town: Governed) -> Verdict:
    harmed(town)
    town.write(".git/info/attributes", "* -diff merge=ours filter=empty working-tree-encoding=UTF-16\n")
    return town.check("main", "work")


@attack("Put a link in the place of a plan", by="DAT-01", says="a link to another place")
def test_link_in_the_place_of_a_plan(town: Governed) -> Verdict:
    town.remove(RISKS)
    (town.folder / RISKS).symlink_to("/etc/passwd")
    return judged(town)


@attack("Put a link in the place of the whole project", by="DAT-01", says="a link to another place")
def test_link_in_the_place_of_a_project(town: Governed) -> Verdict:
    town.move("projects/visitor-desk", "elsewhere")
    (town.folder / "projects/visitor-desk").symlink_to("../elsewhere")
    return judged(town)


@attack("Put a link in the place of the standards", by="DAT-01", says="This is a link to another place; it is not read")
def test_link_in_the_place_of_the_law(town: Governed) -> Verdict:
    town.move("standards", "rules")
    (town.folder / "standards").symlink_to("rules")
    return judged(town)


@attack("Put another repository (a submodule) in the place of the project", by="DAT-01", says="a submodule")
def test_submodule_in_the_place_of_a_project(town: Governed) -> Verdict:
    town.git("rm", "-rq", "projects/visitor-desk")
    town.git("update-index", "--add", "--cacheinfo", f"160000,{town.git('rev-parse', 'HEAD')},projects/visitor-desk")
    town.git("commit", "-q", "-m", "Elsewhere", at=DAY)
    verdict = town.check("main", "work")
    assert "PRT-01" in verdict.blocking()
    return verdict


@attack("Put a pointer to a large file (Git LFS) in the place of a plan", by="DAT-01", says="Git LFS")
def test_pointer_in_the_place_of_a_plan(town: Governed) -> Verdict:
    return judged(town.write(RISKS, f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 120\n"))


@attack(
    "Throw away with a merge what the target has (`-s ours`)",
    by="GOV-08",
    says="The sponsor was h.dubois and shall be c.moreau",
)
def test_merge_that_throws_away(town: Governed) -> Verdict:
    town.append(DESK, "# mine\n").commit("Mine", at=DAY)
    town.switch("main").replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois").commit("Handed over", at=DAY)
    town.switch("work").git("merge", "-q", "-s", "ours", "-m", "Merge main", "main")
    return town.check("main", "work")


@attack("Bring the harm in the merge commit alone, where no other commit shows it", by="GOV-08", says=TAKEN)
def test_harm_in_the_merge_itself(town: Governed) -> Verdict:
    town.append("projects/visitor-desk/index.md", "\nMine.\n").commit("Mine", at=DAY)
    town.switch("main").append("projects/bike-shelter/project.yaml", "# theirs\n").commit("Theirs", at=DAY)
    town.switch("work").git("merge", "-q", "--no-ff", "--no-commit", "main")
    town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois")
    return judged(town)


@attack(
    "Bring the approval in a merge commit of one's own that undoes the sponsor's words",
    by="GOV-10",
    says="it is only written in the file",
)
def test_approval_in_the_merge_itself(town: Governed, record: str) -> Verdict:
    town.write(RECORD, record.replace("on: 2026-12-04", "on: 2026-12-03")).commit("Approve", author=SPONSOR, at=DAY)
    town.switch("main").append("projects/bike-shelter/project.yaml", "# theirs\n").commit("Theirs", at=DAY)
    town.switch("work").git("merge", "-q", "--no-ff", "--no-commit", "main")
    town.write(RECORD, record)
    return judged(town, author=MANAGER)


@attack("Merge so that two histories have several beginnings (criss-cross)", by="GOV-08", says=TAKEN)
def test_criss_cross(town: Governed) -> Verdict:
    town.append("projects/visitor-desk/index.md", "\nMine.\n").commit("Mine", at=DAY)
    town.switch("main").append("projects/bike-shelter/project.yaml", "# theirs\n").commit("Theirs", at=DAY)
    ours, theirs = town.git("rev-parse", "work"), town.git("rev-parse", "main")
    town.merge(ours)
    town.switch("work").merge(theirs)
    assert len(town.git("merge-base", "--all", "main", "work").split()) == 2
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois"))


@attack("Conflict with the target, so that nobody knows what the merge gives", by="GOV-08", says=TAKEN)
def test_conflict(town: Governed) -> Verdict:
    town.switch("main").replace(DESK, "name: New visitor desk, Lyon", "name: Desk of Lyon").commit("Theirs", at=DAY)
    town.switch("work").replace(DESK, "name: New visitor desk, Lyon", "name: Lyon desk")
    return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois"))


@attack("Undo and repeat the harm over many commits", by="RSK-03", says=GONE)
def test_harm_in_pieces(town: Governed) -> Verdict:
    text = town.read(RISKS)
    town.replace(RISKS, "probability: 3 ", "probability: 2 ").commit("One", at=DAY)
    town.write(RISKS, text).commit("Back", at=DAY)
    town.write(RISKS, "risks: []\n").commit("Away", at=DAY)
    return judged(town.append("projects/visitor-desk/index.md", "\nA word.\n"))


@attack("Make an empty merge, hoping that it is judged as something", outcome="nothing", says="")
def test_empty_merge(town: Governed) -> Verdict:
    town.commit("Empty", at=DAY)
    town.switch("main").append(DESK, "# others\n").commit("Theirs", at=DAY)
    town.switch("work").merge("main")
    return town.check("main", "work")


@attack("Start a history that has nothing to do with the target", outcome="refused", says="nothing in common")
def test_history_of_its_own(town: Governed) -> Done:
    town.git("switch", "-q", "--orphan", "alone")
    town.git("checkout", "-q", "main", "--", ".")
    harmed(town)
    return town.handrail("check", "--base", "main", "--head", "alone")


@attack("Have the gate run on a clone without its history", outcome="refused", says="Fetch the rest")
def test_shallow_clone(town: Governed, tmp_path: Path) -> Done:
    harmed(town)
    clone = Governed(folder=tmp_path / "shallow")
    clone.folder.mkdir()
    clone.git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{town.folder}", ".")
    return clone.handrail("check", "--base", "origin/main", "--head", "origin/work")


@attack("Name the head in the place of the target, by a branch called like it", by="GOV-08", says=TAKEN)
def test_branch_called_like_the_target(town: Governed) -> Verdict:
    base = town.git("rev-parse", "main")
    harmed(town)
    town.git("update-ref", f"refs/heads/{base}", "HEAD")
    town.git("tag", base[:12], "HEAD")
    return town.check(base, "work")


@attack("Leave the harm uncommitted, so that no commit shows it", by="GOV-08", says=TAKEN)
def test_harm_that_is_not_committed(town: Governed) -> Verdict:
    return town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois").check("main", None)


@attack(
    "Let Git ignore the new file that does the harm", by="GOV-05", says="edits plans and also what plans are judged by"
)
def test_ignored_by_a_new_line(town: Governed, record: str) -> Verdict:
    town.write(".gitignore", "projects/visitor-desk/approvals/\n").write(RECORD, record)
    town.git("add", "-f", "-A")
    town.git("commit", "-q", "-m", "Work", author=MANAGER, at=DAY)
    verdict = town.check("main", "work")
    assert "GOV-10" in verdict.blocking()
    return verdict


@attack("Let the environment of a hook lead the gate to another repository", by="GOV-08", says=TAKEN)
def test_environment_of_a_hook(town: Governed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    harmed(town)
    other = Governed(folder=tmp_path / "other")
    other.write("projects/visitor-desk/project.yaml", "id: visitor-desk\n").begin().branch()
    for name, value in {
        "GIT_DIR": str(other.folder / ".git"), "GIT_WORK_TREE": str(other.folder), "GIT_INDEX_FILE": "/dev/null",
        "GIT_OBJECT_DIRECTORY": str(other.folder / ".git/objects"), "GIT_COMMON_DIR": str(other.folder / ".git"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(other.folder / ".git/objects"), "GIT_NAMESPACE": "elsewhere",
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.worktree", "GIT_CONFIG_VALUE_0": str(other.folder),
        "GIT_CONFIG_PARAMETERS": "'core.bare=true'", "GIT_REPLACE_REF_BASE": "refs/heads/", "GIT_SHALLOW_FILE": "/dev/null",
        "GIT_CEILING_DIRECTORIES": str(town.folder.parent), "GIT_EXEC_PATH": str(tmp_path),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    return town.check("main", "work")


@attack("Let the settings of the clone start a program that lies to the gate", by="GOV-08", says=TAKEN)
def test_settings_of_the_clone(town: Governed, tmp_path: Path) -> Verdict:
    harmed(town)
    trap, mark = tmp_path / "trap", tmp_path / "started"
    trap.write_text(f"#!/bin/sh\ntouch {mark}\nexit 0\n")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "diff.external",
        "core.pager",
        "core.sshCommand",
        "core.editor",
        "gpg.program",
        "gpg.ssh.program",
        "core.hooksPath",
        "diff.plan.textconv",
        "diff.plan.command",
        "filter.empty.clean",
        "filter.empty.smudge",
        "filter.empty.process",
        "merge.ours.driver",
        "credential.helper",
        "core.askPass",
        "uploadpack.packObjectsHook",
        "alias.diff-tree",
        "alias.rev-parse",
    ):
        town.git("config", name, str(trap))
    town.write(".git/info/attributes", "* diff=plan filter=empty merge=ours\n")
    for name in ("post-index-change", "reference-transaction", "pre-commit", "post-checkout"):
        town.write(f".git/hooks/{name}", trap.read_text())
        (town.folder / ".git/hooks" / name).chmod(0o755)
    verdict = town.check("main", "work")
    town.check("main", None)
    assert not mark.exists(), "a program of the clone was started"
    return verdict


@attack("Write false answers into what the gate remembers", by="GOV-08", says=TAKEN)
def test_memory_poisoned(town: Governed) -> Verdict:
    harmed(town)
    town.check("main", "work")
    folder = town.folder / ".git/handrail"
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files, "there is something to poison"
    for one in files:
        data = one.read_bytes()
        one.write_bytes(data.replace(b"c.moreau", b"h.dubois").replace(b"visitor-desk", b"nobody-desks"))
    return town.check("main", "work")


@attack(
    "Put a module called like a part of the tool beside the plans, so that it runs in its place",
    by="GOV-08",
    says=TAKEN,
)
def test_module_beside_the_plans(town: Governed) -> Verdict:
    harmed(town)
    mark = town.folder / "started"
    for name in ("handrail/__init__.py", "json.py", "sitecustomize.py", "yaml/__init__.py", "ruamel/__init__.py"):
        town.write(name, f"open({str(mark)!r}, 'w').close()\nraise SystemExit(0)\n")
    verdict = town.check("main", "work")
    assert not mark.exists(), "what lies beside the plans was run"
    return verdict


@attack("Name another directory of people in the environment", by="GOV-10", says="it is only written in the file")
def test_people_from_elsewhere(town: Governed, record: str, tmp_path: Path) -> Verdict:
    from handrail.compute.evidence import hashed

    people = tmp_path / "people.yaml"
    people.write_text(f"people:\n  - {{id: c.moreau, name: Claire, author: [{hashed(MANAGER)}]}}\n", encoding="utf-8")
    return judged(town.write(RECORD, record), author=MANAGER, env={"HANDRAIL_PEOPLE": os.fspath(people)})


@attack("Name another day in the environment", by="GOV-11", says="that day is still to come")
def test_day_from_elsewhere(town: Governed, record: str) -> Verdict:
    town.write(RECORD, record.replace("on: 2026-12-04", "on: 2027-03-04"))
    return judged(town, author=SPONSOR, env={"HANDRAIL_AS_OF": "2099-01-01"})


@attack(
    "Give a file a name of strange bytes, to break the reader or to write into its output",
    by="DAT-01",
    says="a name with characters that cannot be shown",
)
def test_names_of_strange_bytes(town: Governed) -> Verdict:
    name = os.fsencode(str(town.folder / "projects/visitor-desk")) + b"/\xff\x1b[31m\n::error::x.yaml"
    Path(os.fsdecode(name)).write_text("id: x\n")
    return judged(town)
