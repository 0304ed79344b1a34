"""How well an approval is evidenced: C data in the file, M minuted, B its author's own commit, A a review on the host.

A pure function of plain facts: who wrote the commit that brought the record, which key signed it, who reviewed what.
Whoever reads Git and the host's export hands them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handrail.model.organisation import PersonRecord
from handrail.model.records import Approval

Grade = Literal["C", "M", "B", "A"]
GRADES: tuple[Grade, ...] = ("C", "M", "B", "A")
"""From the weakest to the strongest."""
APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review on the host. state: approved, changes requested, commented, dismissed; commit: what was looked at."""

    login: str
    host: str
    state: str
    commit: str | None
    submitted_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of how a record came in.

    commit: the one that gave the file its present content. author: SHA-256 of its raw author's e-mail in small letters;
    co-authors are left out, since anybody can name them. on: the author's day. keys: fingerprints of the key whose
    signature was verified. broken: the signature does not fit the commit. head: the newest commit of the pull request.
    reviews: the reviews of this head that stand.
    """

    commit: str
    author: str
    on: date | None = None
    keys: tuple[str, ...] = ()
    broken: bool = False
    head: str | None = None
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A grade, and in a few words what it rests on. signed: the approver's own signature was verified."""

    grade: Grade
    why: str
    signed: bool = False


def rank(grade: Grade) -> int:
    """0 for C to 3 for A."""
    return GRADES.index(grade)


def hashed(mail: str) -> str:
    """An e-mail as the directory of people keeps it."""
    import hashlib  # noqa: PLC0415 - a start without commits to look at does not pay for it

    return hashlib.sha256(mail.strip().lower().encode()).hexdigest()


def grade_of(
    approval: Approval, evidence: Evidence | None, people: Mapping[str, PersonRecord], not_by: frozenset[str]
) -> Graded:
    """The best grade that the facts bear. `not_by`: requester and manager, who cannot minute their own approval."""
    person = people.get(approval.by)
    if approval.value is None:
        return Graded(grade="C", why="it does not say which terms were approved")
    if evidence is not None and person is not None:
        found = _reviewed(evidence, person) or _committed(evidence, person)
        if found:
            return found
    why = minuted(approval, not_by) or _other_hand(approval, evidence, people)
    if approval.minutes is not None and why is None:
        return Graded(grade="M", why=f"minuted by {approval.minutes.recorded_by}")
    return Graded(grade="C", why=why if approval.minutes is not None and why else "it is only written in the file")


def _reviewed(evidence: Evidence, person: PersonRecord) -> Graded | None:
    for one in evidence.reviews:
        own = one.login.casefold() == person.host.get(one.host, "").casefold() != ""
        if own and one.state == APPROVED and one.commit is not None and one.commit == evidence.head:
            return Graded(grade="A", why=f"{person.id} approved commit {one.commit[:7]} on the host")
    return None


def _committed(evidence: Evidence, person: PersonRecord) -> Graded | None:
    if evidence.broken:
        return None  # a commit that is not what was signed shows nobody's hand
    if set(evidence.keys) & {_key(one) for one in person.keys}:
        return Graded(grade="B", why=f"signed by {person.id}", signed=True)
    if evidence.author in person.author:
        return Graded(grade="B", why=f"committed by {person.id}")
    return None


def _key(text: str) -> str:
    """A fingerprint however it is written: OpenPGP's are shown in groups and in either case."""
    return text if text.startswith("SHA256:") else text.replace(" ", "").upper()


def minuted(approval: Approval, not_by: frozenset[str]) -> str | None:
    """What the minutes lack, in a few words; None when nothing, or when there are none."""
    minutes = approval.minutes
    if minutes is None:
        return None
    if minutes.sha256 is None:
        return "the minutes have no fingerprint"
    if minutes.recorded_by is None:
        return "nobody says who recorded the minutes"
    if minutes.recorded_by in not_by:
        return f"{minutes.recorded_by}, who recorded it, asked for it or manages the project"
    if approval.by not in minutes.present:
        return f"{approval.by} was not present by the minutes"
    return None


def _other_hand(approval: Approval, evidence: Evidence | None, people: Mapping[str, PersonRecord]) -> str | None:
    """Whether somebody else wrote the record than the minutes say, as far as the directory knows."""
    recorder = approval.minutes.recorded_by if approval.minutes else None
    known = people.get(recorder or "")
    if evidence is None or known is None or not known.author:
        return None
    if evidence.author in known.author or set(evidence.keys) & {_key(one) for one in known.keys}:
        return None
    return f"{recorder} did not write the record, as the minutes say"
