"""A pack as a folder or as one zip file, byte for byte the same wherever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
LARGEST = 500 << 20
"""No more is read of a pack that somebody hands in."""
MANIFEST, ABOUT = "manifest.json", "audit.json"
"""Where a pack says what it holds, and what was asked."""


class PackFault(Exception):  # noqa: N818 - the word of this house for what does not fit
    """The pack cannot be read at all; the text says why."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one zip without compression, whose bytes depend on nothing else."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system, info.external_attr = 3, _MODE
            archive.writestr(info, data)
    return stream.getvalue()


def read_pack(place: Path) -> tuple[dict[str, bytes], bytes | None]:
    """The files of a pack, and the zip's own bytes where it is one. Nothing is unpacked to the disk. Raises PackFault."""
    try:
        files, raw = (_folder(place), None) if place.is_dir() else _unzipped(place)
    except OSError as error:
        raise PackFault(f"{place} cannot be read: {error.strerror}.") from None
    if not {MANIFEST, ABOUT} & files.keys():  # a workbook is a zip, too
        raise _none(place)
    return files, raw


def _unzipped(place: Path) -> tuple[dict[str, bytes], bytes]:
    raw = place.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            infos = archive.infolist()
            if sum(one.file_size for one in infos) > LARGEST:
                raise PackFault(f"{place} is larger than a pack can be.")
            return {one.filename: archive.read(one) for one in infos}, raw
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise _none(place) from None


def _none(place: Path) -> PackFault:
    return PackFault(
        f"{place} is no audit pack, or it is damaged. A pack is the zip or the folder that `handrail audit start ID "
        "--from DATE --to DATE --at TAG` writes: name that, or get it once more from whoever handed it on."
    )


def _folder(place: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_symlink():
            raise PackFault(f"{name} in the pack is a link to another place.")
        if path.is_file():
            found[name] = path.read_bytes()
    return found
