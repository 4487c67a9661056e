"""The zones of a file, as the file itself defines them: nothing of one file is known to another.

Facts of the format (RFC 5545, 3.6.5): a VTIMEZONE lists observances, each with the offsets before and after, and when
it begins on the clock before it. Many files name a zone of the IANA database, one of Windows, or a path that ends in
such a name; X-LIC-LOCATION says it besides. By the standard the definition of the file counts, and not the name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import DAY, SECOND, from_us, read_zone, to_us, wall_us
from slacalc.business_time.named_zones import zone_named
from slacalc.calendars.recurrence import Recurring
from slacalc.errors import InteropError, SpecialDayError, ZoneError
from slacalc.interop.icalendar.lines import Component, Property, place_of, read_time

__all__ = ["UTC_ZONE", "FileZone", "FileZones"]

_OFFSET: Final = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
_LAST_YEAR: Final = 2200
_EVER: Final = 10**18


@dataclass(frozen=True)
class FileZone:
    """A zone that a file names: its key in the database, None if it has none, and what the file says of its clock.

    `steps` are instants from which an offset holds, and the offset, in microseconds; none where the file says nothing.
    """

    name: str
    key: str | None
    steps: tuple[tuple[int, int], ...] = ()

    def instant(self, reading: datetime) -> int:
        """Return the first instant at which the clock reads that time, or later, in microseconds."""
        if not self.steps:
            return self.by_database(reading)
        local = to_us(reading.replace(tzinfo=UTC))
        at = max(0, bisect_right(self.steps, local - 2 * DAY, key=itemgetter(0)) - 1)
        untils = (*(start for start, _ in self.steps[at + 1 :]), 2 * _EVER)
        reached = zip(self.steps[at:], untils, strict=True)
        return next(max(local - offset, start) for (start, offset), until in reached if local - offset < until)

    def reading(self, us: int) -> datetime:
        """Return what the clock reads at an instant, in whole seconds."""
        if not self.steps:
            return from_us(us, ZoneInfo(self.key or "UTC")).replace(tzinfo=None, fold=0)
        _, offset = self.steps[max(0, bisect_right(self.steps, us, key=itemgetter(0)) - 1)]
        return from_us(us + offset, UTC).replace(tzinfo=None)

    def by_database(self, reading: datetime) -> int:
        """Return the same by the zone data in use."""
        at = reading.hour * 3_600 + reading.minute * 60 + reading.second
        return wall_us(ZoneInfo(self.key or "UTC"), reading.date(), at)

    def difference(self, readings: Iterable[datetime]) -> datetime | None:
        """Return the first time that the file and the database read otherwise; None without one."""
        if not self.steps or self.key is None:
            return None
        return next((each for each in readings if self.instant(each) != self.by_database(each)), None)


UTC_ZONE: Final = FileZone("UTC", "UTC")


class FileZones:
    """The zones of one VCALENDAR, by the name that its times have for them."""

    def __init__(self, calendar: Component, file: str) -> None:
        self._file: Final = file
        self._zones: Final[dict[str, FileZone]] = {}
        self._defined: Final[dict[str, list[Component]]] = {}
        for part in calendar.parts:
            if part.kind == "VTIMEZONE" and (said := part.first("TZID")) is not None:
                self._defined.setdefault(said.value.strip(), []).append(part)

    def named(self, said: Property, name: str) -> FileZone:
        """Return the zone of a name. Raises InteropError for one that neither the file nor the database defines."""
        if name not in self._zones:
            self._zones[name] = self._read(said, name)
        return self._zones[name]

    def _read(self, said: Property, name: str) -> FileZone:
        parts, key = self._defined.get(name, ()), _key(name)
        steps = [_steps(part, self._file) for part in parts]
        locations = (each.value.strip() for part in parts if (each := part.first("X-LIC-LOCATION")) is not None)
        key = key or next(filter(None, map(_key, locations)), None)
        if steps and len({*steps}) == 1:
            return FileZone(name, key, steps[0])
        if key is not None and not steps:
            return FileZone(name, key)
        refused = _defined_twice(name) if steps else _unknown(name)
        raise refused.within(place_of(self._file, said.line))


def _unknown(name: str) -> InteropError:
    return InteropError(
        "import_zone_unknown",
        "neither the file nor the zone data define this zone",
        given=name,
        accepts="a VTIMEZONE with this TZID, or a name of the IANA database or of Windows",
    )


def _defined_twice(name: str) -> InteropError:
    problem = "the file defines this zone twice, otherwise"
    return InteropError("import_zone_differs", problem, given=name, accepts="one VTIMEZONE for each TZID")


def _key(name: str) -> str | None:
    """Return the key of a name, or of its end: /mozilla.org/20050126_1/Europe/Brussels; None if there is none."""
    parts = name.split("/")
    for place in range(len(parts)):
        with suppress(ZoneError):
            return read_zone("/".join(parts[place:])).key
    with suppress(ZoneError):
        return zone_named(name).key
    return None


def _steps(part: Component, file: str) -> tuple[tuple[int, int], ...]:
    """Return from when on each offset holds; the first from ever on."""
    observances = [each for each in part.parts if each.kind in {"STANDARD", "DAYLIGHT"}]
    if not observances:
        raise _unread(Property({}, part.kind, part.line), file, "a zone with STANDARD or DAYLIGHT")
    earliest = min(observances, key=lambda each: _begin(each, file))
    told = sorted(step for each in observances for step in _onsets(each, file))
    return (-_EVER, _offset(earliest, "TZOFFSETFROM", file)), *told


def _onsets(part: Component, file: str) -> Iterator[tuple[int, int]]:
    before, after, begin = _offset(part, "TZOFFSETFROM", file), _offset(part, "TZOFFSETTO", file), _begin(part, file)
    dates = {begin.date()}
    for rule in part.properties.get("RRULE", ()):
        try:
            dates |= Recurring(rule.value.strip().upper(), begin.date()).until(_LAST_YEAR)
        except SpecialDayError as error:
            raise _unread(rule, file, error.accepts) from None
    readings = {datetime.combine(day, begin.time()) for day in dates}
    for more in part.properties.get("RDATE", ()):
        readings |= {_reading(more._replace(value=each), file) for each in more.value.split(",")}
    yield from ((to_us(each.replace(tzinfo=UTC)) - before, after) for each in readings)


def _begin(part: Component, file: str) -> datetime:
    said = part.first("DTSTART")
    if said is None:
        raise _unread(Property({}, part.kind, part.line), file, "DTSTART, TZOFFSETFROM and TZOFFSETTO")
    return _reading(said, file)


def _reading(said: Property, file: str) -> datetime:
    reading = read_time(said.value)
    if reading is None:
        raise _unread(said, file, "a time of the clock such as 20260329T020000")
    return reading


def _offset(part: Component, name: str, file: str) -> int:
    said = part.first(name) or Property({}, "", part.line)
    match = _OFFSET.fullmatch(said.value.strip())
    if match is None:
        raise _unread(said, file, f"{name} such as +0100")
    hours, minutes, seconds = (int(each or 0) for each in match.groups()[1:])
    return (-1 if match[1] == "-" else 1) * (hours * 3_600 + minutes * 60 + seconds) * SECOND


def _unread(said: Property, file: str, accepts: str) -> InteropError:
    error = InteropError("import_event_invalid", "this zone cannot be read", given=said.value, accepts=accepts)
    return error.within(place_of(file, said.line))
