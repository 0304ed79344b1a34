#!/bin/sh
# Writes one record for each commit that came to the branch: evidence.sh
# From the environment: BEFORE and AFTER, the branch's tips; HANDRAIL, the command; OUT, the folder for the records.
set -eu
mkdir -p "$OUT"

# Beside the reviews, the runs of the gate: whether it stopped the change at first, and how long until it passed. Where the
# host does not tell them, the record says nothing of it.
with_runs() {
    branch=$(jq -r '.pull.head.ref // empty | @uri' "$1")
    [ -n "$branch" ] || return 0
    runs="repos/$GITHUB_REPOSITORY/actions/workflows/gate.yml/runs"
    if gh api "$runs?event=pull_request_target&branch=$branch&per_page=100" --jq .workflow_runs >"$1.runs" 2>/dev/null; then
        jq --slurpfile runs "$1.runs" '. + {runs: ($runs[0] // [])}' "$1" >"$1.both" && mv "$1.both" "$1"
    fi
    rm -f "$1.runs"
}

case $BEFORE in *[!0]*) range=$BEFORE..$AFTER ;; *) range=$AFTER ;; esac
for commit in $(git rev-list --first-parent --reverse "$range"); do
    number=$(gh api "repos/$GITHUB_REPOSITORY/commits/$commit/pulls" --jq '[.[] | select(.merged_at)][0].number // empty')
    if [ -n "$number" ]; then
        NUMBER=$number sh .ci/github/reviews.sh "$OUT/reviews"
        with_runs "$OUT/reviews"
        "$HANDRAIL" evidence "$commit" --reviews "$OUT/reviews" --output "$OUT/$commit.json"
        rm "$OUT/reviews"
    else
        # pushed past every pull request: that is what the record then says
        "$HANDRAIL" evidence "$commit" --output "$OUT/$commit.json"
    fi
done
