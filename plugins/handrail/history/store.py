"""What was computed about earlier days, in one SQLite file in Git's own folder.

A row's key is made of all that its value follows from, so a row is right or it is not there. Each row carries a sum of
its bytes; a torn, foreign or spoilt file is begun anew, and one that cannot be written is done without.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_FILE = "history.sqlite"
_SUM = 8


class Store:
    """Rows by key. Without a place it holds nothing."""

    def __init__(self, folder: Path | None, code: bytes) -> None:
        """Open the file in Git's folder; rows that other code has computed are let go."""
        self._base: sqlite3.Connection | None = None
        if folder is None:
            return
        place = folder / "handrail" / _FILE
        for _ in range(2):
            try:
                place.parent.mkdir(exist_ok=True)
                self._base = _opened(place, blake2b(code, digest_size=16).hexdigest())
            except (OSError, sqlite3.Error):
                self.close()
                with suppress(OSError):
                    place.unlink(missing_ok=True)
            else:
                return

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, None where there is none or it is spoilt."""
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT sum, value FROM points WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return row[1] if row is not None and isinstance(row[1], bytes) and row[0] == _sum(key, row[1]) else None

    def put(self, key: bytes, value: bytes) -> None:
        """Remember; whatever stands in the way, the next run just computes again."""
        if self._base is not None:
            with suppress(sqlite3.Error), self._base:
                self._base.execute("INSERT OR REPLACE INTO points VALUES (?, ?, ?)", (key, _sum(key, value), value))

    def close(self) -> None:
        """Let the file go."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None


def _opened(place: Path, code: str) -> sqlite3.Connection:
    base = sqlite3.connect(place, timeout=1)
    try:
        base.execute("PRAGMA synchronous = OFF")
        base.execute("CREATE TABLE IF NOT EXISTS made_by (code TEXT)")
        base.execute("CREATE TABLE IF NOT EXISTS points (key BLOB PRIMARY KEY, sum BLOB, value BLOB) WITHOUT ROWID")
        if base.execute("SELECT code FROM made_by").fetchall() != [(code,)]:
            with base:
                base.execute("DELETE FROM made_by")
                base.execute("DELETE FROM points")
                base.execute("INSERT INTO made_by VALUES (?)", (code,))
    except BaseException:
        base.close()
        raise
    return base


def _sum(key: bytes, value: bytes) -> bytes:
    return blake2b(key + value, digest_size=_SUM).digest()
