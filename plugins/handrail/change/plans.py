"""The changes of one project: its things by kind, each field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from handrail.change import weight
from handrail.change.difference import Step, differences
from handrail.change.match import Pair, pairs
from handrail.change.meaning import Change
from handrail.change.moves import Placed, renamed
from handrail.change.moves import sentence as moved
from handrail.change.naming import thing, title_of
from handrail.change.sentences import came, changed, went
from handrail.change.things import SINGLE, elsewhere, key_of, things_of_plan
from handrail.change.words import NAMES, quoted
from handrail.compute.risk import HIGH, score
from handrail.model.project import Plan

_CLOSING = frozenset({"closed_on", "closed_by", "outcome", "done_on"})
_OVER = frozenset({"closed", "done", "dropped", "withdrawn", "decided"})
_APART = {"standard": frozenset({"requirements"})}
"""Fields that are looked at as things of their own."""


def plan_changes(old: Plan, new: Plan, year: int | None) -> Iterator[Change]:
    """Everything that was written otherwise in one project; its id may be another one."""
    without = elsewhere() | ({"id"} if old.id != new.id else frozenset())
    yield from thing_changes("project", old, new, new.id, year, without)
    yield from list_changes(things_of_plan(old), things_of_plan(new), new.id, year)


def list_changes(
    before: Mapping[str, Sequence[Any]], after: Mapping[str, Sequence[Any]], project: str | None, year: int | None
) -> Iterator[Change]:
    """Things by kind: what came, went, moved or is otherwise."""
    gone: list[Placed] = []
    come: list[Placed] = []
    for kind in dict.fromkeys((*before, *after)):
        olds, news = before.get(kind, ()), after.get(kind, ())
        if olds is news or olds == news:
            continue
        for old, new in _partners(kind, olds, news):
            if old is None:
                come.append((kind, new))
            elif new is None:
                gone.append((kind, old))
            elif old != new:
                yield from thing_changes(kind, old, new, project, year, _APART.get(kind, frozenset()))
    for (kind, old), (now, new) in tuple(renamed(gone, come)):
        words, heavy = moved((kind, old), (now, new), year), weight.of_loss(kind)
        yield _whole(now, new, project, "moved", words, heavy, _place(kind, old), _place(now, new))
    yield from _happened(gone, come, project, year)
    for kind, one in gone:
        yield _whole(kind, one, project, "removed", went(kind, one, year), weight.of_loss(kind), one, None)
    for kind, one in come:
        words = came(kind, one, year) + (f", from risk {one.from_risk}" if kind == "issue" and one.from_risk else "")
        yield _whole(kind, one, project, "added", words, weight.of_arrival(kind, one), None, one)


def _happened(gone: list[Placed], come: list[Placed], project: str | None, year: int | None) -> Iterator[Change]:
    """A risk that became an issue did not go: it happened."""
    issues = {one.from_risk: one for kind, one in come if kind == "issue" and one.from_risk}
    for kind, one in tuple(gone):
        issue = issues.get(_id(one)) if kind == "risk" else None
        if issue is None:
            continue
        gone.remove((kind, one))
        come.remove(("issue", issue))
        words = f"{thing(kind, one, year)} happened: now issue {issue.id} {quoted(issue.title)}"
        yield _whole(kind, one, project, "moved", words, 72, _place(kind, one), _place("issue", issue))


def _partners(kind: str, olds: Sequence[Any], news: Sequence[Any]) -> list[Pair]:
    """What stands once needs no name to be known again, and a report is known by its day."""
    if len(olds) == len(news) == 1 and not key_of(olds[0]) and not key_of(news[0]) and kind in SINGLE:
        return [(olds[0], news[0])]
    if kind != "report":
        return pairs(olds, news)
    before, after = ({key_of(one): one for one in ones} for ones in (olds, news))
    return [(before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))]


def thing_changes(  # noqa: PLR0913, PLR0917 - who, what and where
    kind: str, old: Any, new: Any, project: str | None, year: int | None, without: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """One thing, field by field."""
    steps = list(differences(old, new, without))
    quiet = _said_already(steps)
    if kind == "rule":
        quiet |= {step.path for step in steps if step.path[0] == "checks"}
        yield from _checks(new, [step for step in steps if step.path[0] == "checks"])
    for step in steps:
        yield Change(
            project=project, kind=kind, id=_id(new) or (new.id if kind == "project" else kind), name=title_of(new), what="changed",
            field=".".join(step.path), old=step.old, new=step.new, sentence=_sentence(kind, new, step, year),
            weight=weight.of_step(kind, step), approved=step.approved, told=step.path not in quiet,
        )  # fmt: skip
    if kind == "risk" and (was := score(old)) != (now := score(new)) and was and now:
        words = f"{thing(kind, new, year)} score {was} -> {now}"
        heavy = 67 if now > was and now >= HIGH else 54 if now > was else 36
        yield Change(
            project=project, kind=kind, id=new.id, name=new.title, what="changed", field="score", old=was, new=now,
            sentence=words, weight=heavy, computed=True,
        )  # fmt: skip


def _checks(rule: Any, steps: Sequence[Step]) -> Iterator[Change]:
    """The checks of a rule are expressions: whether they ask something else is said, or only say it otherwise."""
    if not steps:
        return
    only_words = all(step.path[-1] in {"message", "fix"} for step in steps)
    words = "says it in other words" if only_words else "checks something else"
    yield Change(
        project=None, kind="rule", id=rule.id, name=rule.title, what="changed", field="wording" if only_words else "checks",
        sentence=f"{thing('rule', rule, None)} {words}", weight=20 if only_words else 76,
    )  # fmt: skip


def _sentence(kind: str, new: Any, step: Step, year: int | None) -> str:
    words = changed(kind, new, step, year)
    if kind in {"rule", "requirement", "enforcement"}:
        words += " (weaker)" if weight.weaker(step) else " (stricter)" if weight.stronger(step) else ""
    return words


def _said_already(steps: Sequence[Step]) -> frozenset[tuple[str, ...]]:
    """Fields that another sentence of the same thing tells: how and when it was closed, what a score is made of."""
    paths = {step.path: step for step in steps}
    quiet: set[tuple[str, ...]] = set()
    status = paths.get(("status",))
    if status is not None and status.new in _OVER:
        quiet |= {path for path in paths if path[0] in _CLOSING}
    if status is not None and ("actual",) in paths:  # accepted on a day: the day says it
        quiet.add(("status",))
    rated = {("probability",), ("impact",)} & paths.keys()
    if rated and all(paths[path].old is not None and paths[path].new is not None for path in rated):
        quiet |= rated
    return frozenset(quiet)


def _whole(  # noqa: PLR0913, PLR0917 - a row
    kind: str, one: Any, project: str | None, what: Any, sentence: str, heavy: int, old: Any, new: Any
) -> Change:
    return Change(
        project=project, kind=kind, id=_id(one) or kind, name=title_of(one), what=what, old=old, new=new, sentence=sentence,
        weight=heavy, approved=kind in {"baseline", "approval"},
    )  # fmt: skip


def _id(one: Any) -> str:
    return key_of(one) or next((found for key in NAMES if isinstance(found := getattr(one, key, None), str)), "")


def _place(kind: str, one: Any) -> str:
    return f"{kind} {_id(one)}"
