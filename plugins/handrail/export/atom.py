"""Atom feeds (RFC 4287) of what changed in plans: of all projects and of each, the same bytes from the same commits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from handrail.history.news import Item

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MOST = 1_000
"""Entries of the feed about all projects. A programme that asks for it every hour is not sent years of it each time."""
_LONG = 50
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


def feeds(
    items: Sequence[Item],
    projects: Iterable[str],
    organisation: str,
    address: str = "",
    conceal: Callable[[str], str] = str,
) -> Iterator[tuple[str, str]]:
    """Path below `data/` and text of each feed. address: where the site is published; without, links start at the feed.

    conceal: takes out of a sentence what readers must not know.
    """
    yield feed_of_all(items, organisation, address, conceal)
    by_project: dict[str, list[Item]] = {}
    for one in items:
        by_project.setdefault(one.project, []).append(one)
    for name in projects:
        own = by_project.get(name)
        if own:
            yield feed_of(name, own, address, conceal)


def feed_of_all(
    items: Sequence[Item], organisation: str, address: str = "", conceal: Callable[[str], str] = str
) -> tuple[str, str]:
    """Path and text of the feed about all projects: the newest entries, as it is for news; projects' own have more."""
    title = f"{organisation}: what changed in plans"
    return "changes.xml", _feed(title, "changes", _concealed(items[:MOST], conceal), "../", address)


def feed_of(
    project: str, items: Sequence[Item], address: str = "", conceal: Callable[[str], str] = str
) -> tuple[str, str]:
    """Path and text of the feed about one project, of which all items are."""
    title = f"{items[0].name}: what changed"
    return f"projects/{project}.xml", _feed(title, f"projects/{project}", _concealed(items, conceal), "../../", address)


def _concealed(items: Sequence[Item], conceal: Callable[[str], str]) -> list[Item]:
    return [replace(one, sentences=tuple(conceal(text) for text in one.sentences)) for one in items]


def _feed(title: str, name: str, items: Sequence[Item], up: str, address: str) -> str:
    """name: its path below `data/`, without the end. up: the way from it to the site's first page, where no address is known."""
    newest = max((one.at for one in items), default=_ZERO)
    root = (address or up).rstrip("/")
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<id>{_id(address + 'feed/' + name.rpartition('/')[2])}</id>\n<title>{_text(title)}</title>\n<updated>{_time(newest)}</updated>\n",
        "<author><name>Handrail</name></author>\n",
    ]
    if address:  # where the file itself can be found is only known then
        own = _text(f"{root}/data/{name}.xml")
        parts.append(f'<link rel="self" type="application/atom+xml" href="{own}"/>\n<link href="{_text(root)}/"/>\n')
    return "".join((*parts, *(_entry(one, root) for one in items), "</feed>\n"))


def _entry(one: Item, root: str) -> str:
    more = len(one.sentences) - 1
    title = f"{one.name}: {one.sentences[0]}" + (f", and {more} more" if more else "")
    shown = [
        *one.sentences[:_LONG],
        *([f"and {len(one.sentences) - _LONG} more"] if len(one.sentences) > _LONG else []),
    ]
    return (
        f"<entry>\n<id>{_id(f'{one.commit}/{one.project}')}</id>\n<title>{_text(title)}</title>\n<updated>{_time(one.at)}</updated>\n"
        f'<link href="{_text(root)}/projects/{_text(one.project)}/"/>\n<content type="text">{_text(chr(10).join(shown))}</content>\n</entry>\n'
    )


def _id(what: str) -> str:
    """The same for ever for the same commit and project."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'handrail:{what}')}"


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(text: str) -> str:
    clean = _FORBIDDEN.sub("", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
