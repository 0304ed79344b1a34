"""Projects of other repositories on the portfolio page: marked by their source, and never older than the page says."""

from __future__ import annotations

from handrail.compute.health import ENDED
from handrail.compute.other_portfolios import OtherPortfolio, OtherProject, in_words, tally
from handrail.render import words
from handrail.render.table import Cell, Row


def sentences(ones: tuple[OtherPortfolio, ...]) -> tuple[str, ...]:
    """One sentence for each."""
    return tuple(in_words(one) for one in ones)


def together(ones: tuple[OtherPortfolio, ...], own: tuple[tuple[words.Light, int], ...]) -> str:
    """How the own portfolio and the others stand in one; empty where nothing is known of any other."""
    known = [one for one in ones if not one.fault]
    if not known:
        return ""
    more = tally(ones)
    parts = []
    for light, number in own:
        name = light.css if light.css in {"red", "amber", "green"} else "not known"
        both = number + more.get(name, 0)
        if both:
            parts.append(f"{both} {light.word.lower()}")
    total = sum(number for _, number in own) + sum(one.total for one in known)
    return f"With {words.count(len(known), 'other repository') if len(known) == 1 else f'{len(known)} other repositories'}, {words.count(total, 'open project')}: {words.listed(parts)}."


def rows(ones: tuple[OtherPortfolio, ...]) -> tuple[Row, ...]:
    """One row for each project that may be shown, in the columns of the portfolio's table."""
    return tuple(_row(one, each) for one in ones for each in one.projects)


def _row(source: OtherPortfolio, one: OtherProject) -> Row:
    light = words.state_light(one.colour, one.state)
    state = one.phase or "" if one.state == "active" else one.state
    moved = one.end_approved is not None and one.end_approved != one.end_expected
    as_of = f"as of {words.day(source.as_of)}{', old' if source.stale else ''}"
    return Row(
        facets=(("department", one.unit or ""), ("programme", ""), ("tier", one.tier or ""), ("phase", state), ("colour", light.css)),
        cells=(
            Cell(one.name, sub=f"from {source.name}", sort=one.name.casefold()), Cell(light=light, sort=str(light.order)),
            Cell(as_of if one.state not in ENDED else "-", tone="late" if source.stale else ""),
            Cell(one.unit or "no department", sub=one.manager or "no manager", sort=(one.unit or "").casefold()),
            Cell(one.tier or "", sub=state),
            Cell(words.day(one.end_expected, "no day"), sort=one.end_expected.isoformat() if one.end_expected else "", sub=f"from {words.day(one.end_approved)}" if moved else ""),
            Cell("", sort=""), Cell("", sort=""),
            Cell(words.day(one.next_gate_expected) if one.next_gate_expected else "", sub=one.next_gate or "", sort=one.next_gate_expected.isoformat() if one.next_gate_expected else ""),
            Cell(words.count((source.as_of - one.report).days, "day") if source.as_of and one.report else "none", sort=""), Cell("", sort=""),
        ),
    )  # fmt: skip
