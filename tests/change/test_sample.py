"""The whole sample, turned upside down: order is no change anywhere, and every single loss is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from handrail.change import compare, told
from handrail.compute.portfolio import compute
from handrail.fields import Entity
from handrail.load import FolderTree, load
from handrail.model.kinds import KINDS
from handrail.model.repository import Repository

from tests.command import ROOT

TODAY = date(2026, 12, 4)
SAMPLE = load(FolderTree(ROOT)).repository
LISTS = sorted({kind.key for kind in KINDS if kind.within == "project" and kind.key})


def turned(one: Any) -> Any:
    """The same with every list and every mapping the other way round."""
    if isinstance(one, Entity):
        return type(one)(**{spot.name: turned(getattr(one, spot.name)) for spot in fields(one)})
    if isinstance(one, tuple):
        return tuple(turned(each) for each in reversed(one))
    if isinstance(one, Mapping):
        return {key: turned(value) for key, value in reversed(list(one.items()))}
    return one


def upside_down(repository: Repository) -> Repository:
    return replace(
        repository, plans=turned(repository.plans), policy=turned(repository.policy), organisation=turned(repository.organisation),
        people={name: turned(one) for name, one in reversed(list(repository.people.items()))}, rules={name: turned(one) for name, one in repository.rules.items()},
        standards={name: turned(one) for name, one in repository.standards.items()},
    )  # fmt: skip


def test_order_means_nothing() -> None:
    assert compare(SAMPLE, upside_down(SAMPLE)) == ()


def test_the_same_is_the_same() -> None:
    assert compare(compute(SAMPLE, TODAY), compute(load(FolderTree(ROOT)).repository, TODAY)) == ()


@pytest.mark.parametrize("name", LISTS)
def test_whatever_is_taken_out_is_told_and_its_return_too(name: str) -> None:
    without = replace(SAMPLE, plans=tuple(replace(plan, **{name: getattr(plan, name)[1:]}) for plan in SAMPLE.plans))
    lost = {plan.id for plan in SAMPLE.plans if getattr(plan, name)}
    gone, back = compare(SAMPLE, without), compare(without, SAMPLE)
    assert {one.project for one in gone if one.what in {"removed", "moved"}} == lost
    assert {one.project for one in back if one.what in {"added", "moved"}} == lost
    for one in (*told(gone), *told(back)):
        assert one.sentence.strip() == one.sentence
        assert "\n" not in one.sentence
        assert not {"None", "Decimal", "datetime", "Entity", "Loc("} & set(one.sentence.replace("(", " ").split()), (
            one.sentence
        )
