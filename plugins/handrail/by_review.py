"""A review on the host becomes a record: whoever approves the pull request says yes to what it asks of them.

The records follow from a commit, the law of the target and a review, and from nothing else. So nobody has to trust who
wrote them into the branch: the gate makes them again, and a review of the commit before them counts for the commit with
them when those records, byte for byte, are all that came between. Anything else that is pushed makes a review stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from handrail.change import compare
from handrail.change.agreements import subjects
from handrail.clock import day_at
from handrail.compute.approved_value import value_of
from handrail.compute.authority import lacks_authority, under_law
from handrail.compute.evidence import APPROVED, Review
from handrail.git import Git, Objects, PartTree, RevisionTree, changed_paths
from handrail.git.revisions import is_hash, merge_bases
from handrail.load import Ground, Loaded, load, read_ground
from handrail.model.project import Plan
from handrail.scaffold.approval import Asked, new_approval
from handrail.scaffold.project import NotPossible
from handrail.scaffold.records.make import Overlay

_GATE = frozenset({"go", "rework", "hold", "stop"})
"""Recommendations that a click can take; conditions have to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A record that a review gives. path: from the root; what: what was agreed to, as `change CR-003`."""

    path: str
    text: str
    project: str
    what: str
    by: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What is to be done to a branch. add: records that are not there yet; remove: those whose review was taken back."""

    add: tuple[Given, ...]
    remove: tuple[str, ...]


def recorded(git: Git, target: str, head: str, reviews: Iterable[Review], withdrawn: Iterable[Review] = ()) -> Recorded:
    """The records that the reviews of the newest commit give, and those on the branch whose review no longer stands."""
    reading = _Reading(git, target)
    standing = carried(git, target, head, tuple(reviews))
    files: dict[str, str] = {}
    add: list[Given] = []
    for review in _in_order(one for one in standing if one.state == APPROVED and one.commit == head):
        for given in reading.given(head, review, files):
            files[given.path] = given.text
            add.append(given)
    gone: list[str] = []
    for review in withdrawn:
        if review.commit is None or not _before(git, review.commit, head):
            continue
        there = RevisionTree(git, head)
        gone += [one.path for one in reading.given(review.commit, review) if _same(there, one)]
    reading.close()
    return Recorded(add=tuple(add), remove=tuple(dict.fromkeys(gone)))


def carried(git: Git, target: str, head: str, reviews: tuple[Review, ...]) -> tuple[Review, ...]:
    """The reviews, those of an earlier commit said of `head` where nothing came since but the records of reviews."""
    approved = [one for one in reviews if one.state == APPROVED and one.commit and _before(git, one.commit, head)]
    late = [one for one in approved if one.commit != head]
    if not late:
        return reviews
    reading = _Reading(git, target)
    allowed = {
        (one.path, one.text.encode()) for review in approved for one in reading.given(review.commit or "", review)
    }
    objects = Objects(git)
    found = []
    for one in reviews:
        holds = one in late and all(
            change.how == "added" and change.new is not None and change.new_mode == "100644"
            and (change.path.removeprefix(git.prefix), objects.blob(change.new)) in allowed
            for change in changed_paths(git, one.commit or "", head)
        )  # fmt: skip
        found.append(replace(one, commit=head) if holds else one)
    objects.close()
    reading.close()
    return tuple(found)


def _same(tree: RevisionTree, one: Given) -> bool:
    try:
        return tree.read(one.path) == one.text.encode()
    except OSError:
        return False


def _before(git: Git, commit: str, head: str) -> bool:
    """Whether a commit is the head or came before it; one that is not in the clone did not."""
    return is_hash(commit) and git.answer("merge-base", "--is-ancestor", commit, head, fine=(0, 1, 128))[0] == 0


def _in_order(reviews: Iterable[Review]) -> list[Review]:
    return sorted(reviews, key=lambda one: (one.submitted_at or "", one.login.casefold()))


