"""Selectors of a rule of `opening_hours`: its years, months and dates, weeks, and days."""

from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.interop.imported import Loss
from slacalc.interop.osm.rules import (
    EVERY_DAY,
    AroundEaster,
    Clause,
    Dates,
    MonthsAndDays,
    NthDays,
    Weeks,
    Years,
)
from slacalc.interop.osm.tokens import MONTHS, WEEKDAYS, Token, Tokens, misfit

__all__ = ["DateSelectors", "DaySelectors", "read_dates", "read_days"]

_LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HOLIDAYS: Final = ("PH", "SH")
_DAYS: Final = ("day", "days")
_OF_A_YEAR: Final = 4  # digits
_MOST_AROUND_EASTER: Final = 100


class DateSelectors(NamedTuple):
    """A clause for each of the dates that are said; None where none can be held."""

    clauses: tuple[Clause, ...] | None = (Clause(),)


class DaySelectors(NamedTuple):
    """A clause for each kind of day that is said; None where none can be held."""

    clauses: tuple[Clause, ...] | None = (Clause(),)


class _End(NamedTuple):
    """One end of a range of dates: the year where it is said, and the day where not the whole month is meant."""

    year: int | None
    month: int
    day: int | None
    token: Token


# ---------------------------------------------------------------- years, months and dates, weeks


def read_dates(tokens: Tokens, losses: list[Loss]) -> DateSelectors:
    """Return what is said of years, of months and dates, and of weeks."""
    begin = tokens.peek()
    years = _years(tokens) if _is_year(tokens) else ()
    clauses = _month_days(tokens, years, losses) if _begins_date(tokens) else [Clause(years)]
    if tokens.at("week"):
        weeks = Weeks(frozenset(_weeks(tokens)))
        if any(clause.moving is not None for clause in clauses):
            raise misfit(begin, "weeks, or Easter", "Easter in weeks of the year")
        clauses = [clause._replace(moving=weeks) for clause in clauses]
    if tokens.peek() != begin:
        tokens.took(":")
    return DateSelectors(tuple(clauses) or None)


def _is_year(tokens: Tokens, ahead: int = 0) -> bool:
    return tokens.is_kind("number", ahead) and len(tokens.peek(ahead).said) == _OF_A_YEAR


def _begins_date(tokens: Tokens, ahead: int = 0) -> bool:
    return tokens.at("easter", *MONTHS, ahead=ahead)


def _year(tokens: Tokens) -> int:
    return tokens.number(FIRST_DATE.year, LAST_DATE.year)


def _years(tokens: Tokens) -> tuple[Years, ...]:
    found = [_years_of(tokens)]
    while tokens.at(",") and _is_year(tokens, ahead=1):
        tokens.take()
        found.append(_years_of(tokens))
    return tuple(found)


def _years_of(tokens: Tokens) -> Years:
    begin = tokens.peek()
    first = _year(tokens)
    if tokens.took("+"):
        return Years(first, LAST_DATE.year + 1)
    if not (tokens.at("-") and _is_year(tokens, ahead=1)):
        return Years(first, first)
    tokens.take()
    last = _year(tokens)
    if last < first:
        raise misfit(begin, "a first and a later year, such as 2026-2028")
    return Years(first, last, tokens.number(1, 100) if tokens.took("/") else 1)


def _weeks(tokens: Tokens) -> list[int]:
    tokens.take()
    found = _weeks_of(tokens)
    while tokens.at(",") and tokens.is_kind("number", ahead=1) and not _is_year(tokens, ahead=1):
        tokens.take()
        found += _weeks_of(tokens)
    return found


def _weeks_of(tokens: Tokens) -> list[int]:
    begin = tokens.peek()
    first = last = tokens.number(1, 53)
    if tokens.took("-"):
        last = tokens.number(1, 53)
    if last < first:
        raise misfit(begin, "a first and a later week, such as 10-20; over New Year week 50-53,1-2")
    return list(range(first, last + 1, tokens.number(1, 53) if tokens.took("/") else 1))


