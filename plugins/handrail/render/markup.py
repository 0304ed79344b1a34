"""Prose from project folders becomes HTML that cannot do anything: no script, no style, no ids, nothing from elsewhere."""

from __future__ import annotations

from functools import cache

import markdown
import nh3

_TAGS = frozenset({
    "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "table",
    "thead", "tbody", "tr", "th", "td", "del", "dl", "dt", "dd",
})  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"align"}, "td": {"align"}, "ol": {"start"}}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"https", "http", "mailto"}, link_rel="noopener noreferrer nofollow",
    clean_content_tags={"script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "textarea"},
    url_relative="deny",
)  # fmt: skip
# A page has one first and a few second headings of its own; those of a narrative stand below them.
_LOWER = {"h1": "h4", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}


def narrative(text: str) -> str:
    """Markdown to harmless HTML. Raw HTML in it is shown as text; images and links into the site are dropped."""
    if not text.strip():
        return ""
    html = _converter().reset().convert(text)  # what another text has defined does not count in this one
    for old, new in reversed(_LOWER.items()):
        html = html.replace(f"<{old}>", f"<{new}>").replace(f"</{old}>", f"</{new}>")
    return _CLEANER.clean(html)


@cache
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    # Raw HTML is text here: nobody writes it in a report, and what is never parsed cannot be parsed wrongly.
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter
