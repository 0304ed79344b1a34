"""The jobs that turn a review into a record, run with a stand-in host: what they ask it, what they write, and when they do not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.ci.repository import Host, laid_down, sh, step
from tests.ci.test_gitlab_jobs import API, Stand, job, stand
from tests.ci.test_gitlab_jobs import plans as gitlab_plans
from tests.ci.test_scripts import made, tools
from tests.ci.test_workflows import fresh, jobs, writes
from tests.command import git

__all__ = ["fresh", "gitlab_plans", "made", "stand", "tools"]

REPO = "repos/pmo/plans"
PATH = "projects/lift/approvals/AP-001.yaml"
RECORDS: dict[str, Any] = {
    "head": "a" * 40,
    "number": 7,
    "add": [{"path": PATH, "text": "id: AP-001\n"}],
    "remove": [],
    "message": "Record",
}
PULL: dict[str, Any] = {
    "state": "open",
    "head": {"sha": "a" * 40, "ref": "edit/lift", "repo": {"full_name": "pmo/plans"}},
}


class GitHub:
    """GitHub's second job, with what the first one handed over."""

    def __init__(self, fresh: Path, tools: Path, folder: Path) -> None:
        self.script = step(
            laid_down(".github/workflows/record.yml", fresh), "add", "Add the records to the branch of the pull request"
        )
        self.tools, self.folder = tools, folder
        self.get: dict[str, Any] = {
            f"{REPO}/pulls/7": PULL,
            f"{REPO}/git/commits/{'a' * 40}": {"tree": {"sha": "b" * 40}},
        }

    def run(self, records: Any = None, token: str = "secret") -> tuple[int, str, list[Any]]:
        state = self.folder / "state.json"
        state.write_text(json.dumps({"get": self.get, "calls": []}))
        (self.folder / "records.json").write_text(json.dumps(records or RECORDS))
        done = sh(
            self.script,
            self.folder,
            path=self.tools,
            GH_STATE=state,
            GH_TOKEN=token,
            GITHUB_REPOSITORY="pmo/plans",
            NUMBER="7",
        )
        return done.returncode, done.stdout + done.stderr, json.loads(state.read_text())["calls"]


@pytest.fixture
def github(fresh: Path, tools: Path, tmp_path: Path) -> GitHub:
    return GitHub(fresh, tools, tmp_path)


def test_one_commit_goes_onto_the_branch_and_never_by_force(github: GitHub) -> None:
    status, said, calls = github.run(RECORDS | {"remove": ["projects/lift/approvals/AP-009.yaml"]})
    assert status == 0, said
    tree, commit, ref = calls
    assert tree == ["POST", f"{REPO}/git/trees", {"base_tree": "b" * 40, "tree": [
        {"path": PATH, "mode": "100644", "type": "blob", "content": "id: AP-001\n"},
        {"path": "projects/lift/approvals/AP-009.yaml", "mode": "100644", "type": "blob", "sha": None},
    ]}]  # fmt: skip
    assert commit == ["POST", f"{REPO}/git/commits", {"message": "Record", "tree": "1" * 40, "parents": ["a" * 40]}]
    assert ref == ["PATCH", f"{REPO}/git/refs/heads/edit/lift", {"sha": "1" * 40, "force": False}]


@pytest.mark.parametrize(
    "change",
    [
        {"state": "closed"},
        {"head": PULL["head"] | {"sha": "c" * 40}},
        {"head": PULL["head"] | {"repo": {"full_name": "fork/plans"}}},
    ],
    ids=["closed", "moved", "fork"],
)
def test_a_pull_request_that_is_not_as_it_was_is_left_alone(github: GitHub, change: dict[str, Any]) -> None:
    github.get[f"{REPO}/pulls/7"] = PULL | change
    status, said, calls = github.run()
    assert (status, calls) == (0, [])
    assert "nothing is recorded" in said


@pytest.mark.parametrize(
    "path",
    [".github/workflows/gate.yml", "projects/lift/project.yaml", "projects/lift/approvals/../project.yaml", "../projects/lift/approvals/AP-001.yaml",
     "projects/lift/approvals/AP-001.yaml\n", "standards/approvals/AP-001.yaml"],
)  # fmt: skip
def test_nothing_but_approvals_of_projects_is_ever_written(github: GitHub, path: str) -> None:
    for records in (RECORDS | {"add": [{"path": path, "text": "x"}]}, RECORDS | {"remove": [path]}):
        status, said, calls = github.run(records)
        assert (status, calls) == (2, []), said


