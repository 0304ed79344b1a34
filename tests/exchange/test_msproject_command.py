"""`handrail import msproject` and `handrail export msproject` as people run them."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil

import pytest
from handrail.exchange.imports import write
from handrail.exchange.msproject.export import export_plan
from handrail.exchange.msproject.importer import import_plan
from handrail.load import FolderTree

from tests.command import ROOT, handrail
from tests.exchange.plans import ORIGIN, bring, folder, link, plan_file, plan_of, repository_of, sent, task

FILE = plan_file(
    task(1, "Dig", Duration="PT24H0M0S", DurationFormat=7, LevelingDelay="4800"),
    task(2, "=Build", Duration="PT8H0M0S", DurationFormat=7, links=[link(1)]),
)


@pytest.fixture
def place(tmp_path):
    folder(tmp_path)
    (tmp_path / "plan.xml").write_bytes(FILE)
    return tmp_path


def test_in_again_and_out(place):
    words = ("import", "msproject", "plan.xml", "--into", ".", "--project", "bridge")
    done = handrail(*words, cwd=place)
    assert (done.status, done.err) == (0, "")
    assert "2 created, 0 updated" in done.out
    assert (
        "1 x LevelingDelay: a delay by levelling: no plan holds one; a constraint or link would: Dig = 4800 (line 6)"
        in done.out
    )
    assert "2 files changed" in done.out
    assert "0 files changed" in handrail(*words, cwd=place).out
    out = handrail("export", "msproject", "bridge", "--output", "out.xml", cwd=place)
    assert (out.status, out.err) == (0, "")
    assert b"<Name>=Build</Name>" in (place / "out.xml").read_bytes()
    assert handrail("export", "msproject", "projects/bridge", cwd=place).out == (place / "out.xml").read_text()


def test_a_dry_run_writes_nothing(place):
    done = handrail("import", "msproject", "plan.xml", "--into", ".", "--project", "bridge", "--dry-run", cwd=place)
    assert "Nothing was written" in done.out
    assert not (place / "projects" / "bridge" / "schedule.yaml").exists()


def test_the_report_in_every_form(place):
    def report(form):
        words = ("import", "msproject", "plan.xml", "--into", ".", "--project", "bridge", "--dry-run", "--report", form)
        done = handrail(*words, "--output", "report", cwd=place)
        assert done.status == 0
        return (place / "report").read_text()

    assert "Values that were dropped:" in report("text")
    assert "## Values that were dropped" in report("markdown")
    whole = json.loads(report("json"))
    assert (whole["counts"]["dropped"], whole["created"], whole["notes"][0]["value"]) == (1, ["T1", "T2"], "4800")
    (row,) = csv.DictReader(io.StringIO(report("csv")))
    assert (row["line"], row["about"], row["element"], row["outcome"]) == ("6", "Dig", "LevelingDelay", "dropped")


def test_names_run_nothing_in_a_spreadsheet_or_page(place):
    (place / "plan.xml").write_bytes(plan_file(task(1, "=1+1", Contact="@all `x` &lt;b&gt;")))
    words = ("import", "msproject", "plan.xml", "--into", ".", "--project", "bridge", "--dry-run", "--report")
    assert "'=1+1,Contact" in handrail(*words, "csv", cwd=place).out
    page = handrail(*words, "markdown", cwd=place).out
    assert "&#64;all \\`x\\` &#60;b&#62;" in page


BAD = {
    "no project named": (("plan.xml",), "--project"),
    "no such file": (("gone.xml", "--project", "bridge"), "cannot be read"),
    "no plan": (("bad.xml", "--project", "bridge"), "bad.xml:2: The file declares a document type"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_wrong_use_is_told_and_nothing_is_written(case, place):
    (place / "bad.xml").write_text('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>')
    words, told = BAD[case]
    done = handrail("import", "msproject", *words, "--into", ".", cwd=place)
    assert done.status == 2
    assert told in done.err
    assert not (place / "projects" / "bridge" / "schedule.yaml").exists()


def test_a_list_still_needs_its_mapping(place):
    done = handrail("import", "csv", "plan.xml", "--into", ".", cwd=place)
    assert (done.status, "--mapping" in done.err) == (2, True)


def test_export_of_no_project(place):
    done = handrail("export", "msproject", cwd=place)
    assert (done.status, "such as bridge" in done.err) == (2, True)


NEW = ("--tier", "medium", "--sponsor", "c.moreau", "--manager", "j.okafor")


@pytest.fixture
def governed(tmp_path):
    for name in ("standards", "projects"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "plan.xml").write_bytes(FILE)
    return tmp_path


def test_into_a_new_project(governed):
    words = ("import", "msproject", "plan.xml", "--into", ".", "--project", "new-bridge")
    missing = handrail(*words, cwd=governed)
    assert (missing.status, "--tier" in missing.err) == (2, True)
    assert not (governed / "projects" / "new-bridge").exists()
    outside = handrail(*words[:-1], "../bridge", *NEW, cwd=governed)
    assert (outside.status, "cannot be an id" in outside.err) == (2, True)
    done = handrail(*words, *NEW, cwd=governed)
    assert done.status == 0, done.err
    text = (governed / "projects" / "new-bridge" / "schedule.yaml").read_text()
    assert "tasks:\n- id: T1\n  name: Dig\n  duration: 3d\n" in text
    assert "name: Bridge" in (governed / "projects" / "new-bridge" / "project.yaml").read_text()
    checked = handrail("check", "projects/new-bridge", cwd=governed)
    assert checked.status == 0, checked.out


def test_every_project_of_the_sample_goes_out_and_comes_back(governed):
    """Not a byte changes but the import's own note, whatever a plan holds that a file cannot."""
    before = {path: path.read_bytes() for path in (governed / "projects").rglob("*") if path.is_file()}
    repository = repository_of(governed)
    for plan in repository.plans:
        out = export_plan(plan, repository)
        done = import_plan(out.data, FolderTree(governed), plan.id, ORIGIN)
        assert (out.notes, done.report.notes) == ((), ())
        write(governed, done.files)
    after = {
        path: path.read_bytes()
        for path in (governed / "projects").rglob("*")
        if path.is_file() and path.name != "source.yaml"
    }
    assert after == before


