#!/bin/sh
# Writes the host's reviews of the pull request to a file: reviews.sh FILE
# From the environment: NUMBER of the pull request, or GROUP, the ref of a merge queue's group, which names it.
set -eu
if [ -z "${NUMBER:-}" ]; then
    NUMBER=$(printf '%s\n' "${GROUP:-}" | sed -n 's|^refs/heads/gh-readonly-queue/.*/pr-\([0-9][0-9]*\)-[0-9a-f]*$|\1|p')
fi
case $NUMBER in
    *[!0-9]* | '') echo "No number of a pull request." >&2; exit 2 ;;
esac
pull="repos/$GITHUB_REPOSITORY/pulls/$NUMBER"
gh api "$pull" >"$1.pull"
gh api --paginate --slurp "$pull/reviews?per_page=100" >"$1.reviews"
# which approvals a push has dismissed, and not a person; where the host does not tell, they count for nothing
gh api --paginate --slurp "repos/$GITHUB_REPOSITORY/issues/$NUMBER/timeline?per_page=100" >"$1.all" 2>/dev/null || echo '[]' >"$1.all"
jq '[flatten[] | select(.event == "review_dismissed") | {event, dismissed_review}]' "$1.all" >"$1.timeline"
jq -n --slurpfile pull "$1.pull" --slurpfile reviews "$1.reviews" --slurpfile timeline "$1.timeline" \
    '{pull: $pull[0], reviews: $reviews[0], timeline: $timeline[0]}' >"$1"
rm "$1.pull" "$1.reviews" "$1.all" "$1.timeline"
