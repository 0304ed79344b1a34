"""What `init` and `new` lay down: the same from a wheel as from a checkout, nothing fictional, good for ten years."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handrail.load import FolderTree, load
from handrail.scaffold.project import NotPossible, new_project, write
from handrail.scaffold.repository import SKELETONS, AlreadyThere, Wishes, lay_down, starter, starter_root
from handrail.starters import Answers, fill, todos

from tests.command import ROOT, digest, handrail

TODAY = date(2026, 12, 4)
WISHES = Wishes(organisation='Öl & Söhne: "Lift"\n', currency="CHF", timezone="Europe/Zurich", today=TODAY)
ANSWERS = Answers(
    id="lift", name="Lift", sponsor="first.sponsor", manager="first.manager", board="main-board", objective="OBJ-1",
    currency="CHF", today=TODAY,
)  # fmt: skip


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh") / "plans"
    assert handrail("init", folder, "--no-git", cwd=ROOT).status == 0
    return folder


# --- from a wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a real wheel in an environment of its own; only what the wheel needs comes from here."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    build = [*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    subprocess.run([*pip, "install", *offline, "--target", str(packages), str(wheel)], check=True, capture_output=True)
    (here,) = {Path(path) for path in sys.path if path.endswith("site-packages") and path.startswith(sys.prefix)}
    (packages / "needs.pth").write_text(f"{here}\n", encoding="utf-8")
    return folder / "env" / "bin" / "python"


def from_wheel(python: Path, *words: str | Path, cwd: Path) -> str:
    """Run the installed command; no import may come from the checkout."""
    code = "import sys; from handrail.cli import main; sys.exit(main())"
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "COVERAGE_PROCESS_START"}}
    done = subprocess.run(
        [python, "-I", "-c", code, *map(str, words)], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--sample",), ("--observe",)])
def test_a_wheel_lays_down_the_same_bytes_as_the_checkout(installed, tmp_path, options) -> None:
    words = ("--organisation", "Öl & Söhne", "--currency", "CHF", "--no-git", *options)
    from_wheel(installed, "init", tmp_path / "wheel", *words, cwd=tmp_path)
    assert handrail("init", tmp_path / "checkout", *words, cwd=tmp_path).status == 0
    assert digest(tmp_path / "wheel") == digest(tmp_path / "checkout")


@pytest.mark.slow
def test_a_wheel_has_its_starter_inside_and_works_alone(installed, tmp_path) -> None:
    where = subprocess.run(
        [installed, "-I", "-c", "from handrail.scaffold.repository import starter_root; print(starter_root())"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    assert where.endswith("site-packages/handrail/_starter")
    from_wheel(installed, "init", tmp_path / "plans", cwd=tmp_path)
    assert "nothing to remark" in from_wheel(installed, "check", cwd=tmp_path / "plans")
    assert "cases" in from_wheel(installed, "test-rules", cwd=tmp_path / "plans")


def test_in_a_checkout_the_starter_is_the_checkout() -> None:
    assert starter_root() == ROOT
    assert not (ROOT / "plugins" / "handrail" / "_starter").exists()


# --- a new repository


def test_the_starter_is_silent_when_it_is_new(fresh) -> None:
    done = handrail("check", cwd=fresh)
    assert (done.status, done.err) == (0, "")
    assert "nothing to remark" in done.out


@pytest.mark.parametrize("day", ["2028-02-29", "2036-12-04"])
def test_a_starter_of_that_day_is_silent_too(tmp_path, day) -> None:
    lay_down(tmp_path, starter(replace(WISHES, today=date.fromisoformat(day))))
    assert "nothing to remark" in handrail("check", "--as-of", day, cwd=tmp_path).out


def test_ten_years_later_it_only_asks_to_read_the_standards_again(fresh) -> None:
    done = handrail("check", "--as-of", "2036-12-04", "--format", "json", cwd=fresh)
    assert done.status == 0
    assert {(one["rule"], one["enforce_at"]) for one in done.json["remarks"]} == {
        ("STD-03", "watch"),
        ("AUD-05", "watch"),
    }


def test_the_sample_says_the_same_for_ever(tmp_path) -> None:
    """Its day is fixed; on another day it is judged like any repository, without a fault of ours."""
    assert handrail("init", tmp_path / "plans", "--sample", "--no-git", cwd=tmp_path).status == 0
    today = handrail("check", "--format", "json", cwd=tmp_path / "plans")
    assert today.json["as_of"] == "2026-12-04"
    assert handrail("check", "--format", "json", "--as-of", "2026-12-04", cwd=tmp_path / "plans").out == today.out
    later = handrail("check", "--format", "json", "--as-of", "2036-12-04", cwd=tmp_path / "plans")
    assert later.status in {0, 1}
    assert len(later.json["remarks"]) > len(today.json["remarks"])
    for words in (("status",), ("status", "visitor-desk"), ("explain",), ("export", "json")):
        assert handrail(*words, "--as-of", "2036-12-04", cwd=tmp_path / "plans").status == 0


def test_nothing_fictional_is_laid_down() -> None:
    """Names of the invented organisation's people, projects and places stay where they were invented."""
    repository = load(FolderTree(ROOT)).repository
    names = [*repository.people, *(one.id for one in repository.plans), repository.organisation.organisation]
    # every organisation has a portfolio board
    names += [one.id for one in repository.policy.boards.boards if one.id != "portfolio-board"] + [
        *repository.programmes
    ]
    pattern = re.compile("|".join(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.[a-z])" for name in names))
    law = re.compile(r"standards/(handrail\.yaml|people/|strategy/|policy/(boards|rates|redirects|taxonomy)\.yaml)")
    found = {
        path: sorted(set(pattern.findall(data.decode())))
        for path, data in starter(WISHES).items()
        if law.match(path) or path in {"README.md", ".gitignore"}
    }
    assert {path: hits for path, hits in found.items() if hits} == {}
    assert not [path for path in starter(WISHES) if path.startswith("projects/")]


def test_skeletons_have_no_hole_left_and_say_what_was_said() -> None:
    files = starter(WISHES)
    settings = files["standards/handrail.yaml"].decode()
    assert """organisation: 'Öl & Söhne: "Lift"\n""" in settings or 'organisation: "Öl & Söhne: \\"Lift\\"' in settings
    assert "currencies: [CHF]" in settings
    assert "timezone: Europe/Zurich" in settings
    assert "as_of" not in settings
    assert files["README.md"].decode().splitlines()[0] == '# Projects of Öl & Söhne: "Lift"'
    assert not [
        path
        for path, data in files.items()
        if re.search(rb"\{\{[a-z+0-9]+\}\}", data) and not path.startswith("standards/templates/")
    ]


def test_the_site_is_called_as_the_organisation() -> None:
    files = starter(Wishes(organisation="Smith: Sons", currency="EUR", timezone="UTC", today=date(2027, 1, 4)))
    assert b'\nsite_name: "Smith: Sons"\n' in files["mkdocs.yml"].replace(b"'", b'"')


def test_every_page_begins_its_life_today_and_belongs_to_the_pmo() -> None:
    pages = {
        path: data.decode() for path, data in starter(WISHES).items() if path.endswith(".md") and path != "README.md"
    }
    heads = {path: text.split("\n---\n")[0] for path, text in pages.items() if text.startswith("---\n")}
    assert heads
    for path, head in heads.items():
        for key, value in re.findall(r"^(owner|effective_from|reviewed_on): (.*)$", head, re.MULTILINE):
            if not path.startswith(SKELETONS):
                assert value == ("pmo.head" if key == "owner" else "2026-12-04"), path


def test_a_folder_with_something_in_it_is_left_alone(tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        lay_down(tmp_path, starter(WISHES))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_fresh_git_folder_is_as_good_as_empty(tmp_path) -> None:
    (tmp_path / ".git").mkdir()
    lay_down(tmp_path, starter(WISHES))
    assert (tmp_path / "standards" / "handrail.yaml").is_file()


def test_to_observe_is_a_plan_with_days() -> None:
    plan = starter(replace(WISHES, observe=True))["standards/policy/enforcement.yaml"].decode()
    assert re.findall(r"from: (\S+), enforce_at: (\w+)", plan) == [
        ("2027-01-03", "merge"), ("2027-02-02", "gate"), ("2027-03-04", "watch")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--currency", "euro"), "`--currency euro` is no currency"),
        (("--timezone", "Mars/North"), "`--timezone Mars/North` is no time zone"),
        (("--timezone", "../../etc/passwd"), "is no time zone"),
        (("--organisation", "  "), "an organisation has a name"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, words, part) -> None:
    done = handrail("init", "plans", *words, cwd=tmp_path)
    assert done.status == 2
    assert part in done.err
    assert not (tmp_path / "plans").exists()


# --- a new project


def test_answers_fill_the_holes() -> None:
    text = "id: {{id}}\nname: {{name}}\nplanned: {{today}}\nactual: {{today+90}}\nkept: {{ id }} {x}\n"
    filled = fill(text, replace(ANSWERS, name="Lift: 'A' # {x}"))
    assert filled.splitlines() == [
        "id: lift", 'name: "Lift: \'A\' # {x}"', "planned: 2026-12-04", "actual: 2027-03-04", "kept: {{ id }} {x}"
    ]  # fmt: skip
    with pytest.raises(KeyError):
        fill("{{nobody}}", ANSWERS)


def test_an_answer_is_no_hole() -> None:
    assert fill("name: {{name}}", replace(ANSWERS, name="{{today}}")) == """name: '{{today}}'"""


def test_open_points() -> None:
    text = "why:  # TODO: say why\n  problem:\n# a comment\nscope: {in: []} # TODO:  what belongs to it \n"
    assert [(one.line, one.text) for one in todos("a.yaml", text)] == [(1, "say why"), (4, "what belongs to it")]


@pytest.mark.parametrize(
    ("what", "answers", "part"),
    [
        ("capital letters", {"id": "Lift"}, "cannot be an id"),
        ("a path", {"id": "../lift"}, "cannot be an id"),
        ("too long", {"id": "x" * 41}, "cannot be an id"),
        ("nobody knows the sponsor", {"sponsor": "zoe"}, "there is no person `zoe`"),
        ("nobody knows the manager", {"manager": "zoe"}, "there is no person `zoe`"),
        ("no such board", {"board": "moon"}, "there is no board `moon`"),
        ("no such objective", {"objective": "OBJ-99"}, "there is no objective `OBJ-99`"),
        ("the sponsor leads it", {"manager": "first.sponsor"}, "two different people"),
    ],
)
def test_what_does_not_fit(fresh, what, answers, part) -> None:
    repository = load(FolderTree(fresh)).repository
    boards, objectives = repository.policy.boards.boards, list(repository.objectives)
    usual = replace(ANSWERS, board=boards[0].id, objective=next(one for one in objectives if one.startswith("OBJ")))
    assert new_project(repository, "small", usual).files
    with pytest.raises(NotPossible, match=re.escape(part)):
        new_project(repository, "small", replace(usual, **answers))


FILES = {"projects/lift/project.yaml": "id: lift\n", "projects/lift/reports/2026-11-30.md": "---\n"}


def test_a_project_is_written_whole(tmp_path) -> None:
    write(tmp_path, FILES)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(FILES)
    assert (tmp_path / "projects" / "lift").stat().st_mode == (tmp_path / "projects").stat().st_mode


def test_or_not_at_all(tmp_path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path, {**FILES, "projects/lift/risks.yaml": "half a letter: \ud800"})
    assert list((tmp_path / "projects").iterdir()) == []


def test_what_is_there_is_left_alone(tmp_path) -> None:
    (tmp_path / "projects" / "lift").mkdir(parents=True)
    with pytest.raises(FileExistsError):
        write(tmp_path, FILES)
    assert list((tmp_path / "projects").rglob("*")) == [tmp_path / "projects" / "lift"]
