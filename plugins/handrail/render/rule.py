"""The page of one rule: what it asks and why, when it bites, examples, who does not keep it, and how to depart from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handrail.model.advice import Playbook
from handrail.model.policy import RuleSetting
from handrail.model.rule_file import Check, RuleFile
from handrail.render import words
from handrail.render.examples import examples_of
from handrail.render.page import Page, render, root_of
from handrail.render.project.promises import Fact
from handrail.render.remarks import open_ones, tally
from handrail.render.rules import kept_by, looks_at, playbook_href, standard_of
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_SHOWN, _LONGEST = 200, 180
_HOLE = re.compile(r"\{([^{}]*)\}")


def rules(site: Site) -> Iterable[tuple[str, RuleFile]]:
    """Each rule has a page."""
    return site.rules.items()


def page(site: Site, rule: RuleFile) -> Page:
    """The page of one rule."""
    path = f"rules/{rule.id}/"
    standard = site.standards.get(standard_of(rule))
    requirement = next((one for one in standard.requirements if one.id == rule.requirement), None) if standard else None
    settings = tuple(one for one in site.portfolio.repository.policy.enforcement.rules if one.rule == rule.id)
    body = render(
        "rule.html.jinja", root=root_of(path), id=rule.id, title=rule.title, requirement=requirement.text if requirement else "",
        requirement_id=rule.requirement, standard=standard.title if standard else "",
        standard_href=site.standard_href(standard_of(rule)), why=rule.why or (requirement.rationale if requirement else None) or "",
        bites=_bites(site, rule), facts=_facts(site, rule), settings=tuple(_setting(one) for one in settings),
        params=_params(rule.params), each=rule.each or "", when=rule.when or "", condition=rule.applies_to.when or "",
        checks=tuple(_check(one) for one in rule.checks), on=", ".join(rule.on), examples=examples_of(site, rule),
        failing=_failing(site, rule), ask=rule.ask or "your PMO contact", language=_language(site), today=site.as_of.isoformat(), latest=_latest(site), waivable=rule.waivable,
        as_of=words.day(site.as_of), source=rule.loc.file, edit=site.edit(rule.loc.file),
    )  # fmt: skip
    line = requirement.text if requirement else rule.why or ""
    return Page(
        path=path,
        title=f"{rule.id}: {rule.title}",
        body_html=body,
        section="rules/",
        search_text=line,
        source=rule.loc.file,
    )


def _bites(site: Site, rule: RuleFile) -> str:
    now = site.bites(rule)
    text = words.BITES_LONG[now] if now else "This organisation has switched it off."
    return text if now == rule.enforce_at else f"{text} (By the standard: {words.BITES[rule.enforce_at].lower()}.)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCheck:
    """One check: what it says when something is not so, how to mend it, and the expression."""

    message: tuple[tuple[str, bool], ...]
    fix: tuple[tuple[str, bool], ...]
    code: str
    each: str
    when: str


def _latest(site: Site) -> str:
    """The last day that a deviation asked for today could last: the longest is 180 days."""
    return (
        (site.as_of + timedelta(days=_LONGEST)).isoformat() if site.as_of < date.max - timedelta(days=_LONGEST) else ""
    )


def _language(site: Site) -> str:
    """The page that explains expressions, where this handbook has it."""
    paths = site.memo.once("paths", lambda: frozenset(site.portfolio.repository.tree.paths()))
    return "rule-language/" if "standards/rule-language.md" in paths else ""


def _check(check: Check) -> ShownCheck:
    return ShownCheck(
        message=words.coded(_filled(check.message)), fix=words.coded(_filled(check.fix or "")), code=check.assert_.strip(),
        each=getattr(check, "each", None) or "", when=getattr(check, "when", None) or "",
    )  # fmt: skip


def _filled(text: str) -> str:
    """A message with the names of what is filled in: `{item.title}` becomes [title]."""
    kept = text.replace("{{", "\0").replace("}}", "\1")
    return _HOLE.sub(lambda hole: f"[{_name(hole.group(1))}]", kept).replace("\0", "{").replace("\1", "}")


def _name(expression: str) -> str:
    path = re.fullmatch(r"[\w.]+", expression.strip())
    return expression.strip().rsplit(".", 1)[-1].replace("_", " ") if path else "…"


def _facts(site: Site, rule: RuleFile) -> tuple[Fact, ...]:
    looks = looks_at(rule)
    return (
        Fact(name="Level", value=words.capital(rule.level), sub=f"{rule.severity} in lists"),
        Fact(name="When it bites", value=words.bites(site.bites(rule))),
        Fact(name="Whom it binds", value=words.capital(looks)),
        Fact(name="Kept by", value=kept_by(site, rule), sub="open projects"),
        Fact(name="Deviation", value="May be permitted" if rule.waivable else "Never permitted"),
        *(Fact(name="Playbook", value=one.title, href=playbook_href(one)) for one in _playbooks(site, rule)),
        Fact(name="Unclear, heavy or wrong?", value="Say so", sub=f"`handrail new feedback PROJECT --set about={rule.id}`"),
    )  # fmt: skip


def _playbooks(site: Site, rule: RuleFile) -> tuple[Playbook, ...]:
    """What to do when this remark stands: the playbooks that name the rule."""
    return tuple(one for one in site.portfolio.repository.every(Playbook) if rule.id in one.rules)


def _params(params: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), _plain(value)) for name, value in params.items())


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _setting(one: RuleSetting) -> str:
    """What the policy changes, in a sentence."""
    bites = {"off": "it is switched off"} | {name: text[:1].lower() + text[1:] for name, text in words.BITES.items()}
    parts = [bites[one.enforce_at]] if one.enforce_at else []
    parts += [f"{name} is {value}" for name, value in _params(one.params)]
    parts += [
        f"for {tier} projects {name} is {value}" for tier, given in one.tiers.items() for name, value in _params(given)
    ]
    text = words.listed(parts) or "nothing is changed"
    return f"From {words.day(one.from_)}: {text}." if one.from_ else f"{words.capital(text)}."


def _failing(site: Site, rule: RuleFile) -> Table:
    ones = [one for one in open_ones(site.by_rule.get(rule.id, ())) if one.project]
    by_project: dict[str, list[Any]] = {}
    for one in ones:
        by_project.setdefault(one.project or "", []).append(one)
    names = site.memo.once("names", lambda: {one.id: one.plan.name for one in site.projects})
    rows = rows_of(
        (Cell(names.get(name, name), href=site.project_href(name)), Cell(given[0].message, sub=f"and {len(given) - 1} more" if len(given) > 1 else ""),
         tally(given))
        for name, given in sorted(by_project.items())[:_SHOWN]
    )  # fmt: skip
    return Table(
        name="Projects with an open remark", rows=rows, empty="Every project keeps this rule today.",
        columns=(Column("Project"), Column("What is the matter", wide=True), Column("Weight")),
    )  # fmt: skip
