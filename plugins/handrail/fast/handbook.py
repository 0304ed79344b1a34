"""The part of the site that MkDocs makes: handbook, theme and frames, kept in a folder until one of their sources changes."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from handrail.fast import sealed
from handrail.fast.frames import Frame, Frames, Outline, cut, family
from handrail.fast.spool import Spool
from handrail.macros import PLACE, Question, fill
from handrail.mkdocs_pages import done_named

_SIZE = 16
_INDEX, _SITEMAP = "search/search_index.json", "sitemap.xml"
_URL = re.compile(r"\s*<url>.*?</url>", re.DOTALL)

Answered = Callable[[Question], str]
"""Gives what a handbook page shows of plans. Raises ValueError or KeyError for what there is not."""
Make = Callable[[Path, Frames], Any]
"""Lets MkDocs build handbook and frames into a folder; gives the plugin that took part."""


class UnlikeError(Exception):
    """A page in its frame is not what MkDocs makes of it: this theme or these plugins need the cold way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handbook:
    """What is kept. files: sum by path. alone: pages that the navigation names. asked: questions and the sums of answers.

    charts: the questions that charts answer, by the name of their places; charted: the names in each file that has some.
    drawn: the charts of this build.
    """

    key: str
    folder: Path
    files: Mapping[str, str]
    frames: Mapping[str, Frame]
    alone: frozenset[str]
    titles: Mapping[str, str]
    asked: tuple[tuple[Question, str], ...]
    charts: Mapping[str, Question]
    charted: Mapping[str, tuple[str, ...]]
    drawn: Mapping[str, str]
    index: str | None
    sitemap: str | None
    warnings: tuple[str, ...] = ()

    def frame(self, one: Outline) -> tuple[str, Frame]:
        """A page's frame with its name. Raises KeyError."""
        name = family(one, self.alone)
        return name, self.frames[name]

    def file(self, path: str) -> tuple[str, Callable[[], bytes]]:
        """What a file is made from, as a sum, and its bytes, with the charts of today."""
        file = self.folder / path
        names = self.charted.get(path)
        if not names:
            return self.files[path], file.read_bytes
        made_from = _digest(self.files[path], *(self.drawn[name] for name in names))
        return made_from, lambda: fill(file.read_text(encoding="utf-8"), self.drawn).encode(
            "utf-8", "xmlcharrefreplace"
        )

    def search_index(self, entries: Iterable[Mapping[str, Any]]) -> bytes | None:
        """The whole search index: the handbook's entries, then those of generated pages. None without search."""
        if self.index is None:
            return None
        more = ",".join(json.dumps(one, separators=(",", ":"), default=str) for one in entries)
        head = self.index[:-2]
        return f"{head}{',' if more and not head.endswith('[') else ''}{more}]}}".encode()

    def whole_sitemap(self, outlines: Iterable[Outline]) -> str | None:
        """The map of the site with an entry for each generated page."""
        if self.sitemap is None:
            return None
        entries = list(_URL.finditer(self.sitemap))
        if not entries:
            return self.sitemap
        own = entries[len(entries) - len(self.frames) :]
        frames = {name: cut(entry[0]) for name, entry in zip(self.frames, own, strict=True)}
        made = "".join(frames[family(one, self.alone)].around(one, "") for one in outlines)
        return self.sitemap[: own[0].start()] + made + self.sitemap[own[-1].end() :]


def handbook_of(  # noqa: PLR0913, PLR0917 - what it follows from
    cache: Path, key: str, answered: Answered, spool: Spool, beside: tuple[str, ...], make: Make
) -> Handbook:  # fmt: skip
    """The kept one, if it follows from the same sources and would be given the same answers; else a new one."""
    key = _digest(key, *(repr((one.path, one.section, one.source, one.headed)) for one in spool.outlines), *beside)
    known = _read(cache)
    if known is not None and known.key == key and _holds(known, answered, spool.outlines):
        # what can be drawn no longer is told by MkDocs, with the page and the line
        with suppress(ValueError, KeyError):
            return replace(known, drawn=_drawn(known.charts, answered))
    made = _new(cache, key, spool, beside, make)
    return replace(made, drawn=_drawn(made.charts, answered))


def _drawn(charts: Mapping[str, Question], answered: Answered) -> dict[str, str]:
    return {name: done_named(answered(question)) for name, question in charts.items()}


def _holds(known: Handbook, answered: Answered, outlines: tuple[Outline, ...]) -> bool:
    titles = {one.path: one.title for one in outlines}
    if any(titles.get(path) != title for path, title in known.titles.items()):
        return False
    with suppress(ValueError, KeyError):
        return all(_digest(answered(question)) == given for question, given in known.asked)
    return False


