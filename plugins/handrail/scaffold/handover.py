"""Somebody leaves: everything that is still open goes to somebody else, in one change; what is over keeps its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handrail.edit import NotEditable, NotWritable, remove_value, set_value
from handrail.fields import Entity, fields_of
from handrail.load import Loaded, load
from handrail.load.references import mentions
from handrail.model.assurance import Audit, Finding
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.remark import Path
from handrail.scaffold.project import NotPossible
from handrail.scaffold.records.make import Overlay, next_id
from handrail.yaml_text import dump

_OVER = frozenset(
    {"closed", "done", "dropped", "withdrawn", "retired", "reached", "rejected", "cancelled", "refused", "started"}
)
_ENDED = (
    "actual",
    "actual_finish",
    "done_on",
    "closed_on",
    "resolved_on",
    "cancelled_on",
    "withdrawn_on",
    "implemented_on",
)
_HISTORY = frozenset(
    {"raised_by", "requested_by", "submitted_by", "closed_by", "checked_by", "acknowledged_by", "resolved_by", "verified_by",
     "risk_accepted_by", "assessed_by", "by", "requester", "person", "decider"}
)  # fmt: skip
_ROLES = {"sponsor": "sponsor", "manager": "project manager", "assurance": "assurance"}


@dataclass(slots=True)
class Handover:
    """The new text of every file that changes, what is told about it, and what must be asked of others."""

    files: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Spot:
    """A place that names the one who leaves; `key`: it is the name of a field, not its value."""

    file: str
    path: Path
    what: str
    key: bool = False


def hand_over(loaded: Loaded, leaver: str, heir: str, on: date) -> Handover:
    """Everything open of one person to another, from a day on. Raises NotPossible when that would break something."""
    repository = loaded.repository
    for who in (leaver, heir):
        if who not in repository.people:
            raise NotPossible(
                f"the directory of people knows nobody called `{who}`; standards/people/people.yaml has the handles."
            )
    if leaver == heir:
        raise NotPossible("somebody cannot hand over to themselves.")
    made = Handover()
    for spot in sorted(_spots(repository, leaver, on), key=lambda one: (one.file, [str(step) for step in one.path])):
        _put(repository, made, spot, leaver, heir)
    for plan in repository.plans:
        if plan.state not in {"closed", "cancelled"}:
            _record_roles(repository, made, plan, leaver, heir, on)
    _directory(repository, made, leaver, heir, on)
    made.left += _left(repository, leaver)
    _hold(loaded, made)
    return made


def _spots(repository: Repository, leaver: str, on: date) -> Iterator[_Spot]:
    for plan in repository.plans:
        yield from _of_plan(plan, leaver)
    policy = repository.policy
    law: tuple[Entity | None, ...] = (
        *repository.objectives.values(), *repository.programmes.values(), *repository.standards.values(), policy.boards,
        *(one for ones in repository.others.values() for one in ones if not isinstance(one, (Audit, Finding))),
    )  # fmt: skip
    for one in law:
        if one is not None and not _is_over(one) and not (getattr(one, "on", None) or on) < on:
            yield from _of(one, leaver, {})


def _of_plan(plan: Plan, leaver: str) -> Iterator[_Spot]:
    over = plan.state in {"closed", "cancelled"}
    lists = [one for one in fields_of(Plan) if one.type.kind == "list" and one.type.item and one.type.item.cls]
    for spec in lists:
        if over and spec.key != "benefits":  # a benefit is measured after its project has ended
            continue
        for one in getattr(plan, spec.name):
            if not _is_over(one):
                yield from _of(one, leaver, {})
    nested = {one.key for one in lists}
    for spot in _of(plan, leaver, plan.home):
        first = str(spot.path[0])
        if first not in nested and (not over or first == "why"):
            yield spot


def _of(entity: Entity, leaver: str, home: Any) -> Iterator[_Spot]:
    for kind, name, loc, title, is_key in mentions(entity, home):
        if (
            kind == "person"
            and name == leaver
            and not any(step in _HISTORY for step in loc.path[-2:] if isinstance(step, str))
        ):
            yield _Spot(file=loc.file, path=loc.path, what=f"{title} of {_called(entity)}", key=is_key)
    for spec in fields_of(
        type(entity)
    ):  # names of people that may also be others': assignees, lines of responsibilities
        value = getattr(entity, spec.name)
        if spec.type.kind == "list" and spec.type.item and spec.type.item.kind == "text" and not spec.type.item.ref:
            for i, one in enumerate(value):
                if one == leaver:
                    yield _Spot(
                        file=entity.loc.file,
                        path=(*entity.loc.path, spec.key, i),
                        what=f"{spec.title} of {_called(entity)}",
                    )


def _called(entity: Entity) -> str:
    name = next(
        (
            value
            for key in ("name", "title", "what", "statement", "id")
            if isinstance(value := getattr(entity, key, None), str)
        ),
        "",
    )
    return f'"{name}"' if name else "the policy"


def _is_over(one: Entity) -> bool:
    ended = any(getattr(one, name, None) is not None for name in _ENDED)
    return ended or getattr(one, "status", None) in _OVER or getattr(one, "state", None) in _OVER


def _text(repository: Repository, made: Handover, file: str) -> str:
    return made.files[file] if file in made.files else repository.tree.read(file).decode("utf-8")


def _put(repository: Repository, made: Handover, spot: _Spot, leaver: str, heir: str) -> None:
    """Write the heir at one place; where the heir stands beside it already, the leaver goes out."""
    text = _text(repository, made, spot.file)
    path = spot.path
    raw = _at(repository.raw.get(spot.file), path[:-1])
    if isinstance(path[-1], int) and raw == leaver:  # one name, where a list of names could stand
        path = path[:-1]
        raw = _at(repository.raw.get(spot.file), path[:-1])
    try:
        if spot.key:
            share = raw.get(leaver) if isinstance(raw, dict) else None
            if isinstance(raw, dict) and heir in raw:
                made.left.append(
                    f"{spot.what}: {heir} is there already; add the share of {leaver}, {share}, by hand ({spot.file})."
                )
                return
            text = remove_value(set_value(text, (*path[:-1], heir), share), path)
        elif isinstance(raw, list) and heir in raw:
            made.left.append(f"{spot.what}: {heir} is there already; take {leaver} out by hand ({spot.file}).")
            return
        else:
            text = set_value(text, path, heir)
    except (NotEditable, NotWritable) as error:
        raise NotPossible(f"{spot.what} cannot be changed in {spot.file}: {error}.") from None
    made.files[spot.file] = text
    made.told.append(f"{spot.file}: {spot.what}")


def _record_roles(  # noqa: PLR0913, PLR0917 - one line of a handover
    repository: Repository, made: Handover, plan: Plan, leaver: str, heir: str, on: date
) -> None:
    """A role of the project that changes hands is on record, so that earlier approvals keep their worth."""
    roles: list[tuple[str, str | None]] = [
        (role, None) for name, role in _ROLES.items() if getattr(plan, name) == leaver
    ]
    roles += [("accepter", one.id) for one in plan.deliverables if one.accepted_by == leaver and not _is_over(one)]
    folder = f"projects/{plan.id}/roles/"
    taken = {path.removeprefix(folder).rsplit(".", 1)[0] for path in repository.tree.paths() if path.startswith(folder)}
    for role, deliverable in roles:
        name = next_id("RO-001", taken)
        taken.add(name)
        value = {"id": name, "role": role, **({"deliverable": deliverable} if deliverable else {}), "from": leaver, "to": heir,
                 "on": on.isoformat(), "because": "The one who held it leaves"}  # fmt: skip
        made.files[f"{folder}{name}.yaml"] = dump(value)
        made.told.append(
            f'{folder}{name}.yaml: {role} of "{plan.name}" goes to {heir}, for the sponsor or board to approve'
        )


def _directory(repository: Repository, made: Handover, leaver: str, heir: str, on: date) -> None:
    """The last day of the one who leaves, and the first of the heir in each role that was still held."""
    old, new = repository.people[leaver], repository.people[heir]
    file = old.loc.file
    text = _text(repository, made, file)
    held = [one for one in old.roles if one.to is None or one.to > on]
    for i, one in enumerate(old.roles):
        if one in held:
            value: dict[str, Any] = {"role": one.role, **({"from": one.from_.isoformat()} if one.from_ else {})}
            text = set_value(text, (*old.loc.path, "roles", i), {**value, "to": on.isoformat()})
    text = set_value(text, (*old.loc.path, "to"), on.isoformat())
    has = {one.role for one in new.roles if one.to is None or one.to > on}
    count = len(new.roles)
    for role in dict.fromkeys(one.role for one in held if one.role not in has):
        value = {"role": role, "from": on.isoformat()}
        text = (
            set_value(text, (*new.loc.path, "roles", count), value)
            if count
            else set_value(text, (*new.loc.path, "roles"), [value])
        )
        count += 1
        made.told.append(f"{file}: {heir} is {role} from {on.isoformat()}")
    made.files[file] = text
    made.told.append(f"{file}: {leaver} is here until {on.isoformat()}")


def _left(repository: Repository, leaver: str) -> Iterator[str]:
    """What only others may change: the auditor's files, and conditions in approvals, which never change."""
    for one in repository.every(Finding):
        if one.owner == leaver and one.closed_on is None:
            yield f'Ask the auditor to name another owner for the finding "{one.title}" ({one.loc.file}).'
    for audit in repository.every(Audit):
        if leaver in audit.auditors and audit.closed_on is None:
            yield f'The auditor of "{audit.title}" leaves ({audit.loc.file}).'
    for plan in repository.plans:
        for approval in plan.approvals:
            for condition in approval.conditions:
                if condition.owner == leaver and condition.closed_on is None:
                    yield f'The condition "{condition.what}" of "{plan.name}" stays with {leaver} in {approval.loc.file}; tell the board.'


def _at(value: Any, path: Path) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value.get(str(step))
        else:
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value


def _hold(loaded: Loaded, made: Handover) -> None:
    before = {one.fingerprint for one in loaded.remarks}
    after = load(Overlay(loaded.repository.tree, {path: text.encode() for path, text in made.files.items()}))
    wrong = [one for one in after.remarks if one.fingerprint not in before]
    if wrong:
        raise NotPossible("nothing was written. " + " ".join(f"{one.message} {one.fix}".strip() for one in wrong))
