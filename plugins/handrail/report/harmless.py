"""Text from files, made harmless for Markdown of a host: it shows as it is, and nobody is called, linked or closed by it."""

from __future__ import annotations

import re

from handrail.report.safe import capital, safe

_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_[]<>&|~$"})
# A host looks for references after it has taken out entities, so a sign that begins one is parted from what follows by
# a space without width: people (@), issues and commits (#, @), merge requests (!), labels, epics, snippets, milestones.
_REFERENCE = re.compile(r"([@#!%^&~$:])(?=[\w\"'(\[`*/+-])")
_PREFIXED = re.compile(r"(?i)\b(GH-|www\.|https?:|ftp:|mailto:|xmpp:)")
_BLOCK = re.compile(r"([-+=#/]|\d{1,9}[.)])")
GAP = "\u200b"


def harmless(text: str) -> str:
    """One line of text as Markdown that shows it and does nothing else."""
    line = safe(text).strip().replace(GAP, "")
    line = _PREFIXED.sub(lambda found: f"{found.group()}{GAP}", line)
    line = _REFERENCE.sub(rf"\1{GAP}", line).translate(_SIGNS)
    block = _BLOCK.match(line)  # a list, a heading, a rule or an order to the host would begin here
    return f"{GAP}{line}" if block else line


def phrased(text: str) -> str:
    """The same for a text of a rule, in which backticks part what is to be typed."""
    parts = text.strip().split("`")
    if len(parts) % 2 == 0:  # an odd one out is only a sign
        return harmless(text)
    shown = []
    for number, part in enumerate(parts):
        if number % 2:
            shown.append(code(part))
        elif part:
            left, right = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
            gap = GAP if part[-1] in "@#!%&~$" else ""
            shown.append(f"{' ' if left else ''}{harmless(part)}{gap}{' ' if right and part.strip() else ''}")
    return "".join(shown)


def code(text: str) -> str:
    """What is to be typed, or a path."""
    return f"<code>{harmless(text)}</code>" if text.strip() else ""


def sentence(words: str) -> str:
    """A sentence about a change: it begins large, and an arrow is an arrow."""
    shown = harmless(capital(words))
    return shown.replace(" -&gt; ", " → ").replace(" -&#62; ", " → ")
