#!/bin/sh
# Writes the open merge requests to a file, for the site's page of the project office: pulls.sh FILE
# Titles are text from anybody: they are passed on as data and never run.
set -eu
python3 - "${1:?name the file to write}" <<'PYTHON'
import json, os, sys, urllib.request

url = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}/merge_requests?state=opened&per_page=100&page="
token = os.environ.get("HANDRAIL_READ_TOKEN", "")
pulls, page = [], "1" if token else ""
while page:
    request = urllib.request.Request(url + page, headers={"PRIVATE-TOKEN": token})
    with urllib.request.urlopen(request, timeout=30) as answer:
        found, page = json.load(answer), answer.headers.get("X-Next-Page")
    pulls += [
        {"number": one["iid"], "title": one["title"], "author": one["author"]["username"], "url": one["web_url"],
         "opened": one["created_at"], "updated": one["updated_at"],
         "waits_for": "draft" if one["draft"] else ", ".join(each["username"] for each in one["reviewers"]) or "review"}
        for one in found
    ]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(pulls, file)
PYTHON
