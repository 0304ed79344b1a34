"""Remarks as they are shown: the message first, then how to mend it, when it bites, which rule speaks and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handrail.remark import ENFORCE_AT, SEVERITIES, Remark
from handrail.render.view import Site
from handrail.render.words import BITES, coded, count


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRemark:
    """One remark with everything in words."""

    message: tuple[tuple[str, bool], ...]
    fix: tuple[tuple[str, bool], ...]
    bite: str
    bites: str
    level: str
    waived: str
    rule: str
    rule_title: str
    rule_href: str | None
    place: str
    edit: str | None
    anchor: str = ""


def shown_remarks(site: Site, remarks: Iterable[Remark]) -> tuple[ShownRemark, ...]:
    """What blocks first, then by severity and place; waived ones last. The first of each rule can be linked to."""
    met: set[str] = set()
    found = []
    for one in sorted(remarks, key=order):
        found.append(_shown(site, one, anchor_of(one.rule) if one.rule not in met else ""))
        met.add(one.rule)
    return tuple(found)


def anchor_of(rule: str) -> str:
    """Where the remarks of a rule begin on a project's page."""
    return f"remark-{rule}"


def order(remark: Remark) -> tuple[bool, int, int, str, str]:
    """The order in which remarks are read."""
    return (
        remark.state == "waived", ENFORCE_AT.index(remark.enforce_at), SEVERITIES.index(remark.severity), remark.rule,
        remark.message,
    )  # fmt: skip


def _shown(site: Site, remark: Remark, anchor: str) -> ShownRemark:
    rule = site.rules.get(remark.rule)
    waived = remark.state == "waived"
    return ShownRemark(
        message=coded(remark.message), fix=coded(remark.fix), bite="waived" if waived else remark.enforce_at,
        bites="Permitted for a time" if waived else BITES[remark.enforce_at],
        level=remark.level, waived=(remark.waived_by or "") if waived else "", rule=remark.rule,
        rule_title=rule.title if rule else "", rule_href=site.rule_href(remark.rule), place=site.place(remark),
        edit=site.edit(remark.loc.file), anchor=anchor,
    )  # fmt: skip


def open_ones(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Those that are not waived."""
    return tuple(one for one in remarks if one.state != "waived")


def tally(remarks: Iterable[Remark]) -> str:
    """2 block a change, 1 needed for the next gate, 3 noted only."""
    ones = open_ones(remarks)
    merge, gate, watch = (sum(one.enforce_at == at for one in ones) for at in ENFORCE_AT)
    parts = [
        f"{merge:,} {'blocks' if merge == 1 else 'block'} a change" if merge else "",
        f"{gate:,} needed for the next gate" if gate else "",
        f"{watch:,} noted only" if watch else "",
    ]
    return ", ".join(one for one in parts if one) or "none"


def heading(how_many: int) -> str:
    """3 remarks, or the good news."""
    return count(how_many, "remark") if how_many else "No remarks"
