"""Reads the exported portfolios of other repositories: text of others, believed in nothing that does not fit.

`standards/handrail.yaml` says where each lies, a path from the repository's root; whoever builds the site puts it there. What
cannot be read is told where it would have stood, and stops nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from handrail.compute.facts import Portfolio
from handrail.compute.health import ENDED
from handrail.compute.other_portfolios import OtherPortfolio, OtherProject
from handrail.model.organisation import Organisation, OtherRepository
from handrail.model.words import PROJECT_ID, Colour

_LARGEST = 20 << 20
_MOST = 20_000
_LONGEST = 200
_COLOURS = frozenset({"red", "amber", "green"})
_UNKNOWN = "not known"


def others_of(portfolio: Portfolio) -> tuple[OtherPortfolio, ...]:
    """Every other repository beside this portfolio; none where its plans come from no folder, so that there is no place to look."""
    root = getattr(portfolio.repository.tree, "root", None)
    return read_others(root, portfolio.repository.organisation, portfolio.as_of) if isinstance(root, Path) else ()


def exports_of(organisation: Organisation) -> tuple[str, ...]:
    """The files that are read for them, as paths from the repository's root."""
    return tuple(one.portfolio for one in organisation.repositories if not _is_address(one))


def read_others(root: Path, organisation: Organisation, as_of: date) -> tuple[OtherPortfolio, ...]:
    """Every other repository that the organisation names, in that order."""
    return tuple(_read(root, one, as_of) for one in organisation.repositories)


def _is_address(one: OtherRepository) -> bool:
    return "://" in one.portfolio


def _read(root: Path, one: OtherRepository, as_of: date) -> OtherPortfolio:
    if _is_address(one):
        return _fault(one, "an address is not read; name a file, which the build fetches before.")
    place = root / one.portfolio
    try:
        if place.stat().st_size > _LARGEST:
            return _fault(one, "its export is larger than 20 MB.")
        data = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return _fault(one, "its export is not there." if not place.is_file() else "its export cannot be read as JSON.")
    except RecursionError:
        return _fault(one, "its export is nested too deeply.")
    try:
        return _taken(one, data, as_of)
    except (TypeError, KeyError, ValueError) as error:
        return _fault(one, f"its export is not as `handrail export json portfolio` writes it: {_clean(str(error))}.")


def _fault(one: OtherRepository, why: str) -> OtherPortfolio:
    return OtherPortfolio(name=_clean(one.name), fault=why)


def _taken(one: OtherRepository, data: Any, as_of: date) -> OtherPortfolio:
    """What the file says. Raises TypeError, KeyError or ValueError for anything that does not fit."""
    if not isinstance(data, dict):
        raise TypeError("it is no mapping")
    day = _day(data, "as_of")
    if day is None:
        raise ValueError("it has no day")
    rows = data.get("rows")
    if not isinstance(rows, list) or len(rows) > _MOST or not all(isinstance(row, dict) for row in rows):
        raise TypeError(f"`rows` is no list of at most {_MOST} projects")
    projects = tuple(_project(row) for row in rows)
    if len({project.id for project in projects}) != len(projects):
        raise ValueError("a project stands in it twice")
    hidden = data.get("restricted")
    secret = hidden if isinstance(hidden, dict) else {}
    restricted, colours = _number(secret.get("projects", 0)), _secret_colours(secret.get("colours", {}))
    found = Counter(project.colour or _UNKNOWN for project in projects if project.state not in ENDED)
    found.update(colours)
    found[_UNKNOWN] += restricted - sum(colours.values())
    if found[_UNKNOWN] < 0:
        raise ValueError("it counts more colours than restricted projects")
    return OtherPortfolio(
        name=_clean(one.name), as_of=day, age=max((as_of - day).days, 0), restricted=restricted,
        colours={word: number for word, number in found.items() if number},
        projects=projects if one.show == "full" else (),
    )  # fmt: skip


def _project(row: Mapping[str, Any]) -> OtherProject:
    name = _text(row, "id")
    if name is None or not re.fullmatch(PROJECT_ID, name):
        raise ValueError("a project has no id")
    colour = _text(row, "colour")
    if colour is not None and colour not in _COLOURS:
        raise ValueError(f"`{colour}` is no colour")
    return OtherProject(
        id=name, name=_text(row, "name") or name, unit=_text(row, "department"), tier=_text(row, "tier"), phase=_text(row, "phase"),
        state=_text(row, "state") or "active", manager=_text(row, "manager"), colour=cast("Colour | None", colour),
        end_approved=_day(row, "end_approved"), end_expected=_day(row, "end_expected"), next_gate=_text(row, "next_gate"),
        next_gate_expected=_day(row, "next_gate_expected"), report=_day(row, "report"),
    )  # fmt: skip


def _secret_colours(value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or not set(value) <= {*_COLOURS, _UNKNOWN}:
        raise TypeError("the colours of restricted projects are none")
    return {word: _number(number) for word, number in value.items() if word != _UNKNOWN}


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise TypeError("a count is no number")
    return value


def _text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"`{name}` is no text")
    return _clean(value)


def _day(row: Mapping[str, Any], name: str) -> date | None:
    value = _text(row, name)
    return date.fromisoformat(value) if value else None


def _clean(text: str) -> str:
    """One line that can be printed, not longer than a line is."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
