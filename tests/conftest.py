"""Which examples Hypothesis draws: the same in every ordinary run, new ones in a hunt.

A test that is red today and was green yesterday then speaks of a change, not of luck. A hunt has `LAWS_TIMES` or
`FUZZ_TIMES` set; `.ci/full` is one.
"""

import os

from hypothesis import settings

settings.register_profile("the same examples", derandomize=True)
if not {"LAWS_TIMES", "FUZZ_TIMES"} & set(os.environ):
    settings.load_profile("the same examples")