def _new(cache: Path, key: str, spool: Spool, beside: tuple[str, ...], make: Make) -> Handbook:
    frames = Frames(
        outlines=spool.outlines, beside=beside, bodies=spool, alone=frozenset(), families={}, stand_ins={}, proofs={},
    )  # fmt: skip
    folder = Path(tempfile.mkdtemp(prefix="handbook-", dir=cache))
    try:
        plugin, warnings = make(folder, frames)
        cuts = {name: cut(_taken(folder, page.path)) for name, page in frames.stand_ins.items()}
        by_path = {one.path: one for one in spool.outlines}
        for name, page in frames.proofs.items():
            if cuts[name].around(by_path[page.path], done_named(page.body_html)) != _taken(folder, page.path):
                raise UnlikeError(f"{page.path} is not alike in the frame of its folder")  # noqa: TRY301 - the folder goes with it
        made = Handbook(
            key=key, folder=folder, frames=cuts, alone=frames.alone,
            titles={one.path: one.title for one in spool.outlines if "*" not in frames.families[one.path]},
            asked=tuple((question, _digest(given)) for question, given in plugin.asked.items()),
            charts=dict(plugin.charts.asked), charted=_charted(folder, plugin.charts.asked), drawn={},
            index=_text(folder, _INDEX), sitemap=_sitemap(folder, frames), files=_sums(folder), warnings=warnings,
        )  # fmt: skip
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _write(cache, made)
    return made


def _sitemap(folder: Path, frames: Frames) -> str | None:
    """The map with the stand-ins' entries alone at its end."""
    text = _text(folder, _SITEMAP)
    if text is None:
        return None
    (folder / f"{_SITEMAP}.gz").unlink(missing_ok=True)
    entries = list(_URL.finditer(text))
    proofs = len(frames.proofs)
    if entries and proofs:
        text = text[: entries[-proofs].start()] + text[entries[-1].end() :]
    return text


def _taken(folder: Path, path: str) -> str:
    """The HTML of a page, which does not stay."""
    file = folder / path / "index.html"
    html = file.read_text(encoding="utf-8")
    file.unlink()
    return html


def _text(folder: Path, path: str) -> str | None:
    file = folder / path
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8")
    file.unlink()
    return text


def _charted(folder: Path, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The pages that have places for charts."""
    known = frozenset(names)
    found = {}
    for file in sorted(folder.rglob("*.html")) if known else ():
        own = tuple(dict.fromkeys(name for name in PLACE.findall(file.read_text(encoding="utf-8")) if name in known))
        if own:
            found[file.relative_to(folder).as_posix()] = own
    return found


def _sums(folder: Path) -> dict[str, str]:
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {
        file.relative_to(folder).as_posix(): blake2b(file.read_bytes(), digest_size=_SIZE).hexdigest() for file in files
    }


def _read(cache: Path) -> Handbook | None:
    try:
        found = sealed.read(cache / "handbook.json")
        folder = cache / found["folder"]
        if _sums(folder) != found["files"]:
            return None
        return Handbook(
            key=found["key"], folder=folder, files=found["files"], alone=frozenset(found["alone"]), titles=found["titles"],
            frames={name: Frame(tuple(parts)) for name, parts in found["frames"].items()},
            asked=tuple((_question(one), given) for one, given in found["asked"]),
            charts={name: _question(one) for name, one in found["charts"].items()},
            charted={path: tuple(names) for path, names in found["charted"].items()}, drawn={}, index=found["index"], sitemap=found["sitemap"],
            warnings=tuple(found["warnings"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _question(found: Mapping[str, Any]) -> Question:
    return Question(**{**found, "told": tuple((key, value) for key, value in found["told"])})


def _write(cache: Path, made: Handbook) -> None:
    plain = {
        "key": made.key, "folder": made.folder.name, "files": made.files, "alone": sorted(made.alone), "titles": made.titles,
        "frames": {name: one.parts for name, one in made.frames.items()},
        "asked": [[asdict(question), given] for question, given in made.asked], "index": made.index, "sitemap": made.sitemap,
        "warnings": made.warnings, "charts": {name: asdict(one) for name, one in made.charts.items()}, "charted": made.charted,
    }  # fmt: skip
    sealed.write(cache / "handbook.json", plain)
    for old in cache.glob("handbook-*"):
        if old != made.folder:
            shutil.rmtree(old, ignore_errors=True)


def _digest(*parts: str) -> str:
    total = blake2b(digest_size=_SIZE)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()
