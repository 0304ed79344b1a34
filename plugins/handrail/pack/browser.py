"""Chromium as a printer: it reads one file without any link to elsewhere, and writes a PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "HANDRAIL_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
OLDEST = 131
"""The first version that writes page numbers and a line of source into the margins, as the pack's style asks."""
_PATIENCE = 180

# No network, nothing of a profile. The page has no script, and its own policy forbids script and network once more.
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
    "--disable-extensions", "--disable-sync", "--disable-background-networking", "--disable-component-update",
    "--disable-default-apps", "--disable-domain-reliability", "--metrics-recording-only", "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
    "--font-render-hinting=none", "--force-color-profile=srgb", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip


class NoPrinterError(Exception):
    """There is no Chromium that can print; the text says how to get one."""


def found() -> str:
    """Where Chromium is. Raises NoPrinterError."""
    told = os.environ.get(VARIABLE)
    place = shutil.which(told) if told else next((path for one in NAMES if (path := shutil.which(one))), None)
    if place is None:
        where = f"{VARIABLE} names {told}, which is no program" if told else "none of " + ", ".join(NAMES) + " is there"
        raise NoPrinterError(
            f"a PDF is printed by Chromium, and {where}. Install it (Debian and Ubuntu: `apt-get install chromium`; macOS: "
            f"`brew install --cask chromium`; Windows has Microsoft Edge), or name it in {VARIABLE}. `--format pptx` needs none."
        )
    version = _version(place)
    if version is not None and version < OLDEST:
        raise NoPrinterError(
            f"{place} is version {version}; the page numbers of a pack need Chromium {OLDEST} or newer. Bring it up to date, or name another in {VARIABLE}."
        )
    return place


def _version(place: str) -> int | None:
    """The version as a number; None where the program does not say."""
    with suppress(OSError, subprocess.TimeoutExpired):
        told = subprocess.run([place, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout
        number = re.search(r"(\d+)\.\d+\.\d+", told)
        return int(number[1]) if number else None
    return None


def printed(html: str) -> bytes:
    """A page as PDF. Raises NoPrinterError where that does not work."""
    place = found()
    with tempfile.TemporaryDirectory(prefix="handrail-pack-") as folder:
        page, goal = Path(folder) / "pack.html", Path(folder) / "pack.pdf"
        page.write_text(html, encoding="utf-8", newline="\n")
        # the sandbox of Chromium does not start for root, as in most containers
        own = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = [place, *_FLAGS, *own, f"--user-data-dir={folder}/profile", f"--print-to-pdf={goal}", page.as_uri()]
        environment = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH"}}  # fmt: skip
        environment |= {"HOME": folder, "TZ": "UTC", "TMPDIR": folder}
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE, env=environment)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoPrinterError(f"{place} did not print the pack: {type(error).__name__}. `--format pptx` needs no browser.") from None  # fmt: skip
        if not goal.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise NoPrinterError(f"{place} did not print the pack ({said[0][:200]}). `--format pptx` needs no browser.")
        return goal.read_bytes()
