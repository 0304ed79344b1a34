"""Attacks on approvals: one's own, a forged one, an old one, one of other terms, one of another day, one of somebody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.approvals.signing import Signer, run, ssh_signer
from tests.attacks.town import (
    AUTHORITY,
    CHANGE,
    DAY,
    MANAGER,
    PEOPLE,
    RECORD,
    SPONSOR,
    attack,
    judged,
    law,
)
from tests.command import Done
from tests.gate.repository import Governed, Verdict

ONLY_WRITTEN = "it is only written in the file"
GRADE_A = (AUTHORITY, "up_to: 100000, grade: B", "up_to: 100000, grade: A")
SIGNED = (AUTHORITY, "up_to: 100000, grade: B", "up_to: 100000, grade: B, signed: yes")
AUTHOR_OF_SPONSOR = "author: [8e2c6d1d7a71a1fbdcc0ef81d03ac785313005a83dba4d049c13b348285d4f1b]"


@pytest.fixture
def approved(town: Governed, record: str) -> Governed:
    """A branch in which the sponsor's approval of CR-003 lies in the work tree, not yet committed."""
    return town.write(RECORD, record)


def reviews(town: Governed, folder: Path, *, login: str = "cmoreau", commit: str = "", state: str = "APPROVED") -> str:
    """What a host would export of a pull request with one review."""
    head = town.git("rev-parse", "work")
    file = folder / "reviews.json"
    pull = {
        "number": 4,
        "user": {"login": "jokafor"},
        "head": {"sha": head},
        "base": {"sha": town.git("rev-parse", "main")},
    }
    one = {
        "user": {"login": login},
        "state": state,
        "commit_id": commit or head,
        "submitted_at": "2026-12-04T09:00:00Z",
    }
    file.write_text(json.dumps({"pull": pull, "reviews": [one]}), encoding="utf-8")
    return str(file)


@attack("Write the sponsor's approval oneself", by="GOV-10", says=ONLY_WRITTEN)
def test_manager_writes_for_the_sponsor(approved: Governed) -> Verdict:
    return judged(approved, author=MANAGER)


@attack("Approve one's own request in one's own name", by="GOV-03", says="approved this, and also")
def test_own_request_approved(approved: Governed) -> Verdict:
    approved.replace(RECORD, "by: c.moreau", "by: j.okafor")
    return judged(approved, author=MANAGER)


@attack(
    "Approve as oneself through a decision that stands in another file",
    by="DAT-01",
    says="`approved_by` is not a field of a change request",
)
def test_approval_in_another_file(town: Governed) -> Verdict:
    town.append(CHANGE, "state: approved\napproved_by: c.moreau\napproved_on: 2026-12-04\n")
    return judged(town, author=MANAGER)


@attack("Name the sponsor as co-author", by="GOV-10", says=ONLY_WRITTEN)
def test_sponsor_as_co_author(approved: Governed) -> Verdict:
    approved.commit(f"Approve\n\nCo-authored-by: Claire <{SPONSOR}>\n", author=MANAGER, at=DAY)
    return approved.check("main", "work")


@attack("Name the sponsor as committer only", by="GOV-10", says=ONLY_WRITTEN)
def test_sponsor_as_committer(approved: Governed) -> Verdict:
    approved.git("add", "-A")
    approved.git(
        "-c",
        "committer.name=Claire",
        "-c",
        f"committer.email={SPONSOR}",
        "commit",
        "-q",
        "-m",
        "Approve",
        author=MANAGER,
        at=DAY,
    )
    return approved.check("main", "work")


@attack("Map one's own address to the sponsor's with a .mailmap", by="GOV-10", says=ONLY_WRITTEN)
def test_mailmap(approved: Governed) -> Verdict:
    approved.write(".mailmap", f"Claire <{SPONSOR}> <{MANAGER}>\n")
    approved.git("config", "log.mailmap", "true")
    return judged(approved, author=MANAGER)


@attack(
    "Forge the sponsor as the commit's author, where the policy asks for a signature",
    by="GOV-10",
    says="without a signature that could be verified",
)
def test_forged_author_where_signed(town: Governed, record: str) -> Verdict:
    return judged(law(town, SIGNED).write(RECORD, record), author=SPONSOR)


@attack(
    "Forge the sponsor as the commit's author, where the policy asks for a review",
    by="GOV-10",
    says="This decision takes at least the approver's review on the host",
)
def test_forged_author_where_reviewed(town: Governed, record: str) -> Verdict:
    return judged(law(town, GRADE_A).write(RECORD, record), author=SPONSOR)


