"""Lays the world of a rule's case down as real files, so that the shipped command line can judge it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from handrail.load import FolderTree, load
from handrail.load.projects import ATTACHED
from handrail.load.reading import Reading
from handrail.model.kinds import BY_NAME
from handrail.model.repository import Repository
from handrail.model.rule_file import RuleCase, RuleCases
from handrail.rules import case_world
from handrail.yaml_text import dump

ROOT = Path(__file__).resolve().parents[2]
LAW = ("standards/handrail.yaml", "standards/people", "standards/strategy", "standards/policy", "standards/templates")


def shipped() -> Repository:
    """The repository as it stands here."""
    return load(FolderTree(ROOT)).repository


def cases_of(repository: Repository) -> Mapping[str, tuple[RuleCases, Mapping[str, Any]]]:
    """The cases of every rule, and what stands in their file."""
    reading = Reading(tree=repository.tree, currency=repository.currency)
    found = {}
    for path in repository.tree.paths():
        if path.endswith(".test.yaml"):
            cases = reading.entity(RuleCases, path, None)
            assert cases is not None, path
            found[cases.rule] = (cases, reading.raw[path])
    return found


def lay_down(root: Path, repository: Repository, kind: str, case: RuleCase, given: Mapping[str, Any]) -> date:
    """Write the world of a case into a folder, with the standards of this repository; answers with its day."""
    as_of = case.as_of or case_world.TODAY
    for path in LAW:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ROOT / path, target) if (ROOT / path).is_dir() else shutil.copy(ROOT / path, target)
    for file in (ROOT / "standards").glob("*/*.rule.yaml"):
        target = root / file.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(file, target)
        shutil.copy(file.parent / "index.md", target.parent)
    named = {one["id"]: one for one in (*case_world._PEOPLE, *case.law.get("people", ()), {"id": "p.nowak"})}
    people = list(named.values())
    objectives = [*case_world._OBJECTIVES, *case.law.get("objectives", ())]
    boards = [*case_world._BOARDS, *case.law.get("boards", ())]
    _write(root / "standards/people/people.yaml", {"people": people})
    _write(root / "standards/strategy/objectives.yaml", {"objectives": objectives})
    _write(root / "standards/policy/boards.yaml", {"boards": boards})
    _lay_law(root, case.law)
    if kind == "standard":
        _write(root / "standards/risk/index.md", given, front=True)
        return as_of
    starter = case_world._starter(repository, case.tier, as_of)
    _lay_plan(root / "projects" / "case", case_world._merged(starter, given))
    for i, one in enumerate(case.portfolio):
        other = case_world._merged({**starter, "id": f"case-{i + 2}"}, one)
        _lay_plan(root / "projects" / str(other["id"]), other)
    return as_of


def _lay_law(root: Path, law: Mapping[str, Any]) -> None:
    """The PMO's own records of a case, and none of the sample's."""
    for name in ("people/completions.yaml", "people/competences.yaml"):
        (root / "standards" / name).unlink(missing_ok=True)
    for name, ones in law.items():
        kind = BY_NAME.get(name.replace("_", " "))
        if kind is None or not isinstance(ones, list):
            continue
        if kind.key is not None:
            _write(root / kind.pattern, {kind.key: ones})
            continue
        for one in ones:
            path = kind.pattern.replace("<name>", str(one.get("id", "")))
            _write(root / path, one, front=path.endswith(".md"))


def _lay_plan(folder: Path, plan: dict[str, Any]) -> None:
    for name, field in ATTACHED.items():
        place = BY_NAME[name].pattern.removeprefix("projects/<project>/")
        for one in plan.pop(field, None) or []:
            own = place.replace("<name>", str(one["as_of"] if name == "report" else one["id"]))
            _write(folder / own, one, front=own.endswith(".md"))
    if closure := plan.pop("closure", None):
        _write(folder / "closure.md", closure, front=True)
    _write(folder / "project.yaml", plan)


def _write(path: Path, value: Any, *, front: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = dump(value)
    path.write_text(f"---\n{text}---\nWords.\n" if front else text, encoding="utf-8")
