"""A tree becomes a repository: fragments, strange files, and what is left of a project when something is wrong."""

import os
import time
from pathlib import Path

import pytest
from handrail.load import FolderTree, find_root, load
from handrail.load.tree import MARKER
from handrail.model.repository import BrokenPlan
from handrail.remark import Loc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PLAN = "id: desk\nname: Desk\ntier: small\nphase: planning\n"
LAW = {
    MARKER: "format: 1\norganisation: Bright Bridges\ncurrencies: [CHF]\n",
    "standards/people/people.yaml": "people:\n- {id: c.moreau}\n- {id: j.okafor}\n",
}


def write(root: Path, files: dict[str, str]) -> Path:
    for place, text in {**LAW, **files}.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text)
    return root


def read(root, files):
    return load(FolderTree(write(root, files)))


def messages(loaded):
    return [one.message for one in loaded.remarks]


def test_fragments_are_one_plan(tmp_path):
    loaded = read(
        tmp_path,
        {
            "projects/desk/project.yaml": PLAN,
            "projects/desk/people.yaml": "sponsor: c.moreau\nmanager: j.okafr\n",
            "projects/desk/risks.yaml": "risks:\n- {id: R-001, title: One, owner: j.okafor}\n",
            "projects/desk/schedule.yaml": "milestones:\n- {id: M1, name: Start, planned: 2026-10-05}\n",
        },
    )
    (plan,) = loaded.repository.plans
    assert (plan.sponsor, plan.risks[0].title, plan.milestones[0].name) == ("c.moreau", "One", "Start")
    assert plan.loc == Loc("projects/desk/project.yaml")
    assert plan.risks[0].loc == Loc("projects/desk/risks.yaml", ("risks", 0))
    assert plan.home["manager"] == "projects/desk/people.yaml"
    # a name that leads nowhere is told in the file where it stands, not where the project's id stands
    (remark,) = loaded.remarks
    assert remark.loc == Loc("projects/desk/people.yaml", ("manager",))
    assert remark.project == "desk"


def test_one_file_or_many_make_the_same_plan(tmp_path):
    parts = {"risks": "risks:\n- {id: R-001, title: One}\n", "why": "why: {problem: Queues}\n"}
    one = read(tmp_path / "a", {"projects/desk/project.yaml": PLAN + "".join(parts.values())}).repository.plans[0]
    many = read(
        tmp_path / "b",
        {"projects/desk/project.yaml": PLAN, **{f"projects/desk/{name}.yaml": text for name, text in parts.items()}},
    ).repository.plans[0]
    assert (one.risks, one.why, one.name) == (many.risks, many.why, many.name)


def test_a_field_in_two_files_counts_once(tmp_path):
    loaded = read(
        tmp_path,
        {"projects/desk/a.yaml": PLAN + "unit: Sites\n", "projects/desk/b.yaml": "unit: Services\ntags: [x]\n"},
    )
    (plan,) = loaded.repository.plans
    assert (plan.unit, plan.tags, plan.broken) == ("Sites", ("x",), True)
    (remark,) = loaded.remarks
    assert remark.loc == Loc("projects/desk/b.yaml", ("unit",))
    assert [one.loc for one in remark.related] == [Loc("projects/desk/a.yaml", ("unit",))]


def test_a_broken_item_leaves_the_others(tmp_path):
    risks = "risks:\n- {id: R-001, title: One}\n- {id: R-002, title: Two, impact: 9}\n- {id: R-003, title: Three}\n"
    loaded = read(tmp_path, {"projects/desk/project.yaml": PLAN + risks + "unit: {}\ntags: [a]\n"})
    (plan,) = loaded.repository.plans
    assert [(one.id, one.loc.path) for one in plan.risks] == [("R-001", ("risks", 0)), ("R-003", ("risks", 2))]
    assert (plan.unit, plan.tags, plan.broken) == (None, ("a",), True)
    mended = read(tmp_path, {"projects/desk/project.yaml": PLAN + risks.replace("9", "4") + "tags: [a]\n"})
    assert not mended.remarks
    assert [one.id for one in mended.repository.plans[0].risks] == ["R-001", "R-002", "R-003"]


def test_a_broken_file_leaves_the_others(tmp_path):
    loaded = read(
        tmp_path,
        {
            "projects/desk/project.yaml": PLAN,
            "projects/desk/risks.yaml": "risks: [{id: R-001\n",
            "projects/desk/issues.yaml": "issues:\n- {id: I-001, title: One, from_risk: R-001}\n",
            "projects/desk/changes/CR-001.yaml": "id: CR-001\n",
            "projects/desk/decisions.yaml": "decisions:\n- {id: D-001, title: One, links: [CR-001]}\n",
            "projects/other/project.yaml": "{",
        },
    )
    (plan,) = loaded.repository.plans
    assert plan.broken
    assert plan.issues[0].id == "I-001"
    assert loaded.repository.broken == (BrokenPlan(id="other", name="other", files=("projects/other/project.yaml",)),)
    # three faults, and none for the names that lead into what could not be read
    assert sorted(messages(loaded)) == [
        "A closing bracket is missing: a list or group is opened and never closed.",
        "A group that is opened with `{` is not closed, or a comma is missing.",
        'The field "Title" is missing.',
    ]


