"""What is added to a standard's hand-written page: its requirements, numbered, with what verifies each."""

from __future__ import annotations

from handrail.model.organisation import StandardRecord
from handrail.render import words
from handrail.render.page import render
from handrail.render.project.status import Fact
from handrail.render.view import Site


def requirements(site: Site, standard: StandardRecord, root: str) -> str:
    """The table of requirements as HTML."""
    return render(
        "standard.html.jinja", root=root, facts=_facts(site, standard), empty="This standard has no numbered requirement yet.",
        requirements=tuple(
            {
                "id": one.id, "text": one.text, "level": one.level, "why": one.rationale or "",
                "who": one.responsible or "", "tiers": ", ".join(one.tiers),
                "rules": tuple((name, f"rules/{name}/", site.rules[name].title) for name in site.verified_by.get(one.id, ())),
                "other": tuple(name for name in one.verified_by if name not in site.rules), "manual": one.manual_evidence or "",
            }
            for one in standard.requirements
        ),
    )  # fmt: skip


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
