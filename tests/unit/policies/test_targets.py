"""The kinds of target, each with its boundaries; what is due was worked out by hand from rules 3, 5, 7 and 7a."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from pydantic import TypeAdapter

import slacalc as sla
from slacalc.business_time.instants import HOUR, to_us
from slacalc.business_time.kept_by_date import Rows
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets.target import AnyTarget, Target
from tests.helpers import at

MICROSECOND: Final = timedelta(microseconds=1)
_TARGETS: Final[TypeAdapter[AnyTarget]] = TypeAdapter(Target)

OFFICE: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
SHOP: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00; Sat 09:00-12:00")
SPLIT: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-12:30 13:30-17:00")
LATE: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 18:00-24:00")
NIGHTS: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 22:00-06:00")
EVERY_NIGHT: Final = sla.Calendar("Europe/Berlin", "Mon-Sun 22:00-06:00")
SMALL_HOURS: Final = sla.Calendar("Europe/Berlin", "Mon-Sun 01:00-05:00")
EVERY_DAY: Final = sla.Calendar("Europe/Berlin", "Mon-Sun 09:00-17:00")
ALWAYS: Final = sla.Calendar("Europe/Berlin", "24/7")
HELSINKI: Final = sla.Calendar("Europe/Helsinki", "Mon-Fri 09:00-12:30 13:30-17:00")
BELGIUM: Final = sla.Calendar(
    "Europe/Berlin",
    "Mon-Fri 09:00-17:00",
    holidays=sla.FrozenHolidays.of({date(2026, 11, 11): "Armistice Day"}, years=(2026, 2026)),
)
CHRISTMAS: Final = OFFICE.extend(
    special_days={"2026-12-24": "09:00-13:00", "2026-12-25": "closed", "2026-12-31": "closed"}
)


def target(**keys: object) -> AnyTarget:
    """The target that a policy file would name by these keys."""
    return _TARGETS.validate_python(keys)


def assert_due(kind: AnyTarget, calendar: OpenTime, received: str, due: str, why: str) -> None:
    actual = kind.due(calendar, at(received))
    assert at(due).astimezone(UTC) == actual.astimezone(UTC), why
    assert str(actual.tzinfo) == calendar.zone_info.key, "results carry the zone of the calendar"


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("kind", "hours", "why"),
    [
        (target(business_hours="4h"), 8, "Friday 09:00-17:00"),
        (target(workday_hours="4h"), 24, "Friday is a working date, Saturday and Sunday are not"),
        (target(calendar_hours="4h"), 72, "everything counts"),
        (target(business_days=1), 8, "a date is explained in open time"),
        (target(next_opening=True), 8, "an opening, too"),
    ],
)
def test_rule_7_each_kind_of_target_has_a_clock(kind: AnyTarget, hours: int, why: str) -> None:
    """From Friday 20 November to Monday, midnight in Berlin."""
    friday, monday = to_us(at("2026-11-20T00:00")), to_us(at("2026-11-23T00:00"))
    clock = kind.chosen(OFFICE, friday).point.clock(OFFICE)
    assert hours * HOUR == clock.elapsed(friday, monday), why
    assert hours * HOUR == clock.elapsed(friday, clock.add(friday, hours * HOUR)), why


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("amount", "calendar", "received", "due", "why"),
    [
        ("4h", OFFICE, "2026-11-20 15:00", "2026-11-23 11:00", "two hours on Friday, two on Monday"),
        ("2h", OFFICE, "2026-11-20 15:00", "2026-11-20 17:00", "work that exactly fills Friday ends on Friday"),
        ("2h", OFFICE, "2026-11-20 15:00:00.000001", "2026-11-23 09:00:00.000001", "a microsecond is left for Monday"),
        ("2h", OFFICE, "2026-11-20 14:59:59.999999", "2026-11-20 16:59:59.999999", ""),
        ("8h", OFFICE, "2026-11-20 18:30", "2026-11-23 17:00", "the whole of Monday"),
        ("4h", OFFICE, "2026-11-21 12:00", "2026-11-23 13:00", "closed time does not count"),
        ("4h", OFFICE, "2026-11-20 17:00", "2026-11-23 13:00", "at closing nothing of Friday is left"),
        ("90min", SPLIT, "2026-11-20 12:00", "2026-11-20 14:30", "half an hour, the break, an hour"),
        ("30min", SPLIT, "2026-11-20 12:00", "2026-11-20 12:30", "filled exactly before the break"),
        ("1s", SPLIT, "2026-11-20 12:30", "2026-11-20 13:30:01", ""),
        ("4h", SHOP, "2026-11-20 16:00", "2026-11-21 12:00", "one on Friday, the three of Saturday"),
        ("9h", BELGIUM, "2026-11-10 16:00", "2026-11-12 17:00", "Armistice Day is closed"),
        ("0min", OFFICE, "2026-11-20 15:00", "2026-11-20 15:00", "zero is the next open instant: now"),
        ("0min", OFFICE, "2026-11-20 17:00", "2026-11-23 09:00", "zero at closing is the next opening"),
        ("7h", EVERY_NIGHT, "2026-03-28 22:00", "2026-03-29 06:00", "the night of the spring change has seven hours"),
        ("8h", EVERY_NIGHT, "2026-10-24 22:00", "2026-10-25 05:00", "that of the autumn change has nine"),
        ("24h", OFFICE, "2026-11-20 18:00", "2026-11-25 17:00", "three whole days of eight hours"),
        ("30min", ALWAYS, "2026-10-25 02:45+02:00", "2026-10-25 02:15+01:00", "into the second pass of the fold"),
    ],
)
def test_rule_7_business_hours(amount: str, calendar: OpenTime, received: str, due: str, why: str) -> None:
    assert_due(target(business_hours=amount), calendar, received, due, why)


@pytest.mark.parametrize(
    ("amount", "calendar", "received", "due", "why"),
    [
        ("24h", OFFICE, "2026-11-20 15:00", "2026-11-23 15:00", "9 on Friday, 15 on Monday"),
        ("24h", OFFICE, "2026-11-20 18:00", "2026-11-23 18:00", "6 on Friday, 18 on Monday: it starts at receipt"),
        ("24h", OFFICE, "2026-11-22 20:00", "2026-11-24 00:00", "the whole of Monday, and not a microsecond more"),
        ("24h", OFFICE, "2026-11-21 00:00", "2026-11-24 00:00", "Saturday has not begun to count"),
        ("9h", OFFICE, "2026-11-20 15:00", "2026-11-21 00:00", "ends with Friday"),
        ("9h", OFFICE, "2026-11-20 15:00:00.000001", "2026-11-23 00:00:00.000001", ""),
        ("48h", OFFICE, "2026-11-20 15:00", "2026-11-24 15:00", ""),
        ("24h", SHOP, "2026-11-20 15:00", "2026-11-21 15:00", "a half day counts for 24 hours"),
        ("24h", BELGIUM, "2026-11-10 18:00", "2026-11-12 18:00", "a holiday is no working date"),
        (
            "24h",
            CHRISTMAS,
            "2026-12-23 12:00",
            "2026-12-24 12:00",
            "Christmas Eve is open for a while: it counts whole",
        ),
        ("24h", CHRISTMAS, "2026-12-24 12:00", "2026-12-28 12:00", "12 on Thursday, then a holiday and a weekend"),
        ("0min", OFFICE, "2026-11-20 20:00", "2026-11-20 20:00", "the workday clock still runs"),
        ("0min", OFFICE, "2026-11-21 20:00", "2026-11-23 00:00", "the workday clock starts on Monday"),
        ("5h", NIGHTS, "2026-11-20 20:00", "2026-11-23 01:00", "4 on Friday; the night's end is on no working date"),
        ("24h", EVERY_DAY, "2026-03-28 12:00", "2026-03-29 13:00", "the Sunday of the spring change has 23 hours"),
        ("24h", EVERY_DAY, "2026-10-24 12:00", "2026-10-25 11:00", "that of the autumn change has 25"),
    ],
)
def test_rule_7_workday_hours(amount: str, calendar: OpenTime, received: str, due: str, why: str) -> None:
    assert_due(target(workday_hours=amount), calendar, received, due, why)


@pytest.mark.parametrize(
    ("amount", "calendar", "received", "due", "why"),
    [
        ("24h", OFFICE, "2026-11-20 15:00", "2026-11-21 15:00", "weekends count"),
        ("0min", OFFICE, "2026-11-21 15:00", "2026-11-21 15:00", "zero is now, open or not"),
        ("24h", OFFICE, "2026-03-28 12:00", "2026-03-29 13:00", "real time over the spring change"),
        ("24h", OFFICE, "2026-10-24 12:00", "2026-10-25 11:00", "real time over the autumn change"),
        ("24h", HELSINKI, "2026-10-24 12:00+03:00", "2026-10-25 11:00+02:00", "the first end of 24 to 72 hours"),
        ("72h", HELSINKI, "2026-10-24 12:00+03:00", "2026-10-27 11:00+02:00", "the second end"),
        ("1h", OFFICE, "2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00", "the clock reads the same an hour later"),
        ("2h", OFFICE, "2026-11-20T23:30Z", "2026-11-21 02:30", "given in another zone, answered in the calendar's"),
    ],
)
def test_rule_7_calendar_hours(amount: str, calendar: OpenTime, received: str, due: str, why: str) -> None:
    assert_due(target(calendar_hours=amount), calendar, received, due, why)


# ---------------------------------------------------------------- business days

CLOSE: Final = target(business_days=0, by="close")
CUTOFF: Final = target(business_days=0, by="close", cutoff="16:00")


@pytest.mark.parametrize(
    ("kind", "calendar", "received", "due", "why"),
    [
        # the day
        (CLOSE, OFFICE, "2026-11-20 15:00", "2026-11-20 17:00", "day 0 is today"),
        (CLOSE, OFFICE, "2026-11-20 08:00", "2026-11-20 17:00", "before opening it is today"),
        (CLOSE, OFFICE, "2026-11-20 16:59:59.999999", "2026-11-20 17:00", "the last microsecond of the day"),
        (CLOSE, OFFICE, "2026-11-20 17:00", "2026-11-23 17:00", "at closing the effective start is Monday 09:00"),
        (CLOSE, OFFICE, "2026-11-22 17:00", "2026-11-23 17:00", "Sunday evening: Monday, not Tuesday"),
        (target(business_days=1, by="close"), OFFICE, "2026-11-20 15:00", "2026-11-23 17:00", ""),
        (target(business_days=1, by="close"), OFFICE, "2026-11-21 15:00", "2026-11-24 17:00", "day 0 is Monday"),
        (target(business_days=2, by="close"), OFFICE, "2026-11-20 15:00", "2026-11-24 17:00", "bulk order, earliest"),
        (target(business_days=4, by="close"), OFFICE, "2026-11-20 15:00", "2026-11-26 17:00", "bulk order, latest"),
        (target(business_days=1, by="close"), BELGIUM, "2026-11-10 15:00", "2026-11-12 17:00", "over Armistice Day"),
        (target(business_days=1), OFFICE, "2026-11-20 15:00", "2026-11-23 17:00", "by close if nothing else is said"),
        # half days are whole ones
        (target(business_days=1, by="close"), SHOP, "2026-11-20 15:00", "2026-11-21 12:00", ""),
        (target(business_days=1, by="close"), CHRISTMAS, "2026-12-23 10:00", "2026-12-24 13:00", "Christmas Eve"),
        (target(business_days=2, by="close"), CHRISTMAS, "2026-12-23 10:00", "2026-12-28 17:00", "then Monday"),
        (CLOSE, SHOP, "2026-11-21 11:59", "2026-11-21 12:00", "one minute: doubtful, but that is the rule"),
        (CLOSE, SHOP, "2026-11-21 12:00", "2026-11-23 17:00", ""),
        # the cutoff, compared with the effective start
        (CUTOFF, SHOP, "2026-11-20 15:59:59.999999", "2026-11-20 17:00", "one microsecond before the cutoff"),
        (CUTOFF, SHOP, "2026-11-20 16:00", "2026-11-21 12:00", "at the cutoff is after it"),
        (CUTOFF, SHOP, "2026-11-20 16:00:00.000001", "2026-11-21 12:00", "one microsecond after the cutoff"),
        (CUTOFF, SHOP, "2026-11-20 18:30", "2026-11-21 12:00", "the effective start, Saturday 09:00, is before it"),
        (CUTOFF, OFFICE, "2026-11-20 16:30", "2026-11-23 17:00", "one day more, and not one more for the evening"),
        (CUTOFF, OFFICE, "2026-11-20 07:00", "2026-11-20 17:00", ""),
        (target(business_days=1, by="close", cutoff="16:00"), OFFICE, "2026-11-20 16:00", "2026-11-24 17:00", ""),
        (target(business_days=0, by="12:00", cutoff="10:00"), OFFICE, "2026-11-20 10:00", "2026-11-23 12:00", "once"),
        (target(business_days=0, by="12:00", cutoff="14:00"), OFFICE, "2026-11-20 13:00", "2026-11-23 12:00", "before the cutoff, but 12:00 is over"),
        (target(business_days=0, by="12:00", cutoff="14:00"), OFFICE, "2026-11-20 15:00", "2026-11-23 12:00", "not two days for two reasons"),
        (target(business_days=0, cutoff="16:00:30"), OFFICE, "2026-11-20 16:00:29.999999", "2026-11-20 17:00", "seconds count"),
        (target(business_days=0, cutoff="16:00:30"), OFFICE, "2026-11-20 16:00:30", "2026-11-23 17:00", ""),
        # by a time, clamped to the hours of its date
        (target(business_days=1, by="12:00"), OFFICE, "2026-11-20 15:00", "2026-11-23 12:00", ""),
        (target(business_days=0, by="12:00"), OFFICE, "2026-11-20 18:00", "2026-11-23 12:00", "the next business day's morning"),
        (target(business_days=0, by="12:00"), OFFICE, "2026-11-24 07:00", "2026-11-24 12:00", "before opening: this day's"),
        (target(business_days=0, by="12:00"), OFFICE, "2026-11-24 17:00", "2026-11-25 12:00", "at closing: the next day's"),
        (target(business_days=1, by="20:00"), OFFICE, "2026-11-20 15:00", "2026-11-23 17:00", "not after the last close"),
        (target(business_days=1, by="24:00"), OFFICE, "2026-11-20 15:00", "2026-11-23 17:00", "not after the last close"),
        (target(business_days=1, by="07:00"), OFFICE, "2026-11-20 15:00", "2026-11-23 09:00", "not before the first opening"),
        (target(business_days=1, by="16:00"), SHOP, "2026-11-20 15:00", "2026-11-21 12:00", "the close of a half day"),
        (target(business_days=1, by="12:45"), SPLIT, "2026-11-20 15:00", "2026-11-23 12:45", "in the break: between opening and close"),
        (target(business_days=0, by="24:00"), LATE, "2026-11-20 20:00", "2026-11-21 00:00", "hours until 24:00"),
        # a point before the effective start passes to the next working date
        (target(business_days=0, by="12:00"), OFFICE, "2026-11-20 12:00", "2026-11-20 12:00", "at the point is not before it"),
        (target(business_days=0, by="12:00"), OFFICE, "2026-11-20 12:00:00.000001", "2026-11-23 12:00", ""),
        (target(business_days=0, by="12:00"), SHOP, "2026-11-20 15:00", "2026-11-21 12:00", "a half day is the next working date"),
        (target(business_days=0, by="07:00"), OFFICE, "2026-11-20 10:00", "2026-11-23 09:00", "07:00 is clamped to 09:00, which is over"),
        (target(business_days=0, by="07:00"), OFFICE, "2026-11-20 06:00", "2026-11-20 09:00", "clamped to the opening, which is to come"),
        (target(business_days=0, by="opening"), OFFICE, "2026-11-20 08:00", "2026-11-20 09:00", ""),
        (target(business_days=0, by="opening"), OFFICE, "2026-11-20 09:00", "2026-11-20 09:00", "at the opening"),
        (target(business_days=0, by="opening"), OFFICE, "2026-11-20 09:00:00.000001", "2026-11-23 09:00", ""),
        (target(business_days=1, by="opening"), OFFICE, "2026-11-20 15:00", "2026-11-23 09:00", ""),
        # at the same time as the effective start
        (target(business_days=1, by="same_time"), OFFICE, "2026-11-20 14:00", "2026-11-23 14:00", ""),
        (target(business_days=1, by="same_time"), OFFICE, "2026-11-20 14:00:00.000001", "2026-11-23 14:00:00.000001", "to the microsecond"),
        (target(business_days=1, by="same_time"), OFFICE, "2026-11-20 18:30", "2026-11-24 09:00", "that of the effective start, Monday 09:00"),
        (target(business_days=1, by="same_time"), SHOP, "2026-11-20 10:30", "2026-11-21 10:30", ""),
        (target(business_days=1, by="same_time"), SHOP, "2026-11-20 14:00", "2026-11-21 12:00", "clamped to the half day"),
        (target(business_days=2, by="same_time"), SHOP, "2026-11-20 14:00", "2026-11-23 14:00", ""),
        (target(business_days=0, by="same_time"), OFFICE, "2026-11-20 14:00", "2026-11-20 14:00", "now"),
        # a window belongs to the date that it is written under, after midnight too
        (CLOSE, NIGHTS, "2026-11-21 03:00", "2026-11-21 06:00", "Saturday 03:00 is Friday's"),
        (CLOSE, NIGHTS, "2026-11-21 06:00", "2026-11-24 06:00", "Friday's night is over: Monday's ends on Tuesday"),
        (target(business_days=1, by="close"), NIGHTS, "2026-11-21 03:00", "2026-11-24 06:00", "Monday's night"),
        (target(business_days=1, by="opening"), NIGHTS, "2026-11-21 03:00", "2026-11-23 22:00", ""),
        (target(business_days=1, by="23:00"), NIGHTS, "2026-11-21 03:00", "2026-11-23 23:00", ""),
        (target(business_days=1, by="02:00"), NIGHTS, "2026-11-21 03:00", "2026-11-23 22:00", "02:00 of Monday, clamped to its opening"),
        (target(business_days=1, by="24:00"), NIGHTS, "2026-11-21 03:00", "2026-11-24 00:00", "inside Monday's hours"),
        (target(business_days=1, by="same_time"), NIGHTS, "2026-11-21 03:00", "2026-11-24 03:00", "three hours after Monday's midnight"),
        (target(business_days=0, cutoff="23:00"), NIGHTS, "2026-11-20 22:59:59.999999", "2026-11-21 06:00", "before Friday's cutoff"),
        (target(business_days=0, cutoff="23:00"), NIGHTS, "2026-11-20 23:00", "2026-11-24 06:00", ""),
        (target(business_days=0, cutoff="23:00"), NIGHTS, "2026-11-21 03:00", "2026-11-24 06:00", "after the cutoff of Friday, its date"),
        # clock changes
        (target(business_days=0, by="02:30"), SMALL_HOURS, "2026-03-29 00:00", "2026-03-29 03:00+02:00", "02:30 does not exist: the instant of the change"),
        (target(business_days=1, by="same_time"), SMALL_HOURS, "2026-03-28 02:30", "2026-03-29 03:00+02:00", "the same"),
        (target(business_days=0, by="02:30"), SMALL_HOURS, "2026-10-25 00:00", "2026-10-25 02:30+02:00", "02:30 exists twice: the first"),
        (target(business_days=0, by="02:30"), SMALL_HOURS, "2026-10-25 02:15+01:00", "2026-10-26 02:30+01:00", "the second 02:15 is after the first 02:30"),
        (target(business_days=0, cutoff="02:30"), SMALL_HOURS, "2026-03-29 01:59:59.999999+01:00", "2026-03-29 05:00+02:00", "one microsecond before a cutoff in the gap"),
        (target(business_days=0, cutoff="02:30"), SMALL_HOURS, "2026-03-29 03:00+02:00", "2026-03-30 05:00+02:00", "the instant of the change is the cutoff"),
        (target(business_days=0, cutoff="02:30"), SMALL_HOURS, "2026-10-25 02:29:59.999999+02:00", "2026-10-25 05:00+01:00", ""),
        (target(business_days=0, cutoff="02:30"), SMALL_HOURS, "2026-10-25 02:30+02:00", "2026-10-26 05:00+01:00", "the first 02:30 is the cutoff"),
        (target(business_days=0, cutoff="02:30"), SMALL_HOURS, "2026-10-25 02:00+01:00", "2026-10-26 05:00+01:00", "the second 02:00 is after the first 02:30"),
        (CLOSE, EVERY_NIGHT, "2026-10-25 02:30+01:00", "2026-10-25 06:00+01:00", "still Saturday's night"),
    ],
)  # fmt: skip
def test_rule_7a_business_days(kind: AnyTarget, calendar: OpenTime, received: str, due: str, why: str) -> None:
    assert_due(kind, calendar, received, due, why)


# ---------------------------------------------------------------- calendar days, next opening


@pytest.mark.parametrize(
    ("kind", "calendar", "received", "due", "why"),
    [
        (target(calendar_days=2), OFFICE, "2026-11-20 18:00", "2026-11-22 18:00", "at the same time if nothing else is said"),
        (target(calendar_days=3), OFFICE, "2026-11-20 18:00", "2026-11-23 18:00", ""),
        (target(calendar_days=6), OFFICE, "2026-09-21 12:00", "2026-09-27 12:00", "an express delivery"),
        (target(calendar_days=0), OFFICE, "2026-11-21 18:00", "2026-11-21 18:00", "now, open or not"),
        (target(calendar_days=1), OFFICE, "2026-11-20 18:00:00.000001", "2026-11-21 18:00:00.000001", ""),
        (target(calendar_days=1), OFFICE, "2026-11-20T23:30Z", "2026-11-22 00:30", "the date of the calendar's zone is Saturday"),
        (target(calendar_days=30, by="24:00"), ALWAYS, "2026-11-02 10:00", "2026-12-03 00:00", "the last free date included"),
        (target(calendar_days=1, by="12:00"), OFFICE, "2026-11-20 18:00", "2026-11-21 12:00", "not clamped: dates, not hours"),
        (target(calendar_days=24), OFFICE, "2026-10-01 18:00", "2026-10-25 18:00", "the same time on the date on which the clock is set back"),
        (target(calendar_days=0, by="12:00"), OFFICE, "2026-11-20 12:00", "2026-11-20 12:00", ""),
        (target(calendar_days=0, by="12:00"), OFFICE, "2026-11-20 12:00:00.000001", "2026-11-21 12:00", "a point before receipt passes to the next date"),
        (target(calendar_days=3, by="close"), OFFICE, "2026-11-20 18:00", "2026-11-23 17:00", ""),
        (target(calendar_days=1, by="close"), OFFICE, "2026-11-20 18:00", "2026-11-22 00:00", "the end of a date without open time"),
        (target(calendar_days=1, by="opening"), OFFICE, "2026-11-20 18:00", "2026-11-21 00:00", "its start"),
        (target(calendar_days=0, by="close"), OFFICE, "2026-11-20 16:00", "2026-11-20 17:00", ""),
        (target(calendar_days=0, by="close"), OFFICE, "2026-11-20 18:00", "2026-11-22 00:00", "over: the next date is a Saturday"),
        (target(calendar_days=0, by="close"), NIGHTS, "2026-11-20 23:00", "2026-11-21 06:00", "a night shift ends on the next date"),
        (target(calendar_days=1), OFFICE, "2026-03-28 12:00", "2026-03-29 12:00+02:00", "the same time on the clock, not 24 hours"),
        (target(calendar_days=1), OFFICE, "2026-03-28 02:30", "2026-03-29 03:00+02:00", "02:30 does not exist"),
        (target(calendar_days=1), OFFICE, "2026-10-24 02:30", "2026-10-25 02:30+02:00", "the first of two"),
        (target(calendar_days=0), OFFICE, "2026-10-25 02:30+01:00", "2026-10-26 02:30+01:00", "the first 02:30 of the date is before receipt"),
        (target(calendar_days=0, by="24:00"), OFFICE, "2026-10-25 12:00", "2026-10-26 00:00", "a date of 25 hours"),
        (target(calendar_days=1), sla.Calendar("Pacific/Apia", "24/7"), "2011-12-29 10:00-10:00", "2011-12-31 00:00+14:00", "there was no 30 December: the instant of the change"),
    ],
)  # fmt: skip
def test_rule_7_calendar_days(kind: AnyTarget, calendar: OpenTime, received: str, due: str, why: str) -> None:
    assert_due(kind, calendar, received, due, why)


@pytest.mark.parametrize(
    ("calendar", "received", "due", "why"),
    [
        (OFFICE, "2026-11-20 15:00", "2026-11-20 15:00", "now when open"),
        (OFFICE, "2026-11-20 09:00", "2026-11-20 09:00", "at opening"),
        (OFFICE, "2026-11-20 08:59:59.999999", "2026-11-20 09:00", ""),
        (OFFICE, "2026-11-20 17:00", "2026-11-23 09:00", "at closing"),
        (SPLIT, "2026-11-20 12:30", "2026-11-20 13:30", "after the break"),
        (BELGIUM, "2026-11-11 10:00", "2026-11-12 09:00", "on a holiday"),
        (sla.Calendar("Europe/Berlin", "Sun 02:30-05:00"), "2026-03-29 00:00", "2026-03-29 03:00+02:00", "an opening in the gap"),
    ],
)  # fmt: skip
def test_rule_7_next_opening(calendar: OpenTime, received: str, due: str, why: str) -> None:
    assert_due(target(next_opening=True), calendar, received, due, why)


# ---------------------------------------------------------------- ranges and branches


@pytest.mark.parametrize(
    ("kind", "calendar", "received", "first", "due", "why"),
    [
        (
            target(earliest={"workday_hours": "24h"}, latest={"workday_hours": "48h"}),
            OFFICE, "2026-11-20 15:00", "2026-11-23 15:00", "2026-11-24 15:00", "24 to 48 hours",
        ),
        (
            target(earliest={"business_days": 2}, latest={"business_days": 4}),
            OFFICE, "2026-11-20 18:00", "2026-11-25 17:00", "2026-11-27 17:00", "a few days",
        ),
        (
            target(earliest={"calendar_hours": "3h"}, latest={"calendar_hours": "4h"}),
            OFFICE, "2026-11-20 18:00", "2026-11-20 21:00", "2026-11-20 22:00", "3 to 4 hours",
        ),
        (
            target(earliest={"business_hours": "3h"}, latest={"business_days": 1, "by": "12:00"}),
            OFFICE, "2026-11-20 15:00", "2026-11-23 10:00", "2026-11-23 12:00", "of two kinds",
        ),
        (
            target(earliest={"next_opening": True}, latest={"business_hours": "0min"}),
            OFFICE, "2026-11-20 18:00", "2026-11-23 09:00", "2026-11-23 09:00", "from and to one instant",
        ),
    ],
)  # fmt: skip
def test_rule_7_a_range_has_an_earliest_and_is_due_at_its_latest(
    kind: AnyTarget, calendar: OpenTime, received: str, first: str, due: str, why: str
) -> None:
    assert_due(kind, calendar, received, due, why)
    assert at(first) == kind.begins(calendar, at(received)), why


def test_a_range_of_two_kinds_that_is_reversed_for_a_receipt_is_refused_for_it() -> None:
    kind = target(earliest={"business_hours": "8h"}, latest={"calendar_hours": "12h"})
    assert at("2026-11-20 17:00") == kind.begins(OFFICE, at("2026-11-20 09:00"))
    with pytest.raises(sla.PolicyError, match="the earliest is after the latest") as refused:
        kind.begins(OFFICE, at("2026-11-20 15:00"))  # Monday 15:00 against Saturday 03:00
    assert refused.value.code == "range_reversed"
    assert "2026-11-23 15:00" in refused.value.given
    assert "2026-11-21 03:00" in refused.value.given


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ({"business_hours": "5h"}, {"business_hours": "4h"}),
        ({"business_hours": "61min"}, {"business_hours": "1h"}),
        ({"workday_hours": "48h"}, {"workday_hours": "24h"}),
        ({"calendar_hours": "72h"}, {"calendar_hours": "24h"}),
        ({"business_days": 4}, {"business_days": 2}),
        ({"calendar_days": 3}, {"calendar_days": 2}),
        ({"business_days": 1, "by": "close"}, {"business_days": 1, "by": "opening"}),
        ({"calendar_days": 1, "by": "24:00"}, {"calendar_days": 1, "by": "12:00"}),
    ],
    ids=lambda point: " ".join(map(str, point.values())),
)
def test_a_range_that_is_reversed_for_every_receipt_is_refused_when_built(
    first: dict[str, object], last: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="the earliest is after the latest"):
        target(earliest=first, latest=last)


def test_a_range_may_begin_and_end_at_once() -> None:
    kind = target(earliest={"business_hours": "4h"}, latest={"business_hours": "4h"})
    assert at("2026-11-23 11:00") == kind.begins(OFFICE, at("2026-11-20 15:00"))


BRANCHES: Final = target(inside={"business_hours": "3h"}, outside={"business_days": 0, "by": "12:00"})


@pytest.mark.parametrize(
    ("calendar", "received", "due", "why"),
    [
        (OFFICE, "2026-11-20 15:00", "2026-11-23 10:00", "inside: 3 business hours"),
        (OFFICE, "2026-11-20 18:00", "2026-11-23 12:00", "outside: the next business day's morning"),
        (OFFICE, "2026-11-22 20:00", "2026-11-23 12:00", ""),
        (OFFICE, "2026-11-20 08:59:59.999999", "2026-11-20 12:00", "one microsecond before opening is outside"),
        (OFFICE, "2026-11-20 09:00", "2026-11-20 12:00", "at opening is inside: three hours"),
        (OFFICE, "2026-11-20 09:00:00.000001", "2026-11-20 12:00:00.000001", "inside"),
        (OFFICE, "2026-11-23 16:59", "2026-11-24 11:59", "inside: a minute today, the rest tomorrow"),
        (OFFICE, "2026-11-23 16:59:59.999999", "2026-11-24 11:59:59.999999", "the last microsecond is inside"),
        (OFFICE, "2026-11-24 17:00", "2026-11-25 12:00", "at closing is outside"),
        (SPLIT, "2026-11-20 12:30", "2026-11-23 12:00", "the break is outside, and 12:00 is over"),
    ],
)
def test_rule_7_inside_and_outside_choose_by_whether_it_was_received_in_open_time(
    calendar: OpenTime, received: str, due: str, why: str
) -> None:
    assert_due(BRANCHES, calendar, received, due, why)


def test_a_branch_may_be_a_range_and_only_the_one_chosen_has_an_earliest() -> None:
    kind = target(
        inside={"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "2h"}},
        outside={"next_opening": True},
    )
    assert at("2026-11-20 11:00") == kind.begins(OFFICE, at("2026-11-20 10:00"))
    assert at("2026-11-20 12:00") == kind.due(OFFICE, at("2026-11-20 10:00"))
    assert kind.begins(OFFICE, at("2026-11-20 18:00")) is None


@pytest.mark.parametrize(
    "keys",
    [
        {"inside": {"inside": {"next_opening": True}, "outside": {"next_opening": True}}, "outside": {"next_opening": True}},
        {"earliest": {"earliest": {"next_opening": True}, "latest": {"next_opening": True}}, "latest": {"next_opening": True}},
        {"earliest": {"inside": {"next_opening": True}, "outside": {"next_opening": True}}, "latest": {"next_opening": True}},
    ],
    ids=["branches in branches", "a range in a range", "branches in a range"],
)  # fmt: skip
def test_targets_do_not_nest_further(keys: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="this names no kind of target"):
        target(**keys)


# ---------------------------------------------------------------- zones

BRUSSELS: Final = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
LISBON: Final = sla.Calendar("Europe/Lisbon", "Mon-Fri 09:00-17:00")
DATED: Final = (
    target(business_days=1),
    target(calendar_days=1),
    target(workday_hours="24h"),
    target(earliest={"business_days": 1}, latest={"business_days": 2}),
    target(inside={"workday_hours": "24h"}, outside={"business_days": 0}),
)


@pytest.mark.parametrize("kind", DATED, ids=str)
@pytest.mark.parametrize("together", [BRUSSELS & LISBON, BRUSSELS | LISBON, sla.Combination("-", BRUSSELS, LISBON)])
def test_calendars_of_several_zones_refuse_date_like_and_workday_targets(
    kind: AnyTarget, together: sla.Combination
) -> None:
    with pytest.raises(sla.CalendarError, match="different zones") as refused:
        kind.due(together, at("2026-11-20 15:00"))
    assert refused.value.code == "zone_needed"
    assert ".in_zone(" in refused.value.accepts
    with pytest.raises(sla.CalendarError, match="different zones"):
        kind.answer_in(together, Rows(10))(at("2026-11-20 15:00"))


@pytest.mark.parametrize(
    ("kind", "received", "due", "why"),
    [
        (target(business_days=1), "2026-11-20 15:00", "2026-11-23 17:00", "both are open from 10:00 to 17:00 in Brussels"),
        (target(calendar_days=1), "2026-11-20 15:00", "2026-11-21 15:00", ""),
        (target(workday_hours="24h"), "2026-11-20 15:00", "2026-11-23 15:00", ""),
    ],
)  # fmt: skip
def test_they_accept_them_when_they_are_given_a_zone(kind: AnyTarget, received: str, due: str, why: str) -> None:
    assert_due(kind, (BRUSSELS & LISBON).in_zone("Europe/Brussels"), received, due, why)


@pytest.mark.parametrize(
    ("kind", "received", "due", "why"),
    [
        (target(business_hours="4h"), "2026-11-20T14:00Z", "2026-11-23T11:00Z", "two hours until 16:00, two from 09:00"),
        (target(calendar_hours="4h"), "2026-11-20T14:00Z", "2026-11-20T18:00Z", ""),
        (target(next_opening=True), "2026-11-20T18:00Z", "2026-11-23T09:00Z", ""),
    ],
)  # fmt: skip
def test_without_a_zone_they_answer_in_utc(kind: AnyTarget, received: str, due: str, why: str) -> None:
    assert_due(kind, BRUSSELS & LISBON, received, due, why)
    assert kind.answer_in(BRUSSELS & LISBON, Rows(10))(at(received)) == at(due), why


def test_without_a_zone_the_target_that_is_chosen_answers_in_utc() -> None:
    kind = target(
        inside={"business_hours": "4h"},
        outside={"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "2h"}},
    )
    answer = kind.answer_in(BRUSSELS & LISBON, Rows(10))
    assert answer(at("2026-11-20T14:00Z")) == at("2026-11-23T11:00Z")  # two hours until 16:00, two from 09:00
    assert answer(at("2026-11-20T16:00Z")) == at("2026-11-23T11:00Z")  # two hours from 09:00


def test_due_and_earliest_together_are_those_of_the_target_that_is_chosen() -> None:
    kind = target(
        inside={"business_hours": "4h"},
        outside={"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "2h"}},
    )
    both = kind.range_in(BRUSSELS, Rows(10))
    noon = at("2026-11-23 11:00", "Europe/Brussels")
    assert both(at("2026-11-20 15:00", "Europe/Brussels")) == (noon, None)  # two hours on Friday, two on Monday
    assert both(at("2026-11-20 18:00", "Europe/Brussels")) == (noon, noon.replace(hour=10))


@pytest.mark.parametrize("kind", DATED, ids=str)
def test_calendars_that_share_a_zone_have_its_dates(kind: AnyTarget) -> None:
    afternoons = sla.Calendar("Europe/Brussels", "Mon-Sun 13:00-17:00")
    assert str(kind.due(BRUSSELS & afternoons, at("2026-11-20 15:00")).tzinfo) == "Europe/Brussels"


# ---------------------------------------------------------------- refusals

EACH_KIND: Final = (
    target(business_hours="4h"),
    target(workday_hours="4h"),
    target(calendar_hours="4h"),
    target(business_days=1, by="close", cutoff="16:00"),
    target(calendar_days=1, by="24:00"),
    target(next_opening=True),
    target(earliest={"business_hours": "1h"}, latest={"business_hours": "2h"}),
    BRANCHES,
)
KIND_IDS: Final = [type(kind).__name__ for kind in EACH_KIND]


@pytest.mark.parametrize("kind", EACH_KIND, ids=KIND_IDS)
def test_a_naive_datetime_is_refused(kind: AnyTarget) -> None:
    with pytest.raises(sla.InstantError, match="no time zone"):
        kind.due(OFFICE, datetime(2026, 11, 20, 15))


@pytest.mark.parametrize("kind", EACH_KIND, ids=KIND_IDS)
@pytest.mark.parametrize("received", ["1850-01-01T00:00Z", "1899-12-31T20:00Z", "2201-01-02T00:00Z"])
def test_a_receipt_outside_the_years_1900_to_2200_is_refused(kind: AnyTarget, received: str) -> None:
    with pytest.raises(sla.HorizonError):
        kind.due(OFFICE, at(received))


@pytest.mark.parametrize(
    "kind",
    [
        target(business_hours="999999h"),
        target(workday_hours="1600000h"),
        target(calendar_hours="1600000h"),
        target(business_days=10_000),
        target(calendar_days=100_000),
    ],
    ids=str,
)
def test_a_due_time_after_2200_is_refused(kind: AnyTarget) -> None:
    with pytest.raises(sla.HorizonError):
        kind.due(OFFICE, at("2180-11-20 15:00"))


@pytest.mark.parametrize("kind", EACH_KIND, ids=KIND_IDS)
def test_a_receipt_in_a_year_whose_holidays_are_unknown_is_refused(kind: AnyTarget) -> None:
    with pytest.raises(sla.HorizonError):
        kind.due(BELGIUM, at("2028-11-20 15:00"))


@pytest.mark.parametrize(
    "keys",
    [
        {"business_hours": "1 day"},
        {"business_hours": "1d"},
        {"business_hours": "P1D"},
        {"business_hours": "-4h"},
        {"business_hours": 4},
        {"business_hours": ""},
        {"workday_hours": "4"},
        {"calendar_hours": None},
        {"business_days": -1},
        {"business_days": 1.0},
        {"business_days": "1"},
        {"business_days": True},
        {"business_days": 10_001},
        {"calendar_days": 100_001},
        {"business_days": 1, "by": "25:00"},
        {"business_days": 1, "by": "24:01"},
        {"business_days": 1, "by": "9:00"},
        {"business_days": 1, "by": "12:60"},
        {"business_days": 1, "by": "noon"},
        {"business_days": 1, "by": "Close"},
        {"business_days": 1, "cutoff": "close"},
        {"business_days": 1, "cutoff": "24:01"},
        {"calendar_days": 1, "by": "-01:00"},
        {"calendar_days": 1, "cutoff": "16:00"},
        {"business_hours": "4h", "cutoff": "16:00"},
        {"workday_hours": "4h", "cutoff": "16:00"},
        {"calendar_hours": "4h", "by": "close"},
        {"next_opening": True, "by": "12:00"},
        {"next_opening": False},
        {"next_opening": "true"},
        {"business_hours": "4h", "business_days": 1},
        {"business_hours": "4h", "amount": "5h"},
        {"earliest": {"business_hours": "4h"}},
        {"inside": {"business_hours": "4h"}},
        {"latest": {"business_hours": "4h"}, "outside": {"business_hours": "4h"}},
        {"days": 1},
        {"amount": "4h"},
        {},
    ],
    ids=str,
)
def test_what_is_no_target_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        target(**keys)


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        (target(business_hours="4h"), "4h in business hours"),
        (target(business_hours="PT90M"), "1h 30min in business hours"),
        (target(business_hours="0s"), "0min in business hours"),
        (target(workday_hours="24h"), "24h in workday hours"),
        (target(calendar_hours="72h"), "72h in calendar hours"),
        (target(business_days=0), "the same business day by close"),
        (target(business_days=1, by="opening"), "1 business day by opening"),
        (target(business_days=2, by="12:00"), "2 business days by 12:00"),
        (target(business_days=1, by="same_time"), "1 business day at the same time"),
        (target(business_days=0, cutoff="16:00"), "the same business day by close, cutoff 16:00"),
        (target(calendar_days=0, by="24:00"), "the same calendar day by 24:00"),
        (target(calendar_days=1), "1 calendar day at the same time"),
        (target(calendar_days=30, by="24:00"), "30 calendar days by 24:00"),
        (target(next_opening=True), "next opening"),
        (
            target(earliest={"workday_hours": "24h"}, latest={"workday_hours": "48h"}),
            "24h in workday hours to 48h in workday hours",
        ),
        (BRANCHES, "inside hours 3h in business hours, outside the same business day by 12:00"),
    ],
    ids=str,
)
def test_a_target_says_itself_in_a_phrase_and_never_in_bare_days(kind: AnyTarget, phrase: str) -> None:
    assert phrase == str(kind)


@pytest.mark.parametrize("again", [pickle.loads, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
@pytest.mark.parametrize("kind", EACH_KIND, ids=KIND_IDS)
def test_a_target_stays_equal_with_an_equal_hash(kind: AnyTarget, again: Callable[[object], object]) -> None:
    other = again(pickle.dumps(kind) if again is pickle.loads else kind)
    assert kind == other
    assert hash(kind) == hash(other)


def test_targets_are_equal_when_they_promise_the_same_in_the_same_words() -> None:
    assert target(business_hours="90min") == target(business_hours="1h 30min")
    assert hash(target(business_hours="90min")) == hash(target(business_hours="PT1H30M"))
    assert len({*EACH_KIND, *EACH_KIND}) == len(EACH_KIND)


def test_an_amount_on_another_clock_is_another_target() -> None:
    assert target(business_hours="4h") != target(workday_hours="4h")
    assert target(business_hours="4h") != target(calendar_hours="4h")
    assert target(business_days=1) != target(calendar_days=1, by="close")


def test_a_target_cannot_be_changed() -> None:
    kind = sla.BusinessHours(amount=timedelta(hours=4))
    with pytest.raises(ValueError, match="frozen"):
        kind.amount = timedelta(hours=5)


def test_targets_are_built_by_name_in_python_too() -> None:
    assert target(business_hours="4h") == sla.BusinessHours(amount=timedelta(hours=4))
    assert target(workday_hours="4h") == sla.WorkdayHours(amount=timedelta(hours=4))
    assert target(calendar_hours="4h") == sla.CalendarHours(amount=timedelta(hours=4))
    assert target(business_days=1, cutoff="16:00") == sla.BusinessDays(days=1, by="close", cutoff="16:00")
    assert target(calendar_days=1) == sla.CalendarDays(days=1, by="same_time")
    assert target(next_opening=True) == sla.NextOpening()
    assert target(earliest={"business_days": 1}, latest={"business_days": 2}) == sla.Range(
        earliest=sla.BusinessDays(days=1), latest=sla.BusinessDays(days=2)
    )
    assert target(inside={"next_opening": True}, outside={"business_days": 0}) == sla.InsideOutside(
        inside=sla.NextOpening(), outside=sla.BusinessDays(days=0)
    )


@pytest.mark.parametrize("kind", EACH_KIND, ids=KIND_IDS)
def test_a_target_is_written_as_it_is_read(kind: AnyTarget) -> None:
    written = _TARGETS.dump_python(kind, mode="json", by_alias=True, exclude_defaults=True)
    assert kind == target(**written)


# ---------------------------------------------------------------- the ledger of a target


@pytest.mark.parametrize(
    ("kind", "received", "counted", "kinds", "why"),
    [
        (target(business_hours="4h"), "2026-11-20 15:00", "4h", ["counted", "outside_hours", "weekend", "outside_hours", "counted"], ""),
        (target(workday_hours="24h"), "2026-11-20 18:00", "24h", ["counted", "weekend", "counted"], "in its own clock"),
        (target(calendar_hours="72h"), "2026-11-20 18:00", "72h", ["counted"], "real time has no gaps"),
        (target(business_days=0), "2026-11-20 18:00", "8h", ["outside_hours", "weekend", "outside_hours", "counted"], "date-like: in open time"),
        (target(calendar_days=1), "2026-11-20 16:00", "1h", ["counted", "outside_hours", "weekend"], "date-like: in open time"),
        (target(next_opening=True), "2026-11-21 00:00", "0min", ["weekend", "outside_hours"], ""),
        (target(next_opening=True), "2026-11-20 15:00", "0min", [], "due at receipt: an empty ledger"),
        (target(earliest={"workday_hours": "24h"}, latest={"workday_hours": "48h"}), "2026-11-20 18:00", "48h", ["counted", "weekend", "counted"], "to the latest"),
        (BRANCHES, "2026-11-20 15:00", "3h", ["counted", "outside_hours", "weekend", "outside_hours", "counted"], "of the branch chosen"),
    ],
)  # fmt: skip
def test_rule_16_the_ledger_of_a_target_runs_on_its_own_clock(
    kind: AnyTarget, received: str, counted: str, kinds: list[str], why: str
) -> None:
    ledger = kind.explain(OFFICE, at(received))
    assert (at(received), kind.due(OFFICE, at(received))) == (ledger.start, ledger.end), why
    assert kinds == [segment.kind for segment in ledger], why
    assert sla.read_amount(counted) == ledger.counted, why


def test_a_clock_change_is_a_note_on_the_segment_that_it_falls_in() -> None:
    ledger = target(calendar_hours="24h").explain(OFFICE, at("2026-03-28 12:00"))
    assert [segment.note for segment in ledger] == ["clocks forward 1h at Sun 2026-03-29 03:00"]
    assert timedelta(hours=24) == ledger.counted


@pytest.mark.parametrize(
    "kind", [target(business_hours="3h"), target(workday_hours="3h"), target(calendar_hours="3h"), CLOSE]
)
def test_every_kind_explains_itself(kind: AnyTarget) -> None:
    received = at("2026-11-20 10:00")
    ledger = kind.explain(OFFICE, received)
    assert (ledger.start, ledger.end) == (received, kind.due(OFFICE, received))
