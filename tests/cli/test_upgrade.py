"""`handrail upgrade`: only the lines that must change, shown first, and the second run changes nothing."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest
from handrail.edit import set_value
from handrail.scaffold.upgrade.formats import FORMAT, FormatFault, Formats, to_own_format

from tests.command import HANDRAIL
from tests.gate.repository import DESK, PEOPLE, Governed

MIGRATION = """id: small-1-1
title: Acceptance in words of its own
template: project/small
from: 1.0.0
to: 1.1.0
renames: {criteria: accepted_when}
adds: {scope.assumptions: [], deliverables.owner: j.okafor}
"""


@pytest.fixture
def plans(tmp_path: Path) -> Governed:
    """A plan as the template before had it, with comments, and the migration declared."""
    made = Governed.sample(tmp_path, "visitor-desk", "bike-shelter")
    made.replace(DESK, "accepted_when:", "criteria:")
    made.write("standards/migrations/small-1-1.yaml", MIGRATION)
    made.replace("standards/policy/templates.yaml", "project/small, version: 1.0.0", "project/small, version: 1.1.0")
    made.commit("Migration")
    return made


def test_a_dry_run_shows_each_line_and_writes_nothing(plans: Governed) -> None:
    done = plans.handrail("upgrade", "visitor-desk", "--dry-run")
    assert done.status == 0, done.err
    assert "criteria:" in done.out
    assert "accepted_when:" in done.out
    assert plans.git("status", "--porcelain") == ""


def test_only_what_must_change_does_and_the_second_run_does_nothing(plans: Governed) -> None:
    before = plans.read(DESK)
    assert plans.handrail("upgrade").status == 0
    after = plans.read(DESK)
    assert "criteria:" not in after
    old, new = before.splitlines(), after.splitlines()
    assert new.pop() == "template: 1.1.0"  # it had said none
    assert len(old) == len(new)
    differ = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    assert differ
    assert all("criteria:" in one or "id: D" in one for one, _ in differ)
    assert "Nothing to do" in plans.handrail("upgrade").out
    assert plans.read(DESK) == after


def test_a_plan_that_says_its_version_gets_only_what_came_after_it(plans: Governed) -> None:
    plans.write(DESK, plans.read(DESK) + "template: 1.1.0\n")
    assert "Nothing to do" in plans.handrail("upgrade", "visitor-desk").out
    plans.replace(DESK, "template: 1.1.0", "template: 1.0.0")
    done = plans.handrail("upgrade", "visitor-desk")
    assert done.status == 0, done.err
    assert "+template: 1.1.0" in done.out.replace("   +", "+")
    after = plans.read(DESK)
    assert after.endswith("template: 1.1.0\n")
    assert "accepted_when:" in after
    assert "Nothing to do" in plans.handrail("upgrade", "visitor-desk").out


def test_a_new_version_without_a_migration_moves_the_version_alone(plans: Governed) -> None:
    (plans.folder / "standards/migrations/small-1-1.yaml").unlink()
    plans.replace(DESK, "criteria:", "accepted_when:")
    plans.write(DESK, plans.read(DESK) + "template: 1.0.0\n")
    plans.commit("As it was")
    assert plans.handrail("upgrade").status == 0
    assert plans.git("diff", "--numstat").split()[:2] == ["1", "1"]
    assert plans.read(DESK).endswith("template: 1.1.0\n")


def test_a_new_project_says_which_version_it_follows(plans: Governed) -> None:
    done = plans.handrail("new", "project", "fresh", "--tier", "small", *PEOPLE)
    assert done.status == 0, done.err
    assert "template: 1.1.0\n" in plans.read("projects/fresh/project.yaml")
    assert "Nothing to do" in plans.handrail("upgrade", "fresh").out


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_asks_before_it_writes(plans: Governed, answer: str, written: bool) -> None:  # noqa: FBT001
    before = plans.read(DESK)
    main, child = pty.openpty()
    os.write(main, answer.encode())
    done = subprocess.run(
        [str(HANDRAIL), "upgrade"],
        cwd=plans.folder,
        stdin=child,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(child)
    os.close(main)
    assert done.returncode == 0, done.stderr
    assert "Write these lines?" in done.stdout
    assert (plans.read(DESK) != before) is written
    assert ("would change" in done.stdout) is not written


def test_a_version_that_is_not_in_force_yet_moves_nothing(plans: Governed) -> None:
    plans.replace("standards/policy/templates.yaml", "project/small, version: 1.1.0", "project/small, version: 1.0.0")
    assert "Nothing to do" in plans.handrail("upgrade").out


def test_the_shipped_sample_needs_no_upgrade(tmp_path: Path) -> None:
    own = Governed.sample(tmp_path, "visitor-desk", "depot-charging")
    assert "Nothing to do" in own.handrail("upgrade").out
    assert own.git("status", "--porcelain") == ""


def test_an_unknown_or_ended_project_is_refused_in_words(plans: Governed) -> None:
    done = plans.handrail("upgrade", "moon")
    assert (done.status, "no project `moon`" in done.err) == (2, True)
    plans.replace(DESK, "state: active", "state: cancelled")
    done = plans.handrail("upgrade", "visitor-desk")
    assert (done.status, "has ended" in done.err) == (2, True)


def test_files_of_a_newer_version_are_refused(plans: Governed) -> None:
    plans.replace("standards/handrail.yaml", "format: 1", "format: 2")
    done = plans.handrail("upgrade")
    assert done.status == 2
    assert "Take a newer Handrail" in done.err


def _next(path: str, text: str) -> str:
    """A step as a next release might bring it: who leads a project is called lead."""
    if not path.startswith("projects/") or "manager:" not in text:
        return text
    return text.replace("manager:", "lead:")


def test_the_step_between_two_formats() -> None:
    files = {
        "standards/handrail.yaml": "# ours\nformat: 1   # kept\norganisation: X\n",
        "projects/a/project.yaml": "id: a\nmanager: j.okafor   # since May\n", "projects/a/risks.yaml": "risks: []\n",
    }  # fmt: skip
    changed = to_own_format(files, Formats(own=2, steps={1: _next}))
    assert changed == {
        "standards/handrail.yaml": "# ours\nformat: 2   # kept\norganisation: X\n",
        "projects/a/project.yaml": "id: a\nlead: j.okafor   # since May\n",
    }
    assert to_own_format({**files, **changed}, Formats(own=2, steps={1: _next})) == {}
    assert to_own_format(files, Formats()) == {}
    with pytest.raises(FormatFault, match="versions between"):
        to_own_format(files, Formats(own=3, steps={2: _next}))
    newer = {**files, "standards/handrail.yaml": set_value(files["standards/handrail.yaml"], ("format",), FORMAT + 1)}
    with pytest.raises(FormatFault, match="newer"):
        to_own_format(newer, Formats())


@pytest.mark.parametrize("marker", ["organisation: X\n", "format: one\n", "format: true\n", "format: 0\n", "- 1\n"])
def test_a_format_that_is_none_is_refused(marker: str) -> None:
    with pytest.raises(FormatFault, match="does not say"):
        to_own_format({"standards/handrail.yaml": marker}, Formats())
