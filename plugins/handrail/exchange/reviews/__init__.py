"""Reviews of a pull request, as CI exports them from the host: one JSON file, GitHub's or GitLab's words, one meaning.

GitHub: `{"pull": GET pulls/N, "reviews": GET pulls/N/reviews}`. GitLab: `{"merge_request": GET merge_requests/N,
"approvals": GET merge_requests/N/approvals, "versions": GET merge_requests/N/versions}`. Each part is the host's answer
as it came; answers in pages may stand as a list of lists. Runs of the gate may stand beside them: GitHub's `workflow_runs` as
`runs`, GitLab's answer to merge_requests/N/pipelines as `pipelines`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from handrail.exchange.reviews import github, gitlab
from handrail.exchange.reviews.pull import Pull, ReviewsFault

__all__ = ["Pull", "ReviewsFault", "read_reviews"]


def read_reviews(data: bytes) -> Pull:
    """The pull request and its reviews that still stand. Raises ReviewsFault with what is wrong and how to mend it."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise ReviewsFault("the file of reviews is no JSON; export it again.") from None
    if isinstance(value, Mapping) and "pull" in value:
        return _read(github.pull_of, value)
    if isinstance(value, Mapping) and "merge_request" in value:
        return _read(gitlab.pull_of, value)
    raise ReviewsFault(
        "the file of reviews has neither `pull` and `reviews` (GitHub) nor `merge_request` and `approvals` (GitLab)."
    )


def _read(reader: Any, value: Mapping[str, Any]) -> Pull:
    try:
        pull: Pull = reader(value)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        name = error.args[0] if isinstance(error, KeyError) else "a field of another form"
        raise ReviewsFault(
            f"the file of reviews is not what the host documents: `{name}` is missing or wrong."
        ) from None
    return pull
