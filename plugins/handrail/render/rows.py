"""The rows of tables as HTML, written straight: half of all that a site says stands in tables.

A template would say the same in four times the time. Every text that comes from outside goes through `safe`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from handrail.render.table import Cell, Column, Row, Table
from handrail.render.words import Light, coded

_SPECIAL = re.compile("[&<>'\"]").search


def rows(table: Table, root: str) -> Markup:
    """All rows of a table; `root` is the way to the first page."""
    kinds = [_kind(one) for one in table.columns]
    return Markup("".join(_row(one, kinds, root) for one in table.rows))  # noqa: S704 - each part is escaped below


def _row(row: Row, kinds: list[str], root: str) -> str:
    parts = [f'<tr class="hr-tone-{safe(row.tone)}"' if row.tone else "<tr"]
    parts += [f' data-{safe(name)}="{safe(value)}"' for name, value in row.facets]
    parts.append(">")
    for number, cell in enumerate(row.cells):
        tag = "td" if number else "th"
        parts.append("<td" if number else '<th scope="row"')
        if cell.anchor:
            parts.append(f' id="{safe(cell.anchor)}"')
        parts.append(kinds[number])
        parts.append(f' hr-tone-{safe(cell.tone)}"' if cell.tone else '"')
        if cell.sort is not None:
            parts.append(f' data-v="{safe(cell.sort)}"')
        parts.append(f">{_text(cell, root)}</{tag}>")
    parts.append("</tr>\n")
    return "".join(parts)


def _kind(column: Column) -> str:
    return f' class="hr-{column.kind}{" hr-wide" if column.wide else ""}'


def _text(cell: Cell, root: str) -> str:
    text = _said(cell.text) if cell.text else ""
    if text and cell.href:
        text = f'<a href="{safe(root)}{safe(cell.href)}">{text}</a>'
    elif text and (url := getattr(cell, "url", "")):
        text = f'<a href="{safe(url)}" rel="noopener">{text}</a>'
    elif text and cell.code:
        text = f"<code>{text}</code>"
    if cell.links:
        text = "; ".join(
            safe(name) if href is None else f'<a href="{safe(root)}{safe(href)}">{safe(name)}</a>'
            for name, href in cell.links
        )
        text = f"<span>{text}</span>"  # a link that stands alone in its cell is set as wide as a finger
    if cell.light:
        text = f"{_light(cell.light)} {text}" if text else _light(cell.light)
    if cell.sub:
        text += f'<span class="hr-sub">{_said(cell.sub)}</span>'
    if cell.said:
        said = "".join(f"<code>{safe(one)}</code>" if code else safe(one) for one, code in cell.said)
        text += f'<span class="hr-sub">{said}</span>'
    return text


@lru_cache(maxsize=256)
def _light(one: Light) -> str:
    shape = f'<span class="hr-shape" aria-hidden="true">{safe(one.shape)}</span>'
    return f'<span class="hr-light hr-{safe(one.css)}">{shape} {safe(one.word)}</span>'


def _said(text: str) -> str:
    """Text of a cell; what stands between backticks is code."""
    if "`" not in text:
        return safe(text)
    return "".join(f"<code>{safe(one)}</code>" if code else safe(one) for one, code in coded(text))


def safe(text: Any) -> str:
    """Text as HTML shows it. What is markup already stays as it is."""
    kind = type(text)
    if kind is str:
        return str(escape(text)) if _SPECIAL(text) else text
    return text if kind is Markup else str(escape(text))
