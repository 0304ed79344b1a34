"""What follows from changes: colours, the end, the cost at the end, the tier, the next gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from handrail.change.meaning import Change
from handrail.change.words import day, quoted, step
from handrail.compute.facts import Dated, Portfolio, Project, Verdict
from handrail.compute.figures import earned_value
from handrail.compute.health import rank
from handrail.model.money import Money
from handrail.model.words import Colour

_SAID = {"time": "schedule health", "risk": "risk level"}


def consequences(old: Project, new: Project, before: Portfolio, after: Portfolio) -> Iterator[Change]:
    """Everything computed of one project that came out otherwise."""
    year = after.as_of.year
    yield from _colours(old, new)
    yield from _stale(old, new)
    if new.plan.broken or old.plan.broken:
        return
    yield from _end(old, new, year)
    yield from _cost(old, new, before, after)
    if old.derived_tier != new.derived_tier and old.derived_tier and new.derived_tier:
        sentence = f"by its answers the project is now {new.derived_tier} (was {old.derived_tier})"
        yield _change(new, "derived_tier", old.derived_tier, new.derived_tier, sentence, 74)
    yield from _gate(old.next_gate, new.next_gate, new, year)
    if new.report_overdue and not old.report_overdue:
        yield _change(new, "report_overdue", old=False, new=True, sentence="its status report is overdue", weight=50)


def _colours(old: Project, new: Project) -> Iterator[Change]:
    turned = []
    for name, verdict in new.health.dimensions.items():
        was = old.health.dimensions[name]
        if was.colour == verdict.colour:
            continue
        turned.append((was.colour, verdict.colour))
        words = f"{_SAID.get(name, f'{name} health')} {_turn(was.colour, verdict)}"
        yield _change(new, f"health.{name}", was.colour, verdict.colour, words, _heavy(was.colour, verdict.colour, 76))
    was, now = old.health.overall, new.health.overall
    if was.colour != now.colour:
        words = (
            f"overall colour {_word(was.colour)} -> {_word(now.colour)}"
            if turned
            else f"overall colour {_turn(was.colour, now)}"
        )
        whole = _change(new, "health.overall", was.colour, now.colour, words, _heavy(was.colour, now.colour, 78))
        # where a single colour turned, and the whole with it, its sentence says both
        yield replace(whole, told=turned != [(was.colour, now.colour)])
    if new.health.watermelon and not old.health.watermelon:
        words = f"reported {_word(new.health.reported)} while the figures say {_word(now.colour)}"
        yield _change(new, "health.watermelon", old=False, new=True, sentence=words, weight=77)


def _stale(old: Project, new: Project) -> Iterator[Change]:
    """Approvals that counted before, and count no more because what was approved is otherwise now."""
    counted = {one.id for one in old.plan.approvals if one.stale is None}
    for one in new.plan.approvals:
        if one.stale is not None and one.id in counted:
            words = f"approval {one.id} of {one.by} ({one.subject.kind} {one.subject.id}) counts no more: {one.stale}"
            yield replace(_change(new, "stale", None, one.stale, words, 86), kind="approval", id=one.id, name=one.id)


def _turn(was: Colour | None, now: Verdict) -> str:
    return f"{_word(was)} -> {_word(now.colour)} because {_inner(now.why)}"


def _inner(why: str) -> str:
    """A sentence after "because": small, without its full stop; the name of a dimension before it says nothing new."""
    words = why.removesuffix(".")
    return words if words.startswith('"') or words[1:2].isupper() else words[:1].lower() + words[1:]


def _word(colour: Colour | None) -> str:
    return colour or "not known"


def _heavy(was: Colour | None, now: Colour | None, most: int) -> int:
    if was is None or now is None:
        return 74 if now == "red" else 50 if now == "amber" else 30
    return most if rank(now) > rank(was) else 42


def _end(old: Project, new: Project, year: int) -> Iterator[Change]:
    was, now = (one.end.expected if one.end else None for one in (old, new))
    if was == now or was is None or now is None:
        return
    yield _change(new, "end", was, now, f"end {step(was, now, year)}", 70 if now > was else 41)


def _cost(old: Project, new: Project, before: Portfolio, after: Portfolio) -> Iterator[Change]:
    """The cost at the end that counts: from earned value once that says more than the manager's forecast."""
    was, now = _eac(old, before), _eac(new, after)
    if was is None or now is None or was == now:
        return
    worse = was.currency != now.currency or now > was
    yield _change(new, "eac", was, now, f"cost at the end (EAC) {step(was, now, None)}", 68 if worse else 41)


def _eac(project: Project, portfolio: Portfolio) -> Money | None:
    if project.plan.budget is None:
        return None
    found = earned_value(project, portfolio.repository)
    return (found.money(found.eac) if found.applies else None) or project.cost.forecast


def _gate(was: Dated | None, now: Dated | None, new: Project, year: int) -> Iterator[Change]:
    if now is None or (was is not None and was.id == now.id):
        return
    when = f", {day(now.expected, year)}" if now.expected else ""
    before = f" (was {quoted(was.name)})" if was else ""
    yield _change(
        new, "next_gate", was.id if was else None, now.id, f"next gate is {quoted(now.name)}{when}{before}", 48
    )


def _change(project: Project, field: str, old: Any, new: Any, sentence: str, weight: int) -> Change:  # noqa: PLR0913, PLR0917 - a row
    return Change(
        project=project.id, kind="project", id=project.id, name=project.plan.name, what="changed", field=field, old=old, new=new,
        sentence=sentence, weight=weight, computed=True,
    )  # fmt: skip
