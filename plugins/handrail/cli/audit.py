"""`handrail audit`: a period's population and sample, merges judged again, evidence packs and their check, findings."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from handrail import english
from handrail.cli.progress import Progress
from handrail.cli.terminal import (
    UsageError,
    add_as_of,
    add_format,
    add_output,
    add_root,
    day,
    nobody,
    root_of,
    say,
    today,
    write_output,
)
from handrail.english import count
from handrail.whole_file import put

if TYPE_CHECKING:
    from handrail.model.repository import Repository

EXAMPLES = """examples:
  handrail audit start au-2027-1 --from 2026-07-01 --to 2026-12-31 --sample 25 --seed 7
                                              the population of the period and a sample, in standards/audits/au-2027-1/
  handrail audit start au-2027-1 --from 2026-07-01 --to 2026-12-31 --at audit-2027-1 --output au-2027-1.zip
                                              the same, and a frozen evidence pack of a tag
  handrail audit replay --from 2026-07-01 --to 2026-12-31
                                              merges that the gate would have stopped, and that went in
  handrail audit office --from 2026-07-01 --to 2026-12-31
                                              what people of the PMO changed in plans that others lead
  handrail audit verify au-2027-1.zip         whether a byte of the pack or of the repository was changed since
  handrail audit status                       every finding and what became of it

The auditor runs it and commits what it writes. `replay` ends with status 1 where something went past the gate, `verify`
where something was changed. A pack holds restricted projects too: hand it on with care."""
_TYPES = ("compliance", "health", "gate", "deep", "pmo")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="start|replay|office|verify|status")
    start = parts.add_parser("start", help="population, sample, and with --at an evidence pack", allow_abbrev=False)
    start.add_argument("id", help="the audit's id, such as au-2027-1")
    _period(start)
    start.add_argument(
        "--sample", type=_number, default=25, metavar="N", help="how many of the population (default: 25)"
    )
    start.add_argument("--seed", type=_number, default=1, metavar="N", help="draws another sample (default: 1)")
    start.add_argument("--at", metavar="TAG", help="freeze an evidence pack of this tag or commit")
    start.add_argument("--output", type=Path, metavar="PATH", help="the pack: a zip, or a new folder (default: ID.zip)")
    start.add_argument("--title", help="what is audited (default: made from the period)")
    start.add_argument("--type", choices=_TYPES, default="compliance", help="what sort it is (default: compliance)")
    start.add_argument(
        "--auditor", action="append", default=[], metavar="PERSON", help="who does it (default: whoever holds the role)"
    )
    add_root(start)
    again = parts.add_parser("replay", help="judge every merge of a period again", allow_abbrev=False)
    _period(again)
    again.add_argument("--head", default="HEAD", metavar="REV", help="the main line (default: HEAD)")
    add_format(again, "text", "json", "markdown")
    add_output(again)
    add_root(again)
    office = parts.add_parser("office", help="what the PMO changed in plans that others lead", allow_abbrev=False)
    _period(office)
    office.add_argument("--head", default="HEAD", metavar="REV", help="the main line (default: HEAD)")
    add_format(office, "text", "json")
    add_output(office)
    add_root(office)
    check = parts.add_parser("verify", help="check a pack against the repository", allow_abbrev=False)
    check.add_argument("pack", type=Path, help="the zip or folder")
    add_root(check)
    follow = parts.add_parser("status", help="findings and what became of them", allow_abbrev=False)
    add_format(follow, "text", "json")
    add_as_of(follow)
    add_root(follow)


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", type=day, required=True, metavar="DATE", help="the first day of the period"
    )
    parser.add_argument("--to", dest="last", type=day, required=True, metavar="DATE", help="its last day")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:  # noqa: PLR2004 - digits of a number that means something
        raise argparse.ArgumentTypeError(f"{text} is no number; write it as 25")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Do one part."""
    from handrail.audit.bundle import PackFault
    from handrail.git import GitFault

    root = root_of(args.root).absolute()
    if getattr(args, "first", None) and args.first > args.last:
        raise UsageError(f"the period ends ({args.last}) before it begins ({args.first}).")
    try:
        return {"start": _start, "replay": _replay, "office": _office, "verify": _verify, "status": _status}[args.part](
            args, root
        )
    except PackFault as fault:
        raise UsageError(str(fault)) from None
    except GitFault as fault:
        raise UsageError(str(fault)) from None


