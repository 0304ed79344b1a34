"""The format of the files: which one this version writes, and how files of the one before become files of it.

A release reads its own format and the one before; between them there is one step, from text to text, by splicing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from handrail.edit import set_value
from handrail.load.tree import MARKER
from handrail.source import read_yaml

FORMAT = 1
"""The format that this version writes."""
Step = Callable[[str, str], str]
"""From a path and the text of its file to the text in the next format; the same text where nothing changes."""
STEPS: Mapping[int, Step] = MappingProxyType({})
"""By the format it begins with, the step to the next one. Format 1 is the first, so there is none yet."""


class FormatFault(Exception):  # noqa: N818 - the word of this house for what does not fit
    """The files cannot be brought to this version's format; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """What a version knows: the format it writes, and the steps that lead there."""

    own: int = FORMAT
    steps: Mapping[int, Step] = field(default_factory=lambda: STEPS)


def format_of(marker: bytes) -> int:
    """The format that `handrail.yaml` names. Raises FormatFault where it names none."""
    value = read_yaml(MARKER, marker).value
    found: Any = value.get("format") if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise FormatFault(
            f"{MARKER} does not say in which format the files are; write `format: {FORMAT}` as its first line."
        )
    return found


def to_own_format(files: Mapping[str, str], formats: Formats) -> dict[str, str]:
    """The files that change, with their new text; nothing where they are in this version's format already.

    Raises FormatFault for files of a newer version, and for those that are too old for this one.
    """
    present = format_of(files[MARKER].encode())
    if present > formats.own:
        raise FormatFault(
            f"These files are in format {present}; this version knows {formats.own}. Take a newer Handrail."
        )
    changed = dict(files)
    for number in range(present, formats.own):
        step = formats.steps.get(number)
        if step is None:
            raise FormatFault(
                f"These files are in format {present}, and this version reads only {formats.own - 1} and {formats.own}. Upgrade them "
                "with the versions between, one after the other."
            )
        changed = {path: step(path, text) for path, text in changed.items()}
        changed[MARKER] = set_value(changed[MARKER], ("format",), number + 1)
    return {path: text for path, text in changed.items() if text != files[path]}
