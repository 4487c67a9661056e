"""`Closure`: dates that are off in another system, once or by a rule, wholly or in part; as data of a calendar."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from slacalc.business_time.spans import Spans, union
from slacalc.calendars.hours import format_windows
from slacalc.calendars.recurrence import Recurring

__all__ = ["Closure", "closed_table"]


class Closure(NamedTuple):
    """What closes from its first date to its last, or on the dates of a rule of RFC 5545 from its first date on.

    `window` is the part of each date that is closed, in seconds; None for all of it.
    """

    name: str
    first: date
    last: date
    rule: str = ""
    window: tuple[int, int] | None = None

    @property
    def dates(self) -> list[date]:
        """The dates of what comes once."""
        return [self.first + timedelta(place) for place in range((self.last - self.first).days + 1)]


def closed_table(closures: Iterable[Closure], source: str) -> dict[str, Any]:
    """Return what a calendar says of closures: its `holidays` and `special_days`, each if there are any.

    Of two special days on one date the single one speaks alone, so that it says what the rules close of its date, too.
    """
    once = [each for each in closures if not each.rule]
    rules = [each for each in closures if each.rule]
    table: dict[str, Any] = {}
    if dates := _names(once):
        table["holidays"] = {"dates": dates, "source": source}
    if special_days := [*_single(once, rules), *_recurring(rules)]:
        table["special_days"] = special_days
    return table


def _names(once: Iterable[Closure]) -> dict[str, list[str]]:
    """Return the names of each date that is off."""
    names: dict[date, list[str]] = {}
    for each in once:
        for day in each.dates if each.window is None else ():
            known = names.setdefault(day, [])
            known += [] if each.name in known else [each.name]
    return {day.isoformat(): names[day] for day in sorted(names)}


def _single(once: Iterable[Closure], rules: list[Closure]) -> Iterable[dict[str, Any]]:
    """Yield a special day for each date of which a part is closed, but for those that a rule closes wholly."""
    parts: dict[date, list[Closure]] = {}
    for each in once:
        for day in each.dates if each.window is not None else ():
            parts.setdefault(day, []).append(each)
    for day in sorted(parts):
        every = [*parts[day], *(rule for rule in rules if day in _dates_of(rule))]
        if all(each.window is not None for each in every):
            yield _special(day.isoformat(), every)


def _recurring(rules: Iterable[Closure]) -> Iterable[dict[str, Any]]:
    """Yield a special day for each rule; closures of the same dates are one."""
    by_dates: dict[tuple[str, date], list[Closure]] = {}
    for each in rules:
        by_dates.setdefault((each.rule, each.first), []).append(each)
    for (rule, start), closures in by_dates.items():
        yield {**_special(rule, closures), "start": start.isoformat()}


def _special(on: str, closures: list[Closure]) -> dict[str, Any]:
    windows: Spans = union(each.window for each in closures if each.window is not None)
    hours = "closed" if any(each.window is None for each in closures) else f"-{format_windows(windows)}"
    return {"on": on, "hours": hours, "name": "; ".join(dict.fromkeys(each.name for each in closures))}


def _dates_of(closure: Closure) -> Recurring:
    return Recurring(closure.rule, closure.first)
