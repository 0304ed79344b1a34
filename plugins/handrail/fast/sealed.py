"""What is kept between builds, each file with a sum of its bytes before it: what is torn or altered counts for nothing."""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

_SIZE = 16


def write(place: Path, what: Any) -> None:
    """Keep plain values; who reads meanwhile finds the old or the new ones."""
    data = json.dumps(what, separators=(",", ":")).encode()
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_bytes(_sum(data) + data)
    draft.replace(place)


def read(place: Path) -> Any:
    """What was kept. Raises OSError or ValueError where there is nothing that can be trusted."""
    head, _, data = place.read_bytes().partition(b"\n")
    if head + b"\n" != _sum(data):
        raise ValueError(f"{place.name} is not as it was written")
    return json.loads(data)


def _sum(data: bytes) -> bytes:
    """A line of its own, so that the rest stays plain JSON."""
    return blake2b(data, digest_size=_SIZE).hexdigest().encode() + b"\n"
