"""`handrail quiz`: the questions on a module, graded here and nowhere else."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from handrail.cli.terminal import UsageError, add_as_of, add_root, root_of, say, today
from handrail.compute.quiz import grade, is_right
from handrail.load import FolderTree, Loaded, load
from handrail.model.training import ModuleRecord, Question, Quiz
from handrail.slips import near
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail quiz first-week                                          asks on the terminal
  handrail quiz first-week --answers mine.yaml                      grades a file such as {Q1: b, Q2: [a, c]}
  handrail quiz first-week --record --person j.okafor               a pass goes to the completions"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("module", metavar="MODULE", help="the training module")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="grade the answers of a file instead of asking")
    parser.add_argument("--record", action="store_true", help="write a pass to standards/people/completions.yaml")
    parser.add_argument("--person", metavar="HANDLE", help="whose completion it is, with --record")
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Ask or read, grade, and record only where that is wished. Status 1: not passed."""
    if args.record and not args.person:
        raise UsageError("say whose completion it is: --record --person HANDLE.")
    root = root_of(args.root)
    loaded = load(FolderTree(root))
    quiz = _quiz(args.module, loaded)
    answers = _read(args.answers, quiz) if args.answers else _asked(quiz)
    found = grade(quiz, answers)
    say(
        f"{found.right} of {found.total} right; {quiz.pass_share:.0%} are needed: {'passed' if found.passed else 'not passed'}."
    )
    if found.wrong:
        say(f"Look again at: {', '.join(found.wrong)}.")
    if found.passed and args.record:
        say(_record(args, quiz, loaded, root))
    return 0 if found.passed else 1


def _quiz(name: str, loaded: Loaded) -> Quiz:
    quizzes = {one.module: one for one in loaded.repository.every(Quiz)}
    if name not in quizzes:
        guess = near(name, quizzes)
        hint = f"Did you mean `{guess}`?" if guess else f"There is: {', '.join(quizzes) or 'none yet'}."
        raise UsageError(f"there is no quiz on `{name}`. {hint}")
    return quizzes[name]


def _read(file: Path, quiz: Quiz) -> Mapping[str, frozenset[str]]:
    from handrail.source import read_yaml

    try:
        document = read_yaml(file.name, file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from None
    value = document.value
    if document.broken or document.remarks or not isinstance(value, dict):
        raise UsageError(
            f"{file} cannot be understood; write one line for each question, such as `Q1: b` or `Q2: [a, c]`."
        )
    known = {one.id for one in quiz.questions}
    strange = [key for key in value if key not in known]
    if strange:
        raise UsageError(f"the quiz has no question {', '.join(strange)}; it has {', '.join(sorted(known))}.")
    return {key: _letters(" ".join(map(str, one)) if isinstance(one, list) else str(one)) for key, one in value.items()}


def _asked(quiz: Quiz) -> Mapping[str, frozenset[str]]:
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask on; give the answers in a file with --answers.")
    return {one.id: _ask(one) for one in quiz.questions}


def _ask(question: Question) -> frozenset[str]:
    say(f"\n{question.id}  {question.ask}")
    for letter, text in question.options.items():
        say(f"   {letter}  {text}")
    many = " (several letters)" if len(question.answer) > 1 else ""
    try:
        letters = _letters(input(f"Answer{many}: "))
    except EOFError:
        raise UsageError("nothing was graded: the quiz was left.") from None
    said = "Right." if is_right(question, letters) else "Not right."
    say(f"{said} {question.why}" if question.why else said)
    return letters


def _letters(text: str) -> frozenset[str]:
    return frozenset(text.lower().replace(",", " ").split())


def _record(args: argparse.Namespace, quiz: Quiz, loaded: Loaded, root: Path) -> str:
    from handrail.scaffold.project import NotPossible
    from handrail.scaffold.records.forms import BY_WORD
    from handrail.scaffold.records.make import day_of, make

    module = next(one for one in loaded.repository.every(ModuleRecord) if one.id == quiz.module)
    on = day_of(loaded, args.as_of, today(loaded.repository.organisation.timezone))
    value = {"person": args.person, "module": module.id, "version": module.version, "on": on.isoformat()}
    try:
        made = make(BY_WORD["completion"], loaded, None, value)
    except NotPossible as error:
        raise UsageError(str(error)) from None
    try:
        put(root / made.path, made.text)
    except OSError as error:
        raise UsageError(f"{made.path} cannot be written: {error.strerror}.") from None
    return f"The completion of {args.person} is written: {made.path}. Only that it was passed, never how well."
