"""The published returns of three years: every row becomes a project, every cell is accounted for."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from handrail.exchange.imports import FOLDER, import_list, read_mapping, write
from handrail.load import FolderTree, load

from tests.shared_data import shared

ROOT = Path(__file__).resolve().parents[2]
MAPPING = ROOT / FOLDER / "uk-major-projects.yaml"
EXEMPT = re.compile(r"exempt\W+(- )?under section|exemption has been given", re.IGNORECASE)


def published(year):
    """The list as the standard library reads it: a second opinion on our own reader."""
    text = shared(f"gmpp/uk_{year}.csv").read_bytes().decode("cp1252")
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return header, rows


def bring(into, year):
    into.mkdir(exist_ok=True)
    (into / "standards").mkdir(exist_ok=True)
    (into / "standards/handrail.yaml").write_text("format: 1\norganisation: UK\ncurrencies: [GBP]\n")
    mapping = read_mapping(MAPPING.name, MAPPING.read_bytes()).mapping
    assert mapping is not None
    path = shared(f"gmpp/uk_{year}.csv")
    done = import_list(path.read_bytes(), mapping, FolderTree(into), name=path.name)
    write(into, done.files)
    return done


@pytest.mark.parametrize(("year", "rows", "unreadable"), [(2021, 184, 1), (2022, 235, 0), (2023, 244, 0)])
def test_every_row_and_cell_of_a_year_is_accounted_for(tmp_path, year, rows, unreadable):
    header, listed = published(year)
    done = bring(tmp_path, year)
    assert len(listed) == rows
    assert done.report.row_counts == {"created": rows}
    assert sum(done.report.counts.values()) == rows * len(header)
    assert done.report.counts["unreadable"] == unreadable
    loaded = load(FolderTree(tmp_path))
    assert [one for one in loaded.remarks if one.loc.file.startswith("projects/")] == []
    plans = {plan.source["key"]: plan for plan in loaded.repository.plans}
    names = {row[1]: " ".join(row[2].split()) for row in listed}
    assert {key: plan.name for key, plan in plans.items()} == names
    exempt = {row[1] for row in listed if any(EXEMPT.search(" ".join(cell.split())) for cell in row)}
    assert {key for key, plan in plans.items() if plan.sensitivity == "restricted"} == exempt
    assert bring(tmp_path, year).files == {}


def test_ratings_money_and_days_are_those_of_the_list(tmp_path):
    header, listed = published(2023)
    bring(tmp_path, 2023)
    plans = {plan.source["key"]: plan for plan in load(FolderTree(tmp_path)).repository.plans}
    cost, end = header.index("wlc_baseline_incl_NCG"), header.index("end_date")
    for row in listed:
        plan = plans[row[1]]
        rating = (row[6] or row[7]).strip().lower()
        assert [one.status for one in plan.reports] == ([rating] if rating in {"green", "amber", "red"} else [])
        approved = plan.budget.approved if plan.budget else None
        figure = row[cost].strip()
        assert (f"{approved.amount / 1_000_000:f}" if approved else "") == (figure if figure.isdigit() else "")
        planned = next((one.planned for one in plan.milestones if one.id == "M2"), None)
        day = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", row[end].strip())
        assert (planned.isoformat() if planned else "") == ("-".join(reversed(day.groups())) if day else "")
    assert Counter(plan.unit for plan in plans.values()) == Counter(row[3] for row in listed)


def test_three_years_in_a_row_keep_ids_and_add_reports(tmp_path):
    ids: dict[str, str] = {}
    for year in (2021, 2022, 2023):
        done = bring(tmp_path, year)
        for row in done.report.rows:
            assert ids.setdefault(row.key, row.project) == row.project
        assert done.report.counts["by hand"] == 0
    plans = load(FolderTree(tmp_path)).repository.plans
    assert len(plans) == len(ids)
    newest = {row[1]: row[2] for row in published(2023)[1]}
    renamed = [row for row in published(2022)[1] if newest.get(row[1], row[2]) != row[2]]
    assert len(renamed) > 10
    assert max(len(plan.reports) for plan in plans) == 3
    assert bring(tmp_path, 2021).files == {}


@pytest.mark.slow
def test_the_demo_makes_a_repository_and_says_what_to_run_next(tmp_path):
    into = tmp_path / "uk"
    for expected in ("Projects: 244 created.", "Projects: 244 unchanged."):
        done = subprocess.run(
            [ROOT / "scripts/demo-uk", into, shared("gmpp/uk_2023.csv")], capture_output=True, text=True, check=True
        )
        assert expected in done.stdout
        assert "handrail check" in done.stdout
        assert "handrail build" in done.stdout
    assert (into / "import-uk_2023.csv").is_file()
    assert "DFT" in load(FolderTree(into)).repository.policy.taxonomy.departments
    checked = subprocess.run(
        [ROOT / ".venv/bin/handrail", "check"],
        cwd=into,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert checked.returncode == 0
    assert "244 projects checked" in checked.stdout + checked.stderr
    shutil.rmtree(into)


def test_the_demo_says_loudly_that_a_list_is_missing(tmp_path):
    done = subprocess.run(
        [ROOT / "scripts/demo-uk", tmp_path / "uk", tmp_path / "none.csv"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "THERE IS NO LIST TO IMPORT" in done.stderr) == (2, True)
    assert not (tmp_path / "uk").exists()
