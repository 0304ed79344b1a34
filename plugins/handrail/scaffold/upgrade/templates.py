"""A plan moved to the present version of its tier's template: fields renamed and added as declared migrations say.

A plan that says which version it follows (`template`) gets what came after it, and the new version; nothing is done to it
twice. One that does not say gets every migration: a field that has its new name, or is there already, is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from handrail.edit import set_value
from handrail.model.improvement import Migration, TemplateVersion
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.remark import Path
from handrail.source import locate, read_yaml
from handrail.yaml_text import key_text

_Files = dict[str, str]


def present_version(plan: Plan, repository: Repository) -> str | None:
    """The version of a plan's template today; None where the policy does not say."""
    template = f"project/{plan.tier}"
    return next((one.version for one in repository.every(TemplateVersion) if one.id == template), None)


def migrations_for(plan: Plan, repository: Repository) -> tuple[Migration, ...]:
    """The migrations of a plan's template up to its present version, the oldest first, without what the plan has behind it."""
    present = _number(present_version(plan, repository))
    known = _number(plan.template)
    found = [
        one for one in repository.every(Migration)
        if one.template == f"project/{plan.tier}" and one.to is not None and (one.renames or one.adds)
        and (not one.projects or plan.id in one.projects)
        and (present is None or (_number(one.to) or ()) <= present) and (known is None or (_number(one.to) or ()) > known)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (_number(one.to) or (), one.id)))


def upgraded(plan: Plan, files: Mapping[str, str], repository: Repository) -> _Files:
    """The files of one plan that change, with their new text: what migrations do, and the version that it then follows.

    Raises NotEditable or NotWritable where a text cannot be changed without touching more.
    """
    changed = moved(files, migrations_for(plan, repository))
    present, main = present_version(plan, repository), f"projects/{plan.id}/project.yaml"
    own = plan.home.get("template", main)
    behind = plan.template is not None and (_number(plan.template) or ()) < (_number(present) or ())
    if present is not None and own in files and (behind or (changed and plan.template is None)):
        changed[own] = set_value(changed.get(own, files[own]), ("template",), present)
    return changed


def moved(files: Mapping[str, str], migrations: tuple[Migration, ...]) -> _Files:
    """The files of one plan that change, with their new text. `files` are its parts, by path.

    Raises NotEditable or NotWritable where a text cannot be changed without touching more.
    """
    now = dict(files)
    for migration in migrations:
        for old, new in migration.renames.items():
            for path, text in now.items():
                now[path] = _renamed(path, text, old, new.rpartition(".")[2])
        for name, value in migration.adds.items():
            _add(now, tuple(name.split(".")), value)
    return {path: text for path, text in now.items() if text != files[path]}


def _renamed(path: str, text: str, old: str, new: str) -> str:
    """A key under its new name wherever it stands: at one place, `deliverables.criteria`, or everywhere, `criteria`."""
    value = read_yaml(path, text.encode()).value
    places = [one for one in _keys(value) if _meant(one, old) and new not in _at(value, one[:-1])]
    if not places:
        return text
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans = [locate(path, text.encode())[one][0] for one in places]
    for span in sorted(spans, key=lambda one: (one.line, one.column), reverse=True):
        begin, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        text = text[:begin] + key_text(new) + text[end:]
    return text


def _meant(place: Path, name: str) -> bool:
    words = tuple(step for step in place if isinstance(step, str))
    return words == tuple(name.split(".")) if "." in name else words[-1] == name


def _add(files: _Files, steps: tuple[str, ...], value: Any) -> None:
    """A field where it is missing: in the file that holds the group it belongs to, else in the plan's first file."""
    home = next((path for path, text in files.items() if steps[0] in _mapping(path, text)), None)
    if home is None:
        home = next((path for path in files if path.endswith("/project.yaml")), None)
        if home is None or len(steps) > 1:
            return  # the group itself is not there: nothing that could lack a field
    for place in list(_groups(_mapping(home, files[home]), steps[:-1])):
        if steps[-1] not in _at(_mapping(home, files[home]), place):
            files[home] = set_value(files[home], (*place, steps[-1]), value)


def _groups(value: Any, steps: tuple[str, ...], place: Path = ()) -> Iterator[Path]:
    """Every mapping that the steps lead to, through each item of a list."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _groups(one, steps, (*place, number))
    elif isinstance(value, dict):
        if not steps:
            yield place
        elif steps[0] in value:
            yield from _groups(value[steps[0]], steps[1:], (*place, steps[0]))


def _keys(value: Any, place: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*place, key)
            yield from _keys(one, (*place, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _keys(one, (*place, number))


def _at(value: Any, place: Path) -> Any:
    for step in place:
        value = value[step]
    return value


def _mapping(path: str, text: str) -> dict[str, Any]:
    value = read_yaml(path, text.encode()).value
    return value if isinstance(value, dict) else {}


def _number(version: str | None) -> tuple[int, ...] | None:
    return tuple(int(part) for part in version.split(".")) if version else None
