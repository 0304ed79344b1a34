"""Settings of hosts as their REST documentation shows them, cut to what matters; sound in every respect."""

from __future__ import annotations

from typing import Any

GITHUB_PROTECTION: dict[str, Any] = {
    "host": "github",
    "branch": "main",
    "repository": {
        "full_name": "water/plans", "default_branch": "main", "allow_merge_commit": True, "allow_squash_merge": False,
        "allow_rebase_merge": False,
    },
    "protection": {
        "required_status_checks": {"strict": True, "contexts": ["gate"], "checks": [{"context": "gate", "app_id": 15368}]},
        "enforce_admins": {"enabled": True},
        "required_pull_request_reviews": {
            "dismiss_stale_reviews": True, "require_code_owner_reviews": True, "required_approving_review_count": 1,
            "require_last_push_approval": True, "bypass_pull_request_allowances": {"users": [], "teams": [], "apps": []},
        },
        "required_linear_history": {"enabled": False},
        "allow_force_pushes": {"enabled": False},
        "allow_deletions": {"enabled": False},
    },
    "rules": [{"type": "workflows", "ruleset_source_type": "Organization", "ruleset_id": 9,
               "parameters": {"workflows": [{"path": ".github/workflows/gate.yml", "repository_id": 1, "ref": "refs/heads/main"}]}}],
    "rulesets": [],
    "evidence_protection": {"allow_force_pushes": {"enabled": False}, "allow_deletions": {"enabled": False}},
    "evidence_rules": [],
    "workflow_permissions": {"default_workflow_permissions": "read", "can_approve_pull_request_reviews": False},
    "codeowners_errors": {"errors": []},
}  # fmt: skip

GITHUB_RULES: dict[str, Any] = {
    **GITHUB_PROTECTION,
    "protection": False,
    "rules": [
        {"type": "deletion", "ruleset_id": 7},
        {"type": "non_fast_forward", "ruleset_id": 7},
        {"type": "pull_request", "ruleset_id": 7, "parameters": {
            "required_approving_review_count": 1, "dismiss_stale_reviews_on_push": True, "require_code_owner_review": True,
            "require_last_push_approval": True, "required_review_thread_resolution": False, "allowed_merge_methods": ["merge"]}},
        {"type": "required_status_checks", "ruleset_id": 7, "parameters": {
            "strict_required_status_checks_policy": False, "required_status_checks": [{"context": "gate", "integration_id": 15368}]}},
        {"type": "merge_queue", "ruleset_id": 7, "parameters": {"merge_method": "MERGE"}},
        *GITHUB_PROTECTION["rules"],
    ],
    "rulesets": [{"id": 7, "name": "main", "enforcement": "active", "bypass_actors": []}],
    "evidence_protection": False,
    "evidence_rules": [{"type": "deletion"}, {"type": "non_fast_forward"}],
}  # fmt: skip

GITLAB: dict[str, Any] = {
    "host": "gitlab",
    "project": {
        "id": 5, "default_branch": "main", "merge_method": "merge", "squash_option": "never", "merge_trains_enabled": True,
        "only_allow_merge_if_pipeline_succeeds": True, "allow_merge_on_skipped_pipeline": False,
        "ci_config_path": ".gitlab-ci.yml@pmo/governance",
    },
    "protected_branches": [
        {"name": "main", "push_access_levels": [{"access_level": 0, "access_level_description": "No one"}],
         "merge_access_levels": [{"access_level": 30, "access_level_description": "Developers + Maintainers"}],
         "allow_force_push": False, "code_owner_approval_required": True},
        {"name": "handrail-evidence", "push_access_levels": [{"access_level": 40}], "allow_force_push": False},
    ],
    "approval_rules": [{"name": "All Members", "rule_type": "any_approver", "approvals_required": 1}],
    "approvals": {
        "reset_approvals_on_push": True, "merge_requests_author_approval": False,
        "merge_requests_disable_committers_approval": True, "disable_overriding_approvers_per_merge_request": True,
    },
}  # fmt: skip
