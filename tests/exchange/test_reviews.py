"""Reviews as the hosts export them: whose last word was yes, and about which commit."""

import json
from pathlib import Path

import pytest
from handrail.exchange.reviews import ReviewsFault, read_reviews

HERE = Path(__file__).parent / "reviews"
HEAD = "1" * 40


def told(name, change=None):
    value = json.loads((HERE / name).read_text())
    if change:
        change(value)
    return read_reviews(json.dumps(value).encode())


@pytest.mark.parametrize("name", ["github.json", "gitlab.json"])
def test_both_hosts_say_the_same_of_a_pull_request(name):
    pull = told(name)
    assert pull.author == "jokafor"
    assert (pull.head, pull.base, pull.merge_commit, pull.merged_by) == (HEAD, "2" * 40, "3" * 40, "hdubois")
    assert pull.merged_at is not None
    assert "jokafor" not in {one.login.lower() for one in pull.reviews}, "nobody reviews their own"


def test_github_the_last_word_counts_and_comments_take_nothing_back():
    found = {one.login: (one.state, one.commit) for one in told("github.json").reviews}
    assert found == {
        "hdubois": ("approved", HEAD), "rsilva": ("approved", "0" * 40), "mkeller": ("dismissed", HEAD),
        "cmoreau": ("changes requested", HEAD),
    }  # fmt: skip


def test_gitlab_an_approval_belongs_to_the_version_of_its_time():
    found = {one.login: one.commit for one in told("gitlab.json").reviews}
    assert found == {"hdubois": HEAD, "rsilva": "0" * 40, "mkeller": None}
    without = told("gitlab.json", lambda value: value.pop("versions"))
    assert {one.commit for one in without.reviews} == {None}, "what cannot be told counts for nothing"


def test_pages_may_stand_in_lists():
    def pages(value):
        value["reviews"] = [value["reviews"][:3], value["reviews"][3:]]

    assert told("github.json", pages).reviews == told("github.json").reviews


def run(began, conclusion, ended, *numbers):
    return {
        "created_at": began,
        "conclusion": conclusion,
        "updated_at": ended,
        "pull_requests": [{"number": one} for one in numbers],
    }


def test_github_the_runs_of_the_gate_are_those_of_this_pull_request_in_order():
    def runs(value):
        number = value["pull"]["number"]
        value["pull"]["created_at"] = "2026-12-01T08:00:00Z"
        value["runs"] = [
            run("2026-12-01T10:00:00Z", "success", "2026-12-01T10:02:00Z", number),
            run("2026-12-01T09:00:00Z", "failure", "2026-12-01T09:02:00Z", number),
            run("2026-12-01T09:30:00Z", "cancelled", "2026-12-01T09:30:10Z", number),
            run("2026-12-01T09:40:00Z", "success", "2026-12-01T09:41:00Z", number + 1),
            run("2026-11-01T09:00:00Z", "failure", "2026-11-01T09:02:00Z"),  # an older branch of the same name
            run("2026-12-01T11:00:00Z", "success", "2026-12-01T11:02:00Z"),  # a fork names no number
        ]

    pull = told("github.json", runs)
    assert pull.opened == "2026-12-01T08:00:00Z"
    assert pull.runs == (
        (False, "2026-12-01T09:02:00Z"),
        (True, "2026-12-01T10:02:00Z"),
        (True, "2026-12-01T11:02:00Z"),
    )
    assert told("github.json").runs is None


def test_gitlab_pipelines_stand_in_the_order_of_their_numbers():
    def pipelines(value):
        value["pipelines"] = [
            {"id": 9, "status": "success"},
            {"id": 7, "status": "failed"},
            {"id": 8, "status": "running"},
        ]

    assert told("gitlab.json", pipelines).runs == ((False, None), (True, None))


def test_before_the_merge_nothing_is_merged():
    def unmerged(value):
        value["pull"] |= {"merged_at": None, "merged_by": None}

    pull = told("github.json", unmerged)
    assert (pull.merged_at, pull.merge_commit, pull.merged_by) == (None, None, None), "GitHub gives a trial merge then"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"{}", b"\xff", b"{" * 5000, b'{"pull": 1, "reviews": []}', b'{"pull": {}, "reviews": []}',
        b'{"merge_request": {"author": {"username": "a"}, "sha": "x", "iid": 1}, "approvals": []}',
        b'{"merge_request": {"author": {"username": "a"}, "sha": "x", "iid": 1}, "approvals": {"approved_by": [1]}}',
        b'{"pull": {"user": {"login": "a"}, "head": {"sha": 5}, "base": {"sha": "x"}, "number": 1}, "reviews": []}',
        (b'{"merge_request": {"author": {"username": "a"}, "sha": "x", "iid": 1}, "approvals": {"approved_by": []},'
        b' "versions": [{"created_at": "yesterday", "head_commit_sha": "x"}]}'),
    ],
)  # fmt: skip
def test_another_file_is_refused_in_words(data):
    with pytest.raises(ReviewsFault, match="file of reviews"):
        read_reviews(data)
