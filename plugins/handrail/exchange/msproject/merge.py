"""What a file says, put into a plan: only what the file changed, and nothing that a person changed in the plan.

For each field four values count: what the file says now, what the plan says, what the last import wrote, and what the plan
said when the file was written by an export. The plan follows the file only while nobody has changed it since either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.edit import dump, remove_value, set_value
from handrail.exchange.existing import Existing
from handrail.exchange.merge import SOURCE_NOTE
from handrail.exchange.msproject import state
from handrail.exchange.msproject.noted import Found, Item, Note
from handrail.exchange.msproject.splice import Change, set_items

SCHEDULE = "schedule.yaml"
HOMES: Mapping[str, str] = {"resources": "resources.yaml"}
"""The file for what stands nowhere yet, where it is not schedule.yaml."""


@dataclass(slots=True, kw_only=True)
class Merge:
    """The work on one project. `theirs`: the file; `mine`: the plan as a file would say it."""

    project: Existing
    theirs: Found
    mine: Found
    kept: Mapping[str, Mapping[str, str]]
    lines: dict[str, dict[str, str]] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    values: int = 0

    def run(self, source: Mapping[str, Any]) -> None:
        """Bring the project's files up to the file. `source`: what is kept about the file itself."""
        self.lines = {name: dict(lines) for name, lines in self.kept.items()}
        self._settings()
        self._calendars()
        self._list("milestones", state.MILESTONE, self.theirs.milestones, self.mine.milestones)
        self._list("tasks", state.TASK, self.theirs.tasks, self.mine.tasks)
        self._list("resources", state.RESOURCE, self.theirs.resources, self.mine.resources)
        self._source(source)

    def _settings(self) -> None:
        theirs = {**self.theirs.scheduling, "status_date": self.theirs.status_date}
        mine = {**self.mine.scheduling, "status_date": self.mine.status_date}
        said = self.project.value.get("scheduling")
        written = {
            *(said if isinstance(said, Mapping) else ()),
            *(("status_date",) if "status_date" in self.project.value else ()),
        }
        last = state.unpacked(self.kept.get("plan", {}).get("scheduling", ""), state.SETTINGS)
        changes, marks = self._changes(
            "the project", 0, state.SETTINGS, theirs, mine, last, {}, absent=set(state.SETTINGS) - written
        )
        self.lines.setdefault("plan", {})["scheduling"] = state.packed(marks, state.SETTINGS)
        for name, value in changes.items():
            path = (name,) if name == "status_date" else ("scheduling", name)
            self._put(path, value)
            self.values += 1

    def _calendars(self) -> None:
        there = {one: fields for one, fields in self.mine.calendars.items() if one in self._ids("calendars")}
        changes: dict[str, Change] = {}
        added: list[tuple[str | None, dict[str, Any]]] = []
        for name, fields in self.theirs.calendars.items():
            last = state.unpacked(self.kept.get("calendars", {}).get(name, ""), state.CALENDAR)
            if name not in self._ids("calendars"):
                if last:
                    self._deleted(name, 0, "Calendar")
                    continue
                added.append((None, {"id": name, **fields}))
                found = state.marks(fields, state.CALENDAR)
            else:
                # a calendar that no task uses is not in the file that the plan would become
                mine = there.get(name, {key: self._raw("calendars", name, key) for key in state.CALENDAR})
                change, found = self._changes(name, 0, state.CALENDAR, fields, mine, last, {})
                changes[name] = self._paths("calendars", name, change)
            self.lines.setdefault("calendars", {})[name] = state.packed(found, state.CALENDAR)
        self._apply("calendars", changes, added)

    def _list(self, key: str, names: tuple[str, ...], theirs: list[Item], mine: list[Item]) -> None:
        ids, there = self._ids(key), {one.key: one for one in mine}
        changes: dict[str, Change] = {}
        added: list[tuple[str | None, dict[str, Any]]] = []
        before: str | None = None
        for one in theirs:
            base = state.unpacked(one.base, names)
            last = state.unpacked(self.kept.get(key, {}).get(one.key, "").partition(" ")[2], names)
            if one.key in ids:
                own = there.get(one.key)
                change, found = self._changes(
                    str(one.fields["name"]),
                    one.line,
                    names,
                    one.fields,
                    own.fields if own else {},
                    last,
                    base,
                    item=one.key,
                )
                changes[one.key] = self._paths(key, one.key, change)
                if changes[one.key]:
                    self.updated.append(one.key)
            else:
                added.append(
                    (before, {"id": one.key, **{name: one.fields[name] for name in names if name in one.fields}})
                )
                found = state.marks(one.fields, names)
                self.created.append(one.key)
                self.values += len(one.fields)
            before = one.key
            self.lines.setdefault(key, {})[one.key] = f"{one.uid} {state.packed(found, names)}"
        self._apply(key, changes, added)

    def _changes(  # noqa: PLR0913, PLR0917 - the four sides of a field
        self, about: str, line: int, names: tuple[str, ...], theirs: Mapping[str, Any], mine: Mapping[str, Any],
        last: Mapping[str, str], base: Mapping[str, str], *, absent: Iterable[str] = (), item: str = "",
    ) -> tuple[dict[str, Any], dict[str, str]]:  # fmt: skip
        """The fields that follow the file, and the marks to keep."""
        changes: dict[str, Any] = {}
        marks = dict(last)
        for name in names:
            new, now = state.mark(theirs.get(name)), state.mark(mine.get(name))
            if new == now:
                marks[name] = new
                continue
            if name in absent:
                now = state.NOTHING
                if new == now:
                    continue  # the plan does not say it, and what followed from something else is no value of its own
            before = {mark for mark in (last.get(name), base.get(name)) if mark}
            if new == base.get(name):
                continue  # the file still says what the plan said when it was written
            if now in before or (not before and now == state.NOTHING):
                changes[name] = theirs.get(name)
                marks[name] = new
                continue
            was = "it was deleted by hand" if now == state.NOTHING else f"the plan says `{_short(mine.get(name))}`"
            self.theirs.notes.append(Note(
                about=about, line=line, element=name, value=_short(theirs.get(name)), fate="by hand", item=item,
                reason=f"{was}, written by hand since the last import" if before else f"{was}, which no import wrote",
            ))  # fmt: skip
        return changes, marks

    def _paths(self, key: str, ident: str, change: Mapping[str, Any]) -> Change:
        """Changes by path. A constraint keeps the reason that a person gave it."""
        paths: dict[tuple[str, ...], Any] = {}
        for name, value in change.items():
            raw = self._raw(key, ident, name)
            if value is None and raw is None:
                continue  # it followed from another field, and went with it
            self.values += 1
            if name == "constraint" and isinstance(raw, Mapping) and isinstance(value, Mapping):
                for part in ("type", "date"):
                    if part in value or part in raw:
                        paths[name, part] = value.get(part)
            else:
                paths[name,] = value
        return paths

    def _apply(self, key: str, changes: Mapping[str, Change], added: list[tuple[str | None, dict[str, Any]]]) -> None:
        changes = {name: change for name, change in changes.items() if change}
        if not changes and not added:
            return
        home = self.project.home.get(key) or self.project.path(HOMES.get(key, SCHEDULE))
        self.project.put(home, set_items(self.project.texts.get(home, ""), key, changes, added))

    def _put(self, path: tuple[str, ...], value: Any) -> None:
        home = self.project.home.get(path[0]) or self.project.path(SCHEDULE)
        text = self.project.texts.get(home, "")
        self.project.put(home, remove_value(text, path) if value is None else set_value(text, path, value))

    def _ids(self, key: str) -> frozenset[str]:
        found = self.project.value.get(key)
        return (
            frozenset(str(one.get("id")) for one in found if isinstance(one, Mapping))
            if isinstance(found, list)
            else frozenset()
        )

    def _raw(self, key: str, ident: str, name: str) -> Any:
        found = self.project.value.get(key)
        every = found if isinstance(found, list) else ()
        return next((one.get(name) for one in every if isinstance(one, Mapping) and str(one.get("id")) == ident), None)

    def _deleted(self, name: str, line: int, element: str) -> None:
        reason = "it was deleted in the plan by hand, so it was not brought back"
        self.theirs.notes.append(
            Note(about=name, line=line, element=element, value=name, fate="by hand", reason=reason)
        )

    def _source(self, source: Mapping[str, Any]) -> None:
        value = {**source, **{name: lines for name, lines in self.lines.items() if lines}}
        home = self.project.home.get("source")
        if home is None:
            home = self.project.path("source.yaml")
            self.project.put(home, SOURCE_NOTE + dump({"source": {"msproject": value}}))
        elif self.project.source.get("msproject") != value:
            self.project.put(home, set_value(self.project.texts[home], ("source", "msproject"), value))


def _short(value: Any) -> str:
    text = " ".join(str(value).split()) if value is not None else "nothing"
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - a line's worth
