"""The pack as slides: native tables and charts in a template's named placeholders."""

from __future__ import annotations

import io
import zipfile

import pptx
from pptx.presentation import Presentation

from handrail.pack.content import Pack
from handrail.pack.slides.deck import Deck
from handrail.pack.slides.layouts import TemplateError, lacking
from handrail.pack.slides.template import default_template
from handrail.packed_file import settled

__all__ = ["TemplateError", "slides"]

_MOST = 50_000_000
"""A template's bytes, and ten times as many unpacked: more is no template."""


def slides(pack: Pack, template: bytes | None, name: str) -> bytes:
    """The pack as a PowerPoint file. template: the house's own, called `name`; None for ours.

    Raises TemplateError, which tells everything that the template lacks.
    """
    deck = _opened(template, name)
    Deck(deck, pack).write()
    core = deck.core_properties
    core.title, core.subject, core.author = pack.title, pack.source, pack.organisation
    core.last_modified_by, core.revision, core.comments, core.keywords = "Handrail", 1, pack.sentence, ""
    core.created = core.modified = pack.origin.moment.replace(tzinfo=None)
    made = io.BytesIO()
    deck.save(made)
    return settled(made.getvalue(), pack.origin.moment)


def _opened(template: bytes | None, name: str) -> Presentation:
    data = default_template() if template is None else template
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if len(data) > _MOST or sum(one.file_size for one in parts.infolist()) > 10 * _MOST:
                raise TemplateError(f"{name} is too large for a template. Take large pictures and films out of it.")
        deck: Presentation = pptx.Presentation(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        raise TemplateError(
            f"{name} is no PowerPoint file (.pptx) without macros. Save it as one, or begin with ours: handrail export pack --new-template FILE.pptx"
        ) from None
    wrong = list(lacking(deck))
    if wrong:
        told = "\n".join(f"- {one}" for one in wrong)
        raise TemplateError(
            f"{name} lacks what a pack needs, so no slides were written:\n{told}\nName them in PowerPoint: View, Slide Master, then Home, Select, Selection Pane. "
            "Ours has all of them: handrail export pack --new-template FILE.pptx"
        )
    for slide in list(deck.slides._sldIdLst):  # noqa: SLF001 - slides of the template are examples and do not go out
        deck.part.drop_rel(slide.rId)
        deck.slides._sldIdLst.remove(slide)  # noqa: SLF001
    return deck
