#!/bin/sh
# Writes what the host is set to do into one file, for `handrail doctor --settings FILE`: settings.sh FILE
# From the environment, as GitLab CI sets them: CI_API_V4_URL, CI_PROJECT_ID; and HANDRAIL_READ_TOKEN with scope read_api of
# somebody who maintains the project. What may not be seen is written as null, and the doctor says so.
set -eu
python3 - "${1:?name the file to write}" <<'PYTHON'
import json, os, sys, urllib.error, urllib.request

project = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}"

def ask(path):
    request = urllib.request.Request(project + path, headers={"PRIVATE-TOKEN": os.environ.get("HANDRAIL_READ_TOKEN", "")})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except (urllib.error.URLError, TimeoutError):
        return None

settings = {
    "host": "gitlab", "project": ask(""), "protected_branches": ask("/protected_branches?per_page=100"),
    "approval_rules": ask("/approval_rules?per_page=100"), "approvals": ask("/approvals"),
}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(settings, file, indent=2)
PYTHON
