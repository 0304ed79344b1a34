"""The workflows that `init` lays down: valid for their hosts, and shaped so that a change can do no harm."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ci.repository import WORKFLOWS, laid_down
from tests.command import ROOT, git, handrail

CHECK = Path(sys.executable).with_name("check-jsonschema")
# what any event may carry that somebody else has typed
TYPED = re.compile(r"github\.(head_ref|event\.[\w.]*(title|body|ref\b|label|login|name|message|email|url))")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ci") / "plans"
    assert handrail("init", folder, "--no-git", cwd=ROOT).status == 0
    return folder


def workflow(folder: Path, name: str) -> Any:
    return laid_down(f".github/workflows/{name}.yml", folder)


def jobs(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name}.{job}", body) for name in WORKFLOWS for job, body in workflow(folder, name)["jobs"].items()]


def writes(job: dict[str, Any]) -> set[str]:
    return {name for name, right in (job.get("permissions") or {}).items() if right == "write"}


def test_all_are_there_and_nothing_else(fresh) -> None:
    assert {path.stem for path in (fresh / ".github" / "workflows").iterdir()} == set(WORKFLOWS)


def test_they_are_valid_for_their_hosts(fresh) -> None:
    for words in (
        ["--builtin-schema", "vendor.github-workflows", *map(str, (fresh / ".github" / "workflows").iterdir())],
        ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(fresh / ".gitlab-ci.yml")],
    ):
        done = subprocess.run([CHECK, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_allowed_that_is_not_said(fresh) -> None:
    for name in WORKFLOWS:
        assert workflow(fresh, name)["permissions"] == {}, name
    for name, job in jobs(fresh):
        assert isinstance(job.get("permissions", {}), dict), name
        assert job.get("timeout-minutes"), f"{name} could run for hours"


def test_whoever_may_write_never_sees_a_file_of_the_repository(fresh) -> None:
    """No job that can write checks anything out, runs a script of the repository, or installs anything."""
    found = {name for name, job in jobs(fresh) if writes(job)}
    assert found == {
        "gate.comment",
        "gate-again.again",
        "nightly.issue",
        "nightly.keep",
        "evidence.keep",
        "site.deploy",
        "remind.tell",
    }
    for name, job in jobs(fresh):
        if writes(job):
            assert len(writes(job)) == 1 or name == "site.deploy", name
            text = str(job["steps"])
            assert not re.search(
                r"actions/checkout|setup-python|\.ci/|\bpip\b|handrail (check|build|remind)|git (fetch|clone)", text
            ), name


def test_the_gate_checks_out_the_target_and_never_the_change(fresh) -> None:
    gate = workflow(fresh, "gate")
    assert set(gate[True]) == {"pull_request_target", "merge_group"}, "`on` reads as yes"
    checkouts = [one["with"] for one in gate["jobs"]["gate"]["steps"] if "checkout" in one.get("uses", "")]
    assert [one["ref"] for one in checkouts] == [
        "${{ github.event.pull_request.base.ref || github.event.merge_group.base_sha }}"
    ]
    assert gate["jobs"]["gate"]["permissions"] == {"contents": "read", "pull-requests": "read"}


def test_every_checkout_is_whole_and_keeps_no_token(fresh) -> None:
    for name, job in jobs(fresh):
        for one in job["steps"]:
            if "checkout" in one.get("uses", ""):
                assert one["with"]["persist-credentials"] is False, name
                assert one["with"]["fetch-depth"] == 0, name
                assert "head" not in one["with"]["ref"], name


def test_no_text_that_somebody_typed_gets_into_a_script(fresh) -> None:
    for name, job in jobs(fresh):
        for one in job["steps"]:
            assert "${{" not in one.get("run", ""), f"{name}: values come by the environment"
            for value in one.get("env", {}).values():
                assert not TYPED.search(str(value)) or "merge_group.head_ref" in str(value), f"{name}: {value}"


def test_the_step_that_reads_plans_has_no_token(fresh) -> None:
    for name, job in jobs(fresh):
        for one in job["steps"]:
            script = one.get("run", "")
            if re.search(r"gate\.sh|nightly\.sh|install\.sh|handrail (build|remind)", script):
                assert not any("token" in str(value).lower() for value in one.get("env", {}).values()), f"{name}: {one}"


def test_only_the_hosts_own_actions_are_used(fresh) -> None:
    used = {one["uses"] for _, job in jobs(fresh) for one in job["steps"] if "uses" in one}
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used), used


def test_on_gitlab_tokens_stand_in_jobs_that_run_only_where_the_file_is_guarded(fresh) -> None:
    text = laid_down(".gitlab-ci.yml", fresh)
    for name, job in text.items():
        if isinstance(job, dict) and "HANDRAIL_BOT_TOKEN" in str(job.get("script", "")) and "PRIVATE-TOKEN" in str(job):
            assert all("$CI_CONFIG_PATH =~ /@/" in rule["if"] for rule in job["rules"]), name
            assert job["environment"]["name"] in {"handrail-comment", "handrail-keeper"}
            assert "extends" not in job, f"{name} must not have files of the repository"
            assert ".ci/" not in str(job["script"])
    assert text["variables"]["GIT_STRATEGY"] == "none"


def test_python_in_gitlabs_jobs_can_be_read(fresh) -> None:
    found = 0
    for job in laid_down(".gitlab-ci.yml", fresh).values():
        for line in job.get("script", []) if isinstance(job, dict) else []:
            for block in re.findall(r"<<'PYTHON'\n(.*?)^PYTHON", line, re.DOTALL | re.MULTILINE):
                compile(block, "job", "exec")
                found += 1
    assert found == 4
    for script in (fresh / ".ci" / "gitlab").iterdir():
        for block in re.findall(
            r"<<'PYTHON'\n(.*?)^PYTHON", script.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        ):
            compile(block, script.name, "exec")


def test_shell_scripts_are_sound(fresh) -> None:
    scripts = sorted((fresh / ".ci").rglob("*.sh"))
    assert len(scripts) >= 10
    for script in scripts:
        done = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    if shutil.which("shellcheck") is None:
        print("shellcheck is not here: scripts were only parsed")
        return
    done = subprocess.run(["shellcheck", "-s", "sh", *scripts], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_lock_pins_everything_that_handrail_needs(fresh) -> None:
    lines = [
        line for line in (fresh / ".ci" / "requirements.lock").read_text().splitlines() if not line.startswith("#")
    ]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.+!-]+", line) for line in lines), lines
    names = {line.split("==")[0] for line in lines}
    assert {"handrail", "pyyaml", "jsonschema-rs", "google-re2", "mkdocs-material", "markupsafe"} <= names
    assert not names & {"pytest", "numpy", "mpxj"}, "nothing that only tests or extras need"


@pytest.mark.parametrize(
    ("words", "there", "not_there"),
    [
        (("--host", "github"), [".github/workflows/gate.yml", ".ci/gate.sh", ".ci/github/reviews.sh"], [".gitlab-ci.yml", ".ci/gitlab"]),
        (("--host", "gitlab"), [".gitlab-ci.yml", ".ci/gate.sh", ".ci/gitlab/reviews.sh"], [".github", ".ci/github"]),
        (("--host", "none"), [".pre-commit-config.yaml"], [".github", ".gitlab-ci.yml", ".ci"]),
        ((), [".gitlab-ci.yml", ".github/workflows/gate.yml"], []),
    ],
)  # fmt: skip
def test_only_the_hosts_that_are_wanted(tmp_path, words, there, not_there) -> None:
    assert handrail("init", "plans", "--no-git", *words, cwd=tmp_path).status == 0
    assert [name for name in there if not (tmp_path / "plans" / name).exists()] == []
    assert [name for name in not_there if (tmp_path / "plans" / name).exists()] == []


@pytest.mark.parametrize(
    ("address", "github", "gitlab"),
    [
        ("https://github.com/water/plans.git", True, False), ("git@gitlab.water.example:pmo/plans.git", False, True),
        ("ssh://git@code.water.example/plans.git", True, True),
    ],
)  # fmt: skip
def test_a_fresh_clone_tells_its_host(tmp_path, address, github, gitlab) -> None:
    git("init", "-q", "plans", cwd=tmp_path)
    git("remote", "add", "origin", address, cwd=tmp_path / "plans")
    assert handrail("init", "plans", cwd=tmp_path).status == 0
    assert (tmp_path / "plans" / ".github").exists() is github
    assert (tmp_path / "plans" / ".gitlab-ci.yml").exists() is gitlab
