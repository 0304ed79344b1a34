"""The readable face of a pack: one file without anything from elsewhere, the same bytes for the same figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from handrail.render.page import render


def page(tables: Mapping[str, Any]) -> str:
    """One HTML document from the plain tables of a pack."""
    matrix = tables["compliance"]
    projects = sorted({one["project"] for one in matrix if one["project"]})
    by_place = {(one["requirement"], one["project"]): one for one in matrix}
    rows = [
        {"id": name, "wide": by_place.get((name, None)), "cells": [by_place.get((name, one)) for one in projects]}
        for name in dict.fromkeys(one["requirement"] for one in matrix)
    ]
    return str(
        render(
            "audit_pack.html.jinja", audit=tables["audit"], completeness=tables["completeness"], sample=tables["sample"],
            projects=projects, rows=rows, tally=Counter(one["verdict"] for one in matrix),
            failed=[one for one in matrix if one["verdict"] in {"fail", "waived"}],
            approvals=sorted(tables["approvals"], key=lambda one: (not one["below_policy"], one["project"], one["id"])),
            bypassed=[one for one in tables["commits"] if one["would_have_been_blocked"] or one["bypass"]],
            unjudged=[one for one in tables["commits"] if one["why_not"]], commits=tables["commits"],
            conformity=tables["conformity"], follow_up=tables["follow_up"], files=len(tables["files"]),
        )
    )  # fmt: skip
