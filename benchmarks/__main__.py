"""How to run the benchmarks: `python -m benchmarks`, or some suites of them by name.

A suite is a function that returns tasks; put another into `SUITES` and its table is printed.
"""

import argparse
import os
import platform
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks import answers, calls, columns, database, dates, growth, kit, logs, plans, reports, startup, tickets
from benchmarks.measuring import Figure, Task, measure, table
from benchmarks.page import renewed

SUITES: Final[dict[str, Callable[[], Iterable[Task]]]] = {
    "answers": answers.tasks,
    "calls": calls.tasks,
    "columns": columns.tasks,
    "database": database.tasks,
    "dates": dates.tasks,
    "growth": growth.tasks,
    "kit": kit.tasks,
    "logs": logs.tasks,
    "plans": plans.tasks,
    "reports": reports.tasks,
    "startup": startup.tasks,
    "tickets": tickets.tasks,
}
PACKAGES: Final = (
    "slacalc", "workclock", "timegrid", "opening-hours-py", "businesstimedelta", "business-duration",
    "better-calendar", "bizdays", "django-bizcal", "numpy", "pandas",
    "polars", "pyarrow", "duckdb",
)  # fmt: skip


def main() -> None:
    """Measure suites and print a table for each, under the machine and the versions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="slacalc, its peers and its floors")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--rounds", type=int, default=60, help="turns of each contestant (default: 60)")
    parser.add_argument("--page", type=Path, metavar="FILE", help="a page whose rows of what is measured are replaced")
    given = parser.parse_args()
    if unknown := sorted(set(given.suites) - set(SUITES)):
        parser.error(f"there is no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    print(_machine())
    every: list[Figure] = []
    for suite in given.suites or SUITES:
        print(f"\n## {suite}\n")
        for line in table(_kept(every, (figure for task in SUITES[suite]() for figure in measure(task, given.rounds)))):
            print(line, flush=True)
    if given.page:
        text, said = renewed(given.page.read_text(encoding="utf-8"), every)
        given.page.write_text(text, encoding="utf-8")
        print("\n".join(("", *said)))


def _kept(every: list[Figure], figures: Iterable[Figure]) -> Iterator[Figure]:
    for figure in figures:
        every.append(figure)
        yield figure


def _machine() -> str:
    python = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores"
    return "; ".join((python, *(f"{name} {found}" for name in PACKAGES if (found := _version(name)))))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