def _start(args: argparse.Namespace, root: Path) -> int:
    """Write the audit's plan and population and, of a tag, the pack; then say what is in them."""
    from handrail.audit.pack import dump, line_for, pack, question
    from handrail.audit.population import completeness, counts, population, sample
    from handrail.audit.start import FOLDER, NOTES, written_plan
    from handrail.edit import NotEditable
    from handrail.load import FolderTree, load

    _id(args.id)
    if args.output is not None and args.at is None:
        raise UsageError("a pack is frozen from a tag: add --at TAG, or leave --output out.")
    repository = load(FolderTree(root)).repository
    auditors = _auditors(args.auditor, repository)
    asked = question(
        root, args.id, args.at or "HEAD", first=args.first, last=args.last, size=args.sample, seed=args.seed
    )  # fmt: skip
    line = line_for(root, asked)
    members = population(line)
    files: dict[str, bytes] | None = None
    if args.at is not None:
        with Progress("Judging merges again") as progress:
            files = pack(root, asked, progress.tick)
    folder = root / FOLDER / args.id
    plan = folder / "audit.yaml"
    title = args.title or f"Gates, changes and deviations, {args.first} to {args.last}"
    try:
        old = plan.read_text(encoding="utf-8") if plan.is_file() else None
        text = written_plan(old, asked, files, title=title, sort=args.type, auditors=auditors, today=_day(repository))
    except (OSError, UnicodeDecodeError, NotEditable) as error:
        raise UsageError(f"{plan} cannot be extended: {error}.") from None
    place = _write_pack(args, files) if files is not None else None
    write_output(text, plan)
    write_output(dump(members).decode(), folder / NOTES)
    told = completeness(line)
    parts = ", ".join(count(number, sort) for sort, number in counts(members).items() if number)
    say(
        f"{count(len(members), 'change')} in {count(len(line.landed), 'commit')} of the main line: {parts or 'nothing that an audit counts'}."
    )
    gaps = told["paths_that_no_commit_explains"]
    whole = "each commit follows the one before it, and every difference is explained by one of them"
    say(
        f"Complete: {whole}."
        if line.unbroken and not gaps
        else f"NOT complete: no commit explains {count(len(gaps), 'difference')}."
    )
    if line.first < line.began:
        say(f"The history begins on {english.day(line.began)}: nothing is known of the days before.")
    if line.last > (now := today(repository.organisation.timezone)):
        say(f"The period is not over: what comes in after {english.day(now)} is not in it yet.")
    if line.backwards:
        say(
            f"Dated before the one that they follow: {count(len(line.backwards), 'commit')}; the order counts, not the clock."
        )
    for one in sample(members, asked.size, asked.seed):
        say(f"   {one.on[:10]}  {one.sort:<13}  {one.how:<7}  {one.project or '-':<16}  {one.what}")
    say(f"\nWritten: {plan.relative_to(root)} and {NOTES} beside it." + (f" The pack is {place}." if place else ""))
    return 0


def _id(name: str) -> None:
    import re

    from handrail.model.words import PROJECT_ID

    if not re.fullmatch(PROJECT_ID, name) or len(name) > 40:  # noqa: PLR2004 - as for every folder's name
        raise UsageError(f"`{name}` cannot name an audit; write small letters, digits and hyphens, such as au-2027-1.")


