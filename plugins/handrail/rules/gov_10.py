"""An approval is evidenced as well as the policy asks.

A record in a file shows what was decided, not who decided it. The policy's table of authority names for each decision and
tier the least grade of evidence: C a record in the file, M minutes of a third person, B the approver's own commit or
verified signature, A the approver's review of the very commit on the host. A change is judged by the commits and reviews
that it comes with, and by the higher of the tiers before and after it. What came in earlier was judged then. Approvals of standards,
proposals and migrations must besides be given by somebody whom the table names and who has not asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.compute.authority import required, under_law
from handrail.compute.evidence import Evidence, Grade, Graded, grade_of, minuted, rank
from handrail.load import Loaded
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.rule_file import AppliesTo, RuleFile
from handrail.remark import Remark
from handrail.rules.changing import decided_anew
from handrail.rules.engine import World
from handrail.rules.office import unproven
from handrail.rules.speaking import say
from handrail.rules.text import in_words

RULE = RuleFile(
    id="GOV-10",
    title="An approval is evidenced as well as the policy asks",
    requirement="S-ROLES.6",
    level="must",
    enforce_at="merge",
    severity="critical",
    waivable=False,
    why="In a file anybody can write that somebody else agreed.",
    ask="the PMO",
    applies_to=AppliesTo(kind="approval"),
)
WORDS: Mapping[str, str] = {
    "C": "a record in the file", "M": "minutes", "B": "the approver's own commit", "A": "the approver's review on the host",
}  # fmt: skip


def check(loaded: Loaded, world: World) -> Iterator[Remark]:
    """Every approval that comes with the change and is evidenced less than the policy asks."""
    del loaded
    yield from unproven(RULE, world)
    laws = world.law or world.before
    olds, repository = {one.id: one.plan for one in laws.projects} if laws else {}, world.portfolio.repository
    known = world.pull.evidence if world.pull is not None else {}
    for project in world.portfolio.projects:
        plan, old = project.plan, olds.get(project.id)
        for one in plan.approvals:
            evidence = known.get(one.loc.file) if decided_anew(one, old) else None
            if evidence is None and one.minutes is None:
                continue
            grade, signed = required(one, plan, repository, old)
            not_by = asked_by(one, plan) | (asked_by(one, under_law(plan, old)) if old is not None else frozenset())
            lack = _lack(
                one, grade_of(one, evidence, repository.people, not_by), grade, not_by, evidence, signed=signed
            )
            if lack:
                yield _remark(one, plan, lack, grade, signed=signed)


def _lack(  # noqa: PLR0913 - what is known of one approval
    approval: Approval, found: Graded, grade: Grade, not_by: frozenset[str], evidence: Evidence | None, *, signed: bool
) -> str | None:
    """Why the evidence is not enough. Where nothing is known but the file, only its minutes are looked at."""
    if grade == "C":
        return None
    if evidence is None:
        return minuted(approval, not_by) if grade == "M" else None
    if rank(found.grade) < rank(grade):
        return found.why
    if signed and found.grade == "B" and not found.signed:
        return f"{found.why}, but without a signature that could be verified"
    return None


def asked_by(approval: Approval, plan: Plan) -> frozenset[str]:
    """Who asked for what was approved, and who manages the project: neither can minute the answer."""
    name, kind = approval.subject.id, approval.subject.kind
    asked: list[str | None] = [plan.manager]
    asked += [one.requested_by for one in plan.changes if kind == "change" and one.id == name]
    asked += [one.requested_by for one in plan.waivers if kind == "waiver" and one.id == name]
    asked += [one.submitted_by for one in plan.gates if kind == "gate" and name in {one.id, one.gate}]
    return frozenset(one for one in asked if one)


def _remark(approval: Approval, plan: Plan, lack: str, grade: Grade, *, signed: bool) -> Remark:
    wanted = "the approver's signed commit" if signed and grade == "B" else WORDS[grade]
    message = (
        f'Nobody can tell that {approval.by} approved the {approval.subject.kind} of "{plan.name}" on '
        f"{in_words(approval.on)}: {lack}. This decision takes at least {wanted}."
    )
    return say(
        RULE, approval.loc.at("by"), message, _fix(approval, grade, signed=signed),
        pointer=f"/approvals/{approval.id}", project=plan.id,
    )  # fmt: skip


def _fix(approval: Approval, grade: Grade, *, signed: bool) -> str:
    review = f"Or let {approval.by} approve the pull request on the host, after its last commit."
    if grade == "A":
        return f"Let {approval.by} approve the pull request on the host, after its last commit."
    if signed:
        return f"Let {approval.by} add the record in a commit signed with a key that the directory names. {review}"
    own = f"Let {approval.by} add the record in an own commit, with an address that the directory knows. {review}"
    if grade == "B":
        return own
    return (
        "Add `minutes` with `ref`, `sha256`, `present` and `recorded_by`: somebody who neither asked for it nor manages "
        f"the project, and who commits the record. {own}"
    )
