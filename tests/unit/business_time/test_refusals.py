"""What open time and targets refuse, word for word: a message is read by people, and is part of what is promised."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.business_time.instants import amount_us, check_date, read_zone, to_us
from tests.refusals import Refusal, check

NOT_OPEN: Final[dict[str, Any]] = {"next_opening": False}
HOUR: Final = timedelta(hours=1)
NAIVE: Final = datetime(2026, 11, 20, 15)
FRIDAY: Final = NAIVE.replace(tzinfo=UTC)
OFFICE: Final = sla.Calendar("UTC", "Mon-Fri 09:00-17:00")


class Stamp(datetime):
    """A datetime of a data frame that holds half a microsecond."""

    nanosecond = 500


class Never(datetime):
    """What a data frame holds where there is no time: not even itself."""

    __hash__ = None  # type: ignore[assignment]  # a missing time is no key

    def __ne__(self, other: object) -> bool:
        return True

    def __str__(self) -> str:
        return "NaT"


class Delta(timedelta):
    """An amount of a data frame that holds half a microsecond."""

    nanoseconds = 500


REFUSALS: Final = [
    Refusal(lambda: to_us(NAIVE, "received"), sla.InstantError, "datetime_naive",
            "received", "'2026-11-20T15:00:00'", "an aware datetime, such as"),
    Refusal(lambda: to_us(NAIVE), sla.InstantError, "datetime_naive",
            "datetime", "'2026-11-20T15:00:00'", "an aware datetime, such as"),
    Refusal(lambda: to_us(date(2026, 11, 20), "at"), sla.InstantError, "not_a_datetime",  # type: ignore[arg-type]
            "at", "datetime.date(2026, 11, 20)", "an aware datetime.datetime; read text"),
    Refusal(lambda: to_us(None, "at"), sla.InstantError, "not_a_datetime",  # type: ignore[arg-type]
            "at", "None", "an aware datetime.datetime; read text"),
    Refusal(lambda: to_us(Never(2026, 11, 20, tzinfo=UTC), "at"), sla.InstantError, "not_an_instant",
            "at", "'NaT'", "an aware datetime.datetime"),
    Refusal(lambda: to_us(Stamp(2026, 11, 20, tzinfo=UTC), "at"), sla.InstantError, "nanoseconds",
            "at", "'2026-11-20 00:00:00+00:00'", "whole microseconds; round first, in the"),
    Refusal(lambda: check_date(FRIDAY), sla.InstantError, "not_a_date",
            "date", "datetime.datetime(2026, 11, 20, 15, 0,", "datetime.date(2026, 12, 24)"),
    Refusal(lambda: check_date("2026-11-20", "first"), sla.InstantError, "not_a_date",  # type: ignore[arg-type]
            "first", "'2026-11-20'", "datetime.date(2026, 12, 24)"),
    Refusal(lambda: amount_us(timedelta(hours=-1), "for"), sla.AmountError, "amount_negative",
            "for", "datetime.timedelta(days=-1,", "zero or more; to go back in time, use"),
    Refusal(lambda: amount_us(timedelta(hours=-1)), sla.AmountError, "amount_negative",
            "amount", "datetime.timedelta(days=-1,", "zero or more; to go back in time, use"),
    Refusal(lambda: amount_us(4, "for"), sla.AmountError, "amount_not_timedelta",  # type: ignore[arg-type]
            "for", "4", "a datetime.timedelta, zero or longer"),
    Refusal(lambda: amount_us(Delta(hours=1), "for"), sla.AmountError, "amount_nanoseconds",
            "for", "'1:00:00'", "whole microseconds; round first, in the"),
    Refusal(lambda: read_zone("Mars/Base", "home"), sla.ZoneError, "zone_unknown",
            "home", "'Mars/Base'", 'an IANA name such as "Europe/Brussels",'),
    Refusal(lambda: read_zone("Mars/Base"), sla.ZoneError, "zone_unknown",
            "zone", "'Mars/Base'", 'an IANA name such as "Europe/Brussels",'),
    Refusal(lambda: read_zone("Romance Standard Time", "home"), sla.ZoneError, "zone_unknown",
            "home", "'Romance Standard Time'", "Europe/Paris, which Windows calls Romance Standard Time"),
    Refusal(lambda: sla.zone_named("Romanze Standard Time"), sla.ZoneError, "zone_unknown",
            "name", "'Romanze Standard Time'", 'an IANA name such as "'),
    Refusal(lambda: sla.zone_named("Tokyo", territory="XX"), sla.ZoneError, "territory_unknown",
            "territory", "'XX'", "an ISO 3166 code of two letters"),
    Refusal(lambda: sla.zone_named("Tokyo", territory="BE"), sla.ZoneError, "zone_not_of_territory",
            "territory", "'Tokyo'", "Europe/Brussels"),
    Refusal(lambda: sla.read_amount("soon", "wait"), sla.AmountError, "amount_invalid",
            "wait", "'soon'", "hours, minutes and seconds such as"),
    Refusal(lambda: sla.read_amount(4, "wait"), sla.AmountError, "amount_invalid",  # type: ignore[arg-type]
            "wait", "4", "hours, minutes and seconds such as"),
    Refusal(lambda: sla.read_amount(timedelta(hours=-1), "wait"), sla.AmountError, "amount_negative",
            "wait", "datetime.timedelta(days=-1,", "zero or more; to go back in time, use"),
    Refusal(lambda: sla.read_amount(timedelta(hours=-1)), sla.AmountError, "amount_negative",
            "amount", "datetime.timedelta(days=-1,", "zero or more; to go back in time, use"),
    Refusal(lambda: sla.read_amount("soon"), sla.AmountError, "amount_invalid",
            "amount", "'soon'", "hours, minutes and seconds such as"),
    Refusal(lambda: sla.read_amount("2 days", "wait"), sla.AmountError, "amount_bare_day",
            "wait", "'2 days'", "hours, minutes and seconds such as"),
    Refusal(lambda: OFFICE.is_open(FRIDAY.replace(year=2300)), sla.HorizonError, "beyond_covered",
            "", "'2300-11-20 15:00 UTC'", "from 1900-01-01 00:00 UTC to 2201-01-01"),
    Refusal(lambda: OFFICE.add(FRIDAY, timedelta(days=200_000)), sla.HorizonError, "beyond_covered",
            "", "", "from 1900-01-01 00:00 UTC to 2201-01-01"),
    Refusal(lambda: OFFICE.replace(versions={"2026-11-01": "closed"}).roll_forward(FRIDAY), sla.ClosedForGoodError, "closed_for_good",
            "", "", "a question about the time when the"),
    Refusal(lambda: sla.Calendar("UTC", "closed", versions={"2027-01-01": "24/7"}).roll_back(FRIDAY), sla.ClosedForGoodError, "closed_for_good",
            "", "", "a question about the time when the"),
    Refusal(lambda: sla.CalendarHours(amount=4 * HOUR).due(OFFICE, NAIVE), sla.InstantError, "datetime_naive",
            "received", "'2026-11-20T15:00:00'", "an aware datetime, such as"),
    Refusal(lambda: sla.CalendarDays(days=1).due(OFFICE, NAIVE), sla.InstantError, "datetime_naive",
            "received", "'2026-11-20T15:00:00'", "an aware datetime, such as"),
    Refusal(lambda: sla.Range(earliest=sla.BusinessHours(amount=4 * HOUR), latest=sla.BusinessHours(amount=3 * HOUR)), sla.PolicyError, "range_reversed",
            "", "'4h in business hours .. 3h in business", "an earliest at or before the latest"),
    Refusal(lambda: sla.Range(earliest=sla.BusinessHours(amount=4 * HOUR), latest=sla.CalendarHours(amount=4 * HOUR)).begins(OFFICE, FRIDAY), sla.PolicyError, "range_reversed",
            "", "'2026-11-23 11:00:00+00:00 ..", "a range in order for every receipt"),
    Refusal(lambda: sla.NextOpening(**NOT_OPEN), sla.PolicyError, "value_invalid",
            "next_opening", "'not true'", "True"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_open_time_and_targets_refuse(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ({"business_days": 2}, {"business_days": 2}, "the same point"),
        (
            {"business_days": 1, "by": "close"},
            {"business_days": 2, "by": "opening"},
            "later in the day, but a day before",
        ),
        ({"business_days": 1, "by": "opening"}, {"business_days": 1, "by": "close"}, "one day, in order"),
        ({"business_days": 1, "by": "12:00"}, {"business_days": 1, "by": "12:00"}, "one time of one day"),
        (
            {"business_days": 1, "by": "close"},
            {"business_days": 1, "by": "12:00"},
            "which is first depends on the hours",
        ),
        ({"business_days": 1, "by": "12:00"}, {"business_days": 1, "by": "opening"}, "the same, the other way"),
        ({"business_days": 5}, {"calendar_days": 1}, "two kinds are in order for some receipts"),
        ({"business_hours": "4h"}, {"business_hours": "4h"}, "the same amount"),
        ({"calendar_hours": "9h"}, {"business_hours": "4h"}, "two kinds of time"),
        ({"next_opening": True}, {"next_opening": True}, "the next opening has no order"),
    ],
)
def test_a_range_that_may_be_in_order_is_taken(first: Any, last: Any, why: str) -> None:
    assert sla.Range(earliest=first, latest=last).latest == sla.Range(earliest=last, latest=last).latest, why


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ({"business_days": 3}, {"business_days": 2}),
        ({"calendar_days": 1, "by": "12:01"}, {"calendar_days": 1, "by": "12:00"}),
        ({"business_days": 1, "by": "close"}, {"business_days": 1, "by": "opening"}),
    ],
)
def test_a_range_that_is_never_in_order_is_refused(first: Any, last: Any) -> None:
    with pytest.raises(sla.PolicyError, match="the earliest is after the latest"):
        sla.Range(earliest=first, latest=last)
