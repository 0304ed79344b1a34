"""`handrail export --as-of`: the portfolio as it stood, not today's files looked at from an earlier day."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.command import handrail

LAW = "format: 1\norganisation: Bright Bridges\ncurrencies: [CHF]\n"
PLAN = "id: desk\nname: NAME\ntier: small\nphase: planning\nstate: active\n"


def commit(root: Path, moment: str, name: str) -> None:
    (root / "standards").mkdir(parents=True, exist_ok=True)
    (root / "standards/handrail.yaml").write_text(LAW)
    (root / "projects/desk").mkdir(parents=True, exist_ok=True)
    (root / "projects/desk/project.yaml").write_text(PLAN.replace("NAME", name))
    env = {**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    who = ("-c", "user.name=Jo", "-c", "user.email=jo@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "x")):
        subprocess.run(["git", "-C", root, *words], env=env, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "repo"
    commit(made, "2026-01-10T12:00:00Z", "Old desk")
    commit(made, "2026-03-10T12:00:00Z", "New desk")
    return made


def name_on(root: Path, day: str) -> str:
    done = handrail("export", "json", "--as-of", day, cwd=root)
    assert done.status == 0, done.err
    assert done.json["as_of"] == day
    return str(done.json["rows"][0]["name"])


def test_as_it_stood_when_the_day_ended(root: Path) -> None:
    assert [name_on(root, day) for day in ("2026-01-10", "2026-03-09", "2026-03-10", "2026-05-01")] == [
        "Old desk", "Old desk", "New desk", "New desk",
    ]  # fmt: skip


def test_what_is_not_committed_counts_from_the_newest_commit_on(root: Path) -> None:
    (root / "projects/desk/project.yaml").write_text(PLAN.replace("NAME", "Draft desk"))
    assert [name_on(root, day) for day in ("2026-03-09", "2026-03-10")] == ["Old desk", "Draft desk"]


def test_before_the_history_began(root: Path) -> None:
    done = handrail("export", "json", "--as-of", "2025-01-01", cwd=root)
    assert (done.status, done.out) == (2, "")
    assert "the history does not go back to 1 Jan 2025: it begins on 10 Jan 2026. Name a later day." in done.err


def test_a_schedule_goes_out_as_it_stood(root: Path) -> None:
    old, new = (
        handrail("export", "msproject", "desk", "--as-of", day, cwd=root) for day in ("2026-01-10", "2026-03-10")
    )
    assert "Old desk" in old.out
    assert "New desk" in new.out


def test_a_workbook_of_an_earlier_day_is_refused_and_not_one_of_today_written(root: Path) -> None:
    done = handrail("export", "xlsx", "desk", "--as-of", "2026-01-10", cwd=root)
    assert done.status == 2
    assert "leave --as-of out. As it stood on a day: `handrail export csv --all DIR --as-of 2026-01-10`." in done.err
    assert not (root / "desk.xlsx").exists()


def test_one_project_goes_out_by_its_id(root: Path) -> None:
    whole = handrail("export", "json", "desk", cwd=root)
    assert whole.json["id"] == "desk"
    assert whole.out == handrail("export", "json", "projects/desk", cwd=root).out
    assert "`handrail export json desk`" in handrail("export", "csv", "desk", cwd=root).err
    assert "there is no json table `deks`. Did you mean `desk`?" in handrail("export", "json", "deks", cwd=root).err
    assert "Did you mean `risks`?" in handrail("export", "csv", "riskz", cwd=root).err
    (root / "projects/desk/project.yaml").write_text("id: [\n")
    assert "the plan of `desk` cannot be read" in handrail("export", "json", "desk", cwd=root).err


def test_a_shallow_clone_says_how_to_mend_it(root: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{root}", tmp_path / "thin"], check=True)
    done = handrail("export", "json", "--as-of", "2026-02-01", cwd=tmp_path / "thin")
    assert done.status == 2
    assert "git fetch --unshallow" in done.err


def test_without_any_history_the_files_are_what_there_is(root: Path, tmp_path: Path) -> None:
    (root / ".git").rename(tmp_path / "gone")
    assert name_on(root, "2020-01-01") == "New desk"


def test_a_portfolio_without_a_readable_plan_has_its_columns_all_the_same(root: Path) -> None:
    heading = handrail("export", "csv", cwd=root).out.splitlines()[0]
    (root / "projects/desk/project.yaml").write_text("id: [\n")
    assert handrail("export", "csv", cwd=root).out.splitlines() == [heading]
