"""Which task of a plan each task of a file is: by the id that an export left in it, else by its number in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.exchange.msproject.layout import number_of
from handrail.exchange.msproject.noted import Found, Item, Note
from handrail.model.words import ITEM_ID

_ID = re.compile(ITEM_ID)
_FOUR = 10_000


@dataclass(slots=True, kw_only=True)
class Plain:
    """What a project has: ids by list, and the lines that the last import left. `people`: handles of the directory."""

    project: str
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kept: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    resource_names: Mapping[str, str] = field(default_factory=dict)


def identify(found: Found, plain: Plain) -> None:
    """Give every item its id, and say links, summaries and assignees by ids. Items deleted by hand are taken out."""
    tasks = _items(found, found.tasks, "tasks", "T", plain)
    found.milestones = [one for one in found.milestones if _items(found, [one], "milestones", "M", plain)]
    found.tasks = [one for one in found.tasks if one.uid in tasks]
    people = _resources(found, plain)
    for one in found.tasks:
        _refer(found, one, tasks, people)


def _items(found: Found, items: list[Item], kind: str, letter: str, plain: Plain) -> dict[int, str]:
    """Ids by number; an item of the plan's that was deleted there has none."""
    there = plain.ids.get(kind, frozenset())
    kept = {key: number_of(line) for key, line in plain.kept.get(kind, {}).items()}
    by_number = {number: key for key, number in kept.items() if number is not None}
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for one in sorted(items, key=lambda item: kept.get(_own(item, plain), -1) != item.uid):
        names = (_own(one, plain), by_number.get(one.uid, ""))
        name = next((each for each in names if each and each not in taken), "")
        if not name:
            continue
        taken.add(name)
        if name in there or not (there and (name in kept or one.base)):
            ids[one.uid] = name
        else:
            reason = "it was deleted in the plan by hand, so it was not brought back"
            found.notes.append(Note(about=str(one.fields.get("name", "")), line=one.line, element="Task", value=name,
                                    fate="by hand", reason=reason))  # fmt: skip
            ids[one.uid] = ""
    used = {*there, *kept, *ids.values()}
    for one in items:
        wishes = (one.key.rpartition("/")[2], f"{letter}{one.uid}")
        wish = next((each for each in wishes if _ID.fullmatch(each) and each not in used), None)
        if one.uid not in ids and wish is not None:
            used.add(wish)
            ids[one.uid] = wish
    free = _free(letter, used)
    for one in items:
        if one.uid not in ids:
            ids[one.uid] = next(free)
        one.key = ids[one.uid]
    return {uid: name for uid, name in ids.items() if name}


def _own(item: Item, plain: Plain) -> str:
    """The id that an export of this very project gave it."""
    project, _, rest = item.key.partition("/")
    name = rest.rpartition("/")[2]
    return name if project == plain.project and _ID.fullmatch(name) else ""


def _free(letter: str, used: set[str]) -> Iterator[str]:
    """Ids that nobody has: T1 to T9999, then TA1 and so on."""
    prefixes = [letter, *(f"{letter}{chr(code)}" for code in range(ord("A"), ord("Z") + 1))]
    prefixes += [f"{letter}{chr(first)}{chr(second)}" for first in range(65, 91) for second in range(65, 91)]
    highest = max((int(name[len(letter) :]) for name in used if re.fullmatch(rf"{letter}[0-9]+", name)), default=0)
    for prefix in prefixes:
        for number in range(highest + 1 if prefix == letter else 1, _FOUR):
            if f"{prefix}{number}" not in used:
                yield f"{prefix}{number}"


def _resources(found: Found, plain: Plain) -> dict[int, str]:
    """What tasks call each resource: a handle, an id of the register, or a name of the plan's own."""
    there = plain.ids.get("resources", frozenset())
    by_number = {number_of(line): key for key, line in plain.kept.get("resources", {}).items()}
    used = {*there, *plain.kept.get("resources", {})}
    free = (f"RS-{number}" for number in range(1, _FOUR) if f"RS-{number}" not in used)
    names: dict[int, str] = {}
    for one in found.resources:
        name = str(one.fields.get("name", ""))
        if one.key in plain.people or not one.fields:
            if "calendar" in one.fields:
                reason = "the working times of a person without a line under `resources`"
                found.notes.append(Note(about=name, line=one.line, element="CalendarUID", value=str(one.fields["calendar"]),
                                        fate="dropped", reason=reason))  # fmt: skip
            names[one.uid], one.fields = one.key or name, {}
        elif one.key in there or (_ID.fullmatch(one.key) and one.key not in used):
            names[one.uid] = one.key
        else:
            names[one.uid] = by_number.get(one.uid) or plain.resource_names.get(name) or next(free)
        one.key = names[one.uid]
        used.add(one.key)
    found.resources = [one for one in found.resources if one.fields]
    return names


def _refer(found: Found, one: Item, tasks: Mapping[int, str], people: Mapping[int, str]) -> None:
    fields: dict[str, Any] = one.fields
    if "parent" in fields:
        fields["parent"] = tasks.get(fields["parent"])
    links = [{**link, "task": tasks[link["task"]]} for link in fields.get("links", ()) if link["task"] in tasks]
    if len(links) != len(fields.get("links", ())):
        reason = "links to milestones and to tasks that were deleted by hand are left out"
        found.notes.append(Note(about=str(fields["name"]), line=one.line, element="PredecessorLink", value="", fate="dropped",
                                reason=reason))  # fmt: skip
    fields["links"] = links
    fields["assignees"] = list(dict.fromkeys(people[uid] for uid in fields.get("assignees", ()) if uid in people))
    one.fields = {name: value for name, value in fields.items() if value not in (None, [])}
