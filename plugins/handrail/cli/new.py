"""`handrail new`: a project from its starter, or one record, valid from the moment it is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from handrail import english
from handrail.cli.prompts import TROUBLE, ask_record, field_lines, from_words, missing_words, tier_answers_of, tier_from
from handrail.cli.terminal import UsageError, add_as_of, add_root, day, no_project, root_of, say, today
from handrail.load import FolderTree, Loaded, load
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.model.words import TIERS, Tier
from handrail.scaffold.project import NotPossible, new_project, write
from handrail.scaffold.records.forms import BY_WORD, FORMS, Form
from handrail.starters import Answers
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail new project visitor-desk --tier small --name "New visitor desk" --sponsor c.moreau --manager j.okafor
  handrail new project visitor-desk --answer budget=48000 --answer months=6 --sponsor c.moreau --manager j.okafor
                                      the answers decide the tier
  handrail new project visitor-desk --tier small --tag building --sponsor c.moreau --manager j.okafor
                                      tells what others learnt about buildings
  handrail new project visitor-desk   asks for what is missing, on a terminal
  handrail new report visitor-desk    fills the date, copies last month, asks only what is needed
  handrail new risk visitor-desk --set title="Joiner fails to deliver" --set probability=3 --set impact=4
  handrail new change visitor-desk --set title="Open two weeks later" --set reason="The workshop burnt down"
  handrail new feedback visitor-desk --set about=RSK-01 --set kind=unclear --set text="What is a trigger?"
  handrail new risk --fields          lists what a risk can say"""


_SHOWN = 8
_TIER = "Tier (small, medium, large)"
_OPTIONS = {_TIER: "tier", "Project manager": "manager"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    words = ("project", *(one.word for one in FORMS))
    parser.add_argument("kind", choices=words, metavar="KIND", help=f"what to write: {', '.join(words)}")
    parser.add_argument(
        "id", nargs="?", metavar="PROJECT",
        help="the project's id (small letters, digits and hyphens; it never changes); for a finding the audit",
    )  # fmt: skip
    parser.add_argument("--fields", action="store_true", help="list what the record can say, and write nothing")
    add_as_of(parser)
    add_root(parser)
    record = parser.add_argument_group("for a record")
    record.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="one field; again for each field or entry of a list"
    )  # fmt: skip
    record.add_argument("--text", default="", help="for a report, lesson or other page: what it says below its fields")
    project = parser.add_argument_group("for a project")
    add_answers(project)
    project.add_argument(
        "--answer", action="append", default=[], metavar="QUESTION=VALUE",
        help="an answer that decides the tier, such as budget=48000; again for each",
    )  # fmt: skip
    project.add_argument(
        "--tag", action="append", default=[], metavar="WORD",
        help="a word of the taxonomy, to find it by and to find lessons of others; again for each",
    )  # fmt: skip


def add_answers(group: argparse._ArgumentGroup) -> None:
    """Declare what every new project is asked, however it begins."""
    group.add_argument("--name", help="what people call it")
    group.add_argument("--tier", choices=TIERS, metavar="TIER", help="small, medium or large")
    group.add_argument("--sponsor", metavar="HANDLE", help="who wants it and answers for it")
    group.add_argument("--manager", metavar="HANDLE", help="who leads it")
    group.add_argument("--board", help="the standing board (default: the only one, or the first)")
    group.add_argument("--objective", help="the objective it serves (default: the first active one)")
    group.add_argument(
        "--start", type=day, metavar="DATE", help="the day that the proposed dates count from (default: today)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the project's folder and list what is open, or write one record."""
    if args.kind != "project":
        return _record(args, BY_WORD[args.kind])
    if args.id is None or args.set:
        raise UsageError("a project needs an id, such as `handrail new project visitor-desk`; --set is for records.")
    root = root_of(args.root)
    repository = load(FolderTree(root)).repository
    start: date = args.start or repository.organisation.as_of or today(repository.organisation.timezone)
    answers = answers_of(args, repository, start)
    tier_answers = tier_answers_of(args.answer)
    tier = args.tier or tier_from(tier_answers, repository) or tier_of(args)
    try:
        made = new_project(repository, tier, answers, tier_answers, args.tag)
        write(root, made.files)
    except NotPossible as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"the project cannot be written: {error.strerror}.") from None
    say(f"{answers.name} is started: {', '.join(made.files)}")
    if made.todos:
        say(f"\nStill to write ({len(made.todos)}); nothing of it blocks you today:")
        for point in made.todos:
            say(f"  {point.file}:{point.line}  {point.text}")
    _outset(repository, tier, args.tag, start)
    say(
        "\n`handrail check` says whether it can be proposed; `handrail check --as-of-phase execution` what will be asked later."
    )
    return 0


