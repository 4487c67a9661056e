"""An event as it recurs: when it begins, how long it lasts, and at which times it is there (RFC 5545, 3.8.2 and 3.8.5).

An event lasts as long on the clock each time: to 06:00 on the night that has an hour less, too. By the letter of the
standard it would end at 07:00 then; no calendar that people use does so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.recurrence import Recurring
from slacalc.errors import InteropError, SpecialDayError
from slacalc.interop.icalendar.file_zones import UTC_ZONE, FileZone, FileZones
from slacalc.interop.icalendar.lines import Component, Property, place_of, read_time

__all__ = ["FeedSource", "Moment", "EventSeries", "duration_of", "moment_of", "moved_times", "series_of"]

_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_DURATION: Final = re.compile(
    r"\+?P(?:(\d{1,4})W|(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?)", re.ASCII
)
_UNTIL: Final = re.compile(r"UNTIL=([^;]*)")
_COMMA: Final = re.compile(r"(?<!\\),")
_ENDS: Final = ("COUNT=", "UNTIL=")
_MOST_DAYS: Final = 366 * 5
_MOST_TIMES: Final = 300_000
_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta(0)


class FeedSource(NamedTuple):
    """Where times come from: the file, its zones, who says the zone of times that name none, and a count of times."""

    file: str
    zones: FileZones
    zone: str | None
    shown_in: Property | None
    counted: Counter[str]

    def floating(self, said: Property) -> FileZone:
        """Return the zone of a time that names none: the caller's, or the one in which the feed is shown."""
        if self.zone is not None:
            return FileZone(self.zone, self.zone)
        if self.shown_in is not None:
            return self.zones.named(self.shown_in, self.shown_in.value.strip())
        problem, accepts = "this time has no zone, and the feed names none", 'zone="Europe/Brussels", or another'
        error = InteropError("import_zone_missing", problem, given=said.value, accepts=accepts)
        raise error.within(self.place(said.line))

    def place(self, line: int) -> str:
        """Return where a line stands."""
        return place_of(self.file, line)

    def note_times(self, said: Property, times: int) -> None:
        """Count times of an event. Raises InteropError where those of the feed are too many."""
        self.counted[""] += times
        if self.counted[""] > _MOST_TIMES:
            raise self.wrong(
                said, f"at most {_MOST_TIMES} times of all events; years bound what recurs for ever", times
            )

    def wrong(self, said: Property, accepts: str, given: object = None) -> InteropError:
        """Return the error for an event that cannot be read."""
        shown = said.value if given is None else given
        error = InteropError("import_event_invalid", "this event cannot be read", given=shown, accepts=accepts)
        return error.within(self.place(said.line))


class Moment(NamedTuple):
    """A date, or a time on the clock of a zone, as a property says it."""

    reading: datetime
    is_date: bool
    said: Property
    source: FeedSource

    @property
    def is_utc(self) -> bool:
        """Whether it is told in UTC."""
        return self.said.value.strip().endswith("Z")

    @property
    def is_midnight(self) -> bool:
        """Whether it is a date, or the midnight with which one begins on some clock."""
        return self.is_date or (not self.is_utc and self.reading.time() == time.min)

    @property
    def zone(self) -> FileZone:
        """The zone on whose clock it is. Raises InteropError where there is none."""
        if self.is_utc:
            return UTC_ZONE
        if "TZID" in self.said.parameters:
            return self.source.zones.named(self.said, self.said.parameters["TZID"])
        return self.source.floating(self.said)

    @property
    def us(self) -> int:
        """The instant, in microseconds."""
        return self.zone.instant(self.reading)