class _Reading:
    """Makes records again and again under one law: that of the target's tip, never one that a change brings."""

    def __init__(self, git: Git, target: str) -> None:
        self._git, self._target, self._objects = git, target, Objects(git)
        self._law = RevisionTree(git, target, self._objects)
        self._ground: Ground = read_ground(PartTree(self._law, self._law, ()))

    def close(self) -> None:
        """Let go of Git."""
        self._objects.close()

    def given(self, commit: str, review: Review, more: Mapping[str, str] | None = None) -> Iterator[Given]:
        """The records that a review of a commit gives. `more`: files that are written already and take numbers."""
        by, on = self._person(review), self._day(review)
        if by is None or on is None:
            return
        files = dict(more or {})
        before, after, names = self._states(commit)
        changes = compare(before.repository, after.repository, only=names)
        olds = {one.id: one for one in before.repository.plans}
        for project, kind, name in subjects(changes):
            tree = Overlay(after.repository.tree, {path: text.encode() for path, text in files.items()})
            loaded = load(tree, ground=self._ground)
            plan = next((one for one in loaded.repository.plans if one.id == project), None)
            given = self._one(kind, name, plan, olds.get(project), loaded, by, on) if plan else None
            if given is not None:
                files[given.path] = given.text
                yield given

    def _one(  # noqa: PLR0913, PLR0917 - what is asked, of whom, and where it stands
        self, kind: str, name: str, plan: Plan, old: Plan | None, loaded: Loaded, by: str, on: date
    ) -> Given | None:
        """The record for one thing; None where it needs none, has one, or is not this person's to decide."""
        value = value_of(kind, name, plan, loaded.repository)
        done = (
            one for one in plan.approvals if one.subject.kind == kind and one.subject.id == name and one.value == value
        )
        decision = _decision(kind, name, plan)
        if value is None or decision == "" or any(one.by == by for one in done):
            return None
        law = under_law(plan, old) if old is not None else plan
        try:
            made = new_approval(Asked(kind=kind, name=name, decision=decision, by=by, role=None, on=on), law, loaded)
        except NotPossible:
            return None
        after = load(Overlay(loaded.repository.tree, {made.path: made.text.encode()}), ground=self._ground)
        plan = next(one for one in after.repository.plans if one.id == plan.id)
        record = next(one for one in plan.approvals if one.id == made.id)
        law = under_law(plan, old) if old is not None else plan
        if lacks_authority(record, law, after.repository) is not None:
            return None
        return Given(
            path=made.path, text=made.text, project=plan.id, what=f"{kind} {name}", by=by, decision=record.decision
        )

    def _states(self, commit: str) -> tuple[Loaded, Loaded, frozenset[str]]:
        """The changed projects as they were where the change began, and as the commit has them."""
        base = merge_bases(self._git, self._target, commit)[0]
        old, new = (RevisionTree(self._git, one, self._objects) for one in (base, commit))
        names = frozenset(
            name for name in {*old.folders, *new.folders} if old.folders.get(name) != new.folders.get(name)
        )
        rest = tuple(sorted({*new.folders, *self._law.folders} - names))
        both = (
            load(PartTree(self._law, one, sorted(names)), ground=self._ground, elsewhere=rest) for one in (old, new)
        )
        return next(both), next(both), names

    def _person(self, review: Review) -> str | None:
        people = self._ground.law.named.get("people", {})
        wanted = review.login.casefold()
        return next(
            (one.id for one in people.values() if one.host.get(review.host, "").casefold() == wanted != ""), None
        )

    def _day(self, review: Review) -> date | None:
        try:
            moment = datetime.fromisoformat(review.submitted_at or "")
        except ValueError:
            return None
        return day_at(moment, self._ground.law.organisation.timezone) if moment.tzinfo else None


def _decision(kind: str, name: str, plan: Plan) -> str | None:
    """What a click says: yes in the words of the thing, of a gate what was recommended; empty where a click cannot say it."""
    if kind != "gate":
        return None
    said = next((one.recommendation for one in plan.gates if one.id == name), None)
    return "go" if said is None else said if said in _GATE else ""
