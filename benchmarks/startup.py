"""What starting costs: bare Python, `import slacalc`, and the first answers of a new process."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks import workload
from benchmarks.measuring import Contestant, Task

__all__ = ["tasks"]

_STANDARD: Final = "import dataclasses, datetime, typing, zoneinfo; zoneinfo.ZoneInfo('Europe/Helsinki')"
_ASK: Final = (
    "import datetime, slacalc\n"
    "office = slacalc.Calendar('Europe/Helsinki', 'Mon-Fri 09:00-17:00', holidays={holidays})\n"
    "office.add(datetime.datetime(2026, 11, 20, 18, 30, tzinfo=datetime.UTC), datetime.timedelta(hours=4))"
)
_COMMAND_LINE: Final = """
import pydantic, typer
from rich.console import Console
from rich.table import Table

class Promise(pydantic.BaseModel):
    metric: str
    hours: int

app = typer.Typer()

@app.command()
def show(metric: str, hours: int) -> None:
    promise, table = Promise(metric=metric, hours=hours), Table("metric", "hours")
    table.add_row(promise.metric, str(promise.hours))
    Console().print(table)

app(["reply", "4"])
"""
_RUN: Final = "import sys; sys.argv = ['slacalc', '{}', '{}']\nfrom slacalc.__main__ import main\nmain()"


def tasks() -> Iterator[Task]:
    """Return whole processes, each started anew, with their modules compiled to bytecode as an installer does."""
    with TemporaryDirectory() as folder:
        pin = Path(folder) / "holidays.json"
        pin.write_text(workload.holidays().to_json(), encoding="utf-8")
        programs = {
            "bare Python": "pass",
            "its typing, dataclasses and zoneinfo": _STANDARD,
            "import slacalc": "import slacalc",
            "first answer, no holidays": _ASK.format(holidays=None),
            "first answer, pinned holidays": _ASK.format(holidays=f"slacalc.load_holidays({str(pin)!r})"),
            "first answer, live holidays": _ASK.format(holidays="'FI'"),
            "a policy loaded": "import slacalc; slacalc.sample_policy('webshop_helpdesk')",
            "pydantic, typer and rich: a model, a command, a table": _COMMAND_LINE,
            "slacalc promise webshop_helpdesk": _RUN.format("promise", "webshop_helpdesk"),
            "slacalc --help": _RUN.format("--help", "--help"),
        }
        settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        settings["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        contestants = [Contestant(name, _process(program, settings)) for name, program in programs.items()]
        yield Task("a process", 1, contestants, clock=perf_counter)


def _process(program: str, settings: dict[str, str]) -> Callable[[int], list[object]]:
    def answers(_rows: int) -> list[object]:
        subprocess.run([sys.executable, "-c", program], check=True, env=settings, stdout=subprocess.DEVNULL)  # noqa: S603 - programs of our own
        return []

    return answers
