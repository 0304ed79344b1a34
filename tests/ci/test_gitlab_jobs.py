"""GitLab's jobs that talk to the host, run against a stand-in on this machine that answers as its REST API documents."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.ci.repository import laid_down, sh
from tests.command import ROOT, handrail

API = "/api/v4/projects/5"


class Stand(ThreadingHTTPServer):
    """Answers GET from `get`, keeps everything else in `calls`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.get: dict[str, Any] = {"/api/v4/user": {"id": 77}}
        self.calls: list[tuple[str, str, Any]] = []

    @property
    def environment(self) -> dict[str, str]:
        address = f"http://127.0.0.1:{self.server_port}/api/v4"
        return {"CI_API_V4_URL": address, "CI_PROJECT_ID": "5", "CI_MERGE_REQUEST_IID": "7", "HANDRAIL_BOT_TOKEN": "bot",
                "HANDRAIL_READ_TOKEN": "reader", "no_proxy": "*"}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    server: Stand

    def answer(self) -> None:
        path = urlsplit(self.path).path
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else None
        known = self.command != "GET" or path in self.server.get
        if self.command != "GET":
            self.server.calls.append((self.command, path, body))
        data = json.dumps(self.server.get.get(path, {}) if known else {"message": "404"}).encode()
        self.send_response(200 if known and self.headers.get("PRIVATE-TOKEN") else 404)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PUT = answer  # noqa: N815 - what the library calls

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gitlab") / "plans"
    assert handrail("init", folder, "--no-git", "--host", "gitlab", cwd=ROOT).status == 0
    return folder


@pytest.fixture
def stand() -> Iterator[Stand]:
    server = Stand()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def job(plans: Path, name: str, folder: Path, stand: Stand, **env: Any) -> list[tuple[str, str, Any]]:
    script = "\n".join(laid_down(".gitlab-ci.yml", plans)[name]["script"])
    done = sh(script, folder, **{**stand.environment, **env})
    assert done.returncode == 0, done.stderr
    return stand.calls


def put(folder: Path, name: str, text: str) -> None:
    (folder / "out").mkdir(exist_ok=True)
    (folder / "out" / name).write_text(text, encoding="utf-8")


NOTES = f"{API}/merge_requests/7/notes"
MARK = "<!-- handrail: gate -->"


@pytest.mark.parametrize("there", [[], [{"id": 1, "author": {"id": 5}, "body": f"{MARK} mine"}]])
def test_the_first_comment(plans, stand, tmp_path, there) -> None:
    put(tmp_path, "summary.md", "**All well** ü $(touch evil)\n")
    stand.get[NOTES] = there
    assert job(plans, "comment", tmp_path, stand) == [
        ("POST", NOTES, {"body": f"{MARK}\n**All well** ü $(touch evil)\n"})
    ]
    assert not (tmp_path / "evil").exists()


def test_the_comment_is_brought_up_to_date(plans, stand, tmp_path) -> None:
    stand.get[NOTES] = [{"id": 3, "author": {"id": 77}, "body": f"{MARK}\nold"}]
    ((method, path, body),) = job(plans, "comment", tmp_path, stand)
    assert (method, path) == ("PUT", f"{NOTES}/3")
    assert "could not be judged" in body["body"], "the gate left nothing"


def test_without_a_token_there_is_no_comment(plans, stand, tmp_path) -> None:
    assert job(plans, "comment", tmp_path, stand, HANDRAIL_BOT_TOKEN="") == []


def test_one_issue_for_each_person(plans, stand, tmp_path) -> None:
    people = [{"person": one, "login": one, "markdown": "- x\n"} for one in ("a.king", "b.lee")]
    put(tmp_path, "reminders.json", json.dumps({"people": people}))
    mark = "<!-- handrail: reminder {} -->\nold"
    stand.get[f"{API}/issues"] = [
        {"iid": 4, "state": "closed", "description": mark.format("a.king")}, {"iid": 5, "state": "opened", "description": None},
        {"iid": 6, "state": "opened", "description": mark.format("c.roy")},
    ]  # fmt: skip
    stand.get["/api/v4/users"] = [{"id": 9}]
    first, second, third = job(plans, "tell", tmp_path, stand)
    assert (first[:2], first[2]["state_event"]) == (("PUT", f"{API}/issues/4"), "reopen")
    assert (second[:2], second[2]["assignee_ids"]) == (("POST", f"{API}/issues"), [9])
    assert second[2]["description"] == "<!-- handrail: reminder b.lee -->\n- x\n"
    assert third == ("PUT", f"{API}/issues/6", {"state_event": "close"})


