"""The steps of the gate, run on real repositories: what a change brings is never run and never wins over the target."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.ci.repository import Host, laid_down, make, sh, step
from tests.command import git

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("host")
    make(folder)
    return folder


@pytest.fixture
def host(made: Path, tmp_path: Path) -> Host:
    """A host of one's own, so that tests do not see each other's changes."""
    shutil.copytree(made, tmp_path / "host", symlinks=True)
    found = Host(origin=tmp_path / "host/origin.git", work=tmp_path / "host/work", runner=tmp_path / "host/runner")
    for clone in (found.work, found.runner):
        git("remote", "set-url", "origin", str(found.origin), cwd=clone)
    return found


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH with a `gh` that answers from a file."""
    folder = tmp_path / "tools"
    folder.mkdir()
    shutil.copy(HERE / "fake_gh.py", folder / "gh")
    (folder / "gh").chmod(0o755)
    return folder


def gate(host: Host, head: str, number: int = 1, form: str = "github", **env: Any):
    """Fetch and judge as the workflow does, in the runner's clone of the target."""
    fetched = sh("sh .ci/fetch-change.sh", host.runner, REF=f"refs/pull/{number}/head", HEAD_SHA=head)
    assert fetched.returncode == 0, fetched.stderr
    return sh(f"sh .ci/gate.sh {form}", host.runner, HEAD_SHA=head, OUT=host.runner.parent / "out", **env)


def summary(host: Host) -> str:
    return (host.runner.parent / "out" / "summary.md").read_text(encoding="utf-8")


def plan(host: Host) -> str:
    return (host.work / "projects/lift/project.yaml").read_text(encoding="utf-8")


def test_a_sound_change_passes(host) -> None:
    head = host.change(1, {"README.md": "# Plans\n"})
    done = gate(host, head)
    assert done.returncode == 0, done.stdout + done.stderr
    assert summary(host)


def test_a_broken_plan_is_stopped_and_said(host) -> None:
    head = host.change(1, {"projects/lift/project.yaml": plan(host).replace("tier: small", "tier: tiny")})
    done = gate(host, head)
    assert done.returncode == 1
    assert "::error" in done.stdout
    assert "tiny" in summary(host)


def test_on_gitlab_there_is_a_code_quality_report(host) -> None:
    head = host.change(1, {"projects/lift/project.yaml": plan(host).replace("tier: small", "tier: tiny")})
    assert gate(host, head, form="gitlab").returncode == 1
    report = json.loads((host.runner.parent / "out" / "code-quality.json").read_text(encoding="utf-8"))
    assert report[0]["location"]["path"] == "projects/lift/project.yaml"


def test_nothing_of_the_change_is_checked_out_or_run(host) -> None:
    """A change that replaces the gate's scripts, its lock and its settings along with a broken plan changes nothing."""
    evil = 'touch "$HOME/../evil"; exit 0\n'
    head = host.change(1, {
        "projects/lift/project.yaml": plan(host).replace("tier: small", "tier: tiny"), ".ci/gate.sh": evil,
        ".ci/fetch-change.sh": evil, ".ci/reviews.sh": evil, ".ci/requirements.lock": "handrail==0.0.0\n", "sitecustomize.py": evil,
        "standards/policy/enforcement.yaml": "observe: yes\nplan: []\nrules: []\n", ".gitattributes": "* export-ignore\n",
    })  # fmt: skip
    before = git("status", "--porcelain", cwd=host.runner) + git("rev-parse", "HEAD", cwd=host.runner)
    assert gate(host, head).returncode == 1
    assert git("status", "--porcelain", cwd=host.runner) + git("rev-parse", "HEAD", cwd=host.runner) == before
    assert not list(host.runner.parent.rglob("evil"))


@pytest.mark.parametrize("sha", ["", "main", "$(touch evil)", "--upload-pack=touch evil", "0" * 40 + ";ls"])
def test_only_a_commit_is_a_commit(host, sha) -> None:
    done = sh("sh .ci/fetch-change.sh", host.runner, REF="refs/pull/1/head", HEAD_SHA=sha)
    assert done.returncode == 2
    assert not list(host.runner.glob("*evil*"))


