"""A digest for one reader as text, Markdown or a page of its own: to read, to mail, to print before a board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from handrail import english
from handrail.compute.digest import Digest, Line
from handrail.report.harmless import harmless
from handrail.report.safe import safe

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;color-scheme:light dark}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.5rem 0 .25rem}ul{padding-left:1.2rem;margin:.25rem 0}li{margin:.3rem 0}"
    ".m{font-weight:600}.w{display:block;opacity:.75;font-size:.875rem}"
)


def text(one: Digest) -> str:
    """For the terminal and plain mail."""
    return "\n".join(_text(one)) + "\n"


def _text(one: Digest) -> Iterator[str]:
    yield f"{safe(one.name)}, {english.day(one.as_of)}"
    yield safe(one.sentence)
    for part in one.parts:
        yield f"\n{safe(part.title)}"
        if not part.lines:
            yield f"  {part.empty}"
        for line in part.lines:
            yield f"  {_marked(line, safe)}"
            if line.more:
                yield f"      {safe(line.more)}"


def markdown(one: Digest) -> str:
    """For an issue, a chat or a mail."""
    return "\n".join(_markdown(one)) + "\n"


def _markdown(one: Digest) -> Iterator[str]:
    yield f"# {harmless(one.name)}, {english.day(one.as_of)}\n"
    yield f"**{harmless(one.sentence)}**"
    for part in one.parts:
        yield f"\n## {harmless(part.title)}\n"
        if not part.lines:
            yield part.empty
        for line in part.lines:
            yield f"- {_marked(line, harmless)}" + (f"  \n  {harmless(line.more)}" if line.more else "")


def html(one: Digest) -> str:
    """One page that needs nothing else."""
    parts = []
    for part in one.parts:
        lines = "".join(
            f'<li>{f"""<span class="m">{escape(line.mark)}</span> """ if line.mark else ""}{escape(line.text)}'
            f'{f"""<span class="w">{escape(line.more)}</span>""" if line.more else ""}</li>'
            for line in part.lines
        )
        parts.append(
            f"<h2>{escape(part.title)}</h2>" + (f"<ul>{lines}</ul>" if lines else f"<p>{escape(part.empty)}</p>")
        )
    title = f"{escape(one.name)}, {english.day(one.as_of)}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{title}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{title}</h1>\n<p><strong>{escape(one.sentence)}</strong></p>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _marked(line: Line, clean: Callable[[str], str]) -> str:
    return f"{clean(line.mark)}  {clean(line.text)}" if line.mark else clean(line.text)
