"""Every setting that lets something past is found, by itself; sound settings are silent; what is not seen is never taken as sound."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from handrail.doctor import github, gitlab
from handrail.doctor.gap import worst_first
from handrail.doctor.host import gaps_of

from tests.doctor.settings import GITHUB_PROTECTION, GITHUB_RULES, GITLAB

READERS = {"github": github.read, "gitlab": gitlab.read}
_GONE = object()


def found(settings: Any) -> list[str]:
    host = settings.get("host", "github") if isinstance(settings, dict) else "github"
    return [one.id for one in worst_first(gaps_of(READERS[host](settings)))]


def but(settings: dict[str, Any], way: str, value: Any) -> dict[str, Any]:
    """The settings with one value changed; a number in the way is a place in a list, `_GONE` takes the value out."""
    changed = deepcopy(settings)
    at: Any = changed
    *steps, last = [int(step) if step.isdigit() else step for step in way.split(".")]
    for step in steps:
        at = at[step]
    if value is _GONE:
        del at[last]
    else:
        at[last] = value
    return changed


@pytest.mark.parametrize(
    "settings", [GITHUB_PROTECTION, GITHUB_RULES, GITLAB], ids=["protection", "rulesets", "gitlab"]
)
def test_sound_settings_are_silent(settings) -> None:
    assert found(settings) == []


_REVIEWS = "protection.required_pull_request_reviews"
PROTECTION = [
    ("protection.required_status_checks", {"strict": True, "contexts": ["lint"], "checks": []}, ()),
    ("protection.required_status_checks.strict", False, ("fresh",)),
    ("protection.enforce_admins.enabled", False, ("bypass",)),
    (_REVIEWS, None, ("push", "review", "owners", "stale", "last-push")),
    (f"{_REVIEWS}.required_approving_review_count", 0, ("review",)),
    (f"{_REVIEWS}.require_code_owner_reviews", False, ("owners",)),
    (f"{_REVIEWS}.dismiss_stale_reviews", False, ("stale",)),
    (f"{_REVIEWS}.require_last_push_approval", False, ("last-push",)),
    (f"{_REVIEWS}.bypass_pull_request_allowances.users", [{"login": "boss"}], ("bypass",)),
    ("protection.allow_force_pushes.enabled", True, ("force-push",)),
    ("protection.allow_deletions.enabled", True, ("delete",)),
    ("repository.allow_squash_merge", True, ("squash",)),
    ("repository.allow_rebase_merge", True, ("rebase",)),
    ("evidence_protection", False, ("evidence",)),
    ("evidence_protection.allow_force_pushes.enabled", True, ("evidence",)),
    ("workflow_permissions.default_workflow_permissions", "write", ("token",)),
    ("workflow_permissions.can_approve_pull_request_reviews", True, ("robot",)),
    ("codeowners_errors.errors", [{"line": 3, "kind": "Unknown owner"}], ("owners-file",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("way", "value", "gaps"), PROTECTION, ids=[f"{way}={value}"[-60:] for way, value, _ in PROTECTION]
)
def test_branch_protection(way, value, gaps) -> None:
    assert set(found(but(GITHUB_PROTECTION, way, value))) == set(gaps)


def test_an_unprotected_branch_is_all_there_is_to_say() -> None:
    settings = {**GITHUB_PROTECTION, "protection": False, "rules": []}
    assert found(settings) == ["branch"]


def test_a_gate_that_nobody_requires() -> None:
    settings = but(but(GITHUB_PROTECTION, "protection.required_status_checks", None), "rules", [])
    assert "check" in found(settings)
    assert found(settings)[0] == "check", "the worst comes first"


RULES = [
    ("rules.0", {"type": "creation"}, ("delete",)),
    ("rules.1", {"type": "creation"}, ("force-push",)),
    ("rules.2", {"type": "creation"}, ("push", "review", "owners", "stale", "last-push")),
    ("rules.2.parameters.required_approving_review_count", 0, ("review",)),
    ("rules.2.parameters.require_code_owner_review", False, ("owners",)),
    ("rules.2.parameters.dismiss_stale_reviews_on_push", False, ("stale",)),
    ("rules.2.parameters.require_last_push_approval", False, ("last-push",)),
    ("rules.4", {"type": "creation"}, ("fresh",)),
    ("rules.5", {"type": "creation"}, ("check-name",)),
    ("rulesets.0.bypass_actors", [{"actor_type": "RepositoryRole", "actor_id": 5, "bypass_mode": "always"}], ("bypass",)),
    ("rulesets.0.enforcement", "evaluate", ("bypass",)),
    ("evidence_rules", [], ("evidence",)),
]  # fmt: skip


@pytest.mark.parametrize(("way", "value", "gaps"), RULES, ids=[f"{way}={value}"[:60] for way, value, _ in RULES])
def test_rulesets(way, value, gaps) -> None:
    assert set(found(but(GITHUB_RULES, way, value))) == set(gaps)


def test_methods_of_a_ruleset_are_stricter_than_those_of_the_repository() -> None:
    assert found({**GITHUB_RULES, "repository": {"allow_squash_merge": True, "allow_rebase_merge": True}}) == []


GITLABS = [
    ("protected_branches", [], ("branch",)),
    ("protected_branches.0.push_access_levels", [{"access_level": 40}], ("push",)),
    ("protected_branches.0.allow_force_push", True, ("force-push",)),
    ("protected_branches.0.code_owner_approval_required", False, ("owners",)),
    ("protected_branches.1.allow_force_push", True, ("evidence",)),
    ("protected_branches.1.name", "other", ("evidence",)),
    ("project.only_allow_merge_if_pipeline_succeeds", False, ("check",)),
    ("project.allow_merge_on_skipped_pipeline", True, ("skipped",)),
    ("project.merge_trains_enabled", False, ("fresh",)),
    ("project.merge_method", "ff", ("rebase",)),
    ("project.squash_option", "default_on", ("squash",)),
    ("project.ci_config_path", "", ("pipeline",)),
    ("project.ci_config_path", None, ("pipeline",)),
    ("approval_rules.0.approvals_required", 0, ("review",)),
    ("approvals.reset_approvals_on_push", False, ("stale",)),
    ("approvals.merge_requests_author_approval", True, ("own",)),
    ("approvals.merge_requests_disable_committers_approval", False, ("last-push",)),
    ("approvals.disable_overriding_approvers_per_merge_request", False, ("rules-per-change",)),
]  # fmt: skip


@pytest.mark.parametrize(("way", "value", "gaps"), GITLABS, ids=[f"{way}={value}"[:60] for way, value, _ in GITLABS])
def test_gitlab(way, value, gaps) -> None:
    assert set(found(but(GITLAB, way, value))) == set(gaps)


@pytest.mark.parametrize(
    ("settings", "way"),
    [
        (GITHUB_PROTECTION, "protection"), (GITHUB_PROTECTION, "workflow_permissions"), (GITHUB_PROTECTION, "repository"),
        (GITHUB_PROTECTION, "evidence_protection"), (GITLAB, "approvals"), (GITLAB, "approval_rules"), (GITLAB, "project"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, _GONE, "nonsense", 7])
def test_what_is_not_seen_is_never_sound(settings, way, value) -> None:
    if way == "evidence_protection":
        settings = but(settings, "evidence_rules", None)
    assert "unseen" in found(but(settings, way, value))


def test_every_gap_says_what_slips_and_what_to_do() -> None:
    worst = {"host": "github", "protection": {}, "rules": [], "repository": {"allow_squash_merge": True}}
    for one in gaps_of(github.read(worst)):
        assert one.what.endswith(".")
        assert one.slips
        assert one.fix
        assert one.where or one.id == "unseen"


@pytest.mark.parametrize(
    "settings", [{}, {"host": "github", "rules": {"a": 1}}, {"host": "gitlab", "project": []}, {"host": "gitlab"}]
)
def test_nonsense_is_no_fault_of_ours(settings) -> None:
    assert found(settings)
