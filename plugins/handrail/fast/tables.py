"""The files about all projects that hold figures: those that read nothing which an edit has changed are left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from handrail.export import has_sheet, makers, workbooks_of, written
from handrail.export.calendars import calendars
from handrail.export.dataset import Dataset
from handrail.export.portfolio import SCHEMA
from handrail.export.portfolio_schema import schema_text
from handrail.export.tables import Maker
from handrail.export.workbook import Named
from handrail.fast.kept import KeptFile
from handrail.fast.sealed import summed
from handrail.fast.sheets import KeptSheets
from handrail.fast.whole import Whole
from handrail.render.view import Site

Files = Iterator[tuple[str, bytes]]


class KeptTables:
    """The tables, workbooks and calendars of one build; of those that are as they were only the sums are known."""

    def __init__(self, site: Site, whole: Whole, sheets: KeptSheets) -> None:
        """whole: knows what was made for the last build, and what has changed since. sheets: those of the last workbooks."""
        self._site, self._whole, self._sheets = site, whole, sheets
        self._book: list[Named] = []

    def files(self) -> Iterator[KeptFile]:
        """Every file. Ask for its bytes before the next one: they are not kept."""
        for name, make in makers().items():
            yield from self._tables(name, make)
        yield from self._plain(SCHEMA, lambda _: iter([(SCHEMA, schema_text().encode())]))
        yield from self._plain("calendars", lambda site: calendars(site.portfolio, site.seen, site.address))
        on = self._site.as_of
        for book in workbooks_of(self._book):
            yield _file(book.path, self._sheets.sum(book, on).hex(), partial(book.data, on))

    def _tables(self, name: str, make: Maker) -> Iterator[KeptFile]:
        tables: dict[str, Dataset] = {}
        held: dict[str, bytes] = {}

        def made(site: Site) -> list[tuple[str, bool, list[tuple[str, str]]]]:
            told = []
            for one in make(site):
                own = dict(written(one))
                tables[one.path] = one
                held.update(own)
                told.append((one.path, has_sheet(one), _sums(own)))
            return told

        def table(path: str) -> Dataset:
            return tables.get(path) or next(one for one in make(self._site) if one.path == path)

        def data(path: str, file: str) -> bytes:
            return held[file] if file in held else dict(written(table(path)))[file]

        for path, in_book, sums in self._whole.left("tables", name, made):
            for file, digest in sums:
                yield _file(file, digest, partial(data, path, file))
            if in_book:
                said = summed(path.encode(), *(bytes.fromhex(one) for _, one in sums))
                self._book.append((path, self._sheets.of(path, said, partial(table, path))))

    def _plain(self, name: str, make: Callable[[Site], Files]) -> Iterator[KeptFile]:
        held: dict[str, bytes] = {}

        def made(site: Site) -> list[tuple[str, str]]:
            held.update(make(site))
            return _sums(held)

        def data(file: str) -> bytes:
            return held[file] if file in held else dict(make(self._site))[file]

        for file, digest in self._whole.left("files", name, made):
            yield _file(file, digest, partial(data, file))


def _file(path: str, made_from: str, make: Callable[[], bytes]) -> KeptFile:
    return KeptFile(f"data/{path}", made_from, make)


def _sums(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(path, summed(data).hex()) for path, data in files.items()]
