"""The same sources give the same site, byte for byte, through the library and through `mkdocs build`."""

import os
import shutil
import subprocess
import sys
import time

from handrail.site import build


def contents(folder):
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_building_twice_gives_the_same_bytes(repository, site, tmp_path):
    moved = tmp_path / "elsewhere"
    shutil.copytree(repository, moved)
    time.sleep(1.1)  # archives carry whole seconds
    again = build(moved, tmp_path / "site").site_dir
    before, after = contents(site), contents(again)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_mkdocs_itself_builds_the_same(repository, site, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", repository / "mkdocs.yml", "-d", tmp_path / "site"],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before, after = contents(site), contents(tmp_path / "site")
    assert [name for name in before if before[name] != after.get(name)] == []
