"""What a mapping says: which column of a list goes where in a plan, declared like every other file of the house."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from handrail.fields import Entity, Limits, NotEmpty, OneOrMany, Pattern, entity, many, named, optional, required
from handrail.model.words import Slug

Columns = Annotated[tuple[str, ...], OneOrMany]
DayOrAsOf = Annotated[str, Pattern(r"\d{4}-\d{2}-\d{2}|as_of", "a day such as 2027-02-15, or as_of")]


@entity
class Condition(Entity):
    """What a row must look like. Everything that is given must hold, in one of the columns that are named."""

    column: Columns = many("Column", "Where to look; left out: in every column.", example="end_date")
    matches: str | None = optional("Matches", "An RE2 pattern, found anywhere in the cell.", example="(?i)^exempt")
    is_: Columns = many("Is", "The cell's text, exactly.", example=["N/A"])
    empty: bool | None = optional("Empty", "Whether nothing stands there.", example="yes")
    before: DayOrAsOf | None = optional("Before", "The cell's day lies before this one.", example="as_of")
    after: DayOrAsOf | None = optional("After", "The cell's day lies after this one.", example="as_of")


Register = Literal[
    "risks", "issues", "decisions", "actions", "suppliers", "benefits", "deliverables", "milestones", "resources"
]
Conditions = Annotated[tuple[Condition, ...], OneOrMany]


@entity
class FieldRule(Entity):
    """One field of the plan or of a record. Of several rules for one field, the first that gives a value counts."""

    to: str = required("To", "The field, as a path.", example="milestones[M1].planned")
    from_: Columns = many("From", "The column; of several, the first with something in it.", example="start_date")
    value: Any = optional("Value", "A fixed value; `{as_of}` in it is the day of the list.", example="execution")
    as_: Literal["text", "prose", "date", "number", "money", "percent", "yes no", "choice", "list"] | None = optional(
        "As", "How to read the cell; left out, the field decides.", example="money"
    )
    values: Mapping[str, Any] = named("Values", "What each text becomes.", example={"G": "green"})
    ignore_case: bool = optional("Ignore case", "`AMBER` counts as `Amber` in `values`.", default=False, example="yes")
    otherwise: Any = optional("Otherwise", "The value for a text that `values` does not name.", example="amber")
    dates: tuple[str, ...] = many("Dates", "Formats, where they differ from the list's.", example=["%d.%m.%Y"])
    times: Decimal | None = optional("Times", "What a figure is multiplied by.", example=1000000)
    separator: str | None = optional("Separator", "What stands between the items of a list.", example=",")
    longest: Annotated[int, Limits(1)] | None = optional(
        "Longest", "A longer text goes to the file's prose instead.", unit="characters", example=600
    )
    heading: str | None = optional("Heading", "Its heading in the prose.", example="What it is for")
    when: Conditions = many("When", "All of these must hold.")
    unless: Conditions = many("Unless", "None of these may hold.")
    keep: bool = optional("Keep", "Once written, an import never takes it back.", default=False, example="yes")


@entity
class Paragraph(Entity):
    """A text for people to read: it becomes prose below a heading."""

    from_: Columns = many("From", "The column; of several, the first with something in it.", example="comment")
    heading: str = required("Heading", "Its heading.", example="Schedule")
    when: Conditions = many("When", "All of these must hold.")
    unless: Conditions = many("Unless", "None of these may hold.")


@entity
class RecordRule(Entity):
    """A file beside the plan that each row gives rise to, such as a status report."""

    file: str = required("File", "Its place in the project's folder.", example="reports/{as_of}.md")
    fields: tuple[FieldRule, ...] = many("Fields", "What stands in it.")
    prose: tuple[Paragraph, ...] = many("Prose", "What stands below, in words.")
    when: Conditions = many("When", "All of these must hold.")
    unless: Conditions = many("Unless", "None of these may hold.")


@entity
class Withheld(Entity):
    """Texts that stand where a value should, and say why there is none. Such cells are dropped, each with the reason."""

    matches: str = required("Matches", "An RE2 pattern for the whole cell.", example="(?i)exempt under section .*")
    reason: str = required("Reason", "Why nothing stands there.", example="exempt from publication")


@entity
class RowRule(Entity):
    """Rows that are not imported, or imported and named in the report."""

    when: Conditions = many("When", "All of these must hold.")
    then: Literal["skip", "report"] = required("Then", "Leave the row out, or name it in the report.", example="skip")
    reason: str = required("Reason", "Why.", example="this is the line of totals")


@entity
class ProjectId(Entity):
    """How a new project's id is made; a project that was imported before keeps its own."""

    from_: Columns = many("From", "The columns that are joined.", example="project_number")
    prefix: str = optional("Prefix", "What stands before it.", default="", example="uk-")