def test_a_ref_is_a_whole_name(host) -> None:
    head = host.change(1, {"README.md": "# Plans\n"})
    assert sh("sh .ci/fetch-change.sh", host.runner, REF="--upload-pack=x", HEAD_SHA=head).returncode == 2


def test_a_change_that_was_replaced_meanwhile_is_not_judged(host) -> None:
    host.change(1, {"README.md": "# Plans\n"})
    done = sh("sh .ci/fetch-change.sh", host.runner, REF="refs/pull/1/head", HEAD_SHA="1" * 40)
    assert done.returncode == 2
    assert "pushed again" in done.stderr


def test_the_token_is_in_no_file(host) -> None:
    head = host.change(1, {"README.md": "# Plans\n"})
    done = sh("sh .ci/fetch-change.sh", host.runner, REF="refs/pull/1/head", HEAD_SHA=head, TOKEN="s3cret-token")
    assert done.returncode == 0, done.stderr
    files = [path for path in (host.runner / ".git").rglob("*") if path.is_file()]
    assert not [path for path in files if b"s3cret" in path.read_bytes() or b"eC1hY2Nlc3M" in path.read_bytes()]


def test_a_tool_that_breaks_never_passes(host, tmp_path) -> None:
    """Neither a crash, nor a tool that says nothing and ends well."""
    head = host.change(1, {"README.md": "# Plans\n"})
    for body in ("exit 3", "exit 0", "exit 127"):
        fake = tmp_path / "broken"
        fake.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        fake.chmod(0o755)
        shutil.rmtree(host.runner.parent / "out", ignore_errors=True)
        done = gate(host, head, HANDRAIL=str(fake))
        assert done.returncode > 1
        assert "could not be judged" in summary(host)


def queue(host: Host, reviewed: str, more: str | None = None) -> str:
    """A merge queue's commit: the target with the change merged, and perhaps something that nobody reviewed."""
    git("checkout", "-q", "--detach", "origin/main", cwd=host.work)
    git("merge", "-q", "--no-ff", "-m", "queue", reviewed, cwd=host.work)
    if more is not None:
        (host.work / "projects/lift/project.yaml").write_text(more, encoding="utf-8")
        git("commit", "-qam", "more", "--amend", cwd=host.work)
    git("push", "-qf", "origin", "HEAD:refs/heads/gh-readonly-queue/main/pr-1-abc", cwd=host.work)
    return git("rev-parse", "HEAD", cwd=host.work).strip()


@pytest.mark.parametrize("harm", [False, True])
def test_a_merge_queue_judges_what_will_be_merged(host, tools, tmp_path, harm) -> None:
    reviewed = host.change(1, {"README.md": "# Plans\n"})
    group = queue(host, reviewed, plan(host).replace("tier: small", "tier: tiny") if harm else None)
    ref = "refs/heads/gh-readonly-queue/main/pr-1-abc"
    assert sh("sh .ci/fetch-change.sh", host.runner, REF=ref, HEAD_SHA=group).returncode == 0
    state(
        tmp_path,
        {"repos/water/plans/pulls/1": PULL | {"head": {"sha": reviewed}}, "repos/water/plans/pulls/1/reviews": []},
    )
    done = sh(f"sh .ci/github/reviews.sh {tmp_path}/reviews.json", host.runner, path=tools, GROUP=ref, GH_TOKEN="t",
              GH_STATE=tmp_path / "gh.json", GITHUB_REPOSITORY="water/plans")  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = sh(
        "sh -x .ci/gate.sh github",
        host.runner,
        HEAD_SHA=group,
        GROUP=ref,
        OUT=tmp_path / "out",
        REVIEWS=tmp_path / "reviews.json",
    )
    assert done.returncode == (1 if harm else 0), done.stdout + done.stderr
    judged = reviewed if not harm else group
    assert f"--head {judged}" in done.stderr


