"""How far the handbook answers to a framework: clause by clause, and never better than somebody has verified."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from handrail.compute.conformity import conformity
from handrail.model.frameworks import Crossing, Edition, Framework
from handrail.remark import Loc

from tests.rules.case_repository import shipped

NONE = Loc("standards/frameworks/x.yaml")
REQUIREMENT = "S-RISK.1"


def states(*crossings: dict[str, str], **clauses: str) -> dict[str, str]:
    """The state of each clause of a framework with these crossings."""
    listed = {name.replace("_", ".").removeprefix("c"): heading for name, heading in clauses.items()}
    ones = tuple(
        Crossing(**{"requirement": REQUIREMENT, "edition": "1", "loc": NONE, **one}) for one in _typed(crossings)
    )
    framework = Framework(
        id="X", title="X", editions=(Edition(edition="1", clauses=listed, loc=NONE),), crosswalk=ones, loc=NONE
    )
    base = shipped()
    repository = replace(base, others={**base.others, "framework": (framework,)})
    return {one.clause: one.state for one in conformity(repository)[0].clauses}


def _typed(crossings: tuple[dict[str, str], ...]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(one) for one in crossings)


@pytest.mark.parametrize(
    ("relation", "status", "state"),
    [
        ("covers", "verified", "covered"), ("extends", "verified", "covered"), ("partly", "verified", "partly"),
        ("covers", "unverified", "unverified"), ("partly", "unverified", "unverified"),
    ],
)  # fmt: skip
def test_only_what_was_verified_counts(relation: str, status: str, state: str) -> None:
    assert states({"clause": "4.1", "relation": relation, "status": status}, c4_1="Four one") == {"4.1": state}


def test_what_nothing_maps_to_is_not_covered() -> None:
    assert states(c4_1="Four one", c4_2="Four two") == {"4.1": "not", "4.2": "not"}


def test_a_clause_of_which_only_parts_are_mapped_is_partly_covered() -> None:
    found = states(
        {"clause": "4.1.2", "status": "verified"},
        {"clause": "5.1", "status": "unverified"},
        c4_1="A",
        c5="B",
        c4_10="C",
    )
    assert found == {"4.1": "partly", "4.1.2": "covered", "4.10": "not", "5": "unverified", "5.1": "unverified"}
    assert list(found) == ["4.1", "4.1.2", "4.10", "5", "5.1"]  # as a reader counts


def test_the_best_of_several_counts_and_retired_standards_do_not() -> None:
    both = ({"clause": "4", "relation": "partly", "status": "verified"}, {"clause": "4", "status": "verified"})
    assert states(*both, c4="A") == {"4": "covered"}
    assert states({"clause": "4", "status": "verified", "requirement": "S-GONE.1"}, c4="A") == {"4": "not"}


def test_the_shipped_handbook_states_every_framework_and_edition() -> None:
    repository = shipped()
    found = conformity(repository)
    named = {(one.framework, one.edition) for one in found}
    mapped = {
        (x.framework, x.edition) for s in repository.standards.values() for r in s.requirements for x in r.external
    }
    assert mapped <= named
    assert all(sum(one.counts.values()) == len(one.clauses) for one in found)
