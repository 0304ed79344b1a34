"""GOV-09 to GOV-11: what an approval is for, how it is evidenced, and when it was given. By the shipped rules on real plans."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from handrail.compute.approved_value import value_of
from handrail.compute.evidence import Evidence, Review, hashed
from handrail.compute.portfolio import compute
from handrail.model.approval_parts import Minutes, Subject
from handrail.model.organisation import PersonRecord, Role
from handrail.model.policy import Authority, AuthorityRow, BoardRecord, Boards, Enforcement, Policy, RuleSetting
from handrail.model.project import Deliverable
from handrail.model.records import Approval, Baseline, ChangeRequest, FieldChange, GateSubmission
from handrail.remark import Loc
from handrail.rules import gov_09, gov_10, gov_11
from handrail.rules.engine import World
from handrail.rules.pull import Pull

from tests.compute.world import THRESHOLDS, plan, repository

AS_OF = date(2026, 12, 4)
FILE = "projects/one/approvals/AP-001.yaml"
CHANGE = ChangeRequest(
    id="CR-001", title="Dearer", requested_by="tim", requested_on=date(2026, 11, 20),
    changes=(FieldChange(item="budget", field="approved", from_=48000, to=50400),),
)  # fmt: skip
PEOPLE = tuple(
    PersonRecord(
        id=one, author=(hashed(f"{one}@example.org"),), keys=(f"SHA256:{one}",), host=MappingProxyType({"github": one}),
        roles=(Role(role="pmo head"),) if one == "pat" else (),
    )
    for one in ("ann", "ben", "tim", "pat", "hal")
)  # fmt: skip
HEAD = "e" * 40


def law(grade="B", *, signed=False, **more):
    rows = tuple(
        AuthorityRow(
            decision=kind, tiers=(tier,), roles=(role,), grade=grade if tier == "medium" else "C", signed=signed
        )
        for kind, role in (("change", "sponsor"), ("gate", "board"), ("deliverable", "accepter"), ("baseline", "board"))
        for tier in ("small", "medium")
    )
    boards = Boards(boards=(BoardRecord(id="lyon", name="Lyon", members=("hal",)),))
    return Policy(thresholds=THRESHOLDS, authority=Authority(rows=rows), boards=boards, **more)


def approval(value="h1", **more):
    subject = more.pop("subject", Subject(kind="change", id="CR-001"))
    given = {
        "id": "AP-001",
        "decision": "approve",
        "subject": subject,
        "by": "ann",
        "role": "sponsor",
        "on": date(2026, 12, 1),
    }
    one = plan(changes=(CHANGE,))
    value = value_of(subject.kind, subject.id, one, repository(one)) if value == "h1" else value
    return Approval(**{**given, "value": value, "loc": Loc(FILE), **more})


def desk(*approvals, **more):
    return plan(
        **{"sponsor": "ann", "manager": "ben", "board": "lyon", "changes": (CHANGE,), "approvals": approvals, **more}
    )


def said(rule, new, old=None, evidence=None, policy=None, *, pull=True):  # noqa: PLR0913 - what a change is judged by
    policy = policy or law()
    after = compute(repository(new, people=PEOPLE, policy=policy), AS_OF)
    before = compute(repository(old, people=PEOPLE, policy=policy), AS_OF) if old else None
    facts = Pull(evidence={FILE: evidence} if evidence else {}) if pull else None
    return list(rule.check(None, World(portfolio=after, before=before, pull=facts)))


def commit(who, **more):
    return Evidence(**{"commit": "c" * 40, "author": hashed(f"{who}@example.org"), "on": date(2026, 12, 1), **more})


# GOV-09


def test_terms_that_stand_are_silent():
    assert said(gov_09, desk(approval())) == []


def test_other_figures_are_told_with_both():
    dearer = replace(CHANGE, changes=(replace(CHANGE.changes[0], to=59000),))
    old = desk(approval())
    (one,) = said(gov_09, replace(old, changes=(dearer,)), old)
    assert one.message == ('ann approved the change CR-001 of "One" with budget approved 50,400; it now says 59,000.')
    assert "handrail approve change CR-001 --project one --by ann" in one.fix
    assert one.loc == Loc(FILE, ("value",))
    (one,) = said(gov_09, replace(old, changes=(dearer,)), pull=False)
    assert one.message.endswith("it has been changed since; the approval covers title, requested by and changes.")


def test_a_new_approval_of_the_new_terms_ends_it():
    dearer = replace(CHANGE, changes=(replace(CHANGE.changes[0], to=59000),))
    one = plan(changes=(dearer,))
    again = approval(value_of("change", "CR-001", one, repository(one)), id="AP-002", on=date(2026, 12, 2))
    assert said(gov_09, desk(approval(), again, changes=(dearer,))) == []


def test_what_is_gone_is_told():
    (one,) = said(gov_09, desk(approval(), changes=()))
    assert one.message == 'ann approved the change CR-001 of "One", and there is no such change now.'


def test_a_new_record_without_terms_is_told_and_an_old_one_is_not():
    old = desk(approval(None))
    assert said(gov_09, old, old) == []
    (one,) = said(gov_09, old, desk())
    assert "does not say which terms were approved" in one.message
    assert said(gov_09, old, pull=False) == []
    strict = replace(law(), authority=replace(law().authority, terms_from=date(2026, 12, 1)))
    assert len(said(gov_09, old, old, policy=strict)) == 1


def test_a_deliverable_that_is_sent_back_is_bad_news_and_passes():
    handed = Deliverable(
        id="D1", name="Desk", accepted_when=("Ten visitors",), accepted_by="hal", actual=date(2026, 12, 1)
    )
    subject = Subject(kind="deliverable", id="D1")
    value = value_of("deliverable", "D1", plan(deliverables=(handed,)), repository())
    yes = approval(value, subject=subject, by="hal", role="accepter", decision="accept")
    old = desk(yes, deliverables=(handed,))
    assert said(gov_09, old) == []
    back = replace(handed, actual=None, status="rejected")
    assert said(gov_09, replace(old, deliverables=(back,)), old) == []
    easier = replace(handed, accepted_when=("One visitor",))
    assert len(said(gov_09, replace(old, deliverables=(easier,)), old)) == 1


# GOV-10


@pytest.mark.parametrize(
    ("grade", "evidence", "fires"),
    [
        ("C", commit("ben"), False), ("M", commit("ben"), True), ("B", commit("ann"), False), ("B", commit("ben"), True),
        ("B", commit("ben", keys=("SHA256:ann",)), False), ("B", commit("ann", broken=True), True),
        ("A", commit("ann"), True), ("B", None, False),
        ("A", commit("ben", head=HEAD, reviews=(Review(login="ann", host="github", state="approved", commit=HEAD),)), False),
        ("A", commit("ben", head=HEAD, reviews=(Review(login="ann", host="github", state="approved", commit="0" * 40),)), True),
    ],
)  # fmt: skip
def test_the_policy_says_how_much_evidence_it_takes(grade, evidence, fires):
    assert bool(said(gov_10, desk(approval()), desk(), evidence, law(grade))) == fires


def test_a_policy_that_asks_for_signatures_takes_no_name_for_one():
    (one,) = said(gov_10, desk(approval()), desk(), commit("ann"), law(signed=True))
    assert "committed by ann, but without a signature" in one.message
    assert said(gov_10, desk(approval()), desk(), commit("ben", keys=("SHA256:ann",)), law(signed=True)) == []


def test_the_remark_says_who_must_do_what():
    (one,) = said(gov_10, desk(approval()), desk(), commit("ben"), law("M"))
    assert one.message == (
        'Nobody can tell that ann approved the change of "One" on 1 Dec 2026: it is only written in the file. '
        "This decision takes at least minutes."
    )
    assert "an own commit" in one.fix


def test_minutes_by_the_requester_do_not_count_and_need_no_git_to_be_told():
    paper = Minutes(ref="Board 3", sha256="0" * 64, present=("ann",), recorded_by="pat")
    assert said(gov_10, desk(approval(minutes=paper)), policy=law("M"), pull=False) == []
    for wrong in (replace(paper, recorded_by="tim"), replace(paper, recorded_by="ben"), replace(paper, sha256=None)):
        assert len(said(gov_10, desk(approval(minutes=wrong)), policy=law("M"), pull=False)) == 1
        assert said(gov_10, desk(approval(minutes=wrong)), policy=law("B"), pull=False) == [], (
            "nothing is known of its commit"
        )
    assert said(gov_10, desk(approval(minutes=paper)), desk(), commit("pat"), law("M")) == []
    assert len(said(gov_10, desk(approval(minutes=paper)), desk(), commit("ben"), law("M"))) == 1


def test_a_smaller_tier_in_the_same_change_asks_for_no_less():
    assert len(said(gov_10, desk(approval(), tier="small"), desk(), commit("ben"))) == 1
    assert said(gov_10, desk(approval(), tier="small"), desk(tier="small"), commit("ben")) == []


def test_the_former_manager_cannot_minute_either():
    paper = Minutes(ref="Board 3", sha256="0" * 64, present=("ann",), recorded_by="ben")
    new = desk(approval(minutes=paper), manager="tim", changes=(replace(CHANGE, requested_by="pat"),))
    assert len(said(gov_10, new, desk(), commit("ben"), law("M"))) == 1


# GOV-11


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 4), None), (date(2026, 12, 5), "that day is still to come"), (date(2026, 11, 20), None),
        (date(2026, 11, 19), "the change is from 20 Nov 2026"),
    ],
)  # fmt: skip
def test_nobody_approves_tomorrow_or_before_it_was_asked(on, words):
    found = said(gov_11, desk(approval(on=on)), pull=False)
    assert bool(found) == (words is not None)
    assert words is None or words in found[0].message


@pytest.mark.parametrize(
    ("committed", "minuted", "fires"),
    [
        (date(2026, 12, 1), False, False), (date(2026, 12, 15), False, False), (date(2026, 12, 16), False, True),
        (date(2026, 12, 16), True, False), (date(2027, 1, 16), True, True), (date(2026, 11, 30), False, False),
        (date(2026, 11, 29), False, True),
    ],
)  # fmt: skip
def test_the_day_is_held_against_the_commit(committed, minuted, fires):
    paper = Minutes(ref="Board 3") if minuted else None
    found = said(gov_11, desk(approval(minutes=paper)), desk(), commit("ann", on=committed))
    assert bool(found) == fires


def test_a_project_that_comes_from_elsewhere_brings_its_old_approvals_with_minutes():
    paper = Minutes(ref="Board 3", sha256="0" * 64, present=("ann",), recorded_by="pat")
    late = commit("pat", on=date(2030, 1, 1))
    assert said(gov_11, desk(approval(minutes=paper)), None, late) == []
    assert len(said(gov_11, desk(approval()), None, late)) == 1
    assert len(said(gov_11, desk(approval(minutes=paper)), desk(), late)) == 1


def test_the_policy_sets_the_gap():
    tight = law(enforcement=Enforcement(rules=(RuleSetting(rule="GOV-11", params=MappingProxyType({"days": 2})),)))
    assert len(said(gov_11, desk(approval()), desk(), commit("ann", on=date(2026, 12, 4)), tight)) == 1


def test_other_things_have_their_day_too():
    gate = GateSubmission(id="G-01", gate="start", submitted_on=date(2026, 12, 2))
    frozen = Baseline(id="BL-001", made_on=date(2026, 12, 2), values={})
    for kind, name in (("gate", "G-01"), ("baseline", "BL-001")):
        one = desk(approval(None, subject=Subject(kind=kind, id=name)), gates=(gate,), baselines=(frozen,))
        assert len(said(gov_11, one, pull=False)) == 1
