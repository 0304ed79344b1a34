"""What an attack is: something tried on a real repository, what must come of it, and the words that a reader sees.

    @attack("The sponsor is replaced first, and the new one approves", by="GOV-08", says="nobody who held a say before")
    def test_the_sponsor_is_replaced_first(town: Governed) -> Verdict:
        return judged(town.replace(DESK, "sponsor: c.moreau", "sponsor: h.dubois"))

The test hands back what the gate said, and the frame around it holds that against the declaration. The page for auditors
is made of the same declarations, so it says what is tested and nothing else.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tests.command import Done
from tests.gate.repository import AUTHOR, Governed, Verdict

Outcome = Literal["blocks", "alarms", "told", "refused", "nothing"]
DAY = "2026-12-04T10:00:00+0100"
SPONSOR, MANAGER = "c.moreau@brightwater.example", "j.okafor@brightwater.example"
CHANGE = "projects/visitor-desk/changes/CR-003.yaml"
BASELINE = "projects/visitor-desk/baselines/BL-001.yaml"
RECORD = "projects/visitor-desk/approvals/AP-003.yaml"
RISKS = "projects/visitor-desk/risks.yaml"
GENEVA = "projects/geneva-signs/project.yaml"
AUTHORITY = "standards/policy/authority.yaml"
ENFORCEMENT = "standards/policy/enforcement.yaml"
PEOPLE = "standards/people/people.yaml"
BY_SPONSOR = "{decision: change within tolerance, roles: [sponsor], up_to: 100000"


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One attempt. name: of its test. theme: its module. attempt: what somebody tries, for a reader who is no programmer.

    by: the rule that speaks. says: words that a reader sees. outcome: `blocks` the change cannot be merged; `alarms` it can,
    and a remark goes to whoever can help; `told` whoever owns the files decides, and the comment on the pull request says
    what it means; `refused` no verdict is given at all; `nothing` the trick has no effect.
    """

    name: str
    theme: str
    attempt: str
    outcome: Outcome
    by: str
    says: str


ATTACKS: dict[str, Attack] = {}


def attack(
    attempt: str, *, says: str, by: str = "", outcome: Outcome = "blocks"
) -> Callable[[Callable[..., Any]], Any]:
    """Declare an attack, and hold what its test hands back against the declaration."""

    def frame(test: Callable[..., Verdict | Done]) -> Callable[..., None]:
        name = test.__name__.removeprefix("test_")
        theme = test.__module__.rsplit(".", 1)[-1].removeprefix("test_")
        ATTACKS[name] = declared = Attack(
            name=name, theme=theme, attempt=attempt, outcome=outcome, by=by, says=says
        )  # fmt: skip

        @functools.wraps(test)
        def tried(*args: Any, **words: Any) -> None:
            hold(declared, test(*args, **words))

        return tried

    return frame


def hold(one: Attack, got: Verdict | Done) -> None:
    """What came of it must be what was declared, in the words that a reader sees."""
    if isinstance(got, Done):
        assert one.outcome == "refused", "only what is refused has no verdict"
        assert got.status == 2, got.out + got.err
        assert one.says in got.err
        return
    assert one.says or one.outcome == "nothing", "an attack declares the words that a reader sees"
    if one.outcome in {"nothing", "told"}:
        assert not got.blocks, got.said()
        assert got.rules("new", "worsened") == [], got.said()
        sentences = [each["sentence"] for each in got.report["changes"]]
        assert any(one.says in each for each in sentences) if one.outcome == "told" else sentences == [], sentences
        return
    told = [each for each in got.of(one.by) if each["state"] in {"new", "worsened"} or each.get("due")]
    assert told, f"{one.by} says nothing:\n{got.said()}"
    assert any(one.says in f"{each['message']} {each['fix']}" for each in told), got.said()
    assert got.blocks == (one.outcome == "blocks"), got.said()
    if one.outcome == "blocks":
        assert one.by in got.blocking(), got.said()


def judged(
    town: Governed, *more: str, author: str = AUTHOR, at: str = DAY, env: dict[str, str] | None = None
) -> Verdict:
    """Commit what lies there, and ask the gate as CI does: the target is checked out, the head is objects only."""
    town.commit("Work", author=author, at=at)
    town.git("switch", "-q", "--detach", "main")
    done = town.handrail("check", "--format", "json", "--base", "main", "--head", "work", *more, env=env)
    assert done.status in {0, 1}, done.err
    return Verdict(status=done.status, report=json.loads(done.out), err=done.err)


def law(town: Governed, *edits: tuple[str, str, str]) -> Governed:
    """Let the target have another law before the branch is begun."""
    town.git("switch", "-q", "main")
    for file, old, new in edits:
        town.replace(file, old, new)
    town.commit("The office's policy", at=DAY)
    town.git("switch", "-q", "-C", "work", "main")
    return town


def themes() -> list[str]:
    """The modules of attacks, as they are named."""
    return sorted({one.theme for one in ATTACKS.values()})
