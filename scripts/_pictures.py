"""Pictures of what is no page of the site: a sheet of a workbook with its values, and a terminal with what was really said."""

from __future__ import annotations

import html
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

_COLUMNS = 7
_FONT = "font-family: 'DejaVu Sans', sans-serif"
_SHEET = f"""<style>body{{margin:0;padding:16px;background:#fff;{_FONT};font-size:13px;width:928px;box-sizing:border-box}}
table{{border-collapse:collapse;width:100%}}td,th{{border:1px solid #c9ced4;padding:5px 8px;text-align:left;white-space:nowrap;overflow:hidden;max-width:190px}}
th{{background:#eef1f4;color:#444;font-weight:400;text-align:center}}tr.head td{{font-weight:700;background:#e3ecf5}}td.now{{outline:2px solid #1b7a34;background:#eaf6ec}}
p{{margin:10px 0 0;color:#444}}b{{border-bottom:2px solid #1b7a34;padding:0 4px;margin-right:12px;color:#000}}span{{margin-right:12px}}</style>"""
_TERMINAL = """<style>body{margin:0;padding:18px;background:#16212c;color:#e6edf3;font:13px/1.5 'DejaVu Sans Mono',monospace;width:928px;box-sizing:border-box}
pre{margin:0;white-space:pre-wrap;font:inherit}i{font-style:normal;color:#7ee0a0}</style>"""


def sheet(page: Any, workbook: Path, name: str, edited: str, picture: Path) -> None:
    """A sheet as a spreadsheet shows it, its first columns that hold anything; the edited cell is marked."""
    book = openpyxl.load_workbook(workbook)
    rows = [
        row
        for row in book[name].iter_rows()
        if any(cell.value is not None for cell in row) and not str(row[0].value).startswith(f"{name.lower()}:")
    ]
    used = [number for number in range(len(rows[0])) if any(row[number].value is not None for row in rows[1:])][
        :_COLUMNS
    ]
    letters = "".join(f"<th>{get_column_letter(number + 1)}</th>" for number in used)
    body = "".join(
        f"<tr{' class=head' if not place else ''}><th>{row[0].row}</th>"
        + "".join(f"<td{' class=now' if row[number].coordinate == edited else ''}>{_shown(row[number].value)}</td>" for number in used) + "</tr>"
        for place, row in enumerate(rows)
    )  # fmt: skip
    tabs = "".join(
        f"<b>{one}</b>" if one == name else f"<span>{one}</span>" for one in book.sheetnames if not one.startswith("_")
    )
    _shoot(page, f"{_SHEET}<table><tr><th></th>{letters}</tr>{body}</table><p>{tabs}</p>", picture)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return html.escape(str(value)) if value is not None else ""


def terminal(page: Any, root: Path, commands: list[list[str]], picture: Path) -> None:
    """Commands run for real in a folder, with all that they say. Raises CalledProcessError where one is refused."""
    said = []
    for words in commands:
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=True)
        shown = " ".join(f'"{one}"' if " " in one else one for one in ("handrail", *words[1:]))
        said.append(f"<i>$ {html.escape(shown)}</i>\n{html.escape(done.stdout.rstrip())}\n")
    _shoot(page, f"{_TERMINAL}<pre>{chr(10).join(said)}</pre>", picture)


def _shoot(page: Any, text: str, picture: Path) -> None:
    page.set_content(f"<!doctype html>{text}")
    page.locator("body").screenshot(path=picture)