def _outset(repository: Repository, tier: Tier, tags: list[str], on: date) -> None:
    """What others learnt, and how they went: when a plan is begun it still costs nothing to listen."""
    from handrail.compute.improvement import matching
    from handrail.compute.portfolio import compute
    from handrail.compute.reference_class import class_for, classes
    from handrail.report import outset

    known = [one.id for one in repository.policy.taxonomy.tags]
    for part in (
        outset.lessons(matching(tags, repository), tags, known),
        outset.reference(class_for(tier, classes(compute(repository, on)))),
    ):
        for number, line in enumerate(part):
            say(line if number else f"\n{line}")


def _record(args: argparse.Namespace, form: Form) -> int:
    """Write one record: into its own file, or its own lines of a register."""
    from handrail.scaffold.records.make import day_of, make
    from handrail.scaffold.records.prefill import NothingToSay, known, with_questions

    if args.fields:
        say(f"{form.kind.title}; * must be given. It stands in {form.kind.pattern}.")
        for line in field_lines(form):
            say(line)
        return 0
    root = root_of(args.root)
    loaded = load(FolderTree(root))
    plan = _plan(args.id, form, loaded)
    try:
        filled = known(
            form, loaded.repository, plan, day_of(loaded, args.as_of, today(loaded.repository.organisation.timezone))
        )
        given = from_words(form, args.set)
        value, body = {**filled, **given}, args.text
        answers: dict[str, Any] = {}
        if not args.set and not args.text and sys.stdin.isatty():
            answers, typed = ask_record(form, _with_colour(form, filled, plan, loaded))
            value, body = {**value, **answers}, typed or body
        if form.word == "report" and value.get("status") == "green":
            # last month's trouble is over: only what somebody said anew is kept
            value = {key: one for key, one in value.items() if key not in TROUBLE or key in {**given, **answers}}
        if form.word == "change" and not value.get("changes"):
            raise NothingToSay(  # noqa: TRY301 - told as every other reason not to write
                "the forecast is what was approved. Put what you expect under `forecast` first, or say it with --set changes=..."
            )
        if unsaid := missing_words(form, value):
            raise NothingToSay(unsaid)  # noqa: TRY301 - as above
        made = make(form, loaded, plan, value, body=body, audit=args.id or "")
    except (NotPossible, NothingToSay) as error:
        raise UsageError(str(error)) from None
    text = with_questions(made.text, loaded.repository) if form.word == "gate" else made.text
    try:
        put(root / made.path, text)
    except OSError as error:
        raise UsageError(f"{made.path} cannot be written: {error.strerror}.") from None
    say(f"{form.kind.title} {made.name} is written: {made.path}".replace("  ", " "))
    if form.word == "gate" and value.get("answers"):
        say(
            "Below each question write `answer: yes` (or no, partly, not applicable) and `evidence: <where it is seen>`."
        )
    say("`handrail check` says what else it needs.")
    return 0


