"""Changes on real repositories, through the shipped command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import Done, git, handrail
from tests.report.test_markdown import pages

DESK = "projects/visitor-desk/project.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The sample, committed on 27 November 2026."""
    done = handrail("init", "--sample", "governed", cwd=tmp_path)
    assert done.status == 0, done.err
    root = tmp_path / "governed"
    if not (root / ".git").exists():
        git("init", "-q", "-b", "main", cwd=root)
    commit(root, "Begin", "2026-11-27T12:00:00+01:00")
    return root


def commit(root: Path, message: str, on: str) -> None:
    git("add", "-A", cwd=root)
    env = {"GIT_COMMITTER_DATE": on, "GIT_AUTHOR_DATE": on}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        git("commit", "-q", "--allow-empty", "-m", message, cwd=root)


def edit(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def changes(root: Path, *words: str) -> Done:
    done = handrail("changes", *words, cwd=root)
    assert done.status == 0, done.err
    return done


def test_since_a_day_a_revision_and_the_last_commit(repository: Path) -> None:
    edit(repository, DESK, "forecast: 2027-02-15", "forecast: 2027-03-05")
    commit(repository, "Late", "2026-11-30T09:00:00+01:00")
    edit(repository, DESK, "forecast: 50400", "forecast: 50900")
    late, dear = '"Desk opens" forecast 15 Feb -> 5 Mar 2027 (+18 days)', "Cost forecast 50,400 -> 50,900 EUR (+1%)"
    told = changes(repository, "--since", "2026-11-30").out
    assert late in told
    assert dear in told
    assert told.index(late) < told.index(dear), "worst first"
    assert late not in changes(repository, "--since", "HEAD").out
    assert dear in changes(repository, "--since", "HEAD").out
    assert late in changes(repository, "--since", "HEAD~1").out
    assert "Since 1 Dec 2026" in changes(repository, "--since", "2026-12-01").out
    assert late not in changes(repository, "--since", "2026-12-01").out
    assert "no project changed" in changes(repository, "--since", "2026-11-28", "bike-shelter").out


def test_what_is_said_as_data_and_as_markdown(repository: Path) -> None:
    edit(repository, DESK, "forecast: 2027-02-15", "forecast: 2027-03-05")
    found = json.loads(changes(repository, "--since", "HEAD", "--format", "json").out)
    one = next(one for one in found["changes"] if one["id"] == "M3" and one["field"] == "forecast")
    assert (one["project"], one["kind"], one["what"]) == ("visitor-desk", "milestone", "changed")
    assert any(not one["told"] for one in found["changes"]), "also what another sentence says already"
    (commonmark, _) = pages(changes(repository, "--since", "HEAD", "--format", "markdown").out)
    assert '"Desk opens" forecast 15 Feb → 5 Mar 2027 (+18 days)' in commonmark.text.replace("\u200b", "")


def test_splitting_and_tidying_files_is_no_change(repository: Path) -> None:
    text = (repository / DESK).read_text(encoding="utf-8")
    start = text.index("milestones:")
    rest = text.index("\nbudget:") + 1
    (repository / DESK).write_text("# tidied\n" + text[:start] + text[rest:], encoding="utf-8")
    part = text[start:rest]
    (repository / "projects/visitor-desk/schedule.yaml").write_text(part + "\n\n# end\n", encoding="utf-8")
    assert "no project changed" in changes(repository, "--since", "HEAD").out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--since", "2020-01-01"), "the history does not go back to the day before 1 Jan 2020"),
        (("--since", "2030-01-01"), "1 Jan 2030 is still to come; today is "),
        (("--since", "2026-13-01"), "2026-13-01 is no day; write it as 2026-12-04."),
        (("--since", "30.11.2026"), "30.11.2026 is no day; write it as 2026-12-04."),
        (("--since", "nowhere"), "there is no revision `nowhere` here"),
        (("--since", "HEAD", "visitor-dsk"), "there is no project `visitor-dsk`. Did you mean `visitor-desk`?"),
        (("--since", "--exec=x"), "expected one argument"),
    ],
)  # fmt: skip
def test_wrong_use(repository: Path, words: tuple[str, ...], told: str) -> None:
    done = handrail("changes", *words, cwd=repository)
    assert done.status == 2
    assert told in done.err


def test_without_a_history(repository: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    assert handrail("init", "--sample", bare, cwd=tmp_path).status == 0
    done = handrail("changes", "--since", "HEAD", cwd=bare)
    assert done.status == 2
    git("clone", "-q", "--depth", "1", repository.as_uri(), "shallow", cwd=tmp_path)
    done = handrail("changes", "--since", "HEAD", cwd=tmp_path / "shallow")
    assert done.status == 2
    assert "git fetch --unshallow" in done.err


def test_a_check_of_a_change_says_first_what_changes(repository: Path) -> None:
    edit(repository, DESK, "sponsor: c.moreau", "sponsor: s.lambert")
    edit(repository, DESK, "forecast: 2027-02-15", "forecast: 2027-03-05")
    done = handrail("check", "--base", "HEAD", cwd=repository)
    assert done.status == 1
    heads = [line for line in done.out.splitlines() if line and not line.startswith(" ")]
    assert [one.split(" (")[0] for one in heads[:3]] == ["What changes", "Needs approval", "Mend before merging"]
    assert "Sponsor c.moreau -> s.lambert" in done.out
    assert "The handover of a role: waits for c.moreau (outgoing sponsor) or the board lyon-sites" in done.out
    assert "s.lambert is now sponsor" in done.out


def test_bad_news_alone_asks_nobody(repository: Path) -> None:
    edit(repository, DESK, "forecast: 2027-02-15", "forecast: 2027-04-05")
    done = handrail("check", "--base", "HEAD", "--format", "markdown", cwd=repository)
    assert done.status == 0, done.out
    assert done.out.splitlines()[2] == "### Nothing stands in the way"
    assert "**Needs approval**" not in done.out
    assert "Schedule health green → red because" in done.out


def test_a_deviation_that_ends_soon_is_announced(repository: Path) -> None:
    told = handrail("check", "--as-of", "2027-04-15", cwd=repository).out
    assert "permits to leave GOV-07 aside until 30 Apr 2027." in told
    assert "Ends soon" not in handrail("check", "--as-of", "2027-03-15", cwd=repository).out
    found = handrail("check", "--as-of", "2027-04-15", "--format", "json", cwd=repository).json
    assert [(one["project"], one["on"]) for one in found["expiring"]] == [("step-free-stops", "2027-04-30")]
    comment = handrail("check", "--as-of", "2027-04-15", "--format", "markdown", cwd=repository).out
    assert "**Ends soon**" in comment
