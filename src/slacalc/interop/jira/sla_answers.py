"""What Jira says of the SLAs of a request: facts to compare with, exact to the millisecond.

Facts of the format (docs.atlassian.com, "request/{key}/sla", 2026): `epochMillis` is exact, `iso8601` has seconds only;
`withinCalendarHours` says whether the clock is inside its hours now, not whether the goal counts by them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from slacalc.interop.jira.answers import ToldSla, answers_in
from slacalc.interop.parts import Part, documents_in, read_each

__all__ = ["SlaCycle", "read_sla"]

_MOST: Final = 10**14  # milliseconds: the year 5138
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SlaCycle:
    """One cycle of an SLA of a request, in UTC.

    `breach_at` is when it is breached, or would be; None while it is not known. `done_at` is None of one that
    goes on. What remains is less than nothing after a breach.
    """

    request: str
    name: str
    number: int
    started_at: datetime
    breach_at: datetime | None
    done_at: datetime | None
    breached: bool
    goal: timedelta
    elapsed: timedelta
    remaining: timedelta


def read_sla(source: object) -> tuple[SlaCycle, ...]:
    """Return the cycles of each SLA, the one that goes on as the last.

    `source` is an answer of `request/KEY/sla`, as parsed JSON, a file, or a folder of them; the name of a file is the
    key of its request. Fields of issues that have the same are read, too; tables are passed over. Raises InteropError
    for what cannot be read, and for an answer that goes on elsewhere.
    """
    slas = answers_in(documents_in(source)).slas
    return tuple(cycle for each in read_each(slas, lambda told: [*_cycles(told)]) for cycle in each)


def _cycles(told: ToldSla) -> Iterator[SlaCycle]:
    sla = told.sla
    completed = sla["completedCycles"].items() if "completedCycles" in sla else []
    going_on = [sla["ongoingCycle"]] if "ongoingCycle" in sla else []
    if "completedCycles" not in sla and not going_on:
        raise sla["completedCycles"].misfit("a list")
    for number, cycle in enumerate((*completed, *going_on), 1):
        yield SlaCycle(
            told.request,
            sla["name"].text(),
            number,
            _instant(cycle["startTime"]),
            _instant(cycle["breachTime"]) if "breachTime" in cycle else None,
            _instant(cycle["stopTime"]) if "stopTime" in cycle else None,
            cycle["breached"].truth(),
            _amount(cycle["goalDuration"]),
            _amount(cycle["elapsedTime"]),
            _amount(cycle["remainingTime"]),
        )


def _instant(part: Part) -> datetime:
    return _EPOCH + timedelta(milliseconds=part["epochMillis"].whole(0, _MOST))


def _amount(part: Part) -> timedelta:
    return timedelta(milliseconds=part["millis"].whole(-_MOST, _MOST))