def test_a_branch_with_a_strange_name_and_a_missing_token_are_told(github: GitHub) -> None:
    status, said, calls = github.run(token="")
    assert (status, calls) == (1, [])
    assert "no HANDRAIL_RECORD_TOKEN" in said
    github.get[f"{REPO}/pulls/7"] = PULL | {"head": PULL["head"] | {"ref": "x?force=true"}}
    status, said, calls = github.run()
    assert (status, calls) == (2, [])


def test_whoever_has_the_token_has_no_file_of_the_repository(fresh: Path) -> None:
    found = {name for name, one in jobs(fresh) if "secrets.HANDRAIL_RECORD_TOKEN" in str(one)}
    assert found == {"record.add"}
    (one,) = [one for name, one in jobs(fresh) if name == "record.add"]
    assert writes(one) == set()
    assert "checkout" not in str(one)
    assert one["environment"] == "handrail-record"


def _given(stand: Stand) -> dict[str, Any]:
    return dict(stand.environment)


@pytest.fixture
def asked(made: Path, tmp_path: Path) -> tuple[Host, str]:
    """A pull request that makes a project public, which its sponsor must agree to, who is known on both hosts."""
    shutil.copytree(made, tmp_path / "host", symlinks=True)
    host = Host(origin=tmp_path / "host/origin.git", work=tmp_path / "host/work", runner=tmp_path / "host/runner")
    for clone in (host.work, host.runner):
        git("remote", "set-url", "origin", str(host.origin), cwd=clone)
    people = host.work / "standards/people/people.yaml"
    text = people.read_text(encoding="utf-8")
    assert "- id: first.sponsor\n" in text
    line = "- id: first.sponsor\n"
    people.write_text(text.replace(line, f"{line}  host: {{github: sponsor, gitlab: sponsor}}\n"), encoding="utf-8")
    git("commit", "-qam", "Logins", cwd=host.work)
    git("push", "-q", "origin", "HEAD:main", cwd=host.work)
    git("fetch", "-q", cwd=host.work)
    git("pull", "-q", cwd=host.runner)
    plan = (host.work / "projects/lift/project.yaml").read_text(encoding="utf-8")
    assert "sensitivity:" not in plan
    head = host.change(7, {"projects/lift/project.yaml": plan + "sensitivity: public\n"})
    return host, head


def test_github_finds_the_pull_request_and_reads_reviews_and_timeline(
    asked, fresh: Path, tools: Path, tmp_path: Path
) -> None:
    host, head = asked
    record = laid_down(".github/workflows/record.yml", fresh)
    pull = {"number": 7, "state": "open", "user": {"login": "manager"}, "base": {"sha": "0" * 40, "ref": "main"},
            "head": {"sha": head, "ref": "edit", "repo": {"full_name": "pmo/plans"}}}  # fmt: skip
    review = {
        "id": 1,
        "user": {"login": "sponsor"},
        "state": "APPROVED",
        "commit_id": head,
        "submitted_at": "2026-11-21T10:00:00Z",
    }
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"calls": [], "get": {
        f"{REPO}/commits/{head}/pulls": [pull], f"{REPO}/pulls/7": pull, f"{REPO}/pulls/7/reviews": [review],
        f"{REPO}/issues/7/timeline": [{"event": "commented", "body": "text of anybody"}],
    }}))  # fmt: skip
    env: dict[str, Any] = {"GH_STATE": state, "GH_TOKEN": "t", "GITHUB_REPOSITORY": "pmo/plans", "RUNNER_TEMP": tmp_path, "HEAD_SHA": head, "BASE": "main",
           "NUMBER": "7", "TOKEN": "", "GITHUB_OUTPUT": tmp_path / "output", "GITHUB_STEP_SUMMARY": tmp_path / "summary", "REVIEWS": tmp_path / "reviews.json"}  # fmt: skip
    for name in ("Find the pull request", "Fetch the change as objects, and the reviews", "Make the records"):
        done = sh(step(record, "gather", name), host.runner, path=tools, **env)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    output = (tmp_path / "output").read_text().splitlines()
    assert output[0] == "number=7"
    exported = json.loads((tmp_path / "reviews.json").read_text())
    assert exported["timeline"] == []
    told = json.loads((host.runner / "records.json").read_text())
    assert (told["head"], told["number"]) == (head, 7)
    assert output[1] == "wanted=true"
    (one,) = told["add"]
    assert one["path"].startswith("projects/lift/approvals/")
    assert "kind: sensitivity\n" in one["text"]
    assert "by: first.sponsor\n" in one["text"]


