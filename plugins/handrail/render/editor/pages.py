"""The pages below edit/: where to go for what, and one page for each form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.render.page import Page, render, root_of
from handrail.render.view import Site

SECTION = "edit/"  # no tab: the button in the header is the way there


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One form. `word` is what the form is called in its address."""

    word: str
    title: str
    lead: str
    button: str


FORM_PAGES: tuple[FormPage, ...] = (
    FormPage(word="report", title="Monthly update", button="Update a project",
             lead="How the project stands, what you expect, what was spent. What the figures say stands beside the questions."),
    FormPage(word="project", title="New project", button="Start a project",
             lead="First the questions that decide how much governance it needs, then only what that asks for."),
    FormPage(word="risk", title="New risk", button="Write down a risk", lead="What may happen, and what you do about it."),
    FormPage(word="issue", title="New issue", button="Write down an issue", lead="What has happened, and what you do about it."),
    FormPage(word="change", title="Ask for a change", button="Ask for a change",
             lead="Filled from what was approved against what you expect today; you say why."),
    FormPage(word="waiver", title="Ask for a waiver", button="Ask for a waiver",
             lead="Set one rule aside for a time, with something in its place."),
)  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """The first page, and the forms where the audience may see plans."""
    internal = site.organisation.audience == "internal"
    forms = FORM_PAGES if internal else ()
    body = render("edit.html.jinja", root=root_of("edit/"), forms=forms, form=None, has_editor=site.has_editor,
                  host=site.organisation.host or "")  # fmt: skip
    yield Page(path="edit/", title="Edit a plan", body_html=body, section=SECTION,
               search_text="Monthly update, new project, risk, issue, change or waiver, by a form.")  # fmt: skip
    for one in forms:
        path = f"edit/{one.word}/"
        body = render("edit.html.jinja", root=root_of(path), forms=forms, form=one, has_editor=site.has_editor, host="")
        yield Page(path=path, title=one.title, body_html=body, section=SECTION, search_text=one.lead)
