"""GitHub's answers as a Protection: branch protection and rulesets both hold, so the stricter of the two counts.

Fields by GitHub's REST documentation: repository, branch protection, rules of a branch, rulesets, workflow permissions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.doctor.protection import Protection, items, number, pick, yes

_ADMINISTRATOR = "administrators"


def read(settings: Any) -> Protection:
    """The guard, from what `.ci/github/settings.sh` has written."""
    old, new = pick(settings, "protection"), pick(settings, "rules")
    rules = {str(pick(one, "type")): one for one in items(new)}
    review = pick(rules.get("pull_request"), "parameters")
    seen = isinstance(old, dict) or old is False
    known = seen or isinstance(new, list)
    asked = pick(old, "required_pull_request_reviews")
    repository = pick(settings, "repository")
    methods = pick(review, "allowed_merge_methods")
    return Protection(
        host="github",
        branch=str(pick(settings, "branch") or "main"),
        guarded=(isinstance(old, dict) or bool(rules)) if known else None,
        reviews=_most(number(pick(asked, "required_approving_review_count")),
                      number(pick(review, "required_approving_review_count")), seen=seen),
        owners_asked=_either(pick(asked, "require_code_owner_reviews"), pick(review, "require_code_owner_review"), seen=seen),
        stale_dismissed=_either(pick(asked, "dismiss_stale_reviews"), pick(review, "dismiss_stale_reviews_on_push"), seen=seen),
        last_push_reviewed=_either(pick(asked, "require_last_push_approval"), pick(review, "require_last_push_approval"),
                                   seen=seen),
        own_approval=False,  # GitHub lets nobody approve their own pull request
        checks=tuple(dict.fromkeys(_checks(old, rules))) if known else None,
        fresh=_either(
            pick(old, "required_status_checks", "strict"),
            "merge_queue" in rules
            or pick(rules.get("required_status_checks"), "parameters", "strict_required_status_checks_policy") is True,
            seen=seen,
        ),
        outside="workflows" in rules if isinstance(new, list) else None,
        bypass=tuple(dict.fromkeys(_bypass(old, settings, rules))) if seen or isinstance(new, list) else None,
        pushed_past=_pushed(asked, review, seen=seen),
        force_push=_allowed(old, "allow_force_pushes", forbidden="non_fast_forward" in rules, seen=seen),
        removable=_allowed(old, "allow_deletions", forbidden="deletion" in rules, seen=seen),
        squash=_offered(repository, "allow_squash_merge", "squash", methods),
        rebase=_offered(repository, "allow_rebase_merge", "rebase", methods),
        evidence=_evidence(settings),
        token_writes=_writes(pick(settings, "workflow_permissions", "default_workflow_permissions")),
        token_approves=yes(pick(settings, "workflow_permissions", "can_approve_pull_request_reviews")),
        owners_wrong=len(errors) if isinstance(errors := pick(settings, "codeowners_errors", "errors"), list) else None,
    )  # fmt: skip


def _either(old: Any, new: Any, *, seen: bool) -> bool | None:
    """Whether one of the two asks for it; not known when only what could not be seen might."""
    if old is True or new is True:
        return True
    return False if seen else None


def _most(old: int | None, new: int | None, *, seen: bool) -> int | None:
    if old is None and new is None and not seen:
        return None
    return max(old or 0, new or 0) if seen or new else None


def _pushed(asked: Any, review: Any, *, seen: bool) -> bool | None:
    """Whether a commit can come without a pull request."""
    if isinstance(asked, dict) or isinstance(review, dict):
        return False
    return True if seen else None


def _allowed(old: Any, name: str, *, forbidden: bool, seen: bool) -> bool | None:
    if forbidden:
        return False
    if not seen:
        return None
    return pick(old, name, "enabled") is not False if isinstance(old, dict) else True


def _checks(old: Any, rules: dict[str, Any]) -> Iterator[str]:
    for one in items(pick(old, "required_status_checks", "contexts")):
        yield str(one)
    for one in items(pick(old, "required_status_checks", "checks")):
        yield str(pick(one, "context"))
    for one in items(pick(rules.get("required_status_checks"), "parameters", "required_status_checks")):
        yield str(pick(one, "context"))
    for one in items(pick(rules.get("workflows"), "parameters", "workflows")):
        yield str(pick(one, "path"))


def _bypass(old: Any, settings: Any, rules: dict[str, Any]) -> Iterator[str]:
    """Who may do without what protects; administrators of a branch protection that does not hold for them."""
    if isinstance(old, dict):
        if pick(old, "enforce_admins", "enabled") is not True and "pull_request" not in rules:
            yield _ADMINISTRATOR
        allowed = pick(old, "required_pull_request_reviews", "bypass_pull_request_allowances")
        for kind, name in (("users", "login"), ("teams", "slug"), ("apps", "slug")):
            for one in items(pick(allowed, kind)):
                yield f"{kind[:-1]} {pick(one, name)}"
    for ruleset in items(pick(settings, "rulesets")):
        if pick(ruleset, "enforcement") not in {None, "active"}:
            yield f"everybody: the ruleset {pick(ruleset, 'name')} is not active"
        for one in items(pick(ruleset, "bypass_actors")):
            kind = str(pick(one, "actor_type"))
            who = (
                _ADMINISTRATOR
                if kind in {"OrganizationAdmin", "RepositoryRole"}
                else f"{kind.lower()} {pick(one, 'actor_id')}"
            )
            yield f"{who} ({pick(one, 'bypass_mode')}, ruleset {pick(ruleset, 'name')})"


def _offered(repository: Any, key: str, word: str, methods: Any) -> bool | None:
    if isinstance(methods, list) and word not in methods:
        return False
    return yes(pick(repository, key))


def _evidence(settings: Any) -> bool | None:
    old, new = pick(settings, "evidence_protection"), items(pick(settings, "evidence_rules"))
    if {"non_fast_forward", "deletion"} <= {pick(one, "type") for one in new}:
        return True
    if isinstance(old, dict):
        return pick(old, "allow_force_pushes", "enabled") is False and pick(old, "allow_deletions", "enabled") is False
    return False if old is False or isinstance(pick(settings, "evidence_rules"), list) else None


def _writes(word: Any) -> bool | None:
    return word == "write" if isinstance(word, str) else None
