"""Other libraries, asked what a case asks: each a calendar of theirs, with the questions that it has."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from importlib import import_module
from typing import Final, NamedTuple

from tests.case_words import WEEKDAYS
from tests.parity.cases import DAY, REFUSED, Case, Office, answer

DAYS_OF_TIMEGRID: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


class Window(NamedTuple):
    """Hours of some days of the week."""

    days: list[int]
    opens: time
    closes: time


def their_answers(case: Case) -> dict[str, str]:
    """What the installed library answers to every question of a case."""
    assert case.peer.package
    return {question: _theirs(case, question, OFFICES[case.peer.package]) for question in case.theirs}


def _theirs(case: Case, question: str, office: Callable[[Case], Office]) -> str:
    try:
        return answer(office(case), question, case.zone)
    except AssertionError:
        raise
    except Exception:  # noqa: BLE001 - each library has errors of its own
        return REFUSED


def windows(notation: str) -> Iterator[Window]:
    """The windows of our notation of weekly hours, read here anew: "Mon-Fri 09:00-12:00 13:00-17:00; Sat 10:00-12:00"."""
    for group in ["Mon-Sun 00:00-24:00"] if notation == "24/7" else notation.split("; "):
        days, *spans = group.split()
        first, _, last = days.partition("-")
        named = list(range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1))
        for span in spans:
            opens, _, closes = span.replace("24:00", "00:00").partition("-")
            yield Window(named, time.fromisoformat(opens), time.fromisoformat(closes))


def closed_dates(case: Case) -> list[date]:
    return [first + days * DAY for first, last in case.holidays for days in range((last - first).days + 1)]


def workclock(case: Case) -> Office:
    package = import_module("workclock")
    zone = case.data.get("breaks_zone", case.data["zone"])
    rules = [package.WorkDay(each.opens, each.closes, each.days) for each in windows(case.data["hours"])]
    if "breaks" in case.data:
        rules += [
            package.Break(each.opens, each.closes, each.days, time_zone=zone) for each in windows(case.data["breaks"])
        ]
    if case.holidays:
        rules.append(package.Holidays(closed_dates(case)))
    schedule = package.Schedule(rules, time_zone=case.data["zone"])

    def intervals(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        spans, at = [], start
        while (span := schedule.next_period(at))[0] < end:
            spans.append(span)
            at = span[1]
        return spans

    return Office(
        add=schedule.add,
        subtract=schedule.sub,
        elapsed=schedule.between,
        intervals=intervals,
        next_period=schedule.next_period,
        previous_period=schedule.previous_period,
    )


def timegrid(case: Case) -> Office:
    package = import_module("timegrid")
    week = [getattr(package.DayOfWeek, name) for name in DAYS_OF_TIMEGRID]
    calendar = package.TimeGridCalendar.create()
    for each in windows(case.data["hours"]):
        for day in each.days:
            calendar = calendar.add_open_rule(week[day], each.opens, each.closes)
    for each in windows(case.data["breaks"]) if "breaks" in case.data else ():
        for day in each.days:
            calendar = calendar.add_break_rule(week[day], each.opens, each.closes)
    for closed in closed_dates(case):
        calendar = calendar.close(closed)
    return Office(
        add=lambda at, amount: calendar.add_work_duration(_naive(at), amount).replace(tzinfo=UTC),
        elapsed=lambda start, end: calendar.get_working_duration(_naive(start), _naive(end)),
        is_open=lambda at: calendar.can_work(_naive(at)),
    )


def _naive(at: datetime) -> datetime:
    """It takes times without a zone; a case asks them in UTC."""
    return at.astimezone(UTC).replace(tzinfo=None)


def opening_hours(case: Case) -> Office:
    package = import_module("opening_hours")
    zone = case.zone
    office = package.OpeningHours(case.data["expression"], timezone=zone, country=case.data.get("country"))

    def intervals(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        spans = office.intervals(start, end)
        return [(max(a, start), min(b or end, end)) for a, b, state, _ in spans if str(state) == "open"]

    return Office(
        is_open=lambda at: office.is_open(at.astimezone(zone)),  # it refuses datetime.UTC
        intervals=intervals,
        next_change=office.next_change,
    )


OFFICES: Final[Mapping[str, Callable[[Case], Office]]] = {
    "workclock": workclock,
    "timegrid": timegrid,
    "opening_hours": opening_hours,
}
