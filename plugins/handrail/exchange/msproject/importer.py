"""A file of Microsoft Project becomes the schedule of one project. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handrail.edit import NotEditable, NotWritable
from handrail.exchange.existing import Existing
from handrail.exchange.msproject import state
from handrail.exchange.msproject.compare import compare
from handrail.exchange.msproject.identify import Plain, identify
from handrail.exchange.msproject.layout import imported, number_of
from handrail.exchange.msproject.merge import Merge
from handrail.exchange.msproject.noted import Found
from handrail.exchange.msproject.read import read
from handrail.exchange.msproject.report import PlanReport
from handrail.exchange.msproject.settle import settle
from handrail.exchange.msproject.tree import NotReadable
from handrail.exchange.msproject.write import write_plan
from handrail.load import load
from handrail.model.project import Plan
from handrail.model.repository import Repository, Tree
from handrail.source.text import MAX_BYTES

_MARKED = (("tasks", state.TASK), ("milestones", state.MILESTONE))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImport:
    """What an import comes to: the files that change, with their new bytes, and the report."""

    files: Mapping[str, bytes]
    report: PlanReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A tree with files of a project that is not written yet."""

    tree: Tree
    files: Mapping[str, bytes]

    def paths(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(sorted({*self.tree.paths(), *self.files}))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        return self.files[path] if path in self.files else self.tree.read(path)

    def oddities(self) -> Mapping[str, str]:
        """What is no plain file."""
        return self.tree.oddities()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a file comes from: its name, who read it first, and the day on which that is."""

    name: str
    today: date
    as_of: date | None = None
    through: str = "directly"


def import_plan(data: bytes, tree: Tree, project: str, origin: Origin) -> PlanImport:
    """Import a file into a project of a tree.

    Raises NotReadable when the file is no plan at all, or cannot be put into this project.
    """
    repository = load(tree).repository
    plan = _plan(repository, project)
    theirs = read(data)
    mine = read(write_plan(plan, repository.organisation).data)
    kept = imported(plan)
    _same_plan(theirs, plan)
    own = frozenset(one.id for one in plan.calendars)
    settle(theirs, repository.organisation, own)
    settle(mine, repository.organisation, own)
    plain = _plain(plan, repository, kept)
    identify(theirs, plain)
    identify(mine, _without_kept(plain))
    there = Existing(id=project)
    for path in tree.paths():
        if path.startswith(f"projects/{project}/") and path.endswith(".yaml") and path.count("/") == 2:  # noqa: PLR2004 - a fragment
            there.put(path, tree.read(path).decode("utf-8"))
    before = dict(there.texts)
    merge = Merge(project=there, theirs=theirs, mine=mine, kept=kept)
    try:
        merge.run({"file": origin.name, **({"guid": theirs.guid} if theirs.guid else {})})
    except (NotEditable, NotWritable) as error:
        raise NotReadable(f"The plan's files could not be changed: {error}.", "Mend them and import again.") from None
    files = {path: text.encode() for path, text in there.texts.items() if before.get(path) != text}
    for path, content in files.items():
        if len(content) > MAX_BYTES:
            raise NotReadable(f"{path} would have {len(content):,} bytes, and more than {MAX_BYTES:,} are not read.",
                              "Import a smaller plan, such as one of its inserted projects.")  # fmt: skip
    after = load(Beside(tree=tree, files=files)).repository
    notes, sentences = compare(
        theirs, _plan(after, project), after, origin.as_of or repository.organisation.as_of or origin.today
    )
    theirs.notes += notes
    theirs.remarks += sentences
    return PlanImport(files=dict(sorted(files.items())), report=_report(data, theirs, merge, kept, origin, files))


def states_of(plan: Plan, repository: Repository) -> dict[str, str]:
    """What an export says about each row, so that the next import knows what the file changed."""
    found = read(write_plan(plan, repository.organisation).data)
    identify(found, _without_kept(_plain(plan, repository, {})))
    lists = {"tasks": found.tasks, "milestones": found.milestones}
    return {
        f"{plan.id}/{kind}/{one.key}": state.packed(state.marks(one.fields, names), names)
        for kind, names in _MARKED
        for one in lists[kind]
    }


def _plan(repository: Repository, project: str) -> Plan:
    plan = next((one for one in repository.plans if one.id == project), None)
    if plan is None or plan.broken:
        raise NotReadable(
            f"The project {project} cannot be read as it stands.",
            "`handrail check` says where; mend it and import again.",
        )
    return plan


def _plain(plan: Plan, repository: Repository, kept: Mapping[str, Mapping[str, str]]) -> Plain:
    return Plain(
        project=plan.id,
        ids={
            "tasks": frozenset(one.id for one in plan.tasks), "milestones": frozenset(one.id for one in plan.milestones),
            "resources": frozenset(one.id for one in plan.resources),
        },
        kept=kept, people=frozenset(repository.people), resource_names={one.name: one.id for one in plan.resources},
    )  # fmt: skip


def _without_kept(plain: Plain) -> Plain:
    """For the plan's own file: every item carries its id, so nothing else counts."""
    return replace(plain, kept={})


def _same_plan(theirs: Found, plan: Plan) -> None:
    """Numbers of tasks mean nothing in the file of another plan."""
    kept = plan.source.get("msproject")
    before = str(kept.get("guid") or "") if isinstance(kept, Mapping) else ""
    if before and theirs.guid and before.lower() != theirs.guid.lower():
        raise NotReadable(
            f"This is another plan: {plan.id} follows the one that Microsoft Project calls {before}.",
            "Give the file that the project was imported from, or import this one into a project of its own.",
        )  # fmt: skip


def _report(  # noqa: PLR0913, PLR0917 - it tells of all of them
    data: bytes,
    theirs: Found,
    merge: Merge,
    kept: Mapping[str, Mapping[str, str]],
    origin: Origin,
    files: Mapping[str, bytes],
) -> PlanReport:
    in_file = {one.key for one in (*theirs.tasks, *theirs.milestones)}
    tasks = merge.project.value.get("tasks")
    names = (
        {str(one.get("id")): one.get("name") for one in tasks if isinstance(one, Mapping)}
        if isinstance(tasks, list)
        else {}
    )
    absent = [f"{key} ({names[key]})" for key, line in kept.get("tasks", {}).items()
              if key in names and key not in in_file and number_of(line) is not None]  # fmt: skip
    return PlanReport(
        name=origin.name, sha256=hashlib.sha256(data).hexdigest(), project=merge.project.id, through=origin.through, title=theirs.title,
        found={"tasks": len(theirs.tasks), "milestones": len(theirs.milestones), "calendars": len(theirs.calendars),
               "resources": len(theirs.resources)},
        created=tuple(merge.created), updated=tuple(merge.updated), absent=tuple(absent), values=merge.values,
        notes=tuple(theirs.notes), remarks=tuple(theirs.remarks), files=tuple(sorted(files)),
    )  # fmt: skip
