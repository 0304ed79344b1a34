"""The interface of project office, project manager and sponsor, requirement by requirement: who sets, who applies.

The project office sets every requirement; whoever the requirement names as `responsible` applies it and answers for it. That is
one for each row, by construction: a requirement has one field for it. What the others do follows from who that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handrail.model.organisation import RequirementRecord, StandardRecord

OFFICE, MANAGER, SPONSOR, OTHERS = "project office", "project manager", "sponsor", "others"
COLUMNS = (OFFICE, MANAGER, SPONSOR, OTHERS)
_COLUMN = {
    "PMO": OFFICE, "pmo head": OFFICE, "pmo officer": OFFICE, "owner of the standard": OFFICE, "training team": OFFICE,
    "project manager": MANAGER, "sponsor": SPONSOR,
}  # fmt: skip
_LETTERS: Mapping[str, tuple[str, str, str]] = {
    OFFICE: ("A, R", "C", "I"),
    MANAGER: ("C", "A, R", "I"),
    SPONSOR: ("C", "C", "A, R"),
    OTHERS: ("C", "C", "I"),
}
"""What office, manager and sponsor do, by the column of whoever answers for it."""
_HEAD = """---
title: Who sets, who applies
owner: {owner}
reviewed_on: {reviewed}
---

# Who sets, who applies

The project office sets each requirement; the one whose column holds the **A** applies it and answers for it, exactly one for each row. **R** does it, **C** is asked or helps, **I** can read it. In the column of others the role is named. The pages of the standards say why; [Who does what](roles.md) says it in sentences.

*Made from the standards' first lines (`responsible`); a change there is a change here.*
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One requirement. cells: what each of COLUMNS does, in that order."""

    requirement: RequirementRecord
    cells: tuple[str, str, str, str]


def rows(standard: StandardRecord) -> Iterator[Row]:
    """Every requirement of a standard."""
    for one in standard.requirements:
        column = _COLUMN.get(one.responsible or "", OTHERS)
        others = f"A, R: {one.responsible or 'nobody named'}" if column == OTHERS else ""
        yield Row(requirement=one, cells=(*_LETTERS[column], others))


def interface_page(standards: Mapping[str, StandardRecord]) -> str:
    """The whole page as Markdown, standards by their titles."""
    ordered = sorted((one for one in standards.values() if one.status == "active"), key=lambda one: one.title)
    owner = next((one.owner for one in ordered if one.owner), "")
    reviewed = max((one.reviewed_on for one in ordered if one.reviewed_on), default=None)
    parts = [_HEAD.format(owner=owner, reviewed=reviewed)]
    for standard in ordered:
        area = standard.loc.file.split("/")[1]
        parts.append(f"\n## {standard.title}\n\n[Version {standard.version}](../{area}/index.md)\n\n"
                     f"| requirement | {' | '.join(COLUMNS)} | seen by |\n|---|:-:|:-:|:-:|---|---|\n")  # fmt: skip
        for row in rows(standard):
            one = row.requirement
            seen = ", ".join(one.verified_by) or "a person"
            tiers = f" ({', '.join(one.tiers)})" if one.tiers else ""
            parts.append(f"| **{one.id}** {one.text}{tiers} | {' | '.join(row.cells)} | {seen} |\n")
    return "".join(parts)
