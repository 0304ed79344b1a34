"""The only place that talks to Git, in plain plumbing: nothing is checked out, and nothing but `branch` ever writes.

`Git` runs the processes, `Objects` reads many objects through one of them, `revisions` says which commits are meant,
`RevisionTree` is a revision as a tree of files, `changes` lists what differs, `commits` says who made it.
"""

from handrail.git.changes import PathChange, changed_paths, renames
from handrail.git.commits import Commit, commits_between
from handrail.git.mainline import Mainline
from handrail.git.objects import Objects
from handrail.git.part import PartTree
from handrail.git.process import Git, GitFault, NoRepository
from handrail.git.revisions import Span, resolve, span_of
from handrail.git.tree import RevisionTree
from handrail.git.worktree import WorkTree

__all__ = [
    "Commit",
    "Git",
    "GitFault",
    "Mainline",
    "NoRepository",
    "Objects",
    "PartTree",
    "PathChange",
    "RevisionTree",
    "Span",
    "WorkTree",
    "changed_paths",
    "commits_between",
    "renames",
    "resolve",
    "span_of",
]
