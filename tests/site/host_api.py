"""A pretended GitHub: answers what the form editor asks, from files, and remembers every request."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

OID = "a" * 40
OPEN = {"access-control-allow-origin": "*", "access-control-allow-headers": "*", "access-control-allow-methods": "*"}


def blob_id(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class Host:
    """`files` is what its repository holds. `asked` are the writing requests, in order: (what, details)."""

    def __init__(self, files: dict[str, bytes], host: str = "https://git.example"):
        self.files, self.host = files, host
        self.asked: list[tuple[str, Any]] = []

    def answers(self, url: str) -> bool:
        return url.startswith(f"{self.host}/api/")

    @property
    def committed(self) -> dict[str, str]:
        """The files of the last commit that was asked for."""
        changes = next(details for what, details in reversed(self.asked) if what == "commit")["fileChanges"]
        assert not changes["deletions"]
        return {one["path"]: base64.b64decode(one["contents"]).decode() for one in changes["additions"]}

    def __call__(self, route) -> None:
        request = route.request
        path = request.url.removeprefix(self.host)
        body = json.loads(request.post_data) if request.post_data else {}
        status, answer = (200, {}) if request.method == "OPTIONS" else self._answer(request.method, path, body)
        route.fulfill(
            status=status,
            body="" if answer is None else json.dumps(answer),
            headers={**OPEN, "content-type": "application/json"},
        )

    def _answer(self, method: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:  # noqa: PLR0911 - one line for each question
        if path.endswith("/user"):
            return 200, {
                "id": 1,
                "name": "J. Okafor",
                "login": "jokafor",
                "email": "j@example.org",
                "avatar_url": "",
                "html_url": "",
            }
        if "/collaborators/" in path:
            return 204, None
        if "/git/trees/" in path:
            tree = [{"path": name, "type": "blob", "mode": "100644", "sha": blob_id(data), "size": len(data)}
                    for name, data in self.files.items()]  # fmt: skip
            return 200, {"sha": OID, "truncated": False, "tree": tree}
        if path.endswith("/graphql"):
            return 200, {"data": self._query(body["query"], body.get("variables", {}))}
        if method == "POST" and path.endswith("/pulls"):
            self.asked.append(("pull request", body))
            return 201, {
                "number": 7, "node_id": "P", "id": 7, "html_url": f"{self.host}/pmo/plans/pull/7", "title": body["title"],
                "created_at": "2026-12-04T10:00:00Z", "updated_at": "2026-12-04T10:00:00Z", "user": {"login": "jokafor"},
                "head": {"ref": body["head"], "sha": "c" * 40}, "draft": body.get("draft", False), "labels": [],
            }  # fmt: skip
        if method == "POST" and path.endswith("/labels"):
            self.asked.append(("label", body))
            return 200, []
        return 404, {}

    def _query(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        if "createRef" in query:
            self.asked.append(("branch", variables["input"]))
            return {"createRef": {"ref": {"name": variables["input"]["name"]}}}
        if "createCommitOnBranch" in query:
            self.asked.append(("commit", variables["input"]))
            named = {f"file_{n}": {"oid": "d" * 40} for n in range(9)}
            return {
                "createCommitOnBranch": {"commit": {"oid": "c" * 40, "committedDate": "2026-12-04T10:00:00Z", **named}}
            }
        if "fork:" in query:
            return {"fork": {"id": "F"}, "base": {"ref": {"target": {"oid": OID}}}}
        by_id = {blob_id(data): data.decode("utf-8", "replace") for data in self.files.values()}
        found: dict[str, Any] = {
            name: {"text": by_id.get(oid)}
            for name, oid in re.findall(r'(content_\d+): object\(oid: "([0-9a-f]+)"\)', query)
        }
        person = {
            "author": {"name": "J", "email": "j@example.org", "user": None},
            "committedDate": "2026-12-01T10:00:00Z",
        }
        found |= {
            name: {"target": {"history": {"nodes": [person]}}} for name in re.findall(r"(commit_\d+):\s+ref", query)
        }
        last = {"oid": OID, "message": "before"}
        return {"repository": found or {
            "id": "R", "defaultBranchRef": {"name": "main"}, "ref": {"target": {"oid": OID, "history": {"nodes": [last]}}},
            "refs": {"nodes": []}, "pullRequests": {"nodes": [], "totalCount": 0},
        }}  # fmt: skip
