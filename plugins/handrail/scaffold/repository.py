"""A new governed repository: the standards as they are, skeletons of what is the organisation's own, and today's dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from handrail.load.tree import MARKER, FolderTree
from handrail.model.kinds import kind_of
from handrail.scaffold.ci import Host, ci_files
from handrail.scaffold.vscode import vscode_files
from handrail.yaml_text import inline

SKELETONS = "standards/templates/init/"
_DAYS = {"merge": 30, "gate": 60, "watch": 90}
_HOLE = re.compile(r"\{\{([a-z]+)\}\}")
_SITE_NAME = re.compile(r"^site_name: .*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_BESIDE = ("mkdocs.yml",)


class AlreadyThere(Exception):  # noqa: N818 - it says what is the matter
    """The folder holds something already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a new repository is made from."""

    organisation: str
    currency: str
    timezone: str
    today: date
    pmo_head: str = "pmo.head"
    sponsor: str = "first.sponsor"
    manager: str = "first.manager"
    chair: str = "board.chair"
    sample: bool = False
    observe: bool = False
    hosts: tuple[Host, ...] = ("github", "gitlab")


def starter_root() -> Path:
    """The folder that holds the starter: inside the installed package, or the checkout of an editable install."""
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_starter", package.parent.parent):
        if (candidate / MARKER).is_file():
            return candidate
    raise FileNotFoundError("the starter is missing from this installation; install Handrail again")


def starter(wishes: Wishes) -> Mapping[str, bytes]:
    """Every file of a new repository, by its path."""
    root = starter_root()
    tree = FolderTree(root)
    files = dict(_sample(tree) if wishes.sample else _own(tree, wishes))
    for name in _BESIDE:
        files[name] = (root / name).read_bytes()
    if not wishes.sample:
        files["mkdocs.yml"] = _SITE_NAME.sub(
            lambda _: f"site_name: {inline(wishes.organisation)}", files["mkdocs.yml"].decode(), count=1
        ).encode()
    for name in ("README.md", "gitignore"):
        target = ".gitignore" if name == "gitignore" else name
        files[target] = _filled(tree.read(f"{SKELETONS}{name}"), wishes)
    files.update(ci_files(tree, wishes.hosts))
    files.update(vscode_files(tree))
    if wishes.observe:
        files["standards/policy/enforcement.yaml"] = _observing(wishes.today).encode()
    return dict(sorted(files.items()))


def lay_down(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a folder that is empty, or holds only a fresh `.git`. Raises AlreadyThere."""
    if folder.exists() and any(entry.name != ".git" for entry in folder.iterdir()):
        raise AlreadyThere(str(folder))
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _sample(tree: FolderTree) -> Iterator[tuple[str, bytes]]:
    for path in tree.paths():
        yield path, tree.read(path)


def _own(tree: FolderTree, wishes: Wishes) -> Iterator[tuple[str, bytes]]:
    """The standards without the sample's people, strategy and projects."""
    for path in tree.paths():
        if not path.startswith("standards/"):
            continue
        known = kind_of(path)
        how = known[0].starter if known else "as is"
        if how == "skeleton":
            skeleton = SKELETONS + path.removeprefix("standards/")
            yield path, _filled(tree.read(skeleton), wishes)
        elif how == "as is":
            data = tree.read(path)
            yield path, _dated(data, wishes) if path.endswith(".md") else data


def _filled(data: bytes, wishes: Wishes) -> bytes:
    values = {
        "organisation": inline(wishes.organisation), "currency": wishes.currency, "timezone": wishes.timezone,
        "today": wishes.today.isoformat(), "title": " ".join(wishes.organisation.split()),
        "people": _people(wishes), "members": ", ".join(dict.fromkeys((wishes.sponsor, wishes.chair))),
        "chair": wishes.chair, "pmohead": f"`{wishes.pmo_head}`",
        "handles": ", ".join(f"`{one}`" for one in _roles(wishes)),
    }  # fmt: skip
    return _HOLE.sub(lambda hole: values[hole.group(1)], data.decode()).encode()


def _roles(wishes: Wishes) -> Mapping[str, list[str]]:
    """The roles by handle; somebody may have two of them."""
    roles: dict[str, list[str]] = {}
    for handle, role in (
        (wishes.pmo_head, "pmo head"), (wishes.sponsor, "sponsor"), (wishes.manager, "project manager"),
        (wishes.chair, "board member"),
    ):  # fmt: skip
        roles.setdefault(handle, []).append(role)
    return roles


def _people(wishes: Wishes) -> str:
    return "\n".join(f"- id: {handle}\n  roles: [{', '.join(roles)}]" for handle, roles in _roles(wishes).items())


def _dated(data: bytes, wishes: Wishes) -> bytes:
    """A page begins its life in the new organisation today, and belongs to its PMO."""
    text = data.decode()
    front = _FRONT.match(text)
    if front is None:
        return data
    head = re.sub(r"^owner: .*$", f"owner: {wishes.pmo_head}", front.group(), flags=re.MULTILINE)
    head = re.sub(
        r"^(effective_from|reviewed_on): .*$", rf"\g<1>: {wishes.today.isoformat()}", head, flags=re.MULTILINE
    )
    return (head + text[front.end() :]).encode()


def _observing(today: date) -> str:
    """Everything watches at first; integrity bites after 30 days, gates after 60, the rest after 90."""
    steps = "\n".join(
        f"- {{from: {(today + timedelta(days=days)).isoformat()}, enforce_at: {name}}}" for name, days in _DAYS.items()
    )
    return (
        "# The gate only watches until these days: first what keeps the records whole, then the gates, then the rest.\n"
        "# Move a day if you need more time; the change is reviewed like any other.\n"
        f"observe: yes\nplan:\n{steps}\nrules: []\n"
    )
