#!/bin/sh
# Judges everything as it stands: nightly.sh FORMAT (github or gitlab).
# From the environment: HANDRAIL, the command; OUT, the folder for what is written.
# Exit status: that of the judgement; whoever owns CODEOWNERS is told in the summary when it must be written again.
set -eu
format=${1:?github or gitlab}
mkdir -p "$OUT"
status=0
if [ "$format" = github ]; then
    "$HANDRAIL" check --all --no-cache --look-back --format github || status=$?
else
    "$HANDRAIL" check --all --no-cache --look-back --format text || status=$?
    "$HANDRAIL" check --all --no-cache --look-back --format gitlab --output "$OUT/code-quality.json" >/dev/null || true
fi
"$HANDRAIL" check --all --no-cache --look-back --format markdown --output "$OUT/summary.md" >/dev/null || true
if [ ! -s "$OUT/summary.md" ]; then
    [ "$status" -ne 0 ] || status=3
    echo "**The repository could not be judged.** The log of the job says why; ask the project office." >"$OUT/summary.md"
fi
if ! "$HANDRAIL" test-rules >"$OUT/cases.txt" 2>&1; then
    { echo; echo 'Rules do not do what their cases say:'; echo; sed 's/^/    /' "$OUT/cases.txt"; } >>"$OUT/summary.md"
    [ "$status" -ne 0 ] || status=1
fi
if ! "$HANDRAIL" codeowners --host "$format" --check >"$OUT/codeowners.txt" 2>&1; then
    { echo; echo 'CODEOWNERS no longer says what the policy says:'; echo; sed 's/^/    /' "$OUT/codeowners.txt"; } >>"$OUT/summary.md"
    [ "$status" -ne 0 ] || status=1
fi
exit "$status"
