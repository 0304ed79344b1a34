"""The compliance matrix: every rule by every project; each cell leads to the remark or the deviation behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from handrail.compute.facts import Project
from handrail.keeping.facts import Fix
from handrail.model.rule_file import RuleFile
from handrail.render import words
from handrail.render.assurance.cells import Square, cell
from handrail.render.frame import ASSURANCE, hidden_sentence
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.overview import running
from handrail.render.remarks import anchor_of
from handrail.render.rules import standings
from handrail.render.table import Cell, Column, Table, downloads_of, rows_of
from handrail.render.view import Site
from handrail.rules.verdicts import VERDICTS, Standing, Verdict

PATH = "compliance/"
_Counted = Counter[Verdict]
ACROSS = 30
"""So many projects stand side by side; more are parted by programme, and then into pages."""
_SIGNS: dict[Verdict | Literal["mended"], tuple[str, str]] = {
    "open": ("■", "open remark"), "permitted": ("◆", "permitted deviation"), "kept": ("●", "kept"),
    "mended": ("✓", "kept since a commit mended it"), "at changes": ("◷", "judged at each change"), "off": ("○", "switched off"), "not applicable": ("-", "does not apply"),
}  # fmt: skip

_QUIET: Mapping[Verdict, Markup] = {
    one: cell(Square(css=one.replace(" ", "-"), sign=_SIGNS[one][0], word=_SIGNS[one][1], more="", href=None), "")
    for one in VERDICTS if one not in {"open", "permitted"}
}  # fmt: skip
"""Cells that lead nowhere: each of them stands in the matrix thousands of times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One rule with its cells, one for each project."""

    rule: str
    title: str
    href: str
    cells: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Projects that share a page. ended: whether they are over. others: how many stand on the other side of that line."""

    path: str
    name: str
    projects: tuple[Project, ...]
    ended: bool = False
    others: int = 0


def pages(site: Site) -> Iterator[Page]:
    """One page where everything fits side by side; else one of counts, and the parts. Projects that have ended stand apart."""
    projects = running(site)
    names = {one.id for one in projects}
    gone = [one for one in site.projects if one.id not in names]
    rows = [standings(site).of(rule) for rule in site.rules.values()]
    counts = {one.id: Counter(row[one.id].verdict for row in rows) for one in site.projects}
    if len(projects) <= ACROSS:
        yield _page(site, counts, _Part(path="", name="", projects=projects, others=len(gone)), None)
    else:
        parts = tuple(_parts(site, projects))
        whole = _Part(path="", name="", projects=(), others=len(gone))
        yield _page(site, counts, whole, _counts(counts, parts), all_of=projects)
        for part in parts:
            yield _page(site, counts, part, None)
    yield from (_page(site, counts, part, None) for part in _ended(gone, len(projects)))


def _ended(projects: Sequence[Project], others: int) -> Iterator[_Part]:
    for number, start in enumerate(range(0, len(projects), ACROSS), 1):
        more = f", part {number}" if len(projects) > ACROSS else ""
        path, ones = f"ended{f'-{number}' if number > 1 else ''}/", tuple(projects[start : start + ACROSS])
        yield _Part(path=path, name=f"projects that have ended{more}", projects=ones, ended=True, others=others)


def _parts(site: Site, projects: Sequence[Project]) -> Iterator[_Part]:
    by: dict[str, list[Project]] = {}
    for one in projects:
        known = one.plan.programme in site.portfolio.repository.programmes
        by.setdefault((one.plan.programme or "") if known else "", []).append(one)
    for name, ones in sorted(by.items()):
        title = site.portfolio.repository.programmes[name].name if name else "No programme"
        for number, start in enumerate(range(0, len(ones), ACROSS), 1):
            more = f", part {number}" if len(ones) > ACROSS else ""
            slug = f"{f'programme-{name}' if name else 'no-programme'}{f'-{number}' if number > 1 else ''}"
            yield _Part(path=f"{slug}/", name=f"{title}{more}", projects=tuple(ones[start : start + ACROSS]))


