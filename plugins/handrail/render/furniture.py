"""What stands below the title of every handbook page: who keeps it, when it was last looked at, whom it binds, how to change it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handrail.model.words import TIERS
from handrail.render import words
from handrail.render.page import render
from handrail.render.view import Site

_CHANGES = "CHANGELOG.md"


def furniture(site: Site, file: str, root: str, meta: Mapping[str, str]) -> str:
    """One line as HTML; empty where nothing is known. meta: `owner` and `reviewed_on` of the page's front matter."""
    standard = next((one for one in site.standards.values() if one.loc.file == file), None)
    parts: list[tuple[str, str | None]] = []
    if meta.get("owner"):
        parts.append((f"Kept by {meta['owner']}", None))
    reviewed = _day(meta.get("reviewed_on", ""))
    if reviewed is not None:
        parts.append((f"last reviewed on {words.day(reviewed)}", None))
    if standard is not None:
        tiers = {tier for one in standard.requirements for tier in one.tiers or TIERS}
        bound = (
            "projects of every tier"
            if tiers >= set(TIERS) or not tiers
            else f"{words.listed([one for one in TIERS if one in tiers])} projects"
        )
        parts += [
            (f"version {standard.version} binds {bound}", None),
            ("what changed in the standards", f"{root}rules/changes/"),
        ]
    folder, _, name = file.rpartition("/")
    told = next((one for one in site.standards.values() if one.loc.file.rpartition("/")[0] == folder), None)
    if name == _CHANGES and told is not None:
        parts += [
            (f"the standard {told.title}", f"{root}{folder.removeprefix('standards/')}/"),
            ("all changes of the standards", f"{root}rules/changes/"),
        ]
    edit = site.edit(file)
    if edit is not None:
        parts.append(("propose a change", edit))
    return (
        str(
            render(
                "furniture.html.jinja",
                parts=tuple((words.capital(text) if not at else text, href) for at, (text, href) in enumerate(parts)),
            )
        )
        if parts
        else ""
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
