"""The cells of the compliance matrix as HTML, written straight: there are a hundred thousand, and nearly all are alike."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One cell of the matrix: a sign with its word, and where it leads."""

    css: str
    sign: str
    word: str
    more: str
    href: str | None
    url: str | None = None


def cell(one: Square, root: str) -> Markup:
    """A cell; `root` is the way to the first page."""
    css, sign, word = escape(one.css), escape(one.sign), escape(one.word)
    if one.href:
        more = f" {escape(one.more)}" if one.more else ""
        inner = f'<a href="{escape(root)}{escape(one.href)}"><span aria-hidden="true">{sign}</span>{more}<span class="hr-hidden"> {word}</span></a>'
    elif one.url:
        inner = f'<a href="{escape(one.url)}" rel="noopener" title="{word}"><span aria-hidden="true">{sign}</span><span class="hr-hidden">{word}</span></a>'
    else:
        title = f' title="{word}"' if one.css == "mended" else ""
        inner = f'<span aria-hidden="true"{title}>{sign}</span><span class="hr-hidden">{word}</span>'
    return Markup(f'<td class="hr-sq hr-sq--{css}">{inner}</td>')  # noqa: S704 - each part is escaped above
