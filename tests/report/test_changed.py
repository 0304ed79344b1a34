"""A check of a change at a terminal: what changes, who must agree, what stops it, the rest counted."""

from __future__ import annotations

from datetime import date

from handrail.change.agreements import Agreement
from handrail.change.grouping import Told
from handrail.change.meaning import Change
from handrail.report import render
from handrail.report.model import Expiry

from tests.report.reports import remark, report


def told(sentence: str, project: str | None = "visitor-desk", weight: int = 50) -> Told:
    one = Change(project=project, kind="risk", id="R-001", what="changed", sentence=sentence, weight=weight)
    return Told(project=project, sentence=sentence, weight=weight, changes=(one,))


def text(*remarks, **more) -> str:
    return render(report(*remarks, **{"judged": True, **more}), "text")


def test_from_what_changes_to_the_sum() -> None:
    found = text(
        remark("The day was moved.", enforce_at="merge", fix="Put it back."), remark("Later. And more."), remark("Old.", state="existing"),
        remark("Let go.", state="waived", waived_by="W-001"),
        changes=(told("schedule health green -> red"), told("rule RSK-01 removed", None), told("text changed", weight=5)), fixed=1,
        agreements=(Agreement(project="visitor-desk", what="change request CR-001", who="c.moreau (sponsor)"),), touched=("a.b is now owner of R-001",),
    )  # fmt: skip
    assert found == (
        "What changes\n\n"
        "  New visitor desk\n    Schedule health green -> red\n"
        "  Standards and policy\n    Rule RSK-01 removed\n"
        "  and 1 smaller change; `handrail changes --since REV` lists them\n\n"
        "Needs approval\n\n  Change request CR-001: waits for c.moreau (sponsor)\n\n"
        "Mend before merging (1)\n\nNew visitor desk\n"
        "  projects/visitor-desk/risks.yaml:7:3  RSK-01\n    The day was moved.\n    -> Put it back.\n\n"
        "Not urgent: needed for the next gate (1)\n\n  Later. [RSK-01, projects/visitor-desk/risks.yaml:7:3]\n\n"
        "Who else is touched\n\n  a.b is now owner of R-001\n\n"
        "2 projects checked as of 4 Dec 2026: 1 to mend before merging, 1 needed for the next gate, 1 there before, 1 mended, "
        "1 permitted deviation.\n"
        "This would be stopped.\n"
        "`handrail explain RULE` says more about a rule.\n"
    )


def test_a_change_of_no_meaning() -> None:
    assert text() == "No plan and no standard says anything else than before.\n"
    assert text(remark(state="existing")).startswith(
        "What changes\n\n  No plan and no standard says anything else than before.\n\n2 projects"
    )


def test_conflicts_other_law_and_what_ends_soon_are_announced() -> None:
    found = text(
        conflict=True, impact=('RSK-01 "Owners": 3 plans would newly fail',),
        expiring=(Expiry(project="visitor-desk", waiver="W-001", rule="RSK-01", on=date(2026, 12, 20)),),
    )  # fmt: skip
    assert found.startswith("This cannot be merged as it is: it conflicts with the target.")
    assert "What this would do to the plans\n\n  RSK-01" in found
    assert "Ends soon: W-001 of New visitor desk permits to leave RSK-01 aside until 20 Dec 2026." in found


def test_nothing_is_obeyed_and_no_command_of_a_log_begins_a_line() -> None:
    nasty = "x " * 46 + "::error file=x::forged ##[error]forged \x1b[31m"
    found = text(
        remark(nasty, enforce_at="watch"), changes=(told(nasty),), touched=(nasty,), impact=(nasty,),
        agreements=(Agreement(project="visitor-desk", what=nasty, who=nasty),), names={"visitor-desk": nasty},
    )  # fmt: skip
    assert not [line for line in found.splitlines() if line.strip().startswith("::") or "##[" in line]
    assert "\x1b" not in found


def test_every_project_has_its_worst_said_before_any_has_two() -> None:
    many = [told(f"bad {i}", "visitor-desk", 90 - i) for i in range(30)] + [told("less bad", "ticket-app", 35)]
    found = text(changes=tuple(many))
    assert "Less bad" in found
    assert "Bad 18" in found
    assert "Bad 19" not in found
    assert "and 11 smaller changes" in found