def test_github_leaves_pull_requests_of_others_alone(asked, fresh: Path, tools: Path, tmp_path: Path) -> None:
    host, head = asked
    script = step(laid_down(".github/workflows/record.yml", fresh), "gather", "Find the pull request")
    good = {
        "number": 7,
        "state": "open",
        "base": {"ref": "main"},
        "head": {"sha": head, "repo": {"full_name": "pmo/plans"}},
    }
    for wrong in ({"state": "closed"}, {"base": {"ref": "other"}}, {"head": {"sha": "0" * 40, "repo": {"full_name": "pmo/plans"}}},
                  {"head": {"sha": head, "repo": {"full_name": "fork/plans"}}}, {"head": {"sha": head, "repo": None}}):  # fmt: skip
        state, output = tmp_path / "state.json", tmp_path / "output"
        state.write_text(json.dumps({"calls": [], "get": {f"{REPO}/commits/{head}/pulls": [good | wrong]}}))
        output.write_text("")
        done = sh(
            script,
            host.runner,
            path=tools,
            GH_STATE=state,
            GH_TOKEN="t",
            GITHUB_REPOSITORY="pmo/plans",
            HEAD_SHA=head,
            BASE="main",
            GITHUB_OUTPUT=output,
        )
        assert done.returncode == 0, done.stderr
        assert output.read_text() == "number=\n", wrong


class TestGitLab:
    """The same by a schedule, as GitLab starts no pipeline for an approval."""

    def test_open_requests_are_looked_at_and_drafts_are_not(self, asked, stand: Stand, tmp_path: Path) -> None:
        host, head = asked
        one = {"iid": 7, "sha": head, "target_branch": "main", "draft": False, "author": {"username": "manager"}}
        stand.get |= {
            f"{API}/merge_requests": [one, one | {"iid": 8, "draft": True}, one | {"iid": 9, "target_branch": "x"}],
            f"{API}/merge_requests/7": one,
            f"{API}/merge_requests/7/approvals": {
                "approved_by": [{"user": {"username": "sponsor"}, "approved_at": "2026-11-21T10:00:00Z"}]
            },
            f"{API}/merge_requests/7/versions": [{"created_at": "2026-11-21T09:00:00Z", "head_commit_sha": head}],
        }
        scripts = Path(__file__).parents[2] / "standards/templates/init/ci/gitlab"
        (host.runner / ".ci/gitlab").mkdir(exist_ok=True)
        for name in ("records.sh", "reviews.sh"):
            (host.runner / ".ci/gitlab" / name).write_bytes((scripts / name).read_bytes())
        done = sh(
            "sh .ci/gitlab/records.sh", host.runner, OUT=tmp_path / "out", CI_DEFAULT_BRANCH="main", **_given(stand)
        )
        assert done.returncode == 0, done.stderr
        (made,) = (tmp_path / "out").iterdir()
        assert made.name == "records-7.json"
        told = json.loads(made.read_text())
        assert (told["head"], len(told["add"])) == (head, 1)

    def test_records_go_onto_the_source_branch_as_one_commit(
        self, gitlab_plans: Path, stand: Stand, tmp_path: Path
    ) -> None:
        request = {"state": "opened", "sha": "a" * 40, "source_project_id": 5, "source_branch": "edit/lift"}
        stand.get[f"{API}/merge_requests/7"] = request
        (tmp_path / "out").mkdir()
        (tmp_path / "out/records-7.json").write_text(json.dumps(RECORDS))
        assert job(gitlab_plans, "add records", tmp_path, stand) == [("POST", f"{API}/repository/commits", {
            "branch": "edit/lift", "commit_message": "Record",
            "actions": [{"action": "create", "file_path": PATH, "content": "id: AP-001\n"}],
        })]  # fmt: skip
        for wrong in ({"state": "merged"}, {"sha": "c" * 40}, {"source_project_id": 6}):
            stand.calls.clear()
            stand.get[f"{API}/merge_requests/7"] = request | wrong
            assert job(gitlab_plans, "add records", tmp_path, stand) == []

    def test_nothing_but_approvals_is_written(self, gitlab_plans: Path, stand: Stand, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out/records-7.json").write_text(json.dumps(RECORDS | {"remove": [".gitlab-ci.yml"]}))
        script = "\n".join(laid_down(".gitlab-ci.yml", gitlab_plans)["add records"]["script"])
        done = sh(script, tmp_path, **_given(stand))
        assert done.returncode != 0
        assert "is no list of approvals" in done.stderr
        assert stand.calls == []
