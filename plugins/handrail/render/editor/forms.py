"""What the form pages need to know, as JSON: fields from the model, and for each project what is known and where it goes.

A form fills in what `handrail new` fills in and splices where `handrail new` and `handrail set` splice; the places are
computed here, so that the page only has to put typed values into them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from handrail.compute.facts import Project
from handrail.edit import NotEditable, Slot, slots
from handrail.fields import Field, fields_of
from handrail.model.improvement import TemplateVersion
from handrail.model.project import Plan, TierAnswers
from handrail.model.words import PROJECT_ID, TIERS, Tier
from handrail.remark import Path
from handrail.render import words
from handrail.render.view import Site
from handrail.scaffold.records.forms import BY_WORD, Form
from handrail.scaffold.records.make import next_id
from handrail.scaffold.records.prefill import NothingToSay, known
from handrail.starters import starter_files, versioned

PLACE = "edit/data/"
WORDS = ("report", "risk", "issue", "change", "waiver")
MARK = "QZ[QZ"
"""Stands where a value will go. In braces the bracket must be quoted, so the text tells how the value is to be written."""
_LAST = "\U0010ffff"
_LONG = frozenset({"because", "reason", "cause", "event", "effect", "impact", "instead", "action", "what"})


def shared_form(site: Site) -> Iterator[tuple[str, str]]:
    """The data file of the forms that all projects share."""
    if site.organisation.audience == "internal":
        yield f"{PLACE}forms.json", _text(_shared(site))


def form_of(site: Site, project: Project) -> Iterator[tuple[str, str]]:
    """The data file of a project's forms, where it may be changed."""
    if may_be_changed(site, project):
        yield f"{PLACE}projects/{project.id}.json", _text(_project(site, project))


def may_be_changed(site: Site, project: Project) -> bool:
    """Whether there are forms for a project: it runs, and the audience may see its plan."""
    running = project.plan.state in {"active", "suspended"}
    return running and site.organisation.audience == "internal" and re.fullmatch(PROJECT_ID, project.id) is not None


def _open(site: Site) -> list[Project]:
    return [one for one in site.projects if may_be_changed(site, one)]


