"""A click on the host becomes an approval on record: by whom it may, of what was looked at, and of nothing that came later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.approvals.test_gate import AUTHORITY, MANAGER, PEOPLE
from tests.gate.repository import Governed

ASKED = "projects/visitor-desk/changes/CR-004.yaml"
RECORD = "projects/visitor-desk/approvals/AP-003.yaml"
DAY = "2026-12-03T09:00:00+0100"
BOT = "bot@brightwater.example"


class Pull:
    """A pull request that asks for a change, what its reviews say, and what the job makes of them."""

    def __init__(self, plans: Governed, folder: Path, author: str = "jokafor") -> None:
        self.plans, self.folder, self.author = plans, folder, author
        self.reviews: list[dict[str, Any]] = []
        self.timeline: list[dict[str, Any]] = []

    @property
    def head(self) -> str:
        return self.plans.git("rev-parse", "HEAD")

    def review(
        self, login: str = "cmoreau", state: str = "APPROVED", commit: str | None = None, hour: int = 10
    ) -> Pull:
        one = {"id": len(self.reviews) + 1, "user": {"login": login}, "state": state, "commit_id": commit or self.head,
               "submitted_at": f"2026-12-03T{hour}:00:00Z"}  # fmt: skip
        self.reviews.append(one)
        return self

    def export(self) -> Path:
        base = self.plans.git("rev-parse", "main")
        pull = {"number": 7, "user": {"login": self.author}, "head": {"sha": self.head}, "base": {"sha": base}}
        file = self.folder / "reviews.json"
        file.write_text(json.dumps({"pull": pull, "reviews": self.reviews, "timeline": self.timeline}))
        return file

    def recorded(self) -> dict[str, Any]:
        """What the job hands to the one that writes."""
        goal = self.folder / "records.json"
        done = self.plans.handrail(
            "record", "--reviews", self.export(), "--base", "main", "--head", self.head, "--output", goal
        )
        assert done.status == 0, done.err
        found: dict[str, Any] = json.loads(goal.read_text())
        return found

    def add(self) -> dict[str, Any]:
        """What the second job does: the records, in a commit of the bot's."""
        told = self.recorded()
        for one in told["add"]:
            self.plans.write(one["path"], one["text"])
        for path in told["remove"]:
            self.plans.remove(path)
        self.plans.commit(told["message"], author=BOT, at=DAY)
        return told

    def remarks(self) -> list[dict[str, Any]]:
        """What the gate says of how the approvals are evidenced."""
        return self.plans.check("main", "HEAD", "--reviews", str(self.export())).of("GOV-10")


@pytest.fixture
def pull(tmp_path: Path) -> Pull:
    """Under a policy that takes a review on the host, the manager asks for a change."""
    plans = Governed.sample(tmp_path, "visitor-desk")
    row = "  - {decision: change within tolerance, roles: [sponsor], up_to: 100000}"
    plans.replace(AUTHORITY, row, row.replace("}", ", grade: A}")).commit("Ask for reviews")
    plans.branch("ask").write(
        ASKED, plans.read("projects/visitor-desk/changes/CR-003.yaml").replace("CR-003", "CR-004")
    )
    plans.commit("Ask", author=MANAGER, at=DAY)
    return Pull(plans, tmp_path)


def test_the_sponsors_click_is_all_it_takes(pull: Pull) -> None:
    told = pull.review().add()
    assert [one["path"] for one in told["add"]] == [RECORD]
    assert "by: c.moreau\nrole: sponsor\non: 2026-12-03\n" in pull.plans.read(RECORD)
    verdict = pull.plans.check("main", "HEAD", "--reviews", str(pull.export()))
    assert verdict.of("GOV-10") == []
    assert verdict.of("GOV-09") == []
    assert "GOV-10" in pull.plans.check().blocking(), "without the review, the record alone is nothing"
    assert pull.recorded()["add"] == [], "it is recorded once"


