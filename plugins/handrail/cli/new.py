"""`handrail new project`: a plan that passes from its first day, with what is still to be written."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import cast

from handrail.cli.terminal import UsageError, add_root, day, root_of, say, today
from handrail.load import FolderTree, load
from handrail.model.repository import Repository
from handrail.model.words import TIERS, Tier
from handrail.scaffold.project import NotPossible, new_project, write
from handrail.starters import Answers

EXAMPLES = """examples:
  handrail new project visitor-desk --tier small --name "New visitor desk" --sponsor c.moreau --manager j.okafor
  handrail new project visitor-desk   asks for what is missing, on a terminal"""


_SHOWN = 8
_TIER = "Tier (small, medium, large)"
_OPTIONS = {_TIER: "tier", "Project manager": "manager"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("kind", choices=("project",), help="what to start")
    parser.add_argument("id", help="the project's id: small letters, digits and hyphens; it never changes")
    add_answers(parser)
    add_root(parser)


def add_answers(parser: argparse.ArgumentParser, prefix: str = "") -> None:
    """Declare what every new project is asked, however it begins. `prefix`: when it is asked, for the help."""
    parser.add_argument("--name", help=f"{prefix}what people call it")
    parser.add_argument("--tier", choices=TIERS, help=f"{prefix}small, medium or large")
    parser.add_argument("--sponsor", metavar="HANDLE", help=f"{prefix}who wants it and answers for it")
    parser.add_argument("--manager", metavar="HANDLE", help=f"{prefix}who leads it")
    parser.add_argument("--board", help=f"{prefix}the standing board (default: the only one, or the first)")
    parser.add_argument("--objective", help=f"{prefix}the objective it serves (default: the first active one)")
    parser.add_argument(
        "--start", type=day, metavar="DATE", help=f"{prefix}the day that the proposed dates count from (default: today)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the project's folder and list what is open."""
    root = root_of(args.root)
    repository = load(FolderTree(root)).repository
    start: date = args.start or repository.organisation.as_of or today()
    answers = answers_of(args, repository, start)
    tier = tier_of(args)
    try:
        made = new_project(repository, tier, answers)
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
    say(
        "\n`handrail check` says whether it can be proposed; `handrail check --as-of-phase execution` what will be asked later."
    )
    return 0


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


def _ask(what: str, proposed: str, choices: tuple[str, ...] = ()) -> str:
    """Ask on a terminal; elsewhere the option must be given, so that no script waits for an answer."""
    if not sys.stdin.isatty():
        if proposed and not choices:
            return proposed
        option = _OPTIONS.get(what, what.lower())
        raise UsageError(f"say who or what with --{option}" + (f": {', '.join(choices[:_SHOWN])}." if choices else "."))
    shown = f" [{proposed}]" if proposed else ""
    try:
        answer = input(f"{what}{shown}: ").strip()
    except EOFError:
        raise UsageError(f"nothing was written: {what} is not said.") from None
    return answer or proposed
