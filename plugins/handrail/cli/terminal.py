"""What all commands share: words on the terminal, the root, the day, and what to do with a fault of ours."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from errno import EACCES, EDQUOT, EFBIG, EIO, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import NoReturn

from handrail.clock import day_at
from handrail.compute.written import as_day
from handrail.load.tree import MARKER, find_root

_FIRST_YEAR, _LAST_YEAR = 1900, 2999


class UsageError(Exception):
    """The command was used wrongly, or the settings do not fit; the text says how to mend it."""


def unknown(what: str, name: str, known: Iterable[str], otherwise: str) -> UsageError:
    """Nothing of this kind has the name: which was probably meant, or where to look."""
    from handrail.slips import near

    guess = near(name, known)
    return UsageError(f"there is no {what} `{name}`. " + (f"Did you mean `{guess}`?" if guess else otherwise))


def no_project(name: str, known: Iterable[str], broken: Iterable[str] = ()) -> UsageError:
    """No project has the name, or the one that has it cannot be read."""
    if name in broken:
        return UsageError(f"the plan of `{name}` cannot be read; `handrail check projects/{name}` says why.")
    return unknown("project", name, known, "`handrail status` lists them.")


def too_early(asked: date, began: date) -> UsageError:
    """The history says nothing of a day."""
    from handrail import english

    return UsageError(
        f"the history does not go back to {english.day(asked)}: it begins on {english.day(began)}. Name a later day."
    )


def nobody(name: str, known: Iterable[str]) -> UsageError:
    """The directory of people has no such handle."""
    return unknown("person", name, known, f"{PEOPLE} has the handles.")


PEOPLE = "standards/people/people.yaml"
_SPACE = "Make room on the disk."
_RIGHTS = "See that you may read and write there, or name another place."
_DISK = {
    ENOSPC: _SPACE, EDQUOT: _SPACE, EFBIG: _SPACE, EACCES: _RIGHTS, EPERM: _RIGHTS, EROFS: _RIGHTS,
    EIO: "The disk has a fault: save what is on it.",
}  # fmt: skip
"""What the surroundings refuse, by the number of the error, and what helps."""
_NAMES = ("Git", "Excel", "Chromium", "Microsoft", "Handrail", "Java", "Project", "MkDocs")


def after_colon(text: str) -> str:
    """A sentence as it follows `handrail:`, beginning small like those of the option parser; names stay as they are."""
    first = text.split(" ", 1)[0].strip(",.:;")
    plain = first.isalpha() and first.istitle() and first not in _NAMES
    return text[:1].lower() + text[1:] if plain else text


def say(text: str, *, error: bool = False) -> None:
    """Print a line; output that cannot be encoded is shown with replacements, never lost."""
    stream = sys.stderr if error else sys.stdout
    try:
        print(text, file=stream)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        print(text.encode(encoding, "replace").decode(encoding), file=stream)


def colours() -> bool:
    """Whether standard output is a terminal that shows colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def add_root(parser: argparse.ArgumentParser) -> None:
    """Every command that reads a repository can be told where it is."""
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository (default: here or the nearest folder above)"
    )


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """How to write what a command tells; the first way is the one without asking."""
    parser.add_argument(
        "--format", choices=formats, default=formats[0], help=f"how to write it (default: {formats[0]})"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Where to write what a command tells: `write_output` takes it."""
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to a file instead of the terminal")


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Every command that judges or shows can be told the day."""
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="judge as of this day, such as 2026-12-04 (default: today)"
    )


def day(text: str) -> date:
    """A day from the command line, of a year in which plans are made."""
    found = as_day(text) if len(text) == len("2026-12-04") else None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2026-12-04")
    return found


def root_of(given: Path | None, start: Path | None = None) -> Path:
    """The repository's folder. Raises UsageError when there is none."""
    if given is not None:
        if not (given / MARKER).is_file():
            raise UsageError(
                f"{given} is no governed repository: it has no {MARKER}. Start one with `handrail init {given}`."
            )
        return given
    here = start or Path.cwd()
    found = find_root(here)
    if found is None:
        if (here / "HEAD").is_file() and (here / "objects").is_dir():
            raise UsageError("this is a bare repository, which holds no files: `git clone` it, and go into the clone.")
        raise UsageError(
            f"there is no governed repository here or above: no {MARKER}. Go into one, name it with --root, or start one "
            "with `handrail init DIR`."
        )
    return found


def today(zone: str | None = None) -> date:
    """Today in a time zone, by its name, or where the user is; the only place of the command line that reads the clock."""
    now = datetime.now(UTC)
    return now.astimezone().date() if zone is None else day_at(now, zone)


def write_output(text: str, output: Path | None) -> None:
    """Print, or write to the file that was named."""
    if output is None:
        sys.stdout.write(text) if _encodable(text) else say(text.rstrip("\n"))
        return
    from handrail.whole_file import put

    try:
        put(output, text)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from None


def _encodable(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _disk_words(error: Exception) -> str | None:
    """What the disk refuses, and what to do about it; None where the fault is not the disk's."""
    if not isinstance(error, OSError) or error.errno not in _DISK:
        return None
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{str(error.strerror).lower()}. {_DISK[error.errno]} Then run it again."


def failed(error: Exception) -> int:
    """Say that the disk refuses; else that this is our fault, and keep what helps to find it in a file. The exit status."""
    words = _disk_words(error)
    if words is not None:
        say(f"handrail: {words}", error=True)
        return 2
    say(
        f"handrail: this is a fault in Handrail, not in your files ({type(error).__name__}). What helps to find it is in "
        f"{_log(error)}; please send it to whoever looks after Handrail for you.",
        error=True,
    )
    return 3


def _log(error: Exception) -> str:
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile("w", prefix="handrail-", suffix=".log", delete=False, encoding="utf-8") as log:
            traceback.print_exception(error, file=log)
    except OSError:
        return "no file, as none can be written"
    return log.name


def collect_seldom() -> None:
    """Look for garbage again, but rarely: plans stay until the end, and to look at all of them again and again takes half of the time."""
    gc.enable()
    gc.set_threshold(500_000, 50, 50)


def refuse(text: str) -> NoReturn:
    """End with a word on how to use it right."""
    raise UsageError(text)
