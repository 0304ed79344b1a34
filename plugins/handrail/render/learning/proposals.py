"""Change proposals: what each would change, which of its targets have their new version, and what still waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.compute.improvement import implemented, landed, versions
from handrail.model.improvement import Proposal, Target
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import LEARNING
from handrail.render.page import Page
from handrail.render.portfolio.who import person, until, when
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_COLUMNS = (
    Column("Raised", "date"), Column("Proposal", wide=True), Column("Comes from"), Column("Changed so far", "num"), Column("Asks of managers"),
    Column("Owner"), Column("Due", "date"), Column("State"),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    known = versions(site.portfolio.repository)
    ones = [
        one for one in site.portfolio.repository.every(Proposal) if one.raised_on is None or one.raised_on <= site.as_of
    ]
    ones.sort(key=lambda one: (one.raised_on or site.as_of, one.id), reverse=True)
    done = [one for one in ones if implemented(one, known)]
    accepted = [one for one in ones if one.state == "accepted" and one not in done]
    asked = [one for one in ones if one.state == "open"]
    ended = [one for one in ones if one.state in {"rejected", "withdrawn"}]
    sentence = (
        f"{words.count(len(ones), 'change proposal')}: {len(done)} done, {len(accepted)} accepted and in work, {len(asked)} not "
        "decided."
    )  # fmt: skip
    groups = (
        ("work", "Accepted, and not done yet", accepted, "Nothing is in work."), ("open", "Not decided", asked, "None waits for a decision."),
        ("done", "Done", done, "None is done yet."), ("ended", "Rejected or withdrawn", ended, "None was rejected."),
    )  # fmt: skip
    targets = [(one, target) for one in (*accepted, *asked, *done) for target in one.targets]
    yield LEARNING.page(
        site, "proposals/", "Change proposals", sentence,
        (
            *(block(anchor, title, table=_table(site, title, part, known, empty)) for anchor, title, part, empty in groups),
            block("targets", "What has changed version", table=_targets(site, targets, known), top=25, sentence=(
                "A proposal counts as done only when each thing that it names has the version it asks for. A rule has the version "
                "of its standard.")),
        ),
    )  # fmt: skip


def _table(site: Site, name: str, ones: list[Proposal], known: Mapping[tuple[str, str], str], empty: str) -> Table:
    return Table(name=name, columns=_COLUMNS, empty=empty, rows=rows_of(_row(site, one, known) for one in ones))


def _row(site: Site, one: Proposal, known: Mapping[tuple[str, str], str]) -> tuple[Cell | str, ...]:
    there = sum(landed(target, known) for target in one.targets)
    finished = implemented(one, known)
    state = f"done {words.day(one.implemented_on)}".strip() if finished else one.state
    return (
        when(one.raised_on, "no day"), Cell(f"{one.id} {one.title}", sub=one.why or "", anchor=one.id), _sources(site, one),
        f"{there} of {len(one.targets)}" if one.targets else "names nothing", one.cost_to_managers or "not said", person(one.owner),
        when(one.due) if finished or one.state != "accepted" else until(one.due, site.as_of),
        Cell(state, sub=one.rejected_because or "", tone="good" if finished else ""),
    )  # fmt: skip


def _sources(site: Site, one: Proposal) -> Cell:
    """The first source as a link, the others beneath; what stands in a hidden project is not named."""
    shown = [
        name
        for name in one.sources
        if "/" not in name or name.split("/")[0] in site.seen.names or name.startswith("AU-")
    ]
    if not shown:
        return Cell("not said" if not one.sources else "a restricted project")
    first = shown[0]
    lesson = first.split("/")[0] in site.seen.names and "/L-" in first
    href = f"{LEARNING.place}lessons/#{first.replace('/', '-')}" if lesson else site.rule_href(first)
    return Cell(first, href=href, sub=", ".join(shown[1:]))


def _targets(site: Site, ones: list[tuple[Proposal, Target]], known: Mapping[tuple[str, str], str]) -> Table:
    return Table(
        name="What has changed version", empty="No proposal names anything.",
        columns=(Column("Proposal"), Column("What"), Column("Name", wide=True), Column("From", "num"), Column("To", "num"), Column("Now", "num"), Column("State")),
        rows=rows_of(
            (one.id, target.kind, Cell(target.id, href=_href(site, target)), target.from_, target.to or "any later", known.get((target.kind, target.id)) or Cell("unknown", tone="missing"),
             Cell("changed", tone="good") if landed(target, known) else Cell("waits", tone="late" if one.state == "accepted" else ""))
            for one, target in ones
        ),
    )  # fmt: skip


def _href(site: Site, target: Target) -> str | None:
    if target.kind == "rule":
        return site.rule_href(target.id)
    if target.kind == "standard":
        return site.standard_href(target.id)
    if target.kind == "module":
        return f"training/{target.id}/"
    return f"playbooks/{target.id}/" if target.kind == "playbook" else None