@dataclass(frozen=True, eq=False)
class EventSeries:
    """An event, and every time that it is there."""

    part: Component
    source: FeedSource
    start: Moment
    length: timedelta

    @cached_property
    def uid(self) -> str:
        """Its id; without one, the line where it stands."""
        said = self.part.first("UID")
        return f"line {self.part.line}" if said is None else said.value.strip()

    @cached_property
    def name(self) -> str:
        """What it is called, on one line."""
        said = self.part.first("SUMMARY")
        return "" if said is None else " ".join(said.text().split())

    @property
    def place(self) -> str:
        """Where it begins."""
        return self.source.place(self.start.said.line)

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.word("STATUS") == "CANCELLED"

    @property
    def whole_days(self) -> int:
        """How many whole days it lasts, from a date, or from midnight to midnight as Outlook writes them; 0 if not."""
        return self.length // _DAY if self.start.is_midnight and not self.length % _DAY else 0

    @cached_property
    def categories(self) -> frozenset[str]:
        """What it is sorted under."""
        told = (each for said in self.part.properties.get("CATEGORIES", ()) for each in _COMMA.split(said.value))
        return frozenset(Property({}, each, 0).text().strip() for each in told)

    @property
    def is_endless(self) -> bool:
        """Whether it recurs for ever."""
        return any(not any(end in rule.value.upper() for end in _ENDS) for rule in self.rules)

    @property
    def rules(self) -> list[Property]:
        """Its rules."""
        return self.part.properties.get("RRULE", [])

    @cached_property
    def instead_of(self) -> Moment | None:
        """The time of another event of the same id that it stands for; None if it stands for itself."""
        said = self.part.first("RECURRENCE-ID")
        if said is None:
            return None
        if "RANGE" in said.parameters:
            raise self.source.wrong(
                said, "a change of one time only, without RANGE", f"RANGE={said.parameters['RANGE']}"
            )
        return moment_of(said, self.source)

    def told_dates(self) -> Iterator[date]:
        """Yield the dates that are told one by one: its start, times besides and left out, and what it stands for."""
        yield self.start.reading.date()
        for name in ("RDATE", "EXDATE"):
            for said in self.part.properties.get(name, ()):
                yield from (each.reading.date() for each in self._several(said))
        if self.instead_of is not None:
            yield self.instead_of.reading.date()

    def word(self, name: str) -> str:
        """Return a property in capitals; an empty text without it."""
        said = self.part.first(name)
        return "" if said is None else said.value.strip().upper()

    def is_moved(self, reading: datetime, moved: frozenset[tuple[str, int]]) -> bool:
        """Tell whether another event stands for one of its times; `moved` are those of `moved_times`."""
        if not moved or self.instead_of is not None:
            return False
        return (self.uid, reading.toordinal()) in moved or (
            not self.start.is_date and (self.uid, self.start.zone.instant(reading)) in moved
        )

    def starts(self, last: date) -> list[datetime]:
        """Return when each time begins, up to a date, on the clock of its start."""
        found = {self.start.reading}
        for rule in self.rules:
            found |= self._following(rule, last)
        for said in self.part.properties.get("RDATE", ()):
            found |= {self._own(each) for each in self._several(said)}
        for rule in self.part.properties.get("EXRULE", ()):
            found -= self._following(rule, last)
        for said in self.part.properties.get("EXDATE", ()):
            found -= self._left_out(found, said)
        self.source.note_times(self.start.said, len(found))
        return sorted(each for each in found if each.date() <= last)

    def _following(self, rule: Property, last: date) -> set[datetime]:
        """Return the times of a rule. One that ends at an instant ends with the time that begins then."""
        text, begin = rule.value.strip().upper(), self.start.reading
        until = _UNTIL.search(text)
        end = (
            None
            if until is None
            else moment_of(rule._replace(value=until[1], parameters=self.start.said.parameters), self.source)
        )
        if end is not None and not end.is_date and not self.start.is_date:
            text = text.replace(until[0], f"UNTIL={self._own(end):%Y%m%d}") if until is not None else text
        try:
            days = Recurring(text, begin.date()).until(last.year)
        except SpecialDayError as error:
            raise self.source.wrong(rule, error.accepts) from None
        found = {datetime.combine(day, begin.time()) for day in days}
        if end is None or end.is_date or self.start.is_date:
            return found
        return {each for each in found if self.start.zone.instant(each) <= end.us}

    def _several(self, said: Property) -> list[Moment]:
        found = [moment_of(said._replace(value=each), self.source) for each in said.value.split(",")]
        if self.start.is_date and not all(each.is_midnight for each in found):
            raise self.source.wrong(said, "dates such as 20261224, as the event begins on one")
        return found

    def _own(self, moment: Moment) -> datetime:
        """Return a moment on the clock of the start."""
        return moment.reading if _on_one_clock(moment, self.start) else self.start.zone.reading(moment.us)

    def _left_out(self, found: Iterable[datetime], said: Property) -> set[datetime]:
        """Return which times an EXDATE leaves out: a date leaves out what begins on it."""
        out = self._several(said)
        days = {each.reading.date() for each in out if each.is_date or self.start.is_date}
        own = {self._own(each) for each in out if not each.is_date}
        return {each for each in found if each in own or each.date() in days}


