#!/bin/sh
# Writes for each open merge request the records that its approvals give: records.sh
# From the environment: HANDRAIL, the command; OUT, the folder for records-NUMBER.json; HANDRAIL_READ_TOKEN. What is checked out
# is the default branch; a change is fetched as objects only, and what reads it has no token.
set -eu
mkdir -p "$OUT"
python3 - "$OUT/open.txt" <<'PYTHON'
import json, os, sys, urllib.request

project = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}"
token, found, page = os.environ.get("HANDRAIL_READ_TOKEN", ""), [], "1"
while page and token:
    request = urllib.request.Request(
        f"{project}/merge_requests?state=opened&per_page=100&page={page}", headers={"PRIVATE-TOKEN": token}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found += json.load(answer)
        page = answer.headers.get("X-Next-Page")
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for one in found:
        if one["target_branch"] == os.environ["CI_DEFAULT_BRANCH"] and one["sha"] and not one["draft"]:
            file.write(f"{int(one['iid'])} {one['sha']}\n")
PYTHON
while read -r number head; do
    # one that cannot be read does not keep the others from being recorded
    REF="refs/merge-requests/$number/head" HEAD_SHA="$head" sh .ci/fetch-change.sh || continue
    NUMBER=$number sh .ci/gitlab/reviews.sh "$OUT/reviews" || continue
    [ -s "$OUT/reviews" ] || continue
    env -u HANDRAIL_READ_TOKEN -u HANDRAIL_BOT_TOKEN -u CI_JOB_TOKEN \
        "$HANDRAIL" record --reviews "$OUT/reviews" --base HEAD --head "$head" --output "$OUT/records-$number.json" || true
done <"$OUT/open.txt"
rm -f "$OUT/open.txt" "$OUT/reviews"
