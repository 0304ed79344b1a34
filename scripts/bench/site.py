#!/usr/bin/env python3
"""What a site costs: cold through MkDocs, cold and again the fast way, beside plain MkDocs on Markdown with the same text.

Usage: .venv/bin/python scripts/bench/site.py [--plans 1000] [--months 24] [--rounds 1] [--no-peers] [--no-mkdocs] [--browser]

Every plan has a report a month; the history is remembered before anything is measured. CPU seconds of whole processes and
of those that they start, peak memory of each. Zensical is measured where it is installed beside Handrail, or where ZENSICAL
names its program; it refuses a search entry of more than 32,768 words, so for it such pages are left out of the search.
`--browser` also measures the first hit of the search in Chromium, from the first key.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from as_markdown import make_plain
from measure import Run, handrail, measured, median_cpu, peak, result
from years import make_years

_MANY = 5000
_LONG = 15_000
"""Words of a page that Zensical's search may not take; every cell of a table counts more than once there."""
_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> int:
    """Make the portfolio, build it in every way, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--months", type=int, help="of history (default: 24; 1 for more than 5,000 plans)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true", help="leave plain MkDocs and Zensical out")
    parser.add_argument("--no-mkdocs", action="store_true", help="leave `mkdocs build` of the same site out")
    parser.add_argument("--browser", action="store_true", help="search in Chromium")
    args = parser.parse_args()
    months = args.months or (24 if args.plans <= _MANY else 1)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        folder, site = home / "years", home / "site"
        make_years(folder, args.plans, months)
        build = [*handrail(), "build", "--site-dir", str(site)]
        went("the first build", measured(build, folder))  # fills the history's memory and has every module compiled
        print(f"{args.plans} projects, {months} months, {pages(site)} pages; CPU seconds, median of {args.rounds}:")
        found: dict[str, list[Run]] = {}
        for number in range(args.rounds):
            for name, run in ways(folder, site, home, build, number, mkdocs=not args.no_mkdocs):
                found.setdefault(name, []).append(run)
                told(name, run)
        if not args.no_peers:
            for name, run in peers(folder, site, home):
                found.setdefault(name, []).append(run)
                told(name, run)
        figures = {name: median_cpu(runs) for name, runs in found.items()}
        if args.browser:
            figures["first_hit_s"] = first_hit(site, "Project number 5")
            print(f"  first hit of the search    {figures['first_hit_s']:8.2f} s in Chromium")
        sizes = {"site_mb": size(site) / 1e6, "search_kb": (site / "search" / "search_index.json").stat().st_size / 1e3}
        project = (site / "projects" / "plan-00005" / "index.html").stat().st_size / 1e3
        print(
            f"  site {sizes['site_mb']:.0f} MB, search index {sizes['search_kb']:.0f} KB, a project's page {project:.1f} KB"
        )
        if "plain_mkdocs" in figures:
            figures["share_of_plain"] = figures["fast_cold"] / figures["plain_mkdocs"]
        result(**figures, peak_mb=peak(found["fast_cold"]), project_kb=project, **sizes)
    return 0


def told(name: str, run: Run) -> None:
    """One line as soon as it is known."""
    print(f"  {name.replace('_', ' '):24} {run.cpu:8.2f} s  {run.peak_mb:6.0f} MB", flush=True)


def ways(  # noqa: PLR0913 - the places, and what is asked
    folder: Path, site: Path, home: Path, build: list[str], number: int, *, mkdocs: bool
) -> list[tuple[str, Run]]:
    """`mkdocs build`, then the fast way with nothing kept, with one plan edited, and with nothing changed."""
    found = []
    if mkdocs:
        cold = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "-q",
            "-f",
            str(folder / "mkdocs.yml"),
            "-d",
            str(home / "cold"),
        ]
        found.append(("mkdocs_cold", went("mkdocs build", measured(cold, folder))))
        shutil.rmtree(home / "cold")
    shutil.rmtree(site)
    for kept in (folder / ".git" / "handrail").glob("site-*"):
        shutil.rmtree(kept)
    found.append(("fast_cold", went("a cold build", measured(build, folder))))
    plan = folder / "projects" / "plan-00005" / "schedule.yaml"
    text = plan.read_text(encoding="utf-8")
    edited = text.replace("name: Milestone 3", f"name: Milestone 3, moved {number + 1} times", 1)
    if edited == text:
        raise SystemExit("the made-up plan has no such milestone")
    plan.write_text(edited, encoding="utf-8")
    time.sleep(1)  # what has only just been written is looked at again by the next build
    found.append(("one_edit", went("a build after an edit", measured(build, folder))))
    if not any(
        "moved" in page.read_text(encoding="utf-8") for page in (site / "projects" / "plan-00005").rglob("*.html")
    ):
        raise SystemExit("the edit did not come through")
    found.append(("nothing_changed", went("a build of nothing", measured(build, folder))))
    plan.write_text(text, encoding="utf-8")
    return found


def peers(folder: Path, site: Path, home: Path) -> list[tuple[str, Run]]:
    """The same visible text as Markdown, through plain MkDocs with Material and through Zensical."""
    plain = home / "plain"
    make_plain(site, folder / "standards", plain)
    config = str(plain / "mkdocs.yml")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", config]
    found = [("plain_mkdocs", went("plain MkDocs", measured(command, plain)))]
    zensical = os.environ.get("ZENSICAL") or shutil.which("zensical", path=str(Path(sys.executable).parent))
    if zensical is None:
        print("  zensical is not installed here; set ZENSICAL to its program to measure it")
        return found
    left_out = spared(plain / "docs")
    run = measured([zensical, "build", "-f", config], plain)
    if run.status:
        print(f"  zensical could not build these pages: it ended with {run.status}")
        return found
    print(f"  zensical, with {left_out} pages left out of its search:")
    return [*found, ("zensical", run)]


def spared(docs: Path) -> int:
    """Leave very long pages out of the search; how many they were."""
    found = 0
    for page in docs.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        if len(text.split()) > _LONG:
            page.write_text(f"---\nsearch: {{exclude: true}}\n---\n{text}", encoding="utf-8")
            found += 1
    return found


def first_hit(site: Path, words: str) -> float:
    """Seconds from the first key in the search to the first result, on a page that has been opened before."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is asked for

    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = shutil.which("chromium") or os.environ.get("CHROMIUM")
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium, args=_FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"http://127.0.0.1:{server.server_port}/")
            page.click("label[for=__search]") if page.locator("label[for=__search]").first.is_visible() else None
            started = time.perf_counter()
            page.locator("input.md-search__input").click()
            page.keyboard.type(words)
            page.locator(".md-search-result__item").first.wait_for(timeout=60_000)
            seconds = time.perf_counter() - started
            browser.close()
    finally:
        server.shutdown()
    return seconds


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def pages(site: Path) -> int:
    """How many pages a site has."""
    return sum(1 for _ in site.rglob("*.html"))


def size(site: Path) -> int:
    """The bytes of a folder."""
    return sum(file.stat().st_size for file in site.rglob("*") if file.is_file())


def went(what: str, run: Run) -> Run:
    """A run that failed would measure something else."""
    if run.status:
        raise SystemExit(f"{what} failed: it ended with {run.status}")
    return run


if __name__ == "__main__":
    sys.exit(main())
