"""The sample's year: made twice it is the same, it ends as the sample stands, and every day of it can be read."""

from pathlib import Path

from handrail.compute.approvals import stale
from handrail.load import load

from tests.demo_year.year import ROOT, Revision, git, make


def test_the_same_sample_gives_the_same_commits_whatever_the_user_has_configured(year, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody else")
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text(
        "[user]\n\tname = Nobody\n[init]\n\tdefaultBranch = trunk\n[commit]\n\tgpgSign = true\n"
    )
    again = tmp_path / "again"
    # A path that counts from where it is started, as scripts/site gives it.
    made = make(Path("again"), tmp_path)
    assert made.returncode == 0, made.stderr
    for branch in ("main", "handrail-evidence"):
        assert git(again, "rev-parse", branch) == git(year, "rev-parse", branch)
    assert git(again, "for-each-ref", "--format=%(refname)").split() == [
        b"refs/heads/handrail-evidence", b"refs/heads/main",
    ]  # fmt: skip


def test_the_last_day_is_the_sample_itself(year):
    for top in ("standards", "projects"):
        there = {path.relative_to(year): path.read_bytes() for path in (year / top).rglob("*") if path.is_file()}
        here = {
            path.relative_to(ROOT): path.read_bytes()
            for path in (ROOT / top).rglob("*")
            if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(ROOT).parts)
        }
        assert there == here
    assert git(year, "status", "--porcelain") == b""


def test_projects_join_and_go_on_by_merge_commits(year):
    merges = git(year, "log", "--first-parent", "--merges", "--format=%s", "main").decode().splitlines()
    plain = git(year, "log", "--first-parent", "--no-merges", "--format=%s", "main").decode().splitlines()
    assert plain == ["Tidy up the risks", "Lay down standards, policy and strategy"]
    assert 380 < len(git(year, "log", "--format=%H", "main").split()) < 480
    for project in (path.name for path in (ROOT / "projects").iterdir()):
        assert sum(f"'register/{project}-" in one for one in merges) == 1
    assert sum("'update/" in one for one in merges) > 50
    moments = [int(one) for one in git(year, "log", "--first-parent", "--reverse", "--format=%at").split()]
    assert moments == sorted(moments)


def test_approvals_are_committed_by_those_who_decided(year):
    log = git(year, "log", "--no-merges", "--format=%x00%ae", "--name-only", "--", "projects/visitor-desk").decode()
    for entry in log.split("\0")[1:]:
        author, *paths = entry.split()
        approvals = [path for path in paths if "/approvals/" in path]
        assert author == ("c.moreau@brightwater.example" if approvals else "j.okafor@brightwater.example")
        assert approvals in ([], paths)


def test_every_third_state_on_the_way_can_be_read_without_a_remark(year):
    commits = git(year, "log", "--first-parent", "--format=%H", "main").decode().split()[::3]
    remarks = {(one.loc.file, one.message) for commit in commits for one in load(Revision(year, commit)).remarks}
    assert remarks == set()


def test_it_replaces_only_what_it_made(year, tmp_path):
    (year / "stray.txt").write_text("gone after the next run")
    assert make(year).returncode == 0
    assert git(year, "status", "--porcelain") == b""
    assert not (year / "stray.txt").exists()
    other = tmp_path / "work"
    other.mkdir()
    (other / "precious.txt").write_text("mine")
    refused = make(other)
    assert refused.returncode == 2
    assert "was not made by" in refused.stderr
    assert (other / "precious.txt").read_text() == "mine"


def test_an_approval_is_bound_to_what_stood_there_on_its_day(year):
    seen = 0
    for commit in git(year, "rev-list", "--first-parent", "main").decode().split()[::9]:
        repository = load(Revision(year, commit)).repository
        for plan in repository.plans:
            for approval in plan.approvals:
                seen += 1
                assert approval.value, f"{commit} {plan.id} {approval.id}"
                assert stale(approval, plan, repository) is None, f"{commit} {plan.id} {approval.id}"
    assert seen > 30
