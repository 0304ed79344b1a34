"""A rule as the PMO writes it, and the cases that show what it does."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from handrail.fields import Entity, OneOrMany, entity, many, named, optional, required
from handrail.model.words import Phase, RequirementId, RuleId, Tier


@entity
class AppliesTo(Entity):
    """Which things a rule looks at."""

    kind: str = required("Kind", "The kind of thing.", example="project")
    when: str | None = optional("When", "A condition.", example="project.state == 'active'")
    tiers: tuple[Tier, ...] = many("Tiers", "All if left out.", example=["medium", "large"])
    from_phase: Phase | None = optional("From phase", "The first phase in which it binds.", example="planning")


@entity
class Check(Entity):
    """One thing that must be so, and what to say when it is not."""

    assert_: str = required("Assert", "What must be so.", example="has(item.owner)")
    at: str | None = optional("At", "The field that the remark points at.", example="owner")
    message: str = required("Message", "What is the matter, in plain words.", example="Risk {item.title} has no owner.")
    fix: str | None = optional("Fix", "How to mend it, with an example.", example="Add `owner: <handle>`.")
    measure: str | None = optional("Measure", "A figure that may worsen.", example="project.health.time.figure")
    each: str | None = optional("Each", "A list; every member is checked.", example="project.risks")
    when: str | None = optional("When", "A condition on each member.", example="item.status == 'open'")
    enforce_at: Literal["merge", "gate", "watch"] | None = optional(
        "Enforced at", "Where this check bites otherwise than the rule.", example="merge"
    )


@entity
class RuleFile(Entity):
    """A rule of a standard: `standards/<area>/<id>.rule.yaml`."""

    called = "rule"
    id: RuleId = required("Id", "Names the rule.", example="RSK-01")
    title: str = required("Title", "What must be so.", example="Every high risk has an owner")
    requirement: RequirementId = required("Requirement", "What it verifies.", example="S-RISK.2")
    level: Literal["must", "should", "may"] = required("Level", "How strongly it binds.", example="must")
    enforce_at: Literal["merge", "gate", "watch"] = required("Enforced at", "When it bites.", example="gate")
    severity: Literal["critical", "major", "minor"] = optional("Severity", "Its place in lists.", default="major")
    waivable: bool = optional("Waivable", "Whether a deviation can be permitted.", default=True, example="yes")
    why: str | None = optional("Why", "What it is good for.", example="A risk nobody owns is a worry.")
    ask: str | None = optional("Whom to ask", "A role.", example="your PMO contact")
    applies_to: AppliesTo = required("Applies to", "What it looks at.")
    params: Mapping[str, Any] = named("Figures", "The policy may set others.", example={"rating": 15})
    each: str | None = optional("Each", "A list; every member is looked at.", example="project.risks")
    when: str | None = optional("When", "A condition on each member.", example="item.score >= params.rating")
    on: Annotated[tuple[Literal["added", "changed", "kept"], ...], OneOrMany] = many(
        "On", "Which members of a change; all if left out.", example=["added"]
    )
    checks: tuple[Check, ...] = many("Checks", "What must be so.")


@entity
class RuleCase(Entity):
    """One example: a plan, and the remarks that it must raise."""

    called = "case"
    name: str = required("Name", "What it shows.", example="A high risk without owner")
    kind: Literal["fires", "silent", "bad news"] | None = optional("Kind", "What it proves.", example="fires")
    as_of: date | None = optional("As of", "Today in this case.", example="2026-11-30")
    tier: Tier = optional("Tier", "Whose starter it begins with.", default="small")
    given: Mapping[str, Any] = named("Given", "Laid over the starter.", example={"risks": []})
    before: Mapping[str, Any] = named("Before", "What stood there before the change.")
    law: Mapping[str, Any] = named("Law", "People, objectives or boards other than the usual ones of cases.")
    portfolio: tuple[Mapping[str, Any], ...] = many("Portfolio", "Other projects.")


@entity
class RuleCases(Entity):
    """The cases of one rule: `standards/<area>/<id>.test.yaml`."""

    called = "file of cases"
    rule: RuleId = required("Rule", "The rule they show.", example="RSK-01")
    no_bad_news: str | None = optional(
        "No bad news", "Why no honest bad news can touch this rule.", example="It reads roles only"
    )
    cases: tuple[RuleCase, ...] = many("Cases", "At least one that fires and one that is silent.")
