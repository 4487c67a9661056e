"""What an answer takes in general, in words: a target, and what a metric promises by it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final, assert_never

from slacalc.calendars.hours import seconds_of_day
from slacalc.expectations.fillings import time_of_day
from slacalc.expectations.language_checks import pieces_of
from slacalc.expectations.languages import Language
from slacalc.policies.document.rules import MetricRule
from slacalc.policies.notation import BY_WORDS
from slacalc.policies.targets.days import BusinessDays, CalendarDays
from slacalc.policies.targets.hours import BusinessHours, CalendarHours, WorkdayHours
from slacalc.policies.targets.opening import NextOpening
from slacalc.policies.targets.range import Range
from slacalc.policies.targets.target import AnyTarget, InsideOutside

__all__ = ["filled", "has_time_of_day", "promised_in_words", "target_in_words"]

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_DASH: Final = "\N{EN DASH}"
_SPACE: Final = "\N{NO-BREAK SPACE}"
_COUNTING: Final = (BusinessHours, WorkdayHours, CalendarHours)
_DATED: Final = (BusinessDays, CalendarDays)


def promised_in_words(metric: MetricRule, language: Language) -> Iterator[str]:
    """Yield what a rule promises on a metric: what is usual, then what is owed."""
    page, due = language.page_words(), target_in_words(metric.due, language)
    if metric.owed_by == "customer":
        yield filled(page["your_deadline"], target=due)
        return
    match metric.promise:
        case "typical":
            yield filled(page["usually"], target=due)
        case "best_effort":
            yield filled(page["best_effort"], target=due)
        case "owed" if metric.expected is None:
            yield due
        case "owed":
            yield filled(page["usually"], target=target_in_words(metric.expected, language))
            yield filled(page["at_latest"], target=due)
        case _ as never:
            assert_never(never)


def target_in_words(target: AnyTarget, language: Language) -> str:
    """Return a target in the words of a page: "within 24 h on working days", with spaces that do not break.

    >>> from slacalc.expectations.languages import shipped_language
    >>> target_in_words(WorkdayHours(amount="24h"), shipped_language("de")).split()
    ['innerhalb', 'von', '24', 'Std.', 'an', 'Arbeitstagen']
    """
    page = language.page_words()
    match target:
        case InsideOutside():
            outside = _outside(target.outside, language)
            return filled(page["inside_outside"], inside=target_in_words(target.inside, language), outside=outside)
        case Range():
            return _range(target, language)
        case BusinessHours() | WorkdayHours() | CalendarHours():
            return filled(page[target.named_by[0]], amount=_amount(target.amount, page))
        case BusinessDays():
            return _business_days(target, language)
        case CalendarDays():
            day = {0: page["same_day"], 1: page["next_day"]}.get(target.days, "")
            return (day or filled(page["days"], days=str(target.days))) + _by(target.by, language)
        case NextOpening():
            return page["at_opening"]
        case _ as never:
            assert_never(never)


def has_time_of_day(target: AnyTarget) -> bool:
    """Return whether the words of a target name a time of day, which is on the clock of its calendar."""
    match target:
        case InsideOutside():
            return has_time_of_day(target.inside) or has_time_of_day(target.outside)
        case Range():
            return has_time_of_day(target.earliest) or has_time_of_day(target.latest)
        case BusinessDays():
            return target.cutoff is not None or target.by not in BY_WORDS
        case CalendarDays():
            return target.by not in BY_WORDS
        case BusinessHours() | WorkdayHours() | CalendarHours() | NextOpening():
            return False
        case _ as never:
            assert_never(never)


def _outside(target: AnyTarget, language: Language) -> str:
    """Return the target of what comes in while we are closed: the working date of its start is that of the opening."""
    if isinstance(target, BusinessDays) and target.days == 0:
        return language.page_words()["next_opening_day"] + _by(target.by, language)
    return target_in_words(target, language)


def _business_days(target: BusinessDays, language: Language) -> str:
    page = language.page_words()
    day = {0: page["same_working_day"], 1: page["next_working_day"]}.get(target.days, "")
    said = (day or filled(page["working_days"], days=str(target.days))) + _by(target.by, language)
    if target.cutoff is None:
        return said
    return filled(page["cutoff"], target=said, time=time_of_day(language, seconds_of_day(target.cutoff) // 60))


def _range(target: Range, language: Language) -> str:
    """Return a range: one phrase where both ends count the same, else the two ends."""
    page, first, last = language.page_words(), target.earliest, target.latest
    if isinstance(first, _COUNTING) and isinstance(last, _COUNTING) and type(first) is type(last):
        return filled(page[last.named_by[0]], amount=_amounts(first.amount, last.amount, page))
    if isinstance(first, _DATED) and isinstance(last, _DATED) and _is_one_phrase(first, last):
        key = "working_days" if isinstance(last, BusinessDays) else "days"
        return filled(page[key], days=f"{first.days}{_DASH}{last.days}") + _by(last.by, language)
    return filled(page["range"], earliest=target_in_words(first, language), latest=target_in_words(last, language))


def _is_one_phrase(first: BusinessDays | CalendarDays, last: BusinessDays | CalendarDays) -> bool:
    has_cutoff = any(isinstance(each, BusinessDays) and each.cutoff is not None for each in (first, last))
    return type(first) is type(last) and first.by == last.by and 0 < first.days < last.days and not has_cutoff


def _by(by: str, language: Language) -> str:
    page = language.page_words()
    if by in BY_WORDS:
        return page[f"by_{by}"]
    minute = seconds_of_day(by) // 60
    if minute == timedelta(days=1) // _MINUTE:
        return page["by_day_end"]
    return filled(page["by_time"], time=time_of_day(language, minute))


def _amount(amount: timedelta, page: Mapping[str, str]) -> str:
    """Return an amount in hours and minutes, never in days; seconds are more than a customer is told."""
    hours, rest = divmod(amount, _HOUR)
    minutes = -(-rest // _MINUTE)
    said = [(hours, "hour_unit")] if hours else []
    said += [(minutes, "minute_unit")] if minutes or not hours else []
    return _SPACE.join(f"{number}{_SPACE}{page[unit]}" for number, unit in said)


def _amounts(first: timedelta, last: timedelta, page: Mapping[str, str]) -> str:
    if first % _HOUR or last % _HOUR:
        return f"{_amount(first, page)} {_DASH} {_amount(last, page)}"
    return f"{first // _HOUR}{_DASH}{_amount(last, page)}"


def filled(template: str, **said: str) -> str:
    """Return a template with what is said in its places."""
    return "".join(text or said[name] for text, name, _ in pieces_of(template))
