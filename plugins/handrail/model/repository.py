"""A repository as it is written: law, strategy and plans, read from one tree and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Protocol, TypeVar, cast

from handrail.fields import Entity
from handrail.model.organisation import (
    ObjectiveRecord,
    Organisation,
    PersonRecord,
    ProgrammeRecord,
    Request,
    StandardRecord,
)
from handrail.model.policy import Policy
from handrail.model.project import Plan
from handrail.model.records import Approval
from handrail.model.rule_file import RuleFile

E = TypeVar("E", bound=Entity)


class Tree(Protocol):
    """Files by path, from a folder or from a revision of Git."""

    def paths(self) -> tuple[str, ...]:
        """Every file below `standards/` and `projects/`, sorted; parts are joined by `/`."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""

    def oddities(self) -> Mapping[str, str]:
        """What stands in the tree and is no plain file, with what it is: a link, a folder named like a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPlan:
    """A project that could not be understood at all: it has its page all the same. `name` as far as readable."""

    id: str
    name: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Repository:
    """Everything that one tree says. Mappings are by id, in the order of the files.

    elsewhere: projects that exist and were not read, because a change does not concern them.
    """

    tree: Tree
    organisation: Organisation
    policy: Policy
    people: Mapping[str, PersonRecord]
    objectives: Mapping[str, ObjectiveRecord]
    programmes: Mapping[str, ProgrammeRecord]
    requests: tuple[Request, ...]
    standards: Mapping[str, StandardRecord]
    rules: Mapping[str, RuleFile]
    plans: tuple[Plan, ...]
    broken: tuple[BrokenPlan, ...] = ()
    approvals: tuple[Approval, ...] = ()
    others: Mapping[str, tuple[Entity, ...]] = field(default_factory=lambda: MappingProxyType({}))
    raw: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    elsewhere: tuple[str, ...] = ()
    faulty: Mapping[str, frozenset[tuple[str | int, ...]]] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )

    def every(self, cls: type[E]) -> tuple[E, ...]:
        """All of one kind that has no field of its own here: modules, proposals, audits and the like."""
        found = next((ones for ones in self.others.values() if ones and isinstance(ones[0], cls)), ())
        return cast("tuple[E, ...]", found)

    def with_plans(self, plans: tuple[Plan, ...]) -> "Repository":
        """The same with other plans, such as those that one audience may see."""
        return replace(self, plans=plans)

    @property
    def currency(self) -> str:
        """The currency of comparisons across projects: the organisation's first."""
        return self.organisation.currencies[0] if self.organisation.currencies else "EUR"
