"""What the doctor found, for reading: the worst first, each with the fix."""

from __future__ import annotations

import json
from collections.abc import Iterator

from handrail.doctor.gap import WEIGHTS, Gap
from handrail.english import count
from handrail.report.harmless import harmless, phrased
from handrail.report.safe import escaped, safe

_TITLES = {"open": "Open: mend at once", "weak": "Weak: mend soon", "note": "Worth knowing"}


def verdict(gaps: tuple[Gap, ...]) -> str:
    """The sentence on top."""
    numbers = {weight: sum(one.weight == weight for one in gaps) for weight in WEIGHTS}
    if not gaps:
        return "Nothing was found that would let a change slip past the gate."
    if not numbers["open"] and not numbers["weak"]:
        return f"Nothing would let a change slip past the gate; {count(numbers['note'], 'thing')} worth knowing."
    parts = [f"{count(numbers['open'], 'way')} past the gate"] if numbers["open"] else []
    parts += [f"{count(numbers['weak'], 'weak place')}"] if numbers["weak"] else []
    return f"{' and '.join(parts)}."


def text(gaps: tuple[Gap, ...]) -> str:
    """For the terminal."""
    return "\n".join([verdict(gaps), *_text(gaps)]) + "\n"


def _text(gaps: tuple[Gap, ...]) -> Iterator[str]:
    for weight in WEIGHTS:
        some = [one for one in gaps if one.weight == weight]
        if some:
            yield f"\n{_TITLES[weight]}"
        for one in some:
            yield f"\n  {safe(one.what)}"
            yield f"    slips through: {safe(one.slips)}"
            yield f"    mend: {safe(one.fix)}"
            if one.where:
                yield f"    where: {safe(one.where)}"


def markdown(gaps: tuple[Gap, ...]) -> str:
    """For the summary of a job, or an issue."""
    parts = [f"**{verdict(gaps)}**\n"]
    for weight in WEIGHTS:
        some = [one for one in gaps if one.weight == weight]
        if some:
            parts.append(f"\n### {_TITLES[weight]}\n\n")
        for one in some:
            where = f" *{harmless(one.where)}*" if one.where else ""
            parts.append(
                f"- **{harmless(one.what)}** Slips through: {phrased(one.slips)} Mend: {phrased(one.fix)}{where}\n"
            )
    return "".join(parts)


def document(gaps: tuple[Gap, ...]) -> str:
    """For programs, and to be kept."""
    rows = [
        {"id": one.id, "weight": one.weight, "what": one.what, "slips": one.slips, "fix": one.fix, "where": one.where}
        for one in gaps
    ]
    return escaped(json.dumps({"verdict": verdict(gaps), "gaps": rows}, ensure_ascii=False, indent=2)) + "\n"