def _auditors(given: list[str], repository: Repository) -> tuple[str, ...]:
    unknown = next((one for one in given if one not in repository.people), None)
    if unknown is not None:
        raise nobody(unknown, repository.people)
    found = given or [one.id for one in repository.people.values() if any(role.role == "auditor" for role in one.roles)]
    if not found:
        raise UsageError("nobody holds the role of auditor; name who does it: `--auditor HANDLE`.")
    return tuple(dict.fromkeys(found))


def _day(repository: Repository) -> date:
    return repository.organisation.as_of or today(repository.organisation.timezone)


def _write_pack(args: argparse.Namespace, files: dict[str, bytes]) -> Path:
    """A zip where the name says so, else a folder that must be new or empty."""
    from handrail.audit.bundle import zipped

    place: Path = args.output or Path(f"{args.id}.zip")
    try:
        if place.suffix == ".zip":
            put(place, zipped(files))
            return place
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise UsageError(f"{place} is there already; name a new folder, or a file that ends in .zip.")
        place.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            put(place / name, data)
    except OSError as error:
        raise UsageError(f"{place} cannot be written: {error.strerror}.") from None
    return place


def _replay(args: argparse.Namespace, root: Path) -> int:
    """Judge the merges of a period again; status 1 where something went past the gate."""
    from handrail.audit import words
    from handrail.audit.line import line_of
    from handrail.audit.replay import replay
    from handrail.git import Git
    from handrail.history import zone_of
    from handrail.load import FolderTree
    from handrail.load.law import read_law
    from handrail.load.reading import Reading

    zone = zone_of(read_law(Reading(tree=FolderTree(root), currency="EUR")).organisation.timezone)
    line = line_of(Git(root), args.head, args.first, args.last, zone)
    with Progress("Judging merges again") as progress:
        ones = tuple(replay(root, line, zone, progress.tick))
    if args.format == "json":
        text = json.dumps(words.replay_data(line, ones), indent=2, ensure_ascii=True, default=str) + "\n"
    else:
        write = words.replay_markdown if args.format == "markdown" else words.replay_text
        text = "\n".join(write(line, ones)) + "\n"
    write_output(text, args.output)
    return 1 if words.suspicious(ones) else 0


def _office(args: argparse.Namespace, root: Path) -> int:
    """Commits of the office in files that project managers own."""
    from handrail.audit.office import office_changes
    from handrail.audit.words import office_text
    from handrail.git import Git
    from handrail.load import FolderTree, load

    repository = load(FolderTree(root)).repository
    found = office_changes(Git(root), repository, args.first, args.last, args.head)
    if args.format == "json":
        text = json.dumps(asdict(found), indent=2, ensure_ascii=True, default=str) + "\n"
    else:
        text = "\n".join(office_text(found)) + "\n"
    write_output(text, args.output)
    return 0


def _verify(args: argparse.Namespace, root: Path) -> int:
    """Say everything that was changed since the pack was made."""
    from handrail.audit.bundle import read_pack
    from handrail.audit.verify import verify
    from handrail.report.safe import safe

    files, raw = read_pack(args.pack)
    with Progress("Judging merges again") as progress:
        wrong = verify(root, files, raw, progress.tick)
    if not wrong:
        say(
            f"Nothing was changed: every byte of {args.pack} follows from the repository, and the repository is as it was."
        )
        return 0
    say(f"{len(wrong)} {'thing is' if len(wrong) == 1 else 'things are'} not as they were:")
    for one in wrong:
        say(f"   {safe(one.where)}: {safe(one.what)}")
    return 1


def _status(args: argparse.Namespace, root: Path) -> int:
    """Findings, what is late first."""
    from handrail.audit.words import follow_text
    from handrail.compute.follow_up import follow_up
    from handrail.load import FolderTree, load

    repository = load(FolderTree(root)).repository
    found = follow_up(repository, args.as_of or _day(repository))
    if args.format == "json":
        write_output(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=True, default=str) + "\n", None)
        return 0
    for line in follow_text(found):
        say(line)
    return 0
