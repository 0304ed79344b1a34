#!/bin/sh
# Judges one change: gate.sh FORMAT, for the host's own way to show remarks (github or gitlab).
# What is checked out is the target branch: its standards, its people and its Handrail judge. The change is read as Git objects.
# From the environment: HANDRAIL, the command; HEAD_SHA, the commit to judge; OUT, the folder for what is written;
# REVIEWS, the file with the host's reviews, if there is one; GROUP, in a merge queue, its ref. Exit status: that of the
# judgement.
set -eu
format=${1:?github or gitlab}
mkdir -p "$OUT"
rm -f "$OUT/summary.md"
base=$(git rev-parse HEAD)
if [ -n "${GROUP:-}" ] && [ -s "${REVIEWS:-}" ]; then
    # A queue judges a merge that it has made. What people reviewed is the commit below it: that one is judged, if the merge
    # is just its merge and nothing else.
    reviewed=$(jq -r '.pull.head.sha // ""' "$REVIEWS")
    case $reviewed in
        *[!0-9a-f]* | '') ;;
        *) merged=$(git merge-tree --write-tree "$base" "$reviewed" 2>/dev/null | head -n 1) || merged=
           if [ -n "$merged" ] && [ "$merged" = "$(git rev-parse "$HEAD_SHA^{tree}")" ]; then HEAD_SHA=$reviewed; fi ;;
    esac
fi
set -- --base "$base" --head "$HEAD_SHA" --no-cache
if [ -n "${REVIEWS:-}" ] && [ -s "$REVIEWS" ]; then
    set -- "$@" --reviews "$REVIEWS"
fi
if [ "$format" = github ]; then
    set -- "$@" --format github
else
    set -- "$@" --format text --write "gitlab=$OUT/code-quality.json"
fi
status=0
"$HANDRAIL" check "$@" --write "markdown=$OUT/summary.md" || status=$?
if [ ! -s "$OUT/summary.md" ]; then
    # what cannot be judged does not pass, and is not silent
    [ "$status" -ne 0 ] || status=3
    echo "**This change could not be judged.** The log of the job says why; ask the project office." >"$OUT/summary.md"
fi
exit "$status"
