"""Dates of `opening_hours` that are others each year, as keys of special days: weeks, numbered weekdays, Easter."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple, assert_never

from slacalc.interop.imported import Loss
from slacalc.interop.osm.rules import AroundEaster, Clause, Dates, MonthsAndDays, NthDays, OpeningRule, Weeks
from slacalc.interop.osm.tokens import WEEKDAYS

__all__ = ["Key", "keys_of", "settled"]

_ONE: Final = timedelta(days=1)
_MOST_YEARS: Final = 20
_SUNDAY: Final = 6


class Key(NamedTuple):
    """The key of special days, and the day of the week that they all are, if it is one."""

    on: str
    weekday: int | None


def keys_of(clause: Clause) -> Iterator[Key]:
    """Yield the keys of the dates of a clause, which `settled` has passed; none where they do not move."""
    match clause.moving:
        case AroundEaster(first, last):
            yield from (Key(f"easter{days:+}", (_SUNDAY + days) % 7) for days in range(first, last + 1))
        case Weeks(numbers):
            said = ",".join(map(str, sorted(numbers)))
            yield Key(f"FREQ=YEARLY;{_months(clause)}BYWEEKNO={said};BYDAY={_days(range(7))}", None)
        case NthDays(weekday, numbers):
            said = ",".join(f"{number}{_days([weekday])}" for number in sorted(numbers))
            yield Key(f"FREQ=MONTHLY;{_months(clause)}BYDAY={said}", weekday)
        case None:
            return
        case _ as never:
            assert_never(never)


def settled(rules: Iterable[OpeningRule]) -> tuple[tuple[OpeningRule, ...], tuple[Loss, ...]]:
    """Return the rules with what moves in some years only as dates, without what no key can say; and the losses."""
    kept: list[OpeningRule] = []
    losses: list[Loss] = []
    for rule in rules:
        clauses: list[Clause] = []
        for clause in rule.clauses:
            said = _settled(rule, clause)
            if isinstance(said, Loss):
                losses.append(said)
            else:
                clauses += said
        if clauses:
            kept.append(rule._replace(clauses=tuple(clauses)))
    return tuple(kept), tuple(dict.fromkeys(losses))


def _settled(rule: OpeningRule, clause: Clause) -> list[Clause] | Loss:
    if clause.moving is None:
        return [clause]
    years = [year for each in clause.years for year in range(each.first, each.last + 1, each.step)]
    if years and len(years) <= _MOST_YEARS:
        days = (day for year in sorted(set(years)) for day in _days_of(year) if clause.has(day))
        return [clause._replace(years=(), dates=dates, moving=None) for dates in _runs(days)]
    if clause.years or not _is_of_months(clause):
        return _lost(rule, "weeks, numbered weekdays or Easter, within other dates or many years")
    if rule.tomorrow:
        return _lost(rule, "nights in weeks, on numbered weekdays, or around Easter")
    return [clause]


def _lost(rule: OpeningRule, means: str) -> Loss:
    return Loss("due_times", rule.place, means, "the rule is left out there")


def _is_of_months(clause: Clause) -> bool:
    """Tell whether its dates are all, or whole months."""
    dates = clause.dates
    if dates is None:
        return True
    if not isinstance(dates, MonthsAndDays) or isinstance(clause.moving, AroundEaster):
        return False
    month, day = dates.last
    return dates.first[1] == 1 and (month, day) == _end_of(month)


def _end_of(month: int) -> tuple[int, int]:
    last = (date(2000, month, 28) + timedelta(4)).replace(day=1) - _ONE
    return last.month, last.day


def _months(clause: Clause) -> str:
    if not isinstance(clause.dates, MonthsAndDays):
        return ""
    first, last = clause.dates.first[0], clause.dates.last[0]
    months = sorted((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))
    return f"BYMONTH={','.join(map(str, months))};"


def _days(weekdays: Iterable[int]) -> str:
    return ",".join(WEEKDAYS[weekday].upper() for weekday in weekdays)


def _days_of(year: int) -> Iterator[date]:
    return (date(year, 1, 1) + step * _ONE for step in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))


def _runs(days: Iterable[date]) -> Iterator[Dates]:
    """Yield dates in order as ranges."""
    run: list[date] = []
    for day in days:
        if run and day - run[-1] > _ONE:
            yield Dates(run[0], run[-1])
            run = []
        run.append(day)
    if run:
        yield Dates(run[0], run[-1])
