"""Grades of evidence: C in the file, M minuted, B the approver's own commit, A the approver's review of the very head."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from handrail.compute.evidence import Evidence, Review, grade_of, hashed, rank
from handrail.model.approval_parts import Minutes, Subject
from handrail.model.organisation import PersonRecord
from handrail.model.records import Approval

HEAD = "a" * 40
ANN = PersonRecord(
    id="ann", host=MappingProxyType({"github": "Ann-M"}), keys=("SHA256:abc", "AAAA BBBB cccc"),
    author=(hashed("Ann@Example.org "),),
)  # fmt: skip
PEOPLE = {"ann": ANN, "pat": PersonRecord(id="pat", author=(hashed("pat@example.org"),)), "zoe": PersonRecord(id="zoe")}
OWN = Evidence(commit="c" * 40, author=hashed("ann@example.org"), head=HEAD)
OTHER = replace(OWN, author=hashed("ben@example.org"))
GOOD = Review(login="ann-m", host="github", state="approved", commit=HEAD)
AP = Approval(
    id="AP-001", decision="approve", subject=Subject(kind="baseline", id="BL-001"), value="h1:" + "0" * 64, by="ann",
    role="sponsor", on=date(2026, 12, 1),
)  # fmt: skip
MINUTES = Minutes(ref="Board 3", sha256="0" * 64, present=("ann", "ben"), recorded_by="pat")


def grade(approval=AP, evidence=None, not_by=frozenset({"ben"})):
    return grade_of(approval, evidence, PEOPLE, not_by).grade


def test_the_order():
    assert [rank(one) for one in ("C", "M", "B", "A")] == [0, 1, 2, 3]


def test_data_in_the_file_is_c():
    assert grade() == "C"
    assert grade(evidence=OTHER) == "C"


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, "M"), ({"sha256": None}, "C"), ({"recorded_by": None}, "C"), ({"recorded_by": "ben"}, "C"),
        ({"present": ("ben",)}, "C"), ({"recorded_by": "zoe"}, "M"),
    ],
)  # fmt: skip
def test_minutes_need_paper_presence_and_a_third_hand(change, wanted):
    assert grade(replace(AP, minutes=replace(MINUTES, **change))) == wanted


def test_minutes_must_be_written_by_who_says_so():
    minuted = replace(AP, minutes=MINUTES)
    assert grade(minuted, replace(OWN, author=hashed("pat@example.org"))) == "M"
    found = grade_of(minuted, OTHER, PEOPLE, frozenset())
    assert (found.grade, found.why) == ("C", "pat did not write the record, as the minutes say")


def test_the_approvers_own_commit_is_b():
    assert grade(evidence=OWN) == "B"
    assert grade(replace(AP, by="zoe"), replace(OWN, author=hashed("zoe@example.org"))) == "C", "nobody knows this mail"
    assert grade(replace(AP, by="nobody"), OWN) == "C"


def test_a_signature_is_b_whatever_the_author_says():
    found = grade_of(AP, replace(OTHER, keys=("SHA256:abc",)), PEOPLE, frozenset())
    assert (found.grade, found.signed) == ("B", True)
    assert grade(evidence=replace(OTHER, keys=("AAAABBBBCCCC",))) == "B", "fingerprints are written in groups too"
    assert grade(evidence=replace(OTHER, keys=("SHA256:other",))) == "C"
    assert grade(evidence=replace(OWN, broken=True)) == "C", "somebody tampered with it"
    assert not grade_of(AP, OWN, PEOPLE, frozenset()).signed


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, "A"), ({"commit": "b" * 40}, "C"), ({"commit": None}, "C"), ({"state": "dismissed"}, "C"),
        ({"state": "changes requested"}, "C"), ({"login": "ben"}, "C"), ({"login": ""}, "C"), ({"host": "gitlab"}, "C"),
    ],
)  # fmt: skip
def test_a_review_counts_of_the_very_head_by_the_approver(change, wanted):
    assert grade(evidence=replace(OTHER, reviews=(replace(GOOD, **change),))) == wanted
    assert grade(evidence=replace(OTHER, head=None, reviews=(replace(GOOD, **change),))) == "C"


def test_whoever_has_no_login_is_not_everybody():
    assert grade(replace(AP, by="zoe"), replace(OTHER, reviews=(replace(GOOD, login=""),))) == "C"


def test_without_the_terms_no_evidence_helps():
    assert grade(replace(AP, value=None), replace(OWN, reviews=(GOOD,))) == "C"
