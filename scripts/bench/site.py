#!/usr/bin/env python3
"""What a site costs: cold through MkDocs, cold and again the fast way, beside plain MkDocs on Markdown with the same text.

Usage: .venv/bin/python scripts/bench/site.py [--plans 1000] [--months 24] [--rounds 1] [--no-peers]

Every plan has a report a month; the history is remembered before anything is measured. CPU seconds of whole processes and
of those that they start, peak memory of the largest. Zensical is measured where it is installed beside Handrail, or where
ZENSICAL names its program.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from as_markdown import make_plain
from measure import Run, handrail, measured, median_cpu, peak, result
from years import make_years

_MANY = 5000


def main() -> int:
    """Make the portfolio, build it in every way, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--months", type=int, help="of history (default: 24; 1 for more than 5,000 plans)")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true")
    args = parser.parse_args()
    months = args.months or (24 if args.plans <= _MANY else 1)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        folder, site = home / "years", home / "site"
        make_years(folder, args.plans, months)
        build = [*handrail(), "build", "--site-dir", str(site)]
        went(measured(build, folder))  # fills the history's memory and has every module compiled
        print(f"{args.plans} projects, {months} months, {pages(site)} pages; CPU seconds, median of {args.rounds}:")
        found: dict[str, list[Run]] = {}
        for number in range(args.rounds):
            for name, run in ways(folder, site, home, build, number):
                found.setdefault(name, []).append(run)
        if not args.no_peers:
            found |= peers(folder, site, home)
        for name, runs in found.items():
            print(f"  {name.replace('_', ' '):24} {median_cpu(runs):8.2f} s  {peak(runs):6.0f} MB")
        sizes = {"site_mb": size(site) / 1e6, "search_kb": (site / "search" / "search_index.json").stat().st_size / 1e3}
        project = (site / "projects" / "plan-00005" / "index.html").stat().st_size / 1e3
        print(
            f"  site {sizes['site_mb']:.0f} MB, search index {sizes['search_kb']:.0f} KB, a project's page {project:.1f} KB"
        )
        figures = {name: median_cpu(runs) for name, runs in found.items()}
        result(**figures, peak_mb=peak(found["fast_cold"]), project_kb=project, **sizes)
    return 0


def ways(folder: Path, site: Path, home: Path, build: list[str], number: int) -> list[tuple[str, Run]]:
    """`mkdocs build`, then the fast way with nothing kept, with one plan edited, and with nothing changed."""
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"), "-d", str(home / "cold")]
    found = [("mkdocs_cold", went(measured(mkdocs, folder)))]
    shutil.rmtree(site)
    for kept in (folder / ".git" / "handrail").glob("site-*"):
        shutil.rmtree(kept)
    found.append(("fast_cold", went(measured(build, folder))))
    plan = folder / "projects" / "plan-00005" / "schedule.yaml"
    text = plan.read_text(encoding="utf-8")
    edited = text.replace("name: Milestone 3", f"name: Milestone 3, moved {number + 1} times", 1)
    if edited == text:
        raise SystemExit("the made-up plan has no such milestone")
    plan.write_text(edited, encoding="utf-8")
    found.append(("one_edit", went(measured(build, folder))))
    if "moved" not in (site / "projects" / "plan-00005" / "index.html").read_text(encoding="utf-8"):
        raise SystemExit("the edit did not come through")
    plan.write_text(text, encoding="utf-8")
    went(measured(build, folder))
    found.append(("nothing_changed", went(measured(build, folder))))
    return found


def peers(folder: Path, site: Path, home: Path) -> dict[str, list[Run]]:
    """The same visible text as Markdown, through plain MkDocs with Material and through Zensical."""
    plain = home / "plain"
    make_plain(site, folder / "standards", plain)
    config = str(plain / "mkdocs.yml")
    found = {"plain_mkdocs": [went(measured([sys.executable, "-m", "mkdocs", "build", "-q", "-f", config], plain))]}
    zensical = os.environ.get("ZENSICAL") or shutil.which("zensical", path=str(Path(sys.executable).parent))
    if zensical is None:
        print("  zensical is not installed here; set ZENSICAL to its program to measure it")
    else:
        found["zensical"] = [went(measured([zensical, "build", "-f", config], plain))]
    return found


def pages(site: Path) -> int:
    """How many pages a site has."""
    return sum(1 for _ in site.rglob("*.html"))


def size(site: Path) -> int:
    """The bytes of a folder."""
    return sum(file.stat().st_size for file in site.rglob("*") if file.is_file())


def went(run: Run) -> Run:
    """A run that failed would measure something else."""
    if run.status:
        raise SystemExit(f"a build failed: {run.status}")
    return run


if __name__ == "__main__":
    sys.exit(main())
