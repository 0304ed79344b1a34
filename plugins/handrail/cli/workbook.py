"""The Excel round trip on the command line: `handrail export xlsx` and `handrail import xlsx`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from handrail import english
from handrail.cli.terminal import UsageError, root_of, say, today, unknown
from handrail.whole_file import put

if TYPE_CHECKING:
    from handrail.exchange.xlsx.book import Origin
    from handrail.exchange.xlsx.importer import Imported
    from handrail.exchange.xlsx.layout import Book
    from handrail.git import Git
    from handrail.load import Loaded
    from handrail.model.repository import Repository
    from handrail.remark import Remark

_SHOWN = 8
_SENTENCES = 20
_REMARKS = 10


def export_book(args: argparse.Namespace) -> int:
    """Write the workbook of one project, of the portfolio, or of each project, as the newest commit has it."""
    from handrail.exchange.xlsx.sheets import PORTFOLIO, book_of
    from handrail.git import GitFault, resolve

    if args.as_of is not None:
        raise UsageError(
            "a workbook holds what is committed now, so that it can come back: leave --as-of out. As it stood on a day: "
            f"`handrail export csv --all DIR --as-of {args.as_of}`."
        )
    root = root_of(args.root)
    try:
        git = _git(root)
        commit = resolve(git, "HEAD")
        wanted = args.what.removeprefix("projects/").rstrip("/")
        repository = _loaded(git, commit, wanted).repository
        when = _when(git, commit)
    except GitFault as fault:
        raise UsageError(f"{fault}") from None
    if sum((args.portfolio, args.all is not None, wanted != PORTFOLIO)) != 1:
        raise UsageError(
            "name one project, or say --portfolio for all of them in one workbook, or --all DIR for one of each."
        )
    scopes = [PORTFOLIO if args.portfolio else wanted]
    if args.all is not None:
        scopes = [one.id for one in repository.plans if one.sensitivity != "restricted"]
    for scope in scopes:
        book = book_of(repository, scope)
        if book is None:
            known = [*repository.elsewhere, *(one.id for one in repository.plans)]
            raise unknown(
                "project", scope, known, "Only what is committed can go out; `handrail status` lists the projects."
            )
        goal = args.all / f"{scope}.xlsx" if args.all is not None else args.output or Path(f"{scope}.xlsx")
        _write_book(goal, book, _origin(git, repository, scope, commit, when))
    goal = args.all if args.all is not None else goal
    what = (
        f"{len(scopes)} workbook{'s' * (len(scopes) != 1)}"
        if args.all is not None
        else "every project"
        if args.portfolio
        else scopes[0]
    )
    say(f"{goal} holds {what} as of commit {commit[:12]} ({english.day(when)}).")
    if _touched(git, tuple(one.id for one in repository.plans) if args.portfolio else tuple(scopes)):
        say("What is not committed yet is not in it: commit it first if it should be.", error=True)
    say(f"Change it in Excel, then: handrail import xlsx {goal / 'PROJECT.xlsx' if args.all is not None else goal}")
    return 0


def _origin(git: Git, repository: Repository, scope: str, commit: str, when: datetime) -> Origin:
    from handrail.exchange.xlsx.book import Origin

    return Origin(
        format=1, commit=commit, when=when, path=git.prefix or ".", scope=scope,
        organisation=repository.organisation.organisation,
    )  # fmt: skip


def _write_book(goal: Path, book: Book, origin: Origin) -> None:
    from handrail.exchange.xlsx.book import workbook

    try:
        put(goal, workbook(book, origin))
    except OSError as error:
        raise UsageError(f"{goal} cannot be written: {error.strerror}.") from None


def import_book(args: argparse.Namespace) -> int:
    """Merge a workbook into the plans, and put what it changes on a branch of its own. 1 where something needs a person."""
    from handrail.exchange.xlsx.guard import MOST_BYTES, Refused
    from handrail.exchange.xlsx.importer import imported, source_of
    from handrail.exchange.xlsx.report import render
    from handrail.git import GitFault, resolve
    from handrail.git.branch import refuse_branch

    root = root_of(args.into)
    try:
        if args.file.is_file() and args.file.stat().st_size > MOST_BYTES:
            raise UsageError(
                f"{args.file} has more than {MOST_BYTES:,} bytes, which is too much for registers. Nothing was imported."
            )
        source = source_of(args.file.read_bytes())
        git = _git(root)
        onto = resolve(git, args.onto)
        base = _base(git, source.commit, source.scope)
        now = _loaded(git, onto, source.scope)
        done = imported(
            source,
            base,
            now.repository,
            day=args.as_of or now.repository.organisation.as_of or today(now.repository.organisation.timezone),
            deleted=args.deleted,
        )
        name = args.branch or f"excel/{source.scope}-{source.sha256[:8]}"
        if done.files and not args.dry_run:
            refuse_branch(git, name)
    except Refused as refused:
        raise UsageError(f"{refused.message} {refused.fix} Nothing was imported.") from None
    except OSError as error:
        raise UsageError(f"{args.file} cannot be read: {error.strerror}.") from None
    except GitFault as fault:
        raise UsageError(f"{fault} Nothing was imported.") from None
    _report(args, render(done, args.report, name=args.file.name))
    if done.files:
        _hand_over(args, git, done, now, onto, name)
    else:
        say("No plan changes, so no branch was made.")
    if done.open:
        say(
            f"{len(done.open)} of the file's entries need you: they stand above, and nothing of them went in.",
            error=True,
        )
    return 1 if done.open else 0


def _hand_over(  # noqa: PLR0913, PLR0917 - as it is told
    args: argparse.Namespace, git: Git, done: Imported, now: Loaded, onto: str, name: str
) -> None:  # fmt: skip
    """The commit, what it means, and what to do next."""
    from handrail.git import GitFault
    from handrail.git.branch import commit_on_branch
    from handrail.load import load
    from handrail.scaffold.records.make import Overlay

    after = load(Overlay(now.repository.tree, done.files), elsewhere=now.repository.elsewhere)
    sentences = list(_sentences(now, after))
    for one in sentences:
        say(one)
    known = {one.fingerprint for one in now.remarks}
    fresh = [one for one in after.remarks if one.fingerprint not in known]
    for remark in fresh[:_REMARKS]:
        say(f"The check will say{_typed(done, remark)}: {remark.message} {remark.fix}".rstrip())
    if args.dry_run:
        say("Nothing was written (--dry-run).")
        return
    scope = "the portfolio" if done.source.scope == "portfolio" else done.source.scope
    words = "\n".join(f"- {one}" for one in sentences[:_SENTENCES])
    message = (
        f"Update {scope} from Excel\n\n{words}\n\nWorkbook {done.source.sha256}, made from {done.source.commit}.\n"
    )
    try:
        commit = commit_on_branch(git, onto, done.files, name, message)
    except GitFault as fault:
        raise UsageError(f"{fault} Nothing was imported.") from None
    say(
        f"Branch {name} holds it in commit {commit[:12]}, one step after {onto[:12]}. Your folder and every other branch are as they were."
    )
    say(f"Look at it:  handrail check --base {args.onto} --head {name}")
    say(f"Hand it in:  git push origin {name}")


def _typed(done: Imported, remark: Remark) -> str:
    """The cells that hold what a remark quotes."""
    cells = [
        f"{one.sheet} {one.at}"
        for one in done.done
        if one.project == remark.project and one.yours and f"`{one.yours}`" in remark.message
    ]
    return f" of {english.listed(cells)}" if cells else ""


def _sentences(before: Loaded, after: Loaded) -> Iterator[str]:
    from handrail.change import compare, told
    from handrail.compute.portfolio import compute

    day = before.repository.organisation.as_of or today(before.repository.organisation.timezone)
    for one in told(compare(compute(before.repository, day), compute(after.repository, day))):
        yield one.sentence


def _report(args: argparse.Namespace, text: str) -> None:
    if args.output is None:
        say(text.rstrip("\n"))
        return
    try:
        put(args.output, text)
    except OSError as error:
        raise UsageError(f"{args.output} cannot be written: {error.strerror}.") from None


def _git(root: Path) -> Git:
    from handrail.git import Git

    return Git(root)


def _base(git: Git, commit: str, scope: str) -> Repository:
    """The plans of the commit that a workbook says it was made from; the text comes from the file, so it is only ever a name."""
    from handrail.exchange.xlsx.guard import Refused
    from handrail.git import Objects
    from handrail.git.revisions import is_hash

    objects = Objects(git)
    there = objects.get(commit) if is_hash(commit) else None
    objects.close()
    if there is None or there.kind != "commit":
        shown = ascii(commit)[1:-1][:12]
        raise Refused(
            f"The workbook was made from commit {shown}, which this clone does not have.",
            "Fetch it (`git fetch --all`), or import where it was exported.",
        )
    return _loaded(git, commit, scope).repository


def _loaded(git: Git, commit: str, scope: str) -> Loaded:
    """The law of a commit with the project that is wanted, or with all; of a thousand projects, one needs only itself."""
    from handrail.exchange.xlsx.sheets import PORTFOLIO
    from handrail.git import PartTree, RevisionTree
    from handrail.load import load

    tree = RevisionTree(git, commit)
    if scope == PORTFOLIO:
        return load(tree)
    part = PartTree(tree, tree, [scope] if scope in tree.folders else [])
    return load(part, elsewhere=tuple(one for one in tree.folders if one != scope))


def _when(git: Git, commit: str) -> datetime:
    from handrail.git.commits import commits_named

    return commits_named(git, [commit])[0].committed_on


def _touched(git: Git, projects: tuple[str, ...]) -> bool:
    from handrail.git import WorkTree

    return bool(WorkTree(git).projects & set(projects))
