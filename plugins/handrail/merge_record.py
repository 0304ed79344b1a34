"""What is kept of a merge, for an auditor who comes when the host has forgotten: who reviewed what, and what the gate says.

The merge is judged again as the gate judges a pull request: by the law of what was there before. The host's time counts
where the host tells it, since the days in commits are typed by their authors.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from handrail import __version__
from handrail.by_review import carried
from handrail.clock import day_at, zone_at
from handrail.compute.evidence import Review, grade_of
from handrail.exchange.reviews import Pull
from handrail.gate import judge_change
from handrail.git import Git, Objects, changed_paths, resolve, span_of
from handrail.model.organisation import PersonRecord
from handrail.result import Result
from handrail.rules.gov_10 import asked_by
from handrail.witness import witness

FORMAT = 1
_HOURS = "%Y-%m-%dT%H:%M:%SZ"


def merge_record(root: Path, commit: str, pull: Pull | None, today: date) -> dict[str, Any]:
    """The record of one commit of the protected branch, as plain JSON. Raises GitFault where the history is not there."""
    git = Git(root)
    name = resolve(git, commit)
    parents, committed = _commit(git, name)
    host = (
        {
            one: getattr(pull, one)
            for one in ("host", "number", "author", "head", "merge_commit", "opened", "merged_at", "merged_by")
        }
        if pull
        else None
    )
    found: dict[str, Any] = {
        "format": FORMAT, "handrail": __version__, "commit": name, "parents": parents, "committed_at": committed,
        "merged_at": pull.merged_at if pull else None, "pull": host, "base": parents[0] if parents else None,
        "verdict": None, "reviews": [], "approvals": [], "bypass": [], "gate": None,
    }  # fmt: skip
    if not parents:  # the first commit of all: nothing was there that could have judged it
        return found
    pull = _carried(git, parents[0], pull)
    reviews = _of_this(pull, name)
    moment = _moment(pull.merged_at if pull else None) or _moment(committed)
    day = day_at(moment, zone_at(root)) if moment else today
    result = judge_change(root, parents[0], name, today=min(day, today), reviews=reviews)
    people = result.portfolio.repository.people
    found["verdict"] = _verdict(result)
    found["reviews"] = [_review(one, pull.head, people) for one in pull.reviews] if pull else []
    found["approvals"] = _approvals(git, parents[0], name, result, reviews)
    found["bypass"] = _bypass(result, pull, name)
    found["gate"] = _gate(pull)
    return found


def _gate(pull: Pull | None) -> dict[str, Any] | None:
    """How the gate weighed on the pull request: how often it ran, whether it stopped it at first, how long until it passed.

    None where the host does not tell the runs, or none has ended.
    """
    if pull is None or not pull.runs:
        return None
    first = pull.runs[0]
    green = next((one for one in pull.runs if one.passed), None)
    return {
        "runs": len(pull.runs), "blocked": not first.passed,
        "minutes_to_green": _minutes(first.at, green.at) if green and not first.passed else None,
    }  # fmt: skip


def _minutes(begin: str | None, end: str | None) -> int | None:
    try:
        return round((datetime.fromisoformat(end or "") - datetime.fromisoformat(begin or "")).total_seconds() / 60)
    except (ValueError, TypeError):  # no time, or one of them without a zone
        return None


def _moment(text: str | None) -> datetime | None:
    """A time that a host or a commit told; None for no time at all."""
    try:
        told = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return told.replace(tzinfo=told.tzinfo or UTC) if told else None


def _commit(git: Git, name: str) -> tuple[list[str], str]:
    objects = Objects(git)
    found = objects.get(name)
    objects.close()
    head = found.data.partition(b"\n\n")[0].decode("utf-8", "replace") if found else ""
    lines = [line.split(" ") for line in head.split("\n")]
    stamp = next((int(one[-2]) for one in lines if one[0] == "committer"), 0)
    return [one[1] for one in lines if one[0] == "parent"], datetime.fromtimestamp(stamp, UTC).strftime(_HOURS)


def _carried(git: Git, base: str, pull: Pull | None) -> Pull | None:
    """The reviews of the commit before the records that they gave count for the head."""
    return replace(pull, reviews=carried(git, base, pull.head, pull.reviews)) if pull is not None else None


def _of_this(pull: Pull | None, name: str) -> tuple[Review, ...]:
    """Reviews of the pull request's head, where the host says that this commit is its merge."""
    if pull is None or pull.merge_commit != name:
        return ()
    return tuple(replace(one, commit=name) for one in pull.reviews if one.commit == pull.head)


def _verdict(result: Result) -> dict[str, Any]:
    new = [one for one in result.remarks if one.state in {"new", "worsened"}]
    return {
        "blocks": result.judgement.blocks, "conflict": result.conflict,
        "blocking": sorted({one.rule for one in result.remarks if one.blocks}),
        "new": len(new), "existing": sum(one.state == "existing" for one in result.remarks),
        "waived": sum(one.state == "waived" for one in result.remarks), "fixed": len(result.fixed),
    }  # fmt: skip


def _review(one: Review, head: str, people: Any) -> dict[str, Any]:
    return {
        "login": one.login, "person": _person(one, people), "state": one.state, "commit": one.commit,
        "submitted_at": one.submitted_at, "of_head": one.commit == head,
    }  # fmt: skip


def _person(review: Review, people: dict[str, PersonRecord]) -> str | None:
    wanted = review.login.casefold()
    return next((one.id for one in people.values() if one.host.get(review.host, "").casefold() == wanted), None)


def _approvals(git: Git, base: str, name: str, result: Result, reviews: tuple[Review, ...]) -> list[dict[str, Any]]:
    """Every approval that came with the merge, and how well it is evidenced."""
    span = span_of(git, base, name, merge=False)
    people = result.portfolio.repository.people
    seen = witness(git, span, changed_paths(git, base, span.merged), people, reviews).evidence
    told = []
    for project in result.portfolio.projects:
        for one in project.plan.approvals:
            if one.loc.file in seen:
                graded = grade_of(one, seen[one.loc.file], people, asked_by(one, project.plan))
                told.append(
                    {"project": project.id, "id": one.id, "subject": f"{one.subject.kind} {one.subject.id}", "by": one.by,
                     "decision": one.decision, "grade": graded.grade, "why": graded.why, "signed": graded.signed}
                )  # fmt: skip
    return told


def _bypass(result: Result, pull: Pull | None, name: str) -> list[str]:
    """In which ways the commit came past the gate; nothing when it did not."""
    found = []
    if pull is None:
        found.append("no pull request is known")
    elif pull.merge_commit not in {None, name}:
        found.append("the host names another commit as the merge")
    elif not any(one.state == "approved" and one.commit == pull.head for one in pull.reviews):
        found.append("nobody had approved its last commit")
    if result.judgement.blocks:
        found.append("the gate would have stopped it")
    return found
