"""The first screen of a project page: the colour and its reasons, plan against forecast, and how it keeps to the framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from handrail.compute.agreed_plan import promised
from handrail.compute.dates import in_order
from handrail.compute.facts import Dated, Project
from handrail.compute.health import rank
from handrail.compute.tolerance import Limits
from handrail.model.records import Waiver
from handrail.model.words import Colour
from handrail.render import words
from handrail.render.project.due import Due, due_soon, waiting_for
from handrail.render.project.promises import Fact, benefits, competences
from handrail.render.remarks import open_ones, tally
from handrail.render.view import Site
from handrail.render.words import Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One of the six colours with its reason."""

    name: str
    light: Light
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStatus:
    """All that the first screen says. ended: no colour is computed any more."""

    name: str
    line: str
    light: Light
    computed: Light
    reported: str
    reported_light: Light
    watermelon: bool
    trend: str
    lead: str
    because: str
    figures: tuple[Fact, ...]
    ended: bool
    dimensions: tuple[Dimension, ...]
    framework: tuple[Fact, ...]
    waiting: tuple[Due, ...]
    due: tuple[Due, ...]
    due_until: str
    benefits: tuple[Fact, ...]


_BAD = frozenset({"amber", "red"})
_SOON = timedelta(days=14)
_LONG = 400
TRENDS = {-1: "better than the report before", 0: "as in the report before", 1: "worse than the report before"}


def trend(project: Project) -> int | None:
    """-1 better, 0 the same, 1 worse than the report before; None where there were not two."""
    if project.report is None or project.previous is None:
        return None
    now, before = rank(project.report.status), rank(project.previous.status)
    return (now > before) - (now < before)


def status_of(site: Site, project: Project) -> ProjectStatus:
    """The first screen of one project."""
    health, plan = project.health, project.plan
    moved, ended = trend(project), plan.state in {"closed", "cancelled"}
    return ProjectStatus(
        name=plan.name, line=_line(site, project), light=words.state_light(health.counts, plan.state),
        computed=words.light(health.overall.colour),
        reported=words.light(health.reported).word if health.reported else "no report yet",
        reported_light=words.light(health.reported), watermelon=health.watermelon,
        trend=TRENDS[moved] if moved is not None and not ended else "", ended=ended, lead=_cut(health.overall.why), because=_cut(_because(project)),
        figures=_figures(site, project),
        dimensions=tuple(
            Dimension(name=words.capital(name), light=words.light(one.colour), why=_cut(one.why))
            for name, one in health.dimensions.items() if not ended
        ),
        framework=_framework(site, project), waiting=waiting_for(site, project), due=due_soon(project, _SOON),
        due_until=words.day(project.as_of + _SOON) if project.as_of < date.max - _SOON else "",
        benefits=benefits(project),
    )  # fmt: skip


def _cut(text: str) -> str:
    """A reason as the first screen has room for; the registers have all of it."""
    return text if len(text) <= _LONG else f"{text[:_LONG].rpartition(' ')[0]} …"


def _line(site: Site, project: Project) -> str:
    plan = project.plan
    state = "" if plan.state == "active" else plan.state
    parts = [
        f"{words.capital(plan.tier)} project", state or f"in {plan.phase}", site.programme(plan), plan.unit or "",
        f"manager {plan.manager}" if plan.manager else "no manager named",
        f"sponsor {plan.sponsor}" if plan.sponsor else "no sponsor named",
    ]  # fmt: skip
    return " · ".join(one for one in parts if one)


def _because(project: Project) -> str:
    report = project.report
    if report is None:
        return ""
    text = f"The manager reported {report.status} on {words.day(report.as_of)}"
    text += f": {report.because}" if report.because else "."
    if report.back_to_green:
        text = f"{text.rstrip('.')}. Back to green by {words.day(report.back_to_green)}."
    return text


def _figures(site: Site, project: Project) -> tuple[Fact, ...]:
    return (_delivered(project), _end(site, project), _money(project), _gate(site, project), _report(project))


def end_colour(site: Site, project: Project, end: Dated) -> Colour | None:
    """The colour of one day's slip alone; None where the policy says no tolerance."""
    limits = Limits.of(project.plan, site.portfolio.repository.policy.thresholds)
    return limits.colour(end.slip, limits.time_days)[0] if limits and end.slip is not None else None


def _end(site: Site, project: Project) -> Fact:
    end = project.end
    if end is None or end.expected is None:
        return Fact(name="End", value="no day yet", sub="add milestones")
    if end.done:
        return Fact(name="Ended", value=words.day(end.actual), sub=words.slip(end.slip))
    late = end.slip and end.planned
    word = promised(project)
    sub = f"{word} {words.day(end.planned)}, {words.slip(end.slip)}" if late else f"as {word}"
    return Fact(
        name="End expected",
        value=words.day(end.expected),
        sub=sub,
        tone="late" if end_colour(site, project, end) in _BAD else "",
    )


