"""What stands below the title of a module or playbook: its version, whom it is for, whether it is outdated, what leads there."""

from __future__ import annotations

from handrail.compute.material import leading, outdated, rules_of
from handrail.model.advice import Playbook
from handrail.model.training import ModuleRecord
from handrail.render import words
from handrail.render.learning.material import since
from handrail.render.page import render
from handrail.render.project.promises import Fact
from handrail.render.view import Site

_SHOWN = 12


def material_of(site: Site, file: str) -> ModuleRecord | Playbook | None:
    """The module or playbook that a file is the text of."""
    repository = site.portfolio.repository
    every: tuple[ModuleRecord | Playbook, ...] = (*repository.every(ModuleRecord), *repository.every(Playbook))
    return next((one for one in every if one.loc.file == file), None)


def box(site: Site, file: str, root: str) -> str:
    """The facts as HTML. Raises ValueError for a file that is neither."""
    one = material_of(site, file)
    if one is None:
        raise ValueError(f"{file} is no module and no playbook.")
    if isinstance(one, ModuleRecord):  # a module teaches whole standards: only what stands today is named
        facts, rules = _module(site, one), rules_of(one, site.portfolio.repository)
        known = [pair for pair in leading(rules, site.remarks) if pair[1]]
    else:
        facts, known = _playbook(one), list(leading(one.rules, site.remarks))
    leads = [(rule, site.rules[rule].title, f"rules/{rule}/", count) for rule, count in known if rule in site.rules][
        :_SHOWN
    ]
    return str(render("material.html.jinja", facts=facts, leads=leads, root=root))


def _module(site: Site, one: ModuleRecord) -> tuple[Fact, ...]:
    behind = outdated(one, site.portfolio.repository, site.as_of)
    changed = f"changed on {words.day(one.changed_on)}" if one.changed_on else ""
    state = Fact(name="Teaches", value="the standards in force", sub=", ".join(one.covers))
    if behind:
        state = Fact(
            name="Outdated", value=since(behind[0]), sub=", ".join(since(each) for each in behind[1:]), tone="late"
        )
    return (
        Fact(name="Version", value=one.version, sub=changed), Fact(name="For", value=", ".join(one.audience) or "everybody"),
        Fact(name="Takes", value=words.count(one.minutes, "minute") if one.minutes else "not said", sub=one.format or ""), state,
    )  # fmt: skip


def _playbook(one: Playbook) -> tuple[Fact, ...]:
    return (
        Fact(name="Version", value=one.version, sub=f"looked at on {words.day(one.reviewed_on)}" if one.reviewed_on else ""),
        Fact(name="You are in it when", value=one.situation or "not said"), Fact(name="Helps", value=", ".join(one.contacts) or "the PMO"),
    )  # fmt: skip
