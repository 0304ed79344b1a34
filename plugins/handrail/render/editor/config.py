"""The form editor's configuration, whole: host, collections of files, and pick lists. Read by Sveltia and by Decap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from handrail.fields import fields_of
from handrail.model.kinds import CONTAINERS, KINDS, Kind
from handrail.model.organisation import Organisation
from handrail.model.policy import Boards
from handrail.model.project import Plan
from handrail.model.repository import Repository
from handrail.render.editor.widgets import Surroundings, Widget, shape, widgets

_PUBLIC_API = {"https://github.com": ("https://api.github.com", "https://api.github.com/graphql")}
_API = {"github": ("{base}/api/v3", "{base}/api/graphql"), "gitlab": ("{base}/api/v4", "{base}/api/graphql")}
_TITLES = {"project": "Projects", "schedule": "Schedules", "budget": "Budgets", "risks": "Risk registers",
           "issues": "Issue registers"}  # fmt: skip
FORMAT = "plan-"
"""Before the name of a collection: the name of the way in which its files are read and written."""
_LONG_LIST = 100
_MONTHS_AHEAD = 18
_PICKED = {"person": ("people", "people", "people.*.id"), "objective": ("objectives", "objectives", "objectives.*.id"),
           "programme": ("programmes", "programmes", "programmes.*.id"), "board": ("boards", "boards", "boards.*.id")}  # fmt: skip
_CONTENT = {
    "name": "body",
    "label": "Text",
    "widget": "text",
    "required": False,
    "hint": "What is said below the fields.",
}


def api_of(organisation: Organisation) -> tuple[str, str] | None:
    """The host's two programming interfaces, REST and GraphQL; None where the editor cannot work with the host."""
    host = organisation.host or ""
    parts = urlsplit(host)
    if organisation.host_kind not in _API or parts.scheme != "https" or not parts.netloc or not parts.path.strip("/"):
        return None
    base = f"{parts.scheme}://{parts.netloc}"
    rest, graphql = _PUBLIC_API.get(base) or tuple(one.format(base=base) for one in _API[organisation.host_kind])
    return rest, graphql


def config(repository: Repository, shown: Iterable[Plan], as_of: date, branch: str) -> dict[str, Any] | None:
    """The configuration for the files of a repository; None where its host has no interface that the editor knows."""
    api = api_of(repository.organisation)
    if api is None:
        return None
    backend: dict[str, Any] = {
        "name": repository.organisation.host_kind,
        "repo": urlsplit(repository.organisation.host or "").path.strip("/").removesuffix(".git"),
        "branch": branch, "api_root": api[0], "graphql_api_root": api[1],
        "commit_messages": {"create": "Add {{collection}} {{slug}}", "update": "Update {{collection}} {{slug}}"},
    }  # fmt: skip
    if repository.organisation.editor == "sveltia":
        backend["auth_methods"] = ["token"]
    plans = tuple(shown)
    around = Surroundings(months=_months(plans, as_of), relations=_relations(repository))
    made: dict[str, Any] = {
        "backend": backend, "publish_mode": "editorial_workflow", "media_folder": "standards/assets",
        "public_folder": "/assets", "editor": {"preview": False},
    }  # fmt: skip
    if repository.organisation.editor == "sveltia":
        made["output"] = {
            "omit_empty_optional_fields": True, "yaml": {"indent_size": 2, "indent_sequences": False, "quote": "none"},
        }  # fmt: skip
    made["collections"] = [*_plans(repository, plans, around), *_records(repository, around), *_lists(repository)]
    return made


def shapes(made: Mapping[str, Any]) -> dict[str, Any]:
    """For each way of reading files, what a form must know of the fields: what may stand in a shorter form."""
    kinds = {kind.name.replace(" ", "-"): kind.cls for kind in KINDS if kind.key is None and kind.within == "project"}
    names = (one["name"] for one in made["collections"] if one.get("format", "").startswith(FORMAT))
    return {f"{FORMAT}{name}": shape(kinds.get(name, Plan)) for name in names}


def _plans(repository: Repository, plans: tuple[Plan, ...], around: Surroundings) -> Iterator[Widget]:
    """One collection for each name of a file in projects' folders, with the fields that stand in files of that name."""
    for name, keys in sorted(_parts(plans).items(), key=lambda one: (one[0] != "project", one[0])):
        fields = widgets(Plan, around, only=keys)
        for one in fields:
            if one["name"] == "id":
                one["readonly"] = True
            if "fields" in one and one["widget"] == "list":
                one["fields"] = _bearable(one, repository, plans)
        if fields:
            title = _TITLES.get(name, name.replace("_", " ").replace("-", " ").capitalize())
            yield _collection(name, title, f"{{{{slug}}}}/{name}", "yaml", fields, "{{slug}}")


