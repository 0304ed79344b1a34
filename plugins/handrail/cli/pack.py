"""The steering pack on the command line: `handrail export pack`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.cli.progress import judged
from handrail.cli.terminal import UsageError, root_of, say, today, too_early, unknown
from handrail.whole_file import put

if TYPE_CHECKING:
    from handrail.git import Git
    from handrail.model.policy import BoardRecord
    from handrail.model.repository import Tree
    from handrail.pack.content import Origin, Pack
    from handrail.render.view import Site
    from handrail.result import Result

FORMATS = ("pdf", "pptx")
_MONTHS = 24


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what only a pack takes."""
    pack = parser.add_argument_group("for a steering pack (pack)")
    pack.add_argument("--board", metavar="BOARD", help="the board, as standards/policy/boards.yaml names it")
    pack.add_argument("--format", dest="document", choices=FORMATS, help="PDF or slides (default: as FILE ends, else pdf)")  # fmt: skip
    pack.add_argument("--template", type=Path, metavar="FILE.pptx", help="slides in the look of this file (default: pack_template of standards/handrail.yaml, else our own)")  # fmt: skip
    pack.add_argument("--new-template", type=Path, metavar="FILE.pptx", help="write our own template, to be given the look of your house; nothing else")  # fmt: skip
    pack.add_argument("--since", type=_day, metavar="DATE", help="the last meeting, where the records do not tell it right")  # fmt: skip


def refuse_elsewhere(args: argparse.Namespace) -> None:
    """Raises UsageError where something that only a pack takes stands beside another format."""
    given = {"--board": args.board, "--format": args.document, "--template": args.template, "--since": args.since, "--new-template": args.new_template}  # fmt: skip
    wrong = [name for name, value in given.items() if value is not None]
    if wrong:
        raise UsageError(f"{' and '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} only for a pack: handrail export pack --board BOARD")  # fmt: skip


def _day(text: str) -> date:
    from handrail.cli.terminal import day

    return day(text)


def export_pack(args: argparse.Namespace) -> int:
    """Write one board's pack, from the newest commit or from the one that ended a day."""
    if args.new_template is not None:
        return _new_template(args.new_template)
    if args.what != "portfolio" or args.portfolio or args.all is not None:
        named = args.what if args.what != "portfolio" else "BOARD"
        raise UsageError(f"a pack is made for a board and holds all its projects: handrail export pack --board {named}")
    root = root_of(args.root)
    document = _document(args)
    result, origin = _result(root, args.as_of)
    board = _board(result, args.board)
    site, since = _site(root, result, board, args.since)
    from handrail.pack.gather import gather, of_board
    from handrail.render.portfolio.overview import running

    if not running(of_board(site, board)):
        hidden = sum(one.plan.board == board.id for one in site.hidden)
        more = f" {hidden} restricted ones are shown nowhere." if hidden else ""
        raise UsageError(
            f"no project that is open names the board {board.id} ({board.name}) on {result.portfolio.as_of}, so there is nothing to put into a pack.{more} "
            f"A project says `board: {board.id}` in its project.yaml."
        )
    pack = gather(site, board, origin, since)
    data = _paper(pack) if document == "pdf" else _slides(pack, result.tree, site, args.template)
    goal = args.output or Path(f"{board.id}-{pack.as_of}.{document}")
    try:
        put(goal, data)
    except OSError as error:
        raise UsageError(f"{goal} cannot be written: {error.strerror}.") from None
    say(f"{goal}: {pack.board}, data of {pack.as_of}, {pack.commit}. {pack.sentence}")
    say(f"Changes are counted from {pack.since}: {pack.since_why}.")
    return 0


def _document(args: argparse.Namespace) -> str:
    ends = args.output.suffix.casefold().removeprefix(".") if args.output else ""
    if ends and ends not in FORMATS:
        raise UsageError(f"a pack is a PDF or slides, not .{ends}: name {args.output.with_suffix('.pdf')} or {args.output.with_suffix('.pptx')}.")  # fmt: skip
    if args.document and ends in FORMATS and ends != args.document:
        raise UsageError(f"{args.output} ends in .{ends}, but --format says {args.document}.")
    found: str = args.document or ends or "pdf"
    if args.template is not None and found != "pptx":
        raise UsageError("a template is for slides: say --format pptx as well.")
    return found


