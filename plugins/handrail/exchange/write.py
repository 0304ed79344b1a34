"""Putting imported files on the disk: only where they belong, only when they differ, each whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from handrail.whole_file import put

_PROJECT_FILE = re.compile(r"projects/[a-z0-9-]+/(?:[a-z0-9-]+/)?[A-Za-z0-9][A-Za-z0-9.-]*\.(?:yaml|md)")


class NotWritten(OSError):  # noqa: N818 - it says what is the matter
    """A file may not be written at its place: it lies outside, or a link stands in the way."""


def write(into: Path, files: Mapping[str, bytes], *, beside: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """Write files below `projects/` of a folder, and those of `beside`, such as a report, right in it.

    Returns what changed. Raises NotWritten before the first file is touched when any of them may not be written.
    """
    wanted = {**files, **(beside or {})}
    for path in files:
        if not _PROJECT_FILE.fullmatch(path):
            raise NotWritten(f"{path} is no file of a project")
    for path in beside or {}:
        if "/" in path or path.startswith("."):
            raise NotWritten(f"{path} does not lie right in the folder")
    for path in wanted:
        _refuse_links(into, path)
    changed = []
    for path, data in wanted.items():
        goal = into / path
        if goal.is_file() and goal.read_bytes() == data:
            continue
        put(goal, data)
        changed.append(path)
    return tuple(changed)


def _refuse_links(into: Path, path: str) -> None:
    place = into
    for part in path.split("/"):
        place /= part
        if place.is_symlink():
            raise NotWritten(f"{path} was not written: {part} is a link to another place")
    if place.exists() and not place.is_file():
        raise NotWritten(f"{path} was not written: something that is no file stands there")
