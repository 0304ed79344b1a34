"""The ratchet: what a change brings is told apart from what was there before, so that old sins do not stop good work.

A remark existed only if its fingerprint stood before *and* no value that the rule read for it was changed; so new harm
cannot hide behind an old remark. Where a rule measures, more is worsened and less is not new. What compares with before
comes from the change by its nature: no such remark stands in the judgement of before, so it is always new.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from handrail.check import Judgement, plain, reads_of
from handrail.compute.facts import Portfolio
from handrail.fields import Entity
from handrail.model.project import Plan
from handrail.model.repository import Tree
from handrail.model.words import PHASES
from handrail.remark import Loc, Remark

_PASSED = frozenset({"go", "go with conditions", "approve"})
_NAMES = ("id", "as_of", "what", "party", "statement", "name")


def compared(
    after: Judgement, before: Judgement, touched: Container[str | None]
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """Every remark of after with its state, and the remarks of before that are gone."""
    left: dict[str, list[Remark]] = {}
    for one in before.remarks:
        left.setdefault(one.fingerprint, []).append(one)
    told = []
    for one in after.remarks:
        was = _same(one, left.get(one.fingerprint, []))
        if one.state == "waived":
            told.append(one)
        elif was is None:
            told.append(replace(one, state="new"))
        else:
            told.append(_grown(one, was, after, before, moved=one.project in touched))
    gone = tuple(one for ones in left.values() for one in ones if one.state != "waived")
    return tuple(told), gone


def _same(one: Remark, stood: list[Remark]) -> Remark | None:
    """Take the remark of before that this one is; of several, the one with the same words."""
    if not stood:
        return None
    found = next((was for was in stood if was.message == one.message), stood[0])
    stood.remove(found)
    return found


def _grown(one: Remark, was: Remark, after: Judgement, before: Judgement, *, moved: bool) -> Remark:
    if was.state == "waived":
        return replace(one, state="new")
    if one.measure is not None and was.measure is not None and one.measure != was.measure:
        return replace(one, state="worsened" if one.measure > was.measure else "existing")
    if not moved:
        return replace(one, state="existing")
    same = one.message == was.message and _read(one, after) == _read(was, before)
    return replace(one, state="existing" if same else "new")


def _read(one: Remark, judgement: Judgement) -> Any:
    """What a remark rests on, comparable across two states: the values that the rule read, else what stands there."""
    if one.rule in judgement.compiled and one.project is not None:
        reads = reads_of(judgement, one)
        if reads:
            return frozenset((_who(read.owner), read.field, _value(read.value)) for read in reads)
    return tuple(written(loc, judgement.portfolio) for loc in (one.loc, *(other.loc for other in one.related)))


def _who(owner: object) -> tuple[str, str]:
    if isinstance(owner, Mapping):
        found = next((owner[key] for key in _NAMES if owner.get(key) is not None), "")
    else:
        found = next((value for key in _NAMES if (value := getattr(owner, key, None)) is not None), "")
    return type(owner).__name__, str(found)


def _value(value: object) -> str:
    if plain(value):
        return f"{type(value).__name__} {value}"
    if isinstance(value, (tuple, list, frozenset)):
        return " ".join(sorted(_value(one) for one in value))
    if isinstance(value, Mapping):
        return " ".join(sorted(f"{key}={_value(one)}" for key, one in value.items()))
    if isinstance(value, Entity):
        return " ".join(_who(value))
    return type(value).__name__


def written(loc: Loc, portfolio: Portfolio) -> str:
    """What stands at a place, as text; for a file as a whole, its bytes."""
    raw: Any = portfolio.repository.raw.get(loc.file)
    if raw is None or not loc.path:
        return _bytes(portfolio.repository.tree, loc.file)
    for step in loc.path:
        if isinstance(raw, dict):
            raw = raw.get(str(step))
        elif isinstance(raw, list) and isinstance(step, int) and step < len(raw):
            raw = raw[step]
        else:
            return ""
    return repr(raw)


def _bytes(tree: Tree, file: str) -> str:
    try:
        return tree.read(file).decode("latin-1")
    except OSError:
        return ""


def with_gates(remarks: tuple[Remark, ...], before: Portfolio, after: Portfolio) -> tuple[Remark, ...]:
    """What is needed for a gate stops the change that records one."""
    known = {one.id: one.plan for one in before.projects}
    passing = {one.id for one in after.projects if _records_gate(known.get(one.id), one.plan)}
    return tuple(
        replace(one, due=True) if one.enforce_at == "gate" and one.project in passing else one for one in remarks
    )


def _records_gate(old: Plan | None, new: Plan) -> bool:
    """Whether a change lets a project through a gate: a decision on one is new, or its phase goes on."""
    known = {one.id for one in old.approvals} if old is not None else set()
    if any(
        one.subject.kind == "gate" and one.decision in _PASSED and one.id not in known for one in new.approvals
    ):  # fmt: skip
        return True
    if old is None:
        return False
    return PHASES.index(new.phase) > PHASES.index(old.phase) or (new.state == "closed" != old.state)


def news(remarks: tuple[Remark, ...]) -> Iterator[Remark]:
    """What a change is told about: everything but what was there before."""
    yield from (one for one in remarks if one.state != "existing" or one.due)
