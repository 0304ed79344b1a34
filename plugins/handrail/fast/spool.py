"""Bodies of pages on the disk while a build runs, so that memory does not grow with the number of pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from handrail.fast.frames import Bodies, Outline, outline
from handrail.render.page import Page

_SIZE = 16


class Spool(Bodies):
    """The generated pages of one build: outlines in memory, bodies in a file that is gone when it is closed."""

    def __init__(self, folder: Path, pages: Iterable[Page]) -> None:
        """Render every page, once."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the spool
        self._places: dict[str, tuple[int, int]] = {}
        self.sums: dict[str, bytes] = {}
        outlines: dict[str, Outline] = {}
        at = 0
        for page in pages:
            data = page.body_html.encode("utf-8", "surrogatepass")
            self._file.write(data)
            self._places[page.path] = (at, len(data))
            self.sums[page.path] = blake2b(data, digest_size=_SIZE).digest()
            at += len(data)
            outlines.pop(page.path, None)  # as MkDocs does: the last one of a path counts, in its place
            outlines[page.path] = outline(page)
        self.outlines = tuple(outlines.values())

    def body(self, path: str) -> str:
        """The HTML of a page without its frame."""
        at, length = self._places[path]
        self._file.seek(at)
        return self._file.read(length).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let the file go."""
        self._file.close()
