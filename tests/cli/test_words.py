"""What commands say to somebody who is new: all of it at once, and every hint works when it is followed."""

import shlex
from pathlib import Path

import pytest

from tests.command import git, handrail

PEOPLE = ("--sponsor", "b.lee", "--manager", "c.roy")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("words") / "plans"
    assert handrail("init", folder, *PEOPLE, cwd=folder.parent).status == 0
    return folder


@pytest.fixture(scope="module")
def quay(office: Path) -> Path:
    done = handrail("new", "project", "quay", "--tier", "small", "--name", "Quay", *PEOPLE, cwd=office)
    assert done.status == 0, done.err
    return office


def test_init_tells_every_bad_option_at_once(tmp_path: Path) -> None:
    words = ("--currency", "eur", "--timezone", "europe/paris", "--sponsor", "C Roy", "--manager", "C Roy")
    done = handrail("init", tmp_path / "x", *words, cwd=tmp_path)
    assert done.status == 2
    for part in (
        "such as EUR",
        "write it as Europe/Paris",
        "`--sponsor C Roy`",
        "`--manager C Roy`",
        "two different people",
    ):
        assert part in done.err
    assert not (tmp_path / "x").exists()


def test_a_bare_repository_is_called_so(tmp_path: Path) -> None:
    git("init", "-q", "--bare", "plans.git", cwd=tmp_path)
    done = handrail("status", cwd=tmp_path / "plans.git")
    assert (done.status, done.err) == (
        2, "handrail: this is a bare repository, which holds no files: `git clone` it, and go into the clone.\n",
    )  # fmt: skip


def test_an_office_without_projects_is_told_how_to_begin(office: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "plans"
    handrail("init", fresh, *PEOPLE, cwd=tmp_path)
    done = handrail("status", cwd=fresh)
    assert done.status == 0
    assert "There is no project yet. Begin one: `handrail new project " in done.out
    assert "late by" not in done.out


def test_a_new_project_says_everything_that_it_lacks(office: Path) -> None:
    done = handrail("new", "project", "pier", "--name", "Pier", cwd=office)
    assert done.status == 2
    assert "`--tier` (small, medium, large), `--sponsor` (b.lee) and `--manager` (c.roy)" in done.err


@pytest.mark.parametrize("word", ["report", "risk", "decision", "lesson"])
def test_the_hint_for_a_record_works_when_it_is_followed(quay: Path, word: str) -> None:
    done = handrail("new", word, "quay", cwd=quay)
    assert done.status == 2
    assert "nothing was written" in done.err
    options = shlex.split(done.err.split("`")[1])
    assert options[0] == "--set"
    again = handrail("new", word, "quay", *options, cwd=quay)
    assert again.status == 0, again.err


def test_a_wrong_id_is_answered_with_the_ids_of_its_kind(quay: Path) -> None:
    done = handrail("set", "quay", "M9.forecast", "2027-02-01", cwd=quay)
    assert "nothing has the id `M9`. There are: `M1`, `M2`, `M3`." in done.err
    assert "Did you mean `M2`?" in handrail("set", "quay", "m2.forecast", "2027-02-01", cwd=quay).err


def test_the_list_of_rules_has_a_head_and_columns(office: Path) -> None:
    lines = handrail("explain", cwd=office).out.splitlines()
    assert lines[0].split() == ["rule", "bites", "binds", "remarks", "what", "it", "asks"]
    column = lines[0].index("what it asks")
    assert all(line[column - 1] == " " and line[column] != " " for line in lines[1:-2])
    assert "handrail explain RULE" in lines[-1]


def test_a_word_finds_the_rules_that_speak_of_it(office: Path) -> None:
    out = handrail("explain", "risk", cwd=office).out
    assert [line.split()[0] for line in out.splitlines()[2:7]] == ["RSK-01", "RSK-02", "RSK-03", "RSK-04", "RSK-05"]


def test_a_requirement_is_explained_with_its_rules(office: Path) -> None:
    out = handrail("explain", "s-risk.2", cwd=office).out
    assert out.startswith("S-RISK.2  must\n")
    assert "RSK-02" in out
    assert "S-RISK.1" not in out
    assert "S-RISK.5" in handrail("explain", "S-RISK", cwd=office).out


def test_what_nobody_knows_is_said_without_a_guess(office: Path) -> None:
    done = handrail("explain", "RSK-99", cwd=office)
    assert done.status == 2
    assert "Did you mean" not in done.err


def test_a_rule_that_cannot_be_understood_is_not_called_unknown(tmp_path: Path) -> None:
    fresh = tmp_path / "plans"
    handrail("init", fresh, *PEOPLE, cwd=tmp_path)
    rule = fresh / "standards" / "risk" / "rsk-01.rule.yaml"
    rule.write_text(
        rule.read_text(encoding="utf-8").replace("assert:", "when: item.x\n    assert:", 1), encoding="utf-8"
    )
    done = handrail("explain", "rsk-01", cwd=fresh)
    assert (done.status, done.out) == (2, "")
    assert "the rule `RSK-01` cannot be understood; `handrail check` says why." in done.err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("audit start", "For example: handrail audit start au-2027-1 --from 2026-07-01 --to 2026-12-31 --sample 25 --seed 7\n"),
        ("audit verify", "PACK is missing. For example: handrail audit verify au-2027-1.zip\n"),
        ("audit verify a b", "`b` is more than it takes"),
        ("approve gate", '--decision "go with conditions" --condition "Second offer before January, j.okafor, 2026-12-31"'),
        ("approve visitor-desk", "closure and 12 more, which `handrail approve --help` lists. For example: handrail approve baseline"),
        ("import xlsx", "FILE is missing. For example: handrail import xlsx visitor-desk.xlsx"),
        ("pack", "there is no command `pack`. Did you mean `handrail export pack`?"),
        ("risk", "Did you mean `handrail new risk`?"),
        ("zzz", "there is no command `zzz`. `handrail --help` lists the commands."),
        ("serve --port 80x", "argument --port: `80x` is no whole number."),
    ],
)  # fmt: skip
def test_wrong_use_is_answered_with_what_fits_the_words_typed(office: Path, typed: str, said: str) -> None:
    done = handrail(*typed.split(), cwd=office)
    assert done.status == 2
    assert said in done.err


def test_a_part_of_a_command_has_the_help_of_a_command(office: Path) -> None:
    said = handrail("audit", "replay", "--help", cwd=office).out
    assert said.startswith(
        "usage: handrail audit replay --from DATE --to DATE [OPTION ...]\n\nJudge every merge of a period again.\n"
    )
    assert said.endswith(
        "examples:\n  handrail audit replay --from 2026-07-01 --to 2026-12-31\n"
        "                                              merges that the gate would have stopped, and that went in\n"
    )
