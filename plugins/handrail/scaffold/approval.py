"""The record of an approval: bound to the terms that stand there, held against the policy before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.compute.approved_value import PARTS, terms_of, value_of
from handrail.compute.authority import lacks_authority, required
from handrail.compute.evidence import Grade, minuted
from handrail.compute.moves import PASSES, unanswered
from handrail.english import count
from handrail.fields import fields_of
from handrail.load import Loaded, load
from handrail.load.projects import ATTACHED
from handrail.model.kinds import BY_NAME
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.scaffold.project import NotPossible
from handrail.scaffold.records.make import Overlay, next_id
from handrail.yaml_text import NotWritable, dump

DECISIONS = {"gate": "go", "deliverable": "accept"}
"""What is decided where nobody says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to put on record. `role` None: whichever role lets them decide."""

    kind: str
    name: str
    decision: str | None
    by: str
    role: str | None
    on: date
    conditions: tuple[dict[str, Any], ...] = ()
    releases: Decimal | None = None
    minutes: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApproval:
    """A record that is to be written. terms: what it binds; grade: the least evidence that the policy asks for."""

    id: str
    path: str
    text: str
    terms: dict[str, Any]
    grade: Grade
    signed: bool


def new_approval(asked: Asked, plan: Plan, loaded: Loaded) -> NewApproval:
    """Make the record. Raises NotPossible when there is nothing to approve, or when it would not count."""
    repository = loaded.repository
    value = value_of(asked.kind, asked.name, plan, repository)
    if value is None:
        raise NotPossible(
            f"there is no {asked.kind} {asked.name} in {plan.name} to approve. {_there(asked.kind, plan)}"
        )
    own = frozenset(one for one in (plan.manager, *_requesters(asked, plan)) if one)
    if asked.by in own:
        raise NotPossible(
            f"{asked.by} asked for it or manages the project, and so cannot approve it. Let somebody else decide."
        )
    folder = f"projects/{plan.id}/approvals/"
    taken = {
        path.removeprefix(folder).removesuffix(".yaml") for path in repository.tree.paths() if path.startswith(folder)
    }
    name = next_id("AP-001", taken)
    reasons = []
    for role in (asked.role,) if asked.role else _roles(asked.kind, repository):
        made = record_text(asked, name, value, role)
        path = f"{folder}{name}.yaml"
        after = load(Overlay(repository.tree, {path: made.encode()}))
        wrong = [one for one in after.remarks if one.loc.file == path]
        if wrong:
            raise NotPossible("nothing was written. " + " ".join(f"{one.message} {one.fix}".strip() for one in wrong))
        changed = next(one for one in after.repository.plans if one.id == plan.id)
        record = next(one for one in changed.approvals if one.id == name)
        lack = lacks_authority(record, changed, after.repository) or minuted(record, own)
        if lack is None:
            grade, signed = required(record, changed, after.repository)
            terms = dict(terms_of(asked.kind, asked.name, plan, repository) or {})
            return NewApproval(id=name, path=path, text=made, terms=terms, grade=grade, signed=signed)
        reasons.append(lack)
    raise NotPossible(f"it would not count: {'; '.join(dict.fromkeys(reasons))}.")


def may_pass(asked: Asked, plan: Plan, repository: Repository) -> None:
    """A yes to a gate binds the answers as they stand: what is answered later would undo it. Raises NotPossible."""
    if asked.kind != "gate":
        return
    decision = asked.decision or DECISIONS["gate"]
    if decision == "go with conditions" and not asked.conditions:
        raise NotPossible(
            "a go with conditions says which: `--condition 'Second offer before January, j.okafor, 2026-12-31'`."
        )
    gate = next((one.gate for one in plan.gates if asked.name in {one.id, one.gate}), asked.name)
    left = unanswered(plan, gate, repository.policy.lifecycle)
    if decision in PASSES and left:
        raise NotPossible(
            f"{count(len(left), 'question')} of {asked.name} {'has' if len(left) == 1 else 'have'} no answer, and one given after "
            f'the decision would undo it. The first: "{left[0]}" Answer in the submission in the folder `gates`, with '
            "`answer: yes`, `no`, `partly` or `not applicable`; then decide."
        )


def record_text(asked: Asked, name: str, value: str, role: str) -> str:
    """The file of a record. Raises NotPossible for what YAML cannot hold."""
    given = {
        "id": name, "decision": asked.decision or DECISIONS.get(asked.kind, "approve"),
        "subject": {"kind": asked.kind, "id": asked.name}, "value": value, "by": asked.by, "role": role,
        "on": asked.on, "conditions": list(asked.conditions), "releases": asked.releases, "minutes": asked.minutes,
    }  # fmt: skip
    try:
        return dump({key: one for key, one in given.items() if one not in (None, [])})
    except NotWritable as error:
        raise NotPossible(f"it cannot be written: {error}.") from None


def _roles(kind: str, repository: Repository) -> tuple[str, ...]:
    """The roles that the policy names for such a decision, whatever the size."""
    rows = (
        one for one in repository.policy.authority.rows if one.decision == kind or one.decision.startswith(f"{kind} ")
    )
    return tuple(dict.fromkeys(role for one in rows for role in one.roles)) or ("sponsor",)


def _requesters(asked: Asked, plan: Plan) -> set[str | None]:
    things: tuple[Any, ...] = {"change": plan.changes, "waiver": plan.waivers}.get(asked.kind, ())
    found = {one.requested_by for one in things if one.id == asked.name}
    return found | {one.submitted_by for one in plan.gates if asked.kind == "gate" and asked.name in {one.id, one.gate}}


def _there(kind: str, plan: Plan) -> str:
    if kind in {*PARTS, "project", "closure"}:
        return f"Its id is the project's: {plan.id}."
    known = BY_NAME.get(kind)
    things = getattr(plan, (known.key or ATTACHED.get(kind, "")) if known else "", ())
    names = ", ".join(str(getattr(one, "id", None) or getattr(one, "as_of", "")) for one in things)
    return f"It has: {names}." if names else "It has none yet."


def kinds() -> tuple[str, ...]:
    """What can be approved in a project: kinds whose fields say what an approval covers, and parts of the plan."""
    marked = [
        kind.name for kind in BY_NAME.values()
        if kind.within == "project" and any(one.approved for one in fields_of(kind.cls))
    ]  # fmt: skip
    return (*marked, *PARTS, "project")
