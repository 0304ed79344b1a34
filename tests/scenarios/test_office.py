"""What the office writes, and how it is kept apart from plans: STD, GOV-05, GOV-06."""

from __future__ import annotations

from tests.gate.repository import DESK, Governed, Verdict
from tests.scenarios.stage import DAY, RISKS, judged, on_main, passes, stops, trap

STANDARD = "standards/risk/index.md"
RULE = "standards/risk/rsk-03.rule.yaml"
CHANGES = "standards/risk/CHANGELOG.md"
AUDIT = "standards/audits/au-2027-1/audit.yaml"
THRESHOLDS = "standards/policy/thresholds.yaml"
TEXT = "A threat that can sink the project must be known to the board, with the decision that followed."


@stops("STD-01", "A sentence that binds is written anew, under the old version")
def test_sentence_changed(town: Governed) -> Verdict:
    return judged(town.replace(STANDARD, TEXT, "A threat must be known to the board within a day."))


@passes("STD-01", "A new version with its reason, and notice")
def test_new_version(town: Governed) -> Verdict:
    town.replace(STANDARD, TEXT, "A threat must be known to the board within a day.")
    town.replace(STANDARD, "version: 1.0.0", "version: 1.1.0").replace(
        STANDARD, "effective_from: 2026-01-01", "effective_from: 2027-01-01"
    )
    text = town.read(CHANGES)
    head, mark, rest = text.partition("\n## ")
    return judged(
        town.write(
            CHANGES,
            f"{head}\n## 1.1.0\n\nA day is enough.\n\nSource: lesson L-001 of driver-tablets\nCost: nothing\n{mark}{rest}",
        )
    )


@trap("STD-01", "Prose that only explains is mended", stopped=False)
def test_prose_mended(town: Governed) -> Verdict:
    return judged(town.append(STANDARD, "\nAsk early; it costs nothing.\n"))


@stops("STD-02", "A duty comes in that nobody can check")
def test_wish(town: Governed) -> Verdict:
    line = "  - id: S-RISK.9\n    text: Everybody must be careful.\n    level: must\n    rationale: Care helps\n"
    return judged(town.replace(STANDARD, "  - id: S-RISK.2\n", line + "  - id: S-RISK.2\n"))


@passes("STD-02", "Its rationale is said in other words")
def test_rationale(town: Governed) -> Verdict:
    return judged(
        town.replace(
            STANDARD,
            "rationale: A risk without an owner and a next step is a worry.",
            "rationale: A risk that nobody owns is a worry.",
        )
    )


@trap("STD-02", "The rule that verified a duty is taken away, and the duty stays", stopped=True, by="DAT-01")
def test_rule_taken_away(town: Governed) -> Verdict:
    return judged(town.remove(RULE).remove("standards/risk/rsk-03.test.yaml"))


@stops("GOV-05", "Figure and plan move together")
def test_together(town: Governed) -> Verdict:
    town.replace(THRESHOLDS, "risk_high: 15", "risk_high: 25")
    return judged(town.replace(DESK, "forecast: 50400", "forecast: 60400"))


@passes("GOV-05", "A plan alone, with bad news")
def test_plan_alone(town: Governed) -> Verdict:
    return judged(town.replace(DESK, "forecast: 50400", "forecast: 60400"))


@trap("GOV-05", "The target changed its law meanwhile; the branch changes a plan only", stopped=False)
def test_law_moved_meanwhile(town: Governed) -> Verdict:
    town.switch("main").replace(THRESHOLDS, "risk_high: 15", "risk_high: 12").commit("The office", at=DAY)
    return judged(town.switch("work").replace(DESK, "forecast: 50400", "forecast: 60400"))


@stops("GOV-06", "The rule is loosened by the change that breaks it", by="RSK-03")
def test_loosened(town: Governed) -> Verdict:
    town.replace(RULE, "enforce_at: merge", "enforce_at: watch")
    return judged(town.write(RISKS, "risks: []\n"))


