"""The organisation's numbers and tables: what the standards leave to be decided, each in one file of `standards/policy/`."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from handrail.fields import Entity, entity, many, named, optional, required
from handrail.model.schedule_checks import ScheduleChecks
from handrail.model.words import Currency, Person, RuleId, Scale, Share, Slug, Tier


@entity
class Question(Entity):
    """A question of a gate's checklist."""

    id: str = required("Id", "Names the question.", example="G2-3")
    ask: str = required("Question", "What must be answered.", example="Is every high risk answered?")
    evidence: str | None = optional("Evidence", "What shows it.", example="risks.yaml")


@entity
class GateRecord(Entity):
    """A decision between two phases."""

    id: str = required("Id", "Names the gate.", example="execute")
    name: str = required("Name", "What people call it.", example="Ready to execute")
    opens: Literal["initiation", "planning", "execution", "closure", "closed"] | None = optional(
        "Opens", "The phase that a pass opens.", example="execution"
    )
    questions: tuple[Question, ...] = many("Questions", "Its checklist.")


@entity
class Transition(Entity):
    """A move from one state to another that is allowed."""

    from_: str = required("From", "Phase or state.", example="planning")
    to: str = required("To", "Phase or state.", example="execution")
    needs: str | None = optional("Needs", "The gate or decision it needs.", example="execute")


@entity
class LifecyclePath(Entity):
    """The gates of a tier, in order."""

    tier: Tier = required("Tier", "Whose path.", example="medium")
    gates: tuple[str, ...] = many("Gates", "Their ids in order.", example=["start", "execute", "close"])


@entity
class Lifecycle(Entity):
    """Phases, gates and the moves between them."""

    gates: tuple[GateRecord, ...] = many("Gates", "Every gate, with its questions.")
    paths: tuple[LifecyclePath, ...] = many("Paths", "The gates of each tier.")
    transitions: tuple[Transition, ...] = many("Transitions", "The moves that are allowed.")


@entity
class AuthorityRow(Entity):
    """What a role may decide, up to a limit."""

    decision: str = required(
        "Decision", "What is decided: a kind of record, or a kind and its size.", example="baseline"
    )
    tiers: tuple[Tier, ...] = many("Tiers", "Where it holds; all if left out.", example=["small"])
    roles: tuple[str, ...] = many("Roles", "Who may decide.", example=["sponsor"])
    up_to: Decimal | None = optional("Up to", "The amount.", unit="organisation's currency", example=50000)
    also: tuple[str, ...] = many(
        "Also", "Who must bear the risk besides, in words that the one who asks has not written.", example=["sponsor"]
    )
    grade: Literal["C", "M", "B", "A"] = optional("Grade", "The least evidence that counts.", default="C")
    signed: bool = optional("Signed", "Grade B takes a verified signature, not only an author's name.", default=False)


@entity
class Authority(Entity):
    """Who approves what."""

    rows: tuple[AuthorityRow, ...] = many("Rows", "One per decision and role.")
    terms_from: date | None = optional(
        "Terms from", "The day from which an approval counts only with its `value`.", example="2027-01-01"
    )
    delegated_days: int | None = optional(
        "Delegated days", "What a manager may move alone.", unit="working days", example=10
    )
    delegated_cost: Share | None = optional("Delegated cost", "What a manager may add alone.", example="3%")


@entity
class FormerMember(Entity):
    """Somebody who sat on a board once; what they decided then still counts."""

    person: Person = required("Person", "Who.", example="g.simon")
    from_: date | None = optional("From", "First day.", example="2024-01-01")
    to: date = required("To", "Last day.", example="2026-06-30")


@entity
class BoardRecord(Entity):
    """A standing board."""

    id: Slug = required("Id", "Names the board.", example="lyon-sites")
    name: str = required("Name", "What people call it.", example="Lyon sites board")
    members: tuple[Person, ...] = many("Members", "Who sits on it.", example=["c.moreau"])
    chair: Person | None = optional("Chair", "Who leads it.", example="c.moreau")
    former: tuple[FormerMember, ...] = many("Former members", "Who sat on it, and until when.")
    meets: str | None = optional("Meets", "How often.", example="first Thursday of the month")


