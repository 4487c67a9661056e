"""Ten kinds of right offices: each a desk that walks over dates, and a calendar of slacalc with the same hours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Final
from zoneinfo import ZoneInfo

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from tests.kit.mistakes import Desk, Windows

NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
BERLIN: Final = "Europe/Berlin"
HALF_DAYS: Final = {
    date(2026, 11, 19): "09:00-13:00",
    date(2026, 12, 24): "09:00-12:00",
    date(2026, 12, 31): "10:00-12:30",
}


@dataclass(frozen=True, eq=False)
class RightDesk(Desk):
    """An office without a mistake, open at the hours of its zones; no two zones are open at once."""

    hours: tuple[tuple[str, str], ...] = ()
    half_days: Mapping[date, str] = field(default_factory=dict)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        return sorted(
            (_instant(zone, day, start), _instant(zone, day, end))
            for zone, hours in self.hours
            for start, end in (
                _windows(self.half_days[day]) if day in self.half_days else _week(hours).get(day.weekday(), ())
            )
        )

    def calendar(self) -> OpenTime:
        """The same office as slacalc has it."""
        half = {day.isoformat(): hours for day, hours in self.half_days.items()}
        offices = (sla.Calendar(zone, hours, special_days=half) for zone, hours in self.hours)
        return reduce(or_, offices)


def _week(hours: str) -> dict[int, Windows]:
    """The windows of a week by weekday: "Mon-Fri 09:00-17:00; Sat 09:00-12:00"."""
    week: dict[int, Windows] = {}
    for part in hours.split("; "):
        days, windows = part.split(" ", 1)
        first, last = (NAMES.index(day) for day in (days.split("-") * 2)[:2])
        week |= {day % 7: _windows(windows) for day in range(first, last + 1 if first <= last else last + 8)}
    return week


def _windows(text: str) -> Windows:
    pairs = ((_seconds(start), _seconds(end)) for start, end in re.findall(r"([\d:]+)-([\d:]+)", text))
    return tuple((start, end if start < end else end + 86_400) for start, end in pairs)


def _seconds(clock: str) -> int:
    return sum(int(part) * unit for part, unit in zip(clock.split(":"), (3600, 60, 1), strict=False))


def _instant(zone: str, day: date, seconds: int) -> datetime:
    wall = datetime.combine(day, time(0)) + timedelta(seconds=seconds)
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


KINDS: Final = {
    "plain": RightDesk(hours=((BERLIN, "Mon-Fri 09:00-17:00"),)),
    "night shifts": RightDesk(hours=((BERLIN, "Mon-Fri 22:00-06:00"),)),
    "always": RightDesk(hours=((BERLIN, "Mon-Sun 00:00-24:00"),)),
    "two breaks": RightDesk(hours=((BERLIN, "Mon-Fri 08:00-12:00 12:30-15:00 15:15-18:00; Sat 09:00-12:00"),)),
    "several zones": RightDesk(hours=(("Asia/Tokyo", "Mon-Fri 09:00-15:00"), (BERLIN, "Mon-Fri 09:00-16:00"))),
    "half days": RightDesk(hours=((BERLIN, "Mon-Fri 09:00-17:00"),), half_days=HALF_DAYS),
    "a clock moved by half an hour": RightDesk(hours=(("Australia/Lord_Howe", "Mon-Sun 00:00-01:15 04:00-24:00"),)),
    "weekends": RightDesk(hours=(("America/New_York", "Sat-Sun 10:00-16:00"),)),
    "to the second": RightDesk(hours=((BERLIN, "Mon-Fri 08:59:30-17:00:30"),)),
    "a zone of quarter hours": RightDesk(hours=(("Asia/Kathmandu", "Sun-Fri 10:00-17:00"),)),
}
RIGHT_OFFICES: Final = {kind: (desk, desk.calendar()) for kind, desk in KINDS.items()}
