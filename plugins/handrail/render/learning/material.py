"""Modules and playbooks: version, whom they are for, whether a standard has left them behind, and which remarks lead there."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.compute.material import Outdated, leading, outdated, rules_of
from handrail.model.advice import Playbook
from handrail.model.training import ModuleRecord
from handrail.render import words
from handrail.render.block import block
from handrail.render.frame import LEARNING
from handrail.render.page import Page
from handrail.render.portfolio.who import when
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_SHOWN = 6


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    repository = site.portfolio.repository
    modules, playbooks = repository.every(ModuleRecord), repository.every(Playbook)
    behind = sum(bool(outdated(one, repository, site.as_of)) for one in modules)
    sentence = (
        f"{words.count(len(modules), 'training module')} and {words.count(len(playbooks), 'playbook')}; "
        + (f"{behind} of the modules {words.verb(behind, 'teaches')} a standard as it was." if behind else "every module teaches the standards in force.")
    )  # fmt: skip
    yield LEARNING.page(
        site, "material/", "Modules and playbooks", sentence,
        (
            block("modules", "Training modules", table=_modules(site, modules), top=25),
            block("playbooks", "Playbooks", table=_playbooks(site, playbooks), top=25),
        ),
        of_projects=False, second="A new major version of a standard outdates the modules that teach it, until somebody has revised or confirmed them.",
    )  # fmt: skip


def module_href(site: Site, name: str) -> str | None:
    """Where a module's page is."""
    known = next((one for one in site.portfolio.repository.every(ModuleRecord) if one.id == name), None)
    return page_of(known) if known else None


def page_of(one: ModuleRecord | Playbook) -> str:
    """Where the page of a module or playbook is."""
    return f"{one.loc.file.removeprefix('standards/').removesuffix('.md')}/"


def state_of(site: Site, module: ModuleRecord) -> Cell:
    """Whether a module is up to date."""
    found = outdated(module, site.portfolio.repository, site.as_of)
    if not found:
        return Cell("up to date", tone="good")
    return Cell("outdated", sub=", ".join(since(one) for one in found), tone="late")


def since(one: Outdated) -> str:
    """Outdated since which version of which standard."""
    day = f", since {words.day(one.since)}" if one.since else ""
    return f"since {one.standard} {one.version} (it teaches version {one.taught}){day}"


def _modules(site: Site, modules: tuple[ModuleRecord, ...]) -> Table:
    return Table(
        name="Training modules", empty="No module is written.",
        columns=(Column("Module", wide=True), Column("Version", "num"), Column("Changed", "date"), Column("For"), Column("Minutes", "num"), Column("Teaches"), Column("State"), Column("Remarks that lead here")),
        rows=rows_of(
            (Cell(one.title, href=page_of(one)), one.version, when(one.changed_on, "not said"), ", ".join(one.audience) or "everybody",
             str(one.minutes or ""), ", ".join(one.covers), state_of(site, one), _leads(site, rules_of(one, site.portfolio.repository)))
            for one in modules
        ),
    )  # fmt: skip


def _playbooks(site: Site, playbooks: tuple[Playbook, ...]) -> Table:
    return Table(
        name="Playbooks", empty="No playbook is written.",
        columns=(Column("Playbook", wide=True), Column("Version", "num"), Column("Looked at", "date"), Column("Helps"), Column("Remarks that lead here")),
        rows=rows_of(
            (Cell(one.title, href=page_of(one), sub=one.situation or ""), one.version, when(one.reviewed_on, "never"), ", ".join(one.contacts) or "the PMO",
             _leads(site, one.rules))
            for one in playbooks
        ),
    )  # fmt: skip


def _leads(site: Site, rules: tuple[str, ...]) -> Cell:
    """The rules with most remarks today, and how many remarks there are at all."""
    found = leading(rules, site.remarks)
    total = sum(number for _, number in found)
    shown = [f"{rule} {number}" if number else rule for rule, number in found[:_SHOWN]]
    more = len(found) - len(shown)
    return Cell(
        words.count(total, "remark") if total else "none today",
        sub=", ".join(shown) + (f" and {more} more rules" if more > 0 else ""),
    )
