"""Names and mail addresses of people, which do not belong into a repository: from the file or secret that HANDRAIL_PEOPLE names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from handrail.model.words import PERSON_ID
from handrail.source import read_yaml

VARIABLE = "HANDRAIL_PEOPLE"
EXAMPLE = "c.moreau: {name: Claire Moreau, mail: claire.moreau@example.org}"
_MOST = 5_000_000
_LONG = 200
_HANDLE = re.compile(PERSON_ID)


class OverlayError(Exception):
    """The overlay cannot be used; the text says why and never shows what is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What people are called and where mail reaches them, by handle. Nobody need be in it."""

    names: Mapping[str, str] = field(default_factory=dict)
    mails: Mapping[str, str] = field(default_factory=dict)

    def called(self, handle: str) -> str:
        """`Claire Moreau (c.moreau)`, or the handle where no name is known."""
        name = self.names.get(handle)
        return f"{name} ({handle})" if name else handle


NOBODY = Overlay()


def overlay(told: str | None) -> Overlay:
    """Read what HANDRAIL_PEOPLE says: the path of a YAML file, or the YAML itself, as a secret of CI holds it.

    A mapping of handles to `{name, mail}`, or to the name alone. Raises OverlayError in plain words, without the content:
    it may end up in a log that others read.
    """
    if not told or not told.strip():
        return NOBODY
    document = read_yaml(VARIABLE, _bytes(told))
    if document.broken or document.remarks:
        raise OverlayError(
            f"what {VARIABLE} gives cannot be read as YAML; write one line per person, such as: {EXAMPLE}"
        )
    if not isinstance(document.value, Mapping):
        raise OverlayError(f"what {VARIABLE} gives is no list of people; write one line per person, such as: {EXAMPLE}")
    names: dict[str, str] = {}
    mails: dict[str, str] = {}
    for number, (handle, given) in enumerate(document.value.items(), 1):
        if not isinstance(handle, str) or not _HANDLE.fullmatch(handle):
            raise OverlayError(
                f"entry {number} of what {VARIABLE} gives has no staff handle before its colon; write: {EXAMPLE}"
            )
        one = {"name": given} if isinstance(given, str) else given
        if (
            not isinstance(one, Mapping)
            or not set(one) <= {"name", "mail"}
            or not all(_plain(value) for value in one.values())
        ):
            raise OverlayError(
                f"{VARIABLE} says of {handle} something other than a name and a mail address; write: {EXAMPLE}"
            )
        if "name" in one:
            names[handle] = one["name"].strip()
        if "mail" in one:
            mails[handle] = one["mail"].strip()
    return Overlay(names=names, mails=mails)


def state_of(told: str | None) -> str:
    """A name for what the overlay holds now, without showing any of it; empty without one."""
    if not told or not told.strip():
        return ""
    try:
        return blake2b(_bytes(told), digest_size=16).hexdigest()
    except OverlayError:
        return "unreadable"


def _bytes(told: str) -> bytes:
    if "\n" in told or ":" in told.partition("/")[0].partition("\\")[0][2:]:
        return told.encode("utf-8", "surrogateescape")
    try:
        path = Path(told)
        if path.stat().st_size > _MOST:
            raise OverlayError(f"the file that {VARIABLE} names is larger than 5 MB")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise OverlayError(
            f"the file that {VARIABLE} names cannot be read; give its path, or the text itself"
        ) from error


def _plain(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= _LONG and value.isprintable()
