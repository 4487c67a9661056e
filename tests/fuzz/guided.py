"""Fuzz a reader where it has not been: `python -m tests.fuzz.guided [--seconds 60] [READER ...]`, with atheris.

What a reader takes is bent again and again, and what reaches new code is kept and bent further. The inputs that reached the
most stand in corpus/READER, a few a reader, and are read in every run of the tests. One that is neither a value nor a SlaError, or
that takes more than a minute, ends the run with 1: it becomes a file under regressions/READER.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.helpers import ROOT

FOLDER: Final = Path(__file__).parent
CORPUS: Final = FOLDER / "corpus"
REGRESSIONS: Final = FOLDER / "regressions"
LIMIT_SECONDS: Final = 60  # on the clock of the wall: a machine that does other things is no mistake
LIMIT_MEGABYTES: Final = 1_500
MOST_BYTES: Final = 4_096
KEPT, KEPT_BYTES = 8, 600
_EDGES: Final = re.compile(r"\bcov: (\d+)")
_RUNS: Final = re.compile(r"stat::number_of_executed_units: +(\d+)")


def main() -> int:
    """Fuzz the readers that are named, or all, for so long each. 1 when one was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz.guided", description="Fuzz readers, guided by coverage."
    )
    parser.add_argument("readers", nargs="*", help="all when left out")
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--keep", action="store_true", help="put the inputs that reached the most into corpus/")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        return _fuzz(asked.inside, Path(asked.readers[0]), asked.seconds)
    from tests.fuzz.loaders import LOADERS

    if unknown := set(asked.readers) - set(LOADERS):
        parser.error(f"there is no reader {', '.join(sorted(unknown))}; there are {', '.join(LOADERS)}")
    wrong = [_run(reader, asked.seconds, keep=asked.keep) for reader in asked.readers or LOADERS]
    return int(any(wrong))


def _run(reader: str, seconds: int, *, keep: bool) -> bool:
    """Fuzz one reader in a process of its own, as atheris ends it. Whether it was wrong."""
    from tests.fuzz.loaders import seeds

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for number, seed in enumerate(seeds(reader)):
            (work / f"seed-{number}").write_bytes(seed)
        for path in sorted((CORPUS / reader).glob("*")):
            (work / path.name).write_bytes(path.read_bytes())
        command = [sys.executable, "-m", "tests.fuzz.guided", "--inside", reader, "--seconds", str(seconds), str(work)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        edges, runs = _EDGES.findall(done.stderr), _RUNS.findall(done.stderr)
        reached = edges[-1] if edges else "?"
        said = "WRONG" if done.returncode else "right"
        sys.stdout.write(f"{reader}: {runs[-1] if runs else '?'} inputs, {reached} edges, {said}\n")
        sys.stdout.flush()
        if done.returncode:
            sys.stdout.write(done.stderr[-3_000:])
        elif keep:
            _keep(reader, work)
    return bool(done.returncode)


def _keep(reader: str, work: Path) -> None:
    """Keep few and short: what was found last took the longest to reach."""
    found = [path for path in work.iterdir() if not path.name.startswith("seed-") and path.stat().st_size <= KEPT_BYTES]
    folder = CORPUS / reader
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)[-KEPT:]:
        (folder / path.name[:12]).write_bytes(path.read_bytes())


def _fuzz(reader: str, work: Path, seconds: int) -> int:
    """Let atheris bend what is in the folder, and read it; it does not come back."""
    import atheris

    with atheris.instrument_imports(include=["slacalc"]):
        import slacalc as sla
        from tests.fuzz.loaders import LOADERS, seeds

        for seed in seeds(reader):  # what is imported when it is asked for is instrumented, too
            LOADERS[reader](seed)

    def read(raw: bytes) -> None:
        try:
            LOADERS[reader](raw)
        except sla.SlaError as error:
            str(error)

    limits = [f"-timeout={LIMIT_SECONDS}", f"-rss_limit_mb={LIMIT_MEGABYTES}", f"-max_len={MOST_BYTES}"]
    (REGRESSIONS / reader).mkdir(exist_ok=True)
    where = f"-artifact_prefix={REGRESSIONS / reader}/"
    how = [f"-max_total_time={seconds}", "-print_final_stats=1", where]
    atheris.Setup([sys.argv[0], *limits, *how, str(work)], read)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
