"""A pretended GitLab: answers what the form editor asks, from files, and remembers every request that writes."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.site.host_api import OID, Host, blob_id

PROJECT = "/api/v4/projects/pmo%2Fplans"
WHEN = "2026-12-04T10:00:00Z"


class GitLab(Host):
    """As GitLab's REST and GraphQL interfaces document it, as far as the editor uses them."""

    @property
    def committed(self) -> dict[str, str]:
        """The files of the last commit that was asked for."""
        actions = next(details for what, details in reversed(self.asked) if what == "commit")["actions"]
        assert {(one["action"], one["encoding"]) for one in actions} == {("update", "text")}
        return {one["file_path"]: one["content"] for one in actions}

    def _answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        bare = urlsplit(path).path
        if bare == "/api/v4/user":
            return 200, {
                "id": 1,
                "name": "J. Okafor",
                "username": "jokafor",
                "email": "j@example.org",
                "avatar_url": "",
                "web_url": "",
            }
        if bare == f"{PROJECT}/users":
            return 200, [{"id": 1, "username": "jokafor"}]
        if bare.endswith("/graphql"):
            return 200, {"data": {"project": self._query(body["query"], body.get("variables", {}))}}
        if method == "POST" and bare == f"{PROJECT}/repository/commits":
            self.asked.append(("commit", body))
            return 201, {"id": "c" * 40, "committed_date": WHEN}
        if method == "POST" and bare == f"{PROJECT}/merge_requests":
            self.asked.append(("merge request", body))
            return 201, {
                "iid": 7, "id": 70, "title": body["title"], "web_url": f"{self.host}/pmo/plans/-/merge_requests/7", "sha": "c" * 40,
                "created_at": WHEN, "updated_at": WHEN, "draft": body["title"].startswith("Draft:"), "labels": [], "source_branch": body["source_branch"],
                "author": {"id": 1, "username": "jokafor", "name": "J. Okafor"},
            }  # fmt: skip
        return 200, []  # no open requests, branches, deployments or statuses

    def _query(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        if "lastCommit" in query:
            return {"repository": {"tree": {"lastCommit": {"sha": OID, "message": "before"}}}}
        if re.search(r"tree\(ref: \$branch, recursive: true\)", query):
            nodes = [{"type": "blob", "path": name, "sha": blob_id(data)} for name, data in self.files.items()]
            return {
                "repository": {
                    "tree": {"blobs": {"nodes": nodes, "pageInfo": {"endCursor": None, "hasNextPage": False}}}
                }
            }
        found: list[dict[str, Any]] = [
            {"path": name, "oid": blob_id(self.files[name]), "size": len(self.files[name]), "rawTextBlob": self.files[name].decode("utf-8", "replace")}
            for name in variables.get("paths", ())
        ]  # fmt: skip
        return {"repository": {"blobs": {"nodes": found}}}
