"""Weekly hours and their one-line notation: "Mon-Fri 09:00-17:00; Sat 09:00-12:00".

The notation: groups apart by `;`, each with days (`Mon`..`Sun`, `PH` for public holidays,
`WW` for working weekends; lists `Sat,PH`, ranges `Mon-Fri`, also over the week's end `Sat-Mon`;
`PH Sun` for public holidays on Sundays) and one or more windows
`HH:MM-HH:MM` (seconds allowed), or `closed`. A window may end at `24:00` or run past
midnight (`22:00-06:00`). `24/7` is every day and every holiday, all day long; `closed` alone
is never. Windows of a day that overlap or touch are united.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from slacalc.arguments import check_argument
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import NOTHING, Spans, union
from slacalc.errors import HoursError

__all__ = [
    "DAY_NAMES",
    "PUBLIC_HOLIDAY",
    "WORKING_WEEKEND",
    "Hours",
    "HoursLike",
    "format_days",
    "format_seconds",
    "format_windows",
    "read_weekdays",
    "read_windows",
    "seconds_of_day",
]

DAY_NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH", "WW")
PUBLIC_HOLIDAY: Final = 7
WORKING_WEEKEND: Final = 8
_PUBLIC_HOLIDAY_ON: Final = 10  # and the weekday: of `PH Mon` to `PH Sun`

_WINDOW_ACCEPTS: Final = "HH:MM-HH:MM from 00:00 to 24:00, such as 09:00-17:00, 22:00-06:00 or 18:00-24:00"
_DAYS_ACCEPT: Final = (
    "Mon Tue Wed Thu Fri Sat Sun PH WW, lists such as Sat,PH and ranges such as Mon-Fri; PH Sun for holidays on Sundays"
)
_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_MOST_CHARACTERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Hours:
    """Weekly hours: the windows of Monday to Sunday and of public holidays, in seconds from midnight.

    A window that runs past midnight ends after 86400. Two notations for the same time are equal.
    Where holidays have hours by weekday, those are in `by_weekday`, and no others count;
    `working_weekends` are the hours of `WW`, or None where the notation does not name it.

    >>> hours = Hours.parse("Mon-Fri 09:00-12:30 12:30-17:00; Sat 09:00-12:00")
    >>> str(hours)
    'Mon-Fri 09:00-17:00; Sat 09:00-12:00'
    >>> hours.windows[5]
    ((32400, 43200),)
    """

    windows: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans, Spans]
    by_weekday: tuple[tuple[int, Spans], ...] = ()
    working_weekends: Spans | None = None

    def __post_init__(self) -> None:
        """Refuse a notation that was not read."""
        if not isinstance(self.windows, tuple) or [type(day) for day in self.windows] != [tuple] * WORKING_WEEKEND:
            raise HoursError(
                "hours_not_text",
                "these are no windows of eight days",
                given=self.windows,
                accepts='Hours.parse("Mon-Fri 09:00-17:00")',
            )

    @classmethod
    def parse(cls, notation: str) -> "Hours":
        """Return the hours that a notation says. Raises HoursError for anything else."""
        text = _text(notation)
        if text == "24/7":
            return cls.of_days(dict.fromkeys(range(WORKING_WEEKEND), ((0, DAY_SECONDS),)))
        if text == "closed":
            return cls.of_days({})
        return cls._of_groups(_read_group(group) for group in text.removesuffix(";").split(";"))

    @classmethod
    def from_mapping(cls, mapping: "Mapping[str, str | Iterable[str]]") -> "Hours":
        """Return the hours of a mapping of days to windows.

        >>> str(Hours.from_mapping({"Mon-Fri": ["09:00-12:30", "13:30-17:00"], "Sat": "09:00-12:00"}))
        'Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00'
        """
        check_argument(mapping, Mapping, "mapping", 'a mapping such as {"Mon-Fri": "09:00-17:00"}')
        groups, problems = [], []
        for days, value in mapping.items():
            try:
                groups.append((_read_days(_text(days)), read_windows(_one_text(value))))
            except HoursError as error:
                problems.append(error.at(days) if isinstance(days, str) else error)
        if problems:
            raise HoursError.of(problems)
        return cls._of_groups(groups)

    @classmethod
    def of_days(cls, days: "Mapping[int, Iterable[tuple[int, int]]]") -> "Hours":
        """Return the hours of a mapping from days to windows.

        0 (Monday) .. 6 (Sunday), 7 public holidays, 8 working weekends, 10 .. 16 public holidays on Monday .. Sunday.
        """
        a, b, c, d, e, f, g, h = (union(days.get(day, ())) for day in range(WORKING_WEEKEND))
        of_weekday = [union(days.get(_PUBLIC_HOLIDAY_ON + day, h)) for day in range(7)]
        alike = len(set(of_weekday)) == 1
        by_weekday = () if alike else tuple((day, windows) for day, windows in enumerate(of_weekday) if windows)
        working = union(days[WORKING_WEEKEND]) if WORKING_WEEKEND in days else None
        return cls((a, b, c, d, e, f, g, of_weekday[0] if alike else NOTHING), by_weekday, working)

    def on_holiday(self, weekday: int) -> Spans:
        """Return the windows of a public holiday on a weekday, 0 (Monday) to 6 (Sunday)."""
        return dict(self.by_weekday).get(weekday, NOTHING) if self.by_weekday else self.windows[PUBLIC_HOLIDAY]

    def on_working_weekend(self, weekday: int) -> Spans:
        """Return the windows of a working weekend that is worked instead of a weekday."""
        return self.windows[weekday] if self.working_weekends is None else self.working_weekends

    @property
    def every_window(self) -> tuple[tuple[int, int], ...]:
        """The windows of all days, holidays and working weekends."""
        of_holidays = (windows for _, windows in self.by_weekday)
        return tuple(window for day in (*self.windows, *of_holidays, self.working_weekends or ()) for window in day)

    def extended(self, more: "Hours") -> "Hours":
        """Return the hours that are open when either is."""
        days: dict[int, Spans] = {day: union((*self.windows[day], *more.windows[day])) for day in range(7)}
        for day in range(7):
            days[_PUBLIC_HOLIDAY_ON + day] = union((*self.on_holiday(day), *more.on_holiday(day)))
        if self.working_weekends is not None or more.working_weekends is not None:
            days[WORKING_WEEKEND] = union((*(self.working_weekends or ()), *(more.working_weekends or ())))
        return Hours.of_days(days)

    @property
    def always_open(self) -> bool:
        """Whether the days of the week leave no moment closed, each night shift run on into the next day."""
        days = [
            (day * DAY_SECONDS + start, day * DAY_SECONDS + end)
            for day in range(-2, 7)
            for start, end in self.windows[day % 7]
        ]
        return any(start <= 0 and end >= 7 * DAY_SECONDS for start, end in union(days))

    @property
    def whole_days(self) -> bool:
        """Whether every day, holidays and working weekends too, is open from midnight to midnight by itself."""
        days = [*self.windows[:PUBLIC_HOLIDAY], *(self.on_holiday(weekday) for weekday in range(7))]
        days += [] if self.working_weekends is None else [self.working_weekends]
        return all(day and day[0][0] == 0 and day[0][1] >= DAY_SECONDS for day in days)

    def __str__(self) -> str:
        """Return the notation; `Hours.parse` is its inverse."""
        if self.working_weekends is None and all(day == ((0, DAY_SECONDS),) for day in self.windows):
            return "24/7"
        groups = [f"{days} {format_windows(windows)}" for days, windows in _grouped(self.windows)]
        by_weekday = _by_windows(self.by_weekday)
        groups += [f"PH {format_days(days)} {format_windows(windows)}" for windows, days in by_weekday.items()]
        groups += [] if self.working_weekends is None else [f"WW {format_windows(self.working_weekends)}"]
        return "; ".join(groups) or "closed"

    @classmethod
    def _of_groups(cls, groups: Iterable[tuple[list[int], Spans]]) -> "Hours":
        said: dict[int, list[Spans]] = {}
        for days, windows in groups:
            for day in days:
                said.setdefault(day, []).append(windows)
        _refuse_contradictions(said)
        return cls.of_days({day: [pair for w in all_said for pair in w] for day, all_said in said.items()})


HoursLike: TypeAlias = Hours | str | Mapping[str, str | Iterable[str]]


def read_windows(notation: object) -> Spans:
    """Return the windows of one day from "09:00-12:30 13:30-17:00" or "closed". Raises HoursError.

    >>> read_windows("22:00-06:00")
    ((79200, 108000),)
    """
    text = _text(notation)
    return union(()) if text == "closed" else union(_read_window(window) for window in text.split())


def format_windows(windows: Spans) -> str:
    """Return the notation of one day's windows; `read_windows` is its inverse.

    >>> format_windows(read_windows("13:30-17:00 09:00-12:30"))
    '09:00-12:30 13:30-17:00'
    """
    return " ".join(_print_window(start, end) for start, end in windows) or "closed"


def seconds_of_day(text: str, *, last: int = DAY_SECONDS) -> int:
    """Return the seconds from midnight of "HH:MM" or "HH:MM:SS", up to `last`. Raises HoursError.

    >>> seconds_of_day("09:30")
    34200
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise _bad_window(text, "this is not a time of day")
    hour, minute, second = (int(part or 0) for part in match.groups())
    seconds = hour * 3_600 + minute * 60 + second
    if max(minute, second) > 59 or seconds > last:  # noqa: PLR2004 - sixty of each
        raise _bad_window(text, "there is no such time of day")
    return seconds


