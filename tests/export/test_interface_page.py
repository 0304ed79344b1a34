"""Who sets and who applies: one answers for each requirement, and the page says what the standards say."""

from __future__ import annotations

import re

from handrail.export.interface import COLUMNS, interface_page, rows
from handrail.load import FolderTree, load

from tests.command import ROOT

STANDARDS = load(FolderTree(ROOT)).repository.standards
PAGE = ROOT / "standards/how-we-work/interface.md"


def test_the_page_is_that_of_the_standards() -> None:
    assert PAGE.read_text(encoding="utf-8") == interface_page(STANDARDS), (
        "run scripts/interface-page with the environment's Python"
    )


def test_every_requirement_has_one_row_and_one_who_answers_for_it() -> None:
    wanted = {one.id for standard in STANDARDS.values() for one in standard.requirements}
    told = re.findall(r"^\| \*\*(S-[A-Z]+\.\d+)\*\* (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in told) == sorted(wanted), "run scripts/interface-page"
    for name, rest in told:
        cells = [cell.strip() for cell in rest.split(" | ")][-len(COLUMNS) - 1 : -1]
        assert sum(bool(re.match(r"A\b", cell)) for cell in cells) == 1, (name, cells)


def test_nobody_is_forgotten() -> None:
    for standard in STANDARDS.values():
        for row in rows(standard):
            assert "nobody named" not in row.cells[-1], row.requirement.id


def test_a_requirement_that_moves_to_somebody_else_moves_on_the_page() -> None:
    standard = STANDARDS["S-RISK"]
    first = standard.requirements[0]
    assert [row.cells[1] for row in rows(standard) if row.requirement is first] == ["A, R"]
    owner = next(row for row in rows(standard) if row.requirement.responsible == "owner of the risk")
    assert owner.cells == ("C", "C", "I", "A, R: owner of the risk")
