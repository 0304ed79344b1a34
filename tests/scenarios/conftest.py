"""One governed repository for all scenarios, made once; each gets a copy with a branch of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.gate.repository import Governed


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Governed:
    """The shipped sample: projects in every phase and tier."""
    return Governed.sample(tmp_path_factory.mktemp("scenarios"))


@pytest.fixture
def town(pattern: Governed, tmp_path: Path) -> Governed:
    """A copy with `work` checked out."""
    folder = tmp_path / "plans"
    shutil.copytree(pattern.folder, folder, symlinks=True)
    return Governed(folder=folder).branch()