def _money(project: Project) -> Fact:
    cost = project.cost
    if cost.forecast is None and cost.approved is None:
        return Fact(name="Cost", value="no budget yet")
    if cost.forecast is None:
        return Fact(name=f"Budget {promised(project)}", value=words.money(cost.approved), sub="no forecast yet")
    sub = f"{promised(project)} {words.money(cost.approved)}" if cost.approved else "no budget yet"
    if cost.variance_share:
        sub += f", {words.percent(cost.variance_share)}"
    return Fact(
        name="Cost expected",
        value=words.money(cost.forecast),
        sub=sub,
        tone="late" if project.health.cost.colour in _BAD else "",
    )


def _delivered(project: Project) -> Fact:
    given = project.delivered
    if not given.total:
        return Fact(name="Deliverables", value="none named yet")
    parts = [
        f"rejected {given.rejected}" if given.rejected else "none rejected",
        f"next: {given.next.name}, {words.day(given.next.expected, 'no day yet')}" if given.next else "",
    ]
    return Fact(
        name="Deliverables", value=f"accepted {given.accepted} of {given.total}", sub="; ".join(one for one in parts if one),
        tone="late" if given.rejected else "",
    )  # fmt: skip


def _gate(site: Site, project: Project) -> Fact:
    gate = project.next_gate
    if gate is None or gate.gate is None:
        return Fact(name="Next gate", value="none planned" if project.plan.state == "active" else "none")
    return Fact(name="Next gate", value=site.gate_name(gate.gate), sub=words.day(gate.expected, "no day yet"))


def _report(project: Project) -> Fact:
    if project.report is None:
        return Fact(
            name="Newest report", value="none yet", sub="overdue" if project.report_overdue else "",
            tone="late" if project.report_overdue else "",
        )  # fmt: skip
    return Fact(
        name="Newest report", value=words.age(project.report_age),
        sub=words.day(project.report.as_of) + (", the next is overdue" if project.report_overdue else ""),
        tone="late" if project.report_overdue else "",
    )  # fmt: skip


def _framework(site: Site, project: Project) -> tuple[Fact, ...]:
    remarks = site.by_project.get(project.id, ())
    blocking = any(one.enforce_at == "merge" for one in open_ones(remarks))
    return (
        Fact(name="Remarks", value=words.capital(tally(remarks)), href=f"projects/{project.id}/#remarks",
             tone="late" if blocking else ""),
        _plan(project), _deviations(project), _tier(project), _approvals(project), competences(site, project),
        _purpose(site, project),
    )  # fmt: skip


def _plan(project: Project) -> Fact:
    if project.baseline is None:
        frozen = in_order(project.plan.baselines)
        return Fact(
            name="Approved plan", value="Not approved yet", sub=f"{frozen[-1].id} is put forward" if frozen else "",
            tone="late" if project.plan.phase == "execution" else "",
        )  # fmt: skip
    times = project.rebaselined
    changed = ("", "once", "twice")[times] if times < 3 else words.count(times, "time")  # noqa: PLR2004 - words for two
    return Fact(
        name="Approved plan",
        value=project.baseline,
        sub=f"changed {changed} since the first" if changed else "the first one",
    )


def waiver_state(project: Project, waiver: Waiver) -> str:
    """Asked for, in force or ended."""
    agreed = any(
        one.subject.kind == "waiver" and one.subject.id == waiver.id and one.decision == "approve" and one.stale is None
        for one in project.plan.approvals
    )
    if waiver.expires and waiver.expires < project.as_of:
        return "ended"
    if not agreed:
        return "asked for"
    return "in force" if waiver.starts is None or waiver.starts <= project.as_of else "agreed, not begun"


def _deviations(project: Project) -> Fact:
    states = [(waiver_state(project, one), one) for one in project.plan.waivers]
    live = [one for state, one in states if state == "in force"]
    asked = sum(state == "asked for" for state, _ in states)
    until = min((one.expires for one in live if one.expires), default=None)
    value = words.count(len(live), "deviation") + " in force" if live else "None in force"
    sub = f"until {words.day(until)}" if until else f"{asked} asked for" if asked else ""
    return Fact(name="Deviations", value=value, sub=sub)


def _tier(project: Project) -> Fact:
    derived, tier = project.derived_tier, project.plan.tier
    if derived is None:
        return Fact(name="Tier", value=words.capital(tier), sub="not answered from")
    same = derived == tier
    return Fact(
        name="Tier", value=words.capital(tier), sub="as the answers say" if same else f"the answers say {derived}"
    )


def _approvals(project: Project) -> Fact:
    newest = max((one.on for one in project.plan.approvals), default=None)
    value = words.count(len(project.plan.approvals), "approval") if newest else "None on record"
    return Fact(name="Approvals", value=value, sub=f"newest {words.day(newest)}" if newest else "")


def _purpose(site: Site, project: Project) -> Fact:
    plan = project.plan
    names = [one.objective for one in plan.objectives] or (
        [plan.why.objective] if plan.why and plan.why.objective else []
    )
    if not names:
        return Fact(name="Serves", value="No objective named", tone="late")
    known = site.portfolio.repository.objectives.get(names[0])
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return Fact(name="Serves", value=(known.statement if known else names[0]) + more, sub=names[0] if known else "")
