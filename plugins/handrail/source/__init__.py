"""Strict YAML and front matter: bytes in, plain values out, everything that is wrong as data.

One pass over libyaml's events. What YAML calls a scalar is text unless it is plainly a number, `true`, `false`,
`null` or empty; the field types of the model do the rest. Anchors, aliases, tags, merge keys, duplicate keys and
several documents are refused, and so are texts that would look different from what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from handrail.remark import Loc, Remark, Span
from handrail.source.places import Places
from handrail.source.text import MAX_BYTES, decode, refuse, split, start_of
from handrail.source.tree import MAX_DEPTH, MAX_NODES, MAX_REMARKS, Document, parse

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "MAX_REMARKS", "Document", "Places", "Spans", "locate", "read_apart",
    "read_front_matter", "read_prose", "read_yaml", "span_of", "spans",
]  # fmt: skip


def read_yaml(file: str, data: bytes) -> Document:
    """Read one YAML file. Never raises for anything that the file holds."""
    text, refusals = decode(file, data)
    if refusals:
        return Document(file=file, remarks=refusals, broken=True)
    return parse(file, text, 0)


def read_front_matter(file: str, data: bytes) -> Document:
    """Read a Markdown file: the YAML between two `---` lines is the value, what follows is the body."""
    text, refusals = decode(file, data)
    if refusals:
        return Document(file=file, remarks=refusals, broken=True, body="")
    front, body, closed = split(text)
    if front is None or not closed:
        return Document(file=file, remarks=(_no_block(file, opened=front is not None),), broken=True, body=body)
    document = parse(file, front, 1)
    return Document(
        file=file, value=document.value, remarks=document.remarks, broken=document.broken, body=body,
        faulty=document.faulty,
    )  # fmt: skip


def _no_block(file: str, *, opened: bool) -> Remark:
    if opened:
        message = "The data block at the top of this page is opened and never closed."
        return refuse(start_of(file), message, "Write a line `---` below the last field.")
    message = "This page has no data block at its top."
    return refuse(start_of(file), message, "Start the file with a line `---`, then the fields, then a line `---`.")


def read_prose(file: str, data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Read a Markdown file for its prose alone: what stands between `---` lines at its top is dropped."""
    text, refusals = decode(file, data)
    return ("", refusals) if refusals else (split(text)[1], ())


def locate(file: str, data: bytes) -> Places:
    """Where each key and value of a file stands: path -> (span of the key, span of the value).

    For list items both spans are the value's. A broken file gives what was read before the break.
    """
    text, refusals = decode(file, data)
    if refusals:
        return Places(file)
    offset = 0
    if file.endswith(".md"):
        front, _, closed = split(text)
        if front is None or not closed:
            return Places(file)
        text, offset = front, 1
    return read_apart(text)[1].within(file, offset)


@lru_cache(maxsize=8)
def read_apart(text: str) -> tuple[Document, Places]:
    """The value of a text that `decode` has let through, and where everything in it stands; neither may be changed.

    The last few are held: what a page says about a file and the forms that edit it ask one after the other.
    """
    places = Places()
    return parse("", text, 0, places), places


def span_of(places: Places, loc: Loc) -> Span:
    """The span to show for a place: its key, or the nearest thing above it that stands in the file.

    For a whole group or file it is the first field in it, so that a mark is a line and not a page.
    """
    if loc.span is not None:
        return loc.span
    path = loc.path
    while path and path not in places:
        path = path[:-1]
    if path not in places:
        return start_of(loc.file)
    if not path or isinstance(path[-1], int):
        within = len(path)
        path = next((one for one in places if len(one) == within + 1 and one[:within] == path), path)
    return places[path][0]


def spans(locs: Iterable[Loc], read: Callable[[str], bytes | None]) -> dict[Loc, Span]:
    """Spans of many places, each file scanned once and forgotten. `read(file)` gives its bytes, or None when it is gone."""
    found: dict[Loc, Span] = {}
    by_file: dict[str, list[Loc]] = {}
    for loc in locs:
        if loc.span is not None:
            found[loc] = loc.span
        else:
            by_file.setdefault(loc.file, []).append(loc)
    for file, ones in by_file.items():
        data = read(file)
        places = Places(file) if data is None else locate(file, data)
        found |= {loc: span_of(places, loc) for loc in ones}
    return found


class Spans:
    """Spans of many places; a file is scanned when the first of its places is asked for, and once.

    found: those that are known by now. Who knows from before where places stand puts them there.
    """

    def __init__(self, locs: Iterable[Loc], read: Callable[[str], bytes | None]) -> None:
        """`read(file)` gives its bytes, or None when it is gone."""
        self._read = read
        self._waiting: dict[str, list[Loc]] = {}
        for loc in locs:
            self._waiting.setdefault(loc.file, []).append(loc)
        self.found: dict[Loc, Span] = {}

    def get(self, loc: Loc) -> Span | None:
        """Where a place stands; None for one that was not named at the beginning."""
        known = self.found.get(loc)
        if known is None and (waiting := self._waiting.pop(loc.file, None)) is not None:
            self.found |= spans(waiting, self._read)
            known = self.found.get(loc)
        return known
