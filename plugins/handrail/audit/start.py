"""What the start of an audit writes beside the pack: the plan of the audit, and its population, for the auditor's folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from handrail.audit.bundle import MANIFEST
from handrail.audit.pack import Question, sha256
from handrail.edit import dump, set_value

FOLDER = "standards/audits"
NOTES = "population.json"
"""The complete population of the period, beside the plan of the audit."""


def plan_file(asked: Question, files: Mapping[str, bytes] | None) -> dict[str, Any]:
    """What the plan of the audit says about its period; with a pack also what the pack is known by."""
    found: dict[str, Any] = {"from": asked.first, "to": asked.last, "sample": asked.size, "seed": asked.seed}
    if files is not None:
        found |= {"at": asked.at, "evidence": sha256(files[MANIFEST])}
    return found


def written_plan(  # noqa: PLR0913 - the fields of a new plan
    text: str | None, asked: Question, files: Mapping[str, bytes] | None, *, title: str, sort: str,
    auditors: tuple[str, ...], today: date,
) -> str:  # fmt: skip
    """The text of audit.yaml: a new one, or the old one with nothing changed but the period, the sample and the pack.

    Raises NotEditable where the old text cannot be read.
    """
    fields = plan_file(asked, files)
    if text is None:
        new = {
            "id": asked.audit, "title": title, "type": sort, "auditors": list(auditors), **fields, "planned_on": today,
            "started_on": today, "state": "running",
        }  # fmt: skip
        return "# Owned by the auditor; the PMO may not change it.\n" + dump(new)
    for name, value in fields.items():
        text = set_value(text, (name,), value)
    return text
