"""What a host's settings let through: each gap with what slips past, the fix and the way to click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handrail.doctor.gap import Gap, Weight
from handrail.doctor.protection import Protection

_GITHUB = "Settings > Rules > Rulesets > the ruleset of the default branch"
_GITLAB = "Settings > Merge requests"
_BRANCHES = "Settings > Repository > Protected branches"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """One look: the value, the value that is bad, and what to say. Not seen is said as such, one weight lighter."""

    id: str
    weight: Weight
    value: object
    bad: object
    what: str
    slips: str
    fix: str
    github: str
    gitlab: str


def gaps_of(host: Protection) -> Iterator[Gap]:
    """Every gap. What could not be seen is a gap too: nobody knows whether it is closed."""
    if host.guarded is False:
        yield Gap(
            id="branch", weight="open", what=f"The branch {host.branch} is not protected.",
            slips="Anybody who may push puts a change in without a gate, a review or a trace.",
            fix="Protect it: changes come by pull request, with a review, after the check `gate`.",
            where="Settings > Rules > Rulesets > New branch ruleset" if host.host == "github" else _BRANCHES,
        )  # fmt: skip
        return
    yield from _checks(host)
    unseen: list[str] = []
    for look in _looks(host):
        if look.value is None:
            unseen.append(look.id)
        elif look.value == look.bad:
            yield Gap(
                id=look.id, weight=look.weight, what=look.what, slips=look.slips, fix=look.fix,
                where=look.github if host.host == "github" else look.gitlab,
            )  # fmt: skip
    yield from _bypass(host)
    if host.checks is None:
        unseen.insert(0, "check")
    if unseen:
        token = "of an administrator" if host.host == "github" else "with scope read_api of a maintainer"
        yield Gap(
            id="unseen", weight="weak", what=f"Some settings could not be seen: {', '.join(unseen)}.",
            slips="Whatever these let through.", fix=f"Export the settings again with a token {token}, then run the doctor again.",
        )  # fmt: skip


def _checks(host: Protection) -> Iterator[Gap]:
    if host.checks is None:
        return
    where = _GITHUB + " > Require status checks to pass" if host.host == "github" else _GITLAB + " > Merge checks"
    names = {one.casefold().split(" / ")[-1] for one in host.checks}
    if not any("gate" in name for name in names):
        yield Gap(
            id="check", weight="open", what="A change can be merged although the gate has not passed.",
            slips="Everything that the gate would have stopped.",
            fix="Require the check `gate`." if host.host == "github" else "Switch on: Pipelines must succeed.", where=where,
        )  # fmt: skip


def _bypass(host: Protection) -> Iterator[Gap]:
    if host.bypass is None or not host.bypass:
        return
    who = ", ".join(host.bypass)
    if host.host == "github":
        yield Gap(
            id="bypass", weight="weak", what=f"Some may go past the gate: {who}.",
            slips="Their changes, judged by nobody; only the record of the merge shows it afterwards.",
            fix="Empty the bypass list, or leave one role that is used in an emergency only and looked at by the auditor.",
            where=_GITHUB + " > Bypass list",
        )  # fmt: skip


def _looks(host: Protection) -> tuple[_Look, ...]:
    return (*_looks_at_the_way_in(host), *_looks_at_reviews(host), *_looks_at_evidence(host))


def _looks_at_the_way_in(host: Protection) -> tuple[_Look, ...]:
    found = [
        _Look(
            id="push", weight="open", value=host.pushed_past, bad=True,
            what=f"Commits can be pushed to {host.branch} without a pull request.",
            slips="A push: no gate judges it and nobody reviews it.", fix="Let changes come in by pull request only.",
            github=_GITHUB + " > Require a pull request before merging", gitlab=_BRANCHES + " > Allowed to push and merge: No one",
        ),
        _Look(
            id="force-push", weight="open", value=host.force_push, bad=True, what=f"The history of {host.branch} can be rewritten.",
            slips="A force-push: approvals, baselines and reports vanish as if they had never been.", fix="Forbid force-pushes.",
            github=_GITHUB + " > Block force pushes", gitlab=_BRANCHES + " > Allowed to force push: off",
        ),
        _Look(
            id="delete", weight="weak", value=host.removable, bad=True, what=f"The branch {host.branch} can be deleted.",
            slips="It can be made again with another history.", fix="Forbid deleting it.",
            github=_GITHUB + " > Restrict deletions", gitlab=_BRANCHES,
        ),
        _Look(
            id="fresh", weight="weak", value=host.fresh, bad=False,
            what="A change can be merged although the target has moved on since it was judged.",
            slips="Two changes that are right one by one and wrong together, or one that was judged before a rule came.",
            fix="Use a merge queue, or require branches to be up to date.", github=_GITHUB + " > Require merge queue",
            gitlab=_GITLAB + " > Enable merge trains",
        ),
    ]  # fmt: skip
    if host.host == "gitlab":
        found += [
            _Look(
                id="pipeline", weight="open", value=host.outside, bad=False,
                what="The gate's definition is taken from the change that it judges.",
                slips="A merge request that rewrites `.gitlab-ci.yml`, and passes.",
                fix="Keep the file in a project of the project office and name it as `.gitlab-ci.yml@group/project`.", github="",
                gitlab="Settings > CI/CD > General pipelines > CI/CD configuration file",
            ),
            _Look(
                id="skipped", weight="open", value=host.skipped_pass, bad=True, what="A skipped pipeline counts as passed.",
                slips="A commit with [skip ci] in its message.", fix="Switch off: Skipped pipelines are considered successful.",
                github="", gitlab=_GITLAB + " > Merge checks",
            ),
        ]  # fmt: skip
    else:
        found += [
            _Look(
                id="check-name", weight="weak", value=host.outside, bad=False,
                what="The host knows the gate by the name of its check only.",
                slips="A branch that brings a workflow of its own with a job called `gate`, which always passes.",
                fix="Let an organisation's ruleset require the workflow gate.yml itself; until then reviews of .github/ guard it.",
                github="Organisation > Settings > Rules > Rulesets > Require workflows to pass before merging", gitlab="",
            ),
            _Look(
                id="token", weight="weak", value=host.token_writes, bad=True, what="Workflows may write unless they say otherwise.",
                slips="A workflow that somebody adds on a branch gets a token that can write.", fix="Give them reading rights only.",
                github="Settings > Actions > General > Workflow permissions", gitlab="",
            ),
            _Look(
                id="robot", weight="open", value=host.token_approves, bad=True, what="Workflows may approve pull requests.",
                slips="A workflow on a branch that approves its own author's change.", fix="Forbid it.",
                github="Settings > Actions > General > Allow GitHub Actions to create and approve pull requests", gitlab="",
            ),
        ]  # fmt: skip
    return tuple(found)


def _looks_at_reviews(host: Protection) -> tuple[_Look, ...]:
    return (
        _Look(
            id="review", weight="open", value=None if host.reviews is None else host.reviews > 0, bad=False,
            what="A change can be merged without anybody's review.",
            slips="One person's word, alone; also a change of workflows or of the gate itself.", fix="Ask for at least one review.",
            github=_GITHUB + " > Required approvals", gitlab=_GITLAB + " > Approval rules",
        ),
        _Look(
            id="owners", weight="open", value=host.owners_asked, bad=False, what="Nobody in particular must review anything.",
            slips="A change of standards, people or workflows, reviewed by any colleague of its author.",
            fix="Require a review from code owners; `handrail codeowners` writes the list.",
            github=_GITHUB + " > Require review from Code Owners", gitlab=_BRANCHES + " > Code owner approval",
        ),
        _Look(
            id="owners-file", weight="weak", value=False if host.owners_wrong is None else host.owners_wrong > 0, bad=True,
            what="The host cannot read some lines of CODEOWNERS.", slips="The paths of those lines need nobody's review.",
            fix="Mend the logins in people.yaml, then `handrail codeowners`.", github="Code > CODEOWNERS", gitlab="",
        ),
        _Look(
            id="stale", weight="open", value=host.stale_dismissed, bad=False, what="A review stays good when the change is pushed again.",
            slips="Something harmless is approved, then something else is pushed and merged.",
            fix="Dismiss reviews when new commits are pushed.", github=_GITHUB + " > Dismiss stale pull request approvals",
            gitlab=_GITLAB + " > Approval settings > Remove all approvals",
        ),
        _Look(
            id="last-push", weight="weak", value=host.last_push_reviewed, bad=False,
            what="Whoever pushed last may be the one who approves.",
            slips="A reviewer adds a commit to somebody's change and approves it alone.",
            fix="Require that somebody else approves the last push.",
            github=_GITHUB + " > Require approval of the most recent reviewable push",
            gitlab=_GITLAB + " > Approval settings > Prevent approvals by users who add commits",
        ),
        _Look(
            id="own", weight="open", value=host.own_approval, bad=True, what="Authors may approve their own changes.",
            slips="One person's word, alone.", fix="Prevent approval by the author.", github="",
            gitlab=_GITLAB + " > Approval settings > Prevent approval by merge request creator",
        ),
        _Look(
            id="rules-per-change", weight="weak", value=host.rules_per_change if host.host == "gitlab" else False, bad=True,
            what="Whoever opens a merge request may change who must approve it.",
            slips="A merge request that asks for a friend instead of the owner.", fix="Prevent editing approval rules there.",
            github="", gitlab=_GITLAB + " > Approval settings > Prevent editing approval rules in merge requests",
        ),
    )  # fmt: skip


def _looks_at_evidence(host: Protection) -> tuple[_Look, ...]:
    return (
        _Look(
            id="squash", weight="weak", value=host.squash, bad=True, what="Changes can be squashed when they are merged.",
            slips="The commits of those who approved go: approvals of grade B cannot be proved any more.",
            fix="Allow merge commits only, or ask for grade A in policy/authority.yaml.",
            github="Settings > General > Pull Requests > Allow squash merging: off", gitlab=_GITLAB + " > Squash commits: Do not allow",
        ),
        _Look(
            id="rebase", weight="weak", value=host.rebase, bad=True, what="Changes can be merged without a merge commit.",
            slips="Nothing shows which commits came together, or which were reviewed; rebased commits lose their signatures.",
            fix="Allow merge commits only.", github="Settings > General > Pull Requests > Allow rebase merging: off",
            gitlab=_GITLAB + " > Merge method: Merge commit",
        ),
        _Look(
            id="evidence", weight="weak", value=host.evidence, bad=False,
            what="The branch handrail-evidence can be rewritten, or is not there.",
            slips="Records of who reviewed what can be changed afterwards.",
            fix="Protect it against force-pushes and deletion; only the workflow adds to it.",
            github="Settings > Rules > Rulesets > New branch ruleset for handrail-evidence", gitlab=_BRANCHES,
        ),
    )  # fmt: skip
