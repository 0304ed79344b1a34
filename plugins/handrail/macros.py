"""Figures for handbook pages that ask for them with `render_macros: true`: a strict lookup and nothing else."""

from __future__ import annotations

from typing import Any, Protocol

from handrail.render import words
from handrail.render.portfolio.overview import running, sentence
from handrail.render.view import Site


class _Macros(Protocol):
    conf: Any

    def macro(self, function: Any, name: str = "") -> Any:
        """Offer a function to pages."""


def define_env(env: _Macros) -> None:
    """Called by mkdocs-macros: offers `figure(name)` and `project(id, name)`."""

    def figure(name: str) -> str:
        """A figure of the portfolio."""
        return portfolio_figure(_site(env), name)

    def project(id: str, name: str) -> str:  # noqa: A002 - the word that authors know
        """A figure of one project."""
        return project_figure(_site(env), id, name)

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
    """name, colour, end or report_age of a project that may be shown. The text of a project is escaped for Markdown."""
    known = next((one for one in site.projects if one.id == project), None)
    if known is None:
        raise ValueError(f"There is no project `{project}` to show.")
    figures = {
        "name": lambda: _plain(known.plan.name),
        "colour": lambda: words.light(known.health.counts).word,
        "end": lambda: words.day(known.end.expected if known.end else None, "no day yet"),
        "report_age": lambda: words.age(known.report_age, "no report yet"),
    }
    if name not in figures:
        raise ValueError(f"There is no figure `{name}` of a project; there are: {', '.join(figures)}.")
    return figures[name]()


def _plain(text: str) -> str:
    """Text as Markdown shows it letter by letter: every sign that could mean something becomes a number."""
    return "".join(one if one.isalnum() or one == " " else f"&#{ord(one)};" for one in text)


def _site(env: _Macros) -> Site:
    site: Site = env.conf.plugins["handrail"].site
    return site