def _page(
    site: Site,
    verdicts: Mapping[str, _Counted],
    part: _Part,
    counts: Table | None,
    all_of: Sequence[Project] = (),
) -> Page:
    path = f"{ASSURANCE.place}{PATH}{part.path}"
    shown = part.projects or all_of
    title = f"Compliance matrix{f': {part.name}' if part.name else ''}"
    sentence = _sentence(site, verdicts, shown, "ended" if part.ended else "open")
    body = render(
        "compliance.html.jinja", root=root_of(path), title=title, sentence=sentence, strip=ASSURANCE.strip(f"{PATH}{part.path}"),
        strip_name=ASSURANCE.name, notice=hidden_sentence(site), as_of=words.day(site.as_of), counts=counts,
        projects=tuple((one.id, one.plan.name, f"projects/{one.id}/") for one in part.projects),
        lines=tuple(_line(site, rule, part.projects, root_of(path)) for rule in site.rules.values()) if part.projects else (),
        key=tuple((one.replace(" ", "-"), *_SIGNS[one]) for one in _SIGNS),
        only="Projects that have ended only" if part.ended else "Open projects only", unknown=site.keeping.why,
        switch=_switch(part), downloads=downloads_of("compliance"),
    )  # fmt: skip
    return Page(path=path, title=title, body_html=body, section=ASSURANCE.place, search_text=sentence)


def _switch(part: _Part) -> tuple[tuple[str, str | None], ...]:
    """Open projects, or those that have ended: what is shown, and the way to the others."""
    if not part.others or (part.path and not part.ended):
        return ()
    names = (
        ("Open projects", f"{ASSURANCE.place}{PATH}"),
        ("Projects that have ended", f"{ASSURANCE.place}{PATH}ended/"),
    )
    return tuple((text, None if part.ended == bool(number) else href) for number, (text, href) in enumerate(names))


def _sentence(site: Site, verdicts: Mapping[str, _Counted], projects: Sequence[Project], kind: str) -> str:
    if not site.rules or not projects:
        return "There is no rule, or no project, to hold against each other yet."
    found = _sum(verdicts, projects)
    bound = found["open"] + found["permitted"] + found["kept"]
    return (
        f"{words.count(len(site.rules), 'rule')} by {words.count(len(projects), f'{kind} project')}: of {bound:,} pairs in which a rule "
        f"looks at a plan, {found['kept']:,} are kept, {found['permitted']:,} {words.verb(found['permitted'], 'is')} set aside by a deviation and {found['open']:,} {words.verb(found['open'], 'has')} an open remark."
    )


def _sum(verdicts: Mapping[str, _Counted], projects: Sequence[Project]) -> _Counted:
    found: _Counted = Counter()
    for one in projects:
        found.update(verdicts[one.id])
    return found


def _line(site: Site, rule: RuleFile, projects: Sequence[Project], root: str) -> Line:
    row = standings(site).of(rule)
    cells = Markup("").join(_cell(site, rule, one, row[one.id], root) for one in projects)
    return Line(rule=rule.id, title=rule.title, href=site.rule_href(rule.id) or "rules/", cells=cells)


def _cell(site: Site, rule: RuleFile, project: Project, one: Standing, root: str) -> Markup:
    mended = site.keeping.fixed.get((rule.id, project.id)) if one.verdict == "kept" else None
    if mended is not None:
        return cell(_mended(site, mended), root)
    if one.verdict in _QUIET:
        return _QUIET[one.verdict]
    sign, word = _SIGNS[one.verdict]
    more = str(one.remarks) if one.verdict == "open" and one.remarks > 1 else one.waiver or ""
    href = f"projects/{project.id}/#{anchor_of(rule.id)}"
    return cell(Square(css=one.verdict, sign=sign, word=word, more=more, href=href), root)


def _mended(site: Site, one: Fix) -> Square:
    """A rule that is kept again, with the commit after which its remark was gone."""
    sign, _ = _SIGNS["mended"]
    word = f"kept: mended on {words.day(one.on)} by commit {one.commit[:10]}"
    return Square(css="mended", sign=sign, word=word, more="", href=None, url=site.commit_url(one.commit))


def _counts(verdicts: Mapping[str, _Counted], parts: Sequence[_Part]) -> Table:
    """By page of the matrix, how many pairs there are of each kind."""
    rows = []
    for part in parts:
        found = _sum(verdicts, part.projects)
        rows.append((
            Cell(part.name, href=f"{ASSURANCE.place}{PATH}{part.path}"), str(len(part.projects)), Cell(f"{found['open']:,}", tone="late" if found["open"] else ""),
            f"{found['permitted']:,}", f"{found['kept']:,}",
        ))  # fmt: skip
    return Table(
        name="Parts of the matrix", rows=rows_of(rows),
        columns=(Column("Programme", wide=True), Column("Projects", "num"), Column("Open", "num"), Column("Permitted", "num"), Column("Kept", "num")),
    )  # fmt: skip