@pytest.mark.parametrize(
    "env",
    [
        {"NUMBER": "1; touch evil"},
        {"GROUP": "refs/heads/main"},
        {"GROUP": "refs/heads/gh-readonly-queue/main/pr-x-1"},
        {},
    ],
)
def test_only_a_number_is_a_number(host, tools, env) -> None:
    assert sh("sh .ci/github/reviews.sh out.json", host.runner, path=tools, GH_TOKEN="t", **env).returncode == 2


# --- what writes to the host

PULL = {"number": 1, "user": {"login": "fm"}, "base": {"sha": "2" * 40}, "head": {"sha": "3" * 40}}
COMMENTS = "repos/water/plans/issues/7/comments"


def state(folder: Path, get: dict[str, Any], **more: Any) -> Path:
    file = folder / "gh.json"
    file.write_text(json.dumps({"get": get, "calls": [], **more}), encoding="utf-8")
    return file


def calls(file: Path) -> list[Any]:
    found: list[Any] = json.loads(file.read_text(encoding="utf-8"))["calls"]
    return found


def comment(host: Host, tools: Path, folder: Path, text: str | None, there: list[dict[str, Any]]) -> list[Any]:
    if text is not None:
        (folder / "out").mkdir(exist_ok=True)
        (folder / "out" / "summary.md").write_text(text, encoding="utf-8")
    file = state(folder, {COMMENTS: there})
    script = step(
        laid_down(".github/workflows/gate.yml", host.runner), "comment", "Write the comment, or bring it up to date"
    )
    done = sh(
        script,
        folder,
        path=tools,
        GH_STATE=file,
        GH_TOKEN="t",
        NUMBER="7",
        GITHUB_REPOSITORY="water/plans",
        RUN="https://run",
    )
    assert done.returncode == 0, done.stderr
    return calls(file)


BOT, MARK = {"login": "github-actions[bot]"}, "<!-- handrail: gate -->"


def test_the_first_comment_is_written(host, tools, tmp_path) -> None:
    ((method, path, body),) = comment(host, tools, tmp_path, "**All well** `$(touch evil)` ü\n", [])
    assert (method, path) == ("POST", COMMENTS)
    assert body == {"body": f"{MARK}\n**All well** `$(touch evil)` ü\n"}
    assert not (tmp_path / "evil").exists()


def test_it_is_brought_up_to_date_and_nobody_else_can_play_it(host, tools, tmp_path) -> None:
    there = [
        {"id": 1, "user": {"login": "mallory"}, "body": f"{MARK}\nmine"}, {"id": 2, "user": BOT, "body": f"quoted {MARK}"},
        {"id": 3, "user": BOT, "body": f"{MARK}\nold"},
    ]  # fmt: skip
    ((method, path, _),) = comment(host, tools, tmp_path, "new", there)
    assert (method, path) == ("PATCH", "repos/water/plans/issues/comments/3")


def test_a_gate_that_said_nothing_is_told(host, tools, tmp_path) -> None:
    ((_, _, body),) = comment(host, tools, tmp_path, None, [])
    assert "could not be judged" in body["body"]
    assert "https://run" in body["body"]


def test_a_long_summary_fits(host, tools, tmp_path) -> None:
    ((_, _, body),) = comment(host, tools, tmp_path, "ü" * 100_000, [])
    assert 25_000 < len(body["body"]) <= 65_536
    assert "\ufffd" not in body["body"]


REMINDERS = {
    "people": [
        {"person": "a.king", "login": "aking", "markdown": "- **late**: x $(touch evil)\n"},
        {"person": "b.lee", "login": None, "markdown": "- y\n"},
    ]
}


def tell(host: Host, tools: Path, folder: Path, there: list[dict[str, Any]], **more: Any) -> list[Any]:
    (folder / "reminders.json").write_text(json.dumps(REMINDERS), encoding="utf-8")
    file = state(folder, {"repos/water/plans/issues": there}, **more)
    script = step(laid_down(".github/workflows/remind.yml", host.runner), "tell", "Keep one issue for each person")
    done = sh(script, folder, path=tools, GH_STATE=file, GH_TOKEN="t", GITHUB_REPOSITORY="water/plans")
    assert done.returncode == 0, done.stderr
    assert not (folder / "evil").exists()
    return calls(file)


