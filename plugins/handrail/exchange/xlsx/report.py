"""The report of an import of a workbook: for a terminal, a pull request, a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

from handrail.exchange.import_report import harmless, marked, printable
from handrail.exchange.xlsx.importer import Imported
from handrail.exchange.xlsx.told import OUTCOMES, Told

_LONG = 90
_COLUMNS = ("outcome", "project", "sheet", "at", "what", "base", "yours", "theirs", "why")


def render(done: Imported, form: str, *, name: str) -> str:
    """Write the report in one of the forms of `handrail import`. `name`: of the file."""
    return _FORMS[form](done, name)


def counted(done: Imported) -> str:
    """How many entries there are of each outcome, in one sentence."""
    counts = Counter(one.outcome for one in done.told)
    named = [f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if outcome != "note" and counts[outcome]]
    return ", ".join(named) or "nothing has changed"


def _text(done: Imported, name: str) -> str:
    lines = [f"{name}: {counted(done)}. It was made from commit {done.source.commit[:12]} ({done.source.scope})."]
    for title, entries in _parts(done):
        lines += ["", f"{title}:", *(f"  {_line(one)}" for one in entries)]
    return "\n".join(printable(line) for line in lines) + "\n"


def _markdown(done: Imported, name: str) -> str:
    lines = [
        f"# Import of {marked(name)}",
        "",
        f"{counted(done).capitalize()}. Made from commit {done.source.commit[:12]}.",
    ]
    for title, entries in _parts(done):
        lines += ["", f"## {title}", "", *(f"- {marked(_line(one))}" for one in entries)]
    return "\n".join(lines) + "\n"


def _csv(done: Imported, _: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([harmless(str(getattr(one, column))) for column in _COLUMNS] for one in done.told)
    return stream.getvalue()


def _json(done: Imported, name: str) -> str:
    whole = {
        "name": name, "sha256": done.source.sha256, "commit": done.source.commit, "scope": done.source.scope,
        "files": list(done.files), "counts": dict(Counter(one.outcome for one in done.told)),
        "entries": [asdict(one) for one in done.told],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


_FORMS: Mapping[str, Callable[[Imported, str], str]] = {
    "text": _text, "markdown": _markdown, "csv": _csv, "json": _json,
}  # fmt: skip


def _parts(done: Imported) -> Iterator[tuple[str, list[Told]]]:
    for outcome, title in OUTCOMES.items():
        found = [one for one in done.told if one.outcome == outcome]
        if found:
            yield title, found


def _line(one: Told) -> str:
    """One entry as a sentence: where, what, from what to what, why."""
    place = " ".join(part for part in (one.project, one.sheet, one.at) if part)
    head = f"{place}: {one.what}" if one.what else place
    words = {
        "changed": f"{_short(one.base)} -> {_short(one.yours)}",
        "added": _short(one.yours),
        "conflict": f"it was {_short(one.base)}; yours {_short(one.yours)}; theirs {_short(one.theirs)}",
        "already there": _short(one.yours),
    }.get(one.outcome, f"`{_short(one.yours)}`" if one.yours and one.yours != "nothing" else "")
    return "; ".join(part for part in (f"{head}: {words}" if words else head, one.why) if part)


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 3]}..."