# files that only MPXJ can read

CONVERTED = """
import sys, jpype, jpype.imports, mpxj
jpype.startJVM("-Xmx512m")
from org.mpxj.reader import UniversalProjectReader
from org.mpxj.writer import UniversalProjectWriter, FileFormat
file = UniversalProjectReader().read(sys.argv[1])
UniversalProjectWriter(FileFormat.valueOf(sys.argv[3])).write(file, sys.argv[2])
"""


@pytest.mark.parametrize(("form", "name"), [("XER", "plan.xer"), ("PMXML", "p6.xml")])
def test_primavera_through_mpxj(form, name, tmp_path):
    import subprocess
    import sys

    schedule = (
        "scheduling: {start: 2027-01-11}\ntasks:\n- {id: T1, name: Dig, duration: 3d}\n"
        "- {id: T2, name: Build, duration: 5d, links: [{task: T1, type: SS, lag: +2d}]}\n"
    )
    folder(tmp_path / "one", schedule)
    (tmp_path / "out.xml").write_bytes(sent(tmp_path / "one"))
    subprocess.run([sys.executable, "-c", CONVERTED, str(tmp_path / "out.xml"), str(tmp_path / name), form], check=True)
    folder(tmp_path / "two")
    done = handrail("import", "msproject", tmp_path / name, "--into", "two", "--project", "bridge", cwd=tmp_path)
    assert done.status == 0, done.err
    assert "through MPXJ" in done.out
    plan = plan_of(tmp_path / "two")
    found = {one.name: one for one in plan.tasks}
    (before,) = found["Build"].links
    assert (found["Dig"].id, before.type, before.lag) == (before.task, "SS", "+16h")


def test_without_java_or_mpxj_the_way_round_is_told(place):
    (place / "plan.mpp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more")
    words = ("import", "msproject", "plan.mpp", "--into", ".", "--project", "bridge")
    done = handrail(*words, cwd=place, env={"PATH": str(place)})
    assert done.status == 2
    assert "needs Java" in done.err
    assert "Save As" in done.err
    broken = handrail(*words, cwd=place)
    assert (broken.status, "MPXJ cannot read this file" in broken.err) == (2, True)
    assert os.sep + "usr" not in broken.err


def test_without_the_extra(monkeypatch):
    from handrail.exchange.msproject import convert
    from handrail.exchange.msproject.tree import NotReadable

    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(NotReadable) as caught:
        convert.converted(b"ERMHDR", ".xer")
    assert "handrail[mpxj]" in caught.value.fix


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    folder(tmp_path)
    bring(tmp_path, FILE)
    assert sent(tmp_path) == sent(tmp_path)
