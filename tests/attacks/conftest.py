"""One governed repository for all attacks, made once; each attack gets a copy with a branch of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.attacks.town import AUTHORITY, BY_SPONSOR, CHANGE, DAY, MANAGER, RECORD
from tests.gate.repository import Governed

_PROJECTS = ("visitor-desk", "geneva-signs", "driver-tablets", "step-free-stops", "bike-shelter")


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Governed:
    """Five projects of the sample under a policy that takes the sponsor's own hand for changes."""
    made = Governed.sample(tmp_path_factory.mktemp("attacks"), *_PROJECTS)
    made.replace(AUTHORITY, BY_SPONSOR, f"{BY_SPONSOR}, grade: B").commit("Ask for evidence", at=DAY)
    return made


@pytest.fixture(scope="session")
def record(pattern: Governed) -> str:
    """The sponsor's approval of the change request as it stands, as `handrail approve` writes it."""
    done = pattern.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err
    text = pattern.read(RECORD)
    pattern.remove(RECORD)
    return text


@pytest.fixture(scope="session")
def shared(pattern: Governed, record: str, tmp_path_factory: pytest.TempPathFactory) -> Governed:
    """A copy for all attacks that leave Git's own folder alone."""
    return _copy(pattern, record, tmp_path_factory.mktemp("shared"))


def _copy(pattern: Governed, record: str, folder: Path) -> Governed:
    del record  # it writes into the pattern and cleans up; that must be over before anybody copies
    shutil.copytree(pattern.folder, folder / "plans", symlinks=True)
    return Governed(folder=folder / "plans")


@pytest.fixture
def town(request: pytest.FixtureRequest, pattern: Governed, record: str) -> Governed:
    """The repository as it was made, with `work` checked out; a copy of its own where Git itself is attacked."""
    if request.module.__name__.endswith("test_git"):
        return _copy(pattern, record, request.getfixturevalue("tmp_path")).branch()
    made: Governed = request.getfixturevalue("shared")
    made.git("switch", "-q", "-f", "--detach", "HEAD")
    made.git("clean", "-ffdqx")
    made.git("switch", "-q", "-f", "-C", "main", pattern.git("rev-parse", "HEAD"))
    made.git("switch", "-q", "-C", "work", "main")
    return made


@pytest.fixture
def asked(town: Governed) -> Governed:
    """The same, where the branch alters the change request a little, so that its approval is asked anew."""
    town.replace(CHANGE, "impact: Quality", "impact: Cost, quality").commit("Ask again", author=MANAGER, at=DAY)
    return town
