"""Mappings that several files of tests read logs with, and how what was read is told."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import slacalc as sla

ZONE: Final = "Europe/Brussels"
BRUSSELS: Final = ZoneInfo(ZONE)


def at(text: str) -> datetime:
    """An instant of November 2026 in Brussels, such as "9 11:00"."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{int(day):02}T{clock}").replace(tzinfo=BRUSSELS)


def read(mapping: sla.LogMapping, *lines: str) -> sla.LogReading:
    return sla.read_log(lines, mapping)


def problems(reading: sla.LogReading) -> list[tuple[int, str]]:
    return [(problem.line, problem.error.code) for problem in reading.problems]


STATUSES: Final = sla.LogMapping("id", "at", status="state", zone=ZONE, fields=(("priority", "prio"),), blank=("?",))
EVENTS: Final = sla.LogMapping(
    "id", "at", "what", ZONE, fields=(("priority", "prio"),), done=(("first_response", ("replied",)),)
)
REPLAYED: Final = EVENTS.updated(done=(), events=(("replied", "agent_message"), ("opened", "created")))
