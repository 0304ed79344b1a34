"""What the documents say is so: their commands exist and run, their links lead somewhere, nothing is named that is not there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from handrail.cli.table import COMMANDS
from handrail.scaffold.records.forms import BY_WORD

from tests.command import ROOT, git, handrail

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "standards").rglob("*.md")])
RULES = sorted((ROOT / "standards").rglob("*.rule.yaml"))
STARTERS = sorted((ROOT / "standards" / "templates").rglob("*.*"))
NAMES = {one.name for one in COMMANDS}
_COMMAND = re.compile(r"`(?:\$ )?handrail ([a-z][a-z-]*)(?: ([a-z-]+))?[^`]*`")
_BLOCK = re.compile(r"```(?:console|text|bash|shell)\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def ident(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [*PAGES, *RULES, *STARTERS], ids=ident)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [match.groups() for match in _COMMAND.finditer(text)]
    for block in _BLOCK.findall(text):
        for line in block.splitlines():
            match = re.match(r"\s*(?:\$ )?handrail ([a-z-]+)(?: ([a-z-]+))?", line)
            if match:
                found.append(match.groups())
    for command, word in found:
        assert command in NAMES, f"{ident(path)} names `handrail {command}`, which does not exist"
        if command == "new":
            assert word in {"project", None, *BY_WORD}, (
                f"{ident(path)} names `handrail new {word}`, which does not exist"
            )


@pytest.mark.parametrize("path", PAGES, ids=ident)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    for target in _LINK.findall(path.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:|#|/", target):
            continue
        file = (path.parent / target.split("#")[0]).resolve()
        generated = any(
            part in {"rules", "portfolio", "projects", "assurance", "data", "edit", "learning"}
            for part in Path(target).parts
        )
        assert file.exists() or generated, f"{ident(path)} links to {target}, which is not there"


@pytest.mark.parametrize("path", PAGES, ids=ident)
def test_pages_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if not path.is_relative_to(ROOT / "standards") or "templates" in path.parts or path.name == "CHANGELOG.md":
        return
    assert text.startswith("---\n"), f"{ident(path)} has no front matter"
    assert re.search(r"^title: ", text, re.MULTILINE), f"{ident(path)} has no title"


def test_the_readme_runs(tmp_path: Path) -> None:
    """Every `handrail` line of the README that needs no file of the reader's own, in order, from an empty folder."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    here = tmp_path
    ran = []
    for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            if words[:1] == ["cd"]:
                here = here / words[1]
            elif words[:1] == ["handrail"] and words[1] not in {"serve", "import"}:
                done = handrail(*words[1:], cwd=here)
                assert done.status == 0, f"{line}: {done.err}{done.out}"
                ran.append(words[1])
    assert {"init", "new", "check", "status"} <= set(ran)


def test_a_standard_of_ones_own_is_written_as_its_page_says(tmp_path: Path) -> None:
    """Every file and every line of the page, in order, in a fresh repository."""
    page = (ROOT / "standards/how-to/write-a-standard.md").read_text(encoding="utf-8")
    plans, names = tmp_path / "plans", {"--sponsor": "first.sponsor", "--manager": "first.manager"}
    handrail("init", plans, cwd=tmp_path)
    too_long = "A new desk for all of those who come to visit us"
    made = handrail("new", "project", "desk", "--tier", "small", "--name", too_long, *sum(names.items(), ()), cwd=plans)
    assert made.status == 0, made.err
    git("init", "-q", "-b", "main", cwd=plans)
    git("add", "-A", cwd=plans)
    git("commit", "-q", "-m", "Begin", cwd=plans)
    files = re.findall(r'```\w+ title="([^"]+)"\n(.*?)```', page, re.DOTALL)
    assert len(files) == 4
    for name, text in files:
        (plans / name).parent.mkdir(exist_ok=True)
        (plans / name).write_text(text, encoding="utf-8")
    said = {}
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for line in block.splitlines():
            program, *words = shlex.split(line.removeprefix("$ "))
            if program == "git":
                git(*words, cwd=plans)
            else:
                done = handrail(*words, "--as-of", "2027-03-01", cwd=plans) if words[0] in {"check", "impact"} else (
                    handrail(*words, cwd=plans)
                )  # fmt: skip
                assert done.status == 0, f"{line}: {done.err}{done.out}"
                said[" ".join(words)] = done.out
    assert "4 of 4 cases of 1 rule hold." in said["test-rules NAM-01"]
    assert f'The name "{too_long}" has 48 characters; 40 fit on a slide.' in " ".join(said["check"].split())
    assert "each of" not in said["explain NAM-01"]
    assert "must be so: size(project.name) <= params.length" in said["explain NAM-01"]
    assert 'New standard S-NAMES "Names of projects"' in said["check --base main"]
    assert "1 plan would newly fail a rule" in said["impact --base main"]
    # until its first day it only tells; a rule that comes later waits where the policy says so
    (setting,) = re.findall(r"^  - (\{rule: NAM-02.*\})$", page, re.MULTILINE)
    policy = plans / "standards/policy/enforcement.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("rules: []", f"rules:\n  - {setting}"), encoding="utf-8"
    )
    for kind in ("rule", "test"):
        text = (plans / f"standards/names/nam-01.{kind}.yaml").read_text(encoding="utf-8")
        later = text.replace("NAM-01", "NAM-02").replace("enforce_at: gate", "enforce_at: watch")
        (plans / f"standards/names/nam-02.{kind}.yaml").write_text(later, encoding="utf-8")
    for rule, before, first in (("NAM-01", "2027-02-28", "2027-03-01"), ("NAM-02", "2027-05-31", "2027-06-01")):
        for day, bites in ((before, "watch"), (first, "gate")):
            (told,) = (
                one for one in handrail("check", "--as-of", day, "--format", "json", cwd=plans).json["remarks"]
                if one["rule"] == rule
            )  # fmt: skip
            assert told["enforce_at"] == bites, (rule, day)
        soon = f"From 1 {'Mar' if rule == 'NAM-01' else 'Jun'} 2027: It is listed at once and stops only the next gate."
        assert soon in handrail("explain", rule, "--as-of", before, cwd=plans).out
        assert soon not in handrail("explain", rule, "--as-of", first, cwd=plans).out


def test_the_remark_of_the_readme_is_what_the_check_says() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(projects/.*?)```", readme, re.DOTALL)
    folder = "/".join(shown.split("/")[:2])
    assert f"`handrail check {folder}`" in readme
    assert " ".join(shown.split()) in " ".join(handrail("check", folder, cwd=ROOT).out.split())


def test_the_page_of_the_policy_names_each_of_its_files() -> None:
    text = (ROOT / "standards" / "policy" / "index.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+\.yaml)` \|", text, re.MULTILINE)
    assert sorted(named) == sorted(one.name for one in (ROOT / "standards" / "policy").glob("*.yaml"))


def test_scripts_of_the_readme_are_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"scripts/([a-z-]+)", readme)):
        assert (ROOT / "scripts" / name).exists(), name


def test_the_changelog_names_every_command() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert re.search(rf"`{name}\b", text), f"the changelog does not name `{name}`"


def test_no_place_of_a_machine_is_named() -> None:
    for path in [*PAGES, *RULES, *STARTERS, *(ROOT / "scripts").glob("*")]:
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"(?<![\w.])/(work|home|root)/", text), ident(path)
