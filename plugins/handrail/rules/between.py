"""What projects owe each other, under the names that rules may read: the same thing as the other side has written it down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from handrail.model.project import Plan
from handrail.model.schedule import Dependency, Provision
from handrail.rules.computing import Computed, Get, Scope
from handrail.rules.shapes import ANY, BOOL, DATE, TEXT

_SHUT = "a restricted project"


def _other(one: Dependency | Provision, scope: Scope) -> Plan | None:
    """The plan on the other side; None where there is none that can be read."""
    found = scope["facts"].get(one.project)
    return found.plan if found is not None else None


def _of_both(read: Callable[[Any, Plan, Plan], Any]) -> Get:
    def get(one: Dependency | Provision, scope: Scope) -> Any:
        other = _other(one, scope)
        return None if other is None else read(one, scope["project"], other)

    return get


def _name(_: Any, own: Plan, other: Plan) -> str:
    """A restricted project keeps its name to itself."""
    return other.name if other.sensitivity != "restricted" or own.sensitivity == "restricted" else _SHUT


def _thing(one: Dependency | Provision, giver: Plan) -> Any:
    from handrail.compute.dependencies import given_thing  # noqa: PLC0415 - most plans owe nothing to others

    return given_thing(giver, one.what)


def _promise(one: Dependency, taker: Plan, giver: Plan) -> Provision | None:
    from handrail.compute.dependencies import counterpart_of_need  # noqa: PLC0415 - as above

    return counterpart_of_need(one, taker, giver)


def _need(one: Provision, giver: Plan, taker: Plan) -> Dependency | None:
    from handrail.compute.dependencies import counterpart_of_gift  # noqa: PLC0415 - as above

    return counterpart_of_gift(one, giver, taker)


def _called(one: Dependency | Provision, own: Plan, giver: Plan) -> str:
    found = None if giver.sensitivity == "restricted" and own is not giver else _thing(one, giver)
    return found.name if found is not None else one.what


_OTHER: Mapping[str, Computed] = MappingProxyType(
    {
        "other_name": Computed(shape=TEXT, get=_of_both(_name), about="what the project on the other side is called"),
        "other_readable": Computed(
            shape=BOOL, get=lambda one, scope: _other(one, scope) is not None,
            about="whether the plan of the other side can be read",
        ),
        "other_state": Computed(
            shape=TEXT, get=_of_both(lambda _, __, other: other.state), about="whether the other side is still at work"
        ),
    }
)  # fmt: skip
NEEDS: Mapping[str, Computed] = MappingProxyType(
    {
        **_OTHER,
        "what_name": Computed(shape=TEXT, get=_of_both(_called), about="what the giver calls it"),
        "there": Computed(
            shape=BOOL, get=_of_both(lambda one, _, giver: getattr(_thing(one, giver), "actual", None) is not None),
            about="whether it was given already",
        ),
        "expected": Computed(
            shape=DATE, get=_of_both(lambda one, _, giver: _when(_thing(one, giver))),
            about="when the giver's plan expects it: its actual, forecast or planned day",
        ),
        "promise": Computed(
            shape=ANY, of=Provision, get=_of_both(_promise), about="the same thing under the giver's `provides`"
        ),
    }
)  # fmt: skip
"""For what a project needs of another."""
GIFTS: Mapping[str, Computed] = MappingProxyType(
    {
        **_OTHER,
        "what_name": Computed(
            shape=TEXT, get=lambda one, scope: _called(one, scope["project"], scope["project"]), about="what it is called"
        ),
        "there": Computed(
            shape=BOOL,
            get=lambda one, scope: getattr(_thing(one, scope["project"]), "actual", None) is not None,
            about="whether it was given already",
        ),
        "expected": Computed(
            shape=DATE, get=lambda one, scope: _when(_thing(one, scope["project"])),
            about="when the own plan expects it: its actual, forecast or planned day",
        ),
        "need": Computed(
            shape=ANY, of=Dependency, get=_of_both(_need), about="the same thing under the taker's `depends_on`"
        ),
    }
)  # fmt: skip
"""For what a project gives to another."""


def _when(thing: Any) -> Any:
    return None if thing is None else thing.actual or thing.forecast or thing.planned
