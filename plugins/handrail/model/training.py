"""Training and competence: what each role must know, the modules that teach it, and who has done which of them when."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from handrail.fields import (
    Entity,
    Limits,
    NotEmpty,
    OneOrMany,
    Pattern,
    attached,
    entity,
    many,
    named,
    optional,
    required,
)
from handrail.model.words import CompetenceRef, Count, ModuleRef, Person, Requirement, Semver, Share, Slug, Tier

Level = Annotated[int, Limits(0, 4)]
Clock = Annotated[str, Pattern(r"([01][0-9]|2[0-3]):[0-5][0-9]", "a time such as 09:30")]
Covers = Annotated[str, Pattern(r"S-[A-Z]{2,12}@[0-9]+", "a standard and its major version such as S-RISK@1")]


@entity
class CompetenceRecord(Entity):
    """Something that a role must be able to do, in levels from 0 (not at all) to 4 (teaches others)."""

    called = "competence"
    id: Slug = required("Id", "Names the competence.", example="planning")
    name: str = required("Name", "What people call it.", example="Planning and baselines")
    levels: Mapping[str, str] = named(
        "Levels", "What each level means, by its number.", example={"2": "Leads a small plan"}
    )


@entity
class Needed(Entity):
    """One row of the matrix: what a role must bring to projects of some tiers."""

    called = "row of the matrix"
    role: str = required("Role", "A role in a project.", example="project manager")
    tiers: tuple[Tier, ...] = many("Tiers", "All if left out.", example=["medium", "large"])
    needs: Mapping[CompetenceRef, Level] = named(
        "Needs", "The least level of each competence.", example={"planning": 2}
    )
    modules: tuple[ModuleRef, ...] = many("Modules", "Training that must be valid.", example=["first-week"])
    certifications: tuple[str, ...] = many("Certifications", "Certificates that must be valid.", example=["PM2-A"])


@entity
class CompetenceMatrix(Entity):
    """What roles must bring, by tier: `standards/people/competences.yaml`."""

    competences: tuple[CompetenceRecord, ...] = many("Competences", "What can be able to be done, in levels.")
    matrix: tuple[Needed, ...] = many("Matrix", "Role by tier.")
    warn_days: Count = optional("Warn before", "How early an expiry is told.", default=30, unit="days", example=30)


@entity
class Completion(Entity):
    """Somebody completed a module. Only pass and expiry are kept: no scores, no reasons of absence."""

    called = "completed training"
    person: Person = required("Person", "Who.", example="j.okafor")
    module: ModuleRef = required("Module", "What.", example="first-week")
    version: Semver = required("Version", "Of the module that was completed.", example="1.0.0")
    on: date = required("On", "When.", example="2026-03-12")
    expires: date | None = optional(
        "Valid until", "Last day; left out: as long as the module says.", example="2028-03-12"
    )
    session: str | None = optional("Session", "Where it was attended.", example="2026-03-first-week")


@entity
class Completions(Entity):
    """Everything that was completed: `standards/people/completions.yaml`."""

    completions: tuple[Completion, ...] = many("Completions", "One line each; nothing is ever removed.")


@entity
class ModuleRecord(Entity):
    """A training module: the front matter of `standards/training/<id>.md`; the prose below it is the module."""

    called = "training module"
    id: Slug = required("Id", "Names the module; the file carries the same name.", example="first-week")
    title: str = required("Title", "What it is called.", example="First week for project managers")
    version: Semver = required("Version", "Of the text; a new major version asks for retraining.", example="1.0.0")
    covers: tuple[Covers, ...] = many("Covers", "Standards and the major version it teaches.", example=["S-RISK@1"])
    audience: tuple[str, ...] = many("Audience", "Roles it is made for.", example=["project manager"])
    minutes: Count | None = optional("Duration", "How long it takes.", unit="minutes", example=90)
    format: str | None = optional("Format", "How it is held.", example="self-study and exercise")
    prerequisites: tuple[ModuleRef, ...] = many("Prerequisites", "Modules that come before.", example=["first-week"])
    exercises: tuple[Slug, ...] = many("Exercises", "Folders below training/exercises/.", example=["first-plan"])
    owner: Person | None = optional("Owner", "Who keeps it.", example="i.kovacs")
    changed_on: date | None = optional("Changed on", "The day of this version.", example="2026-09-01")
    valid_months: Count = optional("Valid for", "How long a completion counts.", default=24, unit="months", example=24)
    reviewed_on: date | None = optional(
        "Reviewed on", "When somebody last compared it with the standards.", example="2026-09-01"
    )
    body: str = attached("")


@entity
class LearningPath(Entity):
    """What somebody in a role learns, in order."""

    called = "learning path"
    id: Slug = required("Id", "Names the path.", example="project-manager")
    role: str = required("Role", "Whom it is for.", example="project manager")
    modules: Annotated[tuple[ModuleRef, ...], NotEmpty] = required(
        "Modules", "In order.", example=["first-week", "planning"]
    )
    within_days: Count | None = optional("Within", "From the first day in the role.", unit="days", example=60)
    why: str | None = optional("Why", "What it is good for.", example="A plan that others can read")


@entity
class LearningPaths(Entity):
    """All learning paths: `standards/training/paths.yaml`."""

    paths: tuple[LearningPath, ...] = many("Paths", "One for each role.")


@entity
class Attendee(Entity):
    """Who comes to a session. Never why somebody did not."""

    person: Person = required("Person", "Who.", example="j.okafor")
    state: Literal["registered", "waiting", "attended", "absent"] = optional(
        "State", "Before and after.", default="registered", example="attended"
    )


@entity
class SessionRecord(Entity):
    """A module held on a day: `standards/training/sessions/<id>.yaml`."""

    called = "training session"
    id: Slug = required("Id", "Names the session; the file carries the same name.", example="2026-03-first-week")
    module: ModuleRef = required("Module", "What is taught.", example="first-week")
    on: date = required("On", "The day.", example="2026-03-12")
    begins: Clock | None = optional("Begins", "In the organisation's time zone.", example="09:30")
    ends: Clock | None = optional("Ends", "In the organisation's time zone.", example="12:00")
    place: str | None = optional("Place", "Room or address of a call.", example="Lyon, room 4")
    trainer: Person | None = optional("Trainer", "Who holds it.", example="i.kovacs")
    capacity: Count | None = optional("Capacity", "How many can take part.", example=12)
    attendees: tuple[Attendee, ...] = many("Attendees", "Who comes.", example=[{"person": "j.okafor"}])
    cancelled_on: date | None = optional("Cancelled on", "When it was called off.", example="2026-03-10")


@entity
class Question(Entity):
    """One question of a quiz."""

    id: str = required("Id", "Names the question in this quiz.", example="Q1")
    ask: str = required("Ask", "What is asked.", example="Which date do you change when you are late?")
    options: Mapping[str, str] = required("Options", "Letters and answers.", example={"a": "planned", "b": "forecast"})
    answer: Annotated[tuple[str, ...], OneOrMany] = required("Answer", "The right letter, or all of them.", example="b")
    why: str | None = optional("Why", "Said after the answer.", example="The approved date stays visible.")
    requirement: Requirement | None = optional("Requirement", "What it is about.", example="S-SCHEDULE.1")


@entity
class Quiz(Entity):
    """The questions on a module. It is graded by the command line and never published."""

    module: ModuleRef = required("Module", "Of which module.", example="first-week")
    version: Semver = required("Version", "Of the module it belongs to.", example="1.0.0")
    pass_share: Share = optional("Passed with", "The share of right answers.", default=Decimal("0.8"), example="80%")
    questions: Annotated[tuple[Question, ...], NotEmpty] = required("Questions", "Five to ten.")


@entity
class Goal(Entity):
    """One thing that must be so when an exercise is done; each field that is given must hold."""

    say: str = required("Say", "The goal in words.", example="The risk has an owner")
    silent: tuple[str, ...] = many(
        "Silent", "Rules that must have no remark on the project any more.", example=["RSK-01"]
    )
    file: str | None = optional(
        "File", "A file below the project's folder; `*` stands for any name.", example="risks.yaml"
    )
    at: str | None = optional("At", "The value in that file, steps joined by dots.", example="risks.R-001.owner")
    is_: str | None = optional("Is", "What must stand there; left out: anything.", example="first.manager")


@entity
class Exercise(Entity):
    """A repository to practise in: `standards/training/exercises/<id>.yaml`. It is laid down and checked by itself."""

    id: Slug = required("Id", "Names the exercise; the file carries the same name.", example="late")
    number: Count = required("Number", "Its place among the exercises.", example=2)
    title: str = required("Title", "What is practised.", example="Say that you will be late")
    task: str = required(
        "Task", "What is to be done, to the one who does it.", example="The joiner is two weeks late ..."
    )
    project: Slug = required("Project", "The project that is worked on.", example="desk")
    tier: Tier = optional("Tier", "Whose starter the project begins with.", default="small")
    files: Mapping[str, str] = named("Files", "Files below the project's folder, instead of or beside the starter's.")
    goals: Annotated[tuple[Goal, ...], NotEmpty] = required("Goals", "All of them make it done.")
    hint: str | None = optional("Hint", "Said when a goal is missed.", example="Look at the field `forecast`")
