"""GitLab's answers as a Protection. Fields by GitLab's REST documentation: project, protected branches, approvals, their rules."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from handrail.doctor.protection import Protection, items, number, pick, yes

_NOBODY = 0
_OFF = "never"


def read(settings: Any) -> Protection:
    """The guard, from what `.ci/gitlab/settings.sh` has written."""
    project, approvals = pick(settings, "project"), pick(settings, "approvals")
    branch = str(pick(project, "default_branch") or "main")
    branches = pick(settings, "protected_branches")
    own = _of(branches, branch)
    known = isinstance(branches, list)
    pushers = [one for one in items(pick(own, "push_access_levels")) if number(pick(one, "access_level")) != _NOBODY]
    asked = [number(pick(one, "approvals_required")) or 0 for one in items(pick(settings, "approval_rules"))]
    method = pick(project, "merge_method")
    config = pick(project, "ci_config_path")
    passes = yes(pick(project, "only_allow_merge_if_pipeline_succeeds"))
    kept = _of(branches, "handrail-evidence")
    return Protection(
        host="gitlab",
        branch=branch,
        guarded=own is not None if known else None,
        reviews=max(asked, default=0) if isinstance(pick(settings, "approval_rules"), list) else None,
        owners_asked=yes(pick(own, "code_owner_approval_required")),
        stale_dismissed=yes(pick(approvals, "reset_approvals_on_push")),
        last_push_reviewed=yes(pick(approvals, "merge_requests_disable_committers_approval")),
        own_approval=yes(pick(approvals, "merge_requests_author_approval")),
        rules_per_change=_not(yes(pick(approvals, "disable_overriding_approvers_per_merge_request"))),
        checks=None if passes is None else (("gate",) if passes else ()),
        skipped_pass=yes(pick(project, "allow_merge_on_skipped_pipeline")),
        fresh=_fresh(project, method),
        outside="@" in config if isinstance(config, str) else (False if isinstance(project, dict) else None),
        bypass=tuple(str(pick(one, "access_level_description")) for one in pushers) if own is not None else None,
        pushed_past=bool(pushers) if own is not None else (True if known else None),
        force_push=yes(pick(own, "allow_force_push")) if own is not None else (True if known else None),
        removable=False if own is not None else (True if known else None),
        squash=None if (option := pick(project, "squash_option")) is None else option != _OFF,
        rebase=None if method is None else method == "ff",
        evidence=pick(kept, "allow_force_push") is False if kept is not None else (False if known else None),
    )


def _of(branches: Any, name: str) -> Any:
    """The protection of a branch; the exact name before a pattern."""
    fitting = [one for one in items(branches) if fnmatchcase(name, str(pick(one, "name")))]
    return next((one for one in fitting if pick(one, "name") == name), fitting[0] if fitting else None)


def _fresh(project: Any, method: Any) -> bool | None:
    """Merge trains judge the result; without them only a history in one line makes the target's tip part of the change."""
    if pick(project, "merge_trains_enabled") is True or method in {"rebase_merge", "ff"}:
        return True
    return False if isinstance(project, dict) else None


def _not(value: bool | None) -> bool | None:  # noqa: FBT001 - it turns one round
    return None if value is None else not value
