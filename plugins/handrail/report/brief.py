"""What the comment on a change carries for machines: the site's page of reviews shows it beside the open pull request."""

from __future__ import annotations

import json
from base64 import b64encode

from handrail.report.model import Report
from handrail.report.parts import blocked, split, verdict

OPENS, CLOSES = "<!-- handrail: brief ", " -->"
_MOST = 10
_PROJECTS = 50
_LONG = 300


def brief(report: Report) -> str:
    """One line that no reader sees: the verdict, what must be mended, who has still to agree, which plans it is about.

    Every sentence is cut to 300 signs, and every list to its first entries: the line stays below 20 kB.
    """
    mend = dict.fromkeys(split(one.message)[0] for one in blocked(report))
    waits = dict.fromkeys(one.who for one in report.agreements if not one.given and not one.by)
    projects = [*(one.project for one in report.changes if one.project), *(one.project for one in report.agreements)]
    said = {
        "verdict": verdict(report), "stops": report.blocks, "mend": _cut(mend), "waits": _cut(waits),
        "projects": list(dict.fromkeys(projects))[:_PROJECTS],
        "restricted": report.restricted,
    }  # fmt: skip
    # What plans say could name people or end the comment; in Base64 it is letters.
    return OPENS + b64encode(json.dumps(said, ensure_ascii=False).encode(errors="replace")).decode() + CLOSES


def _cut(texts: dict[str, None]) -> list[str]:
    return [one[:_LONG] for one in list(texts)[:_MOST]]
