#!/bin/sh
# Fetches a change as Git objects; nothing of it is checked out, so nothing of it can run.
# From the environment: REF, where the host keeps it; HEAD_SHA, the commit to judge; TOKEN, if reading needs one.
set -eu
case $HEAD_SHA in
    *[!0-9a-f]* | '') echo "HEAD_SHA is no commit" >&2; exit 2 ;;
esac
case $REF in
    refs/*) ;;
    *) echo "REF is no full name of a ref" >&2; exit 2 ;;
esac
if [ -n "${TOKEN:-}" ]; then
    # given by the environment, so that it stands in no file and in no list of processes
    export GIT_CONFIG_COUNT=1
    export GIT_CONFIG_KEY_0=http.extraHeader
    GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')"
    export GIT_CONFIG_VALUE_0
fi
git fetch --quiet --no-tags --no-recurse-submodules origin "+$REF:refs/handrail/head"
if ! git cat-file -e "$HEAD_SHA^{commit}" 2>/dev/null; then
    echo "The change was pushed again while this ran; the run for the newer commit decides." >&2
    exit 2
fi
