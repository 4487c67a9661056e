"""Spans of ServiceNow's schedules: when they begin, how they repeat, and until when.

Facts of the format (public update sets; the documentation of schedules, 2026): `20080707T080000` is local to the zone
of the schedule, with a Z it is of UTC; an all-day span ends at 23:59:59 of its last date, which is included; `00000000`
is no end; days of the week of `float_day` count from Sunday, 1; of the fields of other kinds of repetition nothing
counts.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.interop.parts import Part
from slacalc.interop.servicenow.tables import cell, needed, text, truth

__all__ = ["Span", "read_span"]

_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_NO_END: Final = ("", "00000000")
_REPEATS: Final = ("", "daily", "weekdays", "weekly", "monthly", "yearly")
_KINDS: Final = ("", "exclude", "maintenance", "blackout")
_WEEK: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_WEEKS: Final[Mapping[str, int]] = {"1": 1, "2": 2, "3": 3, "4": 4, "last": -1}
_LONGEST: Final = timedelta(days=366)


class Span(NamedTuple):
    """A span: from a local time up to another, and again by `repeat`, every so many times, up to a date.

    `weekdays` are of a weekly span, Monday 0; `rule` is the rule of RFC 5545 of a span that repeats each month or year.
    """

    part: Part
    name: str
    kind: str
    start: datetime
    end: datetime
    is_utc: bool
    repeat: str
    every: int
    until: date | None
    weekdays: tuple[int, ...]
    rule: str

    def local(self, zone: str) -> "Span":
        """Return the same with the times that a zone tells."""
        if not self.is_utc:
            return self
        here = ZoneInfo(zone)
        start, end = (at.replace(tzinfo=UTC).astimezone(here).replace(tzinfo=None) for at in (self.start, self.end))
        return self._replace(start=start, end=end, is_utc=False)


def read_span(part: Part) -> Span:
    """Return a span. Raises InteropError for what none can be."""
    start, is_utc = _time(needed(part, "start_date_time"))
    end, end_is_utc = _time(needed(part, "end_date_time"))
    if truth(part, "all_day") and (end + timedelta(seconds=1)).time() == datetime.min.time():
        end += timedelta(seconds=1)
    if is_utc != end_is_utc or not start < end <= start + _LONGEST:
        raise part.refusal(
            "import_dates_invalid",
            "a span ends after it starts, and both times are local or both of UTC",
            given=f"{text(part, 'start_date_time')} to {text(part, 'end_date_time')}",
            accepts="times such as 20261124T080000, at most a year apart",
        )
    repeat = _word(part, "repeat_type", _REPEATS)
    name, kind = _name(part), _word(part, "type", _KINDS)
    count = cell(part, "repeat_count")
    every = 1 if count is None or count.value in ("0", 0) else _number(count, 1, 1_000)
    weekdays = _weekdays(part) if repeat == "weekly" else ()
    rule = {"monthly": _monthly, "yearly": _yearly}.get(repeat, lambda _part, _start: "")(part, start)
    return Span(part, name, kind, start, end, is_utc, repeat, every, _until(part), weekdays, rule)


def _time(part: Part) -> tuple[datetime, bool]:
    found = _TIME.fullmatch(part.text())
    try:
        read = datetime.fromisoformat(part.text().removesuffix("Z")) if found else None
    except ValueError:
        read = None
    if found is None or read is None or not FIRST_DATE <= read.date() <= LAST_DATE:
        raise part.misfit("a time from 1900 to 2200, such as 20261124T080000, or with a Z for UTC")
    return read, bool(found[7])


def _until(part: Part) -> date | None:
    found = cell(part, "repeat_until")
    if found is None or found.text() in _NO_END:
        return None
    said = _DATE.fullmatch(found.text())
    try:
        read = date(*map(int, said.groups())) if said else None
    except ValueError:
        read = None
    if read is None or not FIRST_DATE <= read <= LAST_DATE:
        raise found.misfit("a date from 1900 to 2200 such as 20261231, or 00000000 for no end")
    return read


def _name(part: Part) -> str:
    found = cell(part, "name")
    return "closed" if found is None else found.text()


def _word(part: Part, key: str, accepted: tuple[str, ...]) -> str:
    found = cell(part, key)
    return "" if found is None else found.word(*accepted[1:])


def _number(part: Part, least: int, most: int) -> int:
    value = part.value
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return Part(int(value), part.file, part.path).whole(least, most)
    return part.whole(least, most)


def _weekdays(part: Part) -> tuple[int, ...]:
    """Return the days of a weekly span, Monday 0, which is 1 there."""
    found = needed(part, "days_of_week")
    if not re.fullmatch(r"[1-7]{1,7}", found.text(), re.ASCII):
        raise found.misfit("digits from 1 to 7, 1 for Monday")
    return tuple(sorted({int(digit) - 1 for digit in found.text()}))


def _monthly(part: Part, start: datetime) -> str:
    """Return the rule of a date of every month; an empty text of any other, which nobody explains."""
    return f"FREQ=MONTHLY;BYMONTHDAY={start.day}" if text(part, "monthly_type") == "dom" else ""


def _yearly(part: Part, start: datetime) -> str:
    kind = needed(part, "yearly_type").word("doy", "float")
    if kind == "doy":
        return f"FREQ=YEARLY;BYMONTH={start.month};BYMONTHDAY={start.day}"
    week = _WEEKS[needed(part, "float_week").word(*_WEEKS)]
    day = _WEEK[_number(needed(part, "float_day"), 1, 7) - 1]
    return f"FREQ=YEARLY;BYMONTH={_number(needed(part, 'month'), 1, 12)};BYDAY={week}{day}"
