"""The comment on a pull request: what changes, who must agree, what to mend, and the rest folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail import english
from handrail.change.agreements import Agreement
from handrail.change.grouping import Told
from handrail.remark import Remark
from handrail.report.brief import brief
from handrail.report.harmless import code, harmless, phrased, sentence
from handrail.report.model import GROUPS, Report
from handrail.report.parts import alone, blocked, by_project, ends, foremost, left, of, split, verdict

MARKER = "<!-- handrail: gate -->"
"""By this first line the job that writes the comment finds it again."""
_ROOM = 55_000
"""Bytes. A host takes 65,536 characters; what is beyond is in the log."""
_SAID = 10
_MENDED = 10
_LISTED = 100
_TOUCHED = 8


def render(report: Report) -> str:
    """The whole comment; folds that find no room are left out, the last first, and that is said."""
    head = [
        MARKER,
        *([brief(report)] if report.judged else []),
        f"### {verdict(report)}",
        "",
        *_changes(report),
        *_agreements(report),
        *_mend(report),
    ]
    head += [*_impact(report), *_later(report), *_touched(report)]
    folds = [_more_changes(report), *_folds(report)]
    last = _last(report)
    text = "\n".join([*head, *(line for fold in folds for line in fold), last]) + "\n"
    while folds and len(text.encode()) > _ROOM:
        folds.pop()
        text = "\n".join([*head, *(line for fold in folds for line in fold), f"{last} The rest is in the log."]) + "\n"
    return text


def _changes(report: Report) -> Iterator[str]:
    if report.conflict:
        yield from ("It conflicts with the target and cannot be merged as it is; only the branch was judged.", "")
    if not report.judged:
        return
    if not report.changes:
        yield from ("No plan and no standard says anything else than before.", "")
        return
    shown, _ = foremost(report.changes, _SAID)
    yield from ("**What changes**", "")
    for project, ones in by_project(shown).items():
        name = harmless(report.names.get(project, project)) if project else "Standards and policy"
        yield f"- {name}"
        yield from (f"  - {sentence(one.sentence)}" for one in ones)
    yield ""


def _more_changes(report: Report) -> list[str]:
    _, rest = foremost(report.changes, _SAID)
    folded = [one for one in report.changes if one.folded and one not in rest]
    if not rest and not folded:
        return []
    number = sum(len(one.changes) for one in (*rest, *folded))
    lines = []
    for project, ones in by_project((*folded, *rest)).items():
        lines.append(f"- {harmless(report.names.get(project, project)) if project else 'Standards and policy'}")
        lines += [f"  - {sentence(words)}" for words in _all(ones)]
    return _fold(f"All changes in detail ({number})" if folded else f"{english.count(number, 'smaller change')}", lines)


def _all(ones: Iterable[Told]) -> Iterator[str]:
    for one in ones:
        yield from (each.sentence for each in one.changes)


def _agreements(report: Report) -> Iterator[str]:
    if not report.agreements:
        return
    yield from ("**Needs approval**", "")
    yield from (f"- {_agreement(one, report)}" for one in report.agreements)
    yield ""


def _agreement(one: Agreement, report: Report) -> str:
    what = sentence(one.what)
    if not alone(report):
        what += f", {harmless(report.names.get(one.project, one.project))}"
    if one.given:
        return f"{what}: **given** by {harmless(one.by or '')} ({harmless(one.word)})"
    if one.by:
        return f"{what}: **refused** by {harmless(one.by)} ({harmless(one.word)})"
    return f"{what}: **waits** for {harmless(one.who)}"


def _mend(report: Report) -> Iterator[str]:
    ones = _alike(blocked(report))
    if not ones and not report.stops:
        return
    yield from ("**Mend before merging**", "")
    for number, same in enumerate(ones[:_MENDED], 1):
        first, rest = split(same[0].message)
        told = " ".join(part for part in (phrased(rest), phrased(same[0].fix)) if part)
        yield f"{number}. **{phrased(first)}** {told}".rstrip() + f"<br>{_places(same, report)}"
    more = sum(len(same) for same in ones[_MENDED:])
    if more > 0:
        yield f"\nand {more:,} more, below."
    if report.stops:
        yield f"\n{english.count(report.stops, 'remark')} not shown here would stop it too."
    yield ""


def _alike(ones: list[Remark]) -> list[list[Remark]]:
    """What says the very same stands once, with all its places."""
    found: dict[tuple[str, str, str], list[Remark]] = {}
    for one in ones:
        found.setdefault((one.rule, one.message, one.fix), []).append(one)
    return list(found.values())


def _impact(report: Report) -> Iterator[str]:
    if not report.impact:
        return
    yield from ("**What this would do to the plans**", "")
    yield from (f"- {sentence(one)}" for one in report.impact[:_TOUCHED])
    if len(report.impact) > _TOUCHED:
        yield f"- and {english.count(len(report.impact) - _TOUCHED, 'more rule')}"
    yield ""


def _later(report: Report) -> Iterator[str]:
    """What the next gate will ask for, by project, and the alarms; only what this change brought."""
    gates = of(report, "gate")
    alarms = of(report, "watch")
    if not gates and not alarms:
        return
    yield from ("**Not urgent**", "")
    waiting: dict[str | None, int] = {}
    for one in gates:
        waiting[one.project] = waiting.get(one.project, 0) + 1
    rows = [(number, project) for project, number in waiting.items()]
    for number, project in rows[:_SAID]:
        name = harmless(report.names.get(project, project)) if project else "Standards and policy"
        gate = report.gates.get(project or "")
        until = f"for the gate {sentence(gate)}" if gate else "for the next gate"
        yield f"- {name}: {english.count(number, 'thing')} needed {until}"
    if len(rows) > _SAID:
        yield f"- and {english.count(len(rows) - _SAID, 'more project')}"
    if alarms:
        yield f"- {english.count(len(alarms), 'alarm')} for whoever looks after it; {'it blocks' if len(alarms) == 1 else 'they block'} nothing"
    yield ""


def _touched(report: Report) -> Iterator[str]:
    told = [*report.touched, *(ends(one, report) for one in report.expiring)]
    if not told:
        return
    yield from ("**Who else is touched**" if report.touched else "**Ends soon**", "")
    yield from (f"- {sentence(one)}" for one in told[:_TOUCHED])
    if len(told) > _TOUCHED:
        yield f"- and {len(told) - _TOUCHED:,} more"
    yield ""


def _folds(report: Report) -> Iterator[list[str]]:
    """The remarks one by one, by group; those that stop the change only where there are more than were shown."""
    beyond = [one for same in _alike(blocked(report))[_MENDED:] for one in same]
    yield _fold(f"{len(beyond):,} more to mend before merging", _list(beyond, report)) if beyond else []
    for name, title in GROUPS:
        ones = [one for one in of(report, name) if not one.blocks]
        if ones:
            yield _fold(f"{title} ({len(ones):,})", _list(ones, report))


def _list(ones: list[Remark], report: Report) -> list[str]:
    lines = []
    for project in dict.fromkeys(one.project for one in ones[:_LISTED]):
        lines.append(f"- {harmless(report.names.get(project, project)) if project else 'Standards and policy'}")
        for one in ones[:_LISTED]:
            if one.project == project:
                permitted = f" (permitted by {harmless(one.waived_by)})" if one.waived_by else ""
                fix = f" {phrased(one.fix)}" if one.fix else ""
                lines.append(f"  - {phrased(one.message)}{fix}{permitted}<br>{_place(one, report)}")
    if len(ones) > _LISTED:
        lines.append(f"- and {len(ones) - _LISTED:,} more")
    return lines


def _place(one: Remark, report: Report) -> str:
    return _places([one], report)


def _places(ones: list[Remark], report: Report) -> str:
    spans = [report.places[one.loc] for one in ones[:_TOUCHED]]
    told = ", ".join(f"{code(span.file)} line {span.line}" for span in spans)
    more = f" and {len(ones) - len(spans):,} more places" if len(ones) > len(spans) else ""
    return f"<sub>{told}{more} · {ones[0].rule}</sub>"


def _fold(title: str, lines: list[str]) -> list[str]:
    return ["<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>", ""]


def _last(report: Report) -> str:
    rest = ", ".join(left(report))
    day = english.day(report.as_of)
    return f"<sub>{english.count(report.projects, 'project')} judged as of {day}{f'; {rest}' if rest else ''}. `handrail explain RULE` says why a rule asks.</sub>"