def _bearable(one: Widget, repository: Repository, plans: tuple[Plan, ...]) -> list[Widget]:
    """The fields of a list's items; of a long list only those that somebody uses.

    The editor looks at each of them, in every item, on every save. What is not shown stays as it is in the file.
    """
    key, fields = one["name"], one["fields"]
    lists = [repository.raw.get(plan.home.get(key, ""), {}).get(key) or () for plan in plans]
    if max(map(len, lists), default=0) <= _LONG_LIST:
        return list(fields)
    used = {name for items in lists for each in items if isinstance(each, Mapping) for name in each}
    return [each for each in fields if each["name"] in used or each["required"]]


def _parts(plans: tuple[Plan, ...]) -> Mapping[str, set[str]]:
    """The fields in each file of a project's folder, by the file's name; project.yaml may hold all of them."""
    known = [one.key for one in fields_of(Plan)]
    found: dict[str, set[str]] = {"project": set(known)}
    for plan in plans:
        for key, file in plan.home.items():
            name = file.rpartition("/")[2].removesuffix(".yaml")
            if key in known:
                found.setdefault(name, set()).add(key)
    return found


def _records(repository: Repository, around: Surroundings) -> Iterator[Widget]:
    """Records that may still change, each in a file of its own; what is published or approved has no form."""
    for kind in KINDS:
        if (
            kind.within != "project"
            or kind.key is not None
            or kind.behaviour != "record"
            or not _used(kind, repository)
        ):
            continue
        place = kind.pattern.removeprefix("projects/").replace("<project>", "{{project}}").replace("<name>", "{{slug}}")
        path, _, extension = place.rpartition(".")
        fields = widgets(kind.cls, around)
        for one in fields:
            if one["name"] == "id":
                one["readonly"] = True
        if extension == "md":
            fields.append(dict(_CONTENT))
        name = kind.name.replace(" ", "-")
        yield _collection(name, f"{kind.title}s", path, extension, fields, "{{slug}}")


def _used(kind: Kind, repository: Repository) -> bool:
    folder, end = kind.pattern.split("/")[2], kind.pattern.rpartition(".")[2]
    return any(
        path.startswith("projects/") and path.split("/")[2:3] == [folder] and path.endswith(f".{end}")
        for path in repository.tree.paths()
    )


def _collection(name: str, label: str, path: str, extension: str, fields: list[Widget], summary: str) -> Widget:  # noqa: PLR0913, PLR0917
    """Nothing is created or deleted here: new things come from the forms, and records are never deleted."""
    return {
        "name": name, "label": label, "folder": "projects", "path": path, "extension": extension,
        "format": "yaml-frontmatter" if extension == "md" else f"{FORMAT}{name}", "create": False, "delete": False,
        "summary": summary, "fields": fields,
    }  # fmt: skip


def _lists(repository: Repository) -> Iterator[Widget]:
    """The files that pick lists read. They are not shown: the PMO keeps them."""
    files: list[Widget] = []
    for name, key, _ in _PICKED.values():
        file = _file_of(key)
        if file in repository.tree.paths():
            cls = CONTAINERS.get(key, Boards)
            inner = next(one for one in fields_of(cls) if one.key == key)
            fields = [{"name": "id", "label": "Id", "widget": "string"}]
            listed = {"name": key, "label": inner.title, "widget": "list", "required": False, "fields": fields}
            files.append({"name": name, "label": name.capitalize(), "file": file, "fields": [listed]})
    if files:
        yield {"name": "lists", "label": "Lists of the PMO", "hide": True, "files": files}


def _file_of(key: str) -> str:
    return next(
        (kind.pattern for kind in KINDS if kind.key == key and not kind.within), f"standards/policy/{key}.yaml"
    )  # fmt: skip


def _relations(repository: Repository) -> Mapping[str, Widget]:
    found: dict[str, Widget] = {}
    for ref, (file, key, value) in _PICKED.items():
        if _file_of(key) in repository.tree.paths():
            found[ref] = {
                "collection": "lists", "file": file, "value_field": value, "search_fields": [value], "display_fields": [value],
            }  # fmt: skip
    found["project"] = {
        "collection": "project", "value_field": "id", "search_fields": ["id", "name"], "display_fields": ["name"],
    }  # fmt: skip
    return found


def _months(plans: tuple[Plan, ...], as_of: date) -> tuple[str, ...]:
    """The months that a field by month offers: from the first that anybody has written to well ahead."""
    written = [
        month for plan in plans if plan.budget for group in (plan.budget.spent, plan.budget.by_month) for month in group
    ]  # fmt: skip
    first = min([*written, as_of.strftime("%Y-%m")])
    year, month = int(first[:4]), int(first[5:7])
    last = as_of.year * 12 + as_of.month - 1 + _MONTHS_AHEAD
    return tuple(f"{at // 12}-{at % 12 + 1:02d}" for at in range(year * 12 + month - 1, last + 1))
