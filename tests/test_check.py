"""One judgement: rules with the organisation's settings, waivers while they hold, no guesses about what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from handrail.check import trace_of
from handrail.remark import Remark
from handrail.result import Result
from handrail.run import run

DAY = date(2026, 12, 4)
STANDARD = "---\nid: S-TEST\ntitle: Tests\nversion: 1.0.0\nowner: pat\nrequirements:\n- {id: S-TEST.1, text: It holds., level: must}\n---\n"
LAW = {
    "standards/handrail.yaml": "format: 1\norganisation: Lift works\ncurrencies: [EUR]\n",
    "standards/people/people.yaml": (
        "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n- {id: pat, roles: [pmo head]}\n"
        "- {id: cat, roles: [sponsor, pmo head]}\n"
    ),
    "standards/policy/authority.yaml": "rows:\n- {decision: waiver, roles: [pmo head]}\n",
    "standards/test/index.md": STANDARD,
}
PLAN = """\
id: desk
name: Desk
tier: small
phase: planning
sponsor: ann
manager: ben
risks:
- {id: R-001, title: Fire}
- {id: R-002, title: Flood, owner: ben}
"""


def rule(name: str, *, each: str = "each: project.risks\n", check: str | None = None, **more: str) -> str:
    """A rule that says that every risk has an owner, unless it is said otherwise."""
    fields = {"level": "must", "enforce_at": "gate", "applies_to": "{kind: project}", "params": "{most: 12}", **more}
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    body = check or '{assert: "has(item.owner)", at: owner, message: "{item.title} has no owner, {params.most}."}'
    return f"id: {name}\ntitle: It holds\nrequirement: S-TEST.1\n{lines}{each}checks:\n- {body}\n"


def lay(root: Path, files: Mapping[str, str]) -> Path:
    """Write a governed repository with these files over the usual ones; an empty one is left out."""
    given = {**LAW, "standards/test/tst-01.rule.yaml": rule("TST-01"), "projects/desk/project.yaml": PLAN, **files}
    for path, text in given.items():
        if text:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
    return root


def judged(root: Path, files: Mapping[str, str], as_of: date = DAY, **more: Any) -> Result:
    return run(lay(root, files), today=as_of, **more)


def told(result: Result, name: str = "TST-01") -> list[Remark]:
    return [one for one in result.remarks if one.rule == name]


POLICY = "standards/policy/enforcement.yaml"


@pytest.mark.parametrize(
    ("what", "policy", "bites"),
    [
        ("as the rule says", "rules: []\n", "gate"),
        ("tightened", "rules:\n- {rule: TST-01, enforce_at: merge}\n", "merge"),
        ("loosened", "rules:\n- {rule: TST-01, enforce_at: watch}\n", "watch"),
        ("another rule", "rules:\n- {rule: SCH-10, enforce_at: merge}\n", "gate"),
        ("from today", "rules:\n- {rule: TST-01, enforce_at: merge, from: 2026-12-04}\n", "merge"),
        ("from tomorrow: until then nothing changes", "rules:\n- {rule: TST-01, enforce_at: merge, from: 2026-12-05}\n", "gate"),
        ("off", "rules:\n- {rule: TST-01, enforce_at: off}\n", None),
        ("off from tomorrow", "rules:\n- {rule: TST-01, enforce_at: off, from: 2026-12-05}\n", "gate"),
        ("everything only watches", "observe: yes\n", "watch"),
        ("until its day", "observe: yes\nplan:\n- {from: 2026-12-04, enforce_at: gate}\n", "gate"),
        ("the day before", "observe: yes\nplan:\n- {from: 2026-12-05, enforce_at: gate}\n", "watch"),
        ("the day of others is not its own", "observe: yes\nplan:\n- {from: 2026-01-01, enforce_at: merge}\n", "watch"),
        ("tightened while everything watches", "observe: yes\nplan:\n- {from: 2026-01-01, enforce_at: gate}\nrules:\n- {rule: TST-01, enforce_at: merge}\n", "watch"),
    ],
)  # fmt: skip
def test_when_a_rule_bites(tmp_path, what, policy, bites) -> None:
    result = judged(tmp_path, {POLICY: policy})
    assert [one.enforce_at for one in told(result)] == ([bites] if bites else []), what
    assert result.judgement.blocks == (bites == "merge")
    assert result.judgement.settings["TST-01"].enforce_at == bites


@pytest.mark.parametrize(
    ("what", "policy", "tier", "figure"),
    [
        ("the rule's own", "rules: []\n", "small", "12"),
        ("the policy's", "rules:\n- {rule: TST-01, params: {most: 10}}\n", "small", "10"),
        ("the tier's", "rules:\n- {rule: TST-01, params: {most: 10}, tiers: {large: {most: 8}}}\n", "large", "8"),
        (
            "the policy's from tomorrow",
            "rules:\n- {rule: TST-01, params: {most: 10}, from: 2026-12-05}\n",
            "small",
            "12",
        ),
        ("another tier's", "rules:\n- {rule: TST-01, params: {most: 10}, tiers: {large: {most: 8}}}\n", "small", "10"),
    ],
)
def test_figures(tmp_path, what, policy, tier, figure) -> None:
    result = judged(tmp_path, {POLICY: policy, "projects/desk/project.yaml": PLAN.replace("small", tier)})
    assert [one.message for one in told(result)] == [f"Fire has no owner, {figure}."], what


WAIVER = {
    "id": "W-001", "rule": "TST-01", "reason": "Because", "instead": "Calls", "requested_by": "ben", "starts": "2026-11-01",
    "expires": "2026-12-31", "risk_accepted_by": "ann",
}  # fmt: skip
APPROVAL = {
    "id": "AP-001", "decision": "approve", "subject": "{kind: waiver, id: W-001}", "by": "pat", "role": "pmo head",
    "on": "2026-10-20",
}  # fmt: skip


def waived(waiver: Mapping[str, str] | None = None, *approvals: Mapping[str, str], plan: str = PLAN) -> dict[str, str]:
    files = {
        "projects/desk/project.yaml": plan,
        "projects/desk/waivers/W-001.yaml": _yaml({**WAIVER, **(waiver or {})}),
    }
    for i, one in enumerate(approvals or ({},), 1):
        files[f"projects/desk/approvals/AP-00{i}.yaml"] = _yaml({**APPROVAL, "id": f"AP-00{i}", **one})
    return files


def _yaml(fields: Mapping[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value)


@pytest.mark.parametrize(
    ("what", "files", "as_of", "holds"),
    [
        ("approved, accepted, in its time", waived(), "2026-12-04", True),
        ("on its first day", waived(), "2026-11-01", True),
        ("the day before", waived(), "2026-10-31", False),
        ("on its last day", waived(), "2026-12-31", True),
        ("the day after, the remark is back", waived(), "2027-01-01", False),
        ("without a beginning", waived({"starts": ""}), "2026-12-04", False),
        ("without an end", waived({"expires": ""}), "2026-12-04", False),
        ("nobody bears the risk", waived({"risk_accepted_by": ""}), "2026-12-04", False),
        ("somebody else bears it", waived({"risk_accepted_by": "ben"}), "2026-12-04", False),
        ("nobody approved it", {**waived(), "projects/desk/approvals/AP-001.yaml": ""}, "2026-12-04", False),
        ("it was refused", waived({}, {"decision": "reject"}), "2026-12-04", False),
        ("approved, then taken back", waived({}, {}, {"decision": "reject", "on": "2026-12-01"}), "2026-12-04", False),
        ("approved, and taken back tomorrow", waived({}, {}, {"decision": "reject", "on": "2026-12-05"}), "2026-12-04", True),
        ("refused, then approved", waived({}, {"decision": "reject"}, {"on": "2026-11-15"}), "2026-12-04", True),
        ("approved from tomorrow on", waived({}, {"on": "2026-12-05"}), "2026-12-04", False),
        ("approved by a role that may not", waived({}, {"by": "ann", "role": "sponsor"}), "2026-12-04", False),
        ("approved by somebody without the role", waived({}, {"by": "ann"}), "2026-12-04", False),
        ("approved by whoever asked", waived({"requested_by": "pat"}), "2026-12-04", False),
        ("approved by the manager", waived(plan=PLAN.replace("manager: ben", "manager: pat")), "2026-12-04", False),
        ("approved for another waiver", waived({}, {"subject": "{kind: waiver, id: W-002}"}), "2026-12-04", False),
        ("for another rule", waived({"rule": "TST-02"}), "2026-12-04", False),
        ("the sponsor has changed, and has accepted nothing", waived(plan=PLAN.replace("sponsor: ann", "sponsor: cat")),
         "2026-12-04", False),
    ],
)  # fmt: skip
def test_a_waiver(tmp_path, what, files, as_of, holds) -> None:
    result = judged(tmp_path, {"standards/test/tst-02.rule.yaml": rule("TST-02", when="item.id == 'none'"), **files},
                    date.fromisoformat(as_of))  # fmt: skip
    (one,) = told(result)
    assert (one.state, one.waived_by) == (("waived", "W-001") if holds else ("new", None)), what
    assert not (holds and one.blocks)


def test_a_rule_that_cannot_be_waived(tmp_path) -> None:
    files = {"standards/test/tst-01.rule.yaml": rule("TST-01", waivable="no"), **waived()}
    assert [one.state for one in told(judged(tmp_path, files))] == ["new"]


def test_a_waiver_of_one_project_permits_nothing_to_another(tmp_path) -> None:
    files = {**waived(), "projects/shop/project.yaml": PLAN.replace("id: desk", "id: shop")}
    assert {one.project: one.state for one in told(judged(tmp_path, files))} == {"desk": "waived", "shop": "new"}


NAMED = rule("TST-02", each="", check='{assert: "has(project.why)", at: why, message: "Nobody says why."}')


@pytest.mark.parametrize(
    ("what", "files", "rules"),
    [
        ("all can be read", {}, {"TST-01", "TST-02"}),
        ("the very value cannot", {"projects/desk/project.yaml": PLAN.replace("title: Fire", "title: Fire, owner: [x, y]")},
         {"DAT-01", "TST-02"}),
        ("another value of the same risk cannot: the risk is left out", {"projects/desk/project.yaml": PLAN.replace("title: Fire", "title: Fire, impact: 9")},
         {"DAT-01", "TST-02"}),
        ("all of the risks cannot", {"projects/desk/project.yaml": PLAN.split("risks:", maxsplit=1)[0] + "risks: many\n"},
         {"DAT-01", "TST-02"}),
        ("a fragment cannot: what is missing may stand in it", {"projects/desk/more.yaml": "why: [\n"}, {"DAT-01", "TST-01"}),
        ("a record of its own cannot: what is missing does not stand in it",
         {"projects/desk/changes/CR-001.yaml": "id: [\n"}, {"DAT-01", "TST-01", "TST-02"}),
        ("a field of that name in a record cannot",
         {"projects/desk/changes/CR-001.yaml": "id: CR-001\ntitle: Later\nwhy: unknown\n"}, {"DAT-01", "TST-01", "TST-02"}),
    ],
)  # fmt: skip
def test_rules_do_not_guess_about_what_cannot_be_read(tmp_path, what, files, rules) -> None:
    result = judged(tmp_path, {"standards/test/tst-02.rule.yaml": NAMED, **files})
    assert {one.rule for one in result.remarks} == rules, what


def test_what_cannot_be_read_is_told_whatever_the_policy_says_and_nobody_guesses(tmp_path) -> None:
    files = {
        POLICY: "rules:\n- {rule: DAT-01, enforce_at: off}\n",
        "projects/desk/project.yaml": PLAN.replace("title: Fire", "title: Fire, owner: [x, y]"),
    }
    result = judged(tmp_path, files)
    assert {one.rule for one in result.remarks} == {"DAT-01"}
    assert {one.loc.file for one in result.remarks} == {POLICY, "projects/desk/project.yaml"}
    assert all(one.blocks for one in result.remarks)


@pytest.mark.parametrize(
    ("what", "broken"),
    [
        ("it is no YAML", "id: ["),
        ("a field that there is not", rule("TST-02").replace("item.owner", "item.owned")),
        ("an expression that ends too soon", rule("TST-02", when='"item.id =="')),
        ("a kind that there is not", rule("TST-02", applies_to="{kind: ship}")),
        ("nothing is checked", rule("TST-02").split("checks:", maxsplit=1)[0] + "checks: []\n"),
    ],
)
def test_a_broken_rule_is_one_remark_and_stops_no_other(tmp_path, what, broken) -> None:
    shops = {f"projects/shop-{i}/project.yaml": PLAN.replace("id: desk", f"id: shop-{i}") for i in range(3)}
    result = judged(tmp_path, {"standards/test/tst-02.rule.yaml": broken, **shops})
    assert len(told(result)) == 4, what
    (one,) = told(result, "DAT-01")
    assert one.loc.file == "standards/test/tst-02.rule.yaml"
    assert one.blocks


def test_a_rule_that_asks_for_too_much_is_one_remark_for_all_projects(tmp_path) -> None:
    many = (
        PLAN.split("risks:", maxsplit=1)[0]
        + "risks:\n"
        + "".join(f"- {{id: R-{i}, title: Fire {i}}}\n" for i in range(1, 120))
    )
    loop = "project.risks.all(a, project.risks.all(b, project.risks.all(c, a.id != 'x')))"
    greedy = rule("TST-02", each="", check=f'{{assert: "{loop}", message: "So much."}}')
    files = {f"projects/shop-{i}/project.yaml": many.replace("id: desk", f"id: shop-{i}") for i in range(2)}
    result = judged(tmp_path, {"standards/test/tst-02.rule.yaml": greedy, **files})
    (one,) = told(result, "DAT-01")
    assert "too much work" in one.message


def test_a_broken_rule_watches_too_while_everything_watches(tmp_path) -> None:
    result = judged(
        tmp_path,
        {
            POLICY: "observe: yes\nplan:\n- {from: 2027-01-01, enforce_at: merge}\n",
            "standards/test/tst-02.rule.yaml": rule("TST-02", when='"item.id =="'),
        },
    )
    assert [one.enforce_at for one in told(result, "DAT-01")] == ["watch"]
    assert not result.judgement.blocks


def phase(name: str, state: str = "active") -> str:
    return PLAN.replace("phase: planning", f"phase: {name}\nstate: {state}")


@pytest.mark.parametrize(
    ("what", "plan", "asked", "count"),
    [
        ("not yet", phase("planning"), None, 0),
        ("as if it were there", phase("planning"), "execution", 1),
        ("before it", phase("initiation"), "planning", 0),
        ("beyond it: nothing is taken back", phase("closure"), "planning", 1),
        ("what has ended goes no further", phase("planning", "cancelled"), "execution", 0),
    ],
)
def test_as_of_phase(tmp_path, what, plan, asked, count) -> None:
    later = rule("TST-01", applies_to="{kind: project, from_phase: execution}")
    result = judged(
        tmp_path, {"standards/test/tst-01.rule.yaml": later, "projects/desk/project.yaml": plan}, phase=asked
    )
    assert len(told(result)) == count, what


def test_the_day_is_the_given_one_or_the_organisations_or_today(tmp_path) -> None:
    fixed = {"standards/handrail.yaml": LAW["standards/handrail.yaml"] + "as_of: 2026-11-01\n"}
    assert run(lay(tmp_path / "a", {}), today=DAY).portfolio.as_of == DAY
    assert run(lay(tmp_path / "b", fixed), today=DAY).portfolio.as_of == date(2026, 11, 1)
    assert run(tmp_path / "b", today=DAY, as_of=date(2026, 10, 1)).portfolio.as_of == date(2026, 10, 1)


def test_the_order_is_what_matters_first_and_the_same_every_time(tmp_path) -> None:
    files = {
        "projects/desk/project.yaml": PLAN + "tags: [1, 1]\n" * 0 + "priority: high\n",
        "projects/bad/project.yaml": PLAN.replace("id: desk", "id: bad"),
        "standards/test/tst-02.rule.yaml": rule("TST-02", severity="minor"),
        "standards/test/tst-03.rule.yaml": rule("TST-03", enforce_at="watch"),
        "standards/test/tst-04.rule.yaml": rule("TST-04", enforce_at="merge", severity="minor"),
        **waived(plan=PLAN + "priority: high\n"),
    }
    result = judged(tmp_path, files)
    found = [(one.state, one.enforce_at, one.severity, one.project, one.rule) for one in result.remarks]
    assert found == [
        ("new", "merge", "critical", "desk", "DAT-01"),
        ("new", "merge", "minor", "bad", "TST-04"), ("new", "merge", "minor", "desk", "TST-04"),
        ("new", "gate", "major", "bad", "TST-01"),
        ("new", "gate", "minor", "bad", "TST-02"), ("new", "gate", "minor", "desk", "TST-02"),
        ("new", "watch", "major", "bad", "TST-03"), ("new", "watch", "major", "desk", "TST-03"),
        ("waived", "gate", "major", "desk", "TST-01"),
    ]  # fmt: skip
    assert run(tmp_path, today=DAY).remarks == result.remarks


def test_the_tenth_item_comes_after_the_second(tmp_path) -> None:
    many = (
        PLAN.split("risks:", maxsplit=1)[0]
        + "risks:\n"
        + "".join(f"- {{id: R-{i}, title: Fire {i}}}\n" for i in range(1, 13))
    )
    result = judged(tmp_path, {"projects/desk/project.yaml": many})
    assert [one.loc.path[1] for one in told(result)] == list(range(12))


FIRE, FLOOD = "- {id: R-001, title: Fire}\n", "- {id: R-002, title: Flood, owner: ben}\n"


@pytest.mark.parametrize(
    ("what", "files", "same"),
    [
        ("another order", {"projects/desk/project.yaml": PLAN.replace(FIRE + FLOOD, FLOOD + FIRE)}, True),
        ("a comment above", {"projects/desk/project.yaml": "# our desk\n\n" + PLAN}, True),
        ("another risk before it", {"projects/desk/project.yaml": PLAN.replace(FIRE, "- {id: R-009, title: Theft, owner: ben}\n" + FIRE)}, True),
        ("another title", {"projects/desk/project.yaml": PLAN.replace("Fire", "Great fire")}, True),
        ("another file", {"projects/desk/project.yaml": PLAN.split("risks:", maxsplit=1)[0],
                          "projects/desk/risks.yaml": "risks:\n" + FIRE + FLOOD}, True),
        ("another figure of the policy", {POLICY: "rules:\n- {rule: TST-01, params: {most: 3}}\n"}, True),
        ("another risk", {"projects/desk/project.yaml": PLAN.replace("R-001", "R-003")}, False),
        ("another project", {"projects/desk/project.yaml": "", "projects/shop/project.yaml": PLAN.replace("id: desk", "id: shop")}, False),
        ("another rule", {"standards/test/tst-01.rule.yaml": "", "standards/test/tst-02.rule.yaml": rule("TST-02")}, False),
    ],
)  # fmt: skip
def test_a_fingerprint_is_of_the_thing_not_of_its_place(tmp_path, what, files, same) -> None:
    (one,) = told(judged(tmp_path / "a", {}))
    (other,) = [remark for remark in judged(tmp_path / "b", files).remarks if remark.rule != "DAT-01"]
    assert (one.fingerprint == other.fingerprint) is same, what


def test_two_remarks_have_two_fingerprints(tmp_path) -> None:
    plan = PLAN.replace("title: Flood, owner: ben", "title: Flood")
    ones = judged(
        tmp_path, {"projects/desk/project.yaml": plan, "standards/test/tst-02.rule.yaml": rule("TST-02")}
    ).remarks
    assert len({one.fingerprint for one in ones}) == len(ones) == 4


def test_a_trace_is_what_was_read_for_this_remark_and_no_other(tmp_path) -> None:
    plan = PLAN.replace("title: Flood, owner: ben", "title: Flood, impact: 3")
    check = '{assert: "has(item.owner) || item.impact > params.most", at: owner, message: "{item.title}: no owner."}'
    result = judged(tmp_path, {"projects/desk/project.yaml": plan, "standards/test/tst-01.rule.yaml": rule("TST-01", check=check,
                               when="has(item.impact)")})  # fmt: skip
    (one,) = told(result)
    reads = trace_of(result.judgement, one)
    assert ("owner", None) in [(read.field, read.value) for read in reads]
    assert ("impact", 3) in [(read.field, read.value) for read in reads]
    assert all(getattr(read.owner, "id", "R-002") in {"R-002", "desk"} for read in reads if read.value is not None)


def test_what_no_rule_said_has_no_trace(tmp_path) -> None:
    result = judged(tmp_path, {"projects/desk/project.yaml": PLAN + "priority: high\n"})
    (one,) = told(result, "DAT-01")
    assert trace_of(result.judgement, one) == ()


def test_a_report_reads_from_the_top_of_each_file_to_its_end(tmp_path) -> None:
    """The risk stands above the milestone, and the tenth risk below the second: what people read follows the file."""
    from handrail.report.model import report_of

    risks = "".join(f"- {{id: R-{n:03}, title: Risk {n}}}\n" for n in range(1, 12))
    plan = (
        PLAN.split("risks:", maxsplit=1)[0] + f"risks:\n{risks}milestones:\n- {{id: M1, name: Start, planned: soon}}\n"
    )
    result = judged(tmp_path, {"projects/desk/project.yaml": plan + "aaa: 1\n"})
    report = report_of(result)
    for group in ("merge", "gate"):
        lines = [report.places[one.loc].line for one in report.remarks if one.enforce_at == group]
        assert len(lines) > 1
        assert lines == sorted(lines)
