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


@pytest.fixture(scope="session")
def replayed(year: Path) -> tuple[Judged, ...]:
    """Every commit of the main line, judged by the law that stood before it: what `handrail audit replay` prints."""
    zone = ZoneInfo("Europe/Paris")
    line = line_of(Git(year), "main", date(2026, 1, 1), date(2026, 12, 31), zone)
    return tuple(replay(year, line, zone))