@entity
class Boards(Entity):
    """Every standing board."""

    boards: tuple[BoardRecord, ...] = many("Boards", "Every standing board.")

    def name_of(self, who: str | None) -> str:
        """Who decides as people say it: a board by its name, a person by the handle; nothing where nobody is named."""
        return next((one.name for one in self.boards if one.id == who), who or "")


@entity
class TierLimits(Entity):
    """The most that each answer may be for a project to be of this tier; left out means no limit."""

    tier: Tier = required("Tier", "The tier.", example="small")
    budget: Decimal | None = optional("Budget", "At most.", unit="organisation's currency", example=50000)
    effort_days: Decimal | None = optional("Effort", "At most.", unit="person-days", example=50)
    months: Decimal | None = optional("Duration", "At most.", unit="months", example=9)
    units: int | None = optional("Units", "At most.", example=1)
    suppliers: int | None = optional("Suppliers", "At most.", example=1)
    interfaces: int | None = optional("Interfaces", "At most.", example=1)
    regulated: bool = optional("Regulated", "Whether a regulated project may be of this tier.", default=True)
    new_to_us: bool = optional("New to us", "Whether a novel project may be of this tier.", default=True)


@entity
class Tiers(Entity):
    """How the answers decide the tier: the lowest whose limits hold them all."""

    tiers: tuple[TierLimits, ...] = many("Tiers", "From small to large.")


@entity
class Anchor(Entity):
    """What one step of the impact or probability scale means, in words that can be checked."""

    step: Scale = required("Step", "1 to 5.", example=4)
    word: str = required("Word", "Its name.", example="serious")
    means: str = required("Means", "Days, share of budget, safety, reputation.", example="more than 30 days or 10%")


@entity
class TierTolerance(Entity):
    """The tolerance of a tier where the project sets none."""

    tier: Tier = required("Tier", "The tier.", example="small")
    time_days: int = required("Time", "Later than approved.", unit="working days", example=20)
    cost: Share = required("Cost", "Above the approved budget.", example="10%")
    scope: int = required("Scope", "Deliverables dropped or rejected.", example=0)
    quality: int = required("Quality", "Failed checks still open.", example=1)
    benefit: Share = required("Benefit", "Less than promised.", example="10%")
    risk: int = required("Risk", "Highest score of an open threat.", example=15)


@entity
class Thresholds(Entity):
    """Where colours change and what counts as high."""

    green_up_to: Share = required("Green up to", "Part of the tolerance that is still green.", example="50%")
    amber_up_to: Share = required("Amber up to", "Part of the tolerance that is still amber.", example="100%")
    risk_high: int = required("High risk", "Score from which a risk is high.", example=15)
    report_due_working_day: int = required(
        "Report due", "Working day after the period.", unit="working days", example=5
    )
    tolerances: tuple[TierTolerance, ...] = many("Tolerances", "Where the project sets none.")
    schedule_checks: ScheduleChecks | None = optional(
        "Schedule checks", "Limits of the DCMA-style checks; those of the other checks are figures of SCH-01 to SCH-04."
    )
    probability: tuple[Anchor, ...] = many("Probability", "What the steps mean.")
    impact: tuple[Anchor, ...] = many("Impact", "What the steps mean.")


@entity
class RuleSetting(Entity):
    """How one rule is enforced here: when it bites, from which day, and with which figures."""

    rule: RuleId = required("Rule", "The rule.", example="RSK-01")
    enforce_at: Literal["merge", "gate", "watch", "off"] | None = optional(
        "Enforced at", "When it bites.", example="gate"
    )
    from_: date | None = optional("From", "The day this begins; before it nothing changes.", example="2027-02-01")
    params: Mapping[str, Any] = named("Figures", "Instead of the rule's own.", example={"rating": 12})
    tiers: Mapping[str, Mapping[str, Any]] = named(
        "Figures by tier", "Instead of the others.", example={"large": {"rating": 10}}
    )


