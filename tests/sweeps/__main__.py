"""Sweep: `python -m tests.sweeps` tries everything, and says how far it is.

    python -m tests.sweeps [--short] [--keep FILE] [SWEEP ...]

`--keep FILE` writes each part that was done to a file, and leaves out those that it has: a run that was interrupted goes on.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Final

from tests.sweeps.sweeps import SWEEPS, Part

EVERY: Final = 5  # seconds between two lines of progress


def main() -> int:
    """Run the sweeps that are named, or all; 1 when a part failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.sweeps", description="Try everything, with progress.")
    parser.add_argument("sweeps", nargs="*", help=f"which of {', '.join(SWEEPS)}; all when left out")
    parser.add_argument("--short", action="store_true", help="a fixed selection of the parts")
    parser.add_argument("--keep", type=Path, help="a file of what was done, to go on with")
    asked = parser.parse_args()
    if unknown := set(asked.sweeps) - set(SWEEPS):
        parser.error(f"there is no sweep {', '.join(sorted(unknown))}")
    failures = [sweep(name, short=asked.short, keep=asked.keep) for name in asked.sweeps or SWEEPS]
    return int(any(failures))


def sweep(name: str, *, short: bool, keep: Path | None) -> int:
    """Run one sweep. The number of parts that failed."""
    done = _kept(keep, name)
    answers, failed, shown, begun = sum(done.values()), 0, time.monotonic(), time.process_time()
    parts = list(SWEEPS[name](short=short))
    for number, part in enumerate(parts, 1):
        if part.name not in done:
            checked = _check(name, part)
            failed += checked is None
            answers += checked or 0
            done[part.name] = checked or 0
            if checked is not None:
                _keep(keep, name, part.name, checked)
        if time.monotonic() - shown > EVERY:
            shown = time.monotonic()
            _say(f"{name}: {number} of {len(parts)}, {answers} answers, {failed} failed; at {part.name}")
    seconds = time.process_time() - begun
    _say(f"{name}: all {len(parts)} parts, {answers} answers, {failed} failed, {seconds:.0f} s of processor time")
    return failed


def _check(name: str, part: Part) -> int | None:
    """The number of answers that were right, or None and a word on the failure."""
    try:
        return part.check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong is said, and the rest is tried
        _say(f"{name}: FAILED {part.name}: {type(error).__name__}: {error}")
        return None


def _kept(keep: Path | None, name: str) -> dict[str, int]:
    if keep is None or not keep.exists():
        return {}
    lines = map(json.loads, keep.read_text(encoding="utf-8").splitlines())
    return {part: answers for sweep, part, answers in lines if sweep == name}


def _keep(keep: Path | None, *done: object) -> None:
    if keep is not None:
        with keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps(done) + "\n")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
