"""CODEOWNERS: the policy's families in the order of the host, logins for handles, no path without a guard."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from handrail.export.codeowners import login_of, same
from handrail.model.organisation import PersonRecord

from tests.command import ROOT, handrail


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """The sample, with a folder of its own to write into."""
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def owners(plans: Path) -> dict[str, list[str]]:
    """Patterns in the order of the file, with their owners."""
    rows = [line.split() for line in (plans / "CODEOWNERS").read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[1:] for row in rows if row and row[0] != "#"}


def last_that_fits(plans: Path, path: str) -> list[str]:
    """Who is asked about a path: of the lines that fit, the last; a pattern that ends with / stands for a folder."""
    found: list[str] = []
    for pattern, people in owners(plans).items():
        text = re.escape(pattern.lstrip("/")).replace(r"\*", "[^/]*")
        if pattern == "*" or re.match(text + (".+" if pattern.endswith("/") else "(/.*)?$"), path):
            found = people
    return found


def test_the_right_people_are_asked(plans) -> None:
    assert handrail("codeowners", "--host", "gitlab", cwd=plans).status == 0
    assert last_that_fits(plans, "projects/visitor-desk/project.yaml") == ["@j.okafor", "@p.nowak"]
    approvers = last_that_fits(plans, "projects/visitor-desk/approvals/AP-001.yaml")
    assert "@c.moreau" in approvers
    assert "@j.okafor" not in approvers
    assert last_that_fits(plans, "standards/risk/index.md") == ["@p.nowak", "@v.leroy"]
    assert "@a.berger" in last_that_fits(plans, "standards/audits/x/audit.yaml")
    for path in (".ci/gate.sh", ".github/workflows/gate.yml", "mkdocs.yml", "CODEOWNERS", "anything-else.txt"):
        assert last_that_fits(plans, path) == ["@p.nowak"], path


def test_a_manager_who_left_is_not_asked(plans) -> None:
    """harbour-gates is led by somebody who is no longer here: the project office stands in."""
    handrail("codeowners", "--host", "gitlab", cwd=plans)
    assert last_that_fits(plans, "projects/harbour-gates/project.yaml") == ["@p.nowak"]


def test_every_line_has_an_owner_whose_login_the_host_could_have(plans) -> None:
    handrail("codeowners", "--host", "gitlab", cwd=plans)
    assert all(people and all(re.fullmatch(r"@[\w.-]+", one) for one in people) for people in owners(plans).values())


def directory(plans: Path, said: str = "") -> None:
    """Take every login out of the directory, and give the project office one."""
    people = plans / "standards" / "people" / "people.yaml"
    text = re.sub(r" host: \{[^}]*\},?", "", people.read_text(encoding="utf-8"))
    people.write_text(text.replace("{id: p.nowak,", f"{{id: p.nowak,{said}"), encoding="utf-8")


def test_without_a_login_of_the_project_office_nothing_is_written(plans) -> None:
    directory(plans)
    done = handrail("codeowners", "--host", "github", cwd=plans)
    assert done.status == 2
    assert "No login on github is known of p.nowak, v.leroy" in done.err
    assert "nothing was written" in done.err
    assert not (plans / "CODEOWNERS").exists()


def test_logins_come_from_the_directory(plans) -> None:
    directory(plans, " host: {github: pnowak-pmo},")
    assert handrail("codeowners", cwd=plans).status == 0
    # nobody else has one, so the project office is asked about everything
    assert {one for row in owners(plans).values() for one in row} == {"@pnowak-pmo"}


def test_it_says_when_it_is_out_of_date_and_writes_nothing_then(plans) -> None:
    check = ("codeowners", "--host", "gitlab", "--check")
    done = handrail(*check, cwd=plans)
    assert (done.status, "There is no CODEOWNERS" in done.out) == (1, True)
    handrail("codeowners", "--host", "gitlab", cwd=plans)
    assert handrail(*check, cwd=plans).status == 0
    file = plans / "CODEOWNERS"
    text = file.read_text(encoding="utf-8")
    file.write_text("# my words\n\n" + re.sub(r" +@", "   @", text), encoding="utf-8")
    assert handrail(*check, cwd=plans).status == 0, "formatting aside"
    file.write_text(text.replace("/standards/audits/", "/standards/audit/"), encoding="utf-8")
    done = handrail(*check, cwd=plans)
    assert done.status == 1
    assert "/standards/audits/" in done.out
    assert "/standards/audit/ " in file.read_text(encoding="utf-8"), "a check never writes"


def test_the_order_of_lines_counts_that_of_owners_does_not() -> None:
    assert same("* @a @B\n", "*  @b   @a # both\n")
    assert not same("* @a\n/x/ @b\n", "/x/ @b\n* @a\n")
    assert not same("* @a\n", "* @a @b\n")


@pytest.mark.parametrize("login", ["a\n* @evil", "a b", "", "@", "a..b/../c", "-a", "a@b.example"])
def test_no_login_can_end_the_line(login) -> None:
    people = {"a.b": PersonRecord(id="a.b", host={"github": login})}
    assert login_of("a.b", people, "github") is None
