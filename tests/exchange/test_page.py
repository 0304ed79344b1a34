"""The handbook's page on imports: its example works, and it names everything that a mapping can say."""

import re
from pathlib import Path

from handrail.exchange.imports import import_list, read_mapping
from handrail.exchange.mapping_file import (
    AsOf,
    Condition,
    CsvMapping,
    FieldRule,
    NumberRules,
    ProjectId,
    ProjectRule,
    RecordRule,
    TableRules,
)
from handrail.exchange.register_list import Given, import_register
from handrail.fields import fields_of
from handrail.load import FolderTree, load

from tests.exchange.plans import folder

PAGE = (Path(__file__).resolve().parents[2] / "standards/how-to/import-a-list.md").read_text(encoding="utf-8")


def example(language, number=0):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number].encode()


def test_the_example_works(tmp_path):
    read = read_mapping("my-mapping.yaml", example("yaml"))
    assert read.remarks == ()
    assert read.mapping is not None
    done = import_list(example("csv"), read.mapping, FolderTree(tmp_path))
    assert done.report.notes == ()
    assert sorted(done.files) == [
        "projects/customs-hall/project.yaml", "projects/customs-hall/reports/2026-11-30.md", "projects/customs-hall/source.yaml",
        "projects/harbour-wall/project.yaml", "projects/harbour-wall/reports/2026-11-30.md", "projects/harbour-wall/source.yaml",
    ]  # fmt: skip
    assert b"approved: 12500000" in done.files["projects/harbour-wall/project.yaml"]
    assert [(one.column, one.outcome) for one in done.report.cells if one.outcome != "changed"] == [
        ("Clerk", "dropped"), ("Cost (£m)", "dropped"), ("Clerk", "dropped"),
    ]  # fmt: skip


def test_the_example_of_a_register_works(tmp_path):
    read = read_mapping("our-risk-log.yaml", example("yaml", 1))
    assert read.remarks == ()
    assert read.mapping is not None
    root = folder(tmp_path)
    data = b"Ref;Project;Risk;Likelihood;Owner;Action by\n7;Bridge;Flood;High;Ann;31.03.2027\n"
    done = import_register(data, read.mapping, load(FolderTree(root)).repository, Given())
    assert done.files["projects/bridge/risks.yaml"] == (
        b"risks:\n- id: R-001\n  title: Flood\n  probability: 4\n  owner: a.berger\n  due: 2027-03-31\n"
        b"  extra:\n    source: risk-log 7\n"
    )


def test_every_word_of_a_mapping_is_explained():
    for cls in (CsvMapping, FieldRule, Condition, RecordRule, NumberRules, TableRules, AsOf, ProjectId, ProjectRule):
        for field in fields_of(cls):
            assert f"`{field.key}`" in PAGE, f"{cls.__name__}: {field.key}"
