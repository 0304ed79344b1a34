"""Putting a file on the disk whole or not at all: a full disk or a broken run leaves what stood there before."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from errno import EEXIST
from pathlib import Path

_OPEN = 0o666


def put(place: Path, data: bytes | str, *, new: bool = False) -> None:
    """Write a file beside its place, then let it take the place; folders on the way are made.

    new: there must be none of that name. A link is followed, and what is no file, such as a pipe, is written as it stands.
    Raises OSError.
    """
    raw = data.encode() if isinstance(data, str) else data
    goal = place.resolve()
    if new and os.path.lexists(place):
        raise FileExistsError(EEXIST, "there is a file of that name already", str(place))
    if place.exists() and not place.is_file():
        place.write_bytes(raw)
        return
    goal.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=goal.parent, prefix=".handrail-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
        _dress(draft, goal)
        draft.replace(goal)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _dress(draft: Path, goal: Path) -> None:
    """The rights and the owner of the file that goes, else the rights that a new file gets here."""
    if goal.exists():
        there = goal.stat()
        draft.chmod(there.st_mode & 0o777)
        with suppress(OSError, AttributeError):  # not everybody may give a file away, and not every system can
            os.chown(draft, there.st_uid, there.st_gid)
    else:
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(_OPEN & ~mask)
