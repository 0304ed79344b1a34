"""What an audit tells: merges judged again and findings to follow, as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from handrail.audit.line import Line
from handrail.audit.office import OfficeChanges
from handrail.audit.population import completeness
from handrail.audit.replay import Judged
from handrail.compute.follow_up import Followed
from handrail.english import count
from handrail.report.harmless import harmless
from handrail.report.safe import safe


def suspicious(ones: Iterable[Judged]) -> tuple[Judged, ...]:
    """Those that the gate would have stopped, and those of which the record says that they went around it."""
    return tuple(one for one in ones if one.blocked or one.bypass)


def replay_text(line: Line, ones: tuple[Judged, ...]) -> Iterator[str]:
    """For the terminal."""
    yield _sentence(line, ones)
    for one in suspicious(ones):
        yield ""
        number = f" #{one.number}" if one.number else ""
        yield f"{one.commit[:12]}{number}  {_when(one)}  {safe(one.subject)}"
        yield f"   brought in by {safe(one.merged_by)}{'' if one.merge else '; no merge: a commit straight to the branch'}"
        for each in one.stopped:
            place = f"{each.loc.file}:{each.line}" if each.line else each.loc.file
            yield f"   {each.rule}  {safe(place)}"
            yield f"      {safe(each.message)}"
        for words in one.bypass:
            yield f"   kept at the merge: {safe(words)}"
    for one in ones:
        if one.why_not:
            yield f"\n{one.commit[:12]} was not judged. {safe(one.why_not)}"


def replay_markdown(line: Line, ones: tuple[Judged, ...]) -> Iterator[str]:
    """For a report or an issue."""
    yield f"**{_cell(_sentence(line, ones))}**"
    found = suspicious(ones)
    if found:
        yield ""
        yield "| when | commit | brought in by | what would have stopped it |"
        yield "|---|---|---|---|"
    for one in found:
        words = [f"{each.rule}: {each.message}" for each in one.stopped] + [
            f"kept at the merge: {each}" for each in one.bypass
        ]
        told = "<br>".join(_cell(each) for each in words)
        yield f"| {_when(one)} | `{one.commit[:12]}` {_cell(one.subject)} | {_cell(one.merged_by)} | {told} |"
    for one in ones:
        if one.why_not:
            yield f"\n`{one.commit[:12]}` was not judged: {_cell(one.why_not)}"


def replay_data(line: Line, ones: tuple[Judged, ...]) -> dict[str, Any]:
    """For programs: the period, and every commit with its verdict."""
    from handrail.audit.pack import commit_row  # noqa: PLC0415 - the pack is not needed to tell in words

    return {
        **completeness(line),
        "would_have_been_blocked": sum(one.blocked for one in ones),
        "commits": [commit_row(one) for one in ones],
    }


def office_text(found: OfficeChanges) -> Iterator[str]:
    """For the terminal: the commits of the office in projects' files, and of whom nothing can be said."""
    period = f"from {found.first.isoformat()} to {found.last.isoformat()}"
    told = f"{count(found.commits, 'commit')} {period}"
    if found.ones:
        number = len({one.commit for one in found.ones})
        yield f"Of {told}, {number} by people of the PMO alone changed what a project manager owns:"
        yield ""
        for one in found.ones:
            yield f"{one.commit[:12]}  {one.on.isoformat()}  {safe(one.person)}  {safe(one.project)}  {count(one.files, 'file')}"
    else:
        yield f"Of {told}, none by people of the PMO alone changed what a project manager owns."
    if found.unknown:
        yield ""
        yield f"{count(found.unknown, 'commit')} {'is' if found.unknown == 1 else 'are'} by authors whom the directory of people does not know; nothing is said of them."


def follow_text(ones: tuple[Followed, ...]) -> Iterator[str]:
    """Findings for the terminal, what is late first."""
    running = [one for one in ones if one.state not in {"verified", "risk accepted"}]
    late = sum(one.state == "late" for one in running)
    yield f"{count(len(ones), 'finding')}: {len(running)} not yet verified, {late} late."
    for one in ones:
        due = f"due {one.due}" if one.due else "no day"
        moved = f", moved {one.extended}x from {one.first_due}" if one.extended else ""
        left = (
            "" if one.days_left is None else f" ({abs(one.days_left)} days {'late' if one.days_left < 0 else 'left'})"
        )
        yield ""
        yield f"{one.audit}/{one.id}  {one.severity}  {one.state}  {due}{moved}{left}"
        yield f"   {safe(one.title)}{f' ({one.project})' if one.project else ''}"
        yield f"   {safe(one.action or 'no action agreed')}; {one.owner or 'nobody'} does it"
        if one.not_contained:
            yield "   critical, and nobody has stopped the harm in 14 days"


def _sentence(line: Line, ones: tuple[Judged, ...]) -> str:
    blocked, around = sum(one.blocked for one in ones), sum(bool(one.bypass) for one in ones)
    kept = sum(bool(one.kept) for one in line.landed)
    more = f"; the host's record says of {around} that they went around it" if around else ""
    return (
        f"{count(len(ones), 'commit')} came to the main line from {line.first} to {line.last}; the gate would have stopped "
        f"{blocked} of them{more}. A record of the merge was kept for {kept}."
    )


def _when(one: Judged) -> str:
    return f"{one.on[:10]}" if one.by_host else f"{one.on[:10]} (by the commit)"


def _cell(text: str) -> str:
    """Text of others in a table of Markdown."""
    return harmless(text).replace("|", "\\|")