@passes("GOV-06", "The office loosens a rule in a pull request of its own, and plans stay what they are")
def test_figure_alone(town: Governed) -> Verdict:
    return judged(town.replace(THRESHOLDS, "risk_high: 15", "risk_high: 20"))


@trap("GOV-06", "A branch from before the rule is judged by the rule", stopped=True, by="RSK-03")
def test_branch_from_before(town: Governed) -> Verdict:
    rule, cases = town.read(RULE), town.read(RULE.replace(".rule.", ".test."))
    town.switch("main").remove(RULE).remove(RULE.replace(".rule.", ".test.")).commit("Not yet", at=DAY)
    on_main(town).write(RISKS, "risks: []\n").commit("Early", at=DAY)
    town.switch("main").write(RULE, rule).write(RULE.replace(".rule.", ".test."), cases).commit("The rule", at=DAY)
    return judged(town.switch("work"))


OBJECTIVES = "standards/strategy/objectives.yaml"


def without(town: Governed, start: str, file: str = OBJECTIVES) -> Governed:
    """Take a line out of a file."""
    lines = town.read(file).splitlines(keepends=True)
    return town.write(file, "".join(line for line in lines if not line.lstrip().startswith(start)))


@stops("DAT-01", "An objective is taken away that two projects still serve, each told at its own line")
def test_objective_taken_away(town: Governed) -> Verdict:
    told = judged(without(town, "- {id: OBJ-4,"))
    left = [one for one in told.of("DAT-01", "new") if one["project"]]
    assert {one["project"] for one in left} == {"visitor-desk", "bike-shelter", "step-free-stops"}
    for one in left:
        assert "objective: OBJ-4" in town.read(one["file"]).splitlines()[one["line"] - 1]
        assert "status: dropped" in one["fix"]
    return told


@stops("DAT-01", "Somebody who still leads a project is struck from the directory")
def test_manager_struck_out(town: Governed) -> Verdict:
    told = judged(without(town, "- {id: d.martin,", "standards/people/people.yaml"))
    assert "ticket-app" in {one["project"] for one in told.of("DAT-01", "new")}
    return told


@passes("DAT-01", "An objective is taken away that nothing names")
def test_objective_nobody_serves(town: Governed) -> Verdict:
    text = town.read(OBJECTIVES).replace(
        "objectives:\n", "objectives:\n  - {id: OBJ-8, statement: Nobody wants this}\n"
    )
    town.switch("main").write(OBJECTIVES, text).commit("An idea", at=DAY)
    town.switch("work").git("merge", "-q", "main")
    return judged(without(town, "- {id: OBJ-8,"))


@trap(
    "DAT-01",
    "An objective is dropped and stays on record: every project that serves it is named, and none is broken",
    stopped=False,
)
def test_objective_dropped(town: Governed) -> Verdict:
    told = judged(
        town.replace(
            OBJECTIVES,
            "target: 5 minutes and none, horizon: 2028-12-31, owner: c.moreau",
            "target: 5 minutes and none, horizon: 2028-12-31, owner: c.moreau, status: dropped",
        )
    )
    (row,) = [one for one in told.report["impact"]["rules"] if one["rule"] == "BC-02"]
    assert set(row["fails"]) >= {"visitor-desk", "step-free-stops"}
    return told


def audit(auditor: str) -> str:
    """The plan of an audit of the visitor desk."""
    return (
        "id: au-2027-1\ntitle: The visitor desk\ntype: compliance\nprojects: [visitor-desk]\n"
        f"auditors: [{auditor}]\nstarted_on: 2026-12-01\nstate: running\n"
    )


@stops("AUD-01", "A member of the team audits the project")
def test_team_member_audits(town: Governed) -> Verdict:
    return judged(town.write(AUDIT, audit("l.petit")))


@passes("AUD-01", "Somebody without a part in it audits the project")
def test_stranger_audits(town: Governed) -> Verdict:
    return judged(town.write(AUDIT, audit("a.berger")))


@trap("AUD-01", "The auditor is named beside somebody who is independent", stopped=True)
def test_one_of_two(town: Governed) -> Verdict:
    return judged(town.write(AUDIT, audit("a.berger, l.petit")))