def _text(notation: object) -> str:
    if not isinstance(notation, str):
        raise HoursError("hours_not_text", "hours are written as text", given=notation, accepts=_WINDOW_ACCEPTS)
    if not notation.strip():
        raise HoursError("hours_empty", "the hours are empty", given=notation, accepts='hours, or "closed"')
    if len(notation) > _MOST_CHARACTERS:
        raise HoursError(
            "hours_too_long",
            "the hours are too long to be hours",
            given=notation,
            accepts=f"at most {_MOST_CHARACTERS} characters",
        )
    return " ".join(notation.split())


def _one_text(value: object) -> object:
    """Join windows that were given one by one."""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " ".join(_text(window) for window in value)
    return value


def read_weekdays(text: str) -> tuple[int, ...]:
    """Return the weekdays of "Sat" or "Mon-Fri,Sun", 0 (Monday) to 6 (Sunday); none of an empty text."""
    days = _read_days(text) if text else []
    if any(day >= PUBLIC_HOLIDAY for day in days):
        raise HoursError("hours_day_unknown", "this is no day of the week", given=text, accepts=_DAYS_ACCEPT)
    return tuple(sorted(set(days)))


def _read_group(group: str) -> tuple[list[int], Spans]:
    days, _, windows = group.strip().partition(" ")
    if days == "PH" and windows[:1].isalpha() and windows != "closed":
        weekdays, _, windows = windows.partition(" ")
        days = f"PH {weekdays}"
    if not windows:
        raise HoursError(
            "hours_group_incomplete",
            "a group needs days and windows",
            given=group.strip(),
            accepts='such as "Mon-Fri 09:00-17:00"',
        )
    return _read_days(days), read_windows(windows)


