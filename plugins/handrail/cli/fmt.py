"""`handrail fmt`: lay data files out as the form editor writes them, with every value and comment kept."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from handrail.cli.terminal import UsageError, add_root, root_of, say
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail fmt                         every data file of every project
  handrail fmt projects/visitor-desk   one project
  handrail fmt --check                 only lists what would change; exit status 1 when there is something

What the form editor saves is then exactly the edited lines. Values and comments stay; published reports, baselines and
approvals are left as they are. How a file is laid out never stops a change: this is a help, not a rule."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or folders of projects/ or standards/ (default: projects)"
    )  # fmt: skip
    parser.add_argument("--check", action="store_true", help="only list what would change, and write nothing")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Lay out anew what can be; say what cannot."""
    from handrail.canonical import NotFormattable, formatted

    root = root_of(args.root).resolve()
    changed = looked = 0
    for name in _files(root, args.paths):
        looked += 1
        path = root / name
        try:
            before = path.read_bytes().decode("utf-8")
            after = formatted(before, page=name.endswith(".md"))
        except (UnicodeDecodeError, NotFormattable) as error:
            why = "it is not saved as UTF-8" if isinstance(error, UnicodeDecodeError) else str(error).rstrip(".")
            say(f"{name} was left as it is: {why}.", error=True)
            continue
        if after == before:
            continue
        changed += 1
        say(name)
        if not args.check:
            try:
                put(path, after)
            except OSError as error:
                raise UsageError(f"{name} cannot be written: {error.strerror}.") from None
    what = "would be laid out anew" if args.check else "laid out anew"
    say(f"{changed} of {looked} files {what}." if changed else f"{looked} files, all laid out already.")
    return 1 if args.check and changed else 0


def _files(root: Path, given: Iterable[Path]) -> Iterator[str]:
    """The data files below what was named, by their paths in the repository; what is frozen or no data is left out."""
    from handrail.load.tree import FolderTree
    from handrail.model.kinds import kind_of

    wanted = [_inside(root, one) for one in given] or ["projects"]
    known = FolderTree(root).paths()
    for one in wanted:
        found = [path for path in known if path == one or path.startswith(f"{one}/")]
        if not found:
            raise UsageError(f"there is nothing to lay out at {one}: name a file or folder of projects/ or standards/.")
        for path in found:
            kind = kind_of(path)
            data = kind is not None and kind[0].behaviour != "report" and kind[0].name not in {"rule", "rule cases"}
            if data and PurePosixPath(path).suffix in {".yaml", ".md"}:
                yield path


def _inside(root: Path, given: Path) -> str:
    """A path as the repository knows it."""
    for place in (Path.cwd() / given, root / given):
        found = place.resolve()
        if place.exists() and found.is_relative_to(root):
            return found.relative_to(root).as_posix()
    return given.as_posix()
