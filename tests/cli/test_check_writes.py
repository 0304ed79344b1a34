"""`handrail check --write`: one judgement, written for several readers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gate.repository import DESK, Governed


@pytest.fixture
def broken(tmp_path: Path) -> Governed:
    desk = Governed.sample(tmp_path, "visitor-desk").branch()
    desk.replace(DESK, "state: active", "state: actve").commit()
    return desk


def test_each_file_is_what_its_format_writes_alone(broken: Governed, tmp_path: Path) -> None:
    words = ("check", "--base", "main", "--head", "HEAD")
    files = {name: tmp_path / "out" / f"report.{name}" for name in ("markdown", "sarif", "gitlab", "json")}
    done = broken.handrail(
        *words, "--format", "github", *(word for name, file in files.items() for word in ("--write", f"{name}={file}"))
    )
    assert done.status == 1
    assert done.out.startswith("::error"), "the terminal still gets its own format"
    for name in ("markdown", "gitlab", "json"):
        alone = broken.handrail(*words, "--format", name)
        assert files[name].read_text(encoding="utf-8") == alone.out
    assert json.loads(files["sarif"].read_text(encoding="utf-8"))["runs"][0]["results"]


@pytest.mark.parametrize("word", ["pdf=x", "markdown", "markdown=", "=x"])
def test_what_cannot_be_written_is_said_before_anything_is_judged(broken: Governed, word: str) -> None:
    done = broken.handrail("check", "--write", word)
    assert done.status == 2
    assert "FORMAT=FILE" in done.err


def test_a_file_that_cannot_be_written_is_said(broken: Governed) -> None:
    done = broken.handrail("check", "--write", f"markdown={DESK}/summary.md")
    assert done.status == 2
    assert "cannot be written" in done.err