def test_a_broken_directory_does_not_make_every_name_wrong(tmp_path):
    loaded = read(
        tmp_path,
        {"projects/desk/project.yaml": PLAN + "sponsor: c.moreau\n", "standards/people/people.yaml": "people: [{"},
    )
    assert len(loaded.remarks) == 1
    listless = read(
        tmp_path,
        {"projects/desk/project.yaml": PLAN + "sponsor: c.moreau\n", "standards/people/people.yaml": "people: 3\n"},
    )
    assert messages(listless) == ["People must be a list, but it is `3`."]
    one = read(
        tmp_path,
        {
            "projects/desk/project.yaml": PLAN + "sponsor: c.moreau\nmanager: nobody\n",
            "standards/people/people.yaml": "people: [{id: c.moreau, capacity: 3}]\n",
        },
    )
    assert len(one.remarks) == 2


def test_a_plan_without_its_core_is_broken_but_known(tmp_path):
    loaded = read(
        tmp_path,
        {
            "projects/desk/project.yaml": PLAN.replace("tier: small\n", ""),
            "projects/next/project.yaml": PLAN.replace("desk", "next") + "depends_on: [{project: desk, what: D1}]\n",
        },
    )
    assert messages(loaded) == ['The field "Tier" is missing.']
    assert [(one.id, one.name) for one in loaded.repository.broken] == [("desk", "Desk")]


def test_amounts_take_the_currency_of_the_plan_else_of_the_organisation(tmp_path):
    own = "budget: {currency: JPY, approved: 100}\nsuppliers: [{id: SUP-1, party: A, value: 7}]\n"
    loaded = read(
        tmp_path,
        {
            "projects/desk/project.yaml": PLAN + own,
            "projects/desk/closure.md": "---\nfinal_cost: 90\n---\n",
            "projects/next/project.yaml": PLAN.replace("desk", "next") + "budget: {approved: 100}\n",
        },
    )
    desk, other = loaded.repository.plans
    assert [str(one) for one in (desk.budget.approved, desk.suppliers[0].value, desk.closure.final_cost)] == [
        "100 JPY",
        "7 JPY",
        "90 JPY",
    ]
    assert str(other.budget.approved) == "100 CHF"


def test_what_was_written_stays_at_hand(tmp_path):
    repository = read(
        tmp_path, {"projects/desk/project.yaml": PLAN + "priority: x\n", "projects/desk/bad.yaml": "{"}
    ).repository
    assert repository.raw["projects/desk/project.yaml"]["priority"] == "x"
    assert "projects/desk/bad.yaml" not in repository.raw
    assert ("priority",) in repository.faulty["projects/desk/project.yaml"]


def test_links_and_hidden_names_are_not_followed(tmp_path):
    (tmp_path / "outside.yaml").write_text("unit: Outside\n")
    root = write(
        tmp_path / "in",
        {"projects/desk/project.yaml": PLAN, "projects/desk/.hidden.yaml": "{", "projects/.git/x.yaml": "{"},
    )
    (root / "projects/desk/link.yaml").symlink_to(tmp_path / "outside.yaml")
    (root / "projects/loop").symlink_to(root / "projects", target_is_directory=True)
    loaded = load(FolderTree(root))
    assert sorted(one.loc.file for one in loaded.remarks) == ["projects/desk/link.yaml", "projects/loop"]
    assert loaded.repository.plans[0].unit is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_never_opened(tmp_path):
    root = write(tmp_path, {"projects/desk/project.yaml": PLAN})
    os.mkfifo(root / "projects/desk/pipe.yaml")
    assert messages(load(FolderTree(root))) == ["This is no plain file; it is not read."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path):  # pragma: no cover - not as root
    root = write(
        tmp_path,
        {
            "projects/desk/project.yaml": PLAN,
            "projects/desk/risks.yaml": "risks: []\n",
            "projects/shut/a.yaml": "x: 1\n",
        },
    )
    (root / "projects/desk/risks.yaml").chmod(0)
    (root / "projects/shut").chmod(0)
    try:
        assert sorted(messages(load(FolderTree(root)))) == [
            "This file cannot be opened.",
            "This is a folder that cannot be opened; it is not read.",
        ]
    finally:
        (root / "projects/shut").chmod(0o700)


