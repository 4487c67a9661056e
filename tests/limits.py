"""This module knows how to run a program within limits: so much processor time and memory, and no more.

The limits are those of the operating system, so what would take hours or gigabytes is killed, and
a slow machine changes nothing: what is counted is the work of the program, not the time on the wall.
"""

import resource
import subprocess
import sys
from typing import Final

SECONDS: Final = 30
MEGABYTES: Final = 1_000


def run_within_limits(program: str, *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> str:
    """What the Python program prints. AssertionError when it fails, or needs more."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert not done.returncode, f"ended with {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout
