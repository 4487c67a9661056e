"""Recurring dates: rules of RFC 5545 such as "the last Friday of every month".

Dates only, daily or coarser, and always bounded: no rule runs past 2200, and one that
matches no date is refused instead of searched for ever.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from itertools import groupby, islice, takewhile
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Literal

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE, check_date
from slacalc.errors import SpecialDayError

if TYPE_CHECKING:
    from dateutil.rrule import rrule, weekday

__all__ = ["Recurring", "last_of_decade"]


@dataclass(frozen=True, slots=True)
class Recurring:
    """The dates of a recurrence rule of RFC 5545, from `start` to the end of 2200 at the latest.

    FREQ is DAILY, WEEKLY, MONTHLY or YEARLY. `start` is needed where the rule would take a
    weekday, a day or a phase from it (COUNT, INTERVAL, or no BYDAY, BYMONTHDAY, BYYEARDAY
    or BYWEEKNO). Raises SpecialDayError for other parts and for a rule without any date.

    >>> last_friday = Recurring("FREQ=MONTHLY;BYDAY=-1FR")
    >>> date(2026, 11, 27) in last_friday, date(2026, 11, 20) in last_friday
    (True, False)
    """

    rule: str
    start: date | None = None

    def __post_init__(self) -> None:
        """Check that the rule can be read, is bounded, and has a date."""
        if self.start is not None:
            check_date(self.start, "start")
        parts = _read_rule(self.rule)
        if self.start is None and _takes_from_start(parts):
            raise SpecialDayError(
                "recurrence_start_needed",
                "this rule depends on its first date",
                given=self.rule,
                accepts="Recurring(rule, start=date(...))",
                where="special_days",
            )
        if not _can_match(parts, self.start or FIRST_DATE) or next(_expansion(self, LAST_DATE), None) is None:
            raise SpecialDayError(
                "recurrence_empty",
                "no date up to 2200 matches this rule",
                given=self.rule,
                accepts="a rule with at least one date",
                where="special_days",
            )

    def dates(self) -> Iterator[date]:
        """Return the dates in order, up to the end of 2200."""
        return _expansion(self, LAST_DATE)

    def until(self, year: int) -> frozenset[date]:
        """Return the dates up to the end of a year, or of 2200."""
        return _dates_until(self, min(LAST_DATE.year, year))

    def __contains__(self, day: date) -> bool:
        """Tell whether the date is one of them."""
        return day in self.until(last_of_decade(day.year))

    @property
    def first(self) -> date:
        """The first date."""
        return next(_expansion(self, LAST_DATE))

    @property
    def last(self) -> date | None:
        """The last date, or None when the rule goes on."""
        parts = _read_rule(self.rule)
        return max(self.dates()) if {"COUNT", "UNTIL"} & parts.keys() else None


def last_of_decade(year: int) -> int:
    """Return the last year of the decade of a year: up to there are dates expanded at once."""
    return year // 10 * 10 + 9


_MOST_CHARACTERS: Final = 500
_WEEKS_OF_MONTH: Final = 5
_WEEKS_OF_YEAR: Final = 53
_FOURTH: Final = 3  # of the days 0 to 6 of a week
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: Final[dict[str, Literal[0, 1, 2, 3]]] = {"YEARLY": 0, "MONTHLY": 1, "WEEKLY": 2, "DAILY": 3}
_BY_DAY: Final = re.compile(r"([+-]?[1-9]\d?)?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBERS: Final = {
    "INTERVAL": (1, 1_000),
    "COUNT": (1, 100_000),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
}
_RULE_ACCEPTS: Final = (
    "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with INTERVAL, COUNT or UNTIL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, "
    "BYDAY, BYSETPOS, WKST"
)


def _read_rule(rule: str) -> dict[str, Any]:
    """Return the parts of a rule as arguments of dateutil's rrule, with dates for UNTIL."""
    if not isinstance(rule, str) or len(rule) > _MOST_CHARACTERS:
        raise _bad_rule(rule, "this is not a recurrence rule")
    parts: dict[str, Any] = {}
    for part in rule.removeprefix("RRULE:").split(";"):
        key, _, value = part.partition("=")
        if key in parts or not value:
            raise _bad_rule(rule, f"the part {part!r} is empty or there twice")
        parts[key] = _read_rule_value(rule, key, value)
    if "FREQ" not in parts or {"COUNT", "UNTIL"} <= parts.keys():
        raise _bad_rule(rule, "a rule has FREQ, and COUNT or UNTIL but not both")
    _check_ordinals(rule, parts)
    return parts