def test_a_file_that_goes_while_we_read_is_told(tmp_path):
    tree = FolderTree(write(tmp_path, {"projects/desk/project.yaml": PLAN, "projects/desk/index.md": "Prose\n"}))
    (tmp_path / "projects/desk/project.yaml").unlink()
    (tmp_path / "projects/desk/index.md").unlink()
    assert messages(load(tree)) == ["This file cannot be opened."] * 2


def test_no_law_is_told_and_the_plans_are_read(tmp_path):
    (tmp_path / "projects/desk").mkdir(parents=True)
    (tmp_path / "projects/desk/project.yaml").write_text(PLAN)
    loaded = load(FolderTree(tmp_path))
    assert messages(loaded) == ["The organisation's settings are missing."]
    assert loaded.repository.plans[0].id == "desk"
    assert load(FolderTree(tmp_path / "nowhere")).repository.plans == ()


def test_find_root(tmp_path):
    root = write(tmp_path, {"projects/desk/project.yaml": PLAN})
    assert find_root(root / "projects/desk") == root
    assert find_root(root) == root
    assert find_root(Path("/")) is None


def test_fingerprints_outlive_edits_elsewhere(tmp_path):
    risks = "risks:\n- {id: R-001, title: One}\n- {id: R-002, title: Two, impact: 9, owner: x.y}\n- {id: R-003, title: Three, owner: c.moro}\n"
    first = read(tmp_path, {"projects/desk/project.yaml": PLAN + risks})
    moved = risks.replace("- {id: R-001, title: One}\n", "")
    second = read(tmp_path, {"projects/desk/project.yaml": "# a line\n" + moved + PLAN})
    assert {one.fingerprint for one in first.remarks} == {one.fingerprint for one in second.remarks}
    assert len({one.fingerprint for one in first.remarks}) == len(first.remarks) == 3


def test_every_project_is_ticked(tmp_path):
    seen: list[tuple[int, int]] = []
    write(tmp_path, {f"projects/p{i}/project.yaml": PLAN.replace("desk", f"p{i}") for i in range(3)})
    load(FolderTree(tmp_path), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_thousand_projects_are_read_quickly(tmp_path):
    risks = "risks:\n" + "".join(
        f"- {{id: R-{i:03}, title: Fails, impact: 4, owner: c.moreau, due: 2026-12-12}}\n" for i in range(20)
    )
    files = {}
    for i in range(1000):
        files[f"projects/p{i}/project.yaml"] = PLAN.replace("desk", f"p{i}") + "sponsor: c.moreau\n"
        files[f"projects/p{i}/risks.yaml"] = risks
    tree = FolderTree(write(tmp_path, files))
    start = time.process_time()
    loaded = load(tree)
    assert time.process_time() - start < 5
    assert not loaded.remarks
    assert len(loaded.repository.plans) == 1000


PIECES = st.sampled_from(
    [
        *(
            "id: desk\n",
            "name: Desk\n",
            "tier: small\n",
            "phase: planning\n",
            "risks:\n",
            "- {id: R-1, title: x}\n",
            "- id: R-2\n",
        ),
        *(
            "  title: y\n",
            "  owner: c.moreau\n",
            "  impact: 9\n",
            "  extra: {a: 1}\n",
            "budget: {approved: 3}\n",
            "budget:\n",
        ),
        *(
            "  spent: {2026-10: 1, 7: x}\n",
            "why: {benefit: {what: a}}\n",
            "why:\n",
            "team: {c.moreau: 3}\n",
            "- 3\n",
            "{",
            "]",
            "'",
        ),
        *(
            "x: 1\n",
            "---\n",
            "&a ",
            "*a\n",
            "scope: {assumptions: [a, {owner: b}]}\n",
            "depends_on: [{project: desk, what: x}]\n",
        ),
        *(
            "deliverables: [{id: D1, name: a, accepted_when: x}]\n",
            "tasks: [{id: T1, name: a, links: [{task: T2}], start: 2026}]\n",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
NAMES = st.sampled_from(
    ["project.yaml", "risks.yaml", "index.md", "closure.md", "reports/2026-11-30.md", "changes/CR-001.yaml", "approvals/AP-001.yaml",
     "baselines/BL-001.yaml", "lessons/L-001.md", "odd/x.yaml", "x.yml"]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.dictionaries(NAMES, TEXTS, max_size=4),
    overlay=st.sampled_from(["", "{}", "[", '{"type": "object", "maxProperties": 0}']),
)
def test_loading_never_raises(tmp_path_factory, files, overlay):
    root = tmp_path_factory.mktemp("any")
    extra = {"standards/schemas/risk.schema.json": overlay} if overlay else {}
    loaded = read(root, {**{f"projects/desk/{name}": text for name, text in files.items()}, **extra})
    assert len(loaded.repository.plans) + len(loaded.repository.broken) == bool(files)
    assert bool(loaded.repository.broken) <= bool(loaded.remarks)
    assert all(one.message and one.fix and one.fingerprint for one in loaded.remarks)
