"""Git is read as it is, hardened against what a pull request brings along, and never written."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from handrail.git import (
    Git,
    GitFault,
    Objects,
    RevisionTree,
    WorkTree,
    changed_paths,
    commits_between,
    renames,
    resolve,
    span_of,
)

ANN = {"GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "Ann@Example.org"}
PLAN = "projects/a/project.yaml"


class Made:
    """A repository made in a moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.write("standards/handrail.yaml", "format: 1\n")
        self.write(PLAN, "id: a\nname: A\nphase: planning\n")
        self.commit("One")

    def git(self, *words: str, **more: str) -> str:
        env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")} | ANN
        env |= {
            "GIT_COMMITTER_NAME": "C",
            "GIT_COMMITTER_EMAIL": "c@example.org",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **more,
        }
        done = subprocess.run(["git", *words], cwd=self.folder, env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, text: str) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def commit(self, message: str, **more: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, **more)
        return self.git("rev-parse", "HEAD")

    def digest(self) -> str:
        total = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                total.update(os.fsencode(path) + path.read_bytes())
        return total.hexdigest()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "plans")


def diverged(made: Made) -> None:
    made.git("switch", "-q", "-c", "work")
    made.write(PLAN, "id: a\nname: A\nphase: execution\n")
    made.commit("Two\n\nCo-authored-by: Bob <BOB@example.org>")
    made.git("switch", "-q", "main")
    made.write("projects/b/project.yaml", "id: b\n")
    made.commit("Three")


def test_merging_is_computed_and_leaves_nothing_behind(made: Made) -> None:
    diverged(made)
    before = made.digest()
    git = Git(made.folder)
    span = span_of(git, "main", "work")
    tree = RevisionTree(git, span.merged)
    assert tree.paths() == (PLAN, "projects/b/project.yaml", "standards/handrail.yaml")
    assert b"execution" in tree.read(PLAN)
    assert [(one.path, one.how) for one in changed_paths(git, span.target, span.merged)] == [(PLAN, "changed")]
    assert made.digest() == before


def test_a_conflict_gives_the_head_and_says_so(made: Made) -> None:
    diverged(made)
    made.write(PLAN, "id: a\nname: A\nphase: closure\n")
    made.commit("Four")
    git = Git(made.folder)
    span = span_of(git, "main", "work")
    assert span.conflict
    assert b"execution" in RevisionTree(git, span.merged).read(PLAN)


def test_no_driver_or_attribute_takes_part_in_a_merge(made: Made) -> None:
    diverged(made)
    made.write(PLAN, "id: a\nname: A\nphase: closure\n")
    made.write(".gitattributes", "* merge=union\n*.yaml merge=evil\n")
    made.commit("Four")
    proof = made.folder / "proof"
    made.git("config", "merge.evil.driver", f"touch {proof}")
    made.write(".git/info/attributes", "* merge=union\n")
    assert span_of(Git(made.folder), "main", "work").conflict
    assert not proof.exists()


def test_criss_cross_has_several_bases(made: Made) -> None:
    diverged(made)
    first, second = made.git("rev-parse", "main"), made.git("rev-parse", "work")
    made.git("merge", "-q", "-m", "M1", second)
    made.git("switch", "-q", "work")
    made.git("merge", "-q", "-m", "M2", first)
    made.write("projects/a/risks.yaml", "risks: []\n")
    made.commit("Six")
    git = Git(made.folder)
    span = span_of(git, "main", "work")
    assert set(span.bases) == {first, second}
    assert [one.path for one in changed_paths(git, span.target, span.merged)] == ["projects/a/risks.yaml"]


def test_histories_without_anything_in_common_are_refused(made: Made) -> None:
    made.git("switch", "-q", "--orphan", "other")
    made.write("projects/x/project.yaml", "id: x\n")
    made.commit("Other")
    with pytest.raises(GitFault, match="nothing in common") as caught:
        span_of(Git(made.folder), "main", "other")
    assert "git switch -c" in caught.value.fix


