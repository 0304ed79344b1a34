"""Bodies of pages on the disk while a build runs, so that memory does not grow with the number of pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path

from handrail.fast.frames import Bodies, Outline, outline
from handrail.fast.kept import KeptPage
from handrail.render.page import Page

_SIZE = 16


class Spool(Bodies):
    """The generated pages of one build: outlines in memory, bodies in a file that is gone when it is closed.

    Of a page that is known from the last build there is no body, until somebody asks for it.
    """

    def __init__(self, folder: Path, pages: Iterable[Page | KeptPage]) -> None:
        """Take every page, once."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the spool
        self._places: dict[str, tuple[int, int]] = {}
        self._kept: dict[str, Callable[[], str]] = {}
        self.sums: dict[str, bytes] = {}
        outlines: dict[str, Outline] = {}
        at = 0
        for page in pages:
            if isinstance(page, KeptPage):
                one, self.sums[page.outline.path] = page.outline, page.sum
                self._kept[one.path] = page.body
                self._places.pop(one.path, None)
            else:
                one, data = outline(page), page.body_html.encode("utf-8", "surrogatepass")
                self._file.write(data)
                self._places[one.path] = (at, len(data))
                self.sums[one.path] = blake2b(data, digest_size=_SIZE).digest()
                at += len(data)
            outlines.pop(one.path, None)  # as MkDocs does: the last one of a path counts, in its place
            outlines[one.path] = one
        self.outlines = tuple(outlines.values())

    def body(self, path: str) -> str:
        """The HTML of a page without its frame."""
        if path not in self._places:
            return self._kept[path]()
        at, length = self._places[path]
        self._file.seek(at)
        return self._file.read(length).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let the file go."""
        self._file.close()
