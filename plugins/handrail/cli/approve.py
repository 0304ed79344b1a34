"""`handrail approve`: put a decision on record, bound to the terms that stand there."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from handrail.cli.terminal import UsageError, add_root, day, no_project, root_of, say, today
from handrail.compute.office_approvals import KINDS
from handrail.load import FolderTree, Loaded, load
from handrail.scaffold.approval import Asked, NewApproval, kinds, may_pass, new_approval
from handrail.scaffold.office_approval import new_office_approval
from handrail.scaffold.project import NotPossible
from handrail.whole_file import put

EXAMPLES = """examples:
  handrail approve baseline BL-001 --project visitor-desk --by c.moreau
  handrail approve gate G-02 --project visitor-desk --by c.moreau --decision "go with conditions" \\
      --condition "Second offer before January, j.okafor, 2026-12-31" --releases 24000
  handrail approve change CR-003 --project visitor-desk --by c.moreau --dry-run
                                              show the record and what it binds, and write nothing
  handrail approve change CR-003 --project visitor-desk --by c.moreau --minutes minutes.pdf \\
      --present c.moreau --present p.nowak --recorded-by p.nowak
                                              where the approver does not use Git
  handrail approve standard S-RISK --by m.keller
                                              what the PMO may not agree to alone: in standards/approvals/

The record is never changed. It counts while the terms stand that it names; who commits it is part of the evidence."""
_TAKES = {
    "C": "", "M": "This decision takes minutes, or the approver's own commit.",
    "B": "This decision takes the approver's own commit: let {by} commit it.",
    "A": "This decision takes the approver's review of the pull request on the host.",
}  # fmt: skip
_WIDE = 76


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    words = [one.replace(" ", "-") for one in (*kinds(), *KINDS)]
    parser.add_argument("kind", choices=words, metavar="KIND", help=f"what is decided on: {', '.join(words)}")
    parser.add_argument("id", help="its id; for a part of the plan the project's")
    parser.add_argument("--project", metavar="ID", help=f"the project; none for {', '.join(KINDS)}")
    parser.add_argument("--by", required=True, metavar="HANDLE", help="who decided")
    parser.add_argument("--role", help="in which role (default: the one that lets them decide)")
    parser.add_argument(
        "--decision",
        help="approve, reject, go, go with conditions, rework, hold, stop or accept (default: yes in its words)",
    )
    parser.add_argument("--on", type=day, metavar="DATE", help="when (default: today)")
    parser.add_argument("--condition", action="append", default=[], metavar="TEXT[, HANDLE[, DATE]]",
                        help="what must still be done, by whom and by when; again for each")  # fmt: skip
    parser.add_argument(
        "--releases", type=_amount, metavar="AMOUNT", help="the money it sets free, in the plan's currency"
    )
    parser.add_argument(
        "--minutes", type=Path, metavar="FILE", help="the minutes; the record keeps their fingerprint only"
    )
    parser.add_argument("--minutes-ref", metavar="TEXT", help="what the minutes are called (default: the file's name)")
    parser.add_argument(
        "--present", action="append", default=[], metavar="HANDLE", help="who was there; again for each"
    )
    parser.add_argument("--recorded-by", metavar="HANDLE", help="who writes it down: neither requester nor manager")
    parser.add_argument("--dry-run", action="store_true", help="show the record and write nothing")
    add_root(parser)


def run(args: argparse.Namespace) -> int:
    """Write one file that was not there before."""
    root = root_of(args.root)
    loaded = load(FolderTree(root))
    asked = Asked(
        kind=args.kind.replace("-", " "), name=args.id, decision=args.decision, by=args.by, role=args.role,
        on=args.on or loaded.repository.organisation.as_of or today(loaded.repository.organisation.timezone), releases=args.releases, minutes=_minutes(args),
        conditions=tuple(_condition(one) for one in args.condition),
    )  # fmt: skip
    try:
        made = _made(asked, args.project, loaded)
    except NotPossible as error:
        raise UsageError(str(error)) from None
    if args.dry_run:
        say(f"{made.path} would say:\n\n{made.text}")
    else:
        _write(root / made.path, made.text)
        say(f"{made.path} is written.")
    _tell(made, args.by)
    return 0


def _made(asked: Asked, project: str | None, loaded: Loaded) -> NewApproval:
    """The record, of a project or of the PMO's own matters."""
    if asked.kind in KINDS:
        if project is not None:
            raise UsageError(f"a {asked.kind} belongs to no project: leave `--project` out.")
        return new_office_approval(asked, loaded)
    plan = next((one for one in loaded.repository.plans if one.id == project), None)
    if project is None:
        raise UsageError(f"say in which project: `--project <id>`, for a {asked.kind}.")
    if plan is None:
        raise no_project(
            project, [one.id for one in loaded.repository.plans], [one.id for one in loaded.repository.broken]
        )
    may_pass(asked, plan, loaded.repository)
    return new_approval(asked, plan, loaded)


def _write(path: Path, text: str) -> None:
    try:
        put(path, text, new=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None


def _tell(made: NewApproval, by: str) -> None:
    from handrail.yaml_text import inline

    say("It binds these terms; once one of them changes, it counts no more:")
    for name, value in made.terms.items():
        text = inline(value)
        say(f"  {name}: {text if len(text) <= _WIDE else text[: _WIDE - 3] + '...'}")
    takes = _TAKES[made.grade].format(by=by)
    if takes:
        say(f"{takes}{' The commit must be signed.' if made.signed else ''}")


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text} is no amount; write it as 24000 or 24000.50") from None


def _condition(text: str) -> dict[str, Any]:
    """`what`, `what, owner` or `what, owner, day`; commas in the text itself stay in it."""
    parts = [one.strip() for one in text.split(",")]
    found: dict[str, Any] = {}
    try:
        found["due"] = day(parts[-1])
        parts.pop()
    except argparse.ArgumentTypeError:
        pass
    if len(parts) > 1 and parts[-1] and " " not in parts[-1]:
        found["owner"] = parts.pop()
    return {"what": ", ".join(parts), **dict(reversed(found.items()))}


def _minutes(args: argparse.Namespace) -> dict[str, Any] | None:
    if args.minutes is None:
        if args.present or args.recorded_by or args.minutes_ref:
            raise UsageError("`--present`, `--recorded-by` and `--minutes-ref` belong to `--minutes FILE`.")
        return None
    from hashlib import sha256

    try:
        digest = sha256(args.minutes.read_bytes()).hexdigest()
    except OSError as error:
        raise UsageError(f"{args.minutes} cannot be read: {error.strerror}.") from None
    return {
        "ref": args.minutes_ref or args.minutes.name, "sha256": digest, "present": args.present,
        **({"recorded_by": args.recorded_by} if args.recorded_by else {}),
    }  # fmt: skip