def test_records_are_added_once(plans, stand, tmp_path) -> None:
    for letter in "ab":
        put(tmp_path, f"{letter * 40}.json", "{}")
    repository = f"{API}/repository"
    stand.get[f"{repository}/branches/handrail-evidence"] = {"name": "handrail-evidence"}
    stand.get[f"{repository}/files/evidence%2F{'a' * 40}.json"] = {}
    ((method, path, body),) = job(plans, "keep evidence", tmp_path, stand)
    assert (method, path, body["branch"]) == ("POST", f"{repository}/commits", "handrail-evidence")
    assert [one["file_path"] for one in body["actions"]] == [f"evidence/{'b' * 40}.json"]


def test_reviews_are_what_the_gate_reads(plans, stand, tmp_path) -> None:
    from handrail.exchange.reviews import read_reviews

    request = f"{API}/merge_requests/7"
    stand.get[request] = {"iid": 7, "author": {"username": "fm"}, "sha": "3" * 40, "diff_refs": {"base_sha": "2" * 40}}
    stand.get[f"{request}/approvals"] = {
        "approved_by": [{"user": {"username": "a.king"}, "approved_at": "2026-12-04T10:00:00Z"}]
    }
    stand.get[f"{request}/versions"] = [{"created_at": "2026-12-04T09:00:00Z", "head_commit_sha": "3" * 40}]
    done = sh(f"sh .ci/gitlab/reviews.sh {tmp_path}/reviews.json", plans, NUMBER="7", **stand.environment)
    assert done.returncode == 0, done.stderr
    pull = read_reviews((tmp_path / "reviews.json").read_bytes())
    assert pull.runs is None, "nothing hangs on pipelines: what the host does not tell is left out"
    stand.get[f"{request}/pipelines"] = [{"id": 2, "status": "success"}, {"id": 1, "status": "failed"}]
    assert sh(f"sh .ci/gitlab/reviews.sh {tmp_path}/more.json", plans, NUMBER="7", **stand.environment).returncode == 0
    assert read_reviews((tmp_path / "more.json").read_bytes()).runs == ((False, None), (True, None))
    (review,) = pull.reviews
    assert (review.login, review.commit) == ("a.king", "3" * 40)
    done = sh(f"sh .ci/gitlab/reviews.sh {tmp_path}/none.json", plans, NUMBER="7")
    assert (done.returncode, (tmp_path / "none.json").read_bytes()) == (0, b"")


def test_settings_are_collected_and_the_doctor_reads_them(plans, stand, tmp_path) -> None:
    from handrail.doctor import gitlab
    from handrail.doctor.host import gaps_of

    from tests.doctor.settings import GITLAB

    for name, path in (
        ("project", ""),
        ("protected_branches", "/protected_branches"),
        ("approval_rules", "/approval_rules"),
    ):
        stand.get[f"{API}{path}"] = GITLAB[name]
    done = sh(f"sh .ci/gitlab/settings.sh {tmp_path}/settings.json", plans, **stand.environment)
    assert done.returncode == 0, done.stderr
    found = [
        one.id for one in gaps_of(gitlab.read(json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))))
    ]
    assert found == ["unseen"], "approvals may not be seen"
    stand.get[f"{API}/approvals"] = GITLAB["approvals"]
    sh(f"sh .ci/gitlab/settings.sh {tmp_path}/settings.json", plans, **stand.environment)
    assert not list(gaps_of(gitlab.read(json.loads((tmp_path / "settings.json").read_text(encoding="utf-8")))))


def test_open_merge_requests_are_listed(plans, stand, tmp_path) -> None:
    from handrail.render.pulls import pull_requests

    stand.get[f"{API}/merge_requests"] = [{
        "iid": 4, "title": "<b>", "author": {"username": "fm"}, "web_url": "https://x/4", "draft": False, "reviewers": [],
        "created_at": "2026-12-01T10:00:00Z", "updated_at": "2026-12-02T10:00:00Z",
    }]  # fmt: skip
    done = sh(f"sh .ci/gitlab/pulls.sh {tmp_path}/pulls.json", plans, **stand.environment)
    assert done.returncode == 0, done.stderr
    (found,) = pull_requests(tmp_path, "pulls.json", "https://x") or ()
    assert (found.title, found.author, found.waits_for, found.gate) == ("<b>", "fm", "review", None)
    said = b64encode(b'{"verdict": "Nothing stands in the way", "stops": false}').decode()
    stand.get[f"{API}/merge_requests/4"] = {"head_pipeline": {"id": 70}}
    stand.get[f"{API}/pipelines/70/jobs"] = [{"name": "comment", "id": 8}, {"name": "gate", "id": 9}]
    stand.get[f"{API}/jobs/9/artifacts/out/summary.md"] = f"<!-- handrail: gate --> <!-- handrail: brief {said} -->"
    sh(f"sh .ci/gitlab/pulls.sh {tmp_path}/pulls.json", plans, **stand.environment)
    (found,) = pull_requests(tmp_path, "pulls.json", "https://x") or ()
    assert found.gate is not None
    assert found.gate.verdict == "Nothing stands in the way"
