"""Rows of opening hours of schema.org: their days or dates, and their windows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS, FIRST_DATE, LAST_DATE
from slacalc.business_time.spans import NOTHING, Spans, union
from slacalc.calendars.hours import PUBLIC_HOLIDAY, Hours, format_windows
from slacalc.errors import InteropError
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part

__all__ = ["DAYS", "Row", "dates_of", "hours_of", "read_row", "text_rows"]

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "PublicHolidays")
"""The days of a week, Monday 0, and public holidays."""
_SHORT: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH")
_NUMBER: Final[Mapping[str, int]] = {name: day for names in (DAYS, _SHORT) for day, name in enumerate(names)}
_LAST_MINUTE: Final = DAY_SECONDS - 60
_MOST_DATES: Final = 5_000
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d\d)(?::(\d\d))?(?: ?([AaPp])\.?[Mm]\.?)?", re.ASCII)
_TIME_ACCEPTS: Final = "a time of the wall clock from 00:00 to 24:00, such as 09:00, 09:00:00 or 9:00 AM"
_TEXT: Final = re.compile(r"(?P<days>[A-Z][A-Za-z,\- ]*?)(?: +(?P<times>\d.*))?", re.ASCII)
_ONE: Final = timedelta(days=1)


class Row(NamedTuple):
    """Windows of days of the week, or of dates from first to last, or of both: a season. No windows are closed."""

    place: str
    days: tuple[int, ...]
    dates: tuple[date, date] | None
    windows: Spans
    name: str = ""
    losses: tuple[Loss, ...] = ()

    @property
    def is_weekly(self) -> bool:
        """Whether it holds in every week."""
        return self.dates is None

    @property
    def on_holidays(self) -> bool:
        """Whether it is of public holidays."""
        return PUBLIC_HOLIDAY in self.days


def read_row(part: Part) -> Row:
    """Return a row of OpeningHoursSpecification. Raises InteropError for what it cannot be."""
    dates = _dates(part)
    days = _days(part, needed=dates is None)
    windows, losses = _windows(part, is_dated=dates is not None and not days)
    return Row(part.place, days, dates, windows, part["name"].text() if "name" in part else "", losses)


def text_rows(part: Part) -> list[Row]:
    """Return the rows of a text such as "Mo-Fr 09:00-12:00,13:00-17:00"; days alone are open all day."""
    match = _TEXT.fullmatch(part.text().strip())
    if match is None:
        raise part.misfit("days and times, such as Mo-Fr 09:00-17:00 or Mo,We 09:00-12:00,13:00-17:00")
    days = tuple(day for days in match["days"].replace(" ", "").split(",") for day in _text_days(part, days))
    times = re.split(r"[, ]+", match["times"].strip()) if match["times"] else ["00:00-24:00"]
    return [Row(part.place, days, None, _text_window(part, each)) for each in times]


def hours_of(rows: Iterable[Row]) -> str:
    """Return weekly hours in our notation; a day that is named in no row is closed."""
    windows: dict[int, list[tuple[int, int]]] = {}
    for row in rows:
        for day in row.days:
            windows.setdefault(day, []).extend(row.windows)
    return str(Hours.of_days(windows))


def dates_of(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Yield special days of a policy: dates with their windows, and seasons with their weeks."""
    dated: dict[tuple[date, date], list[Row]] = {}
    seasons: dict[tuple[date, date], list[Row]] = {}
    for row in rows:
        if row.dates is not None:
            (seasons if row.days else dated).setdefault(row.dates, []).append(row)
    _refuse_overlaps(dated)
    for (first, last), together in dated.items():
        windows = union([window for row in together for window in row.windows])
        said = format_windows(windows)
        yield {"on": _on(first, last), "hours": f"open {said}" if windows else said, **_named(together)}
    for (first, last), together in seasons.items():
        week = hours_of(together)
        yield {"on": _on(first, last), "hours": week, **_named(together)}


def _refuse_overlaps(dated: Mapping[tuple[date, date], list[Row]]) -> None:
    spoken_for: dict[date, str] = {}
    for (first, last), rows in dated.items():
        for step in range((last - first).days + 1):
            day = first + step * _ONE
            if day in spoken_for:
                raise InteropError(
                    "import_dates_invalid",
                    "two rows with other dates say what happens on one date",
                    given=f"{day}, of {spoken_for[day]} too",
                    accepts="rows whose dates are the same, or apart",
                    where=rows[0].place,
                )
            spoken_for[day] = rows[0].place


def _on(first: date, last: date) -> str:
    return str(first) if first == last else f"{first}..{last}"


def _named(rows: Iterable[Row]) -> dict[str, str]:
    names = dict.fromkeys(row.name for row in rows if row.name)
    return {"name": "; ".join(names)} if names else {}


