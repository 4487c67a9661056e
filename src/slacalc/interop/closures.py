"""`Closure`: dates that are off in another system, once or by a rule, wholly or in part; as data of a calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from slacalc.business_time.spans import Spans, union
from slacalc.calendars.hours import format_windows
from slacalc.calendars.recurrence import Recurring
from slacalc.errors import InteropError, SpecialDayError

__all__ = ["Closure", "closed_table"]

_MOST_DATES: Final = 2_500


class Closure(NamedTuple):
    """What closes from its first date to its last, or on the dates of a rule of RFC 5545 from its first date on.

    `window` is the part of each date that is closed, in seconds; None for all of it.
    """

    name: str
    first: date
    last: date
    rule: str = ""
    window: tuple[int, int] | None = None

    def falls_on(self, day: date) -> bool:
        """Tell whether it closes a date, or a part of it."""
        return day in self.recurring if self.rule else self.first <= day <= self.last

    @property
    def recurring(self) -> Recurring:
        """The dates of its rule."""
        return _recurring_dates(self.rule, self.first)

    @property
    def never_comes(self) -> bool:
        """Whether its rule has no date at all, such as 30 February, or one that would come after its end."""
        try:
            return bool(self.rule) and not self.recurring
        except SpecialDayError:
            return True

    @property
    def dates(self) -> list[date]:
        """The dates of what comes once."""
        return [self.first + timedelta(place) for place in range((self.last - self.first).days + 1)]


def closed_table(closures: Sequence[Closure], source: str) -> dict[str, Any]:
    """Return what a calendar says of closures: its `holidays` and `special_days`, each if there are any.

    Of two special days on one date the single one speaks alone, so that it says what the rules close of its date, too.
    """
    listed = [*(each for each in closures if not each.rule), *_listed([each for each in closures if each.rule])]
    once = [each for each in listed if not each.rule]
    rules = [each for each in listed if each.rule]
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
    """Yield a special day for each date of which a part is closed once, with what rules close of it."""
    parts: dict[date, list[Closure]] = {}
    for each in once:
        for day in each.dates if each.window is not None else ():
            parts.setdefault(day, []).append(each)
    for day in sorted(parts):
        yield _special(day.isoformat(), [*parts[day], *(rule for rule in rules if rule.falls_on(day))])


def _listed(rules: list[Closure]) -> list[Closure]:
    """Return rules that close otherwise than a longer one, on a date of both, as the dates of each of them.

    Two recurring special days that say different things of one date are refused; single ones above them are not.
    """
    groups = [(special["hours"], closures) for special, closures in _by_dates(rules)]
    if len({hours for hours, _ in groups}) < 2:  # noqa: PLR2004 - nothing differs
        return rules
    said: dict[date, str] = {}
    listed: dict[int, list[Closure]] = {}
    for hours, closures in sorted(groups, key=lambda group: -len([*group[1][0].recurring.dates()])):
        days = [*closures[0].recurring.dates()]
        if all(said.get(day, hours) == hours for day in days):
            said |= dict.fromkeys(days, hours)
        else:
            listed |= {id(each): _as_dates(each, days) for each in closures}
    return [closure for each in rules for closure in listed.get(id(each), [each])]


def _as_dates(rule: Closure, days: list[date]) -> list[Closure]:
    if len(days) > _MOST_DATES:
        raise InteropError(
            "import_dates_invalid",
            "it closes otherwise than another rule, on one date of both, and has too many dates to list",
            given=rule.name,
            accepts=f"a rule that ends within {_MOST_DATES} dates, or that meets no other",
            where="special_days",
        )
    return [Closure(rule.name, day, day, "", rule.window) for day in days]


def _recurring(rules: Iterable[Closure]) -> Iterable[dict[str, Any]]:
    """Yield a special day for each rule; closures of the same dates are one."""
    for special, closures in _by_dates(rules):
        yield {**special, "start": closures[0].first.isoformat()}


def _by_dates(rules: Iterable[Closure]) -> list[tuple[dict[str, Any], list[Closure]]]:
    by_dates: dict[tuple[str, date], list[Closure]] = {}
    for each in rules:
        by_dates.setdefault((each.rule, each.first), []).append(each)
    return [(_special(rule, closures), closures) for (rule, _), closures in by_dates.items()]


def _special(on: str, closures: list[Closure]) -> dict[str, Any]:
    windows: Spans = union(each.window for each in closures if each.window is not None)
    hours = "closed" if any(each.window is None for each in closures) else f"-{format_windows(windows)}"
    return {"on": on, "hours": hours, "name": "; ".join(dict.fromkeys(each.name for each in closures))}


@lru_cache(maxsize=1024)
def _recurring_dates(rule: str, start: date) -> Recurring:
    return Recurring(rule, start)
