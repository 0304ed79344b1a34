"""What every report format gets: remarks with their places, counted once, so that no format can count differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handrail import english
from handrail.compute.facts import Dated, Portfolio
from handrail.model.rule_file import RuleFile
from handrail.remark import EnforceAt, Loc, Remark, Span
from handrail.result import Result

if TYPE_CHECKING:
    from handrail.change import Told
    from handrail.change.agreements import Agreement
    from handrail.impact import Impact

GROUPS: tuple[tuple[str, str], ...] = (
    ("merge", "Mend before merging"),
    ("gate", "Needed for the next gate"),
    ("watch", "Alarms that block nothing"),
    ("existing", "There before this change"),
    ("waived", "Permitted deviations"),
)
"""The groups in which remarks are shown: when they bite, what was there before, and the deviations that were permitted."""
_NAMED = 3
SOON = timedelta(days=30)
"""How long before its end a permitted deviation is announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """A permitted deviation that ends soon: after `on` its remark is back."""

    project: str
    waiver: str
    rule: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Report:
    """One run, ready to be written in any format.

    remarks: those to show. hidden: how many were left out by path; stops: how many of those stop the change. asked: how many
    of the projects were named by path; None where everything is shown.
    judged: whether a change was judged; only then is there anything in `changes` (what to say, the worst first),
    `agreements` (what needs somebody's word), `touched` (who else is concerned) and `fixed` (how many remarks are gone).
    expiring: permitted deviations that end within 30 days. gates: the next gate of each project, with its day.
    everything: whether text lists what was there before. conflict: whether the change cannot be merged as it is.
    impact: what another law would do to the plans, a sentence per rule; preview: all of it.
    restricted: whether the change touches a restricted project, so that no page may name what it is about.
    """

    as_of: date
    organisation: str
    projects: int
    broken: int
    remarks: tuple[Remark, ...]
    hidden: int
    stops: int
    places: Mapping[Loc, Span]
    rules: Mapping[str, RuleFile]
    names: Mapping[str, str]
    colour: bool = False
    judged: bool = False
    changes: tuple[Told, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    touched: tuple[str, ...] = ()
    fixed: int = 0
    expiring: tuple[Expiry, ...] = ()
    asked: int | None = None
    gates: Mapping[str, str] = field(default_factory=dict)
    everything: bool = False
    conflict: bool = False
    impact: tuple[str, ...] = ()
    preview: Impact | None = None
    restricted: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """How many remarks each group has."""
        found = dict.fromkeys((name for name, _ in GROUPS), 0)
        for one in self.remarks:
            found[group_of(one)] += 1
        return found

    @property
    def blocks(self) -> bool:
        """Whether anything stops the change, shown or not: a filter changes no verdict."""
        return self.stops > 0 or any(one.blocks for one in self.remarks)


def group_of(remark: Remark) -> str:
    """The group a remark is shown in."""
    if remark.state == "waived" or (remark.state == "existing" and not remark.due):
        return remark.state
    return remark.enforce_at


def bite_of(remark: Remark) -> EnforceAt:
    """When a remark bites here: what is due at a gate stops the change that records the gate, as if it were of `merge`."""
    return "merge" if remark.blocks else remark.enforce_at


def report_of(result: Result, *, only: tuple[str, ...] = (), colour: bool = False, everything: bool = False) -> Report:
    """Make a report of a result. `only` are paths: what stands elsewhere is judged, but not shown.

    With `everything`, text lists also what was there before a change, and does not only count it.
    """
    shown = tuple(one for one in result.remarks if not only or _within(one.loc.file, only))
    places = result.places(shown)
    shown = _as_read(shown, places)
    portfolio = result.portfolio
    repository = portfolio.repository
    names = {plan.id: plan.name for plan in repository.plans} | {one.id: one.name for one in repository.broken}
    report = Report(
        as_of=portfolio.as_of,
        organisation=repository.organisation.organisation,
        projects=len(repository.plans) + len(repository.broken),
        broken=len(repository.broken),
        remarks=shown,
        hidden=len(result.remarks) - len(shown),
        stops=sum(one.blocks for one in result.remarks) - sum(one.blocks for one in shown),
        places=places,
        rules=result.judgement.rules,
        names=names,
        colour=colour,
        expiring=tuple(one for one in _expiring(result) if not only or _asked(one.project, only)),
        asked=sum(_asked(name, only) for name in names) if only else None,
        gates={one.id: _gate(one.next_gate) for one in portfolio.projects if one.next_gate},
    )
    return (
        report if result.before is None else _of_change(replace(report, everything=everything), result, result.before)
    )


def _as_read(remarks: tuple[Remark, ...], places: Mapping[Loc, Span]) -> tuple[Remark, ...]:
    """Group by group, in each the project with the worst first, and of one project from the top of each file to its end."""
    groups = dict.fromkeys((group_of(one), one.project) for one in remarks)
    rank = {key: number for number, key in enumerate(groups)}
    return tuple(sorted(remarks, key=lambda one: (rank[group_of(one), one.project], *places[one.loc][:3])))


def _of_change(report: Report, result: Result, before: Portfolio) -> Report:
    """The report of a run that judged a change. Only now is imported what tells about changes."""
    from handrail.change import told  # noqa: PLC0415 - a check without a base must start fast
    from handrail.change.agreements import agreements  # noqa: PLC0415 - as above
    from handrail.change.touched import touched  # noqa: PLC0415 - as above

    names = {one.id: one.plan.name for one in before.projects}
    names |= {name: title for name, title in report.names.items() if title != name or name not in names}
    return replace(
        report, judged=True, names=names, changes=told(result.changes), fixed=len(result.fixed),
        agreements=agreements(result.changes, before, result.portfolio, result.evidence),
        touched=touched(result.changes, before, result.portfolio), conflict=result.conflict,
        impact=tuple(_impact(result.impact)) if result.impact else (), preview=result.impact,
        restricted=_restricted(result, before),
    )  # fmt: skip


def _restricted(result: Result, before: Portfolio) -> bool:
    """Whether something changes in a project that is restricted, before or after; a plan that cannot be read may be."""
    changed = {one.project for one in result.changes if one.project}
    plans = [*before.projects, *result.portfolio.projects]
    known = {one.id for one in plans}
    return not changed <= known or any(one.plan.sensitivity == "restricted" for one in plans if one.id in changed)


def _impact(impact: Impact) -> Iterator[str]:
    """One sentence per rule that would find more or less, the one that most plans would newly fail first."""
    for one in impact.each:
        parts = []
        for projects, verb in ((one.fails, "would newly fail"), (one.passes, "would pass")):
            if projects:
                names = ", ".join(f'"{impact.names.get(name, name)}"' for name in projects[:_NAMED])
                more = f" and {len(projects) - _NAMED} more" if len(projects) > _NAMED else ""
                parts.append(f"{english.count(len(projects), 'plan')} {verb} ({names}{more})")
        if parts:
            day = one.effective_from
            since = f", only told until it binds on {english.day(day)}" if day and one.fails else ""
            if one.fails and not day and one.after in {"gate", "merge"}:
                since = ", and it bites from its merge on"
            yield f'{one.rule} "{one.title}": {"; ".join(parts)}{since}'


def _gate(gate: Dated) -> str:
    day = f" on {english.day(gate.expected)}" if gate.expected else ""
    return f'"{gate.name}"{day}'


def _expiring(result: Result) -> Iterator[Expiry]:
    """Deviations that permit something today and end soon, the next one first."""
    used = {(one.project, one.waived_by) for one in result.remarks if one.state == "waived"}
    if not used:
        return
    as_of = result.portfolio.as_of
    ending = [
        (waiver.expires, project.id, waiver)
        for project in result.portfolio.projects
        for waiver in project.plan.waivers
        if (project.id, waiver.id) in used and waiver.expires is not None and waiver.expires <= as_of + SOON
    ]
    for day, project, waiver in sorted(ending, key=lambda one: one[:2]):
        yield Expiry(project=project, waiver=waiver.id, rule=waiver.rule, on=day)


def _asked(project: str, only: tuple[str, ...]) -> bool:
    """Whether paths lead to a project, into it, or to a folder that holds it."""
    home = f"projects/{project}"
    return _within(home, only) or any(path.startswith(f"{home}/") for path in only)


def _within(file: str, only: tuple[str, ...]) -> bool:
    return any(path in {"", "."} or file == path or file.startswith(f"{path}/") for path in only)
