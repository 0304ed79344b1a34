"""What the tool knows already about a new record, so that nobody has to type it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from handrail.compute.baseline import snapshot
from handrail.compute.dates import gates_passed, in_order, milestones, next_gate
from handrail.compute.workdays import WorkDays
from handrail.fields import fields_of
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.scaffold.records.forms import ASKER, TODAY, Form

_WAIVER_DAYS = 90


class NothingToSay(Exception):  # noqa: N818 - it says what is the matter
    """The record would be empty; the text says why."""


def known(form: Form, repository: Repository, plan: Plan | None, today: date) -> dict[str, Any]:
    """The fields that follow from the plan and the day."""
    keys = {one.key for one in fields_of(form.kind.cls)}
    found: dict[str, Any] = {key: today.isoformat() for key in sorted(TODAY & keys)}
    if form.word in {"completion", "triage", "decision"}:
        found["on"] = today.isoformat()
    if plan is not None and plan.manager:
        found |= dict.fromkeys(sorted(ASKER & keys), plan.manager)
    match form.word:
        case "report":
            return _report(plan, today)
        case "change" if plan is not None:
            return {**found, **_change(plan)}
        case "gate" if plan is not None:
            return {**found, **_gate(plan, repository, today)}
        case "waiver":
            return {**found, "starts": today.isoformat(), "expires": (today + timedelta(days=_WAIVER_DAYS)).isoformat()}
    return found


def _report(plan: Plan | None, today: date) -> dict[str, Any]:
    """The day, and what still holds of last month: its colour, and the answers that are not closed yet."""
    last = (
        max((one for one in plan.reports if one.as_of < today), key=lambda one: one.as_of, default=None)
        if plan
        else None
    )
    found: dict[str, Any] = {"as_of": today.isoformat()}
    if last is None or plan is None:
        return found
    found["status"] = last.status
    items: tuple[Any, ...] = (*plan.risks, *plan.issues, *plan.actions)
    ended = {one.id for one in items if one.status != "open"}
    still = [name for name in last.what_we_do if name not in ended]
    if last.status != "green":
        found |= {"because": last.because} if last.because else {}
        found |= {"back_to_green": last.back_to_green.isoformat()} if last.back_to_green else {}
        found |= {"what_we_do": still} if still else {}
    return found


def _change(plan: Plan) -> dict[str, Any]:
    """Every approved value from which the forecast, or the plan itself, departs; `from` is what the baseline says."""
    if not plan.baselines:
        raise NothingToSay("the plan is not approved yet, so nothing needs a change request: just change it.")
    baseline = in_order(plan.baselines)[-1]
    changes: list[dict[str, Any]] = []
    dated: tuple[Any, ...] = (*plan.deliverables, *plan.milestones, *plan.increments)
    for one in dated:
        approved = baseline.values.get(one.id, {}).get("planned")
        wanted = one.forecast or one.planned
        if approved and wanted and not one.actual and str(approved) != wanted.isoformat():
            changes.append({"item": one.id, "field": "planned", "from": str(approved), "to": wanted.isoformat()})
    approved = baseline.values.get("budget", {}).get("approved")
    if plan.budget and approved is not None:
        wanted = plan.budget.forecast or plan.budget.approved
        now = snapshot(plan).get("budget", {}).get("approved")
        amount = int(wanted.amount) if wanted and wanted.amount == int(wanted.amount) else wanted and wanted.amount
        if amount is not None and (amount != approved or now != approved):
            changes.append({"item": "budget", "field": "approved", "from": approved, "to": amount})
    return {"on": baseline.id, **({"changes": changes} if changes else {})}


def _gate(plan: Plan, repository: Repository, today: date) -> dict[str, Any]:
    """The next gate of the tier's path, with its questions as the policy asks them."""
    days = WorkDays.of(repository.organisation.calendar)
    coming = next_gate(milestones(plan, days), gates_passed(plan, today))
    name = coming.gate if coming else None
    gate = next((one for one in repository.policy.lifecycle.gates if one.id == name), None)
    if gate is None:
        return {}
    return {"gate": gate.id, "answers": [{"question": one.id} for one in gate.questions]}


def with_questions(text: str, repository: Repository) -> str:
    """The text of a gate submission, each question beside its id: nobody should look them up to answer them."""
    asked = {one.id: " ".join(one.ask.split()) for gate in repository.policy.lifecycle.gates for one in gate.questions}
    return re.sub(
        r"^(- question: (\S+))$", lambda found: f"{found[1]} # {asked[found[2]]}" if found[2] in asked else found[1], text,
        flags=re.MULTILINE,
    )  # fmt: skip