@entity
class AsOf(Entity):
    """The day that the list speaks of."""

    from_: Columns = many("From", "The column.", example="year")
    values: Mapping[str, Any] = named("Values", "The day for each text.", example={"2023": "2023-03-31"})
    value: str | None = optional("Value", "The same day for every row.", example="2023-03-31")


@entity
class ProjectRule(Entity):
    """Whose register a row belongs to, where the rows of a list are lines of a register."""

    from_: Columns = many("From", "The column with the project's id or name.", example="Project")
    values: Mapping[str, Any] = named("Values", "The id for each text.", example={"New desk": "visitor-desk"})
    value: str | None = optional("Value", "The same project for every row.", example="visitor-desk")


@entity
class TableRules(Entity):
    """How the file is written, where it does not show by itself."""

    encodings: Annotated[tuple[str, ...], OneOrMany] = many(
        "Encodings", "Tried in this order; the last is taken as it is.", example=["utf-8", "cp1252"]
    )
    delimiters: Annotated[tuple[str, ...], OneOrMany] = many(
        "Delimiters", "Marks between cells, or the word tab; the one that fits is taken.", example=[";", ","]
    )


@entity
class NumberRules(Entity):
    """How figures are written in the list."""

    symbols: tuple[str, ...] = many("Symbols", "Marks that are left out.", example=["£"])
    decimal: str = optional("Decimal mark", "Before the decimal places.", default=".", example=",")
    thousands: str = optional("Thousands mark", "Between thousands; empty for none.", default=",", example=".")


@entity
class CsvMapping(Entity):
    """How the rows of a list become projects, or lines of a register."""

    called = "mapping"

    format: Annotated[int, Limits(1, 1)] = required("Format", "The version of this file.", example=1)
    id: Slug = required("Id", "The mapping's name.", example="uk-major-projects")
    title: str = required("Title", "What it imports.", example="Returns of the UK's major projects")
    description: str | None = optional("Description", "For whoever uses it.")
    system: str = required("System", "Where the list comes from; it is written into each project.", example="gmpp")
    key: str = required("Key", "The column that names a row for ever, also when its title changes.", example="number")
    register: Register | None = optional(
        "Register", "Rows are lines of this register of a project, not projects.", example="risks"
    )
    project: ProjectRule | None = optional("Project", "With `register`: whose it is; the command may name one for all.")
    project_id: ProjectId | None = optional("Project id", "How ids are made; left out: from the key.")
    as_of: AsOf | None = optional("As of", "The day that the list speaks of; the command may give another.")
    table: TableRules = optional("Table", "How the file is written.", default=TableRules())
    numbers: NumberRules = optional("Numbers", "How figures are written.", default=NumberRules())
    dates: tuple[str, ...] = many("Dates", "Formats of days, tried in this order.", example=["%d.%m.%Y", "%Y-%m-%d"])
    withheld: tuple[Withheld, ...] = many("Withheld", "Texts that say why a value is missing.")
    rows: tuple[RowRule, ...] = many("Rows", "Rows with a treatment of their own.")
    ignore: Mapping[str, str] = named(
        "Ignore", "Columns left out on purpose, with the reason.", example={"no": "a count"}
    )
    fields: Annotated[tuple[FieldRule, ...], NotEmpty] = many("Fields", "What goes into the plan.")
    prose: tuple[Paragraph, ...] = many("Prose", "What goes into the project's page, in words.")
    records: tuple[RecordRule, ...] = many("Records", "Files beside the plan.")
