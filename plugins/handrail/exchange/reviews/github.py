"""GitHub's words. Source: REST API, "Get a pull request" and "List reviews for a pull request".

A review carries the commit that it looked at (`commit_id`); one that was dismissed says so in its state.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handrail.compute.evidence import Review
from handrail.exchange.reviews.pull import Pull, Run, last_words, listed, maybe, text

_STATES = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes requested", "DISMISSED": "dismissed"}


def pull_of(value: Mapping[str, Any]) -> Pull:
    """The pull request of an export. Raises KeyError or TypeError where it is not as documented."""
    pull = value["pull"]
    author = text(pull["user"]["login"])
    reviews = (
        Review(
            login=text(one["user"]["login"]), host="github", state=_STATES.get(text(one["state"]).upper(), "commented"),
            commit=maybe(one.get("commit_id")), submitted_at=maybe(one.get("submitted_at")),
        )
        for one in listed(value["reviews"])
        if one.get("user")  # of an account that is gone
    )  # fmt: skip
    by = pull.get("merged_by")
    return Pull(
        host="github", number=int(pull["number"]), author=author, head=text(pull["head"]["sha"]),
        base=maybe(pull["base"]["sha"]), merged_at=maybe(pull.get("merged_at")),
        merge_commit=maybe(pull.get("merge_commit_sha")) if pull.get("merged_at") else None,
        merged_by=maybe(by.get("login")) if isinstance(by, Mapping) else None, reviews=last_words(reviews, author),
        opened=maybe(pull.get("created_at")), runs=_runs(value, int(pull["number"]), maybe(pull.get("created_at"))),
    )  # fmt: skip


def _runs(value: Mapping[str, Any], number: int, opened: str | None) -> tuple[Run, ...] | None:
    """The gate's runs for this pull request. Those of a fork name no number: then they must be younger than it."""
    if "runs" not in value:
        return None
    found = []
    for one in listed(value["runs"]):
        if one.get("conclusion") not in {"success", "failure"}:
            continue
        numbers = [each.get("number") for each in listed(one.get("pull_requests") or [])]
        began = maybe(one.get("created_at")) or ""
        if number in numbers or (not numbers and opened is not None and began >= opened):
            found.append((began, Run(one["conclusion"] == "success", maybe(one.get("updated_at")))))
    return tuple(run for _, run in sorted(found, key=lambda pair: pair[0]))
