"""Turns finished pages into Markdown with the same visible text, for generators that begin with Markdown."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

_BLOCKS = frozenset({"p", "div", "section", "header", "footer", "article", "dl", "dd", "dt", "ul", "ol", "figure", "figcaption",
                     "details", "summary", "svg", "title", "desc", "text", "form", "label", "nav", "aside", "br"})  # fmt: skip
_HIDDEN = frozenset({"script", "style", "template"})
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_VOID = frozenset({"br", "img", "input", "hr", "meta", "link", "path", "line", "rect", "circle", "use"})


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words: list[str] = []
        self._row: list[str] | None = None
        self._rows: list[list[str]] | None = None
        self._hidden = 0
        self._before = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._end()
            self._rows = []
        elif tag == "tr":
            self._row = []
        elif tag in {"td", "th"}:
            self._words = []
        elif tag in _HEADINGS and self._rows is None:
            self._end()
            self._before = f"{_HEADINGS[tag]} "
        elif tag == "li" and self._rows is None:
            self._end()
            self._before = "- "
        elif tag in _BLOCKS and self._rows is None:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden -= 1
        elif tag in {"td", "th"} and self._row is not None:
            self._row.append(self._said())
        elif tag == "tr" and self._row is not None and self._rows is not None:
            self._rows.append(self._row)
            self._row = None
        elif tag == "table" and self._rows is not None:
            self._table(self._rows)
            self._rows = None
        elif (tag in _BLOCKS or tag in _HEADINGS or tag == "li") and self._rows is None and tag not in _VOID:
            self._end()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)

    def _said(self) -> str:
        text = " ".join("".join(self._words).split())
        self._words = []
        return text.replace("|", "\\|").replace("<", "&lt;")

    def _end(self) -> None:
        text = self._said()
        if text:
            self.lines += [f"{self._before}{text}", ""]
        self._before = ""

    def _table(self, rows: list[list[str]]) -> None:
        if rows:
            width = max(map(len, rows))
            filled = [[*row, *[""] * (width - len(row))] for row in rows]
            self.lines += [f"| {' | '.join(row)} |" for row in (filled[0], ["---"] * width, *filled[1:])] + [""]


def markdown(body: str) -> str:
    """The Markdown of a page's body."""
    writer = _Writer()
    writer.feed(body)
    writer.close()
    return "\n".join(writer.lines) + "\n"


def make_plain(site: Path, handbook: Path, folder: Path) -> int:
    """A folder for plain MkDocs with Material: the site's own pages, few of them in the navigation. Gives how many pages."""
    docs, pages = folder / "docs", 0
    for file in sorted(site.rglob("index.html")):
        html = file.read_text(encoding="utf-8")
        start = html.index("<article")
        start, end = html.index(">", start) + 1, html.index("</article>", start)
        place = docs / file.parent.relative_to(site) / "index.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(markdown(html[start:end]), encoding="utf-8")
        pages += 1
    sections = [name for name in ("portfolio", "rules", "assurance") if (docs / name / "index.md").is_file()]
    named = sorted(
        one.parent.name for one in handbook.glob("*/index.md") if (docs / one.parent.name / "index.md").is_file()
    )
    nav = "".join(f"  - {name}/index.md\n" for name in dict.fromkeys((*sections, *named)))
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme: {name: material, font: false, features: [navigation.tabs]}\nplugins: [search]\n"
        "markdown_extensions: [tables, toc, attr_list]\nvalidation: {omitted_files: ignore}\nnot_in_nav: '*'\n"
        f"nav:\n  - Home: index.md\n{nav}", encoding="utf-8",
    )  # fmt: skip
    return pages
