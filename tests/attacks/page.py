"""Writes the table of attacks into the auditors' page: `python -m tests.attacks.page`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from pathlib import Path

from tests.attacks.town import ATTACKS, Attack
from tests.command import ROOT

HERE = Path(__file__).parent
PAGE = ROOT / "standards/how-we-work/what-the-gate-withstands.md"
BEGIN, END = "<!-- attacks -->\n", "<!-- end of attacks -->"
THEMES: Mapping[str, str] = {
    "law": "The rules and the machinery", "plans": "What was promised, and what stands in the registers",
    "approvals": "Approvals and evidence", "texts": "The text of files", "git": "Git, the clone and the environment",
}  # fmt: skip
OUTCOMES: Mapping[str, str] = {
    "blocks": "Stopped", "alarms": "Alarm", "told": "Told to the owner", "refused": "No verdict", "nothing": "No effect",
}  # fmt: skip
for _name in THEMES:
    importlib.import_module(f"tests.attacks.test_{_name}")


def table() -> str:
    """Each theme with its attacks in the order of their tests."""
    assert {one.theme for one in ATTACKS.values()} == set(THEMES), "each module of attacks has a heading"
    lines: list[str] = []
    for theme, title in THEMES.items():
        lines += [
            "",
            f"### {title}",
            "",
            "| Somebody tries to | What comes of it | What a reader sees | Test |",
            "|---|---|---|---|",
        ]
        lines += [_row(one) for one in ATTACKS.values() if one.theme == theme]
    return "\n".join([*lines, "", ""])


def _row(one: Attack) -> str:
    what = one.attempt[0].lower() + one.attempt[1:]
    rule = f" by {one.by}" if one.by else ""
    said = f"… {one.says} …" if one.says else "nothing new: the verdict is that of the change without the trick"
    return f"| {_cell(what)} | {OUTCOMES[one.outcome]}{rule} | {_cell(said)} | `{one.theme}: {one.name}` |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")


def write() -> None:
    """Put the table and the number of attacks into the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    before = re.sub(r"\d+ attempts", f"{len(ATTACKS)} attempts", before)
    PAGE.write_text(f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    write()