def test_shallow_and_partial_clones_are_refused_with_the_fix(made: Made, tmp_path: Path) -> None:
    made.commit("Two")
    made.git("clone", "-q", "--depth", "1", f"file://{made.folder}", str(tmp_path / "shallow"))
    with pytest.raises(GitFault, match="newest part") as caught:
        span_of(Git(tmp_path / "shallow"), "HEAD", "HEAD")
    assert "--unshallow" in caught.value.fix
    made.git("config", "uploadpack.allowFilter", "true")
    made.git("clone", "-q", "--filter=blob:none", f"file://{made.folder}", str(tmp_path / "partial"))
    with pytest.raises(GitFault, match="partial clone"):
        span_of(Git(tmp_path / "partial"), "HEAD", "HEAD")


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere", "no revision"), ("--all", "no name"), ("", "no name"), ("HEAD~9", "not that long"), ("a\nb", "no name"),
     ("origin/main", "git fetch origin main"), ("HEAD:projects", "no revision")],
)  # fmt: skip
def test_what_is_no_revision_is_said(made: Made, name: str, words: str) -> None:
    with pytest.raises(GitFault, match=words):
        resolve(Git(made.folder), name)


def test_branches_tags_commits_and_ancestors_are_revisions(made: Made) -> None:
    first = made.git("rev-parse", "HEAD")
    second = made.commit("Two")
    made.git("tag", "-a", "v1", "-m", "Version", first)
    made.git("switch", "-q", "--detach", second)
    git = Git(made.folder)
    assert {resolve(git, one) for one in ("v1", "HEAD~1", first, first[:10], "main~1", "refs/tags/v1")} == {first}
    assert resolve(git, "HEAD") == resolve(git, "main") == second


def test_nothing_committed_yet(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    with pytest.raises(GitFault, match="Nothing has been committed"):
        resolve(Git(tmp_path), "HEAD")


def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GitFault, match="does not belong to a Git repository"):
        Git(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFault, match="not installed") as caught:
        Git(tmp_path)
    assert "2.38" in caught.value.fix


