"""How to run a program within limits: so much processor time and memory, and no more.

The limits are those of the operating system, so what would take hours or gigabytes is killed, and
a slow machine changes nothing: what is counted is the work of the program, not the time on the wall. A program that
waits for ever does no work; it is ended after as long as no machine needs.
"""

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tests.small_caches import IS_ASKED_FOR

SECONDS: Final = 30
MEGABYTES: Final = 1_000
_FOR_EVER: Final = 600


def run_within_limits(program: str, *, seconds: int = SECONDS, megabytes: int = MEGABYTES) -> str:
    """What the Python program prints. AssertionError when it fails, or needs more."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit, timeout=_FOR_EVER)
    assert not done.returncode, f"ended with {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout


@contextmanager
def within_seconds_of_work(seconds: float = 20) -> Iterator[None]:
    """AssertionError when what is done in here takes more processor time; ten times as much where nothing is kept."""
    allowed = seconds * 10 if IS_ASKED_FOR else seconds

    def give_up(_signal: int, _frame: object) -> None:
        raise AssertionError(f"more than {allowed} s of processor time")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, allowed)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
