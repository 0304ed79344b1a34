"""A field that stands in the wrong file is sent where it belongs."""

import pytest
from handrail.load.homes import home_of
from handrail.model.project import Plan
from handrail.model.records import Report


@pytest.mark.parametrize(
    ("cls", "key", "part"),
    [
        (Plan, "money", "under `budget`"), (Plan, "probability", "an entry of `risks`"), (Report, "risks", "`project.yaml`"),
        (Plan, "status", "a report (`reports/<name>.md`)"), (Plan, "planned", "such as `deliverables` or `milestones`"),
    ],
)  # fmt: skip
def test_where_it_belongs(cls, key, part) -> None:
    assert part in home_of(cls, key)


def test_nobody_knows_where_an_invented_field_belongs() -> None:
    assert not home_of(Plan, "moonphase")
    assert not home_of(Report, "moonphase")


def test_every_other_word_leads_to_a_field() -> None:
    from handrail.load.homes import _OTHERWISE

    keys = {one.key for one in Plan.__dataclass_fields__.values() if hasattr(one, "key")} or set(
        Plan.__dataclass_fields__
    )
    assert set(_OTHERWISE.values()) <= keys
    assert not _OTHERWISE.keys() & keys