def test_a_push_that_dismisses_the_review_by_the_hosts_setting_takes_nothing_back(pull: Pull) -> None:
    before = pull.review().head
    pull.add()
    pull.reviews[0]["state"] = "DISMISSED"
    assert len(pull.remarks()) == 1, "dismissed by a person"
    told = {"state": "approved", "review_id": 1, "dismissal_message": None, "dismissal_commit_id": pull.head}
    pull.timeline = [{"event": "review_dismissed", "dismissed_review": told}]
    assert pull.remarks() == []
    assert pull.recorded()["remove"] == []
    assert before != pull.head


@pytest.mark.parametrize("login", ["hdubois", "pnowak", "nobody-known", "CMoreau2"])
def test_who_may_not_decide_approves_nothing(pull: Pull, login: str) -> None:
    assert pull.review(login).recorded()["add"] == []


def test_the_author_of_the_pull_request_cannot_review_their_own(pull: Pull) -> None:
    pull.author = "cmoreau"
    assert pull.review().recorded()["add"] == []


def test_who_asked_for_it_cannot_approve_it(pull: Pull) -> None:
    pull.plans.replace(ASKED, "requested_by: j.okafor", "requested_by: c.moreau").commit("Ask as sponsor", at=DAY)
    assert pull.review().recorded()["add"] == []


def test_nobody_becomes_sponsor_and_approves_in_the_same_breath(pull: Pull) -> None:
    pull.plans.replace("projects/visitor-desk/project.yaml", "sponsor: c.moreau", "sponsor: h.dubois").commit(
        "New sponsor", at=DAY
    )
    made = pull.review("hdubois").recorded()["add"]
    assert [one for one in made if "kind: change\n" in one["text"]] == []


def test_a_login_that_the_branch_brings_is_nobodys(pull: Pull) -> None:
    pull.plans.replace(PEOPLE, "host: {github: cmoreau}", "host: {github: mallory}").commit("A login of my own", at=DAY)
    assert pull.review("mallory").recorded()["add"] == []


@pytest.mark.parametrize("state", ["COMMENTED", "CHANGES_REQUESTED", "DISMISSED", "PENDING"])
def test_only_a_yes_is_a_yes(pull: Pull, state: str) -> None:
    assert pull.review(state=state).recorded()["add"] == []


def test_a_review_of_an_older_commit_gives_nothing(pull: Pull) -> None:
    pull.review()
    pull.plans.append("projects/visitor-desk/index.md", "\nOne more line.\n").commit(
        "After the review", author=MANAGER, at=DAY
    )
    assert pull.recorded()["add"] == []


def test_what_is_pushed_after_the_record_makes_the_review_stale(pull: Pull) -> None:
    pull.review().add()
    pull.plans.append("projects/visitor-desk/index.md", "\nOne more line.\n").commit("More", author=MANAGER, at=DAY)
    assert len(pull.remarks()) == 1


def test_terms_changed_after_the_approval_need_a_new_one(pull: Pull) -> None:
    pull.review().add()
    pull.plans.replace(ASKED, "to: 50400", "to: 59000").commit("Dearer", author=MANAGER, at=DAY)
    verdict = pull.plans.check("main", "HEAD", "--reviews", str(pull.export()))
    assert len(verdict.of("GOV-09")) == 1
    assert pull.recorded()["add"] == []
    (again,) = pull.review(hour=12).recorded()["add"]
    assert again["path"].endswith("AP-004.yaml"), "the first is never written over"


def test_a_record_that_somebody_alters_is_not_what_the_review_gave(pull: Pull) -> None:
    pull.review().add()
    pull.plans.append(RECORD, "releases: 40000\n").commit("A little more", author=BOT, at=DAY)
    assert len(pull.remarks()) == 1


