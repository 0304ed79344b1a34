"""The examples of a rule: its test cases, shown as they are written, comments and marks included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from handrail.model.repository import Tree
from handrail.model.rule_file import RuleFile
from handrail.render.view import Site
from handrail.source import Places, locate, read_yaml

_SHOWN = 4
_LINES = 40
_WORDS = {
    "fires": "This raises the remark", "silent": "This is in order", "bad news": "Bad news goes through all the same",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One case: what it shows, its text, and the lines at which the rule speaks."""

    name: str
    says: str
    fires: bool
    lines: tuple[tuple[str, bool], ...]
    cut: bool


def examples_of(site: Site, rule: RuleFile) -> tuple[Example, ...]:
    """The cases of a rule; its own page and that of the standard show them."""
    return site.memo.once(f"examples of {rule.id}", lambda: examples(site.portfolio.repository.tree, rule))


def examples(tree: Tree, rule: RuleFile) -> tuple[Example, ...]:
    """The cases of a rule; none when it has no test file or that cannot be read."""
    file = rule.loc.file.removesuffix(".rule.yaml") + ".test.yaml"
    if file == rule.loc.file:
        return ()
    try:
        data = tree.read(file)
    except OSError:
        return ()
    document = read_yaml(file, data)
    cases = document.value.get("cases") if isinstance(document.value, dict) and not document.broken else None
    if not isinstance(cases, list):
        return ()
    places, text = locate(file, data), data.decode("utf-8").splitlines()
    found = [_example(rule.id, one, i, places, text) for i, one in enumerate(cases) if isinstance(one, dict)]
    found.sort(key=lambda one: not one.fires)
    firing, silent = [one for one in found if one.fires], [one for one in found if not one.fires]
    return (*firing[: _SHOWN // 2], *silent[: _SHOWN // 2])


def _example(rule: str, case: dict[str, Any], index: int, places: Places, text: list[str]) -> Example:
    lines = _text_of(case, index, places, text)
    mark = f"# remark: {rule}"
    marked = tuple((one.replace(mark, "").rstrip(), mark in one) for one in lines[:_LINES])
    kind: Literal["fires", "silent", "bad news"] | None = (
        case.get("kind") if isinstance(case.get("kind"), str) else None
    )
    fires = kind == "fires" or (kind is None and any(mark for _, mark in marked))
    return Example(
        name=str(case.get("name") or "Example"), says=_WORDS.get(kind or "", _WORDS["fires" if fires else "silent"]), fires=fires,
        lines=marked, cut=len(lines) > _LINES,
    )  # fmt: skip


def _text_of(case: dict[str, Any], index: int, places: Places, text: list[str]) -> list[str]:
    """The lines of what is given, moved to the left; what stands before counts where a change is shown."""
    found: list[str] = []
    for key, title in (("before", "# before"), ("given", "# after" if "before" in case else "")):
        spot = places.get(("cases", index, key))
        if spot is None:
            continue
        name, value = spot
        first = max(name.line, value.line)
        # a block ends where the next thing begins, `{...}` on its own last line
        flow = text[value.line - 1][value.column - 1 : value.column] in {"{", "["}
        lines = text[first - 1 : max(value.end_line if flow else value.end_line - 1, first)]
        if value.line == name.line:
            lines = [lines[0][value.column - 1 :], *lines[1:]]
        while lines and not lines[-1].strip():
            lines.pop()
        found += [title] if title else []
        room = min((len(one) - len(one.lstrip()) for one in lines if one.strip()), default=0)
        found += [one[room:] for one in lines]
    return found