def _month_days(tokens: Tokens, years: tuple[Years, ...], losses: list[Loss]) -> list[Clause]:
    """Return a clause for each item of a list of months and dates."""
    found = [_month_day(tokens, years, losses)]
    told = None
    while tokens.at(",") and (_begins_date(tokens, 1) or (_is_year(tokens, 1) and _begins_date(tokens, 2))):
        tokens.take()
        if _is_year(tokens):
            told = tokens.peek()
            year = _year(tokens)
            found.append(_month_day(tokens, (Years(year, year),), losses))
        elif told is not None:
            raise tokens.misfit(f"the year before it, too, as at {told.place}", "it is not said of which year this is")
        else:
            found.append(_month_day(tokens, years, losses))
    return [clause for clause in found if clause is not None]


def _month_day(tokens: Tokens, years: tuple[Years, ...], losses: list[Loss]) -> Clause | None:
    if tokens.at("easter"):
        return _easter(tokens, years, losses)
    first = _end(tokens, None)
    last = first
    if _took_offset(tokens):
        _lose(losses, first.token, "a date so many days, or the next weekday, after another")
        return None
    if tokens.at("-") and tokens.at("easter", ahead=1):
        tokens.take()
        _easter(tokens, (), losses)
        _lose(losses, first.token, "dates between a date and Easter")
        return None
    if tokens.took("-"):
        if first.day is not None and tokens.is_kind("number") and not _is_year(tokens):
            token = tokens.peek()
            last = first._replace(day=tokens.number(1, _LENGTHS[first.month - 1]), token=token)
            if (last.day or 0) < first.day:
                raise misfit(token, "a later day of the month, or its month too, such as Dec 24-Jan 2")
        else:
            last = _end(tokens, _year(tokens) if _is_year(tokens) else None)
        if (first.day is None) != (last.day is None):
            raise misfit(last.token, "a month at both ends, or a date at both, such as Jan-Mar or Jan 1-Mar 15")
    if tokens.took("+") or _took_offset(tokens):
        _lose(losses, first.token, "dates without an end, or told from another date")
        return None
    return _dated(years, first, last)


def _end(tokens: Tokens, year: int | None) -> _End:
    token = tokens.peek()
    month = MONTHS.index(tokens.word_of(MONTHS)) + 1
    has_day = tokens.is_kind("number") and not _is_year(tokens)
    return _End(year, month, tokens.number(1, _LENGTHS[month - 1]) if has_day else None, token)


def _dated(years: tuple[Years, ...], first: _End, last: _End) -> Clause:
    """Return a clause of dates; with a year at its end, they are those of one range."""
    begin = (first.month, first.day or 1)
    end = (last.month, last.day or _LENGTHS[last.month - 1])
    single = years[0].first if len(years) == 1 and years[0].first == years[0].last else None
    if last.year is not None:
        if single is None:
            raise misfit(first.token, "a year at both ends, such as 2026 Dec 24-2027 Jan 2")
        dates = Dates(_date(single, *begin, first), _date(last.year, *end, last))
        if dates.last < dates.first:
            raise misfit(first.token, "a range that ends after it begins")
        return Clause((), dates)
    if single is not None and first.day is not None:
        if end < begin:
            raise misfit(first.token, "a year at both ends, such as 2026 Dec 24-2027 Jan 2")
        return Clause((), Dates(_date(single, *begin, first), _date(single, *end, last)))
    return Clause(years, MonthsAndDays(begin, end))


