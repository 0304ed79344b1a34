"""What a scenario is: one pull request on a real repository, what must come of it, and how the test is held against that.

    @stops("GOV-08", "The sponsor is replaced by a stroke of the pen")
    def test_sponsor_replaced(town: Governed) -> Verdict:
        return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois"))

`stops`: the rule stops the pull request. `passes`: nothing stops it, though it is close, or is honest bad news. `trap`: a
case in which a plain comparison of two files would go wrong, one way or the other. The test hands back what the gate said;
the list of all declarations shows that no rule is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tests.gate.repository import Governed, Verdict

Sort = Literal["stops", "passes", "trap"]
Test = Callable[[Governed], Verdict]
DAY = "2026-12-04T10:00:00+0100"
GENEVA = "projects/geneva-signs/project.yaml"
DEPOT = "projects/depot-charging"
TABLETS = "projects/driver-tablets"
SHELTER = "projects/bike-shelter"
STOPS = "projects/step-free-stops"
ROSTER = "projects/roster-tool"
RISKS = "projects/visitor-desk/risks.yaml"
ISSUES = "projects/visitor-desk/issues.yaml"
CHANGE = "projects/visitor-desk/changes/CR-003.yaml"
BASELINE = "projects/visitor-desk/baselines/BL-001.yaml"


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One declaration. rule: whose scenario it is. story: the pull request in a sentence."""

    rule: str
    sort: Sort
    story: str


SCENARIOS: list[Scenario] = []
TRAPS: dict[str, str] = {}
"""The twelve traps that any comparison of two states falls into, each with the name of its test."""


def stops(rule: str, story: str, *, by: str = "") -> Callable[[Test], Callable[[Governed], None]]:
    """The pull request is stopped by the rule; `by` another one, where the rule is about how others judge."""
    return _frame(Scenario(rule=rule, sort="stops", story=story), stopped=True, by=by or rule)


def passes(rule: str, story: str) -> Callable[[Test], Callable[[Governed], None]]:
    """Nothing stops the pull request, and the rule has nothing new to say."""
    return _frame(Scenario(rule=rule, sort="passes", story=story), stopped=False, by=rule)


def trap(rule: str, story: str, *, stopped: bool, by: str = "") -> Callable[[Test], Callable[[Governed], None]]:
    """A case that a plain comparison gets wrong."""
    return _frame(Scenario(rule=rule, sort="trap", story=story), stopped=stopped, by=by or rule)


def _frame(one: Scenario, *, stopped: bool, by: str) -> Callable[[Test], Callable[[Governed], None]]:
    SCENARIOS.append(one)

    def around(test: Test) -> Callable[[Governed], None]:
        @functools.wraps(test)
        def told(town: Governed) -> None:
            verdict = test(town)
            spoke = [each for each in verdict.of(by) if each["state"] in {"new", "worsened"} or each.get("due")]
            if stopped:
                assert by in verdict.blocking(), f"{one.story}: {by} is silent\n{verdict.said()}"
                assert verdict.blocks
                assert spoke
                assert all(each["message"] and each["fix"] for each in spoke), "who is stopped learns how to go on"
            else:
                assert not verdict.blocks, f"{one.story}\n{verdict.said()}"
                owed = [each for each in spoke if one.sort == "trap" or each["enforce_at"] == "merge"]
                assert owed == [], f"{one.story}\n{verdict.said()}"

        return told

    return around


def of_twelve(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Name a test as that of one of the twelve traps."""

    def note(test: Callable[..., Any]) -> Callable[..., Any]:
        TRAPS[name] = test.__name__
        return test

    return note


def judged(town: Governed, *more: str, author: str = "j.okafor@brightwater.example") -> Verdict:
    """Commit what lies there, and judge it as CI does: the target is checked out, the head is there as objects only."""
    town.commit("Work", author=author, at=DAY)
    town.git("switch", "-q", "--detach", "main")
    return town.check("main", "work", *more)


def on_main(town: Governed, *edits: tuple[str, str, str]) -> Governed:
    """Let the target stand otherwise before the branch begins."""
    town.switch("main")
    for file, old, new in edits:
        town.replace(file, old, new)
    town.commit("As it stood", at=DAY)
    town.git("switch", "-q", "-C", "work", "main")
    return town


def approve(town: Governed, kind: str, name: str, project: str, by: str, *more: str, author: str = "") -> Governed:  # noqa: PLR0913
    """Have somebody decide with the shipped command, and commit the record as theirs or as somebody else's."""
    town.commit("What is decided on", at=DAY, author="j.okafor@brightwater.example")
    done = town.handrail("approve", kind, name, "--project", project, "--by", by, "--on", "2026-12-04", *more)
    assert done.status == 0, done.err
    town.commit("Decide", at=DAY, author=f"{author or by}@brightwater.example")
    return town


def minutes(town: Governed, by: str) -> tuple[str, ...]:
    """The words that say where a board has decided."""
    file = town.folder.parent / "minutes.txt"
    file.write_text("The board agrees.\n", encoding="utf-8")
    return ("--minutes", str(file), "--present", by, "--recorded-by", "p.nowak")
