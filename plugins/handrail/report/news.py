"""What changed between two days, told project by project: for a terminal, for programs, and to send around."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handrail import english
from handrail.change.grouping import Told
from handrail.change.meaning import Change
from handrail.report.harmless import harmless, sentence
from handrail.report.json import change_data
from handrail.report.lines import hanging, paint
from handrail.report.parts import by_project
from handrail.report.safe import capital, escaped, safe


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class News:
    """What to tell. since: where it begins, in words. revision: the commit. everything: members of groups one by one."""

    since: str
    revision: str
    as_of: date
    changes: tuple[Change, ...]
    told: tuple[Told, ...]
    names: Mapping[str, str]
    touched: tuple[str, ...] = ()
    everything: bool = False
    colour: bool = False

    @property
    def headline(self) -> str:
        """What it is about, in one line."""
        projects = len({one.project for one in self.told if one.project})
        law = any(one.project is None for one in self.told)
        what = english.count(projects, "project") if projects else "no project"
        rest = " and standards or policy" if law else ""
        return f"Since {self.since}: {what}{rest} changed, as of {english.day(self.as_of)}."

    def name(self, project: str | None) -> str:
        """What people call a project."""
        return self.names.get(project, project) if project else "Standards and policy"


def text(news: News) -> str:
    """Sentences for a terminal, the project with the worst news first."""
    lines = [news.headline, ""]
    for project, ones in by_project(news.told).items():
        lines.append(paint(safe(news.name(project)), "bold", on=news.colour))
        for one in ones:
            lines += hanging(capital(one.sentence), "  ")
            if one.folded and news.everything:
                lines += (line for each in one.changes for line in hanging(capital(each.sentence), "    "))
        lines.append("")
    if news.touched:
        lines.append(paint("Who else is touched", "bold", on=news.colour))
        lines += (line for one in news.touched for line in hanging(capital(one), "  "))
        lines.append("")
    if any(one.folded for one in news.told) and not news.everything:
        lines.append("`--all` tells each of those that stand together.")
    return "\n".join(lines).rstrip("\n") + "\n"


def markdown(news: News) -> str:
    """The same to put into a mail or a page; groups are folded."""
    lines = [f"**{harmless(news.headline)}**", ""]
    for project, ones in by_project(news.told).items():
        lines += [f"### {harmless(news.name(project))}", "", *(f"- {sentence(one.sentence)}" for one in ones), ""]
        for one in ones:
            if one.folded:
                lines += ["<details>", f"<summary>{sentence(one.sentence)}</summary>", ""]
                lines += [*(f"- {sentence(each.sentence)}" for each in one.changes), "", "</details>", ""]
    if news.touched:
        lines += ["### Who else is touched", "", *(f"- {sentence(one)}" for one in news.touched), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def data(news: News) -> str:
    """Every change for programs, also those that another sentence tells."""
    document = {
        "format": 1,
        "since": news.revision,
        "as_of": news.as_of.isoformat(),
        "changes": [{**change_data(one), "told": one.told} for one in news.changes],
        "touched": list(news.touched),
    }
    return escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
