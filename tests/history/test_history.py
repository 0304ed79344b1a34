"""How projects looked on earlier days: real repositories, real clocks that go wrong, real spoilt files."""

import os
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.history import history_of, month_ends
from handrail.model.money import Money

LAW = {
    "standards/handrail.yaml": "format: 1\norganisation: Bright Bridges\ncurrencies: [CHF]\ntimezone: Europe/Zurich\n",
    "standards/people/people.yaml": "people:\n- {id: c.moreau}\n- {id: j.okafor}\n",
}
PLAN = """id: desk
name: Desk
tier: small
phase: planning
state: active
manager: j.okafor
sponsor: c.moreau
milestones:
- {id: M1, name: Desk opens, planned: 2026-06-01, forecast: FORECAST}
"""


class Repo:
    """A repository that is committed to at chosen moments."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, moment: str = "2026-01-01T12:00:00+00:00") -> str:
        env = {**os.environ, "GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
        for who in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{who}_NAME": "Jo", f"GIT_{who}_EMAIL": "jo@example.org"}
        done = subprocess.run(["git", "-C", self.root, *words], env=env, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, moment: str, files: dict[str, str | None]) -> None:
        for place, text in files.items():
            path = self.root / place
            if text is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", moment=moment)


def plan(forecast: str) -> str:
    return PLAN.replace("FORECAST", forecast)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "repo")
    made.commit("2026-01-10T12:00:00+01:00", {**LAW, "projects/desk/project.yaml": plan("2026-06-01")})
    made.commit("2026-02-20T12:00:00+01:00", {"projects/desk/project.yaml": plan("2026-06-15")})
    return made


def expected(root: Path, *days: str, timezone: str = "Europe/Zurich", cache: bool = False) -> list[str | None]:
    found = history_of(root, [date.fromisoformat(day) for day in days], timezone=timezone, cache=cache)
    ends = {one.on: one.projects["desk"].end if "desk" in one.projects else None for one in found.points}
    return [str(ends[date.fromisoformat(day)]) if date.fromisoformat(day) in ends else None for day in days]


def test_month_ends() -> None:
    days = [str(day) for day in month_ends(date(2028, 4, 10), 3)]
    assert days == ["2028-01-31", "2028-02-29", "2028-03-31"]
    assert month_ends(date(2026, 1, 31), 1) == (date(2025, 12, 31),)


def test_the_state_at_the_end_of_each_day(repo: Repo) -> None:
    assert expected(repo.root, "2025-12-31", "2026-01-31", "2026-02-19", "2026-02-20") == [
        None, "2026-06-01", "2026-06-01", "2026-06-15",
    ]  # fmt: skip


def test_a_day_ends_when_it_ends_in_the_organisations_time_zone(repo: Repo) -> None:
    repo.commit("2026-02-28T23:30:00+00:00", {"projects/desk/project.yaml": plan("2026-07-01")})
    assert expected(repo.root, "2026-02-28", "2026-03-01") == ["2026-06-15", "2026-07-01"]
    assert expected(repo.root, "2026-02-28", timezone="UTC") == ["2026-07-01"]
    assert expected(repo.root, "2026-02-28", timezone="Nowhere/Land") == ["2026-07-01"]


def test_a_clock_that_went_wrong_cannot_bring_back_an_older_state(repo: Repo) -> None:
    repo.commit("2020-01-01T00:00:00+00:00", {"projects/desk/project.yaml": plan("2026-09-01")})
    assert expected(repo.root, "2026-02-19", "2026-02-20", "2026-03-31") == ["2026-06-01", "2026-09-01", "2026-09-01"]


def test_a_branch_counts_when_it_is_merged(repo: Repo) -> None:
    repo.git("switch", "-q", "-c", "late")
    repo.commit("2026-03-02T12:00:00+00:00", {"projects/desk/project.yaml": plan("2026-12-01")})
    repo.git("switch", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "late", "late", moment="2026-04-05T12:00:00+00:00")
    assert expected(repo.root, "2026-03-31", "2026-04-30") == ["2026-06-15", "2026-12-01"]


def test_a_plan_that_could_not_be_read_has_no_point_and_harms_nobody(repo: Repo) -> None:
    repo.commit(
        "2026-03-01T12:00:00+00:00",
        {
            "projects/desk/project.yaml": "a: [",
            "projects/bike/project.yaml": plan("2026-05-01").replace("desk", "bike"),
        },
    )
    point = history_of(repo.root, [date(2026, 3, 31)]).points[0]
    assert list(point.projects) == ["bike"]


def test_colours_follow_from_the_law_of_the_day(repo: Repo) -> None:
    path = "standards/policy/thresholds.yaml"
    real = (Path(__file__).parents[2] / path).read_text()
    repo.commit("2026-03-01T12:00:00+00:00", {path: real})
    strict = real.replace("tier: small, time_days: 20", "tier: small, time_days: 12")
    assert strict != real
    repo.commit("2026-04-01T12:00:00+00:00", {path: strict})
    found = history_of(repo.root, [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)])
    assert [one.projects["desk"].colours["time"] for one in found.points] == [None, "green", "amber"]


def test_what_is_split_into_files_is_the_same(repo: Repo) -> None:
    head, _, milestones = plan("2026-06-15").partition("milestones:")
    files: dict[str, str | None] = {
        "projects/desk/project.yaml": head,
        "projects/desk/schedule.yaml": f"milestones:{milestones}",
    }
    repo.commit("2026-03-05T12:00:00+00:00", files)
    one, other = history_of(repo.root, [date(2026, 2, 28), date(2026, 3, 31)]).points
    assert one.projects["desk"] == other.projects["desk"]


def test_a_link_in_the_past_is_not_followed(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("milestones: [{id: M9, name: Secret, planned: 2030-01-01}]\n")
    (repo.root / "projects/desk/schedule.yaml").symlink_to(tmp_path / "secret.yaml")
    repo.commit("2026-03-05T12:00:00+00:00", {})
    assert expected(repo.root, "2026-03-31") == ["2026-06-15"]


def test_a_governed_folder_below_the_top(tmp_path: Path) -> None:
    outer = Repo(tmp_path / "outer")
    files = {f"governance/{place}": text for place, text in LAW.items()}
    outer.commit(
        "2026-01-10T12:00:00+01:00", {**files, "governance/projects/desk/project.yaml": plan("2026-06-01"), "x": "y"}
    )
    assert expected(outer.root / "governance", "2026-01-31") == ["2026-06-01"]


def test_a_shallow_clone_says_how_to_mend_it(repo: Repo, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{repo.root}", tmp_path / "thin"], check=True)
    found = history_of(tmp_path / "thin", [date(2026, 2, 28)])
    assert not found.points
    assert "git fetch --unshallow" in found.why


def test_no_repository_and_no_commit(tmp_path: Path) -> None:
    empty = Repo(tmp_path / "empty")
    for root in (tmp_path, empty.root):
        why = history_of(root, [date(2026, 2, 28)]).why
        assert "no history is kept" in why
        assert str(tmp_path) not in why, "the reason is published"


def test_the_history_begins_later(repo: Repo) -> None:
    assert history_of(repo.root, [date(2019, 1, 1)]).why == "The history begins later than that."


def test_what_is_remembered_says_the_same(repo: Repo) -> None:
    days = month_ends(date(2026, 4, 1), 3)
    fresh, first, second = (history_of(repo.root, days, cache=cache) for cache in (False, True, True))
    assert fresh == first == second
    assert (repo.root / ".git/handrail/history.sqlite").is_file()
    assert repo.git("status", "--porcelain") == ""


def test_a_spoilt_memory_changes_nothing(repo: Repo) -> None:
    days = month_ends(date(2026, 4, 1), 3)
    right = history_of(repo.root, days)
    place = repo.root / ".git/handrail/history.sqlite"
    data = place.read_bytes()
    for number in range(0, len(data), max(len(data) // 150, 1)):
        torn = data[:number] if number % 2 else data[:number] + bytes([data[number] ^ 0x55]) + data[number + 1 :]
        place.write_bytes(torn)
        assert history_of(repo.root, days) == right, number
        place.unlink(missing_ok=True)
    place.mkdir()
    assert history_of(repo.root, days) == right


def test_questions(repo: Repo) -> None:
    found = history_of(repo.root, month_ends(date(2026, 4, 1), 3))
    assert [str(day) for day, _ in found.of("desk")] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert found.of("nobody") == ()
    before = found.before(date(2026, 3, 1))
    assert before is not None
    assert before.on == date(2026, 2, 28)
    assert found.before(date(2026, 1, 1)) is None


def test_what_the_work_was_worth_is_kept_for_each_day(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "own")
    text = (
        "id: desk\nname: Desk\ntier: medium\nphase: execution\nstate: active\nmanager: j.okafor\nsponsor: c.moreau\n"
        "budget: {currency: CHF, approved: 1000, by_month: {2026-01: 500, 2026-02: 500}}\n"
        "tasks: [{id: T1, name: Build, duration: 40d, budget: 1000, planned_start: 2026-01-05, planned_finish: 2026-02-27, percent: DONE}]\n"
        "status_date: DAY\n"
    )
    for day, done in (("2026-01-31", "20%"), ("2026-02-28", "70%")):
        now: dict[str, str | None] = {"projects/desk/project.yaml": text.replace("DONE", done).replace("DAY", day)}
        repo.commit(f"{day}T12:00:00+00:00", {**LAW, **now})
    for _ in range(2):  # the second time from memory
        history = history_of(repo.root, month_ends(date(2026, 3, 5), 2))
        worth = [one.earned for _, one in history.of("desk")]
        assert [None if one is None else str(one) for one in worth] == [
            str(Money(Decimal(each), "CHF")) for each in (200, 700)
        ]
