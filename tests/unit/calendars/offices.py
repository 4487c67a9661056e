"""The offices that several tests of calendars ask."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from slacalc import (
    Calendar,
    Interval,
)
from slacalc.business_time.spans import Spans
from slacalc.calendars.layers import Layers
from tests.helpers import BRUSSELS, wall_clock, written

HOUR, MINUTE, TICK = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)

at = wall_clock(BRUSSELS)


def said(moment: datetime | None) -> str | None:
    return None if moment is None else written(moment)


def hours_of(intervals: Iterator[Interval]) -> list[str]:
    return [f"{said(interval.start)} to {said(interval.end)}" for interval in intervals]


def amount(text: str) -> timedelta:
    """ "1:30" is an hour and a half."""
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


OFFICE = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00")
HELPDESK = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00; Sat 09:00-12:00", holidays="BE")
PRIORITY = HELPDESK.extend(add_hours="Sun,PH 09:00-12:00")
ALWAYS = Calendar(BRUSSELS, "24/7")
NIGHTS = Calendar(BRUSSELS, "Mon-Fri 22:00-06:00")
EVE_OFF = Calendar(BRUSSELS, "Mon-Fri 09:00-17:00", special_days={"2026-12-24": "09:00-13:00", "2026-12-31": "closed"})


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[datetime, datetime]]:
    """What calendars compile from now on, as instants."""
    asked: list[tuple[datetime, datetime]] = []
    compile_spans = Layers.spans

    def spans(layers: Layers, start: int, end: int) -> Spans:
        asked.append((_utc(start), _utc(end)))
        return compile_spans(layers, start, end)

    monkeypatch.setattr(Layers, "spans", spans)
    return asked


def _utc(us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
