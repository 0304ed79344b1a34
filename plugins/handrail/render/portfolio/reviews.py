"""The review queue: every open change, what the gate says of it, and who moves next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handrail.render import proposals, words
from handrail.render.block import Block, block, choice
from handrail.render.frame import PORTFOLIO
from handrail.render.page import Page
from handrail.render.table import Cell, Column, Table, rows_of
from handrail.render.view import Site

_HELP = (
    ("How the gate works", "how-we-work/how-the-gate-works.md", "What it looks at, and what is left for people to judge."),
    ("Reviewing in Git", "training/reviewing.md", "The module for reviewers, with exercises."),
    ("Approving", "how-we-work/approve.md", "Who approves what, and how an approval is recorded."),
    ("What the gate withstands", "how-we-work/what-the-gate-withstands.md", "Ways around it that were tried, and what happens."),
    ("Rules", "rules", "What each rule asks, with an example that passes and one that fails."),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    yield PORTFOLIO.page(
        site, "reviews/", "Reviews", _sentence(site), (_waiting(site), _help(site)), second=_second(site)
    )


def _sentence(site: Site) -> str:
    if site.pulls is None:
        return "Which changes are waiting is not known here."
    steps = Counter(proposals.step(one) for one in proposals.open_ones(site))
    if not steps:
        return "No change is waiting."
    parts = [f"{number} {name}" for name, number in steps.items()]
    return f"{words.capital(words.count(steps.total(), 'change'))} open: {words.listed(parts)}."


def _second(site: Site) -> str:
    if not site.pulls:
        return ""
    return "Those that need only a review come first, the oldest on top. A review looks at what a machine cannot: is it true, is it wise?"


def _waiting(site: Site) -> Block:
    if site.pulls is None:
        return block(
            "waiting", "Waiting", sentence=f"{proposals.NOT_HANDED_IN} The job that `handrail init` lays down does so."
        )
    ones = proposals.open_ones(site)
    table = proposals.table(site, ones, "Changes that wait", "No pull request is open.")
    return block(
        "waiting", "Waiting", table=table, choices=choice("step", "Next", [proposals.step(one) for one in ones])
    )


def _help(site: Site) -> Block:
    files = {path.removeprefix("standards/") for path in site.portfolio.repository.tree.paths()}
    rows = rows_of(
        (Cell(title, href=f"{file.removesuffix('index.md').removesuffix('.md').rstrip('/')}/"), what)
        for title, file, what in _HELP if file == "rules" or file in files
    )  # fmt: skip
    table = Table(name="Help for reviewers", columns=(Column("Page"), Column("What it is for", wide=True)), rows=rows)
    return block("help", "Help for reviewers", table=table)
