"""The days off of an iCalendar feed: events that last whole days, recurring ones too.

Facts of the format (RFC 5545, 3.6.1 and 3.8; feeds of Google and Outlook, 2026): an end is exclusive; without one, or
with one that is the start, an event lasts a day. Outlook writes whole days as midnight to midnight. Google says of a
day that nobody has off that it is an observance. An event that is cancelled is none.

The lines are read here and not by a package: whole days need no zones, and so one file cannot change another's.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.calendars.holidays import FrozenHolidays
from slacalc.calendars.recurrence import Recurring
from slacalc.errors import InteropError, SpecialDayError
from slacalc.files import FileKind, read_text
from slacalc.interop.icalendar.lines import Component, Property, components_of
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.imported_holidays import ImportedHolidays

__all__ = ["read_holidays"]

_ICS: Final = FileKind(
    InteropError, "import_unreadable", "the file cannot be read", "a UTF-8 file of iCalendar", most_bytes=20_000_000
)
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(T000000)?", re.ASCII)
_DURATION: Final = re.compile(r"\+?P(?:(\d{1,4})W|(\d{1,5})D)(?:T0[HMS])?", re.ASCII)
_OBSERVANCE: Final = "observance"
_MOST_DAYS: Final = 366 * 5
_MOST_DATES: Final = 100_000
_ONE: Final = timedelta(1)


class _Event(NamedTuple):
    """An event of whole days: its name, its first dates, how many days each time lasts, and what it stands for."""

    uid: str
    name: str
    starts: tuple[date, ...]
    days: int
    instead_of: date | None
    is_cancelled: bool


def read_holidays(
    source: str | Path, *, years: tuple[int, int] | None = None, name: str = "", lossy: bool = False
) -> ImportedHolidays:
    """Return the days off of a feed: a file, or its text, which begins with BEGIN:VCALENDAR.

    `years` are the first and the last that the feed is known for: left out, those of its events, and they are needed
    where one recurs for ever. `name` says where it came from; left out, it is what the feed calls itself. Events of
    hours, and not of whole days, are a loss that changes due times. Raises InteropError for what is no feed, and for
    such a loss unless it is wanted: `lossy`.

    >>> event = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261111", "SUMMARY:Armistice Day", "END:VEVENT")
    >>> feed = chr(10).join(("BEGIN:VCALENDAR", *event, "END:VCALENDAR"))
    >>> read_holidays(feed).holidays.names(2026)
    {datetime.date(2026, 11, 11): 'Armistice Day'}
    """
    is_text = isinstance(source, str) and source.lstrip("\ufeff \r\n")[:15].upper() == "BEGIN:VCALENDAR"
    text, file = (str(source), "") if is_text else (read_text(source, _ICS), str(source))
    components = components_of(text.lstrip("\ufeff"), file)
    losses: list[Loss] = []
    events = [
        each for each in (_event(part, years, file, losses) for part in _events(components, losses, file)) if each
    ]
    refuse_lossy(losses, lossy=lossy)
    names = _days_off(events, years)
    if not names and years is None:
        raise InteropError(
            "import_nothing_there",
            "the feed has no day off",
            accepts="events of whole days, or years",
            where=file or "source",
        )
    known = years or (min(names).year, max(names).year)
    said = next((each.text() for part in components if (each := part.first("X-WR-CALNAME")) is not None), "")
    dates = {day: "; ".join(each) for day, each in names.items() if known[0] <= day.year <= known[1]}
    frozen = FrozenHolidays.of(dates, years=known, source=name or said.strip() or "iCalendar")
    return ImportedHolidays("iCalendar", frozen, tuple(losses))


def _events(components: Iterable[Component], losses: list[Loss], file: str) -> Iterator[Component]:
    for part in components:
        if part.kind == "VAVAILABILITY":
            said, instead = "hours of availability", "they are left out: days off are read, and no hours"
            losses.append(Loss("due_times", _place(file, part.line), said, instead))
        if part.kind == "VEVENT":
            yield part


def _event(part: Component, years: tuple[int, int] | None, file: str, losses: list[Loss]) -> _Event | None:
    """Return an event of whole days; None of another one, which is noted."""
    start = part.first("DTSTART")
    if start is None:
        raise _wrong(file, part.line, part.kind, "an event with DTSTART")
    first, days = _date(start), 0 if start is None else _days(part, start, file)
    summary, told = part.first("SUMMARY"), part.first("DESCRIPTION")
    name = "" if summary is None else " ".join(summary.text().split())
    status = part.first("STATUS")
    is_cancelled = status is not None and status.value.strip().upper() == "CANCELLED"
    if first is None or days == 0:
        if not is_cancelled:
            said, instead = f"{name or 'an event'} lasts hours, and not whole days", "it is left out"
            losses.append(Loss("due_times", _place(file, start.line), said, instead))
        return None
    if told is not None and told.text().lower().startswith(_OBSERVANCE):
        said, instead = f"{name} is an observance, on which people work", "it is no day off"
        losses.append(Loss("cosmetic", _place(file, told.line), said, instead))
        return None
    uid, instance = part.first("UID"), part.first("RECURRENCE-ID")
    known = f"line {part.line}" if uid is None else uid.value
    instead_of = None if instance is None else _date(instance)
    return _Event(known, name or "day off", _starts(part, first, years, file), days, instead_of, is_cancelled)


def _date(said: Property) -> date | None:
    """Return the date of a whole day: a date, or a midnight that is no instant of UTC. None of another time."""
    match = _DATE.fullmatch(said.value.strip())
    try:
        day = None if match is None else date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return day if day is not None and FIRST_DATE <= day <= LAST_DATE else None


def _days(part: Component, start: Property, file: str) -> int:
    """Return how many days an event lasts; 0 where it does not end at a midnight."""
    first, end, lasts = _date(start), part.first("DTEND"), part.first("DURATION")
    if first is None:
        return 0
    if end is not None:
        last = _date(end)
        days = 0 if last is None else max(1, (last - first).days) if last >= first else -1
    elif lasts is not None:
        match = _DURATION.fullmatch(lasts.value.strip())
        days = 0 if match is None else 7 * int(match[1] or 0) + int(match[2] or 0)
    else:
        days = 1 if "T" not in start.value else 0
    if not 0 <= days <= _MOST_DAYS:
        raise _wrong(file, start.line, start.value, f"an end after the start, within {_MOST_DAYS} days")
    return days


def _starts(part: Component, first: date, years: tuple[int, int] | None, file: str) -> tuple[date, ...]:
    """Return the first dates of an event that recurs, or the one that it has."""
    found = {first}
    for rule in part.properties.get("RRULE", ()):
        if years is None and "COUNT=" not in rule.value.upper() and "UNTIL=" not in rule.value.upper():
            raise _wrong(file, rule.line, rule.value, "years=(2026, 2030): this recurs for ever")
        try:
            recurring = Recurring(rule.value.strip().upper(), first)
        except SpecialDayError as error:
            raise _wrong(file, rule.line, rule.value, error.accepts) from None
        found |= recurring.until(LAST_DATE.year if years is None else years[1])
    for said in part.properties.get("RDATE", ()):
        found |= _several(said, file)
    for said in part.properties.get("EXDATE", ()):
        found -= _several(said, file)
    if len(found) > _MOST_DATES:
        raise _wrong(file, part.line, len(found), f"at most {_MOST_DATES} dates")
    return tuple(sorted(found))


def _several(said: Property, file: str) -> set[date]:
    days = [_date(said._replace(value=each)) for each in said.value.split(",")]
    if None in days:
        raise _wrong(file, said.line, said.value, "dates such as 20261224")
    return {day for day in days if day is not None}


def _days_off(events: list[_Event], years: tuple[int, int] | None) -> dict[date, list[str]]:
    """Return the names of each day off. One time of an event that another event stands for is that one."""
    moved = {(each.uid, each.instead_of) for each in events if each.instead_of is not None}
    last = LAST_DATE if years is None else date(years[1], 12, 31)
    names: dict[date, list[str]] = {}
    for event in events:
        for start in () if event.is_cancelled else event.starts:
            if event.instead_of is None and (event.uid, start) in moved:
                continue
            for place in range(event.days):
                day = start + place * _ONE
                if day <= last and event.name not in names.setdefault(day, []):
                    names[day].append(event.name)
    return {day: names[day] for day in sorted(names)}


def _place(file: str, line: int) -> str:
    return f"{file}: line {line}" if file else f"line {line}"


def _wrong(file: str, line: int, given: object, accepts: str) -> InteropError:
    return InteropError("import_event_invalid", "this event cannot be read", given=given, accepts=accepts).within(
        _place(file, line)
    )
