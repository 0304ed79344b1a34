"""Approvals through the shipped gate, on real Git: whose commit, whose key, whose review - and whose it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from handrail.compute.evidence import hashed

from tests.approvals.signing import Signer, run, ssh_signer
from tests.gate.repository import Governed

PEOPLE = "standards/people/people.yaml"
AUTHORITY = "standards/policy/authority.yaml"
DAY = "2026-12-04T10:00:00+0100"
RECORD = "projects/visitor-desk/approvals/AP-003.yaml"
SPONSOR, MANAGER = "c.moreau@brightwater.example", "j.okafor@brightwater.example"


@pytest.fixture
def desk(tmp_path: Path) -> Governed:
    """The sample's small project, under a policy that takes the approver's own hand for changes."""
    made = Governed.sample(tmp_path, "visitor-desk")
    row = "  - {decision: change within tolerance, roles: [sponsor], up_to: 100000}"
    made.replace(AUTHORITY, row, row.replace("}", ", grade: B}"))
    made.commit("Ask for evidence")
    return made.branch("decide")


def approve(desk: Governed, *words: str) -> None:
    done = desk.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau", *words)
    assert done.status == 0, done.err


def test_the_approvers_own_commit_is_enough_in_the_same_pull_request(desk: Governed) -> None:
    desk.replace("projects/visitor-desk/changes/CR-003.yaml", "impact: Quality", "impact: Cost, quality")
    desk.commit("Ask again", author=MANAGER, at=DAY)
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    verdict = desk.check()
    assert verdict.of("GOV-10") == []
    assert verdict.of("GOV-09") == []


def test_the_manager_cannot_write_it_for_the_sponsor(desk: Governed) -> None:
    approve(desk)
    desk.commit("Approve", author=MANAGER, at=DAY)
    verdict = desk.check()
    (one,) = verdict.of("GOV-10")
    assert verdict.blocks
    assert one["file"] == RECORD
    assert "it is only written in the file" in one["message"]


def test_naming_the_sponsor_as_co_author_is_not_their_commit(desk: Governed) -> None:
    approve(desk)
    desk.commit(f"Approve\n\nCo-authored-by: Claire <{SPONSOR}>\n", author=MANAGER, at=DAY)
    assert "GOV-10" in desk.check().blocking()


def test_who_alters_the_record_after_the_approver_takes_their_evidence(desk: Governed) -> None:
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    desk.append(RECORD, "releases: 2400\n")
    desk.commit("And money", author=MANAGER, at=DAY)
    assert "GOV-10" in desk.check().blocking()


def test_a_mail_map_makes_nobody_the_author(desk: Governed) -> None:
    approve(desk)
    desk.write(".mailmap", f"Claire <{SPONSOR}> <{MANAGER}>\n")
    desk.commit("Approve", author=MANAGER, at=DAY)
    assert "GOV-10" in desk.check().blocking()


def test_terms_that_move_in_the_same_pull_request_take_the_approval_with_them(desk: Governed) -> None:
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    desk.replace("projects/visitor-desk/changes/CR-003.yaml", "to: 50400", "to: 59000")
    desk.commit("A little more", author=MANAGER, at=DAY)
    assert "GOV-09" in desk.check().blocking()


def test_terms_that_move_in_a_later_one_are_told_with_both_figures(desk: Governed) -> None:
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    desk.switch("main").merge("decide")
    desk.branch("more")
    desk.replace("projects/visitor-desk/changes/CR-003.yaml", "to: 50400", "to: 59000")
    desk.commit("A little more", author=MANAGER, at=DAY)
    verdict = desk.check()
    (one,) = verdict.of("GOV-09")
    assert "GOV-09" in verdict.blocking()
    assert one["message"] == (
        'c.moreau approved the change CR-003 of "New visitor desk, Lyon" with budget approved 50,400; it now says 59,000.'
    )


@pytest.mark.parametrize(("at", "fires"), [("2026-12-18T10:00:00+0100", False), ("2026-12-19T10:00:00+0100", True)])
def test_a_record_of_long_ago_is_told(desk: Governed, at: str, *, fires: bool) -> None:
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=at)
    assert bool(desk.check("main", "HEAD", "--as-of", "2026-12-20").of("GOV-11")) == fires


def signed_policy(desk: Governed, signer: Signer, *, known: bool = True) -> None:
    desk.switch("main")
    desk.replace(AUTHORITY, "grade: B}", "grade: B, signed: yes}")
    desk.write(f"standards/people/keys/{signer.name}", signer.public.decode())
    if known:
        desk.replace(
            PEOPLE, f"author: [{hashed(SPONSOR)}]", f"author: [{hashed(SPONSOR)}], keys: ['{signer.fingerprint}']"
        )
    desk.commit("Ask for signatures")
    desk.git("switch", "-q", "-C", "decide", "main")


def sign(desk: Governed, signer: Signer, author: str) -> None:
    words = [word for one in signer.settings for word in ("-c", one)]
    run("git", "add", "-A", cwd=desk.folder)
    run("git", "-c", "user.name=N", "-c", f"user.email={author}", *words, "commit", "-q", "-S", "-m", "Approve", f"--date={DAY}",
        cwd=desk.folder)  # fmt: skip


def test_where_the_policy_asks_for_signatures_a_name_is_nothing(desk: Governed, tmp_path: Path) -> None:
    signer = ssh_signer(tmp_path, "claire")
    signed_policy(desk, signer)
    assert not [one for one in desk.check_all().of("DAT-01") if "keys" in one["file"]], "a public key is no stray file"
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    (one,) = desk.check().of("GOV-10")
    assert "without a signature that could be verified" in one["message"]
    desk.git("reset", "-q", "--soft", "main")
    sign(desk, signer, SPONSOR)
    assert desk.check().of("GOV-10") == []


def test_a_key_that_the_pull_request_brings_itself_opens_nothing(desk: Governed, tmp_path: Path) -> None:
    signer, thief = ssh_signer(tmp_path, "claire"), ssh_signer(tmp_path, "thief")
    signed_policy(desk, signer)
    desk.write("standards/people/keys/thief.pub", thief.public.decode())
    desk.replace(PEOPLE, signer.fingerprint, thief.fingerprint)
    approve(desk)
    sign(desk, thief, SPONSOR)
    assert "GOV-10" in desk.check().blocking()


def export(desk: Governed, tmp_path: Path, **review: str) -> Path:
    head = desk.git("rev-parse", "HEAD")
    one = {"user": {"login": "cmoreau"}, "state": "APPROVED", "commit_id": head, "submitted_at": "2026-12-04T09:00:00Z"}
    login = review.pop("login", None)
    one |= {"user": {"login": login}} if login else {}
    pull = {
        "number": 4,
        "user": {"login": "jokafor"},
        "head": {"sha": head},
        "base": {"sha": desk.git("rev-parse", "main")},
    }
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps({"pull": pull, "reviews": [one | review]}))
    return file


def test_a_review_of_the_very_head_by_the_approver_is_grade_a(desk: Governed, tmp_path: Path) -> None:
    desk.switch("main").replace(AUTHORITY, "grade: B}", "grade: A}").commit("Ask for reviews")
    desk.git("switch", "-q", "-C", "decide", "main")
    approve(desk)
    desk.commit("Approve", author=SPONSOR, at=DAY)
    assert "GOV-10" in desk.check().blocking(), "an own commit is only B"
    assert desk.check("main", "HEAD", "--reviews", str(export(desk, tmp_path))).of("GOV-10") == []
    for wrong in (
        {"commit_id": "0" * 40},
        {"state": "DISMISSED"},
        {"state": "COMMENTED"},
        {"login": "jokafor"},
        {"login": "hdubois"},
    ):
        assert "GOV-10" in desk.check("main", "HEAD", "--reviews", str(export(desk, tmp_path, **wrong))).blocking(), (
            wrong
        )
    reviews = export(desk, tmp_path)
    desk.append("projects/visitor-desk/index.md", "\nOne more line.\n").commit(
        "After the review", author=MANAGER, at=DAY
    )
    assert "GOV-10" in desk.check("main", "HEAD", "--reviews", str(reviews)).blocking(), "pushed after the review"


def test_a_file_of_reviews_that_cannot_be_read_is_told(desk: Governed, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}")
    for file in ("bad.json", "none.json"):
        done = desk.handrail("check", "--base", "main", "--head", "HEAD", "--reviews", tmp_path / file)
        assert done.status == 2
    assert desk.handrail("check", "--reviews", tmp_path / "bad.json").status == 2


def test_the_sponsor_who_is_replaced_decides_on_it(desk: Governed) -> None:
    new = "new visitor desk"
    desk.replace("projects/visitor-desk/project.yaml", "sponsor: c.moreau", "sponsor: h.dubois")
    desk.write(
        "projects/visitor-desk/roles/RO-001.yaml",
        "id: RO-001\nrole: sponsor\nfrom: c.moreau\nto: h.dubois\non: 2026-12-04\nbecause: Another unit\n",
    )
    done = desk.handrail("approve", "role-change", "RO-001", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, (new, done.err)
    desk.commit("Hand over", author=SPONSOR, at=DAY)
    verdict = desk.check()
    assert verdict.of("GOV-04", "new") == [], verdict.said()
    assert verdict.of("GOV-08", "new") == [], verdict.said()
    assert desk.check_all().of("GOV-04") == [], "what the former sponsor approved still counts"


def test_the_new_sponsor_cannot_let_himself_in(desk: Governed) -> None:
    desk.replace("projects/visitor-desk/project.yaml", "sponsor: c.moreau", "sponsor: h.dubois")
    desk.write(
        "projects/visitor-desk/roles/RO-001.yaml",
        "id: RO-001\nrole: sponsor\nfrom: c.moreau\nto: h.dubois\non: 2026-12-04\n",
    )
    text = "id: AP-003\ndecision: approve\nsubject: {kind: role change, id: RO-001}\nby: h.dubois\nrole: sponsor\non: 2026-12-04\n"
    desk.write(RECORD, text)
    desk.commit("Take over", author="h.dubois@brightwater.example", at=DAY)
    assert desk.check().blocks
    assert "GOV-04" in desk.check().blocking(), desk.check().said()
