#!/bin/sh
# Writes one record for each commit that came to the branch: evidence.sh
# From the environment: BEFORE and AFTER, the branch's tips; HANDRAIL, the command; OUT, the folder for the records.
set -eu
mkdir -p "$OUT"
case $BEFORE in *[!0]*) range=$BEFORE..$AFTER ;; *) range=$AFTER ;; esac
for commit in $(git rev-list --first-parent --reverse "$range"); do
    number=$(gh api "repos/$GITHUB_REPOSITORY/commits/$commit/pulls" --jq '[.[] | select(.merged_at)][0].number // empty')
    if [ -n "$number" ]; then
        NUMBER=$number sh .ci/github/reviews.sh "$OUT/reviews"
        "$HANDRAIL" evidence "$commit" --reviews "$OUT/reviews" --output "$OUT/$commit.json"
        rm "$OUT/reviews"
    else
        # pushed past every pull request: that is what the record then says
        "$HANDRAIL" evidence "$commit" --output "$OUT/$commit.json"
    fi
done
