"""A repository that writes packs: the sample, committed; and readers of what comes out."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pptx
from pptx.presentation import Presentation
from pptx.slide import Slide

from tests.command import ROOT, Done, git, handrail

DAY = "2026-12-04"


def repository(folder: Path, *, date: str = "2026-12-01T09:00:00+00:00") -> Path:
    """The sample as a repository of its own with one commit."""
    for part in ("standards", "projects"):
        shutil.copytree(ROOT / part, folder / part)
    git("init", "-q", "-b", "main", cwd=folder)
    commit(folder, date)
    return folder


def commit(folder: Path, date: str) -> str:
    """Commit everything at a moment; the commit's name."""
    git("add", "-A", cwd=folder)
    subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "Update"], cwd=folder, check=True,
        env={"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
    )  # fmt: skip
    return git("rev-parse", "HEAD", cwd=folder).strip()


def write(root: Path, board: str, goal: Path, *more: str) -> Done:
    """Write a pack; it must work."""
    done = handrail("export", "pack", "--board", board, "--as-of", DAY, "--out", goal, *more, cwd=root)
    assert done.status == 0, done.err
    return done


def opened(path: Path) -> Presentation:
    """The slides as PowerPoint reads them."""
    return pptx.Presentation(str(path))


def words(slide: Slide) -> str:
    """All text of a slide, tables included."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        if shape.has_table:
            found += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
    return "\n".join(found)


def table(slide: Slide, name: str) -> list[list[str]]:
    """The rows of a native table by the name of its shape, headings first."""
    (shape,) = [one for one in slide.shapes if one.has_table and one.name == name]
    return [[cell.text for cell in row.cells] for row in shape.table.rows]


def slide_of(deck: Presentation, title: str) -> Slide:
    """The one slide with a title."""
    (found,) = [one for one in deck.slides if one.shapes.title is not None and one.shapes.title.text == title]
    return found


def plain(text: str) -> str:
    """Text without the breaks that a page makes."""
    return re.sub(r"\s+", " ", text)


def tool(name: str) -> str:
    """A program that scripts/test installs."""
    place = shutil.which(name)
    assert place, f"{name} is missing; scripts/test installs it"
    return place


def pdf_text(path: Path) -> list[str]:
    """The text of each page of a PDF."""
    out = subprocess.run(
        [tool("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True, text=True
    ).stdout
    return out.split("\f")[:-1]


def in_libreoffice(path: Path, folder: Path) -> Path:
    """Slides opened in LibreOffice and printed to PDF."""
    command = [
        tool("soffice"),
        "--headless",
        f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    made = folder / f"{path.stem}.pdf"
    assert made.is_file(), f"{done.stdout}{done.stderr} (is libreoffice-impress-nogui installed? scripts/test does it)"
    return made
