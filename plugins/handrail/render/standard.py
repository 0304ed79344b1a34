"""What is added to a standard's hand-written page: its requirements, numbered, with what verifies each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handrail.compute.binding import ahead, is_first
from handrail.compute.conformity import conformity
from handrail.keeping.facts import Tally
from handrail.model.advice import Playbook
from handrail.model.organisation import StandardRecord
from handrail.model.rule_file import RuleFile
from handrail.render import words
from handrail.render.examples import Example, examples_of
from handrail.render.page import render
from handrail.render.portfolio.overview import running
from handrail.render.project.promises import Fact
from handrail.render.rules import looks_at, playbook_href, standings
from handrail.render.view import Site
from handrail.rules.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One rule that verifies a requirement, in words."""

    id: str
    href: str
    title: str
    bites: str
    severity: str
    binds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """One requirement, in words. other: what verifies it that is no rule. met: how many open projects of how many; months: the same earlier."""

    id: str
    text: str
    level: str
    why: str
    who: str
    tiers: str
    begins: str
    rules: tuple[Checked, ...]
    other: tuple[str, ...]
    manual: str
    met: str
    months: tuple[Month, ...]
    clauses: tuple[tuple[str, str], ...]
    playbooks: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]


def requirements(site: Site, standard: StandardRecord, root: str) -> str:
    """The table of requirements as HTML, and each of them in full."""
    clauses, books = site.memo.once("clauses", lambda: _clauses(site)), site.portfolio.repository.every(Playbook)
    ones = []
    for one in standard.requirements:
        rules = tuple(site.rules[name] for name in site.verified_by.get(one.id, ()))
        now = _met(site, rules)
        ones.append(Required(
            id=one.id, text=one.text, level=one.level, why=one.rationale or "", who=one.responsible or "",
            tiers=", ".join(one.tiers), begins=words.day(ahead(standard, one.id, site.as_of), ""),
            rules=tuple(_checked(site, rule) for rule in rules),
            other=tuple(name for name in one.verified_by if name not in site.rules), manual=one.manual_evidence or "",
            met=f"{now[0]} of {now[1]}" if now[1] else "", months=_months(site, rules, now), clauses=clauses.get(one.id, ()),
            playbooks=tuple((book.title, playbook_href(book)) for book in books if {rule.id for rule in rules} & set(book.rules)),
            examples=_examples(site, rules),
        ))  # fmt: skip
    return render(
        "standard.html.jinja", root=root, facts=_facts(site, standard), empty="This standard has no numbered requirement yet.",
        requirements=ones, unknown=site.keeping.why,
    )  # fmt: skip


def _checked(site: Site, rule: RuleFile) -> Checked:
    return Checked(
        id=rule.id, href=f"rules/{rule.id}/", title=rule.title, bites=words.bites(site.bites(rule)), severity=rule.severity,
        binds=looks_at(rule),
    )  # fmt: skip


def _examples(site: Site, rules: tuple[RuleFile, ...]) -> tuple[Example, ...]:
    """One that raises the remark and one that is in order, from the cases of the first rule that has both."""
    for rule in rules:
        found = examples_of(site, rule)
        bad, good = next((one for one in found if one.fires), None), next((one for one in found if not one.fires), None)
        if bad and good:
            return bad, good
    return ()


def _met(site: Site, rules: Iterable[RuleFile]) -> tuple[int, int]:
    """Open projects that have no open remark of any rule of a requirement, of those at which one of the rules looks."""
    verdicts = site.memo.once("verdicts of open projects", lambda: _verdicts(site))
    away: set[str] = set()
    seen: set[str] = set()
    for rule in rules:
        for verdict, names in verdicts[rule.id].items():
            if verdict in {"open", "permitted"}:
                away |= names
            if verdict in {"open", "permitted", "kept"}:
                seen |= names
    return len(seen) - len(away), len(seen)


def _verdicts(site: Site) -> Mapping[str, Mapping[Verdict, frozenset[str]]]:
    """By rule and verdict, the open projects."""
    found, kept = {}, standings(site)
    for rule in site.rules.values():
        by: dict[Verdict, set[str]] = {}
        row = kept.of(rule)
        for project in running(site):
            by.setdefault(row[project.id].verdict, set()).add(project.id)
        found[rule.id] = {verdict: frozenset(names) for verdict, names in by.items()}
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many met a requirement at the end of a month, or today."""

    when: str
    met: int
    of: int

    @property
    def share(self) -> int:
        """In per cent, for the eye."""
        return round(100 * self.met / self.of)


def _months(site: Site, rules: tuple[RuleFile, ...], now: tuple[int, int]) -> tuple[Month, ...]:
    """The looks at which a rule had anything to say, and today; nothing where there is no earlier one."""
    bites = [one for one in rules if site.bites(one) is not None]
    looks = site.memo.once("looks", lambda: [(one.on, Tally(one, site.seen.names)) for one in site.keeping.looks])
    found = [
        Month(when=f"at the end of {words.day(on).partition(' ')[2]}", met=good, of=seen)
        for on, (good, seen) in ((on, tally.met(bites)) for on, tally in looks)
        if seen
    ]
    return (*found, Month(when="today", met=now[0], of=now[1])) if found and now[1] else ()


def _clauses(site: Site) -> dict[str, tuple[tuple[str, str], ...]]:
    """By requirement, the clauses of frameworks it maps to, each with how, and whether somebody has looked."""
    found: dict[str, list[tuple[str, str]]] = {}
    for framework in conformity(site.portfolio.repository):
        for clause in framework.clauses:
            for one in clause.mapped:
                looked = "verified" if one.verified else "not verified"
                found.setdefault(one.requirement, []).append(
                    (f"{framework.title} {framework.edition}, {clause.clause}", f"{one.relation}, {looked}")
                )
    return {name: tuple(dict.fromkeys(ones)) for name, ones in found.items()}


def _binds(standard: StandardRecord, site: Site) -> str:
    """What the first day of a standard is: of all of it, or of a version that follows others; to come, or past."""
    what = "Binds" if is_first(standard) else "This version binds"
    return f"{what} {'from' if standard.effective_from and standard.effective_from > site.as_of else 'since'}"


def _facts(site: Site, standard: StandardRecord) -> tuple[Fact, ...]:
    changes = f"{standard.loc.file.rpartition('/')[0]}/CHANGELOG"
    known = f"{changes}.md" in site.portfolio.repository.tree.paths()
    return (
        Fact(name="Standard", value=standard.id, sub=f"version {standard.version}, {standard.status}"),
        Fact(name=_binds(standard, site), value=words.day(standard.effective_from, "not said")),
        Fact(name="Last reviewed", value=words.day(standard.reviewed_on, "not yet")),
        Fact(name="Kept by", value=standard.owner or "nobody named"),
        *(
            (Fact(name="Changes", value="What changed", href=f"{changes.removeprefix('standards/')}/"),)
            if known
            else ()
        ),
    )
