"""A file is put on the disk whole or not at all; `_full` stands for a disk that fills up in the middle of a file."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
from pathlib import Path

import pytest
from handrail.whole_file import put

from tests.command import HANDRAIL, handrail

_FEW = 64
"""Bytes that a file may have where the disk is as good as full."""


def _full() -> None:
    """Files end after a few bytes, as on a full disk: the call fails and the rest is not written."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FEW, _FEW))


def _on_a_full_disk(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [HANDRAIL, *words], cwd=cwd, preexec_fn=_full, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert handrail("init", "--sample", "--no-git", tmp_path / "here", cwd=tmp_path).status == 0
    return tmp_path / "here"


@pytest.mark.parametrize(
    "words",
    [
        ("set", "visitor-desk", "name", "Another desk"),
        ("fmt", "projects/visitor-desk/project.yaml"),
        ("handover", "j.okafor", "--to", "t.abebe"),
        ("holidays", "FR", "--from", "2031", "--to", "2031"),
    ],
)
def test_a_full_disk_leaves_every_file_as_it_was(desk: Path, words: tuple[str, ...]) -> None:
    plan = desk / "projects/visitor-desk/project.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("name: ", "name:   ", 1), encoding="utf-8")
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    done = _on_a_full_disk(*words, cwd=desk)
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True), done.stderr
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_an_export_that_fails_leaves_the_last_one(desk: Path) -> None:
    for name, words in {"x.xlsx": ("xlsx", "visitor-desk"), "risks.csv": ("csv", "risks")}.items():
        (desk / name).write_bytes(b"of last week")
        done = _on_a_full_disk("export", *words, "--output", name, cwd=desk)
        assert (done.returncode, (desk / name).read_bytes()) == (2, b"of last week"), done.stderr


def test_what_must_be_new_leaves_nothing_where_it_fails(tmp_path: Path) -> None:
    put(tmp_path / "made" / "BL-001.yaml", "once\n", new=True)
    with pytest.raises(FileExistsError) as found:
        put(tmp_path / "made" / "BL-001.yaml", "twice\n", new=True)
    assert found.value.errno == errno.EEXIST
    assert [one.name for one in (tmp_path / "made").iterdir()] == ["BL-001.yaml"]


def test_rights_and_links_stay(tmp_path: Path) -> None:
    plan, link = tmp_path / "plan.yaml", tmp_path / "link.yaml"
    plan.write_text("old")
    plan.chmod(0o640)
    link.symlink_to(plan)
    put(link, "new")
    assert (link.is_symlink(), plan.read_text(), plan.stat().st_mode & 0o777) == (True, "new", 0o640)
    fresh = tmp_path / "fresh.yaml"
    put(fresh, "new")
    mask = os.umask(0)
    os.umask(mask)
    assert fresh.stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_is_no_file_is_written_as_it_stands(desk: Path) -> None:
    done = subprocess.run(
        [HANDRAIL, "export", "csv", "risks", "--output", "/dev/stdout"], cwd=desk, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"R-002" in done.stdout