def issue(number: int, who: str, status: str = "open") -> dict[str, Any]:
    return {"number": number, "state": status, "body": f"<!-- handrail: reminder {who} -->\nold"}


def test_everybody_has_one_issue(host, tools, tmp_path) -> None:
    first, second = tell(host, tools, tmp_path, [])
    assert (first[0], first[1], first[2]["title"]) == ("POST", "repos/water/plans/issues", "Due: a.king")
    assert first[2]["assignees"] == ["aking"]
    assert first[2]["body"].startswith("<!-- handrail: reminder a.king -->\n- **late**")
    assert second[2]["assignees"] == []


def test_issues_are_brought_up_to_date_opened_again_and_closed(host, tools, tmp_path) -> None:
    there = [issue(4, "a.king", "closed"), issue(5, "c.roy"), issue(6, "b.lee"), {"number": 9, "state": "open", "body": None},
             issue(8, "d.poe", "closed")]  # fmt: skip
    found = {(method, path): body for method, path, body in tell(host, tools, tmp_path, there)}
    assert found["PATCH", "repos/water/plans/issues/4"]["state"] == "open"
    assert found["PATCH", "repos/water/plans/issues/5"] == {"state": "closed", "state_reason": "completed"}
    assert set(found) == {("PATCH", f"repos/water/plans/issues/{number}") for number in (4, 5, 6)}


def test_a_login_that_the_host_refuses_costs_only_the_assignment(host, tools, tmp_path) -> None:
    found = tell(host, tools, tmp_path, [], refuse=["repos/water/plans/issues"])
    assert [body.get("assignees") for _, _, body in found] == [["aking"], None, []]


def nightly(host: Host, tools: Path, folder: Path, blocks: str, there: list[dict[str, Any]]) -> list[Any]:
    (folder / "out").mkdir()
    (folder / "out" / "summary.md").write_text("**1 to mend**\n", encoding="utf-8")
    file = state(folder, {"repos/water/plans/issues": there})
    script = step(laid_down(".github/workflows/nightly.yml", host.runner), "issue", "Keep the one issue")
    done = sh(script, folder, path=tools, GH_STATE=file, GH_TOKEN="t", GITHUB_REPOSITORY="water/plans", BLOCKS=blocks)
    assert done.returncode == 0, done.stderr
    return calls(file)


OLD = {"number": 3, "state": "open", "body": "<!-- handrail: nightly -->\nold"}


@pytest.mark.parametrize(
    ("blocks", "there", "told"),
    [
        ("0", [], []), ("0", [OLD], [("PATCH", "closed")]), ("1", [], [("POST", None)]), ("1", [OLD], [("PATCH", None)]),
        ("2", [{**OLD, "pull_request": {}}], [("POST", None)]),
    ],
)  # fmt: skip
def test_the_nightly_issue(host, tools, tmp_path, blocks, there, told) -> None:  # noqa: PLR0913, PLR0917 - a row of a table
    found = nightly(host, tools, tmp_path, blocks, there)
    assert [(method, (body or {}).get("state")) for method, _, body in found] == told


def test_the_nightly_check_runs(host, tmp_path) -> None:
    done = sh("sh .ci/nightly.sh github", host.runner, OUT=tmp_path / "out")
    text = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert done.returncode == 1, "nobody has a login yet, so CODEOWNERS is missing"
    assert "CODEOWNERS" in text
    assert "cases" not in text


def test_the_nightly_check_runs_the_cases_of_the_rules(host, tmp_path) -> None:
    place = host.runner / "standards/risk/rsk-01.test.yaml"
    sound = place.read_bytes()
    place.unlink()
    done = sh("sh .ci/nightly.sh github", host.runner, OUT=tmp_path / "out")
    place.write_bytes(sound)
    text = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert "Rules do not do what their cases say:\n\n    LACKS  RSK-01" in text


