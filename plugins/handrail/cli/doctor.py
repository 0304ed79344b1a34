"""`handrail doctor`: what would let a change slip past the gate."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handrail.cli.progress import judged
from handrail.cli.terminal import UsageError, add_as_of, add_format, add_output, add_root, root_of, write_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handrail.compute.facts import Portfolio
    from handrail.doctor.gap import Gap
    from handrail.export.codeowners import Host

EXAMPLES = """examples:
  sh .ci/github/settings.sh settings.json     what GitHub is set to do; needs gh, jq and an administrator's login
  handrail doctor --settings settings.json
  handrail doctor                             only the repository's own files and this clone

exit status: 0 nothing lets a change slip past, 1 something does, 2 wrong use"""
_LARGEST = 20_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--settings", type=Path, metavar="FILE", help="the host's settings, as .ci/github/settings.sh or .ci/gitlab/settings.sh writes them"
    )  # fmt: skip
    add_format(parser, "text", "markdown", "json")
    add_output(parser)
    add_as_of(parser)
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Look at the host, the files and the clone; the worst is said first."""
    from handrail.doctor import clone, write
    from handrail.doctor.gap import worst_first
    from handrail.load import FolderTree
    from handrail.scaffold.ci import ci_files
    from handrail.scaffold.repository import starter_root

    root = root_of(args.root)
    settings = _settings(args.settings) if args.settings else None
    portfolio = judged(root, args.as_of).portfolio
    said = settings["host"] if settings else None
    kind = said or portfolio.repository.organisation.host_kind
    host: Host | None = "github" if kind == "github" else "gitlab" if kind == "gitlab" else None
    gaps: list[Gap] = list(_host(settings))
    laid_down = ci_files(FolderTree(starter_root()), (host,) if host else ("github", "gitlab"))
    gaps += clone.gaps_of(root, clone.clone_of(root), laid_down, host)
    gaps += _owners(
        root,
        portfolio,
        host or ("gitlab" if (root / ".gitlab-ci.yml").is_file() and not (root / ".github").is_dir() else "github"),
    )
    found = worst_first(gaps)
    form = {"text": write.text, "markdown": write.markdown, "json": write.document}[args.format]
    write_output(form(found), args.output)
    return 1 if any(one.weight in {"open", "weak"} for one in found) else 0


def _settings(path: Path) -> dict[str, Any]:
    """The exported settings. Raises UsageError where they are none."""
    how = "Export them with .ci/github/settings.sh or .ci/gitlab/settings.sh."
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path} is too large for a host's settings. {how}")
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. {how}") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is no JSON. {how}") from None
    if not isinstance(value, dict) or value.get("host") not in {"github", "gitlab"}:
        raise UsageError(f"{path} does not say whose settings it has. {how}")
    return value


def _host(settings: dict[str, Any] | None) -> Iterator[Gap]:
    from handrail.doctor import github, gitlab
    from handrail.doctor.gap import Gap
    from handrail.doctor.host import gaps_of

    if settings is None:
        yield Gap(
            id="settings", weight="weak", what="The host's settings were not looked at.", slips="Whatever they let through.",
            fix="Export them with .ci/github/settings.sh or .ci/gitlab/settings.sh, and name the file with --settings.",
        )  # fmt: skip
        return
    yield from gaps_of((github if settings["host"] == "github" else gitlab).read(settings))


def _owners(root: Path, portfolio: Portfolio, host: Host) -> Iterator[Gap]:
    """CODEOWNERS against the policy, and what guards the guards."""
    from handrail.compute.path_owners import owned_paths
    from handrail.doctor.gap import Gap
    from handrail.export.codeowners import codeowners, same

    owned = owned_paths(portfolio.repository, portfolio.as_of)
    made = codeowners(owned, portfolio.repository.people, host)
    try:
        there = (root / "CODEOWNERS").read_text(encoding="utf-8", errors="replace")
    except OSError:
        there = None
    write = f"`handrail codeowners --host {host}` writes it; commit it by itself, apart from plans."
    if there is None:
        yield Gap(id="codeowners", weight="open", what="There is no CODEOWNERS, so the host asks nobody in particular.",
                  slips="A change of rules, people or workflows, reviewed by any colleague of its author.", fix=write)  # fmt: skip
    elif not same(there, made.text):
        yield Gap(id="codeowners", weight="weak", what="CODEOWNERS does not say what the policy says today.",
                  slips="Changes that the wrong people are asked about.", fix=write)  # fmt: skip
    if host == "github" and (root / ".github" / "CODEOWNERS").exists():
        yield Gap(id="codeowners-twice", weight="open", what="A second list of owners in .github/ hides CODEOWNERS.",
                  slips="The host reads only that one, and the policy has no say in it.", fix="Remove .github/CODEOWNERS.")  # fmt: skip
    if len(owned[-1].people) == 1:
        yield Gap(id="one-guard", weight="note", what=f"Only {owned[-1].people[0]} guards the rules and the gate itself.",
                  slips="Nothing, but while that person is away nothing there can change, or somebody lifts the guard.",
                  fix="Give a second person the role of `pmo head` for that time, or widen `machinery` in ownership.yaml.")  # fmt: skip