def _plan(name: str | None, form: Form, loaded: Loaded) -> Plan | None:
    """The project that a record belongs to; None for the PMO's own records."""
    if form.kind.within != "project":
        if form.word == "finding" and (name is None or not any(
            path.startswith(f"standards/audits/{name}/") for path in loaded.repository.tree.paths()
        )):  # fmt: skip
            raise UsageError("name the audit that found it, such as `handrail new finding au-2026-1`.")
        return None
    plan = next((one for one in loaded.repository.plans if one.id == name), None)
    if plan is None:
        if not name:
            raise UsageError(
                f"name the project, such as `handrail new {form.word} visitor-desk`; `handrail status` lists them."
            )
        raise no_project(
            name, [one.id for one in loaded.repository.plans], [one.id for one in loaded.repository.broken]
        )
    return plan


def _with_colour(form: Form, filled: dict[str, Any], plan: Plan | None, loaded: Loaded) -> dict[str, Any]:
    """For a report: the colour that the figures give, so that only a better word than theirs must be explained."""
    if form.word != "report" or plan is None:
        return filled
    from handrail.compute.portfolio import compute

    project = compute(loaded.repository, date.fromisoformat(filled["as_of"])).project(plan.id)
    colour = project.health.overall.colour if project else None
    if project is not None and colour:
        say(f"The figures say {colour}: {project.health.overall.why}")
    return {**filled, **({"computed": colour} if colour else {})}


def tier_of(args: argparse.Namespace) -> Tier:
    """The tier that was given, or is asked for."""
    return cast("Tier", args.tier or _ask(_TIER, "small", TIERS))


def answers_of(args: argparse.Namespace, repository: Repository, start: date) -> Answers:
    """What a new project is filled with: what was given, or is asked for."""
    boards = [one.id for one in repository.policy.boards.boards]
    objectives = [
        one.id for one in repository.objectives.values() if one.status == "active" and one.id.startswith("OBJ")
    ]
    sponsors = _with_role(repository, "sponsor")
    managers = _with_role(repository, "project manager")
    if not sys.stdin.isatty():
        wanted: list[tuple[str, Sequence[str]]] = [
            (_TIER, () if args.tier or getattr(args, "answer", ()) else TIERS),
            ("Sponsor", () if args.sponsor else sponsors), ("Project manager", () if args.manager else managers),
        ]  # fmt: skip
        if unsaid := [one for one in wanted if one[1]]:
            raise UsageError(_needed(unsaid))
    return Answers(
        id=args.id,
        name=args.name or _ask("Name", args.id.replace("-", " ").capitalize()),
        sponsor=args.sponsor or _ask("Sponsor", sponsors[0] if sponsors else "", tuple(sponsors)),
        manager=args.manager or _ask("Project manager", managers[0] if managers else "", tuple(managers)),
        board=args.board or (boards[0] if boards else _ask("Board", "")),
        objective=args.objective or (objectives[0] if objectives else _ask("Objective", "")),
        currency=repository.currency,
        today=start,
    )


def _with_role(repository: Repository, role: str) -> list[str]:
    return [one.id for one in repository.people.values() if any(held.role == role for held in one.roles)]


def _needed(wanted: Sequence[tuple[str, Sequence[str]]]) -> str:
    """What must be given as an option where nobody can be asked, each with what there is to choose from."""
    parts = []
    for what, choices in wanted:
        option = f"--{_OPTIONS.get(what, what.lower())}"
        more = f" and {len(choices) - _SHOWN} more" if len(choices) > _SHOWN else ""
        parts.append(f"`{option}`" + (f" ({', '.join(choices[:_SHOWN])}{more})" if choices else ""))
    return f"nothing was written. A new project needs also {english.listed(parts)}."


def _ask(what: str, proposed: str, choices: tuple[str, ...] = ()) -> str:
    """Ask on a terminal; elsewhere the option must be given, so that no script waits for an answer."""
    if not sys.stdin.isatty():
        if proposed and not choices:
            return proposed
        raise UsageError(_needed([(what, choices)]))
    shown = f" [{proposed}]" if proposed else ""
    try:
        answer = input(f"{what}{shown}: ").strip()
    except EOFError:
        raise UsageError(f"nothing was written: {what} is not said.") from None
    return answer or proposed
