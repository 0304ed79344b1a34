"""`handrail sandbox`: a repository to practise in, and whether the exercise is done."""

from __future__ import annotations

import argparse
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, say, today

EXAMPLES = """examples:
  handrail sandbox                            lists the exercises
  handrail sandbox practice --exercise 2      lays one down in a new folder
  handrail sandbox practice --check           says which goals are reached"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="the folder to practise in")
    parser.add_argument(
        "--exercise", default="1", metavar="N", help="which exercise, by number or name (default: the first)"
    )
    parser.add_argument("--check", action="store_true", help="say which goals are reached, and write nothing")
    add_as_of(parser)


def run(args: argparse.Namespace) -> int:
    """List, lay down or check. Status 1: a goal is missing."""
    from handrail.scaffold.repository import AlreadyThere
    from handrail.scaffold.sandbox import exercise_in, exercises, set_up

    known = exercises()
    if args.folder is None:
        for one in known:
            say(f"{one.number}  {one.id:<16} {one.title}")
        return 0
    if args.check:
        return _check(args, exercise_in(args.folder))
    chosen = next((one for one in known if args.exercise in {str(one.number), one.id}), None)
    if chosen is None:
        raise UsageError(f"there is no exercise `{args.exercise}`; `handrail sandbox` lists them.")
    try:
        set_up(args.folder, chosen, args.as_of or today())
    except AlreadyThere:
        raise UsageError(f"{args.folder} holds something already; name a new folder.") from None
    except OSError as error:
        raise UsageError(f"{args.folder} cannot be written: {error.strerror}.") from None
    say(f"Exercise {chosen.number}: {chosen.title}\n\n{chosen.task.strip()}\n")
    say(
        f"Work in {args.folder / 'projects' / chosen.project}; `handrail sandbox {args.folder} --check` says how far you are."
    )
    return 0


def _check(args: argparse.Namespace, name: str | None) -> int:
    from handrail.run import run as judge
    from handrail.scaffold.sandbox import exercises, outcomes

    exercise = next((one for one in exercises() if one.id == name), None)
    if exercise is None:
        raise UsageError(
            f"{args.folder} holds no exercise; lay one down with `handrail sandbox {args.folder} --exercise 1`."
        )
    result = judge(args.folder, today=today(), as_of=args.as_of)
    found = outcomes(args.folder, exercise, result.remarks)
    for one in found:
        say(
            f"{'done   ' if not one.missing else 'missing'}  {one.goal}"
            + (f"\n         {one.missing}" if one.missing else "")
        )
    open_goals = sum(bool(one.missing) for one in found)
    say(
        "\nAll done."
        if not open_goals
        else f"\n{open_goals} of {len(found)} goals are missing." + (f" Hint: {exercise.hint}" if exercise.hint else "")
    )
    return 1 if open_goals else 0
