"""A page about all projects is left alone only where it would be the same, whichever field of whichever plan has changed."""

import shutil
from functools import partial
from pathlib import Path

import pytest
import yaml
from handrail.export import files, makers
from handrail.fast import tables
from handrail.fast.frames import outline
from handrail.fast.kept import KeptPage
from handrail.fast.memory import Memory
from handrail.fast.noting import ANY, FILES, SAID, STANDS, Notes, noting
from handrail.fast.sealed import summed
from handrail.fast.sheets import KeptSheets
from handrail.fast.sources import State
from handrail.fast.tables import KeptTables
from handrail.fast.whole import Sources, Whole
from handrail.macros import Question, answer
from handrail.mkdocs_run import compute, configured
from handrail.render import PAGES
from handrail.render.each import EachProject

from tests.site.test_fast_build import changed, git

ROOT = Path(__file__).resolve().parents[2]
ASKED = (
    Question("requirements", "S-RISK"), Question("requirements", "S-SCHEDULE"), Question("figure", "sentence"),
    Question("figure", "remarks"), Question("project", "visitor-desk", "end"), Question("chart", "mta", told=(("project", "visitor-desk"),)),
)  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The shipped standards and projects."""
    folder = tmp_path_factory.mktemp("whole") / "own"
    for place in ("standards", "projects"):
        shutil.copytree(ROOT / place, folder / place)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "All of it")
    return folder


def computed(folder):
    """The plugin with its site, and the memory of plans that it has used."""
    state = State(folder, ["standards", "projects"], ())
    (folder / ".cache").mkdir(exist_ok=True)
    memory = Memory(folder / ".cache", state.law, state.folders)
    plugin = configured(folder, folder / "none", as_of=None, strict=True).plugins["handrail"]
    compute(plugin, folder, memory.plans, memory.said)
    return plugin, memory, state


def compared(folder):
    """Make every page and answer with what the last call has left; which pages were not made again, and which are wrong."""
    plugin, memory, state = computed(folder)
    whole = Whole(folder / ".cache", plugin.site, Sources(law=state.law, folders=state.folders, plans=memory.plans))
    kept, wrong, sums = [], [], {}
    for kind in PAGES:
        if isinstance(kind, EachProject):
            continue
        fresh = {one.path: one for one in kind(plugin.site)}
        for page in whole.pages(kind):
            body = summed(fresh[page.path].body_html.encode())
            if isinstance(page, KeptPage):
                kept.append(page.path)
                same = page.sum == body and page.outline == outline(fresh[page.path])
            else:
                same = page == fresh[page.path]
            sums[page.path] = body
            wrong += [] if same else [page.path]
            fresh.pop(page.path)
        wrong += fresh
    tables = {f"data/{path}": data for path, data in files(plugin.site, own=False, workbooks=False)}
    for file in KeptTables(plugin.site, whole, KeptSheets(folder / ".cache/sheets")).files():
        if not file.path.endswith(".xlsx"):  # test_kept_sheets looks at those
            data = tables.pop(file.path)
            wrong += [] if (file.made_from, file.make()) == (summed(data).hex(), data) else [file.path]
    wrong += tables
    wrong += [repr(one) for one in ASKED if whole.answer(one) != answer(plugin.site, one)]
    whole.save(sums)
    memory.save(plugin.site.spans)
    return kept, wrong


def fields_to_change(folder):
    """For each field of a plan's own files, one place that has it: the file and its key."""
    found: dict[str, Path] = {}
    for file in sorted((folder / "projects").glob("*/*.yaml")):
        for key, value in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            if key != "id" and value:
                found.setdefault(key, file)
    return found


def other(value):
    """Something else that could stand there: a list or group without its last part, a word or number more."""
    if isinstance(value, list):
        return value[:-1]
    if isinstance(value, dict):
        return dict(list(value.items())[:-1])
    return f"{value} more" if isinstance(value, str) else value


def test_no_change_of_any_field_leaves_a_page_as_it_was(own):
    compared(own)
    kept, wrong = compared(own)
    pages = len(kept)
    assert wrong == []
    assert pages > 250
    left_alone = {}
    for key, file in fields_to_change(own).items():
        before = file.read_text(encoding="utf-8")
        plan = yaml.safe_load(before)
        plan[key] = other(plan[key])
        file.write_text(yaml.safe_dump(plan, sort_keys=False, allow_unicode=True), encoding="utf-8")
        kept, wrong = compared(own)
        assert (key, wrong) == (key, [])
        left_alone[key] = len(kept)
        file.write_text(before, encoding="utf-8")
    assert len(left_alone) > 25
    assert sum(number > pages / 2 for number in left_alone.values()) > len(left_alone) / 2


