"""Which of the changes need somebody's word, whose, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from handrail.change.meaning import Change
from handrail.change.naming import thing
from handrail.change.things import things_of_plan
from handrail.change.words import day
from handrail.compute.approvals import decided
from handrail.compute.authority import lacks_authority, under_law, who_decides
from handrail.compute.evidence import Evidence, grade_of
from handrail.compute.facts import Portfolio
from handrail.model.project import Plan
from handrail.model.records import Approval

_DECIDED = frozenset({"change", "gate", "baseline", "exception", "waiver", "closure", "role change"})
_PARTS = {"tolerance": "tolerance", "tier": "tier", "tier_answers": "tier", "sensitivity": "sensitivity"}
_HANDED = frozenset({"sponsor", "board", "assurance"})
_YES = frozenset({"approve", "go", "go with conditions", "accept"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One thing that somebody must agree to. what: as a sentence begins. who: role and person. by: who has agreed.

    word: what was said, with the day; empty while nobody has decided. given: whether that is a yes.
    """

    project: str
    what: str
    who: str
    by: str | None = None
    word: str = ""
    given: bool = False


def agreements(
    changes: Iterable[Change],
    before: Portfolio | None,
    after: Portfolio,
    evidence: Mapping[str, Evidence] | None = None,
) -> tuple[Agreement, ...]:
    """What needs a decision because of these changes; first what still waits for one. Roles are those of before.

    `evidence`: what is known of the records that the change brings, by file; with it, the grade is told.
    """
    olds = {one.id: one.plan for one in before.projects} if before is not None else {}
    plans = {one.id: one.plan for one in after.projects}
    asked = dict.fromkeys(one for change in changes if (one := _asked(change)) is not None)
    handed = {project for project, kind, _ in asked if kind == "role change"}
    found: list[Agreement] = []
    for project, kind, name in asked:
        plan = plans.get(project)
        if plan is None or (kind == "roles" and project in handed):
            continue
        law = under_law(plan, olds[project]) if project in olds else plan
        needed = (
            _roles(project, olds.get(project, plan))
            if kind == "roles"
            else _one(kind, name, plan, law, after, evidence or {})
        )
        if needed is not None:
            found.append(needed)
    return tuple(sorted(found, key=lambda one: one.given))


def subjects(changes: Iterable[Change]) -> tuple[tuple[str, str, str], ...]:
    """Project, kind and id of everything that these changes make somebody decide, but for roles without a record."""
    asked = dict.fromkeys(one for change in changes if (one := _asked(change)) is not None)
    return tuple(one for one in asked if one[1] != "roles")


def _asked(one: Change) -> tuple[str, str, str] | None:
    """Project, kind and id of what a change makes somebody decide."""
    if one.project is None or one.computed or one.what not in {"added", "changed"}:
        return None
    if one.kind in _DECIDED and one.field not in {"withdrawn_on", "postponed_until"}:
        return one.project, one.kind, one.project if one.kind == "closure" else one.id
    key = (one.field or "").split(".")[0]
    if one.kind == "project":
        return _of_project(one.project, key) if one.what == "changed" else None
    accepted = one.kind == "deliverable" and (one.new == "done" or key == "actual")
    better = one.kind == "report" and (getattr(one.new, "override", None) is not None or key == "override")
    return (one.project, one.kind, one.id) if accepted or better else None


def _of_project(project: str, key: str) -> tuple[str, str, str] | None:
    if key in _HANDED:
        return project, "roles", project
    return (project, _PARTS[key], project) if key in _PARTS else None


def _one(  # noqa: PLR0913, PLR0917 - what is decided on, and all that is known of it
    kind: str, name: str, plan: Plan, law: Plan, after: Portfolio, evidence: Mapping[str, Evidence]
) -> Agreement | None:
    repository = after.repository
    roles = who_decides(kind, name, law, repository, after.as_of)
    if not roles or roles[0] == "project manager":  # within what the manager may move alone
        return None
    subject = _subject(kind, name, plan)
    own = frozenset(one for one in (getattr(subject, "requested_by", None), plan.manager) if one)

    def counts(one: Approval) -> bool:
        return one.by not in own and lacks_authority(one, law, repository) is None

    last = decided(plan.approvals, kind, name, after.as_of, counts)
    what = thing(kind, subject, after.as_of.year) if subject is not None else f"the {kind} of the project"
    return Agreement(
        project=plan.id, what=what, who=" or ".join(_people(roles, name, law, after)), by=last.by if last else None,
        word=_word(last, after, evidence, own) if last else "", given=last is not None and last.decision in _YES,
    )  # fmt: skip


def _word(last: Approval, after: Portfolio, evidence: Mapping[str, Evidence], own: frozenset[str]) -> str:
    """What was said and when; of a record that comes with the change also how well it is evidenced."""
    said = f"{last.decision}, {day(last.on, after.as_of.year)}"
    seen = evidence.get(last.loc.file)
    if seen is None:
        return said
    return f"{said}, grade {grade_of(last, seen, after.repository.people, own).grade}"


def _roles(project: str, old: Plan) -> Agreement:
    """Roles are handed over by those who hold them: a record of the handover, approved."""
    who = [f"{old.sponsor} (outgoing sponsor)" if old.sponsor else "", f"the board {old.board}" if old.board else ""]
    return Agreement(
        project=project, what="the handover of a role", who=" or ".join(one for one in who if one) or "the board"
    )


def _subject(kind: str, name: str, plan: Plan) -> object | None:
    things = things_of_plan(plan).get(kind, ())
    if kind == "closure":
        return next(iter(things), None)
    if kind == "report":
        return next((one for one in plan.reports if one.as_of.isoformat() == name), None)
    return next((one for one in things if getattr(one, "id", None) == name), None)


def _people(roles: Iterable[str], name: str, plan: Plan, after: Portfolio) -> Iterator[str]:
    """Each role with who holds it."""
    for role in roles:
        if role == "project manager":
            continue
        holders = {
            "sponsor": [plan.sponsor] if plan.sponsor else [],
            "board": [plan.board] if plan.board else [],
            "accepter": [one.accepted_by for one in plan.deliverables if one.id == name and one.accepted_by],
        }.get(role)
        if holders is None:
            people = after.repository.people.values()
            holders = [one.id for one in people if any(each.role == role for each in one.roles)]
        yield f"{holders[0]} ({role})" if len(holders) == 1 else f"the {role}"
