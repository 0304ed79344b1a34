#!/bin/sh
# Writes the open merge requests to a file, for the site's pages of reviews: pulls.sh FILE
# Titles are text from anybody: they are passed on as data and never run.
set -eu
python3 - "${1:?name the file to write}" <<'PYTHON'
import json, os, re, sys, urllib.request

project = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}"
token = os.environ.get("HANDRAIL_READ_TOKEN", "")


def ask(path):
    """The answer's bytes, and the number of the next page."""
    request = urllib.request.Request(project + path, headers={"PRIVATE-TOKEN": token})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), answer.headers.get("X-Next-Page")


def brief(number):
    """What the gate said in the newest pipeline: from its own summary, not from what somebody wrote below the request."""
    try:
        pipeline = (json.loads(ask(f"/merge_requests/{number}")[0]).get("head_pipeline") or {}).get("id")
        jobs = json.loads(ask(f"/pipelines/{pipeline}/jobs?per_page=100")[0]) if pipeline else []
        for job in jobs:
            if job["name"] == "gate":
                text = ask(f"/jobs/{job['id']}/artifacts/out/summary.md")[0].decode("utf-8", "replace")
                found = re.search(r"<!-- handrail: brief [A-Za-z0-9+/=]+ -->", text)
                return found and found.group()
    except (OSError, ValueError):
        pass  # without it, the list says less
    return None


pulls, page = [], "1" if token else ""
while page:
    answer, page = ask(f"/merge_requests?state=opened&per_page=100&page={page}")
    found = json.loads(answer)
    pulls += [
        {"number": one["iid"], "title": one["title"], "author": one["author"]["username"], "url": one["web_url"],
         "opened": one["created_at"], "updated": one["updated_at"],
         "waits_for": "draft" if one["draft"] else ", ".join(each["username"] for each in one["reviewers"]) or "review",
         "brief": brief(one["iid"])}
        for one in found
    ]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(pulls, file)
PYTHON
