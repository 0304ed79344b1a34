"""What a row wants, put into the files that are there: only what the list changed, and nothing that a person changed.

For each field three values count: what the list says now, what the file says, and what the last import wrote. The file
follows the list only while it still says what the last import wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.edit import NotEditable, NotWritable, dump, front_matter, remove_value, set_body, set_value
from handrail.exchange.existing import Existing, digest
from handrail.exchange.prose import markdown
from handrail.exchange.reading import Block, Given, Outcome, RowReading, Use, Wanted, in_order, plain
from handrail.exchange.targets import find, nest, place, sure_target
from handrail.model.project import Plan
from handrail.source import read_front_matter

SOURCE_NOTE = (
    "# Written by `handrail import`, so that the next import tells your edits from its own. Leave it as it is.\n"
)


@dataclass(slots=True, kw_only=True)
class Merge:
    """The work on one project. `told`: fields and texts that could not follow the list, with the reason."""

    project: Existing
    reading: RowReading
    system: str
    imported: dict[str, str] = field(default_factory=dict)
    kept_by_hand: list[str] = field(default_factory=list)

    def run(self, *, new: bool) -> None:
        """Bring the project's files up to the row."""
        self.imported = self.project.imported
        older = self.reading.as_of is not None and self.project.as_of > self.reading.as_of.isoformat()
        if older:
            self._too_old()
        elif new:
            self._create()
        else:
            self._plan()
        if not older:
            self._body("index.md", self.reading.plan.prose)
        for record in self.reading.records:
            self._file(record)
        self._source(older=older)

    # the plan

    def _create(self) -> None:
        given = in_order(self.reading.plan.fields.values())
        first = {"id": self.project.id} | nest((one.target.steps, plain(one.value)) for one in given)
        self.project.put(self.project.path("project.yaml"), dump(first))
        self.imported |= {one.target.text: digest(plain(one.value)) for one in given}

    def _plan(self) -> None:
        wanted = self.reading.plan
        for one in in_order(wanted.fields.values()):
            found = find(self.project.value, one.target.steps)
            if self._follows(one.target.text, found[1] if found else None, one):
                self._set(one)
        for name in sorted(self._gone(wanted), reverse=True):
            self._remove(name)

    def _follows(self, name: str, current: Any, one: Given) -> bool:
        """Whether a field is to be set. Where a person changed it, it is not, and this is told."""
        new, before = digest(plain(one.value)), self.imported.get(name)
        if current is not None and digest(current) == new:
            self.imported[name] = new
            return False
        if (current is None and before is None) or (current is not None and before == digest(current)):
            return True
        reason = "it was deleted by hand since the last import" if current is None else (
            f"the plan says `{_short(current)}`, written by hand since the last import" if before
            else f"the plan says `{_short(current)}`, which no import wrote"
        )  # fmt: skip
        self._held(one, "by hand", reason)
        return False

    def _set(self, one: Given) -> None:
        home = self.project.home.get(str(one.target.steps[0]), self.project.path("project.yaml"))
        text = self.project.texts.get(home, "")
        path, value = place(self.project.value, one.target.steps, plain(one.value))
        try:
            self.project.put(home, set_value(text, path, value))
        except (NotEditable, NotWritable) as error:
            self._held(one, "dropped", f"{home} could not be changed there: {error}")
        else:
            self.imported[one.target.text] = digest(plain(one.value))

    def _gone(self, wanted: Wanted) -> list[str]:
        """Fields that an import wrote and that this list, which has a place for them, no longer gives."""
        return [name for name in self.imported if name in wanted.silent - set(wanted.fields) - wanted.kept]

    def _remove(self, name: str) -> None:
        steps = sure_target(Plan, name).steps
        found = find(self.project.value, steps)
        if found is None:
            del self.imported[name]
            return
        path, current = found
        if digest(current) != self.imported[name]:
            self.kept_by_hand.append(f"{name}: the list no longer gives it, but it was changed by hand")
            return
        home = self.project.home[str(path[0])]
        # a list item that is left with nothing but its id goes as a whole
        holder = find(self.project.value, steps[:-1])
        if (
            holder
            and isinstance(holder[1], Mapping)
            and set(holder[1]) == {"id", steps[-1]}
            and isinstance(path[-2], int)
        ):
            path = holder[0]
        try:
            self.project.put(home, remove_value(self.project.texts[home], path))
        except NotEditable as error:
            self.reading.flags.append(f"{name}: the list no longer gives it, but it could not be removed ({error})")
            return
        del self.imported[name]
        self.reading.flags.append(f"{name} was removed, because the list no longer gives it")

    # prose and records

    def _body(self, name: str, prose: list[Block]) -> None:
        path, body = self.project.path(name), markdown(prose)
        text = self.project.texts.get(path)
        if text is None and not body:
            return
        current = None if text is None else text[_body_start(text) :]
        before = self.imported.get(name)
        if current is not None and _same_text(current) == _same_text(body):
            self.imported[name] = digest(_same_text(body))
        elif current is None or before == digest(_same_text(current)):
            if current is None and before is not None:
                self._prose_held(prose, "the page was deleted by hand since the last import")
                return
            self.project.put(path, body if text is None else text[: _body_start(text)] + body)
            self.imported[name] = digest(_same_text(body))
        elif body:
            self._prose_held(prose, f"{name} was written or changed by hand")

    def _prose_held(self, prose: list[Block], reason: str) -> None:
        for one in prose:
            self._hold(one.column, "by hand", reason, f"prose: {one.heading}")

    def _file(self, wanted: Wanted) -> None:
        path = self.project.path(wanted.name)
        text = self.project.texts.get(path)
        given = in_order(wanted.fields.values())
        if text is None and wanted.name in self.imported:
            for one in given:
                self._held(one, "by hand", f"{wanted.name} was deleted by hand since the last import")
            self._prose_held(wanted.prose, f"{wanted.name} was deleted by hand since the last import")
            return
        if text is None:
            front = dump(nest((one.target.steps, plain(one.value)) for one in given))
            body = markdown(wanted.prose)
            self.project.put(path, f"---\n{front}---\n{body}")
            self.imported |= {f"{wanted.name}#{one.target.text}": digest(plain(one.value)) for one in given}
            self.imported[wanted.name] = digest(_same_text(body))
            return
        for one in given:
            self._field_of(wanted, path, one)
        self._body_of(wanted, path)

    def _field_of(self, wanted: Wanted, path: str, one: Given) -> None:
        text = self.project.texts[path]
        document = read_front_matter(path, text.encode("utf-8"))
        if document.broken or not isinstance(document.value, dict):
            self._held(one, "by hand", f"{wanted.name} cannot be read; mend it and import again")
            return
        found = find(document.value, one.target.steps)
        name = f"{wanted.name}#{one.target.text}"
        if not self._follows(name, found[1] if found else None, one):
            return
        spot, value = place(document.value, one.target.steps, plain(one.value))
        try:
            self.project.put(path, set_value(text, spot, value))
        except (NotEditable, NotWritable) as error:
            self._held(one, "dropped", f"{path} could not be changed there: {error}")
        else:
            self.imported[name] = digest(plain(one.value))

    def _body_of(self, wanted: Wanted, path: str) -> None:
        text, body = self.project.texts[path], markdown(wanted.prose)
        current = read_front_matter(path, text.encode("utf-8")).body or ""
        if _same_text(current) == _same_text(body):
            self.imported[wanted.name] = digest(_same_text(body))
        elif self.imported.get(wanted.name) == digest(_same_text(current)):
            self.project.put(path, set_body(text, body))
            self.imported[wanted.name] = digest(_same_text(body))
        else:
            self._prose_held(wanted.prose, f"the text of {wanted.name} was changed by hand")

    # keeping track

    def _source(self, *, older: bool) -> None:
        as_of = self.project.as_of if older or self.reading.as_of is None else self.reading.as_of.isoformat()
        source = {**self.project.source, "system": self.system, "key": self.reading.key}
        if as_of:
            source["as_of"] = as_of
        source["imported"] = dict(self.imported)
        if source == self.project.source:
            return
        home = self.project.home.get("source")
        if home is None:
            home = self.project.path("source.yaml")
            self.project.put(home, SOURCE_NOTE + dump({"source": source}))
            return
        try:
            text = self.project.texts[home]
            for key, one in source.items():
                if one != self.project.source.get(key):
                    text = set_value(text, ("source", key), one)
            self.project.put(home, text)
        except (NotEditable, NotWritable) as error:
            self.reading.flags.append(f"{home} could not be changed, so the next import may ask again ({error})")

    def _too_old(self) -> None:
        reason = f"the plan already follows the list of {self.project.as_of}, which is newer"
        for one in self.reading.plan.fields.values():
            self._held(one, "dropped", reason)
        for block in self.reading.plan.prose:
            self._hold(block.column, "dropped", reason, f"prose: {block.heading}")

    def _held(self, one: Given, outcome: Outcome, reason: str) -> None:
        if outcome == "by hand":
            self.kept_by_hand.append(f"{one.target.text}: {reason}; the list says `{_short(one.value)}`")
        for column in one.columns:
            self._hold(column, outcome, reason, one.target.text)

    def _hold(self, column: int, outcome: Outcome, reason: str, to: str) -> None:
        """A cell's value did not reach the file after all."""
        uses = self.reading.uses[column]
        uses[:] = [use for use in uses if use.to != to]
        uses.append(Use(outcome=outcome, reason=reason, to=to))


def _body_start(text: str) -> int:
    """Where the prose of a page begins: behind a data block, if somebody gave it one."""
    front = front_matter(text)
    if front is None:
        return 0
    end = text.find("\n", front[1])
    return len(text) if end < 0 else end + 1


def _same_text(text: str) -> str:
    """Prose without what editors change by themselves."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _short(value: Any) -> str:
    text = " ".join(str(plain(value)).split())
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - a line's worth
