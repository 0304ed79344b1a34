"""CODEOWNERS from the policy's families of paths: the host then asks the right people for a review."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from handrail.compute.path_owners import Owned
from handrail.model.organisation import PersonRecord

Host = Literal["github", "gitlab"]
# what each host takes for a login; anything else could end the line, or name somebody else
_LOGIN: Mapping[Host, re.Pattern[str]] = {
    "github": re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:/[A-Za-z0-9._-]+)?"),
    "gitlab": re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?"),
}
_HEAD = """\
# Made by `handrail codeowners` from standards/policy/ownership.yaml, boards.yaml, people.yaml and the plans.
# Do not edit it here: change those, then make it again. The last line that fits a file counts.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOwners:
    """The file's text, the people in it whose login is not known, and the patterns that nobody could be named for."""

    text: str
    unknown: tuple[str, ...]
    unguarded: tuple[str, ...]


def login_of(person: str, people: Mapping[str, PersonRecord], host: Host) -> str | None:
    """Somebody's login: what the directory says, else the handle itself where the host could have such a login."""
    record = people.get(person)
    said = record.host.get(host, person) if record is not None else person
    name = str(said).removeprefix("@")
    return name if _LOGIN[host].fullmatch(name) else None


def codeowners(owned: tuple[Owned, ...], people: Mapping[str, PersonRecord], host: Host) -> CodeOwners:
    """The file. Hosts take the last line that fits, the policy the first: so the order is turned round."""
    lines: list[tuple[str, str, str]] = []
    unknown: dict[str, None] = {}
    unguarded: list[str] = []
    fallback = owned[-1].people if owned else ()
    for one in reversed(owned):
        logins = [login_of(person, people, host) for person in one.people]
        unknown.update(dict.fromkeys(person for person, login in zip(one.people, logins, strict=True) if login is None))
        known = [login for login in logins if login is not None] or [
            login for person in fallback if (login := login_of(person, people, host)) is not None
        ]
        if not known:
            unguarded.append(one.pattern)
            continue
        lines.append((one.family, _path(one.pattern), " ".join(f"@{login}" for login in known)))
    return CodeOwners(text=_HEAD + _written(lines), unknown=tuple(unknown), unguarded=tuple(unguarded))


def same(one: str, other: str) -> bool:
    """Whether two files mean the same: comments, blank lines, spaces and the order of the owners of a line aside."""
    return _meaning(one) == _meaning(other)


def _meaning(text: str) -> list[tuple[str, frozenset[str]]]:
    found = []
    for line in text.splitlines():
        words = re.split(r"(?<!\\)\s+", re.sub(r"(^|\s)#.*", "", line).strip())
        if words[0]:
            found.append((words[0], frozenset(word.lower() for word in words[1:])))
    return found


def _path(pattern: str) -> str:
    """A pattern of the policy in the words of CODEOWNERS: from the root, and a folder means everything below it."""
    if pattern == "**":
        return "*"
    path = pattern.removesuffix("**") if pattern.endswith("/**") else pattern
    return "/" + re.sub(r"([\s#])", r"\\\1", path)


def _written(lines: list[tuple[str, str, str]]) -> str:
    width = max((len(path) for _, path, _ in lines), default=0)
    text, family = "", ""
    for name, path, people in lines:
        if name != family:
            text += f"\n# {name}\n"
            family = name
        text += f"{path:<{width}}  {people}\n"
    return text
