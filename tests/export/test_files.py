"""What leaves as data: exact, complete, harmless in a spreadsheet, and nothing of projects that are hidden."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from handrail.compute.audience import seen
from handrail.export import EXPORTS, Given, csv_file, files, json_file
from handrail.export.dataset import Dataset
from handrail.export.tables import makers, sizes
from handrail.remark import Loc, Remark
from handrail.run import run

from tests.site import governed


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    result = run(governed.make(tmp_path_factory.mktemp("export")), today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, "internal")
    return dict(files(Given(portfolio=result.portfolio, seen=shown, rules=result.judgement.rules)))


def rows(exported, name):
    return list(csv.DictReader(io.StringIO(exported[f"{name}.csv"].decode())))


def test_every_file_can_be_read_back(exported):
    for name, data in exported.items():
        if name.endswith(".json"):
            json.loads(data)
        elif name.endswith(".csv"):
            lines = list(csv.reader(io.StringIO(data.decode()), strict=True))
            assert len({len(line) for line in lines}) == 1, name


def test_csv_and_json_hold_the_same_projects(exported):
    by_csv = rows(exported, "portfolio")
    by_json = json.loads(exported["portfolio.json"])
    assert [one["id"] for one in by_csv] == [one["id"] for one in by_json["rows"]]
    desk = next(one for one in by_csv if one["id"] == "visitor-desk")
    assert (desk["approved"], desk["forecast"], desk["slip_working_days"], desk["watermelon"]) == (
        "48000",
        "50400",
        "0",
        "yes",
    )
    assert by_json["as_of"] == "2026-12-04"


def test_registers_say_which_project_and_what_was_computed(exported):
    risk = next(one for one in rows(exported, "risks") if one["project"] == "visitor-desk")
    assert (risk["id"], risk["score"], risk["owner"]) == ("R-002", "15", "j.okafor")
    one = json.loads(exported["projects/visitor-desk.json"])
    assert one["milestones"][1]["slip_working_days"] == 15
    assert rows(exported, "projects/visitor-desk/risks")[0]["title"] == "Joiner fails"


def test_hidden_projects_are_counts(exported):
    assert json.loads(exported["portfolio.json"])["restricted"] == {"projects": 1, "colours": {"amber": 1}}
    assert [name for name, data in exported.items() if "northwind" in name or b"orthwind" in data] == []


def test_the_public_sees_public_projects_only(tmp_path):
    governed.law(tmp_path)
    governed.write(tmp_path, "projects/open/project.yaml", governed.small_plan("open", "Open", sensitivity="public"))
    governed.write(tmp_path, "projects/inner/project.yaml", governed.small_plan("inner", "Inner"))
    result = run(tmp_path, today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, "public")
    assert [one.id for one in shown.projects] == ["open"]
    assert b"Inner" not in b"".join(data for _, data in files(Given(portfolio=result.portfolio, seen=shown)))


def test_a_remark_about_one_project_does_not_name_a_hidden_one(tmp_path):
    result = run(governed.make(tmp_path), today=date(2026, 12, 4))
    told = Remark(
        rule="RES-01", level="must", enforce_at="watch", loc=Loc("projects/visitor-desk/project.yaml"), project="visitor-desk",
        message=f"Ann works 140% in {governed.SECRET} and New visitor desk.", fix="Ask the manager of northwind.",
    )  # fmt: skip
    (shown,) = seen(result.portfolio, (told,), "internal").remarks
    assert shown.message == "Ann works 140% in a restricted project and New visitor desk."
    assert shown.fix == "Ask the manager of a restricted project."


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\uff1d1", "\n=1"])
def test_no_text_begins_a_formula(text):
    written = csv_file.write(Dataset(path="x", columns=("a",), rows=({"a": text},)))
    cell = list(csv.reader(io.StringIO(written, newline="")))[1][0]
    assert cell == f"'{text}"


def test_numbers_stay_numbers_and_exact():
    amount = Decimal("-12345678901234567890.10")
    data = Dataset(
        path="x", columns=("n", "m"), rows=({"n": amount, "m": {"amount": Decimal("1.50"), "currency": "EUR"}},)
    )
    assert csv_file.write(data) == "n,m,m_currency\r\n-12345678901234567890.10,1.50,EUR\r\n"
    assert '"n": -12345678901234567890.10' in json_file.write(data)


def test_json_holds_no_tag_and_reads_back():
    text = '</script>"\\\u2028\n'
    written = json_file.dump({"a": text, "b": [{"c": None, "d": True}], "e": []})
    assert "</" not in written
    assert json.loads(written) == {"a": text, "b": [{"c": None, "d": True}], "e": []}


def test_the_formats_are_in_the_table():
    assert {one.name for one in EXPORTS} == {"csv", "json"}


def test_the_sizes_of_tables_are_those_of_the_files(tmp_path):
    result = run(governed.make(tmp_path), today=date(2026, 12, 4))
    shown = seen(result.portfolio, result.remarks, "internal")
    source = Given(portfolio=result.portfolio, seen=shown)
    found = list(sizes(source))
    tables = [one for make in makers().values() for one in make(source)]
    assert found == [(one.path, len(one.rows)) for one in tables][: len(found)]
    assert {"portfolio", "risks", "remarks"} <= {path for path, count in found if count}
