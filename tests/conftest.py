"""How made-up examples are drawn: the same ones in every run, so that a run can be had again, and without a clock.

`HANDRAIL_EXPLORE=1 scripts/test tests/test_source.py` draws new ones.
"""

import os

from hypothesis import settings

settings.register_profile("same", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("explore" if os.environ.get("HANDRAIL_EXPLORE") else "same")
