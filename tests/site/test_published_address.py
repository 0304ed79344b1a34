"""Where mkdocs.yml says where the site is published, feeds and calendars lead there; and the whole site follows from the commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from handrail.site import build

from tests.site import governed

ADDRESS = "https://pmo.example/plans/"


def git(root: Path, *words: str, at: str = "2026-11-01T10:00:00+00:00") -> None:
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at, "GIT_CONFIG_GLOBAL": os.devnull}
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@x.example")
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True, env=env)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a history, whose day of figures is that of its newest commit."""
    root = governed.make(tmp_path_factory.mktemp("origin"))
    settings = root / "standards/handrail.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace(f"as_of: {governed.AS_OF}\n", ""), encoding="utf-8"
    )
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"\nsite_url: {ADDRESS}\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "begin", at="2026-09-20T10:00:00+00:00")
    plan = governed.small_plan("visitor-desk", "New visitor desk, Lyon", manager="s.lambert")
    governed.write(root, "projects/visitor-desk/project.yaml", plan)
    git(root, "commit", "-q", "-am", "another manager", at="2026-12-04T10:00:00+00:00")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_two_clones_give_the_same_bytes(origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a", tmp_path / "deeper" / "down" / "clone of it"
    second.parent.mkdir(parents=True)
    for clone in (first, second):
        subprocess.run(["git", "clone", "-q", str(origin), str(clone)], check=True, capture_output=True)
    one = contents(build(first, tmp_path / "one").site_dir)
    time.sleep(1.1)  # archives carry whole seconds
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    monkeypatch.setenv("LC_ALL", "C")
    for path in second.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (1_000_000_000, 1_000_000_000))
    try:
        other = contents(build(second, tmp_path / "two", cold=True).site_dir)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    feed = ET.fromstring(one["data/changes.xml"])
    links = [each.get("href", "") for each in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert f"{ADDRESS}projects/visitor-desk/" in links
    assert all(each.startswith(ADDRESS) for each in links)
    events = one["data/milestones.ics"].decode()
    assert f"URL:{ADDRESS}projects/visitor-desk/" in events.replace("\r\n ", "")
    assert "UID:visitor-desk.milestone.M3@handrail" in events
    assert b"portfolio.schema.json" in one["data/portfolio.json"]
    shutil.rmtree(tmp_path / "one")