def _check_ordinals(rule: str, parts: Mapping[str, Any]) -> None:
    """Refuse the sixth Friday of a month, and any numbered weekday of a day or a week (RFC 5545, 3.3.10)."""
    of_year = _WEEKS_OF_MONTH if _is_monthly(parts) else _WEEKS_OF_YEAR
    most = 0 if parts["FREQ"] in {"DAILY", "WEEKLY"} else of_year
    numbers = [int(day[:-2] or 0) for day in parts.get("BYDAY", ())]
    if any(abs(number) > most for number in numbers):
        raise _bad_rule(rule, "there are not so many of this weekday")


def _read_rule_value(rule: str, key: str, value: str) -> "str | date | tuple[str, ...] | tuple[int, ...]":
    if key == "FREQ" and value in _FREQUENCIES:
        return value
    if key == "WKST" and value in _WEEKDAYS:
        return value
    if key == "UNTIL" and (match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(T\d{6}Z?)?", value, re.ASCII)):
        return _read_until(rule, match)
    if key == "BYDAY" and all(_BY_DAY.fullmatch(day) for day in value.split(",")):
        return tuple(value.split(","))
    if key in _NUMBERS:
        low, high = _NUMBERS[key]
        numbers = [int(n) if re.fullmatch(r"[+-]?\d{1,6}", n, re.ASCII) else 0 for n in value.split(",")]
        if all(n and low <= n <= high for n in numbers) and (key.startswith("BY") or len(numbers) == 1):
            return tuple(numbers)
    raise _bad_rule(rule, f"the part {key}={value} is not taken")


def _read_until(rule: str, match: "re.Match[str]") -> date:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise _bad_rule(rule, f"UNTIL is no date: {error}") from None


def _bad_rule(rule: object, problem: str) -> SpecialDayError:
    return SpecialDayError(
        "recurrence_invalid",
        problem,
        given=rule,
        accepts=_RULE_ACCEPTS,
        where="special_days",
    )


def _takes_from_start(parts: Mapping[str, Any]) -> bool:
    fixed = {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"} & parts.keys() or parts["FREQ"] == "DAILY"
    return not fixed or "COUNT" in parts or parts.get("INTERVAL", (1,)) != (1,)


def _can_match(parts: Mapping[str, Any], start: date) -> bool:
    """Tell whether some date up to 2200 passes every part.

    dateutil looks for the first date of a rule up to the year 9999, whatever its UNTIL says:
    30 February would cost seconds. Ask it only about rules that have candidates.
    """
    needed = min(map(abs, parts.get("BYSETPOS", (1,))))
    interval, begin = parts.get("INTERVAL", (1,))[0], _period(parts, start)
    found: Counter[int] = Counter()
    for ordinal in range(start.toordinal(), LAST_DATE.toordinal() + 1):
        day = date.fromordinal(ordinal)
        period = _period(parts, day)
        if (period - begin) % interval == 0 and _passes(parts, day):
            found[period] += 1
            if found[period] >= needed:
                return True
    return False


def _period(parts: Mapping[str, Any], day: date) -> int:
    """Return the number of the year, month, week or day that INTERVAL steps by and BYSETPOS counts in."""
    match parts["FREQ"]:
        case "YEARLY":
            return day.year
        case "MONTHLY":
            return day.year * 12 + day.month
        case "WEEKLY":
            return (day.toordinal() - 1 - _WEEKDAYS.index(parts.get("WKST", "MO"))) // 7
        case _:
            return day.toordinal()


def _passes(parts: Mapping[str, Any], day: date) -> bool:
    month, year = day.replace(day=1), date(day.year, 1, 1)
    in_month = ((month + timedelta(31)).replace(day=1) - month).days
    of_year, in_year = (day - year).days + 1, (date(day.year + 1, 1, 1) - year).days
    at, last = (day.day, in_month) if _is_monthly(parts) else (of_year, in_year)
    return (
        day.month in parts.get("BYMONTH", (day.month,))
        and _is_counted(parts.get("BYMONTHDAY"), day.day, in_month)
        and _is_counted(parts.get("BYYEARDAY"), of_year, in_year)
        and ("BYWEEKNO" not in parts or _is_of_weeks(parts, day))
        and _is_weekday(parts.get("BYDAY", _WEEKDAYS), day, (at - 1) // 7 + 1, -((last - at) // 7 + 1))
    )


def _is_of_weeks(parts: Mapping[str, Any], day: date) -> bool:
    """Tell whether a date is in a week that BYWEEKNO names: a week is of the year that has four of its days."""
    fourth = day + timedelta(_FOURTH - _day_of_week(parts, day))
    new_years_eve = date(fourth.year, 12, 31)
    last_fourth = new_years_eve - timedelta((_day_of_week(parts, new_years_eve) - _FOURTH) % 7)
    return _is_counted(parts.get("BYWEEKNO"), _week_of(fourth), _week_of(last_fourth))


def _week_of(fourth: date) -> int:
    return (fourth.timetuple().tm_yday - 1) // 7 + 1


def _day_of_week(parts: Mapping[str, Any], day: date) -> int:
    """Return 0 for the day on which weeks begin, 6 for the one on which they end."""
    return (day.weekday() - _WEEKDAYS.index(parts.get("WKST", "MO"))) % 7


def _is_monthly(parts: Mapping[str, Any]) -> bool:
    """Tell whether numbered weekdays are counted in the month, not in the year (RFC 5545, 3.3.10)."""
    return parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts


def _is_weekday(wanted: tuple[str, ...], day: date, number: int, from_last: int) -> bool:
    name = _WEEKDAYS[day.weekday()]
    return any(text[-2:] == name and int(text[:-2] or number) in {number, from_last} for text in wanted)


def _is_counted(numbers: tuple[int, ...] | None, at: int, last: int) -> bool:
    """Tell whether a place is among numbers that count from the first, or from the last when negative."""
    return numbers is None or at in numbers or at - last - 1 in numbers


def _expansion(recurring: Recurring, until: date) -> Iterator[date]:
    """Return the dates in order, up to `until`: always bounded, also when nothing matches."""
    parts = _read_rule(recurring.rule)
    until = min(until, parts.get("UNTIL", until))
    dates = (_dates_of_weeks if "BYWEEKNO" in parts else _dates)(parts, recurring.start or FIRST_DATE, until)
    return islice(dates, parts["COUNT"][0]) if "COUNT" in parts else dates


def _dates(parts: Mapping[str, Any], start: date, until: date) -> Iterator[date]:
    return (moment.date() for moment in _rrule(parts, start, until))


def _dates_of_weeks(parts: Mapping[str, Any], start: date, until: date) -> Iterator[date]:
    """Return the dates of a rule that names weeks of the year.

    dateutil 2.9 takes 1 January 2022 for week 53 of 2021, which has 52 weeks. So it is asked for the weeks around
    New Year besides, and the right ones are chosen from whole periods, in which BYSETPOS counts.
    """
    wider = {key: value for key, value in parts.items() if key != "BYSETPOS"}
    wider["BYWEEKNO"] = (*parts["BYWEEKNO"], 1, 52, 53)
    candidates = _dates(wider, _first_of_period(parts, start), until + timedelta(366))
    periods = groupby((day for day in candidates if _is_of_weeks(parts, day)), partial(_period, parts))
    found = (day for _, days in periods for day in _at_places(parts, list(days)))
    return (day for day in takewhile(lambda day: day <= until, found) if day >= start)


def _first_of_period(parts: Mapping[str, Any], day: date) -> date:
    earlier = (day - timedelta(days) for days in range(366))
    *_, first = takewhile(lambda each: _period(parts, each) == _period(parts, day), earlier)
    return first


def _at_places(parts: Mapping[str, Any], days: list[date]) -> list[date]:
    return [day for place, day in enumerate(days, 1) if _is_counted(parts.get("BYSETPOS"), place, len(days))]


def _rrule(parts: Mapping[str, Any], start: date, until: date) -> "rrule":
    from dateutil import rrule as rules

    chosen = {key.lower(): value for key, value in parts.items() if key in _NUMBERS and key.startswith("BY")}
    if "BYDAY" in parts:
        chosen["byweekday"] = [_weekday(rules, day) for day in parts["BYDAY"]]
    return rules.rrule(
        freq=_FREQUENCIES[parts["FREQ"]],
        dtstart=datetime.combine(start, time.min),
        until=datetime.combine(until, time.min),
        interval=parts.get("INTERVAL", (1,))[0],
        wkst=_WEEKDAYS.index(parts.get("WKST", "MO")),
        **chosen,
    )


def _weekday(rules: ModuleType, text: str) -> "weekday":
    match = _BY_DAY.fullmatch(text)
    assert match is not None  # noqa: S101 - _read_rule has checked it; this tells the type checker
    day: weekday = getattr(rules, match[2])
    return day(int(match[1])) if match[1] else day


@lru_cache(maxsize=256)
def _dates_until(recurring: Recurring, year: int) -> frozenset[date]:
    return frozenset(_expansion(recurring, date(year, 12, 31)))