def _result(root: Path, as_of: date | None) -> tuple[Result, Origin]:
    """Everything about the repository on a day, and the commit that it comes from; the folder itself where there is no Git."""
    from handrail.clock import zone_at, zone_of
    from handrail.git import Git, GitFault, Mainline, NoRepository, RevisionTree
    from handrail.pack.content import Origin

    try:
        git = Git(root)
        line = Mainline(git)
        zone = zone_at(root)
        commit = line.at(as_of, zone_of(zone)) if as_of else line.commits[-1]
        if commit is None:
            raise too_early(as_of or date.min, line.began(zone_of(zone)))
        origin = Origin(commit=commit, moment=_when(git, commit))
        tree: Tree | None = RevisionTree(git, commit)
        _tell_of_uncommitted(git)
    except NoRepository:
        origin, tree = Origin(commit="", moment=datetime(1980, 1, 1, tzinfo=UTC)), None
    except GitFault as fault:
        raise UsageError(str(fault)) from None
    result = judged(root, as_of, tree)
    organisation = result.portfolio.repository.organisation
    latest = max(organisation.as_of or date.min, today(organisation.timezone))
    if as_of is not None and as_of > latest:
        raise UsageError(f"{as_of} is still to come, so no figures of that day are known. The newest day is {latest}; leave --as-of out for it.")  # fmt: skip
    return result, origin


def _when(git: Git, commit: str) -> datetime:
    from handrail.git.commits import commits_named

    return commits_named(git, [commit])[0].committed_on.astimezone(UTC)


def _tell_of_uncommitted(git: Git) -> None:
    from handrail.git import WorkTree

    if WorkTree(git).projects:
        say("What is not committed yet is not in the pack.", error=True)


def _board(result: Result, wanted: str | None) -> BoardRecord:
    boards = {one.id: one for one in result.portfolio.repository.policy.boards.boards}
    known = ", ".join(boards) or "none; write them into standards/policy/boards.yaml"
    if not wanted:
        raise UsageError(f"say for which board: --board BOARD. There are: {known}.")
    if wanted in boards:
        return boards[wanted]
    raise unknown("board", wanted, boards, f"There are: {known}.")


def _site(root: Path, result: Result, board: BoardRecord, given: date | None) -> tuple[Site, tuple[date, str]]:
    """What the pages of the site are made from, with as much of the past as a pack needs."""
    from handrail.history import history_of, month_ends
    from handrail.pack.gather import since_of
    from handrail.render import past
    from handrail.render.view import site_of

    portfolio, judgement = result.portfolio, result.judgement
    site = site_of(portfolio, result.remarks, judgement.rules, judgement.settings)
    since = (given, "it was given as the last meeting") if given else since_of(site, board)
    if since[0] >= portfolio.as_of:
        raise UsageError(f"{since[0]} is not before {portfolio.as_of}, the day of the figures, so nothing can have changed since.")  # fmt: skip
    days = {*month_ends(portfolio.as_of, _MONTHS), since[0], past.month_ago(portfolio.as_of)}
    history = history_of(root, sorted(days), timezone=portfolio.repository.organisation.timezone)
    return replace(site, history=history), since


def _paper(pack: Pack) -> bytes:
    from handrail.pack.browser import NoPrinterError, printed
    from handrail.pack.paper import html
    from handrail.pack.pdf import settled

    try:
        return settled(printed(html(pack)), pack.origin.moment)
    except NoPrinterError as error:
        raise UsageError(str(error)) from None


def _slides(pack: Pack, tree: Tree, site: Site, given: Path | None) -> bytes:
    """Raises UsageError with everything that the template lacks."""
    try:
        from handrail.pack.slides import TemplateError, slides
    except ModuleNotFoundError as error:
        if error.name != "pptx":
            raise
        raise UsageError("slides are written by python-pptx, which is not installed: `pip install 'handrail[pack]'`. `--format pdf` needs only Chromium.") from None  # fmt: skip
    setting = site.organisation.pack_template
    try:
        name, data = "", None
        if given is not None:
            name, data = given.name, given.read_bytes()
        elif setting:
            name, data = setting, tree.read(setting)
        return slides(pack, data, name)
    except TemplateError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        where = f"{given}" if given is not None else f"{setting}, which standards/handrail.yaml names as pack_template,"
        raise UsageError(f"{where} cannot be read: {error.strerror or 'it is not in that commit'}.") from None


def _new_template(goal: Path) -> int:
    try:
        from handrail.pack.slides.template import default_template
    except ModuleNotFoundError:
        raise UsageError("templates are written by python-pptx, which is not installed: `pip install 'handrail[pack]'`.") from None  # fmt: skip
    if goal.exists():
        raise UsageError(f"{goal} is there already; it stays as it is. Name another file.")
    try:
        put(goal, default_template())
    except OSError as error:
        raise UsageError(f"{goal} cannot be written: {error.strerror}.") from None
    say(f"{goal} is our template. Give it your look in PowerPoint (View, Slide Master), keep the names of layouts and placeholders, then: "
        f"handrail export pack --board BOARD --format pptx --template {goal.name}")  # fmt: skip
    return 0
