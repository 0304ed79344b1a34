"""Attacks on the law: loosen the rule, then break it; switch the machinery; bring another standard along."""

from __future__ import annotations

from tests.attacks.town import AUTHORITY, DAY, ENFORCEMENT, PEOPLE, RECORD, RISKS, attack, judged, law
from tests.gate.repository import DESK, Governed, Verdict

RULE = "standards/risk/rsk-03.rule.yaml"
CASES = "standards/risk/rsk-03.test.yaml"
TOGETHER = "This change edits plans and also what plans are judged by."
LATER = ("planned: 2027-02-01, forecast: 2027-02-15", "planned: 2027-05-03, forecast: 2027-05-03")


def harmed(town: Governed) -> Governed:
    """Delete a risk: RSK-03."""
    return town.replace(RISKS, "- id: R-002", "- id: R-092")


@attack("Begin the branch from before the rule was made", by="RSK-03", says="is gone from the register")
def test_branch_from_before_the_rule(town: Governed) -> Verdict:
    rule, cases = town.read(RULE), town.read(CASES)
    town.switch("main").remove(RULE).remove(CASES).commit("No such rule yet", at=DAY)
    town.git("switch", "-q", "-C", "work", "main")
    harmed(town).commit("Early", at=DAY)
    town.switch("main").write(RULE, rule).write(CASES, cases).commit("The rule", at=DAY)
    return judged(town.switch("work"))


@attack("Loosen the rule and break it in one pull request", by="GOV-05", says=TOGETHER)
def test_rule_and_plan_together(town: Governed) -> Verdict:
    harmed(town.replace(RULE, "enforce_at: merge", "enforce_at: watch"))
    verdict = judged(town)
    assert "RSK-03" in verdict.blocking(), "and the rule itself still bites"
    return verdict


@attack("Delete the rule and break it in one pull request", by="RSK-03", says="is gone from the register")
def test_rule_deleted_with_what_it_forbids(town: Governed) -> Verdict:
    return judged(harmed(town.remove(RULE).remove(CASES)))


@attack("Delete a rule in a pull request of its own", by="STD-01", says="its version does not say so: RSK-03 is gone")
def test_rule_deleted_alone(town: Governed) -> Verdict:
    return judged(town.remove(RULE).remove(CASES))


@attack(
    "Let a rule only watch from now on, by a word in its file",
    by="STD-01",
    says="its version does not say so: RSK-03 asks something else",
)
def test_rule_loosened_alone(town: Governed) -> Verdict:
    return judged(town.replace(RULE, "enforce_at: merge", "enforce_at: watch"))


@attack(
    "Switch rules to watching in the policy, together with what they forbid",
    by="RSK-03",
    says="is gone from the register",
)
def test_policy_lets_rules_only_watch(town: Governed) -> Verdict:
    return judged(harmed(town.replace(ENFORCEMENT, "observe: no", "observe: yes")))


@attack(
    "Let a rule only watch, by the policy, that nobody may weaken",
    by="DAT-01",
    says="cannot be weakened: everything else rests on it",
)
def test_policy_switches_off_what_cannot_be(town: Governed) -> Verdict:
    return judged(town.replace(ENFORCEMENT, "rules: []", "rules:\n  - {rule: RSK-03, enforce_at: watch}"))


@attack(
    "Let a rule hold only from a day that is far away, and break it today",
    by="RSK-03",
    says="is gone from the register",
)
def test_rule_from_a_far_day(town: Governed) -> Verdict:
    law(town, (ENFORCEMENT, "rules: []", "rules:\n  - {rule: RSK-03, enforce_at: merge, from: 2099-01-01}"))
    return judged(harmed(town))


@attack(
    "Widen the limit of a rule until it never speaks, in a pull request of its own",
    outcome="told",
    says="GOV-11 added (days 9,999)",
)
def test_limit_of_a_rule_widened(town: Governed) -> Verdict:
    return judged(town.replace(ENFORCEMENT, "rules: []", "rules:\n  - {rule: GOV-11, params: {days: 9999}}"))


@attack(
    "Switch off by the policy what may be switched off, in a pull request of its own",
    outcome="told",
    says="RSK-01 added (enforced at off) (weaker)",
)
def test_rule_switched_off(town: Governed) -> Verdict:
    return judged(town.replace(ENFORCEMENT, "rules: []", 'rules:\n  - {rule: RSK-01, enforce_at: "off"}'))


@attack("Ask for less evidence, in a pull request of its own", outcome="told", says="grade M -> C")
def test_evidence_lowered_alone(town: Governed) -> Verdict:
    return judged(town.write(AUTHORITY, town.read(AUTHORITY).replace(", grade: M}", "}")))


@attack(
    "Take gates out of the path of a tier, in a pull request of its own",
    outcome="told",
    says='medium gates "start", "execute" taken out',
)
def test_gates_taken_out_alone(town: Governed) -> Verdict:
    return judged(
        town.replace(
            "standards/policy/lifecycle.yaml", "medium, gates: [start, execute, close]", "medium, gates: [close]"
        )
    )


@attack(
    "Put somebody on a board, in a pull request of its own", outcome="told", says="lyon-sites members l.petit added"
)
def test_board_alone(town: Governed) -> Verdict:
    return judged(
        town.replace("standards/policy/boards.yaml", "members: [e.lindqvist", "members: [l.petit, e.lindqvist")
    )


@attack(
    "Put one's own address under the sponsor's name, in a pull request of its own",
    outcome="told",
    says="c.moreau: author 00006d1d7a71... added",
)
def test_address_alone(town: Governed) -> Verdict:
    return judged(town.replace(PEOPLE, "author: [8e2c", "author: [0000"))