def series_of(part: Component, source: FeedSource) -> EventSeries:
    """Return an event. Raises InteropError for one that has no start, or ends before it."""
    said = part.first("DTSTART")
    if said is None:
        raise source.wrong(Property({}, part.kind, part.line), "an event with DTSTART")
    start = moment_of(said, source)
    return EventSeries(part, source, start, _length(part, start))


def moved_times(every: Iterable[EventSeries]) -> frozenset[tuple[str, int]]:
    """Return the times of events that others stand for: the id, and the number of a date, or an instant."""
    moments = ((each.uid, each.instead_of) for each in every if each.instead_of is not None)
    return frozenset((uid, at.reading.toordinal() if at.is_midnight else at.us) for uid, at in moments)


def moment_of(said: Property, source: FeedSource) -> Moment:
    """Return the date or time of a property. Raises InteropError for another text."""
    value = said.value.strip()
    match = _DATE.fullmatch(value)
    try:
        reading = datetime(*map(int, match.groups())) if match else read_time(value.removesuffix("Z"))  # type: ignore[arg-type]  # noqa: DTZ001 - a date
    except ValueError:
        reading = None
    if reading is None or not FIRST_DATE <= reading.date() <= LAST_DATE:
        raise source.wrong(said, "dates such as 20261224, or times such as 20261224T090000, from 1900 to 2200")
    return Moment(reading, match is not None, said, source)


def _length(part: Component, start: Moment) -> timedelta:
    """Return how long each time lasts, on the clock."""
    end, lasts = part.first("DTEND"), part.first("DURATION")
    if end is not None:
        length = _between(start, moment_of(end, start.source))
    elif lasts is not None:
        length = duration_of(lasts, start.source)
    else:
        length = _DAY if start.is_date else _NOTHING
    if start.is_date and length == _NOTHING:
        length = _DAY  # as some write a single day
    if not _NOTHING <= length <= _MOST_DAYS * _DAY or (start.is_date and length % _DAY):
        raise start.source.wrong(start.said, f"an end after the start, within {_MOST_DAYS} days")
    return length


def _between(start: Moment, end: Moment) -> timedelta:
    if start.is_date != end.is_date:
        raise start.source.wrong(end.said, "two dates, or two times")
    if _on_one_clock(start, end):
        return end.reading - start.reading
    return timedelta(microseconds=end.us - start.us)


def _on_one_clock(one: Moment, other: Moment) -> bool:
    """Tell whether two times are told on one clock, or one of them is a date."""
    if one.is_date or other.is_date:
        return True
    return one.is_utc == other.is_utc and one.said.parameters.get("TZID") == other.said.parameters.get("TZID")


def duration_of(said: Property, source: FeedSource) -> timedelta:
    """Return how long something lasts. Raises InteropError for another text."""
    match = _DURATION.fullmatch(said.value.strip())
    if match is None or not any(match.groups()):
        raise source.wrong(said, "a duration such as PT8H, P1D or P2W")
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