def keep(host: Host, tools: Path, folder: Path, get: dict[str, Any]) -> list[Any]:
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / f"{'a' * 40}.json").write_text('{"x": "ü"}', encoding="utf-8")
    file = state(folder, get)
    script = step(laid_down(".github/workflows/evidence.yml", host.runner), "keep", "Add the records to the branch")
    done = sh(script, folder, path=tools, GH_STATE=file, GH_TOKEN="t", GITHUB_REPOSITORY="water/plans")
    assert done.returncode == 0, done.stderr
    return calls(file)


BRANCH = "repos/water/plans/git/ref/heads/handrail-evidence"
RECORD = f"repos/water/plans/contents/evidence/{'a' * 40}.json"


def test_the_first_record_makes_the_branch_and_a_record_is_never_written_twice(host, tools, tmp_path) -> None:
    import base64

    found = keep(host, tools, tmp_path, {})
    assert [path.rsplit("/", 1)[-1] for _, path, _ in found] == ["trees", "commits", "refs", f"{'a' * 40}.json"]
    assert base64.b64decode(found[-1][2]["content"]).decode() == '{"x": "ü"}'
    assert found[-1][2]["branch"] == "handrail-evidence"
    assert keep(host, tools, tmp_path, {BRANCH: {}, RECORD: {}}) == []


def test_settings_are_collected_and_the_doctor_reads_them(host, tools, tmp_path) -> None:
    from tests.command import handrail
    from tests.doctor.settings import GITHUB_RULES

    api = "repos/water/plans"
    state(tmp_path, {
        api: GITHUB_RULES["repository"], f"{api}/rules/branches/main": [
            {**one, "ruleset_source_type": one.get("ruleset_source_type", "Repository")} for one in GITHUB_RULES["rules"]],
        f"{api}/rulesets/7": GITHUB_RULES["rulesets"][0], f"{api}/rules/branches/handrail-evidence": GITHUB_RULES["evidence_rules"],
        f"{api}/actions/permissions/workflow": GITHUB_RULES["workflow_permissions"],
        f"{api}/codeowners/errors": GITHUB_RULES["codeowners_errors"],
    })  # fmt: skip
    done = sh("sh .ci/github/settings.sh settings.json main", host.runner, path=tools, GH_STATE=tmp_path / "gh.json", GH_TOKEN="t",
              GITHUB_REPOSITORY="water/plans")  # fmt: skip
    assert done.returncode == 0, done.stderr
    settings = json.loads((host.runner / "settings.json").read_text(encoding="utf-8"))
    assert settings["rulesets"] == GITHUB_RULES["rulesets"]
    assert settings["protection"] is None, "what may not be seen is not taken for unprotected"
    told = handrail("doctor", "--settings", "settings.json", "--format", "json", cwd=host.runner)
    assert {one["id"] for one in told.json["gaps"] if one["weight"] != "note"} == {"codeowners"}


def test_open_pull_requests_are_listed_as_data(host, tools, tmp_path) -> None:
    pull = {"number": 4, "title": "$(touch evil) <b>", "user": {"login": "fm"}, "html_url": "https://x/4", "draft": False,
            "created_at": "2026-12-01T10:00:00Z", "updated_at": "2026-12-02T10:00:00Z", "requested_reviewers": [{"login": "aking"}],
            "requested_teams": []}  # fmt: skip
    mine, other = "<!-- handrail: brief bWluZQ== -->", "<!-- handrail: brief b3RoZXI= -->"
    comments = [
        {"user": {"login": "github-actions[bot]"}, "body": f"<!-- handrail: gate -->\n{mine}\n### One thing"},
        {"user": {"login": "fm"}, "body": f"<!-- handrail: gate -->\n{other}"},
    ]
    silent = pull | {"number": 5}
    file = state(tmp_path, {"repos/water/plans/pulls": [pull, silent], "repos/water/plans/issues/4/comments": comments,
                            "repos/water/plans/issues/5/comments": comments[1:]})  # fmt: skip
    script = step(laid_down(".github/workflows/site.yml", host.runner), "pulls", "List open pull requests")
    done = sh(script, tmp_path, path=tools, GH_STATE=file, GH_TOKEN="t", GITHUB_REPOSITORY="water/plans")
    assert done.returncode == 0, done.stderr
    found, unsaid = json.loads((tmp_path / "pulls.json").read_text(encoding="utf-8"))
    assert (found["brief"], unsaid["brief"]) == (mine, None), "only the gate's own comment speaks for it"
    assert (found["title"], found["waits_for"], found["opened"]) == (
        "$(touch evil) <b>",
        "aking",
        "2026-12-01T10:00:00Z",
    )
    assert not (tmp_path / "evil").exists()


