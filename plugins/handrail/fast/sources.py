"""What a site follows from: names for the state of its sources, so that two builds can be told to be alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Any

_SIZE = 16
_DISTRIBUTIONS = (
    "mkdocs",
    "mkdocs-material",
    "mkdocs-macros-plugin",
    "markdown",
    "pymdown-extensions",
    "jinja2",
    "pygments",
)
_PLUGINS = frozenset({"search", "material/search", "macros", "handrail"})
_READS_FILES = frozenset({"pymdownx.snippets", "pymdownx.b64"})
_KNOWN = ("pymdownx.", "markdown.extensions.", "material.extensions.")
_BUILT_IN = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
})  # fmt: skip
PROJECTS = "projects"
_SETTLED = 100_000_000
"""Nanoseconds: a file that changed so shortly before it was looked at could change again within one tick of the disk's clock."""


def unknowable(root: Path, config: Any) -> str | None:  # noqa: PLR0911 - a list of reasons
    """Why what a site follows from cannot be known from its settings; None where it can."""
    if config.hooks:
        return "it has hooks"
    strange = [name for name in config.plugins if name not in _PLUGINS]
    if strange:
        return f"it uses the plugin {strange[0]}"
    for name in config.markdown_extensions:
        if name in _READS_FILES or not (name in _BUILT_IN or name.startswith(_KNOWN)):
            return f"it uses the Markdown extension {name}"
    macros = config.plugins.get("macros")
    if macros is not None:
        given = macros.config
        if list(given["modules"]) != ["handrail.macros"] or given["include_dir"] or given["include_yaml"]:
            return "its macros come from elsewhere"
        if (root / f"{given['module_name']}.py").exists() or (root / given["module_name"]).is_dir():
            return "it has macros of its own"
    if config.theme.name != "material" or not config.use_directory_urls or config.extra_templates:
        return "its theme or its addresses are unusual"
    text = Path(config.config_file_path).read_text(encoding="utf-8")
    return "its settings stand in several places" if "INHERIT" in text or "!ENV" in text else None


def handbook_key(config: Any, *told: str) -> str:
    """A name for everything that MkDocs makes its part from: settings, pages, theme, programs. By content."""
    total = blake2b(digest_size=_SIZE)
    for place in (Path(config.config_file_path), Path(config.docs_dir), *custom_themes(config)):
        for file in _below(place):
            total.update(f"\0{file}\0".encode("utf-8", "surrogateescape") + Path(file).read_bytes())
    versions = (f"{name} {metadata.version(name)}" for name in _DISTRIBUTIONS)
    total.update("\0".join((*versions, sys.version, *told)).encode() + program())
    return total.hexdigest()


def custom_themes(config: Any) -> Iterator[Path]:
    """Folders of the theme that the organisation has made itself."""
    if config.theme.custom_dir:
        yield Path(config.theme.custom_dir)


def program() -> bytes:
    """What names this program: another release or an edited file makes everything new."""
    package = Path(__file__).resolve().parent.parent
    total = blake2b(digest_size=_SIZE)
    for path in _below(package):
        if not path.endswith(".pyc"):
            stat = os.stat(path)  # noqa: PTH116 - thousands of files
            total.update(f"{path}\0{stat.st_mtime_ns}\0{stat.st_size}\0".encode())
    return total.digest()


class State:
    """The sources as they stand on the disk now, without being read: names, times, sizes.

    settled: whether all of them have been let alone for a moment, so that a later change is sure to be seen. folders: the
    same by project. law: the same for everything else, the program and what it is told; Git's own state is left out.
    places: where they were looked for.
    """

    def __init__(self, root: Path, places: Iterable[str], told: Iterable[str]) -> None:
        """Look at every file of some places below the root."""
        self._root, self._now, self.places = root, time.time_ns(), tuple(places)
        newest = 0
        law = blake2b(digest_size=_SIZE)
        found: dict[str, Any] = {}
        for place in self.places:
            law.update(f"\1{place}\0".encode())
            start = len(str(root / place)) + 1
            for path in _below(root / place):
                stat = os.lstat(path)
                newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
                total = law
                if place == PROJECTS:
                    name = path[start:].partition("/")[0]
                    total = found[name] if name in found else found.setdefault(name, blake2b(digest_size=_SIZE))
                total.update(_line(path, stat))
        for one in told:
            law.update(f"\1{one}\0".encode())
        law.update(program() + sys.version.encode())
        self.law = law.digest()
        self.folders = {name: total.digest() for name, total in found.items()}
        whole = blake2b(self.law + _git(root).encode(), digest_size=_SIZE)
        for name, digest in sorted(self.folders.items()):
            whole.update(f"{name}\0".encode("utf-8", "surrogateescape") + digest)
        self.name = whole.hexdigest()
        self.settled = self._now - newest > _SETTLED

    def look_at(self, files: Iterable[str]) -> None:
        """Count files, too, that other sources name: `name` follows from them, `law` and `folders` do not.

        They may have been read meanwhile, so what has changed since the first look is not settled.
        """
        whole = blake2b(self.name.encode(), digest_size=_SIZE)
        for file in files:
            path = self._root / file
            whole.update(f"\1{file}\0".encode())
            if path.is_file():
                stat = path.stat()
                whole.update(_line(str(path), stat))
                self.settled = self.settled and self._now - max(stat.st_mtime_ns, stat.st_ctime_ns) > _SETTLED
        self.name = whole.hexdigest()


def _line(path: str, stat: os.stat_result) -> bytes:
    told = f"{path}\0{stat.st_mtime_ns}\0{stat.st_ctime_ns}\0{stat.st_size}\0{stat.st_ino}\0"
    return told.encode("utf-8", "surrogateescape")


def _git(root: Path) -> str:
    """The commit, the branches and the way of a clone, which the history and kept evidence follow from."""
    told = []
    for words in (("rev-parse", "HEAD", "--is-shallow-repository", "--show-prefix"), ("for-each-ref",)):
        try:
            done = subprocess.run(
                ["git", "-C", str(root), *words], capture_output=True, text=True, check=False, timeout=30
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        told.append(done.stdout)
    return "\0".join(told)


def _below(place: Path | str) -> list[str]:
    """Every file of a folder, or the file itself; none where there is nothing. Sorted."""
    text = str(place)
    if not os.path.isdir(text):  # noqa: PTH112
        return [text] if os.path.lexists(text) else []
    found: list[str] = []
    waiting = [text]
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
            else:
                found.append(entry.path)
    return sorted(found)
