#!/bin/sh
# Writes one record for each commit that came to the branch: evidence.sh
# From the environment: BEFORE and AFTER, the branch's tips; HANDRAIL, the command; OUT, the folder for the records;
# HANDRAIL_READ_TOKEN, to ask the host for approvals.
set -eu
mkdir -p "$OUT"
case $BEFORE in *[!0]*) range=$BEFORE..$AFTER ;; *) range=$AFTER ;; esac
for commit in $(git rev-list --first-parent --reverse "$range"); do
    number=
    if [ -n "${HANDRAIL_READ_TOKEN:-}" ]; then
        number=$(python3 - "$commit" <<'PYTHON'
import json, os, sys, urllib.request

url = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}/repository/commits/{sys.argv[1]}/merge_requests"
request = urllib.request.Request(url, headers={"PRIVATE-TOKEN": os.environ["HANDRAIL_READ_TOKEN"]})
with urllib.request.urlopen(request, timeout=30) as answer:
    print(next((one["iid"] for one in json.load(answer) if one["state"] == "merged"), ""))
PYTHON
)
    fi
    if [ -n "$number" ]; then
        NUMBER=$number sh .ci/gitlab/reviews.sh "$OUT/reviews"
        "$HANDRAIL" evidence "$commit" --reviews "$OUT/reviews" --output "$OUT/$commit.json"
        rm "$OUT/reviews"
    else
        # pushed past every merge request: that is what the record then says
        "$HANDRAIL" evidence "$commit" --output "$OUT/$commit.json"
    fi
done
