"""`handrail upgrade`: plans to the present version of their template, and files to the format of this version."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from handrail import english
from handrail.cli.terminal import UsageError, add_root, no_project, root_of, say, write_output
from handrail.compute.health import ENDED
from handrail.load.tree import MARKER
from handrail.model.repository import Repository

EXAMPLES = """examples:
  handrail upgrade --dry-run                what would change, line by line; nothing is written
  handrail upgrade                          every plan that has not ended; on a terminal it asks before it writes
  handrail upgrade visitor-desk --yes       one plan, without being asked

Migrations in standards/migrations/ say which fields of a template were renamed or added; what is there already stays as it
is, so running it twice changes nothing. A plan says in `template` which version it follows: `handrail new project` writes
it, this command moves it. Records and ended projects are never touched. Look at it with `git diff`, then run
`handrail check`."""
_HELD = (".yaml", ".md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", nargs="?", help="one project's id (default: every one that has not ended)")
    parser.add_argument("--dry-run", action="store_true", help="only show the lines that would change")
    parser.add_argument("--yes", action="store_true", help="write without asking on a terminal")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Work out every change, show it, write it."""
    from handrail.edit import NotEditable, NotWritable
    from handrail.load import FolderTree, load
    from handrail.report.safe import safe
    from handrail.scaffold.upgrade.formats import FORMAT, FormatFault, Formats, to_own_format

    root = root_of(args.root)
    tree = FolderTree(root)
    try:
        files = {path: _read(root / path) for path in tree.paths() if path == MARKER or path.endswith(_HELD)}
        changed = to_own_format(files, Formats())
        if not changed:  # the next format is read first, by a run of its own
            repository = load(tree).repository
            changed = _templates(args.project, repository, files)
    except FormatFault as fault:
        raise UsageError(str(fault)) from None
    except (NotEditable, NotWritable) as fault:
        raise UsageError(f"a plan cannot be changed line by line: {fault}.") from None
    if not changed:
        say(
            f"Nothing to do: the files are in format {FORMAT}, and every plan follows the present version of its template."
        )
        return 0
    for path, text in changed.items():
        for line in _shown(path, files[path], text):
            say(safe(line))
    write = not args.dry_run and (args.yes or not sys.stdin.isatty() or _agreed())
    for path, text in changed.items() if write else ():
        write_output(text, root / path)
    say(f"\n{english.count(len(changed), 'file')} {'changed' if write else 'would change'}.")
    return 0


def _agreed() -> bool:
    """The word of whoever sits at the terminal; anything but yes writes nothing."""
    try:
        return input("\nWrite these lines? [y/N] ").strip().lower() in {"y", "yes"}
    except EOFError:
        return False


def _read(path: Path) -> str:
    """A text with its line ends as they are; what is no text is left to the check."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _templates(project: str | None, repository: Repository, files: Mapping[str, str]) -> dict[str, str]:
    from handrail.scaffold.upgrade.templates import upgraded

    plans = {one.id: one for one in repository.plans}
    if project is not None and project not in plans:
        raise no_project(project, plans, [one.id for one in repository.broken])
    changed: dict[str, str] = {}
    for one in plans.values():
        if (project is None and one.state in ENDED) or project not in {None, one.id}:
            continue
        if one.state in ENDED:
            raise UsageError(f"{one.id} has ended; its plan stays as it is.")
        folder = f"projects/{one.id}/"
        own = {
            path: text
            for path, text in files.items()
            if path.startswith(folder) and path.endswith(".yaml") and path.count("/") == folder.count("/")
        }
        changed |= upgraded(one, own, repository)
    return changed


def _shown(path: str, old: str, new: str) -> Iterator[str]:
    yield f"{path}"
    for line in unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0):
        if not line.startswith(("---", "+++")):
            yield f"   {line}"