def test_an_old_git_is_told_apart(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    diverged(made)
    real = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, text=True, check=True).stdout.strip()
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text(
        '#!/bin/sh\nfor word in "$@"; do\n  case "$word" in\n    merge-tree) echo "usage: git merge-tree" >&2; exit 129;;\n'
        f'    --version) echo "git version 2.34.1"; exit 0;;\n  esac\ndone\nexec {real} "$@"\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    with pytest.raises(GitFault, match="too old") as caught:
        span_of(Git(made.folder), "main", "work")
    assert "2.38" in caught.value.fix


def test_links_modules_odd_names_and_folders_like_files_are_oddities(made: Made) -> None:
    folder = os.fsencode(made.folder / "projects/a")
    (made.folder / "projects/a/link.yaml").symlink_to("project.yaml")
    Path(os.fsdecode(folder + b"/b\xff\n.yaml")).write_bytes(b"x")
    made.write("projects/a/risks.yaml/x.yaml", "x")
    made.write("projects/a/.hidden/x.yaml", "x")
    made.git("add", "-A")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{made.git('rev-parse', 'HEAD')},projects/a/module")
    made.git("commit", "-q", "-m", "Odd")
    tree = RevisionTree(Git(made.folder), "HEAD")
    assert tree.paths() == (PLAN, "standards/handrail.yaml")
    odd = tree.oddities()
    assert odd["projects/a/link.yaml"] == "a link to another place"
    assert odd["projects/a/module"].startswith("a submodule")
    assert odd["projects/a/risks.yaml"] == "a folder with the name of a file"
    assert len(odd) == 4
    assert all(path.isprintable() for path in odd)


def test_replaced_objects_grafts_and_mailmaps_count_for_nothing(made: Made) -> None:
    diverged(made)
    span = span_of(Git(made.folder), "main", "work")
    made.write("evil.yaml", "id: a\nname: Evil\n")
    evil = made.git("hash-object", "-w", "evil.yaml")
    made.git("replace", made.git("rev-parse", f"main:{PLAN}"), evil)
    made.write(".git/info/grafts", f"{made.git('rev-parse', 'work')}\n")
    made.write(".mailmap", "Mallory <mallory@example.org> <ann@example.org>\n")
    git = Git(made.folder)
    assert span_of(git, "main", "work") == span
    assert b"Evil" not in RevisionTree(git, "main").read(PLAN)
    (commit,) = commits_between(git, span.target, span.head)
    assert commit.author == "ann@example.org"
    assert commit.co_authors == ("bob@example.org",)


def test_settings_hooks_and_environment_start_nothing(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diverged(made)
    proof = tmp_path / "proof"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {proof}\n")
    script.chmod(0o755)
    for name in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand"):
        made.git("config", name, str(script))
    made.git("config", "core.hooksPath", str(tmp_path))
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(script))
    git = Git(made.folder)
    span = span_of(git, "main", "work")
    changed_paths(git, span.target, span.merged)
    assert WorkTree(git).touched == frozenset()
    assert not proof.exists()


def test_what_a_commit_added_even_a_file_called_like_a_commit(made: Made) -> None:
    base = made.git("rev-parse", "HEAD")
    made.write(base, "x")
    made.write("projects/a/approvals/AP-001.yaml", "id: AP-001\n")
    head = made.commit("Odd", GIT_AUTHOR_DATE="2026-11-02T09:30:00+0530")
    (commit,) = commits_between(Git(made.folder), base, head)
    assert set(commit.added) == {base, "projects/a/approvals/AP-001.yaml"}
    assert commit.on.isoformat() == "2026-11-02T09:30:00+05:30"
    assert commit.parents == (base,)


def test_renames_are_one_change_with_both_places(made: Made) -> None:
    base = made.git("rev-parse", "HEAD")
    made.git("mv", PLAN, "projects/a/plan.yaml")
    head = made.commit("Move")
    git = Git(made.folder)
    assert [(one.old_path, one.path, one.how) for one in renames(git, base, head)] == [
        (PLAN, "projects/a/plan.yaml", "moved")
    ]
    assert [one.how for one in changed_paths(git, base, head)] == ["added", "removed"]


def test_many_objects_and_large_ones_through_one_process(made: Made) -> None:
    for number in range(900):
        made.write(f"projects/a/reports/{number}.md", f"{number}\n")
    made.write("projects/a/large.bin", "x" * (5 << 20))
    made.commit("Many")
    git = Git(made.folder)
    tree = RevisionTree(git, "HEAD")
    names = [tree.blob(path) for path in tree.paths()]
    found = tree.objects.many(name for name in names if name)
    assert len(found) == len(set(names))
    large = tree.read("projects/a/large.bin")
    assert len(large) == (2 << 20) + 1, "a file beyond the limit is refused by its reader, and not kept whole"
    assert tree.read(PLAN).startswith(b"id: a")
    assert Objects(git).get("HEAD:nothing") is None


def test_a_root_below_the_top_of_its_repository(tmp_path: Path) -> None:
    made = Made(tmp_path / "mono" / "governance")
    subprocess.run(["rm", "-rf", str(made.folder / ".git")], check=True)
    top = tmp_path / "mono"
    for words in (["init", "-q", "-b", "main"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=top, check=True)
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", "All"], cwd=top, check=True)
    git = Git(made.folder)
    assert git.prefix == "governance/"
    tree = RevisionTree(git, "HEAD")
    assert tree.paths() == (PLAN, "standards/handrail.yaml")
    assert set(tree.folders) == {"a"}
    made.write(PLAN, "id: a\n")
    assert WorkTree(git).projects == {"a"}


def test_the_work_tree_knows_changed_new_and_gone_but_not_ignored(made: Made) -> None:
    made.write(".gitignore", "*.tmp\n")
    made.commit("Ignore")
    made.write(PLAN, "id: a\nname: B\n")
    made.write("projects/b/project.yaml", "id: b\n")
    made.write("projects/c/x.tmp", "x")
    work = WorkTree(Git(made.folder))
    assert work.projects == {"a", "b"}
    assert not work.law
    assert work.below("projects/c") == ((), {})
    (made.folder / "standards/handrail.yaml").unlink()
    assert WorkTree(Git(made.folder)).law


@pytest.mark.parametrize("name", ['with space:and"quote', "-odd", "tab\tname"])
@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_any_folder_and_either_hash(tmp_path: Path, name: str, hashes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", hashes)
    folder = tmp_path / name
    folder.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main", f"--object-format={hashes}", "."], cwd=folder, check=True)
    made = Made(folder)
    diverged(made)
    git = Git(folder)
    span = span_of(git, "main", "work")
    assert not span.conflict
    assert b"execution" in RevisionTree(git, span.merged).read(PLAN)


def test_a_linked_work_tree_is_a_repository_too(made: Made, tmp_path: Path) -> None:
    made.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / PLAN).write_text("id: a\nname: B\n")
    git = Git(tmp_path / "side")
    assert WorkTree(git).projects == {"a"}
    assert git.common == made.folder / ".git"
    assert span_of(git, "main", "HEAD").bases
