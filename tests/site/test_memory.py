"""What is kept of plans between builds changes nothing that is said: it is only said sooner."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from handrail.fast import sealed
from handrail.fast.memory import Memory
from handrail.fast.pickled import pickled, unpickled
from handrail.fast.sources import State
from handrail.load import projects
from handrail.rules.engine import Runner
from handrail.run import run

from tests.site import governed
from tests.site.test_fast_build import changed

ROOT = Path(__file__).resolve().parents[2]
DAY = date.fromisoformat(governed.AS_OF)
PLACES = ["standards", "projects"]
NEEDS = {"depends_on": "[{project: taps, what: D1, needed_by: 2027-01-15}]", "tier": "medium"}


@pytest.fixture
def own(tmp_path):
    """The shipped standards and projects, and two projects of which one needs something of the other."""
    folder = tmp_path / "own"
    for place in PLACES:
        shutil.copytree(ROOT / place, folder / place)
    governed.write(folder, "projects/taps/project.yaml", governed.small_plan("taps", "New taps"))
    governed.write(folder, "projects/basin/project.yaml", governed.small_plan("basin", "New basin", **NEEDS))
    return folder


@pytest.fixture
def work(monkeypatch):
    """What was done: the folders that were read, and each rule with the project on which it was run."""
    read, judged = [], []
    read_project, run_on = projects.read_project, Runner.run_on

    def noted_read(reading, project, files):
        read.append(project)
        return read_project(reading, project, files)

    def noted_run(self, rule, setting, plan, trace=None):
        judged.append((rule.rule.id, plan.id))
        return run_on(self, rule, setting, plan, trace)

    monkeypatch.setattr(projects, "read_project", noted_read)
    monkeypatch.setattr(Runner, "run_on", noted_run)
    return read, judged


def remembering(folder, day=None):
    """A run that uses what the last one left beside the repository, and leaves what it found."""
    state = State(folder, PLACES, ())
    (folder / ".cache").mkdir(exist_ok=True)
    memory = Memory(folder / ".cache", state.law, state.folders)
    result = run(folder, today=DAY, as_of=day, shelf=memory.plans, said=memory.said)
    for one in (memory.plans, memory.said):
        one.save()
    return result


def told(result):
    repository = result.portfolio.repository
    return result.remarks, repository.plans, repository.broken, dict(repository.raw), dict(repository.faulty)


def _late(own):
    changed(
        own / "projects/taps/project.yaml",
        "accepted_by: s.lambert, planned: 2027-02-01",
        "accepted_by: s.lambert, planned: 2027-09-10",
    )


def _broken(own):
    (own / "projects/taps/project.yaml").write_text("id: taps\nname: [\n", encoding="utf-8")


def _faulty(own):
    changed(own / "projects/basin/project.yaml", "tier: medium", "tier: tiny")


def _renamed(own):
    (own / "projects/taps").rename(own / "projects/pipes")
    changed(own / "projects/pipes/project.yaml", "id: taps", "id: pipes")


def _law(own):
    changed(own / "standards/risk/rsk-01.rule.yaml", "enforce_at: gate", "enforce_at: merge")


def _people(own):
    people = own / "standards/people/people.yaml"
    people.write_text(people.read_text(encoding="utf-8").replace("s.lambert", "s.lamberte"), encoding="utf-8")


def _report(own):
    governed.write(own, "projects/basin/reports/2026-12-01.md", governed.report("2026-12-01", "red"))


def _gone(own):
    shutil.rmtree(own / "projects/basin")


EDITS = (_late, _report, _law, _faulty, _people, _renamed, _broken, _gone)


def test_every_kind_of_edit_is_judged_as_if_nothing_was_kept(own):
    remembering(own)
    for edit in EDITS:
        if edit is _broken:
            (own / "projects/pipes").rename(own / "projects/taps")
        edit(own)
        assert told(remembering(own)) == told(run(own, today=DAY))
    day = date(2027, 3, 1)
    assert told(remembering(own, day)) == told(run(own, today=DAY, as_of=day))


def test_what_has_not_changed_is_neither_read_nor_judged_again(own, work):
    read, judged = work
    remembering(own)
    assert {"taps", "basin", "ticket-app"} <= set(read)
    rules = len({rule for rule, _ in judged})
    read.clear(), judged.clear()
    remembering(own)
    assert (read, judged) == ([], [])
    changed(own / "projects/taps/project.yaml", "New taps", "Golden taps")
    remembering(own)
    assert read == ["taps"]
    assert rules / 4 < len([one for one in judged if one[1] == "taps"]) <= rules
    # beside it the need of the basin, and the one rule that looks at what everybody asks for
    assert {one for one in judged if one[1] != "taps" and one[0] != "RES-01"} == {("SCH-08", "basin")}


@pytest.mark.parametrize("name", ["plans", "said"])
def test_a_memory_that_was_torn_or_altered_counts_for_nothing(own, name):
    before = told(remembering(own))
    place = own / ".cache" / name
    good = place.read_bytes()
    for bad in (b"", b"nothing", good[:100], good[:-1], good[:-1] + bytes([good[-1] ^ 1])):
        place.write_bytes(bad)
        assert told(remembering(own)) == before
    parts = sealed.read_parts(place)
    sealed.write_parts(
        place, {one: data[:16] + b"\x80\x05." for one, data in parts.items()}
    )  # sealed, and no value in it
    assert told(remembering(own)) == before
    swapped = dict(zip(parts, reversed(parts.values()), strict=True))  # one project's under another's name
    sealed.write_parts(place, swapped)
    assert told(remembering(own)) == before


def test_only_values_of_the_model_are_made_from_bytes(own):
    plan = run(own, today=DAY).portfolio.repository.plans[0]
    assert unpickled(pickled(plan)) == plan
    import pickle

    for bad in (
        pickle.dumps(print),
        pickle.dumps(shutil.rmtree),
        b"cos\nsystem\n(S'true'\ntR.",
        b"chandrail.run\nrun\n.",
    ):
        with pytest.raises(pickle.UnpicklingError, match="nothing that is kept"):
            unpickled(bad)
