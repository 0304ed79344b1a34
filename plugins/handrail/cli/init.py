"""`handrail init`: a governed repository from nothing."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

from handrail.cli.terminal import UsageError, say, today
from handrail.model.words import PERSON_ID
from handrail.scaffold.ci import Host, host_of
from handrail.scaffold.repository import AlreadyThere, Wishes, lay_down, starter
from handrail.slips import near
from handrail.yaml_text import inline

EXAMPLES = """examples:
  handrail init plans --organisation "Northern Water"
  handrail init plans --pmo-head a.king --sponsor b.lee --manager c.roy --chair d.poe
                                      with your own staff handles wherever somebody is named
  handrail init trial --sample        with a fictional organisation and its projects, to look around
  handrail init plans --host gitlab   with the gate for GitLab only; none leaves it out
  handrail init plans --observe       nothing blocks at first; the days on which it begins stand in the policy"""


_HANDLES = {
    "pmo-head": "who heads the PMO and keeps the standards", "sponsor": "the first sponsor",
    "manager": "the first project manager", "chair": "the chair of the portfolio board",
}  # fmt: skip
_DEFAULTS = {"pmo-head": "pmo.head", "sponsor": "first.sponsor", "manager": "first.manager", "chair": "board.chair"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to start it; must be empty or not there")
    parser.add_argument("--organisation", default="Our organisation", metavar="NAME", help="its name")
    parser.add_argument("--currency", default="EUR", metavar="CODE", help="the currency of comparisons (default: EUR)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="such as Europe/Paris (default: UTC)")
    for name, what in _HANDLES.items():
        default = _DEFAULTS[name]
        help_text = f"staff handle of {what} (default: {default})"
        parser.add_argument(f"--{name}", default=default, metavar="HANDLE", help=help_text)
    parser.add_argument(
        "--sample", action="store_true", help="lay down the fictional organisation and its projects too"
    )
    parser.add_argument("--observe", action="store_true", help="let every rule only watch at first")
    parser.add_argument(
        "--host", choices=("github", "gitlab", "both", "none"),
        help="whose CI to lay down (default: that of the folder's remote, else both)",
    )  # fmt: skip
    parser.add_argument("--no-git", action="store_true", help="do not make it a Git repository")


def _wishes(args: argparse.Namespace) -> Wishes:
    """What was asked for; what cannot be is refused before anything is written."""
    if wrong := list(_wrong(args)):
        raise UsageError("nothing was written. " + " ".join(wrong) if len(wrong) > 1 else wrong[0])
    return Wishes(
        organisation=args.organisation, currency=args.currency, timezone=args.timezone, today=today(), sample=args.sample,
        observe=args.observe, hosts=_hosts(args.host, args.folder), pmo_head=args.pmo_head, sponsor=args.sponsor, manager=args.manager, chair=args.chair,
    )  # fmt: skip


def _hosts(given: str | None, folder: Path) -> tuple[Host, ...]:
    """The hosts whose CI is wanted; without a word, the one that the folder's fresh clone comes from."""
    if given is None and (folder / ".git").exists():
        import git

        try:
            with git.Repo(folder) as repository:
                known = {host_of(url) for remote in repository.remotes for url in remote.urls}
        except (git.GitError, ValueError):
            known = set()
        if "github" in known and "gitlab" not in known:
            return ("github",)
        if "gitlab" in known and "github" not in known:
            return ("gitlab",)
    chosen: dict[str, tuple[Host, ...]] = {"github": ("github",), "gitlab": ("gitlab",), "none": ()}
    return chosen.get(given or "both", ("github", "gitlab"))


def _wrong(args: argparse.Namespace) -> Iterator[str]:
    """Everything that cannot be as it was asked for, a sentence each."""
    if not re.fullmatch(r"[A-Z]{3}", args.currency):
        upper = args.currency.upper()
        example = upper if re.fullmatch(r"[A-Z]{3}", upper) else "EUR"
        yield f"`--currency {args.currency}` is no currency; write its three capital letters, such as {example}."
    if not args.organisation.strip():
        yield "An organisation has a name; write it after `--organisation`."
    if args.timezone not in available_timezones():
        guess = near(args.timezone, available_timezones()) or "Europe/Paris"
        yield f"`--timezone {args.timezone}` is no time zone; write it as {guess}."
    handles = {name: getattr(args, name.replace("-", "_")) for name in _HANDLES}
    for name, handle in handles.items():
        if not re.fullmatch(PERSON_ID, handle) or inline(handle) != handle:
            yield f"`--{name} {handle}` is no staff handle; write it as j.okafor."
    if args.sponsor == args.manager:
        yield "Sponsor and project manager are two different people; name another handle for one of them."
    if args.sample and handles != _DEFAULTS:
        yield "The sample has its own people; leave out the handles, or leave out `--sample`."


def _called(folder: Path) -> str:
    """A folder as people say it."""
    return "this folder" if folder == Path() else str(folder)


def run(args: argparse.Namespace) -> int:
    """Lay the starter down."""
    folder: Path = args.folder
    wishes = _wishes(args)
    files = starter(wishes)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lay_down(folder, files)
    except AlreadyThere:
        raise UsageError(
            f"{_called(folder)} is not empty; name a folder that is not there yet, such as `handrail init governance`."
        ) from None
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from None
    if not args.no_git:
        _make_git(folder)
    say(f"{len(files)} files are in {_called(folder)}. Next:\n")
    if folder != Path():
        say(f"  cd {folder}")
    if args.sample:
        say(
            "  handrail check              what there is to remark\n  handrail serve              the site, on this machine"
        )
    else:
        say(
            "  # say who you are, below standards/: handrail.yaml, people/people.yaml, policy/boards.yaml, policy/taxonomy.yaml,\n"
            "  # policy/rates.yaml, strategy/objectives.yaml, and the `owner:` of every page; README.md has the list"
        )
        who = f"--sponsor {args.sponsor} --manager {args.manager}"
        say(f'  handrail new project my-project --tier small --name "My project" {who}\n  handrail check')
    if not args.no_git:
        say('  git add -A && git commit -m "Begin"')
    return 0


def _make_git(folder: Path) -> None:
    """A repository of its own, unless the folder lies in one already."""
    import git

    try:
        git.Repo(folder, search_parent_directories=True).close()
    except git.InvalidGitRepositoryError:
        git.Repo.init(folder, initial_branch="main").close()
