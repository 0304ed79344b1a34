"""What an approval is bound to: the approved terms of a thing as plain values, and their fingerprint.

The fingerprint is `h1:` and the SHA-256 of the terms as canonical JSON in UTF-8: names sorted by code point, no spaces,
texts in NFC, numbers in their shortest plain form (48000, never 48000.0 or 4.8e4), days as 2027-02-15, amounts as
{"amount":48000,"currency":"EUR"}, shares as fractions (0.4 for 40%). Only the fields that the model marks as approved and
that say something count. What is left out, empty, or at its default is not part of it, so a field that a later release
adds changes no fingerprint; comments, order, quotes and the file in which a field stands change none either.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from handrail.fields import Entity, Field, fields_of, memo
from handrail.load.projects import ATTACHED
from handrail.model.kinds import BY_NAME
from handrail.model.money import Money
from handrail.model.project import Plan
from handrail.model.records import GateSubmission
from handrail.model.repository import Repository

Terms = Mapping[str, Any]
"""The approved fields of one thing by their name in the file."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "tolerance": ("tolerance",), "tier": ("tier", "tier_answers"), "sensitivity": ("sensitivity",),
    "approach": ("approach",), "phase": ("phase",), "state": ("state",), "priority": ("priority",),
}  # fmt: skip
"""Parts of a plan that are approved by themselves; the approval's id is the project's."""
_MOVING = frozenset({"phase", "state"})
"""What moves on after a project was approved as a whole."""
_UNAPPROVED = frozenset({"status", "closed_on", "closed_by", "outcome", "extra"})
"""What moves on in a record of a kind that marks no field as approved; of such a record everything else is a term."""


def value_of(kind: str, name: str, plan: Plan | None, repository: Repository) -> str | None:
    """The fingerprint of a thing as it stands now; None when it is not there, or says nothing that could be approved."""
    terms = terms_of(kind, name, plan, repository)
    return fingerprint_of(terms) if terms else None


def fingerprint_of(terms: Terms) -> str:
    """The fingerprint of terms."""
    return "h1:" + hashlib.sha256(canonical(terms).encode()).hexdigest()


def terms_of(kind: str, name: str, plan: Plan | None, repository: Repository) -> Terms | None:
    """The approved fields of a thing as plain values; None when there is no such thing. Without a plan: of the law."""
    if plan is None:
        thing = _of_law(kind, name, repository)
        return _terms(thing) if thing is not None else None
    if kind == "project" or kind in PARTS:
        return _part(kind, plan) if name == plan.id else None
    if kind == "closure":
        return _terms(plan.closure) if plan.closure is not None and name == plan.id else None
    if kind == "gate":
        submission = _submission(name, plan)
        return _terms(submission) if submission else None
    one = next((one for one in _things(kind, plan) if _name(one) == name), None)
    return _terms(one) if one is not None else None


def _things(kind: str, plan: Plan) -> Iterable[Any]:
    known = BY_NAME.get(kind)
    if known is None or known.within != "project":
        return ()
    return getattr(plan, known.key or ATTACHED.get(kind, ""), ())


def _name(one: Any) -> str | None:
    found = getattr(one, "id", None) or getattr(one, "as_of", None)
    return str(found) if found is not None else None


def _submission(name: str, plan: Plan) -> GateSubmission | None:
    """A gate is decided by its submission's id, by its own name, or by its milestone; then the newest one counts."""
    gates = {name, *(one.gate for one in plan.milestones if one.id == name and one.gate)}
    return next((one for one in reversed(plan.gates) if one.id == name or one.gate in gates), None)


def _of_law(kind: str, name: str, repository: Repository) -> Entity | None:
    found: Iterable[Entity] = repository.others.get(kind, ())
    if kind == "request":
        found = repository.requests
    elif kind in {"standard", "rule", "objective", "programme"}:
        found = getattr(repository, f"{kind}s").values()
    return next((one for one in found if getattr(one, "id", None) == name), None)


def _part(kind: str, plan: Plan) -> Terms:
    names = PARTS.get(kind)
    return {
        one.key: plain(value)
        for one in fields_of(Plan)
        if (one.key in names if names else one.approved and one.key not in _MOVING)
        and not _says_nothing(value := getattr(plan, one.name))
    }


def _terms(one: Entity) -> Terms:
    return _written(one, _approved(type(one)))


@memo
def _approved(cls: type[Entity]) -> tuple[Field, ...]:
    marked = tuple(one for one in fields_of(cls) if one.approved)
    return marked or tuple(one for one in fields_of(cls) if one.key not in _UNAPPROVED)


def _written(one: Entity, fields: tuple[Field, ...]) -> dict[str, Any]:
    defaults = _defaults(type(one))
    found = {}
    for field in fields:
        value = getattr(one, field.name)
        if not _says_nothing(value) and value != defaults.get(field.name):
            found[field.key] = plain(value)
    return found


@memo
def _defaults(cls: type[Entity]) -> Mapping[str, Any]:
    import dataclasses  # noqa: PLC0415 - only approvals ask for it

    missing = dataclasses.MISSING
    return {one.name: one.default for one in dataclasses.fields(cls) if one.default is not missing}


def _says_nothing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, (tuple, list, Mapping)) and not value)


def plain(value: Any) -> Any:
    """A value of the model as one that JSON knows; nested groups with every field that says something."""
    if isinstance(value, Entity):
        return _written(value, fields_of(type(value)))
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items() if not _says_nothing(one)}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def canonical(value: Any) -> str:
    """A plain value as canonical JSON."""
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


def _write(value: Any, put: Callable[[str], None]) -> None:
    if isinstance(value, Mapping):
        put("{")
        for at, (key, one) in enumerate(sorted(((_nfc(str(key)), one) for key, one in value.items()), key=_first)):
            put(f"{',' if at else ''}{encode_basestring(key)}:")
            _write(one, put)
        put("}")
    elif isinstance(value, (list, tuple)):
        put("[")
        for at, one in enumerate(value):
            put("," if at else "")
            _write(one, put)
        put("]")
    else:
        put(_scalar(value))


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return encode_basestring(_nfc(str(value)))


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
