"""`handrail upgrade`: plans to the present version of their template, and files to the format of this version."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

from handrail.cli.terminal import UsageError, add_root, root_of, say, write_output
from handrail.compute.health import ENDED
from handrail.load.tree import MARKER
from handrail.model.repository import Repository

EXAMPLES = """examples:
  handrail upgrade --dry-run                what would change, line by line; nothing is written
  handrail upgrade                          every plan that has not ended
  handrail upgrade visitor-desk             one plan

Migrations in standards/migrations/ say which fields of a template were renamed or added; what is there already stays as it
is, so running it twice changes nothing. Records and ended projects are never touched. Look at it with `git diff`, then
run `handrail check`."""
_HELD = (".yaml", ".md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("project", nargs="?", help="one project's id (default: every one that has not ended)")
    parser.add_argument("--dry-run", action="store_true", help="only show the lines that would change")
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
    for path, text in changed.items():
        for line in _shown(path, files[path], text):
            say(safe(line))
        if not args.dry_run:
            write_output(text, root / path)
    if not changed:
        say(
            f"Nothing to do: the files are in format {FORMAT}, and every plan follows the present version of its template."
        )
    else:
        say(
            f"\n{len(changed)} {'file' if len(changed) == 1 else 'files'} {'would change' if args.dry_run else 'changed'}."
        )
    return 0


def _read(path: Path) -> str:
    """A text with its line ends as they are; what is no text is left to the check."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _templates(project: str | None, repository: Repository, files: Mapping[str, str]) -> dict[str, str]:
    from handrail.scaffold.upgrade.templates import migrations_for, moved

    plans = {one.id: one for one in repository.plans}
    if project is not None and project not in plans:
        raise UsageError(f"there is no project `{project}` that can be read. There are: {', '.join(sorted(plans))}.")
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
        changed |= moved(own, migrations_for(one, repository))
    return changed


def _shown(path: str, old: str, new: str) -> Iterator[str]:
    yield f"{path}"
    for line in unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0):
        if not line.startswith(("---", "+++")):
            yield f"   {line}"