def test_tables_are_left_alone_that_read_nothing_which_an_edit_changes(own, monkeypatch):
    made = set()

    def recorded(name, make, source):
        made.add(name)
        return make(source)

    monkeypatch.setattr(
        tables, "makers", lambda: {name: partial(recorded, name, make) for name, make in makers().items()}
    )
    folder = own / "projects/bike-shelter"
    for file, change, least, never in (
        ("risks.yaml", ("cause: The yard", "cause: The whole yard"), {"risks"}, {"milestones", "rules", "portfolio"}),
        ("project.yaml", ("priority: 9", "priority: 8"), {"portfolio"}, {"milestones", "risks", "rules", "coverage"}),
    ):
        left(own)
        made.clear()
        before = (folder / file).read_text(encoding="utf-8")
        changed(folder / file, *change)
        left(own)
        assert least <= made
        assert not made & never
        (folder / file).write_text(before, encoding="utf-8")


def left(folder):
    """Make the tables and leave what is known of them for the next call."""
    plugin, memory, state = computed(folder)
    whole = Whole(folder / ".cache", plugin.site, Sources(law=state.law, folders=state.folders, plans=memory.plans))
    sheets = KeptSheets(folder / ".cache/sheets")
    list(KeptTables(plugin.site, whole, sheets).files())
    sheets.save()
    whole.save({})
    memory.save(plugin.site.spans)


def test_records_beside_a_plan_count_too(own):
    compared(own)
    for path in ("reports", "changes", "gates", "baselines", "approvals"):
        file = max((own / "projects").glob(f"*/{path}/*"))
        text = file.read_bytes()
        file.unlink()
        kept, wrong = compared(own)
        assert (path, wrong) == (path, [])
        assert kept
        file.write_bytes(text)
    compared(own)
    changed(own / "standards/strategy/objectives.yaml", "statement:", "statement: Truly")
    kept, wrong = compared(own)
    assert (kept, wrong) == ([], [])


def test_what_was_left_for_another_state_of_a_plan_counts_for_nothing(own):
    compared(own)
    plan = own / "projects/visitor-desk/project.yaml"
    before = plan.read_text(encoding="utf-8")
    left = (own / ".cache/whole.json").read_bytes()
    changed(plan, "name: ", "name: The ")
    compared(own)  # plans are kept as they are now, and the pages as they were before
    (own / ".cache/whole.json").write_bytes(left)
    kept, wrong = compared(own)
    assert (kept, wrong) == ([], [])
    (own / ".cache/whole.json").write_bytes(b"torn")
    assert compared(own) == ([], [])
    plan.write_text(before, encoding="utf-8")


def test_what_is_read_is_noted(own):
    noted = Notes()
    site = noting(computed(own)[0].site, noted)

    def notes(look):
        noted.clear()
        look()
        return set(noted)

    one = site.projects[0]
    assert notes(lambda: [site.rules, site.organisation, one.id, one.plan.id, site.shows("taps")]) == set()
    assert notes(lambda: [each.plan.name for each in site.projects]) == {"plan.name"}
    assert notes(lambda: one.health.counts) == {"facts.health"}
    assert notes(lambda: site.remarks) == notes(lambda: site.by_project) == {STANDS}
    assert notes(lambda: site.by_rule.get("RSK-01")) == {f"{STANDS} RSK-01"}
    assert notes(lambda: list(site.by_rule)) == {STANDS}
    remark = site.remarks[0]
    assert notes(lambda: [remark.blocks, remark.project]) == {f"{STANDS} {remark.rule}"}
    assert notes(lambda: remark.message) == notes(lambda: site.place(remark)) == {f"{SAID} {remark.rule}"}
    tree = site.portfolio.repository.tree
    assert notes(tree.paths) == {FILES}
    assert notes(lambda: tree.read("projects/visitor-desk/project.yaml")) == {ANY}
    assert notes(lambda: tree.read("standards/handrail.yaml")) == set()
    assert notes(lambda: site.portfolio.repository.raw) == {ANY}
    assert notes(lambda: site.portfolio.repository.with_plans(())) == set()
    for _ in range(2):  # what was made before is noted again
        assert notes(lambda: site.memo.once("risks", lambda: one.plan.risks)) == {"plan.risks"}