def _date(year: int, month: int, day: int, end: _End) -> date:
    """Return a date; the last of February is that of the year."""
    if end.day is None and (month, day) == (2, 29):
        day = 28 + (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    with suppress(ValueError):
        return date(year, month, day)
    raise misfit(end.token, "a date of the year", "there is no such date")


def _easter(tokens: Tokens, years: tuple[Years, ...], losses: list[Loss]) -> Clause | None:
    begin = tokens.take()
    first = last = _days_after(tokens) or 0
    if tokens.at("-") and tokens.at("easter", ahead=1):
        tokens.take()
        tokens.take()
        last = _days_after(tokens) or 0
    elif tokens.at("-", "+"):
        tokens.take()
        if tokens.at(*MONTHS):
            _end(tokens, None)
        _lose(losses, begin, "dates from Easter to another date, or without an end")
        return None
    if last < first:
        raise misfit(begin, "a range that ends after it begins")
    return Clause(years, None, AroundEaster(first, last))


def _days_after(tokens: Tokens) -> int | None:
    """Return the days of "+1 day" or "-2 days"; None where no such thing comes next."""
    if not (tokens.at("+", "-") and tokens.is_kind("number", 1) and tokens.at(*_DAYS, ahead=2)):
        return None
    sign = -1 if tokens.take().said == "-" else 1
    days = tokens.number(0, _MOST_AROUND_EASTER)
    tokens.take()
    return sign * days


def _took_offset(tokens: Tokens) -> bool:
    """Go past "+1 day" or "-Su", and tell whether it was there."""
    if _days_after(tokens) is not None:
        return True
    if not (tokens.at("+", "-") and tokens.at(*WEEKDAYS, ahead=1)):
        return False
    tokens.take()
    tokens.take()
    _days_after(tokens)
    return True


# ---------------------------------------------------------------- days


def read_days(tokens: Tokens, losses: list[Loss]) -> DaySelectors:
    """Return what is said of days of the week and of holidays."""
    if not tokens.at(*WEEKDAYS, *_HOLIDAYS):
        return DaySelectors()
    found = [_day(tokens, losses)]
    are_holidays = [found[0] is None or found[0].only_holidays]
    while tokens.at(",") and tokens.at(*WEEKDAYS, *_HOLIDAYS, ahead=1):
        tokens.take()
        found.append(_day(tokens, losses))
        are_holidays.append(found[-1] is None or found[-1].only_holidays)
    if all(are_holidays) and tokens.at(*WEEKDAYS):  # `PH Mo-Fr` are holidays on Monday to Friday
        weekdays = read_days(tokens, losses).clauses or ()
        found = [day._replace(only_holidays=True) for day in weekdays] if any(found) else []
    return DaySelectors(_together([day for day in found if day is not None]) or None)


def _together(days: list[Clause]) -> tuple[Clause, ...]:
    """Return the clauses, those that only name weekdays as one."""
    plain = [day for day in days if day.moving is None and not day.only_holidays]
    weekdays = frozenset(weekday for day in plain for weekday in day.weekdays)
    kept = dict.fromkeys(day for day in days if day not in plain)
    return (*((Clause(weekdays=weekdays),) if plain else ()), *kept)


def _day(tokens: Tokens, losses: list[Loss]) -> Clause | None:
    begin = tokens.peek()
    if tokens.at(*_HOLIDAYS):
        return _holiday(tokens, losses)
    first = WEEKDAYS.index(tokens.take().said)
    if tokens.took("["):
        numbers = _numbers(tokens)
        if _days_after(tokens) is not None:
            _lose(losses, begin, "days told from a numbered weekday")
            return None
        return Clause(moving=NthDays(first, numbers), weekdays=frozenset((first,)))
    if not (tokens.at("-") and tokens.at(*WEEKDAYS, ahead=1)):
        return Clause(weekdays=frozenset((first,)))
    tokens.take()
    last = WEEKDAYS.index(tokens.take().said)
    return Clause(weekdays=frozenset((first + step) % len(EVERY_DAY) for step in range((last - first) % 7 + 1)))


def _holiday(tokens: Tokens, losses: list[Loss]) -> Clause | None:
    begin = tokens.take()
    is_told_from = _days_after(tokens) is not None
    if begin.said == "SH":
        _lose(losses, begin, "school holidays")
        return None
    if is_told_from:
        _lose(losses, begin, "days told from a public holiday")
        return None
    return Clause(only_holidays=True)


def _numbers(tokens: Tokens) -> frozenset[int]:
    """Return the numbers of `[1,3]`, `[1-2]` or `[-1]`, past the bracket."""
    found: list[int] = []
    while True:
        if tokens.took("-"):
            found.append(-tokens.number(1, 5))
        else:
            begin = tokens.peek()
            first = last = tokens.number(1, 5)
            if tokens.took("-"):
                last = tokens.number(1, 5)
            if last < first:
                raise misfit(begin, "a first and a later number, such as [1-2]")
            found += range(first, last + 1)
        if not tokens.took(","):
            break
    tokens.need("]")
    return frozenset(found)


def _lose(losses: list[Loss], begin: Token, means: str) -> None:
    losses.append(Loss("due_times", begin.place, means, "left out"))
