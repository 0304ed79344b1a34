"""The record of an approval outside projects: of a standard, a proposal or a migration, held against the policy before it is written."""

from __future__ import annotations

from handrail.compute.approved_value import terms_of, value_of
from handrail.compute.evidence import minuted
from handrail.compute.office_approvals import asked_by, lacks_authority, required, rows, things
from handrail.load import Loaded, load
from handrail.scaffold.approval import Asked, NewApproval, record_text
from handrail.scaffold.project import NotPossible
from handrail.scaffold.records.make import Overlay, next_id

FOLDER = "standards/approvals/"


def new_office_approval(asked: Asked, loaded: Loaded) -> NewApproval:
    """Make the record. Raises NotPossible when there is nothing to approve, or when it would not count."""
    repository = loaded.repository
    value = value_of(asked.kind, asked.name, None, repository)
    if value is None:
        names = ", ".join(str(getattr(one, "id", "")) for one in things(asked.kind, repository))
        there = f"There is: {names}." if names else "There is none yet."
        raise NotPossible(f"there is no {asked.kind} {asked.name} to approve. {there}")
    taken = {
        path.removeprefix(FOLDER).removesuffix(".yaml") for path in repository.tree.paths() if path.startswith(FOLDER)
    }
    name = next_id("AP-101", taken)
    path = f"{FOLDER}{name}.yaml"
    roles = dict.fromkeys(role for one in rows(asked.kind, repository) for role in one.roles)
    reasons = []
    for role in (asked.role,) if asked.role else tuple(roles) or ("pmo head",):
        made = record_text(asked, name, value, role)
        after = load(Overlay(repository.tree, {path: made.encode()}))
        wrong = [one for one in after.remarks if one.loc.file == path]
        if wrong:
            raise NotPossible("nothing was written. " + " ".join(f"{one.message} {one.fix}".strip() for one in wrong))
        record = next(one for one in after.repository.approvals if one.id == name)
        lack = lacks_authority(record, after.repository) or minuted(record, asked_by(record, after.repository))
        if lack is None:
            grade, signed = required(record, after.repository)
            terms = dict(terms_of(asked.kind, asked.name, None, repository) or {})
            return NewApproval(id=name, path=path, text=made, terms=terms, grade=grade, signed=signed)
        reasons.append(lack)
    raise NotPossible(f"it would not count: {'; '.join(dict.fromkeys(reasons))}.")
