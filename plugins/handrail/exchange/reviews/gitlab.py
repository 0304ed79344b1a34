"""GitLab's words. Source: REST API, "Get single MR", "Single merge request approvals", "Get merge request diff versions".

An approval of GitLab names no commit. It was given to the version of the merge request that was the newest at that time,
so it counts for the head only when it is not older than the head's version. Without times it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handrail.compute.evidence import Review
from handrail.exchange.reviews.pull import Pull, Run, last_words, listed, maybe, text


def pull_of(value: Mapping[str, Any]) -> Pull:
    """The merge request of an export. Raises KeyError or TypeError where it is not as documented."""
    request = value["merge_request"]
    author = text(request["author"]["username"])
    versions = sorted(
        (datetime.fromisoformat(text(one["created_at"])), text(one["head_commit_sha"]))
        for one in listed(value.get("versions", []))
    )
    reviews = []
    for one in listed(value["approvals"]["approved_by"]):
        at = maybe(one.get("approved_at"))
        login = text(one["user"]["username"])
        reviews.append(
            Review(login=login, host="gitlab", state="approved", commit=_looked_at(versions, at), submitted_at=at)
        )
    by = request.get("merge_user") or request.get("merged_by")
    refs = request.get("diff_refs")
    return Pull(
        host="gitlab", number=int(request["iid"]), author=author, head=text(request["sha"]),
        base=maybe(refs.get("base_sha")) if isinstance(refs, Mapping) else None, merged_at=maybe(request.get("merged_at")),
        merge_commit=maybe(request.get("merge_commit_sha")) or maybe(request.get("squash_commit_sha")),
        merged_by=maybe(by.get("username")) if isinstance(by, Mapping) else None,
        reviews=last_words(reviews, author), opened=maybe(request.get("created_at")), runs=_runs(value),
    )  # fmt: skip


def _runs(value: Mapping[str, Any]) -> tuple[Run, ...] | None:
    """The pipelines of the merge request, by their numbers; the times are not documented, so they may be missing."""
    if "pipelines" not in value:
        return None
    ended = [one for one in listed(value["pipelines"]) if one.get("status") in {"success", "failed"}]
    return tuple(
        Run(one["status"] == "success", maybe(one.get("updated_at")))
        for one in sorted(ended, key=lambda one: int(one["id"]))
    )


def _looked_at(versions: list[tuple[datetime, str]], at: str | None) -> str | None:
    """The head of the newest version that was there when somebody approved."""
    if at is None:
        return None
    when = datetime.fromisoformat(at)
    return next((head for made, head in reversed(versions) if made <= when), None)
