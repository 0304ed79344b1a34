"""What an approval is bound to: the same terms always have the same fingerprint, other terms never."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.approvals import bound, decided, stale, standing
from handrail.compute.approved_value import canonical, fingerprint_of, terms_of, value_of
from handrail.compute.cost import released
from handrail.load import FolderTree, load
from handrail.model.approval_parts import Subject
from handrail.model.money import Money
from handrail.model.policy import Authority, Policy
from handrail.model.records import (
    Answer,
    Approval,
    Baseline,
    ChangeRequest,
    Closure,
    FieldChange,
    GateSubmission,
    Report,
    Waiver,
)
from handrail.model.schedule import Milestone

from tests.command import ROOT
from tests.compute.world import plan, repository

CHANGE = ChangeRequest(
    id="CR-001", title="Two weeks later", on="BL-001",
    changes=(FieldChange(item="M3", field="planned", from_="2027-02-01", to="2027-02-15"),
             FieldChange(item="budget", field="approved", from_=48000, to=Decimal("50400.00"))),
)  # fmt: skip


def approval(kind="change", name="CR-001", value=None, **more):
    return Approval(
        **{
            "id": "AP-001", "decision": "approve", "subject": Subject(kind=kind, id=name), "value": value, "by": "ann",
            "role": "sponsor", "on": date(2026, 12, 1), **more,
        }
    )  # fmt: skip


def value(one, kind="change", name="CR-001"):
    return value_of(kind, name, one, repository(one))


def test_the_fingerprint_is_the_documented_one():
    # computed by hand once, with `printf '%s' '...' | sha256sum`: whoever checks an approval needs no tool of ours
    written = '{"changes":[{"field":"approved","from":48000,"item":"budget","to":50400}],"title":"Dearer \u00e9"}'
    one = ChangeRequest(
        id="CR-001", title="Dearer e\u0301",
        changes=(FieldChange(item="budget", field="approved", from_=48000, to=Decimal("50400.0")),),
    )  # fmt: skip
    assert canonical(terms_of("change", "CR-001", plan(changes=(one,)), repository())) == written
    assert value(plan(changes=(one,))) == "h1:e66b2d7ab2702968f226995c7c0cb093e89d33981ad427d87780882bdefe88df"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Decimal("48000.00"), "48000"), (Decimal("4.8E+4"), "48000"), (Decimal("0.10"), "0.1"), (Decimal("-0.0"), "0"),
        (True, "true"), (False, "false"), (None, "null"), ('a\n"\\', '"a\\n\\"\\\\"'), ("\u2028", '"\u2028"'),
        ({"b": 1, "a": [1, "2"]}, '{"a":[1,"2"],"b":1}'), (10**30, "1" + "0" * 30),
    ],
)  # fmt: skip
def test_every_value_has_one_form(given, text):
    assert canonical(given) == text


def test_what_stays_the_same():
    base = value(plan(changes=(CHANGE,)))
    assert value(plan(changes=(replace(CHANGE, withdrawn_on=date(2026, 12, 2)),))) == base, "no term of the approval"
    assert (
        value(plan(changes=(replace(CHANGE, changes=(CHANGE.changes[0], replace(CHANGE.changes[1], to=50400))),)))
        == base
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(CHANGE, title="Two weeks Iater"), replace(CHANGE, on="BL-002"), replace(CHANGE, reason="Because"),
        replace(CHANGE, changes=CHANGE.changes[:1]), replace(CHANGE, changes=CHANGE.changes[::-1]),
        replace(CHANGE, changes=(CHANGE.changes[0], replace(CHANGE.changes[1], to="50400"))),
    ],
)  # fmt: skip
def test_what_makes_another_approval_necessary(other):
    assert value(plan(changes=(other,))) != value(plan(changes=(CHANGE,)))


def test_a_field_that_a_later_release_adds_changes_nothing():
    terms = dict(terms_of("change", "CR-001", plan(changes=(CHANGE,)), repository()) or {})
    assert set(terms) == {"title", "on", "changes"}, "only what is written takes part"
    waiver = Waiver(id="W-001", rule="RSK-01", reason="Theirs")
    assert terms_of("waiver", "W-001", plan(waivers=(waiver,)), repository()) == {"rule": "RSK-01", "reason": "Theirs"}


def test_every_kind_that_can_be_approved_has_terms():
    one = plan(
        milestones=(Milestone(id="M1", name="Start", gate="start"),),
        gates=(GateSubmission(id="G-01", gate="start", answers=(Answer(question="Q", answer="yes"),)),),
        baselines=(Baseline(id="BL-001", made_on=date(2026, 1, 1), values={"M1": {"planned": "2026-10-05"}}),),
        reports=(Report(as_of=date(2026, 11, 30), status="amber"),),
        closure=Closure(final_cost=Money(Decimal("49800.00"), "EUR"), contracts_closed=False),
        tolerance=None, sensitivity="internal",
    )  # fmt: skip
    names = {
        "gate": "G-01", "baseline": "BL-001", "report": "2026-11-30", "closure": "one", "tier": "one",
        "sensitivity": "one", "approach": "one", "phase": "one", "state": "one", "project": "one",
    }  # fmt: skip
    found = {kind: terms_of(kind, name, one, repository(one)) for kind, name in names.items()}
    assert all(found.values()), found
    assert (
        found["gate"] == terms_of("gate", "start", one, repository(one)) == terms_of("gate", "M1", one, repository(one))
    )
    assert found["closure"] == {
        "final_cost": {"amount": Decimal("49800.00"), "currency": "EUR"},
        "contracts_closed": False,
    }
    assert "phase" not in (found["project"] or {}), "a project moves on without being started anew"
    for kind, name in (
        ("change", "CR-9"),
        ("nonsense", "X"),
        ("tolerance", "other"),
        ("closure", "other"),
        ("gate", "close"),
    ):
        assert not terms_of(kind, name, one, repository(one))


def test_an_approval_of_other_terms_counts_no_more():
    good = approval(value=value(plan(changes=(CHANGE,))), releases=Money(Decimal(2400), "EUR"))
    changed = replace(CHANGE, changes=(CHANGE.changes[0], replace(CHANGE.changes[1], to=59000)))
    one = bound(plan(changes=(changed,), approvals=(good,)), repository())
    assert one.approvals[0].stale == "what was approved has been changed since"
    assert standing(one.approvals) == ()
    assert released(one.approvals, date(2027, 1, 1)) is None
    assert decided(one.approvals, "change", "CR-001", date(2027, 1, 1), lambda _: True) is None
    same = bound(plan(changes=(CHANGE,), approvals=(good,)), repository())
    assert same.approvals == (good,)
    assert stale(good, plan(), repository()) == "what was approved is not there"


def test_without_a_fingerprint_the_policy_decides():
    one = plan(changes=(CHANGE,), approvals=(approval(),))
    assert bound(one, repository()).approvals[0].stale is None
    law = Policy(authority=Authority(terms_from=date(2026, 12, 1)))
    assert bound(one, repository(policy=law)).approvals[0].stale == "it does not say which terms were approved"
    early = replace(one, approvals=(approval(on=date(2026, 11, 30)),))
    assert bound(early, repository(policy=law)).approvals[0].stale is None


def test_formatting_order_and_the_file_change_nothing(tmp_path):
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards/handrail.yaml").write_text("format: 1\norganisation: O\ncurrencies: [EUR]\n")
    folder = tmp_path / "projects/one"
    (folder / "changes").mkdir(parents=True)
    (folder / "project.yaml").write_text("id: one\nname: One\ntier: small\nphase: planning\n")
    texts = (
        "id: CR-001\ntitle: Later\nchanges:\n- {item: M3, field: planned, from: 2027-02-01, to: 2027-02-15}\nreason: Fire\n",
        ("reason: 'Fire'  # as told\nchanges: [{to: 2027-02-15, from: '2027-02-01', field: planned, item: M3}]\n"
        '\ntitle: "Later"\nid: CR-001\n'),
    )  # fmt: skip
    found = set()
    for text in texts:
        (folder / "changes/CR-001.yaml").write_text(text)
        whole = load(FolderTree(tmp_path)).repository
        found.add(value_of("change", "CR-001", whole.plans[0], whole))
    assert len(found) == 1
    assert None not in found


def test_every_approval_of_the_sample_is_bound_to_what_stands_there():
    whole = load(FolderTree(ROOT)).repository
    known = [(one.id, approval) for one in whole.plans for approval in one.approvals]
    assert len(known) > 30
    for one in whole.plans:
        for given in one.approvals:
            assert given.value, f"{one.id} {given.id} says no terms"
            assert stale(given, one, whole) is None, f"{one.id} {given.id}"
    assert fingerprint_of({"a": 1}).startswith("h1:")
