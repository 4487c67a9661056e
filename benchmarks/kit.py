"""What the testing kit costs: the start of pytest with its plugin and without, and each law at default settings."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from hypothesis import settings

import slacalc as sla
from benchmarks.measuring import Contestant, Task
from slacalc.testing import office_calendar
from slacalc.testing.laws import OPEN_TIME_LAWS, PAUSE_LAWS, Pauses
from slacalc.testing.ticket_laws import TICKET_LAWS, Verdict

__all__ = ["tasks"]


class Desk:
    """A right office with pauses, as somebody may write it around a calendar."""

    office = office_calendar()

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the open time between."""
        return self.office.elapsed(start, end)

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """Return when so much open time has passed."""
        return self.office.add(start, amount)

    def due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        """Return when so much open time outside the pauses has passed."""
        at = received
        for start, end in sorted(pauses):
            ran = max(timedelta(0), self.elapsed(at, start))
            if ran >= amount:
                break
            at, amount = max(at, end), amount - ran
        return self.add(at, amount)


class Tickets:
    """A helpdesk that judges as the policy does."""

    policy = sla.sample_policy("webshop_helpdesk")

    def judge(self, events: Sequence[sla.Event], as_of: datetime) -> Verdict:
        """Return when the first response is due and was given."""
        clock = self.policy.replay(events, as_of=as_of)["first_response"]
        return Verdict(clock.due, clock.done_at)


def tasks() -> Iterator[Task]:
    """Return the start of pytest, in a folder without tests, and the laws."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # those of others import what they like
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        starts = {"without the plugin": (), "with the plugin": ("-p", "_slacalc_pytest")}
        contestants = [Contestant(name, _pytest(folder, options, environment)) for name, options in starts.items()]
        yield Task("the start of pytest", 1, contestants, clock=perf_counter)
    settings.register_profile("benchmark", database=None)
    settings.load_profile("benchmark")
    yield Task("a law, 100 questions", 1, list(_laws()))


def _pytest(folder: str, options: Sequence[str], environment: dict[str, str]) -> Callable[[int], list[object]]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, folder]

    def answers(_rows: int) -> list[object]:
        subprocess.run(command, check=False, env=environment, capture_output=True)  # noqa: S603 - a command of our own
        return []

    return answers


def _laws() -> Iterator[Contestant]:
    for law in (*OPEN_TIME_LAWS, *PAUSE_LAWS):
        yield Contestant(str(law), _checked(lambda law=law: law.check(Desk())))  # type: ignore[misc]
    for ticket_law in TICKET_LAWS:
        yield Contestant(str(ticket_law), _checked(lambda law=ticket_law: law.check(Tickets(), Tickets.policy)))  # type: ignore[misc]


def _checked(check: Callable[[], None]) -> Callable[[int], list[object]]:
    def answers(_rows: int) -> list[object]:
        check()
        return []

    return answers