def _dates(part: Part) -> tuple[date, date] | None:
    if "validFrom" not in part and "validThrough" not in part:
        return None
    first, last = part["validFrom"].date(), part["validThrough"].date()
    if not FIRST_DATE <= first <= last <= LAST_DATE or (last - first).days >= _MOST_DATES:
        raise part.refusal(
            "import_dates_invalid",
            "these are no dates of a row",
            given=f"{first} to {last}",
            accepts=f"a first and a last date, both included, from 1900 to 2200; at most {_MOST_DATES}",
        )
    return first, last


def _days(part: Part, *, needed: bool) -> tuple[int, ...]:
    if "dayOfWeek" not in part and not needed:
        return ()
    said = part["dayOfWeek"]
    return tuple(_day(each) for each in (said.items() if isinstance(said.value, list | tuple) else [said]))


def _day(part: Part) -> int:
    name = re.sub(r"^(https?://schema\.org/|schema:)", "", part.text())
    if name not in _NUMBER:
        raise part.misfit(", ".join((*DAYS, *_SHORT)))
    return _NUMBER[name]


def _windows(part: Part, *, is_dated: bool) -> tuple[Spans, tuple[Loss, ...]]:
    """Return the windows of a row, none if it is closed, and what its times lose."""
    if "opens" not in part and "closes" not in part:
        return NOTHING, ()
    start, end = _time(part["opens"]), _time(part["closes"])
    if (start, end) == (0, 0):
        return NOTHING, () if is_dated else (_midnights(part),)
    if start in {end, DAY_SECONDS}:
        raise part.refusal(
            "import_value_invalid",
            "a row that closes when it opens is empty, or a whole day",
            given=f"{part['opens'].value} to {part['closes'].value}",
            accepts="00:00 to 23:59 for a whole day, 00:00 to 00:00 for a closed date",
        )
    if start == 0 and _LAST_MINUTE <= end < DAY_SECONDS:
        loss = Loss("cosmetic", part.place, "00:00 to 23:59, a whole day", "open to midnight, the last minute too")
        return _window(0, DAY_SECONDS), (loss,)
    return _window(start, end), _last_minute(part, end)


def _window(start: int, end: int) -> Spans:
    """Return a window that closes on the next date where it ends before it starts."""
    return union([(start, end if start < end else end + DAY_SECONDS)])


def _last_minute(part: Part, end: int) -> tuple[Loss, ...]:
    if not _LAST_MINUTE <= end < DAY_SECONDS:
        return ()
    return (Loss("cosmetic", part.place, "the row closes a minute before midnight", "the same: the minute is closed"),)


def _midnights(part: Part) -> Loss:
    return Loss(
        "due_times", part.place, "00:00 to 00:00 in a week: closed for some who write it, a whole day for others",
        "closed; 00:00 to 23:59 is a whole day",
    )  # fmt: skip


def _time(part: Part) -> int:
    """Return the seconds of a time of the wall clock."""
    match = _TIME.fullmatch(part.text().strip())
    if match is None:
        raise part.misfit(_TIME_ACCEPTS)
    hour, minute, second = (int(each or 0) for each in match.groups()[:3])
    if match[4] and not 1 <= hour <= 12:  # noqa: PLR2004 - hours of a clock with hands
        raise part.misfit(_TIME_ACCEPTS)
    if match[4]:
        hour = hour % 12 + (12 if match[4] in "Pp" else 0)
    seconds = hour * 3_600 + minute * 60 + second
    if max(minute, second) > 59 or seconds > DAY_SECONDS:  # noqa: PLR2004 - sixty of each
        raise part.misfit(_TIME_ACCEPTS)
    return seconds


def _text_days(part: Part, text: str) -> Iterator[int]:
    first, dash, last = text.partition("-")
    if first not in _SHORT or (dash and last not in _SHORT) or (dash and "PH" in (first, last)):
        raise part.misfit(f"days such as Mo-Fr or Sa,Su, of {', '.join(_SHORT)}")
    start, end = _SHORT.index(first), _SHORT.index(last or first)
    yield from ((start + step) % 7 for step in range((end - start) % 7 + 1)) if dash else (start,)


def _text_window(part: Part, text: str) -> Spans:
    opens, dash, closes = text.partition("-")
    if not (opens and dash and closes):
        raise part.misfit("a window such as 09:00-17:00; 00:00-24:00 for a whole day")
    start, end = (_time(Part(each, part.file, part.path)) for each in (opens, closes))
    if start in {end, DAY_SECONDS}:
        raise part.misfit("a window such as 09:00-17:00; 00:00-24:00 for a whole day")
    return _window(start, end)