def signed(town: Governed, signer: Signer, author: str) -> Verdict:
    words = [word for one in signer.settings for word in ("-c", one)]
    run("git", "add", "-A", cwd=town.folder)
    run(
        "git",
        "-c",
        "user.name=N",
        "-c",
        f"user.email={author}",
        *words,
        "commit",
        "-q",
        "-S",
        "-m",
        "Approve",
        f"--date={DAY}",
        cwd=town.folder,
    )
    return town.check("main", "work")


@attack(
    "Sign with a key that the same pull request writes into the directory",
    by="GOV-10",
    says="Nobody can tell that c.moreau",
)
def test_key_with_the_approval(town: Governed, record: str, tmp_path: Path) -> Verdict:
    thief = ssh_signer(tmp_path, "thief")
    law(town, SIGNED).write(RECORD, record).write("standards/people/keys/thief.pub", thief.public.decode())
    town.replace(PEOPLE, AUTHOR_OF_SPONSOR, f"{AUTHOR_OF_SPONSOR}, keys: ['{thief.fingerprint}']")
    verdict = signed(town, thief, SPONSOR)
    assert "GOV-05" in verdict.blocking()
    return verdict


@attack(
    "Sign as oneself, with a key that the directory knows, under the sponsor's name",
    by="GOV-10",
    says="Nobody can tell that c.moreau",
)
def test_key_of_somebody_else(town: Governed, record: str, tmp_path: Path) -> Verdict:
    own = ssh_signer(tmp_path, "okafor")
    town.switch("main").write("standards/people/keys/okafor.pub", own.public.decode())
    town.replace(PEOPLE, "{id: j.okafor,", f"{{id: j.okafor, keys: ['{own.fingerprint}'],")
    law(town, SIGNED).write(RECORD, record)
    return signed(town, own, SPONSOR)


@attack(
    "Let the sponsor review an earlier commit, then push another",
    by="GOV-10",
    says="This decision takes at least the approver's review on the host",
)
def test_review_of_an_earlier_commit(town: Governed, record: str, tmp_path: Path) -> Verdict:
    early = law(town, GRADE_A).write(RECORD, record).commit("Approve", author=MANAGER, at=DAY)
    town.append("projects/visitor-desk/index.md", "\nOne line more.\n").commit("After", author=MANAGER, at=DAY)
    return town.check("main", "work", "--reviews", reviews(town, tmp_path, commit=early))


@attack(
    "Let somebody with a look-alike login review",
    by="GOV-10",
    says="This decision takes at least the approver's review on the host",
)
def test_review_by_a_look_alike(town: Governed, record: str, tmp_path: Path) -> Verdict:
    law(town, GRADE_A).write(RECORD, record).commit("Approve", author=MANAGER, at=DAY)
    return town.check("main", "work", "--reviews", reviews(town, tmp_path, login="cmor\u0435au"))  # a Cyrillic letter


@attack(
    "Let the sponsor's review count after it was dismissed",
    by="GOV-10",
    says="This decision takes at least the approver's review on the host",
)
def test_review_dismissed(town: Governed, record: str, tmp_path: Path) -> Verdict:
    law(town, GRADE_A).write(RECORD, record).commit("Approve", author=MANAGER, at=DAY)
    return town.check("main", "work", "--reviews", reviews(town, tmp_path, state="DISMISSED"))


@attack("Hand in a file of reviews that cannot be read", outcome="refused", says="the file of reviews is no JSON")
def test_reviews_that_cannot_be_read(town: Governed, tmp_path: Path) -> Done:
    (tmp_path / "reviews.json").write_text("{", encoding="utf-8")
    return town.handrail("check", "--base", "main", "--head", "work", "--reviews", tmp_path / "reviews.json")


@attack("Change the terms after they were approved", by="GOV-09", says="it now says 59,000")
def test_terms_changed_afterwards(approved: Governed) -> Verdict:
    approved.commit("Approve", author=SPONSOR, at=DAY)
    return judged(approved.replace(CHANGE, "to: 50400", "to: 59000"), author=MANAGER)


@attack("Write the fingerprint of the new terms into the old approval", by="PRT-01", says="now reads otherwise")
def test_old_approval_rewritten(town: Governed) -> Verdict:
    town.replace("projects/visitor-desk/approvals/AP-001.yaml", "b67434ef", "00000000")
    return judged(town, author=MANAGER)


@attack("Alter the record after the sponsor wrote it", by="GOV-10", says=ONLY_WRITTEN)
def test_record_altered_afterwards(approved: Governed) -> Verdict:
    approved.commit("Approve", author=SPONSOR, at=DAY)
    return judged(approved.append(RECORD, "releases: 2400\n"), author=MANAGER)


@attack(
    "Take the sponsor's approval without its fingerprint, so that it fits anything",
    by="GOV-09",
    says="does not say which terms were approved",
)
def test_approval_without_terms(approved: Governed) -> Verdict:
    text = "".join(line for line in approved.read(RECORD).splitlines(keepends=True) if not line.startswith("value:"))
    return judged(approved.write(RECORD, text), author=SPONSOR)


