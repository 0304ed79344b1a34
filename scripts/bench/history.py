#!/usr/bin/env python3
"""How long it takes to read 24 months of 1,000 plans from Git: the first time, and with what was computed remembered.

Usage: .venv/bin/python scripts/bench/history.py [--plans 1000] [--months 24] [--rounds 3]

Every plan changes every month: a new report, other forecasts. The peer is `git log --first-parent --raw` over the same
history: what it costs only to list what changed, without reading a plan.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from measure import alternately, median_cpu, peak, result
from years import LAST, make_years

_READ = """
import gc
import sys
from datetime import date, timedelta
from pathlib import Path
gc.disable()  # as the command line does
from handrail.history import history_of, month_ends
day = date.fromisoformat(sys.argv[2]) + timedelta(days=1)
found = history_of(Path(sys.argv[1]), month_ends(day, int(sys.argv[3])), cache=sys.argv[4] == "yes")
sys.exit(0 if len(found.points) == int(sys.argv[3]) and not found.why else 1)
"""


_KEPT = """
import gc
import sys
from pathlib import Path
gc.disable()
from datetime import date
from handrail.keeping import keeping_of
from handrail.run import run
found = run(Path(sys.argv[1]), today=date(2026, 12, 1))
if sys.argv[3] != "none":
    keeping = keeping_of(Path(sys.argv[1]), found.judgement, found.remarks, months=int(sys.argv[2]), cache=sys.argv[3] == "yes")
    sys.exit(0 if len(keeping.looks) == int(sys.argv[2]) else 1)
"""


def main() -> int:
    """Make the history, read it, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "years"
        make_years(folder, args.plans, args.months)
        read = [sys.executable, "-c", _READ, str(folder), str(LAST), str(args.months)]
        cold, warm = [*read, "no"], [*read, "yes"]
        listed = ["git", "-C", str(folder), "log", "--first-parent", "-m", "--raw", "-z", "--format=%H"]
        subprocess.run(warm, check=True)  # fills the memory
        firsts, laters, peers = alternately([cold, warm, listed], args.rounds)
        if any(run.status for run in (*firsts, *laters, *peers)):
            raise SystemExit("a run failed")
        first, later, peer = median_cpu(firsts), median_cpu(laters), median_cpu(peers)
        print(f"{args.months} months of {args.plans} plans, median of {args.rounds} rounds, CPU seconds:")
        print(f"  nothing remembered   {first:8.2f} s  {peak(firsts):6.0f} MB")
        print(f"  all remembered       {later:8.2f} s  {peak(laters):6.0f} MB")
        print(f"  git log alone        {peer:8.2f} s")
        judged = [sys.executable, "-c", _KEPT, str(folder), str(min(args.months - 1, 12))]
        subprocess.run([*judged, "yes"], check=True)
        runs = alternately([[*judged, "none"], [*judged, "no"], [*judged, "yes"]], args.rounds)
        if any(run.status for each in runs for run in each):
            raise SystemExit("a run failed")
        alone, kept, known = (median_cpu(each) for each in runs)
        print(f"  rules of today on {judged[-1]} of the months, besides a check of {alone:.2f} s:")
        print(f"    nothing remembered {kept - alone:8.2f} s")
        print(f"    all remembered     {known - alone:8.2f} s")
        result(
            cold=first,
            warm=later,
            git_log=peer,
            cold_mb=peak(firsts),
            rules_cold=kept - alone,
            rules_warm=known - alone,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
