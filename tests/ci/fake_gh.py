#!/usr/bin/env python3
"""Stands in for `gh api`: answers from the file GH_STATE and keeps what is written, as GitHub's REST API documents it.

State: {"get": {path: answer}, "calls": [[method, path, body]], "refuse": [path ...]}. `--jq` is done by the real jq.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

words = sys.argv[1:]
assert words[0] == "api", words
state_file = Path(os.environ["GH_STATE"])
state = json.loads(state_file.read_text(encoding="utf-8"))
assert os.environ.get("GH_TOKEN"), "gh needs a token"
method, query, body, path, fields, slurp = "GET", None, None, "", {}, False
rest = iter(words[1:])
for word in rest:
    if word == "--method":
        method = next(rest)
    elif word == "--jq":
        query = next(rest)
    elif word == "--input":
        name = next(rest)
        body = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8"))
    elif word == "-f":
        key, _, value = next(rest).partition("=")
        fields[key] = value
    elif word == "--slurp":
        slurp = True
    elif not word.startswith("--"):
        path = word
if fields:
    body = fields
    method = "POST" if method == "GET" else method
elif body is not None and method == "GET":
    method = "POST"
bare = path.split("?")[0]
if method == "GET":
    if bare not in state["get"]:
        print(json.dumps({"message": "Not Found", "status": "404"}))
        print("gh: Not Found (HTTP 404)", file=sys.stderr)
        sys.exit(1)
    answer = state["get"][bare]
    answer = [answer] if slurp else answer
else:
    state["calls"].append([method, bare, body])
    state_file.write_text(json.dumps(state), encoding="utf-8")
    if bare in state.get("refuse", ()) and (body or {}).get("assignees"):
        print("gh: Validation Failed (HTTP 422)", file=sys.stderr)
        sys.exit(1)
    answer = {"sha": "1" * 40, "id": 1}
if "--silent" in words:
    sys.exit(0)
text = json.dumps(answer)
if query is not None:
    text = subprocess.run(["jq", "-r", query], input=text, capture_output=True, text=True, check=True).stdout
sys.stdout.write(text)