@entity
class PlannedStep(Entity):
    """A day from which a group of rules bites."""

    from_: date = required("From", "The day.", example="2027-01-01")
    enforce_at: Literal["merge", "gate", "watch"] = required("Rules that bite at", "Which rules.", example="merge")


@entity
class Enforcement(Entity):
    """When the rules bite in this organisation."""

    observe: bool = optional("Observe", "Every rule only watches until its planned day.", default=False)
    plan: tuple[PlannedStep, ...] = many("Plan", "The days from which rules bite again.")
    rules: tuple[RuleSetting, ...] = many("Rules", "What differs from the rules' own settings.")


@entity
class PathFamily(Entity):
    """A family of paths and who owns it."""

    family: str = required("Family", "Its name.", example="project")
    paths: tuple[str, ...] = many("Paths", "Patterns.", example=["projects/**"])
    owners: tuple[str, ...] = many("Owners", "Roles or teams.", example=["project manager"])


@entity
class Ownership(Entity):
    """Who owns which paths."""

    families: tuple[PathFamily, ...] = many("Families", "Every path belongs to one.")


@entity
class Rate(Entity):
    """What one unit of a currency was worth on a day."""

    currency: Currency = required("Currency", "The foreign one.", example="GBP")
    on: date = required("On", "The day.", example="2026-10-01")
    rate: Decimal = required("Rate", "In the organisation's first currency.", example=1.17)
    source: str | None = optional("Source", "Where it is from.", example="ECB reference rate")


@entity
class Rates(Entity):
    """Dated exchange rates, and the discount rate of business cases."""

    rates: tuple[Rate, ...] = many("Rates", "By currency and day.")
    discount_rate: Share | None = optional("Discount rate", "Of business cases.", example="4%")
    horizon_years: int | None = optional("Horizon", "Of business cases.", unit="years", example=10)


@entity
class Redirect(Entity):
    """A project id that is no longer used, and where its story goes on."""

    from_: Slug = required("From", "The old id.", example="reception-2")
    to: Slug | None = optional("To", "The new id; none if it was removed.", example="visitor-desk")
    on: date = required("On", "When.", example="2026-10-01")
    because: str | None = optional("Because", "Why.", example="Two projects became one")


@entity
class Redirects(Entity):
    """Project ids that moved."""

    redirects: tuple[Redirect, ...] = many("Redirects", "One per old id.")


@entity
class Tag(Entity):
    """A word of the taxonomy."""

    id: str = required("Tag", "The word.", example="building")
    means: str | None = optional("Means", "What it covers.", example="Works in or on a building")


@entity
class Taxonomy(Entity):
    """The words that tag projects and lessons."""

    tags: tuple[Tag, ...] = many("Tags", "Every word.")
    departments: tuple[str, ...] = many("Departments", "The organisation's units.", example=["Sites and services"])


@entity
class Policy(Entity):
    """Every policy file together; a file that is missing has its defaults."""

    lifecycle: Lifecycle = optional("Lifecycle", "Phases and gates.", default=Lifecycle())
    authority: Authority = optional("Authority", "Who approves what.", default=Authority())
    boards: Boards = optional("Boards", "Standing boards.", default=Boards())
    tiers: Tiers = optional("Tiers", "What decides the tier.", default=Tiers())
    thresholds: Thresholds | None = optional("Thresholds", "Where colours change.")
    enforcement: Enforcement = optional("Enforcement", "When rules bite.", default=Enforcement())
    ownership: Ownership = optional("Ownership", "Who owns which paths.", default=Ownership())
    rates: Rates = optional("Rates", "Exchange rates.", default=Rates())
    redirects: Redirects = optional("Redirects", "Ids that moved.", default=Redirects())
    taxonomy: Taxonomy = optional("Taxonomy", "Tags.", default=Taxonomy())
