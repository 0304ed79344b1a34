"""`handrail doctor` on real clones: what is laid down is sound, and each thing taken away or put in is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import ROOT, Done, git, handrail
from tests.doctor.settings import GITHUB_PROTECTION, GITLAB


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doctor") / "plans"
    assert handrail("init", folder, "--pmo-head", "anna", "--host", "github", cwd=ROOT).status == 0
    assert handrail("codeowners", "--host", "github", cwd=folder).status == 0
    git("add", "-A", cwd=folder)
    git("commit", "-qm", "Begin", cwd=folder)
    return folder


@pytest.fixture
def plans(made: Path, tmp_path: Path) -> Path:
    git("clone", "-q", "--no-hardlinks", str(made), str(tmp_path / "plans"), cwd=tmp_path)
    (tmp_path / "github.json").write_text(json.dumps(GITHUB_PROTECTION), encoding="utf-8")
    (tmp_path / "gitlab.json").write_text(json.dumps(GITLAB), encoding="utf-8")
    return tmp_path / "plans"


def doctor(plans: Path, *words: str) -> Done:
    return handrail("doctor", "--settings", "../github.json", "--format", "json", *words, cwd=plans)


def gaps(plans: Path) -> set[str]:
    return {one["id"] for one in doctor(plans).json["gaps"]}


QUIET = {"hashes", "one-guard"}


def test_what_is_laid_down_lets_nothing_past(plans) -> None:
    done = doctor(plans)
    assert done.status == 0, done.out
    assert {one["id"] for one in done.json["gaps"]} == QUIET


def write(name: str, text: str):
    return lambda plans: (plans / name).parent.mkdir(exist_ok=True) or (plans / name).write_text(text, encoding="utf-8")


def edit(name: str, old: str, new: str):
    def change(plans: Path) -> None:
        text = (plans / name).read_text(encoding="utf-8")
        assert old in text
        (plans / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


HARM = {
    "gate": lambda plans: (plans / ".github/workflows/gate.yml").unlink(),
    "workflows": edit(".github/workflows/gate.yml", "contents: read", "contents: write"),
    "lock": edit(".ci/requirements.lock", "handrail==", "handrail>="),
    "codeowners": lambda plans: (plans / "CODEOWNERS").unlink(),
    "codeowners-twice": write(".github/CODEOWNERS", "* @evil\n"),
    "mailmap": write(".mailmap", "A <a@b.example> <c@d.example>\n"),
    "lfs": write(".gitattributes", "*.pdf filter=lfs diff=lfs merge=lfs -text\n"),
    "hidden-diff": write(".gitattributes", "projects/** linguist-generated\n"),
    "submodules": write(".gitmodules", '[submodule "x"]\n'),
}


@pytest.mark.parametrize("harm", HARM)
def test_each_harm_is_found(plans, harm) -> None:
    HARM[harm](plans)
    assert harm in gaps(plans)


@pytest.mark.parametrize(
    "change",
    [
        edit(".github/workflows/gate.yml", "actions/checkout@v5", "actions/checkout@" + "0" * 40 + " # v5.0.0"),
        edit(".github/workflows/gate.yml", "name: gate\n\non:", "# ours\nname: gate\n\non:"),
    ],
)
def test_a_pinned_action_and_a_comment_are_no_change(plans, change) -> None:
    change(plans)
    assert gaps(plans) == QUIET


def test_a_lock_with_hashes_leaves_nothing_to_say_about_it(plans) -> None:
    (plans / ".ci/requirements.lock").write_text("handrail==0.1.0 \\\n    --hash=sha256:00\n", encoding="utf-8")
    assert not gaps(plans) & {"lock", "hashes"}


def test_a_shallow_clone_and_windows_line_ends_are_told(plans) -> None:
    (plans / "standards" / "x.md").write_bytes(b"---\r\ntitle: X\r\n---\r\n")
    git("-c", "core.autocrlf=false", "add", "standards/x.md", cwd=plans)
    git("commit", "-qm", "x", cwd=plans)
    git("clone", "-q", "--depth", "1", plans.as_uri(), "shallow", cwd=plans.parent)
    assert {"history", "line-ends"} <= gaps(plans.parent / "shallow")


def test_without_a_clone_and_without_settings(plans) -> None:
    import shutil

    shutil.rmtree(plans / ".git")
    done = handrail("doctor", "--format", "json", cwd=plans)
    assert done.status == 1
    assert {"settings", "clone"} <= {one["id"] for one in done.json["gaps"]}


def test_the_gate_of_another_host_is_missing(plans) -> None:
    done = handrail("doctor", "--settings", "../gitlab.json", "--format", "json", cwd=plans)
    assert "gate" not in {one["id"] for one in done.json["gaps"]}, "on GitLab it stands in a project of its own"
    assert "workflows" in {one["id"] for one in done.json["gaps"]}


def test_the_worst_comes_first_in_every_format(plans) -> None:
    settings = json.loads((plans.parent / "github.json").read_text(encoding="utf-8"))
    settings["protection"]["required_pull_request_reviews"]["required_approving_review_count"] = 0
    settings["repository"]["allow_squash_merge"] = True
    (plans.parent / "github.json").write_text(json.dumps(settings), encoding="utf-8")
    for form in ("text", "markdown"):
        done = doctor(plans, "--format", form)
        assert done.status == 1
        assert done.out.index("without anybody") < done.out.index("can be squashed") < done.out.index("Worth knowing")


@pytest.mark.parametrize(
    ("text", "part"),
    [(None, "cannot be read"), ("{", "is no JSON"), ("[" * 100_000, "is no JSON"), ("[]", "whose settings"), ("{}", "whose settings")],
)  # fmt: skip
def test_settings_that_are_none(plans, text, part) -> None:
    file = plans / "settings.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    done = handrail("doctor", "--settings", str(file), cwd=plans)
    assert (done.status, part in done.err) == (2, True)