def evidence(host: Host, tools: Path, folder: Path, before: str, get: dict[str, Any]) -> dict[str, Any]:
    git("pull", "-q", cwd=host.runner)
    after = git("rev-parse", "HEAD", cwd=host.runner).strip()
    done = sh("sh .ci/github/evidence.sh", host.runner, path=tools, BEFORE=before, AFTER=after, OUT=folder / "evidence",
              GH_STATE=state(folder, get), GH_TOKEN="t", GITHUB_REPOSITORY="water/plans")  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    files = sorted((folder / "evidence").iterdir())
    assert all(path.suffix == ".json" for path in files)
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def test_a_merge_is_recorded_with_who_reviewed_it_and_a_push_without_anybody(host, tools, tmp_path) -> None:
    before = git("rev-parse", "HEAD", cwd=host.runner).strip()
    head = host.change(1, {"README.md": "# Plans\n"})
    git("checkout", "-q", "--detach", "origin/main", cwd=host.work)
    git("merge", "-q", "--no-ff", "-m", "Merge #1", head, cwd=host.work)
    merge = git("rev-parse", "HEAD", cwd=host.work).strip()
    (host.work / "README.md").write_text("# Past every pull request\n", encoding="utf-8")
    git("commit", "-qam", "push", cwd=host.work)
    push = git("rev-parse", "HEAD", cwd=host.work).strip()
    git("push", "-q", "origin", "HEAD:main", cwd=host.work)
    api = "repos/water/plans"
    pull = PULL | {
        "head": {"sha": head, "ref": "update/desk"},
        "created_at": "2026-12-04T08:00:00Z",
        "merged_at": "2026-12-04T10:00:00Z",
        "merge_commit_sha": merge,
    }
    review = {
        "user": {"login": "aking"},
        "state": "APPROVED",
        "commit_id": head,
        "submitted_at": "2026-12-04T09:00:00Z",
    }
    found = evidence(host, tools, tmp_path, before, {
        f"{api}/commits/{merge}/pulls": [{"number": 1, "merged_at": "2026-12-04T10:00:00Z"}], f"{api}/commits/{push}/pulls": [],
        f"{api}/pulls/1": pull, f"{api}/pulls/1/reviews": [review],
        f"{api}/actions/workflows/gate.yml/runs": {"workflow_runs": [
            {"created_at": f"2026-12-04T{hour}:00:00Z", "updated_at": f"2026-12-04T{hour}:01:30Z", "conclusion": word, "pull_requests": [{"number": 1}]}
            for hour, word in (("09", "success"), ("08", "failure"))
        ]},
    })  # fmt: skip
    assert found[merge]["gate"] == {"runs": 2, "blocked": True, "minutes_to_green": 60}
    assert found[merge]["pull"]["opened"] == "2026-12-04T08:00:00Z"
    assert found[push]["gate"] is None
    assert set(found) == {merge, push}
    assert "aking" in json.dumps(found[merge])
    assert "aking" not in json.dumps(found[push])


def test_the_first_push_of_all_is_recorded_too(host, tools, tmp_path) -> None:
    first = git("rev-parse", "HEAD", cwd=host.runner).strip()
    found = evidence(host, tools, tmp_path, "0" * 40, {f"repos/water/plans/commits/{first}/pulls": []})
    assert set(found) == {first}