@attack("Copy the sponsor's approval from one thing to another", by="GOV-09", says="and it has been changed since")
def test_approval_copied(town: Governed) -> Verdict:
    text = town.read("projects/visitor-desk/approvals/AP-001.yaml").replace("AP-001", "AP-003")
    return judged(
        town.write(RECORD, text.replace("{kind: baseline, id: BL-001}", "{kind: change, id: CR-003}")), author=SPONSOR
    )


@attack("Backdate an approval to before the request", by="GOV-11", says="the change is from 1 Dec 2026")
def test_approval_before_the_request(approved: Governed) -> Verdict:
    return judged(approved.replace(RECORD, "on: 2026-12-04", "on: 2026-11-20"), author=SPONSOR)


@attack(
    "Backdate an approval to a day on which somebody else was in office", by="GOV-11", says="the record was committed 3"
)
def test_approval_backdated(approved: Governed) -> Verdict:
    approved.switch("main").replace(CHANGE, "requested_on: 2026-12-01", "requested_on: 2026-11-01").commit(
        "Earlier", at=DAY
    )
    approved.git("switch", "-q", "-C", "work", "main")
    return judged(approved.replace(RECORD, "on: 2026-12-04", "on: 2026-11-02"), author=SPONSOR)


@attack("Date an approval in the future", by="GOV-11", says="that day is still to come")
def test_approval_of_tomorrow(approved: Governed) -> Verdict:
    return judged(approved.replace(RECORD, "on: 2026-12-04", "on: 2027-01-04"), author=SPONSOR)


@attack(
    "Give the commit a false date, so that an old approval looks written in time",
    by="GOV-11",
    says="the change is from 1 Dec 2026",
)
def test_commit_of_a_false_date(approved: Governed) -> Verdict:
    approved.replace(RECORD, "on: 2026-12-04", "on: 2026-11-20")
    return judged(approved, author=SPONSOR, at="2026-11-20T10:00:00+0100")


@attack(
    "Approve as somebody whom the directory does not know, with a look-alike name",
    by="DAT-01",
    says="the directory of people knows nobody called",
)
def test_approver_with_a_look_alike_name(approved: Governed) -> Verdict:
    return judged(approved.replace(RECORD, "by: c.moreau", "by: c.m\u043ereau"), author=MANAGER)


@attack("Write minutes oneself that say that the sponsor agreed", by="GOV-03", says="who wanted it")
def test_minutes_by_who_wants_it(approved: Governed) -> Verdict:
    approved.append(RECORD, "minutes: {ref: Talk on the stairs, present: [c.moreau], recorded_by: j.okafor}\n")
    verdict = judged(approved, author=MANAGER)
    assert "GOV-10" in verdict.blocking()
    return verdict


@attack(
    "Name somebody else as the writer of minutes, and commit them oneself",
    by="GOV-10",
    says="p.nowak did not write the record, as the minutes say",
)
def test_minutes_under_another_name(approved: Governed) -> Verdict:
    approved.append(
        RECORD, f"minutes: {{ref: Talk on the stairs, sha256: {'0' * 64}, present: [c.moreau], recorded_by: p.nowak}}\n"
    )
    return judged(approved, author=MANAGER)


@attack("Approve above one's limit", by="GOV-04", says="may not decide this alone: it takes the board")
def test_approval_above_the_limit(town: Governed, record: str) -> Verdict:
    law(town, (AUTHORITY, "up_to: 100000, grade: B", "up_to: 1000, grade: B")).write(RECORD, record)
    return judged(town, author=SPONSOR)


@attack(
    "Let a member of another project's board approve",
    by="GOV-04",
    says="was not a member of the project's board on that day",
)
def test_another_board(approved: Governed) -> Verdict:
    approved.replace(RECORD, "by: c.moreau", "by: r.silva").replace(RECORD, "role: sponsor", "role: board")
    return judged(approved, author="r.silva@brightwater.example")


@attack(
    "Approve a thing that is not there yet, and write it afterwards", by="GOV-09", says="there is no such change now"
)
def test_approval_of_what_is_not_there(approved: Governed) -> Verdict:
    return judged(approved.replace(RECORD, "id: CR-003", "id: CR-009"), author=SPONSOR)


@attack(
    "Let the office permit a deviation of which nobody bears the risk",
    by="WVR-01",
    says="has not accepted the risk of this deviation",
)
def test_deviation_without_a_bearer(town: Governed) -> Verdict:
    return judged(town.replace("projects/step-free-stops/waivers/W-001.yaml", "risk_accepted_by: m.santos\n", ""))
