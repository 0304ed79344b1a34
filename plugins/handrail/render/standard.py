"""What is added to a standard's hand-written page: its requirements, numbered, with what verifies each."""

from __future__ import annotations

from collections.abc import Mapping

from handrail.compute.conformity import conformity
from handrail.model.organisation import RequirementRecord, StandardRecord
from handrail.remark import Remark
from handrail.render import words
from handrail.render.page import render
from handrail.render.portfolio.overview import running
from handrail.render.project.promises import Fact
from handrail.render.view import Site
from handrail.rules.verdicts import said_of, standing


def requirements(site: Site, standard: StandardRecord, root: str) -> str:
    """The table of requirements as HTML."""
    clauses, said = _clauses(site), said_of(site.remarks)
    return render(
        "standard.html.jinja", root=root, facts=_facts(site, standard), empty="This standard has no numbered requirement yet.",
        requirements=tuple(
            {
                "id": one.id, "text": one.text, "level": one.level, "why": one.rationale or "",
                "who": one.responsible or "", "tiers": ", ".join(one.tiers),
                "rules": tuple((name, f"rules/{name}/", site.rules[name].title) for name in site.verified_by.get(one.id, ())),
                "other": tuple(name for name in one.verified_by if name not in site.rules), "manual": one.manual_evidence or "",
                "met": met_by(site, one, said), "clauses": clauses.get(one.id, ()),
            }
            for one in standard.requirements
        ),
    )  # fmt: skip


def met_by(site: Site, one: RequirementRecord, said: Mapping[tuple[str, str], tuple[Remark, ...]]) -> str:
    """`7 of 9`: open projects at which a rule of the requirement looks, and which have no open remark of any of them."""
    met = seen = 0
    for project in running(site):
        found = set()
        for name in site.verified_by.get(one.id, ()):
            ones = said.get((name, project.id), ())
            found.add(standing(site.rules[name], project, ones, site.settings.get(name)).verdict)
        if found & {"open", "permitted", "kept"}:
            seen += 1
            met += not found & {"open", "permitted"}
    return f"{met} of {seen}" if seen else ""


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


def _facts(site: Site, standard: StandardRecord) -> tuple[Fact, ...]:
    changes = f"{standard.loc.file.rpartition('/')[0]}/CHANGELOG"
    known = f"{changes}.md" in site.portfolio.repository.tree.paths()
    return (
        Fact(name="Standard", value=standard.id, sub=f"version {standard.version}, {standard.status}"),
        Fact(name="Binds since", value=words.day(standard.effective_from, "not said")),
        Fact(name="Last reviewed", value=words.day(standard.reviewed_on, "not yet")),
        Fact(name="Kept by", value=standard.owner or "nobody named"),
        *(
            (Fact(name="Changes", value="What changed", href=f"{changes.removeprefix('standards/')}/"),)
            if known
            else ()
        ),
    )
