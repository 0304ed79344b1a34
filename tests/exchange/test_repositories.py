"""Portfolios of other repositories: shown with their source and age, believed in nothing that does not fit."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.compute.other_portfolios import OtherPortfolio, in_words
from handrail.exchange.repositories import read_others
from handrail.model.organisation import Organisation, OtherRepository
from handrail.remark import Loc

from tests.gate.repository import Governed

DAY = date(2026, 12, 4)
ROW: dict[str, Any] = {"id": "yard", "name": "Yard", "state": "active", "colour": "red", "end_expected": "2027-03-01"}
NONE = Loc("standards/handrail.yaml")


def read(folder: Path, content: bytes | str | None, show: str = "full") -> OtherPortfolio:
    """What one export says."""
    if content is not None:
        (folder / "p.json").write_bytes(content.encode() if isinstance(content, str) else content)
    one = OtherRepository(name="Defence", portfolio="p.json", show="full" if show == "full" else "counts", loc=NONE)
    organisation = Organisation(format=1, organisation="X", repositories=(one,), loc=NONE)
    return read_others(folder, organisation, DAY)[0]


def document(*rows: dict[str, Any], **more: Any) -> str:
    """An export as text."""
    return json.dumps({"as_of": "2026-12-03", "rows": list(rows), **more})


def test_projects_come_with_their_source_and_age(tmp_path: Path) -> None:
    closed = {**ROW, "id": "old", "state": "closed", "colour": "green"}
    found = read(tmp_path, document(ROW, closed, {"id": "new"}, restricted={"projects": 2, "colours": {"green": 1}}))
    assert (found.fault, found.age, found.stale, found.restricted) == ("", 1, False, 2)
    assert [one.id for one in found.projects] == ["yard", "old", "new"]
    assert found.colours == {"red": 1, "green": 1, "not known": 2}  # what has ended is not counted
    assert (
        in_words(found)
        == "Defence: 4 open projects (2 of them restricted): 1 red, 1 green, 2 not known, as of 3 Dec 2026."
    )


def test_counts_alone_show_no_project(tmp_path: Path) -> None:
    found = read(tmp_path, document(ROW), show="counts")
    assert (found.projects, found.colours) == ((), {"red": 1})


@pytest.mark.parametrize(("day", "stale"), [("2026-11-27", False), ("2026-11-26", True)])
def test_old_figures_are_told_to_be_old(tmp_path: Path, day: str, stale: bool) -> None:  # noqa: FBT001 - a column of the table
    found = read(tmp_path, json.dumps({"as_of": day, "rows": [ROW]}))
    assert found.stale is stale
    assert ("ask for a new export" in in_words(found)) is stale


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "not there"), ("", "cannot be read"), (b"\xff\xfe", "cannot be read"), ("[" * 100_000, "too deeply"), ("[]", "no mapping"),
        ("{}", "has no day"), ('{"as_of": "soon", "rows": []}', "not as"), ('{"as_of": "2026-12-01"}', "`rows`"),
        (document({"id": "../x"}), "no id"), (document({**ROW, "colour": "blue"}), "no colour"), (document({**ROW, "name": 3}), "no text"),
        (document(ROW, ROW), "twice"), (document(ROW, restricted={"projects": -1}), "no number"), (document(ROW, restricted={"projects": True}), "no number"),
        (document(ROW, restricted={"projects": 1, "colours": {"red": 3}}), "more colours"), (document(ROW, restricted={"projects": 1, "colours": {"x": 1}}), "none"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_and_not_believed(tmp_path: Path, content: bytes | str | None, said: str) -> None:
    found = read(tmp_path, content)
    assert said in found.fault
    assert (found.projects, found.colours) == ((), None)


def test_text_of_others_is_cut_and_printable(tmp_path: Path) -> None:
    found = read(tmp_path, document({**ROW, "name": "\x1b[31mred\n" + "x" * 5000}))
    assert found.projects[0].name.isprintable()
    assert len(found.projects[0].name) == 200


def test_an_address_is_never_fetched(tmp_path: Path) -> None:
    one = OtherRepository(name="Far", portfolio="https://example.org/portfolio.json", loc=NONE)
    found = read_others(tmp_path, Organisation(format=1, organisation="X", repositories=(one,), loc=NONE), DAY)
    assert "an address is not read" in found[0].fault


def test_one_repository_reads_what_another_exports(tmp_path: Path) -> None:
    other = Governed.sample(tmp_path, "depot-charging", "bike-shelter", name="other")
    (tmp_path / "other.json").write_text(other.handrail("export", "json").out, encoding="utf-8")
    own = Governed.sample(tmp_path, "visitor-desk", name="own")
    own.append(
        "standards/handrail.yaml",
        "repositories:\n- {name: Depots, portfolio: ../other.json, show: full}\n- {name: Gone, portfolio: ../gone.json}\n",
    )
    done = own.handrail("status")
    assert "Depots: 2 open projects" in done.out
    assert "Bicycle shelter, Lyon depot (Depots)" in done.out
    assert "Gone: its export is not there." in done.out
    assert not [one for one in own.check_all().of("DAT-01") if one["file"] == "standards/handrail.yaml"]
