"""Who may be appointed: a certificate, a training and a level count up to their last day, by the people of the target."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.repository import DESK, Governed, Verdict

PEOPLE = "standards/people/people.yaml"
MATRIX = "standards/people/competences.yaml"
DONE = "standards/people/completions.yaml"
ROW = "- {role: project manager, certifications: [PM-Board], modules: [first-week]}\n"


@pytest.fixture
def town(tmp_path: Path) -> Governed:
    """A small project in execution; managers need a certificate and the first module."""
    made = Governed.sample(tmp_path, "visitor-desk")
    made.write(MATRIX, "competences: []\nmatrix:\n" + ROW)
    made.write(DONE, "completions: []\n")
    person(made, "j.okafor", "2030-01-01", "2026-01-20")
    return made


def person(town: Governed, who: str, expires: str, trained: str | None) -> None:
    """Give somebody a certificate until a day, and the module on another."""
    town.replace(
        PEOPLE,
        f"- {{id: {who}, ",
        f"- {{id: {who}, certifications: [{{name: PM-Board, issued: 2023-01-01, expires: {expires}}}], ",
    )
    if trained:
        town.write(DONE, town.read(DONE).replace("completions: []\n", "completions:\n")
                   + f"- {{person: {who}, module: first-week, version: 1.0.0, on: {trained}}}\n")  # fmt: skip


def appointed(town: Governed, who: str = "k.ito", as_of: str = "2026-12-04") -> Verdict:
    town.commit("The law")
    town.branch()
    town.replace(DESK, "manager: j.okafor", f"manager: {who}")
    town.commit("Hand over")
    return town.check("main", "HEAD", "--as-of", as_of)


@pytest.mark.parametrize(("as_of", "stopped"), [("2026-12-04", False), ("2026-12-05", True)])
def test_a_certificate_counts_on_its_last_day(town: Governed, as_of: str, stopped: bool) -> None:  # noqa: FBT001 - a table
    person(town, "k.ito", "2026-12-04", "2026-06-01")
    verdict = appointed(town, as_of=as_of)
    assert ("RES-02" in verdict.blocking()) is stopped
    assert verdict.blocks is stopped
    found = verdict.of("RES-02", "new")
    assert found, "its end is told thirty days ahead"
    assert {(one["file"], one["line"]) for one in found} == {(DESK, line_of(town, "manager: k.ito"))}


@pytest.mark.parametrize(("as_of", "stopped"), [("2026-12-04", False), ("2026-12-05", True)])
def test_training_counts_for_its_months(town: Governed, as_of: str, stopped: bool) -> None:  # noqa: FBT001 - a table
    person(town, "k.ito", "2030-01-01", "2024-12-04")  # the module's completion holds for 24 months
    assert appointed(town, as_of=as_of).blocks is stopped


def test_who_was_never_trained_is_not_appointed(town: Governed) -> None:
    person(town, "k.ito", "2030-01-01", None)
    verdict = appointed(town)
    assert verdict.blocking() == ["RES-02"]
    (one,) = [each for each in verdict.of("RES-02", "new") if each["enforce_at"] == "merge"]
    assert "First week" in one["message"]
    assert "does not bring what the role needs yet" in one["message"]


@pytest.mark.parametrize(("begun", "stopped"), [("2026-09-05", False), ("2026-09-04", True)])
def test_somebody_new_in_the_role_has_the_days_of_the_learning_path(town: Governed, begun: str, stopped: bool) -> None:  # noqa: FBT001 - a table
    """Ninety days from the first day in the role: 5 September and ninety days are 4 December."""
    person(town, "k.ito", "2030-01-01", None)
    town.replace(PEOPLE, "{role: project manager, from: 2020-09-01}", f"{{role: project manager, from: {begun}}}")
    verdict = appointed(town)
    assert verdict.blocks is stopped
    told = [one["message"] for one in verdict.of("RES-02", "new")]
    assert any("is new in the role, and has until 4 Dec 2026" in one for one in told) is not stopped


def test_a_change_cannot_bring_the_certificate_it_needs(town: Governed) -> None:
    person(town, "k.ito", "2026-12-01", "2026-06-01")
    town.commit("The law")
    town.branch()
    town.replace(PEOPLE, "expires: 2026-12-01", "expires: 2029-12-01")
    town.replace(DESK, "manager: j.okafor", "manager: k.ito")
    town.commit("Hand over")
    assert "RES-02" in town.check().blocking()


def test_bad_news_of_a_manager_whose_certificate_has_run_out_merge(town: Governed) -> None:
    town.replace(PEOPLE, "expires: 2030-01-01", "expires: 2026-06-01")
    town.commit("The law")
    town.branch()
    town.replace(DESK, "forecast: 2027-02-15", "forecast: 2027-04-15")
    town.commit("Later")
    verdict = town.check()
    assert not verdict.blocks
    assert verdict.of("RES-02", "new") == []


def test_a_sponsor_is_an_appointment_too(town: Governed) -> None:
    town.write(
        MATRIX, "competences: [{id: governance, name: Gates}]\nmatrix:\n- {role: sponsor, needs: {governance: 3}}\n"
    )
    town.commit("The law")
    town.branch()
    town.replace(DESK, "sponsor: c.moreau", "sponsor: m.santos")
    town.commit("Another sponsor")
    found = [one for one in town.check().of("RES-02", "new") if one["enforce_at"] == "merge"]
    assert [(one["line"], "new sponsor" in one["message"]) for one in found] == [
        (line_of(town, "sponsor: m.santos"), True)
    ]


def line_of(town: Governed, text: str) -> int:
    return next(number for number, line in enumerate(town.read(DESK).splitlines(), 1) if line.startswith(text))
