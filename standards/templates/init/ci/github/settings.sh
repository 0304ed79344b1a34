#!/bin/sh
# Writes what the host is set to do into one file, for `handrail doctor --settings FILE`: settings.sh FILE [BRANCH]
# Needs gh and jq, and GITHUB_REPOSITORY as owner/name (else the repository of this folder). Branch protection is shown only
# to an administrator's token; what may not be seen is written as null, and the doctor says so.
set -eu
out=${1:?name the file to write}
repository=${GITHUB_REPOSITORY:-$(gh repo view --json nameWithOwner --jq .nameWithOwner)}
branch=${2:-$(gh api "repos/$repository" --jq .default_branch)}
read_or_null() {
    gh api "$1" 2>/dev/null >"$out.part" || true
    if jq -e . "$out.part" >/dev/null 2>&1 && ! jq -e 'type == "object" and has("status") and has("message")' "$out.part" >/dev/null; then
        cat "$out.part"
    else
        echo null
    fi
}
protection() {
    # "not protected" is an answer, "may not be seen" is none
    gh api "repos/$repository/branches/$1/protection" 2>/dev/null >"$out.part" || true
    if jq -e '.message == "Branch not protected"' "$out.part" >/dev/null 2>&1; then
        echo false
    else
        read_or_null "repos/$repository/branches/$1/protection"
    fi
}
rulesets() {
    read_or_null "repos/$repository/rules/branches/$1?per_page=100" |
        jq -r '.[]? | select(.ruleset_source_type == "Repository") | .ruleset_id' | sort -u |
        while read -r id; do read_or_null "repos/$repository/rulesets/$id"; done | jq -s '.'
}
{
    echo '{"host": "github", "branch":'; jq -n --arg branch "$branch" '$branch'
    echo ', "repository":'; read_or_null "repos/$repository"
    echo ', "protection":'; protection "$branch"
    echo ', "rules":'; read_or_null "repos/$repository/rules/branches/$branch?per_page=100"
    echo ', "rulesets":'; rulesets "$branch"
    echo ', "evidence_protection":'; protection handrail-evidence
    echo ', "evidence_rules":'; read_or_null "repos/$repository/rules/branches/handrail-evidence?per_page=100"
    echo ', "workflow_permissions":'; read_or_null "repos/$repository/actions/permissions/workflow"
    echo ', "codeowners_errors":'; read_or_null "repos/$repository/codeowners/errors"
    echo '}'
} | jq '.' >"$out"
rm -f "$out.part"
