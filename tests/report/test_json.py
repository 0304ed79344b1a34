"""Remarks for machines: keys that only ever grow, and the same remarks as every other format."""

import json
from decimal import Decimal

import pytest
from handrail.remark import Loc
from handrail.report import FORMATS, render

from tests.report.reports import elsewhere, remark, report

REPORT = {
    "format", "as_of", "organisation", "projects", "unreadable_projects", "blocks", "counts", "remarks", "judged", "fixed",
    "changes", "approvals", "touched", "expiring", "impact",
}  # fmt: skip
REMARK = {
    "rule", "level", "severity", "enforce_at", "state", "project", "file", "line", "column", "end_line", "end_column", "path",
    "message", "fix", "help_url", "fingerprint", "measure", "waived_by", "due", "related",
}  # fmt: skip
RELATED = {"file", "line", "column", "end_line", "end_column", "path", "note"}


def read(*remarks, **more):
    return json.loads(render(report(*remarks, **more), "json"))


def test_keys() -> None:
    """Whoever reads these relies on them: a key is added, never renamed or taken away."""
    found = read(remark(related=elsewhere("here"), measure=Decimal("12.50")))
    assert set(found) == REPORT
    assert set(found["remarks"][0]) == REMARK
    assert set(found["remarks"][0]["related"][0]) == RELATED
    assert set(found["counts"]) == {"merge", "gate", "watch", "existing", "waived"}


def test_values() -> None:
    found = read(remark(measure=Decimal("12.50")), broken=1)
    assert (found["format"], found["as_of"], found["projects"], found["unreadable_projects"]) == (1, "2026-12-04", 2, 1)
    one = found["remarks"][0]
    assert (one["file"], one["line"], one["column"], one["path"]) == (
        "projects/visitor-desk/risks.yaml",
        7,
        3,
        ["risks", 0, "owner"],
    )
    assert one["measure"] == "12.50", "exact, so no float"
    assert (one["waived_by"], one["related"]) == (None, [])


@pytest.mark.parametrize(
    ("what", "given", "more", "blocks"),
    [
        ("nothing", (), {}, False),
        ("needed for a gate", (remark(),), {}, False),
        ("to be mended", (remark(enforce_at="merge"),), {}, True),
        ("permitted", (remark(enforce_at="merge", state="waived"),), {}, False),
        ("to be mended, but not shown", (remark(),), {"hidden": 1, "stops": 1}, True),
    ],
)
def test_blocks_says_what_the_exit_status_says(what, given, more, blocks) -> None:
    assert read(*given, **more)["blocks"] is blocks, what


def test_nothing_that_a_terminal_obeys_and_nothing_lost() -> None:
    nasty = "red \x1b[31m \x9b31m turned \u202e half \ud800 line\u2028break 水"
    text = render(report(remark(nasty, loc=Loc(f"projects/{nasty}.yaml"))), "json")
    assert text.replace("\n", "").isprintable()
    text.encode("utf-8")
    assert json.loads(text)["remarks"][0]["message"] == nasty


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_every_remark_in_the_same_order(name: str) -> None:
    ones = [
        remark(
            f"Message {i} of {bites}, {state}.",
            enforce_at=bites,
            state=state,
            loc=Loc("projects/visitor-desk/risks.yaml", ("risks", i)),
        )
        for bites, state in (("merge", "new"), ("gate", "new"), ("watch", "new"), ("gate", "waived"))
        for i in range(12)
    ]
    text = render(report(*ones), name)
    spots = [text.rindex(one.message) for one in ones]
    assert spots == sorted(spots)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert render(report(remark(), remark(project=None)), name) == render(report(remark(), remark(project=None)), name)
