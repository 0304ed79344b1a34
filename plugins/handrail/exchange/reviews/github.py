"""GitHub's words. Source: REST API, "Get a pull request" and "List reviews for a pull request".

A review carries the commit that it looked at (`commit_id`); one that was dismissed says so in its state. Whether a person
dismissed it or a push did (the host's setting "Dismiss stale approvals") tells the timeline: "review_dismissed" names the
review, and the commit only where a push did it. What a push dismissed was never taken back: it is a review of an earlier
commit, like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from handrail.compute.evidence import Review
from handrail.exchange.reviews.pull import Pull, Run, last_words, listed, maybe, text

_STATES = {"APPROVED": "approved", "CHANGES_REQUESTED": "changes requested", "DISMISSED": "dismissed"}


def pull_of(value: Mapping[str, Any]) -> Pull:
    """The pull request of an export. Raises KeyError or TypeError where it is not as documented."""
    pull = value["pull"]
    author = text(pull["user"]["login"])
    by_push = frozenset(_by_push(value))
    told = [one for one in listed(value["reviews"]) if one.get("user")]  # without those of accounts that are gone
    reviews = [_review(one, by_push) for one in told]
    standing = last_words(reviews, author)
    by = pull.get("merged_by")
    return Pull(
        host="github", number=int(pull["number"]), author=author, head=text(pull["head"]["sha"]),
        base=maybe(pull["base"]["sha"]), merged_at=maybe(pull.get("merged_at")),
        merge_commit=maybe(pull.get("merge_commit_sha")) if pull.get("merged_at") else None,
        merged_by=maybe(by.get("login")) if isinstance(by, Mapping) else None,
        reviews=standing, withdrawn=tuple(_withdrawn(reviews, standing, author)),
        opened=maybe(pull.get("created_at")), runs=_runs(value, int(pull["number"]), maybe(pull.get("created_at"))),
    )  # fmt: skip


def _review(one: Mapping[str, Any], by_push: frozenset[int]) -> Review:
    state = _STATES.get(text(one["state"]).upper(), "commented")
    if state == "dismissed" and one.get("id") in by_push:
        state = "approved"
    return Review(
        login=text(one["user"]["login"]), host="github", state=state, commit=maybe(one.get("commit_id")),
        submitted_at=maybe(one.get("submitted_at")),
    )  # fmt: skip


def _by_push(value: Mapping[str, Any]) -> Iterator[int]:
    """The approvals that a push has dismissed, as the timeline tells; none where it was not exported."""
    for one in listed(value.get("timeline") or []):
        told = one.get("dismissed_review")
        if one.get("event") == "review_dismissed" and isinstance(told, Mapping):
            approved = str(told.get("state")).casefold() == "approved"
            if approved and maybe(told.get("dismissal_commit_id")) and isinstance(told.get("review_id"), int):
                yield told["review_id"]


def _withdrawn(reviews: list[Review], standing: tuple[Review, ...], author: str) -> Iterator[Review]:
    """Approvals of those whose last word is no yes. What was dismissed is taken for an approval: nothing is lost if it was none."""
    no = {one.login.casefold() for one in standing if one.state != "approved"}
    for one in reviews:
        if (
            one.login.casefold() in no
            and one.login.casefold() != author.casefold()
            and one.state in {"approved", "dismissed"}
        ):
            yield replace(one, state="approved")


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
