"""Figures and charts for handbook pages that ask for them with `render_macros: true`: a strict lookup and nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import FrameType
from typing import Any, Protocol

from handrail.compute.facts import Project
from handrail.render import words
from handrail.render.furniture import furniture
from handrail.render.learning.box import box
from handrail.render.offered import chart as offered_chart
from handrail.render.page import root_of
from handrail.render.portfolio.overview import running, sentence
from handrail.render.standard import requirements
from handrail.render.view import Site

PLACE = re.compile(r"<!-- handrail:chart:([0-9a-f]{16}) -->")


class _Macros(Protocol):
    conf: Any
    page: Any

    def macro(self, function: Any, name: str = "") -> Any:
        """Offer a function to pages."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a handbook page asks of plans: a figure, a project's figure, a chart, who meets a standard's requirements,
    how a module or playbook stands, or who keeps the page.

    root: the way from the page to the first one. told: what a chart is told, by name.
    """

    about: str
    name: str
    more: str = ""
    root: str = ""
    told: tuple[tuple[str, str], ...] = ()


class Charts:
    """Charts of handbook pages: a comment holds the place of each until Markdown and the search have read the page.

    So a page stays what it is when a plan changes, and only the chart in it is another one.
    """

    def __init__(self) -> None:
        self.asked: dict[str, Question] = {}
        self._drawn: dict[str, str] = {}

    def place(self, question: Question, drawn: str) -> str:
        """The comment for a chart."""
        name = blake2b(repr(question).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        self.asked[name], self._drawn[name] = question, drawn
        return f"<!-- handrail:chart:{name} -->"

    def filled(self, html: str) -> str:
        """A page with its charts."""
        return fill(html, self._drawn)


def fill(html: str, drawn: Mapping[str, str]) -> str:
    """A page with what was drawn in the places of the comments; a comment that nobody knows stays."""
    return PLACE.sub(lambda found: drawn.get(found[1], found[0]), html)


def define_env(env: _Macros) -> None:
    """Called by mkdocs-macros: offers `figure(name)`, `project(id, name)` and `chart(name, ...)`."""

    def figure(name: str) -> str:
        """A figure of the portfolio."""
        return _placed(env, Question("figure", str(name)))

    def project(id: str, name: str) -> str:  # noqa: A002 - the word that authors know
        """A figure of one project."""
        return _placed(env, Question("project", str(id), str(name)))

    def chart(name: str, **what: str) -> str:
        """A chart by its name; `what` says of which project, programme, role or figure."""
        told = tuple(sorted((key, str(value)) for key, value in what.items()))
        return _placed(env, Question("chart", str(name), root=root_of(env.page.url), told=told))

    env.macro(chart, "chart")
    env.macro(figure, "figure")
    env.macro(project, "project")


def portfolio_figure(site: Site, name: str) -> str:
    """projects, remarks, rules, as_of or sentence."""
    figures = {
        "projects": lambda: str(len(running(site))),
        "remarks": lambda: str(sum(one.state != "waived" for one in site.remarks)),
        "rules": lambda: str(len(site.rules)),
        "as_of": lambda: words.day(site.as_of),
        "sentence": lambda: sentence(site),
    }
    if name not in figures:
        raise ValueError(f"There is no figure `{name}`; there are: {', '.join(figures)}.")
    return figures[name]()


def project_figure(site: Site, project: str, name: str) -> str:
    """name, colour, end or report_age of a project that may be shown. The text of a project is escaped for Markdown.

    A plan that cannot be read stops no page: whoever broke it does not keep the handbook.
    """
    known = next((one for one in site.projects if one.id == project), None)
    if known is None and site.unread(project) is None:
        raise ValueError(f"There is no project `{project}` to show.")
    figures: Mapping[str, Callable[[Project], str]] = {
        "name": lambda one: _plain(one.plan.name),
        "colour": lambda one: words.light(one.health.counts).word,
        "end": lambda one: words.day(one.end.expected if one.end else None, "no day yet"),
        "report_age": lambda one: words.age(one.report_age, "no report yet"),
    }
    if name not in figures:
        raise ValueError(f"There is no figure `{name}` of a project; there are: {', '.join(figures)}.")
    return figures[name](known) if known is not None else "not known (the plan cannot be read)"


def _plain(text: str) -> str:
    """Text as Markdown shows it letter by letter: every sign that could mean something becomes a number."""
    return "".join(one if one.isalnum() or one == " " else f"&#{ord(one)};" for one in text)


def answer(site: Site, question: Question) -> str:
    """What a handbook page is given. Raises ValueError for what there is not."""
    if question.about == "figure":
        return portfolio_figure(site, question.name)
    if question.about == "project":
        return project_figure(site, question.name, question.more)
    if question.about == "requirements":
        return requirements(site, site.standards[question.name], question.root)
    if question.about == "furniture":
        return furniture(site, question.name, question.root, dict(question.told))
    if question.about == "material":
        return box(site, question.name, question.root)
    return str(offered_chart(site, question.name, question.root, **dict(question.told)))


def _placed(env: _Macros, question: Question) -> str:
    """What a macro gives; what it refuses is told with the page and the line that asks for it."""
    try:
        return str(env.conf.plugins["handrail"].answered(question))
    except ValueError as error:
        file = env.page.file
        # mkdocs-macros would print a traceback around any exception; this ends the build with the sentence alone
        raise SystemExit(f"standards/{file.src_uri}:{_line(env.page)}: {error}") from None


def _line(page: Any) -> int:
    """The line of a page's file on which the macro stands that is running: Jinja keeps it in the compiled template."""
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the way to it that Jinja's own tracebacks take
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            text = page.file.content_string
            above: int = text[: max(text.rfind(page.markdown or ""), 0)].count("\n")
            line: int = template.get_corresponding_lineno(frame.f_lineno)
            return above + line
        frame = frame.f_back
    return 1