def _text(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")) + "\n"


def _plain(value: Any) -> Any:
    """A value as JSON can hold it; the digits of a number stay as they are."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return {"$n": format(value, "f") if isinstance(value, Decimal) else str(value)}
    return value.isoformat() if isinstance(value, date) else value


def _shared(site: Site) -> dict[str, Any]:
    repository = site.portfolio.repository
    return {
        "forms": {word: _form(BY_WORD[word]) for word in WORDS},
        "projects": [{"id": one.id, "name": one.plan.name} for one in _open(site)],
        "people": sorted(repository.people),
        "rules": [[one.id, one.title] for one in site.rules.values()],
        "host": site.organisation.host if (site.organisation.host or "").startswith("https://") else "",
        "host_kind": site.organisation.host_kind, "branch": site.branch, "as_of": site.as_of,
        "new": _new(site),
    }  # fmt: skip


def _form(form: Form) -> dict[str, Any]:
    fields = {one.key: one for one in fields_of(form.kind.cls)}
    return {
        "title": form.kind.title, "order": list(fields), "fields": [_field(fields[key]) for key in form.ask],
    }  # fmt: skip


def _field(one: Field) -> dict[str, Any]:
    kind, item = one.type, one.type.item
    number = {name: int(limit) for name, limit in (("min", kind.minimum), ("max", kind.maximum)) if limit is not None}
    told: dict[str, Any] = {
        "key": one.key, "title": one.title, "hint": one.description, "kind": kind.kind, "words": kind.words,
        "required": one.required, "values": list(kind.values), "ref": kind.ref or (item.ref if item else None),
        "pattern": kind.pattern, "long": kind.kind == "text" and one.key in _LONG and not kind.ref, **{k: str(v) for k, v in number.items()},
    }  # fmt: skip
    if item is not None and item.cls is not None:
        told["parts"] = [_field(each) for each in fields_of(item.cls)]
    return {key: value for key, value in told.items() if value not in (None, [], False)}


def _new(site: Site) -> dict[str, Any]:
    """What a new project is made from: the questions of the tier, the limits, the starters, and who and what there is."""
    repository = site.portfolio.repository
    # ids of projects that are only counted here must not be told; the gate refuses them
    taken = {name.lower() for name in site.seen.names}
    retired = {one.from_ for one in repository.policy.redirects.redirects}
    tiers: list[dict[str, Any]] = [
        {"tier": one.tier, **{key: str(limit) for key in _counted() if (limit := getattr(one, key)) is not None},
         "regulated": one.regulated, "new_to_us": one.new_to_us}
        for one in sorted(repository.policy.tiers.tiers, key=lambda one: TIERS.index(one.tier))
    ]  # fmt: skip
    return {
        "questions": [_field(one) for one in fields_of(TierAnswers)], "tiers": tiers,
        "starters": {tier: _starter(site, tier) for tier in TIERS},
        "sponsors": _holding(site, "sponsor"), "managers": _holding(site, "project manager"),
        "boards": [one.id for one in repository.policy.boards.boards],
        "objectives": [[one.id, one.statement] for one in repository.objectives.values()
                       if one.status == "active" and one.id.startswith("OBJ")],
        "currency": repository.currency, "taken": sorted(taken | retired),
    }  # fmt: skip


def _starter(site: Site, tier: Tier) -> dict[str, str]:
    """A tier's starter; as on the command line, the plan says which version of it it follows."""
    repository = site.portfolio.repository
    files = starter_files(repository.tree, tier)
    version = next((one.version for one in repository.every(TemplateVersion) if one.id == f"project/{tier}"), None)
    return {name: versioned(text, version) if name == "project.yaml" else text for name, text in files.items()}


def _counted() -> tuple[str, ...]:
    return tuple(one.key for one in fields_of(TierAnswers) if one.type.kind == "number")


def _holding(site: Site, role: str) -> list[str]:
    return [one.id for one in site.portfolio.repository.people.values() if any(held.role == role for held in one.roles)]


def _project(site: Site, project: Project) -> dict[str, Any]:
    plan = project.plan
    texts: dict[str, str] = {}
    items: tuple[Any, ...] = (*plan.risks, *plan.issues, *plan.actions)
    return {
        "id": plan.id, "name": plan.name, "files": texts,
        "report": {**_fresh(site, plan, "report"), **_month(site, project, texts)},
        "change": _fresh(site, plan, "change"), "waiver": _fresh(site, plan, "waiver"),
        "risk": _listed(site, plan, "risk", texts), "issue": _listed(site, plan, "issue", texts),
        "items": [[one.id, getattr(one, "title", None) or getattr(one, "what", "")] for one in items if one.status == "open"],
    }  # fmt: skip


def _fresh(site: Site, plan: Plan, word: str) -> dict[str, Any]:
    """A record with a file of its own: what is known of it, and where it goes."""
    form, repository = BY_WORD[word], site.portfolio.repository
    try:
        value = known(form, repository, plan, site.as_of)
    except NothingToSay as error:
        return {"nothing": str(error)}
    if word == "change" and not value.get("changes"):
        return {
            "nothing": "The forecast is what was approved. Put what you expect under forecast first, in the monthly update."
        }
    path = form.kind.pattern.replace("<project>", plan.id)
    folder, _, end = path.partition("<name>")
    beside = _below(repository.tree.paths(), folder)
    if form.first:
        value = {"id": next_id(form.first, {one.removeprefix(folder).rsplit(".", 1)[0] for one in beside}), **value}
    path = f"{folder}{value.get('id') or value.get('as_of')}{end}"
    there = {"exists": True} if path in beside else {}
    return {"path": path, "known": value, **there}


def _below(paths: Sequence[str], folder: str) -> tuple[str, ...]:
    """The paths of a folder out of all paths, which are sorted: with thousands of projects nobody looks at each."""
    return tuple(paths[bisect_left(paths, folder) : bisect_left(paths, f"{folder}{_LAST}")])


def _listed(site: Site, plan: Plan, word: str, texts: dict[str, str]) -> dict[str, Any]:
    """A record in a register: the next id, and the place in the register's file."""
    form = BY_WORD[word]
    key = form.kind.key or ""
    path = plan.home.get(key, f"projects/{plan.id}/{key}.yaml")
    text = _read(site, path, texts)
    if text is None:
        return {"nothing": "This register can only be changed in the editor or in its file."}
    own = [one.id for one in getattr(plan, key)]
    ids = {
        str(each.id) for one in fields_of(Plan) if one.type.kind == "list"
        for each in getattr(plan, one.name) if getattr(each, "id", None)
    }  # fmt: skip
    where: Path = (key, len(own)) if own else (key,)
    try:
        slot = slots(text, {where: {"id": MARK} if own else [{"id": MARK}]}, MARK).get(where)
    except NotEditable:
        slot = None
    if slot is None:
        return {"nothing": "This register can only be changed in the editor or in its file."}
    value = known(form, site.portfolio.repository, plan, site.as_of)
    return {
        "path": path,
        "known": {"id": next_id(own[-1] if own else form.first or "", ids), **value},
        "slot": _told(slot),
    }


def _month(site: Site, project: Project, texts: dict[str, str]) -> dict[str, Any]:
    """The computed figures to look at while answering, and the places of open forecasts and of the month's costs."""
    health = project.health
    wanted: dict[str, dict[Path, Any]] = {}
    places: list[tuple[str, Path, dict[str, Any]]] = []
    raw = site.portfolio.repository.raw
    file = project.plan.home.get("milestones", "")
    for index, one in enumerate(raw.get(file, {}).get("milestones") or ()):
        stone = next(
            (each for each in project.plan.milestones if isinstance(one, Mapping) and each.id == one.get("id")), None
        )
        if stone is None or stone.actual is not None:
            continue
        path: Path = ("milestones", index, "forecast")
        wanted.setdefault(file, {}).update({path: MARK, (*path[:-1], "because"): MARK})
        places.append(
            (file, path, {"id": stone.id, "name": stone.name, "planned": stone.planned, "forecast": stone.forecast})
        )
    budget = project.plan.home.get("budget", "")
    month = site.as_of.strftime("%Y-%m")
    spent: Path = ("budget", "spent", month)
    if project.plan.budget is not None and not project.plan.budget.actuals:
        wanted.setdefault(budget, {})[spent] = MARK
    found: dict[tuple[str, Path], Slot] = {}
    for name, marks in wanted.items():
        text = _read(site, name, texts)
        try:
            found |= {(name, path): slot for path, slot in slots(text, marks, MARK).items()} if text is not None else {}
        except NotEditable:
            continue
    stones = [
        {**about, "file": name, "slot": _told(found[name, path]),
         **({"why": _told(found[name, (*path[:-1], "because")])} if (name, (*path[:-1], "because")) in found else {})}
        for name, path, about in places if (name, path) in found
    ]  # fmt: skip
    money = project.plan.budget
    return {
        "colour": health.overall.colour, "why": health.overall.why,
        "dimensions": [[name, one.colour or "unknown", one.why] for name, one in health.dimensions.items()],
        "milestones": stones, "month": words.month(month),
        **({"spent": {"file": budget, "slot": _told(found[budget, spent]),
                      "now": str(money.spent[month].amount) if month in money.spent else ""}} if money and (budget, spent) in found else {}),
    }  # fmt: skip


def _told(slot: Slot) -> list[Any]:
    return [str(slot.start), str(slot.end), slot.new]


def _read(site: Site, path: str, texts: dict[str, str]) -> str | None:
    """The text of a file, unless it names a project of which nobody may know."""
    if path not in texts:
        tree = site.portfolio.repository.tree
        there = _below(tree.paths(), path)[:1] == (path,)
        text = tree.read(path).decode("utf-8", "replace") if there else ""
        if any(one.id in text or one.plan.name in text for one in site.hidden):
            return None
        texts[path] = text
    return texts[path]
