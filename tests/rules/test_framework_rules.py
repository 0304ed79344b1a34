"""The built-in rules about training, findings, deviations and the PMO itself, on real files, to the very day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from handrail.run import run

from tests.command import handrail

DAY = date(2026, 12, 4)
BASE = {
    "standards/handrail.yaml": "format: 1\norganisation: Test\ncurrencies: [EUR]\ntimezone: {zone}\n",
    "standards/people/people.yaml": (
        "people:\n- {id: ann, roles: [sponsor]}\n- {id: ben, roles: [project manager]}\n- {id: eva, roles: [pmo head]}\n"
        "- {id: finn, roles: [auditor]}\n"
    ),
    "standards/risk/index.md": (
        "---\nid: S-RISK\ntitle: Risk\nversion: {version}\nowner: eva\neffective_from: 2026-06-01\nreviewed_on: 2026-06-01\n"
        "requirements:\n- {id: S-RISK.1, text: Risks must have owners., level: must, manual_evidence: A look}\n---\nWords.\n"
    ),
    "projects/desk/project.yaml": (
        "id: desk\nname: Desk\ntier: small\nphase: execution\nsponsor: ann\nmanager: ben\nstand_alone: One desk\n"
    ),
}


def lay_down(root: Path, more: dict[str, str], *, version: str = "1.0.0", zone: str = "UTC") -> Path:
    for path, text in {**BASE, **more}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("{version}", version).replace("{zone}", zone), encoding="utf-8")
    return root


def said(root: Path, rule: str, day: date = DAY) -> list[str]:
    return [one.message for one in run(root, today=day).remarks if one.rule == rule]


MODULE = "---\nid: first\ntitle: First week\nversion: {v}\ncovers: [S-RISK@1]\nchanged_on: 2026-06-01\n---\nWords.\n"
MATRIX = "matrix:\n- {role: project manager, modules: [first]}\n"
DONE = "completions:\n- {person: ben, module: first, version: 1.4.0, on: 2026-01-10}\n"


def test_a_module_is_outdated_from_the_first_day_of_a_new_major_version(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {"standards/training/first.md": MODULE.replace("{v}", "1.0.0")}, version="2.0.0")
    assert said(root, "TRN-01", date(2026, 5, 31)) == []
    (message,) = said(root, "TRN-01", date(2026, 6, 1))
    assert "teaches version 1" in message
    assert said(lay_down(tmp_path, {}, version="1.9.0"), "TRN-01") == []


def test_whoever_did_an_older_major_version_has_thirty_days(tmp_path: Path) -> None:
    files = {"standards/training/first.md": MODULE.replace("{v}", "2.0.0"), "standards/people/competences.yaml": MATRIX,
             "standards/people/completions.yaml": DONE}  # fmt: skip
    root = lay_down(tmp_path, files)
    assert said(root, "TRN-01", date(2026, 7, 1)) == []
    (message,) = said(root, "TRN-01", date(2026, 7, 2))
    assert "before it changed on 01 Jun 2026" in message
    again = DONE + "- {person: ben, module: first, version: 2.0.0, on: 2026-06-20}\n"
    assert said(lay_down(tmp_path, {"standards/people/completions.yaml": again}), "TRN-01", date(2026, 7, 2)) == []


FINDING = (
    "id: F-01\ntitle: No evidence\nrequirement: S-RISK.1\nseverity: major\ncondition: a\ncriteria: b\ncause: c\neffect: d\n"
    "recommendation: e\nevidence: [f]\nraised_on: 2026-09-01\nraised_by: finn\n"
)
AUDIT = "id: au-1\ntitle: Gates\ntype: {type}\nauditors: [{who}]\nclosed_on: 2026-09-01\nstate: closed\n"


@pytest.mark.parametrize(
    ("more", "day", "part"),
    [
        ("action: x\nowner: ben\ndue: 2026-12-04\n", DAY, None),
        ("action: x\nowner: ben\ndue: 2026-12-04\n", date(2026, 12, 5), "was due on 04 Dec 2026"),
        ("action: x\nowner: ben\ndue: 2026-12-01\nclosed_on: 2026-12-01\nclosed_by: ben\n", DAY, None),
        ("action: x\nowner: finn\ndue: 2026-12-04\n", DAY, "cannot own the action"),
        ("action: x\nowner: ben\ndue: 2027-09-01\n", DAY, "may take longer"),
        ("", date(2026, 9, 15), None),
        ("", date(2026, 9, 16), "Nobody has agreed"),
        ("risk_accepted_by: ann\n", DAY, None),
        ("action: x\nowner: ben\ndue: 2026-12-04\nclosed_on: 2026-12-01\nclosed_by: ben\nverified_by: ben\n", DAY, "cannot verify"),
        ("action: x\nowner: ben\ndue: 2026-12-31\nverified_by: finn\n", DAY, "before it is done"),
    ],
)  # fmt: skip
def test_findings_turn_on_their_day(tmp_path: Path, more: str, day: date, part: str | None) -> None:
    root = lay_down(tmp_path, {"standards/audits/au-1/audit.yaml": AUDIT.replace("{type}", "gate").replace("{who}", "finn"),
                               "standards/audits/au-1/findings/F-01.yaml": FINDING + more})  # fmt: skip
    messages = said(root, "AUD-02", day)
    assert (part is None and not messages) or (part is not None and len(messages) == 1 and part in messages[0]), (
        messages
    )


@pytest.mark.parametrize(
    ("more", "day", "part"),
    [
        ("", date(2026, 9, 15), None),
        ("", date(2026, 9, 16), "Nobody says that the harm"),
        ("contained_on: 2026-09-15\n", DAY, None),
        ("contained_on: 2026-09-16\n", DAY, "was stopped on 16 Sep 2026"),
        ("closed_on: 2026-09-20\nclosed_by: ben\n", DAY, None),
    ],
)
def test_the_harm_of_a_critical_finding_is_stopped_within_fourteen_days(
    tmp_path: Path, more: str, day: date, part: str | None
) -> None:
    critical = (
        FINDING.replace("severity: major", "severity: critical") + "action: x\nowner: ben\ndue: 2026-11-28\n" + more
    )
    root = lay_down(tmp_path, {"standards/audits/au-1/audit.yaml": AUDIT.replace("{type}", "gate").replace("{who}", "finn"),
                               "standards/audits/au-1/findings/F-01.yaml": critical})  # fmt: skip
    told = [one for one in said(root, "AUD-02", day) if "harm" in one]
    assert [part is not None and part in one for one in told] == ([True] if part else [])


@pytest.mark.parametrize(
    ("where", "who", "speaks"),
    [
        ("project: desk\n", "ann", False), ("project: desk\n", "ben", True), ("project: desk\n", "eva", True),
        ("project: desk\n", "max", False), ("project: desk\n", "sue", True), ("", "sue", False), ("", "ben", True),
    ],
)  # fmt: skip
def test_a_risk_is_borne_at_the_level_of_the_sponsor(tmp_path: Path, where: str, who: str, speaks: bool) -> None:  # noqa: FBT001 - a table
    """ann sponsors the desk, sue another project, max sits on the portfolio board."""
    people = (
        BASE["standards/people/people.yaml"] + "- {id: sue, roles: [sponsor]}\n- {id: max, roles: [portfolio board]}\n"
    )
    root = lay_down(tmp_path, {"standards/people/people.yaml": people,
                               "standards/audits/au-1/audit.yaml": AUDIT.replace("{type}", "gate").replace("{who}", "finn"),
                               "standards/audits/au-1/findings/F-01.yaml": f"{FINDING}{where}risk_accepted_by: {who}\n"})  # fmt: skip
    assert any("cannot bear the risk" in one for one in said(root, "AUD-02")) is speaks


def test_a_finding_says_condition_cause_and_effect(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {"standards/audits/au-1/audit.yaml": AUDIT.replace("{type}", "gate").replace("{who}", "finn"),
                               "standards/audits/au-1/findings/F-01.yaml": "id: F-01\ntitle: Thin\nseverity: minor\n"})  # fmt: skip
    assert len(said(root, "AUD-02")) == 6


def test_the_pmo_is_audited_within_a_year_by_somebody_else(tmp_path: Path) -> None:
    root = lay_down(tmp_path, {})
    assert said(root, "AUD-05", date(2027, 6, 1)) == []
    assert said(root, "AUD-05", date(2027, 6, 2)) == ["Nobody from outside has audited the work of the PMO yet."]
    file = "standards/audits/au-1/audit.yaml"
    lay_down(tmp_path, {file: AUDIT.replace("{type}", "pmo").replace("{who}", "finn")})
    assert said(root, "AUD-05", date(2027, 9, 1)) == []
    assert len(said(root, "AUD-05", date(2027, 9, 2))) == 1
    lay_down(tmp_path, {file: AUDIT.replace("{type}", "pmo").replace("{who}", "eva")})
    assert "one of its auditors works there" in said(root, "AUD-05")[0]


RULE = "id: RSK-01\ntitle: Owners\nrequirement: S-RISK.1\nlevel: must\nenforce_at: gate\napplies_to: {kind: project}\nchecks:\n- {assert: has(project.name), message: No}\n"


def _projects(number: int, waivers: int, feedback: int) -> Iterator[tuple[str, str]]:
    for i in range(number):
        plan = BASE["projects/desk/project.yaml"].replace("desk", f"desk-{i}")
        yield f"projects/desk-{i}/project.yaml", plan
        if i < waivers:
            yield (f"projects/desk-{i}/waivers/W-001.yaml",
                   "id: W-001\nrule: RSK-01\nreason: x\ninstead: y\nstarts: 2026-11-01\nexpires: 2026-12-04\n")  # fmt: skip
        if i < feedback:
            yield (
                f"projects/desk-{i}/feedback/F-001.yaml",
                "id: F-001\nabout: RSK-01\nkind: too heavy\nraised_on: 2026-11-20\n",
            )


@pytest.mark.parametrize(
    ("number", "waivers", "feedback", "day", "speaks"),
    [
        (40, 3, 0, DAY, True), (40, 3, 0, date(2026, 12, 5), False), (40, 2, 0, DAY, False), (19, 2, 0, DAY, True),
        (40, 0, 5, DAY, True), (40, 0, 4, DAY, False), (5, 1, 0, DAY, False),
    ],
)  # fmt: skip
def test_a_rule_that_many_leave_is_looked_at_again(  # noqa: PLR0913, PLR0917 - a row of a table
    tmp_path: Path, number: int, waivers: int, feedback: int, day: date, speaks: bool  # noqa: FBT001 - as above
) -> None:  # fmt: skip
    files = {"standards/risk/rsk-01.rule.yaml": RULE, **dict(_projects(number, waivers, feedback))}
    root = lay_down(tmp_path, files)
    assert bool(said(root, "WVR-02", day)) is speaks
    proposal = "id: PP-001\ntitle: x\nraised_on: 2026-11-30\ntargets:\n- {kind: standard, id: S-RISK, from: 1.0.0}\n"
    lay_down(tmp_path, {"standards/proposals/PP-001.yaml": proposal})
    assert said(root, "WVR-02", day) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Paris"])
def test_days_are_days_in_every_time_zone(tmp_path: Path, zone: str) -> None:
    """An expiry is a day of the calendar: neither the machine's zone nor the organisation's moves it."""
    files = {"standards/training/first.md": MODULE.replace("{v}", "1.0.0"), "standards/people/competences.yaml": MATRIX,
             "standards/people/completions.yaml": "completions:\n- {person: ben, module: first, version: 1.0.0, on: 2024-12-04}\n"}  # fmt: skip
    root = lay_down(tmp_path, files, zone=zone)
    for day, expected in (("2026-12-04", "soon"), ("2026-12-05", "gone")):
        done = handrail("check", "--as-of", day, "--format", "json", cwd=root, env={"TZ": zone})
        assert done.status in {0, 1}
        from handrail.compute.competence import gaps
        from handrail.load import FolderTree, load

        repository = load(FolderTree(root)).repository
        (gap,) = gaps(repository.plans[0], repository, date.fromisoformat(day))
        assert (gap.kind == "soon") is (expected == "soon")


def test_deleting_an_objective_fails_every_dependant(tmp_path: Path) -> None:
    objectives = "objectives:\n- {id: MIS-1, statement: a}\n- {id: OBJ-1, statement: b, parent: MIS-1}\n- {id: OOB-1, statement: c, parent: OBJ-1}\n"
    files = {
        "standards/strategy/objectives.yaml": objectives,
        "standards/strategy/programmes.yaml": "programmes:\n- {id: work, name: Work, objectives: [OBJ-1]}\n",
        "standards/strategy/requests/canteen.yaml": "id: canteen\nneed: x\nobjective: OBJ-1\n",
        "projects/desk/why.yaml": "why: {problem: p, objective: OBJ-1}\n",
        "projects/desk/deliverables.yaml": "deliverables:\n- {id: D1, name: Desk, objective: OBJ-1}\n",
        "projects/desk/decisions.yaml": "decisions:\n- {id: D-001, title: Go on, objective: OBJ-1}\n",
    }
    root = lay_down(tmp_path, files)
    assert said(root, "DAT-01") == []
    lay_down(
        tmp_path,
        {"standards/strategy/objectives.yaml": objectives.replace("- {id: OBJ-1, statement: b, parent: MIS-1}\n", "")},
    )
    found = {one.loc.file for one in run(root, today=DAY).remarks if one.rule == "DAT-01" and "OBJ-1" in one.message}
    assert found == set(files)
    assert all(one.blocks for one in run(root, today=DAY).remarks if one.rule == "DAT-01")


FRAMEWORK = (
    "id: ISO21502\ntitle: ISO 21502\nclause_pattern: '[0-9]+([.][0-9]+)*'\neditions:\n- {edition: '2020', clauses: {'7.8': Risks}}\n"
    "- {edition: '2012', withdrawn_on: 2020-12-01}\n"
)


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        ("{framework: ISO21502, edition: '2020', clause: '7.8'}", None),
        ("{framework: ISO-21502, edition: '2020', clause: '7.8'}", "Did you mean `ISO21502`?"),
        ("{framework: ISO21502, edition: '2022', clause: '7.8'}", "has no edition `2022`"),
        ("{framework: ISO21502, edition: '2020', clause: '7.9'}", "has no clause `7.9`"),
        ("{framework: ISO21502, edition: '2012', clause: chapter}", "does not look like a clause"),
        ("{framework: ISO21502, edition: '2012', clause: '5.1'}", "was replaced on 01 Dec 2020"),
    ],
)
def test_mappings_lead_to_clauses_that_exist(tmp_path: Path, mapping: str, part: str | None) -> None:
    index = BASE["standards/risk/index.md"].replace(
        "manual_evidence: A look}", f"manual_evidence: A look, external: [{mapping}]}}"
    )
    root = lay_down(tmp_path, {"standards/frameworks/iso21502.yaml": FRAMEWORK, "standards/risk/index.md": index})
    found = [f"{one.message} {one.fix}" for one in run(root, today=DAY).remarks if one.rule == "STD-04"]
    assert (part is None and not found) or (part is not None and any(part in one for one in found)), found


def test_a_crosswalk_says_who_verified_it(tmp_path: Path) -> None:
    more = "crosswalk:\n- {requirement: S-RISK.1, edition: '2020', clause: '7.8', status: verified}\n"
    root = lay_down(tmp_path, {"standards/frameworks/iso21502.yaml": FRAMEWORK + more})
    assert len(said(root, "STD-04")) == 1
    lay_down(
        tmp_path,
        {
            "standards/frameworks/iso21502.yaml": FRAMEWORK
            + more.replace("verified}", "verified, checked_by: eva, checked_on: 2026-11-01}")
        },
    )
    assert said(root, "STD-04") == []


def test_audits_go_where_the_risk_is(tmp_path: Path) -> None:
    plan = BASE["projects/desk/project.yaml"]
    files = {f"projects/p-{i}/project.yaml": plan.replace("desk", f"p-{i}").replace("Desk", f"P {i}") for i in range(5)}
    files["projects/p-3/risks.yaml"] = "risks:\n- {id: R-001, title: Fire, probability: 5, impact: 5}\n"
    files["projects/big/project.yaml"] = plan.replace("desk", "big").replace("small", "large")
    root = lay_down(tmp_path, files)
    fixes = {one.message: one.fix for one in run(root, today=DAY).remarks if one.rule == "AUD-04"}
    assert len(fixes) == 2
    share = next(fix for message, fix in fixes.items() if message.startswith("0 of 6"))
    assert 'first: "P 3"' in share
    audit = AUDIT.replace("{type}", "gate").replace("{who}", "finn") + "projects: [big, p-3, p-1]\n"
    lay_down(tmp_path, {"standards/audits/au-1/audit.yaml": audit})
    assert said(root, "AUD-04", date(2027, 9, 1)) == []
    assert len(said(root, "AUD-04", date(2027, 9, 2))) == 2