def _read_days(text: str) -> list[int]:
    if text.startswith("PH "):
        return [_PUBLIC_HOLIDAY_ON + day for day in read_weekdays(text.removeprefix("PH "))]
    return [day for part in text.split(",") for day in _read_day_range(part.strip())]


def _read_day_range(text: str) -> list[int]:
    first, dash, last = text.partition("-")
    start = _read_day(first, text)
    if not dash:
        return [start]
    end = _read_day(last, text)
    if max(start, end) >= PUBLIC_HOLIDAY:
        raise HoursError("hours_day_unknown", "PH and WW stand alone, not in a range", given=text, accepts=_DAYS_ACCEPT)
    return [(start + step) % 7 for step in range((end - start) % 7 + 1)]


def _read_day(text: str, given: str) -> int:
    if text not in DAY_NAMES:
        raise HoursError("hours_day_unknown", "there is no such day", given=given, accepts=_DAYS_ACCEPT)
    return DAY_NAMES.index(text)


def _read_window(text: str) -> tuple[int, int]:
    opens, dash, closes = text.partition("-")
    if not dash:
        raise _bad_window(text, "a window has a start and an end")
    start, end = seconds_of_day(opens, last=DAY_SECONDS - 1), seconds_of_day(closes)
    if start == end:
        raise _bad_window(text, "a window that ends when it starts is empty, or a whole day: say which")
    return (start, end) if start < end else (start, end + DAY_SECONDS)


def _bad_window(text: str, problem: str) -> HoursError:
    return HoursError("hours_window_invalid", problem, given=text, accepts=_WINDOW_ACCEPTS)


def _refuse_contradictions(said: Mapping[int, list[Spans]]) -> None:
    for day, windows in said.items():
        if any(windows) and not all(windows):
            raise HoursError(
                "hours_contradict",
                "a day is both closed and open",
                given=_name_of(day),
                accepts="windows or `closed` for a day, not both",
            )


def _name_of(day: int) -> str:
    return DAY_NAMES[day] if day < _PUBLIC_HOLIDAY_ON else f"PH {DAY_NAMES[day - _PUBLIC_HOLIDAY_ON]}"


def _print_window(start: int, end: int) -> str:
    if end <= DAY_SECONDS:
        return f"{format_seconds(start)}-{format_seconds(end)}"
    if end - start < DAY_SECONDS:
        return f"{format_seconds(start)}-{format_seconds(end - DAY_SECONDS)}"
    return f"{format_seconds(start)}-24:00 {format_seconds(end - DAY_SECONDS + 1)}-{format_seconds(end - DAY_SECONDS)}"


def format_seconds(seconds: int) -> str:
    """Return the notation of a time of day; `seconds_of_day` is its inverse.

    >>> format_seconds(34200)
    '09:30'
    """
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}" if second else f"{hour:02}:{minute:02}"


def _grouped(windows: tuple[Spans, ...]) -> list[tuple[str, Spans]]:
    """Return the days that share their windows as one group each, in the order of their first day."""
    return [(format_days(days), of_days) for of_days, days in _by_windows(enumerate(windows)).items()]


def _by_windows(days: Iterable[tuple[int, Spans]]) -> dict[Spans, list[int]]:
    groups: dict[Spans, list[int]] = {}
    for day, of_day in days:
        if of_day:
            groups.setdefault(of_day, []).append(day)
    return groups


def format_days(days: Iterable[int]) -> str:
    """Return the notation of days: "Mon-Fri", "Sat,PH".

    >>> format_days([0, 1, 2, 4, 5])
    'Mon-Wed,Fri,Sat'
    """
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1 and day != PUBLIC_HOLIDAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(_print_run(run) for run in runs)


def _print_run(run: list[int]) -> str:
    first, *rest = run
    if len(rest) > 1:
        return f"{DAY_NAMES[first]}-{DAY_NAMES[rest[-1]]}"
    return ",".join(DAY_NAMES[day] for day in run)