@attack(
    "Put another rule under the same id into a new folder", by="DAT-01", says="Two rules have the same id, `RSK-03`"
)
def test_second_rule_under_the_same_id(town: Governed) -> Verdict:
    text = town.read(RULE).replace("enforce_at: merge", "enforce_at: watch")
    return judged(town.write("standards/aaa/rsk-03.rule.yaml", text))


@attack("Edit the workflow that runs the gate together with a plan", by="GOV-05", says=TOGETHER)
def test_workflow_with_a_plan(town: Governed) -> Verdict:
    return judged(town.write(".github/workflows/gate.yml", "on: push\n").append(DESK, "# a word\n"))


@attack("Edit the lock file of the tool together with a plan", by="GOV-05", says=TOGETHER)
def test_lock_file_with_a_plan(town: Governed) -> Verdict:
    return judged(town.write("requirements.lock", "handrail==0.0.1\n").append(DESK, "# a word\n"))


@attack("Bring another package of the tool together with a plan", by="GOV-05", says=TOGETHER)
def test_package_with_a_plan(town: Governed) -> Verdict:
    return judged(town.write("handrail/__init__.py", "print('all is well')\n").append(DESK, "# a word\n"))


@attack("Write another list of owners together with a plan", by="GOV-05", says=TOGETHER)
def test_owners_with_a_plan(town: Governed) -> Verdict:
    return judged(town.write("CODEOWNERS", "* @jokafor\n").append(DESK, "# a word\n"))


@attack("Let the policy call the workflow a part of the project", by="GOV-05", says=TOGETHER)
def test_policy_without_machinery(town: Governed) -> Verdict:
    town.replace(
        "standards/policy/ownership.yaml", '{family: project, paths: ["projects/**"]', '{family: project, paths: ["**"]'
    )
    return judged(town.append(DESK, "# a word\n"))


@attack("Change what `today` is, to escape a day", by="GOV-05", says=TOGETHER)
def test_another_today(town: Governed) -> Verdict:
    town.replace("standards/handrail.yaml", "as_of: 2026-12-04", "as_of: 2026-01-05")
    return judged(town.replace(DESK, *LATER))


@attack("Open the audience of the site to everybody, with a plan", by="GOV-05", says=TOGETHER)
def test_audience_opened(town: Governed) -> Verdict:
    return judged(
        town.replace("standards/handrail.yaml", "audience: internal", "audience: public").append(DESK, "# a word\n")
    )


@attack(
    "Write one's own address under the sponsor's name, and approve with it",
    by="GOV-10",
    says="Nobody can tell that c.moreau",
)
def test_address_with_the_approval(asked: Governed) -> Verdict:
    from handrail.compute.evidence import hashed

    mine = "somebody@elsewhere.example"
    known = asked.read(PEOPLE)
    asked.write(PEOPLE, known.replace("author: [8e2c6d1d", f"author: [{hashed(mine)}, 8e2c6d1d", 1))
    done = asked.handrail("approve", "change", "CR-003", "--project", "visitor-desk", "--by", "c.moreau")
    assert done.status == 0, done.err
    verdict = judged(asked, author=mine)
    assert "GOV-05" in verdict.blocking(), "and the directory moves apart from plans"
    return verdict


@attack("Sit down on the board and approve with it", by="GOV-04", says="does not count")
def test_board_with_the_approval(town: Governed) -> Verdict:
    town.replace(
        "standards/policy/boards.yaml", "members: [e.lindqvist, c.moreau", "members: [l.petit, e.lindqvist, c.moreau"
    )
    town.write(
        RECORD,
        "id: AP-003\ndecision: approve\nsubject: {kind: change, id: CR-003}\nby: l.petit\nrole: board\non: 2026-12-04\n",
    )
    verdict = judged(town, author="l.petit@brightwater.example")
    assert "GOV-05" in verdict.blocking()
    return verdict


@attack("Give the manager a sponsor's authority in the same pull request", by="GOV-04", says="does not count")
def test_authority_with_the_approval(town: Governed) -> Verdict:
    town.replace(
        AUTHORITY,
        "{decision: change, roles: [sponsor, board]}",
        "{decision: change, roles: [sponsor, board, project manager]}",
    )
    town.replace(AUTHORITY, "roles: [sponsor], up_to: 100000, grade: B", "roles: [sponsor, project manager]")
    town.write(
        RECORD,
        "id: AP-003\ndecision: approve\nsubject: {kind: change, id: CR-003}\nby: j.okafor\nrole: project manager\non: 2026-12-04\n",
    )
    return judged(town)


@attack(
    "Raise what a manager may move alone, in a pull request of its own",
    outcome="told",
    says="delegated days 10 -> 900 working days",
)
def test_delegation_raised_alone(town: Governed) -> Verdict:
    return judged(town.replace(AUTHORITY, "delegated_days: 10", "delegated_days: 900"))


@attack("Declare a migration oneself, and come in under it", by="GAT-01", says="is new here and already stands in")
def test_migration_that_nobody_agreed_to(town: Governed) -> Verdict:
    town.write(
        "standards/migrations/mine.yaml",
        "id: mine\ntitle: Ours\ndeclared_by: j.okafor\ndeclared_on: 2026-12-01\n"
        "until: 2027-12-01\ncovers: [GAT-01, GOV-05]\nprojects: [new-desk]\n",
    )
    town.write("projects/new-desk/project.yaml", town.read(DESK).replace("visitor-desk", "new-desk", 1))
    return judged(town)
