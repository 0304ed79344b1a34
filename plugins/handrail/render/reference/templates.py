"""The templates: what each is for, its files, and the command that lays it down."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.improvement import TemplateVersion
from handrail.model.words import TIERS, Tier
from handrail.render import words
from handrail.render.block import block, files
from handrail.render.frame import REFERENCE
from handrail.render.page import Page
from handrail.render.portfolio.who import person, when
from handrail.render.reference.fields import path_of
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site
from handrail.scaffold.records.forms import FORMS
from handrail.starters import Answers, fill, starter_files, todos

PATH = "templates/"
_MAPPINGS = "standards/templates/mappings/"
_FOR: dict[Tier, str] = {
    "small": "One file that holds the whole plan: twenty minutes, and no remark from the first day on.",
    "medium": "The plan in a few files, with what a board asks of a medium project.",
    "large": "The plan in a file for each register, with everything that a large project owes.",
}  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The page of all, one for each starter, and one for each mapping of lists."""
    yield _all(site)
    for tier in TIERS:
        if starter_files(site.portfolio.repository.tree, tier):
            yield _starter(site, tier)
    yield from (_mapping(site, name) for name in _mappings(site))


def _version(site: Site, name: str) -> TemplateVersion | None:
    return next((one for one in site.portfolio.repository.every(TemplateVersion) if one.id == name), None)


def _mappings(site: Site) -> list[str]:
    return [
        one
        for one in site.portfolio.repository.tree.paths()
        if one.startswith(_MAPPINGS) and one.endswith((".yaml", ".yml"))
    ]


def _slug(file: str) -> str:
    return file.removeprefix(_MAPPINGS).rpartition(".")[0].replace("/", "-")


def _all(site: Site) -> Page:
    tree = site.portfolio.repository.tree
    tiers = [one for one in TIERS if starter_files(tree, one)]
    sentence = f"{words.count(len(tiers), 'starter')} of projects, {words.count(len(FORMS), 'record')} that a command writes, {words.count(len(_mappings(site)), 'mapping')} of lists from elsewhere."
    known = {one: _version(site, f"project/{one}") for one in tiers}
    starters = Table(
        name="Starters", empty="No starter is written down.", columns=(Column("Project", wide=True), Column("Version"), Column("Since", "date"), Column("Kept by"), Column("Files", "num")),
        rows=rows_of(
            (Cell(f"{one.capitalize()} project", href=f"rules/{PATH}{one}/", sub=_FOR[one]), given.version if given else "no version",
             when(given.changed_on if given else None), person(given.owner) if given is not None and given.owner else Cell("the PMO"), str(len(starter_files(tree, one))))
            for one, given in known.items()
        ),
    )  # fmt: skip
    records = Table(
        name="Records", columns=(Column("Record"), Column("Command", wide=True), Column("It asks for", wide=True)),
        rows=rows_of(
            (Cell(one.kind.title, href=f"rules/{path_of(one.kind)}#template"),
             Cell(f"handrail new {one.word}{' PROJECT' if one.kind.within == 'project' else ''}", code=True), Cell(", ".join(one.ask)))
            for one in FORMS
        ),
    )  # fmt: skip
    mappings = Table(
        name="Mappings", empty="None is written down.", columns=(Column("Mapping", wide=True), Column("File", wide=True)),
        rows=rows_of((Cell(_slug(one), href=f"rules/{PATH}{_slug(one)}/"), Cell(one, code=True)) for one in _mappings(site)),
    )  # fmt: skip
    return REFERENCE.page(
        site, PATH, "Templates", sentence,
        [block("starters", "Starters of projects", table=starters), block("records", "Records", table=records, top=len(FORMS)), block("mappings", "Mappings of lists from elsewhere", table=mappings)],
        found_by="template starter form",
    )  # fmt: skip


def _starter(site: Site, tier: Tier) -> Page:
    repository = site.portfolio.repository
    answers = Answers(
        id="visitor-desk", name="New visitor desk", sponsor="c.moreau", manager="j.okafor", board="lyon-sites", objective="OBJ-4",
        currency=repository.currency, today=site.as_of,
    )  # fmt: skip
    shown = [
        (f"projects/visitor-desk/{name}", fill(text, answers))
        for name, text in sorted(starter_files(repository.tree, tier).items())
    ]
    open_points = [one for name, text in shown for one in todos(name, text)]
    given = _version(site, f"project/{tier}")
    about = (
        f"version {given.version}" + (f", since {words.day(given.changed_on)}" if given.changed_on else "")
        if given
        else "without a version"
    )
    command = f"handrail new project visitor-desk --tier {tier} --sponsor c.moreau --manager j.okafor"
    points = Table(
        name="Left to write", empty="Nothing is left to write.", columns=(Column("File"), Column("Line", "num"), Column("What", wide=True)),
        rows=rows_of((Cell(one.file, code=True), str(one.line), one.text) for one in open_points),
    )  # fmt: skip
    return REFERENCE.page(
        site, f"{PATH}{tier}/", f"Template: {tier} project", f"{_FOR[tier]} {words.count(len(shown), 'file')}, {about}.",
        [block("command", "Lay it down", sentence="In the repository's folder; on a terminal it asks for what is missing.", chart=files([("on the command line", command)])),
         block("todo", "What is left to write", table=points, top=50),
         block("files", "The files", sentence="As they are laid down today, with an example's names:", chart=files(shown))],
        note="The files stand in standards/templates/project/; `handrail upgrade` brings a newer version into plans that began with an older one",
        found_by="starter new project",
    )  # fmt: skip


def _mapping(site: Site, file: str) -> Page:
    text = site.portfolio.repository.tree.read(file).decode("utf-8", "replace")
    name = _slug(file)
    return REFERENCE.page(
        site, f"{PATH}{name}/", f"Template: mapping {name}", "How the columns of a list from elsewhere become fields of plans.",
        [block("command", "Use it", chart=files([("on the command line", f"handrail import list LIST.csv --mapping {name} --into .")])),
         block("files", "The file", chart=files([(file, text)]))],
        found_by="import mapping columns",
    )  # fmt: skip
