"""The standards that ship: every rule belongs to a requirement, bites when it should, and does what its cases say."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
import yaml
from handrail.load import FolderTree, load
from handrail.remark import Remark
from handrail.rules import case_world
from handrail.rules.cases import run_cases
from handrail.rules.registry import RULES
from handrail.run import run
from handrail.starters import Answers, fill, starter_files

from tests.command import handrail
from tests.gate.repository import Governed
from tests.rules.case_repository import ROOT, cases_of, lay_down, shipped
from tests.shared_data import shared

REPOSITORY = shipped()
RULE_FILES = sorted((ROOT / "standards").glob("*/*.rule.yaml"))
CASES = cases_of(REPOSITORY)
CATALOGUE = {
    one["id"]: one for one in yaml.safe_load(shared("rule_catalogue.yaml").read_text(encoding="utf-8"))["rules"]
}
GOVERNANCE = shared("../GOVERNANCE.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(yaml|markdown)\n(.*?)```", GOVERNANCE, re.DOTALL)
DAY = date(2026, 12, 4)
BESIDE = {"BC-06", "CST-06", "WVR-03"}
"""Rules of a capability (here C-05) that the catalogue does not list."""

# GOVERNANCE.md section 1: integrity stops a change, alarms never stop anything, content stops the next gate.
MERGE = {
    "DAT-01", "PRT-01", "GOV-02", "GOV-03", "GOV-04", "GOV-05", "GOV-06", "GOV-08", "QLT-03", "RSK-03", "BSL-01", "GAT-01", "GAT-03",
    "GAT-04", "CLO-01", "STD-01", "STD-02", "WVR-01", "AUD-01", "AUD-03",
}  # fmt: skip
WATCH = {
    "RES-01", "RES-02", "REP-01", "COM-02", "LSN-02", "SUP-01", "STD-03", "TRN-01", "WVR-02", "WVR-03", "PRT-02", "PRT-03", "PRT-04", "AUD-02",
    "AUD-04", "BEN-01",
}  # fmt: skip
ALARMS = {"CST-04", "EXC-01", "AUD-05"}  # sections 3, 4 and 8 call them alarms
AT_LEAST = [
    "GOV-01",
    "GOV-02",
    "GOV-04",
    "GOV-07",
    "BC-01",
    "BC-02",
    "SCP-01",
    "QLT-01",
    "SCH-05",
    "SCH-06",
    "CST-01",
    "CST-03",
    "CST-04",
    "COM-01",
    "REP-01",
    "REP-02",
    "REP-03",
    "RSK-01",
    "ISS-01",
    "BSL-02",
    "CHG-01",
    "CLO-01",
    "LSN-01",
    "WVR-01",
    "EXC-01",
    "BEN-01",
    "STD-02",
    "STD-03",
]


def due(rule: str) -> str:
    return "merge" if rule in MERGE else "watch" if rule in WATCH | ALARMS else "gate"


def told(root: Path, project: str, day: date = DAY) -> list[Remark]:
    return [one for one in run(root, today=day, as_of=day).remarks if one.project == project]


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda one: one.name)
def test_a_rule_is_called_like_its_file_and_has_cases_beside_it(path: Path) -> None:
    name = path.name.removesuffix(".rule.yaml")
    assert name.upper() in REPOSITORY.rules
    assert path.with_name(f"{name}.test.yaml").is_file()
    assert name.upper() in CASES


def test_what_the_first_version_promises_is_there() -> None:
    assert set(AT_LEAST) <= REPOSITORY.rules.keys()


def test_rules_and_requirements_name_each_other() -> None:
    requirements = {one.id: one for standard in REPOSITORY.standards.values() for one in standard.requirements}
    rules = {**REPOSITORY.rules, **{one.RULE.id: one.RULE for one in RULES}}
    for rule in rules.values():
        assert rule.requirement in requirements, f"{rule.id} verifies {rule.requirement}, and no standard has it"
        assert rule.id in requirements[rule.requirement].verified_by, (
            f"{rule.requirement} does not name {rule.id} under verified_by"
        )
    for requirement in requirements.values():
        for name in requirement.verified_by:
            assert rules[name].requirement == requirement.id, (
                f"{requirement.id} names {name}, which verifies {rules[name].requirement}"
            )
            assert rules[name].level == requirement.level, (
                f"{requirement.id} is a {requirement.level}, its rule {name} a {rules[name].level}"
            )


def test_every_standard_is_kept_and_every_requirement_can_be_checked() -> None:
    for standard in REPOSITORY.standards.values():
        assert standard.owner in REPOSITORY.people
        assert re.fullmatch(r"[1-9]\.\d+\.\d+", standard.version)
        assert standard.status == "active"
        folder = ROOT / Path(standard.loc.file).parent
        assert f"## {standard.version}" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")
        for part in (
            r"^## What you do",
            r"^\|.*\| small \| medium.* large \|$",
            r"^## An example$",
            r"^## Common slips$",
        ):
            assert re.search(part, standard.body, re.MULTILINE), (standard.id, part)
        for one in standard.requirements:
            assert one.rationale, one.id
            assert one.responsible, one.id
            assert one.verified_by or one.manual_evidence, one.id
            assert re.search(r"\bmust\b" if one.level == "must" else r"\bshould\b", one.text), (
                f"{one.id} is a {one.level}, and its text does not say so: {one.text}"
            )


def test_every_list_of_changes_says_why_at_what_cost_and_from_when() -> None:
    for standard in REPOSITORY.standards.values():
        text = (ROOT / Path(standard.loc.file).parent / "CHANGELOG.md").read_text(encoding="utf-8")
        entries = re.split(r"(?m)^## ", text)[1:]
        versions = [one.split(",")[0] for one in entries]
        assert versions == sorted(versions, key=lambda one: [int(part) for part in one.split(".")], reverse=True)
        assert versions[0] == standard.version, standard.id
        bound = re.search(r"binding from (.*)", entries[0])
        assert bound is not None
        day = datetime.strptime(bound[1], "%d %B %Y")  # noqa: DTZ007 - a day
        assert day.date() == standard.effective_from, standard.id
        ranges = re.findall(rf"{standard.id}\.(\d+) to {standard.id}\.(\d+)", text)
        said = {int(one) for one in re.findall(rf"{standard.id}\.(\d+)", text)}
        said |= {number for first, last in ranges for number in range(int(first), int(last) + 1)}
        for binding in standard.requirements:
            assert int(binding.id.rpartition(".")[2]) in said, (
                f"{binding.id} stands in no entry of the standard's CHANGELOG.md"
            )
        for one in entries[:-1]:
            assert re.search(r"(?m)^Source: \w", one), (standard.id, one)
            assert re.search(r"(?m)^Cost: \w", one), (standard.id, one)
            told = re.findall(rf"{standard.id}\.\d+", one)
            assert told or "RES-02" in one, (standard.id, one)


@pytest.mark.parametrize("rule", REPOSITORY.rules.values(), ids=lambda one: one.id)
def test_a_rule_bites_when_governance_says_and_means_what_the_catalogue_means(rule) -> None:
    assert rule.enforce_at == due(rule.id), (
        f"name {rule.id} in WATCH, MERGE or ALARMS if it bites elsewhere than at the gate"
    )
    if rule.id in BESIDE:
        assert rule.id not in CATALOGUE
        return
    assert rule.id in CATALOGUE, f"the catalogue does not list {rule.id}: name it in BESIDE"
    meant = CATALOGUE[rule.id]
    assert (rule.level, rule.severity, rule.waivable) == (meant["level"], meant["severity"], meant["waivable"])
    assert meant["enforce_at"] == due(rule.id)
    words = {
        word for word in re.findall(r"[a-z]{4,}", rule.title.lower()) if word not in {"every", "with", "that", "what"}
    }
    meaning = f"{meant['title']} {meant['statement']} {meant['rationale']} {meant['check']}".lower()
    assert any(word[:5] in meaning for word in words), f"{rule.title} | {meaning}"


def test_only_a_role_that_is_taken_away_bites_otherwise_than_its_rule() -> None:
    own = {(rule.id, one.enforce_at) for rule in REPOSITORY.rules.values() for one in rule.checks if one.enforce_at}
    # whoever lacks what a role asks for stops the gate and their own appointment, never an update
    assert own == {("GOV-01", "merge"), ("RES-02", "gate"), ("RES-02", "merge")}
    taken = [one for one in REPOSITORY.rules["GOV-01"].checks if one.enforce_at]
    assert all("old." in one.assert_ for one in taken)


@pytest.mark.parametrize("built_in", RULES, ids=lambda one: one.RULE.id)
def test_a_rule_in_the_code_bites_when_governance_says(built_in) -> None:
    rule = built_in.RULE
    if rule.id not in CATALOGUE:  # the house has added it: it says itself when it bites
        return
    meant = CATALOGUE[rule.id]
    assert rule.enforce_at == due(rule.id) == meant["enforce_at"]
    assert (rule.level, rule.severity, rule.waivable) == (meant["level"], meant["severity"], meant["waivable"])


def test_everything_that_shall_stop_a_merge_is_in_the_house() -> None:
    house = REPOSITORY.rules.keys() | {one.RULE.id for one in RULES}
    assert house >= MERGE - {"AUD-01"}  # who audited what twelve months ago is not on record yet
    known = {one.id: one.enforce_at for one in (*REPOSITORY.rules.values(), *(each.RULE for each in RULES))}
    assert {name for name, bites in known.items() if bites == "merge" and name in CATALOGUE} == MERGE & known.keys()


def test_a_change_rule_of_the_catalogue_is_in_the_house() -> None:
    house = REPOSITORY.rules.keys() | {one.RULE.id for one in RULES}
    assert {name for name, one in CATALOGUE.items() if one["kind"] == "diff"} <= house


@pytest.mark.parametrize("rule", REPOSITORY.rules.values(), ids=lambda one: one.id)
def test_a_rule_speaks_plainly(rule) -> None:
    assert rule.why
    assert rule.ask, f"{rule.id} does not say whom to ask: add `ask:`"
    for check in rule.checks:
        assert check.fix, check.message
        assert "`" in check.fix, check.fix
        said = f"{check.message} {check.fix}".lower()
        for word in ("null", "baseline", "assert", "violat", " base ", "invalid", "http"):
            assert word not in re.sub(r"`[^`]*`|\{[^}]*\}", "", said), (word, said)
        first = re.sub(r"\{[^}]*\}", "", re.split(r"(?<=\.)\s", check.message)[0])
        assert not re.search(r"\b[A-Z]{2,4}-\d|\.ya?ml\b|/", first), first
        # a figure in an expression would be a figure that the policy cannot change
        bare = re.sub(r"'[^']*'|has\([^)]*\)", "", check.assert_)
        assert not re.search(r"(?<![\w.])[1-9]\d*", bare.replace("== 1", "")), check.assert_


def test_all_cases_hold() -> None:
    result = run_cases(REPOSITORY)
    assert not result.lacking
    assert not result.remarks
    assert [(one.file, one.line, one.problems) for one in result.cases if one.problems] == []
    assert {one.rule for one in result.cases} == REPOSITORY.rules.keys()


def test_a_case_of_bad_news_without_a_before_shows_no_change_that_merges(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    path = next(one.loc.file for one, _ in CASES.values() if not one.no_bad_news)
    place = tmp_path / path
    text = place.read_text(encoding="utf-8")
    place.write_text(re.sub(r"(?m)^    before:.*\n(      .*\n)*", "", text), encoding="utf-8")
    result = run_cases(load(FolderTree(tmp_path)).repository)
    assert [(file, said) for _, file, said in result.lacking] == [
        (path, "No case of bad news says what stood there before (`before:`), so none shows a change that merges.")
    ]


@pytest.mark.parametrize("rule", REPOSITORY.rules.values(), ids=lambda one: one.id)
def test_the_command_line_says_what_the_first_firing_case_expects(rule, tmp_path: Path) -> None:
    cases, raw = CASES[rule.id]
    text = (ROOT / cases.loc.file).read_text(encoding="utf-8")
    parts = re.split(r"(?m)^  - name: ", text)[1:]
    firing = [i for i, part in enumerate(parts) if f"# remark: {rule.id}" in part and cases.cases[i].kind != "bad news"]
    # a rule about a change has no case without a before: then the change is made with Git, and judged against it
    number = next((i for i in firing if not cases.cases[i].before), firing[0])
    case, written = cases.cases[number], raw["cases"][number]
    given, kind = written.get("given") or {}, rule.applies_to.kind
    base: tuple[str, ...] = ()
    if case.before:
        lay_down(tmp_path, REPOSITORY, kind, case, case_world._merged(given, written["before"]))
        Governed(folder=tmp_path).begin()
        shutil.rmtree(tmp_path / "standards")
        shutil.rmtree(tmp_path / "projects")
        base = ("--base", "HEAD")
    as_of = lay_down(tmp_path, REPOSITORY, kind, case, given)
    done = handrail("check", *base, "--format", "json", "--as-of", as_of.isoformat(), cwd=tmp_path)
    found = [one for one in done.json["remarks"] if one["rule"] == rule.id]
    assert found, done.json["remarks"]
    assert {one["enforce_at"] for one in found} == {rule.enforce_at}
    assert done.status == (1 if done.json["counts"]["merge"] else 0)
    if rule.enforce_at == "merge":
        assert done.status == 1
    for one in found:
        assert "nobody can tell whether" not in one["message"], "people get the rule's own words"


def folder(tmp_path: Path) -> Path:
    """A repository with this one's standards and no project."""
    shutil.copytree(ROOT / "standards", tmp_path / "standards")
    return tmp_path


