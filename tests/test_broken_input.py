"""Every kind of broken input is told in its place, in one run, and nothing is written."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from handrail.load import FolderTree, load
from handrail.source import spans

from tests.broken_files import DIRECTORIES, FILES, LINKS, OVERLAYS, Unwritable
from tests.broken_repository import Expected, cases, compose, fingerprint

Remark = tuple[str, int, int, str, str]


def remarks_of(root: Path) -> list[Remark]:
    """File, line, column, rule and message of every remark, from the shipped command line where there is one."""
    if find_spec("handrail.cli") is None:
        return remarks_of_load(root)
    done = subprocess.run(
        [sys.executable, "-c", "from handrail.cli import main; raise SystemExit(main())", "check", "--format", "json"],
        cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "GITHUB_ACTIONS": ""},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)["remarks"]
    assert all(one["fix"] and one["message"].strip() for one in told)
    return sorted((one["file"], one["line"], one["column"], one["rule"], one["message"]) for one in told)


def remarks_of_load(root: Path) -> list[Remark]:
    loaded = load(FolderTree(root))
    places = spans(
        [one.loc for one in loaded.remarks],
        lambda file: (root / file).read_bytes() if (root / file).is_file() else None,
    )
    return sorted(
        (places[one.loc].file, places[one.loc].line, places[one.loc].column, one.rule, one.message)
        for one in loaded.remarks
    )


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The composed repository, what it must bring, and its state before anything looked at it."""
    root = tmp_path_factory.mktemp("broken")
    expected = compose(root)
    for one in FILES:
        lay_down(root, one)
        expected += one.expected()
    for name, (data, line, column, message) in OVERLAYS.items():
        (root / "standards/schemas" / name).write_bytes(data)
        expected.append(Expected(f"standards/schemas/{name}", line, column, "DAT-01", message))
    for place, message in DIRECTORIES.items():
        (root / place).mkdir(parents=True)
        expected.append(Expected(place, 1, 1, "DAT-01", message))
    for place, (target, message) in LINKS.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).symlink_to(target)
        expected.append(Expected(place, 1, 1, "DAT-01", message))
    return root, sorted(expected), fingerprint(root)


def lay_down(root: Path, one: Unwritable) -> None:
    path = root / os.fsdecode(one.path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(one.data)
    project = root / "projects" / one.name
    if not (project / "project.yaml").exists():
        (project / "project.yaml").write_text(f"id: {one.name}\nname: A project\ntier: small\nphase: planning\n")


def test_there_are_many_kinds():
    names = cases()
    assert len(names) == len(set(names)), "two cases would meet in one project"
    assert len(names) + len(FILES) + len(OVERLAYS) + len(DIRECTORIES) + len(LINKS) > 190


def test_each_remark_stands_in_its_place_and_no_other_comes(repository):
    root, expected, before = repository
    told = remarks_of(root)
    wanted = [(one.file, one.line, one.column, one.rule) for one in expected]
    missing = [one for one in expected if not any(_is(one, remark) for remark in told)]
    extra = [remark for remark in told if not any(_is(one, remark) for one in expected)]
    assert not missing, "\n" + "\n".join(map(str, missing[:20] + extra[:20]))
    assert not extra, "\n" + "\n".join(map(str, extra[:20]))
    assert [remark[:4] for remark in told] == sorted(wanted)
    assert fingerprint(root) == before, "a check has written"


def test_the_library_says_the_same(repository):
    root, _, _ = repository
    assert remarks_of_load(root) == remarks_of(root)


def _is(expected: Expected, remark: Remark) -> bool:
    file, line, column, rule, message = remark
    place = (expected.file, expected.line, expected.column, expected.rule)
    return place == (file, line, column, rule) and expected.part in message


def test_words_are_those_of_a_project_manager(repository):
    """No word of the machine room in any message (GOVERNANCE: plain words first)."""
    root, _, _ = repository
    forbidden = {"null", "property", "violates", "assert", "schema violation", "traceback", "none", "dict", "regex"}
    for file, line, _, _, message in remarks_of_load(root):
        words = set(message.lower().replace("`", " ").replace(".", " ").split())
        assert not words & forbidden, (file, line, message)
        assert message[0].isupper() or message[0] in "`\"'", message
        assert message.endswith("."), message
