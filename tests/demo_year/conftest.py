"""The year is made once, and judged again once: what takes long is shared by every test of this folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from handrail.audit.line import line_of
from handrail.audit.replay import Judged, replay
from handrail.git import Git

from tests.demo_year.year import make


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demo") / "year"
    made = make(target)
    assert made.returncode == 0, made.stderr
    return target


REPLAYED = (
    (date(2026, 5, 11), date(2026, 6, 5)),
    (date(2026, 7, 6), date(2026, 7, 31)),
    (date(2026, 9, 1), date(2026, 9, 15)),
)


@pytest.fixture(scope="session")
def replayed(year: Path) -> tuple[Judged, ...]:
    """The weeks around what went past the gate, each commit of the main line judged by the law that stood before it.

    It is what `handrail audit replay` prints. The whole year finds no other; it takes four times as long.
    """
    zone = ZoneInfo("Europe/Paris")
    lines = (line_of(Git(year), "main", first, last, zone) for first, last in REPLAYED)
    return tuple(one for line in lines for one in replay(year, line, zone))
