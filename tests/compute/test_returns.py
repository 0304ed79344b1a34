"""What programmes and objectives return: sums of cash flows, never averages, and nothing counted twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from handrail.compute.returns import returns, weights
from handrail.load import FolderTree, load
from handrail.model.repository import Repository

from tests.command import ROOT

DAY = date(2026, 12, 4)
LAW = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR, GBP]\n",
    "standards/policy/rates.yaml": "rates: [{currency: GBP, on: 2026-01-01, rate: 2}]\ndiscount_rate: 4%\n",
    "standards/strategy/objectives.yaml": (
        "objectives:\n- {id: MIS-1, statement: Mission}\n- {id: OBJ-1, statement: One, parent: MIS-1}\n"
        "- {id: OBJ-2, statement: Two, parent: MIS-1}\n- {id: OOB-1, statement: Part of one, parent: OBJ-1}\n"
    ),
    "standards/strategy/programmes.yaml": (
        "programmes:\n- {id: big, name: Big, objectives: [OBJ-1, OBJ-2]}\n- {id: part, name: Part, objectives: [OBJ-1], part_of: big}\n"
    ),
}


def repository(root: Path, **plans: str) -> Repository:
    files = {**LAW, **{f"projects/{name}/project.yaml": f"id: {name}\nname: {name}\ntier: medium\nphase: execution\n{text}"
                       for name, text in plans.items()}}  # fmt: skip
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return load(FolderTree(root)).repository


def case(cost: int, benefit: int, currency: str = "EUR") -> str:
    return (
        f"budget: {{currency: {currency}}}\n"
        f"business_case: {{cash_flows: [{{year: 2026, cost: {cost}}}, {{year: 2027, benefit: {benefit}}}]}}\n"
    )


def test_sums_go_up_and_the_ratio_is_taken_of_the_sums(tmp_path: Path) -> None:
    found = returns(
        repository(
            tmp_path,
            a=f"programme: part\nwhy: {{objective: OOB-1}}\n{case(100, 300)}",  # 200%
            b=f"programme: big\nwhy: {{objective: OBJ-1}}\n{case(900, 900)}",  # nothing
        ),
        DAY,
    )
    assert found["programme", "part"].roi == 2
    assert [found["programme", "big"].costs, found["programme", "big"].benefits] == [1000, 1200]
    assert found["programme", "big"].roi == Decimal("0.2"), "the average would be 100%"
    assert found["objective", "OOB-1"].roi == 2
    assert found["objective", "OBJ-1"].roi == found["objective", "MIS-1"].roi == Decimal("0.2")
    assert found["objective", "OBJ-2"].roi is None
    assert found["objective", "MIS-1"].projects == ("a", "b")


def test_weights_share_a_project_and_nothing_is_counted_twice(tmp_path: Path) -> None:
    made = repository(
        tmp_path,
        a=f"objectives: [{{objective: OBJ-1, weight: 25%}}, {{objective: OBJ-2, weight: 75%}}]\n{case(1000, 2000)}",
        b=f"objectives: [{{objective: OBJ-1, weight: 50%}}, {{objective: OOB-1}}]\n{case(100, 0)}",
        c=f"programme: big\n{case(10, 0)}",
    )
    found = returns(made, DAY)
    assert found["objective", "OBJ-1"].costs == 250 + 100 + 5
    assert found["objective", "OBJ-2"].costs == 750 + 5
    assert found["objective", "OOB-1"].costs == 50
    assert found["objective", "MIS-1"].costs == 1110, "all that the projects cost"
    assert weights(made.plans[2], made) == {"OBJ-1": Decimal("0.5"), "OBJ-2": Decimal("0.5")}


@pytest.mark.parametrize(
    ("plan", "projects", "without"),
    [
        (f"why: {{objective: OBJ-1}}\n{case(10, 20, 'GBP')}", ("a",), ()),
        (f"why: {{objective: OBJ-1}}\n{case(10, 20, 'CHF')}", (), ("a",)),
        ("why: {objective: OBJ-1}\n", (), ("a",)),
        (f"state: cancelled\nwhy: {{objective: OBJ-1}}\n{case(10, 20)}", (), ()),
        (f"why: {{objective: OBJ-9}}\n{case(10, 20)}", (), ()),
    ],
)
def test_what_cannot_be_added_is_named(
    tmp_path: Path, plan: str, projects: tuple[str, ...], without: tuple[str, ...]
) -> None:
    one = returns(repository(tmp_path, a=plan), DAY)["objective", "OBJ-1"]
    assert (one.projects, one.without) == (projects, without)
    if projects:
        assert [one.costs, one.benefits, one.roi] == [20, 40, 1]
    else:
        assert one.roi is None


def test_a_circle_of_programmes_ends(tmp_path: Path) -> None:
    repository(tmp_path, a=f"programme: part\n{case(1, 2)}")
    path = tmp_path / "standards/strategy/programmes.yaml"
    path.write_text(
        path.read_text().replace("objectives: [OBJ-1, OBJ-2]}", "objectives: [OBJ-1, OBJ-2], part_of: part}")
    )
    assert returns(load(FolderTree(tmp_path)).repository, DAY)["programme", "big"].costs == 1


def test_the_sample_adds_up() -> None:
    made = load(FolderTree(ROOT)).repository
    found = returns(made, DAY)
    whole = {one for name, each in found.items() if name[0] == "objective" for one in each.projects}
    mission = found["objective", "MIS-1"]
    assert set(mission.projects) == whole
    assert mission.roi is not None
    tops = [one.id for one in made.objectives.values() if one.parent == "MIS-1"]
    assert sum(found["objective", one].costs for one in tops) == mission.costs
