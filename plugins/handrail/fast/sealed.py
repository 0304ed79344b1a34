"""What is kept between builds, each file with a sum of its bytes before it: what is torn or altered counts for nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

_SIZE = 16


def write(place: Path, what: Any) -> None:
    """Keep plain values; who reads meanwhile finds the old or the new ones."""
    _write(place, json.dumps(what, separators=(",", ":")).encode())


def read(place: Path) -> Any:
    """What was kept. Raises OSError or ValueError where there is nothing that can be trusted."""
    return json.loads(_read(place))


def write_parts(place: Path, parts: Mapping[str, bytes]) -> None:
    """Keep bytes by name."""
    head = json.dumps([[name, len(data)] for name, data in parts.items()]).encode()
    _write(place, b"".join((head, b"\n", *parts.values())))


def read_parts(place: Path) -> dict[str, bytes]:
    """The bytes that were kept, by name; none where there is nothing that can be trusted."""
    found: dict[str, bytes] = {}
    with suppress(OSError, ValueError):
        data = _read(place)
        at = data.index(b"\n") + 1
        for name, length in json.loads(data[: at - 1]):
            found[name] = data[at : at + length]
            at += length
    return found


def summed(*parts: bytes) -> bytes:
    """A sum over parts that differs when one of them does, or where one ends and the next begins."""
    total = blake2b(digest_size=_SIZE)
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.digest()


def _write(place: Path, data: bytes) -> None:
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_bytes(_sum(data) + data)
    draft.replace(place)


def _read(place: Path) -> bytes:
    head, _, data = place.read_bytes().partition(b"\n")
    if head + b"\n" != _sum(data):
        raise ValueError(f"{place.name} is not as it was written")
    return data


def _sum(data: bytes) -> bytes:
    """A line of its own, so that the rest stays plain JSON."""
    return blake2b(data, digest_size=_SIZE).hexdigest().encode() + b"\n"
