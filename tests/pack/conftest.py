"""One repository and one pack of each kind for all tests that only look."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import repository, write

BOARD = "digital-board"


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("pack") / "plans")


@pytest.fixture(scope="session")
def slides(plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    goal = tmp_path_factory.mktemp("slides") / "pack.pptx"
    write(plans, BOARD, goal)
    return goal


@pytest.fixture(scope="session")
def paper(plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    goal = tmp_path_factory.mktemp("paper") / "pack.pdf"
    write(plans, BOARD, goal)
    return goal