@pytest.mark.parametrize("tier", ["small", "medium", "large"])
def test_a_starter_raises_no_remark_on_its_first_day(tier, tmp_path: Path) -> None:
    root = folder(tmp_path)
    answers = Answers(
        id="fresh", name="Fresh", sponsor="c.moreau", manager="j.okafor", board="lyon-sites", objective="OBJ-4", currency="EUR",
        today=DAY,
    )  # fmt: skip
    for name, text in starter_files(FolderTree(ROOT), tier).items():
        path = root / "projects" / "fresh" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fill(text, answers), encoding="utf-8")
    assert [(one.rule, one.message) for one in told(root, "fresh")] == []


def test_the_small_plan_of_the_governance_page_raises_no_remark(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (plan, report, change, risks) = (text for _, text in BLOCKS)
    home = root / "projects" / "visitor-desk"
    sample = ROOT / "projects" / "visitor-desk"
    for name in ("approvals", "baselines", "gates"):
        shutil.copytree(sample / name, home / name)
    shutil.copy(sample / "issues.yaml", home)
    for name, text in (
        ("project.yaml", plan), ("reports/2026-11-30.md", report), ("changes/CR-003.yaml", change), ("risks.yaml", risks),
    ):  # fmt: skip
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    assert [(one.rule, one.message) for one in told(root, "visitor-desk")] == []


def typed(front: str) -> int:
    """Values that a manager types into a report's front matter; the tool fills in the day."""
    values = yaml.safe_load(front)
    values.pop("as_of")

    def count(value: object) -> int:
        if isinstance(value, dict):
            return sum(count(one) for one in value.values())
        return sum(count(one) for one in value) if isinstance(value, list) else 1

    return count(values)


def test_a_monthly_update_is_a_handful_of_fields() -> None:
    front = BLOCKS[1][1].split("---")[1]
    amber = typed(front) + 1  # and the words below it
    money = 2  # what was spent this month, and what is expected in the end
    assert amber + money <= 10
    sample = (ROOT / "projects" / "visitor-desk" / "reports" / "2026-10-31.md").read_text(encoding="utf-8")
    assert yaml.safe_load(sample.split("---")[1])["status"] == "green"
    assert typed(sample.split("---")[1]) + 1 + money <= 5


def test_the_sample_is_read_without_a_remark_of_the_law() -> None:
    faults = [one for one in load(FolderTree(ROOT)).remarks if one.loc.file.startswith("standards/")]
    assert [(one.loc.file, one.message) for one in faults] == []
