"""The same remarks in every format, and each format as its readers want it."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from handrail.remark import Loc
from handrail.report import FORMATS, render

from tests.report.reports import elsewhere, remark, report
from tests.report.schemas import GITLAB, RDJSON, SARIF

NASTY = [
    "50 % of it, and 100%", "two\nlines", "a::b ::error::forged", "Öl & Söhne <b>水</b> 🚃", "</details><!-- handrail: gate -->",
    "red \x1b[31m \x9b31m \u202e", "half \ud800", "]]> \x00 \ufffe", "@all closes #1 ![x](https://example.org/x.png)",
]  # fmt: skip


def twelve() -> list[Any]:
    """Twelve remarks of every group, each with words of its own."""
    states = (
        ("merge", "new"),
        ("merge", "worsened"),
        ("gate", "new"),
        ("watch", "new"),
        ("gate", "existing"),
        ("gate", "waived"),
    )
    return [
        remark(
            f"Remark number {number:02} speaks.", enforce_at=bites, state=state, fix=f"Mend number {number:02}.",
            waived_by="W-001" if state == "waived" else None, related=elsewhere(f"belongs to {number:02}"),
            loc=Loc("projects/visitor-desk/risks.yaml", ("risks", number)), fingerprint=f"f{number:02}",
        )
        for number, (bites, state) in enumerate(one for one in states for _ in range(2))
    ]  # fmt: skip


@pytest.mark.parametrize("judged", [False, True])
@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"text", "github"}])
def test_the_same_twelve_remarks_are_in_every_format(name: str, *, judged: bool) -> None:
    text = render(report(*twelve(), judged=judged), name)
    found = sorted(set(re.findall(r"Remark number (\d\d) speaks", text)))
    assert found == [f"{number:02}" for number in range(12)]


@pytest.mark.parametrize("name", ["text", "github"])
def test_people_at_a_terminal_see_all_twelve_and_of_a_change_what_it_brings(name: str) -> None:
    every = set(re.findall(r"Remark number (\d\d) speaks", render(report(*twelve()), name)))
    assert len(every) == 12
    brought = render(report(*twelve(), judged=True), name)
    assert set(re.findall(r"Remark number (\d\d) speaks", brought)) == {f"{number:02}" for number in range(8)}
    assert "2 there before, 2 permitted deviations." in brought
    asked = render(report(*twelve(), judged=True, everything=True), name)
    assert {"08", "09"} <= set(re.findall(r"Remark number (\d\d) speaks", asked))


def sarif(*remarks, **more) -> Any:
    document = json.loads(render(report(*remarks, **more), "sarif"))
    jsonschema.Draft202012Validator(SARIF).validate(document)
    return document["runs"][0]


def test_sarif() -> None:
    run = sarif(*twelve(), judged=True)
    assert [one["level"] for one in run["results"]] == ["error"] * 4 + ["warning"] * 2 + ["note"] * 2 + ["warning"] * 4
    states = [one["baselineState"] for one in run["results"]]
    assert states == ["new", "new", "updated", "updated", *["new"] * 4, *["unchanged"] * 4]
    assert ["suppressions" in one for one in run["results"]] == [False] * 10 + [True] * 2
    first = run["results"][0]
    assert first["message"]["text"] == "Remark number 00 speaks.\nMend number 00."
    assert first["partialFingerprints"] == {"handrail/v1": "f00"}
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "RSK-01"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "projects/visitor-desk/risks.yaml", "uriBaseId": "ROOT"}
    assert place["region"] == {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 9}


def test_sarif_without_a_change_claims_no_history() -> None:
    assert not any("baselineState" in one for one in sarif(*twelve())["results"])
    assert sarif()["results"] == []


@pytest.mark.parametrize("words", NASTY)
def test_sarif_holds_anything(words: str) -> None:
    file = f"projects/{words}.yaml".replace("\ud800", "x")
    run = sarif(remark(words, rule="DAT-01", loc=Loc(file, ("a",))))
    assert run["results"][0]["message"]["text"] == words
    assert re.fullmatch(r"[!-~]+", run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_gitlab() -> None:
    found = json.loads(render(report(*twelve()), "gitlab"))
    jsonschema.Draft202012Validator(GITLAB).validate(found)
    assert [one["severity"] for one in found] == ["critical"] * 4 + ["major"] * 2 + ["info"] * 6
    assert found[-1]["description"].startswith("Permitted by W-001: ")


def test_gitlab_shows_each_of_several_with_one_fingerprint() -> None:
    found = json.loads(render(report(remark("A"), remark("B"), remark("C", fingerprint="")), "gitlab"))
    assert len({one["fingerprint"] for one in found}) == 3


def test_junit() -> None:
    root = ET.fromstring(render(report(*twelve()), "junit"))
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("12", "4", "8")
    cases = list(root.iter("testcase"))
    assert sum(one.find("failure") is not None for one in cases) == 4
    assert sum(one.find("skipped") is not None for one in cases) == 8
    assert all(int(suite.get("tests") or 0) == len(suite.findall("testcase")) for suite in root.iter("testsuite"))
    last = cases[-1].find("skipped")
    assert last is not None
    assert "permitted by W-001" in last.attrib["message"]
    nothing = ET.fromstring(render(report(), "junit"))
    assert (nothing.get("tests"), nothing.get("failures")) == ("1", "0")


@pytest.mark.parametrize("words", NASTY)
def test_junit_holds_anything(words: str) -> None:
    ones = [
        remark(words, enforce_at=bites, fix=words, related=elsewhere(words), loc=Loc(f"projects/{words}.yaml"))
        for bites in ("merge", "gate")
    ]
    root = ET.fromstring(render(report(*ones), "junit").encode("utf-8"))
    assert len(list(root.iter("testcase"))) == 2


def test_rdjson() -> None:
    found = json.loads(render(report(*twelve()), "rdjson"))
    jsonschema.Draft202012Validator(RDJSON).validate(found)
    assert [one["severity"] for one in found["diagnostics"]] == ["ERROR"] * 4 + ["WARNING"] * 2 + ["INFO"] * 6


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("words", NASTY)
def test_no_format_is_obeyed_by_a_terminal_or_a_log(name: str, words: str) -> None:
    one = remark(
        words,
        enforce_at="merge",
        fix=words,
        related=elsewhere(words),
        loc=Loc(f"projects/{words}.yaml".replace("\n", "")),
    )
    text = render(report(one, judged=True, names={"visitor-desk": words}), name)
    assert not [line for line in text.splitlines() if line.strip().startswith("::error::forged")]
    assert all(line.replace("\u200b", "").replace("\ufffe", "").isprintable() for line in text.split("\n"))
    text.encode("utf-8")


def test_waived_remarks_are_counted_apart_everywhere() -> None:
    ones = [remark("Held."), remark("Let go.", state="waived", waived_by="W-001", enforce_at="merge")]
    given = report(*ones)
    assert given.counts == {"merge": 0, "gate": 1, "watch": 0, "existing": 0, "waived": 1}
    assert "1 permitted deviation" in render(given, "text")
    assert "1 permitted deviation" in render(given, "github")
    assert "Permitted deviations (1)" in render(given, "markdown")
    assert json.loads(render(given, "json"))["counts"]["waived"] == 1
    assert sum("suppressions" in one for one in sarif(*ones)["results"]) == 1
    assert 'name="Permitted deviations" tests="1" failures="0"' in render(given, "junit")
    assert sum(one["description"].startswith("Permitted by") for one in json.loads(render(given, "gitlab"))) == 1
    assert (
        sum(one["message"].startswith("Permitted by") for one in json.loads(render(given, "rdjson"))["diagnostics"])
        == 1
    )


def test_what_is_due_at_a_gate_stops_the_change_that_records_it_in_every_format() -> None:
    one = remark("Needed now.", state="existing", due=True)
    given = report(one, judged=True)
    assert "Mend before merging (1)" in render(given, "text")
    assert "### 1 thing to mend before merging" in render(given, "markdown")
    assert render(given, "github").startswith("::error ")
    assert sarif(one, judged=True)["results"][0]["level"] == "error"
    assert json.loads(render(given, "gitlab"))[0]["severity"] == "critical"
    assert json.loads(render(given, "rdjson"))["diagnostics"][0]["severity"] == "ERROR"
    assert 'failures="1"' in render(given, "junit")
    assert json.loads(render(given, "json"))["blocks"] is True
