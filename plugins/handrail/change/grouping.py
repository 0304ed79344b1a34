"""Many changes of a sort in one sentence: forty moved tasks are one piece of news, with the forty folded below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handrail.change.meaning import Change
from handrail.change.naming import noun
from handrail.change.words import low, quoted
from handrail.english import count, plural

MANY = 4
"""From so many things of one kind on, one sentence tells them together."""
_NAMED = 3
_FIELD = {"added": "new", "removed": "removed", "moved": "moved"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence with the changes that it tells; more than one where it was put together."""

    project: str | None
    sentence: str
    weight: int
    changes: tuple[Change, ...]

    @property
    def folded(self) -> bool:
        """Whether it stands for several sentences."""
        return len(self.changes) > 1


def told(changes: Iterable[Change], many: int = MANY) -> tuple[Told, ...]:
    """What to say, the worst first: things of one kind in one project together, where there are so many of them."""
    shown = [one for one in changes if one.told]
    groups: dict[tuple[str | None, str, str], list[Change]] = {}
    for one in shown:
        groups.setdefault((one.project, one.kind, one.what), []).append(one)
    found = []
    for (project, kind, what), ones in groups.items():
        things = dict.fromkeys(one.id for one in ones)
        if len(things) < many or kind == "project":
            found += [Told(project=project, sentence=one.sentence, weight=one.weight, changes=(one,)) for one in ones]
            continue
        sentence = _together(kind, what, len(things), ones)
        found.append(
            Told(project=project, sentence=sentence, weight=max(one.weight for one in ones), changes=tuple(ones))
        )
    return tuple(sorted(found, key=lambda one: -one.weight))


def _together(kind: str, what: str, number: int, ones: Sequence[Change]) -> str:
    words = f"{number:,} {plural(low(noun(kind)))}"
    if what != "changed":
        names = list(dict.fromkeys(quoted(one.name) if one.name else one.id for one in ones))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return f"{words} {_FIELD[what]}: {', '.join(names[:_NAMED])}{more}"
    fields = Counter(_last(one) for one in ones)
    parts = [_field(name, often, ones) for name, often in fields.most_common(_NAMED)]
    rest = len(fields) - len(parts)
    return f"{words} changed: {', '.join(parts)}" + (f" and {count(rest, 'other field')}" if rest else "")


def _last(one: Change) -> str:
    """The field itself, as a word."""
    name = (one.field or "").split(".")[-1].rstrip("_").replace("_", " ")
    return "text" if name in {"body", "narrative"} else name


def _field(name: str, often: int, ones: Sequence[Change]) -> str:
    moves = [
        (one.new - one.old).days for one in ones
        if _last(one) == name and type(one.old) is date and type(one.new) is date
    ]  # fmt: skip
    if not moves:
        return f"{name} of {often}"
    least, most = min(moves), max(moves)
    spread = f"{most:+} {'day' if abs(most) == 1 else 'days'}" if least == most else f"{least:+} to {most:+} days"
    return f"{name} of {often} ({spread})"
