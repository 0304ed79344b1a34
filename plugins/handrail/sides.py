"""The three trees of a change, and what differs between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from handrail.git import Git, Objects, PartTree, PathChange, RevisionTree, Span, WorkTree, changed_paths, span_of
from handrail.rules.pull import Touched


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The three trees of one change, and what differs between before and after.

    disk: what lies otherwise on the disk, None where a head is judged.
    """

    git: Git
    span: Span
    law: RevisionTree
    before: RevisionTree
    after: RevisionTree
    disk: WorkTree | None

    @classmethod
    def of(cls, root: Path, base: str, head: str | None) -> Sides:
        """Find the trees. Raises GitFault where they cannot be told."""
        git = Git(root)
        span = span_of(git, base, "HEAD" if head is None else head, merge=head is not None)
        objects = Objects(git)
        law = RevisionTree(git, span.target, objects)
        alone = head is None or span.conflict
        before = law if not alone or span.base == span.target else RevisionTree(git, span.base, objects)
        after = RevisionTree(git, span.merged, objects)
        return cls(
            git=git, span=span, law=law, before=before, after=after, disk=WorkTree(git) if head is None else None
        )

    @cached_property
    def paths(self) -> tuple[PathChange, ...]:
        """Every path that the commits change, from the top of the repository."""
        return changed_paths(self.git, self.before.revision, self.after.revision)

    @cached_property
    def projects(self) -> frozenset[str]:
        """The projects in whose folders something changes."""
        old, new = self.before.folders, self.after.folders
        moved = {name for name in {*old, *new} if old.get(name) != new.get(name)} if old != new else set()
        return frozenset(moved) | (self.disk.projects if self.disk else frozenset())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every project there is after the change."""
        return tuple(sorted({*self.after.folders, *(self.disk.projects if self.disk else ())}))

    @property
    def changes_law(self) -> bool:
        """Whether something below `standards/` changes."""
        return self.before.law != self.after.law or bool(self.disk and self.disk.law)

    @property
    def loose(self) -> bool:
        """Whether something changes that stands directly in `projects/`."""
        return self.before.loose != self.after.loose or bool(self.disk and self.disk.loose)

    @cached_property
    def touched(self) -> tuple[Touched, ...]:
        """Every path that changes, from the root, with what became of it; names of any bytes as Git has them."""
        found = {
            one.path: Touched(path=one.path, how="changed" if one.how == "moved" else one.how) for one in self.paths
        }
        for path in self.disk.touched if self.disk else ():
            there, known = (self.git.top / path).is_file(), self.before.holds(path)
            found[path] = Touched(path=path, how="changed" if known and there else "added" if there else "removed")
        prefix = self.git.prefix
        return tuple(replace(found[path], path=path.removeprefix(prefix)) for path in sorted(found))

    def tree(self, law: RevisionTree, plans: RevisionTree, projects: frozenset[str] | tuple[str, ...]) -> PartTree:
        """Law of one revision, some plans of another; what is on the disk stands over the plans of after."""
        disk = self.disk if plans is self.after else None
        return PartTree(law, plans, sorted(projects), disk, law_on_disk=law is self.after)
