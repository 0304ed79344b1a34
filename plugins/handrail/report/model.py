"""What every report format gets: remarks with their places, counted once, so that no format can count differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handrail.model.rule_file import RuleFile
from handrail.remark import Loc, Remark, Span
from handrail.result import Result

GROUPS: tuple[tuple[str, str], ...] = (
    ("merge", "Mend before merging"),
    ("gate", "Needed for the next gate"),
    ("watch", "Alarms that block nothing"),
    ("waived", "Permitted deviations"),
)
"""The groups in which remarks are shown: when they bite, and the deviations that were permitted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Report:
    """One run, ready to be written in any format.

    remarks: those to show. hidden: how many were left out by path; stops: how many of those stop the change.
    """

    as_of: date
    organisation: str
    projects: int
    broken: int
    remarks: tuple[Remark, ...]
    hidden: int
    stops: int
    places: Mapping[Loc, Span]
    rules: Mapping[str, RuleFile]
    names: Mapping[str, str]
    colour: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """How many remarks each group has."""
        found = dict.fromkeys((name for name, _ in GROUPS), 0)
        for one in self.remarks:
            found[group_of(one)] += 1
        return found

    @property
    def blocks(self) -> bool:
        """Whether anything stops the change, shown or not: a filter changes no verdict."""
        return self.stops > 0 or any(one.blocks for one in self.remarks)


def group_of(remark: Remark) -> str:
    """The group a remark is shown in."""
    return "waived" if remark.state == "waived" else remark.enforce_at


def report_of(result: Result, *, only: tuple[str, ...] = (), colour: bool = False) -> Report:
    """Make a report of a result. `only` are paths: what stands elsewhere is judged, but not shown."""
    shown = tuple(one for one in result.remarks if not only or _within(one.loc.file, only))
    repository = result.portfolio.repository
    return Report(
        as_of=result.portfolio.as_of,
        organisation=repository.organisation.organisation,
        projects=len(repository.plans) + len(repository.broken),
        broken=len(repository.broken),
        remarks=shown,
        hidden=len(result.remarks) - len(shown),
        stops=sum(one.blocks for one in result.remarks) - sum(one.blocks for one in shown),
        places=result.places(shown),
        rules=result.judgement.rules,
        names={plan.id: plan.name for plan in repository.plans} | {one.id: one.name for one in repository.broken},
        colour=colour,
    )


def _within(file: str, only: tuple[str, ...]) -> bool:
    return any(path in {"", "."} or file == path or file.startswith(f"{path}/") for path in only)
