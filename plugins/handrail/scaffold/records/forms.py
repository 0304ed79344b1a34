"""FORMS: every record that `handrail new` writes, what it is called there, and what a person is asked."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.model.kinds import BY_NAME, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One record. `first` is the id of the first one; `ask` are the fields that a terminal asks for, in order."""

    word: str
    kind_name: str
    first: str | None
    ask: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """Its row in the table of kinds."""
        return BY_NAME[self.kind_name]


def _form(word: str, first: str | None, ask: str, kind: str = "") -> Form:
    return Form(word=word, kind_name=kind or word, first=first, ask=tuple(ask.split()))


FORMS: tuple[Form, ...] = (
    _form("risk", "R-001", "title cause event effect probability impact response action owner due review"),
    _form("issue", "I-001", "title impact urgency action owner due"),
    _form("decision", "D-001", "title on decider options because effects"),
    _form("action", "A-001", "what owner due source expected_effect"),
    _form("milestone", "M1", "name planned"),
    _form("deliverable", "D1", "name accepted_when accepted_by planned"),
    _form("supplier", "SUP-1", "party contract end contact escalation"),
    _form("benefit", "B1", "what now target by owner"),
    _form("stakeholder", None, "party kind interest influence engagement"),
    _form("communication", None, "audience content cadence channel owner"),
    _form("check", "Q1", "deliverable method checker planned", "quality check"),
    _form("report", None, "status because back_to_green what_we_do decisions_asked risks_reviewed"),
    _form("change", "CR-001", "title reason impact other_options"),
    _form("gate", "G-01", "gate recommendation"),
    _form("exception", "EX-001", "title dimension cause options recommendation"),
    _form("waiver", "W-001", "rule reason instead expires risk_accepted_by"),
    _form("lesson", "L-001", "title context event effect recommendation tags target"),
    _form("feedback", "F-001", "about kind text minutes_lost"),
    _form("support", "SR-001", "situation urgency", "support request"),
    _form("response", "RE-001", "finding management_response action owner due"),
    _form("role-change", "RO-001", "role from to on because", "role change"),
    _form("answer", "SA-001", "request acknowledged_by", "support answer"),
    _form("triage", "TR-001", "lesson decision reason proposal", "triage"),
    _form("proposal", "PP-001", "title why sources causes targets owner due"),
    _form("session", None, "id module on begins ends place trainer capacity"),
    _form("completion", None, "person module version on expires"),
    _form("audit", None, "id title type auditors planned_on"),
    _form("finding", "F-01", "title requirement project severity condition criteria cause effect recommendation owner due"),
    _form("request", None, "id need requester size objective answer_due"),
)  # fmt: skip
BY_WORD = {one.word: one for one in FORMS}
TODAY = frozenset({"raised_on", "opened", "requested_on", "submitted_on", "acknowledged_on", "asked_on"})
"""Fields that are today, unless somebody says otherwise."""
ASKER = frozenset({"raised_by", "requested_by", "submitted_by"})
"""Fields that are the project manager, unless somebody says otherwise."""