def test_a_record_of_something_else_does_not_ride_along(pull: Pull) -> None:
    pull.review()
    text = pull.recorded()["add"][0]["text"]
    done = pull.plans.handrail(
        "approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau", "--on", "2026-12-03"
    )
    assert done.status == 0, done.err
    pull.plans.write("projects/visitor-desk/approvals/AP-004.yaml", text.replace("AP-003", "AP-004")).commit(
        "Both", author=BOT, at=DAY
    )
    assert len(pull.remarks()) == 2


def test_a_review_that_is_taken_back_takes_its_record_along(pull: Pull) -> None:
    before = pull.review().head
    pull.add()
    pull.review(state="CHANGES_REQUESTED", hour=11)
    assert len(pull.remarks()) == 1
    assert pull.add()["remove"] == [RECORD]
    assert not (pull.plans.folder / RECORD).exists()
    assert pull.plans.git("diff", before, "HEAD") == ""


def test_a_gate_is_passed_as_recommended_and_never_with_conditions(pull: Pull) -> None:
    gate = "projects/visitor-desk/gates/G-07.yaml"
    for recommendation, wanted in (
        ("go", "decision: go\n"),
        ("stop", "decision: stop\n"),
        ("go with conditions", None),
    ):
        pull.plans.write(
            gate,
            f"id: G-07\ngate: close\nsubmitted_by: j.okafor\nsubmitted_on: 2026-12-02\nrecommendation: {recommendation}\n",
        )
        pull.plans.commit("Submit", author=MANAGER, at=DAY)
        made = [one["text"] for one in pull.review().recorded()["add"] if "kind: gate" in one["text"]]
        assert wanted in made[0] if wanted else made == [], recommendation


def test_reviews_of_another_state_of_the_branch_are_refused(pull: Pull) -> None:
    file = pull.review().export()
    done = pull.plans.handrail("record", "--reviews", file, "--base", "main", "--head", "main")
    assert done.status == 2
    assert "Export them again" in done.err
    (pull.folder / "reviews.json").write_text("{")
    done = pull.plans.handrail("record", "--reviews", file, "--base", "main", "--head", "HEAD")
    assert (done.status, "is no JSON" in done.err) == (2, True)


def test_recording_reads_and_writes_nothing_of_the_repository(pull: Pull) -> None:
    pull.review()
    before = pull.plans.state()
    pull.recorded()
    assert pull.plans.state() == before


def test_gitlabs_approval_counts_for_the_version_that_was_there(pull: Pull) -> None:
    pull.plans.switch("main").replace(
        PEOPLE, "host: {github: cmoreau}", "host: {github: cmoreau, gitlab: cmoreau}"
    ).commit("Logins")
    pull.plans.git("switch", "-q", "ask")
    pull.plans.git("merge", "-q", "--no-edit", "main")
    first = pull.head
    versions = [{"created_at": "2026-12-03T08:30:00Z", "head_commit_sha": first}]
    approvals = {"approved_by": [{"user": {"username": "cmoreau"}, "approved_at": "2026-12-03T09:00:00Z"}]}

    def export() -> Path:
        request = {"iid": 7, "author": {"username": "jokafor"}, "sha": pull.head}
        file = pull.folder / "gitlab.json"
        file.write_text(json.dumps({"merge_request": request, "approvals": approvals, "versions": versions}))
        return file

    goal = pull.folder / "r.json"
    done = pull.plans.handrail("record", "--reviews", export(), "--base", "main", "--head", "HEAD", "--output", goal)
    assert done.status == 0, done.err
    (one,) = json.loads(goal.read_text())["add"]
    pull.plans.write(one["path"], one["text"]).commit("Record", author=BOT, at=DAY)
    versions.append({"created_at": "2026-12-03T09:15:00Z", "head_commit_sha": pull.head})
    assert pull.plans.check("main", "HEAD", "--reviews", str(export())).of("GOV-10") == []
    approvals["approved_by"] = []
    assert len(pull.plans.check("main", "HEAD", "--reviews", str(export())).of("GOV-10")) == 1
