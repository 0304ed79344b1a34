"""The compliance matrix: every rule by every project; each cell leads to the remark or the deviation behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handrail.compute.facts import Project
from handrail.model.rule_file import RuleFile
from handrail.render import words
from handrail.render.assurance.frame import NAV, SECTION, strip
from handrail.render.page import Page, render, root_of
from handrail.render.portfolio.overview import hidden_sentence, running
from handrail.render.remarks import anchor_of
from handrail.render.table import Cell, Column, Download, Table, rows_of
from handrail.render.view import Site
from handrail.rules.verdicts import VERDICTS, Standing, Verdict, said_of, standing

PATH = "compliance/"
ACROSS = 30
"""So many projects stand side by side; more are parted by programme, and then into pages."""
_SIGNS: dict[Verdict, tuple[str, str]] = {
    "open": ("■", "open remark"), "permitted": ("◆", "permitted deviation"), "kept": ("●", "kept"),
    "at changes": ("◷", "judged at each change"), "off": ("○", "switched off"), "not applicable": ("-", "does not apply"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One cell of the matrix: a sign with its word, and where it leads."""

    css: str
    sign: str
    word: str
    more: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One rule with a cell for each project."""

    rule: str
    title: str
    href: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Projects that share a page."""

    path: str
    name: str
    projects: tuple[Project, ...]


def pages(site: Site) -> Iterator[Page]:
    """One page where everything fits side by side; else one of counts, and the parts."""
    said = said_of(site.remarks)
    projects = running(site)
    cells = {
        (rule.id, one.id): standing(rule, one, said.get((rule.id, one.id), ()), site.settings.get(rule.id))
        for rule in site.rules.values() for one in projects
    }  # fmt: skip
    if len(projects) <= ACROSS:
        yield _page(site, cells, _Part(path="", name="", projects=projects), None)
        return
    parts = tuple(_parts(site, projects))
    yield _page(site, cells, _Part(path="", name="", projects=()), _counts(cells, parts), all_of=projects)
    for part in parts:
        yield _page(site, cells, part, None)


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
    cells: dict[tuple[str, str], Standing],
    part: _Part,
    counts: Table | None,
    all_of: Sequence[Project] = (),
) -> Page:
    path = f"{SECTION}{PATH}{part.path}"
    shown = part.projects or all_of
    title = f"Compliance matrix{f': {part.name}' if part.name else ''}"
    sentence = _sentence(site, cells, shown)
    body = render(
        "compliance.html.jinja", root=root_of(path), title=title, sentence=sentence, strip=strip(PATH if not part.path else ""),
        strip_name=NAV, notice=hidden_sentence(site), as_of=words.day(site.as_of), counts=counts,
        projects=tuple((one.id, one.plan.name, f"projects/{one.id}/") for one in part.projects),
        lines=tuple(_line(site, rule, part.projects, cells) for rule in site.rules.values()) if part.projects else (),
        key=tuple((one.replace(" ", "-"), *_SIGNS[one]) for one in VERDICTS),
        downloads=(Download(text="Compliance (CSV)", href="data/compliance.csv"), Download(text="Compliance (JSON)", href="data/compliance.json")),
    )  # fmt: skip
    return Page(path=path, title=title, body_html=body, section=SECTION, search_text=sentence)


def _sentence(site: Site, cells: dict[tuple[str, str], Standing], projects: Sequence[Project]) -> str:
    if not site.rules or not projects:
        return "There is no rule, or no open project, to hold against each other yet."
    names = {one.id for one in projects}
    found = Counter(one.verdict for (_, project), one in cells.items() if project in names)
    bound = found["open"] + found["permitted"] + found["kept"]
    return (
        f"{words.count(len(site.rules), 'rule')} by {words.count(len(projects), 'open project')}: of {bound:,} pairs in which a rule "
        f"looks at a plan, {found['kept']:,} are kept, {found['permitted']:,} {words.verb(found['permitted'], 'is')} set aside by a deviation and {found['open']:,} {words.verb(found['open'], 'has')} an open remark."
    )


def _line(site: Site, rule: RuleFile, projects: Sequence[Project], cells: dict[tuple[str, str], Standing]) -> Line:
    return Line(
        rule=rule.id, title=rule.title, href=site.rule_href(rule.id) or "rules/",
        squares=tuple(_square(rule, one, cells[rule.id, one.id]) for one in projects),
    )  # fmt: skip


def _square(rule: RuleFile, project: Project, one: Standing) -> Square:
    sign, word = _SIGNS[one.verdict]
    href = None
    if one.verdict in {"open", "permitted"}:
        href = f"projects/{project.id}/#{anchor_of(rule.id)}"
    more = str(one.remarks) if one.verdict == "open" and one.remarks > 1 else one.waiver or ""
    return Square(css=one.verdict.replace(" ", "-"), sign=sign, word=word, more=more, href=href)


def _counts(cells: dict[tuple[str, str], Standing], parts: Sequence[_Part]) -> Table:
    """By page of the matrix, how many pairs there are of each kind."""
    rows = []
    for part in parts:
        names = {one.id for one in part.projects}
        found = Counter(one.verdict for (_, project), one in cells.items() if project in names)
        rows.append((
            Cell(part.name, href=f"{SECTION}{PATH}{part.path}"), str(len(part.projects)), Cell(f"{found['open']:,}", tone="late" if found["open"] else ""),
            f"{found['permitted']:,}", f"{found['kept']:,}",
        ))  # fmt: skip
    return Table(
        name="Parts of the matrix", rows=rows_of(rows),
        columns=(Column("Programme", wide=True), Column("Projects", "num"), Column("Open", "num"), Column("Permitted", "num"), Column("Kept", "num")),
    )  # fmt: skip
