"""Each command as people use it, on real folders and real Git."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from handrail.cli.handbook import commands_page
from handrail.cli.table import COMMANDS, Command
from handrail.cli.terminal import after_colon, colours

from tests.command import ROOT, digest, git, handrail

TIERS = ("small", "medium", "large")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the sample organisation, everything committed."""
    folder = tmp_path_factory.mktemp("sample") / "plans"
    assert handrail("init", folder, "--sample", cwd=ROOT).status == 0
    git("add", "-A", cwd=folder)
    git("commit", "-qm", "Start", cwd=folder)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A repository as `init` lays it down for an organisation of its own."""
    folder = tmp_path / "plans"
    done = handrail("init", folder, "--organisation", 'Öl & Söhne: "Lift"', "--currency", "CHF", cwd=tmp_path)
    assert done.status == 0, done.err
    return folder


def test_help_lists_every_command() -> None:
    done = handrail("--help", cwd=ROOT)
    assert done.status == 0
    for one in COMMANDS:
        assert one.name in done.out
        more = handrail(one.name, "--help", cwd=ROOT)
        assert more.status == 0
        assert "Writes nothing." in more.out or f"Writes: {one.writes}." in " ".join(more.out.split())


def test_the_handbook_has_every_command() -> None:
    page = (ROOT / "standards" / "how-we-work" / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(), "run scripts/commands-page with the environment's Python"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("chek",), "Did you mean `check`?"),
        (("new", "riks"), "argument KIND: there is no `riks`. Did you mean `risk`?"),
        (
            ("export", "nothing-like-it"),
            "argument FORMAT: there is no `nothing-like-it`. There are: csv, json, msproject",
        ),
        (("approve", "gate"), "usage: handrail approve KIND ID --by HANDLE [OPTION ...]"),
        (("check", "nowhere.yaml"), "there is no file and no folder `nowhere.yaml`. Name files or folders"),
        (("check", "projects/visitor-dsk"), "Did you mean `projects/visitor-desk`?"),
        (("check", "projects/visitor-desk/project.yml"), "Did you mean `projects/visitor-desk/project.yaml`?"),
        (("check", "visitor-desk"), "Did you mean `projects/visitor-desk`?"),
        (("check", "--as-of", "tomorrow"), "is no day"),
        (("check", "--as-of", "20261204"), "is no day"),
        (("check", "--as-of", "2026-12-04T10:30"), "is no day"),
        (("check", "--as-of", "0001-01-01"), "is no day"),
        (("new", "project", "a", "--tier", "small", "--start", "9999-12-31"), "is no day"),
        (("status", "visitor-dsk"), "Did you mean `visitor-desk`?"),
        (("explain", "RSK-99"), "there is no rule"),
        (("export", "csv", "nothing"), "There are:"),
        (("export", "csv", "risk"), "there is no csv table `risk`. Did you mean `risks`?"),
        (("export", "csv", "visitor-desk"), "one project goes out as JSON"),
        (("test-rules", "NOT-01"), "there is no rule `NOT-01`. `handrail explain` lists the rules."),
        (("test-rules", "RSK-1"), "Did you mean `RSK-01`?"),
        (("check", "visitor-dsk"), "Did you mean `projects/visitor-desk`?"),
        (("check", "--bsae", "main"), "there is no option `--bsae`. Did you mean `--base`?"),
        (("check", "--zzzzzz=1"), "there is no option `--zzzzzz`. `handrail check --help` lists the options."),
        (
            ("status", "visitor-desk", "New", "desk"),
            "`New desk` is more than it takes; put what has spaces between quotes.",
        ),
        (("evidence",), "COMMIT is missing. For example: handrail evidence HEAD"),
        (("report", "visitor-desk"), "--for is missing. For example: handrail report --for person"),
        (("handover",), "HANDLE, --to are missing. For example: handrail handover"),
        (("audit",), "start|replay|office|verify|status is missing. For example: handrail audit start"),
        (("set", "visitor-desk", "phase=closure"), "`handrail set visitor-desk phase closure`"),
        (
            ("new", "project", "visitor-desk", "--tier", "small", "--sponsor", "c.moreau", "--manager", "j.okafor"),
            "already",
        ),
        (
            ("new", "project", "Bad Id", "--tier", "small", "--sponsor", "c.moreau", "--manager", "j.okafor"),
            "cannot be an id",
        ),
        (
            ("new", "project", "a", "--tier", "small", "--sponsor", "c.moreau", "--manager", "c.moreau"),
            "two different people",
        ),
        (
            ("new", "project", "a", "--tier", "small", "--sponsor", "nobody", "--manager", "j.okafor"),
            "there is no person",
        ),
        (("new", "project", "a", "--sponsor", "c.moreau", "--manager", "j.okafor"), "--tier"),
        (("import", "csv", "none.csv", "--mapping", "none", "--into", "."), "there is no mapping none"),
        (("serve", "--port", "99999"), "is no port"),
    ],
)
def test_wrong_use_is_said_and_ends_with_two(sample: Path, words: tuple[str, ...], part: str) -> None:
    before = digest(sample)
    done = handrail(*words, cwd=sample)
    assert done.status == 2
    assert part in done.err
    assert digest(sample) == before


def test_outside_a_repository_it_says_what_to_do(tmp_path: Path) -> None:
    for words in (("check",), ("status",), ("build",), ("check", "--root", str(tmp_path))):
        done = handrail(*words, cwd=tmp_path)
        assert done.status == 2
        assert "handrail init" in done.err


def test_init_passes_from_its_first_moment(fresh: Path) -> None:
    done = handrail("check", cwd=fresh)
    assert (done.status, done.err) == (0, "")
    assert "nothing to remark" in done.out
    assert handrail("test-rules", cwd=fresh).status == 0
    assert "Brightwater" not in "".join(
        path.read_text(encoding="utf-8") for path in (fresh / "standards").glob("*.yaml")
    )
    assert not (fresh / "plugins").exists()
    assert (fresh / ".git").is_dir()


def test_init_leaves_nothing_of_the_sample(fresh: Path) -> None:
    known = [line.split("id: ")[1].split(",")[0].strip() for line in
             (ROOT / "standards" / "people" / "people.yaml").read_text(encoding="utf-8").splitlines()
             if "id: " in line and not line.lstrip().startswith("#")]  # fmt: skip
    assert known
    data = "\n".join(
        path.read_text(encoding="utf-8") for path in fresh.rglob("*.yaml") if "templates" not in path.parts
    )
    owners = "\n".join(
        line
        for path in fresh.rglob("*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("owner:")
    )
    for handle in known:
        assert f"id: {handle}" not in data
        assert f"owner: {handle}" not in owners


def test_init_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = handrail("init", tmp_path, cwd=tmp_path)
    assert done.status == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_observe_lets_everything_pass_until_its_day(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    handrail("init", folder, "--observe", cwd=tmp_path)
    broken = folder / "projects" / "desk" / "project.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("id: desk\nname: Desk\ntier: smal\nphase: planning\n", encoding="utf-8")
    assert handrail("check", cwd=folder).status == 0
    plan = (folder / "standards" / "policy" / "enforcement.yaml").read_text(encoding="utf-8")
    day = next(line for line in plan.splitlines() if "merge" in line).split("from: ")[1][:10]
    assert handrail("check", "--as-of", day, cwd=folder).status == 1


@pytest.mark.parametrize("tier", TIERS)
def test_a_new_project_passes_from_day_one(fresh: Path, tier: str) -> None:
    done = handrail(
        "new", "project", "lift", "--tier", tier, "--name", "Lift: \"A\" & 'B' # {x}", "--sponsor", "first.sponsor",
        "--manager", "first.manager", cwd=fresh,
    )  # fmt: skip
    assert done.status == 0, done.err
    assert "Still to write" in done.out
    report = handrail("check", "--format", "json", cwd=fresh)
    assert report.status == 0
    assert report.json["remarks"] == []
    later = handrail("check", "--as-of-phase", "execution", "--format", "json", cwd=fresh)
    assert later.json["remarks"], "the next phases ask for more"
    assert "Lift: \"A\" & 'B' # {x}" in handrail("status", "lift", cwd=fresh).out


def test_paths_filter_what_is_shown_never_what_is_judged(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sample, copy)
    plan = copy / "projects" / "visitor-desk" / "project.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("tier: small", "tier: smal"), encoding="utf-8")
    elsewhere = handrail("check", "projects/bike-shelter", "--format", "json", cwd=copy)
    assert elsewhere.status == 1
    assert elsewhere.json["blocks"] is True
    assert "This would be stopped by 1 remark not shown." in handrail("check", "projects/bike-shelter", cwd=copy).out
    assert all(file.startswith("projects/bike-shelter/") for _, file, _ in elsewhere.remarks)
    here = handrail("check", ".", "--format", "json", cwd=copy / "projects" / "visitor-desk")
    assert ("DAT-01", "projects/visitor-desk/project.yaml", 3) in here.remarks


def test_every_format_has_the_same_remarks(sample: Path) -> None:
    report = handrail("check", "--format", "json", cwd=sample).json
    text = handrail("check", "--format", "text", cwd=sample).out
    annotations = handrail("check", "--format", "github", cwd=sample).out
    assert report["remarks"]
    for one in report["remarks"]:
        assert f"{one['file']}:{one['line']}:{one['column']}" in text
    gates = [one for one in report["remarks"] if one["enforce_at"] == "gate" and one["state"] != "waived"]
    assert annotations.count("::warning ") == min(len(gates), 10)
    assert handrail("check", cwd=sample, env={"GITHUB_ACTIONS": "true"}).out == annotations


def test_output_goes_to_the_file_that_is_named(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "reports" / "remarks.json"
    done = handrail("check", "--format", "json", "--output", target, cwd=sample)
    assert done.out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == 1


def test_nothing_is_written_by_commands_that_say_so(sample: Path) -> None:
    before = digest(sample)
    commands = [
        ("check",), ("check", "--format", "json"), ("check", "projects/visitor-desk"), ("status",), ("status", "visitor-desk"),
        ("explain",), ("explain", "DAT-01"), ("test-rules",), ("export", "json"), ("export", "csv", "risks"),
        ("new", "project", "visitor-desk"), ("--help",), ("--version",),
    ]  # fmt: skip
    for words in commands:
        handrail(*words, cwd=sample)
        assert git("status", "--porcelain", "--ignored", cwd=sample) == "", words
        assert digest(sample) == before, words


def test_schema_writes_one_file_per_kind(tmp_path: Path) -> None:
    done = handrail("schema", tmp_path / "schemas", cwd=tmp_path)
    assert done.status == 0
    index = json.loads((tmp_path / "schemas" / "index.json").read_text(encoding="utf-8"))
    assert index["project.schema.json"] == "projects/*/*.yaml"
    pasted = json.loads((tmp_path / "schemas" / "vscode-settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert pasted[f"{(tmp_path / 'schemas').as_posix()}/project.schema.json"] == "projects/*/*.yaml"
    for name in index:
        schema = json.loads((tmp_path / "schemas" / name).read_text(encoding="utf-8"))
        assert schema["$schema"].endswith("2020-12/schema")


def test_explain_shows_the_values_behind_a_remark(sample: Path) -> None:
    remarks = handrail("check", "--format", "json", cwd=sample).json["remarks"]
    one = next(remark for remark in remarks if remark["rule"] not in {"DAT-01", "PRT-01"} and remark["project"])
    done = handrail("explain", one["fingerprint"][:8], cwd=sample)
    assert done.status == 0
    assert one["message"].split(".")[0][:40] in " ".join(done.out.split())
    assert "What was read:" in done.out
    rule = handrail("explain", one["rule"].lower(), cwd=sample)
    assert one["rule"] in rule.out
    assert one["project"] in rule.out


def test_status_hides_restricted_projects(sample: Path) -> None:
    restricted = [path.parent for path in (sample / "projects").glob("*/project.yaml")
                  if "sensitivity: restricted" in path.read_text(encoding="utf-8")]  # fmt: skip
    assert restricted
    for folder in restricted:
        name = next(
            line
            for line in (folder / "project.yaml").read_text(encoding="utf-8").splitlines()
            if line.startswith("name:")
        )
        title = name.split(":", 1)[1].strip().strip("'\"")
        assert title not in handrail("status", cwd=sample).out
        assert title not in handrail("export", "json", cwd=sample).out
        assert title not in handrail("export", "csv", cwd=sample).out
        assert title not in handrail("status", folder.name, cwd=sample).out


def test_colour_only_on_a_terminal(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\033" not in handrail("check", cwd=sample).out
    assert "\033" not in handrail("status", cwd=sample).out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colours()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colours()


def test_a_reader_that_goes_away_is_no_fault(sample: Path) -> None:
    import subprocess

    from tests.command import HANDRAIL

    done = subprocess.run(
        f"'{HANDRAIL}' check --format json | head -c 10", cwd=sample, shell=True, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert b"fault" not in done.stderr


def test_a_terminal_that_cannot_show_a_letter_still_shows_the_rest(sample: Path) -> None:
    done = handrail("status", cwd=sample, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.status == 0
    assert "visitor desk" in done.out


def test_build_is_the_same_bytes_twice(sample: Path, tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        done = handrail("build", "--site-dir", tmp_path / name, cwd=sample, started=True)
        assert done.status == 0, done.err
        digests.append(digest(tmp_path / name))
    assert digests[0] == digests[1]
    assert git("status", "--porcelain", "--ignored", cwd=sample) == ""


def test_a_fresh_repository_builds(fresh: Path) -> None:
    done = handrail("build", cwd=fresh)
    assert done.status == 0, done.err
    assert (fresh / "site" / "index.html").is_file()


def test_a_long_list_says_which_rules_speak_most(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    handrail("init", folder, cwd=tmp_path)
    for number in range(30):
        home = folder / "projects" / f"plan-{number:02}"
        home.mkdir(parents=True)
        text = f"id: plan-{number:02}\nname: Plan {number}\ntier: small\nphase: planning\n"
        (home / "project.yaml").write_text(text, encoding="utf-8")
    text = handrail("check", cwd=folder).out
    most = text.split("Most often:\n", 1)[1].splitlines()[0]
    report = handrail("check", "--format", "json", cwd=folder).json["remarks"]
    rules = [one["rule"] for one in report]
    first = max(rules, key=rules.count)
    assert most.split()[:2] == [str(rules.count(first)), first]


def test_the_package_is_the_same_command(tmp_path: Path) -> None:
    asked = ("--version",), ("check", "nowhere"), ("no-such-command",)
    for words in asked:
        done = subprocess.run(
            [sys.executable, "-m", "handrail", *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        same = handrail(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (same.status, same.out, same.err)


@pytest.mark.parametrize(
    ("paths", "begins"),
    [
        (["projects/visitor-desk"], "1 of 12 projects checked"),
        (["projects/visitor-desk/project.yaml", "projects/ticket-app"], "2 of 12 projects checked"),
        (["projects"], "12 projects checked"),
        (["standards/risk"], "What you named was checked"),
    ],
)
def test_a_check_of_a_part_says_how_much_that_was(sample: Path, paths: list[str], begins: str) -> None:
    lines = handrail("check", *paths, cwd=sample).out.splitlines()
    assert any(one.startswith(f"{begins} as of 4 Dec 2026") for one in lines)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("The file is large.", "the file is large."),
        ("there is no project.", "there is no project."),
        ("Git is not installed here.", "Git is not installed here."),
        ("HANDRAIL_PEOPLE is no file.", "HANDRAIL_PEOPLE is no file."),
        ("R-002 is closed.", "R-002 is closed."),
        ("", ""),
    ],
)
def test_what_follows_the_name_of_the_program_begins_small(given: str, said: str) -> None:
    assert after_colon(given) == said


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.name)
def test_help_begins_with_one_line_of_use_and_one_of_purpose(command: Command, tmp_path: Path) -> None:
    lines = handrail(command.name, "--help", cwd=tmp_path).out.splitlines()
    assert lines[0].startswith(f"usage: handrail {command.name}")
    assert len(lines[0]) < 80
    assert lines[1] == ""
    assert lines[2].startswith(command.help)


def test_options_of_one_kind_stand_together(tmp_path: Path) -> None:
    text = handrail("import", "--help", cwd=tmp_path).out
    first, after = text.split("for a workbook (xlsx):")
    assert "--branch" not in first
    assert "--branch" in after
    assert text.index("for a list") < text.index("--mapping") < text.index("for postings") < text.index("--columns")
